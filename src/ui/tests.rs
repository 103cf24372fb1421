//! The reader as a whole: keys in, jobs and a screen out.

use crate::article::{ArticleId, Language};
use crate::compare::Sense;
use crate::job::{Job, List, Order, Report, Row, SmartList, Ticket, Wanted};
use crate::library::Decision;

use super::App;
use super::Event;
use super::testing::{app, at_compare, at_home, desk, press, row, shot, story};

#[test]
fn the_first_frame_needs_no_library() {
    let app = app(80, 24);
    assert!(shot(&app).contains("beide"));
}

#[test]
fn one_key_sets_the_articles_of_a_story_side_by_side() {
    let app = at_compare(120, 36);
    let screen = shot(&app);
    for shown in [
        "① Abendpost",
        "② Ochtendblad",
        "✗45 Milliarden Euro",
        "✗45 miljard euro",
        "2 of 3 sources",
    ] {
        assert!(screen.contains(shown), "{shown} in\n{screen}");
    }
}

#[test]
fn the_next_contradiction_brings_the_source_that_differs() {
    let mut app = at_compare(80, 24);
    press(&mut app, "}");
    let screen = shot(&app);
    for shown in ["③ Kurszettel", "✗50 Milliarden Euro", "✗ conflict  45 · 50 bn €"] {
        assert!(screen.contains(shown), "{shown} in\n{screen}");
    }
}

#[test]
fn from_the_table_of_claims_one_gets_to_the_passage() {
    let mut app = at_compare(120, 36);
    press(&mut app, "c j tab");
    assert!(
        shot(&app).contains("‼ slip of scale  4 tn $ · 3.4 bn €"),
        "{}",
        shot(&app)
    );
    press(&mut app, "enter");
    assert_eq!(app.place(), super::command::Place::Compare);
    assert!(shot(&app).contains("‼ slip of scale"));
}

#[test]
fn a_digit_in_the_export_menu_chooses_the_form() {
    let mut app = at_compare(120, 36);
    press(&mut app, "c");
    assert_eq!(press(&mut app, "e"), []);
    let jobs = press(&mut app, "2");
    assert!(matches!(jobs.as_slice(), [Job::Export { .. }]), "{jobs:?}");
    assert_eq!(app.place(), super::command::Place::Claims);
}

#[test]
fn where_text_is_typed_no_letter_is_offered_as_a_key() {
    for keys in ["/", "#", ":"] {
        let mut app = at_home(120, 36);
        press(&mut app, keys);
        let screen = shot(&app);
        let foot = screen.lines().last().unwrap_or_default();
        assert!(
            foot.contains("esc back") && !foot.contains("q back"),
            "{keys}: {foot}"
        );
    }
}

#[test]
fn the_space_bar_switches_a_filter() {
    let mut app = at_home(120, 36);
    press(&mut app, "f j");
    let before = shot(&app);
    press(&mut app, "space");
    assert_ne!(shot(&app), before);
}

#[test]
fn what_is_said_of_a_row_is_seen_at_once_and_undone() {
    let mut app = at_home(120, 36);
    let jobs = press(&mut app, "*");
    assert!(matches!(jobs.as_slice(), [Job::Mark(..)]), "{jobs:?}");
    assert!(shot(&app).contains("★"));
    let undo = Job::Unmark(Vec::new());
    app.update(Event::Report(Report::Marked(Some(Box::new(undo.clone())))));
    assert_eq!(press(&mut app, "u"), [undo]);
}

/// What a report of a change of stories asks for, and what undoes it.
fn regrouped(app: &mut App, decisions: Vec<Decision>) -> Job {
    let undo = Job::Decide(decisions);
    let jobs = app.update(Event::Report(Report::Regrouped(Some(Box::new(undo.clone())))));
    assert!(jobs.contains(&Job::Tend), "{jobs:?}");
    undo
}

#[test]
fn an_article_is_split_from_its_story_and_comes_back() {
    let mut app = at_home(120, 36);
    let split = |jobs: &[Job]| match jobs {
        [Job::Split(id)] => id.0.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(split(&press(&mut app, "x")), "abendpost-0");
    let jobs = press(&mut app, "s x");
    assert_eq!(split(&jobs), "ochtendblad-1", "the one shown in the preview");
    let undo = regrouped(&mut app, Vec::new());
    assert!(shot(&app).contains("u takes it back"));
    assert_eq!(press(&mut app, "u"), [undo]);
}

#[test]
fn chosen_stories_are_joined_and_one_alone_is_kept() {
    let mut app = at_home(120, 36);
    assert_eq!(press(&mut app, "J"), []);
    assert!(
        shot(&app).contains("Choose the stories to join"),
        "{}",
        shot(&app)
    );
    let jobs = press(&mut app, "p");
    assert!(
        matches!(jobs.as_slice(), [Job::Join(ids)] if ids.len() == 1),
        "{jobs:?}"
    );
    let row = |id: &str| Row {
        id: ArticleId(id.to_string()),
        ..row(&desk(story()))
    };
    let jobs = press(&mut app, "ctrl-r");
    let ticket = jobs.iter().find_map(|job| match job {
        Job::List { ticket, .. } => Some(*ticket),
        _ => None,
    });
    app.update(Event::Report(Report::Listed {
        ticket: ticket.expect("a list is asked for"),
        rows: vec![row("a"), row("b"), row("c")],
        more: false,
    }));
    let jobs = press(&mut app, "g g space G space J");
    let joined: Vec<&Job> = jobs.iter().filter(|job| matches!(job, Job::Join(_))).collect();
    assert_eq!(
        joined,
        [&Job::Join(vec![ArticleId("a".into()), ArticleId("c".into())])]
    );
}

#[test]
fn lists_are_chosen_by_name() {
    let mut app = at_home(120, 36);
    app.context.lists.push(SmartList {
        name: "Energy".to_string(),
        query: "strom OR gas".to_string(),
    });
    let asked = |jobs: Vec<Job>| match jobs.as_slice() {
        [Job::List { list, .. }] => list.clone(),
        other => panic!("{other:?}"),
    };
    press(&mut app, "L");
    for name in [
        "Unread",
        "Starred",
        "Contradictions",
        "Only in German",
        "Only in Dutch",
        "Energy",
    ] {
        assert!(shot(&app).contains(name), "{name} in\n{}", shot(&app));
    }
    let list = asked(press(&mut app, "j j j j enter"));
    assert_eq!(list.only, Some(Language::German));
    assert!(shot(&app).contains("Stories  Only in German"), "{}", shot(&app));
    let list = asked(press(&mut app, "L G enter"));
    assert_eq!(
        (list.only, list.own.map(|own| own.query)),
        (None, Some("strom OR gas".to_string()))
    );
    assert!(shot(&app).contains("Stories  Energy"), "{}", shot(&app));
    assert_eq!(asked(press(&mut app, "L g g enter")), List::default());
    press(&mut app, "t");
    let list = asked(press(&mut app, "L j j j enter"));
    assert!(
        list.contradictions && list.order == Order::Stories,
        "only stories contradict"
    );
}

#[test]
fn what_the_reader_says_of_a_claim_is_kept_and_undone() {
    let mut app = at_compare(120, 36);
    let jobs = press(&mut app, "c x");
    let Some(Job::Correct(correction)) = jobs.first() else {
        panic!("{jobs:?}");
    };
    assert_eq!(correction.sense, Sense::Harmless);
    let undo = Job::Uncorrect(correction.clone());
    let jobs = app.update(Event::Report(Report::Regrouped(Some(Box::new(undo.clone())))));
    assert!(
        jobs.iter().any(|job| matches!(job, Job::Open { .. })),
        "it is compared again"
    );
    let written = desk(story());
    let articles = written.articles.clone();
    let comparison = written
        .comparison
        .corrected(&articles, std::slice::from_ref(correction));
    app.update(Event::Report(Report::Opened {
        ticket: Ticket(99),
        wanted: Wanted::All(Vec::new()),
        articles,
        comparison,
        notes: Vec::new(),
    }));
    assert!(!shot(&app).contains('✗'), "{}", shot(&app));
    assert_eq!(press(&mut app, "u"), [undo]);
    let jobs = press(&mut app, "J j J");
    assert!(
        matches!(jobs.as_slice(), [Job::Correct(joined)] if joined.sense == Sense::Together),
        "{jobs:?}"
    );
}
