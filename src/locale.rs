//! The interface's own words, numbers and dates, in each language it speaks.

use std::collections::HashMap;
use std::fmt::Display;

use jiff::civil::Date;

use crate::article::{Language, Published, Trouble};
use crate::figure::Decimal;

/// The words and forms of one interface language.
pub struct Locale {
    language: Language,
    texts: HashMap<&'static str, &'static str>,
}

impl Locale {
    /// The interface in `language`.
    pub fn new(language: Language) -> Self {
        let texts = entries(asset(language)).collect();
        Self { language, texts }
    }

    /// The interface for the first of some POSIX locale names (`de_AT.UTF-8`) that says anything, else English.
    ///
    /// Give them in the order `LC_ALL`, `LC_MESSAGES`, `LANG`; the first that is set and not empty decides.
    pub fn of_environment<'a>(names: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let decisive = names.into_iter().flatten().find(|name| !name.is_empty());
        Self::new(
            decisive
                .and_then(Language::from_code)
                .unwrap_or(Language::English),
        )
    }

    /// The language it speaks.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text for `key`; the key itself where there is none, which a test rules out.
    pub fn text(&self, key: &'static str) -> &'static str {
        self.texts.get(key).copied().unwrap_or(key)
    }

    /// The text for a key that is put together at run time, such as a command's help line.
    pub fn lookup(&self, key: &str) -> Option<&'static str> {
        self.texts.get(key).copied()
    }

    /// The text for `key` with each `{name}` replaced by its value.
    pub fn fill(&self, key: &'static str, values: &[(&str, &dyn Display)]) -> String {
        let mut filled = self.text(key).to_string();
        for (name, value) in values {
            filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
        }
        filled
    }

    /// A number in the reader's form, all digits shown: `280.150.000.000`, `3,5`, `4 800` never.
    pub fn number(&self, number: Decimal) -> String {
        let (group, point) = match self.language {
            Language::English => (',', '.'),
            Language::German | Language::Dutch => ('.', ','),
        };
        let plain = number.to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let (sign, digits) = whole
            .strip_prefix('-')
            .map_or(("", whole), |digits| ("−", digits));
        let mut shown = String::from(sign);
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                shown.push(group);
            }
            shown.push(digit);
        }
        if !fraction.is_empty() {
            shown.push(point);
            shown.push_str(fraction);
        }
        shown
    }

    /// A day as lists show it: `24 Feb 2025`, with the year only where it differs from `today`'s.
    pub fn day(&self, day: Date, today: Date) -> String {
        let month = self.month_name(day.month());
        if day.year() == today.year() {
            format!("{} {month}", day.day())
        } else {
            format!("{} {month} {}", day.day(), day.year())
        }
    }

    /// A moment as lists show it: its day, or its month where no more is known.
    pub fn moment(&self, moment: &Published, today: Date) -> String {
        if let Some(day) = moment.day() {
            return self.day(day, today);
        }
        self.month(moment)
    }

    /// The month of a moment: `Feb 2025`.
    pub fn month(&self, moment: &Published) -> String {
        let (year, month) = moment.month();
        format!("{} {year}", self.month_name(month))
    }

    /// What is wrong with a feed that is asked again at `due`, and what can be done about it by these means.
    pub fn trouble(&self, trouble: &Trouble, due: &str, means: Means) -> (String, String) {
        let (text, hint) = trouble_keys(trouble);
        let by_keys = (means == Means::Keys)
            .then(|| self.lookup(&format!("{hint}.keys")))
            .flatten();
        let (mut status, mut why, mut feed) = (String::new(), "", "");
        match trouble {
            Trouble::Status(number) => status = number.to_string(),
            Trouble::Network(words) => why = words,
            Trouble::NoFeed(announced) => feed = announced.first().map_or("", String::as_str),
            _ => {}
        }
        let values: [(&str, &str); 4] = [("when", due), ("status", &status), ("why", why), ("feed", feed)];
        let fill = |text: &str| {
            values.iter().fold(text.to_string(), |filled, (name, value)| {
                filled.replace(&format!("{{{name}}}"), value)
            })
        };
        (
            fill(self.text(text)),
            fill(by_keys.unwrap_or_else(|| self.text(hint))),
        )
    }

    /// How long ago something was: `2 min ago`; a moment to come is just now.
    pub fn ago(&self, seconds: i64) -> String {
        let (key, n) = match seconds {
            ..60 => ("ago.now", 0),
            60..3_600 => ("ago.minutes", seconds / 60),
            3_600..86_400 => ("ago.hours", seconds / 3_600),
            _ => ("ago.days", seconds / 86_400),
        };
        let text = self.fill(key, &[("n", &n)]);
        match text.split_once('|') {
            Some((one, _)) if n == 1 => one.to_string(),
            Some((_, several)) => several.to_string(),
            None => text,
        }
    }

    /// The short name of a month counted from 1.
    fn month_name(&self, month: i8) -> &'static str {
        let names = self.text("date.months");
        let place = usize::try_from(month - 1).unwrap_or(0);
        names.split_whitespace().nth(place).unwrap_or_default()
    }
}

/// What the reader has at hand to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// Commands.
    Commands,
    /// The keys of the feeds screen.
    Keys,
}

/// The keys of the words for some trouble, and of the hint.
fn trouble_keys(trouble: &Trouble) -> (&'static str, &'static str) {
    match trouble {
        Trouble::Status(401..=403) => ("trouble.status", "trouble.refused.hint"),
        Trouble::Status(404) => ("trouble.status", "trouble.not_found.hint"),
        Trouble::Status(429 | 503) => ("trouble.status", "trouble.busy.hint"),
        Trouble::Status(_) => ("trouble.status", "trouble.again.hint"),
        Trouble::Gone => ("trouble.gone", "trouble.gone.hint"),
        Trouble::Host => ("trouble.host", "trouble.host.hint"),
        Trouble::Timeout => ("trouble.timeout", "trouble.again.hint"),
        Trouble::NoFeed(announced) if announced.is_empty() => ("trouble.no_feed", "trouble.not_found.hint"),
        Trouble::NoFeed(_) => ("trouble.page", "trouble.page.hint"),
        Trouble::Large => ("trouble.large", "trouble.again.hint"),
        Trouble::Private => ("trouble.private", "trouble.private.hint"),
        Trouble::Redirects => ("trouble.redirects", "trouble.not_found.hint"),
        Trouble::Address => ("trouble.address", "trouble.address.hint"),
        Trouble::Network(_) => ("trouble.network", "trouble.again.hint"),
    }
}

const fn asset(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../assets/locales/de.properties"),
        Language::Dutch => include_str!("../assets/locales/nl.properties"),
        Language::English => include_str!("../assets/locales/en.properties"),
    }
}

/// The `key = text` lines of a locale file; blank lines and lines that begin with `#` say nothing.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, text)| (key.trim(), text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn placeholders(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect()
    }

    #[test]
    fn every_language_has_every_text_once_with_the_same_gaps() {
        let english: BTreeMap<_, _> = entries(asset(Language::English)).collect();
        for language in Language::ALL {
            let lines: Vec<_> = entries(asset(language)).collect();
            let texts: BTreeMap<_, _> = lines.iter().copied().collect();
            assert_eq!(lines.len(), texts.len(), "a key stands twice in {language}");
            for (key, text) in &english {
                let translated = texts.get(key).unwrap_or_else(|| panic!("{language} lacks {key}"));
                assert_eq!(placeholders(text), placeholders(translated), "{language} {key}");
            }
            for key in texts.keys() {
                assert!(
                    english.contains_key(key),
                    "English lacks {key}, which {language} has"
                );
            }
        }
    }

    #[test]
    fn numbers_are_grouped_in_the_readers_form() {
        let (english, german) = (Locale::new(Language::English), Locale::new(Language::German));
        for (written, en, de) in [
            ("280150000000", "280,150,000,000", "280.150.000.000"),
            ("999", "999", "999"),
            ("-1234.5", "−1,234.5", "−1.234,5"),
        ] {
            let number = Decimal::parse(written).expect("a decimal");
            assert_eq!(
                (english.number(number).as_str(), german.number(number).as_str()),
                (en, de)
            );
        }
    }

    #[test]
    fn the_environment_names_the_language() {
        for (names, expected) in [
            ([None, Some("nl_BE.UTF-8"), Some("de_DE")], Language::Dutch),
            ([Some(""), None, Some("de_AT@euro")], Language::German),
            ([Some("C"), Some("de"), None], Language::English),
            ([None, None, None], Language::English),
        ] {
            assert_eq!(Locale::of_environment(names).language(), expected, "{names:?}");
        }
    }

    #[test]
    fn days_show_their_year_only_where_it_differs() {
        let locale = Locale::new(Language::German);
        let today = jiff::civil::date(2026, 3, 1);
        assert_eq!(locale.day(jiff::civil::date(2026, 2, 24), today), "24 Feb");
        assert_eq!(locale.day(jiff::civil::date(2025, 10, 3), today), "3 Okt 2025");
        let month = Published::parse("2025-07").expect("a month");
        assert_eq!(locale.moment(&month, today), "Jul 2025");
    }
}
