//! The shapes that screens are made of.

pub mod canvas;
pub mod list;
pub mod plot;
pub mod prompt;
