use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::article::{Language, fingerprint};
use crate::text::fold;

/// How often each folded word is met, by which compounds are split; of a language at a time, frozen.
///
/// Words are known by their fingerprints only, in order, so that a vocabulary is small and at hand as it is read.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    generation: u32,
    met: Vec<Met>,
    seeds: HashSet<u64, BuildHasherDefault<AsIs>>,
    sieve: Sieve,
}

/// A word's fingerprint and how often it is met, little end first.
type Met = [u8; 12];

fn key_of(met: &Met) -> u64 {
    met.first_chunk().map_or(0, |key| u64::from_le_bytes(*key))
}

type Frequencies = HashMap<u64, u32, BuildHasherDefault<AsIs>>;

/// Counts in how many articles each word stands, to make a vocabulary of it.
#[derive(Default)]
pub struct Census {
    met: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    articles: u32,
}

/// A seed noun counts as if so many articles had it, a word of an installed list less.
const SEED: u32 = 20;
const INSTALLED: u32 = 5;
/// A word met in fewer articles is likely a slip, and is none to split by.
const RARE: u32 = 2;

impl Vocabulary {
    /// What every library starts with.
    #[cfg(test)]
    pub fn seeds() -> Self {
        Self::of(&seed_frequencies(), 0)
    }

    /// The seeds, installed lists, and what a library has.
    pub fn of_census(census: &Census, generation: u32, installed: &[(Language, Vec<String>)]) -> Self {
        let mut met = seed_frequencies();
        for (language, words) in installed {
            for word in words {
                know(&mut met, word, *language, INSTALLED);
            }
        }
        for (key, (articles, _)) in &census.met {
            if *articles >= RARE {
                let known = met.entry(*key).or_default();
                *known = (*known).max(*articles);
            }
        }
        Self::of(&met, generation)
    }

    fn of(frequencies: &Frequencies, generation: u32) -> Self {
        let sieve = Sieve::of(frequencies.keys().copied());
        let mut words: Vec<_> = frequencies.iter().collect();
        words.sort_unstable();
        let record = |(key, met): (&u64, &u32)| {
            let mut record = [0; 12];
            let (first, second) = record.split_at_mut(8);
            first.copy_from_slice(&key.to_le_bytes());
            second.copy_from_slice(&met.to_le_bytes());
            record
        };
        Self {
            generation,
            met: words.into_iter().map(record).collect(),
            seeds: seed_keys(),
            sieve,
        }
    }

    /// Which of the successive vocabularies of a library this is.
    pub const fn generation(&self) -> u32 {
        self.generation
    }

    /// How often a folded word is met; 0 for one that is not known.
    pub fn frequency(&self, folded: &str, language: Language) -> u32 {
        let key = key(folded, language);
        if !self.sieve.may_hold(key) {
            return 0;
        }
        // Fingerprints are spread evenly: the place of one is nearly told by its size.
        let guess = (u128::from(key) * self.met.len() as u128) >> 64;
        let mut low = usize::try_from(guess).unwrap_or(0);
        let mut high = low;
        let mut step = 8;
        let known = |at: usize| self.met.get(at).map(key_of);
        while low > 0 && known(low).is_none_or(|found| found > key) {
            low = low.saturating_sub(step);
            step *= 2;
        }
        step = 8;
        while high < self.met.len() && known(high).is_some_and(|found| found < key) {
            high += step;
            step *= 2;
        }
        let range = self
            .met
            .get(low..self.met.len().min(high + 1))
            .unwrap_or_default();
        let found = range.binary_search_by_key(&key, key_of).ok();
        let met = found.and_then(|at| range.get(at)?.last_chunk());
        met.map_or(0, |met| u32::from_le_bytes(*met))
    }

    /// Whether it is one of the nouns that every library starts with.
    pub fn is_seed(&self, folded: &str, language: Language) -> bool {
        self.seeds.contains(&key(folded, language))
    }

    /// As it is kept beside an index.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.generation.to_le_bytes().to_vec();
        bytes.extend(self.met.iter().flatten());
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
        let (met, _) = words.as_chunks();
        Some(Self {
            generation: u32::from_le_bytes(*generation),
            met: met.to_vec(),
            seeds: seed_keys(),
            sieve: Sieve::default(),
        })
    }
}

/// Says of most fingerprints that are not held that they are not; of any, where it holds nothing.
#[derive(Clone, Debug, Default)]
struct Sieve(Vec<u64>);

impl Sieve {
    fn of(keys: impl ExactSizeIterator<Item = u64>) -> Self {
        let mut sieve = Self(vec![0; (keys.len() / 6 + 1).next_power_of_two()]);
        for key in keys {
            let (place, bit) = sieve.place(key);
            if let Some(bits) = sieve.0.get_mut(place) {
                *bits |= bit;
            }
        }
        sieve
    }

    fn may_hold(&self, key: u64) -> bool {
        let (place, bit) = self.place(key);
        self.0.get(place).is_none_or(|bits| bits & bit != 0)
    }

    /// The place among the words of bits, which are a power of two, and the bit there.
    const fn place(&self, key: u64) -> (usize, u64) {
        let place = (key >> 6) as usize & self.0.len().wrapping_sub(1);
        (place, 1 << (key & 63))
    }
}

/// The nouns that every library starts with, folded.
fn seed_nouns() -> impl Iterator<Item = (Language, String)> {
    [Language::German, Language::Dutch]
        .into_iter()
        .flat_map(|language| {
            let lines = seed_list(language).lines().filter(|line| !line.starts_with('#'));
            lines
                .flat_map(str::split_whitespace)
                .map(move |word| (language, fold(word)))
        })
}

fn seed_keys() -> HashSet<u64, BuildHasherDefault<AsIs>> {
    seed_nouns()
        .map(|(language, noun)| key(&noun, language))
        .collect()
}

fn seed_frequencies() -> Frequencies {
    let mut met = Frequencies::default();
    for (language, noun) in seed_nouns() {
        for form in forms(&noun, language) {
            know(&mut met, &form, language, SEED / 2);
        }
        know(&mut met, &noun, language, SEED);
    }
    met
}

fn know(met: &mut Frequencies, folded: &str, language: Language, frequency: u32) {
    let known = met.entry(key(folded, language)).or_default();
    *known = (*known).max(frequency);
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
    let (words, rest) = bytes.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().map(|byte| u64::from(*byte));
    words.chain(rest).fold(0xcbf2_9ce4_8422_2325, |sum: u64, word| {
        (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_known_again() {
        let mut census = Census::default();
        for article in 0..300 {
            census.next_article();
            for word in 0..=article % 40 {
                census.count(&format!("wort{word}"), Language::German);
            }
        }
        let installed = [(Language::Dutch, vec!["zonnebloem".to_string()])];
        let made = Vocabulary::of_census(&census, 7, &installed);
        let read = Vocabulary::from_bytes(&made.to_bytes()).expect("read");
        assert_eq!(read.generation(), 7);
        for (word, language, expected) in [
            ("wort0", Language::German, 300),
            ("wort39", Language::German, 7),
            ("wort39", Language::Dutch, 0),
            ("zonnebloem", Language::Dutch, INSTALLED),
            ("", Language::German, 0),
        ] {
            for vocabulary in [&made, &read] {
                assert_eq!(vocabulary.frequency(word, language), expected, "{word}");
            }
        }
        let seeds = seed_frequencies();
        assert!(
            seed_nouns()
                .all(|(language, noun)| read.frequency(&noun, language) >= SEED
                    && read.is_seed(&noun, language))
        );
        assert!(seeds.len() > 1_000);
        let mut bytes = made.to_bytes();
        bytes[9] ^= 1;
        assert!(Vocabulary::from_bytes(&bytes).is_none());
        assert!(Vocabulary::from_bytes(&[]).is_none());
    }
}
