//! The signs of the screen: what colour says is said by them too.

use std::sync::LazyLock;

use crate::article::Language;
use crate::compare::Verdict;
use crate::locale::Locale;

/// Which signs a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signs {
    /// Those of Unicode.
    #[default]
    Full,
    /// Those of ASCII alone.
    Ascii,
    /// Words for verdicts and no lines at all, in one column: what a screen reader reads aloud.
    Words(&'static Words),
}

/// The words for verdicts, for what is unread, and for what has a star.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    verdicts: [&'static str; 7],
    unread: &'static str,
    starred: &'static str,
}

/// Those of each language.
static WORDS: LazyLock<[Words; 3]> =
    LazyLock::new(|| Language::ALL.map(|language| Words::of(&Locale::new(language))));

impl Words {
    fn of(locale: &Locale) -> Self {
        let verdicts = VERDICTS.map(|verdict| {
            let word = locale.lookup(&format!("verdict.{}", verdict.name()));
            word.unwrap_or_else(|| verdict.name())
        });
        Self {
            verdicts,
            unread: locale.text("filter.unread"),
            starred: locale.text("filter.starred"),
        }
    }
}

/// Every verdict, in the order of its word.
const VERDICTS: [Verdict; 7] = [
    Verdict::Agree,
    Verdict::Rounded,
    Verdict::Restated,
    Verdict::Conflict,
    Verdict::Scale,
    Verdict::Updated,
    Verdict::Single,
];

/// The widest that a screen of words is: room for one column everywhere.
const ONE_COLUMN: u16 = 71;

impl Signs {
    /// Words in the language of the interface.
    pub fn words(language: Language) -> Self {
        let [german, dutch, english] = &*WORDS;
        Self::Words(match language {
            Language::German => german,
            Language::Dutch => dutch,
            Language::English => english,
        })
    }

    /// Whether everything stands in one column without lines, for who hears the screen rather than sees it.
    pub const fn is_linear(self) -> bool {
        matches!(self, Self::Words(_))
    }

    /// How much of a screen's width is used.
    pub fn width(self, width: u16) -> u16 {
        if self.is_linear() {
            width.min(ONE_COLUMN)
        } else {
            width
        }
    }

    const fn pick(self, full: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Full => full,
            Self::Ascii | Self::Words(_) => ascii,
        }
    }

    /// A line that is drawn, which words have none of.
    const fn line(self, full: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Words(_) => " ",
            _ => self.pick(full, ascii),
        }
    }

    /// The sign of a verdict, one column wide, or its word.
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        let place = VERDICTS.iter().position(|known| *known == verdict);
        match (self, place) {
            (Self::Words(words), Some(place)) => words.verdicts.get(place).copied().unwrap_or_default(),
            _ => self.state(verdict),
        }
    }

    /// A sign for anything that fares like a verdict, one column wide.
    pub const fn state(self, verdict: Verdict) -> &'static str {
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
        if let Self::Words(words) = self {
            return words.unread;
        }
        self.pick("●", "*")
    }

    /// Before what has a star.
    pub const fn star(self) -> &'static str {
        if let Self::Words(words) = self {
            return words.starred;
        }
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
        self.line("⟳", "@")
    }

    /// Between columns.
    pub const fn bar(self) -> &'static str {
        self.line("│", "|")
    }

    /// Between passages that say the same.
    pub const fn linked(self) -> &'static str {
        self.line("═", "=")
    }

    /// Between parts that stand above each other.
    pub const fn rule(self) -> &'static str {
        self.line("─", "-")
    }

    /// Where a bar meets a rule from above, from below.
    pub const fn joints(self) -> (&'static str, &'static str) {
        (self.line("┬", "+"), self.line("┴", "+"))
    }

    /// Where a bar crosses a rule.
    pub const fn crossing(self) -> &'static str {
        self.line("┼", "+")
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
        let sign = signs.get(height).copied().unwrap_or(" ");
        self.line(sign, sign)
    }
}
