use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::index::Shelf;
use super::store::{Store, open_memory};
use super::{Library, OpenError};

/// Where a library is; any thread can open it there.
#[derive(Clone)]
pub struct Place(Kind);

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
        Self(Kind::Folder(dir.to_path_buf()))
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
        Ok(Self(Kind::Memory(Arc::new(memory))))
    }

    /// The folder, where it is one.
    pub fn dir(&self) -> Option<&Path> {
        match &self.0 {
            Kind::Folder(dir) => Some(dir),
            Kind::Memory(_) => None,
        }
    }

    /// Opens the library there.
    pub fn open(&self) -> Result<Library, OpenError> {
        let store = match &self.0 {
            Kind::Folder(dir) => Store::open(dir)?,
            Kind::Memory(memory) => Store::of_memory(&memory.name)?,
        };
        let (shelf, figures) = match &self.0 {
            Kind::Folder(dir) => (
                Shelf::Folder(dir.join("index")),
                Shelf::Folder(dir.join("figures")),
            ),
            Kind::Memory(memory) => (memory.shelf.clone(), memory.figures.clone()),
        };
        Ok(Library::new(self.clone(), store, shelf, figures))
    }
}
