//! The article's text as the page gives it to machines, held against what the page shows.

use std::collections::HashSet;

use super::super::meta::About;
use super::super::units::Unit;
use super::words_in;
use crate::article::fingerprint;

/// How many words in a row tell whether two texts have something in common.
const RUN: usize = 4;

/// The article's text as the JSON-LD gives it, by runs of words.
pub(super) struct Body {
    pub(super) text: String,
    pub(super) words: usize,
    runs: HashSet<u64>,
}

impl Body {
    /// None where there is none, where it is only the beginning, or where the page shows another text.
    pub(super) fn of(about: &About, units: &[Unit], voted: &HashSet<usize>) -> Option<Self> {
        let text = about
            .body
            .clone()
            .filter(|text| !text.ends_with('…') && !text.ends_with("..."))?;
        let words = words_in(&text);
        let runs: HashSet<u64> = runs(&text).into_iter().collect();
        let body = Self { text, words, runs };
        let count = |wanted: &dyn Fn(&&Unit) -> bool| -> usize {
            let prose = units.iter().filter(|unit| unit.is_prose());
            prose.filter(wanted).map(|unit| unit.words).sum()
        };
        let common = count(&|unit| body.share(unit) > 0.5);
        let shown = count(&|unit| voted.contains(&unit.owner));
        let is_beginning = words * 3 < shown * 2;
        let is_shown = common * 2 > words;
        let is_hidden = count(&|_| true) * 2 < words;
        (!is_beginning && (is_shown || is_hidden)).then_some(body)
    }

    /// How much of a unit the text holds, from 0 to 1.
    pub(super) fn share(&self, unit: &Unit) -> f64 {
        let (mut known, mut all) = (0_u32, 0_u32);
        for run in runs(&unit.text) {
            all += 1;
            known += u32::from(self.runs.contains(&run));
        }
        if all == 0 {
            0.0
        } else {
            f64::from(known) / f64::from(all)
        }
    }
}

/// The runs of words in a text; a shorter text is one run.
fn runs(text: &str) -> Vec<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let length = RUN.min(words.len()).max(1);
    let run = |run: &[String]| fingerprint(&run.iter().map(String::as_str).collect::<Vec<_>>());
    words.windows(length).map(run).collect()
}
