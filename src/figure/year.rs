//! Years, decades, and the quarters, halves and weeks of a year.

use super::Bound;
use super::calendar::OPEN_YEAR;
use super::lexicon::Section;
use super::measure::Measure;
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind};

impl Reader<'_> {
    /// `dritten Quartal 2024`, `first half of 2025`.
    pub fn period(&self, i: usize) -> Option<Found> {
        let compound = self
            .token(i)?
            .number
            .filter(|compound| compound.tail == Tail::Ordinal)?;
        self.period_of(i, compound.value().digits, i + 1)
    }

    /// `3. Quartal 2024`, `2nd quarter`, `7. Kalenderwoche`.
    pub fn numbered_period(&self, i: usize) -> Option<Found> {
        let (rank, after) = self
            .day_number(i)
            .or_else(|| self.digits_ordinal(i).map(|(rank, end)| (rank.digits, end)))?;
        if after == i + 1 {
            return None;
        }
        self.period_of(i, rank, after)
    }

    fn period_of(&self, start: usize, rank: i128, at: usize) -> Option<Found> {
        if self.token(at)?.gap == Gap::Line {
            return None;
        }
        let fiscal = self.find(at, Section::Fillers).map_or(at, |(_, end)| end);
        let (sense, end) = self.find(fiscal, Section::Periods)?;
        let year = self.year_after(end);
        let named = year.map_or(OPEN_YEAR.to_string(), |(year, _)| format!("{year:04}"));
        let last = year.map_or(end, |(_, end)| end);
        let value = match sense.code {
            "quarter" if (1..=4).contains(&rank) => format!("{named}-Q{rank}"),
            "half" if (1..=2).contains(&rank) => format!("{named}-H{rank}"),
            "week" if (1..=53).contains(&rank) => format!("{named}-W{rank:02}"),
            _ => return None,
        };
        let cued = sense.code == "quarter" && self.follows(start, Section::PeriodCues);
        if year.is_none() && !cued {
            return None;
        }
        Some(self.found_date(start, last, value, None))
    }

    /// `Q2 2025`, `H1`.
    pub fn short_period(&self, i: usize) -> Option<Found> {
        let written = self.token(i)?.span.of(self.text);
        let (letter, rank) = match written.as_bytes() {
            [letter @ (b'Q' | b'H'), rank @ b'1'..=b'4'] => (char::from(*letter), char::from(*rank)),
            _ => return None,
        };
        let slash = self
            .token(i + 1)
            .is_some_and(|next| next.gap == Gap::None && (next.is('/') || next.is_dash()));
        let year = self.year_after(i + 1 + usize::from(slash));
        if letter == 'H' && (year.is_none() || rank > '2') {
            return None;
        }
        let named = year.map_or(OPEN_YEAR.to_string(), |(year, _)| format!("{year:04}"));
        let end = year.map_or(i + 1, |(_, end)| end);
        Some(self.found_date(i, end, format!("{named}-{letter}{rank}"), None))
    }

    /// `KW 7`, `week 12 van 2025`.
    pub fn week(&self, i: usize) -> Option<Found> {
        let (sense, after) = self.find(i, Section::Periods)?;
        let token = self
            .token(after)
            .filter(|token| token.kind == Kind::Digits && token.gap == Gap::Space)?;
        let number = self
            .plain(after)
            .filter(|week| (1..=53).contains(week) && token.span.len() <= 2)?;
        if sense.code != "week" || self.measure(after + 1).is_some() || self.goes_on(after + 1) {
            return None;
        }
        let year = self.year_after(after + 1);
        let named = year.map_or(OPEN_YEAR.to_string(), |(year, _)| format!("{year:04}"));
        let end = year.map_or(after + 1, |(_, end)| end);
        Some(self.found_date(i, end, format!("{named}-W{number:02}"), None))
    }

    /// `1990er Jahre`, `60er-Jahre`, `1980s`.
    pub fn decade(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let (Measure::Decade, end) = self.measure(i + 1)? else {
            return None;
        };
        let year = self.plain(i).filter(|year| year % 10 == 0)?;
        let first = match token.span.len() {
            2 if !self.lexicon.month_first
                || self.after_apostrophe(i)
                || self.follows_glued(i, Section::YearParts) =>
            {
                i
            }
            4 if (1000..2200).contains(&year) => i,
            _ => return None,
        };
        let end = self
            .find_glued(end, Section::DecadeNouns)
            .map_or(end, |(_, end)| end);
        let start = if self.after_apostrophe(first) {
            first - 1
        } else {
            first
        };
        Some(self.found_date(start, end, decade_of(year), None))
    }

    fn after_apostrophe(&self, i: usize) -> bool {
        i > 0
            && self.token(i).is_some_and(|token| token.gap == Gap::None)
            && self
                .token(i - 1)
                .is_some_and(|mark| matches!(mark.kind, Kind::Mark('\'' | '’' | '‘')))
    }

    /// `die Sechzigerjahre`, `jaren negentig`, `jaren '90`, `the nineties`.
    pub fn decade_in_words(&self, i: usize) -> Option<Found> {
        if let Some((_, after)) = self.find(i, Section::DecadeNouns) {
            let token = self.token(after).filter(|token| token.gap != Gap::Line)?;
            if let Some((sense, end)) = self.find(after, Section::DecadeWords) {
                return Some(self.found_date(i, end, decade_of(sense.number.digits), None));
            }
            let apostrophe = matches!(token.kind, Kind::Mark('\'' | '’' | '‘'));
            let digits = if apostrophe { after + 1 } else { after };
            let short = self
                .token(digits)
                .is_some_and(|token| token.kind == Kind::Digits && token.span.len() == 2);
            let year = self.plain(digits).filter(|year| short && year % 10 == 0)?;
            return Some(self.found_date(i, digits + 1, decade_of(year), None));
        }
        if self
            .token(i)?
            .number
            .is_some_and(|compound| compound.tail == Tail::None)
        {
            return None;
        }
        let (sense, end) = self.find(i, Section::DecadeWords)?;
        let end = self
            .find_glued(end, Section::DecadeNouns)
            .map_or(end, |(_, end)| end);
        Some(self.found_date(i, end, decade_of(sense.number.digits), None))
    }

    /// `'96`
    pub fn short_year(&self, i: usize) -> Option<Found> {
        let free = self.token(i)?.gap != Gap::None && !self.follows_name(i);
        if let Some(decade) = self.decade(i + 1).filter(|decade| decade.start == i && free) {
            return Some(decade);
        }
        let (year, end) = self.year(i).filter(|_| free)?;
        let next = self.token(end);
        let closed =
            next.is_none_or(|next| next.gap != Gap::None || !matches!(next.kind, Kind::Word | Kind::Digits));
        closed.then(|| self.found_date(i, end, format!("{year:04}"), None))
    }

    /// Whether the word before token `i` is a name, in languages whose nouns are lower-case.
    fn follows_name(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        !self.lexicon.capital_nouns
            && before
                .is_some_and(|before| before.kind == Kind::Word && before.is_capital() && before.is_unknown())
    }

    /// A year on its own, or a range of years; `hedged` where a hedge stands before it.
    pub fn lone_year(&self, i: usize, hedge: Option<Bound>) -> Option<Found> {
        let hedged = hedge.is_some();
        let (year, end) = self
            .year_at(i)
            .or_else(|| self.season(i).map(|(from, _, end)| (from, end)))?;
        if self.token(i)?.kind != Kind::Digits || self.measure(end).is_some() {
            return None;
        }
        if let Some((from, to, end)) = self.season(i) {
            return Some(self.found_date(i, end, format!("{from:04}"), Some(format!("{to:04}"))));
        }
        let cued = self.follows(i, Section::YearCues) || self.follows_glued(i, Section::YearParts);
        if let Some((_, second)) = self.range_mark(end).or_else(|| self.second_year_joined(i, end))
            && let Some((last, last_end)) = self.year(second)
            && last > year
            && self.measure(last_end).is_none()
            && (1800..2100).contains(&year)
            && (1800..2200).contains(&last)
        {
            return Some(self.found_date(i, last_end, format!("{year:04}"), Some(format!("{last:04}"))));
        }
        let counted = self.noun(end).is_some();
        let plural = counted && self.lexicon.is_plural(self.folded(end).as_bytes());
        let determined = self.follows(i, Section::HedgeSkips) && !cued && !self.lexicon.month_first;
        // "2024 deelnemers" counts; English papers write such counts with a comma
        let lone = plural && !cued && !self.lexicon.capital_nouns && !self.lexicon.month_first;
        let last = if cued && !self.lexicon.capital_nouns {
            2100
        } else {
            2031
        };
        if counted && (determined || lone || (plural && !(1900..last).contains(&year))) {
            return None;
        }
        if !hedged && self.is_old_year(i, year, end) {
            return Some(self.found_date(i, end, format!("{year:04}"), None));
        }
        let usual = (1900..if counted { 2031 } else { 2100 }).contains(&year);
        if hedge == Some(Bound::About) && !counted && (1400..2031).contains(&year) {
            return Some(self.found_date(i, end, format!("{year:04}"), None));
        }
        let is_year = if cued {
            !counted || (!hedged && (usual || !self.lexicon.capital_nouns))
        } else {
            usual
                && !(hedged && (counted || year % 100 == 0))
                && !(self.lexicon.capital_nouns && counted && !self.follows_noun(i))
                && !(counted && year == 2000)
        };
        is_year.then(|| self.found_date(i, end, format!("{year:04}"), None))
    }

    /// `der Brand von 1842`, `er starb 1756 in Wien`, `felled after 1612`: a year before the last century, by its
    /// neighbours.
    fn is_old_year(&self, i: usize, year: i128, end: usize) -> bool {
        if !(1500..1900).contains(&year) || self.find(end, Section::FromTo).is_some() {
            return false;
        }
        let next = self.token(end).filter(|next| next.gap == Gap::Space);
        let lower = next.is_some_and(|next| next.kind == Kind::Word && !next.is_capital());
        let counted = self.noun(end).is_some();
        let of = self.follows(i, Section::Of) && !self.follows(i, Section::HedgeSkips);
        let after_verb = lower && i.checked_sub(1).is_some_and(|verb| self.is_past_verb(verb));
        if (of || after_verb) && (!counted || (lower && self.is_past_verb(end))) {
            return true;
        }
        let rises = [Section::Up, Section::Down, Section::UpLater, Section::DownLater];
        let plural = counted && self.lexicon.is_plural(self.folded(end).as_bytes());
        let placed = if self.lexicon.capital_nouns {
            !counted
        } else {
            self.is_placed(i) && !plural
        };
        placed && !rises.iter().any(|section| self.cue_near(i, *section))
    }

    /// Whether a preposition that places things in time or space stands before token `i`: `na 1612`, `before 1700`.
    fn is_placed(&self, i: usize) -> bool {
        let others = [
            Section::HedgeSkips,
            Section::Articles,
            Section::And,
            Section::Changes,
            Section::Than,
        ];
        self.follows(i, Section::Stop) && !others.iter().any(|section| self.follows(i, *section))
    }

    /// `zwischen 2010 und 2015`
    fn second_year_joined(&self, i: usize, end: usize) -> Option<(bool, usize)> {
        if !self.follows(i, Section::Between) {
            return None;
        }
        self.find(end, Section::And).map(|(_, end)| (false, end))
    }

    fn follows_noun(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        before.is_some_and(|before| {
            before.kind == Kind::Word && before.is_capital() && !self.starts_sentence(i - 1)
        })
    }

    /// `2003/04`, `2019-23`
    fn season(&self, i: usize) -> Option<(i128, i128, usize)> {
        let (first, mark, second) = (self.token(i)?, self.token(i + 1)?, self.token(i + 2)?);
        let apostrophe = matches!(second.kind, Kind::Mark('\'' | '’' | '‘'));
        let last_at = i + 2 + usize::from(apostrophe);
        let second = self.token(last_at)?;
        let glued = mark.gap == Gap::None && second.gap == Gap::None;
        let joint = mark.is('/') || mark.is_dash();
        if !glued
            || !joint
            || first.span.len() != 4
            || second.kind != Kind::Digits
            || self.goes_on(last_at + 1)
        {
            return None;
        }
        let from = self.plain(i).filter(|year| (1800..2100).contains(year))?;
        let to = match second.span.len() {
            2 => from / 100 * 100 + self.plain(last_at)?,
            4 => self.plain(last_at)?,
            _ => return None,
        };
        let to = if to < from && second.span.len() == 2 {
            to + 100
        } else {
            to
        };
        let near = if second.span.len() == 2 {
            to - from <= 15
        } else {
            to < 2200
        };
        (to > from && near).then_some((from, to, last_at + 1))
    }
}

fn decade_of(year: i128) -> String {
    let full = match year {
        0..=10 => 2000 + year,
        11..=99 => 1900 + year,
        _ => year,
    };
    format!("{:03}X", full / 10)
}
