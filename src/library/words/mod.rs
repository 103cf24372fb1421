//! The words of articles and questions in the forms in which they meet.
//!
//! Index, questions and highlights all come through here, so that they cannot disagree. A word has up to three
//! kinds of forms: as written (`exact`), its stem, and the stems of the parts of a compound.

mod cut;
mod installed;
mod stem;
mod vocabulary;

use std::collections::HashMap;
use std::sync::Arc;

pub use cut::{Run, runs};
pub use installed::{usual_folders, word_lists};
pub use vocabulary::{AsIs, Census, Vocabulary};

use crate::article::Language;
use crate::text::{Span, compound_parts, fold, is_function_word};

/// The version of everything here that decides what stands in an index.
pub const VERSION: u32 = 2;

/// The forms of one word.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Forms {
    /// As written: lower case, ä as ae, other accents off.
    pub exact: String,
    /// Its stem; none for words with digits and in unknown languages.
    pub stem: Option<String>,
    /// The stems of its parts, if it is a compound: first of the smallest, then of those that have parts themselves.
    pub parts: Vec<String>,
    /// How many of the parts have none themselves.
    leaves: usize,
    /// Its last part, which an elided `Wind-` before it may lack.
    head: Option<String>,
    /// What stands in it behind a word of direction, which an elided `Vor-` before it may lack.
    behind: Option<String>,
}

impl Forms {
    /// The stems of the parts that have none themselves.
    pub fn leaves(&self) -> &[String] {
        self.parts.get(..self.leaves).unwrap_or_default()
    }
}

/// Brings words to their forms, and remembers those it has met.
pub struct Analyser {
    vocabulary: Arc<Vocabulary>,
    met: [HashMap<Box<str>, Arc<Forms>>; 4],
    parts: [stem::Parts; 3],
}

/// Words longer than this are no words.
const LONGEST_WORD: usize = 80;
/// How many words are remembered for a language.
const REMEMBERED: usize = 80_000;

impl Analyser {
    /// An analyser that splits compounds by what `vocabulary` knows.
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self {
            vocabulary,
            met: Default::default(),
            parts: Default::default(),
        }
    }

    /// The forms of a word without hyphens or apostrophes, remembered for the next time.
    pub fn forms(&mut self, word: &str, language: Option<Language>) -> Arc<Forms> {
        let place = language.map_or(3, |language| language as usize);
        if let Some(forms) = self.met[place].get(word) {
            return Arc::clone(forms);
        }
        let forms = Arc::new(self.analyse(word, language));
        let met = &mut self.met[place];
        if met.len() >= REMEMBERED {
            met.clear();
        }
        met.insert(word.into(), Arc::clone(&forms));
        forms
    }

    /// The forms of a word without hyphens or apostrophes.
    pub fn analyse(&mut self, word: &str, language: Option<Language>) -> Forms {
        analysed(word, language, &self.vocabulary, &mut self.parts)
    }

    /// Gives each word of `text` to `each`, in order, and whether it stands where the one before it stands: the
    /// joined form of `KI-Chip`.
    pub fn words(
        &mut self,
        text: &str,
        language: Option<Language>,
        mut each: impl FnMut(&mut Self, &str, bool),
    ) {
        let mut elided = Elided::default();
        for run in runs(text) {
            let joined = run.joined(text);
            for (place, span) in run.words.iter().enumerate() {
                let word = span.of(text);
                each(self, word, false);
                if place == 0
                    && let Some(joined) = joined.as_deref()
                {
                    each(self, joined, true);
                }
                if elided.is_due()
                    && let Some((stub, head)) =
                        elided.completed(text, language, &self.analyse(word, language))
                {
                    each(self, &format!("{}{head}", stub.of(text)), true);
                }
            }
            elided.next(&run, text);
        }
    }
}

/// A word cut short before a conjunction: the `Wind-` of `Wind- und Solarparks`.
#[derive(Default)]
struct Elided {
    stub: Option<Span>,
    words_since: usize,
}

impl Elided {
    fn next(&mut self, run: &Run, text: &str) {
        if run.hangs {
            self.stub = run.words.last().copied();
            self.words_since = 0;
        } else if self.stub.is_some() {
            self.words_since += 1;
            let conjunction =
                ["und", "oder", "bzw", "en", "of", "sowie", "and", "or"].contains(&run.span.of(text));
            if !conjunction || self.words_since > 1 {
                self.stub = None;
            }
        }
    }

    /// Whether the word that follows may complete it.
    const fn is_due(&self) -> bool {
        self.stub.is_some() && self.words_since == 1
    }

    /// The stub and the head it lacks, once a compound follows its conjunction.
    fn completed(&mut self, text: &str, language: Option<Language>, forms: &Forms) -> Option<(Span, String)> {
        let stub = fold(self.stub?.of(text));
        let is_direction = language.is_some_and(|language| directions(language).contains(&stub.as_str()));
        let head = if is_direction { &forms.behind } else { &forms.head };
        Some((self.stub.take()?, head.clone()?))
    }
}

fn analysed(
    word: &str,
    language: Option<Language>,
    vocabulary: &Vocabulary,
    known: &mut [stem::Parts; 3],
) -> Forms {
    let exact = exact(word, language);
    let has_digit = exact.bytes().any(|byte| byte.is_ascii_digit());
    let Some(language) = language.filter(|_| !has_digit && exact.len() <= LONGEST_WORD) else {
        return Forms {
            exact: exact.chars().take(LONGEST_WORD).collect(),
            ..Forms::default()
        };
    };
    let folded = fold(word);
    let stem = stem::stem(word, &folded, language, vocabulary);
    let pieces = compound_parts(&folded, language, &|part| vocabulary.frequency(part, language));
    let (parts, leaves) = known[language as usize].stems(&folded, &pieces, &stem, language, vocabulary);
    Forms {
        exact,
        stem: Some(stem),
        parts,
        leaves,
        head: pieces.last().cloned(),
        behind: behind_direction(&folded, language),
    }
}

/// Short words of direction that stand before others: Vor- und Nachteile.
const fn directions(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[
            "vor", "nach", "ein", "aus", "auf", "ab", "an", "zu", "unter", "uber", "innen", "aussen", "hin",
            "her",
        ],
        Language::Dutch => &[
            "voor", "na", "in", "uit", "op", "af", "aan", "toe", "onder", "over", "binnen", "buiten",
        ],
        Language::English => &[],
    }
}

/// What stands in a folded word behind a word of direction.
fn behind_direction(folded: &str, language: Language) -> Option<String> {
    let rest = directions(language)
        .iter()
        .find_map(|word| folded.strip_prefix(word));
    rest.filter(|rest| rest.len() >= 4).map(str::to_string)
}

/// The form in which a word meets itself: lower case, ß as ss, German ä as ae, other accents off.
pub fn exact(word: &str, language: Option<Language>) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    if language != Some(Language::German) {
        return fold(word);
    }
    let mut spelt = String::with_capacity(word.len() + 4);
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let mut umlaut = |vowel: &str| {
            spelt.push_str(vowel);
            spelt.push('e');
        };
        // A decomposed umlaut is a vowel and a sign of its own.
        let dotted = letters.peek() == Some(&'\u{308}');
        match c {
            'ä' | 'Ä' => umlaut("a"),
            'ö' | 'Ö' => umlaut("o"),
            'ü' | 'Ü' => umlaut("u"),
            'a' | 'A' if dotted => umlaut("a"),
            'o' | 'O' if dotted => umlaut("o"),
            'u' | 'U' if dotted => umlaut("u"),
            _ => spelt.push(c),
        }
    }
    fold(&spelt)
}

/// Whether a word of a question says nothing of the matter in any of the languages it may be in.
pub fn says_nothing(word: &str) -> bool {
    let folded = fold(word);
    Language::ALL
        .into_iter()
        .any(|language| is_function_word(&folded, language))
}

#[cfg(test)]
mod tests;
