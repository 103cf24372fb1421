use anyhow::Result;
use jiff::Timestamp;
use rusqlite::params;

use super::packed::Text;
use super::write::Batch;
use super::{Store, statements};
use crate::article::ArticleId;
use crate::library::Revision;

/// The most versions of an article that are kept beside the present one; running reports change every few minutes.
const MOST: i64 = 20;

impl Store {
    pub fn revisions(&self, id: &ArticleId) -> Result<Vec<Revision>> {
        let Some(row) = self.row(id)? else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(statements::REVISIONS)?;
        let found = statement.query_map([row], |row| {
            Ok(Revision {
                until: Timestamp::from_second(row.get(0)?).unwrap_or_default(),
                title: row.get(1)?,
                text: row.get::<_, Text>(2)?.0,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}

impl Batch<'_> {
    /// Keeps an article as it stands, before it is changed.
    pub fn keep_revision(&self, row: i64, now: Timestamp) -> Result<()> {
        let last: i64 = self
            .prepare(statements::LAST_REVISION)?
            .query_row([row], |found| found.get(0))?;
        self.prepare(statements::INSERT_REVISION)?
            .execute(params![row, last + 1, now.as_second()])?;
        if last >= MOST {
            self.prepare(statements::DELETE_REVISIONS)?
                .execute([row, last + 1 - MOST])?;
        }
        Ok(())
    }
}
