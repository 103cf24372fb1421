//! The reader as a whole: keys in, jobs and a screen out.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::style::Color;

use crate::article::{Article, ArticleId, Headline, Language, Published};
use crate::compare::Sense;
use crate::job::{FeedTotals, Job, List, Order, Report, Row, SmartList, Ticket, Totals, Wanted};
use crate::library::Decision;
use crate::locale::Locale;
use crate::query::{Hit, Hits, Notice, Snippet};

use super::feed_tests::feed;
use super::keymap::parse_keys;
use super::testing::{desk, story};
use super::theme::Role;
use super::{App, Event, Keymap, Preset, Signs, Theme, view};

/// The reader at its start, in English, on a day in 2025.
pub fn app(width: u16, height: u16) -> App {
    app_in(Language::English, width, height)
}

fn app_in(language: Language, width: u16, height: u16) -> App {
    let (keymap, _) = Keymap::new(Preset::Vim, &[]);
    let today = jiff::civil::date(2025, 9, 25);
    App::new(
        Size::new(width, height),
        Locale::new(language),
        keymap,
        Signs::Full,
        today,
    )
}

/// Presses keys one after another and gives the jobs they ask for.
pub fn press(app: &mut App, keys: &str) -> Vec<Job> {
    let keys = parse_keys(keys).expect("keys");
    let events = keys.into_iter().map(|key| Event::Key(key.event()));
    events.flat_map(|event| app.update(event)).collect()
}

/// Answers jobs as a library with one story would, until none is left.
fn answer(app: &mut App, jobs: Vec<Job>) {
    answer_with(app, jobs, &desk(story()));
}

/// The same with other articles.
fn answer_with(app: &mut App, jobs: Vec<Job>, written: &super::desk::Desk) {
    let mut waiting = jobs;
    while let Some(job) = waiting.pop() {
        let report = match job {
            Job::Count => Report::Counted(Totals {
                stories: 1,
                articles: 3,
                unread: 3,
                languages: vec![(Language::German, 2), (Language::Dutch, 1)],
                sources: Vec::new(),
                saved: Vec::new(),
                feeds: FeedTotals::default(),
                tags: Vec::new(),
            }),
            Job::List { ticket, .. } => Report::Listed {
                ticket,
                rows: vec![row(written)],
                more: false,
            },
            Job::Open { ticket, wanted, .. } => Report::Opened {
                ticket,
                wanted,
                articles: written.articles.clone(),
                comparison: written.comparison.clone(),
                notes: Vec::new(),
            },
            Job::Feeds => Report::Feeds(vec![feed("Bote", 1_758_799_880)]),
            _ => continue,
        };
        waiting.extend(app.update(Event::Report(report)));
    }
}

pub fn row(desk: &super::desk::Desk) -> Row {
    let headline = &desk.articles[0].headline;
    Row {
        languages: vec![(Language::German, 2), (Language::Dutch, 1)],
        articles: 3,
        unread: 3,
        contradictions: (1, 1),
        ..Row::of_article(headline, false, false)
    }
}

/// The reader at home, with one story.
pub fn at_home(width: u16, height: u16) -> App {
    at_home_in(Language::English, width, height)
}

/// The same in an interface of some language.
pub fn at_home_in(language: Language, width: u16, height: u16) -> App {
    let mut app = app_in(language, width, height);
    let jobs = app.start();
    answer(&mut app, jobs);
    app
}

/// The reader with the story's articles side by side.
pub fn at_compare(width: u16, height: u16) -> App {
    let mut app = at_home(width, height);
    go(&mut app, "enter");
    app
}

/// Presses keys, and answers what they ask for.
pub fn go(app: &mut App, keys: &str) {
    let jobs = press(app, keys);
    answer(app, jobs);
}

/// The screen as text.
pub fn shot(app: &App) -> String {
    let size = app.context.size;
    let mut terminal =
        Terminal::new(TestBackend::new(size.width, size.height)).expect("a terminal in memory");
    let theme = Theme::named("plain").expect("a built-in theme");
    terminal
        .draw(|frame| view(app, &theme, frame))
        .expect("memory takes everything");
    let buffer = terminal.backend().buffer();
    let lines = buffer.content().chunks(usize::from(size.width).max(1));
    let lines = lines.map(|cells| {
        cells
            .iter()
            .map(ratatui::buffer::Cell::symbol)
            .collect::<String>()
    });
    lines
        .map(|line| line.trim_end().to_string())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every run of a meaning of its own on the screen: line, column, role, words.
pub fn runs(app: &App) -> String {
    let size = app.context.size;
    let mut terminal =
        Terminal::new(TestBackend::new(size.width, size.height)).expect("a terminal in memory");
    let numbered: Vec<String> = Role::ALL
        .iter()
        .enumerate()
        .map(|(number, role)| match role {
            Role::Selected | Role::Resting => format!("{} = bold", role.name()),
            _ => format!("{} = {}", role.name(), number + 16),
        })
        .collect();
    let theme = Theme::parse(&numbered.join("\n")).expect("a theme of numbers");
    terminal
        .draw(|frame| view(app, &theme, frame))
        .expect("memory takes everything");
    let quiet = [Role::Text, Role::Rule, Role::Dim, Role::Key];
    let mut found: Vec<(usize, usize, &str, String)> = Vec::new();
    let width = usize::from(size.width);
    for (place, cell) in terminal.backend().buffer().content().iter().enumerate() {
        let Color::Indexed(number) = cell.fg else { continue };
        let role = Role::ALL[usize::from(number) - 16];
        let (y, x) = (place / width, place % width);
        match found.last_mut() {
            Some((line, start, name, words))
                if *line == y && *name == role.name() && *start + words.chars().count() == x =>
            {
                words.push_str(cell.symbol());
            }
            _ => found.push((y, x, role.name(), cell.symbol().to_string())),
        }
    }
    let quiet = |name: &str| quiet.iter().any(|role| role.name() == name);
    let told = found
        .into_iter()
        .filter(|(_, _, name, words)| !quiet(name) && !words.trim().is_empty());
    let told: Vec<String> = told
        .map(|(y, x, name, words)| format!("{y:>2} {x:>3} {name}: {}", words.trim_end()))
        .collect();
    told.join("\n")
}

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

/// Articles of any text, in two languages, with what a comparison finds in them.
fn any_desk(texts: &[String]) -> super::desk::Desk {
    let languages = [Some(Language::German), Some(Language::Dutch), None];
    let articles: Vec<Article> = texts
        .iter()
        .zip(languages)
        .enumerate()
        .map(|(number, (text, language))| Article {
            headline: Headline {
                id: ArticleId(format!("any-{number}")),
                title: text.chars().take(90).collect(),
                source: text.chars().rev().take(number * 9).collect(),
                language,
                published: Published::parse("2025-09-24T10:30:00Z").filter(|_| number != 1),
                url: None,
                tags: vec![text.chars().take(5).collect()],
                author: String::new(),
            },
            text: text.clone(),
        })
        .collect();
    let comparison = crate::compare::compare(&articles, &crate::compare::Knowledge::default());
    super::desk::Desk::new(articles, comparison)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_article_and_any_command_on_any_screen_draw_without_a_panic(
        width in 1u16..210, height in 1u16..70,
        texts in proptest::collection::vec(
            "([a-zäöüß日本語\u{301}\u{200d}👩 -]{0,60}(45 Milliarden Euro|[0-9,.]{0,9} Prozent|Billion|- )?\n?){0,12}", 1..4),
        keys in proptest::collection::vec(0usize..400, 0..50),
    ) {
        let written = any_desk(&texts);
        let mut app = app_in(Language::German, width, height);
        let jobs = app.start();
        answer_with(&mut app, jobs, &written);
        let all: Vec<&str> = super::command::TABLE.iter().flat_map(|entry| entry.keys).copied().collect();
        for (number, key) in keys.into_iter().enumerate() {
            let jobs = press(&mut app, if number == 0 { "enter" } else { all[key % all.len()] });
            if app.is_leaving() {
                break;
            }
            answer_with(&mut app, jobs, &written);
            if number % 9 == 4 {
                let size = Size::new(1 + (width + 41 * number as u16) % 200, 1 + (height + 13 * number as u16) % 60);
                app.update(Event::Resize(size));
            }
            shot(&app);
            prop_assert!(!app.screens().is_empty());
            prop_assert!(!app.screens().first().is_none_or(super::screen::Screen::is_overlay));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_keys_on_any_screen_draw_without_a_panic(
        width in 0u16..220, height in 0u16..70, keys in proptest::collection::vec(0usize..54, 0..60),
    ) {
        let mut app = at_home(width.max(1), height.max(1));
        let all: Vec<&str> = "j k G g ctrl-d ctrl-u page-down page-up tab shift-tab enter esc q / ? : u t f s n m * space c \
            } { ] [ v z + - x 1 2 9 e y o a down up space backspace 4 left L x J p F R r i".split_whitespace().collect();
        for (number, key) in keys.into_iter().enumerate() {
            let jobs = press(&mut app, all[key % all.len()]);
            if app.is_leaving() {
                break;
            }
            answer(&mut app, jobs);
            if number % 7 == 3 {
                let size = Size::new((width + 31 * number as u16) % 210, (height + 17 * number as u16) % 70);
                app.update(Event::Resize(size));
            }
            if app.context.size.area() > 0 {
                shot(&app);
            }
        }
    }
}

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
