//! Times of day and scores, which share their marks.

use super::Value;
use super::lexicon::Section;
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind};

/// How far around a pair of numbers a word of sport makes it a score.
const SPORT_REACH: usize = 14;

/// A time of day as read: minutes after midnight, and whether minutes were named.
#[derive(Clone, Copy)]
struct Moment {
    minutes: i128,
    end: usize,
    exact: bool,
    digits: bool,
}

impl Reader<'_> {
    /// The time of day that begins at token `i`, or a range of two.
    pub fn time_at(&self, i: usize) -> Option<Found> {
        if let Some(half) = self.half_hour(i) {
            return Some(half);
        }
        let first = self.moment(i)?;
        if let Some(found) = self.time_range(i, first) {
            return Some(found);
        }
        let (minutes, end) = self.settle_time(i, first)?;
        Some(Found::new(i, end, time(minutes, None)))
    }

    fn time_range(&self, i: usize, first: Moment) -> Option<Found> {
        let closed = self.clock_word(first.end).map_or(first.end, |(_, end)| end);
        let half = self.half_of_day(closed);
        let first = Moment {
            minutes: half.map_or(first.minutes, |(evening, _)| shifted(first.minutes, evening)),
            ..first
        };
        let closed = half.map_or(closed, |(_, end)| end);
        let joint = self.range_mark(closed).or_else(|| {
            let (_, end) = self
                .find(closed, Section::And)
                .filter(|_| self.follows(i, Section::Between))?;
            Some((false, end))
        });
        let (_, second_at) = joint?;
        let second = self.moment(second_at)?;
        let between = self.follows(i, Section::Between);
        let bare = self
            .clock_word(second.end)
            .filter(|_| between && first.digits && second.digits);
        let (to, end) = self
            .settle_time(second_at, second)
            .or_else(|| bare.map(|(_, end)| (second.minutes, end)))?;
        let from = if to >= 720
            && first.minutes < to - 720
            && self.is_afternoon(second.end)
            && closed == first.end
        {
            first.minutes + 720
        } else {
            first.minutes
        };
        let named = self.clock_word(second.end).is_some()
            || self.half_of_day(second.end).is_some()
            || (first.exact && second.exact);
        (named && from != to).then(|| Found::new(i, end, time(from, Some(to))))
    }

    fn is_afternoon(&self, i: usize) -> bool {
        let after = self.clock_word(i).map_or(i, |(_, end)| end);
        self.find(i, Section::ClockEvening).is_some() || self.find(after, Section::ClockEvening).is_some()
    }

    /// Hours, and minutes where they are named, at `i`.
    fn moment(&self, i: usize) -> Option<Moment> {
        let token = self
            .token(i)
            .filter(|token| token.gap != Gap::Line || i == 0 || self.starts_sentence(i))?;
        if token.kind == Kind::Word {
            let compound = token.number.filter(|compound| compound.tail == Tail::None)?;
            let hours = compound.value().digits;
            return (0..=24).contains(&hours).then_some(Moment {
                minutes: hours * 60,
                end: i + 1,
                exact: false,
                digits: false,
            });
        }
        let hours = self
            .plain(i)
            .filter(|hours| (0..=24).contains(hours) && token.span.len() <= 2)?;
        let plain = Moment {
            minutes: hours * 60,
            end: i + 1,
            exact: false,
            digits: true,
        };
        let mark = self.token(i + 1).filter(|mark| mark.gap == Gap::None);
        if let Some(minutes) = mark.and_then(|mark| self.minutes_after_letter(mark)) {
            return Some(Moment {
                minutes: hours * 60 + minutes,
                end: i + 2,
                exact: true,
                digits: true,
            });
        }
        let Some(mark) = mark.filter(|mark| matches!(mark.kind, Kind::Mark('.' | ':'))) else {
            return Some(plain);
        };
        let minutes = self
            .token(i + 2)
            .filter(|minutes| minutes.gap == Gap::None && minutes.kind == Kind::Digits);
        let Some(minutes) = minutes else {
            return Some(plain);
        };
        let value = self
            .plain(i + 2)
            .filter(|value| *value < 60 && minutes.span.len() == 2)?;
        let seconds = self
            .token(i + 3)
            .is_some_and(|next| next.gap == Gap::None && next.kind == mark.kind)
            && self
                .token(i + 4)
                .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Digits);
        if seconds || hours * 60 + value > 24 * 60 {
            return None;
        }
        Some(Moment {
            minutes: hours * 60 + value,
            end: i + 3,
            exact: true,
            digits: true,
        })
    }

    /// The minutes of `19u30`, `7h45`, where `token` is the letter with what follows it.
    fn minutes_after_letter(&self, token: &super::token::Token) -> Option<i128> {
        if token.kind != Kind::Name || token.span.len() != 3 {
            return None;
        }
        let (letter, minutes) = token.span.of(self.text).split_at_checked(1)?;
        let hour = self.lexicon.word(letter.as_bytes());
        let known = self.lexicon.sections(hour).has(Section::Clock);
        minutes.parse().ok().filter(|minutes| known && *minutes < 60)
    }

    pub fn clock_word(&self, i: usize) -> Option<(bool, usize)> {
        let token = self.token(i).filter(|token| token.gap != Gap::Line)?;
        if token.is_dash() {
            let (_, at) = self.glue(i);
            return self
                .find(at, Section::Clock)
                .filter(|_| at > i)
                .map(|(_, end)| (true, end));
        }
        if let Some((_, end)) = self.find(i, Section::Clock) {
            return Some((true, end));
        }
        self.find(i, Section::ClockOrHours).map(|(_, end)| (false, end))
    }

    /// Decides whether a moment is a time of day, and of which half of the day.
    fn settle_time(&self, i: usize, moment: Moment) -> Option<(i128, usize)> {
        let colon = self.token(i + 1).is_some_and(|mark| mark.is(':'));
        if let Some((evening, end)) = self.half_of_day(moment.end) {
            return Some((shifted(moment.minutes, evening), end));
        }
        let Some((sure, mut end)) = self.clock_word(moment.end) else {
            let zero = self
                .token(moment.end - 1)
                .is_some_and(|run| run.span.of(self.text).starts_with('0') && run.span.len() == 2);
            let free = moment.exact && colon && (zero || !self.is_score_context(i, moment.end));
            if self.is_bare_hour(i, moment) {
                return Some((moment.minutes, moment.end));
            }
            let letter = self
                .token(moment.end - 1)
                .is_some_and(|last| last.kind == Kind::Name);
            if letter {
                return Some((moment.minutes, moment.end));
            }
            let round = moment.minutes % 5 == 0 || zero || self.follows(i, Section::ClockCues);
            let cued = !self.lexicon.score.contains(&':')
                || self.lexicon.score.len() > 1
                || self.follows(i, Section::ClockCues);
            let named = self.token(moment.end).is_some_and(|next| {
                next.gap == Gap::None
                    && next.kind != Kind::Mark('.')
                    && !matches!(
                        next.kind,
                        Kind::Mark(',' | ')' | ';' | ':' | '?' | '!' | '-' | '–')
                    )
            });
            return (free && round && (cued || moment.minutes >= 600) && !named)
                .then_some((moment.minutes, moment.end));
        };
        let mut minutes = moment.minutes;
        if !moment.exact
            && moment.digits
            && (sure || self.follows(i, Section::ClockCues))
            && let Some(after) = self.token(end).filter(|after| {
                after.kind == Kind::Digits && after.gap == Gap::Space && after.span.len() == 2
            })
            && self.measure(end + 1).is_none()
            && let Some(more) = self.plain(end).filter(|more| *more < 60)
        {
            let _ = after;
            minutes += more;
            end += 1;
        }
        if !moment.exact
            && !moment.digits
            && let Some(more) = self.spelled(end).filter(|more| (1..60).contains(more))
            && self.measure(end + 1).is_none()
            && self.noun(end + 1).is_none()
        {
            minutes += more;
            end += 1;
            return Some((minutes, end));
        }
        let half = self.half_of_day(end);
        if let Some((evening, end)) = half {
            return Some((shifted(minutes, evening), end));
        }
        let cues = if moment.digits {
            Section::ClockCues
        } else {
            Section::AtCues
        };
        let cued = self.follows(i, cues) && moment.minutes < 24 * 60;
        let counts = sure || moment.exact || cued;
        counts.then_some((minutes, end))
    }

    /// `um acht begann`, `at ten.`: an hour in words, where nothing rises by so many.
    fn is_bare_hour(&self, i: usize, moment: Moment) -> bool {
        let moves = [Section::Up, Section::Down, Section::UpLater, Section::DownLater];
        let hour = !moment.exact && !moment.digits && (120..=720).contains(&moment.minutes);
        hour && self.follows(i, Section::AtCues)
            && self.closes_hour(moment.end)
            && !moves.iter().any(|section| self.cue_near(i, *section))
    }

    /// Whether a verb of the past or the end of a sentence stands at `i`.
    fn closes_hour(&self, i: usize) -> bool {
        let Some(next) = self.token(i) else { return true };
        match next.kind {
            Kind::Mark(mark) => next.gap == Gap::None && matches!(mark, '.' | ',' | ';' | '!' | '?'),
            Kind::Word => self.is_past_verb(i),
            _ => false,
        }
    }

    /// `abends`, `p.m.`: whether it is after noon.
    fn half_of_day(&self, i: usize) -> Option<(bool, usize)> {
        if self.token(i)?.gap == Gap::Line {
            return None;
        }
        if let Some((_, end)) = self.find(i, Section::ClockEvening) {
            return Some((true, end));
        }
        self.find(i, Section::ClockMorning).map(|(_, end)| (false, end))
    }

    /// `halb acht`, `half past seven`, `kwart over zes`, `Viertel vor drei`.
    fn half_hour(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.minutes_past(i) {
            return Some(found);
        }
        let (minutes, hour_at) = if let Some((_, after)) = self.find(i, Section::ClockHalf) {
            (if self.lexicon.half_before { -30 } else { 30 }, after)
        } else {
            let (quarter, after) = self.quarter(i)?;
            match (
                self.find(after, Section::ClockPast),
                self.find(after, Section::ClockTo),
            ) {
                (Some((_, after)), _) => (quarter, after),
                (_, Some((_, after))) => (-quarter, after),
                _ => return None,
            }
        };
        let hour = self
            .moment(hour_at)
            .filter(|hour| !hour.exact && (60..=720).contains(&hour.minutes))?;
        if self.is_article(hour_at) || self.find(hour.end, Section::Scales).is_some() {
            return None;
        }
        let closed = self.clock_word(hour.end).map_or(hour.end, |(_, end)| end);
        if closed == hour.end && self.measure(hour.end).is_some() {
            return None;
        }
        let (evening, end) = self.half_of_day(closed).unwrap_or((false, closed));
        let minutes = shifted((hour.minutes + minutes).rem_euclid(1440), evening);
        Some(Found::new(i, end, time(minutes, None)))
    }

    /// `tien over zes`, `fünf vor zwölf`, `ten to six`
    fn minutes_past(&self, i: usize) -> Option<Found> {
        let minutes = self
            .spelled(i)
            .filter(|minutes| matches!(minutes, 5 | 10 | 20 | 25))?;
        let past = self.find(i + 1, Section::ClockPast);
        let (sign, hour_at) = match (past, self.find(i + 1, Section::ClockTo)) {
            (Some((_, after)), _) => (1, after),
            (_, Some((_, after))) => (-1, after),
            _ => return None,
        };
        let hour = self.spelled(hour_at).filter(|hour| (1..=12).contains(hour))?;
        let closed = self.clock_word(hour_at + 1).map_or(hour_at + 1, |(_, end)| end);
        let counted =
            closed == hour_at + 1 && (self.measure(closed).is_some() || self.noun(closed).is_some());
        let range = self.range_mark(i + 1).is_some() && hour > minutes;
        if counted || range {
            return None;
        }
        let (evening, end) = self.half_of_day(closed).unwrap_or((false, closed));
        let moment = shifted((hour * 60 + sign * minutes).rem_euclid(1440), evening);
        Some(Found::new(i, end, time(moment, None)))
    }

    /// The plain number that the word `i` spells.
    fn spelled(&self, i: usize) -> Option<i128> {
        let token = self
            .token(i)
            .filter(|token| token.gap != Gap::Line || self.starts_sentence(i))?;
        let compound = token.number.filter(|compound| compound.tail == Tail::None)?;
        (compound.value().exponent == 0 && !self.is_article(i)).then_some(compound.value().digits)
    }

    fn quarter(&self, i: usize) -> Option<(i128, usize)> {
        let (sense, after) = self.find(i, Section::Parts)?;
        let quarter = sense.number.same_value(super::Decimal::new(25, -2))
            || (sense.code == "part" && sense.number.digits == 4);
        quarter.then_some((15, after))
    }

    /// The score that begins at token `i`: `3:1`, Dutch and English `3-1`.
    pub fn score_at(&self, i: usize) -> Option<Found> {
        let (home, mark, away) = (self.token(i)?, self.token(i + 1)?, self.token(i + 2)?);
        let Kind::Mark(sign) = mark.kind else { return None };
        let glued = mark.gap == Gap::None && away.gap == Gap::None && away.kind == Kind::Digits;
        let spaced =
            sign == ':' && mark.gap == away.gap && away.kind == Kind::Digits && away.gap != Gap::Line;
        if !(glued || spaced) || !self.is_score_mark(sign) {
            return None;
        }
        let zero =
            |token: &super::token::Token| token.span.len() > 1 && token.span.of(self.text).starts_with('0');
        if home.span.len() > 3
            || away.span.len() > 3
            || zero(home)
            || self.continues(i + 3)
            || self.is_chained(i)
        {
            return None;
        }
        let (first, second) = (self.plain(i)?, self.plain(i + 2)?);
        let sport = self.is_score_context(i, i + 3) || self.is_set(i, sign);
        if zero(away)
            || (sign == ':'
                && away.span.len() == 2
                && first < 24
                && second < 60
                && !sport
                && !self.is_handball(first, second))
        {
            return None;
        }
        if sign != ':' && !sport && (second > first || first > 20) && self.is_counted(i + 3) {
            return None;
        }
        if sign != ':' && !sport && (second > first + 1 || first > 20) {
            return None;
        }
        let value = Value::Score {
            home: u32::try_from(first).ok()?,
            away: u32::try_from(second).ok()?,
        };
        Some(Found::new(i, i + 3, value))
    }

    fn is_score_mark(&self, mark: char) -> bool {
        self.lexicon.score.contains(&mark)
    }

    const fn is_handball(&self, first: i128, second: i128) -> bool {
        first >= 20 && second >= 20 && second % 5 != 0
    }

    fn is_counted(&self, i: usize) -> bool {
        self.measure(i).is_some() || self.noun(i).is_some() || self.find(i, Section::Scales).is_some()
    }

    fn is_chained(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        let glued = self.token(i).is_some_and(|token| token.gap == Gap::None);
        glued
            && before.is_some_and(|before| {
                !matches!(
                    before.kind,
                    Kind::Mark('(' | '[' | '/' | ',' | '„' | '"' | '“' | '‘' | '\'')
                )
            })
    }

    /// Whether digits go on after a pair of numbers.
    fn continues(&self, i: usize) -> bool {
        let mark = self.token(i).filter(|mark| mark.gap == Gap::None);
        let digits = self
            .token(i + 1)
            .is_some_and(|digits| digits.gap == Gap::None && digits.kind == Kind::Digits);
        mark.is_some_and(|mark| mark.kind == Kind::Digits || mark.is('%'))
            || (digits
                && mark.is_some_and(|mark| matches!(mark.kind, Kind::Mark('.' | ':' | ',' | '-' | '–'))))
    }

    fn is_score_context(&self, i: usize, end: usize) -> bool {
        let before = (i.saturating_sub(SPORT_REACH)..i)
            .rev()
            .take_while(|place| !self.ends_sentence(*place));
        let after =
            (end..(end + SPORT_REACH).min(self.tokens.len())).take_while(|place| !self.ends_sentence(*place));
        before
            .chain(after)
            .any(|place| self.find(place, Section::ScoreCues).is_some())
    }

    /// `6-4, 3-6 en 7-6`: whether a pair like the one at `i` stands beside it.
    fn is_set(&self, i: usize, mark: char) -> bool {
        let pair = |place: usize| {
            let token = |at: usize, gap: Gap| self.token(at).filter(|token| token.gap == gap);
            token(place, Gap::Space).is_some_and(|run| run.kind == Kind::Digits && run.span.len() <= 2)
                && token(place + 1, Gap::None).is_some_and(|between| between.is(mark))
                && token(place + 2, Gap::None)
                    .is_some_and(|run| run.kind == Kind::Digits && run.span.len() <= 2)
        };
        let joins = |place: usize| {
            self.token(place).is_some_and(|token| token.is(','))
                || self.find(place, Section::And).is_some()
                || self.find(place, Section::FromTo).is_some()
        };
        (joins(i + 3) && pair(i + 4))
            || i.checked_sub(4)
                .is_some_and(|before| joins(before + 3) && pair(before))
    }
}

/// A time of the clock's twelve hours, in the half of the day that it is said to be in.
const fn shifted(minutes: i128, evening: bool) -> i128 {
    let noon = 12 * 60;
    if evening && minutes < noon {
        minutes + noon
    } else {
        minutes
    }
}

fn time(from: i128, to: Option<i128>) -> Value {
    let clock = |minutes: i128| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    Value::Time {
        from: clock(from),
        to: to.map(clock),
    }
}
