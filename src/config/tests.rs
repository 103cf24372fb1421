//! The example, files laid over it, and files with faults.

use std::path::{Path, PathBuf};

use ratatui::style::Color;

use crate::article::Language;
use crate::locale::Locale;
use crate::sync::{Manners, Rules};
use crate::ui::Theme;
use crate::ui::command::{Command, Place};
use crate::ui::theme::Role;

use super::fault::{Fault, Wrong};
use super::{EXAMPLE, Loaded};

#[test]
fn the_example_is_the_default_and_has_no_fault() {
    let default = Loaded::of("");
    assert_eq!(default.faults, []);
    assert_eq!((default.config.language, &default.config.library), (None, &None));
    assert_eq!(default.config.reader.theme, "auto");
    let feeds = &default.config.feeds;
    assert_eq!(
        (feeds.manners, &feeds.rules),
        (Manners::default(), &Rules::default())
    );
    let example = Loaded::of(EXAMPLE);
    assert_eq!((example.faults, example.config), (vec![], default.config));
}

#[test]
fn the_users_file_lies_over_it() {
    let loaded = Loaded::of("library = '/srv/nieuws'\nlanguage = \"nl\"");
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.config.language, Some(Language::Dutch));
    assert_eq!(loaded.config.library, Some(PathBuf::from("/srv/nieuws")));
    let language = loaded.options.iter().find(|(option, ..)| option == "language");
    assert_eq!(
        language.map(|(_, value, own)| (value.as_str(), *own)),
        Some(("\"nl\"", true))
    );
}

#[test]
fn keys_are_bound_and_their_faults_have_their_line() {
    let loaded = Loaded::of("[keys]\n'ctrl-n' = 'next next'\nn = 'nxt'\n[keys.compare]\nx = 'claims'\n");
    let told: Vec<usize> = loaded.faults.iter().map(|fault| fault.line).collect();
    assert_eq!(told, [3]);
    let message = loaded.faults[0].message(Path::new("c.toml"), &Locale::new(Language::English));
    assert_eq!(message, "c.toml, line 3: no command is called “nxt”");
    let keys = loaded
        .config
        .reader
        .keymap
        .keys_of(Place::Compare, Command::Claims);
    assert_eq!(keys, ["c", "x"]);
}

#[test]
fn faults_have_their_line_and_the_rest_counts() {
    let loaded = Loaded::of(
        "# comment\nlangauge = \"de\"\nlanguage = \"fr\"\nlibrary = true\n[reader]\nfrobnicate = 1\n",
    );
    let faults: Vec<(usize, &Wrong)> = loaded
        .faults
        .iter()
        .map(|fault| (fault.line, &fault.wrong))
        .collect();
    let unknown = |option: &str, nearest: Option<&str>| Wrong::Unknown {
        option: option.to_string(),
        nearest: nearest.map(String::from),
    };
    let value = |option: &str, wanted: &[&'static str]| Wrong::Value {
        option: option.to_string(),
        wanted: wanted.to_vec(),
    };
    assert_eq!(
        faults,
        [
            (2, &unknown("langauge", Some("language"))),
            (3, &value("language", &["auto", "de", "en", "nl"])),
            (4, &value("library", &["\"…\""])),
            (6, &unknown("reader.frobnicate", None)),
        ]
    );
    assert_eq!(loaded.config.language, None);
}

#[test]
fn lists_of_ones_own_come_in_the_order_of_the_file() {
    let loaded = Loaded::of("[lists]\n'Öl & Gas' = 'öl OR gas lang:de'\nBahn = '#bahn'\n");
    assert_eq!(loaded.faults, []);
    let lists = loaded.config.reader.lists.iter();
    let lists: Vec<(&str, &str)> = lists
        .map(|list| (list.name.as_str(), list.query.as_str()))
        .collect();
    assert_eq!(lists, [("Öl & Gas", "öl OR gas lang:de"), ("Bahn", "#bahn")]);
    let faults = Loaded::of("[lists]\nBahn = 1\n").faults;
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
}

#[test]
fn feeds_are_fetched_as_the_file_says() {
    let loaded = Loaded::of(
        "[feeds]\ninterval = 30\ndrop = ['Horoskop', 'title: Lotto @ bote']\nkeep_days = 90\ncontact = 'https://ich.example'",
    );
    assert_eq!(loaded.faults, []);
    let feeds = loaded.config.feeds;
    assert_eq!(
        (
            feeds.manners.interval.as_secs(),
            feeds.rules.drop.len(),
            feeds.rules.days
        ),
        (1800, 2, Some(90))
    );
    assert_eq!(feeds.contact, "https://ich.example");
    let faults =
        Loaded::of("[feeds]\ninterval = 1\nat_once = 'x'\ndrop = [1]\nkeep = [' ']\ncontact = 'a b'").faults;
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6]);
}

#[test]
fn broken_toml_is_named() {
    let loaded = Loaded::of("library = \"/a\"\nlanguage = \n");
    assert!(
        matches!(
            loaded.faults.as_slice(),
            [
                Fault {
                    line: 2,
                    wrong: Wrong::Syntax(_)
                },
                ..
            ]
        ),
        "{:?}",
        loaded.faults
    );
    assert_eq!(loaded.config.library, Some(PathBuf::from("/a")));
}

#[test]
fn colours_are_laid_over_themes_and_their_faults_have_their_line() {
    let loaded = Loaded::of(
        "[theme]\nagree = 'green bold'\nconflcit = 'red'\nscale = 'reddish'\nlit = 5\n[theme.light]\nagree = 'blue'\n[theme.pale]\nagree = 'blue'\n",
    );
    let said: Vec<(usize, String)> = loaded
        .faults
        .iter()
        .map(|fault| (fault.line, fault.hint(&Locale::new(Language::English))))
        .collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[0], (3, "did you mean `theme.conflict`?".to_string()));
    assert_eq!((said[1].0, said[2].0, said[3].0), (4, 5, 9));
    let shades = &loaded.config.reader.shades;
    let drawn = |name: &str| {
        let theme = Theme::named(name).expect("a theme").shaded(name, shades);
        theme.style(Role::Agree).fg
    };
    assert_eq!(
        (drawn("dark"), drawn("light")),
        (Some(Color::Green), Some(Color::Blue))
    );
}

#[test]
fn every_meaning_of_a_colour_is_in_the_example() {
    for role in Role::ALL {
        let named = EXAMPLE.split([' ', '\n', '.']).any(|word| word == role.name());
        assert!(named, "{}", role.name());
    }
}
