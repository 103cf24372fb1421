//! Any file of JSON Lines: each line a clean article or a complaint that names it.

#![no_main]

use beide::intake::{Given, Lines};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut last = 0;
    for line in Lines::new(bytes, Given::default()) {
        match line {
            Ok(intake) => beide_fuzz::is_clean(&intake.article),
            Err(broken) => {
                assert!(broken.line > last, "lines are named in order");
                last = broken.line;
            }
        }
    }
});
