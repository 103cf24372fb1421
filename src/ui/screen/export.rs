//! In which form a comparison is written to a file.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::article::ArticleId;
use crate::job::{Form, Job};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::desk::Desk;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::Cursor;
use crate::ui::widget::menu;

use super::Next;

/// The forms, with the key of what is said of each.
const FORMS: [(Form, &str); 3] = [
    (Form::Html, "export.html"),
    (Form::Markdown, "export.markdown"),
    (Form::Json, "export.json"),
];

/// A choice of forms.
pub struct ExportMenu {
    articles: Vec<ArticleId>,
    cursor: Cursor,
}

impl ExportMenu {
    /// For the comparison of the articles on a desk.
    pub fn new(desk: &Desk) -> Self {
        let ids = desk.articles.iter().map(|article| article.headline.id.clone());
        Self {
            articles: ids.collect(),
            cursor: Cursor::default(),
        }
    }

    /// Takes the number of a form.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        let KeyCode::Char(letter) = key.code else {
            return None;
        };
        let number = usize::try_from(letter.to_digit(10)?).ok()?;
        let (form, _) = FORMS.get(number.checked_sub(1)?)?;
        self.write(*form, context);
        Some(Next::Back)
    }

    fn write(&self, form: Form, context: &mut Context) {
        let articles = self.articles.clone();
        context.jobs.push(Job::Export { articles, form });
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        if command == Command::Open {
            if let Some((form, _)) = FORMS.get(self.cursor.at) {
                self.write(*form, context);
            }
            return Next::Back;
        }
        menu::walk(&mut self.cursor, command, times, FORMS.len());
        Next::Stay
    }

    /// Draws it over the last lines of `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let height = 5.min(area.height);
        let panel = Rect::new(area.x, area.bottom() - height, area.width, height);
        canvas.clear(panel);
        canvas.rule(panel.x, panel.y, panel.right());
        let end = panel.right().saturating_sub(1);
        canvas.put_fitted(
            panel.x + 1,
            panel.y + 1,
            end,
            context.locale.text("export.title"),
            Role::Title,
        );
        for ((place, (_, key)), y) in FORMS.iter().enumerate().zip(panel.y + 2..panel.bottom()) {
            let x = canvas.put(panel.x + 2, y, end, &(place + 1).to_string(), Role::Key) + 2;
            canvas.put_fitted(x, y, end, context.locale.text(key), Role::Text);
            if place == self.cursor.at {
                canvas.select(Rect::new(panel.x, y, panel.width, 1), panel.x);
            }
        }
    }
}
