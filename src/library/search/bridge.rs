//! Words of one language brought to their counterparts in another, by the spelling that cognates share.
//!
//! The index holds each word it has met once under each of its bridge keys, so that nothing must be read into memory
//! to look one up.

use anyhow::Result;
use tantivy::schema::Field;

use super::lexicon::Lexicon;
use crate::article::Language;
use crate::library::index::{BRIDGE_SIGN, language_letter, respelt};
use crate::text::{bridge_keys, bridged, edit_distance};

/// How many counterparts a word has at most.
const MOST: usize = 5;
/// Shorter keys are shared by too many words.
const SHORTEST_KEY: usize = 3;
/// How alike the shared spellings of two counterparts must be, from 0 to 1.
const ALIKE: f32 = 0.6;
/// How many words under one key are looked at.
const LOOKED_AT: usize = 200;

/// The words of the index's articles in one language that are spelt like cognates of a word, the likest first.
pub fn cognates(
    lexicon: &Lexicon,
    field: Field,
    word: &str,
    from: Language,
    to: Language,
) -> Result<Vec<String>> {
    let mut found: Vec<(f32, String)> = Vec::new();
    let own = bridged(word, from);
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
            let alike = likeness(&own, &bridged(&respelt(other, to), to));
            if alike >= ALIKE {
                found.push((alike, other.to_string()));
            }
        })?;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(MOST);
    Ok(found.into_iter().map(|(_, word)| word).collect())
}

fn likeness(one: &str, other: &str) -> f32 {
    let longer = one.chars().count().max(other.chars().count()).max(1);
    1.0 - edit_distance(one, other) as f32 / longer as f32
}
