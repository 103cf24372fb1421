//! Which way the words around a figure say that it moves: verbs, their particles far off, nouns, comparatives.

use super::lexicon::{Section, Sections, WordId};
use super::phrase::Found;
use super::reader::Reader;
use super::token::{Folded, Gap, Kind};
use super::{Direction, Value};

/// The sections of words that move figures.
const MOVERS: Sections = Sections::of(&[Section::Up, Section::Down, Section::UpLater, Section::DownLater]);
/// How far before a figure its verb may stand.
const VERB_REACH: usize = 14;
/// How far after a figure its verb or particle may stand.
const PARTICLE_REACH: usize = 10;
/// The figure before the one that is looked at.
#[derive(Clone, Copy, Default)]
pub struct Last {
    /// The token after it.
    pub end: usize,
    /// Which way it moves.
    pub direction: Option<Direction>,
}

impl Reader<'_> {
    /// Which way the words around a figure say that it moves; `next` is the token the next figure begins at.
    ///
    /// What it rose or fell to moves with it: `um 3 Prozent auf 8 Euro`.
    pub fn direction(&self, found: &Found, last: Last, next: usize) -> Option<Direction> {
        let movable = matches!(
            &found.value,
            Value::Money { .. }
                | Value::Percent(_)
                | Value::PercentagePoint(_)
                | Value::Quantity { .. }
                | Value::Number { .. }
                | Value::Multiple(_)
        );
        if !movable || self.is_origin(found) || self.glue(found.end).0 {
            return None;
        }
        let restated = self.follows(found.start, Section::RangeOr) && found.start <= last.end + 3;
        if restated && last.direction.is_some() {
            return last.direction;
        }
        let reach = found.start.saturating_sub(VERB_REACH);
        let target = self.follows(found.start, Section::Targets);
        let change = self.follows(found.start, Section::Changes);
        let first = if target { reach } else { reach.max(last.end) };
        let before = (first..found.start)
            .rev()
            .take_while(|place| {
                !self.ends_sentence(*place) && (change || target || !self.ends_clause(*place))
            })
            .find_map(|place| self.moves(place, found));
        before.or_else(|| {
            (found.end..next.min(found.end + PARTICLE_REACH))
                .take_while(|place| !self.ends_clause(*place) && self.find(*place, Section::And).is_none())
                .find_map(|place| self.moves_after(place, found.end))
        })
    }

    /// Whether a figure says from where something moves: `von 3 auf 4`, but not `ein Anstieg von 3 Prozent`.
    pub fn is_origin(&self, found: &Found) -> bool {
        if !self.follows(found.start, Section::RangeFrom) {
            return false;
        }
        let noun = (2..=4)
            .filter_map(|back| found.start.checked_sub(back))
            .any(|place| {
                let of = self.find(place + 1, Section::RangeFrom).is_some()
                    && self.find(place + 1, Section::Of).is_some();
                of && self.may_be(place, MOVERS)
            });
        !noun || self.find(found.end, Section::FromTo).is_some()
    }

    /// Whether token `i` closes a clause, or there is none.
    pub fn ends_clause(&self, i: usize) -> bool {
        // the comma of "3,5" closes nothing
        let apart = self.token(i + 1).is_none_or(|next| next.gap != Gap::None);
        self.ends_sentence(i)
            || self.token(i).is_none_or(|token| match token.kind {
                Kind::Mark(',') => apart,
                Kind::Mark(mark) => matches!(mark, '(' | ')' | ';'),
                _ => false,
            })
    }

    /// Which way the word `i` before a figure moves it: a verb anywhere, a noun only right before it.
    pub fn moves(&self, i: usize, found: &Found) -> Option<Direction> {
        if !self.may_be(i, MOVERS) {
            return None;
        }
        for (section, direction) in [(Section::Up, Direction::Up), (Section::Down, Direction::Down)] {
            if let Some((sense, end)) = self.find(i, section)
                && self.may_move(sense.code, end, found)
            {
                return Some(direction);
            }
        }
        let later = [
            (Section::UpLater, Direction::Up),
            (Section::DownLater, Direction::Down),
        ];
        later
            .into_iter()
            .find(|(section, _)| self.has_particle(i, *section, found))
            .map(|(_, direction)| direction)
    }

    /// Whether a word with the key `code` that ends before token `end` can move a figure.
    ///
    /// Plain verbs move all but what falls or springs so far: `fielen 40 Liter`, `sprang 8,12 Meter`.
    pub fn may_move(&self, code: &str, end: usize, found: &Found) -> bool {
        let linked =
            self.follows(found.start, Section::Changes) || self.follows(found.start, Section::Targets);
        let share = matches!(found.value, Value::Percent(_) | Value::PercentagePoint(_));
        match code {
            "noun" => self.is_of_noun(end, found.start),
            "share" => linked || share,
            "by" => linked,
            _ => linked || !matches!(found.value, Value::Quantity { .. }),
        }
    }

    /// Whether only a preposition stands between a noun that ends before `end` and a figure.
    pub fn is_of_noun(&self, end: usize, start: usize) -> bool {
        end == start
            || (end < start && (1..=3).any(|back| start == end + back && self.joins_noun(start, back)))
    }

    pub fn joins_noun(&self, start: usize, back: usize) -> bool {
        [Section::Of, Section::Changes, Section::RangeFrom]
            .iter()
            .any(|section| self.ends_at(start, back, *section))
    }

    /// Whether the particle of the verb `i` stands between it and a figure, or after the figure.
    pub fn has_particle(&self, i: usize, section: Section, found: &Found) -> bool {
        let Some(verb) = self.token(i).filter(|verb| verb.sections.has(section)) else {
            return false;
        };
        self.lexicon.senses(verb.word, section).any(|(_, sense)| {
            let mut folded = Folded::new();
            sense.code.chars().for_each(|c| _ = folded.push_char(c));
            let word = self.lexicon.word(folded.as_bytes());
            let is_particle = |place: usize| self.token(place).is_some_and(|token| token.word == word);
            let after = (found.end..found.end + PARTICLE_REACH)
                .take_while(|place| !self.ends_clause(*place))
                .any(is_particle);
            word != WordId::NONE && (after || (i + 1..found.start).any(is_particle))
        })
    }

    /// Which way the word `i` after a figure moves it; a noun only right after it.
    pub fn moves_after(&self, i: usize, end: usize) -> Option<Direction> {
        [(Section::Up, Direction::Up), (Section::Down, Direction::Down)]
            .into_iter()
            .find(|(section, _)| {
                let apart = self.token(i).is_some_and(|token| token.gap == Gap::Space);
                self.find(i, *section)
                    .is_some_and(|(sense, _)| apart && (sense.code.is_empty() || i == end))
            })
            .map(|(_, direction)| direction)
    }
}
