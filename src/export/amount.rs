//! Figures in few columns, in the reader's form: `380 Mrd. CNY`, `3,5 %`, `12 km/h`.

use crate::article::Published;
use crate::figure::{Amount, Decimal, Figure, Value};
use crate::locale::Locale;

/// The scale words of the interface, each a thousand times the one before, from 10^6.
const SCALES: [(i32, &str); 5] = [
    (6, "number.million"),
    (9, "number.billion"),
    (12, "number.trillion"),
    (15, "number.quadrillion"),
    (18, "number.quintillion"),
];

/// Units whose code is not what a reader writes.
const SIGNS: &[(&str, &str)] = &[
    ("EUR", "€"),
    ("USD", "$"),
    ("GBP", "£"),
    ("Cel", "°C"),
    ("m2", "m²"),
    ("km2", "km²"),
    ("m3", "m³"),
    ("har", "ha"),
    ("By", "B"),
    ("pp", "pp"),
];

/// The value of a figure, normalised: its number with a scale word, and its unit.
pub fn short(locale: &Locale, figure: &Figure) -> String {
    let (number, unit) = parts(locale, figure);
    joined(&number, &unit)
}

/// A number and its unit; a dot, a sign of degrees and the like stand without a space.
pub fn joined(number: &str, unit: &str) -> String {
    let close = unit.is_empty() || matches!(unit, "." | "×");
    if close {
        format!("{number}{unit}")
    } else {
        format!("{number} {unit}")
    }
}

/// The same in two parts: the number, and the unit, which may be empty.
pub fn parts(locale: &Locale, figure: &Figure) -> (String, String) {
    let number = match (&figure.value, figure.value.amount()) {
        (_, Some(amount)) => range(
            scaled(locale, amount.low),
            amount.high.map(|high| scaled(locale, high)),
            "–",
        ),
        (Value::Date { from, to, .. }, None) => {
            range(date(locale, from), to.as_ref().map(|to| date(locale, to)), " – ")
        }
        (value, None) => {
            let (from, to) = value.printed();
            range(from, to, "–")
        }
    };
    let unit = match &figure.value {
        Value::Ordinal(_) => ".".to_string(),
        Value::Multiple(_) => "×".to_string(),
        Value::Duration { amount, unit } => duration(locale, *amount, unit),
        value => value.unit().map(sign).unwrap_or_default().to_string(),
    };
    let unit = figure
        .per
        .map_or_else(|| unit.clone(), |per| format!("{unit}/{}", sign(per)));
    (number, unit)
}

fn range(low: String, high: Option<String>, dash: &str) -> String {
    match high {
        Some(high) => format!("{low}{dash}{high}"),
        None => low,
    }
}

fn sign(unit: &str) -> &str {
    let known = SIGNS.iter().find(|(code, _)| *code == unit);
    known.map_or(unit, |(_, sign)| sign)
}

/// The word for a unit of time, for one or for several.
fn duration(locale: &Locale, amount: Amount, unit: &str) -> String {
    let one = amount.high.is_none() && amount.low.same_value(Decimal::new(1, 0));
    let words = locale.lookup(&format!("duration.{unit}")).unwrap_or(unit);
    let (single, several) = words.split_once(' ').unwrap_or((words, words));
    if one {
        single.to_string()
    } else {
        several.to_string()
    }
}

/// A day, month or day without year in the reader's words; every other date as EDTF writes it.
fn date(locale: &Locale, written: &str) -> String {
    if let Some(moment) = Published::parse(written) {
        let year = moment.month().0;
        return match moment.day() {
            Some(day) => format!("{} {year}", locale.day(day, day)),
            None => locale.month(&moment),
        };
    }
    let Some(rest) = written.strip_prefix("XXXX-") else {
        return written.to_string();
    };
    // Any leap year has every day there is.
    let leap = |rest: &str| Published::parse(&format!("2024-{rest}"));
    match leap(rest) {
        Some(moment) => match moment.day() {
            Some(day) => locale.day(day, day),
            None => locale
                .month(&moment)
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_string(),
        },
        None => written.to_string(),
    }
}

/// A number with the scale word that leaves one to three digits before its point.
pub fn scaled(locale: &Locale, number: Decimal) -> String {
    let magnitude = magnitude(number);
    let scale = SCALES.iter().rev().find(|(power, _)| *power <= magnitude);
    let Some((power, key)) = scale else {
        return locale.number(number);
    };
    let down = i8::try_from(-power).unwrap_or(0);
    let shown = number.scaled(down).unwrap_or(number);
    format!("{} {}", locale.number(shown), locale.text(key))
}

/// A text that counts something: its form for one, or after a bar the one for any other number.
pub fn counted(locale: &Locale, key: &'static str, n: usize) -> String {
    let text = locale.fill(key, &[("n", &n)]);
    match text.split_once('|') {
        Some((one, _)) if n == 1 => one.to_string(),
        Some((_, several)) => several.to_string(),
        None => text,
    }
}

/// The power of ten of the first digit.
fn magnitude(number: Decimal) -> i32 {
    let digits = number.digits.unsigned_abs().checked_ilog10();
    digits.map_or(0, |log| log.cast_signed() + i32::from(number.exponent))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

    #[test]
    fn numbers_are_shown_with_the_scale_words_of_the_reader() {
        for (number, en, de, nl) in [
            ("380000000000", "380 bn", "380 Mrd.", "380 mld."),
            ("3400000000", "3.4 bn", "3,4 Mrd.", "3,4 mld."),
            ("4000000000000", "4 tn", "4 Bio.", "4 bln."),
            ("1000000000000000000", "1 qn", "1 Trio.", "1 trln."),
            ("25000", "25,000", "25.000", "25.000"),
            ("0.5", "0.5", "0,5", "0,5"),
            ("0", "0", "0", "0"),
        ] {
            let number = Decimal::parse(number).expect("a decimal");
            let shown = Language::ALL.map(|language| scaled(&Locale::new(language), number));
            assert_eq!(shown, [de, nl, en]);
        }
    }

    #[test]
    fn units_and_dates_are_shown_as_readers_write_them() {
        let locale = Locale::new(Language::German);
        let amount = |text: &str| Amount {
            low: Decimal::parse(text).expect("a decimal"),
            high: None,
        };
        let day = |from: &str, to: Option<&str>| Value::Date {
            from: from.to_string(),
            to: to.map(str::to_string),
            relative: false,
        };
        for (value, shown) in [
            (
                Value::Duration {
                    amount: amount("1"),
                    unit: "a",
                },
                "1 Jahr",
            ),
            (
                Value::Duration {
                    amount: amount("3"),
                    unit: "a",
                },
                "3 Jahre",
            ),
            (Value::Ordinal(amount("6")), "6."),
            (Value::Multiple(amount("2")), "2×"),
            (
                Value::Money {
                    amount: amount("45000000000"),
                    currency: "EUR",
                },
                "45 Mrd. €",
            ),
            (
                Value::Quantity {
                    amount: amount("128"),
                    unit: "km2",
                },
                "128 km²",
            ),
            (day("2025-02-24", None), "24 Feb 2025"),
            (day("2025-02", None), "Feb 2025"),
            (day("XXXX-02-24", None), "24 Feb"),
            (day("XXXX-04", None), "Apr"),
            (day("198X", None), "198X"),
            (day("2025-Q2", Some("2025-Q3")), "2025-Q2 – 2025-Q3"),
        ] {
            let figure = Figure {
                span: crate::text::Span::new(0, 0),
                value,
                bound: None,
                direction: None,
                per: None,
            };
            assert_eq!(short(&locale, &figure), shown);
        }
    }
}
