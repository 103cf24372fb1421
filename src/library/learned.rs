//! The words of two languages that mean the same, as the library's own articles tell: a file in its folder.
//!
//! It is derived from the passages that the database keeps; deleting it costs only time.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;

use super::{Library, Place};
use crate::article::Language;
use crate::compare::{Learned, Lexicon, learn};

/// The version of how words are learned; what another one learned is learned anew.
const VERSION: u32 = 1;
/// The most pairs that are kept, the surest.
const MOST: usize = 20_000;
/// So many passages must have come before words are learned, and then a tenth more each time.
const FEWEST: i64 = 20;
const PART: i64 = 10;
/// A library of more passages than these has let the oldest go.
const WINDOW: i64 = 4_000;

/// What was learned.
#[derive(Clone, Debug, Default)]
pub struct LearnedWords {
    /// The words.
    pub lexicon: Lexicon,
    /// How many pairs of words they are.
    pub pairs: usize,
    /// When they were learned; none where nothing was.
    pub since: Option<Date>,
    /// The number of the last passage that was learned from.
    passages: i64,
}

impl Place {
    /// The words learned here; none where none were.
    pub fn learned(&self) -> LearnedWords {
        let kept = self.dir().and_then(|dir| fs::read_to_string(file(dir)).ok());
        kept.and_then(|kept| LearnedWords::parse(&kept))
            .unwrap_or_default()
    }
}

impl Library {
    /// Learns words from the passages of different languages that say the same, where so many have come that it is
    /// time, and says whether it did. A library in memory learns none.
    pub fn learn_words(&self, today: Date) -> Result<bool> {
        let Some(dir) = self.place.dir() else {
            return Ok(false);
        };
        let last = self.store.last_parallel()?;
        if last < FEWEST {
            return Ok(false);
        }
        let before = self.place.learned().passages;
        if (last - before).max(0) * PART < before.min(WINDOW) || last == before {
            return Ok(false);
        }
        let mut learned = learn(&self.store.parallels()?);
        if learned.len() > MOST {
            learned.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            learned.truncate(MOST);
        }
        let path = file(dir);
        let beside = path.with_extension("new");
        fs::write(&beside, printed(&learned, last, today))
            .and_then(|()| fs::rename(&beside, &path))
            .with_context(|| format!("cannot write {}", path.display()))?;
        Ok(true)
    }
}

fn file(dir: &Path) -> PathBuf {
    dir.join("learned.txt")
}

/// A line with the version, the number of the last passage and the day, then one a pair.
fn printed(learned: &[Learned], passages: i64, today: Date) -> String {
    let mut text = format!("beide {VERSION} {passages} {today}\n");
    for pair in learned {
        let [first, second] = pair.languages;
        let [stem, other] = &pair.stems;
        let _ = writeln!(text, "{first} {second} {stem} {other} {:.2}", pair.weight);
    }
    text
}

impl LearnedWords {
    /// Reads what [`printed`] writes; none where another version wrote it. A damaged line is passed over.
    fn parse(kept: &str) -> Option<Self> {
        let (head, lines) = kept.split_once('\n')?;
        let mut words = head.strip_prefix("beide ")?.split(' ');
        if words.next()?.parse() != Ok(VERSION) {
            return None;
        }
        let mut learned = Self {
            passages: words.next()?.parse().ok()?,
            since: words.next()?.parse().ok(),
            ..Self::default()
        };
        for line in lines.lines().take(MOST) {
            learned.add(line);
        }
        Some(learned)
    }

    fn add(&mut self, line: &str) -> Option<()> {
        let mut words = line.split(' ');
        let languages = [words.next()?, words.next()?].map(Language::from_code);
        let (stem, other) = (words.next()?, words.next()?);
        let weight: f32 = words.next()?.parse().ok()?;
        if (0.0..=1.0).contains(&weight) {
            self.lexicon
                .add_stems((stem, languages[0]?), (other, languages[1]?), weight);
            self.pairs += 1;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, German};

    #[test]
    fn what_is_learned_is_read_again() {
        let pair = Learned {
            languages: [German, Dutch],
            stems: ["deich".into(), "dijk".into()],
            weight: 0.625,
        };
        let text = printed(&[pair], 40, jiff::civil::date(2026, 3, 1));
        let learned = LearnedWords::parse(&text).expect("our own version");
        assert_eq!(
            (learned.pairs, learned.passages, learned.since),
            (1, 40, Some(jiff::civil::date(2026, 3, 1)))
        );
        let meanings = learned.lexicon.meanings("dijk", Dutch, German);
        assert_eq!(meanings[0].0, "deich");
    }

    #[test]
    fn what_is_damaged_or_of_another_version_is_not_taken() {
        for (text, pairs) in [
            ("", None),
            ("beide 0 40 2026-03-01\nde nl deich dijk 0.6\n", None),
            (
                "beide 1 40 2026-03-01\nde nl deich\nxx nl a b 0.5\nde nl c d 7\n\nde nl deich dijk 0.6",
                Some(1),
            ),
        ] {
            assert_eq!(
                LearnedWords::parse(text).map(|learned| learned.pairs),
                pairs,
                "{text}"
            );
        }
    }
}
