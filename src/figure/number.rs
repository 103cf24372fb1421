//! Numbers in digits and in words, with their scale: `1,3 Mrd.`, `drei Millionen vierhunderttausend`.

use super::Decimal;
use super::lexicon::Section;
use super::numeral::Tail;
use super::reader::Reader;
use super::stack::{Digits, Stack};
use super::token::{Gap, Kind};

/// A number where it stands among the tokens.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    /// Its first token.
    pub start: usize,
    /// The token after its last.
    pub end: usize,
    /// Its value.
    pub value: Decimal,
    /// How it is written.
    pub form: Form,
    /// The power of ten of its scale word; 0 where there is none.
    pub scale: i8,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// So many digits without any mark.
    Plain(usize),
    /// Digits in groups of three.
    Grouped,
    /// Digits with a decimal mark.
    Fractional,
    /// Digits with the decimal mark of another language, or one that may be a version: only beside a unit.
    Foreign,
    /// A number word, or digits with one.
    Words,
    /// An article that means one.
    Article,
    /// A fraction: `drei Viertel`, `½`.
    Part,
}

/// The most words of one number.
const MOST_WORDS: usize = 24;

impl Reader<'_> {
    /// The number that begins at token `i`, with its sign and scale.
    pub fn number(&self, i: usize) -> Option<Number> {
        self.number_joined(i, true)
    }

    /// As [`Self::number`]; `and` may stand within it only where `with_and` says so.
    pub fn number_joined(&self, i: usize, with_and: bool) -> Option<Number> {
        self.numbers
            .answer(2 * i + usize::from(with_and), || self.signed(i, with_and))
    }

    fn signed(&self, i: usize, with_and: bool) -> Option<Number> {
        let (sign, first) = self.sign(i);
        let mut number = self.unsigned(first, with_and)?;
        if sign == -1 {
            number.value.digits = -number.value.digits;
        }
        number.start = i;
        Some(number)
    }

    /// The sign at `i`, and where the number itself begins.
    fn sign(&self, i: usize) -> (i128, usize) {
        let Some(token) = self.token(i) else { return (1, i) };
        let glued = self
            .token(i + 1)
            .is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Digits);
        let free = token.gap != Gap::None
            || i == 0
            || self
                .token(i.wrapping_sub(1))
                .is_some_and(|before| matches!(before.kind, Kind::Mark('(' | '„' | '“' | '"' | '[')));
        match token.kind {
            Kind::Mark('-' | '−' | '–') if glued && free => (-1, i + 1),
            Kind::Mark('+') if glued => (1, i + 1),
            Kind::Word => match self.find(i, Section::Signs) {
                Some((sense, next)) if self.spells_number(next) => (sense.number.digits, next),
                _ => (1, i),
            },
            _ => (1, i),
        }
    }

    /// Whether a number begins at `i`.
    pub fn spells_number(&self, i: usize) -> bool {
        self.token(i).is_some_and(|token| {
            token.gap != Gap::Line && (token.kind == Kind::Digits || token.number.is_some())
        }) || self.find(i, Section::Numbers).is_some()
    }

    /// Skips a plus that leaves a number open upwards: `120+ rooms`, `120-plus rooms`.
    pub fn open_end(&self, i: usize) -> Option<usize> {
        let token = self.token(i).filter(|token| token.gap == Gap::None)?;
        let apart = |end: usize| self.token(end).is_none_or(|next| next.gap != Gap::None);
        if token.is('+') {
            return apart(i + 1).then_some(i + 1);
        }
        let (dash, at) = self.glue(i);
        let (_, end) = self
            .find(at, Section::Signs)
            .filter(|(sense, _)| dash && sense.number.digits > 0)?;
        apart(end).then_some(end)
    }

    fn unsigned(&self, i: usize, with_and: bool) -> Option<Number> {
        let token = self.token(i)?;
        let number = match token.kind {
            Kind::Digits => self.in_digits(i)?,
            Kind::Mark(mark) => {
                let value = vulgar(mark)?;
                self.bare(i, i + 1, value, Form::Part)
            }
            Kind::Word => return self.in_words(i, with_and),
            Kind::Name => return None,
        };
        if number.form == Form::Part {
            return Some(self.scaled_once(number));
        }
        Some(self.stack(number, with_and))
    }

    /// A number without a scale.
    pub const fn bare(&self, start: usize, end: usize, value: Decimal, form: Form) -> Number {
        Number {
            start,
            end,
            value,
            form,
            scale: 0,
        }
    }

    /// A number in words, from an article or a fraction on.
    fn in_words(&self, i: usize, with_and: bool) -> Option<Number> {
        let scales = (1..=2)
            .take_while(|back| {
                i.checked_sub(*back)
                    .is_some_and(|place| self.find(place, Section::Scales).is_some())
            })
            .count();
        let first = i - scales;
        if (1..=2).any(|back| self.ends_at(first, back, Section::Vague)) {
            return None;
        }
        if self.follows(i, Section::None) && self.find(i, Section::Scales).is_some() {
            return Some(self.scaled_once(self.bare(i, i, Decimal::new(1, 0), Form::Words)));
        }
        if let Some(number) = self.with_article(i, with_and) {
            return Some(number);
        }
        if let Some((sense, end)) = self.find(i, Section::Halves) {
            let article = self.find(end, Section::Articles).map_or(end, |(_, end)| end);
            if self.find(article, Section::Scales).is_some() || self.find(article, Section::Dozens).is_some()
            {
                return Some(self.scaled_once(self.bare(i, article, sense.number, Form::Words)));
            }
            if self.measure(article).is_some() {
                return Some(self.bare(i, article, sense.number, Form::Words));
            }
        }
        if let Some((sense, end)) = self.find(i, Section::Parts)
            && sense.code == "whole"
            && !self.follows_ordinal(i)
        {
            return Some(self.bare(i, end, sense.number, Form::Part));
        }
        let number = if let Some((sense, end)) = self.find(i, Section::Numbers) {
            self.bare(i, end, sense.number, Form::Words)
        } else {
            let compound = self.token(i)?.number?;
            let plain = matches!(
                compound.tail,
                Tail::None | Tail::Half | Tail::Scale(_) | Tail::Dozen(_)
            );
            if !plain {
                return None;
            }
            // "eins der Probleme"
            let pronoun = compound.value().same_value(Decimal::new(1, 0))
                && !self.token(i)?.accent
                && self.find(i + 1, Section::Of).is_some();
            if pronoun || self.is_article(i) {
                return None;
            }
            self.bare(i, i + 1, compound.value(), Form::Words)
        };
        let number = self.stack(number, with_and);
        Some(self.with_part(number).unwrap_or(number))
    }

    /// Whether an ordinal stands before token `i`: `die zweite Hälfte`.
    fn follows_ordinal(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|before| self.token(before));
        before.is_some_and(|before| {
            before
                .number
                .is_some_and(|compound| compound.tail == Tail::Ordinal)
        })
    }

    /// `eine Million`, `ein halbes Dutzend`, `a third of`, `een half miljard`.
    fn with_article(&self, i: usize, with_and: bool) -> Option<Number> {
        let (_, after) = self
            .find(i, Section::Articles)
            .or_else(|| self.find(i, Section::One))?;
        if self.token(after)?.gap == Gap::Line {
            return None;
        }
        let one = self.bare(i, after, Decimal::new(1, 0), Form::Article);
        if self.find(after, Section::Scales).is_some() || self.find(after, Section::Dozens).is_some() {
            return Some(self.stack(one, with_and));
        }
        if let Some((_, decimals)) = self.find(after, Section::Point)
            && self.spells_number(decimals)
        {
            // "one point five"
            return Some(self.stack(one, with_and));
        }
        if let Some((half, end)) = self.find(after, Section::Halves) {
            let scaled =
                self.find(end, Section::Scales).is_some() || self.find(end, Section::Dozens).is_some();
            if scaled {
                return Some(self.scaled_once(self.bare(i, end, half.number, Form::Words)));
            }
            if self.measure(end).is_some() {
                return Some(self.bare(i, end, half.number, Form::Words));
            }
        }
        if let Some((sense, end)) = self
            .find(after, Section::Numbers)
            .or_else(|| self.find(i, Section::Numbers))
        {
            return Some(self.stack(self.bare(i, end, sense.number, Form::Words), with_and));
        }
        if let Some(part) = self.with_part(one) {
            return Some(part);
        }
        if self.opens_range(after) {
            return Some(self.bare(i, after, one.value, Form::Words));
        }
        if let Some((_, end)) = self.half_after(after) {
            // "a mile and a half" is read with its unit; this is "one and a half"
            let value = Decimal::new(15, -1);
            if self.find(i, Section::One).is_some() || self.token(i)?.accent || !self.lexicon.capital_nouns {
                return Some(self.scaled_once(self.bare(i, end, value, Form::Words)));
            }
        }
        if self.measure(after).is_some() {
            // "wafers a month"
            let rate = self.find(i, Section::Per).is_some()
                && i.checked_sub(1).is_some_and(|before| {
                    let word = self.token(before).is_some_and(|token| token.kind == Kind::Word);
                    let of = before
                        .checked_sub(1)
                        .is_some_and(|of| self.find(of, Section::Of).is_some());
                    word && self.find(before, Section::Stop).is_none()
                        && (of || self.lexicon.is_plural(self.folded(before).as_bytes()))
                });
            return (!rate).then_some(one);
        }
        let counts = self.find(i, Section::One).is_some()
            && self.noun(after).is_some()
            && (!self.follows(i, Section::Stop)
                || (self.follows(i, Section::And) && self.find(after, Section::People).is_some()));
        counts.then(|| self.bare(i, after, one.value, Form::Words))
    }

    /// Whether `bis zwei`, `or two` follows at `i`.
    fn opens_range(&self, i: usize) -> bool {
        let joint = self
            .find(i, Section::Range)
            .or_else(|| self.find(i, Section::RangeOr));
        joint.is_some_and(|(_, after)| self.spells_number(after) && self.find(i, Section::Per).is_none())
    }

    /// `und ein halb`, `and a half`, `and three quarters` at `i`.
    pub fn half_after(&self, i: usize) -> Option<(Decimal, usize)> {
        let (_, after) = self.find_glued(i, Section::And)?;
        if let Some(compound) = self
            .token(after)?
            .number
            .filter(|compound| compound.tail == Tail::None)
            && let Some((part, end)) = self.find_glued(after + 1, Section::Parts)
            && part.code == "part"
            && compound.value().cmp_value(part.number).is_lt()
            && self.find(end, Section::Of).is_none()
        {
            let value = Decimal::ratio(compound.value().digits, part.number.digits);
            return Some((value, end));
        }
        let after = self
            .find_glued(after, Section::Articles)
            .map_or(after, |(_, end)| end);
        let (half, end) = self.find_glued(after, Section::Halves)?;
        Some((half.number, end))
    }

    /// A number and the name of its parts: `drei Viertel`, `two thirds`, `een derde van`.
    fn with_part(&self, number: Number) -> Option<Number> {
        let one = number.form == Form::Article;
        if !matches!(number.form, Form::Article | Form::Words) || number.value.exponent != 0 {
            return None;
        }
        let (_, at) = self.glue(number.end);
        let count = number.value.digits;
        if let Some((sense, end)) = self.find(at, Section::Parts)
            && sense.code == "part"
        {
            let value = Decimal::ratio(count, sense.number.digits);
            return Some(self.bare(number.start, end, value, Form::Part));
        }
        let token = self.token(at).filter(|token| token.gap != Gap::Line)?;
        let compound = token.number?;
        let parts = compound.value().digits;
        let is_part = match compound.tail {
            Tail::Fraction => true,
            Tail::Ordinal if parts >= 3 && count < parts && !self.lexicon.stop_ordinals => {
                if one {
                    self.find(at + 1, Section::Of).is_some()
                        || self.find(at + 1, Section::Comparatives).is_some()
                        || self.follows(number.start, Section::PartCues)
                        || self.follows(number.start, Section::Up)
                        || self.follows(number.start, Section::Down)
                        || self.ends_clause(at + 1)
                } else {
                    (2..=20).contains(&count)
                }
            }
            _ => false,
        };
        is_part.then(|| self.bare(number.start, at + 1, Decimal::ratio(count, parts), Form::Part))
    }

    /// One scale word or dozen after a number that is complete.
    fn scaled_once(&self, number: Number) -> Number {
        let (_, at) = self.glue(number.end);
        let power = |power: i128| i8::try_from(power).ok();
        if let Some((sense, end)) = self.find(at, Section::Scales)
            && let Some(scale) = power(sense.number.digits)
            && let Some(value) = number.value.scaled(scale)
        {
            return Number {
                value,
                end,
                scale,
                form: Form::Words,
                ..number
            };
        }
        if let Some((sense, end)) = self.find(at, Section::Dozens)
            && let Some(value) = number.value.times(sense.number)
        {
            return Number {
                value,
                end,
                form: Form::Words,
                ..number
            };
        }
        number
    }

    /// Everything that goes on a number: more words, scales, decimals in words, a half.
    fn stack(&self, first: Number, with_and: bool) -> Number {
        let mut stack = Stack::new(first);
        for _ in 0..MOST_WORDS {
            if !self.step(&mut stack, with_and) {
                break;
            }
        }
        let mut number = stack.finish(first);
        if with_and
            && let Some((half, end)) = self.half_after(number.end)
            && number.value.exponent >= 0
            && let Some(value) = number.value.plus(half)
        {
            number = self.scaled_once(Number {
                value,
                end,
                form: Form::Words,
                ..number
            });
        }
        number
    }

    /// Takes the next word of a number; whether there was one.
    fn step(&self, stack: &mut Stack, with_and: bool) -> bool {
        let (dash, at) = self.glue(stack.end);
        let Some(token) = self.token(at) else { return false };
        if token.gap == Gap::Line {
            return false;
        }
        let scale = self.find(at, Section::Scales).or_else(|| {
            let spaced = token.gap == Gap::Space && self.follows(stack.start, Section::CurrencySigns);
            let glued = (token.gap == Gap::None || spaced) && stack.digits;
            let sense = self
                .lexicon
                .symbol(token.span.of(self.text), Section::ScaleSymbols)?;
            (glued && !dash && self.is_scale_letter(stack.start, at)).then_some((sense, at + 1))
        });
        if let Some((sense, end)) = scale {
            return stack.scale(sense.number.digits, end);
        }
        if let Some((sense, end)) = self.find(at, Section::Dozens) {
            return !stack.is_scaled() && stack.multiply(sense.number, end);
        }
        if let Some((_, after)) = self.find(at, Section::Point) {
            return self.decimals_in_words(stack, after);
        }
        let (joined, at) = match self.find(at, Section::And) {
            Some((_, after)) if with_and && !dash => (true, after),
            _ => (false, at),
        };
        let Some(token) = self.token(at).filter(|token| token.gap != Gap::Line) else {
            return false;
        };
        let Some(compound) = token.number else {
            return false;
        };
        match compound.tail {
            Tail::None if !self.is_article(at) || token.accent => {
                stack.add(compound.value().digits, at + 1, joined, dash)
            }
            _ => false,
        }
    }

    /// `Komma fünf`, `point two five`.
    fn decimals_in_words(&self, stack: &mut Stack, mut at: usize) -> bool {
        let mut digits = Digits::default();
        for _ in 0..8 {
            let Some(token) = self.token(at).filter(|token| token.gap != Gap::Line) else {
                break;
            };
            let zero = self
                .find(at, Section::Numbers)
                .filter(|(sense, _)| sense.number.digits == 0);
            let spelled = match (token.number, zero) {
                (Some(compound), _) if compound.tail == Tail::None => compound.value().digits,
                (_, Some(_)) => 0,
                _ => break,
            };
            if spelled > 99 || digits.push(&spelled.to_string()).is_none() {
                break;
            }
            at += 1;
        }
        stack.decimals(&digits, at)
    }
}

/// The value of a vulgar fraction: `½`.
pub const fn vulgar(mark: char) -> Option<Decimal> {
    let (part, whole) = match mark {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(Decimal::ratio(part, whole))
}
