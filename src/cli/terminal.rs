//! What the terminal can do: told by the environment, and asked of the terminal itself where a person sits at one.

use std::io::{self, IsTerminal, Read, Write};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use unicode_width::UnicodeWidthStr;

use crate::locale::Locale;

/// How long the terminal may take to answer.
const PATIENCE: Duration = Duration::from_millis(600);

/// Signs of the reader that terminals and fonts disagree about.
const ODD: [&str; 6] = ["✓", "‼", "①", "⟳", "…", "語"];

/// The last of the questions, which every terminal answers: what it is.
const LAST: &str = "\x1b[c";

/// Everything that is known of the terminal, a label and what is said of it each.
pub(super) fn abilities(locale: &Locale, variable: impl Fn(&str) -> String) -> Vec<(&'static str, String)> {
    let mut said = vec![
        ("cli.check.colours", locale.text(colours(&variable)).to_string()),
        ("cli.check.encoding", encoding(&variable)),
        ("cli.check.clipboard", clipboard(&variable)),
    ];
    if let Some(answers) = asked() {
        let yes = |yes: bool| locale.text(if yes { "cli.check.yes" } else { "cli.check.no" });
        said.push(("cli.check.widths", answers.widths(locale)));
        said.push(("cli.check.synchronized", yes(answers.synchronized).to_string()));
        said.push(("cli.check.background", yes(answers.background).to_string()));
    }
    said
}

/// How many colours there are, as the environment says.
fn colours(variable: &impl Fn(&str) -> String) -> &'static str {
    let term = variable("TERM");
    if !variable("NO_COLOR").is_empty() {
        "cli.check.colours.none"
    } else if matches!(variable("COLORTERM").as_str(), "truecolor" | "24bit") {
        "cli.check.colours.all"
    } else if term.contains("256color") {
        "cli.check.colours.many"
    } else if matches!(term.as_str(), "" | "dumb") {
        "cli.check.colours.none"
    } else {
        "cli.check.colours.sixteen"
    }
}

/// The encoding of the locale; `?` where none is named.
fn encoding(variable: &impl Fn(&str) -> String) -> String {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].map(variable);
    let named = named.iter().find(|name| !name.is_empty());
    let encoding = named
        .and_then(|name| name.split_once('.'))
        .map(|(_, encoding)| encoding);
    encoding.unwrap_or("?").to_string()
}

/// How text is put on the clipboard: by the terminal, and by the programs there are.
fn clipboard(variable: &impl Fn(&str) -> String) -> String {
    let folders: Vec<_> = std::env::split_paths(&variable("PATH")).collect();
    let programs = ["wl-copy", "xclip", "xsel", "pbcopy", "clip.exe"];
    let found = programs
        .into_iter()
        .filter(|program| folders.iter().any(|folder| folder.join(program).is_file()));
    std::iter::once("OSC 52")
        .chain(found)
        .collect::<Vec<_>>()
        .join(", ")
}

/// What the terminal said of itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answers {
    /// The column after each of the odd signs, from 0.
    columns: Vec<usize>,
    /// Whether it can be told where a frame begins and ends.
    synchronized: bool,
    /// Whether it tells its background.
    background: bool,
}

impl Answers {
    /// What a terminal answers to [`questions`].
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut answers = Self::default();
        for answer in text.split('\x1b') {
            if let Some(place) = answer.strip_prefix('[').and_then(|rest| rest.strip_suffix('R')) {
                let column = place
                    .split_once(';')
                    .and_then(|(_, column)| column.parse::<usize>().ok());
                answers
                    .columns
                    .extend(column.and_then(|column| column.checked_sub(1)));
            }
            let mode = answer.strip_prefix("[?2026;");
            answers.synchronized |= mode.is_some_and(|mode| mode.starts_with(['1', '2', '3']));
            answers.background |= answer.starts_with("]11;rgb");
        }
        answers
    }

    /// The signs that are drawn wider or narrower than the reader counts.
    fn widths(&self, locale: &Locale) -> String {
        if self.columns.len() < ODD.len() {
            return locale.text("cli.check.no_answer").to_string();
        }
        let odd = ODD
            .iter()
            .zip(&self.columns)
            .filter(|(sign, columns)| sign.width() != **columns);
        let odd: Vec<String> = odd.map(|(sign, columns)| format!("{sign} {columns}")).collect();
        if odd.is_empty() {
            locale.text("cli.check.widths.right").to_string()
        } else {
            locale.fill("cli.check.widths.wrong", &[("signs", &odd.join(", "))])
        }
    }
}

/// All that is asked, in one go: the cursor's place behind each odd sign, a mode, the background, and who it is.
fn questions() -> String {
    let signs: String = ODD.iter().map(|sign| format!("\r{sign}\x1b[6n")).collect();
    format!("{signs}\r\x1b[K\x1b[?2026$p\x1b]11;?\x1b\\{LAST}")
}

/// Asks the terminal, where a person sits at one; none where not, or where it is not to be had.
///
/// Never waits longer than [`PATIENCE`]: the thread that reads ends with the program.
fn asked() -> Option<Answers> {
    let (mut out, input) = (io::stderr(), io::stdin());
    if !io::stdout().is_terminal() || !out.is_terminal() || !input.is_terminal() {
        return None;
    }
    enable_raw_mode().ok()?;
    let (to, answers) = mpsc::channel();
    let asked = out.write_all(questions().as_bytes()).and_then(|()| out.flush());
    std::thread::spawn(move || {
        let mut byte = [0];
        while matches!(input.lock().read(&mut byte), Ok(1)) {
            if to.send(byte[0]).is_err() {
                return;
            }
        }
    });
    let end = Instant::now() + PATIENCE;
    let mut bytes = Vec::new();
    while let Some(left) = end
        .checked_duration_since(Instant::now())
        .filter(|_| asked.is_ok())
        && let Ok(byte) = answers.recv_timeout(left)
    {
        bytes.push(byte);
        // What it is ends the answers.
        let start = bytes.iter().rposition(|byte| *byte == 0x1b).unwrap_or(0);
        if byte == b'c' && bytes.get(start..).is_some_and(|last| last.starts_with(b"\x1b[")) {
            break;
        }
    }
    disable_raw_mode().ok()?;
    Some(Answers::read(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

    #[test]
    fn the_environment_tells_colours_and_encoding() {
        for (set, key, expected) in [
            (
                &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..],
                "cli.check.colours.all",
                "?",
            ),
            (
                &[("TERM", "screen-256color"), ("LANG", "de_DE.UTF-8")],
                "cli.check.colours.many",
                "UTF-8",
            ),
            (
                &[("TERM", "linux"), ("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")],
                "cli.check.colours.sixteen",
                "?",
            ),
            (
                &[("TERM", "xterm"), ("NO_COLOR", "1")],
                "cli.check.colours.none",
                "?",
            ),
            (&[], "cli.check.colours.none", "?"),
        ] {
            let variable = |name: &str| {
                let found = set.iter().find(|(known, _)| *known == name);
                found.map_or_else(String::new, |(_, value)| (*value).to_string())
            };
            assert_eq!(
                (colours(&variable), encoding(&variable).as_str()),
                (key, expected),
                "{set:?}"
            );
        }
    }

    #[test]
    fn answers_are_read_and_what_is_missing_is_said() {
        let english = Locale::new(Language::English);
        let places = |columns: [usize; 6]| columns.map(|column| format!("\x1b[4;{}R", column + 1)).concat();
        let full = format!(
            "{}\x1b[?2026;2$y\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;4c",
            places([1, 1, 1, 1, 1, 2])
        );
        for (bytes, widths, synchronized, background) in [
            (full.as_str(), "as the reader counts them", true, true),
            (&places([2, 1, 1, 1, 1, 2]), "✓ 2", false, false),
            ("\x1b[?2026;0$y\x1b[?1;2c", "no answer", false, false),
            ("", "no answer", false, false),
            (
                "\x1b[;R\x1b[9999999999999999999999;5R\u{0}",
                "no answer",
                false,
                false,
            ),
        ] {
            let answers = Answers::read(bytes.as_bytes());
            assert!(
                answers.widths(&english).contains(widths),
                "{bytes:?}: {}",
                answers.widths(&english)
            );
            assert_eq!(
                (answers.synchronized, answers.background),
                (synchronized, background),
                "{bytes:?}"
            );
        }
    }
}
