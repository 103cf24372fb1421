//! Any text in any width: rows come in order, within the text, and lose nothing but white space.

#![no_main]

use beide::article::Language;
use beide::fuzzing::wrapped;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (columns, text) = input;
    for language in [None, Some(Language::German), Some(Language::Dutch), Some(Language::English)] {
        let mut end = 0;
        for (start, row_end) in wrapped(text, usize::from(columns), language) {
            assert!(end <= start && start <= row_end && row_end <= text.len());
            let between = text.get(end..start).expect("character boundaries");
            assert!(between.trim().is_empty(), "{between:?} is lost");
            end = row_end;
        }
        assert!(text.get(end..).expect("a character boundary").trim().is_empty());
    }
});
