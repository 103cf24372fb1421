//! Ages, heights and decades: measures that name no unit, or one of their own.

use super::amount::unit_value;
use super::lexicon::Section;
use super::numeral::Tail;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind, Shape};
use super::{Amount, Decimal, Value};

impl Reader<'_> {
    /// `Jens Altmann, 52,` and `Karl P. (58)`: an age after a name.
    pub fn age(&self, i: usize) -> Option<Found> {
        let token = self.token(i)?;
        let opening = i.checked_sub(1)?;
        let value = match token.kind {
            Kind::Digits => Decimal::new(self.plain(i).filter(|age| (1..=119).contains(age))?, 0),
            _ => token
                .number
                .filter(|compound| compound.tail == Tail::None)?
                .value(),
        };
        let closing = self.token(i + 1);
        let bracket =
            self.token(opening)?.is('(') && closing.is_some_and(|mark| mark.is(')') || mark.is(','));
        let comma = self.token(opening)?.is(',')
            && token.gap == Gap::Space
            && closing.is_none_or(|mark| mark.gap == Gap::None && (mark.is(',') || mark.is('.')))
            && self.token(i + 2).is_none_or(|next| next.gap != Gap::None)
            // "Union, 2. Liga"
            && (value.digits >= 10 || closing.is_none_or(|mark| mark.is(',')));
        let partisan =
            self.is_partisan(opening) && value.digits >= 16 && closing.is_some_and(|mark| mark.is(')'));
        let cued = self.follows(i, Section::AgeCues)
            || self.second_age(i)
            || self.is_age_of(i, value)
            || self.is_bare_age(i);
        let person = comma && closing.is_some_and(|mark| mark.is(',')) && self.is_aged_noun(i);
        let parent = opening.checked_sub(1).and_then(|last| self.person_of(last));
        let relative = comma && (self.follows(opening, Section::People) || parent.is_some());
        let digits = token.kind == Kind::Digits;
        let surname =
            bracket && !self.lexicon.capital_nouns && value.digits >= 10 && self.is_surname(opening);
        let relative = relative || (bracket && self.follows(opening, Section::People));
        let named = relative
            || person
            || (digits && partisan)
            || (digits && (surname || ((bracket || comma) && self.is_person(opening))));
        let counted = self.measure(i + 1).is_some();
        if !named && (!cued || counted) {
            return None;
        }
        let to = self.age_to(i + 1, value).filter(|_| cued);
        let amount = Amount {
            low: value,
            high: to.map(|(high, _)| high),
        };
        let end = to.map_or(i + 1, |(_, end)| end);
        Some(Found::new(i, end, Value::Duration { amount, unit: "a" }))
    }

    /// `Sie ist 44 und`, `mit 57 ging er`: digits that nothing follows but the sentence.
    pub fn is_bare_age(&self, i: usize) -> bool {
        if self.token(i).is_none_or(|token| token.kind != Kind::Digits) {
            return false;
        }
        let next = self.token(i + 1);
        let closes = next.is_none_or(|next| {
            next.gap == Gap::Line
                || (next.gap == Gap::None
                    && matches!(
                        next.kind,
                        Kind::Mark('.' | ',' | ';' | '!' | '?' | '“' | '"' | '»')
                    ))
        });
        let goes_on = self
            .token(i + 2)
            .is_some_and(|after| after.gap == Gap::None && after.kind == Kind::Digits);
        let grown = self.plain(i).is_some_and(|age| (13..=110).contains(&age));
        let adverb = grown && self.find(i + 1, Section::Stop).is_some() && self.measure(i + 1).is_none();
        let open = (closes && !goes_on) || adverb || self.find(i + 1, Section::And).is_some();
        let verb =
            next.is_some_and(|next| next.gap == Gap::Space && !next.is_capital()) && self.is_past_verb(i + 1);
        (open && self.follows(i, Section::AgeOpeners)) || (verb && self.follows(i, Section::AgeWith))
    }

    /// `the conductor, 82, cancelled`: a number of a grown person's years between commas, after a word.
    pub fn is_aged_noun(&self, i: usize) -> bool {
        let grown = self.plain(i).is_some_and(|age| (16..=99).contains(&age));
        let before = i.checked_sub(2).and_then(|before| self.token(before));
        let word = before.is_some_and(|before| {
            before.kind == Kind::Word && before.number.is_none() && before.is_unknown()
        });
        let listed = self
            .token(i + 2)
            .is_none_or(|next| next.kind == Kind::Digits || next.number.is_some());
        grown && word && !listed
    }

    /// `op zijn 55e`: an ordinal that is an age, where no noun follows it.
    pub fn is_ranked_age(&self, i: usize, end: usize) -> bool {
        let grown = self.plain(i).is_some_and(|age| (13..=110).contains(&age));
        let noun = self.noun(end).is_some() && self.find(end, Section::Stop).is_none();
        grown && !noun && self.follows(i, Section::AgeRanks)
    }

    /// `aged 27, 29 and 31`: whether the ages of up to four others stand before this one.
    pub fn second_age(&self, i: usize) -> bool {
        let mut place = i;
        for _ in 0..4 {
            let joined = self.plain(place).is_some()
                && place.checked_sub(1).is_some_and(|joint| {
                    self.find(joint, Section::And).is_some()
                        || self.token(joint).is_some_and(|mark| mark.is(','))
                });
            let Some(first) = place
                .checked_sub(2)
                .filter(|first| joined && self.plain(*first).is_some())
            else {
                return false;
            };
            if self.follows(first, Section::AgeCues) {
                return true;
            }
            place = first;
        }
        false
    }

    /// `een studente van 23`, `a man of 52`, but not `a mother of two`
    pub fn is_age_of(&self, i: usize, age: Decimal) -> bool {
        let young = age.cmp_value(Decimal::new(16, 0)).is_lt();
        self.person_of(i)
            .is_some_and(|person| !(young && person == "parent"))
    }

    /// What kind of person `of` ties to the number `i`.
    pub fn person_of(&self, i: usize) -> Option<&'static str> {
        self.find(i.checked_sub(1)?, Section::Of)?;
        let (sense, _) = self.find(i.checked_sub(2)?, Section::People)?;
        Some(sense.code)
    }

    /// The upper end of `aged 18 to 34`.
    pub fn age_to(&self, i: usize, low: Decimal) -> Option<(Decimal, usize)> {
        let (_, at) = self.range_mark(i)?;
        let high = Decimal::new(self.plain(at).filter(|age| (1..=119).contains(age))?, 0);
        let free = self.measure(at + 1).is_none() && low.cmp_value(high).is_lt();
        free.then_some((high, at + 1))
    }

    /// `Uwe Kamp (CDU, 61)`: whether the comma `i` stands after a name and the abbreviation of a party in brackets.
    fn is_partisan(&self, i: usize) -> bool {
        let party = i.checked_sub(1).and_then(|party| self.token(party));
        let Some(bracket) = i.checked_sub(2) else {
            return false;
        };
        self.token(i).is_some_and(|comma| comma.is(','))
            && party.is_some_and(|party| party.kind == Kind::Word && party.is_capital())
            && self.token(bracket).is_some_and(|mark| mark.is('('))
            && self.is_person(bracket)
    }

    /// Whether the word before token `i` is a name that no lexicon knows.
    pub fn is_surname(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        before.is_some_and(|before| {
            // "Jan" and "De Wit" are people too
            let known = !before.is_unknown();
            let unknown =
                !known || before.sections.has(Section::Months) || before.sections.has(Section::Countries);
            before.kind == Kind::Word && before.shape == Shape::Capital && unknown
        })
    }

    /// Whether the words before token `i` are a person's name: two capitalised words that no lexicon knows.
    pub fn is_person(&self, i: usize) -> bool {
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
    pub fn long_unit(&self, i: usize) -> Option<Found> {
        let (sense, end) = self.find(i, Section::Units)?;
        let decade = sense.code == "a" && sense.number.same_value(Decimal::new(10, 0));
        let cued = self.follows(i, Section::DayBefore) || self.follows(i, Section::DayAfter);
        let amount = Amount {
            low: sense.number,
            high: None,
        };
        (decade && cued).then(|| Found::new(i, end, Value::Duration { amount, unit: "a" }))
    }

    /// `5'11"`: feet and inches, in inches.
    pub fn height(&self, i: usize) -> Option<Found> {
        let glued = |place: usize| self.token(place).filter(|token| token.gap == Gap::None);
        let feet = glued(i + 1).is_some_and(|mark| matches!(mark.kind, Kind::Mark('\'' | '’' | '′')));
        let inches = glued(i + 3).is_some_and(|mark| matches!(mark.kind, Kind::Mark('"' | '”' | '″')));
        if !feet || !inches || glued(i + 2).is_none() {
            return None;
        }
        let (feet, inches) = (self.plain(i)?, self.plain(i + 2).filter(|inches| *inches < 12)?);
        let amount = Amount {
            low: Decimal::new(feet.checked_mul(12)? + inches, 0),
            high: None,
        };
        Some(Found::new(i, i + 4, unit_value(amount, "[in_i]")))
    }
}
