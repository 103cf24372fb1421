//! A TOML file as a plain list of options, in the order of their lines.

use std::fmt;

use toml::de::{DeTable, DeValue};

use crate::job::SmartList;
use crate::ui::Binding;
use crate::ui::command::Place;

use super::fault::{Fault, Wrong};

/// An option as a file gives it.
pub(super) struct Given {
    /// Its name with its tables before it (`reader.theme`).
    pub option: String,
    pub value: Value,
    /// The line, from 1.
    pub line: usize,
}

/// A value as beide's options have them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Switch(bool),
    Number(u64),
    Texts(Vec<String>),
    /// Something else, as TOML names it.
    Other(&'static str),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{}\"", text.escape_debug()),
            Self::Switch(on) => write!(f, "{on}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Texts(texts) => write!(f, "{texts:?}"),
            Self::Other(kind) => f.write_str(kind),
        }
    }
}

impl Given {
    /// What a key means, where this stands in the table `keys`.
    pub fn binding(&self) -> Option<Binding> {
        let name = self.option.strip_prefix("keys.")?;
        let Value::Text(commands) = &self.value else {
            return None;
        };
        let in_place = Place::ALL.into_iter().find_map(|place| {
            let keys = name.strip_prefix(place.name())?.strip_prefix('.')?;
            Some((place.name(), keys))
        });
        let (place, keys) = in_place.unwrap_or(("everywhere", name));
        Some(Binding {
            place: place.to_string(),
            keys: bare(keys),
            commands: commands.clone(),
            line: self.line,
        })
    }

    /// A list of the reader's own, where this stands in the table `lists`.
    pub fn list(&self) -> Option<SmartList> {
        let name = bare(self.option.strip_prefix("lists.")?);
        let Value::Text(query) = &self.value else {
            return None;
        };
        let query = query.clone();
        Some(SmartList { name, query })
    }
}

/// Every option of a TOML file; what is no TOML is added to the faults.
pub(super) fn options(file: &str, faults: &mut Vec<Fault>) -> Vec<Given> {
    let (table, errors) = DeTable::parse_recoverable(file);
    for error in errors {
        let line = line_of(file, error.span().map_or(0, |span| span.start));
        let wrong = Wrong::Syntax(error.message().to_string());
        faults.push(Fault { line, wrong });
    }
    let mut found = Vec::new();
    flatten(file, "", table.get_ref(), &mut found);
    // A table of TOML comes in the order of its names.
    found.sort_by_key(|given| given.line);
    found
}

fn flatten(file: &str, above: &str, table: &DeTable<'_>, found: &mut Vec<Given>) {
    for (key, value) in table {
        let option = format!("{above}{}", named(key.get_ref()));
        let value = match value.get_ref() {
            DeValue::Table(below) => {
                flatten(file, &format!("{option}."), below, found);
                continue;
            }
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Boolean(on) => Value::Switch(*on),
            DeValue::Integer(number) => u64::from_str_radix(number.as_str(), number.radix())
                .map_or(Value::Other("integer"), Value::Number),
            DeValue::Array(values) => {
                let texts = values.iter().map(|value| value.get_ref().as_str());
                let texts: Option<Vec<String>> = texts.map(|text| text.map(str::to_string)).collect();
                texts.map_or(Value::Other("array"), Value::Texts)
            }
            other => Value::Other(other.type_str()),
        };
        let line = line_of(file, key.span().start);
        found.push(Given { option, value, line });
    }
}

/// A name in a table, in quotes where it has signs in it that names without quotes have not.
fn named(key: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if key.chars().all(is_plain) {
        key.to_string()
    } else {
        format!("{key:?}")
    }
}

/// A name in a table without the quotes that [`named`] puts around it.
fn bare(name: &str) -> String {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => name.to_string(),
    }
}

/// The line, from 1, that a byte of `file` stands in.
fn line_of(file: &str, byte: usize) -> usize {
    file.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}
