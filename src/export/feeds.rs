//! The shapes of subscriptions and of what a run of fetching brought.

use serde::Serialize;

/// `beide feeds --json`.
#[derive(Serialize)]
pub struct Feeds<'a> {
    /// In the order they were subscribed to.
    pub feeds: Vec<FeedShape<'a>>,
}

/// A subscription with how it fares.
#[derive(Serialize)]
pub struct FeedShape<'a> {
    /// Its address, or the path of its folder.
    pub url: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// The language the reader gave it.
    pub lang: Option<&'static str>,
    /// What its articles are tagged with.
    pub tags: &'a [String],
    /// Whether the whole texts are fetched.
    pub full_text: bool,
    /// How many articles it brought.
    pub articles: u32,
    /// How many of them are unread.
    pub unread: u32,
    /// `new`, `ok`, `repaired`, `failing` or `stopped`.
    pub state: &'static str,
    /// When it was last asked (RFC 3339).
    pub fetched: Option<String>,
    /// When it is asked again.
    pub due: Option<String>,
    /// How often in a row it brought nothing but trouble.
    pub failures: u32,
    /// What is wrong, in words.
    pub trouble: Option<String>,
    /// What was wrong and mended.
    pub repaired: Option<&'a str>,
}

/// `beide sync --json`.
#[derive(Default, Serialize)]
pub struct Sync<'a> {
    /// Each feed, in the order they were done.
    pub feeds: Vec<SyncedShape<'a>>,
    /// Articles that were not there.
    pub new: usize,
    /// Articles that have other words now.
    pub revised: usize,
    /// Articles that the rules did not let in.
    pub dropped: usize,
    /// Feeds that had nothing new, or were not due.
    pub unchanged: usize,
    /// Feeds with trouble.
    pub failed: usize,
    /// Articles that got their whole text.
    pub filled: usize,
    /// Articles that were too old to keep.
    pub removed: usize,
}

/// What one feed brought.
#[derive(Serialize)]
pub struct SyncedShape<'a> {
    /// Its address.
    pub url: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// `articles`, `nothing`, `not_due` or `failed`.
    pub result: &'static str,
    /// Articles that were not there.
    pub new: usize,
    /// Articles that have other words now.
    pub revised: usize,
    /// Articles that the rules did not let in.
    pub dropped: usize,
    /// What was wrong and mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repaired: Option<&'a str>,
    /// What is wrong, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// `beide feeds suggest --json`.
#[derive(Serialize)]
pub struct Suggestions<'a> {
    /// By topic, German before Dutch before English.
    pub feeds: Vec<SuggestionShape<'a>>,
}

/// A newsroom's feed to begin with.
#[derive(Serialize)]
pub struct SuggestionShape<'a> {
    /// Its address.
    pub url: &'a str,
    /// The newsroom.
    pub title: &'a str,
    /// The language it writes.
    pub lang: &'static str,
    /// ISO 3166 code of the country it reports from.
    pub country: &'a str,
    /// What it is about.
    pub topic: &'a str,
    /// The month the address was last known good.
    pub known: &'a str,
}
