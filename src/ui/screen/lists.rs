//! Which list is shown at home: a menu of the built-in ones and the reader's own.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::article::Language;
use crate::job::{Filter, Job, List, Order};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::Cursor;
use crate::ui::widget::menu::{self, Line};

use super::Next;
use super::home::only_in;

/// A menu of lists.
pub struct ListMenu {
    order: Order,
    choices: Vec<Choice>,
    cursor: Cursor,
}

/// A list by its name.
struct Choice {
    name: Name,
    list: List,
}

enum Name {
    /// The key of its words.
    BuiltIn(&'static str),
    /// Of the configuration.
    Own(String),
    /// Kept from a search; can be taken away here.
    Saved(String),
}

/// What everyone has: everything, then what is worth a look.
fn built_in() -> Vec<Choice> {
    let choice = |key, list| Choice {
        name: Name::BuiltIn(key),
        list,
    };
    let articles = |articles| List {
        articles,
        ..List::default()
    };
    let only = |language| {
        let list = List {
            only: Some(language),
            ..List::default()
        };
        choice(only_in(language), list)
    };
    vec![
        choice("lists.all", List::default()),
        choice(
            "filter.unread",
            articles(Filter {
                unread: true,
                ..Filter::default()
            }),
        ),
        choice(
            "filter.starred",
            articles(Filter {
                starred: true,
                ..Filter::default()
            }),
        ),
        choice(
            "filter.contradictions",
            List {
                contradictions: true,
                ..List::default()
            },
        ),
        only(Language::German),
        only(Language::Dutch),
    ]
}

impl ListMenu {
    /// The menu, the cursor on the list that is shown.
    pub fn new(list: &List, context: &Context) -> Self {
        let own = context.lists.iter().map(|own| Choice {
            name: Name::Own(own.name.clone()),
            list: List {
                own: Some(own.clone()),
                ..List::default()
            },
        });
        let saved = context.totals.saved.iter().map(|saved| Choice {
            name: Name::Saved(saved.name.clone()),
            list: List {
                own: Some(saved.clone()),
                ..List::default()
            },
        });
        let choices: Vec<Choice> = built_in().into_iter().chain(own).chain(saved).collect();
        let shown = List {
            order: Order::default(),
            ..list.clone()
        };
        let mut cursor = Cursor::default();
        let place = choices.iter().position(|choice| choice.list == shown);
        cursor.go(place.unwrap_or(0), choices.len(), choices.len());
        Self {
            order: list.order,
            choices,
            cursor,
        }
    }

    fn choose(&self) -> Next {
        let Some(choice) = self.choices.get(self.cursor.at) else {
            return Next::Back;
        };
        let asks_for_stories = choice.list.contradictions || choice.list.only.is_some();
        let order = if asks_for_stories {
            Order::Stories
        } else {
            self.order
        };
        Next::Narrow(Box::new(choice.list.clone().in_order(order)))
    }

    /// Takes the list under the cursor away, where it was kept from a search.
    fn forget(&mut self, context: &mut Context) {
        let Some(Name::Saved(name)) = self.choices.get(self.cursor.at).map(|choice| &choice.name) else {
            return context.complain(context.locale.text("lists.not-saved"));
        };
        context.jobs.push(Job::Forget(name.clone()));
        context.say(context.locale.text("lists.forgotten"));
        self.choices.remove(self.cursor.at);
        let rows = self.choices.len();
        self.cursor.step(0, rows, rows);
    }

    /// Takes the keys that close the menu, and those that change it.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        match key.code {
            KeyCode::Char('d') | KeyCode::Delete => {
                self.forget(context);
                Some(Next::Stay)
            }
            KeyCode::Char(' ') => Some(self.choose()),
            KeyCode::Esc | KeyCode::Char('q' | 'L') => Some(Next::Back),
            _ => None,
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize) -> Next {
        if command == Command::Open {
            return self.choose();
        }
        menu::walk(&mut self.cursor, command, times, self.choices.len());
        Next::Stay
    }

    /// Draws it over what is in `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let locale = &context.locale;
        let line = |place: usize| {
            let label = match &self.choices.get(place)?.name {
                Name::BuiltIn(key) => locale.text(key).to_string(),
                Name::Own(name) | Name::Saved(name) => name.clone(),
            };
            let (on, count) = (false, None);
            Some(Line { on, label, count })
        };
        let is_saved = |choice: &Choice| matches!(choice.name, Name::Saved(_));
        let hint = if self.choices.iter().any(is_saved) {
            locale.text("lists.hint")
        } else {
            ""
        };
        let title = (locale.text("lists.title"), hint);
        menu::view(title, (self.cursor, self.choices.len()), line, area, canvas);
    }
}
