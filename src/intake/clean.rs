//! Text from outside loses here what a terminal would obey or could not show.

use unicode_normalization::char::is_combining_mark;

/// Most combining marks a letter keeps; no language beide reads needs more than two.
const MARKS: usize = 4;

/// `text` without control characters, direction marks and invisible characters; lines end in `\n`.
///
/// A tab becomes a space, every kind of line end `\n`; a run of soft hyphens becomes one; a letter keeps at most four
/// combining marks. White space at the ends of lines and empty lines at both ends go too. Nothing else changes: no
/// normalisation, so that an article reads as it was written.
pub fn text(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut marks = 0;
    let mut previous = '\0';
    for c in text.chars() {
        let shown = match c {
            '\t' | '\u{2028}' => ' ',
            '\n' if previous == '\r' => {
                previous = c;
                continue;
            }
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2029}' => '\n',
            _ => c,
        };
        let soft = c == '\u{ad}' && previous == '\u{ad}';
        previous = c;
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if soft || marks > MARKS || is_unseen(shown) {
            continue;
        }
        if shown == '\n' {
            kept.truncate(kept.trim_end_matches(' ').len());
        }
        kept.push(shown);
    }
    kept.truncate(kept.trim_end().len());
    let blank: usize = kept
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty())
        .map(str::len)
        .sum();
    kept.drain(..blank);
    kept
}

/// One line of text: cleaned, every run of white space a single space, none at the ends; no-break spaces stay.
pub fn line(raw: &str) -> String {
    let clean = text(raw);
    let mut line = String::with_capacity(clean.len());
    // A no-break space is part of the words: figures stand around it.
    let divides = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    for word in clean.split(divides).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Whether `c` is invisible or moves what is seen: controls, direction marks, zero widths, fillers, selectors, tags.
const fn is_unseen(c: char) -> bool {
    match c {
        '\n' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        ..='\u{ac}' => false,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' => true,
        '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' => true,
        '\u{fff0}'..='\u{fffc}' | '\u{fffe}' | '\u{ffff}' => true,
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        for (raw, expected) in [
            ("Ein\tWort\r\nzwei\rdrei\nvier", "Ein Wort\nzwei\ndrei\nvier"),
            ("rot \u{1b}[31mrot\u{1b}[0m \u{9b}2J", "rot [31mrot[0m 2J"),
            ("\u{1b}]0;Titel\u{7}Text\u{0}", "]0;TitelText"),
            ("ab\u{202e}cd\u{202c}\u{2066}ef\u{200f}", "abcdef"),
            ("W\u{200b}\u{200b}\u{200d}ort\u{feff}", "Wort"),
            ("Flagge\u{e0067}\u{e007f}", "Flagge"),
            ("eins\u{2028}zwei\u{2029}drei", "eins zwei\ndrei"),
            (
                "z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}!",
                "z\u{301}\u{301}\u{301}\u{301}!",
            ),
            ("Trenn\u{ad}\u{ad}\u{ad}stelle", "Trenn\u{ad}stelle"),
            ("\n  \n\n  Erst  \n\nDann \n\n", "  Erst\n\nDann"),
            ("3\u{a0}Mrd.\u{202f}€ – Größe", "3\u{a0}Mrd.\u{202f}€ – Größe"),
            ("u\u{308}ber", "u\u{308}ber"),
            ("", ""),
        ] {
            assert_eq!(text(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_line_has_single_spaces() {
        assert_eq!(line("  Zwei\r\n Zeilen \u{0} und\tmehr "), "Zwei Zeilen und mehr");
        assert_eq!(line("5\u{a0}Mrd.  Euro"), "5\u{a0}Mrd. Euro");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in any::<String>()) {
            let once = text(&raw);
            prop_assert!(!once.chars().any(|c| c != '\n' && c.is_control()));
            prop_assert_eq!(text(&once), once);
        }
    }
}
