//! Passages of two languages that say the same, kept for words to be learned from.

use anyhow::Result;
use rusqlite::params;

use crate::article::Language;
use crate::compare::Parallel;
use crate::library::store::write::Batch;
use crate::library::store::{Store, statements};

/// So many passages are kept, the newest.
const KEPT: i64 = 4_000;

impl Batch<'_> {
    /// Keeps the passages of a story instead of those it had.
    pub fn keep_parallels(&self, story: i64, passages: &[Parallel]) -> Result<()> {
        self.prepare(statements::FORGET_PARALLELS)?.execute([story])?;
        let mut keep = self.prepare(statements::KEEP_PARALLEL)?;
        for passage in passages {
            let [first, second] = passage.languages.map(Language::code);
            let [stems, others] = passage.stems.each_ref().map(|stems| stems.join(" "));
            keep.execute(params![story, format!("{first} {second}"), stems, others])?;
        }
        if !passages.is_empty() {
            self.prepare(statements::FORGET_OLD_PARALLELS)?.execute([KEPT])?;
        }
        Ok(())
    }
}

impl Store {
    /// How many passages were ever kept: the number of the last one.
    pub fn last_parallel(&self) -> Result<i64> {
        let mut statement = self.connection.prepare_cached(statements::LAST_PARALLEL)?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The passages that are kept, in the order they came.
    pub fn parallels(&self) -> Result<Vec<Parallel>> {
        let mut statement = self.connection.prepare_cached(statements::PARALLELS)?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let languages: String = row.get(0)?;
            let sides: [String; 2] = [row.get(1)?, row.get(2)?];
            let story = row.get(3)?;
            let mut codes = languages.split(' ').map(Language::from_code);
            if let (Some(Some(first)), Some(Some(second))) = (codes.next(), codes.next()) {
                found.push(Parallel {
                    languages: [first, second],
                    stems: sides.map(|stems| stems.split(' ').map(String::from).collect()),
                    story,
                });
            }
        }
        Ok(found)
    }
}
