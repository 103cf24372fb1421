//! The search: what is typed is asked, and what is found can be gone through.

use crate::article::{ArticleId, Headline, Language};
use crate::job::{Job, Report, SmartList, Totals, Wanted};
use crate::query::{Hit, Hits, Notice, Snippet};

use super::testing::{app, press, shot};
use super::{App, Event};

/// A hit as a search finds it.
fn hit(id: &str, title: &str, language: Language, also: Option<Language>) -> Hit {
    let headline = Headline {
        id: ArticleId(id.into()),
        title: title.into(),
        source: "Blatt".into(),
        language: Some(language),
        published: None,
        url: None,
        tags: Vec::new(),
        author: String::new(),
    };
    Hit {
        headline,
        score: 1.0,
        title_marks: Vec::new(),
        snippet: Snippet::default(),
        also,
    }
}

/// Answers the newest of the searches asked for.
fn find(app: &mut App, jobs: &[Job], hits: Vec<Hit>, notices: Vec<Notice>) {
    let asked = jobs.iter().rev().find_map(|job| match job {
        Job::Search { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let hits = Hits {
        total: hits.len(),
        hits,
        notices,
        ..Hits::default()
    };
    let ticket = asked.expect("a search");
    app.update(Event::Report(Report::Searched { ticket, hits }));
}

fn asked(jobs: &[Job]) -> Vec<&str> {
    let asked = jobs.iter().filter_map(|job| match job {
        Job::Search { query, .. } => Some(query.as_str()),
        _ => None,
    });
    asked.collect()
}

#[test]
fn what_was_probably_meant_is_searched_with_one_key() {
    let mut app = app(100, 30);
    let jobs = press(&mut app, "/ H a f n e");
    let corrected = Notice::Corrected {
        word: "Hafne".into(),
        to: vec!["hafen".into()],
    };
    let found = vec![hit("a", "Der Hafen", Language::German, None)];
    find(&mut app, &jobs, found, vec![corrected]);
    assert!(shot(&app).contains("ctrl-y takes it over"), "{}", shot(&app));
    let jobs = press(&mut app, "ctrl-y");
    assert_eq!(asked(&jobs), ["hafen"]);
}

#[test]
fn a_question_is_kept_as_a_list_and_taken_away_there() {
    let mut app = app(100, 30);
    let jobs = press(&mut app, "/ x");
    find(
        &mut app,
        &jobs,
        vec![hit("a", "X", Language::German, None)],
        Vec::new(),
    );
    let jobs = press(&mut app, "tab S");
    let list = SmartList {
        name: "x".into(),
        query: "x".into(),
    };
    assert_eq!(jobs, [Job::Keep(list.clone())]);
    app.update(Event::Report(Report::Counted(Totals {
        saved: vec![list],
        ..Totals::default()
    })));
    press(&mut app, "q");
    press(&mut app, "L G");
    assert_eq!(press(&mut app, "d"), [Job::Forget("x".into())]);
    assert_eq!(press(&mut app, "d"), []);
}

#[test]
fn the_cursor_stays_on_its_hit_and_the_other_language_stands_below() {
    let mut app = app(100, 30);
    let jobs = press(&mut app, "/ x");
    let hits = || {
        vec![
            hit("a", "Eins", Language::German, None),
            hit("b", "Zwei", Language::German, None),
            hit("c", "Drie", Language::Dutch, Some(Language::Dutch)),
        ]
    };
    find(&mut app, &jobs, hits(), Vec::new());
    assert!(
        shot(&app).contains("In Dutch, by translated words"),
        "{}",
        shot(&app)
    );
    let jobs = press(&mut app, "down y");
    let mut turned = hits();
    turned.reverse();
    find(&mut app, &jobs, turned, Vec::new());
    let jobs = press(&mut app, "enter");
    let opened = jobs
        .iter()
        .any(|job| matches!(job, Job::Open { wanted: Wanted::Near(id), .. } if id.0 == "b"));
    assert!(opened, "{jobs:?}");
}
