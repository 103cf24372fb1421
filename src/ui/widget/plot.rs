//! The values of a claim on an axis, one mark a source.

use ratatui::layout::Rect;

use crate::compare::{Claim, Verdict};
use crate::figure::{Decimal, Figure};
use crate::locale::Locale;
use crate::ui::amount::scaled;
use crate::ui::sign::Signs;
use crate::ui::theme::Role;

use super::canvas::{Canvas, columns};

/// Values between their smallest and largest.
#[derive(Debug)]
pub struct Axis {
    points: Vec<Point>,
    logarithmic: bool,
}

/// A value and the articles that give it.
#[derive(Debug)]
struct Point {
    value: Decimal,
    articles: Vec<usize>,
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

    /// Draws three lines: the marks, the axis, the values.
    pub fn view(&self, area: Rect, locale: &Locale, role: Role, canvas: &mut Canvas<'_>) {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return;
        };
        let (low, high) = (scaled(locale, first.value), scaled(locale, last.value));
        let start = area.x + columns(&low) + 1;
        let end = area.right().min(100).saturating_sub(columns(&high) + 2);
        if end <= start + 4 || area.height < 2 {
            return;
        }
        let y = area.y + 1;
        canvas.put(area.x, y, area.right(), &low, Role::Text);
        canvas.rule(start + 1, y, end);
        let (left, right) = if canvas.signs == Signs::Full {
            ("├", "┤")
        } else {
            ("|", "|")
        };
        canvas.put(start, y, area.right(), left, Role::Rule);
        let x = canvas.put(end, y, area.right(), right, Role::Rule);
        canvas.put(x + 1, y, area.right(), &high, Role::Text);
        let span = f64::from(end - start - 2);
        for point in &self.points {
            let x = start + 1 + (self.share(point.value) * span).round() as u16;
            let mark = if canvas.signs == Signs::Full { "●" } else { "o" };
            canvas.put(x, y, end + 1, mark, role);
            let articles: String = point
                .articles
                .iter()
                .map(|article| canvas.signs.article(*article))
                .collect();
            let x = x.saturating_sub(columns(&articles) / 2).max(area.x);
            canvas.put(x, area.y, area.right(), &articles, Role::Accent);
        }
        if self.logarithmic && area.height > 2 {
            canvas.put(start + 1, y + 1, end, locale.text("plot.logarithmic"), Role::Dim);
        }
    }

    /// Where a value lies between the smallest (0) and the largest (1).
    fn share(&self, value: Decimal) -> f64 {
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
