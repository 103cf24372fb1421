//! Number words: compounds of any length read from their parts.

use std::ops::Range;

use super::lexicon::{FastMap, Section, Sense};
use super::{Decimal, lexicon::Lexicon};

/// A word that spells a number, and what its ending makes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compound {
    digits: i64,
    exponent: i8,
    /// Its ending.
    pub tail: Tail,
}

impl Compound {
    fn new(value: Decimal, tail: Tail) -> Option<Self> {
        let digits = i64::try_from(value.digits).ok()?;
        let exponent = value.exponent;
        Some(Self {
            digits,
            exponent,
            tail,
        })
    }

    /// The number.
    pub const fn value(&self) -> Decimal {
        Decimal::new(self.digits as i128, self.exponent)
    }
}

/// What a number word or digits end in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tail {
    /// Nothing: a plain number.
    None,
    /// `-te`, `-ste`, `-th`
    Ordinal,
    /// `-einhalb`, `-enhalf`; already in the value.
    Half,
    /// `-tel`: the value is the denominator.
    Fraction,
    /// `-fach`, `-voudig`
    Multiple,
    /// `-mal`
    Times,
    /// `-stellig`
    Digits,
    /// `-er`, in `60er-Jahre`
    Decade,
    /// `-prozentig`
    Percent,
    /// `-jährig`, `-daags`: so many of a unit.
    Unit(&'static str, i16),
    /// `-millionen`; already in the value of a word.
    Scale(i8),
    /// `-dutzend`
    Dozen(i16),
}

impl Tail {
    /// What a form of the section `suffixes` makes of the number before it.
    pub fn of(sense: Sense) -> Self {
        match (sense.section, sense.code) {
            (Section::OrdinalEndings | Section::Ordinals | Section::DigitOrdinals, _) => Self::Ordinal,
            (Section::Scales, _) => Self::Scale(i8::try_from(sense.number.digits).unwrap_or(0)),
            (Section::Dozens, _) => Self::Dozen(i16::try_from(sense.number.digits).unwrap_or(0)),
            (_, "half") => Self::Half,
            (_, "fraction") => Self::Fraction,
            (_, "multiple") => Self::Multiple,
            (_, "times") => Self::Times,
            (_, "digits") => Self::Digits,
            (_, "decade") => Self::Decade,
            (_, "%") => Self::Percent,
            (_, code) => Self::Unit(code, i16::try_from(sense.number.digits).unwrap_or(1)),
        }
    }
}

/// The parts of a language's number words, by their first letter.
#[derive(Default)]
pub struct Morphemes {
    parts: Vec<(Vec<u8>, Section, u32)>,
    tails: FastMap<Vec<u8>, Vec<Sense>>,
    openings: Vec<(Vec<u8>, Sense)>,
    /// Where the parts with each first letter stand.
    by_letter: Vec<Range<usize>>,
    /// The second letters that a number word may have after each first one, as bits.
    begin: [u32; LETTERS],
}

/// How many letters are told apart by their last five bits.
const LETTERS: usize = 32;

/// Which of [`LETTERS`] a byte is.
const fn letter(byte: u8) -> usize {
    byte as usize % LETTERS
}

impl Morphemes {
    /// Adds a form of one of the sections of number words.
    pub fn add(&mut self, sense: Sense, form: &[u8]) {
        match sense.section {
            Section::Ones | Section::Tens | Section::Hundred | Section::Thousand | Section::And => {
                let value = u32::try_from(sense.number.digits).unwrap_or(0);
                self.parts.push((form.to_vec(), sense.section, value));
            }
            _ => match form.strip_suffix("…".as_bytes()) {
                Some(opening) => self.openings.push((opening.to_vec(), sense)),
                None => self.tails.entry(form.to_vec()).or_default().push(sense),
            },
        }
    }

    /// Puts the longest parts first; call it when all are added.
    pub fn finish(&mut self) {
        let first = |form: &[u8]| form.first().map_or(0, |first| letter(*first));
        self.parts
            .sort_by_key(|(form, ..)| (first(form), std::cmp::Reverse(form.len())));
        self.parts.dedup();
        self.by_letter = (0..LETTERS)
            .map(|letter| {
                let start = self.parts.partition_point(|(form, ..)| first(form) < letter);
                let end = self.parts.partition_point(|(form, ..)| first(form) <= letter);
                start..end
            })
            .collect();
        let beginnings = self
            .parts
            .iter()
            .filter(|(_, section, _)| *section != Section::And)
            .map(|(form, ..)| form)
            .chain(
                self.tails
                    .iter()
                    .filter(|(_, senses)| senses.iter().any(|sense| sense.section == Section::Ordinals))
                    .map(|(form, _)| form),
            );
        for form in beginnings {
            if let [first, second, ..] = form.as_slice()
                && let Some(seconds) = self.begin.get_mut(letter(*first))
            {
                *seconds |= 1 << letter(*second);
            }
        }
    }

    /// Whether a folded word begins like a number.
    pub fn may_begin(&self, folded: &[u8]) -> bool {
        match folded {
            [first, second, ..] => {
                let seconds = self.begin.get(letter(*first)).copied().unwrap_or(0);
                seconds >> letter(*second) & 1 == 1
            }
            _ => false,
        }
    }

    /// What a whole ending means after a number.
    pub fn tail(&self, ending: &[u8], sections: &[Section]) -> Option<Sense> {
        let known = self.tails.get(ending).into_iter().flatten();
        if let Some(sense) = known.copied().find(|sense| sections.contains(&sense.section)) {
            return Some(sense);
        }
        self.openings
            .iter()
            .find(|(opening, sense)| {
                ending.len() > opening.len() + 2
                    && ending.starts_with(opening)
                    && sections.contains(&sense.section)
            })
            .map(|(_, sense)| *sense)
    }

    /// The longest part of one of `sections` at the start of `rest`, and what follows it.
    fn part<'a>(&self, rest: &'a [u8], sections: &[Section]) -> Option<(u32, &'a [u8])> {
        let range = self.by_letter.get(letter(*rest.first()?))?;
        let (form, _, value) = self
            .parts
            .get(range.clone())?
            .iter()
            .find(|(form, section, _)| sections.contains(section) && rest.starts_with(form))?;
        Some((*value, rest.get(form.len()..)?))
    }

    fn skip_and<'a>(&self, rest: &'a [u8]) -> &'a [u8] {
        self.part(rest, &[Section::And]).map_or(rest, |(_, rest)| rest)
    }

    /// `einundzwanzig`, `zwanzig`, `zwölf`, `acht`.
    fn below_hundred<'a>(&self, rest: &'a [u8]) -> Option<(u32, &'a [u8])> {
        let small = [Section::Ones, Section::Tens];
        let (value, after) = self.part(rest, &small)?;
        if value >= 20 {
            let ones = self.part(after, &[Section::Ones]);
            return Some(ones.map_or((value, after), |(ones, after)| (value + ones, after)));
        }
        if value < 10
            && let Some((_, joined)) = self.part(after, &[Section::And])
            && let Some((tens, end)) = self
                .part(joined, &[Section::Tens])
                .filter(|(tens, _)| *tens >= 20)
        {
            return Some((value + tens, end));
        }
        Some((value, after))
    }

    /// `siebenhundertfünfzig`, `achtzehnhundertzwölf`.
    fn below_thousand<'a>(&self, rest: &'a [u8]) -> Option<(u32, &'a [u8])> {
        let (count, after) = match self.part(rest, &[Section::Hundred]) {
            Some(_) => (1, rest),
            None => self.below_hundred(rest)?,
        };
        let Some((_, after_hundred)) = self.part(after, &[Section::Hundred]) else {
            return Some((count, after));
        };
        let low = self.below_hundred(self.skip_and(after_hundred));
        Some(low.map_or((count * 100, after_hundred), |(low, end)| {
            (count * 100 + low, end)
        }))
    }

    /// Anything to 999,999: `zweihunderttausenddrei`.
    fn below_million<'a>(&self, rest: &'a [u8]) -> Option<(u32, &'a [u8])> {
        let (count, after) = match self.part(rest, &[Section::Thousand]) {
            Some(_) => (1, rest),
            None => self.below_thousand(rest)?,
        };
        let Some((_, after_thousand)) = self.part(after, &[Section::Thousand]) else {
            return Some((count, after));
        };
        let low = self.below_thousand(self.skip_and(after_thousand));
        Some(low.map_or((count * 1000, after_thousand), |(low, end)| {
            (count * 1000 + low, end)
        }))
    }
}

/// The number a folded word spells, where it spells one to its last letter.
pub fn read(folded: &[u8], lexicon: &Lexicon) -> Option<Compound> {
    let morphemes = &lexicon.morphemes;
    if let Some(sense) = morphemes.tail(folded, &[Section::Ordinals]) {
        return Compound::new(sense.number, Tail::Ordinal);
    }
    let (value, ending) = morphemes.below_million(folded)?;
    finish(i128::from(value), ending, morphemes)
}

fn finish(value: i128, ending: &[u8], morphemes: &Morphemes) -> Option<Compound> {
    let plain = Decimal::new(value, 0);
    if ending.is_empty() {
        return Compound::new(plain, Tail::None);
    }
    let joined = morphemes.skip_and(ending);
    if value % 100 == 0
        && let Some(sense) = morphemes.tail(joined, &[Section::Ordinals])
    {
        let value = Decimal::new(value + sense.number.digits, 0);
        return Compound::new(value, Tail::Ordinal);
    }
    let sections = [
        Section::Suffixes,
        Section::OrdinalEndings,
        Section::Scales,
        Section::Dozens,
    ];
    let tail = Tail::of(morphemes.tail(ending, &sections)?);
    let value = match tail {
        Tail::Half => Decimal::new(value * 10 + 5, -1),
        Tail::Scale(power) => plain.scaled(power)?,
        Tail::Dozen(size) => Decimal::new(value * i128::from(size), 0),
        _ => plain,
    };
    Compound::new(value, tail)
}
