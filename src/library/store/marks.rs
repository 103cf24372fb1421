use anyhow::Result;
use rusqlite::{OptionalExtension, params};

use super::write::{Batch, joined, tags_of};
use super::{Store, statements};
use crate::article::ArticleId;
use crate::library::{Mark, State};

impl Store {
    pub fn mark(&mut self, ids: &[ArticleId], mark: &Mark) -> Result<Vec<(ArticleId, Mark)>> {
        self.write("marking articles", |batch| {
            let before = ids.iter().map(|id| batch.mark(id, mark));
            Ok(before
                .collect::<Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect())
        })
    }

    pub fn mark_each(&mut self, marks: &[(ArticleId, Mark)]) -> Result<Vec<(ArticleId, Mark)>> {
        self.write("marking articles", |batch| {
            let before = marks.iter().rev().map(|(id, mark)| batch.mark(id, mark));
            Ok(before
                .collect::<Result<Vec<_>>>()?
                .into_iter()
                .flatten()
                .collect())
        })
    }

    pub fn keep_compared(&mut self, ids: &[ArticleId]) -> Result<()> {
        self.write("remembering what was compared", |batch| {
            let mut statement = batch.prepare(statements::INSERT_COMPARED)?;
            for id in ids {
                statement.execute([&id.0])?;
            }
            Ok(())
        })
    }

    pub fn keep_setting(&mut self, name: &str, value: &str) -> Result<()> {
        self.write("keeping a setting", |batch| {
            batch.prepare(statements::KEEP_SETTING)?.execute([name, value])?;
            Ok(())
        })
    }
}

impl Batch<'_> {
    /// Marks one article and returns what undoes it; none where it is not there or is like that already.
    fn mark(&mut self, id: &ArticleId, mark: &Mark) -> Result<Option<(ArticleId, Mark)>> {
        let found = self
            .prepare(statements::STATE)?
            .query_row([&id.0], |row| {
                let state = State {
                    read: row.get(1)?,
                    starred: row.get(2)?,
                    note: row.get(4)?,
                };
                let tags: String = row.get(3)?;
                Ok((
                    row.get::<_, i64>(0)?,
                    state,
                    tags_of(&tags),
                    row.get::<_, i64>(5)?,
                ))
            })
            .optional()?;
        let Some((row, state, tags, moment)) = found else {
            return Ok(None);
        };
        let before = match mark {
            Mark::Read(read) => {
                self.prepare(statements::SET_READ)?.execute(params![row, read])?;
                self.tally("unread", i64::from(state.read) - i64::from(*read));
                Mark::Read(state.read)
            }
            Mark::Starred(starred) => {
                self.prepare(statements::SET_STARRED)?
                    .execute(params![row, starred])?;
                self.tally("starred", i64::from(*starred) - i64::from(state.starred));
                Mark::Starred(state.starred)
            }
            Mark::Tags(wanted) => {
                self.prepare(statements::SET_TAGS)?
                    .execute(params![row, joined(wanted)])?;
                self.replace_tags(row, (moment, &tags), (moment, wanted))?;
                Mark::Tags(tags)
            }
            Mark::Note(note) => {
                self.prepare(statements::SET_NOTE)?.execute(params![row, note])?;
                Mark::Note(state.note)
            }
        };
        Ok((before != *mark).then(|| (id.clone(), before)))
    }
}
