//! The reader in a real terminal: what is typed, what is seen, and that the terminal is given back.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a text may take to appear on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal with the reader in it.
struct Reader {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    home: std::rc::Rc<tempfile::TempDir>,
}

impl Reader {
    /// Starts `beide` with these arguments in a terminal of that size.
    fn start(rows: u16, cols: u16, arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        Self::start_in(home.into(), rows, cols, arguments)
    }

    /// The same with what another one kept in its folder.
    fn start_in(home: std::rc::Rc<tempfile::TempDir>, rows: u16, cols: u16, arguments: &[&str]) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_beide"));
        command.args(arguments);
        command.env("BEIDE_LIBRARY", home.path().join("library"));
        command.env("BEIDE_CONFIG", home.path().join("config.toml"));
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env("EDITOR", "sh -c 'exit 7'");
        command.env("VISUAL", home.path().join("editor"));
        let child = pair.slave.spawn_command(command).expect("beide starts");
        drop(pair.slave);
        let mut stream = pair.master.try_clone_reader().expect("its output");
        let (send, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 8192];
            while let Ok(read) = stream.read(&mut bytes) {
                if read == 0 || send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keyboard: pair.master.take_writer().expect("its input"),
            master: pair.master,
            output,
            screen: vt100::Parser::new(lines(rows), lines(cols), 0),
            home,
        }
    }

    fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("keys are taken");
        self.keyboard.flush().expect("keys are taken");
    }

    fn resize(&mut self, rows: u16, cols: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.screen.screen_mut().set_size(lines(rows), lines(cols));
        self.master.resize(size).expect("a terminal changes its size");
    }

    /// Waits until the screen shows `text`.
    fn wait_for(&mut self, text: &str) {
        self.wait(text, |screen| screen.contents().contains(text));
    }

    fn wait(&mut self, what: &str, seen: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !seen(self.screen.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(_) => panic!("never seen: {what}\n{}", self.screen.screen().contents()),
            }
        }
    }

    fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("a process").to_string();
        let sent = std::process::Command::new("kill").args([name, &id]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits for the end and looks whether the terminal is as it was.
    fn leaves(mut self) {
        let status = self.child.wait().expect("an end");
        assert!(status.success(), "{status:?}");
        drop(self.keyboard);
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.screen.process(&bytes);
            if !self.screen.screen().alternate_screen() && !self.screen.screen().hide_cursor() {
                break;
            }
        }
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the screen is the shell's again");
        assert!(!screen.hide_cursor(), "the cursor is seen again");
        assert!(!screen.bracketed_paste(), "pasting is as it was");
    }
}

fn lines(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).expect("a terminal is not empty")
}

#[test]
fn from_the_first_screen_to_two_articles_side_by_side_and_out() {
    let mut reader = Reader::start(36, 120, &["demo"]);
    reader.wait_for("Dogger Ost");
    reader.press("\r");
    reader.wait_for("2 of 5 sources");
    reader.press("q");
    reader.wait_for("/ search");
    reader.press("q");
    reader.leaves();
}

#[test]
fn a_search_finds_while_it_is_typed() {
    let mut reader = Reader::start(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    reader.press("/fietsbrug");
    reader.wait_for("1 hit");
    reader.press("\u{1b}");
    reader.wait_for("space choose");
    reader.press("\u{3}");
    reader.leaves();
}

#[test]
fn an_empty_library_says_what_beide_is_for() {
    let mut reader = Reader::start(24, 80, &[]);
    reader.wait_for("beide demo");
    reader.press("q");
    reader.leaves();
}

#[test]
fn the_demo_can_be_opened_from_an_empty_library() {
    let mut reader = Reader::start(36, 120, &[]);
    reader.wait_for("d demo");
    reader.press("d");
    reader.wait_for("Jan 2025");
    reader.press("q");
    reader.leaves();
}

#[test]
fn what_another_process_syncs_appears_in_the_open_reader() {
    let mut reader = Reader::start(24, 100, &[]);
    reader.wait_for("d demo");
    let inbox = reader.home.path().join("inbox");
    std::fs::create_dir(&inbox).expect("a folder");
    let text = "Brücke über den Rhein gesperrt\n\nDie Stadt sperrt die Brücke für 3 Monate.\n";
    std::fs::write(inbox.join("a.txt"), text).expect("a file");
    let folder = inbox.to_str().expect("a path");
    for arguments in [&["feeds", "add", folder][..], &["sync"]] {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_beide"))
            .args(arguments)
            .env("BEIDE_LIBRARY", reader.home.path().join("library"))
            .env("BEIDE_CONFIG", reader.home.path().join("config.toml"))
            .output()
            .expect("beide runs");
        assert!(done.status.success(), "{done:?}");
    }
    reader.wait_for("Brücke über den Rhein");
    reader.wait_for("synced");
    reader.press("F");
    reader.wait_for("1 feed");
    reader.press("\r");
    reader.wait_for("Brücke über den Rhein");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn the_system_may_end_it_at_any_time() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let mut reader = Reader::start(24, 80, &["demo"]);
        reader.wait_for("beide");
        reader.signal(signal);
        reader.leaves();
    }
}

#[test]
fn the_smallest_terminal_is_enough_to_get_out_of() {
    let mut reader = Reader::start(5, 10, &["demo"]);
    reader.wait_for("Nor");
    reader.press("?q\r");
    reader.resize(30, 100);
    reader.wait_for("sources");
    reader.press("Q");
    reader.leaves();
}

/// A program in the reader's folder that writes these words into the file it is given.
#[cfg(unix)]
fn editor_that_writes(home: &std::path::Path, words: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = home.join("editor");
    std::fs::write(&path, format!("#!/bin/sh\nprintf '%s' '{words}' > \"$1\"\n")).expect("a script");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).expect("a program");
}

#[cfg(unix)]
#[test]
fn a_remark_comes_from_the_editor_and_can_be_taken_back() {
    let mut reader = Reader::start(36, 120, &["demo"]);
    editor_that_writes(reader.home.path(), "Nachfragen bei der Pressestelle");
    reader.wait_for("Dogger Ost");
    reader.wait_for("HANGZHOU");
    reader.press("N");
    reader.wait_for("Nachfragen bei der Pressestelle");
    reader.press("#merken\r");
    reader.wait_for("#merken");
    reader.press("uu");
    reader.wait("the remark is gone", |screen| {
        let shown = screen.contents();
        !shown.contains("Nachfragen") && !shown.contains("#merken") && shown.contains("HANGZHOU")
    });
    reader.press("Q");
    reader.leaves();
}

#[test]
fn the_terminal_says_that_it_is_light_and_nothing_is_typed_by_that() {
    let mut reader = Reader::start(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    let name = |screen: &vt100::Screen| screen.cell(0, 1).map(vt100::Cell::fgcolor);
    let dark = name(reader.screen.screen());
    reader.press("\u{1b}]11;rgb:ffff/fafa/f0f0\u{1b}\\");
    reader.wait("another theme", |screen| name(screen) != dark);
    reader.press("?");
    reader.wait_for("Keys  Stories");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn what_was_listed_is_listed_again() {
    let home = std::rc::Rc::new(tempfile::tempdir().expect("a folder"));
    let article = home.path().join("article.txt");
    std::fs::write(&article, "Nieuwe brug\nDe brug is 400 meter lang.").expect("a file");
    let added = std::process::Command::new(env!("CARGO_BIN_EXE_beide"))
        .arg("add")
        .arg(&article)
        .env("BEIDE_LIBRARY", home.path().join("library"))
        .env("BEIDE_CONFIG", home.path().join("config.toml"))
        .output()
        .expect("beide starts");
    assert!(added.status.success(), "{added:?}");
    let mut reader = Reader::start_in(std::rc::Rc::clone(&home), 24, 80, &[]);
    reader.wait_for("Nieuwe brug");
    reader.press("t");
    reader.wait_for("beide  Articles");
    reader.press("Q");
    reader.leaves();
    let mut reader = Reader::start_in(home, 24, 80, &[]);
    reader.wait_for("beide  Articles");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn drawing_anew_and_coming_back_from_the_shell_show_the_same_screen() {
    let mut reader = Reader::start(24, 80, &["demo"]);
    reader.wait_for("Jan 2025");
    reader.press("\u{c}?");
    reader.wait_for("Keys  Stories");
    reader.press("q");
    reader.signal("-CONT");
    reader.wait_for("Jan 2025");
    reader.press("Q");
    reader.leaves();
}

#[test]
fn a_changed_configuration_counts_at_once_and_its_faults_are_told() {
    let mut reader = Reader::start(24, 110, &["demo"]);
    reader.wait_for("Jan 2025");
    let file = reader.home.path().join("config.toml");
    std::fs::write(&file, "[keys]\nX = 'help'\n").expect("a file");
    reader.press("gc");
    reader.wait_for("configuration");
    reader.press("X");
    reader.wait_for("Keys  Stories");
    reader.press("q");
    std::fs::write(&file, "[keys]\nX = 'hlep'\n").expect("a file");
    reader.press("gc");
    reader.wait_for("line 2: no command is called");
    reader.press("Q");
    reader.leaves();
}
