use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::{Index as Tantivy, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::schema::Gate;
use super::shelf::{Lock, Shelf};
use super::spelling::{Spelling, Spelt};
use super::{Fields, Index, Stamp, VOCABULARY, language_number, rules, schema};
use crate::article::fingerprint;
use crate::library::store::{Changed, Store};
use crate::library::words::{Census, Vocabulary, runs, word_lists};
use crate::text::fold;

/// How many changes are read from the database at once.
const BATCH: usize = 500;
/// After how many articles a commit makes them searchable, and safe from being done again.
const COMMIT: usize = 20_000;
/// What the writer may hold in memory before it writes a segment.
const MEMORY: usize = 60_000_000;
/// Parts of the index with so many articles are merged no more: all that is merged stands in memory.
const LARGE: usize = 30_000;
/// Of how many articles, drawn evenly, a vocabulary is made.
const CENSUS: usize = 10_000;
/// How many texts an article is for the index: its title and its text in three channels each, and its bridge keys.
const TEXTS: usize = 7;
/// The setting that says of how many articles the vocabulary in use was made.
const COUNTED: &str = "index.counted";

/// The setting that says by which installed lists it was made.
const LISTED: &str = "index.spelling";

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
    let relisted = relisted(store, spelling)?;
    if stamp.change == last && !relisted {
        return Ok(0);
    }
    let articles = store.count_articles()?;
    if relisted || outgrown(articles, store)? {
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

/// Whether spelling dictionaries were installed, changed or taken away since the vocabulary in use was made.
fn relisted(store: &Store, spelling: &[PathBuf]) -> Result<bool> {
    let used = store.setting(LISTED)?;
    Ok(used.is_some_and(|used| used != lists_in(spelling)))
}

/// What tells the installed lists from others: where they are, how long, and when they were written.
fn lists_in(spelling: &[PathBuf]) -> String {
    let mut told = String::new();
    for list in word_lists(spelling) {
        let about = std::fs::metadata(&list.path).ok();
        let written = about.as_ref().and_then(|about| about.modified().ok());
        let second = written.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
        let (length, second) = (
            about.map_or(0, |about| about.len()),
            second.map_or(0, |second| second.as_secs()),
        );
        let _ = writeln!(told, "{} {length} {second}", list.path.display());
    }
    format!("{:016x}", fingerprint(&[&told]))
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
        let listed = lists_in(self.spelling);
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
        store.keep_setting(LISTED, &listed)?;
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
    gate: Gate,
    spelling: Spelling,
    spelt: Spelt,
    stamp: Stamp,
    since_commit: usize,
}

impl Filler {
    fn new(tantivy: Tantivy, fields: Fields, vocabulary: Arc<Vocabulary>, stamp: Stamp) -> Result<Self> {
        let gate = schema::register_gated(&tantivy);
        let writer = tantivy
            .writer_with_num_threads(1, MEMORY)
            .context("writing the index")?;
        let mut merging = tantivy::indexer::LogMergePolicy::default();
        // Deletions alone never make tantivy merge.
        merging.set_del_docs_ratio_before_merge(0.3);
        merging.set_max_docs_before_merge(LARGE);
        writer.set_merge_policy(Box::new(merging));
        Ok(Self {
            writer,
            fields,
            gate,
            spelling: Spelling::new(vocabulary),
            spelt: Spelt::default(),
            stamp,
            since_commit: 0,
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
        for (channels, text) in [(fields.title, &article.title), (fields.text, &article.text)] {
            self.spelling.spell(text, article.language, &mut self.spelt);
            document.add_text(channels.exact, &self.spelt.exact);
            document.add_text(channels.stem, &self.spelt.stem);
            document.add_text(channels.parts, &self.spelt.parts);
        }
        document.add_text(fields.bridge, self.spelling.take_bridges());
        self.gate.enter(TEXTS);
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

/// Months since the year 0, of a second since 1970.
pub fn month_of(moment: i64) -> u64 {
    let day = jiff::Timestamp::from_second(moment).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let day = day.to_zoned(jiff::tz::TimeZone::UTC).date();
    let months = i64::from(day.year()) * 12 + i64::from(day.month()) - 1;
    months.max(0).unsigned_abs()
}
