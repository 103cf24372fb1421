//! A line that is asked for: the address of a feed, or the path of what is taken over.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::job::Job;
use crate::ui::app::Context;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::prompt::Prompt;

use super::{Hint, Next};

/// A question with the line being typed.
pub struct Ask {
    what: Wish,
    prompt: Prompt,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The address of a feed or a site.
    Feed,
    /// The path of a list of feeds, a file or a folder.
    Import,
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = super::help::HINTS;

impl Ask {
    /// Asks, with what is known already.
    pub fn new(what: Wish, known: &str) -> Self {
        Self {
            what,
            prompt: Prompt::new(known.trim()),
        }
    }

    /// Takes a key: text, or Enter and Esc, which both close it.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        match key.code {
            KeyCode::Esc => return Some(Next::Back),
            KeyCode::Backspace if self.prompt.text().is_empty() => return Some(Next::Back),
            KeyCode::Enter => {
                self.answer(context);
                return Some(Next::Back);
            }
            _ => {
                self.prompt.take(key);
            }
        }
        Some(Next::Stay)
    }

    fn answer(&self, context: &mut Context) {
        let said = self.prompt.text().trim();
        if said.is_empty() {
            return;
        }
        let (key, job) = match self.what {
            Wish::Feed => ("notice.looking", Job::Subscribe(said.to_string())),
            Wish::Import => ("notice.importing", Job::Import(PathBuf::from(said))),
        };
        context.jobs.push(job);
        context.say(context.locale.fill(key, &[("what", &said)]));
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str) {
        self.prompt.insert(text.trim());
    }

    /// Draws it over the last lines of `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let panel = panel(area);
        canvas.clear(panel);
        canvas.rule(panel.x, panel.y, panel.right());
        let end = panel.right().saturating_sub(1);
        let title = match self.what {
            Wish::Feed => "ask.feed",
            Wish::Import => "ask.import",
        };
        if panel.height > 1 {
            canvas.put_fitted(
                panel.x + 1,
                panel.y + 1,
                end,
                context.locale.text(title),
                Role::Title,
            );
        }
        if panel.height > 2 {
            canvas.put(panel.x + 3, panel.y + 2, end, self.prompt.text(), Role::Text);
        }
    }

    /// Where typing goes on, on the screen.
    pub fn cursor(&self, area: Rect) -> (u16, u16) {
        let panel = panel(area);
        let column = u16::try_from(self.prompt.column()).unwrap_or(0);
        (panel.x + 3 + column, panel.y + 2)
    }
}

fn panel(area: Rect) -> Rect {
    let height = 3.min(area.height);
    Rect::new(area.x, area.bottom() - height, area.width, height)
}
