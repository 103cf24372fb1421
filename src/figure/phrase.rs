//! The grammar: what stands at a token, the longest reading first.

use super::lexicon::Section;
use super::measure::Measure;
use super::number::{Form, Number};
use super::numeral::Tail;
use super::reader::Reader;
use super::token::{Gap, Kind, Shape};
use super::{Amount, Bound, Decimal, Direction, Figure, Value};

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

    fn words<'a>(&self, reader: &Reader<'a>) -> &'a str {
        reader.span(self.start, self.end).of(reader.text)
    }

    /// Whether it is a count, or a range of counts, of nothing named.
    const fn is_bare(&self) -> bool {
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
    reader.finish(found)
}

impl Reader<'_> {
    /// What stands at `i`; `last` is the token after the figure before.
    fn step_at(&self, i: usize, last: usize) -> Option<Step> {
        let token = self.token(i)?;
        let unknown = token.word == super::lexicon::WordId::NONE && token.number.is_none();
        if token.kind == Kind::Word
            && unknown
            && token.shape != Shape::Upper
            && self.money_before(i).is_none()
        {
            return None;
        }
        if let Some((_, end)) = self.find(i, Section::Traps) {
            return Some(Step::Skip(end));
        }
        if let Some(hedged) = self.hedged(i, last) {
            return Some(Step::Figure(hedged));
        }
        if let Some(end) = self.serial(i) {
            return Some(Step::Skip(end));
        }
        let Some(found) = self.core(i, None) else {
            return (token.kind == Kind::Digits).then(|| Step::Skip(self.chain_end(i)));
        };
        if self.is_name(&found) {
            return Some(Step::Skip(found.end));
        }
        Some(Step::Figure(self.with_hedge_after(found)))
    }

    /// A figure with the hedge that begins at `i`.
    fn hedged(&self, i: usize, last: usize) -> Option<Found> {
        let (sense, mut at) = self.find(i, Section::Hedges)?;
        let compares = at > i + 1 && i == last && i > 0 && self.find(at - 1, Section::Than).is_some();
        let abbreviation = self.token(i)?.shape == Shape::Upper && !self.starts_sentence(i);
        if compares || abbreviation {
            // "8 Prozent mehr als vor einem Jahr" compares, and "AB 1234" is a number plate
            return None;
        }
        let mut bound = Bound::named(sense.code)?;
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
            Value::Number { amount, .. } if self.find(i, Section::AgeHedges).is_some() => {
                return Some(self.aged(i, bound, &found, *amount));
            }
            Value::Time { .. } => bound == Bound::About && self.find(i, Section::Toward).is_none(),
            Value::Date { from, relative, .. } => from.len() == 4 && !relative && bound == Bound::About,
            _ => !matches!(found.bound, Some(bound) if bound != Bound::Exact),
        };
        if !fits || self.is_name(&found) || self.serial(found.start).is_some() {
            return None;
        }
        Some(Found {
            start: i,
            bound: Some(bound),
            ..found
        })
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

    fn with_hedge_after(&self, found: Found) -> Found {
        let plain = found.bound == Some(Bound::Exact);
        let countable =
            found.value.amount().is_some() && !matches!(found.value, Value::Ordinal(_) | Value::Multiple(_));
        if !plain || !countable || self.token(found.end).is_none_or(|token| token.gap == Gap::Line) {
            return found;
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
        if let Some(found) = self.stopwatch(i) {
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
            .or_else(|| self.unit_before(i))
            .or_else(|| self.ordinal_in_words(i).and_then(|_| self.ordinal_word(i)))
            .or_else(|| self.age(i))
            .or_else(|| self.long_unit(i))
            .or_else(|| self.amount(i))
            .or_else(|| self.ordinal_word(i))
            .or_else(|| self.compound_adjective(i))
    }

    /// `$12 billion`, `€ 4,2 Mrd.`, `CHF 1'250.50`, and ranges of them.
    fn money_first(&self, i: usize) -> Option<Found> {
        let (minus, first) = match self.find(i, Section::Signs) {
            Some((sense, after)) => (sense.number.digits < 0, after),
            None if self.token(i)?.is_dash() && self.token(i + 1)?.gap == Gap::None => (true, i + 1),
            None => (false, i),
        };
        let (code, after) = self.money_before(first)?;
        let mut number = self.number(after)?;
        if minus {
            number.value.digits = -number.value.digits;
        }
        let end = self.price_dash(number.end);
        let second = self.range_mark(end).and_then(|(_, second_at)| {
            let repeated = self.money_before(second_at);
            let number_at = repeated.map_or(second_at, |(_, at)| at);
            if repeated.is_some_and(|(other, _)| other != code) {
                return None;
            }
            self.number(number_at)
        });
        let mut end = end;
        let mut amount = Amount {
            low: number.value,
            high: None,
        };
        if let Some(second) = second
            && let Some(shared) = share_scale(&number, &second)
            && shared.cmp_value(second.value).is_lt()
        {
            amount = Amount {
                low: shared,
                high: Some(second.value),
            };
            end = second.end;
        }
        if let Some((Measure::Money(again), after)) = self
            .measure(end)
            .filter(|(measure, _)| *measure == Measure::Money(code))
        {
            let _ = again;
            end = after;
        }
        let found = Found::new(
            i,
            end,
            Value::Money {
                amount,
                currency: code,
            },
        );
        Some(self.with_per(found))
    }

    /// A number with its unit, or a count, or a range of either.
    fn amount(&self, i: usize) -> Option<Found> {
        let number = self.number(i)?;
        self.amount_from(i, number, false)
    }

    fn amount_from(&self, start: usize, number: Number, between: bool) -> Option<Found> {
        let first = self.measured(&number);
        if let Some(range) = self.range_from(start, &number, first, between) {
            return Some(range);
        }
        if between {
            return None;
        }
        match first {
            Some((measure, end)) => self.one_measure(start, &number, measure, end),
            None => self.count(start, &number),
        }
    }

    /// The measure right after a number, with the dash of a price skipped.
    fn measured(&self, number: &Number) -> Option<(Measure, usize)> {
        let end = self.price_dash(number.end);
        let end = self.of_unit(number, end);
        let (measure, end) = self.measure(end)?;
        self.fits(number, measure).then_some((measure, end))
    }

    /// Skips `of a` in `a quarter of a percentage point`.
    fn of_unit(&self, number: &Number, end: usize) -> usize {
        if !matches!(number.form, Form::Part | Form::Words) || number.value.exponent >= 0 {
            return end;
        }
        let of = self
            .find(end, Section::Of)
            .and_then(|(_, after)| self.find(after, Section::Articles));
        of.filter(|(_, after)| self.measure(*after).is_some())
            .map_or(end, |(_, after)| after)
    }

    /// `Jens Altmann, 52,` and `Karl P. (58)`: an age after a name.
    fn age(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let opening = i.checked_sub(1)?;
        let value = match token.kind {
            Kind::Digits => Decimal::new(self.plain(i).filter(|age| (1..=119).contains(age))?, 0),
            _ => token.number.filter(|compound| compound.tail == Tail::None)?.value,
        };
        let closing = self.token(i + 1);
        let bracket =
            self.token(opening)?.is('(') && closing.is_some_and(|mark| mark.is(')') || mark.is(','));
        let comma = self.token(opening)?.is(',')
            && token.gap == Gap::Space
            && closing.is_none_or(|mark| mark.gap == Gap::None && (mark.is(',') || mark.is('.')))
            && self.token(i + 2).is_none_or(|next| next.gap != Gap::None);
        let cued = self.follows(i, Section::AgeCues) || self.second_age(i);
        let relative = comma && self.follows(opening, Section::People);
        let named = relative || ((bracket || comma) && token.kind == Kind::Digits && self.is_person(opening));
        let counted = self.measure(i + 1).is_some();
        if !named && (!cued || counted) {
            return None;
        }
        let amount = Amount {
            low: value,
            high: None,
        };
        Some(Found::new(i, i + 1, Value::Duration { amount, unit: "a" }))
    }

    /// `aged 27 and 31`
    fn second_age(&self, i: usize) -> bool {
        let joined = i
            .checked_sub(1)
            .is_some_and(|and| self.find(and, Section::And).is_some());
        joined
            && i.checked_sub(2)
                .is_some_and(|first| self.plain(first).is_some() && self.follows(first, Section::AgeCues))
    }

    /// Whether the words before token `i` are a person's name: two capitalised words that no lexicon knows.
    fn is_person(&self, i: usize) -> bool {
        let Some(last) = i.checked_sub(1) else {
            return false;
        };
        let stop = self.token(last).is_some_and(|stop| stop.is('.'));
        let Some(last) = (if stop { last.checked_sub(1) } else { Some(last) }) else {
            return false;
        };
        let name = |place: usize| {
            self.token(place)
                .is_some_and(|word| word.kind == Kind::Word && word.is_capital() && word.number.is_none())
        };
        let Some(first) = last.checked_sub(1) else {
            return false;
        };
        name(last) && name(first) && self.token(last).is_some_and(|word| word.gap == Gap::Space)
    }

    /// `die letzte Dekade`, `the past decade`: ten years.
    fn long_unit(&self, i: usize) -> Option<Found> {
        let (sense, end) = self.find(i, Section::Units)?;
        let decade = sense.code == "a" && sense.number.same_value(Decimal::new(10, 0));
        let cued = self.follows(i, Section::DayBefore) || self.follows(i, Section::DayAfter);
        let amount = Amount {
            low: sense.number,
            high: None,
        };
        (decade && cued).then(|| Found::new(i, end, Value::Duration { amount, unit: "a" }))
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

    /// A range whose lower end is read.
    fn range_from(
        &self,
        start: usize,
        first: &Number,
        measure: Option<(Measure, usize)>,
        between: bool,
    ) -> Option<Found> {
        let end = measure.map_or(first.end, |(_, end)| end);
        let joint = if between {
            self.find(end, Section::And)
                .map(|(_, end)| (false, end))
                .or_else(|| self.range_mark(end))
        } else {
            self.range_mark(end)
        };
        let dangling = self
            .token(end)
            .is_some_and(|dash| dash.is_dash() && dash.gap == Gap::None)
            && self.token(end + 1).is_some_and(|next| next.gap == Gap::Space);
        let hanging = self
            .find(end + 1, Section::Range)
            .filter(|_| dangling)
            .map(|(_, end)| (false, end));
        let joint = hanging.or(joint);
        let or = self.find(end, Section::RangeOr).filter(|_| joint.is_none());
        let at = joint.map(|(_, at)| at).or(or.map(|(_, at)| at))?;
        if self.token(at)?.gap == Gap::Line || matches!(first.form, Form::Article) && !between {
            return None;
        }
        let repeated = self.money_before(at);
        let at = repeated.map_or(at, |(_, at)| at);
        let at = if between {
            self.find(at, Section::HedgeSkips).map_or(at, |(_, end)| end)
        } else {
            at
        };
        let second = self.number_joined(at, !between)?;
        if (first.form == Form::Part) != (second.form == Form::Part) {
            return None;
        }
        let last = self.measured(&second);
        let dash = joint.is_some_and(|(dash, _)| dash);
        let both = match (measure, last) {
            (Some((one, _)), Some((other, _))) if one == other => Some(other),
            (Some(_), _) => return None,
            (None, other) => other.map(|(measure, _)| measure),
        };
        let low = if hanging.is_some() {
            hung(first, &second)?
        } else {
            share_scale(first, &second)?
        };
        if low.cmp_value(second.value).is_ge() {
            return None;
        }
        if or.is_some()
            && (!low
                .plus(Decimal::new(1, 0))
                .is_some_and(|next| next.same_value(second.value))
                || first.scale != 0)
        {
            return None;
        }
        let two = joint.is_some() && !dash && self.find(end, Section::FromTo).is_some();
        if self.is_from_to(start, two) {
            return None;
        }
        let amount = Amount {
            low,
            high: Some(second.value),
        };
        let Some(measure) = both else {
            let counted = self.noun(second.end);
            let loose = !between
                && counted.is_none()
                && (or.is_some() || (dash && !matches!(first.form, Form::Words | Form::Grouped)));
            if loose
                && dash
                && self
                    .token(second.end)
                    .is_some_and(|token| token.gap == Gap::None && !matches!(token.kind, Kind::Mark(_)))
            {
                return None;
            }
            if or.is_some() && counted.is_none() {
                return None;
            }
            let end = counted.map_or(second.end, |noun| noun + 1);
            let counted = counted.map(|noun| self.span(noun, noun + 1));
            return Some(Found::new(start, end, Value::Number { amount, counted }));
        };
        let value = valued(amount, measure)?;
        let found = Found::new(start, last.map_or(second.end, |(_, end)| end), value);
        Some(self.with_per(found))
    }

    /// Whether `from A to B` names two figures, because something moves from one to the other.
    fn is_from_to(&self, start: usize, word: bool) -> bool {
        if !word || !self.follows(start, Section::RangeFrom) {
            return false;
        }
        let from = start.saturating_sub(8);
        let moving = [Section::Up, Section::Down, Section::UpLater, Section::DownLater];
        (from..start).any(|place| moving.iter().any(|section| self.find(place, *section).is_some()))
    }

    /// `zwischen 200 und 250 Euro`, `tussen de 30 en 35 euro`, `between $5 and $10`.
    fn between(&self, i: usize) -> Option<Found> {
        let (_, after) = self.find(i, Section::Between)?;
        if self.token(after)?.gap == Gap::Line {
            return None;
        }
        if let Some(time) = self.time_at(after).filter(|time| time.bound.is_none()) {
            return Some(time);
        }
        let sign = self.money_before(after);
        let at = sign.map_or(after, |(_, at)| at);
        let number = self.number_joined(at, false)?;
        if matches!(number.form, Form::Plain(4)) && self.lone_year(at, None).is_some() {
            return None;
        }
        let mut found = self.amount_from(at, number, true)?;
        found.start = i;
        if let Some((currency, _)) = sign
            && let Value::Number { amount, .. } = found.value
        {
            found.value = Value::Money { amount, currency };
        }
        Some(found)
    }

    /// One number with one measure.
    fn one_measure(&self, start: usize, number: &Number, measure: Measure, end: usize) -> Option<Found> {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        let found = match measure {
            Measure::Money(code) => self.with_cents(start, number, code, end),
            Measure::Ordinal => Found::new(start, end, Value::Ordinal(amount)),
            Measure::Multiple => Found::new(start, end, Value::Multiple(amount)),
            Measure::Times => self.times(start, number, end),
            Measure::Decade => return None,
            Measure::Digits => self.digits_figure(start, end, number.value)?,
            Measure::Unit(code, factor) => {
                let mut low = number.value.times(factor)?;
                let mut end = end;
                if matches!(code, "Cel" | "[degF]")
                    && let Some((_, after)) = self.find(end, Section::BelowZero)
                {
                    low.digits = -low.digits.abs();
                    end = after;
                }
                let amount = Amount { low, high: None };
                self.compounded(Found::new(start, end, unit_value(amount, code)))
            }
            Measure::Percent | Measure::Points | Measure::Cents(_) => {
                Found::new(start, end, valued(amount, measure)?)
            }
        };
        Some(self.with_per(found))
    }

    /// `8 Euro 90`, `5 Euro und 50 Cent`.
    fn with_cents(&self, start: usize, number: &Number, code: &'static str, end: usize) -> Found {
        let money = |low, end| {
            let amount = Amount { low, high: None };
            Found::new(
                start,
                end,
                Value::Money {
                    amount,
                    currency: code,
                },
            )
        };
        let plain = money(number.value, end);
        if number.value.exponent != 0 || number.scale != 0 {
            return plain;
        }
        let at = self.find(end, Section::And).map_or(end, |(_, after)| after);
        let Some(token) = self.token(at).filter(|token| token.gap == Gap::Space) else {
            return plain;
        };
        let Some(more) = self
            .number(at)
            .filter(|more| more.value.exponent == 0 && (0..100).contains(&more.value.digits))
        else {
            return plain;
        };
        let named = matches!(self.measure(more.end), Some((Measure::Cents(_), _)));
        let digits = token.kind == Kind::Digits && token.span.len() == 2;
        let words = token.kind == Kind::Word && number.form == Form::Words && more.value.digits >= 10;
        let bare = (digits || words)
            && at == end
            && self.measure(more.end).is_none()
            && self.noun(more.end).is_none()
            && more.end == at + 1;
        let last = match self.measure(more.end) {
            Some((_, last)) if named => last,
            _ if bare => more.end,
            _ => return plain,
        };
        let cents = Decimal::new(more.value.digits, -2);
        number.value.plus(cents).map_or(plain, |sum| money(sum, last))
    }

    /// `vier Jahre und sechs Monate`, `5 feet 10 inches`: in the smaller unit.
    fn compounded(&self, first: Found) -> Found {
        let Some((unit, low)) = first
            .value
            .unit()
            .zip(first.value.amount())
            .map(|(unit, amount)| (unit, amount.low))
        else {
            return first;
        };
        let comma = self
            .token(first.end)
            .is_some_and(|token| token.is(',') && token.gap == Gap::None);
        let at = self
            .find(first.end, Section::And)
            .map_or(first.end + usize::from(comma), |(_, after)| after);
        let second = self
            .token(at)
            .filter(|token| token.gap == Gap::Space)
            .and_then(|_| self.number_joined(at, false))
            .and_then(|number| Some((number, self.measure(number.end)?)));
        let Some((number, (Measure::Unit(smaller, factor), end))) = second else {
            return first;
        };
        let Some(size) = steps_between(unit, smaller) else {
            return first;
        };
        let sum = low
            .times(Decimal::new(size, 0))
            .and_then(|larger| larger.plus(number.value.times(factor)?));
        let Some(low) = sum else { return first };
        let value = unit_value(Amount { low, high: None }, smaller);
        let found = Found { end, value, ..first };
        if steps_between(smaller, "s").is_some() || smaller == "s" {
            self.compounded_once(found)
        } else {
            found
        }
    }

    fn compounded_once(&self, found: Found) -> Found {
        if found.value.unit() == Some("min") {
            self.compounded(found)
        } else {
            found
        }
    }

    fn with_per(&self, found: Found) -> Found {
        match self.per(found.end) {
            Some((per, end)) if !found.is_bare() => Found {
                per: Some(per),
                end,
                ..found
            },
            _ => found,
        }
    }

    /// `27:41 Minuten`, `2:30 Stunden`: in the smaller unit.
    fn stopwatch(&self, i: usize) -> Option<Found> {
        let mark = self.token(i + 1).filter(|mark| mark.gap == Gap::None)?;
        let small = self
            .token(i + 2)
            .filter(|small| small.gap == Gap::None && small.span.len() == 2)?;
        let foreign = mark.is('.') && self.lexicon.decimal != '.';
        if !(mark.is(':') || foreign) || small.kind != Kind::Digits {
            return None;
        }
        let (large, small) = (self.plain(i)?, self.plain(i + 2).filter(|small| *small < 60)?);
        let (Measure::Unit(code, factor), end) = self.measure(i + 3)? else {
            return None;
        };
        let unit = match code {
            "min" => "s",
            "h" if mark.is(':') => "min",
            _ => return None,
        };
        if !factor.same_value(Decimal::new(1, 0)) || self.find(i + 3, Section::ClockOrHours).is_some() {
            return None;
        }
        let amount = Amount {
            low: Decimal::new(large * 60 + small, 0),
            high: None,
        };
        Some(Found::new(i, end, unit_value(amount, unit)))
    }

    /// `Tempo 70`: a number whose unit stands before it.
    fn unit_before(&self, i: usize) -> Option<Found> {
        let (sense, after) = self.find(i, Section::UnitsBefore)?;
        let number = self
            .number(after)
            .filter(|number| matches!(number.form, Form::Plain(_)))?;
        let amount = Amount {
            low: number.value,
            high: None,
        };
        Some(Found::new(i, number.end, unit_value(amount, sense.code)))
    }

    /// `dreimal so hoch` is a factor, `dreimal` a count.
    fn times(&self, start: usize, number: &Number, end: usize) -> Found {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        let than = self.find(end + 1, Section::Than).is_some()
            && self.token(end).is_some_and(|word| word.gap == Gap::Space);
        let factor = than || number.value.exponent < 0 || self.find(end, Section::Comparatives).is_some();
        let value = if factor {
            Value::Multiple(amount)
        } else {
            Value::Number {
                amount,
                counted: None,
            }
        };
        Found::new(start, end, value)
    }

    /// A plain count, an ordinal in digits, or nothing.
    fn count(&self, start: usize, number: &Number) -> Option<Found> {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        if let Some((_, end)) = self.find_glued(number.end, Section::Times)
            && number.form != Form::Article
        {
            return Some(self.times(start, number, end));
        }
        if matches!(number.form, Form::Plain(_) | Form::Grouped) && self.is_stop_ordinal(start, number.end) {
            return Some(Found::new(start, number.end + 1, Value::Ordinal(amount)));
        }
        let zeros = matches!(number.form, Form::Plain(length) if length > 1)
            && self.token(start)?.span.of(self.text).starts_with('0');
        if zeros || matches!(number.form, Form::Article) {
            return None;
        }
        if number.form == Form::Foreign && self.lexicon.stop_ordinals {
            return None;
        }
        if self.is_file_number(number) {
            return None;
        }
        let glued = self.token(number.end).is_some_and(|next| {
            next.gap == Gap::None && (matches!(next.kind, Kind::Word | Kind::Name) || next.is('_'))
        });
        let number_word = matches!(number.form, Form::Words | Form::Part);
        if glued && !number_word {
            return None;
        }
        let noun = self.noun(number.end).filter(|_| number.form != Form::Part);
        let end = noun.map_or(number.end, |noun| noun + 1);
        let counted = noun.map(|noun| self.span(noun, noun + 1));
        Some(Found::new(start, end, Value::Number { amount, counted }))
    }

    /// `3456/21`
    fn is_file_number(&self, number: &Number) -> bool {
        let slash = self
            .token(number.end)
            .is_some_and(|slash| slash.is('/') && slash.gap == Gap::None);
        slash
            && self
                .token(number.end + 1)
                .is_some_and(|next| next.kind == Kind::Digits && next.gap == Gap::None)
    }

    /// Whether a full stop after digits makes an ordinal: `der 89. Minute`, not `gewann 25. Der`.
    fn is_stop_ordinal(&self, start: usize, stop: usize) -> bool {
        let glued = self
            .token(stop)
            .is_some_and(|mark| mark.is('.') && mark.gap == Gap::None);
        let Some(next) = self.token(stop + 1) else {
            return false;
        };
        if !self.lexicon.stop_ordinals || !glued || next.gap != Gap::Space || next.kind != Kind::Word {
            return false;
        }
        !next.is_capital() || self.follows(start, Section::OrdinalCues)
    }

    /// `twenty-first`, `one hundred and third`: number words that end in an ordinal.
    fn ordinal_in_words(&self, i: usize) -> Option<(Decimal, usize)> {
        let token = self.token(i).filter(|token| token.kind == Kind::Word)?;
        token.number.filter(|compound| compound.tail == Tail::None)?;
        let number = self.number(i).filter(|number| number.value.exponent == 0)?;
        let (dash, at) = self.glue(number.end);
        let joined = self.find(at, Section::And);
        let at = joined.map_or(at, |(_, after)| after);
        let last = self.token(at).filter(|last| last.gap != Gap::Line)?;
        let ordinal = last.number.filter(|compound| compound.tail == Tail::Ordinal)?;
        let close = dash || joined.is_some() || ordinal.value.digits >= 100;
        let value =
            super::number::joined_value(number.value.digits, ordinal.value.digits, joined.is_some(), dash)?;
        close.then_some((Decimal::new(value, 0), at + 1))
    }

    /// `dritte`, `einundzwanzigste`, `21st` spelled out.
    fn ordinal_word(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        if let Some((value, end)) = self.ordinal_in_words(i) {
            let amount = Amount {
                low: value,
                high: None,
            };
            return Some(Found::new(i, end, Value::Ordinal(amount)));
        }
        let compound = token.number.filter(|compound| compound.tail == Tail::Ordinal)?;
        let next = self.token(i + 1).filter(|next| next.gap != Gap::Line);
        let capital = token.is_capital() && !self.starts_sentence(i);
        if capital {
            let name = next
                .is_some_and(|next| next.kind == Kind::Word && next.is_capital() && next.gap == Gap::Space);
            let article = self.follows(i, Section::OrdinalCues) || self.follows(i, Section::Every);
            if name || (self.lexicon.capital_nouns && !article) {
                return None;
            }
        }
        let unit_seconds = self.find(i, Section::Units).is_some() && self.follows(i, Section::Per);
        if unit_seconds || (token.is_capital() && next.is_some_and(|next| next.is(','))) {
            return None;
        }
        let amount = Amount {
            low: compound.value,
            high: None,
        };
        Some(Found::new(i, i + 1, Value::Ordinal(amount)))
    }

    /// `zwanzigprozentig`, `zwölfjährig`, `driedaagse`, `zweifach`, `dreimal`.
    fn compound_adjective(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let compound = token.number?;
        if token.is_capital() && !self.lexicon.capital_nouns && !self.starts_sentence(i) {
            return None;
        }
        let amount = Amount {
            low: compound.value,
            high: None,
        };
        let number = Number {
            start: i,
            end: i + 1,
            value: compound.value,
            form: Form::Words,
            scale: 0,
        };
        let one = compound.value.same_value(Decimal::new(1, 0));
        match compound.tail {
            Tail::Multiple if !one => Some(Found::new(i, i + 1, Value::Multiple(amount))),
            Tail::Times if !one => Some(self.times(i, &number, i + 1)),
            Tail::Digits => self.digits_figure(i, i + 1, compound.value),
            Tail::Percent => Some(Found::new(i, i + 1, Value::Percent(amount))),
            Tail::Unit(code, factor) => {
                let amount = Amount {
                    low: compound.value.times(factor)?,
                    high: None,
                };
                Some(Found::new(i, i + 1, unit_value(amount, code)))
            }
            _ => None,
        }
    }

    /// `zweistellig`, `dubbele cijfers`: a range, in percent where things grow.
    fn digit_range_word(&self, i: usize) -> Option<Found> {
        let (sense, end) = self.find(i, Section::Digits)?;
        let count = u32::try_from(sense.number.to_string().len()).ok()?;
        self.digits_figure(i, end, Decimal::new(i128::from(count), 0))
    }

    fn digits_figure(&self, start: usize, end: usize, digits: Decimal) -> Option<Found> {
        let digits = u32::try_from(digits.digits)
            .ok()
            .filter(|digits| (1..=12).contains(digits))?;
        let scale = self.find(end, Section::Scales);
        let power = scale
            .and_then(|(sense, _)| i8::try_from(sense.number.digits).ok())
            .unwrap_or(0);
        let low = Decimal::new(10i128.pow(digits - 1), power);
        let high = Decimal::new(10i128.pow(digits) - 1, power);
        let amount = Amount {
            low,
            high: Some(high),
        };
        let end = scale.map_or(end, |(_, end)| end);
        if let Some((measure, after)) = self.measure(end) {
            return Some(Found::new(start, after, valued(amount, measure)?));
        }
        let value = if scale.is_none()
            && (self.cue_near(start, Section::Growth) || self.cue_near(start, Section::Up))
        {
            Value::Percent(amount)
        } else {
            Value::Number {
                amount,
                counted: None,
            }
        };
        Some(Found::new(start, end, value))
    }

    /// `verdoppelt`, `halbiert`, `twice`.
    fn factor(&self, i: usize) -> Option<Found> {
        let (sense, end) = self.find(i, Section::Factors)?;
        let amount = Amount {
            low: sense.number,
            high: None,
        };
        let found = Found::new(i, end, Value::Multiple(amount));
        let direction = match sense.code {
            "up" => Some(Direction::Up),
            "down" => Some(Direction::Down),
            _ => None,
        };
        Some(Found { direction, ..found })
    }

    /// `jeder dritte Haushalt`, `every third`: one of so many.
    fn every(&self, i: usize) -> Option<Found> {
        let (_, after) = self.find(i, Section::Every)?;
        let token = self.token(after).filter(|token| token.gap != Gap::Line)?;
        let (whole, end) = match token.number {
            Some(compound) if compound.tail == Tail::Ordinal => (compound.value, after + 1),
            _ => {
                let number = self.digits_ordinal(after)?;
                (number.0, number.1)
            }
        };
        (whole.digits >= 2).then(|| Found::new(i, end, ratio(Decimal::new(1, 0), whole)))
    }

    fn digits_ordinal(&self, i: usize) -> Option<(Decimal, usize)> {
        let value = Decimal::new(self.plain(i)?, 0);
        let next = self.token(i + 1).filter(|next| next.gap == Gap::None)?;
        if next.is('.')
            && self.lexicon.stop_ordinals
            && self.token(i + 2).is_some_and(|noun| noun.gap == Gap::Space)
        {
            return Some((value, i + 2));
        }
        match self.measure(i + 1) {
            Some((Measure::Ordinal, end)) => Some((value, end)),
            _ => None,
        }
    }

    /// `1 op de 3`, `einer von drei`, `one in five`, `nine out of ten`.
    fn odds(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let article = token.word != super::lexicon::WordId::NONE
            && (self.find(i, Section::Articles).is_some() || self.find(i, Section::One).is_some());
        let (part, end) = if article {
            (Decimal::new(1, 0), i + 1)
        } else {
            let number = self
                .number(i)
                .filter(|number| number.scale == 0 && number.value.exponent == 0)?;
            (number.value, number.end)
        };
        let (sense, after) = self.find(end, Section::OutOf)?;
        let token = self.token(after).filter(|token| token.gap != Gap::Line)?;
        let spelled = token.kind == Kind::Digits
            || token.number.is_some()
            || self.find(after, Section::Articles).is_some();
        if !spelled {
            return None;
        }
        let whole = self
            .number_joined(after, false)
            .filter(|whole| whole.value.exponent >= 0)?;
        let sure = sense.code == "sure";
        let round = matches!(
            whole.value.digits,
            2..=10 | 12 | 20 | 50 | 100 | 1000 | 10000 | 100_000
        );
        let year = matches!(whole.form, Form::Plain(4));
        let round = round || (article && whole.form != Form::Words);
        let larger = part.cmp_value(whole.value).is_lt();
        let measured = self.measured(&whole).is_some();
        if !larger || !(sure || round) || year || measured || part.digits < 1 {
            return None;
        }
        Some(Found::new(i, whole.end, ratio(part, whole.value)))
    }

    /// A pair with a colon that is a ratio by the words around it: `im Verhältnis 1:3`.
    fn as_ratio(&self, found: Found) -> Found {
        let Value::Score { home, away } = found.value else {
            return found;
        };
        let cued = (found.start.saturating_sub(4)..found.start)
            .any(|place| self.find(place, Section::RatioCues).is_some());
        if !cued {
            return found;
        }
        let number = |value: u32| Decimal::new(i128::from(value), 0);
        let value = ratio(number(home), number(away));
        Found { value, ..found }
    }

    /// Gives a bare number the unit that the next figure shares with it: `von 3 auf 4 Prozent`, `3, 5 und 7 Euro`.
    fn share_units(&self, found: &mut [Found]) {
        for later in (1..found.len()).rev() {
            let (before, after) = found.split_at_mut(later);
            let (Some(first), Some(second)) = (before.last_mut(), after.first()) else {
                continue;
            };
            let Value::Number {
                amount,
                counted: None,
            } = first.value
            else {
                continue;
            };
            let joint = self
                .find(first.end, Section::FromTo)
                .is_some_and(|(_, end)| end == second.start)
                || (first.end + 1 == second.start
                    && self.token(first.end).is_some_and(|comma| comma.is(',')));
            if !joint {
                continue;
            }
            let amount = self.shared_amount(first, second, amount);
            if let (Value::Time { .. }, Some(time)) = (&second.value, self.time_of_number(first)) {
                first.value = time;
                continue;
            }
            let shared = match &second.value {
                Value::Money { currency, .. } => Value::Money { amount, currency },
                Value::Percent(_) => Value::Percent(amount),
                Value::PercentagePoint(_) => Value::PercentagePoint(amount),
                Value::Quantity { unit, .. } => Value::Quantity { amount, unit },
                Value::Duration { unit, .. } => Value::Duration { amount, unit },
                _ => continue,
            };
            let written = self
                .number(first.start)
                .filter(|number| number.form != Form::Part);
            if written.is_some() {
                first.value = shared;
            }
        }
    }

    /// A number such as `6.05` read as a time of day, because the one after it is one.
    fn time_of_number(&self, found: &Found) -> Option<Value> {
        let (hours, minutes) = found.words(self).split_once(['.', ':'])?;
        let numbers = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
        let fits = minutes.len() == 2 && numbers.0 < 24 && numbers.1 < 60;
        fits.then(|| Value::Time {
            from: format!("{:02}:{:02}", numbers.0, numbers.1),
            to: None,
        })
    }

    /// The amount of a figure with the scale that the next one shares with it: `von 96 auf 41 Millionen`.
    fn shared_amount(&self, first: &Found, second: &Found, amount: Amount) -> Amount {
        let own = self
            .number(first.start)
            .filter(|number| number.scale == 0 && number.value.cmp_value(Decimal::new(1000, 0)).is_lt());
        let place = self.money_before(second.start).map_or(second.start, |(_, at)| at);
        let scale = self.number(place).map_or(0, |number| number.scale);
        match (own, amount.low.scaled(scale)) {
            (Some(_), Some(low)) if amount.high.is_none() => Amount { low, high: None },
            _ => amount,
        }
    }

    /// The figures of `found`, with their spans and directions.
    fn finish(&self, found: Vec<Found>) -> Vec<Figure> {
        let mut figures = Vec::with_capacity(found.len());
        let mut last = 0;
        for found in found {
            let direction = found.direction.or_else(|| self.direction(&found, last));
            last = found.end;
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

/// The lower end of a range whose words hang on the upper one's: `zwei- bis dreihundert Millionen`.
fn hung(first: &Number, second: &Number) -> Option<Decimal> {
    let mut mantissa = second.value.scaled(-second.scale)?.normalized();
    // "zehn- bis zwölftausend": the word for a thousand or a hundred is the upper end's
    let power = match mantissa.exponent {
        2 => 2,
        3.. => 3,
        _ => 0,
    };
    mantissa.exponent -= power;
    let low = first.value.scaled(power)?.scaled(second.scale)?;
    first.value.cmp_value(mantissa).is_lt().then_some(low)
}

/// The lower end of a range with the scale of the upper one, where they share it: `60 bis 75 Millionen`.
fn share_scale(first: &Number, second: &Number) -> Option<Decimal> {
    if first.scale != 0 || second.scale == 0 {
        return Some(first.value);
    }
    let mantissa = second.value.scaled(-second.scale)?;
    if first.value.cmp_value(mantissa).is_lt() {
        return first.value.scaled(second.scale);
    }
    Some(first.value)
}

const fn ratio(part: Decimal, whole: Decimal) -> Value {
    Value::Ratio { part, whole }
}

/// An amount of a unit: a duration where the unit is one of time.
fn unit_value(amount: Amount, unit: &'static str) -> Value {
    if matches!(unit, "s" | "min" | "h" | "d" | "wk" | "mo" | "a") {
        Value::Duration { amount, unit }
    } else {
        Value::Quantity { amount, unit }
    }
}

fn valued(amount: Amount, measure: Measure) -> Option<Value> {
    let times = |factor: Decimal| {
        let high = match amount.high {
            Some(high) => Some(high.times(factor)?),
            None => None,
        };
        Some(Amount {
            low: amount.low.times(factor)?,
            high,
        })
    };
    Some(match measure {
        Measure::Money(currency) => Value::Money { amount, currency },
        Measure::Cents(currency) => Value::Money {
            amount: times(Decimal::new(1, -2))?,
            currency,
        },
        Measure::Percent => Value::Percent(amount),
        Measure::Points => Value::PercentagePoint(amount),
        Measure::Unit(code, factor) => unit_value(times(factor)?, code),
        Measure::Multiple => Value::Multiple(amount),
        Measure::Times => Value::Number {
            amount,
            counted: None,
        },
        Measure::Ordinal => Value::Ordinal(amount),
        Measure::Digits | Measure::Decade => return None,
    })
}

/// How many of `smaller` make one of `unit`, for units that are named together.
fn steps_between(unit: &str, smaller: &str) -> Option<i128> {
    Some(match (unit, smaller) {
        ("a", "mo") => 12,
        ("wk", "d") => 7,
        ("d", "h") => 24,
        ("d", "min") => 1440,
        ("h", "min") | ("min", "s") => 60,
        ("h", "s") => 3600,
        ("[ft_i]", "[in_i]") => 12,
        ("[lb_av]", "[oz_av]") => 16,
        ("[stone_av]", "[lb_av]") => 14,
        ("m", "cm") => 100,
        ("km", "m") | ("kg", "g") => 1000,
        _ => return None,
    })
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
