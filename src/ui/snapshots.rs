//! What the screens look like, as text, in every language and at the sizes that layouts are made for.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test snapshots` writes them anew; read what git then shows.

use crate::article::Language;

use ratatui::layout::Size;

use super::app::Event;
use super::sign::Signs;
use super::testing::{at_compare, at_home, at_home_in, go, press, runs, shot};

/// The screens, each with the keys that lead to it from the one before.
const SCREENS: &[(&str, &str)] = &[
    ("home", ""),
    ("side by side", "enter"),
    ("a contradiction", "}"),
    ("only what the first has not told", "z"),
    ("claims", "z c"),
    ("export", "e"),
    ("filter", "esc q q f"),
];

#[test]
fn every_screen_in_every_language_at_every_size() {
    for (width, height) in [(80, 24), (120, 36), (200, 60), (40, 12)] {
        for language in Language::ALL {
            let mut app = at_home_in(language, width, height);
            let mut shown = String::new();
            for (name, keys) in SCREENS {
                if !keys.is_empty() {
                    go(&mut app, keys);
                }
                shown.push_str(&format!("=== {name}\n{}\n", shot(&app)));
            }
            let mut settings = insta::Settings::clone_current();
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(format!("{width}x{height}-{language}"), shown));
        }
    }
}

/// The same screens for who hears them, and those that are read aloud most besides.
#[test]
fn what_is_heard_has_one_column_words_and_no_lines() {
    let more = [
        ("search", "esc /"),
        ("timeline", "esc T"),
        ("keys", "q ?"),
        ("feeds", "q F"),
        ("commands", ":"),
    ];
    for language in Language::ALL {
        let mut app = at_home_in(language, 80, 24);
        app.context.signs = Signs::words(language);
        app.update(Event::Resize(Size::new(80, 24)));
        let mut shown = String::new();
        for (name, keys) in SCREENS.iter().chain(&more) {
            if !keys.is_empty() {
                go(&mut app, keys);
            }
            shown.push_str(&format!("=== {name}\n{}\n", shot(&app)));
        }
        let drawn = |c: char| matches!(u32::from(c), 0x2190..=0x27BF);
        assert_eq!(shown.chars().filter(|c| drawn(*c)).collect::<String>(), "");
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("heard-{language}"), shown));
    }
}

#[test]
fn the_keys_of_a_screen_stand_before_those_of_all() {
    let mut app = at_compare(120, 36);
    press(&mut app, "?");
    let screen = shot(&app);
    let place = |text: &str| screen.find(text).unwrap_or_else(|| panic!("{text} in\n{screen}"));
    assert!(place("  ]  Next figure") < place("  j, down  Down"));
}

#[test]
fn typing_narrows_the_list_of_commands() {
    let mut app = at_home(80, 24);
    press(&mut app, ": s t a r r");
    let screen = shot(&app);
    assert!(screen.contains("▸Filter: "), "{screen}");
    assert!(!screen.contains("Leave"), "{screen}");
}

/// Every run of a meaning of its own: line, column, role, words.
#[test]
fn colours_say_what_signs_say() {
    let mut app = at_compare(80, 20);
    press(&mut app, "}");
    insta::assert_snapshot!(runs(&app), @r#"
     0   1 title: Handelshaus erhöht seine KI-Ausgaben
     0  40 conflict: ✗ 1
     0  45 scale: ‼ 1
     0  50 agree: ✓ 1
     1   1 accent: ①
     1   3 accent: Abendpost · de · 24 Sep
     1  41 accent: ③
     3   1 title: Handelshaus erhöht seine KI-Ausgaben
     3  41 title: Kaufen oder verkaufen?
     5  39 linked: ═
     5  52 agree: ✓380 Milliarden Renminbi
     6  13 agree: ✓380 Milliarden Yuan
     7   7 lit: ✗45 Milliarden Euro
     7  41 counterpart: ✗50 Milliarden Euro
    11   1 single: neun Prozent
    14   1 conflict: ✗
    14   3 conflict: conflict
    14  13 title: 45 · 50 bn €
    15   1 accent: ①
    15   3 title: 45 Milliarden Euro
    "#);
}
