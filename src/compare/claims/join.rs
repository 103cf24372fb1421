//! Joins figures into groups: agreements, repetitions, restatements, differences, conversions.

use std::collections::HashMap;

use super::likeness::{Telling, shared_context, telling};
use super::{Edge, Gathering};
use crate::compare::evidence::counted;
use crate::compare::interval::{Relation, relate};
use crate::compare::restate::restatements;
use crate::figure::Value;

/// How much more is asked for where two articles share no figure that is surely more than chance.
const STRANGERS: f32 = 1.0;
/// And how much more where they share none that is more than chance at all.
const UTTER_STRANGERS: f32 = 1.0;
/// How much it counts that two articles agree elsewhere, how much they usually do, and where it counts no more.
const AGREED: f32 = 0.2;
const USUALLY_AGREED: f32 = 2.0;
const MOST_AGREED: f32 = 5.0;
/// How much it counts that no other figure comes as near to being of the same thing, and how far ahead is far.
const LEAD: f32 = 0.5;
const MOST_LEAD: f32 = 3.0;
/// How much it counts against a difference that one of the figures agrees with another one.
const TAKEN: f32 = 1.9;
/// The most that the figures beside count, and how many are looked at.
const BESIDE: f32 = 2.0;
const MOST_BESIDE: usize = 6;

impl Gathering<'_> {
    /// Joins figures that agree in linked paragraphs of versions of one text.
    pub fn join_linked(&mut self) {
        let edges = std::mem::take(&mut self.agreements);
        let (linked, others): (Vec<Edge>, Vec<Edge>) = edges
            .into_iter()
            .partition(|edge| edge.evidence.linked && self.is_version(edge));
        let margins = linked
            .iter()
            .map(|edge| ((edge.a, edge.b), edge.margin))
            .collect();
        self.join_backed(&linked, &margins);
        self.agreements = linked.into_iter().chain(others).collect();
        self.agreements
            .sort_by(|x, y| y.margin.total_cmp(&x.margin).then((x.a, x.b).cmp(&(y.a, y.b))));
    }

    /// Joins figures that agree, the surest first, as long as all of a group agree; then those for which the
    /// figures beside them speak.
    pub fn join_agreements(&mut self) {
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
            let changed = self.changed.contains(&edge.a) || self.changed.contains(&edge.b);
            if changed && !edge.evidence.linked && self.is_version(edge) {
                continue;
            }
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
    pub fn join_repetitions(&mut self) {
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
        if self.changed.contains(&a) || self.changed.contains(&b) {
            return false;
        }
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
    pub fn join_restatements(&mut self) -> Vec<(usize, usize)> {
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
    pub fn join_differences(&mut self) {
        let agreed = self.agreed();
        for edge in self.backed(|gathering| &mut gathering.differences, &agreed) {
            let (to, from) = (self.group_of[edge.a], self.group_of[edge.b]);
            let free = self.of_different_articles(to, from)
                || edge.evidence.partners
                    && (self.is_misplaced(edge.a, edge.b) || self.is_misplaced(edge.b, edge.a));
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
    pub fn join_conversions(&mut self, restated: &[(usize, usize)]) {
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
        let (settled, agreeing) = (self.settled(), self.agreeing_paragraphs());
        let leads = self.leads(&edges);
        for (edge, lead) in edges.iter_mut().zip(leads) {
            let pair = (self.figures[edge.a].article, self.figures[edge.b].article);
            let (agreed, surely) = agreed.get(&pair).copied().unwrap_or_default();
            let (beside, elsewhere) = (self.beside(edge.a, edge.b), AGREED * (agreed - USUALLY_AGREED));
            if !self.is_version(edge) {
                // Last month's inflation here and there is told in the same words.
                let strangers = match surely {
                    0.0 => STRANGERS + UTTER_STRANGERS,
                    0.5 => STRANGERS,
                    _ => 0.0,
                };
                if self.figure(edge.a).value.unit() == self.figure(edge.b).value.unit() {
                    let taken = [(edge.a, pair.1), (edge.b, pair.0)]
                        .iter()
                        .filter(|end| settled.contains(end))
                        .count();
                    edge.margin += LEAD * lead - TAKEN * taken as f32;
                } else {
                    edge.margin += beside + elsewhere - strangers;
                }
            } else if edge.margin > 0.0 {
                edge.margin += beside + elsewhere;
            } else if self.are_left_over(edge, &settled) {
                edge.margin += beside;
            }
        }
        edges.retain(|edge| edge.margin > 0.0 && self.is_trusted(edge, &agreeing));
        edges.sort_by(|x, y| y.margin.total_cmp(&x.margin).then((x.a, x.b).cmp(&(y.a, y.b))));
        edges
    }

    /// By how much each edge is ahead of the next best one of either of its figures, up to [`MOST_LEAD`].
    fn leads(&self, edges: &[Edge]) -> Vec<f32> {
        let ends = |edge: &Edge| {
            let articles = [edge.a, edge.b].map(|figure| self.figures[figure].article);
            [(edge.a, articles[1]), (edge.b, articles[0])]
        };
        let mut best: HashMap<(usize, usize), [f32; 2]> = HashMap::new();
        for edge in edges {
            for end in ends(edge) {
                let [first, second] = best.entry(end).or_insert([f32::NEG_INFINITY; 2]);
                if edge.margin > *first {
                    (*first, *second) = (edge.margin, *first);
                } else {
                    *second = second.max(edge.margin);
                }
            }
        }
        let lead = |edge: &Edge| {
            let ahead = ends(edge).map(|end| {
                let [first, second] = best[&end];
                edge.margin - if edge.margin < first { first } else { second }
            });
            ahead[0].min(ahead[1]).clamp(-MOST_LEAD, MOST_LEAD)
        };
        edges.iter().map(lead).collect()
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
}
