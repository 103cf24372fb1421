//! The help of the command line, in the interface's language and with examples.
//!
//! English is what the documentation of [`Args`] says. For the other languages `assets/help` translates its texts, and the
//! words that come from the parser itself.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::{Context, Result};
use clap::builder::StyledStr;
use clap::{Command, CommandFactory};

use super::args::Args;
use super::{Desk, Outcome};
use crate::article::Language;

/// Examples of each command, by its path.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "beide search 'Infrastruktur lang:de'",
            "beide compare one.txt other.txt",
        ],
    ),
    (
        "add",
        &[
            "beide add article.txt --source Dagkoers --date 2025-09-24",
            "beide add inbox --tag dossier",
            "cat article.txt | beide add -",
            "beide add https://krant.example/artikel",
        ],
    ),
    ("import", &["beide import articles.jsonl"]),
    (
        "feeds",
        &[
            "beide feeds",
            "beide feeds add inbox",
            "beide feeds import list.opml",
            "beide feeds export > subscriptions.opml",
            "beide feeds add https://zeitung.example",
        ],
    ),
    ("feeds add", &["beide feeds add inbox --tag dossier --lang nl"]),
    ("feeds remove", &["beide feeds remove inbox"]),
    ("feeds import", &["beide feeds import list.opml"]),
    ("feeds export", &["beide feeds export > subscriptions.opml"]),
    (
        "feeds suggest",
        &[
            "beide feeds suggest economy",
            "beide feeds suggest nl BE",
            "beide feeds suggest sport --opml | beide feeds import -",
        ],
    ),
    (
        "sync",
        &["beide sync", "beide sync --dry-run", "beide sync --json"],
    ),
    (
        "list",
        &["beide list", "beide list 'is:unread lang:nl after:2025-02'"],
    ),
    ("show", &["beide show dagkoers-1", "beide show dagkoers-1 --json"]),
    (
        "search",
        &[
            "beide search 'infrastructuur OR Infrastruktur'",
            "beide search '\"380 miljard\" source:Dagkoers'",
            "beide search 'figure:>=300mrd after:2025-02' --limit 5 --json",
        ],
    ),
    (
        "stories",
        &["beide stories", "beide stories Infrastruktur --json"],
    ),
    (
        "compare",
        &[
            "beide compare one.txt other.txt",
            "beide compare dagkoers-1 other.txt --json",
            "beide compare one.txt other.txt --html > side-by-side.html",
        ],
    ),
    (
        "figures",
        &[
            "beide figures article.txt --json",
            "echo 'Er kwamen 4.800 mensen.' | beide figures --lang nl",
            "beide figures --batch < articles.jsonl",
        ],
    ),
    (
        "export",
        &[
            "beide export > everything.jsonl",
            "beide export 'is:starred' --format markdown --out starred",
            "beide export lang:nl --format html > dutch.html",
        ],
    ),
    ("rates", &["beide rates", "beide rates import eurofxref-hist.csv"]),
    ("rates import", &["beide rates import eurofxref-hist.csv"]),
    ("backup", &["beide backup beide.sqlite"]),
    ("check", &["beide check"]),
    ("reindex", &["beide reindex"]),
    (
        "config",
        &["beide config", "beide config check", "beide config show"],
    ),
    (
        "completions",
        &["beide completions bash > ~/.local/share/bash-completion/completions/beide"],
    ),
    ("man", &["beide man > beide.1", "beide man pages"]),
];

/// Says what the parser had to say of `args`, in `language`: the help that was asked for, or what was wrong.
///
/// Returns what the process ends with.
pub(super) fn answer(args: &[OsString], language: Language) -> u8 {
    let Err(answer) = command(language).try_get_matches_from(args) else {
        return 2;
    };
    let text = Words::of(language).phrased(&styled(&answer.render(), answer.use_stderr()));
    let written = if answer.use_stderr() {
        io::stderr().write_all(text.as_bytes())
    } else {
        io::stdout().write_all(text.as_bytes())
    };
    // Where nobody reads it any more, nothing is wrong either.
    let _ = written;
    u8::try_from(answer.exit_code()).unwrap_or(2)
}

fn styled(text: &StyledStr, to_stderr: bool) -> String {
    let terminal = if to_stderr {
        io::stderr().is_terminal()
    } else {
        io::stdout().is_terminal()
    };
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if terminal && !plain {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

/// Writes the manual: the page of the program to standard output, or each command's into `folder`.
pub(super) fn manual(folder: Option<&Path>, desk: &mut Desk) -> Result<Outcome> {
    let command = command(desk.console.locale.language());
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        desk.console.write(&page)?;
        return Ok(Outcome::Done);
    };
    let cannot = || {
        desk.console
            .locale
            .fill("cli.cannot_write", &[("file", &folder.display())])
    };
    fs::create_dir_all(folder).with_context(cannot)?;
    clap_mangen::generate_to(command, folder).with_context(cannot)?;
    Ok(Outcome::Done)
}

/// The whole command line with its help in `language`.
pub(super) fn command(language: Language) -> Command {
    let mut command = Args::command();
    command.build();
    worded(command, "", &Words::of(language))
}

/// A command and all below it, with translated texts and with examples.
fn worded(command: Command, path: &str, words: &Words) -> Command {
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_string())
        .collect();
    let mut command = translated(command, words);
    if let Some((_, examples)) = EXAMPLES.iter().find(|(of, _)| *of == path) {
        let lines: String = examples.iter().map(|line| format!("\n  {line}")).collect();
        command = command.after_help(format!("{}{lines}", words.of_text("Examples:")));
    }
    for name in names {
        let below = format!("{path} {name}");
        command = command.mut_subcommand(name, |sub| worded(sub, below.trim_start(), words));
    }
    command
}

fn translated(command: Command, words: &Words) -> Command {
    let about = command.get_about().map(ToString::to_string);
    let long = command.get_long_about().map(ToString::to_string);
    let mut command = command.mut_args(|arg| {
        let help = arg.get_help().map(ToString::to_string);
        let long = arg.get_long_help().map(ToString::to_string);
        let arg = match help {
            Some(help) => arg.help(words.of_text(&help)),
            None => arg,
        };
        match long {
            Some(long) => arg.long_help(words.of_text(&long)),
            None => arg,
        }
    });
    if let Some(about) = about {
        command = command.about(words.of_text(&about));
    }
    if let Some(long) = long {
        command = command.long_about(words.of_text(&long));
    }
    command
}

/// The texts of the help in one language, by the English ones.
struct Words {
    texts: HashMap<&'static str, &'static str>,
    /// What the parser itself says, in the order in which it is replaced.
    phrases: Vec<(&'static str, &'static str)>,
}

impl Words {
    fn of(language: Language) -> Self {
        let file = match language {
            Language::English => "",
            Language::German => include_str!("../../assets/help/de.txt"),
            Language::Dutch => include_str!("../../assets/help/nl.txt"),
        };
        let (texts, phrases) = file.split_once("[phrases]\n").unwrap_or((file, ""));
        Self {
            texts: pairs(texts).collect(),
            phrases: pairs(phrases).collect(),
        }
    }

    /// A text in the language; as it is where there is no translation, which a test rules out.
    fn of_text(&self, english: &str) -> String {
        self.texts.get(english).map_or(english, |text| *text).to_string()
    }

    fn phrased(&self, text: &str) -> String {
        let replaced = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
        self.phrases.iter().fold(text.to_string(), replaced)
    }
}

/// Pairs of lines, English and translation; empty lines between them, and lines with `#` before them, say nothing.
fn pairs(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut lines = file
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    std::iter::from_fn(move || Some((lines.next()?, lines.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn texts(command: &Command, all: &mut BTreeSet<String>) {
        let own = [command.get_about(), command.get_long_about()];
        let args = command
            .get_arguments()
            .flat_map(|arg| [arg.get_help(), arg.get_long_help()]);
        all.extend(own.into_iter().chain(args).flatten().map(ToString::to_string));
        for sub in command.get_subcommands() {
            texts(sub, all);
        }
    }

    #[test]
    fn every_text_of_the_help_is_there_in_every_language() {
        let mut command = Args::command();
        command.build();
        let mut all = BTreeSet::from([String::from("Examples:")]);
        texts(&command, &mut all);
        for language in [Language::German, Language::Dutch] {
            let words = Words::of(language);
            let known: BTreeSet<String> = words.texts.keys().map(ToString::to_string).collect();
            let missing: Vec<_> = all.difference(&known).collect();
            assert_eq!(missing, [""; 0], "not yet in {language:?}");
            let unused: Vec<_> = known.difference(&all).collect();
            assert_eq!(unused, [""; 0], "no longer asked of {language:?}");
        }
    }

    #[test]
    fn every_command_but_the_demo_has_examples() {
        for command in Args::command().get_subcommands() {
            let name = command.get_name();
            let has = EXAMPLES.iter().any(|(of, _)| *of == name);
            assert!(has || name == "demo", "no examples of `{name}`");
        }
    }
}
