//! The sections of a lexicon file, and what a form in one of them means.

use super::Decimal;

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

    /// Those that are not in `other`.
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the two have a section in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `section` is one of them.
    pub const fn has(self, section: Section) -> bool {
        self.0 & (1 << section as u8) != 0
    }

    /// Adds `section`.
    pub const fn add(&mut self, section: Section) {
        self.0 |= 1 << section as u8;
    }
}

macro_rules! sections {
    ($($variant:ident $name:literal $about:literal,)*) => {
        /// The sections of a lexicon file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Section { $(#[doc = $about] $variant,)* }

        impl Section {
            /// The section with a name of the files.
            pub fn named(name: &str) -> Option<Self> {
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
    Apart "apart" "earlier, later: what a length of time sets apart, and is no rate",
    Rates "rates" "whole denominators that have a number: per 100 km",
    Sums "sums" "words for so many of a currency, where money is told of",
    SumCues "sum cues" "words that tell of money",
    SumNouns "sum nouns" "nouns whose sum a word that also hedges gives: ein Kredit über",
    RatioWords "ratio words" "to, between the terms of a ratio",
    AgeOpeners "age openers" "words before a bare number that is an age, where nothing else follows it",
    AgeRanks "age ranks" "words before an ordinal that is an age: op zijn 55e",
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
    Streets "streets" "endings of streets and of other words whose number is a name",
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

// each section is a bit of a set
const _: () = assert!((Section::Stop as u8) < 128);
