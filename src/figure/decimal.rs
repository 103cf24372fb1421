use std::cmp::Ordering;
use std::fmt;

/// A number exactly as written: `digits` × 10^`exponent`.
///
/// "380 Milliarden" is 380 × 10^9, stated to the billion; "3,50" is 350 × 10^-2. Equality is of
/// the wording: 3,5 and 3,50 differ, though [`Decimal::cmp_value`] finds them equal. It prints in
/// full, without exponent and without zeros at the end of a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// The digits, with their sign; at most 38 of them.
    pub digits: i128,
    /// The power of ten that they count.
    pub exponent: i8,
}

impl Decimal {
    /// `digits` × 10^`exponent`.
    pub const fn new(digits: i128, exponent: i8) -> Self {
        Self { digits, exponent }
    }

    /// Reads digits with an optional sign and decimal point, as it prints them.
    ///
    /// None for anything else, and beyond what 38 digits hold.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = whole.strip_prefix('-').unwrap_or(whole);
        if unsigned.is_empty() || !plain(unsigned) || !plain(fraction) || text.ends_with('.') {
            return None;
        }
        let digits = format!("{whole}{fraction}").parse().ok()?;
        let exponent = i8::try_from(fraction.len()).ok()?.checked_neg()?;
        Some(Self { digits, exponent })
    }

    /// The same number times 10^`power`; none where the exponent does not fit.
    pub fn scaled(self, power: i8) -> Option<Self> {
        let exponent = self.exponent.checked_add(power)?;
        Some(Self { exponent, ..self })
    }

    /// `part` / `whole`, to six digits after the point where it does not end.
    ///
    /// 0 where `whole` is not above 0 or the numbers are beyond what news needs.
    pub const fn ratio(part: i128, whole: i128) -> Self {
        if whole <= 0 || part.unsigned_abs() > 1_000_000_000_000_000_000 {
            return Self::new(0, 0);
        }
        let (mut digits, mut exponent) = (part, 0);
        while digits % whole != 0 && exponent > -6 {
            digits *= 10;
            exponent -= 1;
        }
        let rounded = if digits % whole * 2 >= whole {
            digits / whole + 1
        } else {
            digits / whole
        };
        Self::new(rounded, exponent)
    }

    /// The sum, as exact as the more exact of the two; none beyond what 38 digits hold.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let digits = self
            .digits_at(exponent)?
            .checked_add(other.digits_at(exponent)?)?;
        Some(Self { digits, exponent })
    }

    /// The product; none beyond what 38 digits hold.
    pub fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        let exponent = self.exponent.checked_add(other.exponent)?;
        Some(Self { digits, exponent })
    }

    /// The digits counted in a smaller power of ten.
    fn digits_at(self, exponent: i8) -> Option<i128> {
        let steps = i32::from(self.exponent) - i32::from(exponent);
        let factor = 10i128.checked_pow(u32::try_from(steps).ok()?)?;
        self.digits.checked_mul(factor)
    }

    /// The same value with the fewest digits: 3,50 becomes 35 × 10^-1.
    pub fn normalized(self) -> Self {
        let mut shortest = self;
        if shortest.digits == 0 {
            return Self::new(0, 0);
        }
        while shortest.digits % 10 == 0 && shortest.exponent < i8::MAX {
            shortest.digits /= 10;
            shortest.exponent += 1;
        }
        shortest
    }

    /// Which of two values is larger, however they are written.
    pub fn cmp_value(self, other: Self) -> Ordering {
        let (a, b) = (self.normalized(), other.normalized());
        let sign = a.digits.signum().cmp(&b.digits.signum());
        if sign != Ordering::Equal || a.digits == 0 {
            return sign;
        }
        let magnitude = |number: Self| i32::from(number.exponent) + number_of_digits(number.digits);
        let by_size = magnitude(a)
            .cmp(&magnitude(b))
            .then_with(|| leading(a).cmp(&leading(b)));
        if a.digits < 0 { by_size.reverse() } else { by_size }
    }

    /// Whether two are the same value, however they are written.
    pub fn same_value(self, other: Self) -> bool {
        self.normalized() == other.normalized()
    }

    /// The nearest floating-point number, for ratios and plots; never for a value that is shown.
    pub fn approximate(self) -> f64 {
        self.digits as f64 * 10f64.powi(i32::from(self.exponent))
    }
}

fn number_of_digits(digits: i128) -> i32 {
    digits
        .unsigned_abs()
        .checked_ilog10()
        .map_or(1, |log| log.cast_signed() + 1)
}

/// The digits brought to 38 places, so that numbers of one size compare by their digits.
fn leading(number: Decimal) -> u128 {
    let missing = 38 - number_of_digits(number.digits);
    number
        .digits
        .unsigned_abs()
        .saturating_mul(10u128.saturating_pow(missing.unsigned_abs()))
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shortest = self.normalized();
        let digits = shortest.digits.unsigned_abs().to_string();
        if shortest.digits < 0 {
            f.write_str("-")?;
        }
        if shortest.exponent >= 0 {
            let zeros = usize::from(shortest.exponent.unsigned_abs());
            return write!(f, "{digits}{:0<zeros$}", "");
        }
        let places = usize::from(shortest.exponent.unsigned_abs());
        let padded = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = padded.split_at(padded.len() - places);
        write!(f, "{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_print_in_full_and_without_idle_zeros() {
        for (digits, exponent, printed) in [
            (28015, 7, "280150000000"),
            (350, -2, "3.5"),
            (5, -2, "0.05"),
            (-15, 5, "-1500000"),
            (0, 9, "0"),
            (1200, 0, "1200"),
        ] {
            assert_eq!(Decimal::new(digits, exponent).to_string(), printed);
        }
    }

    #[test]
    fn order_is_of_values_not_of_wordings() {
        let number = |text| Decimal::parse(text).expect("a decimal");
        assert!(number("3.50").same_value(number("3.5")));
        for (smaller, larger) in [
            ("-10", "-9"),
            ("-1", "0"),
            ("0.09", "0.1"),
            ("99", "100"),
            ("1.1", "1.11"),
        ] {
            assert_eq!(
                number(smaller).cmp_value(number(larger)),
                Ordering::Less,
                "{smaller} {larger}"
            );
            assert_eq!(
                number(larger).cmp_value(number(smaller)),
                Ordering::Greater,
                "{larger} {smaller}"
            );
        }
    }

    #[test]
    fn what_is_no_decimal_is_not_read() {
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1,5",
            "1e5",
            "--1",
            "1-",
            "123456789012345678901234567890123456789012",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_gives_the_value_back(digits in -(10i128.pow(18))..10i128.pow(18), exponent in -12i8..12) {
            let number = Decimal::new(digits, exponent);
            let read = Decimal::parse(&number.to_string()).expect("what was printed reads back");
            prop_assert!(read.same_value(number));
        }

        #[test]
        fn order_agrees_with_whole_numbers(a in -(10i128.pow(15))..10i128.pow(15), b in -(10i128.pow(15))..10i128.pow(15), places in 0u32..4) {
            let written = Decimal::new(b * 10i128.pow(places), -i8::try_from(places).expect("few places"));
            prop_assert_eq!(Decimal::new(a, 0).cmp_value(written), a.cmp(&b));
        }
    }
}
