use std::sync::LazyLock;

use super::fold;
use crate::article::Language;

/// A word in the spelling in which the cognates of German, Dutch and English come closest.
///
/// Give it as written, umlauts and all: they say more than the folded form.
pub fn bridged(word: &str, language: Language) -> String {
    let prepared = prepare(word, language);
    finish(respell(&prepared, language))
}

/// The keys under which cognates meet: two words match if they share one.
///
/// A German word has up to six, a Dutch or English one at most one; words of fewer than two consonants, and
/// words of other scripts, have none. *Wasser* and *water* share `wat`, *Kirche* and *kerk* share `kark`.
pub fn bridge_keys(word: &str, language: Language) -> Vec<String> {
    let prepared = prepare(word, language);
    let mut keys = Vec::new();
    for variant in variants(prepared, language) {
        if let Some(key) = skeleton(&finish(respell(&variant, language)))
            && !keys.contains(&key)
        {
            keys.push(key);
        }
    }
    keys
}

/// The spelling rules of one language.
struct Rules {
    endings: Vec<(&'static str, &'static str)>,
    clusters: Vec<Cluster>,
}

/// A group of letters and what stands for it, with the letters a word must have to contain it.
struct Cluster {
    from: &'static str,
    to: &'static str,
    place: Place,
    letters: u32,
}

#[derive(PartialEq)]
enum Place {
    Anywhere,
    Start,
    /// An h between a vowel and a consonant or the end.
    SilentH,
}

static RULES: LazyLock<[Rules; 3]> =
    LazyLock::new(|| Language::ALL.map(|language| Rules::parse(rule_list(language))));

const fn rule_list(language: Language) -> &'static str {
    match language {
        Language::German => include_str!("../../assets/words/bridge_de.txt"),
        Language::Dutch => include_str!("../../assets/words/bridge_nl.txt"),
        Language::English => include_str!("../../assets/words/bridge_en.txt"),
    }
}

impl Rules {
    fn of(language: Language) -> &'static Self {
        let [german, dutch, english] = &*RULES;
        match language {
            Language::German => german,
            Language::Dutch => dutch,
            Language::English => english,
        }
    }

    fn parse(list: &'static str) -> Self {
        let mut rules = Self {
            endings: Vec::new(),
            clusters: Vec::new(),
        };
        let mut in_clusters = false;
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(' ') {
                Some(pair) if in_clusters => rules.clusters.push(Cluster::new(pair)),
                Some(pair) => rules.endings.push(pair),
                None => in_clusters = line == "[clusters]",
            }
        }
        rules
    }
}

impl Cluster {
    fn new((from, to): (&'static str, &'static str)) -> Self {
        let place = match from {
            "silent" => Place::SilentH,
            _ if from.starts_with('^') => Place::Start,
            _ => Place::Anywhere,
        };
        let (from, to) = if place == Place::SilentH {
            (to, "")
        } else {
            (from.trim_start_matches('^'), to)
        };
        Self {
            from,
            to,
            place,
            letters: letter_mask(from),
        }
    }

    fn applied(&self, word: &str) -> String {
        match self.place {
            Place::Anywhere => word.replace(self.from, self.to),
            Place::Start => word
                .strip_prefix(self.from)
                .map_or_else(|| word.to_string(), |rest| format!("{}{rest}", self.to)),
            Place::SilentH => without_silent_h(word),
        }
    }
}

/// One bit for each letter from a to z that a word contains.
fn letter_mask(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |mask, byte| mask | 1 << (byte - b'a'))
}

/// Endings replaced, then folded with the umlauts as e, o and u.
fn prepare(word: &str, language: Language) -> String {
    let lower: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|c| *c != '\u{ad}')
        .collect();
    let fitting = Rules::of(language).endings.iter().find_map(|(ending, other)| {
        let root = lower.strip_suffix(ending)?;
        (root.chars().count() >= 3).then(|| format!("{root}{other}"))
    });
    let word = fitting.unwrap_or(lower);
    if word.is_ascii() {
        word
    } else if language == Language::German {
        fold(&word.replace('ä', "e"))
    } else {
        fold(&word)
    }
}

/// The other spellings of a German word: z, ss and b between vowels are often t, t and f.
fn variants(word: String, language: Language) -> Vec<String> {
    let mut all = vec![word];
    if language != Language::German {
        return all;
    }
    let word = all[0].clone();
    if word.contains('z') || word.contains("ff") {
        all.push(word.replace("tz", "t").replace('z', "t").replace("ff", "p"));
    }
    if word.contains("ss") {
        all.push(word.replace("ss", "t"));
    }
    for place in 0..all.len() {
        let softened = soften(&all[place]);
        if softened != all[place] {
            all.push(softened);
        }
    }
    all
}

/// The word with f for b between vowels.
fn soften(word: &str) -> String {
    between(
        word,
        'b',
        |before, after| is_vowel(before) && after.is_some_and(is_vowel),
        Some('f'),
    )
}

fn without_silent_h(word: &str) -> String {
    between(
        word,
        'h',
        |before, after| is_vowel(before) && !after.is_some_and(is_vowel),
        None,
    )
}

/// The word with `letter` replaced wherever its neighbours allow it; nothing precedes the first letter.
fn between(
    word: &str,
    letter: char,
    allowed: impl Fn(char, Option<char>) -> bool,
    other: Option<char>,
) -> String {
    let mut changed = String::with_capacity(word.len());
    let mut before = ' ';
    let mut rest = word.chars().peekable();
    while let Some(c) = rest.next() {
        if c == letter && allowed(before, rest.peek().copied()) {
            changed.extend(other);
        } else {
            changed.push(c);
        }
        before = c;
    }
    changed
}

const fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn respell(word: &str, language: Language) -> String {
    let mut word = word.to_string();
    let mut letters = letter_mask(&word);
    for cluster in &Rules::of(language).clusters {
        if cluster.letters & !letters == 0 && word.contains(cluster.from) {
            word = cluster.applied(&word);
            letters = letter_mask(&word);
        }
    }
    word
}

/// The spelling all three languages share at the end: c as k, d as t, v as f, no doubles, no inflection.
fn finish(word: String) -> String {
    let mut single = String::with_capacity(word.len());
    for c in word.chars() {
        let c = match c {
            'c' => 'k',
            'd' => 't',
            'v' => 'f',
            'y' | 'j' => 'i',
            'h' if single.ends_with('t') => continue,
            other => other,
        };
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    // A plural may hide another ending: investments, investment.
    if inflected(&mut single) == Some("s") {
        inflected(&mut single);
    }
    single
}

/// Takes an inflection off, if three letters stay, and says which.
fn inflected(word: &mut String) -> Option<&'static str> {
    const ENDINGS: [&str; 10] = ["ens", "en", "er", "es", "em", "st", "n", "e", "s", "t"];
    let ending = ENDINGS.into_iter().find(|ending| {
        word.strip_suffix(ending)
            .is_some_and(|root| root.chars().count() >= 3)
    })?;
    word.truncate(word.len() - ending.len());
    Some(ending)
}

/// The consonants with an `a` for every run of vowels between them; with only two consonants the word itself.
fn skeleton(word: &str) -> Option<String> {
    if !word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    match word.chars().filter(|c| !is_vowel(*c)).count() {
        0 | 1 => None,
        2 => Some(word.to_string()),
        _ => {
            let mut key = String::with_capacity(word.len());
            for c in word.chars() {
                let c = if is_vowel(c) { 'a' } else { c };
                if c != 'a' || !key.ends_with('a') {
                    key.push(c);
                }
            }
            Some(key)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, English, German};

    fn meet(a: &str, of: Language, b: &str, other: Language) -> bool {
        let keys = bridge_keys(b, other);
        bridge_keys(a, of).iter().any(|key| keys.contains(key))
    }

    #[test]
    fn cognates_share_a_key() {
        for (german, dutch) in [
            ("Wasser", "water"),
            ("Kirche", "kerk"),
            ("machen", "maken"),
            ("Konferenz", "conferentie"),
            ("Regierung", "regering"),
            ("Gesellschaft", "gezelschap"),
            ("Universität", "universiteit"),
            ("Milliarden", "miljarden"),
            ("investieren", "investeren"),
            ("Infrastruktur", "infrastructuur"),
            ("Technologie", "technologie"),
            ("Minister", "minister"),
            ("politisch", "politisch"),
            ("Nacht", "nacht"),
            ("schwarz", "zwart"),
            ("Kilometer", "kilometer"),
            ("Zeitung", "tijding"),
            ("leben", "leven"),
            ("Straße", "straten"),
        ] {
            assert!(
                meet(german, German, dutch, Dutch),
                "{german} {:?} {dutch} {:?}",
                bridge_keys(german, German),
                bridge_keys(dutch, Dutch)
            );
        }
        for (english, dutch) in [
            ("information", "informatie"),
            ("investments", "investment"),
            ("university", "universiteit"),
        ] {
            assert!(meet(english, English, dutch, Dutch), "{english} {dutch}");
        }
    }

    #[test]
    fn other_words_share_none() {
        for (german, dutch) in [
            ("Wasser", "wetter"),
            ("Haus", "hond"),
            ("Bank", "beek"),
            ("Regierung", "vergadering"),
            ("ja", "ja"),
            ("", ""),
        ] {
            assert!(!meet(german, German, dutch, Dutch), "{german} {dutch}");
        }
    }

    #[test]
    fn words_of_other_scripts_have_a_form_but_no_key() {
        assert_eq!(bridged("Αθήνα", German), "αθηνα");
        assert!(bridge_keys("Москва", English).is_empty());
    }
}
