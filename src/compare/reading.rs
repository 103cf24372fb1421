//! An article made ready to be compared: its paragraphs and sentences as words, its figures in their places.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use jiff::civil::Date;

use super::rates::YearRates;
use super::restate::year_of;
use super::speaker::speaker;
use super::{Knowledge, Lexicon, YearlyRates};
use crate::article::{Article, Language, Part};
use crate::figure::{self, Figure, Value};
use crate::text::{self, Span};

/// What is read of an article, in words: some 150 kB of text. What follows is shown but not compared.
pub const MOST_WORDS: usize = 20_000;
/// The most distinct words, paragraphs, sentences and figures of an article that take part.
pub const MOST_DISTINCT: usize = 3_000;
/// See [`MOST_DISTINCT`].
pub const MOST_PARAGRAPHS: usize = 300;
/// See [`MOST_DISTINCT`].
pub const MOST_SENTENCES: usize = 600;
/// See [`MOST_DISTINCT`].
pub const MOST_FIGURES: usize = 600;

/// An article as the comparison sees it.
#[derive(Default)]
pub struct Reading {
    /// Its language; in others nothing is read.
    pub language: Option<Language>,
    /// Its distinct words, then the parts of its compounds.
    pub words: Vec<Form>,
    /// The title, then the paragraphs.
    pub paragraphs: Vec<Unit>,
    /// The sentences of the title, then those of the text.
    pub sentences: Vec<Unit>,
    /// Its figures: the title's, then the text's, in order.
    pub figures: Vec<Placed>,
    /// The day it was published on, where that is known to the day.
    pub day: Option<Date>,
    /// What currencies were worth in its year, on average.
    pub yearly: YearRates,
    /// Whether a bound left part of the article out.
    pub cut: bool,
}

/// A distinct word in the forms in which it may meet others.
pub struct Form {
    /// Its folded form, or `#` and a value.
    pub folded: String,
    /// Its bridged form.
    pub bridged: String,
    /// Its bridge keys.
    pub keys: Vec<String>,
    /// Its folded stem.
    pub stem: String,
    /// One bit a letter of the bridged form.
    pub letters: u32,
    /// The parts of a compound, by their place among the words.
    pub parts: Vec<u32>,
    /// Whether it begins with a capital letter in the midst of a sentence.
    pub is_name: bool,
    /// How telling it is; 0 for what is only a part.
    pub idf: f32,
}

/// A paragraph or sentence.
pub struct Unit {
    /// The part its span counts in.
    pub part: Part,
    /// Where it stands.
    pub span: Span,
    /// The paragraph it is, or stands in: 0 is the title.
    pub paragraph: usize,
    /// Its words in order, with their places.
    pub words: Vec<(Span, u32)>,
    /// Where its clauses begin or end, and by how much the depth or number of clauses changes there.
    pub breaks: Vec<(usize, i32)>,
    /// The spans of the figures in it, without what they count.
    pub figures: Vec<Span>,
    /// Its distinct words, ascending.
    pub distinct: Vec<u32>,
    /// Its character n-grams with their tf-idf weights, of unit length.
    pub grams: Vec<(u32, f32)>,
    /// Its length in letters.
    pub length: usize,
}

/// A figure in its place.
pub struct Placed {
    /// The figure.
    pub figure: Figure,
    /// The part its span counts in.
    pub part: Part,
    /// Its paragraph; none where it lies beyond a bound.
    pub paragraph: Option<usize>,
    /// Its sentence; none where it lies beyond a bound.
    pub sentence: Option<usize>,
}

/// What the readings of one comparison share: how often words and n-grams occur.
#[derive(Default)]
struct Counts {
    /// In how many sentences of its language a word occurs.
    words: HashMap<(Language, String), u32>,
    /// The number of sentences of each language.
    sentences: HashMap<Language, u32>,
    grams: HashMap<u64, u32, BuildHasherDefault<AsItIs>>,
    /// In how many sentences each n-gram occurs.
    in_sentences: Vec<u32>,
}

/// Hashes a key that already is a hash.
#[derive(Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// Reads all articles of a comparison.
pub fn read(articles: &[Article], knowledge: &Knowledge) -> Vec<Reading> {
    let mut readings: Vec<Reading> = articles
        .iter()
        .map(|article| read_one(article, &knowledge.yearly))
        .collect();
    let mut counts = Counts::default();
    for reading in &mut readings {
        counts.take(reading);
    }
    for reading in &mut readings {
        add_parts(reading, &counts, &knowledge.lexicon);
        weigh(reading, &counts);
    }
    readings
}

fn read_one(article: &Article, yearly: &YearlyRates) -> Reading {
    let Some(language) = article.headline.language else {
        return Reading::default();
    };
    let day = article
        .headline
        .published
        .as_ref()
        .and_then(|published| published.day());
    let mut reading = Reading {
        language: Some(language),
        day,
        yearly: yearly.of(year_of(article)),
        ..Reading::default()
    };
    let mut vocabulary = HashMap::new();
    let mut budget = MOST_WORDS;
    for part in [Part::Title, Part::Text] {
        let text = article.part(part);
        let figures = figure::extract(text, language, day);
        read_part(&mut reading, part, text, &figures, &mut vocabulary, &mut budget);
        place_figures(&mut reading, part, figures);
    }
    reading.sum_paragraphs();
    reading
}

/// Cuts one part into paragraphs and sentences and notes their words.
fn read_part(
    reading: &mut Reading,
    part: Part,
    text: &str,
    figures: &[Figure],
    vocabulary: &mut HashMap<String, u32>,
    budget: &mut usize,
) {
    let Some(language) = reading.language else { return };
    let paragraphs = match part {
        Part::Title => vec![Span::new(0, text.len())],
        Part::Text => text::paragraphs(text),
    };
    let mut figures = figures.iter().peekable();
    for paragraph in paragraphs {
        if reading.paragraphs.len() > MOST_PARAGRAPHS
            || reading.sentences.len() > MOST_SENTENCES
            || *budget == 0
        {
            reading.cut = true;
            return;
        }
        let number = reading.paragraphs.len();
        reading.paragraphs.push(Unit::new(part, paragraph, number));
        for sentence in text::sentences(paragraph.of(text)) {
            let span = Span::new(paragraph.start + sentence.start, paragraph.start + sentence.end);
            let mut unit = Unit::new(part, span, number);
            for word in text::content_words(span.of(text), language)
                .into_iter()
                .take(*budget)
            {
                let place = Span::new(span.start + word.span.start, span.start + word.span.end);
                unit.note(place, place.of(text), word.folded, vocabulary, reading);
            }
            *budget = budget.saturating_sub(unit.words.len());
            while let Some(figure) = figures.next_if(|figure| figure.span.start < span.end) {
                let value = value_word(figure);
                unit.figures.push(without_noun(figure));
                unit.note(figure.span, &value.clone(), value, vocabulary, reading);
            }
            unit.find_breaks(text);
            reading.sentences.push(unit);
        }
    }
}

/// The span of a figure up to the noun it counts.
fn without_noun(figure: &Figure) -> Span {
    match &figure.value {
        Value::Number {
            counted: Some(noun), ..
        } if noun.start > figure.span.start => Span::new(figure.span.start, noun.start.min(figure.span.end)),
        _ => figure.span,
    }
}

/// A figure as a word: its value without its unit, so that 45 is 45 in any currency.
fn value_word(figure: &Figure) -> String {
    let (low, high) = figure.value.printed();
    format!(
        "#{low}{}",
        high.map(|high| format!("-{high}")).unwrap_or_default()
    )
}

/// Finds each figure's sentence and paragraph; both lists are in order.
fn place_figures(reading: &mut Reading, part: Part, figures: Vec<Figure>) {
    let mut sentence = reading.sentences.partition_point(|unit| unit.part < part);
    for figure in figures {
        while reading
            .sentences
            .get(sentence)
            .is_some_and(|unit| unit.part == part && unit.span.end <= figure.span.start)
        {
            sentence += 1;
        }
        let home = reading
            .sentences
            .get(sentence)
            .filter(|unit| unit.part == part && unit.span.start <= figure.span.start)
            .filter(|_| reading.figures.len() < MOST_FIGURES);
        reading.cut |= home.is_none();
        reading.figures.push(Placed {
            part,
            paragraph: home.map(|unit| unit.paragraph),
            sentence: home.map(|_| sentence),
            figure,
        });
    }
}

impl Unit {
    const fn new(part: Part, span: Span, paragraph: usize) -> Self {
        Self {
            part,
            span,
            paragraph,
            words: Vec::new(),
            figures: Vec::new(),
            breaks: Vec::new(),
            distinct: Vec::new(),
            grams: Vec::new(),
            length: 0,
        }
    }

    /// Notes where clauses begin and brackets open and close; commas within figures are none.
    fn find_breaks(&mut self, text: &str) {
        for (at, c) in self.span.of(text).char_indices() {
            let at = self.span.start + at;
            let step = match c {
                ',' | ';' | ':' | '–' | '—' | '(' | '[' => 1,
                ')' | ']' => -1,
                _ => continue,
            };
            if !self
                .figures
                .iter()
                .any(|figure| figure.start <= at && at < figure.end)
            {
                self.breaks.push((at, step));
            }
        }
    }

    /// The clause a place is in: places in one clause have one number.
    pub fn clause(&self, at: usize) -> i32 {
        self.breaks
            .iter()
            .take_while(|(place, _)| *place < at)
            .map(|(_, step)| step)
            .sum()
    }

    /// The unit and another as one.
    pub fn joined(&self, other: &Self) -> Self {
        let mut joined = Self::new(self.part, self.span, self.paragraph);
        joined.length = self.length + other.length;
        joined.words = self.words.iter().chain(&other.words).copied().collect();
        joined.distinct = self.distinct.iter().chain(&other.distinct).copied().collect();
        joined.distinct.sort_unstable();
        joined.distinct.dedup();
        let mut grams: Vec<(u32, f32)> = self.grams.iter().chain(&other.grams).copied().collect();
        grams.sort_unstable_by_key(|(gram, _)| *gram);
        joined.grams = summed(&grams);
        let length = joined
            .grams
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>()
            .sqrt()
            .max(f32::MIN_POSITIVE);
        joined.grams.iter_mut().for_each(|(_, weight)| *weight /= length);
        joined
    }

    /// Notes a word of the unit, as long as there is room for another distinct one.
    fn note(
        &mut self,
        span: Span,
        written: &str,
        folded: String,
        vocabulary: &mut HashMap<String, u32>,
        reading: &mut Reading,
    ) {
        let known = vocabulary.get(&folded).copied();
        let number = known.unwrap_or(reading.words.len() as u32);
        if known.is_none() {
            let Some(language) = reading.language.filter(|_| reading.words.len() < MOST_DISTINCT) else {
                reading.cut = true;
                return;
            };
            reading.words.push(Form::new(written, folded.clone(), language));
            vocabulary.insert(folded, number);
        }
        let in_midst = !self.words.is_empty() && written.starts_with(char::is_uppercase);
        reading.words[number as usize].is_name |= in_midst;
        self.words.push((span, number));
        if let Err(place) = self.distinct.binary_search(&number) {
            self.distinct.insert(place, number);
        }
    }
}

impl Form {
    fn new(written: &str, folded: String, language: Language) -> Self {
        let value = folded.starts_with('#');
        let bridged = if value {
            folded.clone()
        } else {
            text::bridged(written, language)
        };
        let keys = if value {
            Vec::new()
        } else {
            text::bridge_keys(written, language)
        };
        let letters = bridged
            .bytes()
            .filter(u8::is_ascii_lowercase)
            .fold(0, |mask, byte| mask | 1 << (byte - b'a'));
        let stem = if value {
            folded.clone()
        } else {
            text::stem(written, language)
        };
        Self {
            folded,
            bridged,
            keys,
            stem,
            letters,
            parts: Vec::new(),
            is_name: false,
            idf: 0.0,
        }
    }
}

impl Reading {
    /// Who says a figure, by its place in the figure's part, where the words of its sentence tell.
    pub fn speaker(&self, article: Option<&Article>, placed: &Placed) -> Option<Span> {
        let sentence = self.sentences.get(placed.sentence?)?;
        let named = speaker(article?.part(placed.part), sentence.span, self.language?)?;
        (!named.overlaps(placed.figure.span)).then_some(named)
    }

    /// The words within a place of a part.
    pub fn words_within(&self, part: Part, span: Span) -> Vec<u32> {
        let sentences = self
            .sentences
            .iter()
            .filter(|unit| unit.part == part && unit.span.overlaps(span));
        sentences
            .flat_map(|sentence| &sentence.words)
            .filter(|(own, _)| span.contains(*own))
            .map(|(_, word)| *word)
            .collect()
    }

    /// Gives each paragraph the words of its sentences.
    fn sum_paragraphs(&mut self) {
        for sentence in &self.sentences {
            let paragraph = &mut self.paragraphs[sentence.paragraph];
            paragraph.words.extend(&sentence.words);
            paragraph.distinct.extend(&sentence.distinct);
        }
        for paragraph in &mut self.paragraphs {
            paragraph.distinct.sort_unstable();
            paragraph.distinct.dedup();
        }
    }
}

impl Counts {
    /// Counts the words and n-grams of a reading's sentences and gives the sentences their n-grams, unweighted.
    fn take(&mut self, reading: &mut Reading) {
        let Some(language) = reading.language else { return };
        *self.sentences.entry(language).or_default() += reading.sentences.len() as u32;
        let mut line = String::new();
        let mut met = Vec::new();
        for sentence in &mut reading.sentences {
            for word in &sentence.distinct {
                let folded = &reading.words[*word as usize].folded;
                *self.words.entry((language, folded.clone())).or_default() += 1;
            }
            line.clear();
            for (_, word) in &sentence.words {
                line.push(' ');
                line.push_str(&reading.words[*word as usize].bridged);
            }
            line.push(' ');
            met.clear();
            text::char_ngrams(&line, 2..=5, |key| met.push(self.number(key)));
            sentence.length = line.len();
            sentence.grams = counted(&mut met);
            for (gram, _) in &sentence.grams {
                self.in_sentences[*gram as usize] += 1;
            }
        }
    }

    fn number(&mut self, key: u64) -> u32 {
        let next = self.in_sentences.len() as u32;
        let number = *self.grams.entry(key).or_insert(next);
        if number == next {
            self.in_sentences.push(0);
        }
        number
    }

    fn idf(&self, language: Language, folded: &str) -> f32 {
        let sentences = self.sentences.get(&language).copied().unwrap_or(0);
        let met = self
            .words
            .get(&(language, folded.to_string()))
            .copied()
            .unwrap_or(0);
        rarity(sentences, met)
    }
}

/// How telling it is that something occurs in `met` of `all` units.
fn rarity(all: u32, met: u32) -> f32 {
    ((all as f32 + 1.0) / (met as f32 + 0.5)).ln().max(0.05)
}

/// The distinct numbers with how often each occurs, ascending.
fn counted(met: &mut [u32]) -> Vec<(u32, f32)> {
    met.sort_unstable();
    met.chunk_by(|a, b| a == b)
        .map(|run| (run[0], run.len() as f32))
        .collect()
}

/// Weighs words and n-grams by how rare they are.
fn weigh(reading: &mut Reading, counts: &Counts) {
    let Some(language) = reading.language else { return };
    for form in reading.words.iter_mut() {
        form.idf = counts.idf(language, &form.folded);
    }
    let mut sums: Vec<Vec<(u32, f32)>> = vec![Vec::new(); reading.paragraphs.len()];
    for sentence in &mut reading.sentences {
        sums[sentence.paragraph].extend(&sentence.grams);
        reading.paragraphs[sentence.paragraph].length += sentence.length;
        normalize(&mut sentence.grams, counts);
    }
    for (paragraph, mut sum) in reading.paragraphs.iter_mut().zip(sums) {
        sum.sort_unstable_by_key(|(gram, _)| *gram);
        paragraph.grams = summed(&sum);
        normalize(&mut paragraph.grams, counts);
    }
}

/// The weights of equal neighbours added up.
fn summed(grams: &[(u32, f32)]) -> Vec<(u32, f32)> {
    grams
        .chunk_by(|a, b| a.0 == b.0)
        .map(|run| (run[0].0, run.iter().map(|(_, weight)| weight).sum()))
        .collect()
}

/// Turns counts into tf-idf weights of unit length.
fn normalize(grams: &mut [(u32, f32)], counts: &Counts) {
    let all = counts.sentences.values().sum();
    for (gram, weight) in grams.iter_mut() {
        *weight = (1.0 + weight.ln()) * rarity(all, counts.in_sentences[*gram as usize]);
    }
    let length = grams
        .iter()
        .map(|(_, weight)| weight * weight)
        .sum::<f32>()
        .sqrt();
    if length > 0.0 {
        grams.iter_mut().for_each(|(_, weight)| *weight /= length);
    }
}

/// Adds the parts of its compounds to a reading's words: parts that the articles use as words of their own, or else
/// those that the lexicon knows.
fn add_parts(reading: &mut Reading, counts: &Counts, lexicon: &Lexicon) {
    let Some(language) = reading.language else { return };
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for (number, form) in reading.words.iter().enumerate() {
        numbers.insert(form.folded.clone(), number as u32);
    }
    let frequency = |part: &str| {
        counts
            .words
            .get(&(language, part.to_string()))
            .copied()
            .unwrap_or(0)
    };
    for number in 0..reading.words.len() {
        let folded = &reading.words[number].folded;
        if folded.len() < 8 || folded.starts_with('#') {
            continue;
        }
        let mut parts = text::compound_parts(folded, language, &frequency);
        if parts.is_empty() {
            parts = lexicon.parts(folded, language).to_vec();
        }
        let numbers: Vec<u32> = parts
            .into_iter()
            .map(|part| {
                let next = reading.words.len() as u32;
                *numbers.entry(part).or_insert_with_key(|part| {
                    reading.words.push(Form::new(part, part.clone(), language));
                    next
                })
            })
            .collect();
        reading.words[number].parts = numbers;
    }
}
