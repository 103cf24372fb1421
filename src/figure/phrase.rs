//! The grammar: what stands at a token, the longest reading first.

use super::lexicon::{Section, Sections};
use super::measure::Measure;
use super::movement::Last;
use super::number::vulgar;
use super::reader::Reader;
use super::token::{Gap, Kind, Shape, Token};
use super::{Amount, Bound, Direction, Figure, Value};

/// The sections whose phrases may open a figure, or a trap.
const OPENERS: Sections = Sections::of(&[
    Section::Articles,
    Section::Between,
    Section::ClockHalf,
    Section::CurrencySigns,
    Section::Days,
    Section::DecadeNouns,
    Section::DecadeWords,
    Section::Digits,
    Section::Every,
    Section::Factors,
    Section::Halves,
    Section::Hedges,
    Section::Months,
    Section::Numbers,
    Section::One,
    Section::Parts,
    Section::Periods,
    Section::Scales,
    Section::Signs,
    Section::Traps,
    Section::Units,
    Section::UnitsBefore,
    Section::Weekdays,
    Section::YearHedges,
]);

/// The longest symbol of a unit or currency, in bytes.
const LONGEST_SYMBOL: usize = 6;
/// The sections of words that open a figure only by what follows them: a hedge.
const LEADERS: Sections = Sections::of(&[Section::Hedges, Section::Traps, Section::YearHedges]);
/// The sections whose phrases may open a figure without a hedge.
const STARTERS: Sections = OPENERS.without(LEADERS);

/// A figure among the tokens.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// What it says.
    pub value: Value,
    /// Its hedge.
    pub bound: Option<Bound>,
    /// A rate's denominator.
    pub per: Option<&'static str>,
    /// Which way its own word says that things move.
    pub direction: Option<Direction>,
}

/// What a token leads to.
enum Step {
    /// A figure.
    Figure(Found),
    /// No figure up to this token.
    Skip(usize),
}

impl Found {
    /// A figure without a hedge: exact, or no bound at all for a range.
    pub fn new(start: usize, end: usize, value: Value) -> Self {
        let is_range = match &value {
            Value::Date { to, .. } | Value::Time { to, .. } => to.is_some(),
            other => other.amount().is_some_and(|amount| amount.high.is_some()),
        };
        Self {
            start,
            end,
            value,
            bound: (!is_range).then_some(Bound::Exact),
            per: None,
            direction: None,
        }
    }

    /// Its words.
    pub fn words<'a>(&self, reader: &Reader<'a>) -> &'a str {
        reader.span(self.start, self.end).of(reader.text)
    }

    /// Whether it is a count, or a range of counts, of nothing named.
    pub const fn is_bare(&self) -> bool {
        matches!(self.value, Value::Number { counted: None, .. })
    }
}

/// Reads every figure of a text.
pub fn figures(reader: &Reader<'_>) -> Vec<Figure> {
    let mut found: Vec<Found> = Vec::new();
    let (mut i, mut last) = (0, 0);
    while i < reader.tokens.len() {
        i = match reader.step_at(i, last) {
            Some(Step::Figure(figure)) => {
                let end = figure.end.max(i + 1);
                last = end;
                found.push(figure);
                end
            }
            Some(Step::Skip(end)) => end.max(i + 1),
            None => i + 1,
        };
    }
    reader.share_units(&mut found);
    reader.share_over_brackets(&mut found);
    reader.share_back(&mut found);
    reader.finish(found)
}

impl Reader<'_> {
    /// What stands at `i`; `last` is the token after the figure before.
    fn step_at(&self, i: usize, last: usize) -> Option<Step> {
        let token = self.token(i)?;
        if !token.sections.meets(OPENERS) {
            match token.kind {
                Kind::Word if token.number.is_none() && !self.opens_money(i) => return None,
                Kind::Mark(mark) if !opens_figure(mark) && !token.is_dash() => return None,
                _ => {}
            }
        }
        if let Some((_, end)) = self.find(i, Section::Traps) {
            return Some(Step::Skip(end));
        }
        if let Some(hedged) = self.hedged(i, last).or_else(|| self.hedged_year(i)) {
            return Some(Step::Figure(hedged));
        }
        let leads = token.kind == Kind::Word && token.number.is_none() && !token.sections.meets(STARTERS);
        if (leads && !self.opens_money(i)) || self.is_mere_article(i, token) {
            return None;
        }
        let plus = usize::from(token.is('+') && self.token(i + 1).is_some_and(|next| next.gap == Gap::None));
        if let Some(end) = self
            .serial(i + plus)
            .filter(|_| self.numeric_date(i).or_else(|| self.numeric_month(i)).is_none())
        {
            return Some(Step::Skip(end));
        }
        let Some(found) = self.core(i, None) else {
            return (token.kind == Kind::Digits).then(|| Step::Skip(self.chain_end(i)));
        };
        if self.is_name(&found) {
            return Some(Step::Skip(self.name_end(found.end)));
        }
        Some(Step::Figure(self.with_hedge_after(found)))
    }

    /// Whether `token`, at `i`, is an article before a word that makes no number of it, as most articles are.
    fn is_mere_article(&self, i: usize, token: &Token) -> bool {
        let next = self.token(i + 1).is_some_and(|next| {
            next.kind == Kind::Word
                && next.is_unknown()
                && next.number.is_none()
                && next.span.len() > LONGEST_SYMBOL
        });
        if token.sections.has(Section::Articles) && self.is_part_of_name(i) {
            // "a $1-a-day plan"
            return true;
        }
        next && token.sections.has(Section::Articles)
            && !token.accent
            && !token.sections.has(Section::One)
            && !token.sections.has(Section::Halves)
            && self.find(i + 2, Section::OutOf).is_none()
    }

    /// Whether the word `i` may be a currency's code before its number.
    fn opens_money(&self, i: usize) -> bool {
        let digits = self
            .token(i + 1)
            .is_some_and(|next| next.kind == Kind::Digits || next.is_dash());
        digits && self.money_before(i).is_some()
    }

    /// A figure with the hedge that begins at `i`.
    fn hedged(&self, i: usize, last: usize) -> Option<Found> {
        let (sense, mut at) = self.find(i, Section::Hedges)?;
        let compares = at > i + 1 && i == last && i > 0 && self.find(at - 1, Section::Than).is_some();
        let abbreviation = self.token(i)?.shape == Shape::Upper && !self.starts_sentence(i);
        if abbreviation {
            // "AB 1234" is a number plate
            return None;
        }
        let mut bound = Bound::named(sense.code)?;
        if bound == Bound::MoreThan && self.follows(i, Section::SumNouns) {
            return None;
        }
        if let Some((inner, after)) = self.find(at, Section::Hedges) {
            // "mehr als rund", "bis zu etwa": the outer word decides, unless it says nothing of its own
            if bound == Bound::About {
                bound = Bound::named(inner.code)?;
            }
            at = after;
        }
        if self.token(at)?.gap == Gap::Line {
            return None;
        }
        if let Some(group) = self.age_group(i, at, bound) {
            return Some(group);
        }
        let article = at
            .checked_sub(1)
            .is_some_and(|last| self.find(last, Section::HedgeSkips).is_some());
        if article && self.find(at, Section::Parts).is_some() {
            // "um die Hälfte" is by the half, not about it
            return None;
        }
        let direct = self.core(at, Some(bound));
        let found = direct.or_else(|| {
            let (_, after) = self.find(at, Section::HedgeSkips)?;
            let token = self.token(after).filter(|token| token.gap != Gap::Line)?;
            let counts = token.kind != Kind::Word
                || token.number.is_some()
                || self.find(after, Section::Parts).is_some()
                || self.find(after, Section::Numbers).is_some();
            self.core(after, Some(bound)).filter(|_| counts)
        })?;
        let fits = match &found.value {
            Value::Ordinal(_) | Value::Score { .. } => false,
            Value::Number { amount, counted }
                if self.is_hedged_age(i, *amount, counted.and(found.end.checked_sub(1))) =>
            {
                return Some(self.aged(i, bound, &found, *amount));
            }
            Value::Time { .. } => bound == Bound::About && self.find(i, Section::Toward).is_none(),
            Value::Date { from, relative, .. } => from.len() == 4 && !relative && bound == Bound::About,
            _ => !matches!(found.bound, Some(bound) if bound != Bound::Exact),
        };
        // "8 procent meer dan een jaar terug" compares with another time and hedges nothing
        let then = compares && matches!(found.value, Value::Duration { .. });
        if !fits || then || self.is_name(&found) || self.serial(found.start).is_some() {
            return None;
        }
        Some(Found {
            start: i,
            bound: Some(bound),
            ..found
        })
    }

    /// `um 1900`: about a year, where nothing rises by it.
    fn hedged_year(&self, i: usize) -> Option<Found> {
        let (sense, at) = self.find(i, Section::YearHedges)?;
        let year = self.lone_year(at, Some(Bound::About))?;
        let moves = [Section::Up, Section::Down, Section::UpLater, Section::DownLater];
        let plain = matches!(&year.value, Value::Date { to: None, .. });
        if !plain || moves.iter().any(|section| self.cue_near(i, *section)) {
            return None;
        }
        Some(Found {
            start: i,
            bound: Bound::named(sense.code),
            ..year
        })
    }

    /// `older than 65`, `children under six`
    fn is_hedged_age(&self, i: usize, amount: Amount, noun: Option<usize>) -> bool {
        let lived =
            amount.high.is_none() && (1..=110).contains(&amount.low.digits) && amount.low.exponent == 0;
        let plural = noun.is_some_and(|noun| {
            self.lexicon.capital_nouns || self.lexicon.is_plural(self.folded(noun).as_bytes())
        });
        self.find(i, Section::AgeHedges).is_some() || (lived && !plural && self.follows(i, Section::AgeOf))
    }

    /// `ouder dan 65`, `younger than five`: an age.
    fn aged(&self, start: usize, bound: Bound, found: &Found, amount: Amount) -> Found {
        let end = self.number(found.start).map_or(found.end, |number| number.end);
        let value = Value::Duration { amount, unit: "a" };
        Found {
            bound: Some(bound),
            ..Found::new(start, end, value)
        }
    }

    /// `under-25s`, `over-65s`: people by their age, with the hedge at `start` glued to it.
    fn age_group(&self, start: usize, dash: usize, bound: Bound) -> Option<Found> {
        let glued = |place: usize| self.token(place).filter(|token| token.gap == Gap::None);
        glued(dash).filter(|token| token.is_dash())?;
        glued(dash + 1).filter(|age| age.kind == Kind::Digits && age.span.len() <= 2)?;
        let (Measure::Decade, end) = self.measure(dash + 2)? else {
            return None;
        };
        let low = self.number(dash + 1)?.value;
        let amount = Amount { low, high: None };
        Some(Found {
            bound: Some(bound),
            ..Found::new(start, end, Value::Duration { amount, unit: "a" })
        })
    }

    fn with_hedge_after(&self, found: Found) -> Found {
        let plain = found.bound == Some(Bound::Exact);
        let countable =
            found.value.amount().is_some() && !matches!(found.value, Value::Ordinal(_) | Value::Multiple(_));
        if !plain || !countable || self.token(found.end).is_none_or(|token| token.gap == Gap::Line) {
            return found;
        }
        let number = self.number(self.money_before(found.start).map_or(found.start, |(_, at)| at));
        if number.is_some_and(|number| self.open_end(number.end).is_some()) {
            return Found {
                bound: Some(Bound::AtLeast),
                ..found
            };
        }
        if let Some((sense, end)) = self.find(found.end, Section::HedgesAfter)
            && let Some(bound) = Bound::named(sense.code)
        {
            let hedges_next = self.spells_number(end) || self.money_before(end).is_some();
            return if hedges_next {
                found
            } else {
                Found {
                    end,
                    bound: Some(bound),
                    ..found
                }
            };
        }
        if matches!(found.value, Value::Duration { .. }) {
            return found;
        }
        let verb = self.find(found.end, Section::HedgeVerbs);
        let before = found
            .start
            .checked_sub(1)
            .and_then(|before| self.find(before, Section::HedgeVerbs))
            .filter(|(_, end)| *end == found.start);
        match before.or(verb).and_then(|(sense, _)| Bound::named(sense.code)) {
            Some(bound) => Found {
                bound: Some(bound),
                ..found
            },
            None => found,
        }
    }

    /// The figure at `i` without its hedge; `hedged` where one stands before it.
    fn core(&self, i: usize, hedge: Option<Bound>) -> Option<Found> {
        let token = self.token(i)?;
        if token.kind == Kind::Name {
            return self.date_at(i);
        }
        if token.gap == Gap::None && token.kind == Kind::Digits && self.is_glued_to_name(i) {
            return None;
        }
        if let Some(found) = self
            .between(i)
            .or_else(|| self.every(i))
            .or_else(|| self.digit_range_word(i))
            .or_else(|| self.factor(i))
        {
            return Some(found);
        }
        if let Some(found) = self.date_at(i) {
            return Some(found);
        }
        if let Some(found) = self.stopwatch(i).or_else(|| self.height(i)) {
            return Some(found);
        }
        if token.kind == Kind::Digits
            && let Some(found) = self.score_at(i)
        {
            return Some(self.as_ratio(found));
        }
        if let Some(found) = self.time_at(i) {
            return Some(found);
        }
        if let Some(found) = self.money_first(i) {
            return Some(found);
        }
        if token.kind == Kind::Digits
            && let Some(found) = self.lone_year(i, hedge)
        {
            return Some(found);
        }
        self.odds(i)
            .or_else(|| self.or_so(i))
            .or_else(|| self.unit_before(i))
            .or_else(|| self.ordinal_in_words(i).and_then(|_| self.ordinal_word(i)))
            .or_else(|| self.age(i))
            .or_else(|| self.long_unit(i))
            .or_else(|| self.amount(i))
            .or_else(|| self.ordinal_word(i))
            .or_else(|| self.compound_adjective(i))
    }

    /// The end of a chain of digits and marks that is no number: `17.3.1`, `3456/21`.
    fn chain_end(&self, i: usize) -> usize {
        let mut end = i + 1;
        while self.token(end).is_some_and(|token| {
            token.gap == Gap::None
                && matches!(
                    token.kind,
                    Kind::Digits | Kind::Name | Kind::Mark('.' | '/' | '-' | ':' | ',')
                )
        }) {
            end += 1;
        }
        end
    }

    /// The end of a name's number: all its groups of digits, `Postfach 10 20 30`.
    fn name_end(&self, mut end: usize) -> usize {
        let digits = |place: usize| self.token(place).is_some_and(|token| token.kind == Kind::Digits);
        while end.checked_sub(1).is_some_and(digits)
            && digits(end)
            && self.token(end).is_some_and(|token| token.gap != Gap::Line)
        {
            end += 1;
        }
        let glued = |place: usize| self.token(place).is_some_and(|token| token.gap == Gap::None);
        if digits(end + 1) && glued(end) && glued(end + 1) {
            // "die Boeing 787-9"
            return self.chain_end(end);
        }
        end
    }

    /// The figures of `found`, with their spans and directions.
    fn finish(&self, found: Vec<Found>) -> Vec<Figure> {
        let mut figures = Vec::with_capacity(found.len());
        let starts: Vec<usize> = found.iter().map(|found| found.start).collect();
        let mut last = Last::default();
        for (place, found) in found.into_iter().enumerate() {
            let next = starts.get(place + 1).copied().unwrap_or(self.tokens.len());
            let direction = found.direction.or_else(|| self.direction(&found, last, next));
            // a date or a rank between a verb and its figure parts them as little as any word
            let parts = matches!(found.value, Value::Number { .. })
                || (found.value.unit().is_some() && !matches!(found.value, Value::Duration { .. }));
            if parts {
                last = Last {
                    end: found.end,
                    direction,
                };
            }
            figures.push(Figure {
                span: self.span(found.start, found.end),
                value: found.value,
                bound: found.bound,
                direction,
                per: found.per,
            });
        }
        figures
    }
}

/// Whether a sign that no lexicon knows may open a figure: `+3`, `'96`, `½`.
const fn opens_figure(mark: char) -> bool {
    matches!(mark, '+' | '\'' | '’' | '‘') || vulgar(mark).is_some()
}

impl Bound {
    /// The bound with a name of the contract.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::Exact,
            Self::About,
            Self::MoreThan,
            Self::AtLeast,
            Self::LessThan,
            Self::AtMost,
            Self::Nearly,
        ]
        .into_iter()
        .find(|bound| bound.name() == name)
    }
}
