//! The index: derived from the database, in numbered folders of which one is in use.
//!
//! Each commit names the last change it has seen, so whatever is stopped goes on from there. A folder that is
//! damaged, or made by other rules than ours, is left and a new one is filled.

mod schema;
mod shelf;
mod spelling;
mod write;

use std::panic::catch_unwind;
use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use tantivy::{Directory, Index as Tantivy, IndexReader, ReloadPolicy, Searcher};

pub use schema::{BRIDGE_SIGN, Channels, Fields, NO_LANGUAGE, language_number, register};
pub use shelf::{Lock, Shelf};
pub use spelling::{language_letter, respelt};
pub use write::{catch_up, renew};

use super::words::{self, Vocabulary};

/// The version of the fields and of what stands in them.
const VERSION: u32 = 2;
/// The file with the vocabulary by which the folder's compounds are split.
const VOCABULARY: &str = "vocabulary.bin";
/// What tantivy calls the list of its files.
pub const META: &str = "meta.json";

/// An index opened for reading.
pub struct Index {
    number: u32,
    directory: Box<dyn Directory>,
    meta: Vec<u8>,
    tantivy: Tantivy,
    reader: IndexReader,
    pub fields: Fields,
    pub vocabulary: Arc<Vocabulary>,
    stamp: Stamp,
}

/// What a commit says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The rules by which it was made.
    rules: String,
    /// The library it belongs to.
    library: String,
    /// The last change it has seen.
    pub change: i64,
}

impl Stamp {
    pub fn new(rules: &str, library: &str, change: i64) -> Self {
        Self {
            rules: rules.to_string(),
            library: library.to_string(),
            change,
        }
    }

    /// Reads what [`Stamp::print`] wrote.
    pub fn parse(payload: &str) -> Option<Self> {
        let mut fields = payload.split(' ');
        let (rules, library, change) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Self::new(rules, library, change.parse().ok()?))
    }

    pub fn print(&self) -> String {
        format!("{} {} {}", self.rules, self.library, self.change)
    }

    /// Whether an index with this stamp can be used and go on by `rules`, for a library whose last change is `last`.
    pub fn fits(&self, rules: &str, library: &str, last: i64) -> bool {
        self.rules == rules && self.library == library && self.change <= last
    }
}

/// The rules by which the words of articles are indexed today.
fn rules() -> String {
    format!("{VERSION}.{}", words::VERSION)
}

/// Whether the index in use can be opened and every byte of it is what was written.
pub fn is_whole(shelf: &Shelf) -> bool {
    catch_unwind(|| Index::open(shelf)).is_ok_and(|opened| match opened {
        Ok(index) => index.is_none_or(|index| index.is_whole()),
        Err(_) => false,
    })
}

impl Index {
    /// Opens the folder in use; none where there is none yet.
    ///
    /// An error says that it cannot be used any more.
    pub fn open(shelf: &Shelf) -> Result<Option<Self>> {
        let Some(number) = shelf.current() else {
            return Ok(None);
        };
        let directory = shelf.directory(number)?;
        if !directory.exists(META.as_ref()).context("opening the index")? {
            return Ok(None);
        }
        Self::open_in(directory, number).map(Some)
    }

    fn open_in(directory: Box<dyn Directory>, number: u32) -> Result<Self> {
        let meta = directory
            .atomic_read(META.as_ref())
            .context("reading the index")?;
        let tantivy = Tantivy::open(directory.clone()).context("opening the index")?;
        schema::register(&tantivy);
        let fields = Fields::of(&tantivy.schema()).context("opening an index of other fields")?;
        let payload = tantivy.load_metas().context("reading the index")?.payload;
        let stamp = payload.as_deref().and_then(Stamp::parse);
        let stamp = stamp.ok_or_else(|| anyhow!("the index does not say what it has seen"))?;
        let words = directory
            .atomic_read(VOCABULARY.as_ref())
            .context("reading the index")?;
        let vocabulary =
            Vocabulary::from_bytes(&words).ok_or_else(|| anyhow!("the index's vocabulary is damaged"))?;
        let reader = tantivy
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .context("opening the index")?;
        Ok(Self {
            number,
            directory,
            meta,
            tantivy,
            reader,
            fields,
            vocabulary: Arc::new(vocabulary),
            stamp,
        })
    }

    /// Whether it still is what `shelf` has in use, its last commit included.
    pub fn is_current(&self, shelf: &Shelf) -> bool {
        shelf.current() == Some(self.number)
            && self
                .directory
                .atomic_read(META.as_ref())
                .is_ok_and(|meta| meta == self.meta)
    }

    /// What its last commit says of itself, if it can be used for `library` at all.
    pub fn stamp(&self, library: &str, last: i64) -> Option<&Stamp> {
        Some(&self.stamp).filter(|stamp| stamp.fits(&rules(), library, last))
    }

    /// The last change it has seen.
    pub const fn seen(&self) -> i64 {
        self.stamp.change
    }

    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// Whether every byte is what was written; asked only once something went wrong, since it takes a while.
    pub fn is_whole(&self) -> bool {
        self.damaged_files().is_ok_and(|files| files.is_empty())
    }

    /// Reads every byte and names the files that are not what was written.
    pub fn damaged_files(&self) -> Result<Vec<String>> {
        let damaged = self.tantivy.validate_checksum().context("checking the index")?;
        Ok(damaged
            .into_iter()
            .map(|file| file.display().to_string())
            .collect())
    }
}
