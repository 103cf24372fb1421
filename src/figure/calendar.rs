//! Dates: days, months, quarters, years, decades, weekdays, and ranges of them, as EDTF.

use jiff::civil::Date;

use super::Value;
use super::lexicon::Section;
use super::measure::Measure;
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind};

/// A year that nobody names.
pub const OPEN_YEAR: &str = "XXXX";

impl Reader<'_> {
    /// The date that begins at token `i`.
    pub fn date_at(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        match token.kind {
            Kind::Digits => self
                .numeric_date(i)
                .or_else(|| self.day_and_month(i))
                .or_else(|| self.numbered_period(i))
                .or_else(|| self.numeric_month(i))
                .or_else(|| self.decade(i)),
            Kind::Name => self.short_period(i),
            Kind::Mark('\'' | '’' | '‘') => self.short_year(i),
            Kind::Mark(_) => None,
            Kind::Word => self.date_in_words(i),
        }
    }

    fn date_in_words(&self, i: usize) -> Option<Found> {
        self.weekday(i)
            .or_else(|| self.relative_day(i))
            .or_else(|| self.day_and_month(i))
            .or_else(|| self.month_first(i))
            .or_else(|| self.period(i))
            .or_else(|| self.week(i))
            .or_else(|| self.decade_in_words(i))
    }

    /// A date, or a range of two, in EDTF.
    pub fn found_date(&self, start: usize, end: usize, from: String, to: Option<String>) -> Found {
        let value = Value::Date {
            from,
            to,
            relative: false,
        };
        Found::new(start, end, value)
    }

    /// `24.02.2025`, `12-05-2023`, `2025-02-24`, `3/4/2025`, `24.2.`, `24.2. bis 1.3.2025`
    pub fn numeric_date(&self, i: usize) -> Option<Found> {
        let first = self.numeric_day(i)?;
        let Some(second) = self
            .range_mark(first.end)
            .and_then(|(_, at)| self.numeric_day(at))
        else {
            return Some(first);
        };
        let ((from, _), (to, _)) = (first.value.printed(), second.value.printed());
        let open = self.token(first.end - 1).is_some_and(|stop| stop.is('.'));
        // the first day takes the second one's year, or the one before: "28.12. bis 3.1.2027"
        let year = to
            .get(..4)
            .filter(|_| open)
            .and_then(|year| year.parse::<i32>().ok());
        let day = from.get(4..).unwrap_or_default();
        let shared = year.and_then(|year| {
            let days = [year, year - 1].map(|year| format!("{year:04}{day}"));
            days.into_iter().find(|from| *from < to)
        });
        let from = shared.unwrap_or(from);
        if from >= to {
            return Some(first);
        }
        Some(self.found_date(i, second.end, from, Some(to)))
    }

    fn numeric_day(&self, i: usize) -> Option<Found> {
        let mark = self.token(i + 1).filter(|mark| mark.gap == Gap::None)?;
        let Kind::Mark(sign @ ('.' | '-' | '/' | '–')) = mark.kind else {
            return None;
        };
        let gap = |place: usize| self.token(place).map_or(Gap::Line, |token| token.gap);
        let spaced = sign == '.' && gap(i + 2) == Gap::Space;
        if gap(i + 2) != Gap::None && !spaced {
            return None;
        }
        let (first, second) = (self.plain(i)?, self.plain(i + 2)?);
        let again = self
            .token(i + 3)
            .filter(|mark| mark.gap == Gap::None && mark.is(sign));
        again?;
        let third = self
            .plain(i + 4)
            .filter(|_| gap(i + 4) == Gap::None || (spaced && gap(i + 4) == Gap::Space));
        let length = |place: usize| self.token(place).map_or(0, |token| token.span.len());
        if let Some(third) = third {
            if self.goes_on(i + 5) {
                return None;
            }
            if length(i) == 4 && sign == '-' {
                return Some(self.found_date(i, i + 5, day(first, second, third)?, None));
            }
            let year = match length(i + 4) {
                4 => third,
                2 if !spaced => century(third),
                _ => return None,
            };
            let month_first = self.lexicon.month_first && sign == '/' && first <= 12;
            let swapped = second > 12 || (month_first && !self.puts_day_first());
            let (month, date) = if swapped { (first, second) } else { (second, first) };
            return Some(self.found_date(i, i + 5, day(year, month, date)?, None));
        }
        let no_year = sign == '.' && self.lexicon.stop_ordinals && length(i) <= 2 && length(i + 2) <= 2;
        let value = self.settled(second, first).filter(|_| no_year)?;
        Some(self.found_date(i, i + 4, value, None))
    }

    /// Whether some date of the text can only have its day first: `24/02/2025`.
    fn puts_day_first(&self) -> bool {
        *self.day_first.get_or_init(|| {
            (0..self.tokens.len()).any(|place| {
                let glued = |place: usize| self.token(place).filter(|token| token.gap == Gap::None);
                let year =
                    glued(place + 4).is_some_and(|year| year.kind == Kind::Digits && year.span.len() == 4);
                let slashes = [1, 3]
                    .iter()
                    .all(|after| glued(place + after).is_some_and(|mark| mark.is('/')));
                year && slashes
                    && self.plain(place).is_some_and(|day| (13..=31).contains(&day))
                    && self
                        .plain(place + 2)
                        .is_some_and(|month| (1..=12).contains(&month))
            })
        })
    }

    /// `2025-07`, `03/2025`
    pub fn numeric_month(&self, i: usize) -> Option<Found> {
        let (first, mark, second) = (self.token(i)?, self.token(i + 1)?, self.token(i + 2)?);
        if mark.gap != Gap::None || second.gap != Gap::None || self.goes_on(i + 3) {
            return None;
        }
        let (year, month) = match (first.span.len(), second.span.len()) {
            (4, 2) if mark.is('-') => (i, i + 2),
            (1..=2, 4) if mark.is('/') => (i + 2, i),
            _ => return None,
        };
        let year = self.plain(year).filter(|year| (1900..2100).contains(year))?;
        let month = self.plain(month).filter(|month| (1..=12).contains(month))?;
        let cued = self.follows(i, Section::YearCues) || self.find(i + 3, Section::YearCues).is_some();
        let season = first.span.len() == 4 && month > year % 100 && cued;
        (!season).then(|| self.found_date(i, i + 3, format!("{year:04}-{month:02}"), None))
    }

    /// Whether what stands at `i` goes on a run of digits.
    pub fn goes_on(&self, i: usize) -> bool {
        let mark = self.token(i).filter(|mark| mark.gap == Gap::None);
        let after = self
            .token(i + 1)
            .filter(|after| after.gap == Gap::None && after.kind == Kind::Digits);
        mark.is_some_and(|mark| mark.kind == Kind::Digits)
            || (mark.is_some_and(|mark| matches!(mark.kind, Kind::Mark('.' | '-' | '/'))) && after.is_some())
    }

    /// The day of a month at `i`, in digits or as an ordinal: `24.`, `3rd`, `ersten`.
    pub fn day_number(&self, i: usize) -> Option<(i128, usize)> {
        let token = self.token(i)?;
        if token.kind == Kind::Digits {
            let number = self
                .plain(i)
                .filter(|day| (1..=31).contains(day) && token.span.len() <= 2)?;
            let next = self.token(i + 1).filter(|next| next.gap == Gap::None);
            let end = match next {
                Some(stop) if stop.is('.') && self.lexicon.stop_ordinals => i + 2,
                Some(suffix) if suffix.kind == Kind::Word => match self.measure(i + 1) {
                    Some((Measure::Ordinal, end)) => end,
                    _ => return None,
                },
                _ => i + 1,
            };
            return Some((number, end));
        }
        let compound = token.number.filter(|compound| compound.tail == Tail::Ordinal)?;
        (1..=31)
            .contains(&compound.value().digits)
            .then_some((compound.value().digits, i + 1))
    }

    fn month(&self, i: usize) -> Option<(i128, usize)> {
        let token = self.token(i).filter(|token| token.gap != Gap::Line)?;
        if (self.lexicon.capital_nouns || self.lexicon.month_first) && !token.is_capital() {
            return None;
        }
        let (sense, end) = self.find(i, Section::Months)?;
        Some((sense.number.digits, end))
    }

    /// A year of four digits at `i`, or one of two after an apostrophe.
    pub fn year(&self, i: usize) -> Option<(i128, usize)> {
        self.token(i).filter(|token| token.gap != Gap::Line)?;
        self.year_at(i)
    }

    /// As [`Self::year`], also at the start of a line.
    pub fn year_at(&self, i: usize) -> Option<(i128, usize)> {
        let token = self.token(i)?;
        if token.kind == Kind::Digits && token.span.len() == 4 {
            let year = self.plain(i).filter(|year| (1000..2200).contains(year))?;
            let goes_on = self.goes_on(i + 1)
                || self.token(i + 1).is_some_and(|next| next.kind == Kind::Name)
                || self
                    .token(i + 1)
                    .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Word);
            return (!goes_on).then_some((year, i + 1));
        }
        if matches!(token.kind, Kind::Mark('\'' | '’' | '‘')) {
            let digits = self
                .token(i + 1)
                .filter(|digits| digits.gap == Gap::None && digits.span.len() == 2)?;
            let year = self.plain(i + 1).filter(|_| digits.kind == Kind::Digits)?;
            return Some((century(year), i + 2));
        }
        None
    }

    /// The year after a day or a month, with what may stand between: `, 2025`, `van 2025`.
    pub fn year_after(&self, i: usize) -> Option<(i128, usize)> {
        if let Some(found) = self.year(i) {
            return Some(found);
        }
        let comma = self
            .token(i)
            .is_some_and(|token| token.is(',') && token.gap == Gap::None);
        if comma && self.lexicon.month_first {
            return self.year(i + 1);
        }
        let (_, after) = self
            .find(i, Section::Of)
            .or_else(|| self.find(i, Section::DateOf))?;
        let (_, after) = self
            .find(after, Section::YearCues)
            .unwrap_or((self.find(i, Section::Of)?.0, after));
        self.year(after)
    }

    /// `24. Februar 2025`, `12. bis 15. Juli`, `4th of July`, `3. und 4. März`.
    pub fn day_and_month(&self, i: usize) -> Option<Found> {
        let (first, after) = self.day_number(i)?;
        if let Some((month, end)) = self.month_after_day(after) {
            return self.day_to(i, first, month, end);
        }
        let (_, second_at) = self
            .range_mark(after)
            .or_else(|| self.find(after, Section::And).map(|(_, end)| (false, end)))?;
        let (second, after_second) = self.day_number(second_at)?;
        let (month, end) = self.month_after_day(after_second)?;
        if second <= first {
            return None;
        }
        let (year, end) = self.year_or_open(month, second, end);
        Some(self.found_date(
            i,
            end,
            dated(&year, month, first)?,
            Some(dated(&year, month, second)?),
        ))
    }

    fn month_after_day(&self, i: usize) -> Option<(i128, usize)> {
        let of = self.find(i, Section::DateOf).map_or(i, |(_, end)| end);
        self.month(of)
    }

    /// The rest of a date whose first day and month are read, with a second day where it is a range.
    fn day_to(&self, start: usize, first: i128, month: i128, end: usize) -> Option<Found> {
        if let Some((_, second_at)) = self.range_mark(end)
            && let Some((second, after)) = self.day_number(second_at)
            && let Some((second_month, after)) = self.month_after_day(after)
        {
            let (year, after) = self.year_or_open(second_month, second, after);
            let (from, to) = (dated(&year, month, first)?, dated(&year, second_month, second)?);
            return Some(self.found_date(start, after, from, Some(to)));
        }
        let (year, end) = self.year_or_open(month, first, end);
        Some(self.found_date(start, end, dated(&year, month, first)?, None))
    }

    /// The year after a date, or the one the article's day settles, or none.
    fn year_or_open(&self, month: i128, day: i128, end: usize) -> (String, usize) {
        if let Some((year, end)) = self.year_after(end) {
            return (format!("{year:04}"), end);
        }
        let settled = self.settled(month, day);
        let year = settled.and_then(|date| date.get(..4).map(str::to_string));
        (year.unwrap_or_else(|| OPEN_YEAR.to_string()), end)
    }

    /// A day without its year: the nearest such day to the article's, or an open one.
    fn settled(&self, month: i128, day: i128) -> Option<String> {
        let open = dated(OPEN_YEAR, month, day)?;
        let Some(today) = self.date else { return Some(open) };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let nearest = (-1..=1)
            .filter_map(|years| Date::new(today.year().checked_add(years)?, month, day).ok())
            .min_by_key(|date| days_between(today, *date).abs());
        Some(nearest.map_or(open, |date| date.to_string()))
    }

    /// Whether a range mark stands at `i`, and where the second end begins; whether it is a dash.
    pub fn range_mark(&self, i: usize) -> Option<(bool, usize)> {
        let token = self.token(i)?;
        if token.is_dash() && token.gap != Gap::Line {
            let after = self.token(i + 1)?;
            return (after.gap == token.gap || token.gap == Gap::None).then_some((true, i + 1));
        }
        if token.gap == Gap::Line {
            return None;
        }
        let (_, end) = self.find(i, Section::Range)?;
        Some((false, end))
    }

    /// `March 3, 2019`, `Oktober 2019`, `May to July`, `im August`.
    fn month_first(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        if (self.lexicon.capital_nouns || self.lexicon.month_first) && !token.is_capital() {
            return None;
        }
        let (sense, end) = self.find(i, Section::Months)?;
        let month = sense.number.digits;
        if self.lexicon.month_first
            && let Some((first, after)) = self.day_number(end)
            && self
                .token(end)
                .is_some_and(|token| token.kind == Kind::Digits && token.gap == Gap::Space)
            && self.money_or_unit(after).is_none()
        {
            return self.month_then_day(i, month, first, after);
        }
        if let Some((year, end)) = self.year_after(end) {
            return Some(self.found_date(i, end, format!("{year:04}-{month:02}"), None));
        }
        let between = self
            .find(end, Section::And)
            .filter(|_| self.follows(i, Section::Between));
        if let Some((_, second)) = self.range_mark(end).or(between.map(|(_, end)| (false, end)))
            && let Some((last, end)) = self.month(second)
        {
            let (year, end) = self
                .year_after(end)
                .map_or((OPEN_YEAR.to_string(), end), |(year, end)| {
                    (format!("{year:04}"), end)
                });
            let (from, to) = (format!("{year}-{month:02}"), format!("{year}-{last:02}"));
            return Some(self.found_date(i, end, from, Some(to)));
        }
        self.is_month_alone(i, end)
            .then(|| self.found_date(i, end, self.settled_month(month), None))
    }

    fn money_or_unit(&self, i: usize) -> Option<usize> {
        self.measure(i).map(|(_, end)| end)
    }

    pub fn month_then_day(&self, i: usize, month: i128, first: i128, after: usize) -> Option<Found> {
        if let Some((_, second_at)) = self.range_mark(after)
            && let Some((second, end)) = self.day_number(second_at)
            && second > first
            && self
                .token(second_at)
                .is_some_and(|token| token.kind == Kind::Digits)
        {
            let (year, end) = self.year_or_open(month, second, end);
            return Some(self.found_date(
                i,
                end,
                dated(&year, month, first)?,
                Some(dated(&year, month, second)?),
            ));
        }
        let between = self
            .find(after, Section::And)
            .filter(|_| self.follows(i, Section::Between));
        let joint = self.range_mark(after).or(between.map(|(_, end)| (false, end)));
        if let Some((_, second_at)) = joint
            && let Some((second_month, day_at)) = self.month(second_at)
            && let Some((second, end)) = self.day_number(day_at)
            && self.token(day_at).is_some_and(|token| token.kind == Kind::Digits)
        {
            let (year, end) = self.year_or_open(second_month, second, end);
            let (from, to) = (dated(&year, month, first)?, dated(&year, second_month, second)?);
            return Some(self.found_date(i, end, from, Some(to)));
        }
        if let Some((_, second_at)) = between
            && let Some((second, end)) = self.day_number(second_at)
            && second > first
        {
            let (year, end) = self.year_or_open(month, second, end);
            return Some(self.found_date(
                i,
                end,
                dated(&year, month, first)?,
                Some(dated(&year, month, second)?),
            ));
        }
        let (year, end) = self.year_or_open(month, first, after);
        Some(self.found_date(i, end, dated(&year, month, first)?, None))
    }

    /// Whether a month's name, on its own, means the month: not `Jan` or `May`, who are people.
    fn is_month_alone(&self, i: usize, end: usize) -> bool {
        let written = self.token(i).map_or(0, |token| token.span.len());
        let glued = self
            .token(end)
            .is_some_and(|dash| dash.gap == Gap::None && dash.is_dash());
        let part = self.follows_glued(i, Section::YearParts);
        if end > i + 1 || (self.is_part_of_name(i) && !part) || glued {
            return false;
        }
        let cued = self.follows(i, Section::YearCues)
            || self.follows(i, Section::DayBefore)
            || self.follows(i, Section::DayAfter)
            || part;
        if self.lexicon.month_first {
            return cued;
        }
        written >= 4
            || cued
            || (written == 3
                && self
                    .find(i, Section::Months)
                    .is_some_and(|(sense, _)| sense.number.digits == 5))
    }

    /// Whether token `i` is glued by hyphens into a longer name.
    pub fn is_part_of_name(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| {
            token.gap == Gap::None && i > 0 && self.token(i - 1).is_some_and(|dash| dash.is_dash())
        })
    }

    fn settled_month(&self, month: i128) -> String {
        let open = format!("{OPEN_YEAR}-{month:02}");
        let Some(today) = self.date else { return open };
        let apart = |years: i16| {
            let months = i32::from(years) * 12 + i32::try_from(month).unwrap_or(1) - i32::from(today.month());
            (months.abs(), years)
        };
        let years = (-1..=1).min_by_key(|years| apart(*years)).unwrap_or(0);
        format!("{:04}-{month:02}", today.year() + years)
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// A year of two digits.
pub const fn century(year: i128) -> i128 {
    match year {
        0..=40 => 2000 + year,
        41..=99 => 1900 + year,
        _ => year,
    }
}

/// A day in EDTF, where there is such a day.
fn day(year: i128, month: i128, day: i128) -> Option<String> {
    let date = Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()?;
    Some(date.to_string())
}

fn dated(year: &str, month: i128, day: i128) -> Option<String> {
    // 2024 is a leap year, so a day that exists in any year exists in it
    let numbered = year.parse().unwrap_or(2024);
    Date::new(numbered, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some(format!("{year}-{month:02}-{day:02}"))
}
