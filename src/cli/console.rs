//! Standard output and standard error: the only place that writes them outside the reader.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use serde::Serialize;

use crate::export::Frame;
use crate::intake;
use crate::locale::Locale;

/// How wide a table is where nobody says how wide the paper is.
const PAPER: usize = 100;

/// Where a command's answer and its complaints go.
pub(super) struct Console {
    out: BufWriter<StdoutLock<'static>>,
    /// The interface's words.
    pub(super) locale: Locale,
    /// Whether colours and other styles may be used on standard output.
    pub(super) styled: bool,
}

/// A list of JSON under way, of which nothing is held.
pub(super) struct Rows {
    frame: &'static Frame,
    any: bool,
}

impl Rows {
    /// Writes the next row.
    pub(super) fn row(&mut self, shape: &impl Serialize, console: &mut Console) -> io::Result<()> {
        if std::mem::replace(&mut self.any, true) {
            console.write(b",")?;
        }
        serde_json::to_writer(&mut console.out, shape).map_err(io::Error::from)
    }

    /// Ends the list and the document.
    pub(super) fn end(self, console: &mut Console) -> io::Result<()> {
        console.line(self.frame.close)
    }
}

/// A complaint: what is wrong in one sentence, and what can be done about it.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub(super) struct Complaint {
    /// One sentence without full stop.
    pub(super) text: String,
    /// What to do; empty where there is nothing.
    pub(super) hint: String,
}

impl Console {
    /// Standard output as it is: styled on a terminal that wants it, plain elsewhere.
    pub(super) fn new(locale: Locale) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let stdout = io::stdout();
        let styled = stdout.is_terminal() && !set("NO_COLOR") && !dumb;
        Self {
            out: BufWriter::with_capacity(1 << 16, stdout.lock()),
            locale,
            styled,
        }
    }

    /// The columns of the terminal; of a sheet where standard output is none.
    pub(super) fn columns(&self) -> usize {
        let given = || {
            std::env::var("COLUMNS")
                .ok()?
                .parse()
                .ok()
                .filter(|columns| *columns > 0)
        };
        let terminal = || {
            crossterm::terminal::size()
                .ok()
                .map(|(columns, _)| usize::from(columns))
        };
        let found = if io::stdout().is_terminal() {
            terminal()
        } else {
            given()
        };
        found.unwrap_or(PAPER)
    }

    /// Writes a line of the answer.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Writes a part of the answer as it is.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes a shape as a line of JSON.
    pub(super) fn json(&mut self, shape: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, shape).map_err(io::Error::from)?;
        writeln!(self.out)
    }

    /// Begins a document of JSON that is a list in a frame; the rows are written as they come.
    pub(super) fn rows(&mut self, frame: &'static Frame) -> io::Result<Rows> {
        self.write(frame.open.as_bytes())?;
        Ok(Rows { frame, any: false })
    }

    /// Sends on what is written so far.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Says on standard error what is wrong. Where nobody can read that, nothing more can be done.
    pub(super) fn complain(&mut self, complaint: &Complaint) {
        let _ = self.flush();
        let mut lines = intake::cleaned(&complaint.text);
        if !complaint.hint.is_empty() {
            let hint = self.locale.fill("cli.hint", &[("hint", &complaint.hint)]);
            lines.push_str("\n  ");
            lines.push_str(&intake::cleaned(&hint));
        }
        let _ = writeln!(io::stderr(), "{lines}");
    }

    /// A complaint in the interface's words.
    pub(super) fn complaint(
        &self,
        text: &'static str,
        hint: &'static str,
        values: &[(&str, &dyn Display)],
    ) -> Complaint {
        let words = |key: &'static str| {
            if key.is_empty() {
                String::new()
            } else {
                self.locale.fill(key, values)
            }
        };
        Complaint {
            text: words(text),
            hint: words(hint),
        }
    }
}

/// Whether a failure is only that nobody reads standard output any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(broken))
}
