//! Where on a page the article stands: between which elements, in blocks of which kinds.

use std::collections::HashSet;

use super::super::super::clean;
use super::super::meta::About;
use super::super::tree::Tree;
use super::super::units::Unit;
use crate::article::fingerprint;

/// Where on the page the article stands.
pub(super) struct Scope {
    /// The element that holds nearly all of what dom_smoothie found, as a range of places.
    body: (usize, usize),
    /// From the article's heading to its body.
    lead: (usize, usize),
    /// Whether dom_smoothie found anything to speak of.
    pub(super) is_sure: bool,
    /// The blocks it found.
    pub(super) voted: HashSet<usize>,
    /// What the blocks of the sentences it found are like.
    pub(super) kinds: HashSet<u64>,
    /// The parts of the body it found sentences in.
    branches: HashSet<usize>,
}

impl Scope {
    pub(super) fn of(tree: &Tree, units: &[Unit], voted: HashSet<usize>, about: &About) -> Self {
        let prose: Vec<&Unit> = units.iter().filter(|unit| unit.is_prose()).collect();
        let count = |units: &[&Unit]| units.iter().map(|unit| unit.words).sum::<usize>();
        let mut found: Vec<&Unit> = prose
            .iter()
            .copied()
            .filter(|unit| voted.contains(&unit.owner))
            .collect();
        let is_sure = count(&found) >= 60;
        if !is_sure {
            found = prose;
        }
        let kinds = found.iter().map(|unit| kind(tree, unit.owner)).collect();
        let share = if is_sure { 90 } else { 60 };
        let body = match found.as_slice() {
            // One sentence of more than a few words: what stands beside it may be the rest.
            [alone] if !is_sure => around(tree, alone.owner),
            _ => smallest_around(tree, &found, share),
        };
        let heading = tree
            .elements()
            .filter(|(place, element)| *place < body.1 && is_title(tree, *place, &element.name, about))
            .map(|(place, _)| place)
            .last();
        let lead = heading.map_or((body.0, body.0), |heading| (heading.min(body.0), body.0));
        let branches = found
            .iter()
            .map(|unit| branch(tree, unit.owner, body.0))
            .collect();
        Self {
            body,
            lead,
            is_sure,
            voted,
            kinds,
            branches,
        }
    }

    /// Whether a unit stands beside sentences of the article, or in a block like theirs.
    pub(super) fn is_akin(&self, tree: &Tree, unit: &Unit) -> bool {
        let branch = branch(tree, unit.owner, self.body.0);
        branch == unit.owner
            || self.branches.contains(&branch)
            || self.kinds.contains(&kind(tree, unit.owner))
    }

    pub(super) const fn holds(&self, unit: &Unit) -> bool {
        unit.owner >= self.body.0 && unit.owner < self.body.1
    }

    pub(super) const fn leads(&self, unit: &Unit) -> bool {
        unit.owner >= self.lead.0 && unit.owner < self.lead.1
    }
}

/// Whether an element is the heading of the article: of the first rank, or one that says its title, a kicker before it.
fn is_title(tree: &Tree, place: usize, name: &str, about: &About) -> bool {
    match name {
        "h1" => true,
        "h2" => {
            let said = clean::line(&tree.text(place));
            let ends = |title: &String| title.len() > 20 && said.ends_with(title.as_str());
            said.len() < 400 && about.titles.iter().any(ends)
        }
        _ => false,
    }
}

/// A number for what a block is like: its name and class, and those of the element around it.
pub(super) fn kind(tree: &Tree, owner: usize) -> u64 {
    let parent = tree.nodes.get(owner).map_or(0, |node| node.parent);
    let class = |place: usize| {
        tree.element(place)
            .and_then(|element| element.value("class"))
            .unwrap_or_default()
    };
    fingerprint(&[tree.name(owner), class(owner), tree.name(parent), class(parent)])
}

/// The element right below `body` that a block stands in; the block itself where that is it, or where it is elsewhere.
fn branch(tree: &Tree, owner: usize, body: usize) -> usize {
    let mut around = owner;
    while let Some(node) = tree.nodes.get(around) {
        if node.parent == body {
            return around;
        }
        if node.parent < body || around == 0 {
            break;
        }
        around = node.parent;
    }
    owner
}

/// The range of the element that a block stands in.
fn around(tree: &Tree, owner: usize) -> (usize, usize) {
    let parent = tree.nodes.get(owner).map_or(0, |node| node.parent);
    (parent, tree.nodes.get(parent).map_or(parent, |node| node.end))
}

/// The range of the smallest element that holds so many hundredths of the words of some units.
fn smallest_around(tree: &Tree, units: &[&Unit], share: usize) -> (usize, usize) {
    let total: usize = units.iter().map(|unit| unit.words).sum();
    // Where little is known, the longest paragraph alone is no article with others beside it.
    let fewest = if share < 90 { units.len().min(2) } else { 1 };
    let mut held = vec![0; tree.nodes.len()];
    let mut count = vec![0; tree.nodes.len()];
    for unit in units {
        let mut around = unit.owner;
        loop {
            if let (Some(sum), Some(count)) = (held.get_mut(around), count.get_mut(around)) {
                *sum += unit.words;
                *count += 1;
            }
            if around == 0 {
                break;
            }
            around = tree.nodes.get(around).map_or(0, |node| node.parent);
        }
    }
    // Elements come before what is within them, so the last that holds enough is the smallest.
    let enough =
        |(words, count): (&usize, &usize)| *words * 100 >= total * share && total > 0 && *count >= fewest;
    let place = held.iter().zip(&count).rposition(enough).unwrap_or(0);
    (place, tree.nodes.get(place).map_or(place, |node| node.end))
}
