//! What a program answered, over the screen below.

use ratatui::layout::Rect;

use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::wrap::lines;

use super::{Hint, Next};

/// The most lines of an answer.
const MOST_LINES: usize = 5000;

/// An answer in lines.
pub struct Reply {
    title: String,
    text: String,
    rows: Vec<String>,
    top: usize,
    height: usize,
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[(Command::Next, "hint.next"), (Command::Back, "hint.back")];

impl Reply {
    /// The answer to `title`.
    pub const fn new(title: String, text: String) -> Self {
        Self {
            title,
            text,
            rows: Vec::new(),
            top: 0,
            height: 1,
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize) -> Next {
        let Some(by) = command.distance(times, self.height) else {
            return Next::Back;
        };
        let last = self.rows.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(last);
        Next::Stay
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        let columns = usize::from(context.size.width.saturating_sub(2)).max(1);
        let written = self.text.lines().take(MOST_LINES);
        self.rows = written
            .flat_map(|line| {
                let set = lines(line, columns, MOST_LINES);
                if set.is_empty() { vec![String::new()] } else { set }
            })
            .collect();
        self.height = usize::from(context.size.height.saturating_sub(3)).max(1);
        self.top = self.top.min(self.rows.len().saturating_sub(self.height));
    }

    /// Draws it over what is in `area`.
    pub fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        canvas.clear(area);
        canvas.put_fitted(area.x + 1, area.y, area.right(), &self.title, Role::Title);
        if area.height > 1 {
            canvas.rule(area.x, area.y + 1, area.right());
        }
        let seen = self.rows.iter().skip(self.top);
        for (row, y) in seen.zip(area.y + 2..area.bottom()) {
            canvas.put(area.x + 1, y, area.right(), row, Role::Text);
        }
    }
}
