//! The way to the reader on the screen.

use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::Result;
use jiff::tz::TimeZone;

use crate::article::{Article, Language};
use crate::compare::Comparison;
use crate::config::{Loaded, ReaderConfig};
use crate::export;
use crate::gloss;
use crate::job::{Courtesy, Form};
use crate::library::Library;
use crate::locale::Locale;
use crate::ui::watch::Reload;
use crate::ui::{self, Settings, Signs, Theme, Tools};

use super::{Desk, Outcome, Sources, demo};

/// The version of how articles are compared: another one has all stories compared anew.
pub(super) const COMPARING: u32 = 5;

/// Opens the reader on the user's library.
pub(super) fn open(desk: &mut Desk) -> Result<Outcome> {
    let library = desk.library()?;
    let sources = desk.sources()?;
    read(&library, sources, desk)
}

/// Opens the reader on the built-in edition.
pub(super) fn open_demo(desk: &mut Desk) -> Result<Outcome> {
    read(&demo::library()?, Sources::default(), desk)
}

fn read(library: &Library, sources: Sources, desk: &mut Desk) -> Result<Outcome> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(desk
            .console
            .complaint("cli.no_terminal", "cli.no_terminal.hint", &[])
            .into());
    }
    let locale = Locale::new(desk.console.locale.language());
    let language = locale.language();
    let sources = Arc::new(sources);
    let own = Arc::clone(&sources);
    let words = desk.sources()?;
    let tools = Tools {
        compare: Arc::new(move |articles| own.compare(articles)),
        version: COMPARING,
        export: Arc::new(move |articles, corrections, form| {
            let comparison = sources.compare(articles).corrected(articles, corrections);
            written(articles, &comparison, form, &locale)
        }),
        demo: || Ok(demo::library()?.place()),
        gloss: Arc::new(move |word, language| glossed(&words.dictionaries.entries(word, language))),
        config: (desk.config_file.clone(), reload(desk)),
        today: jiff::Timestamp::now().to_zoned(TimeZone::system()).date(),
    };
    ui::run(
        &library.place(),
        Locale::new(language),
        &settings(&desk.reader, language, courtesy(desk)),
        tools,
    )?;
    Ok(Outcome::Done)
}

fn courtesy(desk: &Desk) -> Courtesy {
    Courtesy {
        client: desk.client(),
        manners: desk.feeds.manners,
        rules: desk.feeds.rules.clone(),
    }
}

/// Reads the configuration again: its settings, or the first fault with what can be done about it.
fn reload(desk: &Desk) -> Reload {
    let (file, language) = (desk.config_file.clone(), desk.console.locale.language());
    let courtesy = courtesy(desk);
    Arc::new(move || {
        let locale = Locale::new(language);
        let loaded = Loaded::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        match loaded.faults.first() {
            Some(fault) => Err(format!(
                "{} · {}",
                fault.message(&file, &locale),
                fault.hint(&locale)
            )),
            None => Ok(settings(&loaded.config.reader, language, courtesy.clone())),
        }
    })
}

/// The reader's settings as the configuration and the terminal have them.
fn settings(config: &ReaderConfig, language: Language, courtesy: Courtesy) -> Settings {
    let set = |name| std::env::var(name).unwrap_or_default();
    let colours = matches!(set("COLORTERM").as_str(), "truecolor" | "24bit");
    let (name, asks) = match config.theme.as_str() {
        _ if !set("NO_COLOR").is_empty() => ("plain", false),
        "auto" if !colours => ("sixteen", false),
        "auto" if is_light(&set("COLORFGBG")) => ("light", true),
        "auto" => ("dark", true),
        named => (named, false),
    };
    let shades = if name == "plain" {
        &[]
    } else {
        config.shades.as_slice()
    };
    let theme = |name| Theme::named(name).unwrap_or_default().shaded(name, shades);
    Settings {
        theme: theme(name),
        grounds: asks.then(|| ["dark", "light"].map(theme)),
        signs: if config.linear || !set("BEIDE_LINEAR").is_empty() {
            Signs::words(language)
        } else if config.ascii {
            Signs::Ascii
        } else {
            Signs::Full
        },
        keymap: config.keymap.clone(),
        links: !matches!(set("TERM").as_str(), "linux" | "dumb" | ""),
        mouse: config.mouse,
        browser: browser(&config.browser),
        lists: config.lists.clone(),
        courtesy,
        translate: config.translate.clone(),
        editor: editor(&[&config.editor, &set("VISUAL"), &set("EDITOR")]),
    }
}

/// Whether a terminal says, as `foreground;background`, that its background is light.
fn is_light(colours: &str) -> bool {
    colours
        .rsplit(';')
        .next()
        .is_some_and(|ground| matches!(ground, "7" | "15"))
}

/// The program that opens addresses: the one that is configured, else the platform's own.
fn browser(configured: &str) -> Vec<String> {
    let own = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let words = if configured.trim().is_empty() {
        own
    } else {
        configured
    };
    words.split_whitespace().map(str::to_string).collect()
}

/// What dictionaries say of a word, a line each: `nl  Deich: dijk · dam`; the parts of a compound after the rest.
fn glossed(entries: &[gloss::Entry]) -> Vec<String> {
    let mut entries: Vec<&gloss::Entry> = entries.iter().collect();
    entries.sort_by_key(|entry| entry.relation);
    let line = |entry: &&gloss::Entry| {
        let part = if entry.relation == gloss::Relation::Part {
            "… "
        } else {
            ""
        };
        format!(
            "{}  {part}{}: {}",
            entry.to,
            entry.headword,
            entry.senses.join(" · ")
        )
    };
    entries.iter().take(MOST_ENTRIES).map(line).collect()
}

/// The most entries shown of a word.
const MOST_ENTRIES: usize = 12;

/// The program that remarks are written with: the first of some that is named, else one that is everywhere.
fn editor(named: &[&str]) -> Vec<String> {
    let words = named.iter().find(|words| !words.trim().is_empty());
    let own = if cfg!(windows) { "notepad" } else { "vi" };
    words
        .unwrap_or(&own)
        .split_whitespace()
        .map(str::to_string)
        .collect()
}

/// A comparison as a file in one of the forms that the reader offers.
fn written(articles: &[Article], comparison: &Comparison, form: Form, locale: &Locale) -> Result<String> {
    Ok(match form {
        Form::Markdown => export::comparison_markdown(articles, comparison, locale),
        Form::Html => export::comparison_html(articles, comparison, locale),
        Form::Json => serde_json::to_string(&export::Compared::new(articles, comparison, locale))? + "\n",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_light_background_is_told_by_the_terminal() {
        for (colours, light) in [
            ("0;15", true),
            ("15;0", false),
            ("0;default;7", true),
            ("", false),
        ] {
            assert_eq!(is_light(colours), light, "{colours}");
        }
    }
}
