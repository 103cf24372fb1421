//! Which figures speak of the same thing: gathered by evidence, agreements first.

mod changes;
mod join;
mod likeness;
mod margin;
mod weighing;

use std::collections::{HashMap, HashSet};

use super::align::Pairing;
use super::evidence::{Context, Evidence, InPlace, context, nearest};
use super::reading::Reading;
use super::running::Tally;
use crate::article::Article;
use crate::figure::Figure;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureIx {
    /// Its article.
    pub article: usize,
    /// Its number there.
    pub number: usize,
}

/// Figures of one thing, in the order of articles and places.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The figures.
    pub members: Vec<FigureIx>,
    /// The group, by its place in the list, that this one gives again in another unit.
    pub restates: Option<usize>,
}

/// Two figures that may be of one thing.
struct Edge {
    a: usize,
    b: usize,
    /// How far the evidence is above what is asked for.
    margin: f32,
    evidence: Evidence,
}

/// What is at hand while figures are gathered.
struct Gathering<'a> {
    articles: &'a [Article],
    readings: &'a [Reading],
    pairings: &'a HashMap<(usize, usize), Pairing>,
    figures: Vec<FigureIx>,
    contexts: Vec<Context>,
    tallies: Vec<Tally>,
    nearest: Vec<Vec<u32>>,
    /// For each figure the group it is in.
    group_of: Vec<usize>,
    groups: Vec<Vec<usize>>,
    agreements: Vec<Edge>,
    differences: Vec<Edge>,
    conversions: Vec<Edge>,
    /// Pairs of equal figures of versions of one text, too telling to be chance, wherever they stand.
    same: Vec<(usize, usize)>,
    /// Figures of versions of one text that seem to have been changed.
    changed: HashSet<usize>,
}

/// Gathers the figures of all articles; each is in exactly one group.
pub fn gather(
    articles: &[Article],
    readings: &[Reading],
    tallies: &[Vec<Tally>],
    pairings: &HashMap<(usize, usize), Pairing>,
) -> Vec<Group> {
    let figures: Vec<FigureIx> = readings
        .iter()
        .enumerate()
        .flat_map(|(article, reading)| {
            (0..reading.figures.len()).map(move |number| FigureIx { article, number })
        })
        .collect();
    let contexts = figures
        .iter()
        .map(|ix| context(&readings[ix.article], &readings[ix.article].figures[ix.number]))
        .collect();
    let nearest = figures
        .iter()
        .map(|ix| nearest(&readings[ix.article], &readings[ix.article].figures[ix.number]))
        .collect();
    let mut gathering = Gathering {
        articles,
        readings,
        pairings,
        tallies: tallies.concat(),
        group_of: (0..figures.len()).collect(),
        groups: (0..figures.len()).map(|figure| vec![figure]).collect(),
        figures,
        contexts,
        nearest,
        agreements: Vec::new(),
        differences: Vec::new(),
        conversions: Vec::new(),
        same: Vec::new(),
        changed: HashSet::new(),
    };
    gathering.weigh_all();
    gathering.join_linked();
    gathering.find_changes();
    gathering.join_agreements();
    gathering.join_repetitions();
    let restated = gathering.join_restatements();
    gathering.join_differences();
    gathering.join_conversions(&restated);
    gathering.join_agreements();
    gathering.finish(&restated)
}

impl Gathering<'_> {
    fn figure(&self, figure: usize) -> &Figure {
        let ix = self.figures[figure];
        &self.readings[ix.article].figures[ix.number].figure
    }

    fn in_place(&self, figure: usize) -> InPlace<'_> {
        let ix = self.figures[figure];
        InPlace {
            reading: &self.readings[ix.article],
            number: ix.number,
            context: &self.contexts[figure],
            nearest: &self.nearest[figure],
            tally: self.tallies[figure],
        }
    }
}

impl Gathering<'_> {
    /// The groups in order of their first figures, with what restates what.
    fn finish(mut self, restated: &[(usize, usize)]) -> Vec<Group> {
        self.groups.iter_mut().for_each(|group| group.sort_unstable());
        let mut order: Vec<usize> = (0..self.groups.len())
            .filter(|group| !self.groups[*group].is_empty())
            .collect();
        order.sort_by_key(|group| self.groups[*group][0]);
        let place: HashMap<usize, usize> = order
            .iter()
            .enumerate()
            .map(|(place, group)| (*group, place))
            .collect();
        let mut groups: Vec<Group> = order
            .iter()
            .map(|group| Group {
                members: self.groups[*group]
                    .iter()
                    .map(|figure| self.figures[*figure])
                    .collect(),
                restates: None,
            })
            .collect();
        for (first, again) in restated {
            let (first, again) = (place[&self.group_of[*first]], place[&self.group_of[*again]]);
            restate(&mut groups, first, again);
        }
        groups
    }
}

/// Notes that one group gives another again: the one that fewer articles give, else the one given second.
fn restate(groups: &mut [Group], first: usize, again: usize) {
    if first == again {
        return;
    }
    let weight = |group: &Group| {
        let mut articles: Vec<usize> = group.members.iter().map(|ix| ix.article).collect();
        articles.dedup();
        articles.len()
    };
    let (main, other) = if weight(&groups[again]) > weight(&groups[first]) {
        (again, first)
    } else {
        (first, again)
    };
    // No circles: what restates something is restated by nothing.
    let main = groups[main].restates.unwrap_or(main);
    if main != other
        && groups[other].restates.is_none()
        && groups.iter().all(|group| group.restates != Some(other))
    {
        groups[other].restates = Some(main);
    }
}
