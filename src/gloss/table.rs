//! The words of two languages that mean the same, in a compact form that is read in places.
//!
//! A dictionary of German and English has a hundred megabytes; a comparison asks it for a few hundred words. So its
//! single words are written once, by their stems, into buckets that are found without reading the rest.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::article::fingerprint;

/// The words of two languages, before they are written: the first language is side 0, the second side 1.
#[derive(Default)]
pub struct Draft {
    meanings: HashMap<(u8, String), Vec<(String, u8)>>,
    known: [Vec<u64>; 2],
}

/// The most meanings that are kept of a stem.
const MOST_MEANINGS: usize = 12;
/// The most stems of a draft.
const MOST_STEMS: usize = 600_000;
/// The longest stem, in bytes.
const LONGEST_STEM: usize = 60;

impl Draft {
    /// Notes that a stem of one side means a stem of the other; `weight` is of a hundred.
    pub fn add(&mut self, side: u8, stem: &str, meaning: &str, weight: u8) {
        if stem.len() > LONGEST_STEM || meaning.len() > LONGEST_STEM || self.meanings.len() >= MOST_STEMS {
            return;
        }
        let meanings = self.meanings.entry((side, stem.to_string())).or_default();
        let n_known = meanings.len();
        match meanings.iter_mut().find(|(known, _)| known == meaning) {
            Some((_, most)) => *most = weight.max(*most),
            None if n_known < MOST_MEANINGS => meanings.push((meaning.to_string(), weight)),
            None => {}
        }
    }

    /// Notes that a folded word is one of a side's own.
    pub fn know(&mut self, side: u8, folded: &str) {
        self.known[usize::from(side & 1)].push(key(folded));
    }

    /// As it is kept; `origin` tells what it was made of.
    pub fn into_bytes(mut self, origin: u64) -> Vec<u8> {
        let buckets = (self.meanings.len() / 4).next_power_of_two().max(1);
        let mut records: Vec<Vec<u8>> = vec![Vec::new(); buckets];
        let mut meanings: Vec<_> = self.meanings.into_iter().collect();
        meanings.sort_unstable();
        for ((side, stem), others) in meanings {
            let record = &mut records[bucket(side, &stem, buckets)];
            record.push(side);
            put(record, &stem);
            record.push(u8::try_from(others.len()).unwrap_or(0));
            for (other, weight) in others {
                record.push(weight);
                put(record, &other);
            }
        }
        for known in &mut self.known {
            known.sort_unstable();
            known.dedup();
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(origin.to_le_bytes());
        for number in [buckets, self.known[0].len(), self.known[1].len()] {
            bytes.extend(u32::try_from(number).unwrap_or(0).to_le_bytes());
        }
        for key in self.known.iter().flatten() {
            bytes.extend(key.to_le_bytes());
        }
        let mut at = bytes.len() + 4 * (buckets + 1);
        for record in &records {
            bytes.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
            at += record.len();
        }
        bytes.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
        records.iter().for_each(|record| bytes.extend(record));
        bytes
    }
}

/// What every table begins with; the digit is the version of its form and of what is put into it.
const MAGIC: &[u8; 8] = b"beide-1\n";
/// The length of what stands before the known words.
const HEAD: usize = 8 + 8 + 3 * 4;

fn put(record: &mut Vec<u8>, stem: &str) {
    record.push(u8::try_from(stem.len()).unwrap_or(0));
    record.extend(stem.as_bytes());
}

fn key(folded: &str) -> u64 {
    fingerprint(&[folded])
}

fn bucket(side: u8, stem: &str, buckets: usize) -> usize {
    let hash = key(stem) ^ u64::from(side);
    usize::try_from(hash % buckets.max(1) as u64).unwrap_or(0)
}

/// Where a table is.
#[derive(Clone, Debug)]
pub enum Kept {
    /// In a file.
    File(PathBuf),
    /// In memory, where no file can be written.
    Memory(Vec<u8>),
}

/// A table that is being read.
pub struct Table<'a> {
    source: Source<'a>,
    buckets: usize,
    known: [Vec<u64>; 2],
    /// Where the places of the buckets stand.
    places: u64,
}

enum Source<'a> {
    File(File),
    Memory(&'a [u8]),
}

impl Source<'_> {
    fn at(&mut self, offset: u64, length: usize) -> Option<Vec<u8>> {
        match self {
            Self::File(file) => {
                let mut bytes = vec![0; length];
                file.seek(SeekFrom::Start(offset)).ok()?;
                file.read_exact(&mut bytes).ok()?;
                Some(bytes)
            }
            Self::Memory(bytes) => {
                let start = usize::try_from(offset).ok()?;
                bytes.get(start..start.checked_add(length)?).map(<[u8]>::to_vec)
            }
        }
    }
}

/// The most words of a language that a table may know, and the longest bucket: larger ones are no tables.
const MOST_KNOWN: usize = 1_000_000;
const LONGEST_BUCKET: usize = 1 << 20;

impl<'a> Table<'a> {
    /// Opens a table; none where it is damaged, or of another version.
    pub fn open(kept: &'a Kept) -> Option<Self> {
        let mut source = match kept {
            Kept::File(path) => Source::File(File::open(path).ok()?),
            Kept::Memory(bytes) => Source::Memory(bytes),
        };
        let head = source.at(0, HEAD)?;
        if !head.starts_with(MAGIC) {
            return None;
        }
        let [buckets, first, second] = [16, 20, 24].map(|at| four(&head, at));
        let (buckets, first, second) = (buckets?, first?, second?);
        if first > MOST_KNOWN || second > MOST_KNOWN || buckets == 0 {
            return None;
        }
        let known = source.at(HEAD as u64, 8 * (first + second))?;
        let mut keys = known
            .chunks_exact(8)
            .filter_map(|key| Some(u64::from_le_bytes(*key.first_chunk()?)));
        let known = [keys.by_ref().take(first).collect(), keys.collect()];
        Some(Self {
            source,
            buckets,
            known,
            places: (HEAD + 8 * (first + second)) as u64,
        })
    }

    /// What the table at a path was made of; none where there is no such table.
    pub fn origin(path: &Path) -> Option<u64> {
        let mut head = Vec::new();
        File::open(path)
            .ok()?
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .ok()?;
        let origin = head.get(8..16).filter(|_| head.starts_with(MAGIC))?;
        Some(u64::from_le_bytes(*origin.first_chunk()?))
    }

    /// Whether a folded word is one of a side's own.
    pub fn knows(&self, side: u8, folded: &str) -> bool {
        self.known[usize::from(side & 1)]
            .binary_search(&key(folded))
            .is_ok()
    }

    /// The number of words of a side.
    pub fn n_known(&self, side: u8) -> usize {
        self.known[usize::from(side & 1)].len()
    }

    /// What a stem of one side means on the other, with weights of a hundred.
    pub fn meanings(&mut self, side: u8, stem: &str) -> Vec<(String, u8)> {
        self.bucket(side, stem)
            .and_then(|bytes| found(&bytes, side, stem))
            .unwrap_or_default()
    }

    fn bucket(&mut self, side: u8, stem: &str) -> Option<Vec<u8>> {
        let number = bucket(side, stem, self.buckets);
        let places = self.source.at(self.places + 4 * number as u64, 8)?;
        let (start, end) = (four(&places, 0)?, four(&places, 4)?);
        let length = end
            .checked_sub(start)
            .filter(|length| *length <= LONGEST_BUCKET)?;
        self.source.at(start as u64, length)
    }
}

/// The record of a stem among those of its bucket.
fn found(bytes: &[u8], side: u8, stem: &str) -> Option<Vec<(String, u8)>> {
    let mut rest = bytes;
    while !rest.is_empty() {
        let own_side = byte(&mut rest)?;
        let own = word(&mut rest)?;
        let count = byte(&mut rest)?;
        let mut meanings = Vec::with_capacity(usize::from(count));
        for _ in 0..count {
            let weight = byte(&mut rest)?;
            meanings.push((word(&mut rest)?.to_string(), weight));
        }
        if own_side == side && own == stem {
            return Some(meanings);
        }
    }
    None
}

fn byte(rest: &mut &[u8]) -> Option<u8> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(*first)
}

fn word<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let length = usize::from(byte(rest)?);
    let (word, others) = rest.split_at_checked(length)?;
    *rest = others;
    std::str::from_utf8(word).ok()
}

fn four(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
    usize::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        let mut draft = Draft::default();
        for (side, stem, meaning) in [
            (0, "deich", "dijk"),
            (0, "deich", "dam"),
            (1, "dijk", "deich"),
            (1, "brug", "bruck"),
        ] {
            draft.add(side, stem, meaning, 90);
        }
        draft.add(0, &"x".repeat(300), "dijk", 90);
        draft.know(0, "deich");
        draft.into_bytes(7)
    }

    #[test]
    fn what_was_written_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("de-nl");
        std::fs::write(&path, bytes()).expect("a file");
        assert_eq!(Table::origin(&path), Some(7));
        for kept in [Kept::File(path), Kept::Memory(bytes())] {
            let mut table = Table::open(&kept).expect("a table");
            assert_eq!(
                table.meanings(0, "deich"),
                [("dijk".to_string(), 90), ("dam".to_string(), 90)]
            );
            assert_eq!(table.meanings(1, "brug"), [("bruck".to_string(), 90)]);
            assert!(table.meanings(1, "deich").is_empty() && table.meanings(0, "").is_empty());
            assert!(table.knows(0, "deich") && !table.knows(1, "deich"));
        }
    }

    #[test]
    fn a_damaged_table_is_none_or_says_less() {
        let whole = bytes();
        for cut in 0..whole.len() {
            let kept = Kept::Memory(whole[..cut].to_vec());
            if let Some(mut table) = Table::open(&kept) {
                table.meanings(0, "deich");
            }
            let mut changed = whole.clone();
            changed[cut] ^= 0xff;
            let kept = Kept::Memory(changed);
            if let Some(mut table) = Table::open(&kept) {
                table.meanings(0, "deich");
                table.meanings(1, "brug");
            }
        }
    }
}
