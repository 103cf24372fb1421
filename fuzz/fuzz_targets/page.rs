//! Any page, text or Markdown: a clean article, or a refusal.

#![no_main]

use beide::intake::{Form, Given, read_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for form in [None, Some(Form::Text), Some(Form::Markdown), Some(Form::Page)] {
        if let Ok(intake) = read_bytes(bytes, form, &Given::default()) {
            beide_fuzz::is_clean(&intake.article);
        }
    }
});
