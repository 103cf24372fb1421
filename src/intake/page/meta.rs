//! What a page says about itself: JSON-LD first, then OpenGraph and the tags of the HTML standard.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::super::{clean, html, stamp};
use super::tree::Tree;
use crate::article::{Language, Published};

/// How deep objects of JSON-LD are looked into.
const DEEPEST: usize = 8;

/// Fewest words that an article's text in JSON-LD has to be taken for the whole of it.
const BODY_WORDS: usize = 60;

/// What a page says about the article it shows.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    /// Every title it gives, to know it again in the text.
    pub(super) titles: Vec<String>,
    pub(super) published: Option<Published>,
    pub(super) source: Option<String>,
    /// Everybody it names as its author.
    pub(super) authors: Vec<String>,
    pub(super) language: Option<Language>,
    /// The addresses it gives itself, the best first, as they are written.
    pub(super) addresses: Vec<String>,
    /// The article's text, where it is in the JSON-LD.
    pub(super) body: Option<String>,
    /// What it says whether everybody may read it.
    pub(super) free: Option<bool>,
}

/// Reads what a page says about itself.
pub(super) fn about(tree: &Tree) -> About {
    let linked = Linked::read(tree);
    let tags = Tags::read(tree);
    let headline = linked.text("headline").or_else(|| linked.text("name"));
    let first = |names: &[&str]| names.iter().find_map(|name| tags.meta.get(*name).cloned());
    let source = first(&["og:site_name"])
        .or_else(|| linked.publisher())
        .or_else(|| {
            first(&[
                "application-name",
                "apple-mobile-web-app-title",
                "publisher",
                "dc.publisher",
            ])
        });
    let source = source.map(|name| clean::line(&html::text(&name)));
    let open_graph = first(&["og:title", "twitter:title", "dc.title"]);
    let titles: Vec<String> = [headline, open_graph, tags.heading.clone(), tags.title.clone()]
        .into_iter()
        .flatten()
        .map(|title| without_site(&clean::line(&html::text(&title)), source.as_deref()))
        .filter(|title| !title.is_empty())
        .collect();
    let whole = |title: &&String| !title.ends_with('…') && !title.ends_with("...");
    let published = linked
        .text("datePublished")
        .or_else(|| linked.text("dateCreated"))
        .or_else(|| first(&PUBLISHED))
        .or_else(|| tags.time.clone())
        .and_then(|written| moment(&written));
    let language = tags
        .language
        .clone()
        .or_else(|| linked.text("inLanguage"))
        .or_else(|| first(&["og:locale", "content-language"]));
    About {
        title: titles.iter().find(whole).or_else(|| titles.first()).cloned(),
        titles,
        published,
        source: source.filter(|name| !name.is_empty()),
        authors: linked
            .authors()
            .or_else(|| first(&AUTHORS).map(|name| vec![name]))
            .unwrap_or_default(),
        language: language.as_deref().and_then(Language::from_code),
        addresses: tags
            .canonical
            .into_iter()
            .chain(tags.meta.get("og:url").cloned())
            .chain(linked.address())
            .collect(),
        body: linked.body(),
        free: linked.free(),
    }
}

/// The names of tags that give the moment of publication, the best first.
const PUBLISHED: [&str; 12] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
];

/// The names of tags that say who wrote it, the best first.
const AUTHORS: [&str; 7] = [
    "author",
    "article:author",
    "og:article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
];

/// A day as a day, a moment as a moment.
pub(super) fn moment(written: &str) -> Option<Published> {
    let day = Published::parse(written).filter(|_| written.trim().len() <= 10);
    day.or_else(|| Published::parse(&stamp::stamp(written)?.to_string()))
}

/// A title without the name of its site behind it: `Titel - Der Bote`, `Titel | bote.example`.
fn without_site(title: &str, site: Option<&str>) -> String {
    let divided = [" | ", " - ", " – ", " — ", " · ", " :: "]
        .iter()
        .filter_map(|divider| title.rsplit_once(divider))
        .min_by_key(|(_, behind)| behind.len());
    let Some((before, behind)) = divided else {
        return title.to_string();
    };
    let plain = |name: &str| {
        let letters = name.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    let (site, name) = (plain(site.unwrap_or_default()), plain(behind));
    let is_site = !site.is_empty() && (site.contains(&name) || name.contains(&site));
    let is_host = !behind.contains(' ') && behind.contains('.') && !behind.ends_with('.');
    if (is_site || is_host) && !name.is_empty() {
        without_site(before, Some(&site))
    } else {
        title.to_string()
    }
}

/// The tags of a page that say something about it.
#[derive(Default)]
struct Tags {
    /// By `property`, `name` or `itemprop` in lower case; the first of each counts.
    meta: HashMap<String, String>,
    canonical: Option<String>,
    title: Option<String>,
    /// The only heading of the first rank, or the one that is marked as the article's.
    heading: Option<String>,
    time: Option<String>,
    language: Option<String>,
}

impl Tags {
    fn read(tree: &Tree) -> Self {
        let mut tags = Self::default();
        let mut headings = Vec::new();
        for (place, element) in tree.elements() {
            match &*element.name {
                "meta" => {
                    let name = ["property", "name", "itemprop", "http-equiv"]
                        .iter()
                        .find_map(|key| element.value(key));
                    if let (Some(name), Some(content)) = (name, element.value("content"))
                        && !content.trim().is_empty()
                    {
                        let name = name.trim().to_ascii_lowercase();
                        tags.meta
                            .entry(name)
                            .or_insert_with(|| content.trim().to_string());
                    }
                }
                "link" if element.value("rel") == Some("canonical") => {
                    tags.canonical = tags
                        .canonical
                        .or_else(|| element.value("href").map(str::to_string));
                }
                "title" if tags.title.is_none() => tags.title = Some(tree.text(place)),
                "html" => tags.language = element.value("lang").map(str::to_string),
                "h1" => headings.push(clean::line(&tree.text(place))),
                "time" => {
                    let published = element
                        .value("itemprop")
                        .is_some_and(|own| own.contains("datePublished"))
                        || element.value("pubdate").is_some();
                    if tags.time.is_none() || published {
                        tags.time = element.value("datetime").map(str::to_string).or(tags.time);
                    }
                }
                _ => {}
            }
            if element.value("itemprop") == Some("datePublished")
                && let Some(written) = element.value("content").or_else(|| element.value("datetime"))
            {
                tags.meta
                    .entry("datepublished".into())
                    .or_insert_with(|| written.to_string());
            }
        }
        headings.retain(|heading| !heading.is_empty());
        tags.heading = headings.pop().filter(|_| headings.is_empty());
        tags
    }
}

/// The articles that a page describes in JSON-LD, the best first.
struct Linked {
    objects: Vec<Map<String, Value>>,
}

impl Linked {
    fn read(tree: &Tree) -> Self {
        let mut objects = Vec::new();
        for (place, element) in tree.elements() {
            let is_linked = &*element.name == "script"
                && element
                    .value("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
            if is_linked && let Some(value) = lenient(&tree.text(place)) {
                collect(value, DEEPEST, &mut objects);
            }
        }
        objects.sort_by_key(|object| {
            std::cmp::Reverse(string(object.get("articleBody")).map_or(0, |body| body.len()))
        });
        Self { objects }
    }

    fn text(&self, name: &str) -> Option<String> {
        self.objects.iter().find_map(|object| string(object.get(name)))
    }

    fn publisher(&self) -> Option<String> {
        let named = |value: Option<&Value>| match value? {
            Value::Object(object) => string(object.get("name")),
            Value::Array(several) => several.iter().find_map(|one| string(one.get("name"))),
            other => string(Some(other)),
        };
        self.objects
            .iter()
            .find_map(|object| named(object.get("publisher")))
    }

    /// The names of the authors that the first object names which has any.
    fn authors(&self) -> Option<Vec<String>> {
        let name = |value: &Value| match value {
            Value::Object(object) => string(object.get("name")),
            other => string(Some(other)),
        };
        let named = |value: &Value| -> Vec<String> {
            match value {
                Value::Array(several) => several.iter().filter_map(name).collect(),
                one => name(one).into_iter().collect(),
            }
        };
        let objects = self.objects.iter();
        let mut found = objects.filter_map(|object| object.get("author")).map(named);
        found.find(|names| !names.is_empty())
    }

    fn address(&self) -> Option<String> {
        let id = |value: &Value| string(Some(value)).or_else(|| string(value.get("@id")));
        self.objects.iter().find_map(|object| {
            object
                .get("mainEntityOfPage")
                .and_then(id)
                .or_else(|| string(object.get("url")))
        })
    }

    /// The text of the article, a line a paragraph where it says so; that of a live blog with its posts.
    fn body(&self) -> Option<String> {
        let written = self.text("articleBody")?;
        let text = html::text(&written.replace("\r\n", "\n").replace('\n', "<br>"));
        (text.split_whitespace().count() >= BODY_WORDS).then_some(text)
    }

    fn free(&self) -> Option<bool> {
        self.objects
            .iter()
            .find_map(|object| match object.get("isAccessibleForFree")? {
                Value::Bool(free) => Some(*free),
                Value::String(word) => Some(!word.trim().to_ascii_lowercase().ends_with("false")),
                _ => None,
            })
    }
}

/// JSON as pages write it: perhaps in a comment, perhaps with line ends inside its strings.
fn lenient(written: &str) -> Option<Value> {
    let text = written.trim();
    let text = ["<!--", "<![CDATA[", "//<![CDATA["]
        .iter()
        .fold(text, |text, start| text.strip_prefix(start).unwrap_or(text));
    let text = ["-->", "//]]>", "]]>", ";"]
        .iter()
        .fold(text.trim(), |text, end| {
            text.strip_suffix(end).unwrap_or(text).trim()
        });
    let read = serde_json::from_str(text);
    read.or_else(|_| {
        let plain: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&plain)
    })
    .ok()
}

/// Gathers the objects that are articles, however they are wrapped.
fn collect(value: Value, depth: usize, found: &mut Vec<Map<String, Value>>) {
    if depth == 0 || found.len() >= 50 {
        return;
    }
    match value {
        Value::Array(several) => several.into_iter().for_each(|one| collect(one, depth - 1, found)),
        Value::Object(mut object) if is_article(object.get("@type")) => {
            // A list of other articles below an article is not about it.
            object.retain(|key, _| key != "hasPart" && key != "itemListElement");
            found.push(object);
        }
        Value::Object(object) => {
            for (key, inner) in object {
                if matches!(
                    key.as_str(),
                    "@graph" | "mainEntity" | "mainEntityOfPage" | "about" | "subjectOf"
                ) {
                    collect(inner, depth - 1, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => {
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind.ends_with("Report")
        }
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| is_article(Some(kind))),
        _ => false,
    }
}

fn string(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_string(),
        Value::Array(several) => return several.iter().find_map(|one| string(Some(one))),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> About {
        about(&Tree::of(html))
    }

    #[test]
    fn json_ld_is_found_however_it_is_wrapped() {
        for script in [
            r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Die Brücke","datePublished":"2025-02-24T10:30:00+01:00"}"#,
            r#"[{"@type":"BreadcrumbList","name":"x"},{"@type":["Article","NewsArticle"],"headline":"Die Brücke","datePublished":"2025-02-24T09:30:00Z"}]"#,
            r#"{"@graph":[{"@type":"WebSite","name":"Bote"},{"@type":"ReportageNewsArticle","headline":"Die Brücke","datePublished":"2025-02-24 10:30:00 +0100"}]}"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":["Die Brücke"],"datePublished":"2025-02-24T09:30Z"}}"#,
            "<!-- {\"@type\":\"NewsArticle\",\"headline\":\"Die \nBrücke\",\"datePublished\":\"2025-02-24T09:30:00Z\"} -->",
        ] {
            let about = read(&format!("<script type='application/ld+json'>{script}</script>"));
            assert_eq!(about.title.as_deref(), Some("Die Brücke"), "{script}");
            let published = about.published.as_ref().map(Published::as_str);
            assert_eq!(published, Some("2025-02-24T09:30:00Z"), "{script}");
        }
    }

    #[test]
    fn tags_say_what_json_ld_does_not() {
        let about = read(
            "<html lang='de-DE'><head><title>Die Brücke - Bote.de</title><link rel=canonical href='https://bote.example/a'>\
             <meta property='og:title' content='Die Brücke | Der Bote'><meta property=og:site_name content='Der Bote'>\
             <meta name=date content='2025-02-24'><meta property=og:type content=article></head>",
        );
        assert_eq!(about.title.as_deref(), Some("Die Brücke"));
        assert_eq!(about.source.as_deref(), Some("Der Bote"));
        assert_eq!(
            about.published.as_ref().map(Published::as_str),
            Some("2025-02-24")
        );
        assert_eq!(about.language, Some(Language::German));
        assert_eq!(about.addresses, ["https://bote.example/a"]);
    }

    #[test]
    fn a_page_says_who_wrote_it() {
        let linked = |author: &str| {
            format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","author":{author}}}</script>"#
            )
        };
        for (page, expected) in [
            (
                linked(r#"{"@type":"Person","name":"Ans de Vries"}"#),
                &["Ans de Vries"][..],
            ),
            (
                linked(r#"[{"name":"Ans de Vries"},"Ole Deich",{"url":"x"}]"#),
                &["Ans de Vries", "Ole Deich"],
            ),
            (linked(r#""Ole Deich""#), &["Ole Deich"]),
            (
                linked("{}") + "<meta name=author content='Von Ole Deich'>",
                &["Von Ole Deich"],
            ),
            (
                "<meta property='article:author' content='Ole Deich'>".into(),
                &["Ole Deich"],
            ),
            (linked("null"), &[]),
        ] {
            assert_eq!(read(&page).authors, expected, "{page}");
        }
    }

    #[test]
    fn a_title_loses_only_the_name_of_its_site() {
        for (title, site, expected) in [
            ("Die Brücke - Der Bote", Some("Der Bote"), "Die Brücke"),
            (
                "Die Brücke | Politik | BOTE",
                Some("Bote.de"),
                "Die Brücke | Politik",
            ),
            ("Die Brücke | bote.example", None, "Die Brücke"),
            (
                "Berlin – Köln: der neue Zug",
                Some("Der Bote"),
                "Berlin – Köln: der neue Zug",
            ),
            ("Bote", Some("Bote"), "Bote"),
        ] {
            assert_eq!(without_site(title, site), expected, "{title}");
        }
    }

    #[test]
    fn what_may_be_read_is_said_in_many_ways() {
        for (said, expected) in [
            ("false", Some(false)),
            ("\"False\"", Some(false)),
            ("\"http://schema.org/True\"", Some(true)),
            ("null", None),
        ] {
            let about = read(&format!(
                "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":{said}}}</script>"
            ));
            assert_eq!(about.free, expected, "{said}");
        }
    }
}
