use std::collections::HashMap;

use anyhow::{Context, Result};
use tantivy::columnar::Column;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::bits::Bits;
use super::lexicon::{Entry, Lexicon};
use super::plan::{Branch, Plan, Tree, idf};

/// BM25's usual constants.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What the second-best way to have a word still counts.
const TIE: f32 = 0.3;

/// The documents of a segment that fit, and how well.
pub struct Matches {
    /// With all the words.
    pub all: Bits,
    /// With at least one of them, `all` included.
    pub some: Bits,
    pub score: Vec<f32>,
    /// With all that must hold besides the words.
    filter: Bits,
    /// What each word with hints is worth by itself, in the order of the plan.
    unhinted: Vec<Vec<f32>>,
}

/// A segment with what is needed to judge its documents.
pub struct Segment<'a> {
    number: usize,
    reader: &'a SegmentReader,
    lexicon: &'a Lexicon,
    norms: &'a Norms,
    lengths: HashMap<Field, Option<FieldNormReader>>,
    pub columns: Columns,
}

/// What is known of each document.
pub struct Columns {
    pub row: Column<u64>,
    pub moment: Column<i64>,
    pub month: Column<u64>,
    pub language: Column<u64>,
    pub source: Column<u64>,
}

impl Columns {
    fn of(reader: &SegmentReader) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        Ok(Self {
            row: fast.u64("row")?,
            moment: fast.i64("moment")?,
            month: fast.u64("month")?,
            language: fast.u64("language")?,
            source: fast.u64("source")?,
        })
    }
}

/// What the length of a text does to the weight of its words, by field and by tantivy's code for lengths.
pub struct Norms(HashMap<Field, [f32; 256]>);

impl Norms {
    pub fn new(lexicon: &Lexicon, fields: &[Field]) -> Self {
        let tables = fields.iter().map(|field| {
            let average = lexicon.average_length(*field);
            let mut table = [0.0; 256];
            for (code, norm) in (0..=u8::MAX).zip(&mut table) {
                let length = FieldNormReader::id_to_fieldnorm(code) as f32;
                *norm = K1 * (1.0 - B + B * length / average);
            }
            (*field, table)
        });
        Self(tables.collect())
    }
}

/// A set of documents with what each is worth; no worths where all are equal.
struct Worth {
    set: Bits,
    score: Vec<f32>,
}

impl<'a> Segment<'a> {
    pub fn new(
        number: usize,
        reader: &'a SegmentReader,
        lexicon: &'a Lexicon,
        norms: &'a Norms,
    ) -> Result<Self> {
        let columns = Columns::of(reader).context("reading the index")?;
        Ok(Self {
            number,
            reader,
            lexicon,
            norms,
            lengths: HashMap::new(),
            columns,
        })
    }

    fn len(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The documents that fit a plan, its hints left aside.
    pub fn matches(&mut self, plan: &Plan) -> Result<Matches> {
        let mut filter = match self.reader.alive_bitset() {
            Some(alive) => Bits::of(self.len(), |document| alive.is_alive(document)),
            None => Bits::all(self.len()),
        };
        for tree in &plan.filters {
            filter.and(&self.set(tree)?);
        }
        if plan.clauses.is_empty() {
            return Ok(Matches {
                all: filter.clone(),
                some: filter.clone(),
                score: Vec::new(),
                filter,
                unhinted: Vec::new(),
            });
        }
        let (mut all, mut some) = (filter.clone(), Bits::none(self.len()));
        let mut score = vec![0.0; self.len() as usize];
        let mut unhinted = Vec::new();
        for clause in &plan.clauses {
            let worth = self.worth(&clause.tree)?;
            if clause.wanted {
                all.and(&worth.set);
            }
            for document in worth.set.iter() {
                score[document as usize] += worth.score.get(document as usize).copied().unwrap_or(0.0);
            }
            some.or(&worth.set);
            if !clause.hints.is_empty() {
                unhinted.push(worth.score);
            }
        }
        some.and(&filter);
        some.or(&all);
        Ok(Matches {
            all,
            some,
            score,
            filter,
            unhinted,
        })
    }

    /// Adds to what was found what the plan's hints bring; a word and its hint count once, the better of them.
    pub fn take_hints(&mut self, plan: &Plan, matches: &mut Matches) -> Result<()> {
        let hinted = plan.clauses.iter().filter(|clause| !clause.hints.is_empty());
        for (clause, own) in hinted.zip(&std::mem::take(&mut matches.unhinted)) {
            let mut hinted = self.word(&clause.hints)?;
            for document in hinted.set.iter() {
                let place = document as usize;
                let gain = hinted.score[place] - own.get(place).copied().unwrap_or(0.0);
                matches.score[place] += gain.max(0.0);
            }
            hinted.set.and(&matches.filter);
            matches.some.or(&hinted.set);
        }
        Ok(())
    }

    fn set(&mut self, tree: &Tree) -> Result<Bits> {
        let len = self.len();
        Ok(match tree {
            Tree::Word(_) | Tree::Phrase(_) => self.worth(tree)?.set,
            Tree::All(trees) => {
                let mut set = Bits::all(len);
                for tree in trees {
                    set.and(&self.set(tree)?);
                }
                set
            }
            Tree::Any(trees) => {
                let mut set = Bits::none(len);
                for tree in trees {
                    set.or(&self.set(tree)?);
                }
                set
            }
            Tree::Not(tree) => {
                let mut set = self.set(tree)?;
                set.invert();
                set
            }
            Tree::Rows(rows) => Bits::of(len, |document| {
                self.columns
                    .row
                    .first(document)
                    .is_some_and(|row| rows.contains(&row))
            }),
            Tree::Languages(languages) => Bits::of(len, |document| {
                self.columns
                    .language
                    .first(document)
                    .is_some_and(|language| languages.contains(&language))
            }),
            Tree::Sources(sources) => Bits::of(len, |document| {
                self.columns
                    .source
                    .first(document)
                    .is_some_and(|source| sources.contains(&source))
            }),
            Tree::Published(days) => Bits::of(len, |document| {
                self.columns
                    .moment
                    .first(document)
                    .is_some_and(|moment| days.contain(moment))
            }),
            Tree::Everything => Bits::all(len),
            Tree::Nothing => Bits::none(len),
        })
    }

    fn worth(&mut self, tree: &Tree) -> Result<Worth> {
        match tree {
            Tree::Word(branches) => self.word(branches),
            Tree::Phrase(ways) => self.phrase(ways),
            Tree::Any(trees) | Tree::All(trees) => {
                let mut set = self.set_of(matches!(tree, Tree::All(_)));
                let mut score = vec![0.0; self.len() as usize];
                for inner in trees {
                    let worth = self.worth(inner)?;
                    if matches!(tree, Tree::All(_)) {
                        set.and(&worth.set)
                    } else {
                        set.or(&worth.set)
                    }
                    for (sum, one) in score.iter_mut().zip(&worth.score) {
                        *sum += one;
                    }
                }
                Ok(Worth { set, score })
            }
            other => Ok(Worth {
                set: self.set(other)?,
                score: Vec::new(),
            }),
        }
    }

    fn set_of(&self, all: bool) -> Bits {
        if all {
            Bits::all(self.len())
        } else {
            Bits::none(self.len())
        }
    }

    /// The documents with a word; the best way to have it counts, the others a little.
    fn word(&mut self, branches: &[Branch]) -> Result<Worth> {
        let len = self.len() as usize;
        let (mut set, mut best, mut sum) = (Bits::none(self.len()), vec![0.0f32; len], vec![0.0f32; len]);
        let mut take = |document: u32, score: f32| {
            set.insert(document);
            let place = document as usize;
            if let (Some(best), Some(sum)) = (best.get_mut(place), sum.get_mut(place)) {
                *best = best.max(score);
                *sum += score;
            }
        };
        for branch in branches {
            match branch {
                Branch::Term {
                    entry,
                    documents,
                    weight,
                } => {
                    let worth = weight * idf(*documents as f32, self.lexicon.documents as f32) * (K1 + 1.0);
                    self.each_with(entry, worth, &mut take)?;
                }
                Branch::All { words, weight } => {
                    let mut both: Option<Worth> = None;
                    for ways in words {
                        let worth = self.word(ways)?;
                        match &mut both {
                            None => both = Some(worth),
                            Some(both) => {
                                both.set.and(&worth.set);
                                for (sum, one) in both.score.iter_mut().zip(&worth.score) {
                                    *sum += one;
                                }
                            }
                        }
                    }
                    for document in both.iter().flat_map(|both| both.set.iter()) {
                        let score = both.as_ref().and_then(|both| both.score.get(document as usize));
                        take(document, score.map_or(0.0, |score| score * weight));
                    }
                }
            }
        }
        for document in set.iter() {
            let place = document as usize;
            best[place] += TIE * (sum[place] - best[place]);
        }
        Ok(Worth { set, score: best })
    }

    /// Gives each document that has a word to `take`, with what the word is worth there; at most `worth`.
    fn each_with(&mut self, entry: &Entry, worth: f32, take: &mut impl FnMut(u32, f32)) -> Result<()> {
        let Some(Some(place)) = entry.places.get(self.number) else {
            return Ok(());
        };
        let Some(reader) = self.lexicon.reader(self.number, entry.field) else {
            return Ok(());
        };
        let mut postings = reader
            .read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)
            .context("reading the index")?;
        let table = self.norms.0.get(&entry.field);
        let lengths = self.lengths(entry.field)?;
        loop {
            let n = postings.block_len();
            if n == 0 {
                return Ok(());
            }
            for place in 0..n {
                let document = postings.doc(place);
                if document == TERMINATED {
                    return Ok(());
                }
                let code = lengths
                    .as_ref()
                    .map_or(0, |lengths| lengths.fieldnorm_id(document));
                let norm = table.map_or(K1, |table| table[usize::from(code)]);
                let times = postings.freq(place) as f32;
                take(document, worth * times / (times + norm));
            }
            postings.advance();
        }
    }

    fn lengths(&mut self, field: Field) -> Result<Option<FieldNormReader>> {
        if let Some(known) = self.lengths.get(&field) {
            return Ok(known.clone());
        }
        let read = self
            .reader
            .fieldnorms_readers()
            .get_field(field)
            .context("reading the index")?;
        self.lengths.insert(field, read.clone());
        Ok(read)
    }

    /// The documents with words side by side, in one of several languages and fields.
    fn phrase(&mut self, ways: &[Vec<Entry>]) -> Result<Worth> {
        let mut worth = Worth {
            set: Bits::none(self.len()),
            score: vec![0.0; self.len() as usize],
        };
        for entries in ways {
            self.side_by_side(entries, &mut worth)?;
        }
        Ok(worth)
    }

    fn side_by_side(&mut self, entries: &[Entry], worth: &mut Worth) -> Result<()> {
        let Some(mut postings) = self.positions(entries)? else {
            return Ok(());
        };
        let all = self.lexicon.documents as f32;
        let weight: f32 = entries.iter().map(|entry| idf(entry.documents as f32, all)).sum();
        let (mut here, mut next) = (Vec::new(), Vec::new());
        let mut document = 0;
        'documents: loop {
            for one in &mut postings {
                let reached = if one.doc() < document {
                    one.seek(document)
                } else {
                    one.doc()
                };
                if reached == TERMINATED {
                    return Ok(());
                }
                if reached > document {
                    document = reached;
                    continue 'documents;
                }
            }
            here.clear();
            for (place, one) in postings.iter_mut().enumerate() {
                next.clear();
                one.append_positions_with_offset(0, &mut next);
                if place == 0 {
                    here.append(&mut next);
                } else {
                    let offset = u32::try_from(place).unwrap_or(u32::MAX);
                    here.retain(|start: &u32| next.binary_search(&start.saturating_add(offset)).is_ok());
                }
            }
            if !here.is_empty() {
                let times = here.len() as f32;
                worth.set.insert(document);
                worth.score[document as usize] += weight * (K1 + 1.0) * times / (times + K1);
            }
            document += 1;
        }
    }

    /// A cursor for each word of a phrase; none where this segment lacks one of them.
    fn positions(&self, entries: &[Entry]) -> Result<Option<Vec<SegmentPostings>>> {
        let mut all = Vec::with_capacity(entries.len());
        for entry in entries {
            let place = entry.places.get(self.number).cloned().flatten();
            let reader = self.lexicon.reader(self.number, entry.field);
            let (Some(place), Some(reader)) = (place, reader) else {
                return Ok(None);
            };
            let postings = reader
                .read_postings_from_terminfo(&place, IndexRecordOption::WithFreqsAndPositions)
                .context("reading the index")?;
            all.push(postings);
        }
        Ok(Some(all))
    }
}
