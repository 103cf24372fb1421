use std::borrow::Cow;

use crate::article::Language;

/// The parts of a compound in order, two to four of them; empty where the word is none.
///
/// `word` is folded. `frequency` says how often a folded word is met as a word of its own, 0 for an unknown one:
/// a part must be known. Of several cuts the one between the more frequent and the longer parts wins.
pub fn compound_parts(word: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Vec<String> {
    if word.len() > LONGEST_WORD {
        return Vec::new();
    }
    // Every compound ends in a known part, and most words that are none do not.
    let ends = Ends::of(word, language, frequency);
    if ends.0.is_empty() {
        return Vec::new();
    }
    let mut parts = cut(word, &ends, language, frequency)
        .map(|(first, second)| vec![first, second])
        .or_else(|| cut_in_three(word, &ends, language, frequency))
        .unwrap_or_default();
    while (2..4).contains(&parts.len()) {
        let again = parts.iter().enumerate().find_map(|(place, part)| {
            let ends = Ends::of(part, language, frequency);
            Some((place, cut(part, &ends, language, frequency)?))
        });
        let Some((place, (first, second))) = again else {
            break;
        };
        parts.splice(place..=place, [first, second]);
    }
    parts
}

/// Where the known words begin that a word ends in, from its start on, and how well each is known.
struct Ends(Vec<(usize, f32)>);

impl Ends {
    fn of(word: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Self {
        let ends = word.char_indices().skip(1).filter_map(|(at, _)| {
            let weight = weight(word.get(at..)?, language, frequency)?;
            Some((at, weight))
        });
        Self(ends.collect())
    }

    /// The same of the rest of the word from a place on.
    fn behind(&self, from: usize) -> Self {
        let ends = self.0.iter().filter(|(at, _)| *at > from);
        Self(ends.map(|(at, weight)| (at - from, *weight)).collect())
    }
}

/// A known part before a compound that is not known as a whole: the first such cut.
fn cut_in_three(
    word: &str,
    ends: &Ends,
    language: Language,
    frequency: &dyn Fn(&str) -> u32,
) -> Option<Vec<String>> {
    if word.chars().count() < SHORTEST_WORD {
        return None;
    }
    word.char_indices().skip(1).find_map(|(at, _)| {
        let (front, back) = (word.get(..at)?, word.get(at..)?);
        let behind = ends.behind(at);
        if behind.0.is_empty() {
            return None;
        }
        let first = fronts(front, language)
            .map(|(first, _)| first)
            .find(|first| weight(first, language, frequency).is_some())?;
        let (second, third) = cut(back, &behind, language, frequency)?;
        Some(vec![first.into_owned(), second, third])
    })
}

/// The shortest word that is cut, and the shortest part, in letters.
const SHORTEST_WORD: usize = 7;
const SHORTEST_PART: usize = 4;

/// The longest word that is looked at, in bytes: longer ones are no words.
const LONGEST_WORD: usize = 64;

/// What stands between the parts of a compound, and what the first part lost before it.
const fn links(language: Language) -> &'static [(&'static str, &'static str)] {
    match language {
        Language::German => &[
            ("", ""),
            ("s", ""),
            ("n", ""),
            ("es", ""),
            ("en", ""),
            ("er", ""),
            ("e", ""),
            ("ens", ""),
            ("", "e"),
            ("", "en"),
        ],
        Language::Dutch => &[("", ""), ("s", ""), ("n", ""), ("en", ""), ("e", ""), ("er", "")],
        Language::English => &[("", "")],
    }
}

/// Beginnings and ends of words that are no parts, and short words that are; both sorted.
const fn never_parts(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[
            "haft", "heit", "heiten", "ieren", "ierung", "keit", "keiten", "lich", "liche", "lichen",
            "schaft", "schaften", "tion", "tionen", "ungen",
        ],
        Language::Dutch => &[
            "baar", "eerd", "eerde", "eren", "heden", "heid", "ingen", "lijk", "lijke", "schap", "schappen",
            "tien",
        ],
        Language::English => &["able", "less", "ment", "ments", "ness", "ship", "tion", "tions"],
    }
}

const fn short_parts(language: Language) -> &'static [&'static str] {
    match language {
        Language::German => &[
            "arm", "arzt", "bad", "bau", "bus", "eis", "gas", "gen", "hof", "jet", "kur", "not", "ol", "ort",
            "ost", "rad", "rat", "see", "sud", "tag", "tal", "tor", "weg", "zug",
        ],
        Language::Dutch => &[
            "aal", "arm", "bad", "bes", "bom", "bos", "bus", "dag", "dak", "gas", "hof", "ijs", "kas", "les",
            "mes", "oog", "rit", "sap", "vis", "wal", "weg", "wet", "zee",
        ],
        Language::English => &[],
    }
}

/// The best cut in two, before one of the known words that `word` ends in.
fn cut(
    word: &str,
    ends: &Ends,
    language: Language,
    frequency: &dyn Fn(&str) -> u32,
) -> Option<(String, String)> {
    if ends.0.is_empty() || word.chars().count() < SHORTEST_WORD || word.len() > LONGEST_WORD {
        return None;
    }
    let mut best: Option<(f32, Cow<'_, str>, &str)> = None;
    for (at, back_weight) in &ends.0 {
        let (Some(front), Some(back)) = (word.get(..*at), word.get(*at..)) else {
            continue;
        };
        for (first, linked) in fronts(front, language) {
            let Some(front_weight) = weight(&first, language, frequency) else {
                continue;
            };
            // Letters that were added to the front do not make it longer.
            let shorter = first.len().min(front.len()).min(back.len());
            let score = front_weight + back_weight + 0.6 * shorter as f32 - if linked { 0.3 } else { 0.0 };
            if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                best = Some((score, first, back));
            }
        }
    }
    best.map(|(_, first, second)| (first.into_owned(), second.to_string()))
}

/// The words that may stand before a cut, and whether a link was taken off or added.
fn fronts(front: &str, language: Language) -> impl Iterator<Item = (Cow<'_, str>, bool)> {
    links(language).iter().flat_map(move |(link, lost)| {
        let stub = front.strip_suffix(link);
        let linked = !(link.is_empty() && lost.is_empty());
        // Dutch doubles the last consonant before a link: bes, bessensap.
        let single = stub
            .filter(|_| language == Language::Dutch && linked)
            .and_then(without_double);
        let whole = stub.map(|stub| match *lost {
            "" => Cow::Borrowed(stub),
            lost => Cow::Owned(format!("{stub}{lost}")),
        });
        let single = single.map(Cow::Borrowed);
        whole.into_iter().chain(single).map(move |first| (first, linked))
    })
}

/// How well a part is known; none where it cannot be one.
fn weight(part: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Option<f32> {
    let long = part.len() >= SHORTEST_PART && part.chars().nth(SHORTEST_PART - 1).is_some();
    if !long && short_parts(language).binary_search(&part).is_err() {
        return None;
    }
    // Hardly any part is known, so that is asked first.
    let met = frequency(part);
    let known = met > 0 && never_parts(language).binary_search(&part).is_err();
    known.then(|| (met as f32).ln_1p())
}

fn without_double(stub: &str) -> Option<&str> {
    let mut letters = stub.char_indices().rev();
    let ((at, last), (_, before)) = (letters.next()?, letters.next()?);
    (last == before).then(|| stub.get(..at)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, known: &str, word: &str, expected: &str) {
        let frequency = |part: &str| u32::from(known.split(' ').any(|word| word == part));
        assert_eq!(
            compound_parts(word, language, &frequency).join("+"),
            expected,
            "{word}"
        );
    }

    #[test]
    fn compounds_fall_into_known_parts() {
        let german = "arbeit markt minister wind kraft werk bau stelle schaft gesell rund funk frage";
        for (word, parts) in [
            ("arbeitsmarkt", "arbeit+markt"),
            ("windkraftwerk", "wind+kraft+werk"),
            ("baustelle", "bau+stelle"),
            ("rundfunkminister", "rund+funk+minister"),
            ("gesellschaft", ""),
            ("fragebogen", ""),
            ("minister", ""),
            ("werk", ""),
            ("", ""),
        ] {
            check(Language::German, german, word, parts);
        }
        let dutch = "bes arbeid markt zee haven internet regulator saus";
        for (word, parts) in [
            ("arbeidsmarkt", "arbeid+markt"),
            ("zeehaven", "zee+haven"),
            ("internetregulator", "internet+regulator"),
            ("bessensaus", "bes+saus"),
            ("vrijheid", ""),
        ] {
            check(Language::Dutch, dutch, word, parts);
        }
    }

    #[test]
    fn the_more_frequent_parts_win() {
        let frequency = |part: &str| match part {
            "wachs" | "stube" => 50,
            "wach" | "wachstube" => 1,
            _ => 0,
        };
        assert_eq!(
            compound_parts("wachsstube", Language::German, &frequency),
            ["wachs", "stube"]
        );
    }

    #[test]
    fn short_lists_are_sorted() {
        for language in Language::ALL {
            assert!(
                never_parts(language).is_sorted() && short_parts(language).is_sorted(),
                "{language}"
            );
        }
    }
}
