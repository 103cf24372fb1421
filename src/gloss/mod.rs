//! The dictionaries that the reader has installed: a word looked up, and which words of two languages mean the same.
//!
//! They are those of the DICT project's form (an `.index` beside a `.dict` or `.dict.dz`), as FreeDict makes them. None
//! comes with beide, and it needs none. Nothing is read before a word is looked up or articles are compared.

mod dictd;
mod entry;
mod lexicon;
mod table;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::article::Language;
use crate::text::{compound_parts, fold, stem};
use dictd::{Dictd, Index, Place};
use entry::Said;
use table::Kept;

/// The installed dictionaries; cheap to make, and to be shared between threads behind an `Arc`.
#[derive(Debug, Default)]
pub struct Dictionaries {
    folders: Vec<PathBuf>,
    cache: Option<PathBuf>,
    found: OnceLock<Vec<Dictionary>>,
    tables: [OnceLock<Option<Kept>>; 3],
}

/// An installed dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary {
    /// Its name, as its files have it: `freedict-deu-nld`.
    pub name: String,
    /// The language of its headwords.
    pub from: Language,
    /// The language of its translations.
    pub to: Language,
    files: Dictd,
}

/// What a dictionary says of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name of the dictionary.
    pub dictionary: String,
    /// The language of its translations.
    pub to: Language,
    /// The word that the entry is of, as the dictionary writes it.
    pub headword: String,
    /// How it is related to the word that was asked for.
    pub relation: Relation,
    /// Its senses in order, a line each, cleaned of whatever a terminal could obey.
    pub senses: Vec<String>,
}

/// How an entry is related to the word that was looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// It is of this word.
    Itself,
    /// It is of another form of the word: `Deichen` finds `Deich`.
    Form,
    /// It is of a part of the word, a compound: `Deichbau` finds `Deich` and `Bau`.
    Part,
}

/// The most entries of one dictionary that answer a question, and of one part of a compound.
const MOST_ENTRIES: usize = 8;
const MOST_OF_PART: usize = 2;
/// The most dictionaries of a folder.
const MOST_FILES: usize = 500;

impl Dictionaries {
    /// The dictionaries in some folders and in the folders directly below them; of two of one name the first counts.
    ///
    /// `cache` is a folder of the program's own where they may be kept in a form that is quick to read.
    pub fn of(folders: Vec<PathBuf>, cache: Option<PathBuf>) -> Self {
        Self {
            folders,
            cache,
            ..Self::default()
        }
    }

    /// The dictionaries there are, by name.
    pub fn list(&self) -> &[Dictionary] {
        self.found.get_or_init(|| found(&self.folders))
    }

    /// What the dictionaries say of a word as an article writes it; nothing where they do not know it.
    ///
    /// A dictionary that has not the word itself is asked for its other forms, then for the parts of a compound. Takes
    /// a few milliseconds, with the largest dictionaries some hundred: not for the thread that draws.
    pub fn entries(&self, word: &str, language: Language) -> Vec<Entry> {
        let word = word.trim();
        if word.is_empty() || word.len() > LONGEST_WORD {
            return Vec::new();
        }
        let own = self
            .list()
            .iter()
            .filter(|dictionary| dictionary.from == language);
        own.flat_map(|dictionary| dictionary.entries(word)).collect()
    }
}

/// The longest word that is looked up, in bytes.
const LONGEST_WORD: usize = 80;

/// The folders where dictionaries usually are: those of the environment's data folders, then the system's.
pub fn usual_folders() -> Vec<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let home = variable("HOME").map(PathBuf::from);
    let own = variable("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(home.as_ref()?.join(".local/share")));
    let mut folders: Vec<PathBuf> = own.into_iter().collect();
    if let Some(shared) = variable("XDG_DATA_DIRS") {
        folders.extend(std::env::split_paths(&shared));
    }
    folders.extend(
        [
            "/usr/share",
            "/usr/local/share",
            "/opt/homebrew/share",
            "/home/linuxbrew/.linuxbrew/share",
        ]
        .map(PathBuf::from),
    );
    let mut seen = HashSet::new();
    folders.retain(|folder| folder.is_absolute() && seen.insert(folder.clone()));
    folders.into_iter().map(|folder| folder.join("dictd")).collect()
}

/// The dictionaries in some folders, by name.
fn found(folders: &[PathBuf]) -> Vec<Dictionary> {
    let mut all: Vec<Dictionary> = Vec::new();
    for folder in folders {
        let mut here = Vec::new();
        for path in listed(folder) {
            if path.is_dir() {
                here.extend(listed(&path).iter().filter_map(|path| Dictionary::at(path)));
            } else {
                here.extend(Dictionary::at(&path));
            }
        }
        here.retain(|dictionary| all.iter().all(|known| known.name != dictionary.name));
        all.extend(here);
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all.dedup_by(|a, b| a.name == b.name);
    all
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.take(MOST_FILES).map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

impl Dictionary {
    /// The dictionary whose index is at `path`, if its name tells two languages.
    fn at(path: &Path) -> Option<Self> {
        if path.extension()? != "index" {
            return None;
        }
        let name = path.file_stem()?.to_str()?.to_string();
        let mut codes = name.rsplit(['-', '_']).map(language);
        let (to, from) = (codes.next()??, codes.next()??);
        Some(Self {
            files: Dictd::beside(path)?,
            name,
            from,
            to,
        })
    }

    fn entries(&self, word: &str) -> Vec<Entry> {
        let index = self.files.index();
        let folded = fold(word);
        let mut places = exact(&index, word, &folded);
        let mut relation = Relation::Itself;
        if places.is_empty() {
            places = of_stem(&index, &folded, &stem(word, self.from), self.from);
            relation = Relation::Form;
        }
        if places.is_empty() {
            places = of_parts(&index, &folded, self.from);
            relation = Relation::Part;
        }
        places.truncate(MOST_ENTRIES);
        let entries = self.files.read(&places);
        let said = entries.iter().map(|entry| Said::parse(entry));
        said.filter(|said| !said.senses.is_empty())
            .map(|said| Entry {
                dictionary: self.name.clone(),
                to: self.to,
                headword: said.headword,
                relation,
                senses: said.senses,
            })
            .collect()
    }
}

/// The language of a code of two or three letters, as the names of dictionaries have them.
fn language(code: &str) -> Option<Language> {
    match code {
        "deu" | "ger" | "de" => Some(Language::German),
        "nld" | "dut" | "nl" => Some(Language::Dutch),
        "eng" | "en" => Some(Language::English),
        _ => None,
    }
}

/// The entries of a word itself: those spelt just so, else those that fold to the same.
fn exact(index: &Index, word: &str, folded: &str) -> Vec<Place> {
    let lower = word.to_lowercase();
    let first = folded.chars().next();
    let mut places = Vec::new();
    let mut alike = Vec::new();
    for (key, place) in index.keys() {
        if key == lower {
            places.push(place);
        } else if begins_alike(key, first) && fold(key) == folded {
            alike.push(place);
        }
    }
    if places.is_empty() { alike } else { places }
}

/// Whether a key may fold to a word with this first letter.
fn begins_alike(key: &str, first: Option<char>) -> bool {
    let begin = key.chars().next();
    begin == first || begin.is_some_and(|c| !c.is_ascii())
}

/// The entries of words with the same stem, the shortest words first.
fn of_stem(index: &Index, folded: &str, stemmed: &str, language: Language) -> Vec<Place> {
    let first = folded.chars().next();
    let length = stemmed.len();
    let mut found: Vec<(usize, Place)> = index
        .keys()
        .filter(|(key, _)| begins_alike(key, first) && key.len() + 3 >= length && key.len() <= length + 8)
        .filter(|(key, _)| !key.contains(' ') && stem(key, language) == stemmed)
        .map(|(key, place)| (key.len(), place))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

/// The entries of the parts of a compound, in their order.
fn of_parts(index: &Index, folded: &str, language: Language) -> Vec<Place> {
    if folded.len() < SHORTEST_COMPOUND {
        return Vec::new();
    }
    // Letters at the end of a first part may be lost in the compound: Sprache, Sprachkurs.
    let within = |key: &str| {
        let stub = key
            .strip_suffix("en")
            .or_else(|| key.strip_suffix('e'))
            .unwrap_or(key);
        key.len() > 2 && folded.contains(stub)
    };
    let mut keys: Vec<(String, Place)> = index
        .keys()
        .filter(|(key, _)| key.len() <= folded.len() + 4 && !key.contains(' '))
        .map(|(key, place)| (fold(key), place))
        .filter(|(key, _)| within(key))
        .collect();
    keys.sort();
    let range = |part: &str| {
        let start = keys.partition_point(|(key, _)| key.as_str() < part);
        let end = keys.partition_point(|(key, _)| key.as_str() <= part);
        keys.get(start..end).unwrap_or_default()
    };
    let parts = compound_parts(folded, language, &|part| u32::from(!range(part).is_empty()));
    parts
        .iter()
        .flat_map(|part| range(part).iter().take(MOST_OF_PART).map(|(_, place)| *place))
        .collect()
}

/// The shortest word that is taken for a compound, in bytes.
const SHORTEST_COMPOUND: usize = 7;

#[cfg(test)]
mod tests {
    use super::dictd::testing::{Packed, write};
    use super::*;
    use Language::{Dutch, English, German};

    const GERMAN: &str = "Deich /dajç/ <masc>\n1. dijk, waterkering\n2. dam\n\nBau <masc>\nbouw\n\nFähre\nveerpont\n\n\
                          Regen /ʁ/\nregen\n\nSprache\ntaal\n\nKurs\ncursus\n\nhaltlos\n see: {leer}";

    fn dictionaries(folder: &Path) -> Dictionaries {
        fs::create_dir_all(folder.join("below")).expect("a folder");
        write(folder, "freedict-deu-nld", GERMAN, Packed::Pieces);
        write(&folder.join("below"), "eng-deu", "dyke\nDeich", Packed::No);
        write(folder, "freedict-fra-nld", "pont\nbrug", Packed::No);
        Dictionaries::of(vec![folder.to_path_buf(), folder.join("none")], None)
    }

    fn check(word: &str, language: Language, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let found = dictionaries(folder.path()).entries(word, language);
        let lines: Vec<String> = found
            .iter()
            .map(|entry| {
                format!(
                    "{:?} {} = {}",
                    entry.relation,
                    entry.headword,
                    entry.senses.join(" | ")
                )
            })
            .collect();
        assert_eq!(lines.join("; "), expected, "{word}");
    }

    #[test]
    fn dictionaries_are_known_by_their_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let dictionaries = dictionaries(folder.path());
        let list: Vec<String> = dictionaries
            .list()
            .iter()
            .map(|dictionary| format!("{} {}→{}", dictionary.name, dictionary.from, dictionary.to))
            .collect();
        assert_eq!(list, ["eng-deu en→de", "freedict-deu-nld de→nl"]);
    }

    #[test]
    fn a_word_is_looked_up_in_all_its_forms() {
        check("Deich", German, "Itself Deich = dijk, waterkering | dam");
        check("DEICH", German, "Itself Deich = dijk, waterkering | dam");
        check("Deiche", German, "Form Deich = dijk, waterkering | dam");
        check("Fähren", German, "Form Fähre = veerpont");
        check("faehre", German, "Form Fähre = veerpont");
        check(
            "Deichbau",
            German,
            "Part Deich = dijk, waterkering | dam; Part Bau = bouw",
        );
        check("Sprachkurs", German, "Part Sprache = taal; Part Kurs = cursus");
        check("dykes", English, "Form dyke = Deich");
        for nothing in ["", " ", "Zebra", "haltlos", "Kursbuchverlag", "\u{0}", "ß"] {
            check(nothing, German, "");
        }
        check("Deich", Dutch, "");
    }
}
