//! Questions answered: planned, evaluated segment by segment, ranked, and shown with what was found in them.

mod bits;
mod eval;
mod lexicon;
mod mark;
mod plan;
mod slips;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::time::Instant;

use anyhow::Result;
use tantivy::Searcher;
use tantivy::schema::Field;

use self::eval::{Matches, Norms, Segment};
use self::lexicon::Lexicon;
use self::mark::Marker;
use self::plan::{Plan, Planner};
use super::index::{Fields, Index, NO_LANGUAGE, Shelf};
use super::store::Store;
use super::words::Analyser;
use crate::article::Language;
use crate::query::{Facets, Hit, Hits, Notice, Page, Query, Sort};

/// Below so many articles with all the words, those with most of them follow.
const FEW: usize = 10;
/// How much the newest gain over the oldest, and after how many seconds half of it is gone.
const RECENCY: f32 = 0.15;
const HALF_LIFE: f32 = 60.0 * 86_400.0;

/// An index opened for answering, with the words met so far.
pub struct Reading {
    index: Index,
    analyser: Analyser,
    searcher: Searcher,
    lexicon: Lexicon,
    norms: Norms,
}

impl Reading {
    /// Opens the index in use; none where there is none that can be used.
    pub fn open(shelf: &Shelf) -> Option<Self> {
        let index = Index::open(shelf).ok()??;
        let searcher = index.searcher();
        let fields = word_fields(index.fields);
        let lexicon = Lexicon::new(&searcher, &fields).ok()?;
        let norms = Norms::new(&lexicon, &fields);
        let analyser = Analyser::new(index.vocabulary.clone());
        Some(Self {
            index,
            analyser,
            searcher,
            lexicon,
            norms,
        })
    }

    pub fn is_current(&self, shelf: &Shelf) -> bool {
        self.index.is_current(shelf)
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers a question; `now` is the second since 1970 that ages are counted from.
    pub fn answer(&mut self, store: &Store, query: &Query, page: Page, now: i64) -> Result<Hits> {
        let begun = Instant::now();
        let mut plan = self.plan(store, query, page.typing, !page.typing)?;
        let mut found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        if page.typing && found.total() < 3 {
            drop(found);
            plan = self.plan(store, query, true, true)?;
            found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        }
        let mut notices = query.notices.clone();
        notices.append(&mut plan.notices);
        if found.relaxed {
            notices.push(Notice::Relaxed {
                with_all: found.with_all,
            });
        }
        let ranked = found.ranked(query, &plan, page, now);
        let facets = found.facets(store)?;
        let mut hits = Vec::with_capacity(ranked.len());
        for place in ranked {
            hits.extend(hit(&mut self.analyser, store, &plan, place)?);
        }
        Ok(Hits {
            total: found.total(),
            took: begun.elapsed(),
            hits,
            notices,
            facets,
        })
    }

    fn plan(&mut self, store: &Store, query: &Query, typing: bool, forgiving: bool) -> Result<Plan> {
        let mut planner = Planner::new(&self.lexicon, self.index.fields, &mut self.analyser, store);
        planner.typing = typing;
        planner.forgiving = forgiving;
        planner.plan(query)
    }
}

fn evaluate<'a>(
    searcher: &'a Searcher,
    lexicon: &'a Lexicon,
    norms: &'a Norms,
    plan: &Plan,
) -> Result<Answer<'a>> {
    let mut segments = Vec::new();
    for (number, reader) in searcher.segment_readers().iter().enumerate() {
        let mut segment = Segment::new(number, reader, lexicon, norms)?;
        let matches = segment.matches(plan)?;
        segments.push((segment, matches));
    }
    let with_all = segments.iter().map(|(_, matches)| matches.all.count()).sum();
    let wanted = plan.clauses.iter().filter(|clause| clause.wanted).count();
    let relaxed = with_all < FEW
        && wanted > 1
        && segments
            .iter()
            .any(|(_, matches)| matches.most.count() > matches.all.count());
    Ok(Answer {
        segments,
        with_all,
        relaxed,
    })
}

fn hit(analyser: &mut Analyser, store: &Store, plan: &Plan, place: Ranked) -> Result<Option<Hit>> {
    // What was removed since the index was written is no longer there.
    let Some(entry) = store.entry_of_row(place.row.cast_signed())? else {
        return Ok(None);
    };
    let text = store.text(place.row.cast_signed())?;
    let mut marker = Marker::new(analyser, &plan.sought, entry.headline.language);
    let title_marks = marker.marks(&entry.headline.title);
    let snippet = marker.snippet(&text);
    Ok(Some(Hit {
        headline: entry.headline,
        score: place.score,
        title_marks,
        snippet,
        also: None,
    }))
}

/// All that fits, segment by segment.
struct Answer<'a> {
    segments: Vec<(Segment<'a>, Matches)>,
    with_all: usize,
    relaxed: bool,
}

/// A document in the order of an answer, greater ones first.
#[derive(Clone, Copy, PartialEq)]
struct Ranked {
    with_all: bool,
    score: f32,
    moment: i64,
    row: u64,
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |ranked: &Self| (ranked.moment, ranked.row);
        let by_score = self
            .with_all
            .cmp(&other.with_all)
            .then(self.score.total_cmp(&other.score));
        by_score.then_with(|| key(self).cmp(&key(other)))
    }
}

impl Answer<'_> {
    fn total(&self) -> usize {
        let most = || {
            self.segments
                .iter()
                .map(|(_, matches)| matches.most.count())
                .sum()
        };
        if self.relaxed { most() } else { self.with_all }
    }

    fn fitting<'b>(&self, matches: &'b Matches) -> &'b bits::Bits {
        if self.relaxed { &matches.most } else { &matches.all }
    }

    /// The documents of a page, best first.
    fn ranked(&self, query: &Query, plan: &Plan, page: Page, now: i64) -> Vec<Ranked> {
        let by_fit = query.sort == Sort::Fit && !plan.clauses.is_empty();
        let wanted = page.offset.saturating_add(page.limit);
        let mut best: BinaryHeap<Reverse<Ranked>> = BinaryHeap::new();
        for (segment, matches) in &self.segments {
            for document in self.fitting(matches).iter() {
                let raw = matches.score.get(document as usize).copied().unwrap_or(0.0);
                let with_all = !by_fit || !self.relaxed || matches.all.contains(document);
                let full = best.len() >= wanted;
                if by_fit
                    && full
                    && best
                        .peek()
                        .is_some_and(|Reverse(last)| with_all <= last.with_all && raw < last.score)
                {
                    continue;
                }
                let moment = segment.columns.moment.first(document).unwrap_or(0);
                let score = if by_fit { raw * recency(moment, now) } else { 0.0 };
                let row = segment.columns.row.first(document).unwrap_or(0);
                best.push(Reverse(Ranked {
                    with_all,
                    score,
                    moment,
                    row,
                }));
                if full {
                    best.pop();
                }
            }
        }
        let mut ranked: Vec<_> = best.into_iter().map(|Reverse(ranked)| ranked).collect();
        ranked.sort_by(|a, b| b.cmp(a));
        ranked.drain(..page.offset.min(ranked.len()));
        ranked
    }

    fn facets(&self, store: &Store) -> Result<Facets> {
        let (mut languages, mut sources) = ([0usize; NO_LANGUAGE as usize + 1], HashMap::new());
        let mut months: BTreeMap<u64, usize> = BTreeMap::new();
        for (segment, matches) in &self.segments {
            let mut last = (0, 0);
            for document in self.fitting(matches).iter() {
                let language = segment.columns.language.first(document).unwrap_or(NO_LANGUAGE);
                if let Some(n) = languages.get_mut(language as usize) {
                    *n += 1;
                }
                *sources
                    .entry(segment.columns.source.first(document).unwrap_or(0))
                    .or_insert(0usize) += 1;
                let month = segment.columns.month.first(document).unwrap_or(0);
                if month != last.0 {
                    *months.entry(last.0).or_default() += last.1;
                    last = (month, 0);
                }
                last.1 += 1;
            }
            *months.entry(last.0).or_default() += last.1;
        }
        months.retain(|_, n| *n > 0);
        Ok(named(languages, sources, &months, store.source_names()?))
    }
}

fn named(
    languages: [usize; NO_LANGUAGE as usize + 1],
    sources: HashMap<u64, usize>,
    months: &BTreeMap<u64, usize>,
    names: Vec<(i64, String)>,
) -> Facets {
    let tongues = Language::ALL.into_iter().map(Some).chain([None]);
    let mut facets = Facets {
        languages: tongues.zip(languages).filter(|(_, n)| *n > 0).collect(),
        ..Facets::default()
    };
    for (number, name) in names {
        if let Some(n) = sources.get(&number.unsigned_abs()) {
            facets.sources.push((name, *n));
        }
    }
    facets
        .languages
        .sort_by_key(|(language, n)| (Reverse(*n), *language));
    facets
        .sources
        .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    for (month, n) in months {
        let year = i16::try_from(month / 12).unwrap_or(i16::MAX);
        let in_year = i8::try_from(month % 12).unwrap_or(0) + 1;
        facets.months.push(((year, in_year), *n));
        match facets.years.last_mut() {
            Some((last, sum)) if *last == year => *sum += n,
            _ => facets.years.push((year, *n)),
        }
    }
    facets
}

fn recency(moment: i64, now: i64) -> f32 {
    let age = now.saturating_sub(moment).max(0) as f32;
    1.0 - RECENCY + RECENCY * (-age / HALF_LIFE).exp2()
}

fn word_fields(fields: Fields) -> Vec<Field> {
    [fields.title, fields.text]
        .into_iter()
        .flat_map(|channels| [channels.exact, channels.stem, channels.parts])
        .collect()
}
