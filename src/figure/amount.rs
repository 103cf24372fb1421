//! Numbers with what they measure: sums of money, shares, quantities, durations, and ranges of them.

use super::lexicon::Section;
use super::measure::Measure;
use super::number::{Form, Number};
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind};
use super::{Amount, Decimal, Value};

impl Reader<'_> {
    /// `$12 billion`, `€ 4,2 Mrd.`, `CHF 1'250.50`, and ranges of them.
    pub fn money_first(&self, i: usize) -> Option<Found> {
        let (minus, first) = match self.find(i, Section::Signs) {
            Some((sense, after)) => (sense.number.digits < 0, after),
            None if self.token(i)?.is_dash() && self.token(i + 1)?.gap == Gap::None => (true, i + 1),
            None => (false, i),
        };
        let (code, after) = self.money_before(first)?;
        let mut number = self.number(after)?;
        // "Fr." is the franc, and Friday
        let word = self.token(first)?.kind == Kind::Word;
        if word && (self.clock_word(number.end).is_some() || self.date_at(after).is_some()) {
            return None;
        }
        if minus {
            number.value.digits = -number.value.digits;
        }
        let end = self.price_dash(number.end);
        let second = self.range_mark(end).and_then(|(_, second_at)| {
            let repeated = self.money_before(second_at);
            let number_at = repeated.map_or(second_at, |(_, at)| at);
            let two = self.find(end, Section::FromTo).is_some();
            if repeated.is_some_and(|(other, _)| other != code) || self.is_from_to(i, two, Section::RangeFrom)
            {
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
    pub fn amount(&self, i: usize) -> Option<Found> {
        let number = self.number(i)?;
        self.amount_from(i, number, false)
    }

    /// See the callers.
    pub fn amount_from(&self, start: usize, number: Number, between: bool) -> Option<Found> {
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
    pub fn measured(&self, number: &Number) -> Option<(Measure, usize)> {
        let end = self.price_dash(number.end);
        let end = self.open_end(end).unwrap_or(end);
        let end = self.of_unit(number, end);
        let (measure, end) = self.measure(end)?;
        // "number 113 won"
        let small = number.scale == 0 && number.value.cmp_value(Decimal::new(1000, 0)).is_lt();
        let verb = small && self.find(end - 1, Section::PastTense).is_some();
        (self.fits(number, measure) && !verb).then_some((measure, end))
    }

    /// Skips `of a` in `a quarter of a percentage point`.
    pub fn of_unit(&self, number: &Number, end: usize) -> usize {
        if !matches!(number.form, Form::Part | Form::Words) || number.value.exponent >= 0 {
            return end;
        }
        let of = self
            .find(end, Section::Of)
            .and_then(|(_, after)| self.find(after, Section::Articles));
        of.filter(|(_, after)| self.measure(*after).is_some())
            .map_or(end, |(_, after)| after)
    }

    /// A range whose lower end is read.
    pub fn range_from(
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
        if let Some(found) = self
            .range_to_compound(start, first, at)
            .filter(|_| measure.is_none())
        {
            return Some(found);
        }
        // "40 bis maximal 50 Euro": the hedge says nothing that the range does not
        let hedge = self.find(at, Section::Hedges).filter(|_| joint.is_some());
        let at = hedge.map_or(at, |(_, end)| end);
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
        let degrees = matches!(both, Some(Measure::Unit("Cel" | "[degF]", _)));
        let falls = (degrees || (between && second.value.digits < 0)) && low.cmp_value(second.value).is_gt();
        let (low, top) = if falls {
            (second.value, low)
        } else {
            (low, second.value)
        };
        if low.cmp_value(top).is_ge() {
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
        // "fell by nine to 48", but "by 10 to 15 percent"
        let changed = both.is_none() && self.is_from_to(start, two, Section::Changes);
        if changed || self.is_from_to(start, two, Section::RangeFrom) {
            return None;
        }
        let amount = Amount { low, high: Some(top) };
        let Some(measure) = both else {
            if let Some((_, end)) = self.find_glued(second.end, Section::Times) {
                let value = self.times_value(amount, end);
                let end = self.per(end).map_or(end, |(_, end)| end);
                return Some(Found::new(start, end, value));
            }
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

    /// `drei- bis viermal`, `zwei- bis dreiprozentig`: a range whose upper end is one word with its measure.
    fn range_to_compound(&self, start: usize, first: &Number, at: usize) -> Option<Found> {
        let last = self.token(at)?.number?;
        let amount = Amount {
            low: first.value,
            high: Some(last.value()),
        };
        if first.scale != 0 || first.value.cmp_value(last.value()).is_ge() {
            return None;
        }
        let value = match last.tail {
            Tail::Times => self.times_value(amount, at + 1),
            Tail::Multiple => Value::Multiple(amount),
            Tail::Percent => Value::Percent(amount),
            Tail::Unit(code, factor) => {
                let factor = Decimal::new(i128::from(factor), 0);
                valued(amount, Measure::Unit(code, factor))?
            }
            _ => return None,
        };
        Some(Found::new(start, at + 1, value))
    }

    /// Whether `from A to B` names two figures, because something moves from one to the other; `opening` holds `from`.
    pub fn is_from_to(&self, start: usize, word: bool, opening: Section) -> bool {
        if !word || !self.follows(start, opening) {
            return false;
        }
        let from = start.saturating_sub(8);
        let moving = [Section::Up, Section::Down, Section::UpLater, Section::DownLater];
        (from..start).any(|place| moving.iter().any(|section| self.find(place, *section).is_some()))
    }

    /// `zwischen 200 und 250 Euro`, `tussen de 30 en 35 euro`, `between $5 and $10`.
    pub fn between(&self, i: usize) -> Option<Found> {
        let (_, after) = self.find(i, Section::Between)?;
        if self.token(after)?.gap == Gap::Line {
            return None;
        }
        let range = self.time_at(after).or_else(|| self.date_at(after));
        if let Some(range) = range.filter(|range| range.bound.is_none()) {
            return Some(range);
        }
        let sign = self.money_before(after);
        let at = sign.map_or(after, |(_, at)| at);
        let number = self.number_joined(at, false)?;
        if matches!(number.form, Form::Plain(4)) && self.lone_year(at, None).is_some() {
            return None;
        }
        let mut found = self.amount_from(at, number, true)?;
        found.start = i;
        if let Value::Number {
            amount,
            counted: None,
        } = found.value
            && self.follows(i, Section::AgeCues)
        {
            found.value = Value::Duration { amount, unit: "a" };
        }
        if let Some((currency, _)) = sign
            && let Value::Number { amount, .. } = found.value
        {
            found.value = Value::Money { amount, currency };
        }
        Some(found)
    }

    /// One number with one measure.
    pub fn one_measure(&self, start: usize, number: &Number, measure: Measure, end: usize) -> Option<Found> {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        let found = match measure {
            Measure::Money(code) => self.with_cents(start, number, code, end),
            Measure::Ordinal if self.is_ranked_age(start, end) => {
                Found::new(start, end, unit_value(amount, "a"))
            }
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
                if number.value.exponent >= 0
                    && let Some((half, after)) = self.half_after(end)
                    && self.measure(after).is_none()
                {
                    // "a year and a half", "trois heures et demie"
                    low = low.plus(half)?;
                    end = after;
                }
                if code == "m"
                    && let Some(more) = self.hundredths(number, end)
                {
                    low = low.plus(more)?;
                    end += 1;
                }
                let amount = Amount { low, high: None };
                self.compounded(Found::new(start, end, unit_value(amount, code)))
            }
            Measure::Percent | Measure::Points(_) | Measure::Cents(_) | Measure::Sum(..) => {
                Found::new(start, end, valued(amount, measure)?)
            }
        };
        Some(self.with_per(found))
    }

    /// `1 Meter 92`: two digits after whole metres that measure nothing else.
    fn hundredths(&self, number: &Number, at: usize) -> Option<Decimal> {
        let token = self
            .token(at)
            .filter(|token| token.gap == Gap::Space && token.span.len() == 2)?;
        let whole = number.value.exponent == 0 && (1..=9).contains(&number.value.digits);
        let digits = token.kind == Kind::Digits && self.number(at)?.end == at + 1;
        let free = self.measure(at + 1).is_none() && self.noun(at + 1).is_none();
        (whole && digits && free).then_some(Decimal::new(self.plain(at)?, -2))
    }

    /// `8 Euro 90`, `5 Euro und 50 Cent`.
    pub fn with_cents(&self, start: usize, number: &Number, code: &'static str, end: usize) -> Found {
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
    pub fn compounded(&self, first: Found) -> Found {
        let Some((unit, low)) = first
            .value
            .unit()
            .zip(first.value.amount())
            .map(|(unit, amount)| (unit, amount.low))
        else {
            return first;
        };
        let digits = self
            .token(first.start)
            .is_some_and(|token| token.kind == Kind::Digits);
        let comma = digits
            && self
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

    /// See the callers.
    pub fn compounded_once(&self, found: Found) -> Found {
        if found.value.unit() == Some("min") {
            self.compounded(found)
        } else {
            found
        }
    }

    /// See the callers.
    pub fn with_per(&self, found: Found) -> Found {
        match self.per(found.end) {
            Some((per, end)) if !found.is_bare() => Found {
                per: Some(per),
                end,
                ..found
            },
            _ => found,
        }
    }
}

/// The lower end of a range whose words hang on the upper one's: `zwei- bis dreihundert Millionen`.
pub fn hung(first: &Number, second: &Number) -> Option<Decimal> {
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
pub fn share_scale(first: &Number, second: &Number) -> Option<Decimal> {
    if first.scale != 0 || second.scale == 0 {
        return Some(first.value);
    }
    let mantissa = second.value.scaled(-second.scale)?;
    if first.value.cmp_value(mantissa).is_lt() {
        return first.value.scaled(second.scale);
    }
    Some(first.value)
}

/// One of so many.
pub const fn ratio(part: Decimal, whole: Decimal) -> Value {
    Value::Ratio { part, whole }
}

/// An amount of a unit: a duration where the unit is one of time.
pub fn unit_value(amount: Amount, unit: &'static str) -> Value {
    if matches!(unit, "s" | "min" | "h" | "d" | "wk" | "mo" | "a") {
        Value::Duration { amount, unit }
    } else {
        Value::Quantity { amount, unit }
    }
}

/// One of so many.
pub fn valued(amount: Amount, measure: Measure) -> Option<Value> {
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
        Measure::Points(factor) => Value::PercentagePoint(times(factor)?),
        Measure::Sum(currency, factor) => Value::Money {
            amount: times(factor)?,
            currency,
        },
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
pub fn steps_between(unit: &str, smaller: &str) -> Option<i128> {
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
