//! A dictionary of the DICT project on disk: an index of words, and a text that may be packed.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::read::{DeflateDecoder, GzDecoder};

/// The longest index and the longest text that are read, in bytes; of longer ones the beginning.
const LONGEST_INDEX: u64 = 64 << 20;
const LONGEST_TEXT: u64 = 256 << 20;
/// The longest entry, in bytes; of longer ones the beginning.
const LONGEST_ENTRY: u64 = 32 << 10;

/// The two files of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictd {
    index: PathBuf,
    text: PathBuf,
}

/// Where an entry stands in the text, unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    offset: u64,
    length: u64,
}

impl Dictd {
    /// The dictionary whose index this is, if its text stands beside it.
    pub fn beside(index: &Path) -> Option<Self> {
        let text = ["dict.dz", "dict"]
            .into_iter()
            .map(|ending| index.with_extension(ending))
            .find(|text| text.is_file())?;
        Some(Self {
            index: index.to_path_buf(),
            text,
        })
    }

    /// Both files, the index first.
    pub fn files(&self) -> [&Path; 2] {
        [&self.index, &self.text]
    }

    /// The size of the index, in bytes.
    pub fn size(&self) -> u64 {
        fs::metadata(&self.index).map_or(0, |file| file.len())
    }

    /// Reads the index; what cannot be read has no lines.
    pub fn index(&self) -> Index {
        let mut lines = Vec::new();
        if let Ok(file) = File::open(&self.index) {
            // What was read before an error serves all the same.
            let _ = file.take(LONGEST_INDEX).read_to_end(&mut lines);
        }
        Index { lines }
    }

    /// The entries at some places, as far as they can be read, in that order.
    pub fn read(&self, places: &[Place]) -> Vec<String> {
        let Ok(mut text) = Text::open(&self.text) else {
            return Vec::new();
        };
        let read = places.iter().filter_map(|place| text.at(*place).ok());
        read.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .collect()
    }

    /// The whole text, unpacked.
    pub fn whole(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Ok(file) = File::open(&self.text) {
            let _ = if is_packed(&self.text) {
                GzDecoder::new(file).take(LONGEST_TEXT).read_to_end(&mut bytes)
            } else {
                file.take(LONGEST_TEXT).read_to_end(&mut bytes)
            };
        }
        bytes
    }
}

/// The lines of an index.
pub struct Index {
    lines: Vec<u8>,
}

impl Index {
    /// The keys with the places of their entries, in order; lines that are none are passed over.
    pub fn keys(&self) -> impl Iterator<Item = (&str, Place)> {
        self.lines.split(|byte| *byte == b'\n').filter_map(|line| {
            let mut cells = std::str::from_utf8(line).ok()?.trim_end().split('\t');
            let (key, offset, length) = (cells.next()?, cells.next()?, cells.next()?);
            let place = Place {
                offset: number(offset)?,
                length: number(length)?.min(LONGEST_ENTRY),
            };
            (!key.starts_with("00database")).then_some((key, place))
        })
    }
}

impl Place {
    /// What stands there in a whole text; empty where it ends before.
    pub fn of(self, text: &[u8]) -> &[u8] {
        let start = usize::try_from(self.offset).unwrap_or(usize::MAX).min(text.len());
        let length = usize::try_from(self.length).unwrap_or(usize::MAX);
        let rest = text.get(start..).unwrap_or_default();
        rest.get(..length.min(rest.len())).unwrap_or_default()
    }
}

/// A number in the sixty-four digits of an index.
fn number(digits: &str) -> Option<u64> {
    let value = |digit: u8| match digit {
        b'A'..=b'Z' => Some(digit - b'A'),
        b'a'..=b'z' => Some(digit - b'a' + 26),
        b'0'..=b'9' => Some(digit - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    digits
        .bytes()
        .try_fold(0, |number, digit| Some(number << 6 | u64::from(value(digit)?)))
}

fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "dz")
}

/// A text that entries are read from one by one.
enum Text {
    /// As it is.
    Plain(File),
    /// Packed in pieces that can be unpacked each by itself.
    Pieces { file: File, pieces: Pieces },
    /// Packed as a whole.
    Whole(Vec<u8>),
}

impl Text {
    fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if !is_packed(path) {
            return Ok(Self::Plain(file));
        }
        if let Some(pieces) = Pieces::read(&mut file)? {
            return Ok(Self::Pieces { file, pieces });
        }
        file.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        let _ = GzDecoder::new(file).take(LONGEST_TEXT).read_to_end(&mut bytes);
        Ok(Self::Whole(bytes))
    }

    fn at(&mut self, place: Place) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(file) => {
                file.seek(SeekFrom::Start(place.offset))?;
                let mut bytes = Vec::new();
                file.take(place.length).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::Pieces { file, pieces } => pieces.at(file, place),
            Self::Whole(bytes) => Ok(place.of(bytes).to_vec()),
        }
    }
}

/// How a packed text is divided: `dictzip` writes that into the head of its gzip files.
struct Pieces {
    /// The length of a piece, unpacked.
    length: u64,
    /// Where each piece begins in the file, and where the last ends.
    begins: Vec<u64>,
}

impl Pieces {
    /// Reads the head of a gzip file; none where it says nothing of pieces.
    fn read(file: &mut File) -> io::Result<Option<Self>> {
        const EXTRA: u8 = 4;
        const NAME: u8 = 8;
        const COMMENT: u8 = 16;
        const CHECKSUM: u8 = 2;
        let mut head = Vec::new();
        // Two lengths of sixteen bits bound the head; a name and a comment are short.
        file.take(140_000).read_to_end(&mut head)?;
        let flags = head.get(3).copied().unwrap_or(0);
        let two = |at: usize| {
            Some(u64::from(u16::from_le_bytes([
                *head.get(at)?,
                *head.get(at + 1)?,
            ])))
        };
        if !head.starts_with(&[0x1f, 0x8b]) || flags & EXTRA == 0 {
            return Ok(None);
        }
        let Some(extra) = two(10) else { return Ok(None) };
        let is_divided = head.get(12..14) == Some(b"RA") && two(16) == Some(1);
        let (Some(length), Some(count), true) = (two(18), two(20), is_divided) else {
            return Ok(None);
        };
        let mut start = 12 + usize::try_from(extra).unwrap_or(0);
        for flag in [NAME, COMMENT] {
            if flags & flag != 0 {
                let rest = head.get(start..).unwrap_or_default();
                start += rest.iter().position(|byte| *byte == 0).map_or(0, |end| end + 1);
            }
        }
        if flags & CHECKSUM != 0 {
            start += 2;
        }
        let mut begins = vec![start as u64];
        for piece in 0..usize::try_from(count).unwrap_or(0) {
            let Some(size) = two(22 + 2 * piece) else {
                return Ok(None);
            };
            begins.push(begins.last().map_or(0, |last| last + size));
        }
        Ok((length > 0).then_some(Self { length, begins }))
    }

    fn at(&self, file: &mut File, place: Place) -> io::Result<Vec<u8>> {
        let (first, last) = (
            place.offset / self.length,
            (place.offset + place.length) / self.length,
        );
        let mut bytes = Vec::new();
        for piece in first..=last {
            let Ok(number) = usize::try_from(piece) else { break };
            let Some([begin, end]) = self.begins.get(number..number + 2) else {
                break;
            };
            file.seek(SeekFrom::Start(*begin))?;
            let mut packed = Vec::new();
            file.take(end - begin).read_to_end(&mut packed)?;
            // A piece has no end of its own; what was unpacked before that is missed is all of it.
            let _ = DeflateDecoder::new(packed.as_slice())
                .take(self.length)
                .read_to_end(&mut bytes);
        }
        let within = Place {
            offset: place.offset - first * self.length,
            ..place
        };
        Ok(within.of(&bytes).to_vec())
    }
}

#[cfg(test)]
pub(super) mod testing {
    use std::io::Write;
    use std::path::Path;

    use flate2::write::{DeflateEncoder, GzEncoder};
    use flate2::{Compression, FlushCompress};

    /// How the text of a dictionary is packed.
    #[derive(Clone, Copy, Debug)]
    pub enum Packed {
        No,
        Whole,
        Pieces,
    }

    fn digits(mut number: usize) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut digits = Vec::new();
        loop {
            digits.insert(0, DIGITS[number % 64]);
            number /= 64;
            if number == 0 {
                return String::from_utf8(digits).expect("ASCII");
            }
        }
    }

    /// Writes a dictionary of entries that are divided by empty lines; the first line of each is its head.
    pub fn write(folder: &Path, name: &str, entries: &str, packed: Packed) {
        let mut text = String::from("00-database-info\nof our own\n");
        let mut index = format!("00databaseinfo\tA\t{}\n", digits(text.len()));
        for entry in entries.trim().split("\n\n") {
            let head = entry.lines().next().unwrap_or_default();
            let key = head
                .split([' ', '/', '<'])
                .next()
                .unwrap_or_default()
                .to_lowercase();
            index += &format!("{key}\t{}\t{}\n", digits(text.len()), digits(entry.len() + 1));
            text += entry;
            text.push('\n');
        }
        std::fs::write(folder.join(format!("{name}.index")), index).expect("an index");
        let file = |ending: &str| folder.join(format!("{name}.{ending}"));
        match packed {
            Packed::No => std::fs::write(file("dict"), text).expect("a text"),
            Packed::Whole => {
                let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
                gzip.write_all(text.as_bytes()).expect("in memory");
                std::fs::write(file("dict.dz"), gzip.finish().expect("in memory")).expect("a text");
            }
            Packed::Pieces => {
                std::fs::write(file("dict.dz"), in_pieces(text.as_bytes(), 50)).expect("a text")
            }
        }
    }

    /// A gzip file in pieces, as `dictzip` writes it, with a name in its head.
    fn in_pieces(text: &[u8], length: usize) -> Vec<u8> {
        let mut pieces: Vec<Vec<u8>> = Vec::new();
        let mut deflate = flate2::Compress::new(Compression::default(), false);
        for piece in text.chunks(length) {
            let mut packed = Vec::with_capacity(4 * length + 64);
            deflate
                .compress_vec(piece, &mut packed, FlushCompress::Full)
                .expect("in memory");
            pieces.push(packed);
        }
        let mut extra = b"RA".to_vec();
        extra.extend(u16::try_from(6 + 2 * pieces.len()).expect("few").to_le_bytes());
        for number in [1, length, pieces.len()]
            .into_iter()
            .chain(pieces.iter().map(Vec::len))
        {
            extra.extend(u16::try_from(number).expect("small").to_le_bytes());
        }
        let mut file = vec![0x1f, 0x8b, 8, 4 | 8, 0, 0, 0, 0, 0, 3];
        file.extend(u16::try_from(extra.len()).expect("small").to_le_bytes());
        file.extend(extra);
        file.extend(b"name\0");
        pieces.into_iter().for_each(|piece| file.extend(piece));
        file.extend(
            DeflateEncoder::new(Vec::new(), Compression::default())
                .finish()
                .expect("in memory"),
        );
        file
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{Packed, write};
    use super::*;

    const ENTRIES: &str =
        "Deich /dajx/ <masc>\ndijk, waterkering\n\nFähre\nveerpont\n\nSturm /ʃtʊrm/\n1. storm\n2. aanval";

    #[test]
    fn entries_are_read_however_the_text_is_packed() {
        for packed in [Packed::No, Packed::Whole, Packed::Pieces] {
            let folder = tempfile::tempdir().expect("a folder");
            write(folder.path(), "deu-nld", ENTRIES, packed);
            let dictionary = Dictd::beside(&folder.path().join("deu-nld.index")).expect("both files");
            let index = dictionary.index();
            let (keys, places): (Vec<&str>, Vec<Place>) = index.keys().unzip();
            assert_eq!(keys, ["deich", "fähre", "sturm"], "{packed:?}");
            let entries = dictionary.read(&places);
            assert_eq!(entries.join("\n"), format!("{ENTRIES}\n"), "{packed:?}");
            let whole = dictionary.whole();
            assert_eq!(places[1].of(&whole), "Fähre\nveerpont\n".as_bytes(), "{packed:?}");
        }
    }

    #[test]
    fn numbers_have_sixty_four_digits() {
        for (digits, expected) in [
            ("A", Some(0)),
            ("B", Some(1)),
            ("/", Some(63)),
            ("BA", Some(64)),
            ("Cw5x", Some(2 * 262_144 + 48 * 4096 + 57 * 64 + 49)),
            ("", None),
            ("-", None),
            ("AAAAAAAAAAAA", None),
        ] {
            assert_eq!(number(digits), expected, "{digits}");
        }
    }

    #[test]
    fn broken_files_give_what_they_can() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, content: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, content).expect("a file");
            path
        };
        let index = file(
            "a.index",
            b"gut\tA\tF\nohne\nschlecht\t-\t?\nfern\t/////\t/////\n\xff\xfe\tA\tB\n",
        );
        assert_eq!(Dictd::beside(&index), None);
        for text in [
            &b"hallo"[..],
            b"",
            b"\x1f\x8b",
            b"\x1f\x8b\x08\x04\0\0\0\0\0\0\xff\xffRA\xff\xff\x01\0\x05\0\xff\xff",
        ] {
            for name in ["a.dict", "a.dict.dz"] {
                let path = file(name, text);
                let dictionary = Dictd::beside(&index).expect("both files");
                let index = dictionary.index();
                let places: Vec<Place> = index.keys().map(|(_, place)| place).collect();
                assert_eq!(places.len(), 2);
                let entries = dictionary.read(&places);
                assert!(
                    entries
                        .iter()
                        .all(|entry| "hallo".starts_with(entry.trim_matches('\u{fffd}')))
                        || text != b"hallo"
                );
                let _ = dictionary.whole();
                fs::remove_file(path).expect("it was there");
            }
        }
    }
}
