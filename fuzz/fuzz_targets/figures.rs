//! Any text in any language: figures come in order, on character boundaries, never overlapping.

#![no_main]

use beide::article::Language;
use beide::figure::extract;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for language in Language::ALL {
        let mut last = 0;
        for figure in extract(text, language, None) {
            assert!(last <= figure.span.start && figure.span.start < figure.span.end);
            assert!(text.get(figure.span.start..figure.span.end).is_some());
            last = figure.span.end;
        }
    }
});
