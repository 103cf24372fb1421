//! Nothing lost, nobody let in: the program killed, crowded, starved and fed with the worst.

mod articles;
mod crash;
mod damage;
mod feeds;
mod hostile;
#[allow(dead_code, reason = "each program of tests uses a part of it")]
#[path = "../support/mod.rs"]
mod support;
mod together;
