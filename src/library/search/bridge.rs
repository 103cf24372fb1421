//! Words of one language brought to their counterparts in another, by the spelling that cognates share.
//!
//! The index holds each word it has met once under each of its bridge keys, so that nothing must be read into memory
//! to look one up.

use anyhow::Result;
use tantivy::schema::Field;

use super::lexicon::Lexicon;
use crate::article::Language;
use crate::library::index::{BRIDGE_SIGN, language_letter, respelt};
use crate::text::{bridge_keys, bridged, edit_distance, fold};

/// How many counterparts a word has at most.
const MOST: usize = 5;
/// Shorter keys are shared by too many words.
const SHORTEST_KEY: usize = 3;
/// How alike the shared spellings of two counterparts must be, from 0 to 1, and how alike they must be on the whole.
const ALIKE: f32 = 0.6;
const ON_THE_WHOLE: f32 = 0.6;
/// What is so much less alike than the likest is another word: *staat* is spelt like *Staat* and nearly like *Stadt*.
const BEHIND: f32 = 0.08;
/// How many words under one key are looked at.
const LOOKED_AT: usize = 200;

/// The words of the index's articles in one language that are spelt like cognates of a word, with how alike they are,
/// the likest first.
pub fn cognates(
    lexicon: &Lexicon,
    field: Field,
    word: &str,
    from: Language,
    to: Language,
) -> Result<Vec<(String, f32)>> {
    let mut found: Vec<(f32, String)> = Vec::new();
    let (own, folded) = (bridged(word, from), fold(word));
    let letter = language_letter(Some(to));
    for key in bridge_keys(word, from)
        .into_iter()
        .filter(|key| key.len() >= SHORTEST_KEY)
    {
        let prefix = format!("{letter}{key}{BRIDGE_SIGN}");
        let mut seen = 0;
        lexicon.beginning(field, &prefix, |entry, _| {
            seen += 1;
            let other = entry.strip_prefix(&prefix).unwrap_or_default();
            if seen > LOOKED_AT || found.iter().any(|(_, known)| known == other) {
                return;
            }
            let spelt = respelt(other, to);
            let shared = likeness(&own, &bridged(&spelt, to));
            // Short words come to the same shared spelling too easily: their own must say it as well.
            let alike = f32::midpoint(shared, likeness(&folded, &fold(&spelt)));
            if shared >= ALIKE && alike >= ON_THE_WHOLE {
                found.push((alike, other.to_string()));
            }
        })?;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(MOST);
    let least = found.first().map_or(0.0, |(best, _)| best - BEHIND);
    let found = found.into_iter().filter(|(alike, _)| *alike >= least);
    Ok(found.map(|(alike, word)| (word, alike)).collect())
}

fn likeness(one: &str, other: &str) -> f32 {
    let longer = one.chars().count().max(other.chars().count()).max(1);
    1.0 - edit_distance(one, other) as f32 / longer as f32
}
