//! What is wrong with a configuration file, and how it is said.

use std::fmt::Display;
use std::path::Path;

use crate::locale::Locale;
use crate::ui::keymap::Fault as KeyFault;

/// Something wrong with a configuration file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub wrong: Wrong,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It is not TOML; the words of the TOML reader.
    Syntax(String),
    /// There is no such option; the one that resembles it most.
    Unknown {
        /// As it was written, with its tables.
        option: String,
        /// The nearest right name, where one is near.
        nearest: Option<String>,
    },
    /// A key cannot be bound so.
    Key(KeyFault),
    /// The option wants another value.
    Value {
        /// The option, with its tables.
        option: String,
        /// What it may be.
        wanted: Vec<&'static str>,
    },
}

impl Fault {
    /// What is wrong, in words.
    pub fn message(&self, file: &Path, locale: &Locale) -> String {
        let (file, line) = (file.display(), self.line);
        let place: [(&str, &dyn Display); 2] = [("file", &file), ("line", &line)];
        match &self.wrong {
            Wrong::Syntax(said) => locale.fill("config.syntax", &[place[0], place[1], ("said", said)]),
            Wrong::Unknown { option, .. } => {
                locale.fill("config.unknown", &[place[0], place[1], ("option", option)])
            }
            Wrong::Key(fault) => {
                let said = key_fault(fault, locale);
                locale.fill("config.key", &[place[0], place[1], ("said", &said)])
            }
            Wrong::Value { option, .. } => {
                locale.fill("config.value", &[place[0], place[1], ("option", option)])
            }
        }
    }

    /// What can be done about it, in words.
    pub fn hint(&self, locale: &Locale) -> String {
        match &self.wrong {
            Wrong::Unknown {
                nearest: Some(nearest),
                ..
            } => locale.fill("cli.did_you_mean", &[("word", nearest)]),
            Wrong::Key(KeyFault::Command { nearest, .. } | KeyFault::Place { nearest, .. }) => {
                locale.fill("cli.did_you_mean", &[("word", nearest)])
            }
            Wrong::Key(_) => locale.text("config.key.hint").to_string(),
            Wrong::Value { wanted, .. } => {
                locale.fill("config.value.hint", &[("wanted", &wanted.join(", "))])
            }
            Wrong::Unknown { .. } | Wrong::Syntax(_) => locale.text("config.hint").to_string(),
        }
    }
}

/// What is wrong with a key, in words.
fn key_fault(fault: &KeyFault, locale: &Locale) -> String {
    match fault {
        KeyFault::Command { written, .. } => locale.fill("config.key.command", &[("written", written)]),
        KeyFault::Key { written } => locale.fill("config.key.key", &[("written", written)]),
        KeyFault::Place { written, .. } => locale.fill("config.key.place", &[("written", written)]),
        KeyFault::Shadows { shorter, longer } => {
            locale.fill("config.key.shadows", &[("shorter", shorter), ("longer", longer)])
        }
    }
}
