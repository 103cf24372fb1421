//! The spelling dictionaries that the reader has installed, read as lists of words.
//!
//! They are Hunspell's: a `.dic` with a word a line beside an `.aff` that names its encoding. What a word's flags let
//! it become is not worked out: compounds are made of the forms that stand there.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::article::Language;
use crate::text::fold;

/// A spelling dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    /// The language of its words.
    pub language: Language,
    /// Its list of words.
    pub path: PathBuf,
}

/// The largest list that is read, in bytes; the largest affix file is a part of that.
const LARGEST: u64 = 32 << 20;
const LARGEST_AFFIXES: u64 = 4 << 20;
/// The most files of a folder that are looked at.
const MOST_FILES: usize = 2_000;
/// The length of the words that are taken, in letters.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=40;

/// The folders where spelling dictionaries usually are: those of the environment, then the system's.
pub fn usual_folders() -> Vec<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let list = |name| variable(name).map(|paths| std::env::split_paths(&paths).collect::<Vec<_>>());
    let own = variable("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(variable("HOME")?).join(".local/share")));
    let shared = list("XDG_DATA_DIRS").unwrap_or_else(|| {
        ["/usr/local/share", "/usr/share", "/opt/homebrew/share"]
            .map(PathBuf::from)
            .to_vec()
    });
    let below = own.into_iter().chain(shared);
    let mut folders = list("DICPATH").unwrap_or_default();
    folders.extend(below.flat_map(|folder| [folder.join("hunspell"), folder.join("myspell/dicts")]));
    folders.retain(|folder| folder.is_absolute());
    folders
}

/// The word lists in some folders, the first of each language; that of its main country before others.
pub fn word_lists(folders: &[PathBuf]) -> Vec<WordList> {
    let mut best: BTreeMap<Language, (u8, PathBuf)> = BTreeMap::new();
    for folder in folders {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.take(MOST_FILES).map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if let Some((language, rank)) = named(&path)
                && best.get(&language).is_none_or(|(known, _)| rank < *known)
            {
                best.insert(language, (rank, path));
            }
        }
    }
    best.into_iter()
        .map(|(language, (_, path))| WordList { language, path })
        .collect()
}

/// The language of a list by its name (`de_DE.dic`), and how good it is among those of its language: 0 is the best.
fn named(path: &Path) -> Option<(Language, u8)> {
    if path.extension()? != "dic" {
        return None;
    }
    let name = path.file_stem()?.to_str()?;
    let (code, country) = name.split_once(['_', '-']).unwrap_or((name, ""));
    let language = Language::from_code(code).filter(|language| *language != Language::English)?;
    let rank = match country {
        "DE" | "NL" => 0,
        "" => 1,
        _ => 2,
    };
    Some((language, rank))
}

impl WordList {
    /// Its words, folded, each once; none where it cannot be read.
    pub fn words(&self) -> Vec<String> {
        let Some(bytes) = read(&self.path, LARGEST) else {
            return Vec::new();
        };
        let affixes = read(&self.path.with_extension("aff"), LARGEST_AFFIXES).unwrap_or_default();
        let (text, _, _) = encoding(&affixes).decode(&bytes);
        let mut words: Vec<String> = text.lines().filter_map(word).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// The word of a line: what stands before its flags.
fn word(line: &str) -> Option<String> {
    let word = line.split(['/', '\t', ' ']).next()?;
    let plain = word.chars().all(char::is_alphabetic) && LETTERS.contains(&word.chars().count());
    plain.then(|| fold(word))
}

/// The encoding that an affix file names; the first half of it is read in any.
fn encoding(affixes: &[u8]) -> &'static Encoding {
    let named = affixes.split(|byte| *byte == b'\n').find_map(|line| {
        let name = line.trim_ascii().strip_prefix(b"SET")?.trim_ascii();
        // "ISO8859-1" is no name of the web's.
        let name = name.strip_prefix(b"ISO8859").map_or_else(
            || name.to_vec(),
            |number| [b"ISO-8859".as_slice(), number].concat(),
        );
        Encoding::for_label(&name)
    });
    match named {
        Some(encoding) => encoding,
        None if affixes.is_ascii() => UTF_8,
        None => WINDOWS_1252,
    }
}

fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let file = File::open(path).ok()?;
    let meta = file.metadata().ok()?;
    if !meta.is_file() || meta.len() > most {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).expect("written");
        }
        folder
    }

    #[test]
    fn words_are_read_in_the_encoding_that_is_named() {
        let utf8 = "4\nFähre/nij\nDeich/EPS\nkm/h\nö\n12\n\nDeich\n".as_bytes();
        for (affixes, list, expected) in [
            (
                &b"SET ISO8859-1\nTRY e\n"[..],
                &b"2\nF\xe4hre/N\nStra\xdfe\n"[..],
                "fahre strasse",
            ),
            (b"# x\nSET UTF-8\n", utf8, "deich fahre km"),
            (b"", utf8, "deich fahre km"),
            (b"SET nonsense\n", b"Deich\n\xff\xfe\x00", "deich"),
            (b"", b"", ""),
        ] {
            let folder = folder(&[("de_DE.aff", affixes), ("de_DE.dic", list)]);
            let lists = word_lists(&[folder.path().to_path_buf()]);
            let words: Vec<_> = lists.iter().flat_map(WordList::words).collect();
            assert_eq!(words.join(" "), expected);
        }
    }

    #[test]
    fn of_several_lists_of_a_language_one_is_taken() {
        let folder = folder(&[
            ("de_AT.dic", b""),
            ("de_DE.dic", b""),
            ("nl.dic", b""),
            ("nl_BE.dic", b""),
            ("en_GB.dic", b""),
            ("hyph_de.dic", b""),
            ("de_DE.txt", b""),
        ]);
        let folders = [folder.path().join("none"), folder.path().to_path_buf()];
        let lists = word_lists(&folders);
        let names: Vec<_> = lists.iter().filter_map(|list| list.path.file_name()).collect();
        assert_eq!(names, ["de_DE.dic", "nl.dic"]);
    }
}
