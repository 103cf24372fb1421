//! Days told from the article's own: weekdays, yesterday, the day after tomorrow.

use jiff::civil::Date;
use jiff::{Span as Time, ToSpan};

use super::Value;
use super::lexicon::Section;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind};

/// How far around a weekday a verb tells whether it is past.
const TENSE_REACH: usize = 16;

impl Reader<'_> {
    /// `gestern`, where the article's day is known.
    pub fn relative_day(&self, i: usize) -> Option<Found> {
        let today = self.date?;
        let token = self.token(i)?;
        let (sense, end) = self.find(i, Section::Days)?;
        let mid_capital = self.lexicon.capital_nouns && token.is_capital() && !self.starts_sentence(i);
        if mid_capital || self.follows(i, Section::DayParts) {
            return None;
        }
        let days = i64::try_from(sense.number.digits).ok()?;
        let date = today.checked_add(days.days()).ok()?;
        Some(relative(i, end, date))
    }

    /// `Montag`, `Mittwochnachmittag`, `Montag, 24. Februar`.
    pub fn weekday(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        if !self.lexicon.lower_weekdays && !token.is_capital() {
            return None;
        }
        let (sense, end) = self.find(i, Section::Weekdays)?;
        if let Some(date) = self.date_after_weekday(end) {
            return Some(Found { start: i, ..date });
        }
        let today = self.date?;
        if self.is_part_of_name(i)
            || self
                .token(end)
                .is_some_and(|dash| dash.gap == Gap::None && dash.is_dash())
        {
            return None;
        }
        let weekday = i64::try_from(sense.number.digits).ok()?;
        let ahead = (weekday - i64::from(today.weekday().to_monday_one_offset())).rem_euclid(7);
        let of = self.follows(i, Section::Of) && self.range_mark(end).is_none();
        let days = if self.follows(i, Section::DayBefore) || (of && ahead > 0) {
            // "the storm of Wednesday" is over
            ahead - 7
        } else if self.follows(i, Section::DayAfter) {
            if ahead == 0 { 7 } else { ahead }
        } else {
            self.by_tense(i, ahead)
        };
        let date = today.checked_add(Time::new().days(days)).ok()?;
        Some(relative(i, end, date))
    }

    /// The distance in days to a weekday that comes `ahead` days from now, by the tense of its sentence.
    fn by_tense(&self, i: usize, ahead: i64) -> i64 {
        let before = (i.saturating_sub(TENSE_REACH)..i)
            .rev()
            .take_while(|place| !self.ends_sentence(*place));
        let after =
            (i + 1..(i + TENSE_REACH).min(self.tokens.len())).take_while(|place| !self.ends_sentence(*place));
        let (mut past, mut ending, mut future) = (TENSE_REACH, TENSE_REACH, TENSE_REACH);
        for place in before.chain(after) {
            let apart = place.abs_diff(i);
            if self.find(place, Section::Future).is_some() {
                future = future.min(apart);
            }
            let verb = self
                .token(place)
                .is_some_and(|token| token.kind == Kind::Word && !token.is_capital());
            let known = self.find(place, Section::PastTense).is_some();
            if verb && known {
                past = past.min(apart);
            } else if verb && self.lexicon.is_past(self.folded(place).as_bytes()) {
                ending = ending.min(apart);
            }
        }
        if !self.clause_has(i, Section::Future) {
            // "will be moved": an ending decides only where its clause has no other word that does
            past = past.min(ending);
        }
        match past.cmp(&future) {
            std::cmp::Ordering::Greater => ahead,
            std::cmp::Ordering::Less if ahead > 0 => ahead - 7,
            _ if ahead > 3 => ahead - 7,
            _ => ahead,
        }
    }

    /// Whether a word of `section` stands in the clause of token `i`.
    fn clause_has(&self, i: usize, section: Section) -> bool {
        let before = (i.saturating_sub(TENSE_REACH)..i).rev();
        let after = i + 1..(i + TENSE_REACH).min(self.tokens.len());
        before
            .take_while(|place| !self.ends_clause(*place))
            .chain(after.take_while(|place| !self.ends_clause(*place)))
            .any(|place| self.find(place, section).is_some())
    }

    fn date_after_weekday(&self, end: usize) -> Option<Found> {
        let comma = self
            .token(end)
            .is_some_and(|token| token.is(',') || token.is('('));
        let at = end + usize::from(comma);
        let at = self.find(at, Section::HedgeSkips).map_or(at, |(_, after)| after);
        if self.token(at)?.gap == Gap::Line {
            return None;
        }
        self.numeric_date(at)
            .or_else(|| self.day_and_month(at))
            .or_else(|| {
                let (sense, month_end) = self.find(at, Section::Months)?;
                let (first, after) = self.day_number(month_end).filter(|_| self.lexicon.month_first)?;
                self.month_then_day(at, sense.number.digits, first, after)
            })
    }
}

fn relative(start: usize, end: usize, date: Date) -> Found {
    let value = Value::Date {
        from: date.to_string(),
        to: None,
        relative: true,
    };
    Found::new(start, end, value)
}
