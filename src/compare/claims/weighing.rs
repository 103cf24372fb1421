//! Weighs the figures of two articles against each other: the most promising pairs of each sort.

use super::likeness::{Telling, telling};
use super::margin::{agreement, conversion, difference};
use super::{Edge, Gathering};
use crate::compare::align::Pairing;
use crate::compare::evidence::{can_meet, weigh};
use crate::compare::interval::{Interval, Relation, reach};
use crate::compare::rates;
use crate::compare::restate::slip;
use crate::figure::{Figure, Value};

/// The most figures of another article that a figure is weighed against, of those that agree and of the others.
const MOST_CANDIDATES: usize = 10;

/// How much less promising a value is that is only near: in versions of one text its own stands there too.
const ROUNDED: f32 = 1.0;

/// How far below what is asked for evidence may be and still be kept: the figures beside may speak for it.
const WEAKEST: f32 = 4.0;

#[derive(Default)]
struct Found {
    same: Vec<(usize, usize)>,
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

impl Gathering<'_> {
    /// Weighs the pairs of figures of each pair of articles.
    pub fn weigh_all(&mut self) {
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
            self.agreements.append(&mut found.agreements);
            self.differences.append(&mut found.differences);
            self.conversions.append(&mut found.conversions);
            self.same.append(&mut found.same);
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
                    Some(Relation::Near | Relation::Equal) => equal.push((b, promise)),
                    None => {}
                }
            } else if self.conversion(a, b).is_some() {
                converted.push((b, promise));
            }
        }
        let unique = equal.len() == 1;
        if pairing.kin.is_version() && telling(self.figure(a)) == Telling::Much {
            let same = equal.iter().map(|(b, _)| (a, *b));
            found
                .same
                .extend(same.filter(|(_, b)| self.figure(*b).value == self.figure(a).value));
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
                let other_value = self.figure(a).value != self.figure(*b).value;
                let rounded = if other_value && pairing.kin.is_version() {
                    ROUNDED
                } else {
                    0.0
                };
                let margin = match sort {
                    Sort::Equal => {
                        agreement(&evidence, self.figure(a), self.figure(*b), unique, pairing.kin) - rounded
                    }
                    Sort::Apart => difference(&evidence, self.figure(a), self.figure(*b), pairing.kin),
                    Sort::Converted => conversion(&evidence, self.figure(a), self.figure(*b), pairing.kin),
                };
                if margin > -WEAKEST {
                    let edges = match sort {
                        Sort::Equal => &mut found.agreements,
                        Sort::Apart => &mut found.differences,
                        Sort::Converted => &mut found.conversions,
                    };
                    edges.push(Edge {
                        a,
                        b: *b,
                        margin,
                        evidence,
                    });
                }
            }
        }
    }

    /// The power of a thousand by which two figures in different units of one dimension differ, if near one.
    fn conversion(&self, a: usize, b: usize) -> Option<i8> {
        let (x, y) = (self.figure(a), self.figure(b));
        let worth = match (&x.value, &y.value) {
            (Value::Money { currency, .. }, Value::Money { currency: other, .. }) if currency != other => {
                self.readings[self.figures[a].article]
                    .yearly
                    .rate(currency, other)?
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
            (0.93..=1.07).contains(&rest) || converts(x, y, worth)
        };
        (slipped == 0 && fits || money && slipped != 0).then_some(slipped)
    }
}

/// Whether what the first of two wordings makes a reader expect, in the unit of the second, is what that one does.
fn converts(a: &Figure, b: &Figure, worth: f64) -> bool {
    reach(a).zip(reach(b)).is_some_and(|(x, y)| {
        let converted = Interval {
            low: x.soft.low * worth,
            high: x.soft.high * worth,
        };
        converted.touches(y.soft)
    })
}
