//! beide: a news reader that sets German, Dutch and English sources side by side and checks their figures.
//!
//! # The map
//!
//! Pure functions over plain data, without files, threads, network or clock: [`article`] (articles and their keys), [`text`]
//! (words and their forms), [`figure`] (values a text states), and side by side [`story`] (which articles tell the same),
//! [`compare`] (passages linked, figures judged), [`query`] (a question and its grammar) and [`locale`] (the interface's words).
//!
//! The outside: [`intake`] (the world in, articles out), [`library`] (SQLite and the index, the one door to both), `export`
//! (answers as JSON, Markdown and HTML), `gloss` (installed dictionaries). Above them [`sync`] fetches feeds into the library, `job` works on threads for the
//! reader, `ui` is the reader, `config` and `cli` the program around it.
//!
//! Each may use those above it and leaves its neighbours alone; `tidy.rs` checks that.

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
pub mod query;
pub mod story;
pub mod sync;
pub mod text;
mod ui;

pub use cli::run;

#[cfg(test)]
mod tidy;
