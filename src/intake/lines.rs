//! JSON Lines: an article a line, read one after the other, broken lines named and passed over.

use std::borrow::Cow;
use std::io::{self, BufRead};

use serde::Deserialize;
use serde_json::Value;

use super::{Draft, Given, Intake, clean, date, key};
use crate::article::State;

/// The longest line read, in bytes; a longer one is passed over without being kept.
const MAX_BYTES: usize = 16 << 20;

/// The articles of a file of JSON Lines, in order; blank lines count but say nothing.
///
/// Holds one line at a time, however long the file.
pub struct Lines<R> {
    reader: R,
    given: Given,
    number: u64,
    bytes: u64,
    line: Vec<u8>,
}

/// A line that is no article.
#[derive(Debug)]
pub struct Broken {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Debug)]
pub enum Reason {
    /// It is not JSON, or a value is not what it must be; the words of the JSON reader.
    Json(String),
    /// It is JSON, but a list; an article is an object with fields.
    NoObject,
    /// It has no `text`, or one that says nothing.
    NoText,
    /// A field has a value that cannot be used.
    Field(&'static str, String),
    /// It is longer than sixteen megabytes.
    TooLong,
    /// It is not in UTF-8.
    NotUtf8,
    /// The file cannot be read any further.
    Unreadable(io::Error),
}

/// A line as the contract of the command line names its fields.
#[derive(Deserialize)]
struct Record<'l> {
    id: Option<Value>,
    #[serde(borrow)]
    url: Option<Cow<'l, str>>,
    #[serde(borrow)]
    title: Option<Cow<'l, str>>,
    #[serde(borrow)]
    text: Option<Cow<'l, str>>,
    #[serde(borrow)]
    lang: Option<Cow<'l, str>>,
    #[serde(borrow)]
    source: Option<Cow<'l, str>>,
    author: Option<Names>,
    #[serde(borrow)]
    published: Option<Cow<'l, str>>,
    tags: Option<Vec<String>>,
    read: Option<bool>,
    starred: Option<bool>,
    note: Option<String>,
}

/// One name, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl<R: BufRead> Lines<R> {
    /// Reads articles from `reader`; `given` overrides what they say.
    pub const fn new(reader: R, given: Given) -> Self {
        Self {
            reader,
            given,
            number: 0,
            bytes: 0,
            line: Vec::new(),
        }
    }

    /// How far the file has been read; a line beyond the bound counts as far as it was looked at.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Reads the next line into `self.line`; false at the end of the file.
    fn advance(&mut self) -> Result<bool, Reason> {
        self.line.clear();
        self.number += 1;
        let limit = MAX_BYTES as u64 + 1;
        io::Read::take(&mut self.reader, limit)
            .read_until(b'\n', &mut self.line)
            .map_err(Reason::Unreadable)?;
        self.bytes += self.line.len() as u64;
        if self.line.len() > MAX_BYTES && !self.line.ends_with(b"\n") {
            self.line.clear();
            self.reader.skip_until(b'\n').map_err(Reason::Unreadable)?;
            return Err(Reason::TooLong);
        }
        Ok(!self.line.is_empty())
    }

    fn read(&self) -> Result<Option<Intake>, Reason> {
        let line = std::str::from_utf8(&self.line).map_err(|_| Reason::NotUtf8)?;
        let line = line.trim_start_matches('\u{feff}').trim_end();
        if line.trim().is_empty() {
            return Ok(None);
        }
        if line.trim_start().starts_with('[') {
            return Err(Reason::NoObject);
        }
        let record: Record<'_> = serde_json::from_str(line).map_err(|error| Reason::Json(said(&error)))?;
        Ok(Some(draft(record)?.finish(&self.given)))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Intake, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let read = match self.advance() {
                Ok(false) => return None,
                Ok(true) => self.read(),
                Err(reason) => Err(reason),
            };
            let line = self.number;
            match read {
                Ok(None) => {}
                Ok(Some(intake)) => return Some(Ok(intake)),
                Err(reason) => return Some(Err(Broken { line, reason })),
            }
        }
    }
}

/// What the JSON reader says, with the place in the line but not the line, which it always takes for the first.
pub fn said(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.replace(" at line 1 column ", ", column ")
}

fn draft(record: Record<'_>) -> Result<Draft, Reason> {
    let text = record
        .text
        .map(|text| clean::text(&text))
        .filter(|text| !text.is_empty())
        .ok_or(Reason::NoText)?;
    let published = match record.published.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(written) => {
            Some(date::published(written).ok_or_else(|| Reason::Field("published", clean::line(written)))?)
        }
    };
    let state = State {
        read: record.read.unwrap_or(false),
        starred: record.starred.unwrap_or(false),
        note: record
            .note
            .map(|note| clean::text(&note))
            .filter(|note| !note.is_empty()),
    };
    Ok(Draft {
        state: Some(state).filter(|state| *state != State::default()),
        id: record.id.map(id).transpose()?.flatten(),
        title: record.title.map(Cow::into_owned),
        text,
        language: record.lang.map(Cow::into_owned),
        source: record.source.map(Cow::into_owned),
        authors: match record.author {
            None => Vec::new(),
            Some(Names::One(name)) => vec![name],
            Some(Names::Several(names)) => names,
        },
        published,
        url: record.url.map(Cow::into_owned),
        tags: record.tags.unwrap_or_default(),
    })
}

/// A key given as text or as a whole number.
fn id(value: Value) -> Result<Option<String>, Reason> {
    let id = match value {
        Value::Null => return Ok(None),
        Value::String(id) => id,
        Value::Number(number) if number.is_i64() || number.is_u64() => number.to_string(),
        other => return Err(Reason::Field("id", other.to_string())),
    };
    if key::is_key(&id) {
        Ok(Some(id))
    } else {
        Err(Reason::Field("id", clean::line(&id)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, Language, Published};

    fn read(file: &[u8]) -> Vec<Result<Article, (u64, String)>> {
        let lines = Lines::new(file, Given::default());
        lines
            .map(|line| {
                line.map(|intake| intake.article)
                    .map_err(|broken| (broken.line, format!("{:?}", broken.reason)))
            })
            .collect()
    }

    #[test]
    fn every_field_is_read() {
        let line = r#"{"id":"a-1","url":"https://b.example/1?utm_source=x","title":"Br\u00fccke","text":"Sie\r\nist lang.","lang":"nl-BE","source":"Bote","author":["Ans de Vries","Ole Deich"],"published":"2024-03-05T10:00:00+01:00","tags":["Bau","Bau",""],"weiteres":1}"#;
        let articles = read(line.as_bytes());
        let [Ok(article)] = articles.as_slice() else {
            panic!("{articles:?}")
        };
        let headline = &article.headline;
        assert_eq!(
            (
                headline.id.0.as_str(),
                headline.title.as_str(),
                article.text.as_str()
            ),
            ("a-1", "Brücke", "Sie\nist lang.")
        );
        assert_eq!(headline.language, Some(Language::Dutch));
        assert_eq!(
            headline.published.as_ref().map(Published::as_str),
            Some("2024-03-05T09:00:00Z")
        );
        assert_eq!(
            (
                headline.source.as_str(),
                headline.author.as_str(),
                headline.tags.as_slice()
            ),
            ("Bote", "Ans de Vries, Ole Deich", &[String::from("Bau")][..])
        );
    }

    #[test]
    fn what_is_missing_is_made_up_for() {
        let articles =
            read(br#"{"text":"De brug is klaar. Ze is vierhonderd meter lang en dertig meter breed."}"#);
        let [Ok(article)] = articles.as_slice() else {
            panic!("{articles:?}")
        };
        assert_eq!(article.headline.title, "De brug is klaar");
        assert_eq!(article.headline.language, Some(Language::Dutch));
        assert_eq!(article.headline.id.0.len(), 12);
    }

    #[test]
    fn broken_lines_are_named_and_the_rest_is_read() {
        let good = r#"{"id":7,"text":"Gut."}"#;
        for (line, reason) in [
            (&br#"{"text":"ab"#[..], "EOF while parsing a string, column 11"),
            (br#"{"text":5}"#, "invalid type: integer `5`, expected a string"),
            (br#"["a",null,"t","x",null,null,null,[]]"#, "NoObject"),
            (br#""text""#, "invalid type: string"),
            (br#"{"text":"\ud83d lone"}"#, "column"),
            (br#"{"title":"Ohne Text"}"#, "NoText"),
            (br#"{"text":" \u0000\u200b "}"#, "NoText"),
            (br#"{"text":null}"#, "NoText"),
            (
                br#"{"text":"a","published":"neulich"}"#,
                "Field(\"published\", \"neulich\")",
            ),
            (br#"{"text":"a","id":true}"#, "Field(\"id\", \"true\")"),
            (br#"{"text":"a","id":""}"#, "Field(\"id\", \"\")"),
            (br#"{"text":"a","tags":"Bau"}"#, "invalid type"),
            (b"{\"text\":\"\xff\"}", "NotUtf8"),
            (b"kein JSON", "expected value"),
        ] {
            let file = [
                b"\xef\xbb\xbf",
                good.as_bytes(),
                b"\n\n",
                line,
                b"\r\n",
                good.as_bytes(),
            ]
            .concat();
            let read = read(&file);
            let [Ok(first), Err((3, said)), Ok(_)] = read.as_slice() else {
                panic!("{read:?}")
            };
            assert!(said.contains(reason), "{said}: {reason}");
            assert_eq!(first.headline.id.0, "7");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_lines_are_articles_or_complaints_in_order(
            text in "([{}\\[\\]:,\n]|\"(text|title|id|tags|published|lang|\\\\ud800|\\\\u001b|\\PC{0,9})\"|null|7|-1e9|\\PC){0,40}",
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..60),
            value in "\\PC{0,20}",
        ) {
            let proper = serde_json::json!({ "text": value, "title": value, "id": value, "tags": [value] }).to_string();
            for file in [text.as_bytes(), &bytes, proper.as_bytes()] {
                let mut last = 0;
                for line in read(file) {
                    match line {
                        Ok(article) => {
                            let headline = article.headline;
                            let odd = |line: &String| line.contains(char::is_control);
                            proptest::prop_assert!(!odd(&headline.title) && !odd(&headline.id.0) && !headline.tags.iter().any(odd));
                            proptest::prop_assert!(!article.text.contains(|c: char| c.is_control() && c != '\n'));
                        }
                        Err((line, _)) => {
                            proptest::prop_assert!(line > last);
                            last = line;
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_line_beyond_the_bound_is_passed_over() {
        let mut file = vec![b'x'; MAX_BYTES + 5];
        file.extend(b"\n{\"text\":\"Gut.\"}");
        let read = read(&file);
        let [Err((1, said)), Ok(_)] = read.as_slice() else {
            panic!("{} lines", read.len())
        };
        assert_eq!(said, "TooLong");
    }
}
