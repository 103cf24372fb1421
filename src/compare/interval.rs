//! What a wording can mean: the values it allows, and how two wordings relate.

use crate::figure::{Amount, Bound, Decimal, Figure, Value};

use super::day::days;

/// How the values of two figures of one kind and unit relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The same value.
    Equal,
    /// They differ by no more than rounding or a hedge makes a reader expect.
    Near,
    /// A hedge allows both, but nobody would expect it: up to 80, and 20.
    Possible,
    /// They cannot both hold.
    Apart,
}

/// How two figures relate; none where their kinds or units cannot be compared.
///
/// The order of the two does not matter.
pub fn relate(a: &Figure, b: &Figure) -> Option<Relation> {
    if !comparable(a, b) {
        return None;
    }
    Some(match (&a.value, &b.value) {
        (
            Value::Date { from, to, relative },
            Value::Date {
                from: other,
                to: other_to,
                relative: other_relative,
            },
        ) => match dates((from, to.as_deref()), (other, other_to.as_deref())) {
            Relation::Apart if (*relative || *other_relative) && a_week_apart(from, other) => {
                if relative == other_relative {
                    Relation::Near
                } else {
                    Relation::Possible
                }
            }
            relation => relation,
        },
        (
            Value::Time { from, to },
            Value::Time {
                from: other,
                to: other_to,
            },
        ) => {
            let same = from == other && to == other_to;
            let near = minutes(from).zip(minutes(other)).is_some_and(|(x, y)| {
                let apart = x.abs_diff(y);
                apart.min(1440 - apart) <= hedged(a).max(hedged(b))
            });
            graded(same, near)
        }
        (
            Value::Ratio { part, whole },
            Value::Ratio {
                part: other,
                whole: other_whole,
            },
        ) => {
            let share = |part: &Decimal, whole: &Decimal| part.approximate() / whole.approximate();
            let (x, y) = (share(part, whole), share(other, other_whole));
            graded(close(x, y), (x - y).abs() < 0.02)
        }
        (Value::Score { .. }, Value::Score { .. }) => graded(a.value == b.value, false),
        _ => match (a.value.amount(), b.value.amount()) {
            (Some(x), Some(y)) => amounts((a, x), (b, y)),
            _ => return None,
        },
    })
}

/// How two figures of versions of one text relate: who translates a hedge keeps its number.
///
/// Where both are hedged alike their numbers are compared as if they were not, and what is written as finely is not
/// taken for rounded: who rounds 342 writes "some 340".
pub fn relate_versions(a: &Figure, b: &Figure) -> Option<Relation> {
    let alike = a.bound == b.bound;
    let plain = |figure: &Figure| Figure {
        bound: figure.bound.map(|_| Bound::Exact),
        ..figure.clone()
    };
    let relation = if alike && is_hedged(a) {
        relate(&plain(a), &plain(b))
    } else {
        relate(a, b)
    }?;
    let miswritten = match relation {
        Relation::Near => written_apart(a, b, alike),
        _ => false,
    };
    Some(if miswritten { Relation::Apart } else { relation })
}

fn is_hedged(figure: &Figure) -> bool {
    figure.bound.is_some_and(|bound| bound != Bound::Exact)
}

/// Whether neither of two near values can be the other rounded: where the hedges are alike they are as fine and one
/// digit apart, else both end at the same place and no hedge leaves one side open.
fn written_apart(a: &Figure, b: &Figure, alike: bool) -> bool {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return false;
    };
    if x.high.is_some() || y.high.is_some() {
        return false;
    }
    if alike {
        return x.low.exponent == y.low.exponent && is_one_digit_off(a, b);
    }
    let open = |figure: &Figure| !matches!(figure.bound, Some(Bound::Exact | Bound::About | Bound::Nearly));
    let (short, long) = (x.low.normalized(), y.low.normalized());
    short.exponent == long.exponent && short.digits != long.digits && !open(a) && !open(b)
}

/// Whether two values are written with as many digits, all alike but one.
pub fn is_one_digit_off(a: &Figure, b: &Figure) -> bool {
    let digits = |figure: &Figure| figure.value.amount().map(|amount| amount.low.to_string());
    let (Some(x), Some(y)) = (digits(a), digits(b)) else {
        return false;
    };
    x.len() == y.len() && x.bytes().zip(y.bytes()).filter(|(x, y)| x != y).count() == 1
}

/// Whether two figures are of one kind, unit and rate, so that their values can be set side by side.
pub fn comparable(a: &Figure, b: &Figure) -> bool {
    a.value.kind() == b.value.kind()
        && a.value.unit() == b.value.unit()
        && (a.per == b.per || a.per.is_none() || b.per.is_none())
}

/// Times that are hedged may differ by half an hour.
fn hedged(figure: &Figure) -> u32 {
    match figure.bound {
        None | Some(Bound::Exact) => 0,
        Some(_) => 30,
    }
}

fn minutes(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

const fn graded(equal: bool, near: bool) -> Relation {
    match (equal, near) {
        (true, _) => Relation::Equal,
        (false, true) => Relation::Near,
        (false, false) => Relation::Apart,
    }
}

/// Dates are intervals of days: a month within its quarter or year is a rounder wording, as is a day within its
/// month; a year that is not said fits any.
fn dates(a: (&str, Option<&str>), b: (&str, Option<&str>)) -> Relation {
    if a == b {
        return Relation::Equal;
    }
    let span = |(from, to): (&str, Option<&str>)| {
        let first = days(from)?;
        Some(first.through(to.map_or(Some(first), days)?))
    };
    let (Some(x), Some(y)) = (span(a), span(b)) else {
        return Relation::Apart;
    };
    let (Some(x), Some(y)) = (x.in_year_of(&y), y.in_year_of(&x)) else {
        return Relation::Apart;
    };
    let (shorter, longer) = if x.to - x.from <= y.to - y.from {
        (x, y)
    } else {
        (y, x)
    };
    let within = shorter.from >= longer.from && shorter.to <= longer.to;
    let steps = longer.length_class() - shorter.length_class();
    // Both name where they begin and end, and name it differently.
    let ranges = a.1.is_some() && b.1.is_some();
    graded(x == y, within && (steps == 1 || steps == 0 && !ranges))
}

/// Whether two days are a week apart: of which week a lone weekday is must be guessed from its sentence, and two
/// articles' guesses may differ where their words do not.
fn a_week_apart(a: &str, b: &str) -> bool {
    let (Some(x), Some(y)) = (days(a), days(b)) else {
        return false;
    };
    x.from.abs_diff(y.from) == 7 && x.from == x.to && y.from == y.to
}

/// The values a wording allows, ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

impl Interval {
    /// Whether two share a value; a hair's breadth apart is shared.
    pub fn touches(self, other: Self) -> bool {
        let slack = 1e-9 * self.low.abs().max(other.low.abs()).min(1e300);
        self.low <= other.high + slack && other.low <= self.high + slack
    }
}

/// What a wording can hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Without being false.
    pub hard: Interval,
    /// As a reader expects it.
    pub soft: Interval,
}

/// The reach of the number a figure states; none where it states none.
pub fn reach(figure: &Figure) -> Option<Reach> {
    let amount = figure.value.amount()?;
    Some(reach_of(
        amount,
        figure.bound.unwrap_or(Bound::Exact),
        is_count(&figure.value),
        is_share(&figure.value),
    ))
}

/// Counts of people and things, and ranks, are exact as they are written.
const fn is_count(value: &Value) -> bool {
    matches!(value, Value::Number { .. } | Value::Ordinal(_))
}

/// Shares are not read coarsely: 60 percent is not "about 62".
const fn is_share(value: &Value) -> bool {
    matches!(value, Value::Percent(_) | Value::PercentagePoint(_))
}

fn reach_of(amount: Amount, bound: Bound, count: bool, share: bool) -> Reach {
    let value = amount.low.approximate();
    let written = place(amount.low.exponent);
    // A little less than half, so that 3 and 4 do not touch at 3.5.
    let half = if count && amount.low.exponent == 0 {
        0.0
    } else {
        written * ALMOST_HALF
    };
    if let Some(high) = amount.high {
        let both = Interval {
            low: value - half,
            high: high.approximate() + place(high.exponent) * ALMOST_HALF,
        };
        return Reach {
            hard: both,
            soft: both,
        };
    }
    let size = value.abs();
    let round = if share {
        written
    } else {
        place(amount.low.normalized().exponent)
    };
    let play = if share {
        written / 2.0
    } else {
        half.max((round / 2.0).min(0.05 * size))
    };
    let some = half.max(round.min(0.1 * size));
    let much = if share {
        written
    } else {
        round.max(0.1 * size).min(0.5 * size.max(written))
    };
    let (hard, soft) = match bound {
        Bound::Exact => ((-half, half), (-half, half)),
        Bound::About => ((-play, play), (-play, play)),
        Bound::Nearly => ((-some, half), (-some, half)),
        Bound::MoreThan | Bound::AtLeast => ((-half, f64::INFINITY), (-half, much)),
        Bound::LessThan | Bound::AtMost => ((f64::NEG_INFINITY, half), (-much, half)),
    };
    let around = |(down, up): (f64, f64)| Interval {
        low: value + down,
        high: value + up,
    };
    Reach {
        hard: around(hard),
        soft: around(soft),
    }
}

const ALMOST_HALF: f64 = 0.49;

/// 10 to the power of `exponent`.
fn place(exponent: i8) -> f64 {
    10f64.powi(i32::from(exponent))
}

fn amounts((a, x): (&Figure, Amount), (b, y): (&Figure, Amount)) -> Relation {
    let same_high = match (x.high, y.high) {
        (None, None) => true,
        (Some(high), Some(other)) => high.same_value(other),
        _ => false,
    };
    let (Some(reach_a), Some(reach_b)) = (reach(a), reach(b)) else {
        return Relation::Apart;
    };
    if same_high && x.low.same_value(y.low) {
        return if face_to_face(a, b) {
            Relation::Near
        } else {
            Relation::Equal
        };
    }
    if !same_high && (is_wide(a) || is_wide(b)) {
        return if reach_a.hard.touches(reach_b.hard) {
            Relation::Possible
        } else {
            Relation::Apart
        };
    }
    if reach_a.soft.touches(reach_b.soft) || rounder(x, y) || rounder(y, x) {
        Relation::Near
    } else if reach_a.hard.touches(reach_b.hard) {
        Relation::Possible
    } else {
        Relation::Apart
    }
}

/// Whether a range says little more than how many digits a number has: two, three.
pub fn is_wide(figure: &Figure) -> bool {
    let ends = figure
        .value
        .amount()
        .and_then(|amount| Some((amount.low.approximate(), amount.high?.approximate())));
    ends.is_some_and(|(low, high)| high > 5.0 * low)
}

/// Hedges that exclude each other: more than this, less than this.
fn face_to_face(a: &Figure, b: &Figure) -> bool {
    let below = |figure: &Figure| matches!(figure.bound, Some(Bound::LessThan | Bound::Nearly));
    let above = |figure: &Figure| figure.bound == Some(Bound::MoreThan);
    (below(a) && above(b)) || (above(a) && below(b))
}

/// Whether `coarse` ends in zeros and lies within half their place, and two percent, of `fine`.
fn rounder(coarse: Amount, fine: Amount) -> bool {
    if coarse.high.is_some() || fine.high.is_some() {
        return false;
    }
    let (short, long) = (coarse.low.normalized(), fine.low.normalized());
    let (value, other) = (coarse.low.approximate(), fine.low.approximate());
    let apart = (value - other).abs();
    short.exponent > long.exponent.max(0)
        && apart < place(short.exponent) / 2.0
        && apart <= 0.02 * other.abs()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    /// `>` more than, `>=` at least, `<` less than, `<=` at most, `~` about, `-` before the number: nearly; `a..b`.
    fn figure(wording: &str) -> Figure {
        let (number, unit) = wording.split_once(' ').unwrap_or((wording, ""));
        let digits = number.trim_start_matches(['>', '<', '=', '~', '-']);
        let bound = match number.strip_suffix(digits).unwrap_or_default() {
            ">" => Bound::MoreThan,
            ">=" => Bound::AtLeast,
            "<" => Bound::LessThan,
            "<=" => Bound::AtMost,
            "~" => Bound::About,
            "-" => Bound::Nearly,
            _ => Bound::Exact,
        };
        let (low, high) = digits
            .split_once("..")
            .map_or((digits, None), |(low, high)| (low, Some(high)));
        let decimal = |digits: &str| {
            let (digits, power) = digits.split_once('e').unwrap_or((digits, "0"));
            let power = power.parse().expect("a power");
            Decimal::parse(digits)
                .expect("a decimal")
                .scaled(power)
                .expect("it fits")
        };
        let amount = Amount {
            low: decimal(low),
            high: high.map(decimal),
        };
        let value = match unit {
            "%" => Value::Percent(amount),
            "EUR" => Value::Money {
                amount,
                currency: "EUR",
            },
            "a" => Value::Duration { amount, unit: "a" },
            "date" => unreachable!("dates have their own test"),
            _ => Value::Number {
                amount,
                counted: None,
            },
        };
        Figure {
            span: Span::new(0, 0),
            value,
            bound: Some(bound),
            direction: None,
            per: None,
        }
    }

    fn check(a: &str, b: &str, expected: Relation) {
        for (x, y) in [(a, b), (b, a)] {
            assert_eq!(relate(&figure(x), &figure(y)), Some(expected), "{x} against {y}");
        }
    }

    #[test]
    fn wordings_relate_as_a_reader_takes_them() {
        use Relation::{Apart, Equal, Near, Possible};
        for (a, b, expected) in [
            ("380e9 EUR", ">380e9 EUR", Equal),
            ("380e9 EUR", ">=380e9 EUR", Equal),
            ("~380e9 EUR", "380.0e9 EUR", Equal),
            (">380e9 EUR", "<380e9 EUR", Near),
            ("<=2.4e9 EUR", "2.15e9 EUR", Possible),
            (">=2.4e9 EUR", "7.4e9 EUR", Possible),
            ("280.15e9 EUR", "280e9 EUR", Near),
            ("280.15e9 EUR", "~280e9 EUR", Near),
            ("45e9 EUR", "50e9 EUR", Apart),
            ("~45e9 EUR", "~50e9 EUR", Apart),
            ("21.4e6 EUR", "21e6 EUR", Near),
            ("21.4e6 EUR", "22e6 EUR", Apart),
            ("900", "950", Apart),
            ("900", ">900", Equal),
            ("900", ">850", Near),
            ("11587", "11600", Near),
            ("1850", "~1850", Equal),
            ("1850", "~2000", Apart),
            ("11 %", "13 %", Apart),
            ("7.3 %", "7 %", Near),
            ("60 %", "62 %", Apart),
            ("10..99 %", "13 %", Possible),
            ("10..20 %", "10..20 %", Equal),
            ("10..20 %", "21..30 %", Apart),
            ("-400", "392", Near),
            ("-400", "410", Apart),
            ("3 a", "3 a", Equal),
            ("3 a", "2 a", Apart),
            ("1500", "1500", Equal),
            ("4", "5", Apart),
            ("46.20 EUR", "46.21 EUR", Apart),
            ("<=10000 EUR", "2500 EUR", Possible),
        ] {
            check(a, b, expected);
        }
    }

    #[test]
    fn versions_of_one_text_keep_their_digits() {
        use Relation::{Apart, Equal, Near};
        for (a, b, expected) in [
            ("342 EUR", "340 EUR", Apart),
            ("2500", "2540", Apart),
            ("11587", "11600", Near),
            ("280.15e9 EUR", "280e9 EUR", Near),
            ("~340 EUR", "342 EUR", Near),
            ("-400", "392", Near),
            ("~45e9 EUR", "46e9 EUR", Apart),
            (">850", "900", Near),
            (">380e9 EUR", ">390e9 EUR", Apart),
            ("<=90", "80", Near),
            ("~2.5e9 EUR", "2.5e9 EUR", Equal),
        ] {
            for (x, y) in [(a, b), (b, a)] {
                let relation = relate_versions(&figure(x), &figure(y));
                assert_eq!(relation, Some(expected), "{x} against {y}");
            }
        }
    }

    #[test]
    fn ranges_of_years_have_two_ends() {
        let years = |from: &str, to: &str| Figure {
            value: Value::Date {
                from: from.into(),
                to: (!to.is_empty()).then(|| to.into()),
                relative: false,
            },
            ..figure("1")
        };
        for (a, b, expected) in [
            (years("2016", "2022"), years("2016", "2022"), Relation::Equal),
            (years("2016", "2022"), years("2017", "2022"), Relation::Apart),
            (years("2016", "2022"), years("2016", ""), Relation::Near),
            (years("2025-02-12", ""), years("2025-W07", ""), Relation::Near),
        ] {
            assert_eq!(relate(&a, &b), Some(expected), "{a:?} {b:?}");
        }
    }

    #[test]
    fn lone_weekdays_a_week_apart_are_no_contradiction() {
        let day = |from: &str, relative| Figure {
            value: Value::Date {
                from: from.into(),
                to: None,
                relative,
            },
            ..figure("1")
        };
        for (a, b, expected) in [
            (day("2025-12-01", true), day("2025-12-08", true), Relation::Near),
            (
                day("2025-12-01", true),
                day("2025-12-08", false),
                Relation::Possible,
            ),
            (
                day("2025-12-01", false),
                day("2025-12-08", false),
                Relation::Apart,
            ),
            (day("2025-12-01", true), day("2025-12-02", true), Relation::Apart),
        ] {
            assert_eq!(
                (relate(&a, &b), relate(&b, &a)),
                (Some(expected), Some(expected)),
                "{a:?} {b:?}"
            );
        }
    }

    #[test]
    fn other_units_are_not_comparable() {
        assert_eq!(relate(&figure("3 %"), &figure("3")), None);
        assert_eq!(relate(&figure("3 EUR"), &figure("3 a")), None);
    }
}
