//! The grammar's view of a text: its tokens, and the questions every rule asks of them.

use std::cell::{Cell, OnceCell};

use jiff::civil::Date;

use super::lexicon::{Lexicon, Section, Sections, Sense, WordId};
use super::measure::Measure;
use super::number::Number;
use super::token::{Folded, Gap, Kind, Token};
use crate::text::Span;

#[cfg(test)]
thread_local! {
    /// How often the grammar has looked at a token: the work it does, whatever the machine.
    pub static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// The sections whose words are no nouns, where nouns are written without a capital.
const NEVER_COUNTED: &[Section] = &[
    Section::Stop,
    Section::Months,
    Section::Weekdays,
    Section::Range,
    Section::Hedges,
    Section::Per,
    Section::Scales,
    Section::Times,
    Section::Days,
    Section::Up,
    Section::Down,
    Section::PastTense,
];
const NO_NOUNS: Sections = Sections::of(NEVER_COUNTED);

/// The latest answers to a question about tokens that many rules ask in turn.
pub struct Memo<T> {
    kept: [Cell<Option<(usize, T)>>; SLOTS],
}

/// How many answers are kept: a figure's few tokens.
const SLOTS: usize = 8;

impl<T: Copy> Memo<T> {
    /// The answer for `key`, worked out only where it is not at hand.
    pub fn answer(&self, key: usize, work_out: impl FnOnce() -> T) -> T {
        let slot = &self.kept[key % SLOTS];
        match slot.get() {
            Some((known, answer)) if known == key => answer,
            _ => {
                let answer = work_out();
                slot.set(Some((key, answer)));
                answer
            }
        }
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self {
            kept: [const { Cell::new(None) }; SLOTS],
        }
    }
}

/// A text being read.
pub struct Reader<'a> {
    /// The text.
    pub text: &'a str,
    /// Its tokens, in order.
    pub tokens: Vec<Token>,
    /// Its language's words.
    pub lexicon: &'static Lexicon,
    /// The day of the article, where it is known.
    pub date: Option<Date>,
    /// Whether the whole text names the euro, and the dollar.
    pub named: OnceCell<(bool, bool)>,
    /// Whether its dates of digits have their day first, where its language has the month first.
    pub day_first: OnceCell<bool>,
    /// The numbers that begin at tokens.
    pub numbers: Memo<Option<Number>>,
    /// The measures that begin at tokens.
    pub measures: Memo<Option<(Measure, usize)>>,
}

impl Reader<'_> {
    /// The token `i`.
    pub fn token(&self, i: usize) -> Option<&Token> {
        #[cfg(test)]
        LOOKS.with(|looks| looks.set(looks.get() + 1));
        self.tokens.get(i)
    }

    /// What the words from token `i` mean in `section`, the longest phrase first, and the token after them.
    pub fn find(&self, i: usize, section: Section) -> Option<(Sense, usize)> {
        let token = self.token(i)?;
        if !token.sections.has(section) {
            return None;
        }
        self.lexicon
            .senses(token.word, section)
            .find_map(|(rest, sense)| Some((sense, self.follow(i + 1, rest)?)))
    }

    /// Whether a word that may begin a phrase of one of `sections` stands at `i`.
    pub fn may_be(&self, i: usize, sections: Sections) -> bool {
        self.token(i).is_some_and(|token| token.sections.meets(sections))
    }

    /// As [`Self::find`], with a hyphen allowed before.
    pub fn find_glued(&self, i: usize, section: Section) -> Option<(Sense, usize)> {
        let (_, at) = self.glue(i);
        self.find(at, section)
    }

    /// The token after the words `rest`, where they stand from token `i`.
    fn follow(&self, mut i: usize, rest: &[WordId]) -> Option<usize> {
        for word in rest {
            let mut token = self.token(i)?;
            if token.word != *word && token.is_dash() && token.gap == Gap::None {
                i += 1;
                token = self.token(i)?;
            }
            if token.word != *word || token.gap == Gap::Line {
                return None;
            }
            if token.gap == Gap::Space && matches!(token.kind, Kind::Mark(_)) {
                return None;
            }
            i += 1;
        }
        Some(i)
    }

    /// Whether the `back` tokens before `i` are one phrase of `section`.
    pub fn ends_at(&self, i: usize, back: usize, section: Section) -> bool {
        let Some(start) = i.checked_sub(back) else {
            return false;
        };
        self.token(i).is_some_and(|token| token.gap != Gap::Line)
            && self.find(start, section).is_some_and(|(_, end)| end == i)
    }

    /// Whether a phrase of `section`, of at most three words, ends right before token `i`.
    pub fn follows(&self, i: usize, section: Section) -> bool {
        (1..=3).any(|back| self.ends_at(i, back, section))
    }

    /// As [`Self::follows`], with a hyphen allowed between: `mid-2025`.
    pub fn follows_glued(&self, i: usize, section: Section) -> bool {
        let dash = i.checked_sub(1).filter(|dash| {
            self.token(*dash)
                .is_some_and(|token| token.is_dash() && token.gap == Gap::None)
        });
        self.follows(i, section) || dash.is_some_and(|dash| self.follows(dash, section))
    }

    /// Skips a hyphen that glues token `i` to what is before and after it.
    pub fn glue(&self, i: usize) -> (bool, usize) {
        let dash = self
            .token(i)
            .is_some_and(|dash| dash.gap == Gap::None && dash.is_dash());
        let after = self.token(i + 1);
        let glued = dash && after.is_some_and(|after| after.gap == Gap::None && after.kind == Kind::Word);
        if glued { (true, i + 1) } else { (false, i) }
    }

    /// Whether token `i` is a verb of the past, and surely no noun: `punten` ends as one does.
    pub fn is_past_verb(&self, i: usize) -> bool {
        if self
            .token(i)
            .is_none_or(|token| token.kind != Kind::Word || token.is_capital())
        {
            return false;
        }
        let folded = self.folded(i);
        let noun = !self.lexicon.capital_nouns && self.lexicon.is_plural(folded.as_bytes());
        self.find(i, Section::PastTense).is_some() || (self.lexicon.is_past(folded.as_bytes()) && !noun)
    }

    /// Whether token `i` is an article that may mean one, without an accent that says it does.
    pub fn is_article(&self, i: usize) -> bool {
        let accent = self.token(i).is_some_and(|token| token.accent);
        !accent && (self.find(i, Section::Articles).is_some() || self.find(i, Section::One).is_some())
    }

    /// Whether token `i` opens a sentence or a line.
    pub fn starts_sentence(&self, i: usize) -> bool {
        let Some(token) = self.token(i) else { return true };
        if token.gap == Gap::Line || i == 0 {
            return true;
        }
        self.token(i - 1).is_some_and(|before| {
            matches!(
                before.kind,
                Kind::Mark(
                    '.' | '!'
                        | '?'
                        | ':'
                        | '„'
                        | '“'
                        | '"'
                        | '»'
                        | '«'
                        | '‚'
                        | '‘'
                        | '•'
                        | '…'
                        | '–'
                        | '—'
                        | '*'
                )
            )
        })
    }

    /// Whether token `i` closes a sentence.
    pub fn ends_sentence(&self, i: usize) -> bool {
        let closes = self
            .token(i)
            .is_some_and(|token| matches!(token.kind, Kind::Mark('.' | '!' | '?' | ';' | ':')));
        let next = self.token(i + 1);
        closes
            && next.is_none_or(|next| next.gap != Gap::None && (next.is_capital() || next.gap == Gap::Line))
    }

    /// The folded letters of token `i`.
    pub fn folded(&self, i: usize) -> Folded {
        let mut folded = Folded::new();
        let written = self.token(i).map_or("", |token| token.span.of(self.text));
        for c in written.chars() {
            folded.push_char(c);
        }
        folded
    }

    /// The noun that is counted, where one stands at token `i`.
    pub fn noun(&self, i: usize) -> Option<usize> {
        let token = self.token(i)?;
        if token.kind != Kind::Word || token.gap != Gap::Space || token.span.len() < 2 {
            return None;
        }
        if self.lexicon.capital_nouns {
            let stop = self.find(i, Section::Months).is_some() || self.find(i, Section::Weekdays).is_some();
            return (token.shape == crate::figure::token::Shape::Capital
                && !stop
                && self.find(i, Section::Stop).is_none())
            .then_some(i);
        }
        let other = self.may_be(i, NO_NOUNS)
            && NEVER_COUNTED
                .iter()
                .any(|section| self.find(i, *section).is_some());
        (!other && token.number.is_none()).then_some(i)
    }

    /// The span of the tokens from `start` up to `end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let first = self.token(start).map_or(0, |token| token.span.start);
        let last = end.checked_sub(1).and_then(|last| self.token(last));
        Span::new(first, last.map_or(first, |token| token.span.end))
    }
}
