//! The home screen while its list is being read: reports in, jobs and a screen out.

use crate::article::Language;
use crate::intake::NoArticle;
use crate::job::{Job, NoPage, Order, Report, Row, Ticket, Totals};
use crate::locale::Locale;

use super::testing::{app, at_home, press, row, shot};
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
