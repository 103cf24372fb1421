//! Days as articles write them: numbers, month names in three languages, with or without a year.

use jiff::civil::{Date, DateTime, Weekday};

use super::words::WORDS;
use crate::article::Published;

/// A day where a text states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    /// From 1.
    pub(super) day: i8,
    /// From 1.
    pub(super) month: i8,
    /// Where the text says it.
    pub(super) year: Option<i16>,
}

impl Day {
    /// The date, where the year is known and has such a day.
    pub(super) fn date(self) -> Option<Date> {
        self.in_year(self.year?)
    }

    fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// The day that `text` begins with, and what follows it: `24. Februar 2025`, `24.02.2025`, `2025-02-24`, `Feb. 24`.
pub(super) fn day_at(text: &str) -> Option<(Day, &str)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        numeric(text).or_else(|| day_first(text))
    } else {
        month_first(text)
    }
}

/// `2025-02-24`, `24.02.2025`, `24-2-2025`.
fn numeric(text: &str) -> Option<(Day, &str)> {
    let (first, rest) = number(text)?;
    let sign = rest.chars().next().filter(|c| matches!(c, '.' | '-'))?;
    let (second, rest) = number(rest.strip_prefix(sign)?)?;
    let (third, rest) = number(rest.strip_prefix(sign)?)?;
    let (year, month, day) = match (first.len(), third.len()) {
        (4, 2) if sign == '-' => (first, second, third),
        (1 | 2, 4) => (third, second, first),
        _ => return None,
    };
    let day = checked(
        day.parse().ok()?,
        month.parse().ok()?,
        Some(plausible_year(year)?),
    )?;
    Some((day, rest))
}

/// `24. Februar 2025`, `24 februari`, `24th of February, 2025`.
fn day_first(text: &str) -> Option<(Day, &str)> {
    let (day, rest) = number(text)?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let rest = ["st ", "nd ", "rd ", "th "]
        .iter()
        .find_map(|ending| rest.strip_prefix(ending))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches([' ', '\u{a0}']);
    let (month, rest) = month_word(rest.strip_prefix("of ").unwrap_or(rest))?;
    with_year(day, month, rest)
}

/// `February 24, 2025`, `Feb. 24`.
fn month_first(text: &str) -> Option<(Day, &str)> {
    let (month, rest) = month_word(text)?;
    let (day, rest) = number(rest.trim_start_matches([' ', '\u{a0}']))?;
    let rest = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| rest.strip_prefix(ending))
        .unwrap_or(rest);
    with_year(day, month, rest)
}

fn with_year<'t>(day: &str, month: i8, rest: &'t str) -> Option<(Day, &'t str)> {
    let after = rest
        .strip_prefix(',')
        .unwrap_or(rest)
        .trim_start_matches([' ', '\u{a0}']);
    let year = number(after).and_then(|(digits, rest)| Some((plausible_year(digits)?, rest)));
    let (year, rest) = year.map_or((None, rest), |(year, rest)| (Some(year), rest));
    Some((checked(day.parse().ok()?, month, year)?, rest))
}

fn month_word(text: &str) -> Option<(i8, &str)> {
    let (word, rest) = word(text)?;
    Some((WORDS.month(word)?, rest.strip_prefix('.').unwrap_or(rest)))
}

/// A day that some year has.
fn checked(day: i8, month: i8, year: Option<i16>) -> Option<Day> {
    let read = Day { day, month, year };
    read.in_year(year.unwrap_or(2024)).map(|_| read)
}

fn plausible_year(digits: &str) -> Option<i16> {
    let year = digits.parse().ok().filter(|year| (1800..=2199).contains(year));
    year.filter(|_| digits.len() == 4)
}

/// The digits that `text` begins with, at most four, and the rest.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    if end == 0 || end > 4 {
        None
    } else {
        text.split_at_checked(end)
    }
}

/// The word that `text` begins with, at most twenty letters, and the rest.
pub(super) fn word(text: &str) -> Option<(&str, &str)> {
    let letters = text.chars().take(21).take_while(|c| c.is_alphabetic());
    let (count, end) = letters.fold((0, 0), |(count, end), c| (count + 1, end + c.len_utf8()));
    if count == 0 || count > 20 {
        None
    } else {
        text.split_at_checked(end)
    }
}

/// Where words and numbers begin in `text`: what follows each.
fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        let begins = c.is_alphanumeric() && !inside;
        inside = c.is_alphanumeric();
        if begins { text.get(at..) } else { None }
    })
}

/// The dates that `text` gives with day, month and year, in order.
pub(super) fn full_dates(text: &str) -> impl Iterator<Item = Date> {
    word_starts(text).filter_map(|rest| day_at(rest)?.0.date())
}

/// The weekday that `text` names, where it names exactly one.
pub(super) fn only_weekday(text: &str) -> Option<Weekday> {
    let mut named = word_starts(text).filter_map(|rest| WORDS.weekday(word(rest)?.0));
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}

/// The year of a day without one, where other dates of the article leave no doubt.
///
/// `known` are the article's dates with a year: one of their years, or the next, must be the only one in which the
/// day falls on `weekday`, which the lead names for the day itself or for the day before. Without a weekday, `photo`
/// (when a picture was taken) decides: the first such day after it.
pub(super) fn settle(
    day: Day,
    weekday: Option<Weekday>,
    known: &[Date],
    photo: Option<Date>,
) -> Option<Date> {
    if let Some(date) = day.date() {
        return Some(date);
    }
    let Some(weekday) = weekday else {
        let taken = photo?;
        let years = [taken.year(), taken.year() + 1];
        return years
            .into_iter()
            .filter_map(|year| day.in_year(year))
            .find(|date| *date >= taken);
    };
    let mut years: Vec<i16> = known
        .iter()
        .flat_map(|date| [date.year(), date.year() + 1])
        .collect();
    years.sort_unstable();
    years.dedup();
    let fits = |date: &Date| {
        let before = date.yesterday().map(Date::weekday);
        date.weekday() == weekday || before.is_ok_and(|before| before == weekday)
    };
    let mut fitting = years
        .into_iter()
        .filter_map(|year| day.in_year(year))
        .filter(fits);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

/// A moment in any form that data commonly come in: RFC 3339, RFC 2822, a date, a date and time without zone.
pub(super) fn published(text: &str) -> Option<Published> {
    let text = text.trim();
    let moment = |text: &str| {
        text.parse::<jiff::Timestamp>()
            .ok()
            .and_then(|_| Published::parse(text))
    };
    let mailed = || {
        jiff::fmt::rfc2822::parse(text)
            .ok()
            .map(|zoned| zoned.timestamp().to_string())
    };
    let timed = || text.contains(':').then(|| text.parse::<DateTime>().ok())?;
    moment(text)
        .or_else(|| moment(&mailed()?))
        .or_else(|| moment(&format!("{}Z", timed()?)))
        .or_else(|| Published::parse(text))
        .or_else(|| {
            let (day, rest) = day_at(text)?;
            rest.trim_start()
                .is_empty()
                .then(|| day.date().map(Published::on))?
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_read_in_three_languages() {
        for (text, expected) in [
            ("3. März 2024, sagte", Some((3, 3, Some(2024)))),
            ("3 maart", Some((3, 3, None))),
            ("3rd of March, 2024", Some((3, 3, Some(2024)))),
            ("March 3, 2024", Some((3, 3, Some(2024)))),
            ("Sept. 30 (AP)", Some((30, 9, None))),
            ("1. Jänner 2020", Some((1, 1, Some(2020)))),
            ("03.11.2023", Some((3, 11, Some(2023)))),
            ("3-11-2023", Some((3, 11, Some(2023)))),
            ("2023-11-03", Some((3, 11, Some(2023)))),
            ("31. Februar", None),
            ("3 Menschen", None),
            ("2023-11", None),
            ("20231103", None),
            ("12.345.678", None),
            ("Mai", None),
            ("Märzen 3", None),
            ("5. Mai 1234567", Some((5, 5, None))),
        ] {
            let read = day_at(text).map(|(day, _)| (day.day, day.month, day.year));
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_missing_year_is_settled_only_beyond_doubt() {
        let day = Day {
            day: 3,
            month: 3,
            year: None,
        };
        let (monday, sunday, friday) = (Weekday::Monday, Weekday::Sunday, Weekday::Friday);
        let autumn = [date(2024, 10, 9)];
        for (weekday, known, photo, expected) in [
            (Some(monday), &autumn[..], None, Some(date(2025, 3, 3))),
            (Some(sunday), &autumn, None, None), // 2024 on the day, 2025 on the day before
            (Some(friday), &autumn, None, None),
            (Some(monday), &[], None, None),
            (None, &autumn, None, None),
            (None, &autumn, Some(date(2024, 10, 9)), Some(date(2025, 3, 3))),
            (None, &[], Some(date(2024, 3, 3)), Some(date(2024, 3, 3))),
        ] {
            assert_eq!(
                settle(day, weekday, known, photo),
                expected,
                "{weekday:?} {known:?} {photo:?}"
            );
        }
    }

    #[test]
    fn moments_come_in_many_forms() {
        for (text, expected) in [
            ("2024-03-03T08:00:00+01:00", Some("2024-03-03T07:00:00Z")),
            ("Sun, 03 Mar 2024 08:00:00 +0100", Some("2024-03-03T07:00:00Z")),
            ("2024-03-03 08:00:00", Some("2024-03-03T08:00:00Z")),
            ("2024-03-03T08:00", Some("2024-03-03T08:00:00Z")),
            ("2024-03", Some("2024-03")),
            ("3. März 2024", Some("2024-03-03")),
            ("3. März", None),
            ("neulich", None),
            ("", None),
        ] {
            let read = published(text);
            assert_eq!(read.as_ref().map(Published::as_str), expected, "{text}");
        }
    }
}
