use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::changes::LIBRARY;
use super::{Store, statements, version};
use crate::article::Article;
use crate::library::{Cursor, Entry, Report};

impl Store {
    pub fn backup(&self, to: &Path) -> Result<()> {
        if self.file.as_deref() == Some(to) {
            bail!("a library cannot be copied onto itself");
        }
        let doing = || format!("copying the library to {}", to.display());
        // The copy gets its name only when it is whole.
        let part = to.with_extension("part");
        // One that was stopped may have left its beginning.
        let _ = std::fs::remove_file(&part);
        let mut copy = Connection::open(&part).with_context(doing)?;
        Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(1_000, Duration::ZERO, None))
            .with_context(doing)?;
        // Put back in its place it goes on by itself; an index that had seen more must not be taken for its own.
        copy.execute("DELETE FROM setting WHERE name = ?1", [LIBRARY])
            .with_context(doing)?;
        copy.close().map_err(|(_, error)| error).with_context(doing)?;
        std::fs::rename(&part, to).with_context(doing)
    }

    /// Looks at every page; what cannot even be read is a fault like any other.
    pub fn check(&self) -> Result<Report> {
        let mut faults = Vec::new();
        for pragma in ["PRAGMA integrity_check", "PRAGMA foreign_key_check"] {
            let lines = noted(self.lines(pragma), &mut faults);
            faults.extend(lines.into_iter().filter(|line| line != "ok"));
        }
        let feeds = noted(self.subscriptions(), &mut faults);
        let troubled = feeds.iter().filter(|feed| feed.state.trouble.is_some()).count();
        Ok(Report {
            schema: version(&self.connection)?,
            articles: noted(self.count_articles(), &mut faults),
            stories: noted(self.count_stories(), &mut faults),
            unsettled: noted(self.count_unsettled(), &mut faults),
            feeds: (feeds.len(), troubled),
            database_bytes: self.file.as_deref().map_or(0, bytes_of),
            faults,
            ..Report::default()
        })
    }

    fn count_unsettled(&self) -> Result<usize> {
        let n: i64 = self
            .connection
            .prepare_cached(statements::COUNT_UNSETTLED)?
            .query_row([], |row| row.get(0))
            .context("counting what has no story yet")?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    pub fn salvage(
        &self,
        after: Option<&Cursor>,
        mut take: impl FnMut(Entry, Article) -> Result<()>,
    ) -> Result<usize> {
        let mut lost = 0;
        for row in self.rows_that_are_named() {
            let read = self.entry_of_row(row).and_then(|entry| {
                let Some(entry) = entry else { return Ok(None) };
                let text = self.text(row)?;
                Ok(Some((entry, text)))
            });
            match read {
                Ok(Some((entry, _))) if after.is_some_and(|after| entry.cursor >= *after) => {}
                Ok(Some((entry, text))) => {
                    let headline = entry.headline.clone();
                    take(entry, Article { headline, text })?;
                }
                Ok(None) => {}
                Err(_) => lost += 1,
            }
        }
        Ok(lost)
    }

    /// The rows of articles as each table and index names them, read from either end up to where it is damaged.
    fn rows_that_are_named(&self) -> BTreeSet<i64> {
        let mut named = BTreeSet::new();
        for sql in statements::ROWS_ANYHOW {
            let Ok(mut statement) = self.connection.prepare(sql) else {
                continue;
            };
            let Ok(rows) = statement.query_map([], |row| row.get::<_, i64>(0)) else {
                continue;
            };
            named.extend(rows.map_while(Result::ok));
        }
        named
    }

    fn lines(&self, pragma: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare(pragma)?;
        let lines = statement.query_map([], |row| row.get(0))?;
        lines.collect::<Result<_, _>>().context("checking the database")
    }
}

/// What was read, or nothing and another fault.
fn noted<T: Default>(read: Result<T>, faults: &mut Vec<String>) -> T {
    read.unwrap_or_else(|error| {
        faults.push(format!("{error:#}"));
        T::default()
    })
}

/// The size of a database with its log.
fn bytes_of(file: &Path) -> u64 {
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    size(file) + size(Path::new(&log))
}
