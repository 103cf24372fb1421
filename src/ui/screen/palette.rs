//! The list of commands, narrowed by typing.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

use crate::locale::Locale;
use crate::ui::app::Context;
use crate::ui::command::{Command, Place, TABLE};
use crate::ui::keymap::Keymap;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};
use crate::ui::widget::list::Cursor;
use crate::ui::widget::prompt::{Prompt, Typed};

use super::Next;

/// The list of commands.
pub struct Palette {
    prompt: Prompt,
    all: Vec<Line>,
    cursor: Cursor,
    height: usize,
}

/// A command with its key and what it does.
struct Line {
    command: Command,
    name: &'static str,
    help: &'static str,
    keys: String,
}

impl Palette {
    /// The commands that mean something in `place`, its own first.
    pub fn new(place: Place, keymap: &Keymap, locale: &Locale) -> Self {
        let mut all: Vec<Line> = Vec::new();
        for here in [place, Place::Everywhere] {
            for entry in TABLE.iter().filter(|entry| entry.places.contains(&here)) {
                if all.iter().all(|line| line.command != entry.command) && entry.command != Command::Commands
                {
                    all.push(Line {
                        command: entry.command,
                        name: entry.name,
                        help: entry.command.help(locale),
                        keys: keymap.keys_of(place, entry.command).join(", "),
                    });
                }
            }
        }
        Self {
            prompt: Prompt::default(),
            all,
            cursor: Cursor::default(),
            height: 1,
        }
    }

    /// The commands whose name or help has every word that was typed.
    fn found(&self) -> Vec<&Line> {
        let wanted = self.prompt.text().to_lowercase();
        let fits = |line: &&Line| {
            let said = format!("{} {}", line.name, line.help.to_lowercase());
            wanted.split_whitespace().all(|word| said.contains(word))
        };
        self.all.iter().filter(fits).collect()
    }

    /// Takes a key: text narrows the list, the arrows move in it.
    pub fn take(&mut self, key: KeyEvent) -> Option<Next> {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let rows = self.found().len();
        match key.code {
            KeyCode::Esc => return Some(Next::Back),
            KeyCode::Backspace if self.prompt.text().is_empty() => return Some(Next::Back),
            KeyCode::Enter => {
                let chosen = self.found().get(self.cursor.at).map(|line| line.command);
                return Some(chosen.map_or(Next::Back, Next::Run));
            }
            KeyCode::Down | KeyCode::Tab => self.cursor.step(1, rows, self.height),
            KeyCode::Up | KeyCode::BackTab => self.cursor.step(-1, rows, self.height),
            KeyCode::Char('n') if control => self.cursor.step(1, rows, self.height),
            KeyCode::Char('p') if control => self.cursor.step(-1, rows, self.height),
            _ => match self.prompt.take(key) {
                Typed::Changed => self.cursor = Cursor::default(),
                Typed::Moved => {}
                Typed::Ignored => return None,
            },
        }
        Some(Next::Stay)
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str) {
        self.prompt.insert(text);
        self.cursor = Cursor::default();
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize) -> Next {
        let rows = self.found().len();
        let by = isize::try_from(times * self.height).unwrap_or(isize::MAX);
        match command {
            Command::PageDown => self.cursor.step(by, rows, self.height),
            Command::PageUp => self.cursor.step(-by, rows, self.height),
            _ => {}
        }
        Next::Stay
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        self.height = usize::from(panel(context.size.width, context.size.height.saturating_sub(1)).height)
            .saturating_sub(2)
            .max(1);
        let rows = self.found().len();
        self.cursor.settle(rows, self.height);
    }

    /// Draws it over what is in `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let panel = panel(area.width, area.height);
        canvas.clear(panel);
        let (left, right) = (panel.x + 1, panel.right().saturating_sub(1));
        let x = canvas.put(left, panel.y, right, ":", Role::Accent) + 1;
        if self.prompt.text().is_empty() {
            canvas.put_fitted(
                x + 1,
                panel.y,
                right,
                context.locale.text("palette.hint"),
                Role::Dim,
            );
        } else {
            canvas.put(x, panel.y, right, self.prompt.text(), Role::Text);
        }
        if panel.height > 1 {
            canvas.rule(panel.x, panel.y + 1, panel.right());
        }
        let found = self.found();
        let seen = found.iter().enumerate().skip(self.cursor.top);
        for ((place, line), y) in seen.zip(panel.y + 2..panel.bottom().saturating_sub(1)) {
            let keys = columns(&line.keys);
            canvas.put(right.saturating_sub(keys), y, right, &line.keys, Role::Key);
            let x = canvas.put_fitted(left + 1, y, right, line.help, Role::Text);
            canvas.put_fitted(x + 2, y, right.saturating_sub(keys + 2), line.name, Role::Dim);
            if place == self.cursor.at {
                canvas.select(Rect::new(panel.x, y, panel.width, 1), left);
            }
        }
        if panel.bottom() <= area.bottom() && panel.height > 2 {
            canvas.rule(panel.x, panel.bottom() - 1, panel.right());
        }
    }

    /// Where typing goes on, on the screen.
    pub fn cursor(&self, area: Rect) -> (u16, u16) {
        let panel = panel(area.width, area.height);
        let column = u16::try_from(self.prompt.column()).unwrap_or(0);
        (panel.x + 3 + column, panel.y)
    }
}

/// The upper part of the screen, not wider than what is easily read.
fn panel(width: u16, height: u16) -> Rect {
    let wide = width.min(90);
    Rect::new((width - wide) / 2, 0, wide, height.min(20.max(height * 2 / 3)))
}
