//! What neighbouring figures share: the unit and scale that only one of them names.

use super::amount::valued;
use super::lexicon::Section;
use super::measure::Measure;
use super::number::Form;
use super::phrase::Found;
use super::reader::Reader;
use super::token::Gap;
use super::{Amount, Decimal, Value};

/// How many words may stand between a figure and the word that sets another against it.
const AGAINST_REACH: usize = 3;

/// The longest bracket between a number and its unit, in tokens.
const BRACKET_REACH: usize = 8;

impl Reader<'_> {
    /// Gives a bare number the unit that the next figure shares with it: `von 3 auf 4 Prozent`, `3, 5 und 7 Euro`.
    pub fn share_units(&self, found: &mut [Found]) {
        let mut listed = false;
        for later in (1..found.len()).rev() {
            let (before, after) = found.split_at_mut(later);
            let (Some(first), Some(second)) = (before.last_mut(), after.first()) else {
                continue;
            };
            let shared = self.shared(first, second, listed);
            listed = shared.is_some();
            if let Some(value) = shared {
                first.value = value;
            }
        }
    }

    /// What `first` says with the unit of `second`; a comma joins only where `second` is one of a list itself.
    fn shared(&self, first: &Found, second: &Found, listed: bool) -> Option<Value> {
        let Value::Number {
            amount,
            counted: None,
        } = first.value
        else {
            return None;
        };
        // "16- und 17-jährige"
        let hangs = self.token(first.end)?.is_dash() && self.token(first.end)?.gap == Gap::None;
        let word = self
            .find(first.end + usize::from(hangs), Section::FromTo)
            .is_some_and(|(_, end)| end == second.start);
        let comma = first.end + 1 == second.start && self.token(first.end)?.is(',');
        // "a father of three, 42,"
        if !(word || (comma && listed)) || self.person_of(first.start) == Some("parent") {
            return None;
        }
        if let (Value::Time { .. }, Some(time)) = (&second.value, self.time_of_number(first)) {
            return Some(time);
        }
        let part = self.number(first.start)?.form == Form::Part;
        let amount = self.shared_amount(first, second, amount);
        match &second.value {
            _ if part => None,
            Value::Money { currency, .. } => Some(Value::Money { amount, currency }),
            Value::Percent(_) => Some(Value::Percent(amount)),
            Value::PercentagePoint(_) => Some(Value::PercentagePoint(amount)),
            Value::Quantity { unit, .. } => Some(Value::Quantity { amount, unit }),
            Value::Duration { unit, .. } => Some(Value::Duration { amount, unit }),
            _ => None,
        }
    }

    /// Gives bare numbers the scale and unit behind a bracket: `5,1 (Vorjahr: 4,8) Milliarden Euro`.
    pub fn share_over_brackets(&self, found: &mut [Found]) {
        for place in 0..found.len() {
            let Some((first, inner)) = found.get_mut(place..).and_then(<[Found]>::split_first_mut) else {
                return;
            };
            let Some((close, power, measure)) = self.behind_bracket(first) else {
                continue;
            };
            let within = inner.iter_mut().take_while(|inner| inner.end <= close);
            for figure in std::iter::once(first).chain(within) {
                let scaled = match figure.value {
                    Value::Number {
                        amount: Amount { low, high: None },
                        counted: None,
                    } => low.scaled(power),
                    _ => None,
                };
                let value = scaled.and_then(|low| valued(Amount { low, high: None }, measure));
                if let Some(value) = value {
                    figure.value = value;
                }
            }
        }
    }

    /// The bracket's end after a bare number, and the scale and measure that stand behind it.
    fn behind_bracket(&self, found: &Found) -> Option<(usize, i8, Measure)> {
        self.token(found.end)
            .filter(|mark| found.is_bare() && mark.is('('))?;
        let close = (found.end + 1..found.end + BRACKET_REACH)
            .take_while(|place| {
                !self.ends_sentence(*place) || self.token(*place).is_some_and(|mark| mark.is(':'))
            })
            .find(|place| self.token(*place).is_some_and(|mark| mark.is(')')))?;
        let scale = self.find(close + 1, Section::Scales);
        let power = scale.map_or(Some(0), |(sense, _)| i8::try_from(sense.number.digits).ok())?;
        let (measure, _) = self.measure(scale.map_or(close + 1, |(_, end)| end))?;
        Some((close, power, measure))
    }

    /// Gives a bare number the unit of the figure that it stands against: `421 Millionen Euro statt 260 Millionen`.
    pub fn share_back(&self, found: &mut [Found]) {
        for later in 1..found.len() {
            let (before, after) = found.split_at_mut(later);
            let (Some(first), Some(second)) = (before.last(), after.first_mut()) else {
                continue;
            };
            let Value::Number {
                amount,
                counted: None,
            } = second.value
            else {
                continue;
            };
            let against =
                self.stands_against(first.end, second.start) || self.is_in_brackets(first.end, second);
            second.value = match &first.value {
                Value::Money { currency, .. } if against => Value::Money { amount, currency },
                Value::Percent(_) if against => Value::Percent(amount),
                Value::Quantity { unit, .. } if against => Value::Quantity { amount, unit },
                _ => continue,
            };
        }
    }

    /// Whether `statt`, `in plaats van` stands before token `start` and its adjective, at most a few
    /// words after token `end`.
    fn stands_against(&self, end: usize, start: usize) -> bool {
        let comma = self.token(end).is_some_and(|token| token.is(','));
        let exact = self
            .number(start)
            .is_some_and(|number| number.scale != 0 || number.value.exponent < 0);
        (end + usize::from(comma)..=end + AGAINST_REACH)
            .take_while(|place| !self.ends_clause(*place))
            .filter_map(|place| self.find(place, Section::FromTo))
            .any(|(sense, after)| match sense.code {
                "against" => (after..=after + 1).contains(&start),
                // "2,4 Mrd. Euro, nach 2,1 Mrd."
                "after" => exact && after == start,
                _ => false,
            })
    }

    /// Whether a number with decimals is all that brackets hold after token `end`: `2,34 Euro (2,10)`.
    fn is_in_brackets(&self, end: usize, found: &Found) -> bool {
        let bracket = |place: usize, mark: char| self.token(place).is_some_and(|token| token.is(mark));
        let decimals = found.value.amount().is_some_and(|amount| amount.low.exponent < 0);
        decimals && found.start == end + 1 && bracket(end, '(') && bracket(found.end, ')')
    }

    /// A number such as `6.05` read as a time of day, because the one after it is one.
    pub fn time_of_number(&self, found: &Found) -> Option<Value> {
        let (hours, minutes) = found.words(self).split_once(['.', ':'])?;
        let numbers = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
        let fits = minutes.len() == 2 && numbers.0 < 24 && numbers.1 < 60;
        fits.then(|| Value::Time {
            from: format!("{:02}:{:02}", numbers.0, numbers.1),
            to: None,
        })
    }

    /// The amount of a figure with the scale that the next one shares with it: `von 96 auf 41 Millionen`.
    pub fn shared_amount(&self, first: &Found, second: &Found, amount: Amount) -> Amount {
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
}
