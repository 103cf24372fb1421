//! What frames an article's text: datelines, captions, credits, the publisher's name at the foot.

use jiff::civil::Date;

use super::date::{self, Day};
use super::words::WORDS;
use super::{beginning, ending};

/// How many lines at each end of a text can frame it.
const FRAME: usize = 6;

/// `PLACE, day (AGENCY) --` at the start of a report.
pub(super) struct Dateline<'t> {
    /// Who signs it.
    agency: &'static str,
    day: Option<Day>,
    /// What follows it.
    pub(super) rest: &'t str,
}

/// The dateline that a line opens with.
pub(super) fn dateline(line: &str) -> Option<Dateline<'_>> {
    let near = beginning(line, 100);
    let (before, signed) = near.split_once('(')?;
    let (signature, _) = signed.split_once(')')?;
    let agency = WORDS.agency(signature)?;
    let (_, after) = line.split_once(')')?;
    let dash = after.trim_start();
    let rest = dash.trim_start_matches(['-', '–', '—', '―', ':', ' ']);
    let is_place = before.trim().is_empty() || before.chars().next().is_some_and(char::is_uppercase);
    let few = before.split_whitespace().count() <= 8;
    let divided = rest.len() < dash.len() || before.trim().is_empty();
    let day = before
        .char_indices()
        .find_map(|(at, _)| before.get(at..).and_then(date::day_at));
    (is_place && few && divided && !rest.is_empty()).then_some(Dateline {
        agency,
        day: day.map(|(day, _)| day),
        rest,
    })
}

/// The agency of a photograph, where a line is its caption: it ends in `(Agency/Photographer)` or `Foto: Agency`.
pub(super) fn caption(line: &str) -> Option<&'static str> {
    let inner = line.trim_end_matches('.').strip_suffix(')')?;
    let (before, signature) = inner.rsplit_once('(')?;
    let words = ["Foto:", "Bild:", "Photo:", "Quelle:", "Beeld:", "©"];
    let credited = words.iter().find_map(|word| signature.trim().strip_prefix(word));
    let agency = WORDS.agency(credited.unwrap_or(signature))?;
    let photographed = credited.is_some() || signature.contains('/');
    (photographed && !before.trim().is_empty()).then_some(agency)
}

/// What stands around an article: the first lines, and the last.
pub(super) struct Frame<'t> {
    head: Vec<&'t str>,
    tail: Vec<&'t str>,
    text: &'t str,
}

impl<'t> Frame<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
        Self {
            head: lines().take(FRAME).collect(),
            tail: text
                .lines()
                .rev()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .take(FRAME)
                .collect(),
            text,
        }
    }

    /// Who publishes it: the outlet that the foot of the page names, else the agency that signs.
    pub(super) fn source(&self) -> Option<String> {
        let outlet = self.tail.iter().find_map(|line| outlet(line));
        let dateline = || {
            self.head
                .iter()
                .find_map(|line| dateline(line))
                .map(|dateline| dateline.agency)
        };
        let credit = || self.tail.iter().find_map(|line| credit(line));
        let caption = || self.head.iter().find_map(|line| caption(line));
        outlet
            .or_else(|| dateline().map(String::from))
            .or_else(credit)
            .or_else(|| caption().map(String::from))
    }

    /// The day it says it appeared: on a line of its own, else in its dateline.
    pub(super) fn published(&self) -> Option<Date> {
        let own = self.head.iter().chain(&self.tail).find_map(|line| own_date(line));
        own.or_else(|| self.head.iter().find_map(|line| self.settled(&dateline(line)?)))
    }

    /// The day of a dateline, its year settled by the article's other dates where it is not said.
    fn settled(&self, dateline: &Dateline<'_>) -> Option<Date> {
        let lead = beginning(dateline.rest, 200);
        let photo = self
            .head
            .iter()
            .filter(|line| caption(line).is_some())
            .find_map(|line| date::full_dates(line).last());
        let known: Vec<Date> = date::full_dates(self.text).take(100).collect();
        date::settle(dateline.day?, date::only_weekday(lead), &known, photo)
    }
}

/// The outlet that a line at the foot of a page names: `Volg De Krant ook op …`.
pub(super) fn outlet(line: &str) -> Option<String> {
    WORDS.outlets.iter().find_map(|(before, after)| {
        let (_, rest) = if before.is_empty() {
            ("", line)
        } else {
            line.split_once(before)?
        };
        let name = if after.is_empty() {
            rest.trim_end_matches(['.', '!'])
        } else {
            rest.split_once(after)?.0
        };
        let first = name.chars().next()?;
        let is_name = first.is_uppercase() || first.is_ascii_digit();
        (is_name && name.len() <= 60 && name.split(' ').count() <= 5).then(|| name.to_string())
    })
}

/// The agency or paper that a last line credits: `(Quelle: dpa)`, `(dpa)`.
fn credit(line: &str) -> Option<String> {
    let tail = ending(line, 120);
    let bracketed = tail
        .trim_end_matches('.')
        .strip_suffix(')')
        .and_then(|inner| inner.rsplit_once('('))
        .map(|(_, inner)| inner);
    let whole = bracketed.unwrap_or(line).trim();
    if let Some(agency) = bracketed.and_then(|signature| WORDS.agency(signature)) {
        return Some(agency.to_string());
    }
    let name = WORDS
        .credits
        .iter()
        .find_map(|words| after_prefix(whole, &words.to_lowercase()))?;
    let name = name.trim_end_matches('.');
    let agency = WORDS.agency(name).map(String::from);
    let is_name = name.len() <= 60 && name.chars().next().is_some_and(char::is_uppercase);
    agency.or_else(|| is_name.then(|| name.to_string()))
}

/// The date of a line that says nothing else, but perhaps `Stand:` before it and a time after it.
fn own_date(line: &str) -> Option<Date> {
    if line.chars().nth(80).is_some() {
        return None;
    }
    let (marked, rest) = after_words(line, &WORDS.dated).map_or((false, line), |rest| (true, rest));
    let rest = match date::word(rest) {
        Some((word, after)) if WORDS.weekday(word).is_some() => after.trim_start_matches([',', ' ']),
        _ => rest,
    };
    let rest = after_words(rest, &["den", "the"]).unwrap_or(rest);
    let (day, after) = date::day_at(rest)?;
    let words = after
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .count();
    if marked || words <= 2 { day.date() } else { None }
}

/// What follows one of `words` at the start of `text`, a colon and spaces; capitals do not matter.
pub(super) fn after_words<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().find_map(|words| {
        let rest = after_prefix(text, words)?;
        let rest = rest.strip_prefix(':').unwrap_or(rest);
        rest.starts_with(' ').then(|| rest.trim_start_matches(' '))
    })
}

/// What follows `prefix`, which is in lower case, at the start of `text` in any case.
fn after_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in prefix.chars() {
        let c = rest.next()?;
        if c != expected && !c.to_lowercase().eq([expected]) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use crate::article::Published;
    use crate::intake::{Given, plain::draft};

    /// Title, source, date and the first line of the text that a file gives.
    #[track_caller]
    fn check(file: &str, title: &str, source: &str, published: &str, first: &str) {
        let article = draft(file).finish(&Given::default()).article;
        let headline = &article.headline;
        let date = headline.published.as_ref().map_or("", Published::as_str);
        let seen = (
            headline.title.as_str(),
            headline.source.as_str(),
            date,
            article.text.lines().next().unwrap_or_default(),
        );
        assert_eq!(seen, (title, source, published, first), "{file}");
    }

    #[test]
    fn datelines_name_agency_and_day() {
        check(
            "LINZ, 3. März (APA) -- Am Montag kam die Brücke. Seit dem 9. Oktober 2024 wird gebaut.",
            "Am Montag kam die Brücke",
            "APA",
            "2025-03-03",
            "LINZ, 3. März (APA) -- Am Montag kam die Brücke. Seit dem 9. Oktober 2024 wird gebaut.",
        );
        check(
            "Brug komt er\nUTRECHT (ANP) – De brug komt er. Eind goed.",
            "Brug komt er",
            "ANP",
            "",
            "UTRECHT (ANP) – De brug komt er. Eind goed.",
        );
        check(
            "LONDON, March 3, 2025 (Reuters) - The bridge is built. Cars come.",
            "The bridge is built",
            "Reuters",
            "2025-03-03",
            "LONDON, March 3, 2025 (Reuters) - The bridge is built. Cars come.",
        );
        check(
            "LINZ, 3. März (APA) -- Die Brücke kam.",
            "Die Brücke kam",
            "APA",
            "",
            "LINZ, 3. März (APA) -- Die Brücke kam.",
        );
        check(
            "Die Partei (SPD) – so heißt es – will die Brücke.",
            "Die Partei (SPD) – so heißt es – will die Brücke",
            "",
            "",
            "Die Partei (SPD) – so heißt es – will die Brücke.",
        );
    }

    #[test]
    fn captions_and_credits_name_the_source() {
        let photo = "Die Brücke bei Linz, 9. Oktober 2024. (Xinhua/Li Wei)";
        check(
            &format!("{photo}\nLINZ, 3. März (Xinhua) -- Sie ist fertig."),
            "Sie ist fertig",
            "Xinhua",
            "2025-03-03",
            photo,
        );
        check(
            "Brücke fertig\nSie ist lang.\n(gemäß der Nachrichtenagentur Xinhua)",
            "Brücke fertig",
            "Xinhua",
            "",
            "Sie ist lang.",
        );
        check(
            "Brücke fertig\nSie ist lang. (dpa)",
            "Brücke fertig",
            "dpa",
            "",
            "Sie ist lang. (dpa)",
        );
        check(
            "Brug klaar\nZe is lang. (kv)",
            "Brug klaar",
            "",
            "",
            "Ze is lang. (kv)",
        );
        check(
            "Brug klaar\nZe is lang. (jv)\nVolg De Brugkrant ook op Google Nieuws",
            "Brug klaar",
            "De Brugkrant",
            "",
            "Ze is lang. (jv)",
        );
        check(
            "Brug klaar\nZe is lang.\nVolg ons op de voet",
            "Brug klaar",
            "",
            "",
            "Ze is lang.",
        );
        check(
            "Brücke fertig\nSie ist lang.\nQuelle: Linzer Bote",
            "Brücke fertig",
            "Linzer Bote",
            "",
            "Sie ist lang.",
        );
    }

    #[test]
    fn files_say_when_they_appeared() {
        check(
            " date 2024-03 • Brücke fertig• Kosten offen\n\nWie es dazu kam\n\nLang.",
            "Brücke fertig",
            "",
            "2024-03",
            "• Brücke fertig• Kosten offen",
        );
        check(
            "Datum: 2024-03-05\nBrücke fertig\nSie ist lang.",
            "Brücke fertig",
            "",
            "2024-03-05",
            "Sie ist lang.",
        );
        check(
            "Brücke fertig\nStand: 5. März 2024, 10:15 Uhr\nSie ist lang.",
            "Brücke fertig",
            "",
            "2024-03-05",
            "Stand: 5. März 2024, 10:15 Uhr",
        );
        check(
            "Brug klaar\nGepubliceerd op dinsdag 5 maart 2024\nLang.",
            "Brug klaar",
            "",
            "2024-03-05",
            "Gepubliceerd op dinsdag 5 maart 2024",
        );
        check(
            "Brug klaar\nLang.\n05-03-2024",
            "Brug klaar",
            "",
            "2024-03-05",
            "Lang.",
        );
        check(
            "Brücke fertig\n5. März 2024 war der Tag der Eröffnung",
            "Brücke fertig",
            "",
            "",
            "5. März 2024 war der Tag der Eröffnung",
        );
        check(
            "Datumsgrenze verschoben\nSamoa springt.",
            "Datumsgrenze verschoben",
            "",
            "",
            "Samoa springt.",
        );
    }
}
