use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::{Index as Tantivy, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::shelf::{Lock, Shelf};
use super::{BRIDGE_SIGN, Fields, Index, Stamp, VOCABULARY, language_number, rules, schema};
use crate::article::{Language, fingerprint};
use crate::library::store::{Changed, Store};
use crate::library::words::{Analyser, Census, Forms, Vocabulary, runs, word_lists};
use crate::text::{bridge_keys, fold};

/// How many changes are read from the database at once.
const BATCH: usize = 500;
/// After how many articles a commit makes them searchable, and safe from being done again.
const COMMIT: usize = 20_000;
/// What the writer may hold in memory before it writes a segment.
const MEMORY: usize = 60_000_000;
/// Of how many articles, drawn evenly, a vocabulary is made.
const CENSUS: usize = 10_000;
/// The shortest word that is looked for in other languages, in letters.
const BRIDGED: usize = 4;
/// The setting that says of how many articles the vocabulary in use was made.
const COUNTED: &str = "index.counted";

/// Indexes what is not yet, and returns how many articles that were; none where someone else is at it.
pub fn catch_up(shelf: &Shelf, store: &mut Store, spelling: &[PathBuf]) -> Result<Option<usize>> {
    let mut articles = 0;
    loop {
        let Some(lock) = shelf.try_lock()? else {
            return Ok(None);
        };
        let round = catch_up_locked(shelf, store, spelling, &lock)?;
        drop(lock);
        articles += round;
        // Who found the lock taken just before it was dropped has left his articles to us.
        if round == 0 {
            return Ok(Some(articles));
        }
    }
}

fn catch_up_locked(shelf: &Shelf, store: &mut Store, spelling: &[PathBuf], lock: &Lock) -> Result<usize> {
    let library = store.library_id()?;
    let last = store.last_change()?;
    let index = Index::open(shelf).ok().flatten();
    let usable = index
        .as_ref()
        .and_then(|index| index.stamp(&library, last).cloned());
    let (Some(index), Some(stamp)) = (index, usable) else {
        return Build::new(lock, spelling, 1, true).run(shelf, store, &mut |_, _| {});
    };
    if stamp.change == last {
        return Ok(0);
    }
    let articles = store.count_articles()?;
    if outgrown(articles, store)? {
        let backlog = store.count_changed_after(stamp.change)?;
        let generation = index.vocabulary.generation() + 1;
        let hardly_any_use = backlog > articles / 10 * 9;
        drop(index);
        Build::new(lock, spelling, generation, hardly_any_use).run(shelf, store, &mut |_, _| {})?;
        return Ok(backlog);
    }
    let mut filler = Filler::new(
        index.tantivy.clone(),
        index.fields,
        Arc::clone(&index.vocabulary),
        stamp,
    )?;
    let articles = filler.fill(store, &mut |_| {})?;
    filler.finish()?;
    Ok(articles)
}

/// Whether a library has grown so much that its compounds should be split by a new vocabulary.
///
/// Each time takes as long as indexing all of it; since they become rarer as it grows, all of them together take
/// no longer than twice that.
fn outgrown(articles: usize, store: &Store) -> Result<bool> {
    let counted = store.setting(COUNTED)?.and_then(|n| n.parse().ok()).unwrap_or(0);
    let factor = if counted < CENSUS { 2 } else { 4 };
    Ok(articles > factor * counted + 200)
}

/// Builds the index anew, once nobody else writes it; `progress` gets how many of how many articles are done.
pub fn renew(
    shelf: &Shelf,
    store: &mut Store,
    spelling: &[PathBuf],
    progress: &mut dyn FnMut(usize, usize),
) -> Result<()> {
    let lock = shelf.lock()?;
    let generation = Index::open(shelf)
        .ok()
        .flatten()
        .map_or(1, |index| index.vocabulary.generation() + 1);
    let library = store.library_id()?;
    let last = store.last_change()?;
    let usable = Index::open(shelf)
        .ok()
        .flatten()
        .is_some_and(|index| index.stamp(&library, last).is_some());
    Build::new(&lock, spelling, generation, !usable).run(shelf, store, progress)?;
    Ok(())
}

/// How a new index is filled.
struct Build<'a> {
    lock: &'a Lock,
    spelling: &'a [PathBuf],
    /// The number of its vocabulary.
    generation: u32,
    /// Whether it serves before it is done, since the one in use cannot be used.
    at_once: bool,
}

impl<'a> Build<'a> {
    const fn new(lock: &'a Lock, spelling: &'a [PathBuf], generation: u32, at_once: bool) -> Self {
        Self {
            lock,
            spelling,
            generation,
            at_once,
        }
    }

    fn run(&self, shelf: &Shelf, store: &mut Store, progress: &mut dyn FnMut(usize, usize)) -> Result<usize> {
        let all = store.count_articles()?;
        let census = census(store, all)?;
        let installed: Vec<_> = word_lists(self.spelling)
            .iter()
            .map(|list| (list.language, list.words()))
            .collect();
        let vocabulary = Vocabulary::of_census(&census, self.generation, &installed);
        drop(installed);
        let number = shelf.fresh(self.lock);
        let directory = shelf.directory(number)?;
        directory
            .atomic_write(VOCABULARY.as_ref(), &vocabulary.to_bytes())
            .context("writing the index")?;
        let tantivy = Tantivy::create(directory, schema::schema(), IndexSettings::default())
            .context("creating the index")?;
        schema::register(&tantivy);
        let fields = Fields::of(&tantivy.schema())?;
        let stamp = Stamp::new(&rules(), &store.library_id()?, 0);
        let mut filler = Filler::new(tantivy, fields, Arc::new(vocabulary), stamp)?;
        if self.at_once {
            filler.commit()?;
            shelf.switch(number, self.lock)?;
        }
        let articles = filler.fill(store, &mut |done| progress(done, all))?;
        filler.finish()?;
        shelf.switch(number, self.lock)?;
        store.keep_setting(COUNTED, &all.to_string())?;
        shelf.tidy(self.lock);
        Ok(articles)
    }
}

/// In how many articles words stand, from an even sample of the library.
fn census(store: &Store, articles: usize) -> Result<Census> {
    let mut census = Census::default();
    let step = articles.div_ceil(CENSUS).max(1);
    store.sample(step, |language, title, text| {
        let Some(language) = language else { return };
        census.next_article();
        for part in [title, text] {
            for run in runs(part) {
                for word in &run.words {
                    census.count(&fold(word.of(part)), language);
                }
            }
        }
    })?;
    Ok(census)
}

/// An index being filled.
struct Filler {
    writer: IndexWriter,
    fields: Fields,
    analyser: Analyser,
    stamp: Stamp,
    since_commit: usize,
    /// The words whose bridge keys the index has from this writer.
    bridged: HashSet<u64>,
}

impl Filler {
    fn new(tantivy: Tantivy, fields: Fields, vocabulary: Arc<Vocabulary>, stamp: Stamp) -> Result<Self> {
        let writer = tantivy
            .writer_with_num_threads(1, MEMORY)
            .context("writing the index")?;
        let mut merging = tantivy::indexer::LogMergePolicy::default();
        // Deletions alone never make tantivy merge.
        merging.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merging));
        Ok(Self {
            writer,
            fields,
            analyser: Analyser::new(vocabulary),
            stamp,
            since_commit: 0,
            bridged: HashSet::new(),
        })
    }

    /// Indexes all changes behind the stamp, and returns how many articles that were.
    fn fill(&mut self, store: &Store, progress: &mut dyn FnMut(usize)) -> Result<usize> {
        let mut done = 0;
        loop {
            let changes = store.changes_after(self.stamp.change, BATCH)?;
            for row in &changes.removed {
                self.forget(*row);
            }
            for article in &changes.articles {
                self.take(article)?;
            }
            done += changes.articles.len();
            self.since_commit += changes.articles.len();
            let finished = self.stamp.change == changes.up_to;
            self.stamp.change = changes.up_to;
            if finished {
                return Ok(done);
            }
            progress(done);
            if self.since_commit >= COMMIT {
                self.commit()?;
            }
        }
    }

    fn forget(&self, row: i64) {
        let row = Term::from_field_u64(self.fields.row, row.unsigned_abs());
        self.writer.delete_term(row);
    }

    fn take(&mut self, article: &Changed) -> Result<()> {
        // The change that brought an article gave it its row: only later ones find it in the index.
        if article.row != article.change {
            self.forget(article.row);
        }
        let fields = self.fields;
        let mut document = TantivyDocument::default();
        document.add_u64(fields.row, article.row.unsigned_abs());
        document.add_i64(fields.moment, article.moment);
        document.add_u64(fields.month, month_of(article.moment));
        document.add_u64(fields.language, language_number(article.language));
        document.add_u64(fields.source, article.source.unsigned_abs());
        let mut keys = Keys {
            letter: language_letter(article.language),
            language: article.language,
            known: &mut self.bridged,
            keys: String::new(),
        };
        for (channels, text) in [(fields.title, &article.title), (fields.text, &article.text)] {
            let prepared = prepare(&mut self.analyser, text, article.language, &mut keys);
            document.add_text(channels.exact, &prepared.exact);
            document.add_text(channels.stem, &prepared.stem);
            document.add_text(channels.parts, &prepared.parts);
        }
        document.add_text(fields.bridge, &keys.keys);
        self.writer.add_document(document).context("writing the index")?;
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let mut commit = self.writer.prepare_commit().context("writing the index")?;
        commit.set_payload(&self.stamp.print());
        commit.commit().context("writing the index")?;
        self.since_commit = 0;
        Ok(())
    }

    fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.writer.wait_merging_threads().context("merging the index")
    }
}

/// The bridge keys of an article's words, each with its word, as far as the writer has not met them yet.
struct Keys<'a> {
    letter: char,
    language: Option<Language>,
    known: &'a mut HashSet<u64>,
    keys: String,
}

impl Keys<'_> {
    fn add(&mut self, word: &str) {
        let Some(language) = self.language else { return };
        let plain = word.chars().count() >= BRIDGED && word.chars().all(char::is_alphabetic);
        if !plain || !self.known.insert(fingerprint(&[language.code(), word])) {
            return;
        }
        for key in bridge_keys(&respelt(word, language), language) {
            self.keys.push(self.letter);
            self.keys.push_str(&key);
            self.keys.push(BRIDGE_SIGN);
            self.keys.push_str(word);
            self.keys.push(' ');
        }
    }
}

/// The forms of a text's words, as the index's tokenizer takes them.
#[derive(Default)]
struct Prepared {
    exact: String,
    stem: String,
    parts: String,
}

fn prepare(analyser: &mut Analyser, text: &str, language: Option<Language>, keys: &mut Keys<'_>) -> Prepared {
    let letter = language_letter(language);
    let mut prepared = Prepared::default();
    prepared.exact.reserve(text.len() * 3 / 2);
    prepared.stem.reserve(text.len() * 3 / 2);
    analyser.words(text, language, |placed| {
        let forms: &Forms = placed.forms;
        let sign = if placed.same_place { "+" } else { "" };
        let add = |channel: &mut String, sign: &str, form: &str| {
            channel.push_str(sign);
            channel.push(letter);
            channel.push_str(form);
            channel.push(' ');
        };
        add(&mut prepared.exact, sign, &forms.exact);
        if let Some(stem) = &forms.stem {
            add(&mut prepared.stem, "", stem);
        }
        for part in &forms.parts {
            add(&mut prepared.parts, "", part);
        }
        keys.add(&forms.exact);
        forms.leaves().iter().for_each(|part| keys.add(part));
    });
    prepared
}

/// A German word of the index with its umlauts again, which say more than ae, oe and ue.
pub fn respelt(word: &str, language: Language) -> String {
    if language != Language::German {
        return word.to_string();
    }
    word.replace("ae", "ä")
        .replace("oe", "ö")
        .replace("eue", "e\u{0}e")
        .replace("que", "q\u{0}e")
        .replace("ue", "ü")
        .replace('\u{0}', "u")
}

/// The letter in front of the words of a language.
pub fn language_letter(language: Option<Language>) -> char {
    match language {
        Some(Language::German) => 'd',
        Some(Language::Dutch) => 'n',
        Some(Language::English) => 'e',
        None => 'o',
    }
}

/// Months since the year 0, of a second since 1970.
pub fn month_of(moment: i64) -> u64 {
    let day = jiff::Timestamp::from_second(moment).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let day = day.to_zoned(jiff::tz::TimeZone::UTC).date();
    let months = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    months.max(0).unsigned_abs()
}
