//! What neighbouring figures share: the unit and scale that only one of them names.

use super::lexicon::Section;
use super::number::Form;
use super::phrase::Found;
use super::reader::Reader;
use super::{Amount, Decimal, Value};

/// How many words may stand between a figure and the word that sets another against it.
const AGAINST_REACH: usize = 3;

impl Reader<'_> {
    /// Gives a bare number the unit that the next figure shares with it: `von 3 auf 4 Prozent`, `3, 5 und 7 Euro`.
    pub fn share_units(&self, found: &mut [Found]) {
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
            // "a father of three, 42,"
            if !joint || self.person_of(first.start) == Some("parent") {
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
            let against = self.stands_against(first.end, second.start);
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
        (end..=end + AGAINST_REACH)
            .take_while(|place| !self.ends_clause(*place))
            .any(|place| {
                self.find(place, Section::FromTo).is_some_and(|(sense, after)| {
                    sense.code == "against" && (after..=after + 1).contains(&start)
                })
            })
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
