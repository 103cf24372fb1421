//! The worker for programs of the user's own: translators, clipboards, anything that text is piped to.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use super::worker::Work;
use super::{Cannot, Gloss, Job, Report};

/// How long a program may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How often a program is looked after.
const GLANCE: Duration = Duration::from_millis(15);

/// How long output is waited for when its program has ended.
const REST: Duration = Duration::from_secs(2);

/// The most bytes of an answer that are kept.
const MOST_ANSWERED: u64 = 200_000;

/// Runs programs of the user's own, and looks words up.
pub struct Outside {
    translate: Vec<String>,
    gloss: Gloss,
}

impl Outside {
    /// `translate` is the program that translates, with its arguments; `gloss` looks a word up.
    pub const fn new(translate: Vec<String>, gloss: Gloss) -> Self {
        Self { translate, gloss }
    }
}

impl Work for Outside {
    fn work(&mut self, job: Job, report: &mut dyn FnMut(Report)) -> Result<()> {
        match job {
            Job::Translate {
                ticket,
                text,
                from,
                to,
            } => {
                if self.translate.is_empty() {
                    bail!(Cannot::new("job.no-translator"));
                }
                let words = self.translate.iter();
                let words = words.map(|word| word.replace("{from}", from.code()).replace("{to}", to.code()));
                let answer = answer(&words.collect::<Vec<_>>(), &text, PATIENCE)?;
                report(Report::Translated { ticket, text: answer });
            }
            Job::Pipe { command, text } => {
                let answer = answer(&words_of(&command), &text, PATIENCE)?;
                report(Report::Piped { command, answer });
            }
            Job::Gloss {
                ticket,
                word,
                language,
            } => {
                let lines = (self.gloss)(&word, language);
                report(Report::Glossed { ticket, lines });
            }
            Job::Clip(text) => clip(&text),
            _ => {}
        }
        Ok(())
    }
}

/// The words of a command line: parted by spaces, but not within quotes. No shell ever sees them.
pub fn words_of(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => word.get_or_insert_default().push(c),
            None if c == '"' || c == '\'' => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            None => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// What a program says to `text` on its standard input, without control characters; it is ended when it takes too long.
pub fn answer(words: &[String], text: &str, patience: Duration) -> Result<String> {
    let Some((program, arguments)) = words.split_first() else {
        bail!(Cannot::new("job.no-program"))
    };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| Cannot::with("job.start", program))?;
    if let Some(mut input) = child.stdin.take() {
        let text = text.to_string();
        // A program may answer before it has read everything, or never read at all.
        thread::spawn(move || drop(input.write_all(text.as_bytes())));
    }
    let said = child.stdout.take().map(collect);
    let complained = child.stderr.take().map(collect);
    let status = wait(&mut child, patience).with_context(|| Cannot::with("job.late", program))?;
    // What a program leaves running in the background may hold its output for ever.
    let heard = |answer: Option<Receiver<Vec<u8>>>| {
        let bytes = answer.and_then(|answer| answer.recv_timeout(REST).ok());
        let bytes = bytes.unwrap_or_default();
        cleaned(&String::from_utf8_lossy(&bytes))
    };
    let (said, complained) = (heard(said), heard(complained));
    if !status.success() {
        let last = complained.lines().last().unwrap_or_default().to_string();
        bail!(Cannot::with("job.ended", format!("{program}, {status}: {last}")));
    }
    Ok(said)
}

fn collect(from: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, answer) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut from = from.take(MOST_ANSWERED);
        drop(from.read_to_end(&mut bytes));
        // What is beyond is taken too, so that the program does not wait for room.
        drop(std::io::copy(from.get_mut(), &mut std::io::sink()));
        drop(send.send(bytes));
    });
    answer
}

fn wait(child: &mut Child, patience: Duration) -> Result<std::process::ExitStatus> {
    let end = Instant::now() + patience;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() >= end {
            drop(child.kill());
            drop(child.wait());
            bail!("it was ended");
        }
        thread::sleep(GLANCE);
    }
}

fn cleaned(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !c.is_control();
    let text: String = text.replace('\t', "    ").chars().filter(kept).collect();
    text.trim_end().to_string()
}

/// Gives text to the platform's clipboard, where a program for it is known; the terminal has been given it already.
fn clip(text: &str) {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut programs: Vec<&str> = Vec::new();
    if cfg!(target_os = "macos") {
        programs.push("pbcopy");
    }
    if set("WAYLAND_DISPLAY") {
        programs.push("wl-copy");
    }
    if set("DISPLAY") {
        programs.extend(["xclip -selection clipboard", "xsel --clipboard --input"]);
    }
    for program in programs {
        let mut words = program.split(' ');
        let started = Command::new(words.next().unwrap_or_default())
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = started {
            if let Some(mut input) = child.stdin.take() {
                drop(input.write_all(text.as_bytes()));
            }
            drop(wait(&mut child, Duration::from_secs(2)));
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_parted_as_readers_expect() {
        for (line, words) in [
            ("trans -b de:nl", vec!["trans", "-b", "de:nl"]),
            ("sed 's/a b/c/' \"x y\"", vec!["sed", "s/a b/c/", "x y"]),
            ("a '' b", vec!["a", "", "b"]),
            ("rm -rf $HOME; ls", vec!["rm", "-rf", "$HOME;", "ls"]),
            ("  ", vec![]),
        ] {
            assert_eq!(words_of(line), words, "{line}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn programs_answer_fail_or_are_ended() {
        let run = |line: &str, text: &str| answer(&words_of(line), text, Duration::from_secs(20));
        assert_eq!(run("tr a-z A-Z", "gans").expect("an answer"), "GANS");
        assert_eq!(run("printf 'a\\033[31mb\\n'", "").expect("an answer"), "a[31mb");
        assert_eq!(run("true", &"x".repeat(1_000_000)).expect("an answer"), "");
        let failed = run("sh -c 'echo no such thing >&2; exit 3'", "").expect_err("a failure");
        assert!(format!("{failed:#}").contains("no such thing"), "{failed:#}");
        assert!(run("beide-has-no-such-program", "").is_err());
        let begun = Instant::now();
        assert_eq!(run("sh -c 'sleep 30 & exit 0'", "").expect("an end"), "");
        assert!(
            begun.elapsed() < Duration::from_secs(20),
            "what stays behind is not waited for"
        );
        let slow = answer(&words_of("sleep 30"), "", Duration::from_millis(60));
        assert!(format!("{:#}", slow.expect_err("too slow")).contains("in time"));
    }
}
