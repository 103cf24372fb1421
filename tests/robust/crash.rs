//! The program killed at random moments of everything it does; started again, it has all that it said it had.
//!
//! Seeded, so that a failure can be had again: it names its seed. `BEIDE_KILLS=300 cargo test --test robust crash` kills more often,
//! and `BEIDE_SEED` chooses other moments.

use std::time::{Duration, Instant};

use crate::articles::{article, id, ids, is_whole, lines};
use crate::feeds::{FEEDS, ITEMS, site};
use crate::support::Place;

/// How many articles an import or a reindex has to do with.
const ARTICLES: usize = 1200;
/// How many have to find their stories.
const UNSETTLED: usize = 550;

/// How often each kind of work is killed.
fn kills() -> usize {
    let asked = std::env::var("BEIDE_KILLS")
        .ok()
        .and_then(|n| n.parse::<usize>().ok());
    asked.map_or(5, |all| all.div_ceil(5))
}

/// The moments at which one kind of work is killed.
struct Moments {
    random: fastrand::Rng,
    /// How long the work takes undisturbed.
    whole: Duration,
}

impl Moments {
    fn new(kind: u64, whole: Duration) -> Self {
        let seed = std::env::var("BEIDE_SEED")
            .ok()
            .and_then(|n| n.parse().ok())
            .unwrap_or(1);
        Self {
            random: fastrand::Rng::with_seed(seed * 1000 + kind),
            whole,
        }
    }

    fn next(&mut self) -> Duration {
        self.whole.mul_f64(self.random.f64() * 1.05)
    }
}

/// The largest number before the word "saved" that reached the terminal.
fn reported(seen: &[u8]) -> usize {
    let text = String::from_utf8_lossy(seen);
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c == '\u{1b}').collect();
    let counts = words.windows(2).filter(|pair| pair[1].starts_with("saved"));
    counts.filter_map(|pair| pair[0].parse().ok()).max().unwrap_or(0)
}

/// Starts `words` on `place`, kills it after `moment`, and returns how much it had reported as saved.
fn killed(place: &Place, words: &[&str], moment: Duration) -> usize {
    let mut terminal = place.terminal(24, 100, words);
    terminal.watch(moment);
    reported(&terminal.kill())
}

/// How long `words` take on `place` when nobody disturbs them, to the end.
fn whole_time(place: &Place, words: &[&str]) -> Duration {
    let begun = Instant::now();
    let (status, seen) = place.terminal(24, 100, words).end();
    assert_eq!(status, 0, "{}", String::from_utf8_lossy(&seen));
    begun.elapsed()
}

/// A library with the first `count` articles, neither indexed nor grouped.
fn stocked(count: usize) -> Place {
    let place = Place::new();
    let articles: Vec<_> = (0..count).map(article).collect();
    place.library().add(&articles).expect("added");
    place
}

#[test]
fn an_import() {
    let first = Place::new();
    first.file("news.jsonl", lines(0..ARTICLES));
    let mut moments = Moments::new(1, whole_time(&first, &["import", "news.jsonl"]));
    assert_eq!(is_whole(&mut first.library()).len(), ARTICLES);
    let mut place = Place::new();
    for kill in 0..kills() {
        if kill % 2 == 0 {
            place = Place::new();
            place.file("news.jsonl", lines(0..ARTICLES));
        }
        let moment = moments.next();
        let saved = killed(&place, &["import", "news.jsonl"], moment);
        let there = is_whole(&mut place.library());
        let missing = (0..saved).map(id).find(|id| !there.contains(id));
        assert_eq!(
            missing, None,
            "reported as saved and not there after {moment:?}, {saved} of them"
        );
    }
    place.run(&["import", "news.jsonl"]).check(0, &[], &[]);
    assert_eq!(is_whole(&mut place.library()).len(), ARTICLES);
}

#[test]
fn a_sync() {
    let feeds = site();
    let subscribed = || {
        let place = Place::new();
        place.library().subscribe(&feeds).expect("subscribed");
        place
    };
    let mut moments = Moments::new(2, whole_time(&subscribed(), &["sync"]));
    for _ in 0..kills() {
        let place = subscribed();
        let moment = moments.next();
        let saved = killed(&place, &["sync"], moment);
        let there = ids(&place.library()).len();
        assert!(
            saved <= there,
            "{saved} reported as saved and {there} there after {moment:?}"
        );
        // What a feed need not send again must be there already.
        place.run(&["sync", "--now"]).check(0, &[], &[]);
        assert_eq!(
            is_whole(&mut place.library()).len(),
            FEEDS * ITEMS,
            "after {moment:?}"
        );
    }
}

#[test]
fn grouping_into_stories() {
    let stock = stocked(UNSETTLED);
    let undisturbed = Place::copy_of(&stock);
    let mut moments = Moments::new(3, whole_time(&undisturbed, &["stories", "--json"]));
    let stories = undisturbed.library().count_stories().expect("a count");
    for _ in 0..kills() {
        let place = Place::copy_of(&stock);
        let moment = moments.next();
        killed(&place, &["stories", "--json"], moment);
        assert_eq!(
            is_whole(&mut place.library()).len(),
            UNSETTLED,
            "after {moment:?}"
        );
        assert_eq!(
            place.library().count_stories().expect("a count"),
            stories,
            "after {moment:?}"
        );
    }
}

#[test]
fn building_the_index_anew() {
    let stock = stocked(ARTICLES);
    is_whole(&mut stock.library());
    let mut moments = Moments::new(4, whole_time(&Place::copy_of(&stock), &["reindex"]));
    let place = Place::copy_of(&stock);
    for _ in 0..kills() {
        let moment = moments.next();
        killed(&place, &["reindex"], moment);
        // What was searchable before stays so, without a catch-up.
        let query = beide::query::Query::parse("wort17", jiff::civil::date(2026, 3, 6));
        let page = beide::query::Page::first(5);
        let hits = place.library().search(&query, page).expect("an answer");
        assert_eq!((hits.total, hits.notices), (1, Vec::new()), "after {moment:?}");
        assert_eq!(is_whole(&mut place.library()).len(), ARTICLES, "after {moment:?}");
    }
    let left = std::fs::read_dir(place.library_folder().join("index")).expect("the index");
    let folders = left.flatten().filter(|entry| entry.path().is_dir()).count();
    assert!(
        folders <= 2,
        "{folders} folders of indexes, of which at most one was left half done"
    );
}

#[test]
fn reading() {
    let stock = stocked(UNSETTLED);
    let mut moments = Moments::new(5, Duration::from_millis(1500));
    for _ in 0..kills() {
        let place = Place::copy_of(&stock);
        let moment = moments.next();
        let mut terminal = place.terminal(30, 100, &[]);
        let end = Instant::now() + moment;
        while Instant::now() < end {
            terminal.press("*j");
            terminal.watch(Duration::from_millis(60).min(moment));
        }
        terminal.kill();
        assert_eq!(
            is_whole(&mut place.library()).len(),
            UNSETTLED,
            "after {moment:?}"
        );
    }
}
