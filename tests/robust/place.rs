//! A folder with a library in it, and the program run on it: to its end, in a terminal, or until it is killed.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use beide::library::Library;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take on the slowest machine.
pub const PATIENCE: Duration = Duration::from_secs(120);

/// A folder of its own with a library in it.
pub struct Place {
    pub dir: tempfile::TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        Self { dir }
    }

    /// A place whose library is a copy of another's.
    pub fn copy_of(other: &Self) -> Self {
        let place = Self::new();
        copy(&other.library_folder(), &place.library_folder());
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).expect("a file");
        path
    }

    pub fn library_folder(&self) -> PathBuf {
        self.path("library")
    }

    pub fn library(&self) -> Library {
        Library::open(&self.library_folder()).expect("the library opens")
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_beide"));
        command.args(words).current_dir(self.dir.path()).env_clear();
        command
            .env("BEIDE_LIBRARY", self.library_folder())
            .env("BEIDE_CONFIG", self.path("config.toml"))
            .env("HOME", self.dir.path())
            .env("LC_ALL", "C");
        command
    }

    pub fn run(&self, words: &[&str]) -> Run {
        run(self.command(words), b"")
    }

    /// Starts the program in a terminal of that size.
    pub fn terminal(&self, rows: u16, cols: u16, words: &[&str]) -> Terminal {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_beide"));
        command.args(words);
        command.cwd(self.dir.path());
        for (name, value) in [
            ("BEIDE_LIBRARY", self.library_folder()),
            ("BEIDE_CONFIG", self.path("config.toml")),
            ("HOME", self.dir.path().to_path_buf()),
        ] {
            command.env(name, value);
        }
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the program starts");
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
        Terminal {
            child,
            keyboard: pair.master.take_writer().expect("its input"),
            _master: pair.master,
            output,
            seen: Vec::new(),
        }
    }
}

/// Runs a command to its end.
pub fn run(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input");
    let input = input.to_vec();
    let writer = thread::spawn(move || {
        // Who does not read its input closes it; that is its right.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("all is written");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Run {
        status: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

impl Run {
    /// Checks the exit status and that standard output and standard error hold these words.
    #[track_caller]
    pub fn check(&self, status: i32, out: &[&str], err: &[&str]) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        let missing = |text: &str, words: &[&str]| {
            words
                .iter()
                .find(|word| !text.contains(**word))
                .map(|word| word.to_string())
        };
        assert_eq!(missing(&self.out, out), None, "{self:?}");
        assert_eq!(missing(&self.err, err), None, "{self:?}");
        self
    }
}

/// The program in a terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    _master: Box<dyn MasterPty + Send>,
    output: Receiver<Vec<u8>>,
    /// All bytes that reached the terminal.
    pub seen: Vec<u8>,
}

impl Terminal {
    pub fn press(&mut self, keys: &str) {
        // A program that was killed takes no more keys.
        let _ = self.keyboard.write_all(keys.as_bytes());
        let _ = self.keyboard.flush();
    }

    /// Reads until the screen has shown `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.said().contains(text) {
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self.seen.extend(bytes),
                Err(_) => panic!("never seen: {text}\n{}", self.said()),
            }
        }
    }

    /// Reads for a while, or until the program ends.
    pub fn watch(&mut self, time: Duration) {
        let end = Instant::now() + time;
        while let Ok(bytes) = self
            .output
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            self.seen.extend(bytes);
        }
    }

    /// All text that reached the terminal.
    pub fn said(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }

    /// Ends the program as a power cut would end it, without a word.
    pub fn kill(mut self) -> Vec<u8> {
        let id = self.child.process_id().expect("a process").to_string();
        // One that has just ended by itself cannot be killed any more.
        let _ = Command::new("kill")
            .args(["-KILL", &id])
            .stderr(Stdio::null())
            .status();
        self.child.wait().expect("an end");
        self.watch(Duration::from_millis(50));
        self.seen
    }

    /// Waits for the program's own end and returns its exit status.
    pub fn end(mut self) -> (u32, Vec<u8>) {
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.seen.extend(bytes);
        }
        let status = self.child.wait().expect("an end");
        (status.exit_code(), self.seen)
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
