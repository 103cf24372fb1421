//! The terms of an article: its words, the keys under which cognates meet, and its figures.

use std::collections::HashMap;

use super::{Term, Terms, common};
use crate::article::{Article, Language};
use crate::figure::Figure;
use crate::text::{Shape, bridge_keys, compound_parts, fold, is_function_word, tokens};

/// The kinds of terms.
const WORD: &str = "word";
const KEY: &str = "key";
const FIGURE: &str = "figure";

/// So many terms of an article are kept.
const TERMS: usize = 200;
/// What a part of a compound counts, a whole word being 1.
const PART: f32 = 0.5;
/// What a word counts in the title.
const TITLE: f32 = 2.0;
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

/// A word's terms, and what each counts.
type TermsOfWord = Box<[(Term, f32)]>;

/// Reads articles into [`Terms`], remembering the words it has met.
#[derive(Default)]
pub struct Reading {
    words: HashMap<(Option<Language>, String), TermsOfWord>,
}

/// The memory of words is emptied when it has grown to this size.
const REMEMBERED: usize = 60_000;

impl Reading {
    /// The terms of `article`, whose figures are those of its title and of its text.
    pub fn terms(&mut self, article: &Article, figures: [&[Figure]; 2]) -> Terms {
        let headline = &article.headline;
        let mut found = Vec::new();
        for (text, figures, times) in [
            (&headline.title, figures[0], TITLE),
            (&article.text, figures[1], 1.0),
        ] {
            for token in tokens(text)
                .filter(|token| token.shape != Shape::Number)
                .take(WORDS)
            {
                for (term, share) in self.word(token.span.of(text), headline.language) {
                    found.push((*term, share * times));
                }
            }
            found.extend(figures.iter().filter_map(figure_term).map(|term| (term, times)));
        }
        Terms::gather(found, TERMS, common::telling)
    }

    fn word(&mut self, word: &str, language: Option<Language>) -> &[(Term, f32)] {
        if self.words.len() >= REMEMBERED {
            self.words.clear();
        }
        self.words
            .entry((language, word.to_string()))
            .or_insert_with(|| terms_of_word(word, language).into())
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
    terms.extend(shared(bridge_terms(word, language), 1.0));
    for part in compound_parts(&folded, language, &|part| u32::from(common::is_known(part))) {
        terms.extend(shared(bridge_terms(&part, language), PART));
    }
    terms
}

/// Several keys of one word share its weight.
fn shared(keys: Vec<Term>, weight: f32) -> impl Iterator<Item = (Term, f32)> {
    let share = weight / (keys.len().max(1) as f32).sqrt();
    keys.into_iter().map(move |term| (term, share))
}

/// The term of a figure, the same in every language; none for what half the news has.
fn figure_term(figure: &Figure) -> Option<Term> {
    let (low, high) = figure.value.printed();
    let unit = figure.value.unit().unwrap_or_default();
    Some(Term::new(
        FIGURE,
        &format!("{low} {} {unit}", high.unwrap_or_default()),
    ))
}
