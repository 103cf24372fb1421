//! The options in force taken out one by one, each with its check.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::article::Language;
use crate::job::SmartList;
use crate::sync::{Manners, Rule, Rules};
use crate::text::edit_distance;
use crate::ui::theme::{Role, Shade, parse_style};
use crate::ui::{Binding, Keymap, Preset, Theme};

use super::fault::{Fault, Wrong};
use super::options::{Given, Value, options};
use super::{Config, Dictionaries, EXAMPLE, Feeds, Rates, ReaderConfig};

/// What stands for any text among the values an option may have.
const ANY_TEXT: &[&str] = &["\"…\""];

/// The same for a list of texts.
const ANY_TEXTS: &[&str] = &["[\"…\", \"…\"]"];

/// What the options begin with that say how something is drawn.
const SHADES: &str = "theme.";

/// The options in force while they are being taken out.
pub(super) struct Reading {
    pub settings: BTreeMap<String, Setting>,
    pub faults: Vec<Fault>,
    bindings: Vec<Binding>,
    lists: Vec<SmartList>,
    shades: Vec<Shade>,
}

/// The value of one option.
pub(super) struct Setting {
    pub value: Value,
    /// Where the user's file gives it.
    pub line: Option<usize>,
}

impl Reading {
    /// The default with the user's file over it.
    pub fn new(file: &str) -> Self {
        let mut faults = Vec::new();
        let default = options(EXAMPLE, &mut faults).into_iter();
        let default = default.map(|Given { option, value, .. }| (option, Setting { value, line: None }));
        let mut reading = Self {
            settings: default.collect(),
            bindings: Vec::new(),
            lists: Vec::new(),
            shades: Vec::new(),
            faults,
        };
        for given in options(file, &mut reading.faults) {
            reading.overlay(given);
        }
        reading
    }

    fn overlay(&mut self, given: Given) {
        if let Some(binding) = given.binding() {
            return self.bindings.push(binding);
        }
        if let Some(list) = given.list() {
            return self.lists.push(list);
        }
        let Given { option, value, line } = given;
        if option.starts_with(SHADES) {
            return self.shade(option, &value, line);
        }
        match self.settings.get_mut(&option) {
            Some(setting) => {
                *setting = Setting {
                    value,
                    line: Some(line),
                }
            }
            None => {
                let nearest = nearest(&option, self.settings.keys());
                let wrong = Wrong::Unknown { option, nearest };
                self.faults.push(Fault { line, wrong });
            }
        }
    }

    /// Takes how something is to be drawn: `theme.conflict`, or for one theme `theme.dark.conflict`.
    fn shade(&mut self, option: String, value: &Value, line: usize) {
        let named = shades().find(|(name, ..)| *name == option);
        let style = match value {
            Value::Text(text) => parse_style(text),
            _ => None,
        };
        let wrong = match (named, style) {
            (Some((_, theme, role)), Some(style)) => return self.shades.push(Shade { theme, role, style }),
            (Some(_), None) => Wrong::Value {
                option,
                wanted: vec!["\"#8ccf8a bold\"", "\"red on black\"", "\"underlined\""],
            },
            (None, _) => {
                let known: Vec<String> = shades().map(|(name, ..)| name).collect();
                let nearest = nearest(&option, known.iter());
                Wrong::Unknown { option, nearest }
            }
        };
        self.faults.push(Fault { line, wrong });
    }

    /// Everything the user wants.
    pub fn config(&mut self) -> Config {
        Config {
            language: Language::from_code(self.choice("language", &["auto", "de", "en", "nl"])),
            library: self.path("library"),
            reader: self.reader(),
            feeds: self.feeds(),
            dictionaries: Dictionaries {
                used: self.switch("dictionaries.use"),
                folder: self.path("dictionaries.folder"),
            },
            rates: Rates {
                yearly: self.path("rates.yearly"),
            },
        }
    }

    /// The table `reader`, and the keys.
    fn reader(&mut self) -> ReaderConfig {
        let preset = self.choice("reader.keys", &["vim", "newsboat"]);
        let (keymap, faults) = Keymap::new(Preset::named(preset).unwrap_or_default(), &self.bindings);
        self.faults
            .extend(faults.into_iter().map(|(binding, fault)| Fault {
                line: binding.line,
                wrong: Wrong::Key(fault),
            }));
        ReaderConfig {
            theme: self
                .choice("reader.theme", &["auto", "dark", "light", "sixteen", "plain"])
                .to_string(),
            shades: std::mem::take(&mut self.shades),
            ascii: self.switch("reader.ascii"),
            linear: self.switch("reader.linear"),
            mouse: self.switch("reader.mouse"),
            browser: self.text("reader.browser"),
            editor: self.text("reader.editor"),
            translate: self.texts("reader.translate"),
            keymap,
            lists: std::mem::take(&mut self.lists),
        }
    }

    /// The table `feeds`.
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
            self.wants("feeds.contact", ANY_TEXT);
        }
        Feeds {
            manners,
            rules,
            contact: contact.chars().filter(char::is_ascii_graphic).collect(),
        }
    }

    fn value(&self, option: &str) -> Option<&Value> {
        self.settings.get(option).map(|setting| &setting.value)
    }

    /// An option that is on or off.
    fn switch(&mut self, option: &str) -> bool {
        if let Some(Value::Switch(on)) = self.value(option) {
            return *on;
        }
        self.wants(option, &["false", "true"]);
        false
    }

    /// An option that is any text.
    fn text(&mut self, option: &str) -> String {
        if let Some(Value::Text(text)) = self.value(option) {
            return text.clone();
        }
        self.wants(option, ANY_TEXT);
        String::new()
    }

    /// An option that is the path of a file or folder; none where it is empty.
    fn path(&mut self, option: &str) -> Option<PathBuf> {
        let path = self.text(option);
        (!path.is_empty()).then(|| PathBuf::from(path))
    }

    /// An option that is one of some words, the first of which stands for a wrong one.
    fn choice(&mut self, option: &str, words: &[&'static str]) -> &'static str {
        if let Some(Value::Text(text)) = self.value(option)
            && let Some(word) = words.iter().find(|word| *word == text)
        {
            return word;
        }
        self.wants(option, words);
        words.first().copied().unwrap_or_default()
    }

    /// An option that is a whole number from `least` to `most`; `least` stands for a wrong one.
    fn number(&mut self, option: &str, least: u64, most: u64) -> u64 {
        match self.value(option) {
            Some(Value::Number(number)) if (least..=most).contains(number) => *number,
            _ => {
                self.wants(option, &["1, 2, 3 …"]);
                least
            }
        }
    }

    /// An option that is a list of texts.
    fn texts(&mut self, option: &str) -> Vec<String> {
        if let Some(Value::Texts(texts)) = self.value(option) {
            return texts.clone();
        }
        self.wants(option, ANY_TEXTS);
        Vec::new()
    }

    /// An option that is a list of rules for articles.
    fn rules(&mut self, option: &str) -> Vec<Rule> {
        let written = self.texts(option);
        let rules: Vec<Rule> = written.iter().filter_map(|rule| Rule::parse(rule)).collect();
        if rules.len() < written.len() {
            self.wants(option, ANY_TEXTS);
        }
        rules
    }

    /// Notes that the user's file gives an option a wrong value.
    fn wants(&mut self, option: &str, wanted: &[&'static str]) {
        if let Some(line) = self.settings.get(option).and_then(|setting| setting.line) {
            let wrong = Wrong::Value {
                option: option.to_string(),
                wanted: wanted.to_vec(),
            };
            self.faults.push(Fault { line, wrong });
        }
    }
}

/// Every name by which something can be drawn otherwise, with the one theme it is for, if any, and the role.
fn shades() -> impl Iterator<Item = (String, Option<&'static str>, Role)> {
    let themes = std::iter::once(None).chain(Theme::names().map(Some));
    themes.flat_map(|theme| {
        Role::ALL.into_iter().map(move |role| {
            let below = theme.map_or_else(String::new, |theme| format!("{theme}."));
            (format!("{SHADES}{below}{}", role.name()), theme, role)
        })
    })
}

/// The option that resembles `written` most, if one does at all.
fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a String>) -> Option<String> {
    // Tables are long and shared: what counts is the option's own name.
    let name = |option: &str| option.rsplit('.').next().unwrap_or_default().to_string();
    let own = name(written);
    let close = |option: &&String| edit_distance(&own, &name(option)) * 2 <= name(option).chars().count();
    known
        .filter(close)
        .min_by_key(|option| edit_distance(written, option))
        .cloned()
}
