use std::collections::HashSet;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};

use super::{Shape, Span, fold, tokens};
use crate::article::Language;

static FUNCTION_WORDS: LazyLock<[HashSet<&'static str>; 3]> = LazyLock::new(|| {
    Language::ALL.map(|language| {
        let lines = function_word_list(language).lines();
        lines
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .collect()
    })
});

const fn function_word_list(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../../assets/words/function_de.txt"),
        Language::Dutch => include_str!("../../assets/words/function_nl.txt"),
        Language::English => include_str!("../../assets/words/function_en.txt"),
    }
}

/// Whether a folded word says nothing of the matter: an article, a pronoun, an auxiliary, …
pub fn is_function_word(folded: &str, language: Language) -> bool {
    let [german, dutch, english] = &*FUNCTION_WORDS;
    match language {
        Language::German => german.contains(folded),
        Language::Dutch => dutch.contains(folded),
        Language::English => english.contains(folded),
    }
}

/// A word that says something of the matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its folded form.
    pub folded: String,
}

/// The words of `text` that say something of the matter, in order; numbers are none, names with digits are.
pub fn content_words(text: &str, language: Language) -> Vec<Word> {
    tokens(text)
        .filter(|token| token.shape != Shape::Number)
        .map(|token| Word {
            span: token.span,
            folded: fold(token.span.of(text)),
        })
        .filter(|word| !is_function_word(&word.folded, language))
        .collect()
}

/// The stem of a word in any spelling, folded: `Häuser` and `Hauses` give `haus`.
///
/// It is Snowball's. The German one wants umlauts, the Dutch one cannot read accents.
pub fn stem(word: &str, language: Language) -> String {
    let (algorithm, prepared) = match language {
        Language::German => (Algorithm::German, word.to_lowercase()),
        Language::Dutch => (Algorithm::Dutch, fold(word)),
        Language::English => (Algorithm::English, word.to_lowercase()),
    };
    fold(&Stemmer::new(algorithm).stem(&prepared))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_folded_and_stand_once() {
        for language in Language::ALL {
            let mut seen = HashSet::new();
            for word in function_word_list(language)
                .lines()
                .skip(1)
                .flat_map(str::split_whitespace)
            {
                assert_eq!(word, fold(word), "{language}");
                assert!(seen.insert(word), "{language} has {word} twice");
            }
            assert!(seen.len() > 100, "{language}");
        }
    }

    #[test]
    fn content_words_leave_numbers_and_function_words_out() {
        for (text, language, expected) in [
            (
                "Die Bank zahlte 12 Millionen für das Haus.",
                Language::German,
                "bank zahlte millionen haus",
            ),
            ("De foto’s van de H20-chip", Language::Dutch, "foto h20 chip"),
            ("It’s the bank’s choice", Language::English, "bank choice"),
        ] {
            let words: Vec<_> = content_words(text, language)
                .into_iter()
                .map(|word| word.folded)
                .collect();
            assert_eq!(words.join(" "), expected);
        }
    }

    #[test]
    fn forms_of_a_word_share_its_stem() {
        for (language, forms) in [
            (Language::German, ["Häuser", "Hauses"]),
            (Language::Dutch, ["huizen", "huis"]),
            (Language::Dutch, ["coördineren", "coordineren"]),
            (Language::English, ["houses", "house"]),
        ] {
            assert_eq!(stem(forms[0], language), stem(forms[1], language), "{forms:?}");
        }
    }
}
