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

/// How all feeds fare together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedTotals {
    /// How many there are.
    pub feeds: usize,
    /// How many of them brought trouble the last time.
    pub troubled: usize,
    /// When the last one was asked.
    pub fetched: Option<Timestamp>,
}

/// A feed that was taken out, with all that is needed to put it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Unsubscribed {
    /// Its address.
    pub url: String,
    /// Its columns, in the order of the statement that reads them.
    pub(super) columns: Vec<rusqlite::types::Value>,
    /// The rows of the articles it brought.
    pub(super) articles: Vec<i64>,
}

impl Eq for Unsubscribed {}

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

    /// Unsubscribes by address and returns what there was; the articles stay.
    pub fn unsubscribe(&mut self, urls: &[String]) -> Result<Vec<Unsubscribed>> {
        self.store.unsubscribe(urls)
    }

    /// Subscribes again to what [`Library::unsubscribe`] took out, as if it had never been gone.
    pub fn resubscribe(&mut self, gone: &[Unsubscribed]) -> Result<()> {
        self.store.resubscribe(gone)
    }

    /// Sets what the reader says of a feed: its title, language, tags, and whether it is to have whole texts; whether
    /// there is a feed at that address.
    pub fn set_feed(&mut self, feed: &Feed) -> Result<bool> {
        self.store.set_feed(feed)
    }

    /// How the feeds fare together.
    pub fn feed_totals(&self) -> Result<FeedTotals> {
        self.store.feed_totals()
    }

    /// Every feed, in the order they were subscribed to.
    pub fn subscriptions(&self) -> Result<Vec<Subscription>> {
        self.store.subscriptions()
    }

    /// Adds what fetches brought and records how they went, all or nothing; says of each article what became of it.
    ///
    /// Articles that the reader took out, or that were too old to keep, do not come back.
    pub fn record(&mut self, fetched: &[(Fetch, Vec<Article>)]) -> Result<Vec<Vec<Added>>> {
        self.store.record(fetched, Timestamp::now())
    }

    /// Up to `limit` articles that a feed brought and whose pages were not yet asked, the newest first, with their addresses.
    pub fn without_page(&self, feed: &str, limit: usize) -> Result<Vec<(ArticleId, String)>> {
        self.store.without_page(feed, limit)
    }

    /// Up to `limit` articles that a feed brought, the newest first.
    pub fn brought(&self, feed: &str, limit: usize) -> Result<Vec<ArticleId>> {
        self.store.brought(feed, limit)
    }

    /// Keeps the text that an article's page gave, or why it gave none; whether the article has other words now.
    ///
    /// From then on a later version from the feed does not replace the text.
    pub fn fill(&mut self, id: &ArticleId, text: Result<&str, &str>) -> Result<bool> {
        self.store.fill(id, text, Timestamp::now())
    }

    /// Remembers that articles were set beside others: they do not grow too old.
    pub fn keep_compared(&mut self, ids: &[ArticleId]) -> Result<()> {
        self.store.keep_compared(ids)
    }

    /// Up to `limit` articles older than a moment, the oldest first, that feeds brought and the reader neither starred,
    /// tagged, noted nor compared.
    pub fn expired(&self, before: Timestamp, limit: usize) -> Result<Vec<ArticleId>> {
        self.store.expired(before, limit)
    }

    /// The earlier versions of an article, the latest first.
    pub fn revisions(&self, id: &ArticleId) -> Result<Vec<Revision>> {
        self.store.revisions(id)
    }
}

/// An article as it stood before its source changed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Until when.
    pub until: Timestamp,
    /// Its title then.
    pub title: String,
    /// Its text then.
    pub text: String,
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
            author: String::new(),
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

    fn text(library: &Library, id: &str) -> String {
        let article = library.article(&ArticleId(id.into())).expect("read");
        article.map(|article| article.text).unwrap_or_default()
    }

    #[test]
    fn what_was_taken_out_does_not_come_back() {
        let mut library = library("https://a.example/");
        let brought = [(fetch(fresh()), vec![article("1"), article("2")])];
        library.record(&brought).expect("recorded");
        let removed = library.remove(&[ArticleId("1".into())]).expect("removed");
        let again = library.record(&brought).expect("recorded");
        assert_eq!(again, [[Added::Unchanged, Added::Unchanged]]);
        assert_eq!(library.count().expect("counts").articles, 1);
        library.restore(&removed).expect("restored");
        assert_eq!(library.count().expect("counts").articles, 2);
        library.remove(&[ArticleId("2".into())]).expect("removed");
        assert_eq!(library.add(&[article("2")]).expect("added"), [Added::New]);
    }

    #[test]
    fn a_changed_article_keeps_its_earlier_words() {
        let mut library = library("https://a.example/");
        let id = ArticleId("1".into());
        let version = |text: &str| Article {
            text: text.into(),
            ..article("1")
        };
        for text in ["45 Tote", "45 Tote", "50 Tote", "52 Tote"] {
            library
                .record(&[(fetch(fresh()), vec![version(text)])])
                .expect("recorded");
        }
        let earlier: Vec<String> = library
            .revisions(&id)
            .expect("revisions")
            .into_iter()
            .map(|revision| revision.text)
            .collect();
        assert_eq!(
            (text(&library, "1").as_str(), earlier),
            ("52 Tote", vec!["50 Tote".into(), "45 Tote".into()])
        );
    }

    #[test]
    fn the_text_of_a_page_outlives_the_feeds_teaser() {
        let mut library = library("https://a.example/");
        let id = ArticleId("1".into());
        let linked = Article {
            headline: Headline {
                url: Some("https://a.example/1".into()),
                ..article("1").headline
            },
            ..article("1")
        };
        let brought = |text: &str| {
            let teaser = Article {
                text: text.into(),
                ..linked.clone()
            };
            [(fetch(fresh()), vec![teaser])]
        };
        library.record(&brought("Kurz")).expect("recorded");
        assert_eq!(
            library
                .without_page("https://a.example/", 9)
                .expect("a list")
                .len(),
            1
        );
        assert!(library.fill(&id, Ok("Ein ganzer Text")).expect("filled"));
        assert!(
            library
                .without_page("https://a.example/", 9)
                .expect("a list")
                .is_empty()
        );
        library.record(&brought("Kurz")).expect("recorded");
        assert_eq!(text(&library, "1"), "Ein ganzer Text");
        // A new teaser: the page has changed, and is asked again.
        library.record(&brought("Kurz, aber anders")).expect("recorded");
        assert_eq!(text(&library, "1"), "Ein ganzer Text");
        assert_eq!(
            library
                .without_page("https://a.example/", 9)
                .expect("a list")
                .len(),
            1
        );
        assert!(!library.fill(&id, Err("paywall")).expect("filled"));
        assert_eq!(text(&library, "1"), "Ein ganzer Text");
    }

    #[test]
    fn only_what_nobody_marked_grows_too_old() {
        let mut library = library("https://a.example/");
        let old = |id: &str| Article {
            headline: Headline {
                published: crate::article::Published::parse("2001-01-01"),
                ..article(id).headline
            },
            ..article(id)
        };
        let all = ["1", "2", "3", "4", "6"].map(old);
        library
            .record(&[(fetch(fresh()), all.to_vec())])
            .expect("recorded");
        library.add(&[old("5")]).expect("added");
        use crate::library::Mark;
        let marks = [
            ("2", Mark::Starred(true)),
            ("3", Mark::Tags(vec!["x".into()])),
            ("4", Mark::Note(Some("n".into()))),
        ];
        for (id, mark) in marks {
            library.mark(&[ArticleId(id.into())], &mark).expect("marked");
        }
        library
            .keep_compared(&[ArticleId("6".into()), ArticleId("none".into())])
            .expect("kept");
        let soon = Timestamp::now() + jiff::SignedDuration::from_hours(1);
        assert_eq!(library.expired(soon, 9).expect("a list"), [ArticleId("1".into())]);
        let long_ago = Timestamp::from_second(0).expect("a moment");
        assert!(library.expired(long_ago, 9).expect("a list").is_empty());
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
            ..Feed::default()
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
    fn what_is_said_of_a_feed_can_be_changed() {
        let mut library = library("https://a.example/");
        let changed = Feed {
            url: "https://a.example/".into(),
            title: "Mein Bote".into(),
            language: Some(crate::article::Language::Dutch),
            tags: vec!["x".into()],
            full_text: true,
        };
        for full_text in [true, false] {
            let changed = Feed {
                full_text,
                ..changed.clone()
            };
            assert!(library.set_feed(&changed).expect("set"));
            assert_eq!(only(&library).feed, changed);
        }
        assert!(!library.set_feed(&Feed::default()).expect("nothing to set"));
    }

    #[test]
    fn a_list_can_be_that_of_one_feed() {
        let mut library = library("https://a.example/");
        library.add(&[article("0")]).expect("added");
        library
            .record(&[(fetch(fresh()), vec![article("1"), article("2")])])
            .expect("recorded");
        library.settle_all(|| true).expect("settled");
        let of = |feed: &str| crate::library::Filter {
            feed: Some(feed.into()),
            ..Default::default()
        };
        let listed = |feed: &str| {
            let stories = crate::library::StoryFilter {
                articles: of(feed),
                ..Default::default()
            };
            (
                library.headlines(&of(feed), None, 9).expect("a list").len(),
                library.stories(&stories, None, None, 9).expect("a list").len(),
            )
        };
        assert_eq!(listed("https://a.example/"), (2, 2));
        assert_eq!(listed("https://b.example/"), (0, 0));
    }

    #[test]
    fn an_empty_library_is_in_order() {
        let mut library = Library::in_memory().expect("a library");
        library.settle_all(|| true).expect("settled");
        library.catch_up().expect("indexed");
    }

    #[test]
    fn the_writes_of_others_are_noticed() {
        let mut library = library("https://a.example/");
        let other = library.place().open().expect("the same library");
        let before = other.pulse().expect("a pulse");
        assert_eq!(other.pulse().expect("a pulse"), before);
        let id = ArticleId("1".into());
        library.add(&[article("1")]).expect("added");
        let added = other.pulse().expect("a pulse");
        assert!(added.writes != before.writes && added.content > before.content);
        library
            .mark(&[id], &crate::library::Mark::Read(true))
            .expect("marked");
        let read = other.pulse().expect("a pulse");
        assert!(read.writes != added.writes && read.content == added.content);
    }

    #[test]
    fn a_fetch_brings_articles_and_is_remembered() {
        let mut library = library("https://a.example/");
        let added = library
            .record(&[(fetch(fresh()), vec![article("1"), article("2")])])
            .expect("recorded");
        assert_eq!(added, [[Added::New, Added::New]]);
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
                .record(&[(fetch(Outcome::Failed(Trouble::Status(500))), vec![])])
                .expect("recorded");
            let state = only(&library).state;
            assert_eq!(
                (state.failures, state.trouble),
                (expected, Some(Trouble::Status(500)))
            );
        }
        library.record(&[(fetch(fresh()), vec![])]).expect("recorded");
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
            library.record(&[(moved(to), vec![])]).expect("recorded");
            assert_eq!(only(&library).feed.url, "https://a.example/");
        }
        library
            .record(&[(moved(Some("https://b.example/")), vec![])])
            .expect("recorded");
        assert_eq!(only(&library).feed.url, "https://b.example/");
    }

    #[test]
    fn unsubscribing_keeps_the_articles() {
        let mut library = library("https://a.example/");
        library
            .record(&[(fetch(fresh()), vec![article("1")])])
            .expect("recorded");
        let before = library.subscriptions().expect("feeds");
        let gone = library
            .unsubscribe(&["https://a.example/".into(), "https://x.example/".into()])
            .expect("gone");
        assert_eq!(gone.len(), 1);
        assert!(library.subscriptions().expect("feeds").is_empty());
        assert_eq!(library.count().expect("counts").articles, 1);
        library.resubscribe(&gone).expect("back");
        assert_eq!(library.subscriptions().expect("feeds"), before);
        assert_eq!(before[0].articles, 1);
    }
}
