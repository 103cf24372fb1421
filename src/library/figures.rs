//! The figures of the articles, found by unit and value.
//!
//! An index of its own, derived like that of the words and beside it, so that words are searchable before the
//! figures are read. Each figure is a term: its unit, then its value in a form that sorts.

use std::collections::HashSet;
use std::panic::catch_unwind;

use anyhow::{Context, Result};
use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{
    DocSet, Index as Tantivy, IndexSettings, IndexWriter, SegmentReader, TERMINATED, TantivyDocument, Term,
};

use super::index::{Lock, Shelf, Stamp, register};
use super::store::{Changed, Store};
use crate::figure::{Amount, Figure, extract};
use crate::query::Range;

/// The version of what stands in this index; figures themselves have none, so reading them better raises it.
const RULES: &str = "figures.1";
const BATCH: usize = 500;
const COMMIT: usize = 20_000;
const MEMORY: usize = 30_000_000;
/// The term of every article with a figure.
const ANY: &str = "any";
/// The unit under which every figure stands besides its own.
const EVERY_UNIT: &str = "*";

/// The two fields of the index.
struct Fields {
    row: Field,
    stated: Field,
}

fn schema() -> Schema {
    let mut builder = Schema::builder();
    builder.add_u64_field("row", FAST | INDEXED);
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

/// Reads all changes behind the stamp.
fn fill(index: &Tantivy, mut stamp: Stamp, store: &Store) -> Result<()> {
    let fields = Fields::of(index)?;
    let mut writer = writer(index)?;
    let mut since_commit = 0;
    loop {
        let changes = store.changes_after(stamp.change, BATCH)?;
        let changed = changes
            .articles
            .iter()
            .filter(|article| article.row != article.change);
        for row in changes
            .removed
            .iter()
            .copied()
            .chain(changed.map(|article| article.row))
        {
            writer.delete_term(Term::from_field_u64(fields.row, row.unsigned_abs()));
        }
        for (article, terms) in changes.articles.iter().zip(terms_of(&changes.articles)) {
            let mut document = TantivyDocument::default();
            document.add_u64(fields.row, article.row.unsigned_abs());
            document.add_text(fields.stated, terms);
            writer
                .add_document(document)
                .context("writing the index of figures")?;
        }
        since_commit += changes.articles.len();
        let finished = stamp.change == changes.up_to;
        stamp.change = changes.up_to;
        if finished || since_commit >= COMMIT {
            commit(&mut writer, &stamp)?;
            since_commit = 0;
        }
        if finished {
            return writer
                .wait_merging_threads()
                .context("writing the index of figures");
        }
    }
}

/// The terms of each article, read on two threads: this is the slowest step of an import.
fn terms_of(articles: &[Changed]) -> Vec<String> {
    let (first, second) = articles.split_at(articles.len() / 2);
    let read = |articles: &[Changed]| articles.iter().map(terms).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| read(second));
        let mut all = read(first);
        match beside.join() {
            Ok(more) => all.extend(more),
            // Whatever stopped the other thread, this one will meet and report.
            Err(_) => all.extend(read(second)),
        }
        all
    })
}

fn terms(article: &Changed) -> String {
    let Some(language) = article.language else {
        return String::new();
    };
    let mut terms = String::new();
    for text in [&article.title, &article.text] {
        for figure in extract(text, language, None) {
            state(&figure, &mut terms);
        }
    }
    terms
}

fn state(figure: &Figure, terms: &mut String) {
    if terms.is_empty() {
        terms.push_str(ANY);
    }
    let Some(Amount { low, high }) = figure.value.amount() else {
        return;
    };
    for value in [Some(low), high].into_iter().flatten() {
        for unit in [Some(EVERY_UNIT), figure.value.unit()].into_iter().flatten() {
            terms.push(' ');
            terms.push_str(&term(unit, value.approximate()));
        }
    }
}

/// A unit and a value; terms of one unit sort by value.
fn term(unit: &str, value: f64) -> String {
    format!("{unit}:{:016x}", tantivy::f64_to_u64(value))
}

/// The rows of the articles that state a figure within a range, or any at all.
pub fn rows(shelf: &Shelf, range: Option<&Range>) -> Result<HashSet<u64>> {
    let mut rows = HashSet::new();
    let Ok(Some((index, _))) = open(shelf) else {
        return Ok(rows);
    };
    let field = Fields::of(&index)?.stated;
    let (low, high) = match range {
        Some(range) => {
            let unit = range.unit.as_deref().unwrap_or(EVERY_UNIT);
            // A value that was typed and one that was read may differ in the last bit of their fractions.
            let play = |value: f64| {
                if value.is_finite() {
                    value.abs() * 1e-12
                } else {
                    0.0
                }
            };
            (
                term(unit, range.low - play(range.low)),
                term(unit, range.high + play(range.high)),
            )
        }
        None => (ANY.to_string(), ANY.to_string()),
    };
    let reader = index.reader().context("reading the index of figures")?;
    for segment in reader.searcher().segment_readers() {
        let column = segment
            .fast_fields()
            .u64("row")
            .context("reading the index of figures")?;
        collect(segment, field, (&low, &high), &column, &mut rows).context("reading the index of figures")?;
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
