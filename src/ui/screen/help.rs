//! The keys of a screen.

use ratatui::layout::Rect;

use crate::locale::Locale;
use crate::ui::app::Context;
use crate::ui::command::{Command, Place, TABLE};
use crate::ui::keymap::Keymap;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};

use super::{Hint, Next};

/// The keys of a screen, in as many columns as there is room for.
pub struct Help {
    place: Place,
    lines: Vec<Line>,
    top: usize,
    height: usize,
}

/// A line of the help: a heading, or keys and what they do.
enum Line {
    Heading(&'static str),
    Keys(String, &'static str),
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[
    (Command::Next, "hint.next"),
    (Command::Open, "hint.choose"),
    (Command::Back, "hint.back"),
];

impl Help {
    /// The keys of `place`, those of every screen after its own.
    pub fn new(place: Place, keymap: &Keymap, locale: &Locale) -> Self {
        let mut lines = Vec::new();
        for here in [place, Place::Everywhere] {
            lines.push(Line::Heading(heading(here, locale)));
            for (keys, help) in keys_of(here, keymap, locale) {
                lines.push(Line::Keys(keys, help));
            }
            if here == Place::Everywhere {
                break;
            }
        }
        Self {
            place,
            lines,
            top: 0,
            height: 0,
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize) -> Next {
        let Some(by) = command.distance(times, self.height) else {
            return Next::Back;
        };
        let last = self.lines.len().saturating_sub(self.height);
        self.top = self.top.saturating_add_signed(by).min(last);
        Next::Stay
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        let size = context.size;
        let across = if size.width >= 100 { 2 } else { 1 };
        self.height = usize::from(size.height.saturating_sub(3)).max(1) * across;
        self.top = self.top.min(self.lines.len().saturating_sub(self.height));
    }

    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        canvas.clear(area);
        let title = context.locale.text("help.title");
        let x = canvas.put(area.x + 1, area.y, area.right(), title, Role::Title) + 2;
        canvas.put(
            x,
            area.y,
            area.right(),
            heading(self.place, &context.locale),
            Role::Dim,
        );
        let across = if area.width >= 100 { 2 } else { 1 };
        let width = area.width / across;
        let lines = area.height.saturating_sub(2);
        let seen = (self.top + usize::from(lines * across)).min(self.lines.len());
        if seen < self.lines.len() || self.top > 0 {
            let said = format!("{}–{seen} / {}", self.top + 1, self.lines.len());
            canvas.put_right(x, area.y, area.right().saturating_sub(1), &said, Role::Dim);
        }
        let column = self.lines.iter().filter_map(|line| match line {
            Line::Keys(keys, _) => Some(columns(keys)),
            Line::Heading(_) => None,
        });
        let keys = column.max().unwrap_or(0).min(width / 2);
        for (line, place) in self.lines.iter().skip(self.top).zip(0..lines * across) {
            let x = area.x + 2 + (place / lines.max(1)) * width;
            let y = area.y + 2 + place % lines.max(1);
            let end = (x + width).saturating_sub(3).min(area.right());
            match line {
                Line::Heading(text) => {
                    canvas.put_fitted(x, y, end, text, Role::Accent);
                }
                Line::Keys(pressed, help) => {
                    canvas.put_right(x, y, x + keys, pressed, Role::Key);
                    canvas.put_fitted(x + keys + 2, y, end, help, Role::Text);
                }
            }
        }
    }
}

fn heading(place: Place, locale: &Locale) -> &'static str {
    locale
        .lookup(&format!("place.{}", place.name()))
        .unwrap_or_default()
}

/// What the commands of a place do, each once, with the keys that work there.
fn keys_of(place: Place, keymap: &Keymap, locale: &Locale) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    for entry in TABLE.iter().filter(|entry| entry.places.contains(&place)) {
        let keys = keymap.keys_of(place, entry.command);
        let help = entry.command.help(locale);
        if keys.is_empty() {
            continue;
        }
        let keys = keys.join(", ");
        match found.last_mut() {
            Some((listed, last)) if *last == help => {
                let first = listed.split('…').next().unwrap_or_default().to_string();
                *listed = format!("{first}…{keys}");
            }
            _ => found.push((keys, help)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use crate::ui::keymap::Preset;

    #[test]
    fn the_help_names_each_key_once_and_ranges_as_such() {
        let (keymap, _) = Keymap::new(Preset::Vim, &[]);
        let locale = Locale::new(Language::English);
        let keys = keys_of(Place::Compare, &keymap, &locale);
        assert!(keys.iter().any(|(keys, _)| keys == "1…9"), "{keys:?}");
        assert!(keys.iter().any(|(keys, _)| keys == "x"), "{keys:?}");
    }
}
