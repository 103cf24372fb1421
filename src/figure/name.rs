//! Numbers that are part of a name: models, addresses, serial and list numbers, titles.

use super::Value;
use super::lexicon::Section;
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Gap, Kind, Shape};

/// The most numbers of names in a row: `Gleis 3, 4 und 5`.
const MOST_NAMES: usize = 6;
/// The longest telephone or serial number, in tokens, before it is cut.
const LONGEST_SERIAL: usize = 400;

impl Reader<'_> {
    /// Whether the digits at `i` are glued to a name before them: `Covid-19`, `V3.1`, `F-16`.
    pub fn is_glued_to_name(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|before| self.token(before)) else {
            return false;
        };
        let earlier = i.checked_sub(2).and_then(|earlier| self.token(earlier));
        let glued = before.gap == Gap::None
            && earlier.is_some_and(|earlier| matches!(earlier.kind, Kind::Word | Kind::Name));
        match before.kind {
            Kind::Word => self.find(i - 1, Section::CurrencySigns).is_none() && !self.is_code(i - 1),
            Kind::Name => true,
            // "FC Volendam ’75"
            Kind::Mark('\'' | '’' | '‘') => before.gap == Gap::Space,
            Kind::Mark('/') => glued && earlier.is_some_and(|earlier| earlier.span.len() <= 2),
            // "ECLI:NL:HR:2020"
            Kind::Mark(':') => glued && earlier.is_some_and(|earlier| earlier.shape == Shape::Upper),
            Kind::Mark(',') => glued && earlier.is_some_and(|earlier| earlier.kind == Kind::Name),
            Kind::Mark('.' | '_' | '&' | '+' | '=') => glued,
            Kind::Mark('-' | '–' | '‑' | '‐') => {
                glued
                    && !self.follows(i - 1, Section::YearParts)
                    && earlier.is_some_and(|earlier| earlier.kind == Kind::Name || !self.is_range_end(i - 2))
            }
            _ => false,
        }
    }

    fn is_code(&self, i: usize) -> bool {
        let written = self.token(i).map_or("", |token| token.span.of(self.text));
        self.lexicon.symbol(written, Section::CurrencyCodes).is_some()
    }

    /// Whether word `i` ends the lower end of a range: `10 Euro-20 Euro`, `zehn-15`.
    fn is_range_end(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| token.number.is_some())
    }

    /// A telephone, account or version number from `i`, with everything that belongs to it.
    pub fn serial(&self, i: usize) -> Option<usize> {
        let first = self.token(i)?;
        if first.kind != Kind::Digits {
            return None;
        }
        let mut end = i + 1;
        let mut runs = 1;
        let mut digits = first.span.len();
        let (mut odd, mut dashed) = (false, true);
        while end < i + LONGEST_SERIAL {
            let Some(next) = self.serial_run(end) else { break };
            let run = self.token(next - 1)?;
            odd |= run.span.len() != 3;
            dashed &= run.gap == Gap::None && self.token(end).is_some_and(|joint| joint.is_dash());
            digits += run.span.len();
            runs += 1;
            end = next;
        }
        let written = first.span.of(self.text);
        let leading_zero = written.starts_with('0') && written.len() > 1;
        let plus = i > 0 && first.gap == Gap::None && self.token(i - 1).is_some_and(|plus| plus.is('+'));
        let phone = (leading_zero && digits >= 6 && runs >= 2 && !self.is_dotted(i))
            || (plus && digits >= 8)
            || (leading_zero && digits >= 7)
            || (self.follows_phone(i) && digits >= 5 && (runs >= 2 || digits >= 6))
            || (runs >= 4 && odd && digits >= 9 && !self.is_dotted(i))
            || (runs == 3 && written.len() == 3 && digits == 10)
            // "ein 4-3-3"
            || (runs >= 3 && digits == runs && dashed)
            || runs > 12
            || digits > 36;
        phone.then_some(end)
    }

    /// Whether the run goes on with a dot, as dates do.
    fn is_dotted(&self, i: usize) -> bool {
        self.token(i + 1)
            .is_some_and(|dot| (dot.is('.') || dot.is(',') || dot.is(':')) && dot.gap == Gap::None)
    }

    /// The end of one more run of digits of a serial number.
    fn serial_run(&self, i: usize) -> Option<usize> {
        let token = self.token(i)?;
        if token.gap == Gap::Line {
            return None;
        }
        if token.kind == Kind::Digits {
            return (token.gap == Gap::Space).then_some(i + 1);
        }
        let joint = matches!(token.kind, Kind::Mark('-' | '/' | '–' | '.' | ')' | '('));
        let after = self.token(i + 1)?;
        if joint
            && after.kind == Kind::Digits
            && after.gap != Gap::Line
            && (token.gap == Gap::None || token.is('/') || token.is('('))
        {
            return Some(i + 2);
        }
        None
    }

    fn follows_phone(&self, i: usize) -> bool {
        (1..=4).any(|back| {
            i.checked_sub(back)
                .is_some_and(|place| self.find(place, Section::Phones).is_some())
        })
    }

    /// Whether a figure's number is part of a name, an address, a heading or a list.
    pub fn is_name(&self, found: &Found) -> bool {
        let bare = match &found.value {
            Value::Number { .. } => true,
            Value::Ordinal(_) => self
                .token(found.start)
                .is_some_and(|token| token.kind == Kind::Digits),
            Value::Date { .. } => return found.end == found.start + 1 && self.is_quoted(found.start),
            Value::Score { .. } | Value::Time { .. } => return self.is_named(found.start),
            _ => return false,
        };
        let words = self
            .token(found.start)
            .is_none_or(|token| token.kind != Kind::Digits);
        let measured = !matches!(&found.value, Value::Number { .. } | Value::Ordinal(_));
        bare && !measured
            && (self.is_named(found.start)
                || (words && self.is_title(found))
                || (!words
                    && (self.is_listed(found)
                        || self.is_address(found)
                        || self.follows_capital(found)
                        || self.is_version(found))))
    }

    fn is_named(&self, i: usize) -> bool {
        let named = self.follows(i, Section::Names)
            || self.follows_titled_unit(i)
            || self.joined_name(i)
            || (self.is_subject(i) && self.noun_or_unit(i + 1))
            || self.follows_letter(i)
            || self.is_quoted(i)
            || self.find(i + 1, Section::NamesAfter).is_some()
            || (self.token(i + 1).is_some_and(|stop| stop.is('.'))
                && self.find(i + 2, Section::NamesAfter).is_some());
        self.is_house_number(i) || (named && self.token(i).is_some_and(|token| token.gap != Gap::Line))
    }

    /// `„24“`, `„Fit for 55“`, `„99 Luftballons“`: digits in a title between quotation marks.
    fn is_quoted(&self, i: usize) -> bool {
        let quote = |place: usize| {
            self.token(place).is_some_and(|token| {
                matches!(
                    token.kind,
                    Kind::Mark('„' | '“' | '”' | '"' | '»' | '«' | '‚' | '‘' | '’' | '\'')
                )
            })
        };
        let closed =
            |place: usize| quote(place) && self.token(place).is_some_and(|token| token.gap == Gap::None);
        if self.token(i).is_none_or(|token| token.kind != Kind::Digits) {
            return false;
        }
        let word = |place: usize| self.token(place).is_some_and(|word| word.kind == Kind::Word);
        let Some(opening) = (i.saturating_sub(4)..i).rev().find(|place| quote(*place)) else {
            return false;
        };
        let capital = self.token(opening + 1).is_some_and(|first| first.is_capital());
        let title = (opening + 1 == i || capital) && (opening + 1..i).all(word);
        let cued = self.follows(i, Section::YearCues) || self.follows(i, Section::YearParts);
        let ends = closed(i + 1) || (opening + 1 == i && self.noun(i + 1).is_some() && closed(i + 2));
        title && ends && !cued
    }

    /// `B 27`, `TSV 1860`, `AB 1234`: a name of one letter, or of capitals where nothing is counted.
    fn follows_letter(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|before| self.token(before)) else {
            return false;
        };
        if before.kind != Kind::Word
            || !before.is_capital()
            || self.token(i).is_none_or(|token| token.kind != Kind::Digits)
        {
            return false;
        }
        let article = self.find(i - 1, Section::Articles).is_some() && self.starts_sentence(i - 1);
        let single = before.span.len() == 1 && !article;
        let capitals = before.shape == Shape::Upper && before.span.len() <= 5 && self.noun(i + 1).is_none();
        let plate = self.is_part_of_name(i - 1) && before.shape == Shape::Upper;
        single || plate || (capitals && before.is_unknown() && self.measure(i + 1).is_none())
    }

    /// `Year 6 pupils`, `Day 3`: a word of measure with a capital, where nouns have none.
    fn follows_titled_unit(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        let digits = self
            .token(i)
            .is_some_and(|token| token.kind == Kind::Digits && token.span.len() <= 2);
        let unit = before.is_some_and(|before| {
            before.shape == Shape::Capital && before.sections.has(Section::Units) && before.gap != Gap::None
        });
        digits && unit && !self.lexicon.capital_nouns
    }

    /// `88 Station Road`
    fn is_house_number(&self, i: usize) -> bool {
        (i + 1..i + 4)
            .take_while(|place| {
                self.token(*place)
                    .is_some_and(|word| word.is_capital() && word.gap == Gap::Space)
            })
            .any(|place| place > i + 1 && self.find(place, Section::StreetsAfter).is_some())
    }

    /// `Artikel 5 und 6`, `Gleis 3/4`, `Pisten 3, 7 und 12`: a later number of names.
    fn joined_name(&self, i: usize) -> bool {
        if !self.noun_or_unit(i + 1) || self.plain(i).is_none() {
            return false;
        }
        let mut place = i;
        for _ in 0..MOST_NAMES {
            let joins = place.checked_sub(1).is_some_and(|joint| {
                self.find(joint, Section::And).is_some()
                    || self.find(joint, Section::RangeOr).is_some()
                    || self
                        .token(joint)
                        .is_some_and(|token| token.is('/') || token.is(','))
            });
            let Some(first) = place
                .checked_sub(2)
                .filter(|first| joins && self.plain(*first).is_some())
            else {
                return false;
            };
            if self.follows(first, Section::Names) || self.is_subject(first) {
                return true;
            }
            place = first;
        }
        false
    }

    /// `Der Regionalexpress 3`, `Die Pisten 3, 7`: digits that only a noun and its article open a sentence with.
    ///
    /// Before its verb a sentence has one thing only, so that the number belongs to the noun; where nouns have no
    /// capital, only a plural is surely one.
    fn is_subject(&self, i: usize) -> bool {
        let (Some(noun), Some(article)) = (i.checked_sub(1), i.checked_sub(2)) else {
            return false;
        };
        let plural = !self.lexicon.capital_nouns && self.lexicon.is_plural(self.folded(noun).as_bytes());
        let named = self.token(noun).is_some_and(|noun| {
            let is_noun = plural || (self.lexicon.capital_nouns && noun.is_capital());
            noun.kind == Kind::Word && is_noun && noun.gap == Gap::Space && noun.number.is_none()
        });
        let spaced = self.token(i).is_some_and(|token| token.gap == Gap::Space);
        named
            && spaced
            && self.plain(i).is_some()
            && self.find(article, Section::HedgeSkips).is_some()
            && self.starts_sentence(article)
    }

    fn noun_or_unit(&self, i: usize) -> bool {
        self.noun(i).is_none() && self.measure(i).is_none()
    }

    /// A number that opens a line and is followed by a stop or a bracket: `1. Einleitung`.
    fn is_listed(&self, found: &Found) -> bool {
        let first = self
            .token(found.start)
            .is_some_and(|token| token.gap == Gap::Line);
        let number_end = found.start + 1;
        let mark = self.token(number_end).filter(|mark| mark.gap == Gap::None);
        let next = self.token(number_end + 1).is_some_and(|next| next.is_capital());
        let after_stop = found.start.checked_sub(1).is_some_and(|stop| {
            self.token(stop)
                .is_some_and(|stop| matches!(stop.kind, Kind::Mark('.' | '!' | '?')))
        });
        let glued = self
            .token(number_end + 1)
            .is_some_and(|next| next.gap == Gap::None);
        !glued
            && (first || (after_stop && next))
            && mark.is_some_and(|mark| matches!(mark.kind, Kind::Mark('.' | ')')))
    }

    /// A house number after a street, and the postcode after it; a Dutch postcode.
    fn is_address(&self, found: &Found) -> bool {
        let i = found.start;
        let street = |place: usize| {
            let word = self.token(place).filter(|word| word.kind == Kind::Word);
            word.is_some_and(|word| {
                word.is_capital() || self.token(place + 1).is_some_and(|next| next.is('.'))
            }) && self.lexicon.is_street(self.folded(place).as_bytes())
        };
        let before = i.checked_sub(1);
        if before.is_some_and(|before| {
            street(before)
                || (self.token(before).is_some_and(|stop| stop.is('.')) && before > 0 && street(before - 1))
        }) {
            return true;
        }
        let digits = self.token(i).map_or(0, |token| token.span.len());
        let next = self.token(i + 1);
        let dutch = digits == 4
            && next.is_some_and(|next| {
                next.span.len() == 2 && next.shape == Shape::Upper && next.gap <= Gap::Space
            });
        let after_address = before.is_some_and(|comma| {
            self.token(comma).is_some_and(|comma| comma.is(','))
                && comma > 0
                && self
                    .token(comma - 1)
                    .is_some_and(|number| number.kind == Kind::Digits)
        });
        let german = digits == 5
            && after_address
            && next.is_some_and(|next| next.is_capital() && next.kind == Kind::Word);
        let prefixed = before.is_some_and(|dash| {
            self.token(dash)
                .is_some_and(|token| token.is_dash() && token.gap == Gap::None)
                && dash > 0
                && self.token(dash - 1).is_some_and(|country| {
                    matches!(country.span.of(self.text), "D" | "A" | "CH" | "B" | "NL")
                })
        });
        dutch || german || prefixed
    }

    /// In languages whose nouns are lower-case, a capitalised word before a number is its name's.
    fn follows_capital(&self, found: &Found) -> bool {
        let i = found.start;
        let Value::Number { amount, counted } = &found.value else {
            return false;
        };
        let Some(before) = i.checked_sub(1).and_then(|before| self.token(before)) else {
            return false;
        };
        let alone = self.number(i).is_some_and(|number| number.end == i + 1);
        // "box 3 valt": a verb
        let verb = !self.lexicon.capital_nouns && !self.lexicon.is_plural(self.folded(i + 1).as_bytes());
        if alone && amount.high.is_none() && (counted.is_none() || verb) && self.is_designated(i) {
            return true;
        }
        if self.lexicon.capital_nouns {
            return counted.is_none() && self.is_title_part(i);
        }
        if before.kind != Kind::Word || self.token(i).is_none_or(|token| token.gap != Gap::Space) {
            return false;
        }
        let of_number = self.find(i + 1, Section::Of).is_some()
            && (i + 2..i + 4).any(|place| self.token(place).is_some_and(|token| token.kind == Kind::Digits));
        let many = counted.is_some() && self.lexicon.is_plural(self.folded(i + 1).as_bytes());
        if of_number || many {
            return false;
        }
        let single = found.end <= i + 1 + usize::from(counted.is_some());
        let plain =
            self.token(i).is_some_and(|token| token.span.len() <= 4) && amount.high.is_none() && single;
        let known = !before.is_unknown();
        let short = self.token(i).is_some_and(|token| token.span.len() <= 2);
        plain && before.is_capital() && !known && (!self.starts_sentence(i - 1) || counted.is_none() || short)
    }

    /// `die Bahncard 50`, `in box 3`: one or two digits after a noun in the singular and the word that opens its phrase.
    fn is_designated(&self, i: usize) -> bool {
        let short = self.token(i).is_some_and(|digits| {
            digits.kind == Kind::Digits && digits.span.len() <= 2 && digits.gap == Gap::Space
        });
        let (Some(noun), Some(opener)) = (i.checked_sub(1), i.checked_sub(2)) else {
            return false;
        };
        let shape = if self.lexicon.capital_nouns {
            Shape::Capital
        } else {
            Shape::Lower
        };
        let single = self.token(noun).is_some_and(|word| {
            word.kind == Kind::Word
                && word.shape == shape
                && word.gap == Gap::Space
                && word.number.is_none()
                && word.is_unknown()
        });
        if !short || !single || self.follows(i, Section::Hedges) {
            return false;
        }
        let folded = self.folded(noun);
        let plural = if self.lexicon.capital_nouns {
            folded.as_bytes().ends_with(b"en")
        } else {
            self.lexicon.is_plural(folded.as_bytes()) || self.lexicon.is_past(folded.as_bytes())
        };
        let opens = if self.lexicon.capital_nouns {
            Section::HedgeSkips
        } else {
            Section::Stop
        };
        !plural && self.find(opener, opens).is_some() && self.find(opener, Section::PastTense).is_none()
    }

    /// `Nord Stream 2`, `Toy Story 3`: a small number after two capitalised words that no lexicon knows.
    fn is_title_part(&self, i: usize) -> bool {
        let small = self.token(i).is_some_and(|token| token.span.len() == 1);
        let name = |back: usize| {
            i.checked_sub(back)
                .and_then(|place| self.token(place))
                .is_some_and(|word| {
                    word.kind == Kind::Word && word.is_capital() && word.is_unknown() && word.number.is_none()
                })
        };
        let close = (0..2).all(|back| {
            i.checked_sub(back)
                .is_some_and(|place| self.token(place).is_some_and(|token| token.gap == Gap::Space))
        });
        small && close && name(1) && name(2) && i >= 3 && !self.starts_sentence(i - 2)
    }

    /// A number word with a capital inside a sentence: `die Elf`, `Ocean's Eleven`.
    fn is_title(&self, found: &Found) -> bool {
        let Value::Number { counted, .. } = &found.value else {
            return false;
        };
        let capital = self
            .token(found.start)
            .is_some_and(|token| token.is_capital() && token.kind == Kind::Word);
        let single = found.end == found.start + 1 + usize::from(counted.is_some());
        let noun = counted.is_some_and(|noun| noun.of(self.text).starts_with(char::is_lowercase));
        let before = found.start.checked_sub(1);
        let after_name = before.is_some_and(|before| {
            !self.starts_sentence(before)
                && self
                    .token(before)
                    .is_some_and(|word| word.is_capital() && word.kind == Kind::Word)
        });
        if capital && after_name && !self.lexicon.capital_nouns && !self.starts_sentence(found.start) {
            return true;
        }
        capital
            && single
            && !self.starts_sentence(found.start)
            && (self.lexicon.capital_nouns || !noun)
            && self.find(found.start, Section::Parts).is_none()
    }

    /// `3.1` in German, `1.2.3`: a version.
    fn is_version(&self, found: &Found) -> bool {
        let last = self.token(found.end.saturating_sub(1));
        let next = self.token(found.end).filter(|next| next.gap == Gap::None);
        let after = self.token(found.end + 1).filter(|after| after.gap == Gap::None);
        let goes_on = next.is_some_and(|next| matches!(next.kind, Kind::Mark('.' | ':' | '/')))
            && after.is_some_and(|after| after.kind == Kind::Digits);
        last.is_some_and(|last| last.kind == Kind::Digits) && goes_on
    }
}
