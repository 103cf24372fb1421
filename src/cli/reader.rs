//! The way to the reader on the screen.

use std::io::IsTerminal;

use anyhow::Result;
use jiff::tz::TimeZone;

use crate::article::{Article, Language};
use crate::compare::{self, Comparison, Knowledge};
use crate::config::ReaderConfig;
use crate::export;
use crate::job::Form;
use crate::library::Library;
use crate::locale::Locale;
use crate::ui::{self, Settings, Signs, Theme, Tools};

use super::{Desk, Outcome, demo};

/// How articles are compared, and the version of that: another one has all stories compared anew.
pub(super) const COMPARING: (u32, fn(&[Article]) -> Comparison) = (2, compare);

/// Opens the reader on the user's library.
pub(super) fn open(desk: &mut Desk) -> Result<Outcome> {
    let library = desk.library()?;
    read(&library, desk)
}

/// Opens the reader on the built-in edition.
pub(super) fn open_demo(desk: &mut Desk) -> Result<Outcome> {
    read(&demo::library()?, desk)
}

fn read(library: &Library, desk: &mut Desk) -> Result<Outcome> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(desk
            .console
            .complaint("cli.no_terminal", "cli.no_terminal.hint", &[])
            .into());
    }
    let language = desk.console.locale.language();
    let tools = Tools {
        compare: COMPARING.1,
        version: COMPARING.0,
        export: match language {
            Language::German => |articles, form| written(articles, form, Language::German),
            Language::Dutch => |articles, form| written(articles, form, Language::Dutch),
            Language::English => |articles, form| written(articles, form, Language::English),
        },
        today: jiff::Timestamp::now().to_zoned(TimeZone::system()).date(),
    };
    ui::run(
        &library.place(),
        Locale::new(language),
        &settings(&desk.reader),
        tools,
    )?;
    Ok(Outcome::Done)
}

/// The reader's settings as the configuration and the terminal have them.
fn settings(config: &ReaderConfig) -> Settings {
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

/// A comparison as a file in one of the forms that the reader offers, with notes in the words of `language`.
fn written(articles: &[Article], form: Form, language: Language) -> Result<String> {
    let (comparison, locale) = (compare(articles), Locale::new(language));
    Ok(match form {
        Form::Markdown => export::comparison_markdown(articles, &comparison, &locale),
        Form::Html => export::comparison_html(articles, &comparison, &locale),
        Form::Json => serde_json::to_string(&export::Compared::new(articles, &comparison, &locale))? + "\n",
    })
}

/// The comparison of some articles.
fn compare(articles: &[Article]) -> Comparison {
    compare::compare(articles, &Knowledge::default())
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
