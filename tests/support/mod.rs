//! What the tests of the whole program share: a folder with a library in it, and the program run on it.

mod terminal;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use beide::library::Library;
use serde_json::Value;

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
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
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
        self.run_with(words, b"")
    }

    pub fn run_with(&self, words: &[&str], input: &[u8]) -> Run {
        run(self.command(words), input)
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
        for (said, words) in [(&self.out, out), (&self.err, err)] {
            for words in words {
                assert!(said.contains(words), "{words:?} is not in {said}\n{self:?}");
            }
        }
        if err.is_empty() {
            assert_eq!(self.err, "", "nothing was wrong");
        }
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
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
