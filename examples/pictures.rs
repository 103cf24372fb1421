//! Draws the README's pictures from the program's own screen: `cargo run --example pictures [FOLDER]`.
//!
//! The demo edition is opened in a pseudo-terminal, once for dark and once for light backgrounds, keys are pressed as a reader
//! would, and each screen is written as an SVG file to FOLDER (`assets/pictures` where none is given). It runs the `beide`
//! beside itself in the build folder: build that first.

use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 34;
const COLUMNS: u16 = 110;

/// Width and height of a character's cell, and the size of its type, in the picture's units.
const CELL: (f32, f32) = (8.4, 18.0);
const TYPE_SIZE: f32 = 14.0;
const MARGIN: f32 = 12.0;

/// What is pressed, what the screen then shows, and the name of the picture taken there.
const SCENES: &[(&str, &str, &str)] = &[
    ("", "5 of 5", "stories"),
    ("\r}}", "conflict", "compare"),
    ("c", "Claim", "claims"),
    ("qq/Milliarden", "hits", "search"),
];

/// The ground and the ink of a terminal.
struct Ground {
    theme: &'static str,
    ground: &'static str,
    ink: &'static str,
}

const GROUNDS: [Ground; 2] = [
    Ground {
        theme: "dark",
        ground: "#16181d",
        ink: "#d8dae0",
    },
    Ground {
        theme: "light",
        ground: "#fcfcfa",
        ink: "#1e2026",
    },
];

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures"),
        PathBuf::from,
    );
    std::fs::create_dir_all(&folder)?;
    for ground in &GROUNDS {
        let mut reader = Terminal::start(ground.theme)?;
        for (keys, awaited, name) in SCENES {
            reader.press(keys)?;
            reader.await_text(awaited)?;
            let path = folder.join(format!("{name}-{}.svg", ground.theme));
            std::fs::write(&path, picture(reader.screen.screen(), ground)?)
                .with_context(|| path.display().to_string())?;
        }
        reader.press("\u{3}")?;
    }
    Ok(())
}

/// A pseudo-terminal with the reader in it.
struct Terminal {
    keyboard: Box<dyn std::io::Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    _home: tempfile::TempDir,
}

impl Terminal {
    fn start(theme: &str) -> Result<Self> {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let home = tempfile::tempdir()?;
        let config = home.path().join("config.toml");
        std::fs::write(&config, format!("[reader]\ntheme = \"{theme}\"\n"))?;
        let mut command = CommandBuilder::new(program()?);
        command.arg("demo");
        command.env("BEIDE_CONFIG", config);
        command.env("BEIDE_LIBRARY", home.path().join("library"));
        command.env("LC_ALL", "en_US.UTF-8");
        command.env("TERM", "xterm-256color");
        command.env("COLORTERM", "truecolor");
        command.env_remove("NO_COLOR");
        pair.slave.spawn_command(command)?;
        let mut stream = pair.master.try_clone_reader()?;
        let keyboard = pair.master.take_writer()?;
        let (send, output) = mpsc::channel();
        thread::spawn(move || {
            let _terminal = pair;
            let mut bytes = [0; 8192];
            while let Ok(read) = stream.read(&mut bytes) {
                if read == 0 || send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let cells = |number| NonZeroU16::new(number).ok_or_else(|| anyhow!("an empty screen"));
        Ok(Self {
            keyboard,
            output,
            screen: vt100::Parser::new(cells(ROWS)?, cells(COLUMNS)?, 0),
            _home: home,
        })
    }

    fn press(&mut self, keys: &str) -> Result<()> {
        self.keyboard.write_all(keys.as_bytes())?;
        Ok(self.keyboard.flush()?)
    }

    /// Waits until the screen shows `text` and stays as it is for a moment.
    fn await_text(&mut self, text: &str) -> Result<()> {
        let end = Instant::now() + Duration::from_secs(30);
        loop {
            match self.output.recv_timeout(Duration::from_millis(700)) {
                Ok(bytes) => self.screen.process(&bytes),
                Err(_) if self.screen.screen().contents().contains(text) => return Ok(()),
                Err(_) if Instant::now() > end => {
                    bail!("never seen: {text}\n{}", self.screen.screen().contents())
                }
                Err(_) => {}
            }
        }
    }
}

/// The program that was built beside this example.
fn program() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("a build folder")?;
    let program = folder.join(format!("beide{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        bail!("{} is missing: run `cargo build` first", program.display());
    }
    Ok(program)
}

/// How a character looks.
#[derive(Clone, PartialEq)]
struct Look {
    ink: String,
    ground: Option<String>,
    bold: bool,
    italic: bool,
    underlined: bool,
}

/// The screen as SVG: a rectangle for each run of one ground, a text for each run of one look.
fn picture(screen: &vt100::Screen, ground: &Ground) -> Result<String> {
    let width = CELL.0 * f32::from(COLUMNS) + 2.0 * MARGIN;
    let height = CELL.1 * f32::from(ROWS) + 2.0 * MARGIN;
    let mut svg = String::new();
    writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"ui-monospace,'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace\" font-size=\"{TYPE_SIZE}\" xml:space=\"preserve\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>",
        ground.ground
    )?;
    for row in 0..ROWS {
        for (column, cells, text, look) in runs(screen, row, ground) {
            draw(&mut svg, (row, column), cells, &text, &look)?;
        }
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// The runs of one look in a row: first column, number of columns, text.
fn runs(screen: &vt100::Screen, row: u16, ground: &Ground) -> Vec<(u16, u16, String, Look)> {
    let mut runs: Vec<(u16, u16, String, Look)> = Vec::new();
    for column in 0..COLUMNS {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        let look = look_of(cell, ground);
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let text = if cell.is_wide_continuation() { "" } else { text };
        match runs.last_mut() {
            Some((_, cells, run, last)) if *last == look && ruled(run) == ruled(text) => {
                run.push_str(text);
                *cells += 1;
            }
            _ => runs.push((column, 1, text.to_string(), look)),
        }
    }
    runs
}

fn look_of(cell: &vt100::Cell, ground: &Ground) -> Look {
    let ink = colour(cell.fgcolor()).unwrap_or_else(|| ground.ink.to_string());
    let behind = colour(cell.bgcolor());
    let (ink, behind) = if cell.inverse() {
        (behind.unwrap_or_else(|| ground.ground.to_string()), Some(ink))
    } else {
        (ink, behind)
    };
    Look {
        ink,
        ground: behind,
        bold: cell.bold(),
        italic: cell.italic(),
        underlined: cell.underline(),
    }
}

fn draw(svg: &mut String, at: (u16, u16), cells: u16, text: &str, look: &Look) -> Result<()> {
    let (left, top) = (
        MARGIN + CELL.0 * f32::from(at.1),
        MARGIN + CELL.1 * f32::from(at.0),
    );
    let width = CELL.0 * f32::from(cells);
    if let Some(ground) = &look.ground {
        writeln!(
            svg,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{ground}\"/>",
            CELL.1
        )?;
    }
    if text.trim().is_empty() {
        return Ok(());
    }
    if ruled(text) {
        return draw_rules(svg, (left, top), text, &look.ink);
    }
    let mut style = String::new();
    if look.bold {
        style.push_str(" font-weight=\"bold\"");
    }
    if look.italic {
        style.push_str(" font-style=\"italic\"");
    }
    if look.underlined {
        style.push_str(" text-decoration=\"underline\"");
    }
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        // Browsers make one of several spaces, and none of those at the ends.
        .replace(' ', "\u{a0}");
    // The length holds the columns in line whatever font the viewer has.
    writeln!(
        svg,
        "<text x=\"{left:.1}\" y=\"{:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{style}>{text}</text>",
        top + 0.76 * CELL.1,
        look.ink
    )?;
    Ok(())
}

/// Whether a text is of rules, which are drawn as lines: a font's own leave gaps between the rows.
fn ruled(text: &str) -> bool {
    text.starts_with(|c| "│─┼┬┴├┤".contains(c))
}

/// Draws the rules that the characters stand for, from the middle of each cell to its edges.
fn draw_rules(svg: &mut String, at: (f32, f32), text: &str, ink: &str) -> Result<()> {
    let mut path = String::new();
    for (index, character) in text.chars().enumerate() {
        let left = at.0 + CELL.0 * index as f32;
        let (middle, centre) = (at.1 + CELL.1 / 2.0, left + CELL.0 / 2.0);
        if character != '│' {
            let from = if character == '├' { centre } else { left };
            let to = if character == '┤' { centre } else { left + CELL.0 };
            write!(path, "M{from:.1} {middle:.1}H{to:.1}")?;
        }
        if character != '─' {
            let from = if character == '┬' { middle } else { at.1 };
            let to = if character == '┴' { middle } else { at.1 + CELL.1 };
            write!(path, "M{centre:.1} {from:.1}V{to:.1}")?;
        }
    }
    Ok(writeln!(
        svg,
        "<path d=\"{path}\" stroke=\"{ink}\" fill=\"none\"/>"
    )?)
}

/// A colour in hexadecimal digits; none for the terminal's own.
fn colour(colour: vt100::Color) -> Option<String> {
    match colour {
        vt100::Color::Default => None,
        vt100::Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        vt100::Color::Idx(index) => Some(indexed(index)),
    }
}

/// A colour of xterm's palette of 256.
fn indexed(index: u8) -> String {
    const SIXTEEN: [&str; 16] = [
        "#000000", "#cd3131", "#0dbc79", "#b5a000", "#2472c8", "#bc3fbc", "#11a8cd", "#c8c8c8", "#666666",
        "#f14c4c", "#23d18b", "#e5c000", "#3b8eea", "#d670d6", "#29b8db", "#ffffff",
    ];
    let step = |level: u8| if level == 0 { 0 } else { 55 + 40 * level };
    match index {
        0..16 => SIXTEEN[usize::from(index)].to_string(),
        16..232 => {
            let cube = index - 16;
            let (red, green, blue) = (step(cube / 36), step(cube / 6 % 6), step(cube % 6));
            format!("#{red:02x}{green:02x}{blue:02x}")
        }
        _ => {
            let grey = 8 + 10 * (index - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
