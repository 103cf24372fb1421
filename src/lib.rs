//! beide: a news reader that sets German, Dutch and English sources side by side and checks their figures.
//!
//! # The map
//!
//! Pure functions over plain data, without files, threads, network or clock: [`article`] (articles and their keys), [`text`]
//! (words and their forms), [`figure`] (values a text states), and side by side [`story`] (which articles tell the same),
//! [`compare`] (passages linked, figures judged), [`query`] (a question and its grammar) and [`locale`] (the interface's words).
//!
//! The outside: [`intake`] (the world in, articles out), [`library`] (SQLite and the index, the one door to both), `export`
//! (answers as JSON, Markdown and HTML), `gloss` (installed dictionaries), `log` (the detail behind messages). Above them
//! [`sync`] fetches feeds into the library, `job` works on threads for the
//! reader, `ui` is the reader, `config` and `cli` the program around it.
//!
//! Each may use those above it and leaves its neighbours alone; `tidy.rs` checks that.
//!
//! # From Rust
//!
//! The pure modules can be used by other programs as they are. The figures of a text:
//!
//! ```
//! use beide::article::Language;
//! use beide::figure::{Bound, extract};
//!
//! let text = "De omzet steeg naar ruim 280,15 miljard yuan.";
//! let figures = extract(text, Language::Dutch, None);
//! assert_eq!(figures[0].span.of(text), "ruim 280,15 miljard yuan");
//! assert_eq!(figures[0].value.printed().0, "280150000000");
//! assert_eq!(figures[0].value.unit(), Some("CNY"));
//! assert_eq!(figures[0].bound, Some(Bound::MoreThan));
//! ```
//!
//! Two articles side by side:
//!
//! ```
//! use beide::compare::{Knowledge, Verdict, compare};
//! use beide::intake::{Given, read_bytes};
//!
//! let read = |text: &str| read_bytes(text.as_bytes(), None, &Given::default()).expect("a text").article;
//! let one = read("Neues Werk\nDer Konzern investiert 45 Milliarden Euro in das neue Werk in Emden.");
//! let other = read("Nieuwe fabriek\nHet concern investeert 50 miljard euro in de nieuwe fabriek in Emden.");
//! let comparison = compare(&[one, other], &Knowledge::default());
//! assert_eq!(comparison.claims[0].verdict, Verdict::Conflict);
//! ```

pub mod article;
mod cli;
pub mod compare;
mod config;
mod export;
pub mod figure;
pub mod gloss;
pub mod intake;
mod job;
pub mod library;
pub mod locale;
mod log;
pub mod query;
pub mod story;
pub mod sync;
pub mod text;
mod ui;

pub use cli::run;

/// What only fuzzing reaches of the private modules; `cargo fuzz` builds with `--cfg fuzzing`.
#[cfg(fuzzing)]
pub mod fuzzing {
    use crate::article::Language;
    use crate::text::Span;

    /// Where the rows of a text set in so many columns begin and end.
    pub fn wrapped(text: &str, columns: usize, language: Option<Language>) -> Vec<(usize, usize)> {
        let rows = crate::ui::wrap::wrap(text, Span::new(0, text.len()), columns, language, &[]);
        rows.iter().map(|row| (row.span.start, row.span.end)).collect()
    }
}

#[cfg(test)]
mod tidy;
