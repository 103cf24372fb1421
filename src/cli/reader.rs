//! The way to the reader on the screen.

use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::Result;
use jiff::tz::TimeZone;

use crate::article::Article;
use crate::compare::Comparison;
use crate::export;
use crate::job::{Courtesy, Form};
use crate::library::Library;
use crate::locale::Locale;
use crate::ui::{self, Settings, Signs, Theme, Tools};

use super::{Desk, Outcome, Sources, demo};

/// The version of how articles are compared: another one has all stories compared anew.
pub(super) const COMPARING: u32 = 3;

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
    let tools = Tools {
        compare: Arc::new(move |articles| own.compare(articles)),
        version: COMPARING,
        export: Arc::new(move |articles, form| written(articles, &sources.compare(articles), form, &locale)),
        demo: || Ok(demo::library()?.place()),
        today: jiff::Timestamp::now().to_zoned(TimeZone::system()).date(),
    };
    ui::run(&library.place(), Locale::new(language), &settings(desk), tools)?;
    Ok(Outcome::Done)
}

/// The reader's settings as the configuration and the terminal have them.
fn settings(desk: &Desk) -> Settings {
    let config = &desk.reader;
    let set = |name| std::env::var(name).unwrap_or_default();
    let colours = matches!(set("COLORTERM").as_str(), "truecolor" | "24bit");
    let name = match config.theme.as_str() {
        _ if !set("NO_COLOR").is_empty() => "plain",
        "auto" if !colours => "sixteen",
        "auto" if is_light(&set("COLORFGBG")) => "light",
        "auto" => "dark",
        named => named,
    };
    Settings {
        theme: Theme::named(name).unwrap_or_default(),
        signs: if config.ascii { Signs::Ascii } else { Signs::Full },
        keymap: config.keymap.clone(),
        mouse: config.mouse,
        browser: browser(&config.browser),
        lists: config.lists.clone(),
        courtesy: Courtesy {
            client: desk.client(),
            manners: desk.feeds.manners,
            rules: desk.feeds.rules.clone(),
        },
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
