//! What an article speaks of, as a short sorted list of hashed terms.

use crate::article::fingerprint;

/// A word, a bridge key or a figure, as 24 bits of its hash.
///
/// Two unlike terms share a number once in sixteen million pairs: far below the noise of language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(u32);

impl Term {
    /// The term of a word or other text, with a name for what kind it is of.
    pub fn new(kind: &str, text: &str) -> Self {
        Self(u32::try_from(fingerprint(&[kind, text]) >> 40).unwrap_or_default())
    }

    /// The 24 bits.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// A term as one article has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Use {
    /// The term.
    pub term: Term,
    /// How often it occurs, or how partly.
    pub times: f32,
    /// Whether it is probably a name.
    pub name: bool,
}

/// The terms of one article with how much it makes of each, ordered by term, each once.
///
/// Depends on the article alone, so it can be kept on disk; [`super::Statistics`] weighs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// A term in the upper 24 bits, then one for a name, and its amount in the lower 7.
    packed: Vec<u32>,
}

const NAME: u32 = 0x80;
const MOST: u32 = 0x7f;
/// Amounts are kept in steps of one part in this many.
const STEPS: f32 = 20.0;

impl Terms {
    /// Gathers what occurs in an article.
    ///
    /// Of more than `limit` terms those stay that `telling` rates highest; among equals the choice is the same
    /// in every article, so that two articles keep the same ones.
    pub fn gather(mut found: Vec<Use>, limit: usize, telling: impl Fn(Term) -> f32) -> Self {
        found.sort_unstable_by_key(|one| one.term);
        let mut packed: Vec<u32> = Vec::with_capacity(found.len());
        for same in found.chunk_by(|a, b| a.term == b.term) {
            let times: f32 = same.iter().map(|one| one.times).sum();
            let (Some(first), true) = (same.first(), times > 0.0) else {
                continue;
            };
            let amount = if times < 1.0 { times } else { 1.0 + times.ln() };
            let name = if same.iter().any(|one| one.name) { NAME } else { 0 };
            packed.push(first.term.0 << 8 | name | ((amount * STEPS).round() as u32).clamp(1, MOST));
        }
        if packed.len() > limit {
            let rating = |entry: u32| {
                let one = unpack(entry);
                (one.times * telling(one.term) * 64.0) as u32
            };
            packed.sort_by_cached_key(|entry| std::cmp::Reverse(rating(*entry)));
            packed.truncate(limit);
            packed.sort_unstable();
        }
        Self { packed }
    }

    /// The terms in order, `times` being 1 for a word that stands once and growing with the logarithm.
    pub fn iter(&self) -> impl Iterator<Item = Use> + '_ {
        self.packed.iter().map(|entry| unpack(*entry))
    }

    /// As it is kept on disk: four bytes a term.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.packed.iter().flat_map(|entry| entry.to_le_bytes()).collect()
    }

    /// What [`Self::to_bytes`] wrote; bytes that it cannot have written are brought into order.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let entries = bytes.chunks_exact(4).filter_map(|chunk| chunk.try_into().ok());
        let mut packed: Vec<u32> = entries.map(u32::from_le_bytes).collect();
        if !packed.is_sorted() {
            packed.sort_unstable();
        }
        packed.dedup_by_key(|entry| *entry >> 8);
        Self { packed }
    }
}

fn unpack(entry: u32) -> Use {
    Use {
        term: Term(entry >> 8),
        times: (entry & MOST) as f32 / STEPS,
        name: entry & NAME != 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gathered(words: &[(&str, f32, bool)], limit: usize) -> Terms {
        let one = |&(word, times, name): &(&str, f32, bool)| Use {
            term: Term::new("word", word),
            times,
            name,
        };
        Terms::gather(words.iter().map(one).collect(), limit, |_| 1.0)
    }

    #[test]
    fn a_term_stands_once_with_what_all_its_uses_make() {
        let terms = gathered(
            &[
                ("deich", 1.0, false),
                ("norden", 2.0, true),
                ("deich", 1.0, false),
                ("teil", 0.5, false),
            ],
            9,
        );
        let of = |word| terms.iter().find(|one| one.term == Term::new("word", word));
        assert_eq!(of("deich").map(|one| (one.times, one.name)), Some((1.7, false)));
        assert_eq!(of("norden").map(|one| (one.times, one.name)), Some((1.7, true)));
        assert_eq!(of("teil").map(|one| (one.times, one.name)), Some((0.5, false)));
        assert_eq!(of("polder"), None);
    }

    #[test]
    fn of_many_terms_the_weightiest_are_kept() {
        let terms = gathered(
            &[
                ("a", 1.0, false),
                ("b", 9.0, false),
                ("c", 4.0, false),
                ("d", 2.0, false),
            ],
            2,
        );
        let kept = |word| terms.iter().any(|one| one.term == Term::new("word", word));
        assert_eq!(["a", "b", "c", "d"].map(kept), [false, true, true, false]);
    }

    proptest! {
        #[test]
        fn what_is_kept_on_disk_is_read_back(words in prop::collection::vec(("[a-z]{1,4}", 0.1_f32..50.0, any::<bool>()), 0..60)) {
            let found: Vec<_> = words.iter().map(|(word, times, name)| (word.as_str(), *times, *name)).collect();
            let terms = gathered(&found, 40);
            prop_assert_eq!(Terms::from_bytes(&terms.to_bytes()), terms);
        }

        #[test]
        fn any_bytes_are_terms_in_order(bytes in prop::collection::vec(any::<u8>(), 0..99)) {
            let terms: Vec<Term> = Terms::from_bytes(&bytes).iter().map(|one| one.term).collect();
            prop_assert!(terms.is_sorted_by(|a, b| a < b));
        }
    }
}
