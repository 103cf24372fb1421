use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::{Store, version};
use crate::library::Report;

impl Store {
    pub fn backup(&self, to: &Path) -> Result<()> {
        if self.file.as_deref() == Some(to) {
            bail!("a library cannot be copied onto itself");
        }
        let doing = || format!("copying the library to {}", to.display());
        // The copy gets its name only when it is whole.
        let part = to.with_extension("part");
        let mut copy = Connection::open(&part).with_context(doing)?;
        Backup::new(&self.connection, &mut copy)
            .and_then(|backup| backup.run_to_completion(1_000, Duration::ZERO, None))
            .with_context(doing)?;
        copy.close().map_err(|(_, error)| error).with_context(doing)?;
        std::fs::rename(&part, to).with_context(doing)
    }

    pub fn check(&self) -> Result<Report> {
        let mut faults = self.lines("PRAGMA integrity_check")?;
        faults.retain(|line| line != "ok");
        faults.extend(self.lines("PRAGMA foreign_key_check")?);
        let database_bytes = self.file.as_deref().map_or(0, bytes_of);
        Ok(Report {
            schema: version(&self.connection)?,
            articles: self.count()?.articles,
            database_bytes,
            faults,
            ..Report::default()
        })
    }

    fn lines(&self, pragma: &str) -> Result<Vec<String>> {
        let mut statement = self.connection.prepare(pragma)?;
        let lines = statement.query_map([], |row| row.get(0))?;
        lines.collect::<Result<_, _>>().context("checking the database")
    }
}

/// The size of a database with its log.
fn bytes_of(file: &Path) -> u64 {
    let size = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    size(file) + size(Path::new(&log))
}
