//! One text in several outlets: which articles are copies of each other, and which agency a text is from.

use std::collections::HashSet;

use crate::article::{Article, fingerprint};
use crate::text::{Span, fold, tokens};

/// The runs of five words of a text.
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
        let (short, long) = if self.0.len() <= other.0.len() {
            (&self.0, &other.0)
        } else {
            (&other.0, &self.0)
        };
        if short.len() < FEWEST {
            return short == long;
        }
        let shared = short.intersection(long).count() as f32;
        let all = (short.len() + long.len()) as f32 - shared;
        shared >= all * SHARED || shared >= short.len() as f32 * CONTAINED
    }
}

/// News agencies, as their marks are written.
const AGENCIES: &[&str] = &[
    "dpa",
    "AFP",
    "Reuters",
    "ANP",
    "Belga",
    "APA",
    "AP",
    "Xinhua",
    "epd",
    "KNA",
    "SDA",
    "sda",
    "Keystone",
    "SID",
    "Bloomberg",
    "dts",
    "ots",
    "PA",
    "Novum",
    "ABM",
];
/// How far into a text a mark in brackets is looked for, in bytes, and how long a last line may be that is one.
const OPENING: usize = 400;
const LAST_LINE: usize = 60;

/// The agency whose mark an article bears in its opening, in brackets, or alone in its last line.
pub fn agency(article: &Article) -> Option<&'static str> {
    let text = article.text.as_str();
    let mut end = OPENING.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let opening = Span::new(0, end).of(text);
    let in_brackets = opening
        .split('(')
        .skip(1)
        .filter_map(|rest| rest.split_once(')'))
        .map(|(inside, _)| inside);
    let last_line = text
        .trim_end()
        .rsplit('\n')
        .next()
        .filter(|line| line.len() <= LAST_LINE);
    in_brackets
        .filter(|inside| inside.len() <= LAST_LINE)
        .chain(last_line)
        .find_map(named)
}

/// The first agency in a few words that are nothing but names and signs.
fn named(words: &str) -> Option<&'static str> {
    tokens(words).find_map(|token| {
        let word = token.span.of(words);
        AGENCIES.iter().find(|agency| **agency == word).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Headline};

    fn article(text: &str) -> Article {
        let headline = Headline {
            id: ArticleId(String::new()),
            title: "Titel".to_string(),
            source: String::new(),
            language: None,
            published: None,
            url: None,
            tags: Vec::new(),
        };
        Article {
            headline,
            text: text.to_string(),
        }
    }

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
    fn agencies_are_known_by_their_marks() {
        for (text, expected) in [
            ("BERLIN (dpa/lnw) - Der Minister kommt.", Some("dpa")),
            ("Der Minister kommt.\nANP", Some("ANP")),
            ("Der Minister kommt.\n© AFP", Some("AFP")),
            ("HANGZHOU, 3. Mai (Xinhua) -- Ein Werk öffnet.", Some("Xinhua")),
            (
                "Das sagte er der Agentur Reuters in einem Gespräch, das an diesem Montag veröffentlicht wurde.",
                None,
            ),
            ("Die Alternative (AfD) verlor.", None),
            ("ü".repeat(300).as_str(), None),
            ("", None),
        ] {
            assert_eq!(agency(&article(text)), expected, "{text}");
        }
    }
}
