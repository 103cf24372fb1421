//! The configuration file: the only place that reads it.
//!
//! `config.example.toml` is the default itself. The user's file is laid over it, option by option; what the example
//! does not know is a fault, named with its line. Each module gets its own settings, already checked.

mod fault;
mod options;
mod reading;
#[cfg(test)]
mod tests;

pub use fault::Fault;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::article::Language;
use crate::job::SmartList;
use crate::sync::{Manners, Rules};
use crate::ui::Keymap;
use crate::ui::theme::Shade;

use reading::Reading;

/// The default, with a comment for every option.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// What the user wants, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The language of the interface; none for that of the environment.
    pub language: Option<Language>,
    /// The folder of the library; none for the platform's own.
    pub library: Option<PathBuf>,
    /// How the reader looks and what its keys mean.
    pub reader: ReaderConfig,
    /// How feeds are fetched.
    pub feeds: Feeds,
    /// Which dictionaries are used.
    pub dictionaries: Dictionaries,
    /// By which rates sums are set against each other.
    pub rates: Rates,
}

/// By which rates sums in different currencies are set against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates {
    /// A table of the user's own, year by year; none for the one that comes with beide.
    pub yearly: Option<PathBuf>,
}

/// Which installed dictionaries are used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionaries {
    /// Whether any are.
    pub used: bool,
    /// A folder of the user's own that comes before the usual ones.
    pub folder: Option<PathBuf>,
}

/// How the reader on the screen looks and what its keys mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderConfig {
    /// The name of its theme, or `auto`.
    pub theme: String,
    /// What is drawn otherwise than in its theme.
    pub shades: Vec<Shade>,
    /// Whether it keeps to the signs of ASCII.
    pub ascii: bool,
    /// Whether everything stands in one column, with words for signs and without lines.
    pub linear: bool,
    /// Whether it takes the mouse.
    pub mouse: bool,
    /// The program that opens addresses, with its arguments; empty for the platform's own.
    pub browser: String,
    /// The program that translates, with its arguments; empty where there is none.
    pub translate: Vec<String>,
    /// The program that remarks are written with, with its arguments; empty for that of the environment.
    pub editor: String,
    /// What keys mean.
    pub keymap: Keymap,
    /// The reader's own lists, in the order of the file.
    pub lists: Vec<SmartList>,
}

/// How feeds are fetched, and what is kept of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feeds {
    /// How.
    pub manners: Manners,
    /// What is kept.
    pub rules: Rules,
    /// How sites can reach the reader; may be empty.
    pub contact: String,
}

/// A configuration file as it was read.
#[derive(Debug)]
pub struct Loaded {
    /// What is in force; where the file has faults, as if the options concerned were not in it.
    pub config: Config,
    /// What is wrong with the file, in its order.
    pub faults: Vec<Fault>,
    /// Every option with its value as TOML writes it, and whether the user's file gives it.
    pub options: Vec<(String, String, bool)>,
}

impl Loaded {
    /// Reads the file at `path`; one that is not there says nothing.
    pub fn read(path: &Path) -> io::Result<Self> {
        match fs::read_to_string(path) {
            Ok(file) => Ok(Self::of(&file)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::of("")),
            Err(error) => Err(error),
        }
    }

    /// Reads a file's text.
    pub fn of(file: &str) -> Self {
        let mut reading = Reading::new(file);
        let config = reading.config();
        let Reading {
            settings, mut faults, ..
        } = reading;
        faults.sort_by_key(|fault| fault.line);
        let options = settings.into_iter();
        let options =
            options.map(|(name, setting)| (name, setting.value.to_string(), setting.line.is_some()));
        Self {
            config,
            faults,
            options: options.collect(),
        }
    }
}
