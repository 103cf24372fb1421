//! JSON Feed 1 and 1.1, and JSON that is nearly one: cut off, with commas too many, behind something else.

use serde_json::Value;

use super::{Item, Raw};
use crate::intake::stamp;

/// The most objects that are looked for in a text that is no whole JSON.
const MOST: usize = 50_000;

/// Reads a feed in JSON, whatever it calls its version; none where it reads as none.
pub(super) fn read(text: &str) -> Option<Raw> {
    let value = serde_json::from_str(text).ok();
    value.or_else(|| pieces(text)).and_then(|value| raw(&value))
}

/// Whether a text is JSON rather than XML, with what some servers put before it.
pub(super) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    let named = || start.contains("\"items\"") && !start.contains("<item") && !start.contains("<entry");
    start.starts_with(['{', '[']) || (!start.starts_with('<') && named())
}

fn raw(value: &Value) -> Option<Raw> {
    let items = match value {
        Value::Array(items) => items,
        value => value.get("items").or_else(|| value.get("entries"))?.as_array()?,
    };
    let items: Vec<Item> = items.iter().filter(|item| item.is_object()).map(item).collect();
    let version = text(value.get("version")).unwrap_or_default();
    let is_feed = version.contains("jsonfeed")
        || items
            .iter()
            .any(|item| item.link.is_some() || !item.texts.is_empty());
    is_feed.then(|| Raw {
        title: text(value.get("title")).unwrap_or_default(),
        language: text(value.get("language")),
        rest: None,
        items,
    })
}

fn item(item: &Value) -> Item {
    let list = |name: &str| {
        item.get(name)
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    };
    let tags = list("tags");
    let attached = list("attachments");
    let first = |names: &[&str]| names.iter().find_map(|name| text(item.get(*name)));
    Item {
        guid: text(item.get("id")).unwrap_or_default(),
        link: first(&["url", "external_url", "link"]),
        title: text(item.get("title")).unwrap_or_default(),
        texts: ["content_html", "content_text", "content", "summary"]
            .iter()
            .filter_map(|name| text(item.get(*name)))
            .collect(),
        published: ["date_published", "date_modified", "published"]
            .iter()
            .find_map(|name| stamp::stamp(&text(item.get(*name))?)),
        authors: authors(item),
        language: text(item.get("language")),
        tags: tags.iter().filter_map(|tag| text(Some(tag))).collect(),
        marks: attached
            .iter()
            .filter_map(|one| text(one.get("url")))
            .chain(first(&["image", "banner_image", "date_published"]))
            .collect(),
        ..Item::default()
    }
}

/// Version 1.1 has a list of authors, version 1 one of them.
fn authors(item: &Value) -> Vec<String> {
    let several = item
        .get("authors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let named = several.chain(item.get("author"));
    named
        .filter_map(|author| text(author.get("name")).or_else(|| text(Some(author))))
        .collect()
}

fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// What can be read of a text that is no whole JSON: the head of the feed, and each item by itself.
fn pieces(text: &str) -> Option<Value> {
    let start = text.find('{')?;
    let text = text.get(start..)?;
    let (head, rest) = text.split_once("\"items\"")?;
    let list = rest.split_once('[')?.1;
    let mut feed = lenient(&format!("{}}}", head.trim_end().trim_end_matches(','))).unwrap_or_default();
    let items: Vec<Value> = objects(list).filter_map(lenient).collect();
    if !feed.is_object() {
        feed = Value::Object(serde_json::Map::new());
    }
    if let Value::Object(fields) = &mut feed {
        fields.insert("items".to_string(), Value::Array(items));
    }
    Some(feed)
}

/// The objects of a list, one after another, each with what is within it; the last may lack its end.
fn objects(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    let next = move || {
        let start = rest.find(['{', ']'])?;
        let object = rest.get(start..).filter(|object| object.starts_with('{'))?;
        let end = end_of(object);
        rest = object.get(end..).unwrap_or_default();
        object.get(..end)
    };
    std::iter::from_fn(next).take(MOST)
}

/// Where the object that a text begins with ends; the end of the text where it does not.
fn end_of(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// One object as it is, or with line ends in its strings escaped and commas before an end left out.
fn lenient(object: &str) -> Option<Value> {
    serde_json::from_str(object)
        .ok()
        .or_else(|| serde_json::from_str(&mended(object)).ok())
}

fn mended(object: &str) -> String {
    let mut mended = String::with_capacity(object.len() + 16);
    let (mut quoted, mut escaped) = (false, false);
    for c in object.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '}' | ']' if !quoted => {
                let end = mended.trim_end();
                let end = end.strip_suffix(',').unwrap_or(end).len();
                mended.truncate(end);
            }
            c if quoted && c.is_control() => {
                mended.push_str(if c == '\n' { "\\n" } else { " " });
                continue;
            }
            _ => {}
        }
        mended.push(c);
    }
    if quoted {
        mended.push_str("\"}");
    }
    mended
}
