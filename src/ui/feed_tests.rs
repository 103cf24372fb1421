//! The feeds in the reader: keys in, jobs and a screen out.

use jiff::Timestamp;

use crate::article::{Feed, Trouble};
use crate::job::{Brought, FeedTotals, Job, Manner, Report, Subscription, Synced};
use crate::library::FetchState;

use super::command::Place;
use super::testing::{app, at_home, press, shot};
use super::{App, Event};

/// A feed as the library gives it: `title|trouble`.
pub fn feed(said: &str, at: i64) -> Subscription {
    let (title, trouble) = said.split_once('|').unwrap_or((said, ""));
    Subscription {
        feed: Feed {
            url: format!("https://{}.example/feed", title.to_lowercase()),
            title: title.to_string(),
            ..Feed::default()
        },
        state: FetchState {
            etag: None,
            last_modified: None,
            fetched: Some(moment(at)),
            due: moment(at + 3600),
            failures: 0,
            trouble: (!trouble.is_empty()).then(|| Trouble::from_line(trouble)),
            repaired: None,
        },
        articles: 12,
        unread: 3,
    }
}

pub fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a moment")
}

/// The reader on the list of three feeds, two of which have trouble.
pub fn at_feeds(width: u16, height: u16) -> App {
    let mut app = at_home(width, height);
    app.context.now = moment(1_758_800_000);
    app.context.totals.feeds.feeds = 3;
    assert_eq!(press(&mut app, "F"), [Job::Feeds]);
    let feeds = ["Bote", "Kurier|status\t404", "Krant|gone"].map(|said| feed(said, 1_758_799_880));
    app.update(Event::Report(Report::Feeds(feeds.to_vec())));
    app
}

#[test]
fn every_feed_tells_how_it_fares_and_what_to_do() {
    let mut app = at_feeds(100, 30);
    let screen = shot(&app);
    for shown in [
        "3 feeds · 2 in trouble",
        "✓ Bote",
        "✗ Kurier",
        "2 min ago",
        "a add",
    ] {
        assert!(screen.contains(shown), "{shown} in\n{screen}");
    }
    press(&mut app, "j");
    let screen = shot(&app);
    for shown in [
        "the server answered 404",
        "a finds the feed from the site's address",
    ] {
        assert!(screen.contains(shown), "{shown} in\n{screen}");
    }
    press(&mut app, "j");
    assert!(shot(&app).contains("d takes it out"), "{}", shot(&app));
}

#[test]
fn a_feed_is_taken_out_and_put_back() {
    let mut app = at_feeds(100, 30);
    let jobs = press(&mut app, "j d");
    assert_eq!(jobs, [Job::Unsubscribe("https://kurier.example/feed".into())]);
    assert!(!shot(&app).contains("✗ Kurier"));
    let undo = Job::Resubscribe(Vec::new());
    let jobs = app.update(Event::Report(Report::Marked(Some(Box::new(undo.clone())))));
    assert!(jobs.contains(&Job::Feeds), "{jobs:?}");
    assert_eq!(press(&mut app, "u"), [undo]);
}

#[test]
fn fetching_tells_how_far_it_is_and_can_be_stopped() {
    let mut app = at_feeds(100, 30);
    let jobs = press(&mut app, "r");
    let [Job::Fetch { ticket, feeds }] = jobs.as_slice() else {
        panic!("{jobs:?}");
    };
    assert_eq!(feeds, &["https://bote.example/feed"]);
    let ticket = *ticket;
    assert_eq!(press(&mut app, "R"), [], "one round at a time");
    let synced = Synced {
        url: "https://bote.example/feed".into(),
        name: "Bote".into(),
        dropped: 0,
        result: Brought::Articles {
            new: 7,
            revised: 0,
            repaired: None,
        },
    };
    app.update(Event::Report(Report::Fetching {
        ticket,
        synced: Some(synced),
        done: 1,
        of: 2,
    }));
    app.context.notice = None;
    let screen = shot(&app);
    assert!(
        screen.contains("fetching 1/2") && screen.contains("7 new"),
        "{screen}"
    );
    assert_eq!(press(&mut app, "esc"), [Job::Stop]);
    let jobs = app.update(Event::Report(Report::Fetched {
        ticket,
        new: 7,
        failed: 1,
        not_due: 0,
        stopped: true,
    }));
    assert!(
        jobs.contains(&Job::Tend) && jobs.contains(&Job::Feeds),
        "{jobs:?}"
    );
    assert!(
        shot(&app).contains("7 new articles · 1 feed failed · stopped"),
        "{}",
        shot(&app)
    );
    assert!(matches!(press(&mut app, "R").as_slice(), [Job::Fetch { feeds, .. }] if feeds.is_empty()));
}

#[test]
fn the_articles_of_a_feed_are_shown_at_home() {
    let mut app = at_feeds(100, 30);
    let jobs = press(&mut app, "enter");
    let of_feed = |job: &Job| matches!(job, Job::List { list, .. } if list.articles.feed.as_deref() == Some("https://bote.example/feed"));
    assert!(jobs.iter().any(of_feed), "{jobs:?}");
    assert_eq!(app.place(), Place::Home);
}

#[test]
fn whole_texts_are_switched_and_switched_back() {
    let mut app = at_feeds(100, 30);
    for expected in [true, false] {
        let jobs = press(&mut app, "f");
        assert!(
            matches!(jobs.as_slice(), [Job::SetFeed(feed)] if feed.full_text == expected),
            "{jobs:?}"
        );
    }
}

#[test]
fn a_feed_is_added_by_typing_or_pasting_its_address() {
    let mut app = at_feeds(80, 24);
    press(&mut app, "a q");
    assert!(shot(&app).contains("Address of a feed"), "{}", shot(&app));
    assert_eq!(press(&mut app, "enter"), [Job::Subscribe("q".into())]);
    assert_eq!(app.update(Event::Paste("https://x.example/\n".into())), []);
    assert_eq!(
        press(&mut app, "enter"),
        [Job::Subscribe("https://x.example/".into())]
    );
    press(&mut app, "a x esc");
    assert_eq!(app.place(), Place::Feeds);
    let trouble = Trouble::NoFeed(Vec::new());
    app.update(Event::Report(Report::NotSubscribed("x.example".into(), trouble)));
    assert!(shot(&app).contains("No feed at x.example"), "{}", shot(&app));
}

#[test]
fn the_welcome_offers_the_demo_a_feed_and_a_list() {
    let mut app = app(80, 24);
    let jobs = app.start();
    let empty = |job: &Job| match job {
        Job::List { ticket, .. } => Some(Report::Listed {
            ticket: *ticket,
            rows: Vec::new(),
            more: false,
        }),
        _ => None,
    };
    for report in jobs.iter().filter_map(empty) {
        app.update(Event::Report(report));
    }
    assert_eq!(app.place(), Place::Welcome);
    app.context.totals.articles = 3;
    assert_eq!(
        app.place(),
        Place::Home,
        "articles that wait for their stories are no empty library"
    );
    app.context.totals.articles = 0;
    assert_eq!(press(&mut app, "d"), [Job::Terminal(Manner::Demo)]);
    assert_eq!(press(&mut app, "a x enter"), [Job::Subscribe("x".into())]);
    assert_eq!(press(&mut app, "i x enter"), [Job::Import("x".into())]);
}

#[test]
fn when_feeds_were_fetched_stands_in_the_last_line_and_keeps_up() {
    let mut app = at_home(120, 30);
    app.context.totals.feeds = FeedTotals {
        feeds: 3,
        troubled: 1,
        fetched: Some(moment(1_758_800_000)),
    };
    for (later, said) in [(120, "synced 2 min ago ✗ 1"), (7300, "synced 2 h ago")] {
        app.update(Event::Report(Report::Now(moment(1_758_800_000 + later))));
        assert!(shot(&app).contains(said), "{said} in\n{}", shot(&app));
    }
}

#[test]
fn what_another_program_brings_is_listed_again() {
    let mut app = at_home(120, 30);
    let jobs = app.update(Event::Report(Report::Changed { articles: true }));
    assert!(
        jobs.contains(&Job::Tend) && jobs.contains(&Job::Count),
        "{jobs:?}"
    );
    assert!(jobs.iter().any(|job| matches!(job, Job::List { .. })), "{jobs:?}");
}
