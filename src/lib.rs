//! beide: a news reader that sets German, Dutch and English sources side by side and checks their figures.
//!
//! The modules in reading order; each may use those above it, `tidy.rs` checks that.

pub mod article;
mod cli;
pub mod compare;
mod config;
mod export;
pub mod figure;
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
