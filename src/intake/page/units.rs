//! The units of a page: its paragraphs, headings, items, rows and captions, with what is known of each.

use super::super::clean;
use super::tree::{Element, Kind, Tree, is_inline};
use super::words::WORDS;

/// What a unit is by its place in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A paragraph, or text of a block that is none.
    Paragraph,
    /// A heading of this rank.
    Heading(u8),
    /// In a list; whether it begins an item.
    Item(bool),
    /// A row of a table.
    Row,
    /// What stands below a picture.
    Caption,
}

/// A run of text that belongs to one block.
#[derive(Debug)]
pub(super) struct Unit {
    /// The block, by its place in the tree.
    pub(super) owner: usize,
    pub(super) form: Form,
    /// Whether it stands in a quotation.
    pub(super) quoted: bool,
    /// Its text, each white space single; lines end where the page ends them.
    pub(super) text: String,
    pub(super) words: usize,
    /// How many of its words are in links.
    pub(super) linked: usize,
    /// How many of its words are in bold.
    pub(super) bold: usize,
}

impl Unit {
    /// Whether it reads as a sentence or several.
    pub(super) fn is_prose(&self) -> bool {
        let sentence = ends_as_sentence(&self.text);
        let plain = self.linked * 5 < self.words * 2;
        let is_text = match self.form {
            Form::Paragraph | Form::Item(_) => true,
            // Many a newsroom sets the lead as a heading.
            Form::Heading(rank) => rank > 1 && sentence && self.words >= 12,
            Form::Row | Form::Caption => false,
        };
        plain && is_text && ((sentence && self.words >= 8) || self.words >= 30)
    }

    /// Whether it stands above what follows: a heading, or a short line all in bold.
    pub(super) fn is_heading(&self) -> bool {
        let bold =
            self.words > 0 && self.bold == self.words && self.words <= 14 && self.form == Form::Paragraph;
        (matches!(self.form, Form::Heading(2..)) && !self.is_prose())
            || (bold && !self.text.ends_with(['.', ',', ';']) && self.linked == 0)
    }
}

/// Whether a text ends as sentences do.
pub(super) fn ends_as_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '“', '”', '»', '«', '’', '\'', ')', ']', ' ', '\u{a0}']);
    end.ends_with(['.', '!', '?', '…', ':'])
}

/// What the elements around a node make of it.
#[derive(Clone, Copy)]
struct Around {
    owner: usize,
    heading: u8,
    /// The innermost list item, by its place.
    item: usize,
    quoted: bool,
    caption: bool,
    linked: bool,
    bold: bool,
    kept_lines: bool,
    /// In a row of a table that arranges the page rather than figures.
    arranged: bool,
}

/// The longest row of a table of figures, in bytes; what is longer arranges the page.
const ROW: usize = 600;

/// How many bytes of text stand before each node.
fn letters(tree: &Tree) -> Vec<usize> {
    let mut sum = 0;
    let before = tree.nodes.iter().map(|node| {
        let before = sum;
        if let Kind::Text(text) = &node.kind {
            sum += text.len();
        }
        before
    });
    let mut letters: Vec<usize> = before.collect();
    letters.push(sum);
    letters
}

/// The units of a page in its order, but for those within elements that `is_left_out`.
pub(super) fn units(tree: &Tree, is_left_out: &[bool]) -> Vec<Unit> {
    let letters = letters(tree);
    let mut around = vec![NOTHING; tree.nodes.len()];
    let mut units: Vec<Writing> = Vec::new();
    let mut item_begun = 0;
    for (place, node) in tree.kept(is_left_out) {
        let outer = around.get(node.parent).copied().unwrap_or(NOTHING);
        let begun = |owner| move |unit: &&mut Writing| unit.unit.owner == owner;
        match &node.kind {
            Kind::Element(element) => {
                let length = letters.get(node.end).unwrap_or(&0) - letters.get(place).unwrap_or(&0);
                let own = within(outer, place, element, length);
                if let Some(slot) = around.get_mut(place) {
                    *slot = own;
                }
                match (&*element.name, units.last_mut().filter(begun(own.owner))) {
                    ("br", Some(unit)) => unit.line(),
                    ("td" | "th", Some(unit)) => unit.cell(),
                    _ => {}
                }
            }
            Kind::Text(text) => {
                let continued = units.last_mut().filter(begun(outer.owner));
                if let Some(unit) = continued.filter(|unit| !unit.ended) {
                    unit.write(text, outer);
                } else if !text.chars().all(char::is_whitespace) {
                    let form = form(tree, outer, &mut item_begun);
                    let mut unit = Writing::new(outer.owner, form, outer.quoted);
                    unit.write(text, outer);
                    units.push(unit);
                }
            }
        }
    }
    units.into_iter().filter_map(Writing::finish).collect()
}

const NOTHING: Around = Around {
    owner: 0,
    heading: 0,
    item: 0,
    quoted: false,
    caption: false,
    linked: false,
    bold: false,
    kept_lines: false,
    arranged: false,
};

fn within(outer: Around, place: usize, element: &Element, length: usize) -> Around {
    let name = &*element.name;
    let mut own = outer;
    match name {
        "a" => own.linked = true,
        "b" | "strong" => own.bold = true,
        // The cells of a row are one unit, unless there are blocks in them.
        "td" | "th" if !outer.arranged => return own,
        _ if is_inline(name) => return own,
        _ => own.owner = place,
    }
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            own.heading = name.bytes().last().map_or(0, |digit| digit.saturating_sub(b'0'));
        }
        "li" | "dd" => own.item = place,
        "blockquote" => {
            own.quoted = true;
            own.caption = false;
        }
        "figcaption" | "caption" => own.caption = true,
        // Whatever stands with a picture; but tables and quotations are often set as figures too.
        "figure" => own.caption = true,
        "table" => own.caption = false,
        "pre" => own.kept_lines = true,
        "tr" => own.arranged = length > ROW,
        _ => {}
    }
    own.caption |= length < ROW && is_caption(element);
    own
}

/// Whether the class of an element says that it stands below a picture.
fn is_caption(element: &Element) -> bool {
    let class = element.value("class").unwrap_or_default();
    class.len() < 300 && {
        let class = class.to_ascii_lowercase();
        WORDS.captions.iter().any(|word| class.contains(word))
    }
}

fn form(tree: &Tree, around: Around, item_begun: &mut usize) -> Form {
    if around.heading > 0 {
        Form::Heading(around.heading)
    } else if around.caption {
        Form::Caption
    } else if around.item > 0 {
        let begins = *item_begun != around.item;
        *item_begun = around.item;
        Form::Item(begins)
    } else if tree.name(around.owner) == "tr" {
        Form::Row
    } else {
        Form::Paragraph
    }
}

/// A unit while its text comes in.
struct Writing {
    unit: Unit,
    gap: bool,
    in_word: bool,
    /// A cell was begun since the last word.
    divided: bool,
    /// An empty line ended it, as old pages end their paragraphs.
    ended: bool,
}

impl Writing {
    fn new(owner: usize, form: Form, quoted: bool) -> Self {
        let unit = Unit {
            owner,
            form,
            quoted,
            text: String::new(),
            words: 0,
            linked: 0,
            bold: 0,
        };
        Self {
            unit,
            gap: false,
            in_word: false,
            divided: false,
            ended: false,
        }
    }

    fn write(&mut self, text: &str, around: Around) {
        for c in text.chars() {
            // A no-break space is part of the text: figures stand around it.
            let space = c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
            if space && around.kept_lines && c == '\n' {
                self.line();
            } else if space {
                self.gap = true;
                self.in_word = false;
            } else {
                self.put(c, around);
            }
        }
    }

    fn put(&mut self, c: char, around: Around) {
        let unit = &mut self.unit;
        if self.divided && !unit.text.is_empty() && !unit.text.ends_with('\n') {
            unit.text.push_str(" | ");
        } else if self.gap && !unit.text.is_empty() && !unit.text.ends_with('\n') {
            unit.text.push(' ');
        }
        (self.gap, self.divided) = (false, false);
        unit.text.push(c);
        if !self.in_word && c.is_alphanumeric() {
            self.in_word = true;
            unit.words += 1;
            unit.linked += usize::from(around.linked);
            unit.bold += usize::from(around.bold);
        } else if c == '\u{a0}' || c == '\u{202f}' {
            self.in_word = false;
        }
    }

    fn line(&mut self) {
        self.gap = false;
        self.in_word = false;
        match self.unit.text.chars().last() {
            Some('\n') => self.ended = true,
            Some(_) => self.unit.text.push('\n'),
            None => {}
        }
    }

    fn cell(&mut self) {
        self.divided = true;
        self.in_word = false;
    }

    fn finish(mut self) -> Option<Unit> {
        self.unit.text = clean::text(&self.unit.text);
        (self.unit.words > 0).then_some(self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &[(Form, &str, usize, usize)]) {
        let tree = Tree::of(html);
        let found = units(&tree, &vec![false; tree.nodes.len()]);
        let seen: Vec<_> = found
            .iter()
            .map(|unit| (unit.form, unit.text.as_str(), unit.words, unit.linked))
            .collect();
        assert_eq!(seen, expected, "{html}");
    }

    #[test]
    fn a_page_falls_into_units() {
        check(
            "<h2><a href=x>Ein Titel</a></h2><div>Vor <p>Ein  <b>Satz</b>.<br>Noch einer</p> nach</div>",
            &[
                (Form::Heading(2), "Ein Titel", 2, 2),
                (Form::Paragraph, "Vor", 1, 0),
                (Form::Paragraph, "Ein Satz.\nNoch einer", 4, 0),
                (Form::Paragraph, "nach", 1, 0),
            ],
        );
        check(
            "<ul><li>eins<li><p>zwei</p><p>drei</p></ul><table><tr><th>Jahr<td>3&nbsp;%</table><figcaption>Bild</figcaption>",
            &[
                (Form::Item(true), "eins", 1, 0),
                (Form::Item(true), "zwei", 1, 0),
                (Form::Item(false), "drei", 1, 0),
                (Form::Row, "Jahr | 3\u{a0}%", 2, 0),
                (Form::Caption, "Bild", 1, 0),
            ],
        );
    }

    #[test]
    fn a_sentence_is_known_by_its_end() {
        for (text, expected) in [
            ("Das ist so.", true),
            ("„Das ist so.“", true),
            ("So ist es (heute).", true),
            ("Mehr zum Thema", false),
            ("", false),
        ] {
            assert_eq!(ends_as_sentence(text), expected, "{text}");
        }
    }
}
