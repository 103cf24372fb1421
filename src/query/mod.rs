//! What was asked, and what was found: the query and its small grammar, hits, facets and notices.
//!
//! | write | means |
//! |---|---|
//! | `werft hamburg` | both words, in any inflection, also inside compounds; some of them where few articles have all |
//! | `"öffentlicher Dienst"` | these words side by side, as written |
//! | `-wort` `NOT wort` · `a OR b` · `( )` | without it · either · grouped |
//! | `werf*` · `wort~` `wort~2` · `=Wort` | beginning so · within one or two slips of the pen · only as written |
//! | `title:` `text:` | the word or phrase behind it stands there |
//! | `source:` `author:` `lang:de,nl` `tag:` or `#tag` `url:` | what the article is |
//! | `after:2026-03-01` `before:` `date:2026-03` `date:2026-03-01..2026-03-14` `date:today` `date:7d` | when it was published; `before` exclusive |
//! | `figure:380mrd` `figure:>1e9eur` `figure:10..20%` `figure:~45mrd` | it has such a figure |
//! | `is:unread` `is:read` `is:starred` `has:figure` `has:money` `has:percent` … | what became of it, what figures it has |
//! | `sort:new` `sort:fit` · `also:nl` | order · only the words of that language for the same, instead of all others |

mod amount;
mod day;
mod parse;
mod print;

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
    /// A name of who wrote it begins with this.
    Author(String),
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
    /// It states a figure, of this kind if one is named.
    HasFigure(Option<&'static str>),
    /// It states a figure like this.
    Figure(Range),
}

/// Figures between two values, both included, in one unit or any.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// As it was typed.
    pub text: String,
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
    /// The unit in the contract of the command line; any if none.
    pub unit: Option<String>,
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
    /// Only so many articles had all the words; below them stand those with some, best first.
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
    /// A word was also looked up in another language.
    Translated {
        /// As it was typed.
        word: String,
        /// The other language.
        language: Language,
        /// Its counterparts there, the most frequent first.
        to: Vec<String>,
    },
    /// Of no article it is known who wrote it.
    NoAuthors,
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
    /// By the kinds of figures they state; an article may state several.
    pub kinds: Vec<(&'static str, usize)>,
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
    /// The figures in it, where someone has read them.
    pub figures: Vec<Span>,
}

#[cfg(test)]
mod tests;
