//! Articles side by side: the passages that say the same, and what their figures claim.

use crate::article::Part;
use crate::figure::{Decimal, Figure};
use crate::text::ParagraphIx;

/// Two or more articles side by side; every number of an article is its place in the list compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What the figures say, contradictions first, then agreement by the number of articles, then reading order.
    pub claims: Vec<Claim>,
    /// Paragraphs that say the same, in the order of the first article.
    pub passages: Vec<Passage>,
}

/// Paragraphs of several articles that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The paragraphs of each article, in order; empty where an article has none.
    pub cells: Vec<Vec<ParagraphIx>>,
    /// How alike they are, from 0 to 1.
    pub score: f32,
}

/// The figures, from all the articles, that speak of the same thing.
#[derive(Clone, Debug)]
pub struct Claim {
    /// How they relate.
    pub verdict: Verdict,
    /// The weightiest words that its mentions share, as the first of them writes them, most telling first.
    pub topic: Vec<String>,
    /// Why the verdict is what it is, where there is more to say than the verdict.
    pub reason: Option<Reason>,
    /// The claim, by its place in [`Comparison::claims`], that this one gives again in another unit.
    pub restates: Option<usize>,
    /// Its figures, by article, then by place; never empty.
    pub mentions: Vec<Mention>,
}

/// A figure in its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The article, by its place in the list compared.
    pub article: usize,
    /// The part of it that the figure's span counts in.
    pub part: Part,
    /// The figure.
    pub figure: Figure,
}

/// Why a verdict is what it is; `locale` has the words.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The largest value is so many percent more than the smallest.
    Apart {
        /// More than 0, rounded to what a reader can use.
        percent: Decimal,
    },
    /// One `of` is worth `rate` in `unit`, as the wordings imply.
    Rate {
        /// The ISO 4217 code of the dearer currency.
        of: &'static str,
        /// The ISO 4217 code of the other.
        unit: &'static str,
        /// How many of `unit` one `of` is.
        rate: Decimal,
    },
}

/// How the figures of a claim relate; what each means is fixed by the contract of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The same value and unit.
    Agree,
    /// They differ only by rounding, or by a hedge that allows both.
    Rounded,
    /// The same thing in different units that fit at one plausible rate.
    Restated,
    /// Values that cannot both hold.
    Conflict,
    /// Values off by a power of a thousand.
    Scale,
    /// A running figure in a later state.
    Updated,
    /// Given by one article only.
    Single,
}

impl Verdict {
    /// Its name in the contract of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Rounded => "rounded",
            Self::Restated => "restated",
            Self::Conflict => "conflict",
            Self::Scale => "scale",
            Self::Updated => "updated",
            Self::Single => "single",
        }
    }

    /// Every verdict.
    pub const ALL: [Self; 7] = [
        Self::Agree,
        Self::Rounded,
        Self::Restated,
        Self::Conflict,
        Self::Scale,
        Self::Updated,
        Self::Single,
    ];

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// Whether it says that the sources contradict each other.
    pub const fn is_contradiction(self) -> bool {
        matches!(self, Self::Conflict | Self::Scale)
    }
}
