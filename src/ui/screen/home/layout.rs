//! Where list and preview stand.

use ratatui::layout::{Rect, Size};

use super::Pane;

/// From this width on, the preview stands beside the list.
const WIDE: u16 = 96;

/// From this height on, it stands below.
const TALL: u16 = 18;

/// The widest lines of running text.
const WIDEST_TEXT: u16 = 76;

/// The parts of the screen below its first line and above its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The rows.
    pub list: Rect,
    /// The preview; empty where there is no room for it.
    pub preview: Rect,
}

impl Layout {
    /// Shares the screen out; where there is no room for both, the pane in use has it all.
    pub fn of(size: Size, pane: Pane) -> Self {
        let body = Rect::new(0, 1, size.width, size.height.saturating_sub(2));
        if size.width >= WIDE {
            let list = (size.width * 54 / 100).max(size.width.saturating_sub(WIDEST_TEXT + 4));
            let preview = Rect::new(list + 2, 1, size.width - list - 3, body.height);
            return Self {
                list: Rect { width: list, ..body },
                preview,
            };
        }
        if size.height >= TALL {
            let list = (body.height * 2 / 5).max(4);
            let preview = Rect::new(
                1,
                list + 2,
                size.width.saturating_sub(2),
                body.height.saturating_sub(list + 1),
            );
            return Self {
                list: Rect { height: list, ..body },
                preview,
            };
        }
        Self::of_one(size, pane)
    }

    /// The pane in use alone.
    pub fn of_one(size: Size, pane: Pane) -> Self {
        let body = Rect::new(0, 1, size.width, size.height.saturating_sub(2));
        let nothing = Rect::new(0, 0, 0, 0);
        match pane {
            Pane::List => Self {
                list: body,
                preview: nothing,
            },
            Pane::Preview => Self {
                list: nothing,
                preview: body,
            },
        }
    }

    /// Whether the preview stands beside the list.
    pub const fn is_beside(&self) -> bool {
        self.preview.x > 1
    }

    /// How many rows are seen.
    pub fn list_height(&self) -> usize {
        usize::from(self.list.height)
    }

    /// How many lines of the preview are seen.
    pub fn preview_height(&self) -> usize {
        usize::from(self.preview.height)
    }

    /// How wide its lines are.
    pub fn preview_columns(&self) -> usize {
        usize::from(self.preview.width.min(WIDEST_TEXT))
    }

    /// How far a page goes.
    pub fn page(&self, pane: Pane) -> usize {
        match pane {
            Pane::List => self.list_height(),
            Pane::Preview => self.preview_height().saturating_sub(2),
        }
    }

    /// The pane at a place of the screen.
    pub const fn pane_at(&self, x: u16, y: u16) -> Pane {
        let within = x >= self.preview.x && y >= self.preview.y && self.preview.width > 0;
        if within { Pane::Preview } else { Pane::List }
    }
}
