//! What was asked, and what was found: the query and its small grammar, hits, facets and notices.

use jiff::civil::Date;

use crate::article::{Headline, Language, Part};
use crate::text::Span;

/// A question to the library.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// What an article must be like; none asks for every article.
    pub wanted: Option<Node>,
    /// The order of the hits.
    pub sort: Sort,
    /// Other languages whose words for the same are looked up too.
    pub also: Vec<Language>,
    /// What of the question could not be read as it was probably meant.
    pub notices: Vec<Notice>,
}

/// One condition on an article, or several tied together.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of them hold; of words all are wanted, but most may do where few articles have all.
    All(Vec<Self>),
    /// At least one of them holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// The article has the word.
    Word(Word),
    /// The article has these words side by side, as they are written.
    Phrase(Phrase),
    /// The article itself is like that.
    Is(Condition),
}

/// A word asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub text: String,
    /// Which forms of it count.
    pub form: Form,
    /// Where it must stand; anywhere if none.
    pub part: Option<Part>,
}

/// Which forms of a word count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Its inflections, and compounds it is part of.
    Usual,
    /// Only as written: `=Wort`.
    Exact,
    /// Every word that begins so: `chip*`.
    Prefix,
    /// Words within so many slips of the pen: `wort~`, `wort~2`.
    Near(u8),
}

/// Words side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As they were typed, without the quotes.
    pub text: String,
    /// Where they must stand; anywhere if none.
    pub part: Option<Part>,
}

/// What an article is, apart from its words.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// It is written in one of these.
    Language(Vec<Language>),
    /// The name of its source contains this.
    Source(String),
    /// The reader gave it this tag.
    Tag(String),
    /// Its address contains this.
    Url(String),
    /// It was published on or after the first day and before the second.
    Published {
        /// The first day that counts.
        from: Option<Date>,
        /// The first day that no longer counts.
        until: Option<Date>,
    },
    /// It was read, or was not.
    Read(bool),
    /// It is starred, or is not.
    Starred(bool),
}

/// The order of hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What fits best first; of equals the newest. Newest first where no word is asked for.
    #[default]
    Fit,
    /// Newest first.
    Newest,
}

/// Something the reader should know about a question or its answer; `locale` has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A field there is none of; it was read as text.
    UnknownField(String),
    /// What stands after a field means nothing there; it was read as text.
    BadValue {
        /// The field.
        field: String,
        /// What stood there.
        value: String,
    },
    /// A quote that is never closed; it was closed at the end.
    OpenQuote,
    /// A bracket without its partner; it was ignored.
    LoneBracket,
    /// An operator without its operand; it was ignored or read as a word.
    LoneOperator(String),
    /// The question was longer or deeper than can be answered; the rest was ignored.
    TooLong,
    /// Only so many articles had all the words; below them stand those with most.
    Relaxed {
        /// Articles with all the words.
        with_all: usize,
    },
    /// A word that no article has was replaced by similar ones.
    Corrected {
        /// As it was typed.
        word: String,
        /// What was searched instead, the likeliest first.
        to: Vec<String>,
    },
    /// Articles that are stored but not yet searchable.
    NotYetIndexed(usize),
}

/// Which of the hits are wanted, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many to pass over.
    pub offset: usize,
    /// How many to return.
    pub limit: usize,
    /// Whether the reader is still typing: the last word may then be the beginning of one.
    pub typing: bool,
}

impl Page {
    /// The first `limit` hits of a finished question.
    pub const fn first(limit: usize) -> Self {
        Self {
            offset: 0,
            limit,
            typing: false,
        }
    }

    /// The same while the question is still being typed.
    pub const fn typing(self) -> Self {
        Self { typing: true, ..self }
    }
}

/// The answer to a question.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// How many articles fit.
    pub total: usize,
    /// How long it took.
    pub took: std::time::Duration,
    /// The page that was asked for, in order.
    pub hits: Vec<Hit>,
    /// What the reader should know, the question's own notices included.
    pub notices: Vec<Notice>,
    /// All that fit, counted by what they are.
    pub facets: Facets,
}

/// The articles that fit, counted by what they are; each list with the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By language; none stands for any other.
    pub languages: Vec<(Option<Language>, usize)>,
    /// By source.
    pub sources: Vec<(String, usize)>,
    /// By year, oldest first.
    pub years: Vec<(i16, usize)>,
    /// By year and month (from 1), oldest first, months without articles left out.
    pub months: Vec<((i16, i8), usize)>,
}

/// One article found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The article without its text.
    pub headline: Headline,
    /// How well it fits; only hits of one answer can be compared.
    pub score: f32,
    /// What to mark in the title, in order, not overlapping.
    pub title_marks: Vec<Span>,
    /// The piece of the text that shows best why it was found.
    pub snippet: Snippet,
    /// The language by whose words it was found, where they were not the reader's own.
    pub also: Option<Language>,
}

/// A piece of a text with the places to mark in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The words of the article, on one line, with `…` where something was left out.
    pub text: String,
    /// What to mark, in order, not overlapping.
    pub marks: Vec<Span>,
}

impl Query {
    /// Reads a question; whatever cannot be read as more is read as words, and a notice says so.
    ///
    /// `today` settles what `today`, `7d` and the like mean.
    pub fn parse(text: &str, today: Date) -> Self {
        let _ = today;
        let words = text.split_whitespace().map(|word| {
            Node::Word(Word {
                text: word.to_string(),
                form: Form::Usual,
                part: None,
            })
        });
        let words: Vec<_> = words.collect();
        let wanted = (!words.is_empty()).then_some(Node::All(words));
        Self {
            wanted,
            ..Self::default()
        }
    }
}
