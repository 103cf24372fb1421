//! A list with a cursor: where it stands, which rows are seen, and which come next.

/// The cursor of a list and the first row that is seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The row under the cursor.
    pub at: usize,
    /// The first row that is seen.
    pub top: usize,
}

impl Cursor {
    /// Moves to `row` and keeps it in sight.
    pub fn go(&mut self, row: usize, rows: usize, height: usize) {
        self.at = row.min(rows.saturating_sub(1));
        self.settle(rows, height);
    }

    /// Moves `by` rows on, or back where it is negative.
    pub fn step(&mut self, by: isize, rows: usize, height: usize) {
        self.go(self.at.saturating_add_signed(by), rows, height);
    }

    /// Keeps the cursor in sight after the list or its height changed, with a little room around it.
    pub fn settle(&mut self, rows: usize, height: usize) {
        self.at = self.at.min(rows.saturating_sub(1));
        let margin = (height / 5).min(3);
        let last_top = rows.saturating_sub(height);
        let lowest = (self.at + margin + 1).saturating_sub(height);
        let highest = self.at.saturating_sub(margin);
        self.top = self.top.max(lowest).min(highest).min(last_top);
    }
}

/// The next of some places after `at`, or before it going back; beyond the last, from the other end on.
pub fn next_of(
    mut places: impl DoubleEndedIterator<Item = usize> + Clone,
    at: usize,
    back: bool,
) -> Option<usize> {
    if back {
        let before = places.clone().rev().find(|place| *place < at);
        before.or_else(|| places.next_back())
    } else {
        let after = places.clone().find(|place| *place > at);
        after.or_else(|| places.next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight_and_in_the_list() {
        let mut cursor = Cursor::default();
        cursor.step(30, 100, 10);
        assert_eq!(cursor, Cursor { at: 30, top: 23 });
        cursor.step(-200, 100, 10);
        assert_eq!(cursor, Cursor { at: 0, top: 0 });
        cursor.go(500, 100, 10);
        assert_eq!(cursor, Cursor { at: 99, top: 90 });
        cursor.settle(3, 10);
        assert_eq!(cursor, Cursor { at: 2, top: 0 });
        cursor.settle(0, 0);
        assert_eq!(cursor.at, 0);
    }

    #[test]
    fn after_the_last_place_comes_the_first() {
        for (at, back, expected) in [
            (0, false, 2),
            (2, false, 5),
            (5, false, 2),
            (2, true, 5),
            (9, true, 5),
        ] {
            assert_eq!(
                next_of([2, 5].into_iter(), at, back),
                Some(expected),
                "{at} {back}"
            );
        }
        assert_eq!(next_of([].into_iter(), 3, true), None);
    }
}
