//! The home screen while its list is being read: reports in, jobs and a screen out.

use crate::job::{Job, Order, Report, Row, Ticket, Totals};

use super::testing::{desk, story};
use super::tests::{app, row, shot};
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
