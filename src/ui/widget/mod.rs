//! The shapes that screens are made of.

pub mod canvas;
pub mod list;
pub mod menu;
pub mod plot;
pub mod prompt;
