//! Articles as JSON: in lists, among hits, shown alone, and as the records that `import` reads back.

use serde::Serialize;

use super::figures::FigureShape;
use crate::article::{Article, Headline, Language, Part, Published, State};
use crate::compare::Change;
use crate::figure::Figure;
use crate::query::{Hit, Hits, Notice, Snippet};
use crate::text::Span;

/// What stands around the rows of a list, which are written one after another, so that none need be held.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Before the first row; a comma stands between two.
    pub open: &'static str,
    /// After the last.
    pub close: &'static str,
}

/// A list of articles, of which each row is an [`Entry`].
pub const LISTING: Frame = Frame {
    open: r#"{"articles":["#,
    close: "]}",
};

/// One article of a list.
#[derive(Serialize)]
pub struct Entry<'a> {
    #[serde(flatten)]
    line: Line<'a>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    tags: &'a [String],
    read: bool,
    starred: bool,
    note: Option<&'a str>,
}

/// What every list says of an article.
#[derive(Serialize)]
pub struct Line<'a> {
    id: &'a str,
    title: &'a str,
    lang: Option<&'static str>,
    source: Option<&'a str>,
    published: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// A headline as lists show it; a source that nobody names is null.
    pub fn new(headline: &'a Headline) -> Self {
        Self {
            id: &headline.id.0,
            title: &headline.title,
            lang: headline.language.map(Language::code),
            source: Some(headline.source.as_str()).filter(|source| !source.is_empty()),
            published: headline.published.as_ref().map(Published::as_str),
        }
    }
}

impl<'a> Entry<'a> {
    /// An article with what the reader did with it.
    pub fn new(headline: &'a Headline, state: &'a State) -> Self {
        Self {
            line: Line::new(headline),
            author: Some(headline.author.as_str()).filter(|author| !author.is_empty()),
            url: headline.url.as_deref(),
            tags: &headline.tags,
            read: state.read,
            starred: state.starred,
            note: state.note.as_deref(),
        }
    }
}

/// One article as it is kept: with its text, without what can be computed again.
#[derive(Serialize)]
pub struct Record<'a> {
    #[serde(flatten)]
    entry: Entry<'a>,
    text: &'a str,
}

impl<'a> Record<'a> {
    /// All that is kept of an article.
    pub fn new(article: &'a Article, state: &'a State) -> Self {
        Self {
            entry: Entry::new(&article.headline, state),
            text: &article.text,
        }
    }
}

/// One article with its figures.
#[derive(Serialize)]
pub struct Shown<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    figures: Vec<Placed<'a>>,
    /// Since each earlier version, the latest first; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changed: Vec<Since<'a>>,
}

/// What an article says otherwise since an earlier version.
#[derive(Serialize)]
struct Since<'a> {
    until: String,
    figures: Vec<ChangeShape<'a>>,
}

/// One difference; what is gone has no `after`, what is new no `before`.
#[derive(Serialize)]
struct ChangeShape<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
}

/// A figure and the part of its article that it stands in.
#[derive(Serialize)]
struct Placed<'a> {
    part: &'static str,
    #[serde(flatten)]
    figure: FigureShape<'a>,
}

/// The name of a part of an article in JSON.
pub const fn part_name(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::Text => "text",
    }
}

impl<'a> Shown<'a> {
    /// An article with its figures, each with the part it was found in.
    pub fn new(article: &'a Article, state: &'a State, figures: &[(Part, Figure)]) -> Self {
        let placed = |(part, figure): &(Part, Figure)| Placed {
            part: part_name(*part),
            figure: FigureShape::new(figure, article.part(*part)),
        };
        Self {
            record: Record::new(article, state),
            figures: figures.iter().map(placed).collect(),
            changed: Vec::new(),
        }
    }

    /// The same with what its figures were in earlier versions, each with the moment it was replaced.
    pub fn with_changes(mut self, changed: impl Iterator<Item = (String, &'a [Change])>) -> Self {
        let shape = |change: &'a Change| match change {
            Change::Changed { before, after } => ChangeShape {
                before: Some(&before.words),
                after: Some(&after.words),
            },
            Change::Gone(stated) => ChangeShape {
                before: Some(&stated.words),
                after: None,
            },
            Change::New(stated) => ChangeShape {
                before: None,
                after: Some(&stated.words),
            },
        };
        self.changed = changed
            .map(|(until, changes)| Since {
                until,
                figures: changes.iter().map(shape).collect(),
            })
            .collect();
        self
    }
}

/// What a search found.
#[derive(Serialize)]
pub struct Found<'a> {
    query: &'a str,
    total: usize,
    took_ms: f64,
    hits: Vec<Marked<'a>>,
    /// The words that were looked up in another language, in whose group those hits stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translated: Vec<Replaced<'a>>,
    /// The words no article has, with those that were searched instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrected: Vec<Replaced<'a>>,
}

/// A word of the question with the words that stand in for it.
#[derive(Serialize)]
struct Replaced<'a> {
    word: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<&'static str>,
    to: &'a [String],
}

/// One article found.
#[derive(Serialize)]
struct Marked<'a> {
    #[serde(flatten)]
    line: Line<'a>,
    score: f32,
    snippet: String,
    /// The language by whose words it was found, where they were not those of the question.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
}

impl<'a> Found<'a> {
    /// The answer to `query` as it was typed.
    pub fn new(query: &'a str, hits: &'a Hits) -> Self {
        let marked = |hit: &'a Hit| Marked {
            line: Line::new(&hit.headline),
            score: hit.score,
            snippet: with_marks(&hit.snippet, "<mark>", "</mark>"),
            group: hit.also.map(Language::code),
        };
        let translated = |notice: &'a Notice| match notice {
            Notice::Translated { word, language, to } => Some(Replaced {
                word,
                lang: Some(language.code()),
                to,
            }),
            _ => None,
        };
        let corrected = |notice: &'a Notice| match notice {
            Notice::Corrected { word, to } => Some(Replaced { word, lang: None, to }),
            _ => None,
        };
        Self {
            query,
            total: hits.total,
            took_ms: (hits.took.as_secs_f64() * 1e5).round() / 100.0,
            hits: hits.hits.iter().map(marked).collect(),
            translated: hits.notices.iter().filter_map(translated).collect(),
            corrected: hits.notices.iter().filter_map(corrected).collect(),
        }
    }
}

/// The words of a snippet with `open` and `close` around each match.
pub fn with_marks(snippet: &Snippet, open: &str, close: &str) -> String {
    let mut shown = String::with_capacity(snippet.text.len() + snippet.marks.len() * 16);
    let mut end = 0;
    for mark in &snippet.marks {
        shown.push_str(Span::new(end, mark.start).of(&snippet.text));
        shown.push_str(open);
        shown.push_str(mark.of(&snippet.text));
        shown.push_str(close);
        end = mark.end;
    }
    shown.push_str(Span::new(end, snippet.text.len()).of(&snippet.text));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;
    use crate::figure::{Amount, Bound, Decimal, Value};

    fn article() -> Article {
        Article {
            headline: Headline {
                id: ArticleId(String::from("k1")),
                title: String::from("Brücke \"fertig\""),
                source: String::new(),
                language: Some(Language::German),
                published: Published::parse("2024-03-05"),
                url: None,
                tags: vec![String::from("Bau")],
                author: String::from("Ole Deich"),
            },
            text: String::from("Sie ist rund 400 Meter lang."),
        }
    }

    #[track_caller]
    fn check(shape: &impl Serialize, expected: &str) {
        assert_eq!(serde_json::to_string(shape).expect("plain data"), expected);
    }

    #[test]
    fn an_article_is_shown_whole() {
        let article = article();
        let state = State {
            read: true,
            starred: false,
            note: Some(String::from("prüfen")),
        };
        let amount = Amount {
            low: Decimal::parse("400").expect("a number"),
            high: None,
        };
        let figure = Figure {
            span: Span::new(8, 22),
            value: Value::Quantity { amount, unit: "m" },
            bound: Some(Bound::About),
            direction: None,
            per: None,
        };
        let common = r#"{"id":"k1","title":"Brücke \"fertig\"","lang":"de","source":null,"published":"2024-03-05","author":"Ole Deich","url":null,"tags":["Bau"],"read":true,"starred":false,"note":"prüfen""#;
        check(&Entry::new(&article.headline, &state), &format!("{common}}}"));
        check(
            &Record::new(&article, &state),
            &format!("{common},\"text\":\"Sie ist rund 400 Meter lang.\"}}"),
        );
        let figures = r#""figures":[{"part":"text","start":8,"end":22,"text":"rund 400 Meter","kind":"quantity","value":"400","unit":"m","bound":"about"}]"#;
        check(
            &Shown::new(&article, &state, &[(Part::Text, figure)]),
            &format!("{common},\"text\":\"Sie ist rund 400 Meter lang.\",{figures}}}"),
        );
    }

    #[test]
    fn matches_stand_between_marks() {
        let snippet = Snippet {
            text: String::from("… die Brücke hält"),
            figures: Vec::new(),
            marks: vec![Span::new(8, 15)],
        };
        assert_eq!(
            with_marks(&snippet, "<mark>", "</mark>"),
            "… die <mark>Brücke</mark> hält"
        );
    }
}
