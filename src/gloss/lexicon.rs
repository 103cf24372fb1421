//! What installed dictionaries tell a comparison: which words of its articles mean the same.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use super::dictd::Place;
use super::entry::{Said, one_word};
use super::table::{Draft, Kept, Table};
use super::{Dictionaries, Dictionary};
use crate::article::{Article, Language, Part, fingerprint};
use crate::compare::Lexicon;
use crate::text::{compound_parts, content_words, fold, is_function_word, stem};

/// The pairs of languages, each with a table of its own.
const PAIRS: [(Language, Language); 3] = [
    (Language::German, Language::Dutch),
    (Language::German, Language::English),
    (Language::Dutch, Language::English),
];

/// How large the indexes of a pair may be to be read while somebody waits, in bytes.
const QUICK: u64 = 2 << 20;
/// The most distinct words of an article that are looked up.
const MOST_WORDS: usize = 4_000;
/// The longest headword that a compound may have as a part, in letters.
const LONGEST_PART: usize = 14;
/// The shortest word that is taken for a compound, in letters.
const SHORTEST_COMPOUND: usize = 8;

impl Dictionaries {
    /// What the words of some articles, and the parts of their compounds, mean in the languages of the others.
    ///
    /// Small dictionaries are read when they are first needed; large ones only after [`Dictionaries::prepare`].
    pub fn lexicon(&self, articles: &[Article]) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut words: Vec<(Language, HashSet<Word>)> = Vec::new();
        for language in Language::ALL {
            let own: HashSet<Word> = articles
                .iter()
                .filter(|article| article.headline.language == Some(language))
                .flat_map(|article| words_of(article, language))
                .collect();
            if !own.is_empty() {
                words.push((language, own));
            }
        }
        for (number, (first, second)) in PAIRS.into_iter().enumerate() {
            let of = |language| words.iter().find(|(own, _)| *own == language);
            let (Some((_, words)), Some((_, others))) = (of(first), of(second)) else {
                continue;
            };
            let Some(mut table) = self.table(number, Haste::Waited).and_then(Table::open) else {
                continue;
            };
            look_up(&mut table, (0, first, second), words, &mut lexicon);
            look_up(&mut table, (1, second, first), others, &mut lexicon);
        }
        lexicon
    }

    /// The stems of words of the second language that mean the same as a word of the first, with how sure that is, up to 1.
    pub fn meanings(&self, word: &str, from: Language, to: Language) -> Vec<(String, f32)> {
        let pairs = PAIRS.into_iter().enumerate();
        let sides = pairs.filter_map(|(number, (first, second))| {
            let side = u8::from((first, second) == (to, from));
            (side == 1 || (first, second) == (from, to)).then_some((number, side))
        });
        let mut found = Vec::new();
        for (number, side) in sides {
            if let Some(mut table) = self.table(number, Haste::Waited).and_then(Table::open) {
                let meanings = table.meanings(side, &stem(word, from)).into_iter();
                found.extend(meanings.map(|(meaning, weight)| (meaning, f32::from(weight) / 100.0)));
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    /// Reads the dictionaries into the form that comparisons use, where that has not been done; large ones take seconds.
    pub fn prepare(&self) {
        for number in 0..PAIRS.len() {
            self.table(number, Haste::Background);
        }
    }

    /// For each pair of languages with dictionaries, how many words of each are known; reads the small ones.
    pub fn sizes(&self) -> Vec<((Language, Language), [usize; 2])> {
        let pairs = PAIRS.into_iter().enumerate();
        let sizes = pairs.filter_map(|(number, pair)| {
            let table = Table::open(self.table(number, Haste::Waited)?)?;
            Some((pair, [table.n_known(0), table.n_known(1)]))
        });
        sizes.collect()
    }

    /// The table of a pair of languages, made anew where its dictionaries have changed.
    fn table(&self, number: usize, haste: Haste) -> Option<&Kept> {
        let kept = self.tables.get(number)?;
        if let Some(kept) = kept.get() {
            return kept.as_ref();
        }
        let (first, second) = PAIRS[number];
        let own: Vec<&Dictionary> = self
            .list()
            .iter()
            .filter(|dictionary| {
                [(first, second), (second, first)].contains(&(dictionary.from, dictionary.to))
            })
            .collect();
        if own.is_empty() {
            return kept.get_or_init(|| None).as_ref();
        }
        let path = self
            .cache
            .as_ref()
            .map(|folder| folder.join(format!("{first}-{second}.words")));
        let origin = origin(&own);
        let is_there = path
            .as_ref()
            .is_some_and(|path| Table::origin(path) == Some(origin));
        let size: u64 = own.iter().map(|dictionary| dictionary.files.size()).sum();
        if !is_there && haste == Haste::Waited && size > QUICK {
            return None;
        }
        let make = || match path {
            Some(path) if is_there => Some(Kept::File(path)),
            path => Some(keep(path, draft(&own, first).into_bytes(origin))),
        };
        kept.get_or_init(make).as_ref()
    }
}

/// Whether somebody waits for a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Haste {
    Waited,
    Background,
}

/// Writes a table where it can be written, else it stays in memory.
fn keep(path: Option<PathBuf>, bytes: Vec<u8>) -> Kept {
    let written = path.filter(|path| {
        let beside = path.with_extension(format!("{}.new", std::process::id()));
        let folder = path.parent().map(fs::create_dir_all);
        // Whoever reads it meanwhile has the old one, whole.
        folder.is_some_and(|made| made.is_ok())
            && fs::write(&beside, &bytes).is_ok()
            && fs::rename(&beside, path).is_ok()
    });
    written.map_or(Kept::Memory(bytes), Kept::File)
}

/// What tells whether dictionaries are still the same: their files' names, lengths and times.
fn origin(dictionaries: &[&Dictionary]) -> u64 {
    let mut marks = Vec::new();
    for file in dictionaries
        .iter()
        .flat_map(|dictionary| dictionary.files.files())
    {
        let state = fs::metadata(file).map(|state| (state.len(), state.modified().ok()));
        marks.push(format!("{} {state:?}", file.display()));
    }
    let marks: Vec<&str> = marks.iter().map(String::as_str).collect();
    fingerprint(&marks)
}

/// The single words of some dictionaries by their stems; those of language `first` are side 0.
fn draft(dictionaries: &[&Dictionary], first: Language) -> Draft {
    let mut draft = Draft::default();
    for dictionary in dictionaries {
        let side = u8::from(dictionary.from != first);
        let text = dictionary.files.whole();
        let index = dictionary.files.index();
        let mut places: Vec<Place> = index.keys().map(|(_, place)| place).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let said = Said::parse(&String::from_utf8_lossy(place.of(&text)));
            add(&mut draft, side, &said, dictionary);
        }
    }
    draft
}

fn add(draft: &mut Draft, side: u8, said: &Said, dictionary: &Dictionary) {
    let Some(headword) = one_word(&said.headword) else {
        return;
    };
    let folded = fold(&headword);
    if is_function_word(&folded, dictionary.from) {
        return;
    }
    if (3..=LONGEST_PART).contains(&folded.chars().count()) {
        draft.know(side, &folded);
    }
    let own = stem(&headword, dictionary.from);
    let meanings: Vec<String> = said.words().collect();
    for meaning in &meanings {
        let folded = fold(meaning);
        if is_function_word(&folded, dictionary.to) {
            continue;
        }
        let meant = stem(meaning, dictionary.to);
        let weight = weight(meanings.len());
        draft.add(side, &own, &meant, weight);
        draft.add(1 - side, &meant, &own, weight);
        if (3..=LONGEST_PART).contains(&folded.chars().count()) {
            draft.know(1 - side, &folded);
        }
    }
}

/// How sure a translation is, of a hundred: of many each says less.
fn weight(n_meanings: usize) -> u8 {
    match n_meanings {
        0..=4 => 100,
        5..=8 => 95,
        _ => 90,
    }
}

/// A word of an article: folded, and its stem.
#[derive(PartialEq, Eq, Hash)]
struct Word {
    folded: String,
    stem: String,
}

fn words_of(article: &Article, language: Language) -> Vec<Word> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for part in [Part::Title, Part::Text] {
        let text = article.part(part);
        for word in content_words(text, language) {
            if found.len() < MOST_WORDS && seen.insert(word.folded.clone()) {
                let stem = stem(word.span.of(text), language);
                found.push(Word {
                    folded: word.folded,
                    stem,
                });
            }
        }
    }
    found
}

/// Puts what a table knows of some words into a lexicon.
fn look_up(
    table: &mut Table<'_>,
    (side, language, other): (u8, Language, Language),
    words: &HashSet<Word>,
    lexicon: &mut Lexicon,
) {
    for word in words {
        if note(table, (side, language, other), &word.stem, lexicon) {
            continue;
        }
        if word.folded.chars().count() < SHORTEST_COMPOUND {
            continue;
        }
        let parts = compound_parts(&word.folded, language, &|part| u32::from(table.knows(side, part)));
        for part in &parts {
            note(table, (side, language, other), &stem(part, language), lexicon);
        }
        if !parts.is_empty() {
            lexicon.add_compound(&word.folded, language, parts);
        }
    }
}

/// Notes what a stem means; false where that is not known.
fn note(
    table: &mut Table<'_>,
    (side, language, other): (u8, Language, Language),
    stem: &str,
    lexicon: &mut Lexicon,
) -> bool {
    let meanings = table.meanings(side, stem);
    for (meaning, weight) in &meanings {
        lexicon.add_stems((stem, language), (meaning, other), f32::from(*weight) / 100.0);
    }
    !meanings.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::dictd::testing::{Packed, write};
    use super::*;
    use crate::article::{ArticleId, Headline};
    use std::path::Path;

    const GERMAN: &str =
        "Deich <masc>\ndijk, waterkering\n\nBau <masc>\nbouw\n\nder\nde\n\nGemeinde\ngemeente";

    fn article(title: &str, language: Language) -> Article {
        let headline = Headline {
            id: ArticleId(title.to_string()),
            title: title.to_string(),
            source: String::new(),
            language: Some(language),
            published: None,
            url: None,
            tags: Vec::new(),
            author: String::new(),
        };
        Article {
            headline,
            text: String::new(),
        }
    }

    fn lexicon(folder: &Path, cache: Option<PathBuf>) -> Lexicon {
        write(folder, "deu-nld", GERMAN, Packed::Whole);
        write(folder, "nld-deu", "kade\nKai, Uferstraße", Packed::No);
        let dictionaries = Dictionaries::of(vec![folder.to_path_buf()], cache);
        dictionaries.lexicon(&[
            article("Deichbau der Gemeinden am Kai", Language::German),
            article("Nieuwe dijken langs de kade", Language::Dutch),
        ])
    }

    #[test]
    fn forms_and_compounds_reach_their_meanings() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = folder.path().join("cache");
        for cache in [
            None,
            Some(cache.clone()),
            Some(cache),
            Some("/dev/null/no".into()),
        ] {
            let lexicon = lexicon(folder.path(), cache);
            let means = |word: &str, other: &str| {
                let (word, other) = (stem(word, Language::German), stem(other, Language::Dutch));
                lexicon
                    .meanings(&word, Language::German, Language::Dutch)
                    .iter()
                    .any(|(meaning, _)| *meaning == other)
            };
            assert!(means("Gemeinden", "gemeentes") && means("Deiche", "dijken") && means("Kai", "kade"));
            assert!(!means("der", "de") && !means("Bau", "dijk") && !means("Uferstraßen", "bouw"));
            assert_eq!(lexicon.parts("deichbau", Language::German), ["deich", "bau"]);
        }
    }

    #[test]
    fn a_changed_dictionary_is_read_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = folder.path().join("cache");
        let known = |lexicon: &Lexicon| {
            !lexicon
                .meanings("gemeind", Language::German, Language::Dutch)
                .is_empty()
        };
        assert!(known(&lexicon(folder.path(), Some(cache.clone()))));
        write(folder.path(), "deu-nld", "Weg\nweg", Packed::No);
        fs::remove_file(folder.path().join("deu-nld.dict.dz")).expect("it was there");
        let dictionaries = Dictionaries::of(vec![folder.path().to_path_buf()], Some(cache));
        let articles = [
            article("Gemeinden", Language::German),
            article("weg", Language::Dutch),
        ];
        assert!(!known(&dictionaries.lexicon(&articles)));
    }
}
