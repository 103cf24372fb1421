//! How the figures of a claim relate, and why.

use std::collections::HashMap;

use super::align::Pairing;
use super::claims::{FigureIx, Group};
use super::interval::{Interval, Relation, reach};
use super::reading::{Placed, Reading};
use super::restate::slip;
use super::running::Tally;
use super::{Knowledge, Reason, Reinterpreted, Suspect, Verdict, rates};
use crate::article::Article;
use crate::figure::{Decimal, Figure, Value};
use crate::text::fold;

/// What judging a claim needs to know.
pub struct Bench<'a> {
    /// The articles compared.
    pub articles: &'a [Article],
    /// The articles as they were read.
    pub readings: &'a [Reading],
    /// The pairs of articles.
    pub pairings: &'a HashMap<(usize, usize), Pairing>,
    /// For each article what its figures count, and which of them run.
    pub tallies: &'a [Vec<Tally>],
    /// What is known beside the articles.
    pub knowledge: &'a Knowledge,
}

/// What was found of a claim.
pub type Judgement = (Verdict, Option<Reason>);

impl<'a> Bench<'a> {
    /// Judges a group; `main` is the group it restates.
    pub fn judge(&self, group: &Group, main: Option<&Group>) -> Judgement {
        let verdict = self.verdict(&group.members);
        match verdict {
            Verdict::Conflict => self.judge_conflict(group, main),
            Verdict::Scale => (verdict, self.slip_reason(group, main)),
            Verdict::Restated => self.judge_conversion(group),
            _ => (verdict, None),
        }
    }

    fn placed(&self, member: FigureIx) -> &'a Placed {
        &self.readings[member.article].figures[member.number]
    }

    fn figure(&self, member: FigureIx) -> &'a Figure {
        &self.placed(member).figure
    }

    /// What the values alone say.
    fn verdict(&self, members: &[FigureIx]) -> Verdict {
        let mut worst = Verdict::Single;
        for (place, a) in members.iter().enumerate() {
            for b in members.iter().skip(place + 1).filter(|b| b.article != a.article) {
                let Some(pairing) = self.pairings.get(&(a.article, b.article)) else {
                    continue;
                };
                let (x, y) = (self.figure(*a), self.figure(*b));
                let verdict = match pairing.relate(x, y) {
                    None => Verdict::Restated,
                    Some(Relation::Apart | Relation::Possible) if is_slip(x, y) => Verdict::Scale,
                    Some(Relation::Apart) => Verdict::Conflict,
                    Some(Relation::Near | Relation::Possible) => Verdict::Rounded,
                    Some(Relation::Equal) => Verdict::Agree,
                };
                if verdict.rank() > worst.rank() {
                    worst = verdict;
                }
            }
        }
        worst
    }

    fn judge_conflict(&self, group: &Group, main: Option<&Group>) -> Judgement {
        if let Some(order) = self.later(group) {
            return (Verdict::Updated, Some(Reason::Later { order }));
        }
        let values = self.values(group);
        let odd = odd_one(&values);
        if let Some(implied) = main.and_then(|main| self.implied(group, main)) {
            if let Some(reason) = self.fits_daily_rates(&implied) {
                return (Verdict::Restated, Some(reason));
            }
            return (Verdict::Conflict, implied_reason(&values, odd, &implied));
        }
        let reason = apart(&values).map(|percent| Reason::Apart { percent, odd });
        (Verdict::Conflict, reason)
    }

    /// The value each article gives first, with the article.
    fn values(&self, group: &Group) -> Vec<(usize, f64)> {
        let mut values: Vec<(usize, f64)> = Vec::new();
        for member in &group.members {
            let size = size(&self.figure(*member).value);
            if let Some(size) = size.filter(|_| values.iter().all(|(article, _)| *article != member.article))
            {
                values.push((member.article, size));
            }
        }
        values
    }

    /// For each article that gives both, what one unit is worth in the other, as its own words imply.
    fn implied(&self, group: &Group, main: &Group) -> Option<Implied> {
        let mut pairs: Vec<(FigureIx, FigureIx)> = Vec::new();
        for member in &group.members {
            let own = main.members.iter().find(|first| first.article == member.article);
            if let Some(own) = own.filter(|_| pairs.iter().all(|(known, _)| known.article != member.article))
            {
                pairs.push((*own, *member));
            }
        }
        let (first, again) = *pairs.first()?;
        let (a, b) = (self.figure(first), self.figure(again));
        let mut units = (a.value.unit()?, b.value.unit()?);
        let dear = b.value.amount()?.low.approximate() < a.value.amount()?.low.approximate();
        if !dear {
            units = (units.1, units.0);
        }
        let rates = pairs
            .iter()
            .filter_map(|(first, again)| {
                let (cheap, dear) = if dear { (*first, *again) } else { (*again, *first) };
                let (x, y) = (reach(self.figure(cheap))?.hard, reach(self.figure(dear))?.hard);
                let value = |ix| Some(self.figure(ix).value.amount()?.low.approximate());
                Some(ImpliedRate {
                    article: first.article,
                    rate: value(cheap)? / value(dear)?,
                    allowed: Interval {
                        low: x.low / y.high,
                        high: x.high / y.low,
                    },
                })
            })
            .collect();
        Some(Implied {
            of: units.1,
            unit: units.0,
            rates,
        })
    }

    /// The reason that each restatement fits the rate of its own article's day, where all do.
    fn fits_daily_rates(&self, implied: &Implied) -> Option<Reason> {
        /// Sources take the rate of a neighbouring day, or of another market.
        const PLAY: f64 = 0.01;
        let mut fitting = Vec::new();
        for rate in &implied.rates {
            let day = self.articles[rate.article].headline.published.as_ref()?.day()?;
            let known = self.knowledge.rates.rate(implied.of, implied.unit, day)?;
            let allowed = Interval {
                low: rate.allowed.low * (1.0 - PLAY),
                high: rate.allowed.high * (1.0 + PLAY),
            };
            if !allowed.touches(Interval {
                low: known,
                high: known,
            }) {
                return None;
            }
            fitting.push((rate.article, rounded(known)?));
        }
        (fitting.len() > 1).then_some(Reason::DailyRates {
            of: implied.of,
            unit: implied.unit,
            rates: fitting,
        })
    }

    /// The verdict on figures in different units.
    fn judge_conversion(&self, group: &Group) -> Judgement {
        let members = &group.members;
        let pair = members.iter().enumerate().find_map(|(place, a)| {
            let b = members
                .iter()
                .skip(place + 1)
                .find(|b| self.figure(*a).value.unit() != self.figure(**b).value.unit())?;
            Some((*a, *b))
        });
        let Some((a, b)) = pair else {
            return (Verdict::Restated, None);
        };
        let (x, y) = (self.figure(a), self.figure(b));
        if self.slipped(a, b).is_some_and(|power| power != 0) {
            return (Verdict::Scale, self.slip_reason(group, None));
        }
        (Verdict::Restated, rate_reason(x, y))
    }

    /// The power of a thousand by which the second of two figures is off, in one unit or at a plausible rate.
    fn slipped(&self, a: FigureIx, b: FigureIx) -> Option<i8> {
        let (x, y) = (self.figure(a), self.figure(b));
        let (from, to) = (x.value.unit(), y.value.unit());
        let worth = match (&x.value, &y.value) {
            _ if from == to => 1.0,
            (Value::Money { currency, .. }, Value::Money { currency: other, .. }) => {
                self.readings[a.article].yearly.rate(currency, other)?
            }
            _ => rates::conversion(from?, to?)?,
        };
        slip(y.value.amount()?.low.approximate() / (x.value.amount()?.low.approximate() * worth))
    }

    /// By how much the figures of a group slip, and whose is probably wrong.
    fn slip_reason(&self, group: &Group, main: Option<&Group>) -> Option<Reason> {
        let members = &group.members;
        let first = *members.first()?;
        let powers: Vec<(FigureIx, i8)> = members
            .iter()
            .filter_map(|ix| Some((*ix, self.slipped(first, *ix)?)))
            .collect();
        let (low, high) = (
            powers.iter().map(|(_, power)| *power).min()?,
            powers.iter().map(|(_, power)| *power).max()?,
        );
        let thousands = u8::try_from(high - low).ok().filter(|thousands| *thousands > 0)?;
        let suspect = self
            .misfit(group, main)
            .or_else(|| minority(&powers))
            .or_else(|| self.false_friend(&powers, low, high));
        let readings = match suspect {
            Some(_) => Vec::new(),
            None => self.readings(&powers, low, high),
        };
        Some(Reason::Slip {
            power: thousands * 3,
            suspect,
            readings,
        })
    }

    /// What the articles of either value would have to mean, where there are no others.
    fn readings(&self, powers: &[(FigureIx, i8)], low: i8, high: i8) -> Vec<Reinterpreted> {
        if powers.iter().any(|(_, power)| *power != low && *power != high) {
            return Vec::new();
        }
        let meant = |side: i8, by: i8| {
            let (ix, _) = powers.iter().find(|(_, power)| *power == side)?;
            let value = &self.figure(*ix).value;
            Some(Reinterpreted {
                article: ix.article,
                value: value.amount()?.low.scaled(by)?,
                unit: value.unit(),
            })
        };
        let thousands = high - low;
        [meant(low, 3 * thousands), meant(high, -3 * thousands)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The article whose own restatement does not fit.
    fn misfit(&self, group: &Group, main: Option<&Group>) -> Option<Suspect> {
        let implied = self.implied(group, main?)?;
        let known = self
            .knowledge
            .yearly
            .of(i16::MAX)
            .rate(implied.of, implied.unit)
            .or_else(|| rates::conversion(implied.of, implied.unit))?;
        let mut wrong = implied
            .rates
            .iter()
            .filter(|rate| slip(rate.rate / known) != Some(0));
        let article = wrong.next()?.article;
        (wrong.next().is_none() && implied.rates.len() > 1).then_some(Suspect::Restatement { article })
    }

    /// The article that uses a word of the long scale where an English one of the short scale was meant.
    fn false_friend(&self, powers: &[(FigureIx, i8)], low: i8, high: i8) -> Option<Suspect> {
        let mut found = None;
        for (ix, _) in powers.iter().filter(|(_, power)| *power == high) {
            let text = fold(
                self.placed(*ix)
                    .figure
                    .span
                    .of(self.articles[ix.article].part(self.placed(*ix).part)),
            );
            let language = self.readings[ix.article].language?;
            let friend = FALSE_FRIENDS.iter().find(|friend| {
                friend.language == language.code()
                    && friend.thousands == high - low
                    && text.contains(friend.word)
            });
            // A word that may be meant as it stands accuses nobody: one that only English can explain does.
            found =
                found.or(friend
                    .filter(|friend| friend.thousands == 2)
                    .map(|friend| Suspect::FalseFriend {
                        article: ix.article,
                        word: friend.word,
                        meant: friend.meant,
                    }));
        }
        found
    }

    /// The articles in the order of their states, where the words and the dates say that a figure runs.
    fn later(&self, group: &Group) -> Option<Vec<usize>> {
        let runs = |member: &FigureIx| self.tallies[member.article][member.number].runs;
        if !group.members.iter().any(runs) {
            return None;
        }
        let mut states = Vec::new();
        for (article, value) in self.values(group) {
            let published = self.articles[article].headline.published.as_ref()?;
            states.push((published.as_str(), value, article));
        }
        states.sort_by(|x, y| x.0.cmp(y.0).then(x.2.cmp(&y.2)));
        let runs = states.windows(2).all(|pair| {
            let [(earlier, value, _), (later, later_value, _)] = pair else {
                return true;
            };
            value == later_value || (value < later_value && !later.starts_with(earlier))
        });
        let grew = states.first()?.1 < states.last()?.1;
        (runs && grew).then(|| states.into_iter().map(|(_, _, article)| article).collect())
    }
}

/// A scale word that English uses for a smaller number.
struct FalseFriend {
    language: &'static str,
    word: &'static str,
    /// The word for the number that English means.
    meant: &'static str,
    /// How many thousands apart the two are.
    thousands: i8,
}

const FALSE_FRIENDS: &[FalseFriend] = &[
    FalseFriend {
        language: "de",
        word: "trillion",
        meant: "Billion",
        thousands: 2,
    },
    FalseFriend {
        language: "nl",
        word: "triljoen",
        meant: "biljoen",
        thousands: 2,
    },
    FalseFriend {
        language: "de",
        word: "billion",
        meant: "Milliarde",
        thousands: 1,
    },
    FalseFriend {
        language: "nl",
        word: "biljoen",
        meant: "miljard",
        thousands: 1,
    },
];

/// What one unit is worth in another, as the articles' own words imply.
struct Implied {
    of: &'static str,
    unit: &'static str,
    rates: Vec<ImpliedRate>,
}

struct ImpliedRate {
    article: usize,
    rate: f64,
    allowed: Interval,
}

/// Whether two values in one unit are off by a power of a thousand, and nothing else.
pub fn is_slip(a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return false;
    };
    let ratio = (x.low.approximate() / y.low.approximate()).abs();
    let thousands = (ratio.log10() / 3.0).round();
    (1.0..=4.0).contains(&thousands.abs()) && (0.95..=1.05).contains(&(ratio / 1000f64.powf(thousands)))
}

/// The number a value comes to, a share for a ratio; none for dates, times and scores.
fn size(value: &Value) -> Option<f64> {
    match value {
        Value::Ratio { part, whole } => Some(part.approximate() / whole.approximate()),
        _ => Some(value.amount()?.low.approximate()),
    }
}

/// The article whose value stands against one that two or more others share.
fn odd_one(values: &[(usize, f64)]) -> Option<usize> {
    let same = |x: f64, y: f64| (x - y).abs() <= 1e-9 * x.abs().max(y.abs());
    let alone: Vec<usize> = values
        .iter()
        .filter(|(article, value)| {
            values
                .iter()
                .all(|(other, against)| other == article || !same(*value, *against))
        })
        .map(|(article, _)| *article)
        .collect();
    match alone[..] {
        [odd] if values.len() > 2 => Some(odd),
        _ => None,
    }
}

/// The article whose power of a thousand stands against that of two or more others.
fn minority(powers: &[(FigureIx, i8)]) -> Option<Suspect> {
    let mut by_article: Vec<(usize, i8)> = powers.iter().map(|(ix, power)| (ix.article, *power)).collect();
    by_article.dedup();
    let alone: Vec<usize> = by_article
        .iter()
        .filter(|(article, power)| {
            by_article
                .iter()
                .all(|(other, against)| other == article || power != against)
        })
        .map(|(article, _)| *article)
        .collect();
    match alone[..] {
        [article] if by_article.len() > 2 => Some(Suspect::Minority { article }),
        _ => None,
    }
}

/// By how many percent the largest value exceeds the smallest; none across zero.
fn apart(values: &[(usize, f64)]) -> Option<Decimal> {
    let sizes = values.iter().map(|(_, value)| value.abs());
    let (low, high) = (
        sizes.clone().fold(f64::INFINITY, f64::min),
        sizes.fold(0.0, f64::max),
    );
    if low <= 0.0 || !high.is_finite() {
        return None;
    }
    let percent = (high / low - 1.0) * 100.0;
    if percent < 10.0 {
        rounded(percent)
    } else {
        Some(Decimal::new(percent.round() as i128, 0))
    }
}

/// A number rounded to what a reader can use: two places below ten, whole above a thousand.
fn rounded(number: f64) -> Option<Decimal> {
    let places: i8 = match number.abs() {
        0.0..0.1 => 4,
        0.1..100.0 => 2,
        100.0..1000.0 => 1,
        _ => 0,
    };
    let digits = (number * 10f64.powi(i32::from(places))).round();
    (digits.is_finite() && digits.abs() < 1e30).then(|| Decimal::new(digits as i128, -places))
}

/// What the dearer of two units is worth in the other.
fn rate_reason(a: &Figure, b: &Figure) -> Option<Reason> {
    let (x, y) = (
        a.value.amount()?.low.approximate(),
        b.value.amount()?.low.approximate(),
    );
    let (from, to) = (a.value.unit()?, b.value.unit()?);
    let (of, unit, rate) = if x >= y {
        (to, from, x / y)
    } else {
        (from, to, y / x)
    };
    Some(Reason::Rate {
        of,
        unit,
        rate: rounded(rate)?,
    })
}

/// Why restatements contradict each other: by how much, and the rates they imply.
fn implied_reason(values: &[(usize, f64)], odd: Option<usize>, implied: &Implied) -> Option<Reason> {
    let rates = implied
        .rates
        .iter()
        .filter_map(|rate| Some((rate.article, rounded(rate.rate)?)))
        .collect();
    Some(Reason::Implied {
        percent: apart(values)?,
        odd,
        of: implied.of,
        unit: implied.unit,
        rates,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_odd_one_stands_against_two() {
        for (values, expected) in [
            (&[(0, 45.0), (1, 50.0), (2, 45.0)][..], Some(1)),
            (&[(0, 45.0), (1, 50.0)], None),
            (&[(0, 45.0), (1, 50.0), (2, 60.0)], None),
            (&[], None),
        ] {
            assert_eq!(odd_one(values), expected, "{values:?}");
        }
    }

    #[test]
    fn numbers_are_rounded_to_what_a_reader_can_use() {
        for (number, expected) in [
            (8.4444, "8.44"),
            (7.6, "7.6"),
            (0.01234, "0.0123"),
            (1176.47, "1176"),
            (157.04, "157"),
        ] {
            assert_eq!(
                rounded(number).map(|number| number.to_string()).as_deref(),
                Some(expected)
            );
        }
        assert_eq!(
            apart(&[(0, 45.0), (1, 50.0)])
                .map(|number| number.to_string())
                .as_deref(),
            Some("11")
        );
        assert_eq!(apart(&[(0, 0.0), (1, 50.0)]), None);
    }
}
