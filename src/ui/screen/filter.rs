//! What narrows the list at home: a menu of switches.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Span;
use jiff::civil::Date;
use ratatui::layout::Rect;

use crate::article::Language;
use crate::job::{List, Order};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::Cursor;

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
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        let rows = self.choices.len();
        match command {
            Command::Next | Command::NextPane => self.cursor.step(by, rows, rows),
            Command::Previous | Command::PreviousPane => self.cursor.step(-by, rows, rows),
            Command::Top => self.cursor.go(0, rows, rows),
            Command::Bottom => self.cursor.go(rows, rows, rows),
            Command::Open => {
                self.switch();
                return Next::Narrow(Box::new(self.list.clone()));
            }
            _ => {}
        }
        Next::Stay
    }

    /// Draws it over what is in `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let height = u16::try_from(self.choices.len())
            .unwrap_or(u16::MAX)
            .saturating_add(3)
            .min(area.height);
        let panel = Rect::new(area.x, area.y, area.width.min(46), height);
        canvas.clear(panel);
        let end = panel.right().saturating_sub(2);
        canvas.put(
            panel.x + 1,
            panel.y,
            end,
            context.locale.text("filter.title"),
            Role::Title,
        );
        let seen = usize::from(height.saturating_sub(3));
        let mut cursor = self.cursor;
        cursor.settle(self.choices.len(), seen);
        for ((place, choice), y) in self
            .choices
            .iter()
            .enumerate()
            .skip(cursor.top)
            .take(seen)
            .zip(panel.y + 2..)
        {
            let (label, count) = label(choice, context);
            let sign = if self.is_on(choice) {
                canvas.signs.picked()
            } else {
                " "
            };
            canvas.put(panel.x + 2, y, end, sign, Role::Accent);
            canvas.put_fitted(panel.x + 4, y, end.saturating_sub(6), &label, Role::Text);
            if let Some(count) = count {
                canvas.put_right(panel.x + 4, y, end, &count.to_string(), Role::Dim);
            }
            if place == self.cursor.at {
                canvas.put(panel.x + 1, y, end, canvas.signs.cursor(), Role::Accent);
                canvas.lay(Rect::new(panel.x, y, panel.width, 1), Role::Selected);
            }
        }
        if panel.height > 3 {
            canvas.rule(panel.x, panel.bottom() - 1, panel.right());
        }
        if area.width > panel.right() {
            canvas.bar(Rect::new(panel.right(), panel.y, 1, panel.height));
        }
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
