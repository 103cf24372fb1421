//! The log file in the library's folder: the detail behind messages that a screen has no room for.
//!
//! A line a fault, with its moment and the process. When the file has grown to half a megabyte it becomes
//! `beide.log.1` and a new one is begun, so that both together stay below a megabyte.

use std::any::Any;
use std::backtrace::Backtrace;
use std::fmt::Display;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use jiff::Timestamp;

/// The file's name in the folder of the library.
const NAME: &str = "beide.log";
/// How large it may become.
const LARGEST: u64 = 512 << 10;
/// The most that is kept of one fault, in bytes.
const LONGEST: usize = 8 << 10;

static FILE: OnceLock<PathBuf> = OnceLock::new();

/// From now on faults are written to the log in `folder`; the first folder named stays.
pub fn open(folder: &Path) {
    // Who opens a second library in one process goes on with the first log.
    let _ = FILE.set(folder.join(NAME));
}

/// Writes a fault to the log, if there is one. Never fails: it is the last resort itself.
pub fn write(fault: impl Display) {
    if let Some(file) = FILE.get() {
        append(file, &line(&fault.to_string(), Timestamp::now()));
    }
}

/// Writes panics to the log instead of standard error, where there is a log: who catches one says what it means.
pub fn take_panics() {
    let otherwise = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if FILE.get().is_some() {
            write(format_args!("{panic} {}", Backtrace::force_capture()));
        } else {
            otherwise(panic);
        }
    }));
}

/// What a panic said.
pub fn said(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_string());
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
    words.unwrap_or_else(|| "a panic without words".to_string())
}

/// How many faults the log in `folder` holds.
pub fn count(folder: &Path) -> usize {
    let faults = |name: String| {
        let text = fs::read(folder.join(name)).unwrap_or_default();
        memchr::memchr_iter(b'\n', &text).count()
    };
    faults(NAME.to_string()) + faults(format!("{NAME}.1"))
}

/// One fault on one line, without anything that a terminal would obey.
fn line(fault: &str, now: Timestamp) -> String {
    let end = (0..=fault.len().min(LONGEST))
        .rev()
        .find(|end| fault.is_char_boundary(*end));
    let kept = fault.get(..end.unwrap_or(0)).unwrap_or_default();
    let words: Vec<&str> = kept
        .split(|c: char| c.is_control())
        .map(str::trim)
        .filter(|words| !words.is_empty())
        .collect();
    let process = std::process::id();
    format!("{now:.0} [{process}] {}\n", words.join(" | "))
}

fn append(file: &Path, line: &str) {
    if fs::metadata(file).is_ok_and(|found| found.len() > LARGEST) {
        let mut old = file.as_os_str().to_owned();
        old.push(".1");
        let _ = fs::rename(file, old);
    }
    // One write: lines of several processes do not mix.
    if let Ok(mut log) = OpenOptions::new().create(true).append(true).open(file) {
        let _ = log.write_all(line.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_one_clean_line() {
        let now = Timestamp::from_second(1_700_000_000).expect("a moment");
        let written = line("cannot read\n  line two \u{1b}[31m\u{9b}2J", now);
        assert!(written.starts_with("2023-11-14T22:13:20Z ["), "{written}");
        assert!(
            written.ends_with("] cannot read | line two | [31m | 2J\n"),
            "{written}"
        );
        assert!(line(&"ü".repeat(LONGEST), now).len() < LONGEST + 60);
    }

    #[test]
    fn a_full_log_is_put_aside_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(NAME);
        for _ in 0..3000 {
            append(&file, &"x".repeat(600));
        }
        let size = |name: &str| fs::metadata(folder.path().join(name)).map_or(0, |found| found.len());
        assert!((1..LARGEST + 1000).contains(&size("beide.log")));
        assert!((LARGEST..LARGEST + 1000).contains(&size("beide.log.1")));
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
    }
}
