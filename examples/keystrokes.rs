//! How long a reader waits, measured from outside: `cargo run --release --example keystrokes -- LIBRARY [WORD …]`.
//!
//! Starts the `beide` beside itself in the build folder in a pseudo-terminal of 120×36 on a library, presses keys, and prints for
//! each kind of wait the median and the worst of twenty, in milliseconds: until the first frame that ends after a key, and until the
//! last one before the screen stays as it is for a moment. Each WORD is searched for, letter by letter. Memory and
//! wake-ups are read from `/proc`, so they are left out where there is none.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// What the reader writes at the end of each frame: the end of a synchronized update.
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// The screen has come to rest when no frame ended for so long.
const REST: Duration = Duration::from_millis(250);

const TIMES: usize = 20;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(library) = arguments.next().map(PathBuf::from) else {
        bail!("usage: keystrokes LIBRARY [WORD …]");
    };
    let words: Vec<String> = arguments.collect();
    row("", "median ms", "worst ms");
    row("---", "---:", "---:");
    starts(&library)?;
    let mut reader = Reader::start(&library)?;
    reader.settle();
    reader.memory("after start");
    lists(&mut reader)?;
    opening(&mut reader)?;
    for word in &words {
        searching(&mut reader, word)?;
    }
    reader.memory("after these searches");
    reader.idle();
    leaving(&library)
}

fn starts(library: &Path) -> Result<()> {
    let (mut first, mut rows) = (Waits::default(), Waits::default());
    for _ in 0..TIMES {
        let start = Instant::now();
        let mut reader = Reader::start(library)?;
        let waited = reader.settle_from(start);
        first.add(waited.first);
        rows.add(waited.last);
        reader.quit()?;
    }
    first.print("start to first frame");
    rows.print("start to last frame, rows listed");
    Ok(())
}

fn lists(reader: &mut Reader) -> Result<()> {
    for (name, key) in [
        ("a row on", "j"),
        ("half a page on", "\x04"),
        ("half a page back", "\x15"),
    ] {
        let mut waits = Waits::default();
        for _ in 0..TIMES {
            waits.add(reader.press(key)?.first);
        }
        waits.print(name);
    }
    let mut ends = Waits::default();
    for turn in 0..TIMES {
        ends.add(reader.press(if turn % 2 == 0 { "G" } else { "gg" })?.first);
    }
    ends.print("to the last row and back");
    Ok(())
}

fn opening(reader: &mut Reader) -> Result<()> {
    let (mut first, mut aligned) = (Waits::default(), Waits::default());
    for _ in 0..TIMES {
        let waited = reader.press("\r")?;
        first.add(waited.first);
        aligned.add(waited.last);
        reader.press("q")?;
        reader.press("j")?;
    }
    first.print("open: first frame");
    aligned.print("open: last frame, aligned");
    Ok(())
}

fn searching(reader: &mut Reader, word: &str) -> Result<()> {
    let (mut first, mut found) = (Waits::default(), Waits::default());
    reader.press("/")?;
    for letter in word.chars() {
        let waited = reader.press(&letter.to_string())?;
        first.add(waited.first);
        found.add(waited.last);
    }
    first.print(&format!("search {word}, each letter: first frame"));
    found.print(&format!("search {word}, each letter: all found"));
    reader.press("\x1b")?;
    reader.press("q")?;
    Ok(())
}

fn leaving(library: &Path) -> Result<()> {
    let mut waits = Waits::default();
    for _ in 0..TIMES {
        let mut reader = Reader::start(library)?;
        reader.settle();
        waits.add(reader.quit()?);
    }
    waits.print("quit");
    Ok(())
}

/// Writes a row of the table.
fn row(name: &str, median: &str, worst: &str) {
    let _ = writeln!(std::io::stdout(), "| {name} | {median} | {worst} |");
}

/// How long each of some waits took.
#[derive(Default)]
struct Waits(Vec<Duration>);

impl Waits {
    fn add(&mut self, wait: Duration) {
        self.0.push(wait);
    }

    fn print(&mut self, name: &str) {
        self.0.sort_unstable();
        let (Some(worst), Some(median)) = (self.0.last(), self.0.get(self.0.len() / 2)) else {
            return;
        };
        let milliseconds = |wait: &Duration| format!("{:.1}", wait.as_secs_f64() * 1000.0);
        row(name, &milliseconds(median), &milliseconds(worst));
    }
}

/// Until the first and until the last frame that ended after a key.
#[derive(Clone, Copy)]
struct Waited {
    first: Duration,
    last: Duration,
}

/// The reader in a pseudo-terminal, with the moment each of its frames ended.
struct Reader {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    frames: Receiver<Instant>,
}

impl Reader {
    fn start(library: &Path) -> Result<Self> {
        let size = PtySize {
            rows: 36,
            cols: 120,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program()?);
        command.env("BEIDE_LIBRARY", library);
        command.env("BEIDE_CONFIG", library.join("no-config.toml"));
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command)?;
        let mut stream = pair.master.try_clone_reader()?;
        let keyboard = pair.master.take_writer()?;
        let (send, frames) = mpsc::channel();
        thread::spawn(move || {
            let _terminal = pair;
            let (mut bytes, mut tail) = ([0; 65536], Vec::new());
            while let Ok(read @ 1..) = stream.read(&mut bytes) {
                let now = Instant::now();
                tail.extend_from_slice(&bytes[..read]);
                for _ in 0..memchr::memmem::find_iter(&tail, FRAME_END).count() {
                    if send.send(now).is_err() {
                        return;
                    }
                }
                let whole = memchr::memmem::rfind(&tail, FRAME_END).map_or(0, |at| at + FRAME_END.len());
                tail.drain(..whole);
            }
        });
        Ok(Self {
            child,
            keyboard,
            frames,
        })
    }

    /// Waits until the screen rests.
    fn settle(&mut self) {
        self.settle_from(Instant::now());
    }

    fn settle_from(&mut self, start: Instant) -> Waited {
        let first = self.frames.recv_timeout(Duration::from_secs(10));
        let first = first.unwrap_or_else(|_| Instant::now());
        let mut last = first;
        while let Ok(frame) = self.frames.recv_timeout(REST) {
            last = frame;
        }
        Waited {
            first: first - start,
            last: last - start,
        }
    }

    fn press(&mut self, keys: &str) -> Result<Waited> {
        while self.frames.try_recv().is_ok() {}
        let start = Instant::now();
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()?;
        Ok(self.settle_from(start))
    }

    /// Leaves the reader: how long until the process has ended.
    fn quit(&mut self) -> Result<Duration> {
        let start = Instant::now();
        self.keyboard.write_all(b"\x03")?;
        self.keyboard.flush()?;
        self.child.wait()?;
        Ok(start.elapsed())
    }

    /// The most memory so far.
    fn memory(&self, when: &str) {
        let status = self.proc("status").unwrap_or_default();
        for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
            let kibibytes: u64 = line
                .split_whitespace()
                .nth(1)
                .map_or(0, |number| number.parse().unwrap_or(0));
            row(
                &format!("most memory {when}, MiB"),
                &format!("{:.1}", kibibytes as f64 / 1024.0),
                "",
            );
        }
    }

    /// Wake-ups of all threads in ten seconds in which nothing happens.
    fn idle(&self) {
        let before = self.wake_ups();
        thread::sleep(Duration::from_secs(10));
        if let (Some(before), Some(after)) = (before, self.wake_ups()) {
            row(
                "wake-ups in ten idle seconds",
                &after.saturating_sub(before).to_string(),
                "",
            );
        }
    }

    fn wake_ups(&self) -> Option<u64> {
        let id = self.child.process_id()?;
        let mut sum = 0;
        for task in std::fs::read_dir(format!("/proc/{id}/task")).ok()? {
            let status = std::fs::read_to_string(task.ok()?.path().join("status")).ok()?;
            let line = status.lines().find(|line| line.starts_with("voluntary"))?;
            sum += line.split_whitespace().nth(1)?.parse::<u64>().ok()?;
        }
        Some(sum)
    }

    fn proc(&self, name: &str) -> Option<String> {
        let id = self.child.process_id()?;
        std::fs::read_to_string(format!("/proc/{id}/{name}")).ok()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program that was built beside this example.
fn program() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a build folder")?;
    let program = folder.join(format!("beide{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        bail!(
            "{} is missing: run `cargo build --release` first",
            program.display()
        );
    }
    Ok(program)
}
