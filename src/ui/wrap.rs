//! Text set in lines of a given width: hyphenated by language, a figure never parted from its unit.

use hypher::Lang;

use crate::article::Language;
use crate::text::Span;

use super::glyph::{glyphs, width};

/// One line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it shows, without the white space at its end.
    pub span: Span,
    /// Whether a hyphen is added to it.
    pub hyphen: bool,
}

/// Words that stay on one line where they fit on one, such as a number and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The words.
    pub span: Span,
    /// The columns that something drawn before them takes.
    pub lead: usize,
}

/// The longest word that is hyphenated, in bytes; what is longer is no word.
const LONGEST_WORD: usize = 60;

/// The most lines in a row that may end in an added hyphen.
const MOST_HYPHENS: usize = 2;

/// Sets the part `span` of `text` in lines of at most `columns`, in order, without losing a word.
///
/// `wholes` are in order and never overlap. A word wider than a line is cut where the line ends.
pub fn wrap(
    text: &str,
    span: Span,
    columns: usize,
    language: Option<Language>,
    wholes: &[Whole],
) -> Vec<Row> {
    let mut setter = Setter {
        text,
        columns: columns.max(1),
        language: language.map(hyphens_of),
        rows: Vec::new(),
        open: None,
        filled: 0,
        hyphens: 0,
    };
    for unit in units(text, span, wholes) {
        setter.put(unit);
    }
    setter.close(false);
    setter.rows
}

/// `text` in at most `most` lines of so many columns, without hyphens; what is left over stands in the last.
pub fn lines(text: &str, columns: usize, most: usize) -> Vec<String> {
    let rows = wrap(text, Span::new(0, text.len()), columns, None, &[]);
    let kept = rows.len().min(most.max(1));
    let last = kept.saturating_sub(1);
    let line = |(place, row): (usize, &Row)| {
        let end = if place == last { text.len() } else { row.span.end };
        Span::new(row.span.start, end).of(text).to_string()
    };
    rows.iter().take(kept).enumerate().map(line).collect()
}

const fn hyphens_of(language: Language) -> Lang {
    match language {
        Language::German => Lang::German,
        Language::Dutch => Lang::Dutch,
        Language::English => Lang::English,
    }
}

/// Words between which no line ends.
#[derive(Clone, Copy, Debug)]
struct Unit {
    span: Span,
    /// The columns it takes, with what is drawn before its wholes.
    columns: usize,
    /// The columns of the white space before it.
    space: usize,
    /// Whether a figure lies in it, so that no hyphen may.
    fixed: bool,
}

/// Cuts `span` where a line may end: at white space, and after a hyphen or dash within a word.
fn units(text: &str, span: Span, wholes: &[Whole]) -> Vec<Unit> {
    let mut found = Vec::new();
    let mut next_whole = wholes
        .iter()
        .copied()
        .skip_while(|whole| whole.span.end <= span.start);
    let mut whole = next_whole.next();
    let mut current: Option<Unit> = None;
    let mut space = 0;
    let mut after_dash = false;
    for glyph in glyphs(span.of(text)) {
        let (at, end) = (span.start + glyph.at, span.start + glyph.at + glyph.len);
        while whole.is_some_and(|whole| whole.span.end <= at) {
            whole = next_whole.next();
        }
        let begins =
            whole.is_some_and(|whole| whole.span.start == at || (at == span.start && whole.span.start < at));
        let within = whole.is_some_and(|whole| whole.span.start < at);
        let blank =
            glyph.shown.chars().all(|c| c == ' ') && !glyph.shown.is_empty() || glyph.shown == "\u{3000}";
        if !within && (blank || (after_dash && glyph.shown.starts_with(char::is_alphanumeric))) {
            found.extend(current.take());
        }
        after_dash = matches!(glyph.shown, "-" | "–" | "—" | "/") && current.is_some();
        if blank && current.is_none() {
            space += glyph.width;
            continue;
        }
        let lead = if begins {
            whole.map_or(0, |whole| whole.lead)
        } else {
            0
        };
        let unit = current.get_or_insert(Unit {
            span: Span::new(at, at),
            columns: 0,
            space: std::mem::take(&mut space),
            fixed: false,
        });
        unit.span.end = end;
        unit.columns += glyph.width + lead;
        unit.fixed |= begins || within;
    }
    found.extend(current);
    found
}

/// The lines set so far and the one that is open.
struct Setter<'t> {
    text: &'t str,
    columns: usize,
    language: Option<Lang>,
    rows: Vec<Row>,
    open: Option<Span>,
    filled: usize,
    hyphens: usize,
}

impl Setter<'_> {
    fn put(&mut self, unit: Unit) {
        let space = if self.open.is_some() { unit.space } else { 0 };
        if self.filled + space + unit.columns <= self.columns {
            self.take(unit.span, space + unit.columns);
            return;
        }
        let room = self.columns.saturating_sub(self.filled + space);
        if let Some(cut) = self.hyphenated(unit, room) {
            let (head, tail) = (Span::new(unit.span.start, cut), Span::new(cut, unit.span.end));
            self.take(head, 0);
            self.close(true);
            self.put(self.rest(tail));
        } else if unit.columns <= self.columns {
            self.close(false);
            self.take(unit.span, unit.columns);
        } else {
            self.force(unit);
        }
    }

    fn rest(&self, span: Span) -> Unit {
        Unit {
            span,
            columns: width(span.of(self.text)),
            space: 0,
            fixed: false,
        }
    }

    fn take(&mut self, span: Span, columns: usize) {
        let start = self.open.map_or(span.start, |open| open.start);
        self.open = Some(Span::new(start, span.end));
        self.filled += columns;
    }

    fn close(&mut self, hyphen: bool) {
        if let Some(span) = self.open.take() {
            self.rows.push(Row { span, hyphen });
            self.hyphens = if hyphen { self.hyphens + 1 } else { 0 };
        }
        self.filled = 0;
    }

    /// The last byte within `unit` at which a hyphen may stand so that it fits into `room`.
    fn hyphenated(&self, unit: Unit, room: usize) -> Option<usize> {
        let language = self.language?;
        if unit.fixed
            || room < self.columns.div_ceil(10).max(4)
            || self.hyphens >= MOST_HYPHENS
            || unit.span.len() > LONGEST_WORD
        {
            return None;
        }
        let written = unit.span.of(self.text);
        let before = written.len() - written.trim_start_matches(|c: char| !c.is_alphabetic()).len();
        let word = written.trim_matches(|c: char| !c.is_alphabetic());
        if word.chars().count() < 6 || !word.chars().all(char::is_alphabetic) {
            return None;
        }
        let mut cut = None;
        let mut taken = before;
        for syllable in hypher::hyphenate(word, language) {
            taken += syllable.len();
            let (head, tail) = (written.get(..taken)?, word.get(taken - before..)?);
            if width(head) + 1 > room {
                break;
            }
            if tail.chars().count() >= 3 && taken - before >= 2 {
                cut = Some(unit.span.start + taken);
            }
        }
        cut
    }

    /// Cuts what is wider than a line, glyph by glyph; at a space where one is near.
    fn force(&mut self, unit: Unit) {
        if self.columns.saturating_sub(self.filled + unit.space) < 4 || unit.fixed {
            self.close(false);
        } else if self.open.is_some() {
            self.filled += unit.space;
        }
        self.filled += unit.columns.saturating_sub(width(unit.span.of(self.text)));
        for glyph in glyphs(unit.span.of(self.text)) {
            let (at, end) = (unit.span.start + glyph.at, unit.span.start + glyph.at + glyph.len);
            if self.filled + glyph.width > self.columns {
                let parted = unit.fixed.then(|| self.last_space()).flatten();
                match parted {
                    Some(space) => self.part(space),
                    None => self.close(false),
                }
            }
            if self.open.is_none() && glyph.shown == " " {
                continue;
            }
            self.take(Span::new(at, end), glyph.width);
        }
    }

    /// The place of the last space in the open line, where something follows it.
    fn last_space(&self) -> Option<usize> {
        let open = self.open?;
        let written = open.of(self.text);
        let at = written.trim_end().rfind(' ')?;
        (at > 0).then_some(open.start + at)
    }

    /// Ends the open line before the space at `space`; what follows it begins the next.
    fn part(&mut self, space: usize) {
        let Some(open) = self.open else { return };
        self.open = Some(Span::new(open.start, space));
        self.close(false);
        let rest = Span::new(space + 1, open.end);
        self.open = Some(rest);
        self.filled = width(rest.of(self.text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize, language: Option<Language>, wholes: &[&str]) -> Vec<String> {
        let wholes: Vec<Whole> = wholes
            .iter()
            .map(|words| {
                let start = text.find(words).expect("the words stand in the text");
                Whole {
                    span: Span::new(start, start + words.len()),
                    lead: 1,
                }
            })
            .collect();
        wrap(text, Span::new(0, text.len()), columns, language, &wholes)
            .into_iter()
            .map(|row| format!("{}{}", row.span.of(text), if row.hyphen { "-" } else { "" }))
            .collect()
    }

    #[test]
    fn lines_are_filled_and_hyphenated_by_language() {
        let german = "Die Bundesregierung beschließt Wirtschaftsförderung";
        assert_eq!(
            lines(german, 20, Some(Language::German), &[]),
            ["Die Bundesregierung", "beschließt Wirt-", "schaftsförderung"]
        );
        assert_eq!(
            lines(german, 20, None, &[]),
            ["Die Bundesregierung", "beschließt", "Wirtschaftsförderung"]
        );
        assert_eq!(
            lines("De KI-Infrastruktur groeit", 12, Some(Language::Dutch), &[]),
            ["De KI-Infra-", "struktur", "groeit"]
        );
    }

    #[test]
    fn a_figure_stays_with_its_unit() {
        let text = "Sie zahlt 45 Milliarden Euro jetzt";
        assert_eq!(
            lines(text, 24, Some(Language::German), &["45 Milliarden Euro"]),
            ["Sie zahlt", "45 Milliarden Euro", "jetzt"]
        );
        assert_eq!(
            lines(text, 10, Some(Language::German), &["45 Milliarden Euro"]),
            ["Sie zahlt", "45", "Milliarden", "Euro jetzt"]
        );
    }

    #[test]
    fn what_is_too_long_for_a_line_is_cut() {
        assert_eq!(
            lines("https://example.org/a", 10, Some(Language::German), &[]),
            ["https://", "example.or", "g/a"]
        );
        assert_eq!(lines("日本語", 4, None, &[]), ["日本", "語"]);
        assert!(lines("   ", 4, None, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn wrapping_loses_no_word_and_keeps_to_the_width(
            text in "([a-zäöüß日-]{1,30} ){0,30}", columns in 2usize..40, language in 0usize..4,
        ) {
            let language = Language::ALL.get(language).copied();
            let rows = wrap(&text, Span::new(0, text.len()), columns, language, &[]);
            let kept: String = rows.iter().map(|row| row.span.of(&text)).collect();
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            prop_assert_eq!(letters(&kept), letters(&text));
            for row in rows {
                prop_assert!(width(row.span.of(&text)) + usize::from(row.hyphen) <= columns);
            }
        }
    }
}
