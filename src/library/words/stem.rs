use std::collections::HashMap;
use std::sync::LazyLock;

use super::Vocabulary;
use crate::article::Language;
use crate::text;

/// The stem under which the forms of a word meet.
///
/// Snowball's, after what it cannot know: irregular forms, by a list, and a few endings that it leaves on.
pub fn stem(word: &str, folded: &str, language: Language, vocabulary: &Vocabulary) -> String {
    if let Some(base) = irregular(folded, language) {
        return base;
    }
    let verb = |folded: &str| infinitive(word, folded, language, vocabulary);
    match language {
        Language::German => match german(folded).or_else(|| verb(folded)) {
            Some(other) => text::stem(&other, language),
            None => text::stem(word, language),
        },
        Language::Dutch => {
            let other = dutch(folded).or_else(|| verb(folded));
            text::stem(other.as_deref().unwrap_or(folded), language)
        }
        Language::English => text::stem(word, language),
    }
}

/// Irregular forms with their words.
struct Irregular {
    /// Also at the end of compounds.
    nouns: HashMap<&'static str, &'static str>,
    /// Alone only.
    words: HashMap<&'static str, &'static str>,
}

static IRREGULAR: LazyLock<[Irregular; 2]> = LazyLock::new(|| {
    [
        include_str!("../../../assets/words/forms_de.txt"),
        include_str!("../../../assets/words/forms_nl.txt"),
    ]
    .map(Irregular::parse)
});

impl Irregular {
    fn parse(list: &'static str) -> Self {
        let mut parsed = Self {
            nouns: HashMap::new(),
            words: HashMap::new(),
        };
        let mut of_nouns = true;
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            if line.starts_with('[') {
                of_nouns = line == "[nouns]";
                continue;
            }
            let base = line.split(' ').next().unwrap_or_default();
            let forms = if of_nouns {
                &mut parsed.nouns
            } else {
                &mut parsed.words
            };
            for form in line.split(' ') {
                forms.entry(form).or_insert(base);
            }
        }
        parsed
    }
}

/// The shortest beginning of a compound before an irregular form, in bytes.
const BEGINNING: usize = 3;

fn irregular(folded: &str, language: Language) -> Option<String> {
    let [german, dutch] = &*IRREGULAR;
    let irregular = match language {
        Language::German => german,
        Language::Dutch => dutch,
        Language::English => return None,
    };
    if let Some(base) = irregular
        .words
        .get(folded)
        .or_else(|| irregular.nouns.get(folded))
    {
        return Some((*base).to_string());
    }
    let ends = folded
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| *at >= BEGINNING);
    ends.filter_map(|at| {
        let (beginning, end) = (folded.get(..at)?, folded.get(at..)?);
        // Three letters end too many words by accident.
        let base = irregular
            .nouns
            .get(end)
            .filter(|base| end.len() >= 4 || (base.len() == end.len() && end.len() > 2))?;
        (end != *base || end.len() >= 4).then(|| format!("{beginning}{base}"))
    })
    .next()
}

/// German forms whose ending Snowball leaves on, with an ending that it takes off.
fn german(folded: &str) -> Option<String> {
    const IERT: [&str; 8] = [
        "ierten", "iertem", "ierter", "iertes", "ierte", "iertet", "iertest", "iert",
    ];
    let root = IERT.iter().find_map(|ending| folded.strip_suffix(ending))?;
    (root.len() >= 2).then(|| format!("{root}ieren"))
}

fn dutch(folded: &str) -> Option<String> {
    const EERT: [&str; 5] = ["eerden", "eerde", "eert", "eerd", "erende"];
    if let Some(root) = EERT.iter().find_map(|ending| folded.strip_suffix(ending)) {
        let root = root
            .strip_prefix("ge")
            .filter(|root| root.len() >= 3)
            .unwrap_or(root);
        if root.len() >= 3 {
            return Some(format!("{root}eren"));
        }
    }
    if let Some(root) = folded.strip_suffix("heden").filter(|root| root.len() >= 3) {
        return Some(format!("{root}heid"));
    }
    if let Some(root) = folded.strip_suffix("eeen") {
        return Some(format!("{root}ee"));
    }
    // Snowball takes -en off and mends the vowel before it, but leaves -e: grote becomes groten, and that groot.
    let singular = ["des", "tes", "ges", "ves"]
        .iter()
        .any(|ending| folded.ends_with(ending) && folded.len() >= 6);
    let base = if singular {
        folded.strip_suffix('s')?
    } else {
        folded
    };
    let inflected = base.ends_with('e') && base.len() >= 4;
    let other = ["ie", "ee", "oe", "ue", "je"]
        .iter()
        .any(|ending| base.ends_with(ending));
    (inflected && !other).then(|| format!("{base}n"))
}

/// The infinitive of a weak verb's form, where it is known and the form is no noun: steigt, kaufte, gebaut.
fn infinitive(word: &str, folded: &str, language: Language, vocabulary: &Vocabulary) -> Option<String> {
    let endings: &[&str] = match language {
        Language::German => &["test", "tet", "ten", "te", "st", "t"],
        Language::Dutch => &["ten", "den", "te", "de", "t", "d"],
        Language::English => &[],
    };
    if word.starts_with(char::is_uppercase) || vocabulary.is_seed(folded, language) {
        return None;
    }
    endings.iter().find_map(|ending| {
        let root = folded.strip_suffix(ending).filter(|root| root.len() >= 3)?;
        let bare = root.strip_prefix("ge").filter(|bare| bare.len() >= 3);
        let infinitives = [Some(root), bare]
            .into_iter()
            .flatten()
            .map(|root| format!("{root}en"));
        infinitives
            .into_iter()
            .find(|verb| vocabulary.frequency(verb, language) > 0 && !vocabulary.is_seed(verb, language))
    })
}

/// The parts met so far with their stems: of few words many compounds are made.
#[derive(Default)]
pub struct Parts(HashMap<String, String>);

/// How many parts are remembered.
const REMEMBERED: usize = 50_000;

impl Parts {
    /// The stems of a compound's parts, then of its parts that are compounds themselves, and how many are of the
    /// first kind.
    pub fn stems(
        &mut self,
        folded: &str,
        pieces: &[String],
        whole: &str,
        language: Language,
        vocabulary: &Vocabulary,
    ) -> (Vec<String>, usize) {
        let mut stems: Vec<String> = Vec::new();
        let mut take = |stems: &mut Vec<String>, part: &str| {
            let stem = self.stem(part, language, vocabulary);
            if stem != whole && !stems.iter().any(|known| known == stem) {
                stems.push(stem.to_string());
            }
        };
        for piece in pieces {
            take(&mut stems, piece);
        }
        let leaves = stems.len();
        let starts = starts(folded, pieces);
        for first in 0..pieces.len() {
            for end in first + 2..=pieces.len() {
                let is_whole = first == 0 && end == pieces.len();
                let until = starts.get(end).copied().unwrap_or(folded.len());
                let inner = starts.get(first).and_then(|start| folded.get(*start..until));
                if let Some(inner) = inner.filter(|_| !is_whole) {
                    take(&mut stems, inner);
                }
            }
        }
        (stems, leaves)
    }

    fn stem(&mut self, part: &str, language: Language, vocabulary: &Vocabulary) -> &str {
        if self.0.len() > REMEMBERED {
            self.0.clear();
        }
        if !self.0.contains_key(part) {
            self.0
                .insert(part.to_string(), stem(part, part, language, vocabulary));
        }
        self.0.get(part).map_or("", String::as_str)
    }
}

/// Where each part begins in its compound; a link before it may be a few letters long.
fn starts(folded: &str, pieces: &[String]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(pieces.len());
    let mut from = 0;
    for piece in pieces {
        // A part may have letters that the compound dropped at its end (Frage, Fragebogen), never at its start.
        let beginning: String = piece.chars().take(3).collect();
        let found = folded.get(from..).and_then(|rest| rest.find(&beginning));
        let start = from + found.unwrap_or(0);
        starts.push(start);
        from = (start + piece.len().saturating_sub(2)).min(folded.len());
    }
    starts
}
