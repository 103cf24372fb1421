//! Moments as feeds write them: RFC 3339, RFC 822 and the many ways to miss both.

use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, tz};

use super::words::WORDS;

/// The longest text that is tried as a moment, in bytes.
const LONGEST: usize = 100;

/// The moment a feed means, in UTC; a day without a time is its midnight, a time without a zone is UTC.
///
/// Reads RFC 3339, RFC 822 with two-digit years, zone names and month names in any language of `assets/intake.txt`, and
/// `24.02.2025 10:30`. None where no whole date can be made out.
pub(super) fn stamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(exact) = text.parse::<Timestamp>() {
        return Some(exact);
    }
    if let Ok(plain) = text.parse::<DateTime>() {
        return utc(plain);
    }
    let mut parts = Parts::default();
    if text.len() > LONGEST {
        return None;
    }
    for word in text
        .split([' ', ',', '\t', '\u{a0}'])
        .filter(|word| !word.is_empty())
    {
        parts.take(word);
    }
    parts.timestamp()
}

/// What the words of a date have said so far.
#[derive(Default)]
struct Parts {
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
    time: Option<Time>,
    /// Minutes east of Greenwich.
    offset: i32,
}

impl Parts {
    fn take(&mut self, word: &str) {
        if let Some((date, time)) = word
            .split_once('T')
            .filter(|(date, _)| date.ends_with(|c: char| c.is_ascii_digit()))
        {
            self.take(date);
            self.take(time);
        } else if let Some(date) = numeric_date(word) {
            (self.day, self.month, self.year) = (Some(date.day()), Some(date.month()), Some(date.year()));
        } else if let Some((time, offset)) = clock(word) {
            self.time = Some(time);
            self.offset = offset.unwrap_or(self.offset);
        } else if let Some(offset) = zone(word) {
            self.offset = offset;
        } else if let Ok(number) = word.trim_end_matches('.').parse::<i16>() {
            self.number(number, word.len());
        } else if self.month.is_none() {
            self.month = WORDS.month(word.trim_end_matches('.'));
        }
    }

    fn number(&mut self, number: i16, digits: usize) {
        match (digits, self.day) {
            (4.., _) => self.year = Some(number),
            (_, None) => self.day = i8::try_from(number).ok(),
            // RFC 822 years: 00 to 49 are of this century (RFC 2822, 4.3).
            (_, Some(_)) if self.year.is_none() => {
                self.year = Some(number + if number < 50 { 2000 } else { 1900 })
            }
            _ => {}
        }
    }

    fn timestamp(self) -> Option<Timestamp> {
        let date = Date::new(self.year?, self.month?, self.day?).ok()?;
        let here = date.to_datetime(self.time.unwrap_or(Time::midnight()));
        let seconds = utc(here)?.as_second() - i64::from(self.offset) * 60;
        Timestamp::from_second(seconds).ok()
    }
}

fn utc(plain: DateTime) -> Option<Timestamp> {
    tz::Offset::UTC.to_timestamp(plain).ok()
}

/// `24.02.2025`, `24/2/2025` or `2025-02-24`.
fn numeric_date(word: &str) -> Option<Date> {
    let mut numbers = word.split(['.', '/', '-']);
    let (first, second, third) = (numbers.next()?, numbers.next()?, numbers.next()?);
    if numbers.next().is_some() || first.is_empty() || second.len() > 2 {
        return None;
    }
    let (year, day) = if first.len() == 4 {
        (first, third)
    } else {
        (third, first)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, second.parse().ok()?, day.parse().ok()?).ok()
}

/// `10:30`, `10:30:05`, `10:30:05.250+01:00`: the time to the second, and the offset glued to it.
fn clock(word: &str) -> Option<(Time, Option<i32>)> {
    let cut = word
        .find(['+', 'Z'])
        .or_else(|| word.rfind('-'))
        .unwrap_or(word.len());
    let (time, glued) = word.split_at_checked(cut)?;
    let mut fields = time.split(':');
    let (hour, minute) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let second = fields
        .next()
        .map_or(Some(0), |second| second.split('.').next()?.parse().ok())?;
    let time = Time::new(hour, minute, second, 0).ok()?;
    Some((time, zone(glued)))
}

/// Minutes east of Greenwich: `+0100`, `-05:00`, or a zone name of RFC 822 or of Central Europe.
fn zone(word: &str) -> Option<i32> {
    let hours = match word {
        "Z" | "UT" | "UTC" | "GMT" | "WET" => 0,
        "CET" | "MEZ" | "BST" | "WEST" => 1,
        "CEST" | "MESZ" | "EET" => 2,
        "EEST" | "MSK" => 3,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return numeric_zone(word),
    };
    Some(hours * 60)
}

fn numeric_zone(word: &str) -> Option<i32> {
    let (sign, digits) = word
        .strip_prefix('+')
        .map(|digits| (1, digits))
        .or_else(|| Some((-1, word.strip_prefix('-')?)))?;
    let digits = digits.replace(':', "");
    if digits.len() != 4 {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = (number / 100, number % 100);
    (hours < 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn moments_are_read_however_they_are_written() {
        for (written, expected) in [
            ("2025-02-24T10:30:00+01:00", Some("2025-02-24T09:30:00Z")),
            ("2025-02-24T10:30:00", Some("2025-02-24T10:30:00Z")),
            ("2025-02-24 10:30:00 +0100", Some("2025-02-24T09:30:00Z")),
            ("2025-02-24", Some("2025-02-24T00:00:00Z")),
            ("Mon, 24 Feb 2025 10:30:00 +0100", Some("2025-02-24T09:30:00Z")),
            ("Mon, 24 Feb 2025 10:30 GMT", Some("2025-02-24T10:30:00Z")),
            ("24 Feb 25 10:30:00 EST", Some("2025-02-24T15:30:00Z")),
            ("Mo, 24 Dez 2025 10:30:00 MEZ", Some("2025-12-24T09:30:00Z")),
            ("Montag, 3. März 2025, 08:05 Uhr", Some("2025-03-03T08:05:00Z")),
            ("wo 12 mrt. 2025 21:00:00 CET", Some("2025-03-12T20:00:00Z")),
            ("February 24, 2025 10:30:00", Some("2025-02-24T10:30:00Z")),
            ("24.02.2025 10:30", Some("2025-02-24T10:30:00Z")),
            ("2025-02-24T10:30:00.123-05:00", Some("2025-02-24T15:30:00.123Z")),
            ("Mon, 30 Feb 2025 10:30:00 GMT", None),
            ("gestern", None),
            ("", None),
        ] {
            let read = stamp(written).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_moment_or_none(text in any::<String>()) {
            stamp(&text);
        }
    }
}
