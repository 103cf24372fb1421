//! The home screen while its list is being read: reports in, jobs and a screen out.

use crate::article::{ArticleId, Language};
use crate::intake::NoArticle;
use crate::job::{Cannot, Job, NoPage, Order, Report, Row, Ticket, Totals, Wanted};
use crate::locale::Locale;

use super::testing::{app, app_in, at_home, at_home_in, go, press, row, shot};
use super::testing::{desk, story};
use super::{App, Event};

/// The ticket of the list in that order which these jobs ask for.
fn list_asked(jobs: &[Job], wanted: Order) -> Option<Ticket> {
    jobs.iter().find_map(|job| match job {
        Job::List { ticket, list, .. } if list.order == wanted => Some(*ticket),
        _ => None,
    })
}

#[test]
fn articles_are_listed_until_their_stories_are_found() {
    let mut app = app(100, 30);
    let listed = |app: &mut App, ticket: Option<Ticket>, rows: Vec<Row>| {
        app.update(Event::Report(Report::Listed {
            ticket: ticket.expect("a list is asked for"),
            rows,
            more: false,
        }))
    };
    let rows = || vec![row(&desk(story()))];
    let stories = list_asked(&app.start(), Order::Stories);
    assert_eq!(
        list_asked(&listed(&mut app, stories, Vec::new()), Order::Dates),
        None
    );
    let articles = app.update(Event::Report(Report::Counted(Totals {
        articles: 3,
        ..Totals::default()
    })));
    listed(&mut app, list_asked(&articles, Order::Dates), rows());
    assert!(
        shot(&app).contains("stories are being gathered"),
        "{}",
        shot(&app)
    );
    // Whatever came of it, stories are asked for first; what is shown stays until there are any.
    let tended = || {
        Event::Report(Report::Tended {
            changed: true,
            more: false,
        })
    };
    let stories = list_asked(&app.update(tended()), Order::Stories);
    let articles = list_asked(&listed(&mut app, stories, Vec::new()), Order::Dates);
    let meanwhile = shot(&app);
    assert!(meanwhile.contains("Handelshaus"), "{meanwhile}");
    listed(&mut app, articles, rows());
    let stories = list_asked(&app.update(tended()), Order::Stories);
    listed(&mut app, stories, rows());
    assert!(!shot(&app).contains("gathered"), "{}", shot(&app));
}

#[test]
fn the_whole_text_is_fetched_or_why_not_is_said() {
    let mut app = at_home(100, 30);
    let jobs = press(&mut app, "g f");
    assert!(matches!(jobs[..], [Job::Fill(_)]), "{jobs:?}");
    app.update(Event::Report(Report::Filled(Some(NoPage::NoArticle(
        NoArticle::Paywall,
    )))));
    assert!(
        shot(&app).contains("its page shows only the beginning"),
        "{}",
        shot(&app)
    );
    let jobs = app.update(Event::Report(Report::Filled(None)));
    assert!(jobs.contains(&Job::Tend), "{jobs:?}");
    assert!(shot(&app).contains("The whole text is here"), "{}", shot(&app));
}

#[test]
fn every_reason_of_a_page_has_its_words() {
    let reasons = [
        NoPage::NoArticle(NoArticle::Consent),
        NoPage::NoArticle(NoArticle::Paywall),
        NoPage::NoArticle(NoArticle::Missing),
        NoPage::NoArticle(NoArticle::Blocked),
        NoPage::NoArticle(NoArticle::Nothing),
        NoPage::Robots,
        NoPage::Shorter,
    ];
    for reason in reasons {
        let key = format!("notice.page.{reason}");
        for language in Language::ALL {
            assert!(Locale::new(language).lookup(&key).is_some(), "{language}: {key}");
        }
    }
}

#[test]
fn the_next_unread_is_found_beyond_the_rows_that_are_read() {
    let read = |number: usize, unread: usize| Row {
        id: ArticleId(format!("row-{number}")),
        unread,
        ..row(&desk(story()))
    };
    let page = |from: usize, rows: usize, unread: usize| -> Vec<Row> {
        let rows = (from..from + rows).map(|number| read(number, usize::from(number == unread)));
        rows.collect()
    };
    let mut app = app_in(Language::English, 80, 24);
    let listed = |app: &mut App, jobs: Vec<Job>, rows: Vec<Row>, more: bool| {
        let asked = jobs.into_iter().find_map(|job| match job {
            Job::List { ticket, .. } => Some(ticket),
            _ => None,
        });
        let ticket = asked.expect("rows are asked for");
        app.update(Event::Report(Report::Listed { ticket, rows, more }))
    };
    let jobs = app.start();
    listed(&mut app, jobs, page(0, 200, 0), true);
    let jobs = press(&mut app, "n");
    assert!(shot(&app).contains("looking further"), "{}", shot(&app));
    let jobs = listed(&mut app, jobs, page(200, 200, 0), true);
    let jobs = listed(&mut app, jobs, page(400, 200, 555), false);
    assert!(!shot(&app).contains("looking further"));
    let looked_at = |jobs: &[Job]| {
        jobs.iter().any(|job| matches!(job, Job::Open { wanted, .. } if *wanted == Wanted::Story(ArticleId("row-555".into()))))
    };
    assert!(looked_at(&jobs), "{jobs:?}");
    // Now that all is read, the search goes on from the beginning.
    let jobs = press(&mut app, "n");
    assert!(
        jobs.iter().all(|job| !matches!(job, Job::List { .. })),
        "{jobs:?}"
    );
}

#[test]
fn an_article_is_given_to_a_program_from_where_it_is_listed() {
    for keys in ["|", "enter c |"] {
        let mut app = at_home(80, 24);
        for key in keys.split(' ').filter(|key| *key != "|") {
            go(&mut app, key);
        }
        let jobs = press(&mut app, "|");
        let [Job::Body(id)] = jobs.as_slice() else {
            panic!("{keys}: {jobs:?}")
        };
        assert_eq!(id.0, desk(story()).articles[0].headline.id.0);
        app.update(Event::Report(Report::Body("Titel".into())));
        let jobs = press(&mut app, "w c enter");
        let given = Job::Pipe {
            command: "wc".into(),
            text: "Titel".into(),
        };
        assert_eq!(jobs, [given], "{keys}");
    }
}

#[test]
fn what_could_not_be_done_is_said_in_the_language_of_the_interface() {
    let mut app = at_home_in(Language::German, 100, 30);
    let error = anyhow::anyhow!("disk I/O error").context(Cannot::with("job.write", "/a/b.md"));
    app.update(Event::Report(Report::failed(None, &error)));
    let shown = shot(&app);
    assert!(
        shown.contains("/a/b.md lässt sich nicht schreiben: disk I/O error"),
        "{shown}"
    );
    let error = anyhow::anyhow!("something else");
    app.update(Event::Report(Report::failed(None, &error)));
    assert!(shot(&app).contains("something else"), "{}", shot(&app));
}
