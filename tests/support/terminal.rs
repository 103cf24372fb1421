//! The program in a terminal: what is typed, what is seen, and how it ends.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::Place;

/// How long anything may take on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program in a terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    master: Box<dyn MasterPty + Send>,
    output: Receiver<Vec<u8>>,
    parser: vt100::Parser,
    /// All bytes that reached the terminal.
    seen: Vec<u8>,
}

impl Place {
    /// Starts the program in a terminal of that size.
    pub fn terminal(&self, rows: u16, cols: u16, words: &[&str]) -> Terminal {
        let pair = native_pty_system().openpty(size(rows, cols)).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_beide"));
        command.args(words);
        command.cwd(self.dir.path());
        command.env("BEIDE_LIBRARY", self.library_folder());
        command.env("BEIDE_CONFIG", self.path("config.toml"));
        command.env("HOME", self.dir.path());
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("EDITOR", "sh -c 'exit 7'");
        command.env("VISUAL", self.path("editor"));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let stream = pair.master.try_clone_reader().expect("its output");
        Terminal {
            child,
            keyboard: pair.master.take_writer().expect("its input"),
            master: pair.master,
            output: told(stream),
            parser: vt100::Parser::new(lines(rows), lines(cols), 0),
            seen: Vec::new(),
        }
    }
}

/// What a stream says, as it says it.
fn told(mut stream: Box<dyn Read + Send>) -> Receiver<Vec<u8>> {
    let (send, output) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = [0; 8192];
        while let Ok(read) = stream.read(&mut bytes) {
            if read == 0 || send.send(bytes[..read].to_vec()).is_err() {
                break;
            }
        }
    });
    output
}

const fn size(rows: u16, cols: u16) -> PtySize {
    PtySize {
        rows,
        cols,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn lines(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal is not empty")
}

impl Terminal {
    /// What is on the screen.
    pub fn screen(&self) -> &vt100::Screen {
        self.parser.screen()
    }

    pub fn press(&mut self, keys: &str) {
        // A program that was killed takes no more keys.
        let _ = self.keyboard.write_all(keys.as_bytes());
        let _ = self.keyboard.flush();
    }

    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.parser.screen_mut().set_size(lines(rows), lines(cols));
        self.master
            .resize(size(rows, cols))
            .expect("a terminal changes its size");
    }

    /// Takes what the program writes next; false where it writes nothing until `end`, or never again.
    fn next(&mut self, end: Instant) -> bool {
        let left = end.saturating_duration_since(Instant::now());
        let Ok(bytes) = self.output.recv_timeout(left) else {
            return false;
        };
        self.parser.process(&bytes);
        self.seen.extend(bytes);
        true
    }

    /// Waits until the screen shows `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the screen is as `seen` wants it.
    #[track_caller]
    pub fn wait(&mut self, what: &str, seen: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !seen(self.screen()) {
            assert!(self.next(end), "never seen: {what}\n{}", self.screen().contents());
        }
    }

    /// Reads for a while, or until the program ends.
    pub fn watch(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while self.next(end) {}
    }

    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("a process").to_string();
        // One that has just ended by itself takes no signal any more.
        let _ = Command::new("kill")
            .args([name, &id])
            .stderr(Stdio::null())
            .status();
    }

    /// Ends the program as a power cut would end it, without a word, and returns all it wrote.
    pub fn kill(mut self) -> Vec<u8> {
        self.signal("-KILL");
        self.child.wait().expect("an end");
        self.watch(Duration::from_millis(50));
        self.seen
    }

    /// Waits for the program's own end and returns its exit status and all it wrote.
    pub fn end(mut self) -> (u32, Vec<u8>) {
        self.watch(PATIENCE);
        let status = self.child.wait().expect("an end");
        (status.exit_code(), self.seen)
    }

    /// Waits for the end of the reader and looks whether the terminal is as it was.
    #[track_caller]
    pub fn leaves(mut self) {
        let status = self.child.wait().expect("an end");
        assert!(status.success(), "{status:?}");
        self.wait("the shell's screen", |screen| {
            !screen.alternate_screen() && !screen.hide_cursor()
        });
        assert!(!self.screen().bracketed_paste(), "pasting is as it was");
    }
}
