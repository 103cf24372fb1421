//! The way to the reader on the screen.

use std::io::IsTerminal;

use anyhow::{Result, bail};
use jiff::tz::TimeZone;

use crate::article::{Article, Part};
use crate::compare::{Claim, Comparison, Mention, Verdict};
use crate::config::ReaderConfig;
use crate::figure;
use crate::library::Library;
use crate::ui::{self, Settings, Signs, Theme, Tools};

use super::{Desk, Outcome, demo};

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
    let tools = Tools {
        compare,
        version: 1,
        export: |_, _| bail!("comparisons cannot be exported yet"),
        today: jiff::Timestamp::now().to_zoned(TimeZone::system()).date(),
    };
    let locale = crate::locale::Locale::new(desk.console.locale.language());
    ui::run(&library.place(), locale, &settings(&desk.reader), tools)?;
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

/// Each figure by itself.
fn compare(articles: &[Article]) -> Comparison {
    let mut claims = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let Some(language) = article.headline.language else {
            continue;
        };
        let day = article
            .headline
            .published
            .as_ref()
            .and_then(|moment| moment.day());
        for part in [Part::Title, Part::Text] {
            for figure in figure::extract(article.part(part), language, day) {
                claims.push(Claim {
                    verdict: Verdict::Single,
                    topic: Vec::new(),
                    reason: None,
                    restates: None,
                    mentions: vec![Mention {
                        article: number,
                        part,
                        figure,
                    }],
                });
            }
        }
    }
    Comparison {
        claims,
        ..Comparison::default()
    }
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
