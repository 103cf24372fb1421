//! Markdown: front matter read, marks taken off, paragraphs on a line each.

use std::borrow::Cow;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Draft, clean, date, plain};

/// Reads a Markdown file.
pub(super) fn draft(raw: &str) -> Draft {
    let raw = raw.trim_start_matches(['\u{feff}', ' ', '\r', '\n']);
    let (front, body) = front_matter(raw);
    let (heading, text) = plain_text(body);
    let mut draft = front.unwrap_or_default();
    match (&draft.title, heading) {
        (None, Some(heading)) => draft.title = Some(heading),
        (Some(title), Some(heading)) if clean::line(title) != heading => draft.text = format!("{heading}\n"),
        _ => {}
    }
    draft.text.push_str(&clean::text(&text));
    let told = plain::draft(&draft.text);
    draft.source = draft.source.or(told.source);
    draft.published = draft.published.or(told.published);
    draft
}

/// What the lines between `---` (or `+++`) at the top say, and the text below them.
fn front_matter(raw: &str) -> (Option<Draft>, &str) {
    let found = || {
        let (fence, rest) = raw.split_once('\n')?;
        let fence = fence.trim_end();
        let mut length = 0;
        let mut lines = Vec::new();
        for line in rest
            .split_inclusive('\n')
            .take(if matches!(fence, "---" | "+++") { 200 } else { 0 })
        {
            length += line.len();
            if line.trim_end() == fence {
                return Some((fields(&lines), rest.get(length..)?));
            }
            lines.push(line.trim_end());
        }
        None
    };
    found().map_or((None, raw), |(draft, body)| (Some(draft), body))
}

/// Front matter read line by line: `key: value`, `key = value`, lists in brackets or one item a line.
fn fields(lines: &[&str]) -> Draft {
    let mut draft = Draft::default();
    let mut listing = false;
    for line in lines {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if listing {
                draft.tags.push(unquoted(item).into_owned());
            }
            continue;
        }
        let Some((key, value)) = line.split_once([':', '=']) else {
            continue;
        };
        let value = unquoted(value);
        let owned = || Some(value.to_string()).filter(|value| !value.is_empty());
        listing = false;
        match key.trim().to_ascii_lowercase().as_str() {
            "title" => draft.title = owned(),
            "id" => draft.id = owned().filter(|id| super::key::is_key(id)),
            "lang" | "language" => draft.language = owned(),
            "author" | "authors" | "byline" => draft.authors.extend(owned()),
            "source" | "publisher" | "site" => draft.source = owned(),
            "url" | "link" | "canonical" => draft.url = owned(),
            "date" | "published" => draft.published = date::published(&value),
            "tags" | "keywords" => {
                listing = value.is_empty();
                let list = value.trim_start_matches('[').trim_end_matches(']');
                draft.tags.extend(
                    list.split(',')
                        .map(unquoted)
                        .filter(|tag| !tag.is_empty())
                        .map(Cow::into_owned),
                );
            }
            _ => {}
        }
    }
    draft
}

/// A value without the quotes around it; in double quotes a backslash stands before quotes and backslashes.
fn unquoted(value: &str) -> Cow<'_, str> {
    let value = value.trim();
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    match (inner('"'), inner('\'')) {
        (Some(inner), _) if inner.contains('\\') => {
            Cow::Owned(inner.replace("\\\"", "\"").replace("\\\\", "\\"))
        }
        (Some(inner), _) | (_, Some(inner)) => Cow::Borrowed(inner),
        _ => Cow::Borrowed(value),
    }
}

/// The first heading, where the text begins with one of the first level, and the text with a line for each block.
///
/// Links and emphasis become their words; items keep a dash or their number, quotes their words; pictures, raw HTML,
/// footnote marks and rules go.
fn plain_text(body: &str) -> (Option<String>, String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut blocks = Blocks::default();
    for event in Parser::new_ext(body, options) {
        blocks.take(event);
    }
    blocks.end_line();
    (blocks.title, blocks.text)
}

#[derive(Default)]
struct Blocks {
    title: Option<String>,
    text: String,
    line: String,
    /// The next number of each list that is open; none where its items have dashes.
    lists: Vec<Option<u64>>,
    /// How many pictures are open, whose words are left out.
    pictures: usize,
}

impl Blocks {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if self.title.is_none() && self.text.is_empty() => {
                let title = clean::line(&std::mem::take(&mut self.line));
                self.title = Some(title).filter(|title| !title.is_empty());
            }
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::Code(words) if self.pictures == 0 => {
                self.line.push_str(&words);
                if words.ends_with('\n') {
                    self.end_line();
                }
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.end_line(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Image { .. } => self.pictures += 1,
            Tag::List(first) => {
                self.end_line();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.end_line();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", number.saturating_sub(1))
                    }
                    _ => String::from("- "),
                };
                self.line.push_str(&mark);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {}
            TagEnd::TableCell => self.line.push_str("  "),
            TagEnd::List(_) => {
                self.end_line();
                self.lists.pop();
            }
            _ => self.end_line(),
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !matches!(line.trim(), "" | "-") {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_off_and_words_stay() {
        for (markdown, title, text) in [
            (
                "# Brücke *fertig*\n\nSie ist\n**lang** und [breit](https://b.example).",
                "Brücke fertig",
                "Sie ist lang und breit.",
            ),
            (
                "Brug klaar\n==========\nZe is _lang_.\n\n## Hoe\n\nZo.",
                "Brug klaar",
                "Ze is lang.\nHoe\nZo.",
            ),
            (
                "- eins\n- zwei\n\n3. drei\n4. vier",
                "",
                "- eins\n- zwei\n3. drei\n4. vier",
            ),
            (
                "> Wir bauen,\n> sagt er.\n\nEnde.",
                "",
                "Wir bauen, sagt er.\nEnde.",
            ),
            (
                "![Bild](b.png)\n\nText &amp; mehr, 5 \\* 3, `Code`.",
                "",
                "Text & mehr, 5 * 3, Code.",
            ),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "", "a  b\n1  2"),
            (
                "Vor <script>alert(1)</script> nach<br>\n\n<div>weg</div>\n\nEnde",
                "",
                "Vor alert(1) nach\nEnde",
            ),
            ("Kosten: 3_000_000 und 2*3*4", "", "Kosten: 3_000_000 und 234"),
        ] {
            let draft = draft(markdown);
            assert_eq!(
                (draft.title.as_deref().unwrap_or_default(), draft.text.as_str()),
                (title, text),
                "{markdown}"
            );
        }
    }

    #[test]
    fn front_matter_says_what_the_article_is() {
        let draft = draft(
            "---\ntitle: \"Brücke: \\\"fertig\\\"\"\ndate: 2024-03-05\nlang: de\nsource: Linzer Bote\nurl: https://b.example/1\n\
             tags: [Bau, 'Linz']\ndraft: false\n---\n\nSie ist lang.",
        );
        assert_eq!(draft.title.as_deref(), Some("Brücke: \"fertig\""));
        assert_eq!(
            draft.published.map(|date| date.as_str().to_string()).as_deref(),
            Some("2024-03-05")
        );
        assert_eq!(draft.language.as_deref(), Some("de"));
        assert_eq!(draft.source.as_deref(), Some("Linzer Bote"));
        assert_eq!(draft.url.as_deref(), Some("https://b.example/1"));
        assert_eq!(draft.tags, ["Bau", "Linz"]);
        assert_eq!(draft.text, "Sie ist lang.");
    }

    #[test]
    fn a_list_of_tags_may_stand_below_its_key() {
        let draft = draft("+++\r\ntitle = 'Brug'\r\ntags:\r\n  - bouw\r\n  - \"stad\"\r\n+++\r\nLang.");
        assert_eq!(
            (draft.title.as_deref(), draft.text.as_str()),
            (Some("Brug"), "Lang.")
        );
        assert_eq!(draft.tags, ["bouw", "stad"]);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        assert_eq!(draft("---\n\nEin Text.\n").text, "Ein Text.");
    }
}
