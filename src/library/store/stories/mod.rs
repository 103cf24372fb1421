//! Stories kept up as articles arrive: what to look at, whom it is like, which story it joins.
//!
//! Every write to an article leaves its row in `unsettled`, in the same transaction; [`Grouping::settle`] works
//! that list off piece by piece, each in a transaction of its own. Whatever stops it, the list says what is left.

mod decide;
mod gather;
mod keep;
mod learn;
mod list;
mod parallels;
mod place;
mod weigh;

use std::sync::Arc;

use anyhow::Result;
use rusqlite::{OptionalExtension, params};

pub use gather::{Described, Gathered};

use super::write::Batch;
use super::{Store, statements};
use crate::article::Language;
use crate::story::{self, Day, Key, Profile, Reading, Statistics, Terms, When, Window};

/// What grouping remembers between two pieces of work; all of it can be read again.
#[derive(Default)]
pub struct Grouping {
    /// What articles are weighed by, with the number the database has for it.
    statistics: Option<(i64, Arc<Statistics>)>,
    window: Window,
    /// The days that `window` holds wholly, the first and the last.
    days: Option<(i32, i32)>,
    reading: Reading,
    /// Changes made through other connections, as SQLite counts them.
    others: i64,
    /// How far the list of the unsettled has been read for terms.
    read_up_to: Option<(i64, i64)>,
}

impl Grouping {
    /// Settles up to `limit` articles and says whether any are left.
    pub fn settle(&mut self, store: &mut Store, limit: usize) -> Result<bool> {
        let outcome = self.settle_some(store, limit);
        if outcome.is_err() {
            // What is remembered may not have been written.
            *self = Self::default();
        }
        outcome
    }

    fn settle_some(&mut self, store: &mut Store, limit: usize) -> Result<bool> {
        if !store.has_unsettled()? && !store.is_grouped_by_older()? {
            return Ok(false);
        }
        store.write("grouping articles into stories", |batch| {
            // Asked with the lock in hand: who wrote while we waited for it has changed what we remember.
            let others = batch.data_version()?;
            if others != self.others {
                *self = Self {
                    others,
                    reading: std::mem::take(&mut self.reading),
                    ..Self::default()
                };
            }
            if batch.is_grouped_by_older()? {
                batch.begin_anew()?;
            }
            let statistics = self.statistics(batch)?;
            if !batch.should_learn(&statistics)? {
                return self.place(batch, &statistics, limit);
            }
            if !self.read_terms(batch, limit)? {
                self.learn(batch)?;
            }
            Ok(true)
        })
    }

    /// What articles are weighed by, as the database has it.
    fn statistics(&mut self, batch: &Batch<'_>) -> Result<Arc<Statistics>> {
        let generation = batch
            .prepare(statements::GENERATION)?
            .query_row([], |row| row.get(0))?;
        if let Some((known, statistics)) = &self.statistics
            && *known == generation
        {
            return Ok(Arc::clone(statistics));
        }
        let bytes: Vec<u8> = batch
            .prepare(statements::STATISTICS)?
            .query_row([], |row| row.get(0))?;
        let statistics = Arc::new(Statistics::from_bytes(&bytes).unwrap_or_else(Statistics::shipped));
        self.window = Window::default();
        self.days = None;
        self.statistics = Some((generation, Arc::clone(&statistics)));
        Ok(statistics)
    }
}

impl Store {
    fn has_unsettled(&self) -> Result<bool> {
        let found = self
            .connection
            .prepare_cached(statements::ANY_UNSETTLED)?
            .query_row([], |_| Ok(()))
            .optional()?;
        Ok(found.is_some())
    }

    fn is_grouped_by_older(&self) -> Result<bool> {
        let mut statement = self.connection.prepare_cached(statements::GROUPED_BY)?;
        let by: u32 = statement.query_row([], |row| row.get(0))?;
        Ok(by != story::VERSION)
    }
}

impl Batch<'_> {
    fn is_grouped_by_older(&self) -> Result<bool> {
        let by: u32 = self
            .prepare(statements::GROUPED_BY)?
            .query_row([], |row| row.get(0))?;
        Ok(by != story::VERSION)
    }

    /// Forgets all that an older version derived. Stories stay as they are until their articles are settled again.
    fn begin_anew(&self) -> Result<()> {
        self.prepare(statements::FORGET_ALL_TERMS)?.execute([])?;
        self.prepare(statements::UNSETTLE_ALL)?.execute([])?;
        self.prepare(statements::FORGET_STATISTICS)?
            .execute([story::VERSION])?;
        Ok(())
    }

    /// The unsettled articles behind a place in their list, newest first.
    fn unsettled(&self, after: Option<(i64, i64)>, limit: usize) -> Result<Vec<(i64, i64)>> {
        let (moment, row) = after.unwrap_or((i64::MAX, i64::MAX));
        let mut statement = self.prepare(statements::UNSETTLED)?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let found = statement.query_map(params![moment, row, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// What is known of an article, weighed; none if it has no terms.
    fn profile(&self, key: Key, statistics: &Statistics) -> Result<Option<Profile>> {
        let mut statement = self.prepare(statements::TERMS)?;
        Ok(statement
            .query_row([key.0], |row| profile(row, statistics))
            .optional()?)
    }
}

/// Reads `day, dated, language, terms, source`.
fn profile(row: &rusqlite::Row<'_>, statistics: &Statistics) -> rusqlite::Result<Profile> {
    let (language, when, terms) = described(row)?;
    Ok(Profile {
        language,
        when,
        source: row.get(4)?,
        vector: statistics.vector(&terms),
    })
}

fn described(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Option<Language>, When, Terms)> {
    let day = Day(row.get(0)?);
    let when = if row.get(1)? {
        When::Published(day)
    } else {
        When::Added(day)
    };
    let language: Option<String> = row.get(2)?;
    let terms = Terms::from_bytes(row.get_ref(3)?.as_blob()?);
    Ok((language.as_deref().and_then(Language::from_code), when, terms))
}
