//! False friends: words that look alike in two languages and mean something else.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::article::Language;

use super::{Span, fold, tokens};

const LISTED: &str = include_str!("../../assets/words/false_friends.txt");

/// The longest ending that a form with a star takes, in letters.
const LONGEST_ENDING: usize = 3;

/// One side of a pair of false friends: a word of one language and what it means in the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Friend {
    /// The language of the word.
    pub language: Language,
    /// The word, as a dictionary would have it.
    pub word: &'static str,
    /// What it means: `nl krijgen, en to get`.
    pub meaning: &'static str,
}

/// All that is listed, by folded form.
struct List {
    groups: Vec<Vec<Friend>>,
    whole: HashMap<(Language, String), Vec<usize>>,
    stems: HashMap<(Language, String), Vec<usize>>,
}

/// The words of `text` that have a false friend in another language, in order.
pub fn false_friends(text: &str, language: Language) -> Vec<Span> {
    let words = tokens(text).map(|token| token.span);
    words
        .filter(|span| !groups_of(span.of(text), language).is_empty())
        .collect()
}

/// The false friends of a word, its own side first; none where it has none.
pub fn friends_of(word: &str, language: Language) -> Vec<&'static Friend> {
    let list = list();
    let mut found: Vec<&Friend> = Vec::new();
    for group in groups_of(word, language)
        .iter()
        .filter_map(|group| list.groups.get(*group))
    {
        let (own, others): (Vec<&Friend>, Vec<&Friend>) =
            group.iter().partition(|friend| friend.language == language);
        for friend in own.into_iter().chain(others) {
            if !found.contains(&friend) {
                found.push(friend);
            }
        }
    }
    found
}

fn groups_of(word: &str, language: Language) -> &'static [usize] {
    let list = list();
    let folded = fold(word);
    if let Some(groups) = list.whole.get(&(language, folded.clone())) {
        return groups;
    }
    let mut stem = folded;
    for _ in 0..=LONGEST_ENDING {
        if let Some(groups) = list.stems.get(&(language, stem.clone())) {
            return groups;
        }
        stem.pop();
    }
    &[]
}

fn list() -> &'static List {
    static LIST: OnceLock<List> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut list = List {
            groups: Vec::new(),
            whole: HashMap::new(),
            stems: HashMap::new(),
        };
        for line in LISTED
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let number = list.groups.len();
            let sides: Vec<_> = line.split('|').filter_map(|side| side_of(side.trim())).collect();
            for (friend, forms) in &sides {
                for form in forms.split('/') {
                    let (forms, form) = match form.strip_suffix('*') {
                        Some(stem) => (&mut list.stems, stem),
                        None => (&mut list.whole, form),
                    };
                    let known = forms.entry((friend.language, fold(form))).or_default();
                    known.push(number);
                }
            }
            list.groups
                .push(sides.into_iter().map(|(friend, _)| friend).collect());
        }
        list
    })
}

/// Reads `de eventuell*: nl eventueel, en possibly`; gives the forms too.
fn side_of(side: &'static str) -> Option<(Friend, &'static str)> {
    let (language, rest) = side.split_once(' ')?;
    let (forms, meaning) = rest.split_once(": ")?;
    let friend = Friend {
        language: Language::from_code(language)?,
        word: forms.split('/').next()?.trim_end_matches('*'),
        meaning,
    };
    Some((friend, forms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language::{Dutch, English, German};

    #[test]
    fn every_line_sets_words_of_two_languages_apart() {
        for (group, line) in list()
            .groups
            .iter()
            .zip(LISTED.lines().filter(|line| !line.starts_with('#')))
        {
            assert_eq!(group.len(), line.split('|').count(), "{line}");
            assert!(group.len() > 1, "{line}");
            assert!(
                group.iter().any(|friend| friend.language != group[0].language),
                "{line}"
            );
        }
    }

    #[test]
    fn words_with_false_friends_are_found_in_their_forms() {
        for (text, language, found) in [
            (
                "Der aktuelle Chef bekommt eine Billion",
                German,
                vec!["aktuelle", "Chef", "bekommt", "Billion"],
            ),
            (
                "Hij belde over de eventuele rente",
                Dutch,
                vec!["belde", "eventuele", "rente"],
            ),
            (
                "It will actually cost a billion",
                English,
                vec!["actually", "billion"],
            ),
            ("Der Deich hält", German, vec![]),
            ("aktuellerweise total", German, vec![]),
        ] {
            let words: Vec<&str> = false_friends(text, language)
                .iter()
                .map(|span| span.of(text))
                .collect();
            assert_eq!(words, found, "{text}");
        }
        let said: Vec<(&str, &str)> = friends_of("eventuelle", German)
            .iter()
            .map(|friend| (friend.word, friend.meaning))
            .collect();
        assert_eq!(said[0], ("eventuell", "nl eventueel, en possibly"));
        assert!(said.contains(&("eventual", "de schließlich, nl uiteindelijk")));
    }
}
