//! The database: connection, versions, and the steps behind each of the library's functions.

mod changes;
mod corrections;
mod feeds;
mod lists;
mod marks;
mod packed;
mod pages;
mod revisions;
mod statements;
mod stories;
mod upkeep;
mod write;

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rusqlite::{Connection, ErrorCode, OpenFlags};

pub use changes::Changed;

use super::OpenError;

/// The version that this program writes.
const VERSION: u32 = 8;
/// How long others may hold the database before we give up.
const PATIENCE: Duration = Duration::from_secs(20);
/// `PRAGMA application_id` of our databases: "beid".
const APPLICATION: i32 = i32::from_be_bytes(*b"beid");
/// What brings a database of version n to n + 1, from version 1.
const MIGRATIONS: &[&str] = &[
    include_str!("stories.sql"),
    include_str!("feeds.sql"),
    include_str!("corrections.sql"),
    include_str!("authors.sql"),
    include_str!("texts.sql"),
    include_str!("compared.sql"),
    include_str!("parallel.sql"),
];

pub use stories::{Described, Gathered, Grouping};

/// The database of a library.
pub struct Store {
    connection: Connection,
    file: Option<PathBuf>,
}

impl Store {
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        std::fs::create_dir_all(dir).map_err(|error| refused(error, dir))?;
        let file = dir.join("library.db");
        let connection = Connection::open(&file).map_err(|error| explained(error, &file))?;
        prepare(&connection).map_err(|error| explained(error, &file))?;
        let mut store = Self {
            connection,
            file: Some(file),
        };
        store.bring_to_version()?;
        Ok(store)
    }

    pub fn of_memory(name: &str) -> Result<Self, OpenError> {
        let mut store = Self {
            connection: open_memory(name)?,
            file: None,
        };
        store.bring_to_version()?;
        Ok(store)
    }

    /// Creates the tables of an empty database, brings an old one forward, and refuses a newer one.
    fn bring_to_version(&mut self) -> Result<(), OpenError> {
        let file = self.file.clone().unwrap_or_default();
        let in_words = |error| explained(error, &file);
        let found = version(&self.connection).map_err(in_words)?;
        if found == VERSION {
            return Ok(());
        }
        if found > VERSION {
            return Err(OpenError::Newer {
                found,
                known: VERSION,
            });
        }
        if found > 0 {
            self.copy_before_migration(found)?;
        }
        let transaction = self
            .connection
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .map_err(in_words)?;
        // Another program may have been faster: what counts is the version now that we hold the lock.
        let found = version(&transaction).map_err(in_words)?;
        let first = (found == 0).then_some(include_str!("schema.sql"));
        let later = MIGRATIONS
            .iter()
            .skip((found as usize).saturating_sub(1))
            .copied();
        for step in first.into_iter().chain(later) {
            transaction.execute_batch(step).map_err(in_words)?;
        }
        transaction
            .pragma_update(None, "user_version", VERSION)
            .map_err(in_words)?;
        transaction
            .pragma_update(None, "application_id", APPLICATION)
            .map_err(in_words)?;
        transaction.commit().map_err(in_words)
    }

    fn copy_before_migration(&self, found: u32) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let copy = file.with_extension(format!("version-{found}.db"));
        self.backup(&copy)
            .context("copying the library before bringing it to the new version")
    }
}

/// A connection to the database in memory that goes by `name`.
pub fn open_memory(name: &str) -> Result<Connection, OpenError> {
    let flags = OpenFlags::default() | OpenFlags::SQLITE_OPEN_URI;
    // Of SQLite's two shared databases in memory, only this one waits for a lock as one on disk does.
    let connection = Connection::open_with_flags(format!("file:/{name}?vfs=memdb"), flags);
    let connection = connection.context("opening a library in memory")?;
    prepare(&connection).context("opening a library in memory")?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(128);
    // In WAL mode readers and the writer do not wait for each other. `FULL` writes the log through to the
    // disk at each commit, so that what was reported as saved survives a power cut too; a bulk import
    // commits seldom enough not to feel it, and its log grows to 16 MB before it is written into the database:
    // most pages of the indexes change again and again.
    patiently(|| {
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 4000; PRAGMA temp_store = MEMORY;",
        )
    })
}

/// Tries again while others hold a lock: where several create one database, SQLite does not wait by itself for the one that
/// turns it to WAL mode.
fn patiently<T>(mut attempt: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let end = Instant::now() + PATIENCE;
    loop {
        match attempt() {
            Err(error) if is_busy(&error) && Instant::now() < end => {
                std::thread::sleep(Duration::from_millis(fastrand::u64(5..40)));
            }
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}

fn version(connection: &Connection) -> rusqlite::Result<u32> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

fn refused(error: io::Error, dir: &Path) -> OpenError {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            OpenError::ReadOnly(dir.to_path_buf())
        }
        _ => {
            let place = format!("creating the library folder {}", dir.display());
            OpenError::Other(anyhow::Error::new(error).context(place))
        }
    }
}

fn explained(error: rusqlite::Error, file: &Path) -> OpenError {
    let folder = file.parent().unwrap_or(file);
    match error.sqlite_error_code() {
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            OpenError::ReadOnly(folder.to_path_buf())
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => OpenError::Damaged(file.to_path_buf()),
        _ => {
            let place = format!("opening the database {}", file.display());
            OpenError::Other(anyhow::Error::new(error).context(place))
        }
    }
}

#[cfg(test)]
mod growth_tests;
#[cfg(test)]
mod tests;
