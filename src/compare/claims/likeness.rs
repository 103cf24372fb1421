//! How telling a figure is, and how two of them differ.

use crate::compare::evidence::Context;
use crate::compare::judge::is_slip;
use crate::figure::{Decimal, Figure, Value};

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
pub fn shared_context(a: &Context, b: &Context) -> f32 {
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

/// Whether a figure is a number below 13: every article has some.
pub fn is_small(figure: &Figure) -> bool {
    figure
        .value
        .amount()
        .is_some_and(|amount| amount.low.approximate().abs() < 13.0)
}

/// Whether a figure names a day by its weekday or by the day it is written on, which may be taken for another.
pub const fn is_relative(figure: &Figure) -> bool {
    matches!(figure.value, Value::Date { relative: true, .. })
}

/// Whether two values differ in nothing but their signs.
pub fn mirrored(a: &Figure, b: &Figure) -> bool {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return false;
    };
    let (x, y) = (x.low.approximate(), y.low.approximate());
    x != 0.0 && (x + y).abs() <= 1e-9 * x.abs()
}

/// How far apart two values are, in powers of e, as far as no slip of scale explains it: 0 to 4.
pub fn remoteness(a: &Figure, b: &Figure) -> f32 {
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return 0.0;
    };
    let ratio = (x.low.approximate() / y.low.approximate()).abs();
    if is_slip(a, b) || !ratio.is_finite() || ratio <= 0.0 {
        return 0.0;
    }
    (ratio.ln().abs() as f32).min(4.0)
}

/// Whether two numbers of one length have the same digits in another order: 230,000 and 203,000.
pub fn is_transposed(a: &Figure, b: &Figure) -> bool {
    let number = |figure: &Figure| {
        let amount = figure.value.amount().filter(|amount| amount.high.is_none())?;
        Some(amount.low.normalized())
    };
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return false;
    };
    let last = x.exponent.min(y.exponent);
    let written = |number: Decimal| {
        let zeros = usize::from(number.exponent.abs_diff(last));
        (zeros <= MOST_ZEROS).then(|| format!("{}{}", number.digits.unsigned_abs(), "0".repeat(zeros)))
    };
    let sorted = |digits: &str| {
        let mut digits = digits.as_bytes().to_vec();
        digits.sort_unstable();
        digits
    };
    match (written(x), written(y)) {
        (Some(x), Some(y)) => x != y && x.len() == y.len() && sorted(&x) == sorted(&y),
        _ => false,
    }
}

/// Numbers that differ by more zeros are not compared digit by digit.
const MOST_ZEROS: usize = 30;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

    #[test]
    fn transposed_digits_are_told_from_other_numbers() {
        let figure = |text: &str| {
            let found = crate::figure::extract(text, Language::German, None);
            found.into_iter().next().expect("a figure")
        };
        for (a, b, expected) in [
            ("230.000 Euro", "203.000 Euro", true),
            ("18.450 Euro", "18.540 Euro", true),
            ("230.000 Euro", "230.000 Euro", false),
            ("23 Euro", "230 Euro", false),
            ("12 Euro", "15 Euro", false),
            ("12 bis 21 Euro", "21 Euro", false),
        ] {
            assert_eq!(is_transposed(&figure(a), &figure(b)), expected, "{a} {b}");
        }
    }
}
