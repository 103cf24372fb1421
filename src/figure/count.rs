//! Counts, ranks, factors, ratios and ages: numbers that have no unit of their own.

use super::amount::{ratio, unit_value, valued};
use super::lexicon::Section;
use super::measure::Measure;
use super::number::{Form, Number};
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::stack::joined_value;
use super::token::{Gap, Kind, Shape};
use super::{Amount, Bound, Decimal, Direction, Value};

impl Reader<'_> {
    /// `27:41 Minuten`, `2:30 Stunden`: in the smaller unit.
    pub fn stopwatch(&self, i: usize) -> Option<Found> {
        let mark = self.token(i + 1).filter(|mark| mark.gap == Gap::None)?;
        let small = self
            .token(i + 2)
            .filter(|small| small.gap == Gap::None && small.span.len() == 2)?;
        let foreign = mark.is('.') && self.lexicon.decimal != '.';
        if !(mark.is(':') || foreign) || small.kind != Kind::Digits {
            return None;
        }
        let (large, small) = (self.plain(i)?, self.plain(i + 2).filter(|small| *small < 60)?);
        let part = self
            .token(i + 4)
            .filter(|part| part.gap == Gap::None && part.kind == Kind::Digits);
        let part = part.filter(|part| {
            let mark = self.token(i + 3);
            part.span.len() <= 3
                && mark.is_some_and(|mark| mark.gap == Gap::None && (mark.is(',') || mark.is('.')))
        });
        let at = if part.is_some() { i + 5 } else { i + 3 };
        let (Measure::Unit(code, factor), end) = self.measure(at)? else {
            return None;
        };
        let unit = match code {
            "min" => "s",
            "h" if mark.is(':') => "min",
            _ => return None,
        };
        if !factor.same_value(Decimal::new(1, 0)) || self.find(at, Section::ClockOrHours).is_some() {
            return None;
        }
        let mut low = Decimal::new(large * 60 + small, 0);
        if let Some(part) = part {
            let places = i8::try_from(part.span.len()).ok()?;
            low = low.plus(Decimal::new(self.plain(i + 4)?, -places))?;
        }
        let amount = Amount { low, high: None };
        Some(Found::new(i, end, unit_value(amount, unit)))
    }

    /// `een jaar of tien` is about ten years, `a day or two` one or two.
    pub fn or_so(&self, i: usize) -> Option<Found> {
        let (_, at) = self.find(i, Section::Articles)?;
        let (measure, end) = self.measure(at)?;
        let (_, after) = self.find(end, Section::RangeOr)?;
        let number = self
            .number_joined(after, false)
            .filter(|number| number.value.exponent == 0)?;
        let counted = self.noun(number.end).is_some_and(|noun| {
            self.lexicon.capital_nouns || self.lexicon.is_plural(self.folded(noun).as_bytes())
        });
        if self.measure(number.end).is_some() || counted || number.value.digits < 2 {
            return None;
        }
        let two = number.value.digits == 2;
        let amount = if two {
            Amount {
                low: Decimal::new(1, 0),
                high: Some(number.value),
            }
        } else {
            Amount {
                low: number.value,
                high: None,
            }
        };
        let bound = (!two).then_some(Bound::About);
        Some(Found {
            bound,
            ..Found::new(i, number.end, valued(amount, measure)?)
        })
    }

    /// `Tempo 70`, `Faktor zehn`: a number whose unit stands before it.
    pub fn unit_before(&self, i: usize) -> Option<Found> {
        let (sense, after) = self.find(i, Section::UnitsBefore)?;
        let number = self
            .number(after)
            .filter(|number| matches!(number.form, Form::Plain(_) | Form::Fractional | Form::Words))?;
        let amount = Amount {
            low: number.value,
            high: None,
        };
        let value = match sense.code {
            "times" => Value::Multiple(amount),
            unit => unit_value(amount, unit),
        };
        Some(Found::new(i, number.end, value))
    }

    /// `dreimal so hoch` is a factor, `dreimal` a count.
    pub fn times(&self, start: usize, number: &Number, end: usize) -> Found {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        Found::new(start, end, self.times_value(amount, end))
    }

    /// So many times: a factor where a comparison follows at `end`, else a count.
    pub fn times_value(&self, amount: Amount, end: usize) -> Value {
        let than = self.find(end + 1, Section::Than).is_some()
            && self.token(end).is_some_and(|word| word.gap == Gap::Space);
        if than || amount.low.exponent < 0 || self.find(end, Section::Comparatives).is_some() {
            return Value::Multiple(amount);
        }
        Value::Number {
            amount,
            counted: None,
        }
    }

    /// A plain count, an ordinal in digits, or nothing.
    pub fn count(&self, start: usize, number: &Number) -> Option<Found> {
        let amount = Amount {
            low: number.value,
            high: None,
        };
        if let Some((_, end)) = self.find_glued(number.end, Section::Times)
            && number.form != Form::Article
        {
            let times = self.times(start, number, end);
            let per = self.per(end);
            return Some(match per {
                Some((unit, end)) => Found {
                    end,
                    per: Some(unit),
                    ..times
                },
                None => times,
            });
        }
        if matches!(number.form, Form::Plain(_) | Form::Grouped) && self.is_stop_ordinal(start, number.end) {
            return Some(Found::new(start, number.end + 1, Value::Ordinal(amount)));
        }
        // "all-in-one"
        let joined = matches!(number.form, Form::Words)
            && self.token(start)?.gap == Gap::None
            && start.checked_sub(2).is_some_and(|before| {
                self.token(start - 1)
                    .is_some_and(|dash| dash.is_dash() && dash.gap == Gap::None)
                    && self
                        .token(before)
                        .is_some_and(|word| word.kind == Kind::Word && word.number.is_none())
            });
        if joined {
            return None;
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
        if self.opens_name(number) {
            return None;
        }
        let number_word = matches!(number.form, Form::Words | Form::Part);
        if glued && !number_word {
            return None;
        }
        let end = self.open_end(number.end).unwrap_or(number.end);
        let noun = self.noun(end).filter(|_| number.form != Form::Part);
        let end = noun.map_or(end, |noun| noun + 1);
        let counted = noun.map(|noun| self.span(noun, noun + 1));
        let found = Found::new(start, end, Value::Number { amount, counted });
        let rate = self
            .per(end)
            .filter(|(unit, _)| counted.is_some() && matches!(*unit, "1" | "h" | "d" | "wk" | "mo" | "a"));
        Some(rate.map_or(found.clone(), |(unit, end)| Found {
            end,
            per: Some(unit),
            ..found
        }))
    }

    /// `5-HT`, `3-D`, `2.0-versie`: digits that a hyphen makes the beginning of a name.
    fn opens_name(&self, number: &Number) -> bool {
        let (dash, at) = self.glue(number.end);
        let short = self
            .token(at)
            .is_some_and(|word| word.span.len() == 1 || (word.shape == Shape::Upper && word.span.len() <= 3));
        let digits = !matches!(number.form, Form::Words | Form::Part);
        dash && digits
            && ((short && self.token(at).is_some_and(|word| word.is_capital()))
                || number.form == Form::Foreign)
    }

    /// `3456/21`
    pub fn is_file_number(&self, number: &Number) -> bool {
        let slash = self
            .token(number.end)
            .is_some_and(|slash| slash.is('/') && slash.gap == Gap::None);
        slash
            && self
                .token(number.end + 1)
                .is_some_and(|next| next.kind == Kind::Digits && next.gap == Gap::None)
    }

    /// Whether a full stop after digits makes an ordinal: `der 89. Minute`, not `gewann 25. Der`.
    pub fn is_stop_ordinal(&self, start: usize, stop: usize) -> bool {
        let glued = self
            .token(stop)
            .is_some_and(|mark| mark.is('.') && mark.gap == Gap::None);
        let Some(next) = self.token(stop + 1) else {
            return false;
        };
        if !self.lexicon.stop_ordinals || !glued || next.gap != Gap::Space || next.kind != Kind::Word {
            return false;
        }
        let joined = start
            .checked_sub(1)
            .is_some_and(|before| self.token(before).is_some_and(|token| token.is(',')));
        !next.is_capital() || joined || self.follows(start, Section::OrdinalCues)
    }

    /// `twenty-first`, `one hundred and third`: number words that end in an ordinal.
    pub fn ordinal_in_words(&self, i: usize) -> Option<(Decimal, usize)> {
        let token = self.token(i).filter(|token| token.kind == Kind::Word)?;
        token.number.filter(|compound| compound.tail == Tail::None)?;
        let number = self.number(i).filter(|number| number.value.exponent == 0)?;
        let (dash, at) = self.glue(number.end);
        let joined = self.find(at, Section::And);
        let at = joined.map_or(at, |(_, after)| after);
        let last = self.token(at).filter(|last| last.gap != Gap::Line)?;
        let ordinal = last.number.filter(|compound| compound.tail == Tail::Ordinal)?;
        let close = dash || joined.is_some() || ordinal.value().digits >= 100;
        let value = joined_value(
            number.value.digits,
            ordinal.value().digits,
            joined.is_some(),
            dash,
        )?;
        close.then_some((Decimal::new(value, 0), at + 1))
    }

    /// `dritte`, `einundzwanzigste`, `21st` spelled out.
    pub fn ordinal_word(&self, i: usize) -> Option<Found> {
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
            if name || self.is_ruler(i) || (self.lexicon.capital_nouns && !article) {
                return None;
            }
        }
        let street =
            self.find(i + 1, Section::StreetsAfter).is_some() && next.is_some_and(|next| next.is_capital());
        if street && token.is_capital() {
            // "Fifth Avenue"
            return None;
        }
        let unit_seconds = self.find(i, Section::Units).is_some() && self.follows(i, Section::Per);
        let named = token.is_capital() && !(capital && self.lexicon.capital_nouns);
        if unit_seconds || (named && next.is_some_and(|next| next.is(','))) {
            return None;
        }
        let amount = Amount {
            low: compound.value(),
            high: None,
        };
        Some(Found::new(i, i + 1, Value::Ordinal(amount)))
    }

    /// `Heinrich der Achte`
    fn is_ruler(&self, i: usize) -> bool {
        let article = i
            .checked_sub(1)
            .is_some_and(|article| self.find(article, Section::HedgeSkips).is_some());
        let name = i.checked_sub(2).and_then(|name| self.token(name));
        article && name.is_some_and(|name| name.kind == Kind::Word && name.is_capital() && name.is_unknown())
    }

    /// `zwanzigprozentig`, `zwölfjährig`, `driedaagse`, `zweifach`, `dreimal`.
    pub fn compound_adjective(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let compound = token.number?;
        if token.is_capital() && !self.lexicon.capital_nouns && !self.starts_sentence(i) {
            return None;
        }
        let amount = Amount {
            low: compound.value(),
            high: None,
        };
        let number = Number {
            start: i,
            end: i + 1,
            value: compound.value(),
            form: Form::Words,
            scale: 0,
        };
        let one = compound.value().same_value(Decimal::new(1, 0));
        match compound.tail {
            Tail::Multiple if !one => Some(Found::new(i, i + 1, Value::Multiple(amount))),
            Tail::Times if !one => Some(self.times(i, &number, i + 1)),
            Tail::Digits => self.digits_figure(i, i + 1, compound.value()),
            Tail::Percent => Some(Found::new(i, i + 1, Value::Percent(amount))),
            Tail::Unit(code, factor) => {
                let amount = Amount {
                    low: compound.value().times(Decimal::new(i128::from(factor), 0))?,
                    high: None,
                };
                Some(Found::new(i, i + 1, unit_value(amount, code)))
            }
            _ => None,
        }
    }

    /// `zweistellig`, `dubbele cijfers`: a range, in percent where things grow.
    pub fn digit_range_word(&self, i: usize) -> Option<Found> {
        let (sense, end) = self.find(i, Section::Digits)?;
        let count = u32::try_from(sense.number.to_string().len()).ok()?;
        self.digits_figure(i, end, Decimal::new(i128::from(count), 0))
    }

    /// See the callers.
    pub fn digits_figure(&self, start: usize, end: usize, digits: Decimal) -> Option<Found> {
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
    pub fn factor(&self, i: usize) -> Option<Found> {
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
        if let Some((_, end)) = self.per(end).filter(|_| direction.is_none()) {
            // "twice a week" counts, and multiplies nothing
            let value = Value::Number {
                amount,
                counted: None,
            };
            return Some(Found::new(i, end, value));
        }
        Some(Found { direction, ..found })
    }

    /// `jeder dritte Haushalt`, `every third`: one of so many.
    pub fn every(&self, i: usize) -> Option<Found> {
        let (_, after) = self.find(i, Section::Every)?;
        let token = self.token(after).filter(|token| token.gap != Gap::Line)?;
        let (whole, end) = match token.number {
            Some(compound) if compound.tail == Tail::Ordinal => (compound.value(), after + 1),
            _ => {
                let number = self.digits_ordinal(after)?;
                (number.0, number.1)
            }
        };
        (whole.digits >= 2).then(|| Found::new(i, end, ratio(Decimal::new(1, 0), whole)))
    }

    /// See the callers.
    pub fn digits_ordinal(&self, i: usize) -> Option<(Decimal, usize)> {
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
    pub fn odds(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let article = !token.is_unknown()
            && (self.find(i, Section::Articles).is_some() || self.find(i, Section::One).is_some());
        let (part, end) = if article {
            (Decimal::new(1, 0), i + 1)
        } else {
            let number = self
                .number(i)
                .filter(|number| number.scale == 0 && number.value.exponent == 0)?;
            (number.value, number.end)
        };
        if !article && let Some(found) = self.ratio_in_words(i, part, end) {
            return Some(found);
        }
        // "one woman in five"
        // but not "ein Junge von zwölf"
        let noun = self.noun(end).filter(|noun| {
            article
                && (self.find(*noun, Section::People).is_none() || self.find(noun + 1, Section::Of).is_none())
        });
        let joint = self
            .find(end, Section::OutOf)
            .or_else(|| self.find(noun? + 1, Section::OutOf));
        let (sense, after) = joint.filter(|(sense, _)| !(article && sense.code == "some"))?;
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
        let apart = noun.is_some() && self.find(end, Section::OutOf).is_none();
        let counted = apart
            && self.noun(whole.end).is_some_and(|noun| {
                self.lexicon.capital_nouns || self.lexicon.is_plural(self.folded(noun).as_bytes())
            });
        let measured = self.measured(&whole).is_some() || counted;
        if !larger || !(sure || round) || year || measured || part.digits < 1 {
            return None;
        }
        Some(Found::new(i, whole.end, ratio(part, whole.value)))
    }

    /// `die Chancen stehen 3 zu 1`
    fn ratio_in_words(&self, i: usize, part: Decimal, end: usize) -> Option<Found> {
        let (_, at) = self.glue(end);
        let (_, after) = self.find(at, Section::RatioWords)?;
        let whole = self
            .number_joined(after, false)
            .filter(|whole| whole.value.exponent == 0 && whole.scale == 0)?;
        let free = self.measured(&whole).is_none() && self.noun(whole.end).is_none();
        (free && self.is_cued_ratio(i)).then(|| Found::new(i, whole.end, ratio(part, whole.value)))
    }

    fn is_cued_ratio(&self, i: usize) -> bool {
        (i.saturating_sub(4)..i).any(|place| self.find(place, Section::RatioCues).is_some())
    }

    /// A pair with a colon that is a ratio by the words around it: `im Verhältnis 1:3`.
    pub fn as_ratio(&self, found: Found) -> Found {
        let Value::Score { home, away } = found.value else {
            return found;
        };
        if !self.is_cued_ratio(found.start) {
            return found;
        }
        let number = |value: u32| Decimal::new(i128::from(value), 0);
        let value = ratio(number(home), number(away));
        Found { value, ..found }
    }
}
