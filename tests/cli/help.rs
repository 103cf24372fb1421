//! The help and the README: what they name exists, and their examples run as they are printed.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::support::Place;

/// The commands of a help page, and the lines of its examples.
fn told(help: &str) -> (Vec<&str>, Vec<&str>) {
    let below = |head: &'static str| {
        let from = help.lines().skip_while(move |line| *line != head).skip(1);
        from.take_while(|line| line.starts_with("  ")).map(str::trim)
    };
    let commands = below("Commands:").filter_map(|line| line.split(' ').next());
    (commands.collect(), below("Examples:").collect())
}

#[test]
#[cfg(unix)]
fn every_example_of_the_help_runs_as_it_is_printed() {
    let place = Place::new();
    let article = |id: &str, text: &str| format!("{{\"id\":\"{id}\",\"lang\":\"nl\",\"text\":\"{text}\"}}\n");
    place.file(
        "articles.jsonl",
        article("dagkoers-1", "Er kwam 380 miljard yuan bij."),
    );
    for name in ["article.txt", "one.txt", "other.txt", "inbox/note.txt"] {
        place.file(name, format!("De kop van {name}\nEr kwamen 4.800 mensen."));
    }
    place.file(
        "list.opml",
        "<opml><body><outline xmlUrl=\"http://127.0.0.1:9/feed\"/></body></opml>",
    );
    fs::create_dir_all(place.path(".local/share/bash-completion/completions")).expect("a folder");
    place.file("eurofxref-hist.csv", "Date,USD,CNY\n2025-02-24,1.05,7.61\n");
    place.run(&["import", "articles.jsonl"]).check(0, &[], &[]);
    let mut pages = vec![String::new()];
    let mut ran = 0;
    while let Some(page) = pages.pop() {
        let mut words: Vec<&str> = page.split_whitespace().collect();
        words.push("--help");
        let help = place.run(&words);
        let (commands, examples) = told(&help.out);
        pages.extend(
            commands
                .iter()
                .filter(|name| **name != "help")
                .map(|name| format!("{page} {name}")),
        );
        for line in examples {
            ran += 1;
            runs(&place, line);
        }
    }
    assert!(ran > 30, "only {ran} examples were found");
}

/// Checks that a shell runs a line without complaint; what needs the network must at least be rightly asked.
#[cfg(unix)]
fn runs(place: &Place, line: &str) {
    if line == "beide feeds remove inbox" {
        place.run(&["feeds", "add", "inbox"]);
    }
    let program = Path::new(env!("CARGO_BIN_EXE_beide"));
    let path = format!("{}:/usr/bin:/bin", program.parent().expect("a folder").display());
    let mut shell = Command::new("sh");
    let template = place.command(&[]);
    shell.args(["-c", line]).current_dir(place.dir.path()).env_clear();
    shell.envs(
        template
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    shell.env("PATH", path).env("HTTPS_PROXY", "http://127.0.0.1:9");
    let output = shell.stdin(Stdio::null()).output().expect("a shell");
    let status = output.status.code().unwrap_or(-1);
    let said = String::from_utf8_lossy(&output.stderr);
    let far = line.contains("https://") || line == "beide sync" || line == "beide sync --json";
    assert!(
        status == 0 || (far && status == 1),
        "`{line}` ends with {status}: {said}"
    );
    let _ = fs::remove_file(place.path("beide.sqlite"));
}

#[test]
fn the_help_speaks_the_language_of_the_environment() {
    let place = Place::new();
    let help = |language: &str, words: &[&str]| {
        let mut command = place.command(words);
        let output = command
            .env("LC_ALL", language)
            .output()
            .expect("the program starts");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (status, out, _) = help("de_DE.UTF-8", &["sync", "--help"]);
    assert_eq!(status, Some(0));
    assert!(
        out.contains("Holt die Feeds") && out.contains("Aufruf:") && out.contains("Beispiele:"),
        "{out}"
    );
    let (status, out, err) = help("nl_NL.UTF-8", &["sync", "--nooit"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("onbekend argument '--nooit'"), "{err}");
}

#[test]
fn every_command_named_in_the_readme_exists() {
    let place = Place::new();
    let page = include_str!("../../README.md");
    let mut lines: Vec<&str> = Vec::new();
    for (place, part) in page.split("```").enumerate() {
        if place % 2 == 1 {
            lines.extend(part.lines());
        } else {
            lines.extend(part.split('`').skip(1).step_by(2));
        }
    }
    let plain = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
    let called = lines.iter().filter_map(|line| line.strip_prefix("beide "));
    let named: Vec<Vec<&str>> = called
        .map(|line| line.split(' ').take_while(plain).take(2).collect())
        .filter(|words: &Vec<&str>| !words.is_empty())
        .collect();
    assert!(named.len() > 15, "only {named:?}");
    let pages = |words: &[&str]| place.run(&[words, &["--help"]].concat()).out;
    let whole = pages(&[]);
    let (commands, _) = told(&whole);
    for words in &named {
        assert!(commands.contains(&words[0]), "`beide {}` is named", words[0]);
        let below = pages(&words[..1]);
        if let (Some(sub), true) = (words.get(1), below.contains("Commands:")) {
            assert!(
                told(&below).0.contains(sub),
                "`beide {} {sub}` is named",
                words[0]
            );
        }
    }
}
