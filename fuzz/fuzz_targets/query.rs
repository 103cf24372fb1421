//! Anything typed: a question is understood as something, and what it prints means the same.

#![no_main]

use beide::query::{Notice, Query};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|typed: &str| {
    let today = jiff::civil::date(2026, 3, 5);
    let query = Query::parse(typed, today);
    let printed = query.to_string();
    let again = Query::parse(&printed, today);
    // With all its brackets a question may be longer than what is read of one.
    if again.notices.contains(&Notice::TooLong) {
        return;
    }
    assert_eq!(query.wanted, again.wanted, "{typed:?} is printed as {printed:?}");
});
