//! Texts in the forms that the index's tokenizer takes.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use super::BRIDGE_SIGN;
use crate::article::{Language, fingerprint};
use crate::library::words::{Analyser, AsIs, Forms, Vocabulary};
use crate::text::bridge_keys;

/// The shortest word that is looked for in other languages, in letters.
const BRIDGED: usize = 4;
/// So many words are remembered, and as many of those met before them.
const REMEMBERED: usize = 150_000;

/// The words of a text, in each of the three kinds of forms.
#[derive(Default)]
pub struct Spelt {
    pub exact: String,
    pub stem: String,
    pub parts: String,
}

/// Writes texts in the forms of their words, and remembers these: most words of an article were in others.
pub struct Spelling {
    analyser: Analyser,
    recent: Memory,
    earlier: Memory,
    bridges: Bridges,
}

/// Words with their forms one after the other, each with its sign and the blank behind it.
#[derive(Default)]
struct Memory {
    /// By the fingerprint of language and word.
    places: HashMap<u64, Place, BuildHasherDefault<AsIs>>,
    letters: String,
}

/// Where the forms of a word stand, and how long those of each kind are.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    exact: u16,
    stem: u16,
    parts: u16,
}

impl Spelling {
    pub fn new(vocabulary: Arc<Vocabulary>) -> Self {
        Self {
            analyser: Analyser::new(vocabulary),
            recent: Memory::default(),
            earlier: Memory::default(),
            bridges: Bridges::default(),
        }
    }

    /// Writes `text` into `spelt`, in place of what is there.
    pub fn spell(&mut self, text: &str, language: Option<Language>, spelt: &mut Spelt) {
        for channel in [&mut spelt.exact, &mut spelt.stem, &mut spelt.parts] {
            channel.clear();
        }
        let Self {
            analyser,
            recent,
            earlier,
            bridges,
        } = self;
        let code = language.map_or("", Language::code);
        analyser.words(text, language, |analyser, word, same_place| {
            let key = fingerprint(&[code, word]);
            let place = recent
                .places
                .get(&key)
                .copied()
                .or_else(|| recent.take_over(key, earlier))
                .unwrap_or_else(|| {
                    let forms = analyser.analyse(word, language);
                    bridges.add(&forms, language);
                    recent.learn(key, &forms, language_letter(language))
                });
            if same_place {
                spelt.exact.push('+');
            }
            let [exact, stem, parts] = recent.forms(place);
            spelt.exact.push_str(exact);
            spelt.stem.push_str(stem);
            spelt.parts.push_str(parts);
            if recent.places.len() >= REMEMBERED {
                *earlier = std::mem::take(recent);
            }
        });
    }

    /// The bridge keys of the words met for the first time since this was asked last, each with its word.
    pub fn take_bridges(&mut self) -> String {
        std::mem::take(&mut self.bridges.keys)
    }
}

impl Memory {
    fn learn(&mut self, key: u64, forms: &Forms, letter: char) -> Place {
        let start = self.letters.len();
        let mut add = |forms: &mut dyn Iterator<Item = &String>| {
            let before = self.letters.len();
            for form in forms {
                self.letters.push(letter);
                self.letters.push_str(form);
                self.letters.push(' ');
            }
            // Words have a greatest length, and so have their forms.
            u16::try_from(self.letters.len() - before).unwrap_or_default()
        };
        let place = Place {
            start: u32::try_from(start).unwrap_or_default(),
            exact: add(&mut std::iter::once(&forms.exact)),
            stem: add(&mut forms.stem.iter()),
            parts: add(&mut forms.parts.iter()),
        };
        self.places.insert(key, place);
        place
    }

    /// Takes a word over from what was remembered before.
    fn take_over(&mut self, key: u64, earlier: &Self) -> Option<Place> {
        let place = *earlier.places.get(&key)?;
        let start = u32::try_from(self.letters.len()).unwrap_or_default();
        earlier
            .forms(place)
            .into_iter()
            .for_each(|forms| self.letters.push_str(forms));
        let place = Place { start, ..place };
        self.places.insert(key, place);
        Some(place)
    }

    fn forms(&self, place: Place) -> [&str; 3] {
        let mut from = place.start as usize;
        [place.exact, place.stem, place.parts].map(|length| {
            let start = from;
            from += usize::from(length);
            self.letters.get(start..from).unwrap_or_default()
        })
    }
}

/// The bridge keys of words, each with its word, as far as they have not been met yet.
#[derive(Default)]
struct Bridges {
    met: HashSet<u64, BuildHasherDefault<AsIs>>,
    keys: String,
}

impl Bridges {
    fn add(&mut self, forms: &Forms, language: Option<Language>) {
        let Some(language) = language else { return };
        self.add_word(&forms.exact, language);
        forms
            .leaves()
            .iter()
            .for_each(|part| self.add_word(part, language));
    }

    fn add_word(&mut self, word: &str, language: Language) {
        let plain = word.chars().count() >= BRIDGED && word.chars().all(char::is_alphabetic);
        if !plain || !self.met.insert(fingerprint(&[language.code(), word])) {
            return;
        }
        for key in bridge_keys(&respelt(word, language), language) {
            self.keys.push(language_letter(Some(language)));
            self.keys.push_str(&key);
            self.keys.push(BRIDGE_SIGN);
            self.keys.push_str(word);
            self.keys.push(' ');
        }
    }
}

/// A German word of the index with its umlauts again, which say more than ae, oe and ue.
pub fn respelt(word: &str, language: Language) -> String {
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

/// The letter in front of the words of a language.
pub const fn language_letter(language: Option<Language>) -> char {
    match language {
        Some(Language::German) => 'd',
        Some(Language::Dutch) => 'n',
        Some(Language::English) => 'e',
        None => 'o',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_spelt_as_what_is_new() {
        let text = "Wind- und Solarparks, KI-Chip; Zinserhöhung (2024) Zinserhöhung";
        let spelt = |spelling: &mut Spelling| {
            let mut spelt = Spelt::default();
            spelling.spell(text, Some(Language::German), &mut spelt);
            [spelt.exact, spelt.stem, spelt.parts].join("|")
        };
        let mut spelling = Spelling::new(Arc::new(Vocabulary::seeds()));
        let first = spelt(&mut spelling);
        assert!(first.starts_with(
            "dwind dund dsolarparks +dwindparks dki +dkichip dchip dzinserhoehung d2024 dzinserhoehung |dwind "
        ));
        assert!(spelling.take_bridges().contains("=solarparks "));
        assert_eq!(spelt(&mut spelling), first);
        spelling.earlier = std::mem::take(&mut spelling.recent);
        assert_eq!(spelt(&mut spelling), first);
        // Met before, forgotten or not: their keys are in the index.
        assert_eq!(spelling.take_bridges(), "");
    }
}
