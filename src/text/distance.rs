/// A word prepared to be compared with many others.
///
/// Words are compared by their first 64 bytes; they should be folded.
pub struct Pattern {
    /// For every byte value, the places in the word where it stands.
    places: [u64; 256],
    length: usize,
}

impl Pattern {
    /// Prepares `word`.
    pub fn new(word: &str) -> Self {
        let mut places = [0; 256];
        let mut length = 0;
        for byte in word.bytes().take(64) {
            places[usize::from(byte)] |= 1 << length;
            length += 1;
        }
        Self { places, length }
    }

    /// The least number of insertions, deletions and replacements that lead to `other`.
    ///
    /// One step a byte of `other`: a column of the table is kept as bits of differences (Myers 1999).
    pub fn distance(&self, other: &str) -> usize {
        let Some(last) = self.length.checked_sub(1) else {
            return other.len().min(64);
        };
        let (mut rising, mut falling, mut score) = (u64::MAX, 0u64, self.length);
        for byte in other.bytes().take(64) {
            let equal = self.places[usize::from(byte)];
            let vertical = equal | falling;
            let horizontal = ((equal & rising).wrapping_add(rising) ^ rising) | equal;
            let mut up = falling | !(horizontal | rising);
            let mut down = rising & horizontal;
            score += usize::from(up >> last & 1 == 1);
            score -= usize::from(down >> last & 1 == 1);
            up = up << 1 | 1;
            down <<= 1;
            rising = down | !(vertical | up);
            falling = up & vertical;
        }
        score
    }
}

/// The least number of insertions, deletions and replacements between two words, by their first 64 bytes.
pub fn edit_distance(a: &str, b: &str) -> usize {
    Pattern::new(a).distance(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn by_table(a: &[u8], b: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, y) in b.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = (diagonal + usize::from(x != y)).min(above + 1).min(row[j] + 1);
                diagonal = above;
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn it_is_the_distance_of_the_textbook(a in "[a-d]{0,20}", b in "[a-d]{0,20}") {
            prop_assert_eq!(edit_distance(&a, &b), by_table(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn any_words_have_one(a in "\\PC{0,90}", b in "\\PC{0,90}") {
            prop_assert!(edit_distance(&a, &b) <= 64);
        }
    }
}
