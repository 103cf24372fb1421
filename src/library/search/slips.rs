//! Words that a slip of the pen away from each other.

use tantivy_fst::Automaton;

/// Accepts the words within so many slips of one: a letter too many, too few, another, or two swapped.
///
/// The first letter must be right: it nearly always is, and it keeps the search short.
pub struct Slips {
    start: Vec<u8>,
    rest: Vec<u8>,
    edits: u8,
}

/// The longest word that is looked at.
const LONGEST: usize = 30;

type Row = [u8; LONGEST + 1];

/// How far along the index's word is, and what it costs to have come there.
#[derive(Clone)]
pub struct State {
    read: usize,
    dead: bool,
    last: u8,
    row: Row,
    before: Row,
}

impl Slips {
    /// For a word with `letter` in front; none where it is too long, too short, or not of plain letters.
    pub fn new(letter: char, word: &str, edits: u8) -> Option<Self> {
        let bytes = word.as_bytes();
        if !word.is_ascii() || bytes.len() < 2 || bytes.len() > LONGEST {
            return None;
        }
        let (first, rest) = bytes.split_first()?;
        let mut start = letter.to_string().into_bytes();
        start.push(*first);
        Some(Self {
            start,
            rest: rest.to_vec(),
            edits,
        })
    }

    /// How many slips lie between the word and another with the same first letter.
    pub fn distance(&self, other: &str) -> u8 {
        let mut state = self.start();
        for byte in other.bytes() {
            state = self.accept(&state, byte);
        }
        if state.dead {
            u8::MAX
        } else {
            state.row[self.rest.len()]
        }
    }
}

impl Automaton for Slips {
    type State = State;

    fn start(&self) -> State {
        let mut row = [0; LONGEST + 1];
        for (cost, cell) in (0..).zip(&mut row) {
            *cell = cost;
        }
        State {
            read: 0,
            dead: false,
            last: 0,
            row,
            before: row,
        }
    }

    fn is_match(&self, state: &State) -> bool {
        !state.dead && state.read >= self.start.len() && state.row[self.rest.len()] <= self.edits
    }

    fn can_match(&self, state: &State) -> bool {
        !state.dead
    }

    fn accept(&self, state: &State, byte: u8) -> State {
        let mut next = state.clone();
        next.read += 1;
        if let Some(expected) = self.start.get(state.read) {
            next.dead |= *expected != byte;
            return next;
        }
        next.before = state.row;
        next.last = byte;
        next.row[0] = state.row[0].saturating_add(1);
        for (place, letter) in self.rest.iter().enumerate() {
            let replaced = state.row[place] + u8::from(*letter != byte);
            let one_more = state.row[place + 1].min(next.row[place]) + 1;
            let mut cost = replaced.min(one_more);
            let swapped =
                place > 0 && state.row[0] > 0 && state.last == *letter && self.rest[place - 1] == byte;
            if swapped {
                cost = cost.min(state.before[place - 1] + 1);
            }
            next.row[place + 1] = cost.min(100);
        }
        let nearest = next.row.iter().take(self.rest.len() + 1).min();
        next.dead |= nearest.is_none_or(|cost| *cost > self.edits);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (word, other, expected) in [
            ("werft", "werft", 0),
            ("wreft", "werft", 1),
            ("werf", "werft", 1),
            ("werften", "werft", 2),
            ("wirft", "werft", 1),
            ("hafen", "hfaen", 1),
            ("ab", "a", 1),
        ] {
            let slips = Slips::new('d', word, 2).expect("a word");
            assert_eq!(slips.distance(&format!("d{other}")), expected, "{word} {other}");
        }
        assert_eq!(
            Slips::new('d', "werft", 2).expect("a word").distance("dzerft"),
            u8::MAX
        );
    }
}
