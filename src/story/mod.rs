//! Stories: which articles tell of the same event, in whatever language.
//!
//! An article is read into [`Terms`] once, when it arrives. [`Statistics`], learnt from the whole library and then
//! left alone for a while, weigh them into a [`Profile`] and say how alike two profiles are, in a measure that is the
//! same for every pair of languages. A [`Window`] finds the few articles alike enough to matter, and [`group`] parts
//! those that hang together into stories. Each step gives the same for a set of articles in whatever order they
//! arrive.

mod article;
mod common;
mod group;
mod statistics;
mod terms;
mod window;

pub use article::Reading;
pub use group::{Decided, group};
pub use statistics::{Scale, Statistics, Survey};
pub use terms::{Term, Terms, Use};
pub use window::{Common, Vector, Window};

use jiff::civil::Date;

use crate::article::Language;

/// Two articles tell the same story from this likeness on, and so do two groups at the mean.
pub const CUT: f32 = 3.0;

/// The version of everything stored that this module computes; it changes when any of it would.
pub const VERSION: u32 = 3;

/// An article's number in its library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub i64);

/// A day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        Self(epoch.until(date).map_or(0, |span| span.get_days()))
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        jiff::Span::new()
            .try_days(day.0)
            .and_then(|days| epoch.checked_add(days))
            .unwrap_or(epoch)
    }
}

/// When an article belongs: the day it was published or, where nobody says, the day it was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// Its source says so.
    Published(Day),
    /// No better is known.
    Added(Day),
}

impl When {
    /// The day.
    pub const fn day(self) -> Day {
        match self {
            Self::Published(day) | Self::Added(day) => day,
        }
    }
}

/// What grouping knows of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// The language it is written in.
    pub language: Option<Language>,
    /// When it belongs.
    pub when: When,
    /// The number of its source, where one is named.
    pub source: Option<i64>,
    /// Its weighed terms.
    pub vector: Vector,
}

#[cfg(test)]
mod tests;
