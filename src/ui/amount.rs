//! Figures in few columns, in the reader's form: `380 Mrd. CNY`, `3,5 %`, `12 km/h`.

use crate::figure::{Decimal, Figure, Value};
use crate::locale::Locale;

/// The scale words of the interface, each a thousand times the one before, from 10^6.
const SCALES: [(i32, &str); 5] = [
    (6, "number.million"),
    (9, "number.billion"),
    (12, "number.trillion"),
    (15, "number.quadrillion"),
    (18, "number.quintillion"),
];

/// The value of a figure, normalised: its number with a scale word, and its unit.
pub fn short(locale: &Locale, figure: &Figure) -> String {
    let (number, unit) = parts(locale, figure);
    if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

/// The same in two parts: the number, and the unit, which may be empty.
pub fn parts(locale: &Locale, figure: &Figure) -> (String, String) {
    let number = match figure.value.amount() {
        Some(amount) => {
            let low = scaled(locale, amount.low);
            amount
                .high
                .map_or_else(|| low.clone(), |high| format!("{low}–{}", scaled(locale, high)))
        }
        None => {
            let (from, to) = figure.value.printed();
            to.map_or_else(|| from.clone(), |to| format!("{from}/{to}"))
        }
    };
    let unit = match &figure.value {
        Value::Ordinal(_) => ".".to_string(),
        Value::Multiple(_) => "×".to_string(),
        value => value.unit().unwrap_or_default().to_string(),
    };
    let unit = figure
        .per
        .map_or_else(|| unit.clone(), |per| format!("{unit}/{per}"));
    (number, unit)
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
}
