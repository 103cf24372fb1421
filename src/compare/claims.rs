//! Which figures speak of the same thing: gathered by evidence, agreements first.

use std::collections::{HashMap, HashSet};

use super::align::{Kin, Pairing};
use super::evidence::{Context, Evidence, InPlace, Times, can_meet, context, counted, nearest, weigh};
use super::interval::{Relation, is_wide, relate};
use super::judge::is_slip;
use super::rates;
use super::reading::Reading;
use super::restate::{restatements, slip, year_of};
use crate::article::Article;
use crate::figure::{Figure, Value};

/// A figure of one of the articles.
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

/// The most figures of another article that a figure is weighed against, of those that agree and of the others.
const MOST_CANDIDATES: usize = 10;

/// How far below what is asked for evidence may be and still be kept: the figures beside may speak for it.
const WEAKEST: f32 = 2.0;
/// How much more is asked for where two articles share no figure that is surely more than chance.
const STRANGERS: f32 = 1.0;
/// How much it counts that two articles agree elsewhere, how much they usually do, and where it counts no more.
const AGREED: f32 = 0.2;
const USUALLY_AGREED: f32 = 2.0;
const MOST_AGREED: f32 = 5.0;
/// The most that the figures beside count, and how many are looked at.
const BESIDE: f32 = 2.0;
const MOST_BESIDE: usize = 6;

/// Two figures that may be of one thing.
struct Edge {
    a: usize,
    b: usize,
    /// How far the evidence is above what is asked for.
    margin: f32,
}

/// What is at hand while figures are gathered.
struct Gathering<'a> {
    articles: &'a [Article],
    readings: &'a [Reading],
    pairings: &'a HashMap<(usize, usize), Pairing>,
    figures: Vec<FigureIx>,
    contexts: Vec<Context>,
    nearest: Vec<Vec<u32>>,
    /// For each figure the group it is in.
    group_of: Vec<usize>,
    groups: Vec<Vec<usize>>,
    agreements: Vec<Edge>,
    differences: Vec<Edge>,
    conversions: Vec<Edge>,
}

/// Gathers the figures of all articles; each is in exactly one group.
pub fn gather(
    articles: &[Article],
    readings: &[Reading],
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
        group_of: (0..figures.len()).collect(),
        groups: (0..figures.len()).map(|figure| vec![figure]).collect(),
        figures,
        contexts,
        nearest,
        agreements: Vec::new(),
        differences: Vec::new(),
        conversions: Vec::new(),
    };
    gathering.weigh_all();
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
        }
    }

    /// Weighs the pairs of figures of each pair of articles.
    fn weigh_all(&mut self) {
        let mut first_of = Vec::with_capacity(self.readings.len());
        let mut first = 0;
        for reading in self.readings {
            first_of.push(first);
            first += reading.figures.len();
        }
        for (&(x, y), pairing) in self.pairings {
            // What lies beyond a bound stands alone.
            let of = |article: usize| -> Vec<usize> {
                let placed = self.readings[article].figures.iter().enumerate();
                let placed = placed.filter(|(_, placed)| placed.sentence.is_some());
                placed.map(|(number, _)| first_of[article] + number).collect()
            };
            let (own, others) = (of(x), of(y));
            let mut found = Found::default();
            for a in own {
                self.weigh_one(a, &others, pairing, &mut found);
            }
            if pairing.kin.is_version() {
                // Where one text follows the other, a telling figure that stands in both was not changed.
                let met = &found.met;
                found
                    .differences
                    .retain(|edge| !met.contains(&edge.a) && !met.contains(&edge.b));
            }
            self.agreements.append(&mut found.agreements);
            self.differences.append(&mut found.differences);
            self.conversions.append(&mut found.conversions);
        }
        for edges in [&mut self.agreements, &mut self.differences, &mut self.conversions] {
            edges.sort_by(|x, y| y.margin.total_cmp(&x.margin).then((x.a, x.b).cmp(&(y.a, y.b))));
        }
    }

    /// Weighs one figure against those of another article: the most promising of each sort.
    fn weigh_one(&self, a: usize, others: &[usize], pairing: &Pairing, found: &mut Found) {
        let (mut equal, mut apart, mut converted) = (Vec::new(), Vec::new(), Vec::new());
        for b in others.iter().copied() {
            let (x, y) = (self.in_place(a).placed(), self.in_place(b).placed());
            let promise = pairing.promise(x, y);
            if can_meet(x, y) {
                match pairing.relate(&x.figure, &y.figure) {
                    Some(Relation::Apart | Relation::Possible) => apart.push((b, promise)),
                    Some(_) => equal.push((b, promise)),
                    None => {}
                }
            } else if self.conversion(a, b).is_some() {
                converted.push((b, promise));
            }
        }
        let unique = equal.len() == 1;
        if telling(self.figure(a)) == Telling::Much {
            let same = equal
                .iter()
                .map(|(b, _)| *b)
                .filter(|b| self.figure(*b).value == self.figure(a).value);
            let before = found.met.len();
            found.met.extend(same);
            if found.met.len() > before {
                found.met.insert(a);
            }
        }
        for (list, sort) in [
            (&mut equal, Sort::Equal),
            (&mut apart, Sort::Apart),
            (&mut converted, Sort::Converted),
        ] {
            list.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
            for (b, _) in list.iter().take(MOST_CANDIDATES) {
                let Some(evidence) = weigh(self.in_place(a), self.in_place(*b), pairing) else {
                    continue;
                };
                let margin = match sort {
                    Sort::Equal => agreement(&evidence, self.figure(a), self.figure(*b), unique, pairing.kin),
                    Sort::Apart => difference(&evidence, self.figure(a), self.figure(*b), pairing.kin),
                    Sort::Converted => conversion(&evidence, self.figure(a), self.figure(*b), pairing.kin),
                };
                if margin > -WEAKEST {
                    let edges = match sort {
                        Sort::Equal => &mut found.agreements,
                        Sort::Apart => &mut found.differences,
                        Sort::Converted => &mut found.conversions,
                    };
                    edges.push(Edge { a, b: *b, margin });
                }
            }
        }
    }

    /// The power of a thousand by which two figures in different units of one dimension differ, if near one.
    fn conversion(&self, a: usize, b: usize) -> Option<i8> {
        let (x, y) = (self.figure(a), self.figure(b));
        let worth = match (&x.value, &y.value) {
            (Value::Money { currency, .. }, Value::Money { currency: other, .. }) if currency != other => {
                rates::yearly(currency, other, year_of(&self.articles[self.figures[a].article]))?
            }
            (Value::Quantity { unit, .. }, Value::Quantity { unit: other, .. })
            | (Value::Duration { unit, .. }, Value::Duration { unit: other, .. })
                if unit != other =>
            {
                rates::conversion(unit, other)?
            }
            _ => return None,
        };
        let money = matches!(x.value, Value::Money { .. });
        let ratio = y.value.amount()?.low.approximate() / (x.value.amount()?.low.approximate() * worth);
        let slipped = slip(ratio)?;
        // Units convert exactly: what is off by more than rounding is another measure. Rates move within a year, by a
        // sixth at most; only a slip of a power of a thousand is seen through any rate.
        let rest = ratio / 1000f64.powi(i32::from(slipped));
        let fits = if money {
            (0.85..=1.18).contains(&rest)
        } else {
            (0.93..=1.07).contains(&rest)
        };
        (slipped == 0 && fits || money && slipped != 0).then_some(slipped)
    }

    /// Joins figures that agree, the surest first, as long as all of a group agree; then those for which the
    /// figures beside them speak.
    fn join_agreements(&mut self) {
        let edges = std::mem::take(&mut self.agreements);
        let mut margins: HashMap<(usize, usize), f32> =
            edges.iter().map(|edge| ((edge.a, edge.b), edge.margin)).collect();
        self.join_backed(&edges, &margins);
        for edge in &edges {
            margins.insert((edge.a, edge.b), edge.margin + self.beside(edge.a, edge.b));
        }
        self.join_backed(&edges, &margins);
        self.agreements = edges;
    }

    fn join_backed(&mut self, edges: &[Edge], margins: &HashMap<(usize, usize), f32>) {
        for edge in edges.iter().filter(|edge| margins[&(edge.a, edge.b)] > 0.0) {
            let (to, from) = (self.group_of[edge.a], self.group_of[edge.b]);
            if to != from && self.all_agree(to, from) && self.mostly_backed(to, from, margins) {
                self.join(to, from);
            }
        }
    }

    /// How much the figures beside two figures speak for them: those that are known to agree, the nearest most.
    fn beside(&self, a: usize, b: usize) -> f32 {
        let near = |figure: usize| {
            let home = self.in_place(figure).placed();
            let reach =
                figure.saturating_sub(MOST_BESIDE)..(figure + MOST_BESIDE + 1).min(self.figures.len());
            reach
                .filter(move |other| *other != figure)
                .filter_map(move |other| {
                    let placed = self.in_place(other).placed();
                    let same = self.figures[other].article == self.figures[figure].article
                        && placed.part == home.part;
                    let away = placed.sentence?.abs_diff(home.sentence?);
                    (same && away <= 1).then_some((other, away))
                })
        };
        let others: Vec<(usize, usize)> = near(b).collect();
        let mut sum = 0.0f32;
        for (x, away) in near(a) {
            let met = others.iter().find(|(y, _)| self.group_of[x] == self.group_of[*y]);
            if let Some((_, other_away)) = met {
                let weight = if telling(self.figure(x)) == Telling::Little {
                    0.7
                } else {
                    1.5
                };
                sum += if away + other_away == 0 {
                    weight
                } else {
                    weight / 3.0
                };
            }
        }
        sum.min(BESIDE)
    }

    fn all_agree(&self, to: usize, from: usize) -> bool {
        self.groups[to]
            .iter()
            .all(|a| self.groups[from].iter().all(|b| self.agree(*a, *b)))
    }

    fn agree(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.figures[a].article, self.figures[b].article);
        let relation = match self.pairings.get(&(x.min(y), x.max(y))) {
            Some(pairing) => pairing.relate(self.figure(a), self.figure(b)),
            None => relate(self.figure(a), self.figure(b)),
        };
        matches!(relation, Some(Relation::Equal | Relation::Near))
    }

    /// Whether at least half of the pairs of articles that the two groups bring together have evidence of their own.
    fn mostly_backed(&self, to: usize, from: usize, margins: &HashMap<(usize, usize), f32>) -> bool {
        let (mut backed, mut all) = (0, 0);
        for a in &self.groups[to] {
            for b in &self.groups[from] {
                if self.figures[*a].article != self.figures[*b].article {
                    all += 1;
                    backed += usize::from(
                        margins
                            .get(&(*a.min(b), *a.max(b)))
                            .is_some_and(|margin| *margin > 0.0),
                    );
                }
            }
        }
        backed * 2 >= all
    }

    /// Joins what an article says twice: the same value in words that are alike.
    fn join_repetitions(&mut self) {
        for a in 0..self.figures.len() {
            let article = self.figures[a].article;
            if self.in_place(a).placed().sentence.is_none() {
                continue;
            }
            for b in a + 1..self.figures.len() {
                if self.figures[b].article != article || self.in_place(b).placed().sentence.is_none() {
                    break;
                }
                let (to, from) = (self.group_of[a], self.group_of[b]);
                if to != from && self.is_repetition(a, b) && self.all_agree(to, from) {
                    self.join(to, from);
                }
            }
        }
    }

    /// Whether an article gives one figure twice; both in the same article.
    fn is_repetition(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.figure(a), self.figure(b));
        if x.value.kind() != y.value.kind() || relate(x, y) != Some(Relation::Equal) {
            return false;
        }
        let shared = shared_context(&self.contexts[a], &self.contexts[b]);
        let (first, second) = (counted(self.in_place(a)), counted(self.in_place(b)));
        if first.is_some() && first == second && shared >= 0.1 {
            return true;
        }
        match telling(x) {
            Telling::Much => true,
            Telling::Some => shared >= 0.2,
            Telling::Little => shared >= 0.4,
        }
    }

    /// Joins the restatements of figures that are of one thing, and says which figures restate which.
    fn join_restatements(&mut self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let mut first = 0;
        for (article, reading) in self.readings.iter().enumerate() {
            let found = restatements(&self.articles[article], reading);
            pairs.extend(found.into_iter().map(|(a, b)| (first + a, first + b)));
            first += reading.figures.len();
        }
        for (place, (a, again)) in pairs.iter().enumerate() {
            for (other, other_again) in pairs.iter().skip(place + 1) {
                for (x, y, p, q) in [
                    (*a, *other, *again, *other_again),
                    (*a, *other_again, *again, *other),
                    (*again, *other, *a, *other_again),
                    (*again, *other_again, *a, *other),
                ] {
                    let (to, from) = (self.group_of[p], self.group_of[q]);
                    if self.group_of[x] == self.group_of[y]
                        && to != from
                        && self.figure(p).value.unit() == self.figure(q).value.unit()
                        && self.of_different_articles(to, from)
                    {
                        self.join(to, from);
                    }
                }
            }
        }
        pairs
    }

    fn of_different_articles(&self, to: usize, from: usize) -> bool {
        let article = |figure: &usize| self.figures[*figure].article;
        self.groups[to]
            .iter()
            .all(|a| self.groups[from].iter().all(|b| article(a) != article(b)))
    }

    /// Joins figures that contradict each other: groups that share no article, the surest pair first.
    fn join_differences(&mut self) {
        let agreed = self.agreed();
        for edge in self.backed(|gathering| &mut gathering.differences, &agreed) {
            let (to, from) = (self.group_of[edge.a], self.group_of[edge.b]);
            let free = self.of_different_articles(to, from)
                || self.is_misplaced(edge.a, edge.b)
                || self.is_misplaced(edge.b, edge.a);
            if to != from && free {
                self.join(to, from);
            }
        }
    }

    /// Whether a figure stands alone against another in a linked paragraph of a version of one text, though its
    /// article gives the other's value elsewhere: in its title, say.
    fn is_misplaced(&self, alone: usize, other: usize) -> bool {
        let (x, y) = (self.in_place(alone).placed(), self.in_place(other).placed());
        let (a, b) = (self.figures[alone].article, self.figures[other].article);
        let Some(pairing) = self.pairings.get(&(a.min(b), a.max(b))) else {
            return false;
        };
        let linked = x.paragraph.zip(y.paragraph).is_some_and(|(own, others)| {
            if a < b {
                pairing.is_linked(own, others)
            } else {
                pairing.is_linked(others, own)
            }
        });
        let group = &self.groups[self.group_of[other]];
        let beside = |figure: &usize| {
            self.figures[*figure].article == a && self.in_place(*figure).placed().paragraph == x.paragraph
        };
        pairing.kin.is_version()
            && linked
            && self.groups[self.group_of[alone]].len() == 1
            && !group.iter().any(beside)
    }

    /// Joins figures of one thing in different units: groups that share no article, each in one unit.
    ///
    /// Restatements are left out: they belong to what they restate.
    fn join_conversions(&mut self, restated: &[(usize, usize)]) {
        let has = |group: usize, gathering: &Self| {
            restated
                .iter()
                .any(|(a, again)| gathering.group_of[*a] == group || gathering.group_of[*again] == group)
        };
        let agreed = self.agreed();
        for edge in self.backed(|gathering| &mut gathering.conversions, &agreed) {
            let (to, from) = (self.group_of[edge.a], self.group_of[edge.b]);
            let free = !(has(to, self) && has(from, self));
            if to != from && free && self.of_different_articles(to, from) {
                self.join(to, from);
            }
        }
    }

    /// The edges of one sort that the evidence and the figures beside suffice for, the surest first.
    ///
    /// The more two articles agree elsewhere, the likelier they speak of the same things.
    fn backed(
        &mut self,
        sort: impl Fn(&mut Self) -> &mut Vec<Edge>,
        agreed: &HashMap<(usize, usize), (f32, f32)>,
    ) -> Vec<Edge> {
        let mut edges = std::mem::take(sort(self));
        for edge in &mut edges {
            let pair = (self.figures[edge.a].article, self.figures[edge.b].article);
            let (agreed, surely) = agreed.get(&pair).copied().unwrap_or_default();
            edge.margin += self.beside(edge.a, edge.b) + AGREED * (agreed - USUALLY_AGREED);
            // Last month's inflation here and there is told in the same words.
            let version = self
                .pairings
                .get(&pair)
                .is_some_and(|pairing| pairing.kin.is_version());
            if !version && surely < 1.0 {
                edge.margin -= STRANGERS;
            }
        }
        edges.retain(|edge| edge.margin > 0.0);
        edges.sort_by(|x, y| y.margin.total_cmp(&x.margin).then((x.a, x.b).cmp(&(y.a, y.b))));
        edges
    }

    /// How much each two articles agree: the figures they share, small ones by half, up to [`MOST_AGREED`]; and how
    /// many of these are no dates and too telling to be chance.
    fn agreed(&self) -> HashMap<(usize, usize), (f32, f32)> {
        let mut agreed: HashMap<(usize, usize), (f32, f32)> = HashMap::new();
        for group in self.groups.iter().filter(|group| group.len() > 1) {
            let mut articles: Vec<usize> = group.iter().map(|figure| self.figures[*figure].article).collect();
            articles.sort_unstable();
            articles.dedup();
            let first = self.figure(group[0]);
            let (weight, sure) = match telling(first) {
                Telling::Little => (0.5, 0.0),
                Telling::Some => (1.0, 0.5),
                Telling::Much => (1.0, 1.0),
            };
            let sure = if matches!(first.value, Value::Date { .. }) {
                0.0
            } else {
                sure
            };
            for (place, a) in articles.iter().enumerate() {
                for b in articles.iter().skip(place + 1) {
                    let (sum, surely) = agreed.entry((*a, *b)).or_default();
                    *sum = (*sum + weight).min(MOST_AGREED);
                    *surely += sure;
                }
            }
        }
        agreed
    }

    fn join(&mut self, to: usize, from: usize) {
        let moved = std::mem::take(&mut self.groups[from]);
        for figure in &moved {
            self.group_of[*figure] = to;
        }
        self.groups[to].extend(moved);
    }

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

#[derive(Default)]
struct Found {
    /// Figures of a telling value that stands in the other article too, wherever.
    met: HashSet<usize>,
    agreements: Vec<Edge>,
    differences: Vec<Edge>,
    conversions: Vec<Edge>,
}

#[derive(Clone, Copy)]
enum Sort {
    Equal,
    Apart,
    Converted,
}

/// How unlikely it is to meet a value by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// Small numbers, years, months: every article has some.
    Little,
    /// Two digits, whole days.
    Some,
    /// Three digits or more.
    Much,
}

/// How unlikely it is to meet the value of a figure by chance.
pub fn telling(figure: &Figure) -> Telling {
    let Some(amount) = figure.value.amount() else {
        return match &figure.value {
            Value::Date { from, to, .. } if from.len() >= 10 || to.is_some() => Telling::Some,
            Value::Date { .. } => Telling::Little,
            _ => Telling::Some,
        };
    };
    let digits = amount
        .low
        .normalized()
        .digits
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |log| log + 1);
    let digits = digits + u32::from(amount.high.is_some());
    match (&figure.value, digits) {
        (Value::Duration { .. } | Value::Ordinal(_) | Value::Multiple(_), 0..=2) => Telling::Little,
        (Value::Money { .. } | Value::Quantity { .. }, 2) => Telling::Much,
        (Value::Money { .. } | Value::Quantity { .. }, _) if digits < 2 => Telling::Some,
        (_, 0 | 1) => Telling::Little,
        (_, 2) => Telling::Some,
        _ => Telling::Much,
    }
}

/// The share of the words near two figures of one article that both have.
fn shared_context(a: &Context, b: &Context) -> f32 {
    let total: f32 = a.iter().chain(b).map(|(_, weight)| weight).sum();
    let shared: f32 = a
        .iter()
        .filter_map(|(word, weight)| {
            b.iter()
                .find(|(other, _)| other == word)
                .map(|(_, other)| weight + other)
        })
        .sum();
    if total > 0.0 { shared / total } else { 0.0 }
}

/// By how much the evidence suffices for two figures of equal value to be one claim.
fn agreement(evidence: &Evidence, a: &Figure, b: &Figure, unique: bool, kin: Kin) -> f32 {
    if evidence.linked && kin.is_version() {
        let strange = evidence.noun.is_some_and(|same| same < 0.2) && evidence.context < 0.1;
        return if strange && telling(a) == Telling::Little {
            -1.0
        } else {
            10.0 + AGREEING.weigh(evidence, a, b)
        };
    }
    let asked = if kin == Kin::Unrelated { 1.5 } else { -0.3 };
    AGREEING.weigh(evidence, a, b) + if unique { UNIQUE } else { 0.0 } - asked
}

/// By how much the evidence suffices for two figures of different values to be one claim.
fn difference(evidence: &Evidence, a: &Figure, b: &Figure, kin: Kin) -> f32 {
    // Minus three degrees and three degrees below zero; 1631 and 22.
    let furthest = if kin.is_version() {
        MOST_REMOTE
    } else {
        MOST_REMOTE_REPORTS
    };
    if mirrored(a, b) || remoteness(a, b) > furthest {
        return NEVER;
    }
    if !kin.is_version() && (is_wide(a) || is_wide(b)) {
        return NEVER;
    }
    if is_relative(a) || is_relative(b) || kin == Kin::Unrelated {
        return NEVER;
    }
    let version = kin.is_version() && evidence.linked;
    let other_noun = evidence.noun.is_some_and(|same| same < 0.2) && evidence.context < 0.2;
    if !version && (evidence.times == Times::Differ || other_noun) {
        return NEVER;
    }
    if matches!(a.value, Value::Ordinal(_)) && evidence.noun.unwrap_or(0.0) < 0.8 {
        return NEVER;
    }
    let score = DIFFERING.weigh(evidence, a, b).max(measured(evidence, a, b));
    if version {
        let small = is_small(a) && is_small(b) && (evidence.context < 0.1 || other_noun);
        let stray = score < 0.0 && remoteness(a, b) > MOST_REMOTE_REPORTS && !is_one_digit_off(a, b);
        return if small || stray {
            NEVER
        } else {
            (10.0 + score).max(0.01)
        };
    }
    let vague = match a.value {
        Value::Date { .. } => evidence.near < 0.5 || !evidence.partners || telling(a) != telling(b),
        Value::Number { .. } => is_small(a) && is_small(b) && evidence.noun.unwrap_or(0.0) < 0.8,
        _ => false,
    };
    if vague { NEVER } else { score - 0.6 }
}

/// The evidence that two percentages of about one size measure the same: the words nearest to them are alike.
fn measured(evidence: &Evidence, a: &Figure, b: &Figure) -> f32 {
    let opposed = a.direction.is_some() && b.direction.is_some() && a.direction != b.direction;
    if !matches!(a.value, Value::Percent(_)) || opposed || remoteness(a, b) > 0.35 {
        return NEVER;
    }
    6.0 * (evidence.near - 0.22).min(0.3)
}

/// By how much the evidence suffices for two figures in different units to be one claim.
fn conversion(evidence: &Evidence, a: &Figure, b: &Figure, kin: Kin) -> f32 {
    if evidence.times == Times::Differ || kin == Kin::Unrelated {
        return NEVER;
    }
    if matches!(a.value, Value::Duration { .. }) && evidence.near.max(evidence.context) < 0.3 {
        return NEVER;
    }
    CONVERTED.weigh(evidence, a, b) + 0.2
}

/// Whether a figure is a number below 13: every article has some.
fn is_small(figure: &Figure) -> bool {
    figure
        .value
        .amount()
        .is_some_and(|amount| amount.low.approximate().abs() < 13.0)
}

/// How much each sort of evidence counts: the coefficients of logistic regressions over pairs of figures of
/// independent reports, marked by hand, rounded; above 0 two figures are rather of one thing than not.
struct Weights {
    base: f32,
    context: f32,
    near: f32,
    paragraph: f32,
    sentence: f32,
    linked: f32,
    partners: f32,
    same_noun: f32,
    other_noun: f32,
    times_fit: f32,
    distance: f32,
    remoteness: f32,
    slip: f32,
    little: f32,
    some: f32,
    kind: fn(&Value) -> f32,
}

/// Evidence against that nothing outweighs.
const NEVER: f32 = -10.0;

/// What a value is worth that stands once in each article.
const UNIQUE: f32 = 0.8;

const AGREEING: Weights = Weights {
    base: -2.1,
    context: 2.0,
    near: 0.8,
    paragraph: 0.5,
    sentence: 0.0,
    linked: 2.6,
    partners: 0.8,
    same_noun: 0.3,
    other_noun: 0.0,
    times_fit: 0.3,
    distance: 0.0,
    remoteness: 0.0,
    slip: 0.0,
    little: -2.4,
    some: -1.1,
    kind: |value| match value {
        Value::Ordinal(_) => -2.3,
        Value::Date { .. } => -1.0,
        Value::Money { .. } => 0.7,
        _ => 0.0,
    },
};

const DIFFERING: Weights = Weights {
    base: -1.3,
    context: 1.3,
    near: 1.8,
    paragraph: 1.3,
    sentence: 0.2,
    linked: 1.5,
    partners: 1.2,
    same_noun: 1.5,
    other_noun: -0.6,
    times_fit: 0.0,
    distance: -0.9,
    remoteness: -1.1,
    slip: 0.4,
    little: -0.9,
    some: -0.7,
    kind: |value| match value {
        Value::Date { .. } => -2.7,
        Value::Percent(_) => -1.9,
        Value::Ordinal(_) => -0.8,
        Value::Number { .. } => -0.6,
        Value::Money { .. } => -0.4,
        _ => 0.0,
    },
};

const CONVERTED: Weights = Weights {
    base: -0.6,
    context: 0.8,
    near: 0.8,
    paragraph: 1.7,
    sentence: 0.8,
    linked: 2.1,
    partners: 1.4,
    same_noun: 0.0,
    other_noun: 0.0,
    times_fit: 0.0,
    distance: -0.4,
    remoteness: 0.0,
    slip: 0.0,
    little: -1.1,
    some: -0.8,
    kind: |value| {
        if matches!(value, Value::Money { .. }) {
            -1.7
        } else {
            0.0
        }
    },
};

impl Weights {
    /// The evidence as one number.
    fn weigh(&self, evidence: &Evidence, a: &Figure, b: &Figure) -> f32 {
        let noun = match evidence.noun {
            Some(same) if same >= 0.8 => self.same_noun,
            Some(same) if same < 0.3 => self.other_noun,
            _ => 0.0,
        };
        let telling = match telling(a) {
            Telling::Little => self.little,
            Telling::Some => self.some,
            Telling::Much => 0.0,
        };
        let given = |weight: f32, given: bool| if given { weight } else { 0.0 };
        self.base
            + self.context * evidence.context
            + self.near * evidence.near
            + self.paragraph * evidence.paragraph.max(0.0)
            + self.sentence * evidence.sentence.max(0.0)
            + given(self.linked, evidence.linked)
            + given(self.partners, evidence.partners)
            + given(self.times_fit, evidence.times == Times::Fit)
            + given(self.slip, is_slip(a, b))
            + self.distance * evidence.distance
            + self.remoteness * remoteness(a, b)
            + noun
            + telling
            + (self.kind)(&a.value)
    }
}

/// Whether two values are written with as many digits, all alike but one.
fn is_one_digit_off(a: &Figure, b: &Figure) -> bool {
    let digits = |figure: &Figure| figure.value.amount().map(|amount| amount.low.to_string());
    let (Some(x), Some(y)) = (digits(a), digits(b)) else {
        return false;
    };
    x.len() == y.len() && x.bytes().zip(y.bytes()).filter(|(x, y)| x != y).count() == 1
}

/// How far apart, in powers of e, two values of one thing can be at most: one wrong digit makes a factor of nine.
const MOST_REMOTE: f32 = 2.5;

/// The same in independent reports, which differ in what they heard, seldom in a digit: a factor of 1.7.
const MOST_REMOTE_REPORTS: f32 = 0.53;

/// Whether a figure names a day by its weekday or by the day it is written on, which may be taken for another.
const fn is_relative(figure: &Figure) -> bool {
    matches!(figure.value, Value::Date { relative: true, .. })
}

/// Whether two values differ in nothing but their signs.
fn mirrored(a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return false;
    };
    let (x, y) = (x.low.approximate(), y.low.approximate());
    x != 0.0 && (x + y).abs() <= 1e-9 * x.abs()
}

/// How far apart two values are, in powers of e, as far as no slip of scale explains it: 0 to 4.
fn remoteness(a: &Figure, b: &Figure) -> f32 {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return 0.0;
    };
    let ratio = (x.low.approximate() / y.low.approximate()).abs();
    if is_slip(a, b) || !ratio.is_finite() || ratio <= 0.0 {
        return 0.0;
    }
    (ratio.ln().abs() as f32).min(4.0)
}
