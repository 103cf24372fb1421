//! Words of one language brought to their counterparts in another, by the spelling that cognates share.

use std::collections::HashMap;

use anyhow::Result;

use super::lexicon::Lexicon;
use crate::article::Language;
use crate::library::index::{Fields, language_letter};
use crate::text::{bridge_keys, bridged, edit_distance};

/// Words that fewer articles have are left out: they are seldom counterparts, and many.
const RARE: u32 = 2;
/// How many counterparts a word has at most.
const MOST: usize = 5;
/// How alike the shared spellings of two counterparts must be, from 0 to 1.
const ALIKE: f32 = 0.6;

/// The words of the index's articles in one language, by their bridge keys.
pub struct Bridge {
    language: Language,
    /// How many documents the index had.
    documents: u32,
    words: HashMap<String, Vec<(Box<str>, u32)>>,
}

impl Bridge {
    /// Reads the words of a language, which takes its time in a large library: it is kept.
    pub fn to(language: Language, lexicon: &Lexicon, fields: Fields) -> Result<Self> {
        let letter = language_letter(Some(language)).to_string();
        let mut met: HashMap<Box<str>, u32> = HashMap::new();
        for field in [fields.title.exact, fields.text.exact] {
            lexicon.beginning(field, &letter, |word, documents| {
                if word.len() > 4 && !word.bytes().any(|byte| byte.is_ascii_digit()) {
                    *met.entry(word.into()).or_default() += documents;
                }
            })?;
        }
        let mut words: HashMap<String, Vec<(Box<str>, u32)>> = HashMap::new();
        let few = met.len() < 20_000;
        for (word, documents) in met.into_iter().filter(|(_, documents)| few || *documents >= RARE) {
            let plain: String = word.chars().skip(1).collect();
            for key in bridge_keys(&spelt(&plain, language), language) {
                words
                    .entry(key)
                    .or_default()
                    .push((plain.as_str().into(), documents));
            }
        }
        Ok(Self {
            language,
            documents: lexicon.documents,
            words,
        })
    }

    /// Whether it is still good for an index of so many documents.
    pub fn serves(&self, language: Language, documents: u32) -> bool {
        self.language == language
            && documents <= self.documents + self.documents / 10
            && self.documents <= documents
    }

    /// The language it leads to.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The counterparts of a word of another language, the most frequent first.
    pub fn counterparts(&self, word: &str, from: Language) -> Vec<String> {
        let mut found: Vec<(&str, u32)> = Vec::new();
        let own = bridged(word, from);
        for key in bridge_keys(word, from) {
            for (other, documents) in self.words.get(&key).into_iter().flatten() {
                let theirs = bridged(&spelt(other, self.language), self.language);
                let longer = own.chars().count().max(theirs.chars().count()).max(1);
                let alike = 1.0 - edit_distance(&own, &theirs) as f32 / longer as f32;
                if alike >= ALIKE && !found.iter().any(|(known, _)| *known == &**other) {
                    found.push((other, *documents));
                }
            }
        }
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        found.truncate(MOST);
        found.into_iter().map(|(word, _)| word.to_string()).collect()
    }
}

/// A German word of the index with its umlauts again, which say more than ae, oe and ue.
fn spelt(word: &str, language: Language) -> String {
    if language != Language::German {
        return word.to_string();
    }
    word.replace("ae", "ä")
        .replace("oe", "ö")
        .replace("eue", "e\u{0}e")
        .replace("que", "q\u{0}e")
        .replace("ue", "ü")
        .replace('\u{0}', "u")
}
