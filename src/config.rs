//! The configuration file: the only place that reads it.
//!
//! `config.example.toml` is the default itself. The user's file is laid over it, option by option; what the example
//! does not know is a fault, named with its line. Each module gets its own settings, already checked.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::{DeTable, DeValue};

use crate::article::Language;
use crate::job::SmartList;
use crate::locale::Locale;
use crate::sync::{Manners, Rule, Rules};
use crate::text::edit_distance;
use crate::ui::command::Place;
use crate::ui::keymap::Fault as KeyFault;
use crate::ui::{Binding, Keymap, Preset};

/// The default, with a comment for every option.
pub const EXAMPLE: &str = include_str!("../config.example.toml");

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
    /// Whether it keeps to the signs of ASCII.
    pub ascii: bool,
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
        let language = reading.choice("language", &["auto", "de", "en", "nl"]);
        let library = reading.text("library");
        let reader = reading.reader();
        let feeds = reading.feeds();
        let dictionaries = Dictionaries {
            used: reading.switch("dictionaries.use"),
            folder: reading.path("dictionaries.folder"),
        };
        let config = Config {
            language: Language::from_code(&language),
            library: Some(library)
                .filter(|folder| !folder.is_empty())
                .map(PathBuf::from),
            reader,
            feeds,
            dictionaries,
            rates: Rates {
                yearly: reading.path("rates.yearly"),
            },
        };
        let Reading {
            settings, mut faults, ..
        } = reading;
        faults.sort_by_key(|fault| fault.line);
        let shown =
            |(path, setting): (String, Setting)| (path, setting.value.to_string(), setting.line.is_some());
        Self {
            config,
            faults,
            options: settings.into_iter().map(shown).collect(),
        }
    }
}

/// The options in force while they are being taken out.
struct Reading {
    settings: BTreeMap<String, Setting>,
    bindings: Vec<Binding>,
    lists: Vec<SmartList>,
    faults: Vec<Fault>,
}

/// The value of one option.
#[derive(Clone, Debug)]
struct Setting {
    value: Value,
    /// Where the user's file gives it.
    line: Option<usize>,
}

/// A value as beide's options have them.
#[derive(Clone, Debug, PartialEq)]
enum Value {
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

impl Reading {
    /// The default with the user's file over it.
    fn new(file: &str) -> Self {
        let mut settings = BTreeMap::new();
        let mut faults = Vec::new();
        for (path, value, _) in options(EXAMPLE, &mut faults) {
            settings.insert(path, Setting { value, line: None });
        }
        let known: Vec<String> = settings.keys().cloned().collect();
        let (bindings, options) = keys_apart(options(file, &mut faults));
        let (lists, options) = lists_apart(options);
        for (option, value, line) in options {
            match settings.get_mut(&option) {
                Some(setting) => {
                    *setting = Setting {
                        value,
                        line: Some(line),
                    }
                }
                None => {
                    let nearest = nearest(&option, &known);
                    faults.push(Fault {
                        line,
                        wrong: Wrong::Unknown { option, nearest },
                    });
                }
            }
        }
        Self {
            settings,
            bindings,
            lists,
            faults,
        }
    }

    /// The table `reader`, and the keys.
    fn reader(&mut self) -> ReaderConfig {
        let preset = self.choice("reader.keys", &["vim", "newsboat"]);
        let (keymap, faults) = Keymap::new(Preset::named(&preset).unwrap_or_default(), &self.bindings);
        self.faults
            .extend(faults.into_iter().map(|(binding, fault)| Fault {
                line: binding.line,
                wrong: Wrong::Key(fault),
            }));
        ReaderConfig {
            theme: self.choice("reader.theme", &["auto", "dark", "light", "sixteen", "plain"]),
            ascii: self.switch("reader.ascii"),
            mouse: self.switch("reader.mouse"),
            browser: self.text("reader.browser"),
            editor: self.text("reader.editor"),
            translate: self.texts("reader.translate"),
            keymap,
            lists: std::mem::take(&mut self.lists),
        }
    }

    /// An option that is on or off.
    fn switch(&mut self, option: &str) -> bool {
        match self.settings.get(option).map(|setting| &setting.value) {
            Some(Value::Switch(on)) => *on,
            _ => {
                self.wants(option, &["false", "true"]);
                false
            }
        }
    }

    /// An option that is the path of a file or folder; none where it is empty.
    fn path(&mut self, option: &str) -> Option<PathBuf> {
        let path = self.text(option);
        (!path.is_empty()).then(|| PathBuf::from(path))
    }

    /// An option that is any text.
    fn text(&mut self, option: &str) -> String {
        match self.settings.get(option) {
            Some(Setting {
                value: Value::Text(text),
                ..
            }) => text.clone(),
            _ => self.wants(option, &["\"…\""]),
        }
    }

    fn feeds(&mut self) -> Feeds {
        let seconds = |number| Duration::from_secs(number);
        let manners = Manners {
            interval: seconds(60 * self.number("feeds.interval", 5, 60 * 24 * 7)),
            at_once: usize::try_from(self.number("feeds.at_once", 1, 16)).unwrap_or(1),
            page_gap: seconds(self.number("feeds.page_gap", 1, 3600)),
            pages: usize::try_from(self.number("feeds.pages", 0, 1000)).unwrap_or(0),
        };
        let days = u32::try_from(self.number("feeds.keep_days", 0, 100_000)).unwrap_or(0);
        let rules = Rules {
            drop: self.rules("feeds.drop"),
            keep: self.rules("feeds.keep"),
            days: (days > 0).then_some(days),
        };
        let contact = self.text("feeds.contact");
        if !contact.chars().all(|c| c.is_ascii_graphic()) {
            self.wants("feeds.contact", &["\"…\""]);
        }
        Feeds {
            manners,
            rules,
            contact: contact.chars().filter(char::is_ascii_graphic).collect(),
        }
    }

    /// An option that is a whole number from `least` to `most`; `least` stands for a wrong one.
    fn number(&mut self, option: &str, least: u64, most: u64) -> u64 {
        match self.settings.get(option).map(|setting| &setting.value) {
            Some(Value::Number(number)) if (least..=most).contains(number) => *number,
            _ => {
                self.wants(option, &["1, 2, 3 …"]);
                least
            }
        }
    }

    /// An option that is a list of texts.
    fn texts(&mut self, option: &str) -> Vec<String> {
        match self.settings.get(option).map(|setting| &setting.value) {
            Some(Value::Texts(texts)) => texts.clone(),
            _ => {
                self.wants(option, &["[\"…\", \"…\"]"]);
                Vec::new()
            }
        }
    }

    /// An option that is a list of rules for articles.
    fn rules(&mut self, option: &str) -> Vec<Rule> {
        let written = match self.settings.get(option).map(|setting| &setting.value) {
            Some(Value::Texts(texts)) => texts.clone(),
            _ => {
                self.wants(option, &["[\"…\", \"…\"]"]);
                Vec::new()
            }
        };
        let rules: Vec<Rule> = written.iter().filter_map(|rule| Rule::parse(rule)).collect();
        if rules.len() < written.len() {
            self.wants(option, &["[\"…\", \"…\"]"]);
        }
        rules
    }

    /// An option that is one of some words, the first of which stands for a wrong one.
    fn choice(&mut self, option: &str, words: &[&'static str]) -> String {
        let text = self.text(option);
        if words.contains(&text.as_str()) {
            text
        } else {
            self.wants(option, words)
        }
    }

    /// Notes that an option has a wrong value, and returns the first right one.
    fn wants(&mut self, option: &str, wanted: &[&'static str]) -> String {
        if let Some(line) = self.settings.get(option).and_then(|setting| setting.line) {
            let wrong = Wrong::Value {
                option: option.to_string(),
                wanted: wanted.to_vec(),
            };
            self.faults.push(Fault { line, wrong });
        }
        wanted
            .first()
            .copied()
            .filter(|word| *word != "\"…\"")
            .unwrap_or_default()
            .to_string()
    }
}

/// Every option of a TOML file with its tables before it (`reader.theme`), its value and its line.
fn options(file: &str, faults: &mut Vec<Fault>) -> Vec<(String, Value, usize)> {
    let (table, errors) = DeTable::parse_recoverable(file);
    for error in errors {
        let line = line_of(file, error.span().map_or(0, |span| span.start));
        faults.push(Fault {
            line,
            wrong: Wrong::Syntax(error.message().to_string()),
        });
    }
    let mut found = Vec::new();
    flatten(file, "", table.get_ref(), &mut found);
    found
}

/// The options of the table `keys`, whose names are keys, apart from all others.
fn keys_apart(options: Vec<(String, Value, usize)>) -> (Vec<Binding>, Vec<(String, Value, usize)>) {
    let mut bindings = Vec::new();
    let mut others = Vec::new();
    for (option, value, line) in options {
        match (option.strip_prefix("keys."), &value) {
            (Some(name), Value::Text(commands)) => {
                let place = Place::ALL.into_iter().find_map(|place| {
                    let keys = name.strip_prefix(place.name())?.strip_prefix('.')?;
                    Some((place.name(), keys))
                });
                let (place, keys) = place.unwrap_or(("everywhere", name));
                bindings.push(Binding {
                    place: place.to_string(),
                    keys: bare(keys),
                    commands: commands.clone(),
                    line,
                });
            }
            _ => others.push((option, value, line)),
        }
    }
    (bindings, others)
}

/// The lists of the table `lists`, in the order of the file, apart from all others.
fn lists_apart(options: Vec<(String, Value, usize)>) -> (Vec<SmartList>, Vec<(String, Value, usize)>) {
    let mut lists = Vec::new();
    let mut others = Vec::new();
    for (option, value, line) in options {
        match (option.strip_prefix("lists."), value) {
            (Some(name), Value::Text(query)) => {
                let name = bare(name);
                lists.push((line, SmartList { name, query }));
            }
            (_, value) => others.push((option, value, line)),
        }
    }
    lists.sort_by_key(|(line, _)| *line);
    (lists.into_iter().map(|(_, list)| list).collect(), others)
}

/// A name of a table without the quotes that [`flatten`] puts around those with signs in them.
fn bare(name: &str) -> String {
    match name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => name.to_string(),
    }
}

fn flatten(file: &str, above: &str, table: &DeTable<'_>, found: &mut Vec<(String, Value, usize)>) {
    for (key, value) in table {
        let plain = key
            .get_ref()
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        let name = if plain {
            key.get_ref().to_string()
        } else {
            format!("{:?}", key.get_ref())
        };
        let path = if above.is_empty() {
            name
        } else {
            format!("{above}.{name}")
        };
        let line = line_of(file, key.span().start);
        match value.get_ref() {
            DeValue::Table(below) => flatten(file, &path, below, found),
            DeValue::String(text) => found.push((path, Value::Text(text.to_string()), line)),
            DeValue::Boolean(on) => found.push((path, Value::Switch(*on), line)),
            DeValue::Integer(number) => {
                let read = u64::from_str_radix(number.as_str(), number.radix());
                found.push((path, read.map_or(Value::Other("integer"), Value::Number), line));
            }
            DeValue::Array(values) => {
                let texts = values
                    .iter()
                    .map(|value| value.get_ref().as_str().map(str::to_string));
                let texts: Option<Vec<String>> = texts.collect();
                found.push((path, texts.map_or(Value::Other("array"), Value::Texts), line));
            }
            other => found.push((path, Value::Other(other.type_str()), line)),
        }
    }
}

/// The line, from 1, that a byte of `file` stands in.
fn line_of(file: &str, byte: usize) -> usize {
    file.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// The option that resembles `written` most, if it does at all.
fn nearest(written: &str, known: &[String]) -> Option<String> {
    // Tables are long and shared: what counts is the option's own name.
    let name = |option: &str| option.rsplit('.').next().unwrap_or_default().to_string();
    let own = name(written);
    let close = |option: &&String| edit_distance(&own, &name(option)) * 2 <= name(option).chars().count();
    known
        .iter()
        .filter(close)
        .min_by_key(|option| edit_distance(written, option))
        .cloned()
}

impl Fault {
    /// What is wrong, in words.
    pub fn message(&self, file: &Path, locale: &Locale) -> String {
        let (file, line) = (file.display(), self.line);
        let place: [(&str, &dyn fmt::Display); 2] = [("file", &file), ("line", &line)];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_the_default_and_has_no_fault() {
        let default = Loaded::of("");
        assert_eq!(default.faults, []);
        assert_eq!((default.config.language, &default.config.library), (None, &None));
        assert_eq!(default.config.reader.theme, "auto");
        let feeds = &default.config.feeds;
        assert_eq!(
            (feeds.manners, &feeds.rules),
            (Manners::default(), &Rules::default())
        );
        let example = Loaded::of(EXAMPLE);
        assert_eq!((example.faults, example.config), (vec![], default.config));
    }

    #[test]
    fn the_users_file_lies_over_it() {
        let loaded = Loaded::of("library = '/srv/nieuws'\nlanguage = \"nl\"");
        assert_eq!(loaded.faults, []);
        assert_eq!(loaded.config.language, Some(Language::Dutch));
        assert_eq!(loaded.config.library, Some(PathBuf::from("/srv/nieuws")));
        let language = loaded.options.iter().find(|(option, ..)| option == "language");
        assert_eq!(
            language.map(|(_, value, own)| (value.as_str(), *own)),
            Some(("\"nl\"", true))
        );
    }

    #[test]
    fn keys_are_bound_and_their_faults_have_their_line() {
        let loaded = Loaded::of("[keys]\n'ctrl-n' = 'next next'\nn = 'nxt'\n[keys.compare]\nx = 'claims'\n");
        let told: Vec<usize> = loaded.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(told, [3]);
        let message = loaded.faults[0].message(Path::new("c.toml"), &Locale::new(Language::English));
        assert_eq!(message, "c.toml, line 3: no command is called “nxt”");
        let keys = loaded
            .config
            .reader
            .keymap
            .keys_of(Place::Compare, crate::ui::command::Command::Claims);
        assert_eq!(keys, ["c", "x"]);
    }

    #[test]
    fn faults_have_their_line_and_the_rest_counts() {
        let loaded = Loaded::of(
            "# comment\nlangauge = \"de\"\nlanguage = \"fr\"\nlibrary = true\n[reader]\nfrobnicate = 1\n",
        );
        let faults: Vec<(usize, &Wrong)> = loaded
            .faults
            .iter()
            .map(|fault| (fault.line, &fault.wrong))
            .collect();
        let unknown = |option: &str, nearest: Option<&str>| Wrong::Unknown {
            option: option.to_string(),
            nearest: nearest.map(String::from),
        };
        let value = |option: &str, wanted: &[&'static str]| Wrong::Value {
            option: option.to_string(),
            wanted: wanted.to_vec(),
        };
        assert_eq!(
            faults,
            [
                (2, &unknown("langauge", Some("language"))),
                (3, &value("language", &["auto", "de", "en", "nl"])),
                (4, &value("library", &["\"…\""])),
                (6, &unknown("reader.frobnicate", None)),
            ]
        );
        assert_eq!(loaded.config.language, None);
    }

    #[test]
    fn lists_of_ones_own_come_in_the_order_of_the_file() {
        let loaded = Loaded::of("[lists]\n'Öl & Gas' = 'öl OR gas lang:de'\nBahn = '#bahn'\n");
        assert_eq!(loaded.faults, []);
        let lists = loaded.config.reader.lists.iter();
        let lists: Vec<(&str, &str)> = lists
            .map(|list| (list.name.as_str(), list.query.as_str()))
            .collect();
        assert_eq!(lists, [("Öl & Gas", "öl OR gas lang:de"), ("Bahn", "#bahn")]);
        let faults = Loaded::of("[lists]\nBahn = 1\n").faults;
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn feeds_are_fetched_as_the_file_says() {
        let loaded = Loaded::of(
            "[feeds]\ninterval = 30\ndrop = ['Horoskop', 'title: Lotto @ bote']\nkeep_days = 90\ncontact = 'https://ich.example'",
        );
        assert_eq!(loaded.faults, []);
        let feeds = loaded.config.feeds;
        assert_eq!(
            (
                feeds.manners.interval.as_secs(),
                feeds.rules.drop.len(),
                feeds.rules.days
            ),
            (1800, 2, Some(90))
        );
        assert_eq!(feeds.contact, "https://ich.example");
        let faults =
            Loaded::of("[feeds]\ninterval = 1\nat_once = 'x'\ndrop = [1]\nkeep = [' ']\ncontact = 'a b'")
                .faults;
        let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6]);
    }

    #[test]
    fn broken_toml_is_named() {
        let loaded = Loaded::of("library = \"/a\"\nlanguage = \n");
        assert!(
            matches!(
                loaded.faults.as_slice(),
                [
                    Fault {
                        line: 2,
                        wrong: Wrong::Syntax(_)
                    },
                    ..
                ]
            ),
            "{:?}",
            loaded.faults
        );
        assert_eq!(loaded.config.library, Some(PathBuf::from("/a")));
    }
}
