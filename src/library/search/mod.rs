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
use jiff::tz::TimeZone;
use tantivy::Searcher;
use tantivy::schema::Field;

use self::bits::Bits;
use self::eval::{Matches, Norms, Segment};
use self::lexicon::Lexicon;
use self::mark::Marker;
pub use self::plan::Translate;
use self::plan::{Means, Plan, Planner, Reach, Tree};
use super::figures::{KindCounts, Kinds};
use super::index::{Fields, Index, NO_LANGUAGE, Shelf, language_number};
use super::store::Store;
use super::words::Analyser;
use crate::article::Language;
use crate::figure::Value;
use crate::query::{Facets, Hit, Hits, Notice, Page, Query, Sort};

/// Below so many articles with all the words, those with some of them follow, best first.
const FEW: usize = 10;
/// What an article in the language of the question is worth beside one in another.
const FAVOUR: f32 = 1.15;
/// What has less of the best score than this share is no counterpart.
const FAINT: f32 = 0.2;
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
    kinds: Kinds,
    /// How many documents each language has, by its number.
    spread: Vec<u32>,
    /// Where the reader's days begin.
    zone: TimeZone,
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
    pub translate: Option<&'a Translate>,
}

impl Reading {
    /// Opens the index in use; none where there is none that can be used.
    pub fn open(shelf: &Shelf) -> Option<Self> {
        let index = Index::open(shelf).ok()??;
        let searcher = index.searcher();
        let fields = word_fields(index.fields);
        let lexicon = Lexicon::new(&searcher, &[fields.as_slice(), &[index.fields.bridge]].concat()).ok()?;
        let norms = Norms::new(&lexicon, &fields);
        let analyser = Analyser::new(index.vocabulary.clone());
        let spread = spread(&searcher).ok()?;
        Some(Self {
            index,
            analyser,
            searcher,
            lexicon,
            norms,
            kinds: Kinds::default(),
            spread,
            zone: TimeZone::system(),
        })
    }

    pub fn is_current(&self, shelf: &Shelf) -> bool {
        self.index.is_current(shelf)
    }

    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Answers a question: first what has its words, then what has their counterparts in other languages.
    pub fn answer(&mut self, asked: Asked<'_>) -> Result<Hits> {
        let begun = Instant::now();
        let page = asked.page;
        self.kinds.renew(asked.figures)?;
        let mut reach = Reach {
            typing: page.typing,
            forgiving: !page.typing,
            ..Reach::default()
        };
        let mut plan = self.plan(asked, reach)?;
        let mut found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        if page.typing && found.total() < 3 {
            // Hardly any article has the words: those like them count too, where they are unknown.
            drop(found);
            reach.forgiving = true;
            plan = self.plan(asked, reach)?;
            found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        }
        if found.falls_short(&plan) {
            found.take_hints(&plan)?;
        }
        let abroad = self.abroad(asked, &plan);
        if !abroad.is_empty() {
            found.keep_at_home(plan.home);
        }
        let own = found.total();
        let mut facets = Counted::default();
        facets.count(&found, &self.kinds);
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
        let mut fitting: Vec<Bits> = found
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
        // While a question is typed, what no page would show is not looked for.
        let is_full = page.typing && answered.hits.len() >= page.limit;
        for language in abroad.into_iter().filter(|_| !is_full) {
            self.answer_abroad(asked, language, &mut fitting, &mut answered, &mut facets)?;
        }
        answered.facets = facets.named(asked.store.source_names()?);
        answered.took = begun.elapsed();
        Ok(answered)
    }

    /// The languages in which counterparts of the words are looked for: those that the question names, or every
    /// other than its own.
    fn abroad(&self, asked: Asked<'_>, plan: &Plan) -> Vec<Language> {
        let there = |language: &Language| self.spread.get(*language as usize).is_some_and(|n| *n > 0);
        let has_words = !plan.clauses.is_empty();
        let languages: Vec<Language> = if asked.query.also.is_empty() {
            let others = Language::ALL.into_iter();
            others
                .filter(|language| plan.home.is_some_and(|home| home != *language))
                .collect()
        } else {
            asked.query.also.clone()
        };
        languages
            .into_iter()
            .filter(|language| has_words && there(language))
            .collect()
    }

    /// Adds what has the counterparts of the words in another language, and is not among the `fitting` already.
    fn answer_abroad(
        &mut self,
        asked: Asked<'_>,
        language: Language,
        fitting: &mut [Bits],
        answered: &mut Hits,
        facets: &mut Counted,
    ) -> Result<()> {
        let mut plan = self.plan_abroad(asked, language)?;
        let mut found = evaluate(&self.searcher, &self.lexicon, &self.norms, &plan)?;
        found.take_hints(&plan)?;
        found.leave_out(fitting);
        found.relaxed = found.with_all < FEW;
        found.leave_out_the_faint();
        facets.count(&found, &self.kinds);
        let page = Page {
            offset: asked.page.offset.saturating_sub(answered.total),
            limit: asked.page.limit.saturating_sub(answered.hits.len()),
            ..asked.page
        };
        answered.total += found.total();
        let ranked = found.ranked(asked, &plan, page);
        for (fitting, (_, matches)) in fitting.iter_mut().zip(&found.segments) {
            fitting.or(found.fitting(matches));
        }
        if found.total() > 0 {
            let translated = |notice: &Notice| matches!(notice, Notice::Translated { .. });
            let notices = std::mem::take(&mut plan.notices).into_iter();
            answered.notices.extend(notices.filter(translated));
        }
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

    /// The plan that looks for the counterparts of the words in a language.
    fn plan_abroad(&mut self, asked: Asked<'_>, language: Language) -> Result<Plan> {
        let reach = Reach {
            abroad: Some(language),
            ..Reach::default()
        };
        let mut plan = self.plan(asked, reach)?;
        plan.filters
            .push(Tree::Languages(vec![language_number(Some(language))]));
        Ok(plan)
    }

    fn plan(&mut self, asked: Asked<'_>, reach: Reach) -> Result<Plan> {
        let means = Means {
            lexicon: &self.lexicon,
            fields: self.index.fields,
            analyser: &mut self.analyser,
            store: asked.store,
            figures: asked.figures,
            spread: &self.spread,
            translate: asked.translate,
            zone: &self.zone,
        };
        Planner::new(means, reach).plan(asked.query)
    }
}

/// How many documents each language has.
fn spread(searcher: &Searcher) -> Result<Vec<u32>> {
    let mut spread = vec![0; NO_LANGUAGE as usize + 1];
    for reader in searcher.segment_readers() {
        let languages = reader.fast_fields().u64("language")?;
        for document in 0..reader.max_doc() {
            let number = languages.first(document).unwrap_or(NO_LANGUAGE);
            if let Some(n) = spread.get_mut(number as usize) {
                *n += 1;
            }
        }
    }
    Ok(spread)
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
    let mut answer = Answer {
        segments,
        with_all,
        relaxed: false,
    };
    answer.relax(plan);
    Ok(answer)
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
    /// Lets articles count that have some of the words, where few have all of several.
    fn relax(&mut self, plan: &Plan) {
        let more = |(_, matches): &(_, Matches)| matches.some.count() > matches.all.count();
        self.relaxed = self.falls_short(plan) && self.segments.iter().any(more);
    }

    fn falls_short(&self, plan: &Plan) -> bool {
        let wanted = plan.clauses.iter().filter(|clause| clause.wanted).count();
        self.with_all < FEW && wanted > 1
    }

    /// Adds what only comes near to the words.
    fn take_hints(&mut self, plan: &Plan) -> Result<()> {
        for (segment, matches) in &mut self.segments {
            segment.take_hints(plan, matches)?;
        }
        self.relax(plan);
        Ok(())
    }

    fn total(&self) -> usize {
        let some = || {
            self.segments
                .iter()
                .map(|(_, matches)| matches.some.count())
                .sum()
        };
        if self.relaxed { some() } else { self.with_all }
    }

    /// Takes out what has not all the words and is in another language than the question: it comes with what has
    /// their counterparts.
    fn keep_at_home(&mut self, home: Option<Language>) {
        let Some(home) = home.filter(|_| self.relaxed) else {
            return;
        };
        let home = language_number(Some(home));
        for (segment, matches) in &mut self.segments {
            let at_home = |document| segment.columns.language.first(document) == Some(home);
            let kept: Vec<u32> = matches
                .some
                .iter()
                .filter(|document| at_home(*document))
                .collect();
            matches.some = matches.all.clone();
            kept.into_iter()
                .for_each(|document| matches.some.insert(document));
        }
    }

    /// Takes out what has hardly any of the words beside the best that was found.
    fn leave_out_the_faint(&mut self) {
        let score =
            |matches: &Matches, document: u32| matches.score.get(document as usize).copied().unwrap_or(0.0);
        let scores = self
            .segments
            .iter()
            .flat_map(|(_, matches)| matches.some.iter().map(move |document| score(matches, document)));
        let least = FAINT * scores.fold(0.0, f32::max);
        for (_, matches) in &mut self.segments {
            let kept: Vec<u32> = matches
                .some
                .iter()
                .filter(|document| score(matches, *document) >= least)
                .collect();
            matches.some = matches.all.clone();
            kept.into_iter()
                .for_each(|document| matches.some.insert(document));
        }
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

    /// What an article gains by being in the language of the question.
    fn favour(&self, segment: &Segment<'_>, document: u32, home: Option<Language>) -> f32 {
        let at_home = home.is_some_and(|home| {
            segment.columns.language.first(document) == Some(language_number(Some(home)))
        });
        if at_home { FAVOUR } else { 1.0 }
    }

    /// The documents of a page, best first.
    fn ranked(&self, asked: Asked<'_>, plan: &Plan, page: Page) -> Vec<Ranked> {
        let by_fit = asked.query.sort == Sort::Fit && !plan.clauses.is_empty();
        let wanted = page.offset.saturating_add(page.limit);
        let mut best: BinaryHeap<Reverse<Ranked>> = BinaryHeap::new();
        for (segment, matches) in &self.segments {
            for document in self.fitting(matches).iter() {
                let raw = matches.score.get(document as usize).copied().unwrap_or(0.0);
                let raw = raw * self.favour(segment, document, plan.home);
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
    kinds: KindCounts,
}

impl Counted {
    fn count(&mut self, answer: &Answer<'_>, kinds: &Kinds) {
        for (segment, matches) in &answer.segments {
            let row = &segment.columns.row;
            let rows = answer
                .fitting(matches)
                .iter()
                .filter_map(|document| row.first(document));
            kinds.count(rows, &mut self.kinds);
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
        let kinds = Value::KINDS.into_iter().zip(self.kinds);
        facets.kinds = kinds.filter(|(_, n)| *n > 0).collect();
        facets.kinds.sort_by_key(|(_, n)| Reverse(*n));
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
