//! Which words of two articles mean the same, and how surely.

use std::collections::HashMap;

use super::lexicon::Lexicon;
use super::reading::{Form, Reading};
use crate::text::Pattern;

/// For every word of one article the words of another that may mean the same, with a weight from 0 to 1.
pub struct Table {
    rows: Vec<Vec<(u32, f32)>>,
}

const DICTIONARY: f32 = 0.9;
const COGNATE: f32 = 0.85;
/// The least likeness of two spellings that says anything.
const LEAST_LIKENESS: f32 = 0.6;
/// What a whole compound counts for when only its parts meet.
const PARTS: f32 = 0.7;
/// The least weight with which parts count as the same.
const SAME_PART: f32 = 0.8;

impl Table {
    /// The words of the other article that may mean the same as `word`, ascending.
    pub fn row(&self, word: u32) -> &[(u32, f32)] {
        &self.rows[word as usize]
    }

    /// How surely two words mean the same.
    pub fn weight(&self, word: u32, other: u32) -> f32 {
        let row = self.row(word);
        row.binary_search_by_key(&other, |(number, _)| *number)
            .map_or(0.0, |place| row[place].1)
    }

    /// Compares the words of two articles, by their forms, by the few words that come with beide and by learned ones.
    pub fn new(a: &Reading, b: &Reading, learned: &Lexicon) -> Self {
        let mut rows: Vec<Vec<(u32, f32)>> = vec![Vec::new(); a.words.len()];
        by_form(a, b, &mut rows);
        by_key(a, b, &mut rows);
        if a.language == b.language {
            by_stem(a, b, &mut rows);
        } else {
            by_meaning(a, b, Lexicon::built_in(), &mut rows);
            by_meaning(a, b, learned, &mut rows);
        }
        by_likeness(a, b, &mut rows);
        rows.iter_mut().for_each(settle);
        let mut table = Self { rows };
        table.by_parts(a, b);
        table
    }

    /// The same with what a lexicon knows; none where it knows nothing of the two languages.
    pub fn informed(&self, a: &Reading, b: &Reading, lexicon: &Lexicon) -> Option<Self> {
        if lexicon.len(a.language?, b.language?) == 0 {
            return None;
        }
        let mut table = Self {
            rows: self.rows.clone(),
        };
        by_meaning(a, b, lexicon, &mut table.rows);
        table.rows.iter_mut().for_each(settle);
        table.by_parts(a, b);
        Some(table)
    }

    /// Compounds whose parts meet.
    fn by_parts(&mut self, a: &Reading, b: &Reading) {
        let holders = holders_of_parts(b);
        let mut found: Vec<(u32, u32, f32)> = Vec::new();
        for (number, form) in a.words.iter().enumerate() {
            let whole = [number as u32];
            let parts = if form.parts.is_empty() {
                &whole[..]
            } else {
                &form.parts
            };
            let mut candidates: Vec<u32> = parts
                .iter()
                .flat_map(|part| self.row(*part))
                .filter(|(_, weight)| *weight >= SAME_PART)
                .flat_map(|(meant, _)| holders[*meant as usize].iter().copied().chain([*meant]))
                .collect();
            candidates.sort_unstable();
            candidates.dedup();
            for other in candidates {
                let other_whole = [other];
                let others = &b.words[other as usize].parts;
                let others = if others.is_empty() {
                    &other_whole[..]
                } else {
                    others
                };
                if parts.len() + others.len() > 2 {
                    found.push((number as u32, other, PARTS * self.shared(parts, others)));
                }
            }
        }
        for (word, other, weight) in found {
            self.rows[word as usize].push((other, weight));
        }
        self.rows.iter_mut().for_each(settle);
    }

    /// The geometric mean of the shares of parts that meet one on the other side.
    fn shared(&self, parts: &[u32], others: &[u32]) -> f32 {
        let same = |part: u32, other: u32| self.weight(part, other) >= SAME_PART;
        let met = parts
            .iter()
            .filter(|part| others.iter().any(|other| same(**part, *other)))
            .count();
        let others_met = others
            .iter()
            .filter(|other| parts.iter().any(|part| same(*part, **other)))
            .count();
        (met as f32 / parts.len() as f32 * others_met as f32 / others.len() as f32).sqrt()
    }
}

/// Sorts a row by word and keeps the highest weight of each.
fn settle(row: &mut Vec<(u32, f32)>) {
    row.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    row.dedup_by_key(|(other, _)| *other);
}

fn by_form(a: &Reading, b: &Reading, rows: &mut [Vec<(u32, f32)>]) {
    let mut numbers: HashMap<&str, Vec<u32>> = HashMap::new();
    for (number, form) in b.words.iter().enumerate() {
        numbers
            .entry(singular(&form.folded))
            .or_default()
            .push(number as u32);
    }
    for (row, form) in rows.iter_mut().zip(&a.words) {
        let equal = numbers.get(singular(&form.folded)).into_iter().flatten();
        row.extend(equal.map(|number| (*number, 1.0)));
    }
}

/// A word without a final s or es.
fn singular(folded: &str) -> &str {
    let root = folded.strip_suffix("es").or_else(|| folded.strip_suffix('s'));
    root.filter(|root| root.len() > 3).unwrap_or(folded)
}

fn by_key(a: &Reading, b: &Reading, rows: &mut [Vec<(u32, f32)>]) {
    let mut numbers: HashMap<&str, Vec<u32>> = HashMap::new();
    for (number, form) in b.words.iter().enumerate() {
        for key in &form.keys {
            numbers.entry(key).or_default().push(number as u32);
        }
    }
    for (row, form) in rows.iter_mut().zip(&a.words) {
        for key in &form.keys {
            let meant = numbers.get(key.as_str()).into_iter().flatten();
            row.extend(meant.map(|number| (*number, COGNATE)));
        }
    }
}

/// Inflected forms of one word, in two articles of one language.
fn by_stem(a: &Reading, b: &Reading, rows: &mut [Vec<(u32, f32)>]) {
    let numbers = stems(b);
    for (row, form) in rows.iter_mut().zip(&a.words) {
        let same = numbers.get(form.stem.as_str()).into_iter().flatten();
        row.extend(same.map(|number| (*number, DICTIONARY)));
    }
}

fn by_meaning(a: &Reading, b: &Reading, lexicon: &Lexicon, rows: &mut [Vec<(u32, f32)>]) {
    let (Some(language), Some(other)) = (a.language, b.language) else {
        return;
    };
    if lexicon.len(language, other) == 0 {
        return;
    }
    let numbers = stems(b);
    for (row, form) in rows.iter_mut().zip(&a.words) {
        for (meaning, weight) in lexicon.meanings(&form.stem, language, other) {
            let meant = numbers.get(meaning.as_str()).into_iter().flatten();
            row.extend(meant.map(|number| (*number, DICTIONARY * weight)));
        }
    }
}

/// The words of an article by their stems.
fn stems(reading: &Reading) -> HashMap<&str, Vec<u32>> {
    let mut numbers: HashMap<&str, Vec<u32>> = HashMap::new();
    for (number, form) in reading.words.iter().enumerate() {
        numbers.entry(&form.stem).or_default().push(number as u32);
    }
    numbers
}

/// Spellings that differ little; the letters two words have filter out most pairs before they are compared.
fn by_likeness(a: &Reading, b: &Reading, rows: &mut [Vec<(u32, f32)>]) {
    let worth = |form: &Form| form.bridged.len() >= 4 && !form.folded.starts_with('#');
    let others: Vec<(u32, &Form)> = (0..).zip(&b.words).filter(|(_, form)| worth(form)).collect();
    for (row, form) in rows.iter_mut().zip(&a.words) {
        if !worth(form) {
            continue;
        }
        let mut pattern = None;
        for (number, other) in &others {
            let longer = form.bridged.len().max(other.bridged.len());
            let allowed = longer * 2 / 5;
            let differing = (form.letters ^ other.letters).count_ones() as usize;
            if form.bridged.len().abs_diff(other.bridged.len()) > allowed || differing > 2 * allowed {
                continue;
            }
            let pattern = pattern.get_or_insert_with(|| Pattern::new(&form.bridged));
            let distance = pattern.distance(&other.bridged);
            let likeness = 1.0 - distance as f32 / longer as f32;
            if likeness >= LEAST_LIKENESS {
                row.push((*number, 0.1 + 2.0 * (likeness - LEAST_LIKENESS)));
            }
        }
    }
}

/// For each word of a reading the compounds that have it as a part.
fn holders_of_parts(reading: &Reading) -> Vec<Vec<u32>> {
    let mut holders = vec![Vec::new(); reading.words.len()];
    for (number, form) in reading.words.iter().enumerate() {
        for part in &form.parts {
            holders[*part as usize].push(number as u32);
        }
    }
    holders
}
