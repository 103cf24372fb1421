//! The words that tell what a claim is about.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::align::Pairing;
use super::claims::FigureIx;
use super::evidence::{Context, context};
use super::reading::Reading;
use crate::article::{Article, Language};

/// The most words of a topic.
const MOST_WORDS: usize = 2;
/// How surely a word of another article must mean the same to count as shared.
const SHARED: f32 = 0.7;

/// What a capital letter is worth in German, where nouns have one: they name things better than verbs and adjectives.
const NOUN: f32 = 1.5;
/// Words that say when or how much and name nothing.
static VAGUE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/words/vague.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether a folded word says when or how much and names nothing.
pub fn is_vague(folded: &str) -> bool {
    VAGUE.contains(folded)
}

/// The weightiest words near a claim's figures, as the first of them writes them, those that articles share first.
pub fn topic(
    articles: &[Article],
    readings: &[Reading],
    pairings: &HashMap<(usize, usize), Pairing>,
    members: &[FigureIx],
) -> Vec<String> {
    let Some(first) = members.first() else {
        return Vec::new();
    };
    let own = words_near(readings, *first);
    let others: Vec<(FigureIx, Context)> = members
        .iter()
        .filter(|member| member.article != first.article)
        .map(|member| (*member, words_near(readings, *member)))
        .collect();
    let mut weighed: Vec<(u32, f32)> = own
        .iter()
        .map(|(word, weight)| {
            let shared: f32 = others
                .iter()
                .map(|(other, context)| met(pairings, *first, *word, *other, context))
                .sum();
            let noun = if is_noun(articles, readings, *first, *word) {
                NOUN
            } else {
                1.0
            };
            (*word, weight * (0.2 + shared) * noun)
        })
        .collect();
    weighed.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let mut found: Vec<String> = Vec::new();
    for (word, _) in weighed {
        let Some(written) = as_written(articles, readings, *first, word) else {
            continue;
        };
        if found.len() < MOST_WORDS && !found.iter().any(|known| known.eq_ignore_ascii_case(&written)) {
            found.push(written);
        }
    }
    found
}

/// The words of a figure's sentence that can name a topic.
fn words_near(readings: &[Reading], member: FigureIx) -> Context {
    let reading = &readings[member.article];
    let mut near = context(reading, &reading.figures[member.number]);
    near.retain(|(word, _)| {
        let folded = &reading.words[*word as usize].folded;
        folded.chars().count() > 3
            && folded.chars().all(char::is_alphabetic)
            && !VAGUE.contains(folded.as_str())
    });
    near
}

/// How surely a word stands near another member's figure too.
fn met(
    pairings: &HashMap<(usize, usize), Pairing>,
    first: FigureIx,
    word: u32,
    other: FigureIx,
    context: &Context,
) -> f32 {
    let pair = (first.article.min(other.article), first.article.max(other.article));
    let Some(pairing) = pairings.get(&pair) else {
        return 0.0;
    };
    let most = context.iter().map(|(near, _)| {
        if first.article < other.article {
            pairing.table.weight(word, *near)
        } else {
            pairing.table.weight(*near, word)
        }
    });
    let most = most.fold(0.0, f32::max);
    if most >= SHARED { most } else { 0.0 }
}

/// Whether a word is written as German writes nouns.
fn is_noun(articles: &[Article], readings: &[Reading], member: FigureIx, word: u32) -> bool {
    articles[member.article].headline.language == Some(Language::German)
        && as_written(articles, readings, member, word)
            .is_some_and(|written| written.starts_with(char::is_uppercase))
}

/// A word as it stands in the sentence of a figure, with what a hyphen binds to it.
fn as_written(articles: &[Article], readings: &[Reading], member: FigureIx, word: u32) -> Option<String> {
    let reading = &readings[member.article];
    let placed = &reading.figures[member.number];
    let sentence = reading.sentences.get(placed.sentence?)?;
    let (span, _) = sentence.words.iter().find(|(_, number)| *number == word)?;
    let text = articles[member.article].part(placed.part);
    let bound = |c: char| c.is_alphanumeric() || c == '-' || c == '‑';
    let before = text.get(..span.start)?.chars().rev().take_while(|c| bound(*c));
    let after = text.get(span.end..)?.chars().take_while(|c| bound(*c));
    let start = span.start - before.map(char::len_utf8).sum::<usize>();
    let end = span.end + after.map(char::len_utf8).sum::<usize>();
    let whole = text.get(start..end)?.trim_matches(['-', '‑']);
    Some(whole.to_string())
}
