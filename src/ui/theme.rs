//! Roles and how a theme draws them: widgets ask for a meaning, never for a colour.

use ratatui::style::{Color, Modifier, Style};

use crate::compare::Verdict;

/// What a piece of the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// A title.
    Title,
    /// What matters less: dates, labels, passages without counterpart.
    Dim,
    /// Thin lines between parts of the screen.
    Rule,
    /// Names that lead the eye: the program, the focused column.
    Accent,
    /// The row under the cursor.
    Selected,
    /// The row under the cursor of a pane that has not the focus.
    Resting,
    /// Something unread.
    Unread,
    /// Sources that agree.
    Agree,
    /// Values that fit together: rounded, or in another unit.
    Restated,
    /// Values that cannot both hold.
    Conflict,
    /// Values off by a power of a thousand.
    Scale,
    /// A running figure in a later state.
    Updated,
    /// A figure that only one source gives.
    Single,
    /// The figure under the cursor.
    Lit,
    /// The same figure in the other sources.
    Counterpart,
    /// The sign that links passages.
    Linked,
    /// Words that a search found.
    Found,
    /// A word that looks like one of another language and means something else.
    Friend,
    /// A key in the hints.
    Key,
    /// A message.
    Notice,
    /// A message that something went wrong.
    Failure,
}

impl Role {
    /// Every role, in the order of the themes' files.
    pub const ALL: [Self; 22] = [
        Self::Text,
        Self::Title,
        Self::Dim,
        Self::Rule,
        Self::Accent,
        Self::Selected,
        Self::Resting,
        Self::Unread,
        Self::Agree,
        Self::Restated,
        Self::Conflict,
        Self::Scale,
        Self::Updated,
        Self::Single,
        Self::Lit,
        Self::Counterpart,
        Self::Linked,
        Self::Found,
        Self::Friend,
        Self::Key,
        Self::Notice,
        Self::Failure,
    ];

    /// Its name in a theme's file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Dim => "dim",
            Self::Rule => "rule",
            Self::Accent => "accent",
            Self::Selected => "selected",
            Self::Resting => "resting",
            Self::Unread => "unread",
            Self::Agree => "agree",
            Self::Restated => "restated",
            Self::Conflict => "conflict",
            Self::Scale => "scale",
            Self::Updated => "updated",
            Self::Single => "single",
            Self::Lit => "lit",
            Self::Counterpart => "counterpart",
            Self::Linked => "linked",
            Self::Found => "found",
            Self::Friend => "friend",
            Self::Key => "key",
            Self::Notice => "notice",
            Self::Failure => "failure",
        }
    }

    /// The role of figures with a verdict.
    pub const fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Agree => Self::Agree,
            Verdict::Rounded | Verdict::Restated => Self::Restated,
            Verdict::Conflict => Self::Conflict,
            Verdict::Scale => Self::Scale,
            Verdict::Updated => Self::Updated,
            Verdict::Single => Self::Single,
        }
    }
}

/// How the reader wants something drawn, in every theme or in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shade {
    /// The theme; all if none.
    pub theme: Option<&'static str>,
    /// What is drawn so.
    pub role: Role,
    /// How.
    pub style: Style,
}

/// The built-in themes: the name a reader chooses one by, and its file.
const BUILT_IN: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.theme")),
    ("light", include_str!("../../assets/themes/light.theme")),
    ("sixteen", include_str!("../../assets/themes/sixteen.theme")),
    ("plain", include_str!("../../assets/themes/plain.theme")),
];

/// A style for every role.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The built-in theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        let (_, file) = BUILT_IN.iter().find(|(known, _)| *known == name)?;
        Self::parse(file).ok()
    }

    /// Reads `role = style` lines; a style is a foreground, `on` a background, and words such as `bold`.
    ///
    /// Roles that are not named are plain. A line that says nothing of this is given back as the error.
    pub fn parse(file: &str) -> Result<Self, String> {
        let mut theme = Self {
            styles: [Style::new(); Role::ALL.len()],
        };
        let lines = file.lines().map(str::trim);
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let read = line.split_once('=').and_then(|(name, style)| {
                let place = Role::ALL.iter().position(|role| role.name() == name.trim())?;
                Some((place, parse_style(style)?))
            });
            let Some((place, style)) = read else {
                return Err(line.to_string());
            };
            if let Some(slot) = theme.styles.get_mut(place) {
                *slot = style;
            }
        }
        Ok(theme)
    }

    /// The same with the reader's own shades for the theme called `name`.
    pub fn shaded(mut self, name: &str, shades: &[Shade]) -> Self {
        let fitting = shades
            .iter()
            .filter(|shade| shade.theme.is_none_or(|theme| theme == name));
        for shade in fitting {
            if let Some(slot) = self.styles.get_mut(shade.role as usize) {
                *slot = shade.style;
            }
        }
        self
    }

    /// The names that themes are chosen by.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// How `role` is drawn.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

/// A style as themes write it: `#8ccf8a on black bold`.
pub fn parse_style(text: &str) -> Option<Style> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underlined" => style.add_modifier(Modifier::UNDERLINED),
            "reversed" => style.add_modifier(Modifier::REVERSED),
            "on" => style.bg(words.next()?.parse::<Color>().ok()?),
            "under" => style.underline_color(words.next()?.parse::<Color>().ok()?),
            color => style.fg(color.parse::<Color>().ok()?),
        };
    }
    Some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.
    fn luminance(color: Color) -> f64 {
        let Color::Rgb(red, green, blue) = color else {
            panic!("{color} is no RGB colour")
        };
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn every_theme_is_read_and_names_every_role() {
        for (name, file) in BUILT_IN {
            Theme::parse(file).unwrap_or_else(|line| panic!("{name}: {line}"));
            for role in Role::ALL {
                let named = file
                    .lines()
                    .any(|line| line.starts_with(&format!("{} =", role.name())));
                assert!(named, "{name} lacks {}", role.name());
            }
        }
    }

    #[test]
    fn roles_stand_where_their_number_says() {
        for (place, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, place, "{}", role.name());
        }
    }

    #[test]
    fn text_can_be_read_on_every_background_it_meets() {
        let grounds = [
            ("dark", [Color::Rgb(0, 0, 0), Color::Rgb(0x1e, 0x1e, 0x2e)]),
            ("light", [Color::Rgb(255, 255, 255), Color::Rgb(0xfa, 0xf4, 0xe8)]),
        ];
        for (name, grounds) in grounds {
            let theme = Theme::named(name).expect("a built-in theme");
            let rows = [Role::Selected, Role::Resting].map(|role| theme.style(role).bg.expect("a ground"));
            for role in Role::ALL {
                let style = theme.style(role);
                let Some(ink) = style.fg else { continue };
                let under = style
                    .bg
                    .map_or_else(|| [grounds.as_slice(), &rows].concat(), |own| vec![own]);
                for ground in under {
                    let found = contrast(ink, ground);
                    assert!(
                        found >= 4.5 || role == Role::Rule,
                        "{name} {} on {ground}: {found:.2}",
                        role.name()
                    );
                }
            }
        }
    }

    #[test]
    fn without_colour_nothing_is_coloured() {
        let plain = Theme::named("plain").expect("a built-in theme");
        for role in Role::ALL {
            let style = plain.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
    }
}
