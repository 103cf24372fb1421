//! Dates as intervals of days.

/// The days a date in EDTF covers, counted within years of 12 months of 31 days so that they compare without a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub from: i64,
    /// The last day.
    pub to: i64,
    /// Whether the year is said.
    pub year_said: bool,
}

/// The length of a year in the count of [`Days`].
const YEAR: i64 = 12 * 31;

/// Reads `2025-02-24`, `2025-10`, `2025`, `198X`, `2025-Q2`, `2025-H1`, `2025-W07`, and each with `XXXX` for the year.
pub fn days(date: &str) -> Option<Days> {
    let (year, rest) = date
        .split_once('-')
        .map_or((date, None), |(year, rest)| (year, Some(rest)));
    let year_said = year != "XXXX";
    let (first_year, last_year) = years(year)?;
    let (from, to) = match rest {
        None => (0, YEAR - 1),
        Some(rest) => within_year(rest)?,
    };
    Some(Days {
        from: first_year * YEAR + from,
        to: last_year * YEAR + to,
        year_said,
    })
}

/// The first and last year of `2025`, `198X`, `19XX`, `XXXX`.
fn years(year: &str) -> Option<(i64, i64)> {
    if year == "XXXX" {
        return Some((0, 0));
    }
    Some((
        year.replace('X', "0").parse().ok()?,
        year.replace('X', "9").parse().ok()?,
    ))
}

/// The first and last day within a year of what follows its number.
fn within_year(rest: &str) -> Option<(i64, i64)> {
    let number = |digits: &str| digits.parse::<i64>().ok();
    if let Some(quarter) = rest.strip_prefix('Q') {
        let first = (number(quarter)? - 1) * 3 * 31;
        return Some((first, first + 3 * 31 - 1));
    }
    if let Some(half) = rest.strip_prefix('H') {
        let first = (number(half)? - 1) * 6 * 31;
        return Some((first, first + 6 * 31 - 1));
    }
    if let Some(week) = rest.strip_prefix('W') {
        // Near enough: 52 weeks spread over the days of this count.
        let first = (number(week)? - 1) * YEAR / 52;
        return Some((first, first + 6));
    }
    let (month, day) = rest
        .split_once('-')
        .map_or((rest, None), |(month, day)| (month, Some(day)));
    let first = (number(month)? - 1) * 31;
    match day {
        None => Some((first, first + 30)),
        Some(day) => {
            let day = first + number(day)? - 1;
            Some((day, day))
        }
    }
}

impl Days {
    /// The days from the first of this to the last of another.
    pub const fn through(self, last: Self) -> Self {
        Self { to: last.to, ..self }
    }

    /// The same days in the year of another date where their own year is not said.
    pub const fn in_year_of(&self, other: &Self) -> Option<Self> {
        if self.year_said || !other.year_said {
            return Some(*self);
        }
        let shift = other.from / YEAR * YEAR;
        Some(Self {
            from: self.from + shift,
            to: self.to + shift,
            year_said: true,
        })
    }

    /// 0 for days and weeks, 1 for months, 2 for quarters and years, 3 for longer times.
    pub const fn length_class(&self) -> i64 {
        match self.to - self.from {
            0..=13 => 0,
            14..=61 => 1,
            62..YEAR => 2,
            _ => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_intervals_of_days() {
        let within = |inner: &str, outer: &str| {
            let (inner, outer) = (days(inner).expect("a date"), days(outer).expect("a date"));
            inner.from >= outer.from && inner.to <= outer.to
        };
        for (inner, outer, expected) in [
            ("2025-02-24", "2025-02", true),
            ("2025-12-31", "2025-Q4", true),
            ("2025-06", "2025-H1", true),
            ("2025-07", "2025-H1", false),
            ("1989-11-09", "198X", true),
            ("2025-03-01", "2025-02", false),
            ("XXXX-02-24", "XXXX-02", true),
        ] {
            assert_eq!(within(inner, outer), expected, "{inner} in {outer}");
        }
        for wrong in ["", "bald", "2025-", "2025-XX", "--"] {
            assert_eq!(days(wrong), None, "{wrong}");
        }
    }
}
