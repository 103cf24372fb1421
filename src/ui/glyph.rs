//! Text as the screen shows it: clusters of characters, each so many columns wide.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The most characters of one cluster that are sent to the terminal: a letter and its marks.
const MOST_IN_CLUSTER: usize = 5;

/// One cluster of a text and how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph<'t> {
    /// Its first byte in the text.
    pub at: usize,
    /// Its number of bytes in the text.
    pub len: usize,
    /// What is sent to the terminal; empty where nothing may be.
    pub shown: &'t str,
    /// The columns it takes: 0, 1 or 2.
    pub width: usize,
}

/// The clusters of `text`, in order and without gaps.
pub fn glyphs(text: &str) -> impl Iterator<Item = Glyph<'_>> {
    text.grapheme_indices(true).map(|(at, cluster)| {
        let shown = shown(cluster);
        Glyph {
            at,
            len: cluster.len(),
            shown,
            width: shown.width().min(2),
        }
    })
}

/// The part of a cluster that every terminal measures alike.
///
/// Control characters, direction marks and soft hyphens are not shown; of emoji that are put together, only the first.
fn shown(cluster: &str) -> &str {
    let mut characters = cluster.chars();
    let Some(first) = characters.next() else {
        return "";
    };
    if is_unseen(first) {
        return if first == '\t' { " " } else { "" };
    }
    if first.is_ascii() && cluster.len() == 1 {
        return cluster;
    }
    let joined = characters.any(|c| matches!(c, '\u{200D}' | '\u{FE0F}') || is_unseen(c));
    let kept = if joined { 1 } else { MOST_IN_CLUSTER };
    let end = cluster
        .char_indices()
        .nth(kept)
        .map_or(cluster.len(), |(at, _)| at);
    cluster.get(..end).unwrap_or_default()
}

const fn is_unseen(c: char) -> bool {
    c.is_ascii_control()
        || matches!(c, '\u{80}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{FEFF}')
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{E0000}'..='\u{E0FFF}')
}

/// The columns that `text` takes on one line.
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    glyphs(text).map(|glyph| glyph.width).sum()
}

/// The longest beginning of `text` that fits into `columns`.
pub fn beginning(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for glyph in glyphs(text) {
        taken += glyph.width;
        if taken > columns {
            return text.get(..glyph.at).unwrap_or_default();
        }
    }
    text
}

/// `text` cut to `columns`, with an ellipsis where something is missing.
pub fn fitted(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_string();
    }
    match columns.checked_sub(1) {
        None => String::new(),
        Some(room) => format!("{}…", beginning(text, room).trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_columns() {
        for (text, columns) in [
            ("Überfall", 8),
            ("日本", 4),
            ("e\u{301}", 1),
            ("a\u{AD}b", 2),
            ("\u{202E}evil\u{1b}[31m", 8),
            ("👩\u{200D}👩\u{200D}👧", 2),
            ("❤\u{FE0F}", 1),
            ("", 0),
        ] {
            assert_eq!(width(text), columns, "{text:?}");
        }
    }

    #[test]
    fn a_wide_character_that_does_not_fit_is_left_out() {
        assert_eq!(beginning("日本語", 5), "日本");
        assert_eq!(fitted("日本語", 5), "日本…");
        assert_eq!(fitted("Gans", 4), "Gans");
        assert_eq!(fitted("Gänse", 4), "Gän…");
        assert_eq!(fitted("Gans", 0), "");
    }

    #[test]
    fn no_letter_carries_more_marks_than_a_terminal_bears() {
        let tower = format!("a{}", "\u{301}".repeat(500));
        let shown: String = glyphs(&tower).map(|glyph| glyph.shown).collect();
        assert_eq!(shown.chars().count(), MOST_IN_CLUSTER);
    }
}
