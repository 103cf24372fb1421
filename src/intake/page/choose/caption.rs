//! What stands below a picture, without who took it.

use super::super::super::clean;
use super::super::units::ends_as_sentence;
use super::super::words::WORDS;

/// What a caption says without the credit at its end; empty where it is no sentence.
pub(super) fn caption(text: &str) -> String {
    let line = clean::line(text);
    let lower = line.to_lowercase();
    let mut end = line.len();
    if lower.len() == line.len() {
        for credit in &WORDS.credits {
            if let Some(found) = lower.find(credit)
                && found < end
            {
                end = found;
            }
        }
    }
    let said = line.get(..end).unwrap_or(&line);
    let said = said.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '|' | '-' | '–' | '/' | '·' | '•')
    });
    let said = match said.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, signed)) if signed.split_whitespace().count() <= 5 => before.trim_end(),
        _ => said,
    };
    let is_said = ends_as_sentence(said) && said.split_whitespace().count() >= 5;
    if is_said { said.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::caption;

    #[test]
    fn a_caption_keeps_what_it_says() {
        for (text, expected) in [
            (
                "Die Brücke wird seit Mai gebaut. (Foto: dpa)",
                "Die Brücke wird seit Mai gebaut.",
            ),
            (
                "Die Brücke wird seit Mai gebaut. © Eva Muster/dpa",
                "Die Brücke wird seit Mai gebaut.",
            ),
            (
                "De brug wordt sinds mei gebouwd. (ANP)",
                "De brug wordt sinds mei gebouwd.",
            ),
            ("Die Brücke am Abend", ""),
            ("Foto: dpa", ""),
        ] {
            assert_eq!(caption(text), expected, "{text}");
        }
    }
}
