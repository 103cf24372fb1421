//! What the reader subscribed to: feeds, how their last fetch went, and which articles they brought.

use anyhow::Result;
use jiff::Timestamp;

use super::{Added, Library};
use crate::article::{Article, ArticleId, Feed, Trouble};

/// A feed with how it fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The feed.
    pub feed: Feed,
    /// How the last fetch went.
    pub state: FetchState,
    /// How many articles in the library it brought.
    pub articles: u32,
    /// How many of them are unread.
    pub unread: u32,
}

/// How the last fetch of a feed went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchState {
    /// The validator to send the next time, exactly as it came.
    pub etag: Option<String>,
    /// The other validator.
    pub last_modified: Option<String>,
    /// When it was last asked.
    pub fetched: Option<Timestamp>,
    /// Before when it need not, or must not, be asked again.
    pub due: Timestamp,
    /// How often in a row it brought nothing but trouble.
    pub failures: u32,
    /// What was wrong the last time.
    pub trouble: Option<Trouble>,
    /// What was wrong with a feed that was read all the same.
    pub repaired: Option<String>,
}

/// One fetch of a feed.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// The address that the feed is known by.
    pub url: String,
    /// When.
    pub at: Timestamp,
    /// Before when not again.
    pub due: Timestamp,
    /// Where it has moved for good; followed when it says so twice in a row.
    pub moved: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a fetch.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A feed.
    Fresh {
        /// `ETag`.
        etag: Option<String>,
        /// `Last-Modified`.
        last_modified: Option<String>,
        /// What it calls itself, taken over where the reader has not named it.
        title: String,
        /// What was wrong with it and mended.
        repaired: Option<String>,
    },
    /// Nothing new.
    Unchanged {
        /// `ETag`.
        etag: Option<String>,
        /// `Last-Modified`.
        last_modified: Option<String>,
    },
    /// Trouble.
    Failed(Trouble),
}

impl Library {
    /// Subscribes to feeds and says of each whether it is new; a known one gets the tags it lacks.
    pub fn subscribe(&mut self, feeds: &[Feed]) -> Result<Vec<bool>> {
        self.store.subscribe(feeds)
    }

    /// Unsubscribes by address and returns how many there were; their articles stay.
    pub fn unsubscribe(&mut self, urls: &[String]) -> Result<usize> {
        self.store.unsubscribe(urls)
    }

    /// Every feed, in the order they were subscribed to.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>> {
        self.store.subscriptions()
    }

    /// Adds what a fetch brought and records how it went.
    ///
    /// The articles are saved first: stopped in between, the feed is asked again as if it had not been.
    pub fn record(&mut self, fetch: &Fetch, articles: &[Article]) -> Result<Vec<Added>> {
        let added = if articles.is_empty() {
            Vec::new()
        } else {
            self.add(articles)?
        };
        let ids: Vec<ArticleId> = articles
            .iter()
            .map(|article| article.headline.id.clone())
            .collect();
        self.store.record(fetch, &ids)?;
        Ok(added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Headline;

    fn article(id: &str) -> Article {
        let headline = Headline {
            id: ArticleId(id.into()),
            title: format!("Titel {id}"),
            source: "Bote".into(),
            language: None,
            published: None,
            url: None,
            tags: vec![],
        };
        Article {
            headline,
            text: format!("Text {id}"),
        }
    }

    fn library(url: &str) -> Library {
        let mut library = Library::in_memory().expect("a library");
        library
            .subscribe(&[Feed {
                url: url.into(),
                ..Feed::default()
            }])
            .expect("subscribed");
        library
    }

    fn fetch(outcome: Outcome) -> Fetch {
        let at = Timestamp::from_second(1_000).expect("a moment");
        let due = Timestamp::from_second(4_600).expect("a moment");
        Fetch {
            url: "https://a.example/".into(),
            at,
            due,
            moved: None,
            outcome,
        }
    }

    fn fresh() -> Outcome {
        Outcome::Fresh {
            etag: Some("W/\"1\"".into()),
            last_modified: None,
            title: "Bote".into(),
            repaired: None,
        }
    }

    fn only(library: &Library) -> Subscription {
        library.subscriptions().expect("feeds").pop().expect("a feed")
    }

    #[test]
    fn subscribing_twice_adds_tags_only() {
        let mut library = library("https://a.example/");
        let again = Feed {
            url: "https://a.example/".into(),
            title: "Mein Bote".into(),
            tags: vec!["x".into()],
            language: None,
        };
        assert_eq!(
            library.subscribe(&[again.clone(), again]).expect("subscribed"),
            [false, false]
        );
        let feed = only(&library).feed;
        assert_eq!(
            (feed.title.as_str(), feed.tags),
            ("Mein Bote", vec!["x".to_string()])
        );
    }

    #[test]
    fn a_fetch_brings_articles_and_is_remembered() {
        let mut library = library("https://a.example/");
        let added = library
            .record(&fetch(fresh()), &[article("1"), article("2")])
            .expect("recorded");
        assert_eq!(added, [Added::New, Added::New]);
        let feed = only(&library);
        assert_eq!(
            (feed.feed.title.as_str(), feed.articles, feed.unread),
            ("Bote", 2, 2)
        );
        assert_eq!(feed.state.etag.as_deref(), Some("W/\"1\""));
        assert_eq!((feed.state.due.as_second(), feed.state.failures), (4_600, 0));
    }

    #[test]
    fn failures_count_up_and_success_forgets_them() {
        let mut library = library("https://a.example/");
        for expected in 1..=3 {
            library
                .record(&fetch(Outcome::Failed(Trouble::Status(500))), &[])
                .expect("recorded");
            let state = only(&library).state;
            assert_eq!(
                (state.failures, state.trouble),
                (expected, Some(Trouble::Status(500)))
            );
        }
        library.record(&fetch(fresh()), &[]).expect("recorded");
        assert_eq!(
            (only(&library).state.failures, only(&library).state.trouble),
            (0, None)
        );
    }

    #[test]
    fn a_move_is_followed_when_it_is_said_twice() {
        let mut library = library("https://a.example/");
        let moved = |to: Option<&str>| Fetch {
            moved: to.map(str::to_string),
            ..fetch(fresh())
        };
        for to in [Some("https://b.example/"), None, Some("https://b.example/")] {
            library.record(&moved(to), &[]).expect("recorded");
            assert_eq!(only(&library).feed.url, "https://a.example/");
        }
        library
            .record(&moved(Some("https://b.example/")), &[])
            .expect("recorded");
        assert_eq!(only(&library).feed.url, "https://b.example/");
    }

    #[test]
    fn unsubscribing_keeps_the_articles() {
        let mut library = library("https://a.example/");
        library
            .record(&fetch(fresh()), &[article("1")])
            .expect("recorded");
        assert_eq!(
            library
                .unsubscribe(&["https://a.example/".into(), "https://x.example/".into()])
                .expect("gone"),
            1
        );
        assert!(library.subscriptions().expect("feeds").is_empty());
        assert_eq!(library.count().expect("counts").articles, 1);
    }
}
