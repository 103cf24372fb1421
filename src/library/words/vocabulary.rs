use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::article::{Language, fingerprint};
use crate::text::fold;

/// How often each folded word is met, by which compounds are split; of a language at a time, frozen.
///
/// Words are known by their fingerprints only, so that a vocabulary is small and quickly read.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    generation: u32,
    met: HashMap<u64, u32, BuildHasherDefault<AsIs>>,
    seeds: HashSet<u64, BuildHasherDefault<AsIs>>,
}

/// Counts in how many articles each word stands, to make a vocabulary of it.
#[derive(Default)]
pub struct Census {
    met: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    articles: u32,
}

/// A seed noun counts as if so many articles had it, a word of an installed list a little less.
const SEED: u32 = 20;
const INSTALLED: u32 = 5;
/// A word met in fewer articles is likely a slip, and is none to split by.
const RARE: u32 = 2;

impl Vocabulary {
    /// What every library starts with.
    pub fn seeds() -> Self {
        let mut vocabulary = Self::default();
        for language in [Language::German, Language::Dutch] {
            for line in seed_list(language).lines().filter(|line| !line.starts_with('#')) {
                for word in line.split_whitespace() {
                    let word = fold(word);
                    for form in forms(&word, language) {
                        vocabulary.know(&form, language, SEED / 2);
                    }
                    vocabulary.know(&word, language, SEED);
                    vocabulary.seeds.insert(key(&word, language));
                }
            }
        }
        vocabulary
    }

    /// The seeds, an installed list or none, and what a library has.
    pub fn of_census(census: &Census, generation: u32, installed: &[(Language, Vec<String>)]) -> Self {
        let mut vocabulary = Self {
            generation,
            ..Self::seeds()
        };
        for (language, words) in installed {
            for word in words {
                vocabulary.know(word, *language, INSTALLED);
            }
        }
        for (key, (met, _)) in &census.met {
            if *met >= RARE {
                let known = vocabulary.met.entry(*key).or_default();
                *known = (*known).max(*met);
            }
        }
        vocabulary
    }

    /// Which of the successive vocabularies of a library this is.
    pub const fn generation(&self) -> u32 {
        self.generation
    }

    /// How often a folded word is met; 0 for one that is not known.
    pub fn frequency(&self, folded: &str, language: Language) -> u32 {
        self.met.get(&key(folded, language)).copied().unwrap_or(0)
    }

    /// Whether it is one of the nouns that every library starts with.
    pub fn is_seed(&self, folded: &str, language: Language) -> bool {
        self.seeds.contains(&key(folded, language))
    }

    fn know(&mut self, folded: &str, language: Language, met: u32) {
        let known = self.met.entry(key(folded, language)).or_default();
        *known = (*known).max(met);
    }

    /// As it is kept beside an index.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut words: Vec<_> = self.met.iter().collect();
        words.sort_unstable();
        let mut bytes = self.generation.to_le_bytes().to_vec();
        for (key, met) in words {
            bytes.extend(key.to_le_bytes());
            bytes.extend(met.to_le_bytes());
        }
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }

    /// Reads what [`Vocabulary::to_bytes`] wrote; none if it is not that.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return None;
        }
        let (generation, words) = body.split_first_chunk::<4>()?;
        let mut met = HashMap::with_capacity_and_hasher(words.len() / 12, BuildHasherDefault::default());
        for word in words.chunks_exact(12) {
            let (key, frequency) = word.split_first_chunk::<8>()?;
            met.insert(
                u64::from_le_bytes(*key),
                u32::from_le_bytes(*frequency.first_chunk()?),
            );
        }
        let generation = u32::from_le_bytes(*generation);
        Some(Self {
            generation,
            met,
            ..Self::seeds()
        })
    }
}

/// The inflected forms a folded noun may have; that some of them do not exist does no harm.
fn forms(noun: &str, language: Language) -> Vec<String> {
    if noun.len() < 4 {
        return Vec::new();
    }
    let with = |endings: &[&str]| {
        endings
            .iter()
            .map(|ending| format!("{noun}{ending}"))
            .collect::<Vec<_>>()
    };
    if language == Language::German {
        return with(&["e", "n", "en", "er", "es", "s", "ern"]);
    }
    let mut forms = with(&["en", "s", "n", "e"]);
    let mut letters = noun.chars().rev();
    if let (Some(last), Some(second), Some(third)) = (letters.next(), letters.next(), letters.next()) {
        let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
        let soft = match last {
            'f' => 'v',
            's' => 'z',
            other => other,
        };
        let stem: String = noun.chars().take(noun.chars().count() - 1).collect();
        if !vowel(last) {
            forms.push(format!("{stem}{soft}en"));
        }
        if !vowel(last) && vowel(second) && second == third {
            let short: String = stem.chars().take(stem.chars().count() - 1).collect();
            forms.push(format!("{short}{soft}en"));
        } else if !vowel(last) && vowel(second) && !vowel(third) {
            forms.push(format!("{noun}{last}en"));
        }
    }
    forms
}

impl Census {
    /// Begins the next article.
    pub fn next_article(&mut self) {
        self.articles += 1;
    }

    /// Counts a folded word of the article begun last.
    pub fn count(&mut self, folded: &str, language: Language) {
        let (met, last) = self.met.entry(key(folded, language)).or_default();
        if *last != self.articles {
            *last = self.articles;
            *met += 1;
        }
    }
}

const fn seed_list(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../../../assets/words/nouns_de.txt"),
        Language::Dutch => include_str!("../../../assets/words/nouns_nl.txt"),
        Language::English => "",
    }
}

fn key(folded: &str, language: Language) -> u64 {
    fingerprint(&[language.code(), folded])
}

fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Takes a fingerprint for the hash that it is.
#[derive(Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}
