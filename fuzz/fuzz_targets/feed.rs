//! Any answer of a server: a feed of clean articles, or none.

#![no_main]

use beide::intake::read_feed;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let address = Url::parse("https://a.example/feed").expect("an address");
    if let Ok(feed) = read_feed(bytes, None, &address) {
        for intake in feed.articles {
            beide_fuzz::is_clean(&intake.article);
        }
    }
});
