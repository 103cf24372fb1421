//! Figures as JSON.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::article::Language;
use crate::figure::{Figure, Value};

/// The figures of one text.
#[derive(Serialize)]
pub struct Figures<'a> {
    /// The file, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'a str>,
    /// The language they were read in; null where it is none beide knows, and there are no figures then.
    #[serde(serialize_with = "code")]
    pub lang: Option<Language>,
    /// In order of appearance.
    pub figures: Vec<FigureShape<'a>>,
}

/// The answer to one line of a batch.
#[derive(Serialize)]
pub struct Answer<'a> {
    /// As it was given; null where the line has none or cannot be read.
    pub id: Option<&'a RawValue>,
    /// In order of appearance.
    pub figures: Vec<FigureShape<'a>>,
    /// Why the line has no answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// One figure with its own words.
#[derive(Serialize)]
pub struct FigureShape<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<String>,
}

impl<'a> FigureShape<'a> {
    /// A figure of `text`.
    pub fn new(figure: &Figure, text: &'a str) -> Self {
        let (value, high) = figure.value.printed();
        let (counted, relative) = match figure.value {
            Value::Number { counted, .. } => (counted, false),
            Value::Date { relative, .. } => (None, relative),
            _ => (None, false),
        };
        Self {
            start: figure.span.start,
            end: figure.span.end,
            text: figure.span.of(text),
            kind: figure.value.kind(),
            resolved: relative.then(|| value.clone()),
            value,
            high,
            unit: figure.value.unit(),
            bound: figure.bound.map(crate::figure::Bound::name),
            counted: counted.map(|span| span.of(text)),
            per: figure.per,
            direction: figure.direction.map(crate::figure::Direction::name),
        }
    }
}

/// The figures of `text`.
pub fn figures<'a>(figures: &[Figure], text: &'a str) -> Vec<FigureShape<'a>> {
    figures
        .iter()
        .map(|figure| FigureShape::new(figure, text))
        .collect()
}

/// A language as its code, or null.
pub(super) fn code<S: serde::Serializer>(
    language: &Option<Language>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    language.map(Language::code).serialize(serializer)
}
