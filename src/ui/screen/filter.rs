//! What narrows the list at home: a menu of switches.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Span;
use jiff::civil::Date;
use ratatui::layout::Rect;

use crate::article::Language;
use crate::job::{List, Order};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::Cursor;
use crate::ui::widget::menu::{self, Line};

use super::Next;

/// The most sources that are offered.
const MOST_SOURCES: usize = 40;

/// A menu of what can be asked of the rows.
pub struct FilterMenu {
    list: List,
    choices: Vec<Choice>,
    cursor: Cursor,
    today: Date,
}

/// Something that can be asked of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Choice {
    Everything,
    Unread,
    Starred,
    Contradictions,
    /// Of the last so many days.
    Days(i16, &'static str),
    Language(Language, usize),
    Tag(String, usize),
    Source(String, usize),
}

/// How far back lists can go, with the key of what is said of it.
const DAYS: [(i16, &str); 4] = [
    (1, "filter.today"),
    (7, "filter.week"),
    (30, "filter.month"),
    (365, "filter.year"),
];

impl FilterMenu {
    /// The menu as the list is narrowed now.
    pub fn new(list: &List, context: &Context) -> Self {
        let totals = &context.totals;
        let languages = totals
            .languages
            .iter()
            .map(|(language, n)| Choice::Language(*language, *n));
        let sources = totals
            .sources
            .iter()
            .filter(|(source, _)| !source.is_empty())
            .take(MOST_SOURCES);
        let sources = sources.map(|(source, n)| Choice::Source(source.clone(), *n));
        let contradictions = (list.order == Order::Stories).then_some(Choice::Contradictions);
        let choices = [Choice::Everything, Choice::Unread, Choice::Starred]
            .into_iter()
            .chain(contradictions)
            .chain(DAYS.map(|(days, key)| Choice::Days(days, key)));
        let tags = totals.tags.iter().take(MOST_SOURCES);
        let tags = tags.map(|(tag, n)| Choice::Tag(tag.clone(), *n));
        Self {
            today: context.today,
            list: list.clone(),
            choices: choices.chain(languages).chain(tags).chain(sources).collect(),
            cursor: Cursor::default(),
        }
    }

    fn is_on(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Everything => !self.list.is_narrowed(),
            Choice::Contradictions => self.list.contradictions,
            Choice::Unread => self.list.articles.unread,
            Choice::Starred => self.list.articles.starred,
            Choice::Language(language, _) => self.list.articles.language == Some(*language),
            Choice::Source(source, _) => self.list.articles.source.as_ref() == Some(source),
            Choice::Tag(tag, _) => self.list.articles.tag.as_ref() == Some(tag),
            Choice::Days(days, _) => self.list.articles.from == Some(self.since(*days)),
        }
    }

    /// The first of the last so many days.
    fn since(&self, days: i16) -> Date {
        self.today.saturating_sub(Span::new().days(days - 1))
    }

    fn switch(&mut self) {
        let Some(choice) = self.choices.get(self.cursor.at) else {
            return;
        };
        let on = !self.is_on(choice);
        match choice {
            Choice::Everything => {
                self.list = List {
                    order: self.list.order,
                    ..List::default()
                };
            }
            Choice::Contradictions => self.list.contradictions = on,
            Choice::Unread => self.list.articles.unread = on,
            Choice::Starred => self.list.articles.starred = on,
            Choice::Language(language, _) => self.list.articles.language = on.then_some(*language),
            Choice::Source(source, _) => self.list.articles.source = on.then(|| source.clone()),
            Choice::Tag(tag, _) => self.list.articles.tag = on.then(|| tag.clone()),
            Choice::Days(days, _) => self.list.articles.from = on.then(|| self.since(*days)),
        }
    }

    /// Takes the keys that switch without closing the menu, and those that close it.
    pub fn take(&mut self, key: KeyEvent) -> Option<Next> {
        match key.code {
            KeyCode::Char(' ') => {
                self.switch();
                Some(Next::Stay)
            }
            KeyCode::Esc | KeyCode::Char('q' | 'f') => Some(Next::Narrow(Box::new(self.list.clone()))),
            _ => None,
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize) -> Next {
        if command == Command::Open {
            self.switch();
            return Next::Narrow(Box::new(self.list.clone()));
        }
        menu::walk(&mut self.cursor, command, times, self.choices.len());
        Next::Stay
    }

    /// Draws it over what is in `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let line = |place: usize| {
            let choice = self.choices.get(place)?;
            let (label, count) = label(choice, context);
            let on = self.is_on(choice);
            Some(Line { on, label, count })
        };
        let title = (context.locale.text("filter.title"), "");
        menu::view(title, (self.cursor, self.choices.len()), line, area, canvas);
    }
}

fn label(choice: &Choice, context: &Context) -> (String, Option<usize>) {
    let locale = &context.locale;
    match choice {
        Choice::Everything => (
            locale.text("filter.all").to_string(),
            Some(context.totals.articles),
        ),
        Choice::Unread => (
            locale.text("filter.unread").to_string(),
            Some(context.totals.unread),
        ),
        Choice::Contradictions => (locale.text("filter.contradictions").to_string(), None),
        Choice::Starred => (locale.text("filter.starred").to_string(), None),
        Choice::Language(language, n) => {
            let name = locale.lookup(&format!("language.{language}")).unwrap_or_default();
            (name.to_string(), Some(*n))
        }
        Choice::Days(_, key) => (locale.lookup(key).unwrap_or_default().to_string(), None),
        Choice::Tag(tag, n) => (format!("#{tag}"), Some(*n)),
        Choice::Source(source, n) => (source.clone(), Some(*n)),
    }
}
