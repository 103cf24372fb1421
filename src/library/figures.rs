//! The figures of the articles, found by kind, by unit and value.
//!
//! An index of its own, derived like that of the words and beside it, so that words are searchable before the
//! figures are read. Each figure is a term: its unit, then its value in a form that sorts. So is each kind of figure that an
//! article states; which ones it does, a number beside it tells without looking for them. Who reads the figures of an
//! article also gathers what its stories are found by, which takes its figures too.

use std::collections::HashSet;
use std::panic::{catch_unwind, resume_unwind};
use std::thread;

use anyhow::{Context, Result};
use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{
    DocSet, Index as Tantivy, IndexSettings, IndexWriter, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use super::index::{Lock, META, Shelf, Stamp, register};
use super::store::{Changed, Described, Gathered, Store};
use crate::figure::{Amount, Figure, Value};
use crate::query::Range;
use crate::story::Reading;

/// The version of what stands in this index; figures themselves have none, so reading them better raises it.
const RULES: &str = "figures.2";
const BATCH: usize = 500;
const COMMIT: usize = 20_000;
const MEMORY: usize = 30_000_000;
/// The term of every article with a figure.
const ANY: &str = "any";
/// The unit under which every figure stands besides its own.
const EVERY_UNIT: &str = "*";

/// The fields of the index.
struct Fields {
    row: Field,
    /// A bit for each kind of figure, in the order of the contract.
    kinds: Field,
    stated: Field,
}

fn schema() -> Schema {
    let mut builder = Schema::builder();
    builder.add_u64_field("row", FAST | INDEXED);
    builder.add_u64_field("kinds", FAST);
    let terms = TextFieldIndexing::default()
        .set_tokenizer("prepared")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    builder.add_text_field("stated", TextOptions::default().set_indexing_options(terms));
    builder.build()
}

impl Fields {
    fn of(index: &Tantivy) -> Result<Self> {
        let schema = index.schema();
        Ok(Self {
            row: schema.get_field("row")?,
            kinds: schema.get_field("kinds")?,
            stated: schema.get_field("stated")?,
        })
    }
}

/// Reads the figures of what is new or changed; does nothing where someone else is at it.
pub fn catch_up(shelf: &Shelf, store: &mut Store) -> Result<()> {
    loop {
        let Some(lock) = shelf.try_lock()? else {
            return Ok(());
        };
        let library = store.library_id()?;
        let last = store.last_change()?;
        let usable = open(shelf)
            .ok()
            .flatten()
            .filter(|(_, stamp)| stamp.fits(RULES, &library, last));
        if usable.as_ref().is_some_and(|(_, stamp)| stamp.change == last) {
            return Ok(());
        }
        let (index, stamp) = match usable {
            Some(usable) => usable,
            None => create(shelf, &lock, &library)?,
        };
        fill(&index, stamp, store)?;
        shelf.tidy(&lock);
    }
}

/// Reads all figures again, as the program reads them today, once nobody else is at it.
pub fn renew(shelf: &Shelf, store: &mut Store) -> Result<()> {
    let lock = shelf.lock()?;
    let library = store.library_id()?;
    let (index, stamp) = create(shelf, &lock, &library)?;
    fill(&index, stamp, store)?;
    shelf.tidy(&lock);
    Ok(())
}

/// Whether every byte is what was written.
pub fn is_whole(shelf: &Shelf) -> bool {
    catch_unwind(|| damaged_files(shelf)).is_ok_and(|found| found.is_ok_and(|files| files.is_empty()))
}

/// Reads every byte and names the files that are not what was written.
pub fn damaged_files(shelf: &Shelf) -> Result<Vec<String>> {
    let Some((index, _)) = open(shelf)? else {
        return Ok(Vec::new());
    };
    let damaged = index
        .validate_checksum()
        .context("checking the index of figures")?;
    Ok(damaged
        .into_iter()
        .map(|file| file.display().to_string())
        .collect())
}

fn open(shelf: &Shelf) -> Result<Option<(Tantivy, Stamp)>> {
    let Some(number) = shelf.current() else {
        return Ok(None);
    };
    let index = Tantivy::open(shelf.directory(number)?).context("opening the index of figures")?;
    register(&index);
    let payload = index
        .load_metas()
        .context("opening the index of figures")?
        .payload;
    Ok(payload
        .as_deref()
        .and_then(Stamp::parse)
        .map(|stamp| (index, stamp)))
}

fn create(shelf: &Shelf, lock: &Lock, library: &str) -> Result<(Tantivy, Stamp)> {
    let number = shelf.fresh(lock);
    let directory = shelf.directory(number)?;
    let index = Tantivy::create(directory, schema(), IndexSettings::default());
    let index = index.context("creating the index of figures")?;
    register(&index);
    let stamp = Stamp::new(RULES, library, 0);
    let mut writer = writer(&index)?;
    commit(&mut writer, &stamp)?;
    drop(writer);
    shelf.switch(number, lock)?;
    Ok((index, stamp))
}

fn writer(index: &Tantivy) -> Result<IndexWriter> {
    index
        .writer_with_num_threads(1, MEMORY)
        .context("writing the index of figures")
}

fn commit(writer: &mut IndexWriter, stamp: &Stamp) -> Result<()> {
    let mut commit = writer.prepare_commit().context("writing the index of figures")?;
    commit.set_payload(&stamp.print());
    commit.commit().context("writing the index of figures")?;
    Ok(())
}

/// Reads all changes behind the stamp: their figures for this index, and what they speak of for their stories.
fn fill(index: &Tantivy, mut stamp: Stamp, store: &mut Store) -> Result<()> {
    let fields = Fields::of(index)?;
    let mut writer = writer(index)?;
    let mut readings = <[Reading; 2]>::default();
    let mut since_commit = 0;
    let mut changes = store.changes_after(stamp.change, BATCH)?;
    while changes.up_to != stamp.change {
        stamp.change = changes.up_to;
        let next = || store.changes_after(changes.up_to, BATCH);
        let (read, next) = read_beside(&changes.articles, &mut readings, next);
        let changed = changes
            .articles
            .iter()
            .filter(|article| article.row != article.change)
            .map(|article| article.row);
        for row in changes.removed.iter().copied().chain(changed) {
            writer.delete_term(Term::from_field_u64(fields.row, row.unsigned_abs()));
        }
        for (article, read) in changes.articles.iter().zip(&read) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.row, article.row.unsigned_abs());
            document.add_u64(fields.kinds, read.stated.kinds);
            document.add_text(fields.stated, &read.stated.terms);
            writer
                .add_document(document)
                .context("writing the index of figures")?;
        }
        let gathered = changes.articles.iter().zip(&read);
        store.keep_terms(gathered.filter_map(|(article, read)| Some((article, read.gathered.as_ref()?))))?;
        since_commit += changes.articles.len();
        if since_commit >= COMMIT {
            commit(&mut writer, &stamp)?;
            since_commit = 0;
        }
        changes = next?;
    }
    commit(&mut writer, &stamp)?;
    writer
        .wait_merging_threads()
        .context("writing the index of figures")
}

/// What an article states.
#[derive(Default)]
struct Stated {
    /// A bit for each kind of figure.
    kinds: u64,
    terms: String,
}

/// What is kept of an article that was read.
struct Read {
    stated: Stated,
    /// What its stories need, where that is not there yet.
    gathered: Option<Gathered>,
}

/// Reads articles on two threads, since this is the slowest step of an import, and does something beside it.
fn read_beside<T>(
    articles: &[Changed],
    [one, other]: &mut [Reading; 2],
    beside: impl FnOnce() -> T,
) -> (Vec<Read>, T) {
    let (first, second) = articles.split_at(articles.len() / 2);
    let read = |articles: &[Changed], reading: &mut Reading| {
        let read = articles.iter().map(|article| read(article, reading));
        read.collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let halves = [
            scope.spawn(|| read(first, one)),
            scope.spawn(|| read(second, other)),
        ];
        let beside = beside();
        let [first, second] = halves.map(|half| half.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (first.into_iter().chain(second).collect(), beside)
    })
}

fn read(article: &Changed, reading: &mut Reading) -> Read {
    let parts = [article.title.as_str(), article.text.as_str()];
    let figures = Described::of(article).figures(parts);
    let mut stated = Stated::default();
    for figure in figures.iter().flatten() {
        stated.take(figure);
    }
    let gather = || Gathered::of(reading, article.language, parts, &figures);
    Read {
        stated,
        gathered: (!article.has_terms).then(gather),
    }
}

impl Stated {
    fn take(&mut self, figure: &Figure) {
        let kind = figure.value.kind();
        if self.kinds == 0 {
            self.add(ANY);
        }
        if self.kinds & bit_of(kind) == 0 {
            self.kinds |= bit_of(kind);
            self.add(kind);
        }
        let Some(Amount { low, high }) = figure.value.amount() else {
            return;
        };
        for value in [Some(low), high].into_iter().flatten() {
            for unit in [Some(EVERY_UNIT), figure.value.unit()].into_iter().flatten() {
                self.add(&term(unit, value.approximate()));
            }
        }
    }

    fn add(&mut self, term: &str) {
        self.terms.push_str(term);
        self.terms.push(' ');
    }
}

/// The bit that stands for a kind of figure.
fn bit_of(kind: &str) -> u64 {
    let place = Value::KINDS.iter().position(|known| *known == kind);
    place.map_or(0, |place| 1 << place)
}

/// A unit and a value; terms of one unit sort by value.
fn term(unit: &str, value: f64) -> String {
    format!("{unit}:{:016x}", tantivy::f64_to_u64(value))
}

/// The rows of the articles that state a figure within a range.
pub fn rows_within(shelf: &Shelf, range: &Range) -> Result<HashSet<u64>> {
    let unit = range.unit.as_deref().unwrap_or(EVERY_UNIT);
    // A value that was typed and one that was read may differ in the last bit of their fractions.
    let play = |value: f64| {
        if value.is_finite() {
            value.abs() * 1e-12
        } else {
            0.0
        }
    };
    let low = term(unit, range.low - play(range.low));
    rows(shelf, &low, &term(unit, range.high + play(range.high)))
}

/// The rows of the articles that state a figure of a kind, or any at all.
pub fn rows_with(shelf: &Shelf, kind: Option<&str>) -> Result<HashSet<u64>> {
    let term = kind.unwrap_or(ANY);
    rows(shelf, term, term)
}

/// The rows of the articles with a term between two, both included.
fn rows(shelf: &Shelf, low: &str, high: &str) -> Result<HashSet<u64>> {
    let mut rows = HashSet::new();
    let Ok(Some((index, _))) = open(shelf) else {
        return Ok(rows);
    };
    let field = index.schema().get_field("stated")?;
    let reader = index.reader().context("reading the index of figures")?;
    for segment in reader.searcher().segment_readers() {
        let column = segment
            .fast_fields()
            .u64("row")
            .context("reading the index of figures")?;
        collect(segment, field, (low, high), &column, &mut rows).context("reading the index of figures")?;
    }
    Ok(rows)
}

fn collect(
    segment: &SegmentReader,
    field: Field,
    (low, high): (&str, &str),
    column: &Column<u64>,
    rows: &mut HashSet<u64>,
) -> tantivy::Result<()> {
    let words = segment.inverted_index(field)?;
    let mut terms = words.terms().range().ge(low).le(high).into_stream()?;
    while terms.advance() {
        let mut postings = words.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
        while postings.doc() != TERMINATED {
            let document = postings.doc();
            let alive = segment
                .alive_bitset()
                .is_none_or(|alive| alive.is_alive(document));
            rows.extend(column.first(document).filter(|_| alive));
            postings.advance();
        }
    }
    Ok(())
}

/// How many articles state each kind of figure, in the order of [`Value::KINDS`].
pub type KindCounts = [usize; Value::KINDS.len()];

/// Which kinds of figures each article states, as the index had it at one moment.
#[derive(Default)]
pub struct Kinds {
    /// The index they are of, and its last commit.
    seen: Option<(u32, Vec<u8>)>,
    /// A bit for each kind, by row; the rows in order.
    stated: Vec<(u64, u64)>,
}

impl Kinds {
    /// Reads them again where the index holds others by now.
    ///
    /// An index that was made before there were kinds has none.
    pub fn renew(&mut self, shelf: &Shelf) -> Result<()> {
        let now = shelf.current().and_then(|number| {
            let meta = shelf.directory(number).ok()?.atomic_read(META.as_ref()).ok()?;
            Some((number, meta))
        });
        if now == self.seen {
            return Ok(());
        }
        self.stated.clear();
        if let Ok(Some((index, _))) = open(shelf) {
            let reader = index.reader().context("reading the index of figures")?;
            for segment in reader.searcher().segment_readers() {
                let fast = segment.fast_fields();
                let (Ok(rows), Ok(kinds)) = (fast.u64("row"), fast.u64("kinds")) else {
                    continue;
                };
                let alive = segment.doc_ids_alive();
                self.stated.extend(
                    alive.filter_map(|document| Some((rows.first(document)?, kinds.first(document)?))),
                );
            }
        }
        self.stated.sort_unstable();
        self.seen = now;
        Ok(())
    }

    /// Adds to `counts` how many of these rows' articles state each kind.
    pub fn count(&self, rows: impl Iterator<Item = u64>, counts: &mut KindCounts) {
        let mut place = 0;
        for row in rows {
            // Rows come in order more often than not.
            if self.stated.get(place).is_none_or(|(stated, _)| *stated != row) {
                place = self.stated.partition_point(|(stated, _)| *stated < row);
            }
            let kinds = self.stated.get(place).filter(|(stated, _)| *stated == row);
            let mut rest = kinds.map_or(0, |(_, kinds)| *kinds);
            place += 1;
            while let Some(count) = counts.get_mut(rest.trailing_zeros() as usize) {
                *count += 1;
                rest &= rest - 1;
            }
        }
    }
}
