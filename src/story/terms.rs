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

/// The terms of one article with how much it makes of each, ordered by term, each once.
///
/// Depends on the article alone, so it can be kept on disk; [`super::Statistics`] weighs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// A term in the upper 24 bits, its amount in the lower 8.
    packed: Vec<u32>,
}

impl Terms {
    /// Amounts are kept in steps of one part in this many.
    const STEPS: f32 = 32.0;

    /// Gathers terms that occur in an article, each as often (or as partly) as its number says.
    ///
    /// Of more than `limit` terms those stay that `telling` rates highest; among equals the choice is the same
    /// in every article, so that two articles keep the same ones.
    pub fn gather(mut found: Vec<(Term, f32)>, limit: usize, telling: impl Fn(Term) -> f32) -> Self {
        found.sort_unstable_by_key(|(term, _)| *term);
        let mut packed: Vec<u32> = Vec::with_capacity(found.len());
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let times: f32 = same.iter().map(|(_, times)| times).sum();
            let (Some((term, _)), true) = (same.first(), times > 0.0) else {
                continue;
            };
            let amount = if times < 1.0 { times } else { 1.0 + times.ln() };
            packed.push(term.0 << 8 | step(amount));
        }
        if packed.len() > limit {
            let rating = |entry: u32| {
                let (term, amount) = unpack(entry);
                (amount * telling(term) * 64.0) as u32
            };
            packed.sort_by_cached_key(|entry| std::cmp::Reverse(rating(*entry)));
            packed.truncate(limit);
            packed.sort_unstable();
        }
        Self { packed }
    }

    /// The terms in order, each with its amount: 1 for a word that stands once, growing with the logarithm.
    pub fn iter(&self) -> impl Iterator<Item = (Term, f32)> + '_ {
        self.packed.iter().map(|entry| unpack(*entry))
    }

    /// Whether nothing can be said of the article.
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
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

fn step(amount: f32) -> u32 {
    ((amount * Terms::STEPS).round() as u32).clamp(1, 255)
}

fn unpack(entry: u32) -> (Term, f32) {
    (Term(entry >> 8), (entry & 0xff) as f32 / Terms::STEPS)
}
