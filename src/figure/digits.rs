//! Numbers in digits: groups, decimals and fractions, by the marks of the language.

use super::Decimal;
use super::lexicon::Section;
use super::number::{Form, Number, vulgar};
use super::reader::Reader;
use super::stack::Digits;
use super::token::{Gap, Kind};

/// The most marks and groups one number has; more is a serial number.
const MOST_GROUPS: usize = 12;

impl Reader<'_> {
    /// Digits with their marks, and a vulgar fraction after them.
    pub fn in_digits(&self, i: usize) -> Option<Number> {
        let mut number = self.digits(i)?;
        if let Form::Plain(_) = number.form {
            if let Some((value, end)) = self.slashed(i) {
                return Some(self.bare(i, end, value, Form::Part));
            }
            let fraction = self.token(number.end).filter(|next| next.gap != Gap::Line);
            let added = fraction.and_then(|next| match next.kind {
                Kind::Mark(mark) => Some((vulgar(mark)?, number.end + 1)),
                Kind::Digits if next.gap == Gap::Space => self.slashed(number.end),
                _ => None,
            });
            if let Some((value, end)) = added {
                number.value = number.value.plus(value)?;
                number.end = end;
                number.form = Form::Fractional;
            }
        }
        Some(number)
    }

    /// `3/4`, as a fraction.
    pub fn slashed(&self, i: usize) -> Option<(Decimal, usize)> {
        let slash = self.token(i + 1).filter(|slash| slash.gap == Gap::None)?;
        let below = self
            .token(i + 2)
            .filter(|below| below.gap == Gap::None && below.kind == Kind::Digits)?;
        if !(slash.is('/') || slash.is('⁄'))
            || self
                .token(i + 3)
                .is_some_and(|next| next.gap == Gap::None && next.is('/'))
        {
            return None;
        }
        let part = self.plain(i)?;
        let whole = below.span.of(self.text).parse().ok()?;
        let usual = matches!(whole, 2..=10 | 12 | 16 | 32 | 64 | 100 | 1000);
        (part > 0 && part < whole && usual).then(|| (Decimal::ratio(part, whole), i + 3))
    }

    /// The value of a run of digits, where it is no longer than a number can be.
    pub fn plain(&self, i: usize) -> Option<i128> {
        let token = self.token(i).filter(|token| token.kind == Kind::Digits)?;
        if token.span.len() > 30 {
            return None;
        }
        token.span.of(self.text).parse().ok()
    }

    /// Digits with their separators.
    pub fn digits(&self, i: usize) -> Option<Number> {
        let mut marks = [' '; MOST_GROUPS];
        let mut count = 0;
        while let Some(mark) = self.separator(i + 1 + 2 * count) {
            *marks.get_mut(count)? = mark;
            count += 1;
        }
        let marks = marks.get(..count)?;
        let Some((last, before)) = marks.split_last() else {
            return self.spaced(i);
        };
        let (decimals, form) = self.read_marks(i, before, *last)?;
        let end = i + 1 + 2 * count;
        let mut digits = Digits::default();
        for place in (i..end).step_by(2) {
            digits.push(self.token(place)?.span.of(self.text))?;
        }
        Some(self.bare(i, end, digits.value(decimals)?, form))
    }

    /// The mark at `i` where it stands between digits.
    pub fn separator(&self, i: usize) -> Option<char> {
        let mark = self.token(i).filter(|mark| mark.gap == Gap::None)?;
        let after = self.token(i + 1)?;
        match mark.kind {
            Kind::Mark(c @ ('.' | ',' | '\'' | '’' | '٬'))
                if after.gap == Gap::None && after.kind == Kind::Digits =>
            {
                Some(if c == '’' { '\'' } else { c })
            }
            _ => None,
        }
    }

    /// How many of the digits from `i` are decimals, by the marks between them.
    pub fn read_marks(&self, i: usize, before: &[char], last: char) -> Option<(usize, Form)> {
        let length = |place: usize| self.token(i + 2 * place).map_or(0, |run| run.span.len());
        let whole = (1..=3).contains(&length(0)) && !self.starts_with_zero(i);
        let grouped = |places: std::ops::RangeInclusive<usize>| {
            whole && places.into_iter().all(|place| length(place) == 3)
        };
        let decimals = length(before.len() + 1);
        let Some(first) = before.first() else {
            let own = last == self.lexicon.decimal;
            return match last {
                '.' | ',' if own => Some((decimals, Form::Fractional)),
                _ if grouped(1..=1) && self.lexicon.groups.contains(&last) => Some((0, Form::Grouped)),
                '.' | ',' => Some((decimals, Form::Foreign)),
                _ => None,
            };
        };
        if before.iter().any(|mark| mark != first) {
            return None;
        }
        if last == *first {
            return grouped(1..=before.len() + 1).then_some((0, Form::Grouped));
        }
        (grouped(1..=before.len()) && last != '\'').then_some((decimals, Form::Fractional))
    }

    pub fn starts_with_zero(&self, i: usize) -> bool {
        self.token(i)
            .is_some_and(|token| token.span.of(self.text).starts_with('0'))
    }

    /// Digits alone, or in groups of three with spaces between.
    pub fn spaced(&self, i: usize) -> Option<Number> {
        let first = self.token(i)?;
        let mut digits = Digits::default();
        digits.push(first.span.of(self.text))?;
        let mut end = i + 1;
        let run = |place: usize| {
            self.token(place)
                .filter(|run| run.gap == Gap::Space && run.kind == Kind::Digits)
        };
        if first.span.len() <= 3 && !self.starts_with_zero(i) && !self.follows_month(i) {
            while let Some(group) = run(end).filter(|group| group.span.len() == 3) {
                digits.push(group.span.of(self.text))?;
                end += 1;
            }
            if end > i + 1 && run(end).is_some() {
                return None;
            }
        }
        let form = if end > i + 1 {
            Form::Grouped
        } else {
            Form::Plain(first.span.len())
        };
        let mut decimals = 0;
        if end > i + 1
            && let Some(mark) = self.separator(end)
            && mark == self.lexicon.decimal
        {
            let run = self.token(end + 1)?.span;
            digits.push(run.of(self.text))?;
            decimals = run.len();
            end += 2;
        }
        Some(self.bare(i, end, digits.value(decimals)?, form))
    }

    pub fn follows_month(&self, i: usize) -> bool {
        i > 0
            && self
                .find(i - 1, Section::Months)
                .is_some_and(|(_, next)| next == i)
    }
}
