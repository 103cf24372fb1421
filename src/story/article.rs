//! The terms of an article: its words, the keys under which cognates meet, and its figures.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::statistics::Hashed;
use super::{Term, Terms, Use, common};
use crate::article::{Language, fingerprint};
use crate::figure::{Decimal, Figure, Value};
use crate::text::{Shape, Span, bridge_keys, compound_parts, fold, is_function_word, tokens};

/// The kinds of terms.
const WORD: &str = "word";
const KEY: &str = "key";
const FIGURE: &str = "figure";

/// So many terms of an article are kept.
const TERMS: usize = 200;
/// What a word counts by the key under which it meets its cognates, by itself it counts 1.
const BY_KEY: f32 = 0.7;
/// What a part of a compound counts.
const PART: f32 = 0.5;
/// How often a word in the title counts, how often one that is probably a name, and how often a figure.
const TITLE: f32 = 2.0;
const NAME: f32 = 2.0;
const FIGURES: f32 = 1.5;
/// Words of a text beyond so many say nothing new of what it is about.
const WORDS: usize = 3000;

/// The term of a folded word.
pub fn word_term(folded: &str) -> Term {
    Term::new(WORD, folded)
}

/// The terms under which a word meets its cognates.
pub fn bridge_terms(word: &str, language: Language) -> Vec<Term> {
    bridge_keys(word, language)
        .iter()
        .map(|key| Term::new(KEY, key))
        .collect()
}

/// What decides whether a word is a name, and whether the next may be one.
#[derive(Clone, Copy, Default)]
struct Standing {
    /// It begins with a capital and is not one of the words news is full of.
    may_be_name: bool,
    /// A noun with a capital after it is likely a name.
    announces: bool,
}

/// Reads articles into [`Terms`], remembering the words it has met.
#[derive(Default)]
pub struct Reading {
    recent: Memory,
    /// The words met before those.
    earlier: Memory,
}

/// Words with their terms one after the other, with what each counts.
#[derive(Default)]
struct Memory {
    /// By the fingerprint of language and word.
    words: HashMap<u64, Read, BuildHasherDefault<Hashed>>,
    terms: Vec<(Term, f32)>,
}

/// A word as it is remembered: where its terms are, and what it says of its neighbours.
#[derive(Clone, Copy)]
struct Read {
    start: u32,
    count: u16,
    standing: Standing,
}

/// So many words are remembered, and as many of those met before them.
const REMEMBERED: usize = 120_000;

impl Memory {
    fn keep(&mut self, key: u64, terms: &[(Term, f32)], standing: Standing) -> Read {
        let read = Read {
            start: u32::try_from(self.terms.len()).unwrap_or(u32::MAX),
            count: u16::try_from(terms.len()).unwrap_or_default(),
            standing,
        };
        self.terms.extend_from_slice(terms);
        self.words.insert(key, read);
        read
    }

    fn terms(&self, read: Read) -> &[(Term, f32)] {
        let start = read.start as usize;
        self.terms
            .get(start..start + usize::from(read.count))
            .unwrap_or_default()
    }
}

impl Reading {
    /// The terms of an article's title and text, each with its figures.
    pub fn terms(&mut self, language: Option<Language>, parts: [(&str, &[Figure]); 2]) -> Terms {
        let mut found = Vec::new();
        for ((text, figures), times) in parts.into_iter().zip([TITLE, 1.0]) {
            self.words(text, language, times, &mut found);
            found.extend(figures.iter().filter_map(figure_term).map(|term| Use {
                term,
                times: times * FIGURES,
                name: false,
            }));
        }
        Terms::gather(found, TERMS, common::telling)
    }

    fn words(&mut self, text: &str, language: Option<Language>, times: f32, found: &mut Vec<Use>) {
        let mut before: Option<(Span, Standing)> = None;
        for token in tokens(text).take(WORDS) {
            let mut standing = Standing::default();
            if token.shape != Shape::Number {
                let read = self.read(token.span.of(text), language);
                standing = read.standing;
                let name = before.is_some_and(|(span, before)| {
                    let between = Span::new(span.end, token.span.start).of(text);
                    is_name(standing, before, between, language)
                });
                let times = if name { times * NAME } else { times };
                found.extend(self.recent.terms(read).iter().map(|(term, share)| Use {
                    term: *term,
                    times: share * times,
                    name,
                }));
            }
            before = Some((token.span, standing));
        }
    }

    fn read(&mut self, word: &str, language: Option<Language>) -> Read {
        let key = fingerprint(&[language.map_or("", Language::code), word]);
        if let Some(read) = self.recent.words.get(&key) {
            return *read;
        }
        if self.recent.words.len() >= REMEMBERED {
            self.earlier = std::mem::take(&mut self.recent);
        }
        if let Some(read) = self.earlier.words.get(&key) {
            return self.recent.keep(key, self.earlier.terms(*read), read.standing);
        }
        let standing = language
            .map(|language| standing(word, language))
            .unwrap_or_default();
        self.recent.keep(key, &terms_of_word(word, language), standing)
    }
}

fn terms_of_word(word: &str, language: Option<Language>) -> Vec<(Term, f32)> {
    let folded = fold(word);
    let Some(language) = language else {
        return vec![(word_term(&folded), 1.0)];
    };
    if folded.chars().nth(1).is_none() || is_function_word(&folded, language) {
        return Vec::new();
    }
    let mut terms = vec![(word_term(&folded), 1.0)];
    terms.extend(shared(bridge_terms(word, language), BY_KEY));
    for part in compound_parts(&folded, language, &|part| {
        u32::from(common::is_known(part, language))
    }) {
        terms.extend(shared(bridge_terms(&part, language), PART));
    }
    terms
}

/// Several keys of one word share its weight.
fn shared(keys: Vec<Term>, weight: f32) -> impl Iterator<Item = (Term, f32)> {
    let share = weight / (keys.len().max(1) as f32).sqrt();
    keys.into_iter().map(move |term| (term, share))
}

fn standing(word: &str, language: Language) -> Standing {
    let folded = fold(word);
    let starts_large = word.chars().next().is_some_and(char::is_uppercase);
    let noun = starts_large && !is_function_word(&folded, language);
    Standing {
        may_be_name: starts_large && !common::is_known(&folded, language),
        announces: noun || BEFORE_NAMES.contains(folded.as_str()),
    }
}

/// Whether a word is probably the name of someone or something, by its capital where only names have one. In German,
/// where all nouns do, it must follow another capital or a word that stands before names.
fn is_name(word: Standing, before: Standing, between: &str, language: Option<Language>) -> bool {
    word.may_be_name
        && !between.contains(['.', '!', '?', ':', '\n'])
        && (language != Some(Language::German) || before.announces)
}

static BEFORE_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/words/before_names.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// The term of a figure, the same in every language; none for a small number and for what tells only the time.
fn figure_term(figure: &Figure) -> Option<Term> {
    let value = &figure.value;
    let amount = value.amount();
    let small = amount.is_some_and(|amount| amount.high.is_none() && is_small(amount.low));
    let tells_little = match value {
        Value::Number { .. } | Value::Ordinal(_) | Value::Duration { .. } => small,
        Value::Date { .. } | Value::Time { .. } => true,
        _ => false,
    };
    let (low, high) = value.printed();
    let unit = value.unit().unwrap_or_default();
    (!tells_little).then(|| Term::new(FIGURE, &format!("{low} {} {unit}", high.unwrap_or_default())))
}

/// Whether a number is one of those that every text has.
fn is_small(number: Decimal) -> bool {
    number.exponent == 0 && number.digits.abs() <= 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_capitals_where_only_names_have_one() {
        for (language, text, expected) in [
            (
                Language::Dutch,
                "Volgens Antje Harms is de dijk bij Emden veilig.",
                "Antje Harms Emden",
            ),
            (
                Language::English,
                "The ferry ran aground off Fehmarn. Rescuers came from Kiel",
                "Fehmarn Kiel",
            ),
            (
                Language::German,
                "Die Fähre lief vor Fehmarn auf Grund, sagte Kapitän Uwe Claasen.",
                "Fehmarn Kapitän Uwe Claasen",
            ),
            (Language::German, "Der Umsatz stieg nach Angaben der Firma", ""),
            (Language::German, "HAMBURG", ""),
        ] {
            let mut reading = Reading::default();
            let mut found = Vec::new();
            reading.words(text, Some(language), 1.0, &mut found);
            let of = |word: &str| {
                found
                    .iter()
                    .any(|one| one.name && one.term == word_term(&fold(word)))
            };
            let names: Vec<&str> = tokens(text)
                .map(|token| token.span.of(text))
                .filter(|word| of(word))
                .collect();
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn words_meet_across_languages_and_function_words_do_not_count() {
        let terms = |word, language| {
            let terms = terms_of_word(word, Some(language));
            terms.into_iter().map(|(term, _)| term).collect::<HashSet<_>>()
        };
        for (german, dutch) in [
            ("Wasser", "water"),
            ("Konferenz", "conferentie"),
            ("Berlin", "Berlin"),
        ] {
            let shared = !terms(german, Language::German).is_disjoint(&terms(dutch, Language::Dutch));
            assert!(shared, "{german} {dutch}");
        }
        assert!(terms("der", Language::German).is_empty() && terms("het", Language::Dutch).is_empty());
        assert!(!terms_of_word("mot", None).is_empty());
    }
}
