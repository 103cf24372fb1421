//! Questions answered: planned, evaluated segment by segment, ranked, and shown with what was found in them.

mod bits;
mod bridge;
mod eval;
mod lexicon;
mod mark;
mod plan;
mod rows;
mod slips;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::time::Instant;

use anyhow::Result;
use tantivy::Searcher;
use tantivy::schema::Field;

use self::bits::Bits;
use self::bridge::Bridge;
use self::eval::{Matches, Norms, Segment};
use self::lexicon::Lexicon;
use self::mark::Marker;
use self::plan::{Plan, Planner, Tree};
use super::index::{Fields, Index, NO_LANGUAGE, Shelf, language_number};
use super::store::Store;
use super::words::Analyser;
use crate::article::Language;
use crate::query::{Facets, Hit, Hits, Notice, Page, Query, Sort};

/// Below so many articles with all the words, those with some of them follow, best first.
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
    bridges: Vec<Bridge>,
}

/// A question with all that its answer needs beside the index.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub store: &'a Store,
    /// The index of figures.
    pub figures: &'a Shelf,
    pub query: &'a Query,
    pub page: Page,
    /// The second since 1970 that ages are counted from.
    pub now: i64,
}

/// How freely the words of a question are taken.
#[derive(Clone, Copy)]
struct Reach {
    /// Unknown words are replaced by similar ones.
    forgiving: bool,
    /// Their counterparts in other languages count too.
    abroad: bool,
}

impl Reading {
    /// Opens the index in use; none where there is none that can be used.
    ///
    /// What `before` has learnt of its words is kept as far as it still holds.
    pub fn open(shelf: &Shelf, before: Option<Self>) -> Option<Self> {
        let index = Index::open(shelf).ok()??;
        let searcher = index.searcher();
        let fields = word_fields(index.fields);
        let lexicon = Lexicon::new(&searcher, &fields).ok()?;
        let norms = Norms::new(&lexicon, &fields);
        let analyser = Analyser::new(index.vocabulary.clone());
        let bridges = before.map(|before| before.bridges).unwrap_or_default();
        Some(Self {
            index,
            analyser,
            searcher,
            lexicon,
            norms,
            bridges,
        })
    }

    pub fn is_current(&self, shelf: &Shelf) -> bool {
        self.index.is_current(shelf)
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers a question: first what has its words, then what has their counterparts in the languages it names.
    pub fn answer(&mut self, asked: Asked<'_>) -> Result<Hits> {
        let begun = Instant::now();
        let page = asked.page;
        let mut plan = self.plan(
            asked,
            Reach {
                forgiving: !page.typing,
                abroad: false,
            },
        )?;
        let mut found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        if page.typing && found.total() < 3 {
            drop(found);
            plan = self.plan(
                asked,
                Reach {
                    forgiving: true,
                    abroad: false,
                },
            )?;
            found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        }
        let own = found.total();
        let mut facets = Counted::default();
        facets.count(&found);
        let mut answered = Hits {
            notices: asked.query.notices.clone(),
            total: own,
            ..Hits::default()
        };
        answered.notices.append(&mut plan.notices);
        answered.notices.extend(found.relaxed.then_some(Notice::Relaxed {
            with_all: found.with_all,
        }));
        let ranked = found.ranked(asked, &plan, page);
        let fitting: Vec<Bits> = found
            .segments
            .iter()
            .map(|(_, matches)| found.fitting(matches).clone())
            .collect();
        drop(found);
        for place in ranked {
            answered
                .hits
                .extend(hit(&mut self.analyser, asked.store, &plan, place)?);
        }
        if !asked.query.also.is_empty() && !plan.clauses.is_empty() {
            let rest = Page {
                offset: page.offset.saturating_sub(own),
                limit: page.limit.saturating_sub(answered.hits.len()),
                ..page
            };
            self.answer_abroad(asked, rest, &fitting, &mut answered, &mut facets)?;
        }
        answered.facets = facets.named(asked.store.source_names()?);
        answered.took = begun.elapsed();
        Ok(answered)
    }

    /// Adds what has the counterparts of the words in other languages, and is not among the `fitting` already.
    fn answer_abroad(
        &mut self,
        asked: Asked<'_>,
        page: Page,
        fitting: &[Bits],
        answered: &mut Hits,
        facets: &mut Counted,
    ) -> Result<()> {
        let mut plan = self.plan_abroad(asked)?;
        let mut found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        found.leave_out(fitting);
        facets.count(&found);
        answered.total += found.total();
        let translated = |notice: &Notice| matches!(notice, Notice::Translated { .. });
        answered
            .notices
            .extend(std::mem::take(&mut plan.notices).into_iter().filter(translated));
        let ranked = found.ranked(asked, &plan, page);
        drop(found);
        for place in ranked {
            let hit = hit(&mut self.analyser, asked.store, &plan, place)?;
            answered.hits.extend(hit.map(|hit| Hit {
                also: hit.headline.language,
                ..hit
            }));
        }
        Ok(())
    }

    /// The plan that looks for the counterparts of the words in the languages that the question names.
    fn plan_abroad(&mut self, asked: Asked<'_>) -> Result<Plan> {
        self.build_bridges(&asked.query.also)?;
        let mut plan = self.plan(
            asked,
            Reach {
                forgiving: false,
                abroad: true,
            },
        )?;
        let languages = asked.query.also.iter();
        plan.filters.push(Tree::Languages(
            languages
                .map(|language| language_number(Some(*language)))
                .collect(),
        ));
        Ok(plan)
    }

    fn build_bridges(&mut self, languages: &[Language]) -> Result<()> {
        let documents = self.lexicon.documents;
        let mut bridges = Vec::with_capacity(languages.len());
        for language in languages {
            let kept = self
                .bridges
                .iter()
                .position(|bridge| bridge.serves(*language, documents));
            bridges.push(match kept {
                Some(place) => self.bridges.swap_remove(place),
                None => Bridge::to(*language, &self.lexicon, self.index.fields)?,
            });
        }
        self.bridges = bridges;
        Ok(())
    }

    fn plan(&mut self, asked: Asked<'_>, reach: Reach) -> Result<Plan> {
        let mut planner = Planner::new(
            &self.lexicon,
            self.index.fields,
            &mut self.analyser,
            asked.store,
            asked.figures,
        );
        planner.typing = asked.page.typing;
        planner.forgiving = reach.forgiving;
        planner.abroad = if reach.abroad { &self.bridges } else { &[] };
        planner.plan(asked.query)
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
            .any(|(_, matches)| matches.some.count() > matches.all.count());
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
        let some = || {
            self.segments
                .iter()
                .map(|(_, matches)| matches.some.count())
                .sum()
        };
        if self.relaxed { some() } else { self.with_all }
    }

    /// Takes out documents, segment by segment.
    fn leave_out(&mut self, documents: &[Bits]) {
        for ((_, matches), documents) in self.segments.iter_mut().zip(documents) {
            matches.all.without(documents);
            matches.some.without(documents);
        }
        self.with_all = self.segments.iter().map(|(_, matches)| matches.all.count()).sum();
    }

    fn fitting<'b>(&self, matches: &'b Matches) -> &'b Bits {
        if self.relaxed { &matches.some } else { &matches.all }
    }

    /// The documents of a page, best first.
    fn ranked(&self, asked: Asked<'_>, plan: &Plan, page: Page) -> Vec<Ranked> {
        let by_fit = asked.query.sort == Sort::Fit && !plan.clauses.is_empty();
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
                let score = if by_fit {
                    raw * recency(moment, asked.now)
                } else {
                    0.0
                };
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
}

/// What fits, counted by what it is.
#[derive(Default)]
struct Counted {
    languages: [usize; NO_LANGUAGE as usize + 1],
    sources: HashMap<u64, usize>,
    months: BTreeMap<u64, usize>,
}

impl Counted {
    fn count(&mut self, answer: &Answer<'_>) {
        for (segment, matches) in &answer.segments {
            // Articles come in the order of time more often than not: runs of one month are counted first.
            let mut run = (0, 0);
            for document in answer.fitting(matches).iter() {
                let language = segment.columns.language.first(document).unwrap_or(NO_LANGUAGE);
                if let Some(n) = self.languages.get_mut(language as usize) {
                    *n += 1;
                }
                *self
                    .sources
                    .entry(segment.columns.source.first(document).unwrap_or(0))
                    .or_default() += 1;
                let month = segment.columns.month.first(document).unwrap_or(0);
                if month != run.0 {
                    *self.months.entry(run.0).or_default() += run.1;
                    run = (month, 0);
                }
                run.1 += 1;
            }
            *self.months.entry(run.0).or_default() += run.1;
        }
    }

    fn named(&self, names: Vec<(i64, String)>) -> Facets {
        let tongues = Language::ALL.into_iter().map(Some).chain([None]);
        let mut facets = Facets {
            languages: tongues.zip(self.languages).filter(|(_, n)| *n > 0).collect(),
            ..Facets::default()
        };
        for (number, name) in names {
            facets
                .sources
                .extend(self.sources.get(&number.unsigned_abs()).map(|n| (name, *n)));
        }
        facets
            .languages
            .sort_by_key(|(language, n)| (Reverse(*n), *language));
        facets
            .sources
            .sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        for (month, n) in self.months.iter().filter(|(_, n)| **n > 0) {
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
