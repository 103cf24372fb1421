//! What beide knows of a language's figures: the files in `assets/lexicons`, read once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::Decimal;
use super::form::{
    Line, endings, folded, forms, inflect, is_currency_code, lines, section, sense, with_digraphs,
};
use super::numeral::Morphemes;
pub use super::section::{Section, Sections, Sense};
use super::token::{self, Kind};
use crate::article::Language;

/// A word or mark of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(pub u16);

impl WordId {
    /// No word of the lexicon.
    pub const NONE: Self = Self(0);
}

struct Meaning {
    rest: Vec<WordId>,
    sense: Sense,
}

#[derive(Default)]
struct Entry {
    sections: Sections,
    meanings: Vec<Meaning>,
}

/// The fast hash of the Firefox sources; the keys are our own words, so nobody can make them collide.
#[derive(Default)]
pub struct FastHash(u64);

impl Hasher for FastHash {
    fn finish(&self) -> u64 {
        // the multiplication leaves its best bits on top, where the map looks for its place below
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.write_u64(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.write_u64(rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_u8(&mut self, byte: u8) {
        self.write_u64(u64::from(byte));
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

/// A map with the fast hash.
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHash>>;

/// One language's words, ready to be looked up.
pub struct Lexicon {
    words: FastMap<Vec<u8>, WordId>,
    symbols: FastMap<&'static str, Vec<Sense>>,
    entries: Vec<Entry>,
    /// The parts of number words.
    pub morphemes: Morphemes,
    /// The mark before the decimals.
    pub decimal: char,
    /// The marks between groups of three digits.
    pub groups: Vec<char>,
    /// The marks of a score.
    pub score: Vec<char>,
    /// Whether nouns are written with a capital, as in German.
    pub capital_nouns: bool,
    /// Whether the month comes before the day in dates of digits.
    pub month_first: bool,
    /// Whether a full stop after digits makes an ordinal.
    pub stop_ordinals: bool,
    /// Whether `half eight` is 7:30.
    pub half_before: bool,
    /// Whether weekdays are written without a capital.
    pub lower_weekdays: bool,
    /// The countries of each family: (family, country, currency); no country for its usual currency.
    pub families: Vec<(&'static str, &'static str, &'static str)>,
    /// What a pound of weight is.
    pub pound: (&'static str, Decimal),
    /// The words that elide before a vowel, with their apostrophe: `d'`.
    pub elisions: Vec<Vec<u8>>,
    streets: Vec<Vec<u8>>,
    past_endings: Vec<Vec<u8>>,
    plural_endings: Vec<Vec<u8>>,
}

/// About how many words a language's lexicon has.
const WORDS: usize = 6000;

const COMMON: &str = include_str!("../../assets/lexicons/common.txt");

static GERMAN: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[COMMON, include_str!("../../assets/lexicons/de.txt")]));
static DUTCH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[COMMON, include_str!("../../assets/lexicons/nl.txt")]));
static ENGLISH: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[COMMON, include_str!("../../assets/lexicons/en.txt")]));

impl Lexicon {
    /// The lexicon of `language`, read when it is first asked for.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::German => &GERMAN,
            Language::Dutch => &DUTCH,
            Language::English => &ENGLISH,
        }
    }

    /// The word with these folded letters.
    pub fn word(&self, folded: &[u8]) -> WordId {
        self.words.get(folded).copied().unwrap_or(WordId::NONE)
    }

    /// The sections that have a phrase beginning with a word.
    pub fn sections(&self, word: WordId) -> Sections {
        self.entries
            .get(usize::from(word.0))
            .map_or(Sections::default(), |entry| entry.sections)
    }

    /// Whether a word with these folded letters can begin a number word.
    pub fn may_spell_number(&self, folded: &[u8]) -> bool {
        self.morphemes.may_begin(folded)
    }

    /// What a symbol, as written, means in `section`: `MW`, `EUR`.
    pub fn symbol(&self, written: &str, section: Section) -> Option<Sense> {
        let senses = self.symbols.get(written)?;
        senses.iter().find(|sense| sense.section == section).copied()
    }

    /// Whether a folded word ends as names of streets do.
    pub fn is_street(&self, folded: &[u8]) -> bool {
        self.streets.iter().any(|ending| folded.ends_with(ending))
    }

    /// Whether a folded word ends as nouns in the plural do.
    pub fn is_plural(&self, folded: &[u8]) -> bool {
        self.plural_endings
            .iter()
            .any(|ending| folded.len() > ending.len() + 1 && folded.ends_with(ending))
    }

    /// Whether a folded word ends as verbs of the past do.
    pub fn is_past(&self, folded: &[u8]) -> bool {
        self.past_endings
            .iter()
            .any(|ending| folded.len() > ending.len() + 2 && folded.ends_with(ending))
    }

    /// What a word means in `section`, with the words of the phrase after the first; longest phrases first.
    pub fn senses(&self, word: WordId, section: Section) -> impl Iterator<Item = (&[WordId], Sense)> {
        let entry = self.entries.get(usize::from(word.0));
        entry
            .into_iter()
            .flat_map(|entry| &entry.meanings)
            .filter(move |meaning| meaning.sense.section == section)
            .map(|meaning| (meaning.rest.as_slice(), meaning.sense))
    }

    /// Reads the files of a language; what a file cannot say is left out.
    pub fn read(files: &[&'static str]) -> Self {
        let mut lexicon = Self {
            words: FastMap::with_capacity_and_hasher(WORDS, BuildHasherDefault::default()),
            symbols: FastMap::default(),
            entries: Vec::with_capacity(WORDS),
            morphemes: Morphemes::default(),
            decimal: '.',
            groups: Vec::new(),
            score: Vec::new(),
            capital_nouns: false,
            month_first: false,
            stop_ordinals: false,
            half_before: false,
            lower_weekdays: false,
            families: Vec::new(),
            pound: ("[lb_av]", Decimal::new(1, 0)),
            elisions: Vec::new(),
            streets: Vec::new(),
            past_endings: Vec::new(),
            plural_endings: Vec::new(),
        };
        lexicon.entries.push(Entry::default());
        let lines: Vec<Line> = files.iter().flat_map(|file| lines(file)).collect();
        lexicon.read_lines(&lines);
        lexicon.join_day_parts(&lines);
        for entry in &mut lexicon.entries {
            if entry.meanings.len() > 1 {
                entry
                    .meanings
                    .sort_by_key(|meaning| std::cmp::Reverse(meaning.rest.len()));
            }
        }
        lexicon.morphemes.finish();
        lexicon
    }

    fn read_lines(&mut self, lines: &[Line]) {
        let endings = endings(lines);
        let mut section = None;
        for line in lines {
            let (key, written) = match line {
                Line::Section(name) => {
                    section = Section::named(name);
                    debug_assert!(section.is_some(), "unknown section {name}");
                    continue;
                }
                Line::Forms(key, written) => (*key, *written),
            };
            let Some(section) = section else { continue };
            let sense = sense(section, key);
            match section {
                Section::Marks => {
                    self.read_mark(sense.code, written);
                    continue;
                }
                // their keys are words of the text too: the particles of verbs
                Section::UpLater | Section::DownLater => _ = self.intern(folded(sense.code)),
                _ => {}
            }
            for form in forms(written) {
                self.read_form(sense, form, &endings);
            }
        }
    }

    fn read_form(&mut self, sense: Sense, form: &'static str, endings: &[(char, Vec<&'static str>)]) {
        match sense.section {
            Section::Endings => return,
            Section::Symbols | Section::CurrencyCodes | Section::ScaleSymbols => {
                self.symbols.entry(form).or_default().push(sense);
                return;
            }
            Section::Families if is_currency_code(form) => {
                let (family, country) = sense.code.split_once('/').unwrap_or((sense.code, ""));
                self.families.push((family, country, form));
                return;
            }
            _ => {}
        }
        for inflected in inflect(form, endings) {
            self.add(sense, &inflected);
            if let Some(digraphs) = with_digraphs(&inflected) {
                self.add(sense, &digraphs);
            }
        }
    }

    fn read_mark(&mut self, code: &'static str, form: &'static str) {
        let mut marks = form.split_whitespace().filter_map(|mark| mark.chars().next());
        match code {
            "decimal" => self.decimal = marks.next().unwrap_or('.'),
            "group" => self.groups = marks.collect(),
            "score" => self.score = marks.collect(),
            "nouns" => self.capital_nouns = form == "capital",
            "dates" => self.month_first = form == "month first",
            "ordinals" => self.stop_ordinals = form == "full stop",
            "weekdays" => self.lower_weekdays = form == "lower",
            "half hour" => self.half_before = form == "before",
            _ => debug_assert!(false, "unknown mark {code}"),
        }
    }

    /// Adds `Mittwochnachmittag` for every weekday and part of a day.
    fn join_day_parts(&mut self, lines: &[Line]) {
        let parts = section(lines, "day parts");
        for (key, days) in section(lines, "weekdays") {
            for day in forms(days) {
                for part in parts.iter().flat_map(|(_, parts)| forms(parts)) {
                    self.add(sense(Section::Weekdays, key), &format!("{day}{part}"));
                }
            }
        }
    }

    fn add(&mut self, sense: Sense, form: &str) {
        let mut pieces = Vec::new();
        token::cut(form, &|_| false, |piece, folded| {
            let folded = match piece.kind {
                Kind::Name => form.as_bytes().to_ascii_lowercase(),
                _ => folded.to_vec(),
            };
            pieces.push(folded);
        });
        if form.ends_with('…') || sense.section == Section::Elisions {
            pieces = vec![pieces.concat()];
        }
        let mut place = 0;
        while let (false, Some([word, mark])) = (self.elisions.is_empty(), pieces.get(place..place + 2)) {
            // "plus d'": the apostrophe belongs to its word, as in the text
            let joined = [word.as_slice(), mark].concat();
            if self.elisions.contains(&joined) {
                pieces.splice(place..place + 2, [joined]);
            }
            place += 1;
        }
        let Some(first) = pieces.first() else { return };
        match sense.section {
            Section::Ones
            | Section::Tens
            | Section::Hundred
            | Section::Thousand
            | Section::And
            | Section::Ordinals
            | Section::OrdinalEndings
            | Section::DigitOrdinals
            | Section::Suffixes => self.morphemes.add(sense, first),
            Section::Elisions => self.elisions.push(pieces.concat()),
            Section::Streets => self.streets.push(first.clone()),
            Section::PluralEndings => self.plural_endings.push(first.clone()),
            Section::PastEndings => self.past_endings.push(first.clone()),
            Section::Pounds => self.pound = (sense.code, sense.number),
            _ => {}
        }
        if sense.section == Section::Scales || sense.section == Section::Dozens {
            self.morphemes.add(sense, first);
        }
        let ids: Vec<WordId> = pieces.into_iter().map(|piece| self.intern(piece)).collect();
        let Some((first, rest)) = ids.split_first() else {
            return;
        };
        if let Some(entry) = self.entries.get_mut(usize::from(first.0)) {
            entry.sections.add(sense.section);
            entry.meanings.push(Meaning {
                rest: rest.to_vec(),
                sense,
            });
        }
    }

    fn intern(&mut self, folded: Vec<u8>) -> WordId {
        let next = WordId(u16::try_from(self.entries.len()).unwrap_or(u16::MAX));
        let id = *self.words.entry(folded).or_insert(next);
        if id == next {
            self.entries.push(Entry::default());
        }
        id
    }
}
