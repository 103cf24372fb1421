//! Texts cut into spans, paragraphs, sentences and words, and words brought to the forms in which they meet.
//!
//! A word is looked at in several forms: as written; folded ([`fold`]), in which spellings meet; bridged
//! ([`bridged`], [`bridge_keys`]), in which languages meet; its [`stem`], in which inflections meet.

mod bridge;
mod compound;
mod distance;
mod fold;
mod friends;
mod meaning;
mod ngram;
mod origin;
mod sentence;
mod token;
mod vocabulary;

pub use bridge::{bridge_keys, bridged};
pub use compound::compound_parts;
pub use distance::{Pattern, edit_distance};
pub use fold::fold;
pub use friends::{Friend, false_friends, friends_of};
pub use meaning::counterparts;
pub use ngram::char_ngrams;
pub use origin::{Shingles, agency};
pub use sentence::sentences;
pub use token::{Shape, Token, tokens};
pub use vocabulary::{Word, content_words, is_function_word, stem};

use std::ops::Range;

/// A range of bytes in a text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// What the span covers of `text`; empty where it does not lie within it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The number of bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies within.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// The number of a paragraph in its text, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParagraphIx(pub usize);

/// The paragraphs of `text` in order: its lines that are not blank, without the white space around them.
///
/// [`ParagraphIx`] counts in this list.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim();
        if !body.is_empty() {
            let indent = line.len() - line.trim_start().len();
            found.push(Span::new(start + indent, start + indent + body.len()));
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines_that_say_something() {
        let text = "  Erster Satz. \n\n\t\nZweiter – mit Ümlaut\r\nDritter";
        let cut: Vec<&str> = paragraphs(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(cut, ["Erster Satz.", "Zweiter – mit Ümlaut", "Dritter"]);
        assert!(paragraphs(" \n ").is_empty());
    }

    #[test]
    fn a_span_outside_its_text_is_empty_not_a_panic() {
        assert_eq!(Span::new(1, 2).of("ü"), "");
        assert_eq!(Span::new(4, 9).of("kurz"), "");
    }
}
