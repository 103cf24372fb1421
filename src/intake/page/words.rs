//! The words of `assets/pages.txt`: what the elements, paragraphs and titles of web pages are known by.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::words::lists;

/// Everything the asset says, read once.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("../../../assets/pages.txt")));

/// The lists of the asset, in lower case.
pub(super) struct Words {
    /// Words in names of elements that are never part of the article.
    pub(super) apart: HashSet<&'static str>,
    /// Words in names of elements that seldom are.
    pub(super) mostly_apart: HashSet<&'static str>,
    /// Words in names of elements that hold the article.
    pub(super) body: HashSet<&'static str>,
    /// The beginnings of paragraphs that lead elsewhere.
    pub(super) asides: Beginnings,
    /// The beginnings of labels; a sentence that begins so is none.
    pub(super) labels: Beginnings,
    /// What buttons say in boxes that are no part of the article.
    pub(super) calls: HashSet<&'static str>,
    /// Parts of the class of what stands below a picture.
    pub(super) captions: Vec<&'static str>,
    pub(super) credits: Vec<&'static str>,
    pub(super) consent: Vec<&'static str>,
    pub(super) paywall: Vec<&'static str>,
    pub(super) missing: Vec<&'static str>,
    pub(super) blocked: Vec<&'static str>,
}

impl Words {
    fn read(asset: &'static str) -> Self {
        let lists = lists(asset);
        let list = |key: &str| lists.get(key).cloned().unwrap_or_default();
        Self {
            apart: list("apart").into_iter().collect(),
            mostly_apart: list("mostly_apart").into_iter().collect(),
            body: list("body").into_iter().collect(),
            asides: Beginnings::of(list("asides")),
            labels: Beginnings::of(list("labels")),
            calls: list("calls").into_iter().collect(),
            captions: list("captions"),
            credits: list("credits"),
            consent: list("consent"),
            paywall: list("paywall"),
            missing: list("missing"),
            blocked: list("blocked"),
        }
    }
}

/// Beginnings of texts, by their first character.
pub(super) struct Beginnings(HashMap<char, Vec<&'static str>>);

impl Beginnings {
    fn of(list: Vec<&'static str>) -> Self {
        let mut by_start: HashMap<char, Vec<&'static str>> = HashMap::new();
        for words in list {
            let first = words.chars().next().unwrap_or_default();
            by_start.entry(first).or_default().push(words);
        }
        Self(by_start)
    }

    /// Whether a text in lower case begins with one of them, and no word goes on behind it.
    pub(super) fn begin(&self, lower: &str) -> bool {
        let first = lower.chars().next().unwrap_or_default();
        let near = self.0.get(&first).map_or(&[][..], Vec::as_slice);
        near.iter().any(|words| {
            let rest = lower.strip_prefix(words);
            rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || words.ends_with(['©', ':']))
        })
    }
}

/// How many of some words occur in a text in lower case.
pub(super) fn count(words: &[&str], lower: &str) -> usize {
    words.iter().filter(|words| lower.contains(**words)).count()
}
