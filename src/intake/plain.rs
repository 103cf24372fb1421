//! Plain text: which line is the title, and one made up where none is.

use super::frame::{Frame, after_words, caption, dateline};
use super::words::WORDS;
use super::{Draft, clean, shortened};
use crate::article::Published;

/// Longest first line that can be a title, in characters.
const LONGEST_TITLE: usize = 160;

/// Longest title made from a sentence, in characters.
const MADE_TITLE: usize = 100;

/// Reads a text file.
pub(super) fn draft(raw: &str) -> Draft {
    let clean = clean::text(raw);
    let (marked, body) = after_date_marker(&clean);
    let (title, text) = title_and_text(body);
    let frame = Frame::of(text);
    Draft {
        title,
        text: text.to_string(),
        source: frame.source(),
        published: marked.or_else(|| frame.published().map(Published::on)),
        ..Draft::default()
    }
}

/// The date that a file opens with (` date 2025-07 …`), and the text after it.
fn after_date_marker(text: &str) -> (Option<Published>, &str) {
    let marker = || {
        let rest = after_words(text.trim_start(), &["date", "datum"])?;
        let end = rest.find([' ', '\n']).unwrap_or(rest.len());
        let (date, rest) = rest.split_at_checked(end)?;
        Some((Published::parse(date)?, rest.trim_start_matches([' ', '\n'])))
    };
    marker().map_or((None, text), |(date, rest)| (Some(date), rest))
}

/// The first line as title and the rest as text, where that line reads like a title; else all of it as text.
fn title_and_text(body: &str) -> (Option<String>, &str) {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    if !rest.trim().is_empty() && reads_like_title(first.trim()) {
        return (Some(first.trim().to_string()), rest.trim_start_matches('\n'));
    }
    (None, body)
}

/// Whether a line that stands above a text is its title: short, and neither a sentence, an item, a caption nor a dateline.
fn reads_like_title(line: &str) -> bool {
    let short = !line.is_empty() && line.chars().nth(LONGEST_TITLE).is_none();
    let last = line
        .trim_end_matches(['"', '“', '”', '»', '«', '’', '\'', ')'])
        .chars()
        .last();
    let open = matches!(last, Some('.' | ':' | ';' | ',')) && !line.ends_with("...");
    short
        && !open
        && item(line).is_none()
        && !is_summary(line)
        && caption(line).is_none()
        && dateline(line).is_none()
}

/// A title for a text without one: its first sentence, after datelines and captions; the first point of a summary.
pub(super) fn title_from(text: &str) -> String {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let told = |line: &&str| !is_summary(line) && caption(line).is_none();
    let Some(line) = lines().find(told).or_else(|| lines().next()) else {
        return String::from("–");
    };
    let line = dateline(line).map_or(line, |dateline| dateline.rest);
    let said = item(line).map_or_else(|| first_sentence(line), |item| first_sentence(item));
    let said = said.trim_end_matches(['.', ':', ';', ',', ' ']);
    let title = shortened(&clean::line(said), MADE_TITLE);
    if title.is_empty() {
        shortened(&clean::line(line), MADE_TITLE)
    } else {
        title
    }
}

/// What a list item says, up to the next bullet on its line.
fn item(line: &str) -> Option<&str> {
    let mut bullets = ["• ", "•", "- ", "– ", "* ", "· ", "▪ ", "‣ ", "● "].iter();
    let said = bullets.find_map(|bullet| line.strip_prefix(bullet))?;
    said.split('•').map(str::trim).find(|said| !said.is_empty())
}

/// Whether a line announces a list that sums the article up.
fn is_summary(line: &str) -> bool {
    let line = line.trim_end_matches(':').to_lowercase();
    WORDS.summaries.contains(&line.as_str())
}

/// The start of `text` up to the end of its first sentence.
///
/// A full stop ends one only after a word of four letters or more and before a capital: ordinals and abbreviations do
/// not. Too long a sentence does no harm here.
fn first_sentence(text: &str) -> &str {
    let mut letters = 0;
    let mut ended = None;
    for (at, c) in text.char_indices() {
        match (ended, c) {
            (Some(end), c)
                if c.is_uppercase() || c.is_ascii_digit() || matches!(c, '„' | '“' | '"' | '»' | '‘') =>
            {
                return text.get(..end).unwrap_or(text);
            }
            (Some(_), ' ' | '”' | '\'' | '’' | ')') => {}
            (_, '!' | '?') => ended = Some(at + 1),
            (_, '.') => ended = (letters >= 4).then_some(at + 1),
            _ => ended = None,
        }
        if ended.is_some_and(|end| end == at + 1)
            && !text
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with([' ', '”', '"', '“', '’', ')']))
        {
            ended = None;
        }
        letters = if c.is_alphabetic() { letters + 1 } else { 0 };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_is_the_title_where_it_reads_like_one() {
        let body = "Der Rat der Stadt hat am Abend zugestimmt. Gebaut wird ab Mai.";
        for (first, is_title) in [
            ("Stadtrat stimmt für neue Brücke", true),
            ("Brücke: ja oder nein?", true),
            ("„Wir bauen jetzt“", true),
            ("Und sie bewegt sich doch ...", true),
            ("Der Stadtrat hat für die neue Brücke gestimmt.", false),
            ("„Wir bauen jetzt.“", false),
            ("Das Wichtigste in Kürze", false),
            ("Was bisher geschah:", false),
            ("- Neue Brücke kommt", false),
            ("Die alte Brücke vor dem Abriss (dpa/Eva Muster)", false),
            ("BERLIN (dpa) - Der Rat hat zugestimmt", false),
        ] {
            let draft = draft(&format!("{first}\n{body}"));
            assert_eq!(draft.title.as_deref() == Some(first), is_title, "{first}");
            assert_eq!(draft.text == body, is_title, "{first}");
        }
        assert_eq!(draft("Nur eine Zeile").title, None);
    }

    #[test]
    fn a_title_is_made_from_the_first_sentence() {
        for (text, expected) in [
            (
                "De gemeente bouwt een brug. Dat kost geld.",
                "De gemeente bouwt een brug",
            ),
            (
                "Am 3. März eröffnet Dr. Weber die Brücke. Sie ist lang.",
                "Am 3. März eröffnet Dr. Weber die Brücke",
            ),
            ("Kommt die Brücke? Der Rat sagt ja.", "Kommt die Brücke?"),
            (
                "Der Kurs stieg um 3.5 Prozent auf 12.000 Punkte",
                "Der Kurs stieg um 3.5 Prozent auf 12.000 Punkte",
            ),
            (
                "Key takeaways\n- De brug komt er.\n- Ze kost veel.",
                "De brug komt er",
            ),
            (
                "• Brücke beschlossen• Kosten offen\nMehr Text.",
                "Brücke beschlossen",
            ),
            ("BERN (sda) – Die Brücke kommt. Sie ist lang.", "Die Brücke kommt"),
            (
                "Die alte Brücke. (Xinhua/Li Wei)\nDie neue kommt bald. Ja.",
                "Die neue kommt bald",
            ),
            ("", "–"),
            ("...", "..."),
        ] {
            assert_eq!(title_from(text), expected, "{text}");
        }
        let cut = "Die Stadtwerke wollen nach langer Beratung bis zum Ende des Jahrzehnts mehr als 38 Milliarden ausgeben.";
        assert!(title_from(cut).ends_with("mehr als…"), "{}", title_from(cut));
        let long = format!("{} Ende.", "Wort für Wort".repeat(12));
        let title = title_from(&long);
        assert!(
            title.ends_with('…') && title.chars().count() <= MADE_TITLE + 1,
            "{title}"
        );
    }
}
