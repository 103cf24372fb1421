//! How the reader is drawn: the screens, then the last line.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use crate::compare::Verdict;

use super::app::App;
use super::command::Place;
use super::keymap::Key;
use super::screen::Screen;
use super::sign::Signs;
use super::theme::{Role, Theme};
use super::widget::canvas::{Canvas, columns};

/// Draws `app`. Reads only.
pub fn view(app: &App, theme: &Theme, frame: &mut Frame<'_>) {
    let area = frame.area();
    let area = Rect {
        width: app.context.signs.width(area.width),
        ..area
    };
    let body = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let cursor = cursor(app.screen(), body);
    let mut canvas = Canvas {
        buffer: frame.buffer_mut(),
        theme,
        signs: app.context.signs,
        links: app.context.links,
        spot: None,
    };
    canvas.lay(area, Role::Text);
    let screens = app.screens();
    let first = screens
        .iter()
        .rposition(|screen| !screen.is_overlay())
        .unwrap_or(0);
    for screen in screens.get(first..).unwrap_or_default() {
        screen.view(body, &app.context, &mut canvas);
    }
    if area.height > 1 {
        foot(
            app,
            Rect::new(area.x, area.bottom() - 1, area.width, 1),
            &mut canvas,
        );
    }
    // Who hears the screen follows the terminal's own cursor.
    let cursor = cursor.or(canvas.spot.filter(|_| canvas.signs.is_linear()));
    if let Some((x, y)) = cursor.filter(|(x, y)| *x < area.right() && *y < area.bottom()) {
        frame.set_cursor_position(Position::new(x, y));
    }
}

/// Where typing goes on, if anywhere.
fn cursor(screen: Option<&Screen>, body: Rect) -> Option<(u16, u16)> {
    match screen? {
        Screen::Search(search) => search.cursor(),
        Screen::Palette(palette) => Some(palette.cursor(body)),
        Screen::Ask(ask) => Some(ask.cursor(body)),
        _ => None,
    }
}

/// The last line: keys pressed so far, then a message, or else what keys do here.
fn foot(app: &App, area: Rect, canvas: &mut Canvas<'_>) {
    let end = area.right().saturating_sub(1);
    let mut right = end;
    if !app.pressed().is_empty() {
        let pressed: Vec<String> = app.pressed().iter().map(Key::to_string).collect();
        right = canvas
            .put_right(area.x, area.y, end, &pressed.join(" "), Role::Key)
            .saturating_sub(2);
    }
    if let Some(notice) = &app.context.notice {
        let role = if notice.failed {
            Role::Failure
        } else {
            Role::Notice
        };
        canvas.put_fitted(area.x + 1, area.y, right, &notice.text, role);
        return;
    }
    let status = status(app, canvas.signs);
    if !status.is_empty() && columns(&status) + 20 < right {
        right = canvas
            .put_right(area.x, area.y, right, &status, Role::Dim)
            .saturating_sub(2);
    }
    hints(app, area, right, canvas);
}

/// How far fetching is, or when feeds were asked last, on the screens that show what they bring.
fn status(app: &App, signs: Signs) -> String {
    let context = &app.context;
    if !matches!(app.place(), Place::Home | Place::Feeds | Place::Welcome) {
        return String::new();
    }
    if let Some(fetching) = &context.fetching {
        let (done, of) = (fetching.done, fetching.of);
        let far = if of == 0 {
            String::new()
        } else {
            format!(" {done}/{of}")
        };
        let text = context.locale.text("feeds.fetching");
        return format!("{} {text}{far}", signs.synced());
    }
    let feeds = &context.totals.feeds;
    let Some(at) = feeds.fetched else {
        return String::new();
    };
    let synced = context.locale.fill("feeds.synced", &[("ago", &context.ago(at))]);
    let troubled = match feeds.troubled {
        0 => String::new(),
        n => format!(" {} {n}", signs.state(Verdict::Conflict)),
    };
    format!("{} {synced}{troubled}", signs.synced())
}

/// As many hints as there is room for; the way to all keys always among them.
fn hints(app: &App, area: Rect, right: u16, canvas: &mut Canvas<'_>) {
    let Some(screen) = app.screen() else { return };
    let place = app.place();
    // Where text is typed, a letter is a letter.
    let is_typing = cursor(Some(screen), area).is_some();
    let works = |key: &String| !is_typing || key.chars().nth(1).is_some();
    let said: Vec<(String, &'static str)> = screen
        .hints()
        .iter()
        .filter_map(|(command, text)| {
            let key = app.keymap.keys_of(place, *command).into_iter().find(works)?;
            Some((key, app.context.locale.text(text)))
        })
        .collect();
    let width = |hint: &(String, &str)| columns(&hint.0) + 1 + columns(hint.1) + 3;
    let room = right.saturating_sub(area.x + 1);
    let keep = said.len().min(2);
    let tail: u16 = said.iter().rev().take(keep).map(width).sum();
    let mut x = area.x + 1;
    for (number, hint) in said.iter().enumerate() {
        let last = number + keep >= said.len();
        if !last && x + width(hint) + tail > room + area.x + 4 {
            continue;
        }
        if x + width(hint) > right + 3 {
            break;
        }
        x = canvas.put(x, area.y, right, &hint.0, Role::Key) + u16::from(!hint.1.starts_with('…'));
        x = canvas.put(x, area.y, right, hint.1, Role::Dim) + 3;
    }
}
