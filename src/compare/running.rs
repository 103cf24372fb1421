//! Tolls and tallies: which figures count the same victims, and which the words say are still running.

use std::sync::LazyLock;

use super::reading::{Reading, Unit};
use crate::article::Article;
use crate::figure::{Figure, Value};
use crate::text::{Span, fold};

/// What a figure counts, and whether its words say that it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What it is a toll of, by the line in the list of words; none where the words do not say, or tell of another year.
    pub toll: Option<usize>,
    /// Whether the words say that it is not final.
    pub runs: bool,
}

/// How far from its number, in bytes, the word may stand that says what a toll counts.
const FARTHEST: usize = 60;

/// The words that say what a toll counts.
static TOLLS: LazyLock<Vec<Vec<Pattern>>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/words/toll.txt").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .map(|line| line.split(' ').map(Pattern::new).collect())
        .collect()
});

/// The words that say of any figure that it runs, and those that say it of counts.
static RUNNING: LazyLock<[Vec<Pattern>; 2]> = LazyLock::new(|| {
    let (any, counts) = include_str!("../../assets/words/running.txt")
        .split_once("\n[counts]\n")
        .unwrap_or_default();
    [any, counts].map(|lines| {
        let lines = lines.lines().filter(|line| !line.starts_with('#'));
        lines.map(|line| Pattern::new(&line.replace(' ', "_"))).collect()
    })
});

/// Words in a row, the last of them with any ending or none.
struct Pattern {
    words: Vec<String>,
    open: bool,
}

impl Pattern {
    /// Reads `ums_leben`, `verletzt*`.
    fn new(written: &str) -> Self {
        Self {
            open: written.ends_with('*'),
            words: written
                .trim_end_matches('*')
                .split('_')
                .map(String::from)
                .collect(),
        }
    }

    /// Whether it stands at the beginning of `words`.
    fn begins(&self, words: &[Word]) -> bool {
        let last = self.words.len().saturating_sub(1);
        words.len() >= self.words.len()
            && self
                .words
                .iter()
                .zip(words)
                .enumerate()
                .all(|(place, (own, word))| {
                    word.folded == *own || self.open && place == last && word.folded.starts_with(own)
                })
    }
}

struct Word {
    span: Span,
    folded: String,
}

/// What is told by one sentence.
struct Told {
    /// The words for what tolls count, with the lines they stand in.
    tolls: Vec<(Span, usize)>,
    any_runs: bool,
    counts_run: bool,
}

impl Told {
    fn new(article: &Article, sentence: &Unit) -> Self {
        let words = words(sentence.span.of(article.part(sentence.part)), sentence.span.start);
        let behind = |place: usize| words.get(place..).unwrap_or_default();
        let says = |patterns: &[Pattern]| {
            (0..words.len()).any(|place| patterns.iter().any(|pattern| pattern.begins(behind(place))))
        };
        let tolls = words.iter().enumerate().filter_map(|(place, word)| {
            let line = TOLLS
                .iter()
                .position(|line| line.iter().any(|pattern| pattern.begins(behind(place))))?;
            Some((word.span, line))
        });
        let [any, counts] = &*RUNNING;
        Self {
            tolls: tolls.collect(),
            any_runs: says(any),
            counts_run: says(counts),
        }
    }

    /// What a number counts: the nearest word that says it, where that is nearest to no other number.
    fn toll(&self, own: Span, others: &[Span]) -> Option<usize> {
        let (away, word, line) = self
            .tolls
            .iter()
            .map(|(word, line)| (away(*word, own), *word, *line))
            .min_by_key(|(away, ..)| *away)?;
        let nearest = others.iter().all(|other| away <= self::away(word, *other));
        (away <= FARTHEST && nearest).then_some(line)
    }
}

/// The words of a text that begins at `start`.
fn words(text: &str, start: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            from = from.or(Some(at));
        } else if let Some(first) = from.take() {
            words.push(Word {
                folded: fold(Span::new(first, at).of(text)),
                span: Span::new(start + first, start + at),
            });
        }
    }
    words
}

const fn away(a: Span, b: Span) -> usize {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// What each figure of an article counts, and which of them run.
pub fn tallies(article: &Article, reading: &Reading) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); reading.figures.len()];
    let mut first = 0;
    while let Some(placed) = reading.figures.get(first) {
        let same = reading.figures.iter().skip(first);
        let behind = first + same.take_while(|other| other.sentence == placed.sentence).count();
        let figures = reading.figures.get(first..behind).unwrap_or_default();
        if let Some(sentence) = placed.sentence.and_then(|number| reading.sentences.get(number)) {
            let told = Told::new(article, sentence);
            let elsewhen = figures
                .iter()
                .any(|placed| is_of_another_year(&placed.figure, article));
            let numbers: Vec<Span> = figures
                .iter()
                .filter(|placed| is_count(&placed.figure))
                .map(|placed| placed.figure.span)
                .collect();
            for (tally, placed) in tallies.iter_mut().skip(first).zip(figures) {
                let counts = is_count(&placed.figure);
                tally.runs = told.any_runs || counts && told.counts_run;
                if counts && !elsewhen {
                    tally.toll = told.toll(placed.figure.span, &numbers);
                }
            }
        }
        first = behind;
    }
    tallies
}

const fn is_count(figure: &Figure) -> bool {
    matches!(figure.value, Value::Number { .. })
}

/// Whether a figure is a date in a year other than the article's.
fn is_of_another_year(figure: &Figure, article: &Article) -> bool {
    let Value::Date { from, .. } = &figure.value else {
        return false;
    };
    let published = article.headline.published.as_ref();
    let year = published.map(|published| published.month().0.to_string());
    let said = from.split('-').next().unwrap_or_default();
    said != "XXXX" && year.is_some_and(|year| year != said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Told {
        let article = super::super::tests::article("de", "2026-03-01", "", text);
        let reading = super::super::reading::read(
            std::slice::from_ref(&article),
            &super::super::Knowledge::default(),
        );
        let sentence = reading[0].sentences.last().expect("a sentence");
        Told::new(&article, sentence)
    }

    #[test]
    fn tolls_are_told_by_many_words() {
        for (text, number, expected) in [
            ("Bei dem Brand kamen vier Menschen ums Leben.", "vier", Some(0)),
            ("Het dodental is opgelopen tot zes.", "zes", Some(0)),
            ("Verletzt wurden 31 Menschen, vier starben.", "31", Some(1)),
            ("Verletzt wurden 31 Menschen, vier starben.", "vier", Some(0)),
            ("Im Ort leben vier Menschen.", "vier", None),
        ] {
            let at = text.find(number).expect("the number stands there");
            let span = |word: &str| {
                let at = text.find(word)?;
                Some(Span::new(at, at + word.len()))
            };
            let others: Vec<Span> = ["31", "vier"].iter().filter_map(|word| span(word)).collect();
            let own = Span::new(at, at + number.len());
            assert_eq!(told(text).toll(own, &others), expected, "{text}");
        }
    }

    #[test]
    fn running_figures_are_told_by_their_words() {
        for (text, any, counts) in [
            ("Bisher wurden 31 Millionen Euro gesichert.", true, false),
            ("Tot nu toe zijn er 31 gewonden.", true, false),
            ("Die Zahl ist auf 31 gestiegen.", false, true),
            ("Es gab 31 Anträge.", false, false),
        ] {
            let told = told(text);
            assert_eq!((told.any_runs, told.counts_run), (any, counts), "{text}");
        }
    }
}
