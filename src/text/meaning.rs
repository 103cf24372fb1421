use std::collections::HashMap;
use std::sync::LazyLock;

use super::stem;
use crate::article::Language;

/// The words of the list by language and stem, with the line they stand in.
static LISTED: LazyLock<HashMap<(Language, String), Vec<&'static str>>> = LazyLock::new(|| {
    let mut listed: HashMap<(Language, String), Vec<&'static str>> = HashMap::new();
    let list = include_str!("../../assets/words/same.txt");
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        for (language, words) in Language::ALL.into_iter().zip(line.split('|')) {
            for word in words.split_whitespace() {
                listed
                    .entry((language, stem(word, language)))
                    .or_default()
                    .push(line);
            }
        }
    }
    listed
});

/// Words of another language that mean the same as a word of news, by a short list that comes with the program.
pub fn counterparts(word: &str, from: Language, to: Language) -> Vec<&'static str> {
    let lines = LISTED.get(&(from, stem(word, from)));
    let mut found = Vec::new();
    for line in lines.into_iter().flatten() {
        let words = line.split('|').nth(to as usize).unwrap_or_default();
        for word in words.split_whitespace() {
            if !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, English, German};

    #[test]
    fn frequent_words_have_counterparts() {
        for (word, from, to, expected) in [
            ("Streiks", German, Dutch, "staking staken"),
            ("Krankenhäuser", German, Dutch, "ziekenhuis"),
            ("huurders", Dutch, German, "Miete Mieter mieten"),
            ("werknemers", Dutch, English, "employee worker staff"),
            ("Zebra", German, Dutch, ""),
            ("staking", German, Dutch, ""),
            ("", German, Dutch, ""),
        ] {
            assert_eq!(counterparts(word, from, to).join(" "), expected, "{word}");
        }
    }

    #[test]
    fn every_line_has_three_languages() {
        let list = include_str!("../../assets/words/same.txt");
        for line in list.lines().skip(1) {
            let columns: Vec<_> = line.split('|').map(str::trim).collect();
            assert!(
                columns.len() == 3 && columns.iter().all(|words| !words.is_empty()),
                "{line}"
            );
        }
    }
}
