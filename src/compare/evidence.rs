//! What speaks for two figures of two articles being of the same thing.

use super::align::Pairing;
use super::interval::{Relation, comparable, relate};
use super::reading::{Placed, Reading};
use super::running::Tally;
use super::table::Table;
use crate::figure::{Figure, Value};
use crate::text::Span;

/// What speaks for, or against, two figures being of the same thing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// How alike their paragraphs are.
    pub paragraph: f32,
    /// How alike their sentences are.
    pub sentence: f32,
    /// Whether their paragraphs are linked.
    pub linked: bool,
    /// Whether no other sentence of either article is more like theirs.
    pub partners: bool,
    /// How alike the words around them are, the nearest counting most, from 0 to 1.
    pub context: f32,
    /// How alike the few words are that stand nearest to them, from 0 to 1.
    pub near: f32,
    /// How surely what is counted is the same; none where the words do not say.
    pub noun: Option<f32>,
    /// Whether the times their sentences name fit, contradict each other, or are not named.
    pub times: Times,
    /// Whether they are tolls of one thing; none where the words of one do not say.
    pub toll: Option<bool>,
    /// Whether the words of one say that it runs.
    pub runs: bool,
    /// Whether one article was published long after the other.
    pub long_after: bool,
    /// Whether their articles share no name, though both name some.
    pub nameless: bool,
    /// How far apart they stand in their paragraphs, from 0 to 1.
    pub distance: f32,
}

/// How the times that two sentences name relate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Times {
    /// One of them names none.
    #[default]
    Unnamed,
    /// They can be the same.
    Fit,
    /// They are different times.
    Differ,
}

/// The words near a figure, with their weights: how telling they are, and how near.
pub type Context = Vec<(u32, f32)>;

/// How much farther, in bytes, a word of another clause is.
const CLAUSE_AWAY: usize = 30;
/// How many words count as nearest.
const NEAREST: usize = 6;
/// The most words that count as near.
const NEAR_WORDS: usize = 16;
/// The distance, in bytes, at which a word counts half.
const HALF_AWAY: f32 = 40.0;

/// The words near a figure in its sentence, those of figures left out but for what they count; the weightiest first.
pub fn context(reading: &Reading, placed: &Placed) -> Context {
    let mut near: Context = words_beside(reading, placed)
        .map(|(away, word)| {
            let away = away as f32;
            (word, reading.words[word as usize].idf / (1.0 + away / HALF_AWAY))
        })
        .collect();
    near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    near.truncate(NEAR_WORDS);
    near
}

/// The words nearest to a figure, the nearest first, however telling: they say what it measures.
pub fn nearest(reading: &Reading, placed: &Placed) -> Vec<u32> {
    let mut near: Vec<(usize, u32)> = words_beside(reading, placed)
        .filter(|(_, word)| !reading.words[*word as usize].folded.starts_with('#'))
        .collect();
    near.sort_unstable();
    near.truncate(NEAREST);
    near.into_iter().map(|(_, word)| word).collect()
}

/// The words of a figure's sentence with how far from it they stand.
fn words_beside<'a>(reading: &'a Reading, placed: &'a Placed) -> impl Iterator<Item = (usize, u32)> + 'a {
    let own = placed.figure.span;
    let sentence = placed.sentence.and_then(|number| reading.sentences.get(number));
    sentence
        .into_iter()
        .flat_map(move |sentence| {
            sentence.words.iter().filter(move |(span, word)| {
                let value = reading.words[*word as usize].folded.starts_with('#');
                if value {
                    *span != own
                } else {
                    !sentence.figures.iter().any(|figure| figure.contains(*span))
                }
            })
        })
        .map(move |(span, word)| {
            let clauses = sentence.map_or(0, |sentence| {
                sentence.clause(span.start).abs_diff(sentence.clause(own.start))
            });
            (gap(*span, own) + CLAUSE_AWAY * clauses as usize, *word)
        })
}

/// The bytes between two spans.
const fn gap(a: Span, b: Span) -> usize {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// A figure with its reading, and the words near it.
#[derive(Clone, Copy)]
pub struct InPlace<'a> {
    /// Its article.
    pub reading: &'a Reading,
    /// Its number in the article.
    pub number: usize,
    /// The words near it.
    pub context: &'a Context,
    /// The words nearest to it.
    pub nearest: &'a [u32],
    /// What it counts, and whether it runs.
    pub tally: Tally,
}

impl<'a> InPlace<'a> {
    /// The figure in its place.
    pub fn placed(self) -> &'a Placed {
        &self.reading.figures[self.number]
    }
}

/// Weighs what speaks for two figures being of the same thing; none where one lies beyond a bound.
pub fn weigh(a: InPlace, b: InPlace, pairing: &Pairing) -> Option<Evidence> {
    let (x, y) = (a.placed(), b.placed());
    let (paragraph_a, paragraph_b) = (x.paragraph?, y.paragraph?);
    let (sentence_a, sentence_b) = (x.sentence?, y.sentence?);
    let are_titles = pairing.kin.is_version() && paragraph_a == 0 && paragraph_b == 0;
    Some(Evidence {
        paragraph: pairing.paragraphs.alike.at(paragraph_a, paragraph_b),
        sentence: pairing.sentences.alike.at(sentence_a, sentence_b),
        linked: are_titles || pairing.is_linked(paragraph_a, paragraph_b),
        partners: are_titles || pairing.are_partners(sentence_a, sentence_b),
        context: likeness(a.context, b.context, &pairing.table),
        near: alike(a.nearest, b.nearest, &pairing.table),
        noun: same_noun(a, b, &pairing.table),
        times: times(a, b),
        toll: a.tally.toll.zip(b.tally.toll).map(|(own, other)| own == other),
        runs: a.tally.runs || b.tally.runs,
        long_after: pairing.long_after,
        nameless: pairing.nameless,
        distance: (place(a.reading, x) - place(b.reading, y)).abs(),
    })
}

/// Where in its paragraph a figure stands, from 0 to 1.
fn place(reading: &Reading, placed: &Placed) -> f32 {
    let paragraph = placed.paragraph.and_then(|number| reading.paragraphs.get(number));
    paragraph.map_or(0.0, |paragraph| {
        let before = placed.figure.span.start.saturating_sub(paragraph.span.start);
        before as f32 / paragraph.span.len().max(1) as f32
    })
}

/// The soft Dice of two contexts.
fn likeness(a: &Context, b: &Context, table: &Table) -> f32 {
    let total: f32 = a.iter().chain(b).map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let mut back = vec![0.0f32; b.len()];
    let mut met = 0.0;
    for (word, weight) in a {
        let mut most = 0.0f32;
        for (place, (other, _)) in b.iter().enumerate() {
            let same = table.weight(*word, *other);
            most = most.max(same);
            back[place] = back[place].max(same);
        }
        met += weight * most;
    }
    met += b
        .iter()
        .zip(back)
        .map(|((_, weight), most)| weight * most)
        .sum::<f32>();
    met / total
}

/// The mean of what the nearest words of each side meet on the other, the nearest counting most.
fn alike(a: &[u32], b: &[u32], table: &Table) -> f32 {
    let weight = |place: usize| 1.0 / (1.0 + 0.2 * place as f32);
    let (mut met, mut all) = (0.0f32, 0.0f32);
    for (place, word) in a.iter().enumerate() {
        let most = b
            .iter()
            .map(|other| table.weight(*word, *other))
            .fold(0.0, f32::max);
        met += weight(place) * most;
        all += weight(place);
    }
    for (place, other) in b.iter().enumerate() {
        let most = a
            .iter()
            .map(|word| table.weight(*word, *other))
            .fold(0.0, f32::max);
        met += weight(place) * most;
        all += weight(place);
    }
    if all > 0.0 { met / all } else { 0.0 }
}

/// How surely the nouns that two figures count are the same.
fn same_noun(a: InPlace, b: InPlace, table: &Table) -> Option<f32> {
    let (words, others) = (counted(a)?, counted(b)?);
    let pairs = words
        .iter()
        .flat_map(|word| others.iter().map(move |other| table.weight(*word, *other)));
    pairs.max_by(f32::total_cmp)
}

/// The words of what a figure counts, or ranks; none where it has none.
pub fn counted(figure: InPlace) -> Option<Vec<u32>> {
    let placed = figure.placed();
    let sentence = figure.reading.sentences.get(placed.sentence?)?;
    let own = placed.figure.span;
    let words: Vec<u32> = match &placed.figure.value {
        Value::Number {
            counted: Some(noun), ..
        } => sentence
            .words
            .iter()
            .filter(|(span, _)| span.overlaps(*noun))
            .map(|(_, word)| *word)
            .collect(),
        Value::Ordinal(_) => sentence
            .words
            .iter()
            .find(|(span, _)| span.start >= own.end && span.start <= own.end + 2)
            .map(|(_, word)| *word)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    };
    (!words.is_empty()).then_some(words)
}

/// How the dates nearest to two figures in their sentences relate; a date itself has none.
fn times(a: InPlace, b: InPlace) -> Times {
    match (date_near(a), date_near(b)) {
        (Some(x), Some(y)) => match relate(x, y) {
            Some(Relation::Apart) => Times::Differ,
            _ => Times::Fit,
        },
        _ => Times::Unnamed,
    }
}

fn date_near<'a>(figure: InPlace<'a>) -> Option<&'a Figure> {
    let placed = figure.placed();
    let is_date = |figure: &Figure| matches!(figure.value, Value::Date { relative: false, .. });
    if is_date(&placed.figure) {
        return None;
    }
    figure
        .reading
        .figures
        .iter()
        .filter(|other| {
            other.sentence == placed.sentence && other.part == placed.part && is_date(&other.figure)
        })
        .min_by_key(|other| gap(other.figure.span, placed.figure.span))
        .map(|other| &other.figure)
}

/// Whether two figures could be of one thing at all.
pub fn can_meet(a: &Placed, b: &Placed) -> bool {
    comparable(&a.figure, &b.figure) && a.sentence.is_some() && b.sentence.is_some()
}
