//! How alike the paragraphs, or the sentences, of two articles are.

use super::reading::{Reading, Unit};
use super::table::Table;

/// A number for each pair of a unit of one article and a unit of another.
#[derive(Default)]
pub struct Matrix {
    columns: usize,
    cells: Vec<f32>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn new(rows: usize, columns: usize) -> Self {
        Self {
            columns,
            cells: vec![0.0; rows * columns],
        }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// The number of columns.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// One cell; 0 outside.
    pub fn at(&self, row: usize, column: usize) -> f32 {
        if column >= self.columns || row >= self.rows() {
            return 0.0;
        }
        self.cells[row * self.columns + column]
    }

    /// One cell, to be changed.
    pub fn cell(&mut self, row: usize, column: usize) -> &mut f32 {
        &mut self.cells[row * self.columns + column]
    }
}

/// How much the cosine of character n-grams counts beside the words.
const COSINE: f32 = 0.7;
/// How much a difference in length costs.
const LENGTH: f32 = 0.1;

/// The words of `units` of one article against those of another, both ways.
pub struct Scores {
    /// How alike, from below 0 to 1.7: soft Dice of the words, cosine of the n-grams, less a difference in length.
    pub alike: Matrix,
    /// For independent reports: few words may do where they are telling.
    pub shared: Matrix,
}

/// Scores all pairs of units.
pub fn score(a: (&Reading, &[Unit]), b: (&Reading, &[Unit]), table: &Table) -> Scores {
    let met = matched(a, b, table);
    let cosines = cosines(a.1, b.1);
    let mut alike = Matrix::new(a.1.len(), b.1.len());
    let mut shared = Matrix::new(a.1.len(), b.1.len());
    each_pair(a, b, &met, |(i, j), words| {
        let lengths = (a.1[i].length.max(1) as f32 / b.1[j].length.max(1) as f32)
            .ln()
            .abs();
        *alike.cell(i, j) = words.dice() + COSINE * cosines.at(i, j) - LENGTH * lengths;
        *shared.cell(i, j) = words.shared();
    });
    Scores { alike, shared }
}

/// How much of what is telling the units of two articles share, as [`Scores::shared`] has it.
pub fn overlap(a: (&Reading, &[Unit]), b: (&Reading, &[Unit]), table: &Table) -> Matrix {
    let met = matched(a, b, table);
    let mut shared = Matrix::new(a.1.len(), b.1.len());
    each_pair(a, b, &met, |(i, j), words| *shared.cell(i, j) = words.shared());
    shared
}

/// How telling the words of two units are, and what of that they have in common.
struct Words {
    all: (f32, f32),
    met: (f32, f32),
}

impl Words {
    fn dice(&self) -> f32 {
        (self.met.0 + self.met.1) / (self.all.0 + self.all.1)
    }

    fn shared(&self) -> f32 {
        let containment = (self.met.0 / self.all.0).max(self.met.1 / self.all.1);
        (self.dice() * containment).sqrt() * (self.met.0 * self.met.1).sqrt().ln_1p()
    }
}

/// Calls `each` for every pair of units that have telling words.
fn each_pair(
    a: (&Reading, &[Unit]),
    b: (&Reading, &[Unit]),
    (forward, backward): &(Matrix, Matrix),
    mut each: impl FnMut((usize, usize), Words),
) {
    let masses = |reading: &Reading, units: &[Unit]| -> Vec<f32> {
        units.iter().map(|unit| mass(reading, unit)).collect()
    };
    let (masses_a, masses_b) = (masses(a.0, a.1), masses(b.0, b.1));
    for (i, all) in masses_a.iter().enumerate() {
        for (j, all_other) in masses_b.iter().enumerate() {
            if *all > 0.0 && *all_other > 0.0 {
                let words = Words {
                    all: (*all, *all_other),
                    met: (forward.at(i, j), backward.at(i, j)),
                };
                each((i, j), words);
            }
        }
    }
}

/// How telling the words of a unit are together.
fn mass(reading: &Reading, unit: &Unit) -> f32 {
    unit.distinct
        .iter()
        .map(|word| reading.words[*word as usize].idf)
        .sum()
}

/// For each pair of units the weight of the words of the first that the second has, and the other way round.
fn matched(a: (&Reading, &[Unit]), b: (&Reading, &[Unit]), table: &Table) -> (Matrix, Matrix) {
    let (mut forward, mut backward) = (
        Matrix::new(a.1.len(), b.1.len()),
        Matrix::new(a.1.len(), b.1.len()),
    );
    let (at_a, at_b) = (places(a), places(b));
    // The best meeting of a word with anything in each unit, kept while all its meetings are walked through.
    let mut best = vec![0.0f32; b.1.len()];
    let mut columns: Vec<Vec<(u32, f32)>> = vec![Vec::new(); b.0.words.len()];
    for (word, units) in at_a.iter().enumerate() {
        if units.is_empty() {
            continue;
        }
        best.fill(0.0);
        for (other, weight) in table.row(word as u32) {
            columns[*other as usize].push((word as u32, *weight));
            for unit in &at_b[*other as usize] {
                let most = &mut best[*unit as usize];
                *most = most.max(*weight);
            }
        }
        let idf = a.0.words[word].idf;
        add(&mut forward, units, &best, idf, false);
    }
    let mut best = vec![0.0f32; a.1.len()];
    for (other, units) in at_b.iter().enumerate() {
        if units.is_empty() || columns[other].is_empty() {
            continue;
        }
        best.fill(0.0);
        for (word, weight) in &columns[other] {
            for unit in &at_a[*word as usize] {
                let most = &mut best[*unit as usize];
                *most = most.max(*weight);
            }
        }
        add(&mut backward, units, &best, b.0.words[other].idf, true);
    }
    (forward, backward)
}

/// Adds what a word meets elsewhere to the units it stands in.
fn add(sums: &mut Matrix, units: &[u32], best: &[f32], idf: f32, turned: bool) {
    for (place, most) in best.iter().enumerate().filter(|(_, most)| **most > 0.0) {
        for unit in units {
            let (row, column) = if turned {
                (place, *unit as usize)
            } else {
                (*unit as usize, place)
            };
            *sums.cell(row, column) += idf * most;
        }
    }
}

/// The units each word stands in.
fn places((reading, units): (&Reading, &[Unit])) -> Vec<Vec<u32>> {
    let mut places = vec![Vec::new(); reading.words.len()];
    for (number, unit) in units.iter().enumerate() {
        for word in &unit.distinct {
            places[*word as usize].push(number as u32);
        }
    }
    places
}

/// The cosine of the n-grams of each pair of units.
fn cosines(a: &[Unit], b: &[Unit]) -> Matrix {
    let mut cosines = Matrix::new(a.len(), b.len());
    let most = a
        .iter()
        .chain(b)
        .flat_map(|unit| unit.grams.last())
        .map(|(gram, _)| gram + 1)
        .max();
    let mut holders: Vec<Vec<(u32, f32)>> = vec![Vec::new(); most.unwrap_or(0) as usize];
    for (number, unit) in b.iter().enumerate() {
        for (gram, weight) in &unit.grams {
            holders[*gram as usize].push((number as u32, *weight));
        }
    }
    for (row, unit) in a.iter().enumerate() {
        for (gram, weight) in &unit.grams {
            for (column, other) in &holders[*gram as usize] {
                *cosines.cell(row, *column as usize) += weight * other;
            }
        }
    }
    cosines
}
