//! Words of two languages that mean the same, learned from passages that say the same.

use std::collections::{HashMap, HashSet};

use super::Comparison;
use crate::article::{Article, Language, Part};
use crate::text::{content_words, paragraphs, stem};

/// Two passages of different languages that say the same, as the stems of their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parallel {
    /// The languages, in the order of [`Language::ALL`].
    pub languages: [Language; 2],
    /// The distinct stems of each, in order.
    pub stems: [Vec<String>; 2],
    /// The story that they are of.
    pub story: i64,
}

/// Two stems that mean the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The languages, in the order of [`Language::ALL`].
    pub languages: [Language; 2],
    /// The stem in each.
    pub stems: [String; 2],
    /// How sure that is, from 0 to 1.
    pub weight: f32,
}

/// The most words of a passage; longer ones tell little of what means what.
const MOST_WORDS: usize = 60;
/// The fewest letters of a stem that is learned.
const SHORTEST: usize = 3;
/// What two linked paragraphs must score: in versions of one text, and in independent reports.
const VERSIONS: f32 = 0.35;
const REPORTS: f32 = 0.6;

/// The linked passages of a story's articles in different languages.
pub fn parallels(articles: &[Article], comparison: &Comparison, story: i64) -> Vec<Parallel> {
    let mut found = Vec::new();
    for linked in &comparison.links {
        let (a, b) = linked.articles;
        let languages = [a, b].map(|article| {
            articles
                .get(article)
                .and_then(|article| article.headline.language)
        });
        let [Some(first), Some(second)] = languages else {
            continue;
        };
        if first == second {
            continue;
        }
        let least = if linked.kin.is_version() {
            VERSIONS
        } else {
            REPORTS
        };
        let texts = [a, b].map(|article| articles[article].part(Part::Text));
        let spans = texts.map(paragraphs);
        for (x, y, _) in linked.paragraphs.iter().filter(|(.., score)| *score >= least) {
            let (Some(x), Some(y)) = (spans[0].get(x.0), spans[1].get(y.0)) else {
                continue;
            };
            let own = stems(x.of(texts[0]), first);
            let others = stems(y.of(texts[1]), second);
            if own.is_empty() || others.is_empty() {
                continue;
            }
            let (languages, stems) = if first < second {
                ([first, second], [own, others])
            } else {
                ([second, first], [others, own])
            };
            found.push(Parallel {
                languages,
                stems,
                story,
            });
        }
    }
    found
}

/// The distinct stems of a passage; none of one that is too long.
fn stems(text: &str, language: Language) -> Vec<String> {
    let mut seen = HashSet::new();
    let words = content_words(text, language).into_iter();
    let stems = words.map(|word| stem(word.span.of(text), language));
    let stems: Vec<String> = stems
        .filter(|stem| stem.chars().count() >= SHORTEST && stem.chars().all(char::is_alphabetic))
        .filter(|stem| seen.insert(stem.clone()))
        .collect();
    if stems.len() > MOST_WORDS {
        return Vec::new();
    }
    stems
}

/// How many candidates of a word are kept, the surest first.
const MOST_CANDIDATES: usize = 5;
/// In how many passages two words must meet to be candidates, and in how many be linked to be learned, and of how many
/// stories: what one event is told with means much the same in all its reports.
const FEWEST: u32 = 2;
const FEWEST_LINKS: u32 = 3;
const FEWEST_STORIES: u32 = 2;
/// Words that stand in a larger share of the passages than one in so many mean too much.
const TOO_FREQUENT: usize = 8;
/// How alike the passages of two words must be for them to be candidates, as Dice counts it, and in the end.
const CANDIDATE: f32 = 0.15;
const SURE: f32 = 0.45;
/// The most that learned words are trusted.
const TRUST: f32 = 0.8;

/// Learns which words mean the same: those that stand in the passages of the other, and for which no other word of these
/// passages accounts better. Competitive linking, after Melamed (2000). The result is in order of languages and stems.
///
/// Takes time in proportion to the passages, each of which is of bounded length.
pub fn learn(passages: &[Parallel]) -> Vec<Learned> {
    let mut by_languages: HashMap<[Language; 2], Vec<&Parallel>> = HashMap::new();
    for passage in passages {
        by_languages.entry(passage.languages).or_default().push(passage);
    }
    let mut learned: Vec<Learned> = by_languages
        .into_iter()
        .flat_map(|(languages, passages)| of_languages(languages, &passages))
        .collect();
    learned.sort_by(|a, b| (a.languages, &a.stems).cmp(&(b.languages, &b.stems)));
    learned
}

/// The words of one side, numbered, with the passages that each stands in.
#[derive(Default)]
struct Side<'a> {
    numbers: HashMap<&'a str, u32>,
    stems: Vec<&'a str>,
    passages: Vec<Vec<u32>>,
}

impl<'a> Side<'a> {
    fn of(passages: &[&'a Parallel], side: usize) -> Self {
        let mut all = Self::default();
        for (number, passage) in (0..).zip(passages) {
            for stem in &passage.stems[side] {
                let next = all.stems.len() as u32;
                let own = *all.numbers.entry(stem).or_insert(next);
                if own == next {
                    all.stems.push(stem);
                    all.passages.push(Vec::new());
                }
                all.passages[own as usize].push(number);
            }
        }
        all
    }

    /// The words of a passage, by their numbers.
    fn words(&self, passage: &'a [String]) -> impl Iterator<Item = u32> {
        passage
            .iter()
            .filter_map(|stem| self.numbers.get(stem.as_str()).copied())
    }

    fn frequency(&self, word: u32) -> usize {
        self.passages[word as usize].len()
    }
}

/// How often two words are linked; the passages of a story follow each other.
#[derive(Default)]
struct Links {
    passages: u32,
    stories: u32,
    last: Option<i64>,
}

impl Links {
    fn add(&mut self, story: i64) {
        self.passages += 1;
        self.stories += u32::from(self.last != Some(story));
        self.last = Some(story);
    }
}

fn of_languages(languages: [Language; 2], passages: &[&Parallel]) -> Vec<Learned> {
    let (own, others) = (Side::of(passages, 0), Side::of(passages, 1));
    let candidates = candidates(passages, &own, &others);
    let mut links: HashMap<(u32, u32), Links> = HashMap::new();
    for passage in passages {
        let here: HashSet<u32> = others.words(&passage.stems[1]).collect();
        let mut meeting: Vec<(f32, u32, u32)> = own
            .words(&passage.stems[0])
            .flat_map(|word| {
                let met = candidates[word as usize].iter();
                met.filter(|(other, _)| here.contains(other))
                    .map(move |(other, dice)| (*dice, word, *other))
            })
            .collect();
        meeting.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let (mut taken, mut taken_others) = (HashSet::new(), HashSet::new());
        for (_, word, other) in meeting {
            if !taken.contains(&word) && !taken_others.contains(&other) {
                taken.insert(word);
                taken_others.insert(other);
                links.entry((word, other)).or_default().add(passage.story);
            }
        }
    }
    let learned = links.into_iter().filter_map(|((word, other), count)| {
        let all = own.frequency(word) + others.frequency(other);
        let often = count.passages as f32;
        let dice = 2.0 * often / all as f32;
        // Seen a few times may be chance, seen often is none.
        let sure = dice * often / (often + 1.0);
        let enough = count.passages >= FEWEST_LINKS && count.stories >= FEWEST_STORIES;
        let stems = [own.stems[word as usize], others.stems[other as usize]];
        (enough && sure >= SURE && stems[0] != stems[1]).then(|| Learned {
            languages,
            stems: stems.map(String::from),
            weight: sure.min(1.0) * TRUST,
        })
    });
    learned.collect()
}

/// For each word of the first side those of the other that stand in much the same passages.
fn candidates(passages: &[&Parallel], own: &Side, others: &Side) -> Vec<Vec<(u32, f32)>> {
    let most = (passages.len() / TOO_FREQUENT).max(FEWEST as usize + 2);
    let mut met: HashMap<u32, u32> = HashMap::new();
    let of_word = |places: &Vec<u32>| {
        if places.len() < FEWEST as usize || places.len() > most {
            return Vec::new();
        }
        met.clear();
        for place in places {
            for other in others.words(&passages[*place as usize].stems[1]) {
                *met.entry(other).or_default() += 1;
            }
        }
        let mut found: Vec<(u32, f32)> = met
            .iter()
            .filter(|(other, count)| **count >= FEWEST && others.frequency(**other) <= most)
            .map(|(other, count)| {
                let all = places.len() + others.frequency(*other);
                (*other, 2.0 * *count as f32 / all as f32)
            })
            .filter(|(_, dice)| *dice >= CANDIDATE)
            .collect();
        found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.truncate(MOST_CANDIDATES);
        found
    };
    own.passages.iter().map(of_word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, German};

    fn passages(lines: &[&str]) -> Vec<Parallel> {
        let stems = |words: &str| words.split(' ').map(String::from).collect();
        let numbered = (0..).zip(lines);
        let passage = |(story, line): (i64, &&str)| {
            let (german, dutch) = line.split_once(" = ").expect("two sides");
            Parallel {
                languages: [German, Dutch],
                stems: [stems(german), stems(dutch)],
                story,
            }
        };
        numbered.map(passage).collect()
    }

    fn check(passages: &[Parallel], expected: &[&str]) {
        let found: Vec<String> = learn(passages).iter().map(|pair| pair.stems.join("=")).collect();
        assert_eq!(found, expected);
    }

    const NEWS: &[&str] = &[
        "deich bruch flut = dijk breuk vloed",
        "deich bau = dijk bouw",
        "deich gemeind = dijk gemeent",
        "gemeind flut = gemeent vloed",
        "gemeind wahl = gemeent verkiez",
        "flut regen = vloed reg",
    ];

    #[test]
    fn words_that_stand_in_the_same_passages_mean_the_same() {
        check(&passages(NEWS), &["deich=dijk", "flut=vloed", "gemeind=gemeent"]);
    }

    #[test]
    fn what_was_seen_seldom_everywhere_or_in_one_story_is_not_learned() {
        check(&[], &[]);
        check(&passages(&["deich bau = dijk bouw", "deich weg = dijk weg"]), &[]);
        let everywhere: Vec<String> = (0..40)
            .map(|number| format!("sag w{number} = zeg v{number}"))
            .collect();
        let everywhere: Vec<&str> = everywhere.iter().map(String::as_str).collect();
        check(&passages(&everywhere), &[]);
        let mut one_story = passages(NEWS);
        one_story.iter_mut().for_each(|passage| passage.story = 7);
        check(&one_story, &[]);
    }
}
