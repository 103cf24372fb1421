//! A page as a flat tree: nodes in the order of the document, bounded in number and depth.
//!
//! Browsers' rules for repairing a tree look through all open elements again and again, which a page of a hundred
//! thousand nested elements turns against them. Here a depth is enough that no newsroom reaches; deeper elements leave
//! their text to the one above, so that a page costs time in proportion to its length, whatever it does.

use std::cell::RefCell;

use html5ever::LocalName;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use super::super::clean;

/// The most elements within one another.
const DEEPEST: usize = 200;

/// The most nodes of a page; what comes behind them is not read.
const MOST: usize = 250_000;

/// The elements and texts of a page; the first is the root that holds all others.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// An element or a text.
pub(super) struct Node {
    /// The element it stands in; the root stands in itself.
    pub(super) parent: usize,
    /// The place behind the last node within it.
    pub(super) end: usize,
    pub(super) kind: Kind,
}

/// What a node is.
pub(super) enum Kind {
    Element(Element),
    Text(StrTendril),
}

/// A tag with what it says.
pub(super) struct Element {
    pub(super) name: LocalName,
    attributes: Vec<(LocalName, StrTendril)>,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| &**own == name);
        found.map(|(_, value)| &**value)
    }
}

impl Tree {
    /// Reads a page; never fails.
    pub(super) fn of(html: &str) -> Self {
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html));
        let tokenizer = Tokenizer::new(Sink(RefCell::new(Builder::new())), TokenizerOpts::default());
        // The tokenizer pauses after each script; it is done when a round leaves nothing.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        tokenizer.sink.0.into_inner().finish()
    }

    /// The element at a place, if it is one.
    pub(super) fn element(&self, place: usize) -> Option<&Element> {
        match &self.nodes.get(place)?.kind {
            Kind::Element(element) => Some(element),
            Kind::Text(_) => None,
        }
    }

    /// The name of the element at a place; empty for a text.
    pub(super) fn name(&self, place: usize) -> &str {
        self.element(place).map_or("", |element| &element.name)
    }

    /// The elements with their places, in the order of the document.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.nodes
            .iter()
            .enumerate()
            .filter_map(|(place, node)| match &node.kind {
                Kind::Element(element) => Some((place, element)),
                Kind::Text(_) => None,
            })
    }

    /// The nodes in their order with their places, but for those that are left out and all within them.
    pub(super) fn kept<'t>(&'t self, is_left_out: &'t [bool]) -> impl Iterator<Item = (usize, &'t Node)> {
        let mut hidden_until = 0;
        self.nodes.iter().enumerate().filter(move |(place, node)| {
            if *place < hidden_until {
                return false;
            }
            let is_out = is_left_out.get(*place).copied().unwrap_or(false);
            if is_out {
                hidden_until = node.end;
            }
            !is_out
        })
    }

    /// All that the page shows, in lower case, without its scripts.
    pub(super) fn shown(&self) -> String {
        let is_seen = |name| {
            !matches!(
                name,
                "script" | "style" | "noscript" | "title" | "template" | "iframe"
            )
        };
        let mut text = String::new();
        for node in &self.nodes {
            if let Kind::Text(words) = &node.kind
                && is_seen(self.name(node.parent))
            {
                text.push_str(words);
                text.push(' ');
            }
        }
        clean::line(&text).to_lowercase()
    }

    /// All the text within a node, as it stands there.
    pub(super) fn text(&self, place: usize) -> String {
        let end = self.nodes.get(place).map_or(place, |node| node.end);
        let within = self.nodes.get(place..end).unwrap_or_default();
        let texts = within.iter().filter_map(|node| match &node.kind {
            Kind::Text(text) => Some(&**text),
            Kind::Element(_) => None,
        });
        texts.collect()
    }
}

struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut builder = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => builder.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => builder.close(&tag.name),
            Token::TagToken(tag) => {
                if let Some(raw) = builder.open(tag) {
                    return TokenSinkResult::RawData(raw);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

struct Builder {
    nodes: Vec<Node>,
    /// The elements that are open, the root first.
    open: Vec<usize>,
    /// How many elements are open that were too deep to be kept.
    buried: usize,
}

impl Builder {
    fn new() -> Self {
        let name = LocalName::from("#root");
        let root = Element {
            name,
            attributes: Vec::new(),
        };
        Self {
            nodes: vec![Node {
                parent: 0,
                end: 0,
                kind: Kind::Element(root),
            }],
            open: vec![0],
            buried: 0,
        }
    }

    fn finish(mut self) -> Tree {
        self.close_to(0);
        if let Some(root) = self.nodes.first_mut() {
            root.end = usize::MAX;
        }
        let end = self.nodes.len();
        for node in &mut self.nodes {
            node.end = node.end.min(end);
        }
        Tree { nodes: self.nodes }
    }

    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn name(&self, place: usize) -> &str {
        match self.nodes.get(place).map(|node| &node.kind) {
            Some(Kind::Element(element)) => &element.name,
            _ => "",
        }
    }

    fn add(&mut self, kind: Kind) -> Option<usize> {
        let place = self.nodes.len();
        let parent = self.top();
        let end = place + 1;
        (place < MOST).then(|| self.nodes.push(Node { parent, end, kind }))?;
        Some(place)
    }

    fn text(&mut self, text: &StrTendril) {
        let top = self.top();
        if let Some(Node {
            parent,
            kind: Kind::Text(before),
            ..
        }) = self.nodes.last_mut()
            && *parent == top
        {
            return before.push_tendril(text);
        }
        self.add(Kind::Text(text.clone()));
    }

    /// Opens an element, and says how its content is to be read where that is no HTML.
    fn open(&mut self, tag: Tag) -> Option<RawKind> {
        if self.open.len() < DEEPEST {
            self.close_implied(&tag.name);
        }
        let raw = match &*tag.name {
            "script" => Some(RawKind::ScriptData),
            "style" | "noscript" | "iframe" | "noframes" | "xmp" => Some(RawKind::Rawtext),
            "title" | "textarea" => Some(RawKind::Rcdata),
            _ => None,
        };
        let is_void = is_void(&tag.name) || (tag.self_closing && raw.is_none());
        if !is_void && self.open.len() >= DEEPEST {
            self.buried += 1;
            return raw;
        }
        let attributes = tag
            .attrs
            .into_iter()
            .map(|attribute| (attribute.name.local, attribute.value))
            .collect();
        let element = Element {
            name: tag.name,
            attributes,
        };
        if let Some(place) = self.add(Kind::Element(element))
            && !is_void
        {
            self.open.push(place);
        }
        raw
    }

    /// Closes what an element that opens puts an end to: a paragraph before a block, an item before the next.
    fn close_implied(&mut self, opening: &str) {
        let (ended, barriers): (&[&str], &[&str]) = match opening {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "tr" => (&["tr"], &["table"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["td", "th", "li", "table"]),
            _ if is_inline(opening) => return,
            _ => (&["p"], &["td", "th", "li", "table", "button"]),
        };
        let found = self
            .open
            .iter()
            .rposition(|place| ended.contains(&self.name(*place)) || barriers.contains(&self.name(*place)));
        if let Some(found) = found
            && self
                .open
                .get(found)
                .is_some_and(|place| ended.contains(&self.name(*place)))
        {
            self.close_to(found);
        }
    }

    /// Closes the innermost element of a name, with all within it; a stray end tag does nothing.
    fn close(&mut self, name: &str) {
        if self.buried > 0 {
            self.buried -= 1;
            return;
        }
        let in_table = matches!(
            name,
            "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "body" | "html"
        );
        let inline = is_inline(name);
        for (depth, place) in self.open.iter().enumerate().skip(1).rev() {
            let open = self.name(*place);
            if open == name {
                return self.close_to(depth);
            }
            let barrier =
                (inline && !is_inline(open)) || (!in_table && matches!(open, "td" | "th" | "table"));
            if barrier {
                return;
            }
        }
    }

    /// Closes the open element at a depth and all within it.
    fn close_to(&mut self, depth: usize) {
        let end = self.nodes.len();
        for place in self.open.drain(depth..) {
            if let Some(node) = self.nodes.get_mut(place) {
                node.end = end;
            }
        }
    }
}

/// Whether an element is part of a line rather than a block of its own (HTML, 3.2.5.2.5, as far as it is text).
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "br"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "nobr"
            | "picture"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree with a pair of brackets an element.
    fn shown(html: &str) -> String {
        let tree = Tree::of(html);
        let mut shown = String::new();
        let mut open: Vec<usize> = Vec::new();
        for (place, node) in tree.nodes.iter().enumerate().skip(1) {
            while open.last().is_some_and(|end| *end <= place) {
                open.pop();
                shown.push(')');
            }
            match &node.kind {
                Kind::Element(element) => {
                    shown.push_str(&format!("{}(", element.name));
                    open.push(node.end);
                }
                Kind::Text(text) => shown.push_str(text),
            }
        }
        shown.push_str(&")".repeat(open.len()));
        shown
    }

    #[test]
    fn tags_that_were_forgotten_are_closed() {
        for (html, expected) in [
            ("<p>a<p>b", "p(a)p(b)"),
            ("<ul><li>a<li>b</ul>c", "ul(li(a)li(b))c"),
            ("<p>a<div>b</div>", "p(a)div(b)"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "table(tr(td(a)td(b))tr(td(c)))",
            ),
            ("<a>x<a>y</a>", "a(x)a(y)"),
            ("<div><b>a</div>b", "div(b(a))b"),
            ("<div>a</b></p>b</div>", "div(ab)"),
            ("<td>a</div>b</td>", "td(ab)"),
            ("a<br>b<img src=x>", "abr()bimg()"),
            ("<script>if (a<b) '<p>'</script>x", "script(if (a<b) '<p>')x"),
            ("", ""),
        ] {
            assert_eq!(shown(html), expected, "{html}");
        }
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let deep = format!("{}tief", "<div>".repeat(100_000));
        let tree = Tree::of(&deep);
        assert!(tree.nodes.len() <= DEEPEST + 2);
        assert_eq!(tree.text(0), "tief");
        assert!(Tree::of(&"<p>x".repeat(MOST)).nodes.len() <= MOST);
        let inline = format!("{}x{}", "<b><a>".repeat(50_000), "</b></p>".repeat(50_000));
        assert_eq!(Tree::of(&inline).text(0), "x");
    }
}
