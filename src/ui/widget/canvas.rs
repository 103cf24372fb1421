//! The buffer of a frame with what is needed to write on it.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::ui::glyph::{fitted, glyphs, width};
use crate::ui::sign::Signs;
use crate::ui::theme::{Role, Theme};

/// A frame being drawn: text goes where it fits and never elsewhere.
pub struct Canvas<'f> {
    /// The cells.
    pub buffer: &'f mut Buffer,
    /// How roles are drawn.
    pub theme: &'f Theme,
    /// Which signs the terminal can show.
    pub signs: Signs,
    /// Whether the terminal can be given links.
    pub links: bool,
    /// Where the cursor of the screen's own is: the row or passage in use.
    pub spot: Option<(u16, u16)>,
}

impl Canvas<'_> {
    /// Writes `text` from (`x`, `y`) on, before column `end`; gives the column after it.
    pub fn put(&mut self, x: u16, y: u16, end: u16, text: &str, role: Role) -> u16 {
        let style = self.theme.style(role);
        self.put_styled(x, y, end, text, style)
    }

    /// The same in a style that was put together.
    pub fn put_styled(&mut self, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
        let area = *self.buffer.area();
        let end = end.min(area.right());
        if y >= area.bottom() || y < area.top() {
            return x;
        }
        let mut at = x;
        for glyph in glyphs(text) {
            let columns = u16::try_from(glyph.width).unwrap_or(0);
            if columns == 0 {
                continue;
            }
            if at.saturating_add(columns) > end {
                break;
            }
            if let Some(cell) = self.buffer.cell_mut((at, y)) {
                cell.set_symbol(glyph.shown).set_style(style);
            }
            if columns == 2
                && let Some(cell) = self.buffer.cell_mut((at + 1, y))
            {
                let ground = cell.style();
                cell.reset();
                cell.set_style(ground).set_style(style);
            }
            at += columns;
        }
        at
    }

    /// Writes `text` so that it ends before column `end`, not before `x`; gives its first column.
    pub fn put_right(&mut self, x: u16, y: u16, end: u16, text: &str, role: Role) -> u16 {
        let room = end.saturating_sub(x);
        let shown = fitted(text, usize::from(room));
        let start = end.saturating_sub(columns(&shown));
        self.put(start, y, end, &shown, role);
        start
    }

    /// Writes `text` cut to the room before `end`, with an ellipsis where something is missing.
    pub fn put_fitted(&mut self, x: u16, y: u16, end: u16, text: &str, role: Role) -> u16 {
        let shown = fitted(text, usize::from(end.saturating_sub(x)));
        self.put(x, y, end, &shown, role)
    }

    /// Makes a link of what stands from (`x`, `y`) to `end`; where the terminal knows none, it stays as it is.
    ///
    /// Each cell carries the whole link, so that it survives whatever is drawn beside it; the cells belong together by
    /// their number.
    pub fn link(&mut self, x: u16, y: u16, end: u16, url: Option<&str>) {
        let Some(url) = url.filter(|url| self.links && is_plain(url)) else {
            return;
        };
        let number = url.bytes().fold(7u32, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u32::from(byte))
        });
        for at in x..end.min(self.buffer.area().right()) {
            let Some(cell) = self.buffer.cell_mut((at, y)) else {
                continue;
            };
            let shown = cell.symbol();
            let columns = columns(shown);
            if columns == 1 {
                let linked = format!("\x1b]8;id={number};{url}\x1b\\{shown}\x1b]8;;\x1b\\");
                cell.set_symbol(&linked);
                cell.set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
            }
        }
    }

    /// Says that what is in use begins at (`x`, `y`).
    pub const fn point(&mut self, x: u16, y: u16) {
        self.spot = Some((x, y));
    }

    /// Lays the style of `role` over `area`, text untouched.
    pub fn lay(&mut self, area: Rect, role: Role) {
        if matches!(role, Role::Selected) {
            self.point(area.x, area.y);
        }
        let style = self.theme.style(role);
        self.buffer
            .set_style(area.intersection(*self.buffer.area()), style);
    }

    /// Marks a row as the one under the cursor, with the sign for it in column `x`.
    pub fn select(&mut self, row: Rect, x: u16) {
        self.put(x, row.y, row.right(), self.signs.cursor(), Role::Accent);
        self.lay(row, Role::Selected);
    }

    /// Empties `area`.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(*self.buffer.area());
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// A thin line from `x` to `end`.
    pub fn rule(&mut self, x: u16, y: u16, end: u16) {
        let sign = self.signs.rule();
        for at in x..end {
            self.put(at, y, end, sign, Role::Rule);
        }
    }

    /// A thin line down `area`'s first column.
    pub fn bar(&mut self, area: Rect) {
        let sign = self.signs.bar();
        for y in area.top()..area.bottom() {
            self.put(area.x, y, area.right(), sign, Role::Rule);
        }
    }
}

/// Whether an address is one of the web, of signs that cannot end the link it stands in.
fn is_plain(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && url.len() <= 2000 && url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b';')
}

/// The columns `text` takes, as the screen counts.
pub fn columns(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}
