//! The yardstick learnt anew from all that the library holds.

use std::collections::BinaryHeap;

use anyhow::Result;
use rusqlite::OptionalExtension;

use super::{Grouping, described};
use crate::article::Language;
use crate::library::store::statements;
use crate::library::store::write::Batch;
use crate::story::{Statistics, Survey, Terms};

/// A library of up to so many articles is learnt from at every change, a larger one when a tenth has changed.
const SMALL: i64 = 500;
const PART: i64 = 10;
/// So many articles a language are paired with each other to see how alike chance makes them.
const SAMPLE: usize = 120;

impl Batch<'_> {
    /// Whether the library has changed so much since `statistics` were learnt that it is time to do it again.
    pub fn should_learn(&self, statistics: &Statistics) -> Result<bool> {
        // A library that never had an article has not counted any.
        let articles: i64 = self
            .prepare(statements::ARTICLES)?
            .query_row([], |row| row.get(0))
            .optional()?
            .unwrap_or(0);
        let learnt = i64::from(statistics.articles());
        let changed = (articles - learnt).abs();
        Ok(if articles <= SMALL {
            changed > 0
        } else {
            changed * PART > learnt
        })
    }
}

impl Grouping {
    /// Learns from all articles that have terms, and has every article settled anew.
    pub fn learn(&mut self, batch: &Batch<'_>) -> Result<()> {
        let mut survey = Survey::default();
        let mut samples: [BinaryHeap<Sampled>; 4] = Default::default();
        let mut statement = batch.prepare(statements::ALL_TERMS)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (language, when, terms) = described(row)?;
            survey.count(&terms, when);
            let number = language.map_or(3, |language| language as usize);
            if let Some(sample) = samples.get_mut(number) {
                take(
                    sample,
                    Sampled {
                        content: row.get(4)?,
                        language,
                        terms,
                    },
                );
            }
        }
        let mut sample: Vec<Sampled> = samples.into_iter().flatten().collect();
        sample.sort_unstable();
        let sample: Vec<_> = sample.into_iter().map(|one| (one.language, one.terms)).collect();
        let statistics = survey.finish(&sample);
        batch
            .prepare(statements::KEEP_STATISTICS)?
            .execute([statistics.to_bytes()])?;
        batch.prepare(statements::UNSETTLE_ALL)?.execute([])?;
        self.read_up_to = None;
        Ok(())
    }
}

/// An article drawn by the fingerprint of its content: the same ones from the same library, however it came about.
struct Sampled {
    content: i64,
    language: Option<Language>,
    terms: Terms,
}

fn take(sample: &mut BinaryHeap<Sampled>, one: Sampled) {
    if sample.len() < SAMPLE {
        sample.push(one);
    } else if let Some(mut largest) = sample.peek_mut()
        && one < *largest
    {
        *largest = one;
    }
}

impl PartialEq for Sampled {
    fn eq(&self, other: &Self) -> bool {
        self.content == other.content
    }
}

impl Eq for Sampled {}

impl PartialOrd for Sampled {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sampled {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.content.cmp(&other.content)
    }
}
