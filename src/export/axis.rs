//! The values of a claim on an axis, told apart by article.

use crate::compare::{Claim, Verdict};
use crate::figure::{Decimal, Figure};

/// Values between their smallest and largest.
#[derive(Debug)]
pub struct Axis {
    /// The values, the smallest first.
    pub points: Vec<Point>,
    /// Whether equal ratios are equally far apart.
    pub logarithmic: bool,
}

/// A value and the articles that give it.
#[derive(Debug)]
pub struct Point {
    /// The value.
    pub value: Decimal,
    /// The articles that give it.
    pub articles: Vec<usize>,
}

impl Axis {
    /// The axis of a claim whose mentions are numbers in one unit and differ; for a slip of scale, logarithmic.
    pub fn new(claim: &Claim) -> Option<Self> {
        let unit = claim.mentions.first()?.figure.value.unit();
        let mut points: Vec<Point> = Vec::new();
        for mention in &claim.mentions {
            if mention.figure.value.unit() != unit {
                return None;
            }
            let value = number(&mention.figure)?;
            match points.iter_mut().find(|point| point.value.same_value(value)) {
                Some(point) if point.articles.contains(&mention.article) => {}
                Some(point) => point.articles.push(mention.article),
                None => points.push(Point {
                    value,
                    articles: vec![mention.article],
                }),
            }
        }
        points.sort_by(|one, other| one.value.cmp_value(other.value));
        let positive = points.first().is_some_and(|point| point.value.digits > 0);
        (points.len() > 1).then_some(Self {
            points,
            logarithmic: claim.verdict == Verdict::Scale && positive,
        })
    }

    /// Where a value lies between the smallest (0) and the largest (1).
    pub fn share(&self, value: Decimal) -> f64 {
        let place = |value: Decimal| {
            let number = value.approximate();
            if self.logarithmic { number.ln() } else { number }
        };
        let ends = self.points.first().zip(self.points.last());
        let Some((low, high)) = ends.map(|(first, last)| (place(first.value), place(last.value))) else {
            return 0.0;
        };
        let share = (place(value) - low) / (high - low);
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

fn number(figure: &Figure) -> Option<Decimal> {
    figure.value.amount().map(|amount| amount.low)
}
