//! How common the words of news are, as far as it can be said of any library.

use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use super::Term;
use super::article::{bridge_terms, word_term};
use super::statistics::Hashed;
use crate::article::{Language, fingerprint};
use crate::text::fold;

/// The share of articles that one of the frequent nouns stands in, where the lists of news words do not have it.
const NOUN: f32 = 0.02;

static SHARES: LazyLock<Vec<(Term, f32)>> = LazyLock::new(|| {
    let mut shares: Vec<(Term, f32)> = Vec::new();
    for language in Language::ALL {
        let nouns = words(nouns(language)).map(|(noun, _)| (noun, NOUN));
        for (word, share) in words(list(language)).chain(nouns) {
            shares.push((word_term(&fold(word)), share));
            shares.extend(bridge_terms(word, language).into_iter().map(|term| (term, share)));
        }
    }
    shares.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    shares.dedup_by_key(|(term, _)| *term);
    shares
});

/// Terms with the share of articles, in one language, that they stand in; ordered by term.
pub fn shares() -> &'static [(Term, f32)] {
    &SHARES
}

/// How telling a term is as far as can be said of any library, for choosing which to keep.
pub fn telling(term: Term) -> f32 {
    match SHARES.binary_search_by_key(&term, |(term, _)| *term) {
        Ok(at) => SHARES.get(at).map_or(1.0, |(_, share)| 0.7 * (1.0 - share)),
        Err(_) => 1.0,
    }
}

/// By their fingerprints, which are their hashes too.
static KNOWN: LazyLock<[HashSet<u64, BuildHasherDefault<Hashed>>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let all = words(list(language)).chain(words(nouns(language)));
        all.map(|(word, _)| fingerprint(&[&fold(word)])).collect()
    })
});

/// Whether a folded word is one that news in that language is full of.
pub fn is_known(folded: &str, language: Language) -> bool {
    let [german, dutch, english] = &*KNOWN;
    let known = match language {
        Language::German => german,
        Language::Dutch => dutch,
        Language::English => english,
    };
    known.contains(&fingerprint(&[folded]))
}

const fn list(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../../assets/words/common_de.txt"),
        Language::Dutch => include_str!("../../assets/words/common_nl.txt"),
        Language::English => include_str!("../../assets/words/common_en.txt"),
    }
}

const fn nouns(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../../assets/words/nouns_de.txt"),
        Language::Dutch => include_str!("../../assets/words/nouns_nl.txt"),
        Language::English => "",
    }
}

fn words(list: &str) -> impl Iterator<Item = (&str, f32)> {
    let mut share = 0.0;
    list.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(
            move |word| match word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                Some(number) => {
                    share = number.parse().unwrap_or_default();
                    None
                }
                None => Some((word, share)),
            },
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_folded_and_have_shares() {
        for language in Language::ALL {
            for (word, share) in words(list(language)) {
                assert_eq!(word, fold(word), "{language}");
                assert!(share > 0.0 && share < 1.0, "{language}: {word}");
            }
        }
    }
}
