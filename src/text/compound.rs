use crate::article::Language;

/// The parts of a compound in order, two to four of them; empty where the word is none.
///
/// `word` is folded. `frequency` says how often a folded word is met as a word of its own, 0 for an unknown one:
/// a part must be known. Of several cuts the one between the more frequent and the longer parts wins.
pub fn compound_parts(word: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Vec<String> {
    // Every compound ends in a known part, and most words that are none do not.
    let ends_known = word.len() <= LONGEST_WORD
        && word.char_indices().skip(1).any(|(at, _)| {
            word.get(at..)
                .is_some_and(|back| weight(back, language, frequency).is_some())
        });
    if !ends_known {
        return Vec::new();
    }
    let mut parts = cut(word, language, frequency)
        .map(|(first, second)| vec![first, second])
        .or_else(|| cut_in_three(word, language, frequency))
        .unwrap_or_default();
    while (2..4).contains(&parts.len()) {
        let again = parts
            .iter()
            .enumerate()
            .find_map(|(place, part)| Some((place, cut(part, language, frequency)?)));
        let Some((place, (first, second))) = again else {
            break;
        };
        parts.splice(place..=place, [first, second]);
    }
    parts
}

/// A known part before a compound that is not known as a whole: the first such cut.
fn cut_in_three(word: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Option<Vec<String>> {
    if word.chars().count() < SHORTEST_WORD || word.len() > LONGEST_WORD {
        return None;
    }
    word.char_indices().skip(1).find_map(|(at, _)| {
        let (front, back) = (word.get(..at)?, word.get(at..)?);
        let first = fronts(front, language)
            .map(|(first, _)| first)
            .find(|first| weight(first, language, frequency).is_some())?;
        let (second, third) = cut(back, language, frequency)?;
        Some(vec![first, second, third])
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

/// The best cut in two.
fn cut(word: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Option<(String, String)> {
    if word.chars().count() < SHORTEST_WORD || word.len() > LONGEST_WORD {
        return None;
    }
    let mut best: Option<(f32, String, String)> = None;
    for (at, _) in word.char_indices().skip(1) {
        let (Some(front), Some(back)) = (word.get(..at), word.get(at..)) else {
            continue;
        };
        let Some(back_weight) = weight(back, language, frequency) else {
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
                best = Some((score, first, back.to_string()));
            }
        }
    }
    best.map(|(_, first, second)| (first, second))
}

/// The words that may stand before a cut, and whether a link was taken off or added.
fn fronts(front: &str, language: Language) -> impl Iterator<Item = (String, bool)> + '_ {
    links(language).iter().flat_map(move |(link, lost)| {
        let stub = front.strip_suffix(link);
        let linked = !(link.is_empty() && lost.is_empty());
        // Dutch doubles the last consonant before a link: bes, bessensap.
        let single = stub
            .filter(|_| language == Language::Dutch && linked)
            .and_then(without_double);
        let whole = stub.map(|stub| format!("{stub}{lost}"));
        whole.into_iter().chain(single).map(move |first| (first, linked))
    })
}

/// How well a part is known; none where it cannot be one.
fn weight(part: &str, language: Language, frequency: &dyn Fn(&str) -> u32) -> Option<f32> {
    let long = part.chars().count() >= SHORTEST_PART;
    if !long && short_parts(language).binary_search(&part).is_err() {
        return None;
    }
    if never_parts(language).binary_search(&part).is_ok() {
        return None;
    }
    let met = frequency(part);
    (met > 0).then(|| (met as f32).ln_1p())
}

fn without_double(stub: &str) -> Option<String> {
    let mut letters = stub.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    (last == before).then(|| letters.rev().chain([before]).collect())
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
