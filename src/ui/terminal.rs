//! The terminal: entered, drawn on, and given back as it was on every way out.

use std::backtrace::Backtrace;
use std::io::{self, Stdout, Write};
use std::panic;
use std::process::Command;
use std::sync::Once;
use std::thread;

use anyhow::{Context as _, Result, bail};
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute, queue};
use ratatui::Frame;
use ratatui::backend::{Backend, ClearType, CrosstermBackend};
use ratatui::layout::Size;

use crate::job::NAME as WORKER;
use crate::log;

use super::input::{ASK_GROUND, Gate};

/// The most bytes that terminals take into their clipboard.
const MOST_COPIED: usize = 74_000;

/// What turns an underline on, and what turns a dotted one on; terminals that know no dots draw the former.
const UNDERLINED: &[u8] = b"\x1b[4m";
const DOTTED: &[u8] = b"\x1b[4m\x1b[4:4m";

/// The terminal in the reader's hands. Dropping it gives it back.
pub struct Terminal {
    terminal: ratatui::Terminal<CrosstermBackend<Frames>>,
}

/// Standard output, written a frame at a time; underlines are dotted where the terminal knows how.
struct Frames {
    waiting: Vec<u8>,
    dotted: bool,
    out: Stdout,
}

impl Frames {
    fn new() -> Self {
        let plain = std::env::var("TERM").is_ok_and(|name| name == "linux" || name == "dumb");
        Self {
            waiting: Vec::new(),
            dotted: !plain,
            out: io::stdout(),
        }
    }
}

impl Write for Frames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let frame = std::mem::take(&mut self.waiting);
        let mut rest = frame.as_slice();
        while let Some((before, after)) = memchr::memmem::find(rest, UNDERLINED)
            .filter(|_| self.dotted)
            .and_then(|at| Some((rest.get(..at)?, rest.get(at + UNDERLINED.len()..)?)))
        {
            self.out.write_all(before)?;
            self.out.write_all(DOTTED)?;
            rest = after;
        }
        self.out.write_all(rest)?;
        self.out.flush()
    }
}

impl Terminal {
    /// Takes the terminal.
    pub fn enter() -> Result<Self> {
        restore_on_panic();
        let backend = CrosstermBackend::new(Frames::new());
        take().context("cannot use this terminal")?;
        let terminal = ratatui::Terminal::new(backend).inspect_err(|_| give_back());
        Ok(Self {
            terminal: terminal.context("cannot tell the terminal's size")?,
        })
    }

    /// Its size.
    pub fn size(&self) -> Result<Size> {
        Ok(self.terminal.size()?)
    }

    /// Draws one frame, all of it at once.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(view)?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        Ok(())
    }

    /// Forgets what is on the screen, so that the next frame draws all of it.
    pub fn clear(&mut self) -> Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        // Not the terminal's own `clear`: that asks where the cursor is, and the answer goes to the thread that reads keys.
        self.terminal.backend_mut().clear_region(ClearType::All)?;
        self.terminal.swap_buffers();
        Ok(())
    }

    /// Puts text on the clipboard of the terminal (OSC 52).
    pub fn copy(&self, text: &str) -> Result<()> {
        let end = (0..=text.len().min(MOST_COPIED))
            .rev()
            .find(|end| text.is_char_boundary(*end));
        let text = text.get(..end.unwrap_or(0)).unwrap_or_default();
        Ok(execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?)
    }

    /// Takes the mouse, or leaves it to the terminal.
    pub fn mouse(&self, taken: bool) -> Result<()> {
        if taken {
            execute!(io::stdout(), EnableMouseCapture)?;
        } else {
            execute!(io::stdout(), DisableMouseCapture)?;
        }
        Ok(())
    }

    /// Goes to the shell until it brings the reader back.
    pub fn suspend(&mut self) -> Result<()> {
        give_back();
        signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
        self.resume()
    }

    /// Takes the terminal again after the shell had it.
    pub fn resume(&mut self) -> Result<()> {
        take()?;
        self.clear()
    }

    /// Gives the terminal to another program until that ends; `gate` keeps our own hands off its keys.
    pub fn lend(&mut self, program: &mut Command, gate: &Gate) -> Result<()> {
        gate.close()?;
        give_back();
        let ended = program.status();
        let taken = self.resume();
        gate.open();
        let name = program.get_program().to_string_lossy().into_owned();
        let ended = ended.with_context(|| format!("cannot start {name}"))?;
        taken?;
        if ended.success() {
            return Ok(());
        }
        bail!("{name} ended with {ended}")
    }

    /// Asks the terminal for the colour of its background; the answer comes among the keys.
    pub fn ask_ground(&self) -> Result<()> {
        let silent = std::env::var("TERM").is_ok_and(|name| matches!(name.as_str(), "linux" | "dumb"));
        if !silent {
            let mut out = io::stdout();
            out.write_all(ASK_GROUND)?;
            out.flush()?;
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        give_back();
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    execute!(
        io::stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        cursor::Hide
    )
}

/// Gives the terminal back; errors do not matter any more, as on a line that was hung up.
fn give_back() {
    let mut out = io::stdout();
    let _ = execute!(
        out,
        EndSynchronizedUpdate,
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        cursor::Show
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A panic gives the terminal back before it is reported; one of a worker is only a message.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let report = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if thread::current()
                .name()
                .is_some_and(|name| name.starts_with(WORKER))
            {
                // Who asked for the work is told by its report.
                log::write(format_args!("{panic} {}", Backtrace::force_capture()));
                return;
            }
            give_back();
            report(panic);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read;

    /// Set for the process that is to panic.
    const PANICS: &str = "BEIDE_TEST_PANICS";

    /// Not a test by itself: what the next test runs in a terminal of its own.
    #[test]
    fn panics_with_the_terminal_in_hand() {
        if std::env::var_os(PANICS).is_some() {
            let _terminal = Terminal::enter().expect("a terminal");
            panic!("on purpose");
        }
    }

    #[test]
    fn a_panic_gives_the_terminal_back_before_it_is_told() {
        let pair = native_pty_system()
            .openpty(PtySize::default())
            .expect("a terminal");
        let mut command = CommandBuilder::new(std::env::current_exe().expect("this program"));
        command.args([
            "--exact",
            "ui::terminal::tests::panics_with_the_terminal_in_hand",
            "--nocapture",
        ]);
        command.env(PANICS, "1");
        let mut child = pair.slave.spawn_command(command).expect("this program starts");
        drop(pair.slave);
        let mut stream = pair.master.try_clone_reader().expect("its output");
        let mut bytes = Vec::new();
        let mut part = [0; 4096];
        while let Ok(read) = stream.read(&mut part) {
            bytes.extend_from_slice(part.get(..read).unwrap_or_default());
            if read == 0 || String::from_utf8_lossy(&bytes).contains("on purpose") {
                break;
            }
        }
        let said = String::from_utf8_lossy(&bytes);
        let place = |text: &str| {
            said.find(text)
                .unwrap_or_else(|| panic!("{text:?} is missing in {said:?}"))
        };
        assert!(place("\u{1b}[?1049h") < place("\u{1b}[?1049l"));
        assert!(place("\u{1b}[?1049l") < place("on purpose"));
        assert!(said.contains("\u{1b}[?25h"), "the cursor is shown again");
        drop(child.wait());
    }
}
