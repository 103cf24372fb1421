//! The words of `assets/intake.txt`: months, agencies, the phrases that frame an article.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

/// Everything the asset says, read once.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("../../assets/intake.txt")));

/// The lists of the asset; all but names are in lower case.
pub(super) struct Words {
    months: HashMap<&'static str, i8>,
    weekdays: HashMap<&'static str, i8>,
    /// Lower case, with the spelling to show.
    agencies: HashMap<String, &'static str>,
    /// The words before a date that says when an article appeared, longest first.
    pub(super) dated: Vec<&'static str>,
    /// The lines above a list that sums the article up.
    pub(super) summaries: Vec<&'static str>,
    /// The words before and after an outlet's name.
    pub(super) outlets: Vec<(&'static str, &'static str)>,
    /// The words before the name of who wrote it.
    pub(super) bylines: Vec<&'static str>,
    /// The words before a credited source's name.
    pub(super) credits: Vec<&'static str>,
}

/// The lists of an asset by their names: a line each, `name = words | other words`.
pub(super) fn lists(asset: &str) -> HashMap<&str, Vec<&str>> {
    let lines = asset.lines().filter(|line| !line.starts_with('#'));
    let lists = lines.filter_map(|line| line.split_once(" = "));
    lists
        .map(|(name, list)| (name, list.split(" | ").map(str::trim).collect()))
        .collect()
}

impl Words {
    fn read(asset: &'static str) -> Self {
        let lists = lists(asset);
        let list = |key: &str| lists.get(key).cloned().unwrap_or_default();
        let mut dated = list("dated");
        dated.sort_by_key(|words| std::cmp::Reverse(words.len()));
        Self {
            months: numbered(&list("months")),
            weekdays: numbered(&list("weekdays")),
            agencies: list("agencies")
                .into_iter()
                .map(|name| (name.to_lowercase(), name))
                .collect(),
            dated,
            summaries: list("summaries"),
            bylines: list("bylines"),
            outlets: list("outlets")
                .into_iter()
                .filter_map(|phrase| phrase.split_once("{}"))
                .collect(),
            credits: list("credits")
                .into_iter()
                .map(|phrase| phrase.trim_end_matches("{}"))
                .collect(),
        }
    }

    /// The month a word names, from 1.
    pub(super) fn month(&self, word: &str) -> Option<i8> {
        self.months.get(word.to_lowercase().as_str()).copied()
    }

    /// The weekday a word names in full.
    pub(super) fn weekday(&self, word: &str) -> Option<Weekday> {
        let number = self.weekdays.get(word.to_lowercase().as_str())?;
        Weekday::from_monday_one_offset(*number).ok()
    }

    /// The agency that a signature names first, as it is to be shown: `Xinhua/Li Wei` is Xinhua.
    pub(super) fn agency(&self, signature: &str) -> Option<&'static str> {
        let whole = signature.trim().to_lowercase();
        let first = whole.split(['/', ',', ';']).next().unwrap_or_default().trim();
        self.agencies
            .get(&whole)
            .or_else(|| self.agencies.get(first))
            .copied()
    }
}

/// Each word with the place, from 1, of the entry it stands in.
fn numbered(entries: &[&'static str]) -> HashMap<&'static str, i8> {
    (1..)
        .zip(entries)
        .flat_map(|(number, words)| words.split(' ').map(move |word| (word, number)))
        .collect()
}
