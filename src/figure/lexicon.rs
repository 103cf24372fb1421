//! What beide knows of a language's figures: the files in `assets/lexicons`, read once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::Decimal;
use super::numeral::{Morphemes, Tail};
use super::token::{self, Folded, Kind};
use crate::article::Language;

/// A word or mark of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WordId(pub u16);

impl WordId {
    /// No word of the lexicon.
    pub const NONE: Self = Self(0);
}

/// What a form means: the section it stands in, and the key of its line.
#[derive(Clone, Copy, Debug)]
pub struct Sense {
    /// Where it stands.
    pub section: Section,
    /// The first word of the key: `EUR`, `km`, `more_than`.
    pub code: &'static str,
    /// The number in the key, 1 where there is none: `a 10` for Jahrzehnt.
    pub number: Decimal,
}

struct Meaning {
    rest: Vec<WordId>,
    sense: Sense,
}

/// A set of sections.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sections(u128);

impl Sections {
    /// The set of all of `sections`.
    pub const fn of(sections: &[Section]) -> Self {
        let mut set = 0;
        let mut place = 0;
        while place < sections.len() {
            set |= 1 << sections[place] as u8;
            place += 1;
        }
        Self(set)
    }

    /// Whether the two have a section in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether `section` is one of them.
    pub const fn has(self, section: Section) -> bool {
        self.0 & (1 << section as u8) != 0
    }

    const fn add(&mut self, section: Section) {
        self.0 |= 1 << section as u8;
    }
}

#[derive(Default)]
struct Entry {
    sections: Sections,
    meanings: Vec<Meaning>,
}

macro_rules! sections {
    ($($variant:ident $name:literal $about:literal,)*) => {
        /// The sections of a lexicon file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Section { $(#[doc = $about] $variant,)* }

        impl Section {
            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

sections! {
    Marks "marks" "decimal mark, group marks, the marks of dates and scores",
    Endings "endings" "what `~` stands for",
    Articles "articles" "articles that can also mean one",
    One "one" "words for one that are often no number",
    Ones "ones" "1 to 9 in compounds",
    Tens "tens" "10 to 19, 20 to 90 in compounds",
    Hundred "hundred" "100 in compounds",
    Thousand "thousand" "1000 in compounds",
    And "and" "what joins the parts of a number",
    Ordinals "ordinals" "irregular ordinals that end a compound",
    OrdinalEndings "ordinal endings" "what makes an ordinal of a number word",
    DigitOrdinals "digit ordinals" "what makes an ordinal of digits: 21st",
    Suffixes "suffixes" "what else a number word or digits can end in",
    Numbers "numbers" "number words of their own",
    Halves "halves" "half, quarter before a unit or scale",
    Parts "parts" "the half, a third",
    Dozens "dozens" "dozen, score",
    Scales "scales" "powers of ten",
    Point "point" "the decimal mark as a word",
    Signs "signs" "minus and plus",
    Percent "percent" "percent",
    PercentPoint "percentage points" "percentage points",
    Units "units" "units of measure and of time",
    Symbols "symbols" "units' symbols, read with their capitals",
    Temperature "degrees" "degrees",
    Pounds "pounds" "pounds, of money or of weight",
    WeightCues "weight cues" "words that make pounds weight",
    AngleCues "angle cues" "words that make degrees an angle",
    Currencies "currencies" "currencies",
    CurrencySigns "currency signs" "currency signs",
    CurrencyCodes "currency codes" "currency codes, read only in capitals",
    ScaleSymbols "scale symbols" "powers of ten as letters, read with their capitals",
    Vague "vague" "words that leave the number after them open",
    Fillers "fillers" "adjectives that may stand between a number and its unit",
    Families "currency families" "currencies of several countries",
    Countries "countries" "countries as adjectives and names",
    Cents "cents" "hundredths of a currency",
    Per "per" "what opens a rate's denominator",
    Rates "rates" "whole denominators that have a number: per 100 km",
    Sums "sums" "words for so many of a currency, where money is told of",
    SumCues "sum cues" "words that tell of money",
    SumNouns "sum nouns" "nouns whose sum a word that also hedges gives: ein Kredit über",
    RatioWords "ratio words" "to, between the terms of a ratio",
    AgeOpeners "age openers" "words before a bare number that is an age, where nothing else follows it",
    AgeWith "age with" "with, before an age and a verb of the past",
    AgeOf "age of" "words for people whose hedged bare number is an age: children under six",
    YearHedges "year hedges" "about, before a bare year only",
    Elisions "elisions" "words that elide before a vowel: d', l'",
    Changes "changes" "by, before how much something has risen or fallen",
    Targets "targets" "to, before what something has risen or fallen to",
    Head "head" "a head, as a denominator",
    Months "months" "months",
    Weekdays "weekdays" "weekdays",
    DayParts "day parts" "parts of a day glued to weekdays",
    Days "days" "days by their distance from today",
    DayBefore "past" "words that make a weekday a past one",
    DayAfter "coming" "words that make a weekday a coming one",
    Periods "periods" "quarters, half-years, weeks of a year",
    YearCues "year cues" "words that make a four-digit number a year",
    PeriodCues "period cues" "words before a quarter of the current year",
    YearParts "year parts" "middle, beginning, end of a year",
    DecadeWords "decades" "decades by name",
    DecadeNouns "decade nouns" "years, in names of decades",
    DateOf "date of" "of, between a day and its month",
    Clock "clock" "o'clock",
    ClockOrHours "clock or hours" "o'clock or hours",
    ClockCues "clock cues" "words before a time of day",
    ClockPast "clock past" "past the hour",
    ClockTo "clock to" "to the hour",
    ClockHalf "clock half" "half to or past the hour",
    ClockMorning "morning" "before noon",
    ClockEvening "evening" "after noon",
    Hedges "hedges" "hedges before a figure",
    HedgesAfter "hedges after" "hedges after a figure",
    HedgeVerbs "hedge verbs" "verbs that hedge",
    HedgeSkips "between hedge and number" "articles between a hedge and its number",
    Range "range" "to, between the ends of a range",
    FromTo "from to" "from one figure to another: two figures, one unit",
    Between "between" "between, before a range",
    RangeFrom "range from" "from, before a range",
    RangeOr "or" "or",
    Factors "factors" "verbs and adverbs that multiply",
    Times "times" "times",
    Than "than" "than, after a comparative",
    Comparatives "comparatives" "words that make times a factor",
    Every "every" "every, before an ordinal",
    OutOf "out of" "between the terms of a ratio",
    RatioCues "ratio cues" "words before a ratio",
    Of "of" "of, after a fraction",
    Digits "digits" "a number of digits",
    Growth "growth" "words of growth and shares",
    Up "up" "words that say something rises",
    Down "down" "words that say something falls",
    UpLater "up later" "verbs that rise with a particle",
    DownLater "down later" "verbs that fall with a particle",
    Names "names" "words whose number is a name",
    NamesAfter "names after" "words that make the number before them a name",
    Streets "streets" "endings of streets",
    Phones "phones" "words before a telephone number",
    ScoreCues "score cues" "words of sport",
    AgeCues "age cues" "words before or after an age",
    OrdinalCues "ordinal cues" "words before an ordinal in digits",
    None "none" "no, before a scale word: nog geen miljoen",
    Toward "toward" "hedges that say nothing of a time of day",
    People "people" "words for people, whose bare number is an age",
    PartCues "part cues" "words before a third, a tenth",
    StreetsAfter "streets after" "words of streets after the house number",
    Future "future" "words that make a weekday a coming one",
    PastTense "past tense" "words that make a weekday a past one",
    PastEndings "past endings" "endings of verbs that do",
    AgeHedges "age hedges" "hedges that make a bare number an age",
    BelowZero "below zero" "words that make degrees before them negative",
    AtCues "at cues" "words before a time of day that mean nothing else",
    PluralEndings "plural endings" "endings of nouns in the plural",
    UnitsBefore "units before" "words that give the number after them a unit",
    Traps "traps" "phrases without a figure",
    Stop "stop" "words that are never counted",
}

/// The fast hash of the Firefox sources; the keys are our own words, so nobody can make them collide.
#[derive(Default)]
pub struct FastHash(u64);

impl Hasher for FastHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            for (place, byte) in word.iter_mut().zip(chunk) {
                *place = *byte;
            }
            self.write_u64(u64::from_le_bytes(word));
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
            words: FastMap::default(),
            symbols: FastMap::default(),
            entries: vec![Entry::default()],
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
        let endings = endings(files);
        for file in files {
            lexicon.read_file(file, &endings);
        }
        lexicon.join_day_parts(files);
        for entry in &mut lexicon.entries {
            entry
                .meanings
                .sort_by_key(|meaning| std::cmp::Reverse(meaning.rest.len()));
        }
        lexicon.morphemes.finish();
        lexicon
    }

    fn read_file(&mut self, file: &'static str, endings: &[(&'static str, Vec<&'static str>)]) {
        let mut section = None;
        for (name, key, forms) in lines(file) {
            if let Some(name) = name {
                section = Section::named(name);
                debug_assert!(section.is_some(), "unknown section {name}");
                continue;
            }
            let Some(section) = section else { continue };
            let sense = sense(section, key);
            match section {
                Section::Marks => {
                    self.read_mark(sense.code, forms);
                    continue;
                }
                // their keys are words of the text too: the particles of verbs
                Section::UpLater | Section::DownLater => _ = self.intern(folded(sense.code)),
                _ => {}
            }
            for form in forms.split(", ").map(str::trim).filter(|form| !form.is_empty()) {
                self.read_form(sense, form, endings);
            }
        }
    }

    fn read_form(&mut self, sense: Sense, form: &'static str, endings: &[(&'static str, Vec<&'static str>)]) {
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
    fn join_day_parts(&mut self, files: &[&'static str]) {
        let forms = |wanted: &'static str| {
            let mut inside = false;
            files
                .iter()
                .flat_map(|file| lines(file))
                .filter_map(move |(name, key, forms)| {
                    inside = name.map_or(inside, |name| name == wanted);
                    (inside && name.is_none()).then_some((key, forms))
                })
        };
        for (key, days) in forms("weekdays") {
            for (_, parts) in forms("day parts") {
                for day in days.split(", ") {
                    for part in parts.split(", ") {
                        self.add(sense(Section::Weekdays, key), &format!("{day}{part}"));
                    }
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

fn folded(word: &str) -> Vec<u8> {
    let mut folded = Folded::new();
    word.chars().for_each(|c| _ = folded.push_char(c));
    folded.as_bytes().to_vec()
}

/// The lines of a lexicon file that say something: a section's name, or a key and its forms.
fn lines(file: &'static str) -> impl Iterator<Item = (Option<&'static str>, &'static str, &'static str)> {
    file.lines().filter_map(|line| {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            return Some((Some(name), "", ""));
        }
        let (key, forms) = line.split_once(": ").unwrap_or(("", line));
        Some((None, key, forms))
    })
}

fn sense(section: Section, key: &'static str) -> Sense {
    let (first, last) = key.rsplit_once(' ').unwrap_or((key, key));
    let number = Decimal::parse(last).unwrap_or(Decimal::new(1, 0));
    let code = if Decimal::parse(last).is_some() {
        first
    } else {
        key
    };
    Sense {
        section,
        code,
        number,
    }
}

fn is_currency_code(form: &str) -> bool {
    form.len() == 3 && form.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn endings(files: &[&'static str]) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut found = Vec::new();
    for file in files {
        let mut inside = false;
        for (name, key, forms) in lines(file) {
            if let Some(name) = name {
                inside = name == "endings";
            } else if inside {
                found.push((key, forms.split_whitespace().collect()));
            }
        }
    }
    found
}

/// The forms that a form with `~` or another sign of [endings] at its end stands for, the bare one included.
fn inflect(form: &'static str, endings: &[(&'static str, Vec<&'static str>)]) -> Vec<String> {
    let mut words = vec![String::new()];
    for word in form.split(' ') {
        let sign = endings
            .iter()
            .find(|(sign, _)| word.len() > sign.len() && word.ends_with(sign));
        let stem = sign.map_or(word, |(sign, _)| word.trim_end_matches(sign));
        let tails: &[&str] = sign.map_or(&[""], |(_, tails)| tails);
        words = words
            .iter()
            .flat_map(|before| {
                let space = if before.is_empty() { "" } else { " " };
                tails
                    .iter()
                    .map(move |tail| format!("{before}{space}{stem}{}", tail.trim_matches('-')))
            })
            .collect();
    }
    words
}

/// The form with ae, oe, ue for its umlauts, where it has any.
fn with_digraphs(form: &str) -> Option<String> {
    let written = form
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('Ü', "Ue");
    (written != form).then_some(written)
}

impl Tail {
    /// What a form of the section `suffixes` makes of the number before it.
    pub fn of(sense: Sense) -> Self {
        match (sense.section, sense.code) {
            (Section::OrdinalEndings | Section::Ordinals | Section::DigitOrdinals, _) => Self::Ordinal,
            (Section::Scales, _) => Self::Scale(i8::try_from(sense.number.digits).unwrap_or(0)),
            (Section::Dozens, _) => Self::Dozen(i16::try_from(sense.number.digits).unwrap_or(0)),
            (_, "half") => Self::Half,
            (_, "fraction") => Self::Fraction,
            (_, "multiple") => Self::Multiple,
            (_, "times") => Self::Times,
            (_, "digits") => Self::Digits,
            (_, "decade") => Self::Decade,
            (_, "%") => Self::Percent,
            (_, code) => Self::Unit(code, i16::try_from(sense.number.digits).unwrap_or(1)),
        }
    }
}
