//! What a number measures: percent, money, units of measure and of time, and the rate's denominator.

use super::Decimal;
use super::lexicon::{Section, Sections, Sense};
use super::number::{Form, Number};
use super::numeral::Tail;
use super::reader::Reader;
use super::token::{Gap, Kind};

/// What stands after a number and says what it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// A currency.
    Money(&'static str),
    /// Hundredths of a currency.
    Cents(&'static str),
    /// A word for so many of a currency: Dutch `ton` for 100,000 euros.
    Sum(&'static str, Decimal),
    /// Percent.
    Percent,
    /// Percentage points, so many of them: 0.01 for a basis point.
    Points(Decimal),
    /// A unit of measure or time, so many of it.
    Unit(&'static str, Decimal),
    /// `-fach`
    Multiple,
    /// `-mal`
    Times,
    /// `-stellig`
    Digits,
    /// `21st`
    Ordinal,
    /// `60er`
    Decade,
}

/// The sections of words that name a currency.
const MONEY: Sections = Sections::of(&[Section::Currencies, Section::CurrencySigns, Section::Families]);
/// How far around a pound or a degree a word decides what it is.
const CUE_REACH: usize = 8;
/// How far around a crown a country decides whose it is.
const COUNTRY_REACH: usize = 80;

impl Reader<'_> {
    /// The measure that begins at token `i`, and the token after it.
    pub fn measure(&self, i: usize) -> Option<(Measure, usize)> {
        self.measures.answer(i, || self.read_measure(i))
    }

    fn read_measure(&self, i: usize) -> Option<(Measure, usize)> {
        let (_, at) = self.glue(i);
        if at >= self.tokens.len() || self.token(at)?.gap == Gap::Line {
            return None;
        }
        self.measure_at(at).or_else(|| {
            let (_, after) = self.find(at, Section::Fillers)?;
            self.measure_at(after)
        })
    }

    fn measure_at(&self, at: usize) -> Option<(Measure, usize)> {
        let token = self.token(at)?;
        if token.gap == Gap::Line {
            return None;
        }
        if let Some(suffix) = self.suffix(at) {
            return Some(suffix);
        }
        if let Some((sense, end)) = self.find(at, Section::PercentPoint) {
            return Some((Measure::Points(sense.number), end));
        }
        if let Some((_, end)) = self.find(at, Section::Percent) {
            return Some((Measure::Percent, end));
        }
        self.money_at(at).or_else(|| self.unit_at(at))
    }

    /// A currency after a number.
    pub fn money_at(&self, at: usize) -> Option<(Measure, usize)> {
        if let Some(found) = self.currency_at(at) {
            return Some((Measure::Money(found.0), found.1));
        }
        if let Some((sense, end)) = self.find(at, Section::Cents) {
            return Some((Measure::Cents(self.cents_near(sense.code, at)), end));
        }
        // "drie ton" is money where costs are told, "drie ton graan" is weight everywhere
        let (sense, end) = self.find(at, Section::Sums)?;
        let weighed = self.noun(end).is_some() || self.token(end).is_some_and(|next| next.kind == Kind::Name);
        let rate = self
            .per(end)
            .is_some_and(|(unit, _)| !matches!(unit, "d" | "wk" | "mo" | "a"));
        let told = !weighed && !rate && self.cue_near(at, Section::SumCues);
        told.then_some((Measure::Sum(sense.code, sense.number), end))
    }

    fn currency_at(&self, at: usize) -> Option<(&'static str, usize)> {
        let token = self.token(at)?;
        if let Some((sense, end)) = self.find(at, Section::CurrencySigns) {
            let next = self.token(end);
            let opens = next.is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Digits);
            return (!opens).then_some((sense.code, end));
        }
        if let Some(sense) = self
            .lexicon
            .symbol(token.span.of(self.text), Section::CurrencyCodes)
        {
            return Some((sense.code, at + 1));
        }
        if let Some((country, after)) = self.find(at, Section::Countries) {
            let (_, after) = self.glue(after);
            if let Some((sense, end)) = self.find(after, Section::Currencies) {
                return Some((sense.code, end));
            }
            if let Some((family, end)) = self.find(after, Section::Families)
                && let Some(code) = self.of_country(family.code, country.code)
            {
                return Some((code, end));
            }
        }
        if let Some((sense, end)) = self.find(at, Section::Currencies) {
            return Some((sense.code, end));
        }
        if self.find(at, Section::Pounds).is_some() && self.cue_near(at, Section::WeightCues) {
            return None;
        }
        let (family, end) = self.find(at, Section::Families)?;
        Some((self.family_near(family, at)?, end))
    }

    /// The currency that cents are of: the usual one, unless only the euro or the dollar is named, nearby or at all.
    fn cents_near(&self, usual: &'static str, at: usize) -> &'static str {
        if !matches!(usual, "EUR" | "USD") {
            return usual;
        }
        let near = at.saturating_sub(COUNTRY_REACH)..(at + COUNTRY_REACH).min(self.tokens.len());
        let named = match self.named_in(near) {
            (false, false) => *self.named.get_or_init(|| self.named_in(0..self.tokens.len())),
            named => named,
        };
        match named {
            (true, false) => "EUR",
            (false, true) => "USD",
            _ => usual,
        }
    }

    /// Whether some tokens name the euro, and the dollar.
    fn named_in(&self, tokens: std::ops::Range<usize>) -> (bool, bool) {
        let (mut euro, mut dollar) = (false, false);
        for place in tokens.filter(|place| self.may_be(*place, MONEY)) {
            let named = self
                .find(place, Section::Currencies)
                .or_else(|| self.find(place, Section::CurrencySigns));
            euro |= named.is_some_and(|(sense, _)| sense.code == "EUR");
            dollar |= named.is_some_and(|(sense, _)| sense.code == "USD")
                || self
                    .find(place, Section::Families)
                    .is_some_and(|(sense, _)| sense.code == "dollar");
        }
        (euro, dollar)
    }

    /// The currency of a family in a country, or its usual one where `country` is empty.
    fn of_country(&self, family: &str, country: &str) -> Option<&'static str> {
        self.lexicon
            .families
            .iter()
            .find(|(name, of, _)| *name == family && *of == country)
            .map(|(_, _, code)| *code)
    }

    /// The currency of a family: its usual one, or that of the country named last before, or next after.
    fn family_near(&self, family: Sense, at: usize) -> Option<&'static str> {
        if let Some(usual) = self.of_country(family.code, "") {
            return Some(usual);
        }
        let first = at.saturating_sub(COUNTRY_REACH);
        let before = (first..at).rev();
        let after = at + 1..(at + COUNTRY_REACH).min(self.tokens.len());
        before.chain(after).find_map(|place| {
            let (country, _) = self.find(place, Section::Countries)?;
            self.of_country(family.code, country.code)
        })
    }

    /// A unit of measure or time after a number.
    fn unit_at(&self, at: usize) -> Option<(Measure, usize)> {
        // "km" is a word too, but "km/h" goes further
        let word = self.find(at, Section::Units);
        let symbol = self
            .symbol_at(at)
            .filter(|(_, end)| word.is_none_or(|(_, word)| word < *end));
        if let Some((sense, end)) = symbol.or(word) {
            return Some((Measure::Unit(sense.code, sense.number), end));
        }
        if let Some((_, end)) = self.find(at, Section::Temperature) {
            let code = if self.cue_near(at, Section::AngleCues) {
                "deg"
            } else {
                "Cel"
            };
            return Some((Measure::Unit(code, Decimal::new(1, 0)), end));
        }
        if let Some((sense, end)) = self.find(at, Section::Pounds) {
            return Some((Measure::Unit(sense.code, sense.number), end));
        }
        None
    }

    /// A unit's symbol, as written, of up to six tokens without space between.
    fn symbol_at(&self, at: usize) -> Option<(Sense, usize)> {
        let mut end = at + 1;
        while end < at + 6 && self.token(end).is_some_and(|next| next.gap == Gap::None) {
            end += 1;
        }
        let start = self.token(at)?.span.start;
        (at + 1..=end).rev().find_map(|end| {
            let written = self.text.get(start..self.token(end - 1)?.span.end)?;
            let sense = self.lexicon.symbol(written, Section::Symbols)?;
            // "4in" is four inches, "4 in" is not
            if self.find(at, Section::Stop).is_some() && self.token(at)?.gap != Gap::None {
                return None;
            }
            let next = self.token(end);
            let goes_on = next.is_some_and(|next| {
                next.gap == Gap::None && matches!(next.kind, Kind::Digits | Kind::Mark('\'' | '’' | '&'))
            });
            (!goes_on).then_some((sense, end))
        })
    }

    /// Whether a word of `section` stands near token `i`, in its sentence.
    pub fn cue_near(&self, i: usize, section: Section) -> bool {
        let before = (i.saturating_sub(CUE_REACH)..i)
            .rev()
            .take_while(|place| !self.ends_sentence(*place));
        let after =
            (i + 1..(i + CUE_REACH).min(self.tokens.len())).take_while(|place| !self.ends_sentence(*place));
        before
            .chain(after)
            .any(|place| self.find(place, section).is_some())
    }

    /// What is glued to a number: `-jährig`, `%ige`, `st`, `er-Jahre`.
    fn suffix(&self, at: usize) -> Option<(Measure, usize)> {
        let token = self.token(at)?;
        let previous = self.token(at.checked_sub(1)?)?;
        if token.gap != Gap::None || !(previous.kind == Kind::Digits || previous.is_dash()) {
            return None;
        }
        if token.is('%') {
            let ending = self
                .token(at + 1)
                .filter(|ending| ending.gap == Gap::None && ending.kind == Kind::Word);
            let adjective = ending.is_some_and(|ending| ending.span.of(self.text).starts_with("ig"));
            return adjective.then_some((Measure::Percent, at + 2));
        }
        let dashed = previous.is_dash();
        let sections: &[Section] = if dashed {
            &[Section::Suffixes]
        } else {
            &[Section::Suffixes, Section::DigitOrdinals]
        };
        let folded = self.folded(at);
        let sense = self.lexicon.morphemes.tail(folded.as_bytes(), sections)?;
        let measure = match Tail::of(sense) {
            Tail::Ordinal => Measure::Ordinal,
            Tail::Multiple => Measure::Multiple,
            Tail::Times => Measure::Times,
            Tail::Digits => Measure::Digits,
            Tail::Decade => Measure::Decade,
            Tail::Percent => Measure::Percent,
            Tail::Unit(code, number) => Measure::Unit(code, Decimal::new(i128::from(number), 0)),
            Tail::None | Tail::Half | Tail::Fraction | Tail::Scale(_) | Tail::Dozen(_) => return None,
        };
        Some((measure, at + 1))
    }

    /// Whether a letter glued to digits is a scale: `£350m`, `5m people`, but not `100m sprint`.
    pub fn is_scale_letter(&self, number: usize, letter: usize) -> bool {
        let before = number.checked_sub(1);
        let capital = self.token(letter).is_some_and(|token| token.is_capital());
        let money = before
            .is_some_and(|before| self.ends_at(number, 1, Section::CurrencySigns) || self.code_at(before));
        let fractional = self.token(letter - 1).is_some() && number + 1 < letter;
        let counted = self.noun(letter + 1).is_some();
        money
            || self.money_at(letter + 1).is_some()
            || (counted && !capital && (fractional || self.is_small(number)))
    }

    fn code_at(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| {
            self.lexicon
                .symbol(token.span.of(self.text), Section::CurrencyCodes)
                .is_some()
        })
    }

    fn is_small(&self, number: usize) -> bool {
        self.token(number).is_some_and(|token| token.span.len() <= 2)
    }

    /// The currency before a number, as a sign or a code, and where the number begins.
    pub fn money_before(&self, i: usize) -> Option<(&'static str, usize)> {
        let token = self.token(i)?;
        let (code, after) = if let Some((sense, after)) = self.find(i, Section::CurrencySigns) {
            (sense.code, after)
        } else {
            let sense = self
                .lexicon
                .symbol(token.span.of(self.text), Section::CurrencyCodes)?;
            (sense.code, i + 1)
        };
        let next = self.token(after).filter(|next| next.gap != Gap::Line)?;
        let number = next.kind == Kind::Digits
            || (next.is_dash()
                && self
                    .token(after + 1)
                    .is_some_and(|digits| digits.kind == Kind::Digits && digits.gap == Gap::None));
        number.then_some((code, after))
    }

    /// The dash for no cents in a price: `19,-`.
    pub fn price_dash(&self, i: usize) -> usize {
        let glued = |place: usize| self.token(place).filter(|token| token.gap == Gap::None);
        let mark = glued(i).is_some_and(|mark| mark.is(',') || mark.is('.'));
        if !mark || !glued(i + 1).is_some_and(|dash| dash.is_dash()) {
            return i;
        }
        if glued(i + 2).is_some_and(|dash| dash.is_dash()) {
            i + 3
        } else {
            i + 2
        }
    }

    /// A rate's denominator at `i`: `pro Quadratmeter`, `je Kopf`, `/kWh`, `a day`, `auf 100 Kilometer`.
    pub fn per(&self, i: usize) -> Option<(&'static str, usize)> {
        if let Some((sense, end)) = self.find(i, Section::Rates) {
            // "im Monat", but not "im Jahr 2020", "am Tag der Wahl", "auf 100 km/h"
            let goes_on = self.token(end).is_some_and(|next| match next.kind {
                Kind::Mark(_) => next.is('/') && next.gap == Gap::None,
                Kind::Digits | Kind::Name => true,
                Kind::Word => {
                    next.gap != Gap::Line
                        && (self.find(end, Section::Of).is_some()
                            || (self.lexicon.capital_nouns && next.is_capital()))
                }
            });
            return (!goes_on).then_some((sense.code, end));
        }
        let (_, after) = self.find(i, Section::Per)?;
        if self.token(after)?.gap == Gap::Line {
            return None;
        }
        if let Some((_, end)) = self.find(after, Section::Head) {
            return Some(("1", end));
        }
        let (measure, end) = self.unit_at(after)?;
        if self.find(end, Section::Apart).is_some() {
            // "2.4% a month earlier"
            return None;
        }
        match measure {
            Measure::Unit(code, number) if number.same_value(Decimal::new(1, 0)) => Some((code, end)),
            _ => None,
        }
    }

    /// Whether a number may stand before this measure at all.
    pub fn fits(&self, number: &Number, measure: Measure) -> bool {
        const ONLY_COUNTED: &[&str] = &[
            "[bbl_us]", "[oz_tr]", "bit", "bar", "[in_i]", "[ft_i]", "K", "A", "g", "t", "l", "har", "V", "W",
        ];
        number.form != Form::Article
            || match measure {
                // "a second man"
                Measure::Unit("s", _) if self.noun(number.end + 1).is_some() => self
                    .token(number.end)
                    .is_none_or(|second| second.number.is_none()),
                Measure::Unit(code, _) => !ONLY_COUNTED.contains(&code),
                Measure::Multiple | Measure::Times | Measure::Ordinal | Measure::Decade | Measure::Digits => {
                    false
                }
                Measure::Money(_)
                | Measure::Cents(_)
                | Measure::Sum(..)
                | Measure::Percent
                | Measure::Points(_) => true,
            }
    }
}
