//! What a job could not do, in words that the interface has in each language.

use std::fmt;

use crate::article::Language;
use crate::locale::Locale;

/// What could not be done, by the key of its words, and the file, program or address that it concerns.
///
/// As an error, and in the log, it speaks English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cannot {
    key: &'static str,
    name: String,
}

impl Cannot {
    /// What the words of this key say.
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            name: String::new(),
        }
    }

    /// The same of what is called `name`.
    pub fn with(key: &'static str, name: impl fmt::Display) -> Self {
        Self {
            key,
            name: name.to_string(),
        }
    }

    /// It in the words of the interface.
    pub fn told(&self, locale: &Locale) -> String {
        locale.fill(self.key, &[("name", &self.name)])
    }
}

impl fmt::Display for Cannot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.told(&Locale::new(Language::English)))
    }
}

impl std::error::Error for Cannot {}
