//! A menu over the upper left of a screen: a title, and rows of which one is under the cursor.

use ratatui::layout::Rect;

use crate::ui::command::Command;
use crate::ui::theme::Role;

use super::canvas::Canvas;
use super::list::Cursor;

/// The columns of a menu, where the screen is that wide.
const WIDTH: u16 = 46;

/// A row of a menu.
pub struct Line {
    /// Whether it is chosen already.
    pub on: bool,
    /// What it says.
    pub label: String,
    /// How many articles it stands for, where that is known.
    pub count: Option<usize>,
}

/// Moves the cursor among so many rows, as if all were in sight.
pub fn walk(cursor: &mut Cursor, command: Command, times: usize, rows: usize) {
    let command = match command {
        Command::NextPane => Command::Next,
        Command::PreviousPane => Command::Previous,
        other => other,
    };
    if let Some(by) = command.distance(times, rows) {
        cursor.step(by, rows, rows);
    }
}

/// Draws a menu of so many rows over what is in `area`; `hint` stands beside its title.
pub fn view(
    (title, hint): (&str, &str),
    (mut cursor, rows): (Cursor, usize),
    line: impl Fn(usize) -> Option<Line>,
    area: Rect,
    canvas: &mut Canvas<'_>,
) {
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(3);
    let panel = Rect::new(area.x, area.y, area.width.min(WIDTH), height.min(area.height));
    canvas.clear(panel);
    let end = panel.right().saturating_sub(2);
    let x = canvas.put(panel.x + 1, panel.y, end, title, Role::Title);
    canvas.put_fitted(x + 2, panel.y, end, hint, Role::Dim);
    let seen = usize::from(panel.height.saturating_sub(3));
    cursor.settle(rows, seen);
    for (place, y) in (cursor.top..rows).take(seen).zip(panel.y + 2..) {
        let Some(line) = line(place) else { break };
        if line.on {
            canvas.put(panel.x + 2, y, end, canvas.signs.picked(), Role::Accent);
        }
        let room = line.count.map_or(end, |_| end.saturating_sub(6));
        canvas.put_fitted(panel.x + 4, y, room, &line.label, Role::Text);
        if let Some(count) = line.count {
            canvas.put_right(panel.x + 4, y, end, &count.to_string(), Role::Dim);
        }
        if place == cursor.at {
            canvas.select(Rect::new(panel.x, y, panel.width, 1), panel.x + 1);
        }
    }
    if panel.height > 3 {
        canvas.rule(panel.x, panel.bottom() - 1, panel.right());
    }
    if area.width > panel.right() {
        canvas.bar(Rect::new(panel.right(), panel.y, 1, panel.height));
    }
}
