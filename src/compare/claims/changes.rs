//! What was changed between versions of one text: figures left over where all around them agree.

use std::collections::HashSet;

use super::likeness::is_small;
use super::{Edge, Gathering};
use crate::compare::interval::is_one_digit_off;
use crate::compare::judge::is_slip;

/// How alike the words around two figures must be for one to be the other changed, where nothing else tells.
const ALIKE: f32 = 0.35;

impl Gathering<'_> {
    /// Finds the figures of versions of one text that were changed, once what agrees in linked paragraphs is joined.
    ///
    /// A telling figure whose value stands in the other version too, and has no other counterpart there, was not
    /// changed: it only moved, and contradicts nothing.
    pub fn find_changes(&mut self) {
        let settled = self.settled();
        let (mut moved, mut met) = (HashSet::new(), HashSet::new());
        for (a, b) in &self.same {
            let ends = [(*a, self.figures[*b].article), (*b, self.figures[*a].article)];
            met.extend(ends);
            if ends.iter().all(|end| !settled.contains(end)) {
                moved.extend(ends);
            }
        }
        let mut differences = std::mem::take(&mut self.differences);
        let mut changed = HashSet::new();
        differences.retain(|edge| {
            if !self.is_version(edge) {
                return true;
            }
            let ends = [
                (edge.a, self.figures[edge.b].article),
                (edge.b, self.figures[edge.a].article),
            ];
            if ends.iter().any(|end| moved.contains(end)) {
                return false;
            }
            if ends.iter().all(|end| !settled.contains(end)) && self.is_change(edge) {
                changed.extend([edge.a, edge.b]);
                return true;
            }
            ends.iter().all(|end| !met.contains(end))
        });
        self.changed = changed;
        self.differences = differences;
    }

    /// Whether the articles of two figures are versions of one text.
    pub fn is_version(&self, edge: &Edge) -> bool {
        let pair = (self.figures[edge.a].article, self.figures[edge.b].article);
        self.pairings
            .get(&pair)
            .is_some_and(|pairing| pairing.kin.is_version())
    }

    /// The figures that are in one group with one of another article, and that article.
    pub fn settled(&self) -> HashSet<(usize, usize)> {
        let mut settled = HashSet::new();
        for group in self.groups.iter().filter(|group| group.len() > 1) {
            let articles: HashSet<usize> = group.iter().map(|figure| self.figures[*figure].article).collect();
            for figure in group {
                let others = articles
                    .iter()
                    .filter(|other| **other != self.figures[*figure].article);
                settled.extend(others.map(|other| (*figure, *other)));
            }
        }
        settled
    }

    /// Whether two figures that differ stand in sentences that are each other's best, and are one figure changed.
    fn is_change(&self, edge: &Edge) -> bool {
        let (x, y) = (self.figure(edge.a), self.figure(edge.b));
        let alike = edge.evidence.context >= ALIKE && edge.evidence.near >= ALIKE;
        let digit = is_one_digit_off(x, y) && !(is_small(x) && is_small(y));
        edge.evidence.linked && edge.evidence.partners && (is_slip(x, y) || digit || alike)
    }

    /// Whether two figures are the only ones of their kind and unit in their sentences that nothing else agrees with.
    pub fn are_left_over(&self, edge: &Edge, settled: &HashSet<(usize, usize)>) -> bool {
        edge.evidence.linked
            && edge.evidence.partners
            && self.is_alone(edge.a, self.figures[edge.b].article, settled)
            && self.is_alone(edge.b, self.figures[edge.a].article, settled)
    }

    /// Whether no other figure of its kind and unit in its sentence is without a counterpart in another article.
    fn is_alone(&self, figure: usize, other: usize, settled: &HashSet<(usize, usize)>) -> bool {
        let (ix, placed) = (self.figures[figure], self.in_place(figure).placed());
        let reading = &self.readings[ix.article];
        let first = figure - ix.number;
        reading.figures.iter().enumerate().all(|(number, beside)| {
            beside.sentence != placed.sentence
                || number == ix.number
                || beside.figure.value.kind() != placed.figure.value.kind()
                || beside.figure.value.unit() != placed.figure.value.unit()
                || settled.contains(&(first + number, other))
        })
    }

    /// Whether the link of two paragraphs of versions of one text says enough: something agrees in them, or the two
    /// figures themselves are alike. Titles may speak of different things.
    pub fn is_trusted(&self, edge: &Edge, agreeing: &HashSet<[(usize, usize); 2]>) -> bool {
        let place = |figure: usize| {
            let paragraph = self.in_place(figure).placed().paragraph?;
            Some((self.figures[figure].article, paragraph))
        };
        let (Some(a), Some(b)) = (place(edge.a), place(edge.b)) else {
            return false;
        };
        !edge.evidence.linked
            || !self.is_version(edge)
            || agreeing.contains(&[a, b])
            || self.is_change(edge)
            || a.1 > 0 && self.is_single(a) && self.is_single(b)
    }

    /// Whether a paragraph has one figure only.
    fn is_single(&self, (article, paragraph): (usize, usize)) -> bool {
        let figures = self.readings[article].figures.iter();
        figures
            .filter(|placed| placed.paragraph == Some(paragraph))
            .nth(1)
            .is_none()
    }

    /// The linked paragraphs of versions of one text in which figures agree, as pairs of articles and paragraphs.
    pub fn agreeing_paragraphs(&self) -> HashSet<[(usize, usize); 2]> {
        let mut found = HashSet::new();
        for group in self.groups.iter().filter(|group| group.len() > 1) {
            let places: HashSet<(usize, usize)> = group
                .iter()
                .filter_map(|figure| {
                    let paragraph = self.in_place(*figure).placed().paragraph?;
                    Some((self.figures[*figure].article, paragraph))
                })
                .collect();
            for a in &places {
                found.extend(places.iter().filter(|b| a.0 < b.0).map(|b| [*a, *b]));
            }
        }
        found
    }
}
