//! A number put together from its words: what is complete, and what still waits for a scale.

use super::Decimal;
use super::number::{Form, Number};

/// Digits gathered from several runs.
#[derive(Default)]
pub struct Digits {
    value: i128,
    /// How many there are.
    pub count: usize,
}

impl Digits {
    /// Adds a run of digits; none beyond what a number holds.
    pub fn push(&mut self, run: &str) -> Option<()> {
        for digit in run.bytes() {
            let digit = i128::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?);
            self.value = self.value.checked_mul(10)?.checked_add(digit)?;
            self.count += 1;
        }
        Some(())
    }

    /// The number, with so many decimals.
    pub fn value(&self, decimals: usize) -> Option<Decimal> {
        let exponent = i8::try_from(decimals).ok()?;
        (self.count <= 36).then(|| Decimal::new(self.value, -exponent))
    }
}

/// A number as its words come in: what is complete, and what still waits for a scale.
pub struct Stack {
    /// Its first token.
    pub start: usize,
    /// The token after what it has taken.
    pub end: usize,
    total: Option<Decimal>,
    current: Option<Decimal>,
    /// The smallest power of ten that `total` leaves open.
    open: i8,
    /// The last scale word's power.
    last: i8,
    /// Whether it began with digits.
    pub digits: bool,
    words: bool,
}

impl Stack {
    /// A number that begins with `first`.
    pub const fn new(first: Number) -> Self {
        Self {
            start: first.start,
            end: first.end,
            total: None,
            current: Some(first.value),
            open: i8::MAX,
            last: 0,
            digits: !matches!(first.form, Form::Words | Form::Article),
            words: false,
        }
    }

    /// Whether a scale word has closed a part of it.
    pub const fn is_scaled(&self) -> bool {
        self.total.is_some()
    }

    /// Applies a scale word; whether it could.
    pub fn scale(&mut self, power: i128, end: usize) -> bool {
        let Ok(power) = i8::try_from(power) else {
            return false;
        };
        let Some(current) = self.current.filter(|_| power < self.open) else {
            return false;
        };
        if power == 2 && !self.digits {
            self.current = current.times(Decimal::new(100, 0));
        } else {
            let Some(scaled) = current.scaled(power) else {
                return false;
            };
            self.total = match self.total {
                Some(total) => total.plus(scaled),
                None => Some(scaled),
            };
            self.current = None;
            self.open = power;
            self.last = self.last.max(power);
        }
        self.end = end;
        self.words = true;
        true
    }

    /// Multiplies by a dozen; whether it could.
    pub fn multiply(&mut self, by: Decimal, end: usize) -> bool {
        let Some(product) = self.current.and_then(|current| current.times(by)) else {
            return false;
        };
        self.current = Some(product);
        self.end = end;
        self.words = true;
        true
    }

    /// Adds a number word, where it can go on this number.
    pub fn add(&mut self, value: i128, end: usize, joined: bool, dash: bool) -> bool {
        let sum = match self.current {
            None => {
                let room = 10i128
                    .checked_pow(u32::from(self.open.unsigned_abs()))
                    .unwrap_or(i128::MAX);
                if value >= room {
                    return false;
                }
                Decimal::new(value, 0)
            }
            Some(current) if current.exponent == 0 && (!self.digits || self.words) => {
                let Some(sum) = joined_value(current.digits, value, joined, dash) else {
                    return false;
                };
                Decimal::new(sum, 0)
            }
            Some(_) => return false,
        };
        self.current = Some(sum);
        self.end = end;
        self.words = true;
        true
    }

    /// Adds decimals; whether it could.
    pub fn decimals(&mut self, digits: &Digits, end: usize) -> bool {
        let Some(current) = self
            .current
            .filter(|current| current.exponent == 0 && digits.count > 0)
        else {
            return false;
        };
        let Some(added) = digits
            .value(digits.count)
            .and_then(|decimals| current.plus(decimals))
        else {
            return false;
        };
        self.current = Some(added);
        self.end = end;
        self.words = true;
        true
    }

    /// The number as read.
    pub fn finish(self, first: Number) -> Number {
        let value = match (self.total, self.current) {
            (Some(total), Some(current)) => total.plus(current).unwrap_or(total),
            (Some(total), None) => total,
            (None, current) => current.unwrap_or(first.value),
        };
        Number {
            value,
            end: self.end,
            scale: self.last,
            form: if self.words { Form::Words } else { first.form },
            ..first
        }
    }
}

/// What two number words that follow each other spell together.
pub fn joined_value(current: i128, value: i128, joined: bool, dash: bool) -> Option<i128> {
    if !joined && (value == 100 || value == 1000) && current < 100 {
        return Some(current * value);
    }
    if !joined && value == 1000 && current < 1000 {
        return Some(current * 1000);
    }
    let tens = (20..100).contains(&(current % 100)) && current % 10 == 0;
    if tens && (1..10).contains(&value) && !joined {
        return Some(current + value);
    }
    let hundreds = current >= 100 && current % 100 == 0 && value < 100 && !dash;
    let thousands = current >= 1000 && current % 1000 == 0 && value < 1000 && !dash;
    (hundreds || thousands).then_some(current + value)
}
