//! The signs of the screen: what colour says is said by them too.

use crate::compare::Verdict;

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Those of Unicode.
    #[default]
    Full,
    /// Those of ASCII alone.
    Ascii,
}

impl Signs {
    const fn pick(self, full: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Full => full,
            Self::Ascii => ascii,
        }
    }

    /// The sign of a verdict, one column wide; a space for a figure that only one source gives.
    pub const fn verdict(self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Agree => self.pick("✓", "+"),
            Verdict::Rounded | Verdict::Restated => self.pick("≈", "~"),
            Verdict::Conflict => self.pick("✗", "x"),
            Verdict::Scale => self.pick("‼", "!"),
            Verdict::Updated => self.pick("↻", "^"),
            Verdict::Single => self.pick("·", "."),
        }
    }

    /// The sign of an article by its number in a comparison, from 0.
    pub fn article(self, number: usize) -> String {
        let circled = u32::try_from(number).ok().filter(|number| *number < 20);
        match (self, circled.and_then(|number| char::from_u32(0x2460 + number))) {
            (Self::Full, Some(sign)) => sign.to_string(),
            _ => (number + 1).to_string(),
        }
    }

    /// Before the row under the cursor.
    pub const fn cursor(self) -> &'static str {
        self.pick("▸", ">")
    }

    /// Before what is unread.
    pub const fn unread(self) -> &'static str {
        self.pick("●", "*")
    }

    /// Before what has a star.
    pub const fn star(self) -> &'static str {
        self.pick("★", "#")
    }

    /// Before what was chosen.
    pub const fn picked(self) -> &'static str {
        self.pick("◆", "@")
    }

    /// Before a row of a list: that it was chosen, or else that the cursor is on it.
    pub const fn pointer(self, picked: bool, under_cursor: bool) -> &'static str {
        match (picked, under_cursor) {
            (true, _) => self.picked(),
            (false, true) => self.cursor(),
            (false, false) => " ",
        }
    }

    /// Before what is said of the last fetching.
    pub const fn synced(self) -> &'static str {
        self.pick("⟳", "@")
    }

    /// Between columns.
    pub const fn bar(self) -> &'static str {
        self.pick("│", "|")
    }

    /// Between passages that say the same.
    pub const fn linked(self) -> &'static str {
        self.pick("═", "=")
    }

    /// Between parts that stand above each other.
    pub const fn rule(self) -> &'static str {
        self.pick("─", "-")
    }

    /// Where a bar meets a rule from above, from below.
    pub const fn joints(self) -> (&'static str, &'static str) {
        match self {
            Self::Full => ("┬", "┴"),
            Self::Ascii => ("+", "+"),
        }
    }

    /// Beside the passage being read.
    pub const fn reading(self) -> &'static str {
        self.pick("▌", ">")
    }

    /// Between things named one after another.
    pub const fn dot(self) -> &'static str {
        self.pick("·", "-")
    }

    /// A bar of a small chart, from 0 (nothing) to 8.
    pub fn spark(self, height: usize) -> &'static str {
        let (full, ascii) = (
            [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            [" ", ".", ".", ":", ":", "-", "=", "+", "#"],
        );
        let height = height.min(8);
        let signs = if self == Self::Full { full } else { ascii };
        signs.get(height).copied().unwrap_or(" ")
    }
}
