use anyhow::Result;
use jiff::Timestamp;

use super::{Filled, Rules, Run, Synced, fill, sync};
use crate::library::{Library, Subscription};

/// How many articles that are too old are taken out at once.
const BATCH: usize = 1000;

/// What came of a whole round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// What came of each feed.
    pub synced: Vec<Synced>,
    /// What came of the pages that were asked for whole texts.
    pub filled: Filled,
    /// How many articles were too old and taken out.
    pub removed: usize,
}

/// A step of a round that is done.
pub enum Step<'s> {
    /// A feed was asked and its articles are saved.
    Feed(&'s Synced),
    /// A page was asked; so many are left.
    Pages(usize),
}

/// Fetches feeds, then the whole texts of those that are to have them, and takes out what is too old.
///
/// # Errors
/// Where the library cannot be read or written; trouble with a feed or a page is none.
pub fn round(
    library: &mut Library,
    feeds: &[Subscription],
    run: Run,
    mut told: impl FnMut(Step),
) -> Result<Round> {
    let synced = sync(library, feeds, run, |one| told(Step::Feed(one)))?;
    let filled = fill(library, feeds, run, |left| told(Step::Pages(left)))?;
    let removed = expire(library, run.rules)?;
    Ok(Round {
        synced,
        filled,
        removed,
    })
}

/// Takes out what is too old, and says how many articles that were.
fn expire(library: &mut Library, rules: &Rules) -> Result<usize> {
    let Some(before) = rules.oldest(Timestamp::now()) else {
        return Ok(0);
    };
    let mut removed = 0;
    loop {
        let old = library.expired(before, BATCH)?;
        if old.is_empty() {
            return Ok(removed);
        }
        removed += library.remove(&old)?.len();
    }
}
