//! Words of two languages that mean the same.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::article::Language;
use crate::text;

/// What is known of words of two languages that mean the same, by their stems.
///
/// It starts empty; an installed dictionary and what was learned from the library are put in. The few hundred
/// words that come with beide are known besides.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    meanings: HashMap<(Language, Language), Meanings>,
    compounds: HashMap<(Language, String), Vec<String>>,
}

/// The stems that mean the same as a stem, with their weights.
type Meanings = HashMap<String, Vec<(String, f32)>>;

/// The frequent words of the news that come with beide.
static BUILT_IN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::of_columns(include_str!("../../assets/words/pairs.txt")));

/// How sure the words that come with beide are: they leave their other meanings out.
const BUILT_IN_WEIGHT: f32 = 0.95;

impl Lexicon {
    /// The words that come with beide.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Notes, in both directions, that two words mean the same; `weight` is how sure that is, from 0 to 1.
    ///
    /// Of several weights for one pair the highest holds.
    pub fn add(
        &mut self,
        (word, language): (&str, Language),
        (other, other_language): (&str, Language),
        weight: f32,
    ) {
        let (stem, other_stem) = (text::stem(word, language), text::stem(other, other_language));
        self.add_stems((&stem, language), (&other_stem, other_language), weight);
    }

    /// Notes the same of two stems.
    pub fn add_stems(
        &mut self,
        (stem, language): (&str, Language),
        (other, other_language): (&str, Language),
        weight: f32,
    ) {
        self.note((language, other_language), stem, other, weight);
        self.note((other_language, language), other, stem, weight);
    }

    /// Notes what a folded word is put together of.
    pub fn add_compound(&mut self, folded: &str, language: Language, parts: Vec<String>) {
        self.compounds.insert((language, folded.to_string()), parts);
    }

    /// The folded parts of a folded word, in order; none where it is no compound that is known.
    pub fn parts(&self, folded: &str, language: Language) -> &[String] {
        self.compounds
            .get(&(language, folded.to_string()))
            .map_or(&[], Vec::as_slice)
    }

    fn note(&mut self, languages: (Language, Language), stem: &str, other: &str, weight: f32) {
        let known = self.meanings.entry(languages).or_default();
        let meanings = known.entry(stem.to_string()).or_default();
        match meanings.iter_mut().find(|(meaning, _)| meaning == other) {
            Some((_, most)) => *most = most.max(weight),
            None => meanings.push((other.to_string(), weight)),
        }
    }

    /// The stems in `other` that mean the same as a stem of `language`, with their weights.
    pub fn meanings(&self, stem: &str, language: Language, other: Language) -> &[(String, f32)] {
        self.meanings
            .get(&(language, other))
            .and_then(|known| known.get(stem))
            .map_or(&[], Vec::as_slice)
    }

    /// The number of stems of the first language whose meaning in the other is known.
    pub fn len(&self, language: Language, other: Language) -> usize {
        self.meanings.get(&(language, other)).map_or(0, HashMap::len)
    }

    /// Reads lines of three columns, one a language in the order of [`Language::ALL`], of words divided by commas.
    fn of_columns(lines: &str) -> Self {
        let mut lexicon = Self::default();
        for line in lines.lines().filter(|line| !line.starts_with('#')) {
            // Each word is stemmed once, however many it is paired with.
            let columns: Vec<(Language, Vec<String>)> = Language::ALL
                .into_iter()
                .zip(line.split_whitespace())
                .map(|(language, words)| {
                    let words = words.split(',').filter(|word| *word != "-");
                    (language, words.map(|word| text::stem(word, language)).collect())
                })
                .collect();
            for (place, (language, stems)) in columns.iter().enumerate() {
                for (other_language, others) in columns.iter().skip(place + 1) {
                    for stem in stems {
                        for other in others {
                            lexicon.add_stems((stem, *language), (other, *other_language), BUILT_IN_WEIGHT);
                        }
                    }
                }
            }
        }
        lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, English, German};

    #[test]
    fn what_comes_with_beide_is_found_by_stems() {
        let lexicon = Lexicon::built_in();
        let means = |word, language, other, other_language| {
            lexicon
                .meanings(&text::stem(word, language), language, other_language)
                .iter()
                .any(|(stem, _)| *stem == text::stem(other, other_language))
        };
        assert!(means("Gewerkschaften", German, "vakbond", Dutch));
        assert!(means("kwartalen", Dutch, "quarters", English));
        assert!(means("revenues", English, "Umsatz", German));
        assert!(!means("Haus", German, "hond", Dutch));
    }

    #[test]
    fn the_surer_weight_holds() {
        let mut lexicon = Lexicon::default();
        lexicon.add(("Zaun", German), ("hek", Dutch), 0.4);
        lexicon.add(("Zaun", German), ("hek", Dutch), 0.9);
        lexicon.add(("Zaun", German), ("hekken", Dutch), 0.2);
        assert_eq!(
            lexicon.meanings("zaun", German, Dutch),
            [("hek".to_string(), 0.9)]
        );
        assert_eq!((lexicon.len(German, Dutch), lexicon.len(Dutch, English)), (1, 0));
    }

    #[test]
    fn every_line_has_its_columns() {
        for line in include_str!("../../assets/words/pairs.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            assert_eq!(line.split(' ').count(), 3, "{line}");
        }
    }
}
