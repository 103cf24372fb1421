use std::ops::RangeInclusive;

/// Calls `each` with the key of every run of `lengths` letters in `text`, a run that occurs twice twice.
///
/// Keys are hashes that do not change between versions of a program; the longest length must be at most 16.
pub fn char_ngrams(text: &str, lengths: RangeInclusive<usize>, mut each: impl FnMut(u64)) {
    let mut window = [0u32; 16];
    let longest = (*lengths.end()).min(window.len());
    for (seen, c) in text.chars().enumerate() {
        window.copy_within(1.., 0);
        window[15] = u32::from(c);
        let mut key = 0xcbf2_9ce4_8422_2325_u64;
        for length in 1..=longest.min(seen + 1) {
            key = mixed(key, window[16 - length]);
            if lengths.contains(&length) {
                each(key);
            }
        }
    }
}

const fn mixed(key: u64, letter: u32) -> u64 {
    let key = (key ^ letter as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    key ^ key >> 32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, lengths: RangeInclusive<usize>) -> Vec<u64> {
        let mut found = Vec::new();
        char_ngrams(text, lengths, |key| found.push(key));
        found
    }

    #[test]
    fn every_run_of_letters_counts() {
        assert_eq!(keys("abcde", 2..=3).len(), 4 + 3);
        assert!(keys("ab", 3..=5).is_empty());
        assert_eq!(keys("größe", 5..=5).len(), 1);
    }

    #[test]
    fn equal_runs_have_equal_keys_and_others_differ() {
        let twice = keys("abab", 2..=2);
        assert_eq!((twice[0] == twice[2], twice[0] == twice[1]), (true, false));
    }
}
