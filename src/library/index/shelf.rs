use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use tantivy::Directory;
use tantivy::directory::{MmapDirectory, RamDirectory};

/// Where a library's indexes stand, by number, and which of them is in use.
#[derive(Clone)]
pub enum Shelf {
    /// Folders `1`, `2`, … and a file `current` with the number in use.
    Folder(PathBuf),
    /// The same without a disk.
    Memory(Arc<Memory>),
}

/// Indexes without a disk, shared by the threads of one program.
#[derive(Default)]
pub struct Memory {
    kept: Mutex<Kept>,
    locked: AtomicBool,
}

#[derive(Default)]
struct Kept {
    current: Option<u32>,
    directories: HashMap<u32, RamDirectory>,
}

/// The right to write to a shelf's indexes, until it is dropped or the program ends however it may.
pub enum Lock {
    Folder(#[expect(dead_code, reason = "held for its lock")] File),
    Memory(Arc<Memory>),
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Self::Memory(memory) = self {
            memory.locked.store(false, Ordering::Release);
        }
    }
}

impl Shelf {
    /// The number of the index in use.
    pub fn current(&self) -> Option<u32> {
        match self {
            Self::Folder(root) => fs::read_to_string(root.join("current")).ok()?.trim().parse().ok(),
            Self::Memory(memory) => memory.kept().current,
        }
    }

    /// The right to write, unless someone else has it.
    pub fn try_lock(&self) -> Result<Option<Lock>> {
        match self {
            Self::Folder(root) => {
                fs::create_dir_all(root).context("creating the folder of the index")?;
                let file = File::create(root.join("lock")).context("opening the lock of the index")?;
                match file.try_lock() {
                    Ok(()) => Ok(Some(Lock::Folder(file))),
                    Err(fs::TryLockError::WouldBlock) => Ok(None),
                    Err(fs::TryLockError::Error(error)) => Err(error).context("locking the index"),
                }
            }
            Self::Memory(memory) => {
                let taken = memory.locked.swap(true, Ordering::Acquire);
                Ok((!taken).then(|| Lock::Memory(Arc::clone(memory))))
            }
        }
    }

    /// The right to write, waited for as long as someone else has it.
    pub fn lock(&self) -> Result<Lock> {
        loop {
            if let Some(lock) = self.try_lock()? {
                return Ok(lock);
            }
            match self {
                Self::Folder(root) => {
                    let file = File::create(root.join("lock")).context("opening the lock of the index")?;
                    file.lock().context("waiting for the lock of the index")?;
                    return Ok(Lock::Folder(file));
                }
                Self::Memory(_) => thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    pub fn directory(&self, number: u32) -> Result<Box<dyn Directory>> {
        match self {
            Self::Folder(root) => {
                let folder = root.join(number.to_string());
                fs::create_dir_all(&folder).context("creating the folder of the index")?;
                Ok(Box::new(
                    MmapDirectory::open(&folder).context("opening the folder of the index")?,
                ))
            }
            Self::Memory(memory) => {
                let mut kept = memory.kept();
                Ok(Box::new(kept.directories.entry(number).or_default().clone()))
            }
        }
    }

    /// A number that no index has had.
    pub fn fresh(&self, _lock: &Lock) -> u32 {
        self.numbers().into_iter().max().unwrap_or(0) + 1
    }

    /// Takes an index into use.
    pub fn switch(&self, number: u32, _lock: &Lock) -> Result<()> {
        match self {
            Self::Folder(root) => {
                // Renamed into place, so that whoever reads it meanwhile has the old number or the new one.
                let part = root.join("current.part");
                let mut file = File::create(&part).context("taking the new index into use")?;
                writeln!(file, "{number}").context("taking the new index into use")?;
                file.sync_all().context("taking the new index into use")?;
                fs::rename(&part, root.join("current")).context("taking the new index into use")
            }
            Self::Memory(memory) => {
                memory.kept().current = Some(number);
                Ok(())
            }
        }
    }

    /// Takes the index in use out of use, since it is damaged; the next writer fills a new one.
    pub fn abandon(&self) {
        match self {
            // If it cannot be removed, whoever opens the index next meets the damage again.
            Self::Folder(root) => drop(fs::remove_file(root.join("current"))),
            Self::Memory(memory) => memory.kept().current = None,
        }
    }

    /// Removes every index but the one in use; one that another program still reads goes with its last reader.
    pub fn tidy(&self, _lock: &Lock) {
        let current = self.current();
        for number in self
            .numbers()
            .into_iter()
            .filter(|number| Some(*number) != current)
        {
            match self {
                // What cannot be removed now is tried again the next time.
                Self::Folder(root) => drop(fs::remove_dir_all(root.join(number.to_string()))),
                Self::Memory(memory) => drop(memory.kept().directories.remove(&number)),
            }
        }
    }

    /// How many bytes it takes on disk.
    pub fn bytes(&self) -> u64 {
        match self {
            Self::Folder(root) => bytes_below(root),
            Self::Memory(_) => 0,
        }
    }

    fn numbers(&self) -> Vec<u32> {
        match self {
            Self::Folder(root) => {
                let entries = fs::read_dir(root).into_iter().flatten().flatten();
                entries
                    .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
                    .collect()
            }
            Self::Memory(memory) => memory.kept().directories.keys().copied().collect(),
        }
    }
}

impl Memory {
    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        // Each change is one assignment: a panic elsewhere leaves nothing half done.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => bytes_below(&entry.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}
