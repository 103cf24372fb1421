//! What the tests of the screens share: a reader with one story, keys to press, the screen as text.

mod story;

pub use story::{desk, story};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::style::Color;

use crate::article::Language;
use crate::job::{FeedTotals, Job, Report, Row, Totals};
use crate::locale::Locale;

use super::desk::Desk;
use super::feed_tests::feed;
use super::keymap::parse_keys;
use super::theme::Role;
use super::{App, Event, Keymap, Preset, Signs, Theme, view};

/// The reader at its start, in English, on a day in 2025.
pub fn app(width: u16, height: u16) -> App {
    app_in(Language::English, width, height)
}

/// The same in an interface of some language.
pub fn app_in(language: Language, width: u16, height: u16) -> App {
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
pub fn answer(app: &mut App, jobs: Vec<Job>) {
    answer_with(app, jobs, &desk(story()));
}

/// The same with other articles.
pub fn answer_with(app: &mut App, jobs: Vec<Job>, written: &Desk) {
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

pub fn row(desk: &Desk) -> Row {
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
