//! Key figures: the values a text states, with what they measure and how exactly they are meant.
//!
//! A text is cut once into `token`s: words, runs of digits, marks. Number words are read from their parts there
//! (`numeral`). From left to right the grammar then tries what may stand at a token (`phrase`), the rarest first:
//! dates (`calendar`, `year`), scores and times (`clock`), amounts with their unit (`amount`, `measure`, and
//! `number` with `digits` and `stack`), then ages (`age`), ranks, ratios and counts (`count`). What neighbours share
//! (`share`) and what the words around say, that it is a name (`name`) or that it rises (`movement`), comes last. Nothing looks
//! further than a bounded number of tokens, so the work grows with the text and with nothing else.
//!
//! # The lexicons
//!
//! All that is particular to a language stands in `assets/lexicons/LANGUAGE.txt`; signs, codes and symbols that every
//! language shares are in `common.txt`. A `[section]` holds lines of `key: form, form, …`, or of forms alone where
//! there is nothing to tell apart. The key says what the forms mean: a number (`[ones]`, `[scales]`, `[months]`), a
//! unit's UCUM code with a factor where one is needed (`a 10` for decades), a currency's ISO code, a bound
//! (`more_than`). A form may be several words; a hyphen between them is read like a space. Capitals and accents do not
//! matter, and a form with an umlaut is also found with ae, oe, ue. A sign at a word's end stands for the endings
//! that `[endings]` lists for it, and `…` for any rest of the word. `section::Section` names every section and what it
//! is for.
//!
//! For another language, write its file after the model of one that is there, beginning with `[marks]` (decimal and
//! group marks, how scores, dates and ordinals are written), number words, units and months; give it a line in
//! `Lexicon::of` and its variant in `Language`; and add a corpus beside this code.

mod age;
mod amount;
mod calendar;
mod clock;
mod count;
mod decimal;
mod digits;
mod form;
mod lexicon;
mod measure;
mod movement;
mod name;
mod number;
mod numeral;
mod phrase;
mod reader;
mod section;
mod share;
mod stack;
mod token;
mod weekday;
mod year;

pub use decimal::Decimal;

use jiff::civil::Date;

use crate::article::Language;
use crate::text::Span;

/// Finds the figures in `text`, in order of appearance, never overlapping.
///
/// `date` is the article's day: it settles relative days and days without a year. Never fails. A hedge belongs to
/// its figure; digits inside a name (`H20`) are none. The time it takes grows with the length of the text and with
/// nothing else.
pub fn extract(text: &str, language: Language, date: Option<Date>) -> Vec<Figure> {
    read(text, lexicon::Lexicon::of(language), date)
}

/// As [`extract`], with the words of any lexicon.
fn read(text: &str, lexicon: &'static lexicon::Lexicon, date: Option<Date>) -> Vec<Figure> {
    let tokens = token::tokens(text, lexicon);
    phrase::figures(&reader::Reader {
        text,
        tokens,
        lexicon,
        date,
        named: std::cell::OnceCell::new(),
        day_first: std::cell::OnceCell::new(),
        numbers: reader::Memo::default(),
        measures: reader::Memo::default(),
    })
}

/// A value where a text states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its own words, with its scale and unit and the hedge before it.
    pub span: Span,
    /// What it says.
    pub value: Value,
    /// Its hedge; none for a range that has none.
    pub bound: Option<Bound>,
    /// Whether the words around it say that something rises or falls.
    pub direction: Option<Direction>,
    /// The denominator of a rate, as a UCUM code or `1`: `31 Euro pro Quadratmeter` is per `m2`.
    pub per: Option<&'static str>,
}

/// What a figure says, a variant a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A sum of money in an ISO 4217 currency.
    Money {
        /// How much, in whole units of the currency.
        amount: Amount,
        /// The ISO 4217 code.
        currency: &'static str,
    },
    /// A share or a relative change in percent.
    Percent(Amount),
    /// A difference between two percentages.
    PercentagePoint(Amount),
    /// A count, a fraction or any other plain number.
    Number {
        /// How many.
        amount: Amount,
        /// The noun that is counted, where there is one.
        counted: Option<Span>,
    },
    /// A rank, from 1.
    Ordinal(Amount),
    /// A factor: `verdoppelt` is 2, `halbiert` 0.5.
    Multiple(Amount),
    /// So many of so many: `einer von drei` is 1 of 3.
    Ratio {
        /// The part.
        part: Decimal,
        /// The whole.
        whole: Decimal,
    },
    /// An amount of a physical unit.
    Quantity {
        /// How much.
        amount: Amount,
        /// The UCUM code.
        unit: &'static str,
    },
    /// A length of time, or an age.
    Duration {
        /// How long.
        amount: Amount,
        /// The UCUM code: `s` `min` `h` `d` `wk` `mo` `a`.
        unit: &'static str,
    },
    /// A point or period of time in EDTF (ISO 8601-2), or a range of two.
    Date {
        /// The date, or the first of a range.
        from: String,
        /// The last of a range.
        to: Option<String>,
        /// Whether the words name a day only in relation to the article's (gestern, woensdag).
        relative: bool,
    },
    /// A time of day, or a range of two, as `HH:MM`.
    Time {
        /// The time, or the first of a range.
        from: String,
        /// The last of a range.
        to: Option<String>,
    },
    /// The score of a match.
    Score {
        /// The points of the side named first.
        home: u32,
        /// The points of the other side.
        away: u32,
    },
}

/// A number or a range of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number, or the lower end of the range.
    pub low: Decimal,
    /// The upper end of the range.
    pub high: Option<Decimal>,
}

/// How a number is hedged, as the contract of the command line names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Stated plainly.
    Exact,
    /// `rund`, `circa`, `about`.
    About,
    /// `mehr als`, `ruim`, `over`.
    MoreThan,
    /// `mindestens`, `minstens`, `at least`.
    AtLeast,
    /// `weniger als`, `nog geen`, `under`.
    LessThan,
    /// `höchstens`, `bis zu`, `hooguit`, `up to`.
    AtMost,
    /// Just under: `fast`, `knapp`, `bijna`, `nearly`.
    Nearly,
}

/// Which way the words around a figure say that it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// stieg, steeg, rose.
    Up,
    /// sank, daalde, fell.
    Down,
}

impl Bound {
    /// Its name in the contract of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::LessThan => "less_than",
            Self::AtMost => "at_most",
            Self::Nearly => "nearly",
        }
    }
}

impl Direction {
    /// Its name in the contract of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl Value {
    /// The names of all kinds in the contract of the command line, in its order.
    pub const KINDS: [&'static str; 12] = [
        "money",
        "percent",
        "percentage_point",
        "number",
        "ordinal",
        "multiple",
        "ratio",
        "quantity",
        "duration",
        "date",
        "time",
        "score",
    ];

    /// The name of its kind in the contract of the command line.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Money { .. } => "money",
            Self::Percent(_) => "percent",
            Self::PercentagePoint(_) => "percentage_point",
            Self::Number { .. } => "number",
            Self::Ordinal(_) => "ordinal",
            Self::Multiple(_) => "multiple",
            Self::Ratio { .. } => "ratio",
            Self::Quantity { .. } => "quantity",
            Self::Duration { .. } => "duration",
            Self::Date { .. } => "date",
            Self::Time { .. } => "time",
            Self::Score { .. } => "score",
        }
    }

    /// The unit in the contract of the command line: an ISO 4217 or UCUM code, `%` or `pp`.
    pub const fn unit(&self) -> Option<&'static str> {
        match self {
            Self::Money { currency, .. } => Some(currency),
            Self::Quantity { unit, .. } | Self::Duration { unit, .. } => Some(unit),
            Self::Percent(_) => Some("%"),
            Self::PercentagePoint(_) => Some("pp"),
            _ => None,
        }
    }

    /// The number it states, where it is one: not of a ratio, date, time or score.
    pub const fn amount(&self) -> Option<Amount> {
        match self {
            Self::Money { amount, .. }
            | Self::Number { amount, .. }
            | Self::Quantity { amount, .. }
            | Self::Duration { amount, .. }
            | Self::Percent(amount)
            | Self::PercentagePoint(amount)
            | Self::Ordinal(amount)
            | Self::Multiple(amount) => Some(*amount),
            Self::Ratio { .. } | Self::Date { .. } | Self::Time { .. } | Self::Score { .. } => None,
        }
    }

    /// The normalised value as the contract prints it, and the upper end of a range.
    pub fn printed(&self) -> (String, Option<String>) {
        match self {
            Self::Ratio { part, whole } => (format!("{part}:{whole}"), None),
            Self::Date { from, to, .. } | Self::Time { from, to } => (from.clone(), to.clone()),
            Self::Score { home, away } => (format!("{home}:{away}"), None),
            _ => {
                let low = self.amount().map(|amount| amount.low.to_string());
                let high = self.amount().and_then(|amount| amount.high);
                (low.unwrap_or_default(), high.map(|high| high.to_string()))
            }
        }
    }
}

#[cfg(test)]
mod tests;
