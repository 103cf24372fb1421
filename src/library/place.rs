use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::index::Shelf;
use super::store::{Store, open_memory};
use super::{Library, OpenError};

/// Where a library is; any thread can open it there.
#[derive(Clone)]
pub struct Place {
    kind: Kind,
    /// The folders in which spelling dictionaries are looked for.
    pub(super) spelling: Arc<[PathBuf]>,
    pub(super) translate: Option<Arc<Translate>>,
}

pub use super::search::Translate;

#[derive(Clone)]
enum Kind {
    Folder(PathBuf),
    Memory(Arc<Memory>),
}

/// A library without a disk. SQLite forgets such a database with its last connection, so one is held.
struct Memory {
    name: String,
    shelf: Shelf,
    figures: Shelf,
    _kept: Mutex<Connection>,
}

impl Place {
    /// The library in a folder.
    pub fn folder(dir: &Path) -> Self {
        Self::of(Kind::Folder(dir.to_path_buf()))
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            spelling: Arc::default(),
            translate: None,
        }
    }

    /// The same with dictionaries: searches find by translated words too.
    pub fn with_translations(self, translate: Arc<Translate>) -> Self {
        Self {
            translate: Some(translate),
            ..self
        }
    }

    /// The same with folders in which spelling dictionaries may be: compounds are split by their words too.
    pub fn with_spelling(self, folders: Vec<PathBuf>) -> Self {
        Self {
            spelling: folders.into(),
            ..self
        }
    }

    /// A new library in memory.
    pub fn memory() -> Result<Self, OpenError> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let name = format!("beide-{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let kept = open_memory(&name)?;
        let shelf = Shelf::Memory(Arc::default());
        let memory = Memory {
            name,
            shelf,
            figures: Shelf::Memory(Arc::default()),
            _kept: Mutex::new(kept),
        };
        Ok(Self::of(Kind::Memory(Arc::new(memory))))
    }

    /// The folder, where it is one.
    pub fn dir(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Folder(dir) => Some(dir),
            Kind::Memory(_) => None,
        }
    }

    /// Opens the library there.
    pub fn open(&self) -> Result<Library, OpenError> {
        let store = match &self.kind {
            Kind::Folder(dir) => Store::open(dir)?,
            Kind::Memory(memory) => Store::of_memory(&memory.name)?,
        };
        let (shelf, figures) = match &self.kind {
            Kind::Folder(dir) => (
                Shelf::Folder(dir.join("index")),
                Shelf::Folder(dir.join("figures")),
            ),
            Kind::Memory(memory) => (memory.shelf.clone(), memory.figures.clone()),
        };
        Ok(Library::new(self.clone(), store, shelf, figures))
    }
}
