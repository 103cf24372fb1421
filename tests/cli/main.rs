//! The program as it is called: every kind of bad input, exit statuses, and what goes where.

mod adding;
mod answers;
mod feeds;
mod help;
#[allow(dead_code, reason = "each program of tests uses a part of it")]
#[path = "../support/mod.rs"]
mod support;
mod upkeep;

/// An article, as it stands in a file.
const BRIDGE: &str =
    "Brücke über die Traun fertig\nNach drei Jahren ist die Brücke fertig. Sie kostete 40 Millionen Euro.\n";
