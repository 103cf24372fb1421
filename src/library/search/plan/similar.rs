//! What stands in for words that no article has.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::ways::channels;
use super::{Branch, Planner, TONGUES, most_frequent, weight};
use crate::article::Part;
use crate::library::index::language_letter;
use crate::library::search::slips::Slips;
use crate::library::words::exact;
use crate::query::Notice;

/// How many similar words stand in for an unknown one, and for one that was asked for with its like.
const SIMILAR: usize = 5;
const ALL_SIMILAR: usize = 30;

impl Planner<'_> {
    /// What an unknown word was probably meant to be.
    pub(super) fn corrected(
        &mut self,
        piece: &str,
        part: Option<Part>,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        let letters = piece.chars().count();
        let plain = piece.chars().all(char::is_alphabetic);
        if letters < 5 || !plain {
            return Ok(());
        }
        let edits = if letters < 8 { 1 } else { 2 };
        let to = self.similar(piece, part, edits, true, ways)?;
        if !to.is_empty() {
            self.notices.push(Notice::Corrected {
                word: piece.to_string(),
                to,
            });
        }
        Ok(())
    }

    /// Words within so many slips, the most frequent first; of several distances only the nearest, if so wanted.
    pub(super) fn similar(
        &mut self,
        piece: &str,
        part: Option<Part>,
        edits: u8,
        nearest: bool,
        ways: &mut Vec<Branch>,
    ) -> Result<Vec<String>> {
        let mut met: HashMap<(u8, String), u32> = HashMap::new();
        for language in TONGUES {
            let Some(slips) = Slips::new(language_letter(language), &exact(piece, language), edits) else {
                continue;
            };
            for (channels, _) in channels(self.fields, part) {
                self.lexicon.accepted(channels.exact, &slips, |word, documents| {
                    *met.entry((slips.distance(word), word.to_string())).or_default() += documents;
                })?;
            }
        }
        let least = met.keys().map(|(distance, _)| *distance).min();
        let near = met
            .into_iter()
            .filter(|((distance, _), _)| !nearest || Some(*distance) == least);
        let words = most_frequent(
            near.map(|((_, word), documents)| (word, documents)).collect(),
            if nearest { SIMILAR } else { ALL_SIMILAR },
        );
        for word in &words {
            self.terms(|channels| channels.exact, word, part, weight::SIMILAR, ways)?;
            self.sought.exact.insert(word.clone());
        }
        let mut plain: Vec<String> = words.iter().map(|word| word.chars().skip(1).collect()).collect();
        let mut seen = HashSet::new();
        plain.retain(|word| seen.insert(word.clone()));
        Ok(plain)
    }
}
