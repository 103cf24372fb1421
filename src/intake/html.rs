//! HTML read as paragraphs of text, without building a tree: linear in its length, whatever its depth.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use url::Url;

use super::clean;

/// The text of a piece of HTML: a line a paragraph, heading, list item or table row.
///
/// List items begin with `• `, quotations with `> `; the cells of a row stand apart by ` | `. Scripts, styles, forms and
/// embedded pages are left out, links and emphasis leave their words. Never fails: what is no HTML is text.
pub(super) fn text(html: &str) -> String {
    let sink = Sink(RefCell::new(Rendering::default()));
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    // The tokenizer pauses after each script; it is done when a round leaves nothing.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut rendering = tokenizer.sink.0.into_inner();
    rendering.end_line();
    clean::text(&rendering.text)
}

/// The feeds that a page announces, in its order, as whole addresses; `base` is where the page came from.
pub(super) fn announced_feeds(html: &str, base: &Url) -> Vec<String> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Links(RefCell::default()), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let links = tokenizer.sink.0.into_inner();
    links
        .iter()
        .filter_map(|link| base.join(link).ok())
        .map(String::from)
        .collect()
}

/// The charset that a page declares in its first kilobytes: `<meta charset=…>` or `…; charset=…`.
pub(super) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(4096))?).to_ascii_lowercase();
    let (_, rest) = start.split_once("<meta")?;
    let (_, value) = rest.split_once("charset=")?;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let name = value
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
        .next()?;
    (!name.is_empty()).then(|| name.to_string())
}

/// The addresses of links that say that they lead to a feed (autodiscovery as RSS and Atom name it).
struct Links(RefCell<Vec<String>>);

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else {
            return TokenSinkResult::Continue;
        };
        let value = |name: &str| {
            tag.attrs
                .iter()
                .find(|attribute| &*attribute.name.local == name)
                .map(|found| &*found.value)
        };
        let says = |name: &str, word: &str| {
            value(name).is_some_and(|value| {
                value
                    .split_ascii_whitespace()
                    .any(|one| one.eq_ignore_ascii_case(word))
            })
        };
        let is_feed = FEED_TYPES.iter().any(|media_type| says("type", media_type));
        if &*tag.name == "link"
            && is_feed
            && says("rel", "alternate")
            && let Some(address) = value("href")
        {
            self.0.borrow_mut().push(address.trim().to_string());
        }
        TokenSinkResult::Continue
    }
}

/// The media types of feeds, as pages announce them.
const FEED_TYPES: [&str; 3] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
];

struct Sink(RefCell<Rendering>);

#[derive(Default)]
struct Rendering {
    text: String,
    line: String,
    /// Whether white space was seen since the last word of the line.
    gap: bool,
    /// What the next line begins with.
    mark: &'static str,
    quotes: usize,
    preformatted: usize,
    /// The element that is left out, and how often it is open within itself.
    skipped: Option<(String, usize)>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut rendering = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(words) => rendering.words(&words),
            Token::TagToken(tag) => return rendering.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Rendering {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if self.is_skipping(name, opens, tag.self_closing) {
            return TokenSinkResult::Continue;
        }
        match name {
            "script" if opens => {
                self.skipped = Some((name.to_string(), 1));
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "style" | "noscript" | "iframe" | "noframes" | "xmp" if opens => {
                self.skipped = Some((name.to_string(), 1));
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "title" | "textarea" if opens => {
                self.skipped = Some((name.to_string(), 1));
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "svg" | "math" | "template" | "select" | "button" | "object" | "audio" | "video" if opens => {
                self.skipped = (!tag.self_closing).then(|| (name.to_string(), 1));
            }
            "br" | "hr" => self.end_line(),
            "td" | "th" => self.cell(opens),
            "li" | "dd" => self.item(opens),
            "blockquote" => {
                self.end_line();
                self.quotes = if opens {
                    self.quotes + 1
                } else {
                    self.quotes.saturating_sub(1)
                };
            }
            "pre" => {
                self.end_line();
                self.preformatted = if opens {
                    self.preformatted + 1
                } else {
                    self.preformatted.saturating_sub(1)
                };
            }
            _ if is_block(name) => self.end_line(),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    /// Follows an element that is left out to its end; whether we are still in one.
    fn is_skipping(&mut self, name: &str, opens: bool, self_closing: bool) -> bool {
        let Some((skipped, depth)) = &mut self.skipped else {
            return false;
        };
        if skipped == name && !self_closing {
            *depth = if opens { *depth + 1 } else { *depth - 1 };
            if *depth == 0 {
                self.skipped = None;
            }
        }
        true
    }

    fn words(&mut self, words: &str) {
        if self.skipped.is_some() {
            return;
        }
        if self.preformatted > 0 {
            return self.lines(words);
        }
        for c in words.chars() {
            // A no-break space is part of the text: figures stand around it.
            if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
                self.gap = true;
                continue;
            }
            self.put(c);
        }
    }

    fn lines(&mut self, words: &str) {
        for (place, line) in words.split('\n').enumerate() {
            if place > 0 {
                self.end_line();
            }
            line.chars().for_each(|c| self.put(c));
        }
    }

    fn put(&mut self, c: char) {
        if self.line.is_empty() {
            if self.quotes > 0 {
                self.line.push_str("> ");
            }
            self.line.push_str(std::mem::take(&mut self.mark));
        } else if self.gap {
            self.line.push(' ');
        }
        self.gap = false;
        self.line.push(c);
    }

    fn item(&mut self, opens: bool) {
        self.end_line();
        self.mark = if opens { "• " } else { "" };
    }

    fn cell(&mut self, opens: bool) {
        if opens && !self.line.is_empty() {
            self.line.push_str(" |");
            self.gap = true;
        }
    }

    fn end_line(&mut self) {
        self.gap = false;
        if !self.line.is_empty() {
            self.text.push_str(&self.line);
            self.text.push('\n');
            self.line.clear();
            self.mark = "";
        }
    }
}

/// Whether an element begins and ends a line (HTML, 15.3.3, flow content that is displayed as a block).
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "caption"
            | "center"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn html_reads_as_paragraphs() {
        for (html, expected) in [
            (
                "<p>Ein  <b>Satz</b>,\n noch <a href='x'>einer</a>.</p><p>Zwei</p>",
                "Ein Satz, noch einer.\nZwei",
            ),
            ("Zeile<br>Zeile<br/>Ende", "Zeile\nZeile\nEnde"),
            ("<ul><li>eins<li>zwei</ul>drei", "• eins\n• zwei\ndrei"),
            ("<ol><li><p>eins</p></li></ol>drei", "• eins\ndrei"),
            (
                "<blockquote><p>So</p><p>war es</p></blockquote>sagte er",
                "> So\n> war es\nsagte er",
            ),
            (
                "<table><tr><th>Jahr<td>Wert</tr><tr><td>2024<td>3 %</table>",
                "Jahr | Wert\n2024 | 3 %",
            ),
            ("<pre>a  b\nc</pre>", "a  b\nc"),
            ("3&nbsp;Mrd. &euro; &amp; 5&#8239;%", "3\u{a0}Mrd. € & 5\u{202f}%"),
            ("a < b und 5 > 3", "a < b und 5 > 3"),
            ("Kein HTML", "Kein HTML"),
            ("", ""),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn what_is_not_read_is_left_out() {
        for html in [
            "vor<script>if (a < b) document.write('<p>x</p>')</script>nach",
            "vor<style>p > a { color: red }</style>nach",
            "vor<svg><text>x</text><svg></svg></svg>nach",
            "vor<select><option>x</select>nach",
            "vor<noscript><img src=x></noscript>nach",
            "vor<!-- x -->nach",
            "vor<textarea><p>x</textarea>nach",
        ] {
            assert_eq!(text(html), "vornach", "{html}");
        }
    }

    #[test]
    fn a_script_that_never_ends_hides_the_rest_only() {
        assert_eq!(text("<p>vor</p><script>x <p>nach</p>"), "vor");
    }

    #[test]
    fn a_page_announces_its_feeds() {
        let page = r#"<head><link rel="stylesheet" href="/x.css"><LINK REL='alternate' TYPE="application/rss+xml" HREF="/feed">
            <link rel=alternate type=text/html href=/en><link href="https://b.example/atom" type="application/atom+xml" rel="home alternate">"#;
        let base = Url::parse("https://a.example/politik/").expect("an address");
        assert_eq!(
            announced_feeds(page, &base),
            ["https://a.example/feed", "https://b.example/atom"]
        );
    }

    #[test]
    fn depth_costs_nothing() {
        let deep = format!(
            "{}tief{}",
            "<div><b>".repeat(100_000),
            "</b></div>".repeat(100_000)
        );
        assert_eq!(text(&deep), "tief");
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in any::<String>()) {
            let read = text(&html);
            prop_assert!(!read.chars().any(|c| c.is_control() && c != '\n'));
        }
    }
}
