use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{fold, tokens};
use crate::article::fingerprint;

/// The runs of five words of a text, by which copies are known.
#[derive(Clone, Debug, Default)]
pub struct Shingles(HashSet<u64>);

/// Words in a run.
const RUN: usize = 5;
/// Two texts are one if so much of what both say, or nearly all of the shorter, is word for word the same.
const SHARED: f32 = 0.6;
const CONTAINED: f32 = 0.9;
/// Texts of fewer runs say too little to be told apart.
const FEWEST: usize = 12;
/// A text beyond so many words is judged by its beginning.
const WORDS: usize = 5000;
/// So many runs in common, and so much of the shorter text, come from one source of both.
const LONG_WORDING: usize = 40;
const MUCH: f32 = 0.35;

impl Shingles {
    /// The runs of a text.
    pub fn of(text: &str) -> Self {
        let words: Vec<String> = tokens(text)
            .take(WORDS)
            .map(|token| fold(token.span.of(text)))
            .collect();
        let runs = words.windows(RUN).map(|run| {
            let run: Vec<&str> = run.iter().map(String::as_str).collect();
            fingerprint(&run)
        });
        Self(runs.collect())
    }

    /// Whether the two are one text, perhaps shortened or with another beginning or end.
    pub fn are_copies(&self, other: &Self) -> bool {
        let (short, long) = self.by_length(other);
        if short.len() < FEWEST {
            return short == long;
        }
        let shared = short.intersection(long).count() as f32;
        let all = (short.len() + long.len()) as f32 - shared;
        shared >= all * SHARED || shared >= short.len() as f32 * CONTAINED
    }

    /// Whether they are one text, or have long wording in common, which one of them took from the other, or both from a third.
    pub fn share_wording(&self, other: &Self) -> bool {
        let (short, long) = self.by_length(other);
        let shared = short.intersection(long).count();
        !short.is_empty() && self.are_copies(other)
            || shared >= LONG_WORDING && shared as f32 >= short.len() as f32 * MUCH
    }

    /// Both, the shorter first.
    fn by_length<'a>(&'a self, other: &'a Self) -> (&'a HashSet<u64>, &'a HashSet<u64>) {
        if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        }
    }
}

/// What agencies are known by.
struct Marks {
    /// The spellings, folded, with the name to show and whether it may mean something else.
    agencies: HashMap<String, (&'static str, bool)>,
    /// Words of credit, folded.
    credits: HashSet<&'static str>,
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let lines = |list: &'static str| list.lines().filter(|line| !line.starts_with('#'));
    let mut agencies = HashMap::new();
    for line in lines(include_str!("../../assets/words/agencies.txt")) {
        let doubtful = line.starts_with('?');
        let mut names = line.trim_start_matches(['?', ' ']).split(' ');
        let Some(name) = names.next() else { continue };
        for spelling in std::iter::once(name).chain(names) {
            agencies.insert(fold(spelling), (name, doubtful));
        }
    }
    Marks {
        agencies,
        credits: lines(include_str!("../../assets/words/credits.txt"))
            .flat_map(str::split_whitespace)
            .collect(),
    }
});

/// How many lines at each end of a text may bear a mark, and how long one may be that is nothing else, in bytes.
const OPENING_LINES: usize = 2;
const LAST_LINES: usize = 3;
const LONGEST_CREDIT: usize = 80;
/// How far into a line a mark of its place stands, in bytes, and how many words stand before it.
const PLACE: usize = 100;
const PLACE_WORDS: usize = 7;

/// The agency that a text is from: its source by name, or the one whose mark it bears where it begins or ends.
///
/// Who is only spoken of, in a bracket of the running text or as `Reuters-Chef`, is none.
pub fn agency(source: &str, text: &str) -> Option<&'static str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let last = || text.lines().rev().map(str::trim).filter(|line| !line.is_empty());
    MARKS
        .agencies
        .get(&fold(source.trim()))
        .map(|(name, _)| *name)
        .or_else(|| lines().take(OPENING_LINES).find_map(at_start))
        .or_else(|| last().take(LAST_LINES).find_map(at_end))
}

/// The agency whose mark opens a line: `BERLIN (dpa) - …`, `Von dpa`.
fn at_start(line: &str) -> Option<&'static str> {
    if let Some(alone) = credited(line) {
        return Some(alone);
    }
    let (before, rest) = line.split_once('(').filter(|(before, _)| before.len() <= PLACE)?;
    let (mark, after) = rest.split_once(')')?;
    let (name, doubtful) = signature(mark)?;
    let after = after.trim_start();
    let divided = after.starts_with(['-', '–', '—', '―', ':']);
    let is_place = before.split_whitespace().count() <= PLACE_WORDS
        && before
            .split_whitespace()
            .all(|word| !word.starts_with(char::is_lowercase) && !word.ends_with(['!', '?']));
    (is_place && (divided || !doubtful && !after.starts_with(char::is_lowercase))).then_some(name)
}

/// The agency whose mark ends a line, or is all that it says: `… am Montag. (dpa)`, `Bron: ANP`.
fn at_end(line: &str) -> Option<&'static str> {
    if let Some(alone) = credited(line) {
        return Some(alone);
    }
    let (before, mark) = line.trim_end_matches('.').strip_suffix(')')?.rsplit_once('(')?;
    let (name, doubtful) = signature(mark)?;
    let ended = before
        .trim_end()
        .ends_with(['.', '!', '?', '“', '”', '"', '»', '«']);
    (ended || !doubtful && !line.ends_with('.')).then_some(name)
}

/// The agency of a line that is nothing but credit.
fn credited(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    let mut found = None;
    for word in words(line) {
        match MARKS.agencies.get(&word) {
            Some((name, _)) => found = found.or(Some(*name)),
            None if MARKS.credits.contains(word.as_str()) => {}
            None if word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':') => {}
            None => return None,
        }
    }
    found
}

/// The agency that a mark in brackets names first; beside it only others and the signs of desks and authors may stand.
fn signature(mark: &str) -> Option<(&'static str, bool)> {
    if mark.len() > LONGEST_CREDIT {
        return None;
    }
    let mut words = words(mark);
    let first = words.next()?;
    let known = *MARKS.agencies.get(&first)?;
    let is_sign = |word: String| word.len() <= 4 || MARKS.agencies.contains_key(&word);
    words.all(is_sign).then_some(known)
}

/// The folded words of a mark; those that a hyphen joins are one where that is an agency's name.
fn words(mark: &str) -> impl Iterator<Item = String> {
    let parts = mark.split([' ', '/', ',', ';', '(', ')', '\u{a0}', '|', '+', '&']);
    parts
        .map(|part| part.trim_matches(['.', ':', '©', '-', '–', '—', '*']))
        .filter(|part| !part.is_empty())
        .map(|part| {
            let folded = fold(part);
            // An agency numbers what it sends: dpa:240305-99-220.
            match folded.split_once(':') {
                Some((name, number)) if number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => {
                    name.to_string()
                }
                _ => folded,
            }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FERRY: &str = "Die Fähre nach Juist fährt vom ersten Mai an wieder zweimal täglich, wenn die Tide es \
        zulässt. Das teilte die Reederei am Montag mit. Wer ein Fahrrad mitnehmen will, muss es vorher anmelden.";

    #[test]
    fn a_text_with_another_beginning_is_a_copy() {
        let short =
            "Die Fähre nach Juist fährt vom ersten Mai an wieder zweimal täglich, wenn die Tide es zulässt.";
        for (text, copy) in [
            (FERRY.to_string(), true),
            (format!("NORDEN. {FERRY} (dpa)"), true),
            (short.to_string(), true),
            ("Vom Mai an fährt die Fähre nach Juist zweimal am Tag, so die Reederei. Fahrräder sind anzumelden, \
              hieß es am Montag weiter, denn der Platz an Bord ist in der Saison regelmäßig knapp.".to_string(), false),
            (String::new(), false),
            ("Die Fähre".to_string(), false),
        ] {
            let found = Shingles::of(FERRY).are_copies(&Shingles::of(&text));
            assert_eq!(found, copy, "{text}");
        }
    }

    #[test]
    fn long_wording_in_common_is_one_origin() {
        let sentence = |from: usize, to: usize| {
            let words: Vec<String> = (from..to).map(|number| format!("wort{number}")).collect();
            words.join(" ")
        };
        let own = sentence(0, 120);
        for (other, shares) in [
            (format!("{} {}", sentence(0, 60), sentence(500, 560)), true),
            (format!("{} {}", sentence(0, 20), sentence(500, 600)), false),
            (format!("{} {}", sentence(0, 60), sentence(500, 900)), true),
            (sentence(500, 620), false),
        ] {
            assert_eq!(
                Shingles::of(&own).share_wording(&Shingles::of(&other)),
                shares,
                "{other}"
            );
        }
    }

    #[test]
    fn agencies_are_known_by_their_marks() {
        for (text, expected) in [
            ("BERLIN (dpa/lnw) - Der Minister kommt.", Some("dpa")),
            ("Frankfurt (dpa-AFX) – Der Kurs fällt.", Some("dpa")),
            ("Wien (APA) – Der Pegel steigt.", Some("APA")),
            ("Der Minister kommt.\nANP", Some("ANP")),
            ("Der Minister kommt.\n© AFP", Some("AFP")),
            ("Der Minister kommt am Montag. (dpa)", Some("dpa")),
            (
                "Der Pegel steigt.\n© dpa-infocom, dpa:240305-99-220/2",
                Some("dpa"),
            ),
            ("De brug gaat open.\nBron: ANP", Some("ANP")),
            ("Von Reuters und dpa\nDer Pegel steigt.", Some("Reuters")),
            ("HANGZHOU, 3. Mai (Xinhua) -- Ein Werk öffnet.", Some("Xinhua")),
            ("BRUSSEL (BELGA) De brug gaat open.", Some("Belga")),
            (
                "Das sagte er der Agentur Reuters in einem Gespräch, das an diesem Montag veröffentlicht wurde.",
                None,
            ),
            (
                "Reuters-Chef tritt ab\nDer Chef von Reuters (dpa) geht nach Wien.",
                None,
            ),
            (
                "De Autoriteit Persoonsgegevens (AP) heeft een boete opgelegd.",
                None,
            ),
            ("Die Behörde wurde befragt, auch die Autonome Provinz (PA).", None),
            ("Der Verein klagt gegen dpa und AFP.", None),
            ("Die Alternative (AfD) verlor.", None),
            ("Der Bericht liegt vor (Reuters nannte ihn zuerst).", None),
            ("ü".repeat(300).as_str(), None),
            ("(", None),
            ("()", None),
            ("", None),
        ] {
            assert_eq!(agency("Bote", text), expected, "{text}");
        }
        assert_eq!(agency("Xinhua", "Ein Werk öffnet."), Some("Xinhua"));
        assert_eq!(agency("Reuters Fans", "Ein Werk öffnet."), None);
    }
}
