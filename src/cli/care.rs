//! Looking after the library and the configuration: export, backup, check, reindex, config.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::args::{About, Backup, Export, Format};
use super::console::Complaint;
use super::{Desk, Outcome, add, read, terminal};
use crate::article::Article;
use crate::config::Loaded;
use crate::export;
use crate::library::Subscription;
use crate::library::{Library, Report};
use crate::log;

/// Writes out articles with what the reader added to them; of a damaged library, what can still be read.
pub(super) fn export(asked: &Export, desk: &mut Desk) -> Result<Outcome> {
    let query = asked.query.join(" ");
    let library = read::library_for(&query, desk)?;
    let folder = asked.out.as_deref();
    if let Some(folder) = folder {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder, desk))?;
    }
    let (lost, count) = match asked.format {
        Format::Jsonl => export_lines(&library, &query, folder, desk)?,
        Format::Markdown => export_pages(&library, &query, folder, desk, MARKDOWN)?,
        Format::Html => export_pages(&library, &query, folder, desk, HTML)?,
    };
    if let Some(folder) = folder {
        let summary = desk.console.locale.fill(
            "cli.exported",
            &[("count", &count), ("folder", &folder.display())],
        );
        desk.console.line(summary)?;
    }
    if lost == 0 {
        return Ok(Outcome::Done);
    }
    let complaint = desk
        .console
        .complaint("cli.export.lost", "cli.export.lost.hint", &[("count", &lost)]);
    desk.console.complain(&complaint);
    Ok(Outcome::Failed)
}

/// Writes each article as a line; gives how many were lost and how many written.
fn export_lines(
    library: &Library,
    query: &str,
    folder: Option<&Path>,
    desk: &mut Desk,
) -> Result<(usize, usize)> {
    let mut count = 0;
    let Some(folder) = folder else {
        let lost = read::each_whole(library, query, |article, state| {
            count += 1;
            Ok(desk.console.json(&export::Record::new(&article, &state))?)
        })?;
        return Ok((lost, count));
    };
    let path = folder.join("articles.jsonl");
    let mut file = BufWriter::new(fs::File::create(&path).with_context(|| cannot_write(&path, desk))?);
    let lost = read::each_whole(library, query, |article, state| {
        count += 1;
        let line = serde_json::to_string(&export::Record::new(&article, &state))?;
        writeln!(file, "{line}").with_context(|| cannot_write(&path, desk))
    })?;
    file.flush().with_context(|| cannot_write(&path, desk))?;
    Ok((lost, count))
}

/// A form in which each article is a page.
struct Form {
    ending: &'static str,
    /// What stands before an article in a file of its own, and once before all that go to standard output.
    head: fn(&str) -> String,
    page: fn(&Article) -> String,
}

const MARKDOWN: Form = Form {
    ending: "md",
    head: |_| String::new(),
    page: export::markdown,
};

const HTML: Form = Form {
    ending: "html",
    head: export::page_head,
    page: export::article_html,
};

/// Writes each article as a page; gives how many were lost and how many written.
fn export_pages(
    library: &Library,
    query: &str,
    folder: Option<&Path>,
    desk: &mut Desk,
    form: Form,
) -> Result<(usize, usize)> {
    let Form { ending, head, page } = form;
    let mut count = 0;
    if folder.is_none() {
        desk.console.write(head("beide").as_bytes())?;
    }
    let lost = read::each_whole(library, query, |article, _| {
        count += 1;
        let page = page(&article);
        let Some(folder) = folder else {
            return Ok(desk.console.line(page)?);
        };
        let path = folder.join(format!("{}.{ending}", export::file_name(&article.headline)));
        fs::write(&path, head(&article.headline.title) + &page).with_context(|| cannot_write(&path, desk))
    })?;
    Ok((lost, count))
}

fn cannot_write(path: &Path, desk: &Desk) -> String {
    desk.console
        .locale
        .fill("cli.cannot_write", &[("file", &path.display())])
}

/// Copies the library to a file.
pub(super) fn backup(asked: &Backup, desk: &mut Desk) -> Result<Outcome> {
    let library = desk.library()?;
    if asked.file.exists() {
        let file = asked.file.display();
        return Err(desk
            .console
            .complaint("cli.exists", "cli.exists.hint", &[("file", &file)])
            .into());
    }
    library
        .backup(&asked.file)
        .with_context(|| cannot_write(&asked.file, desk))?;
    let summary = desk
        .console
        .locale
        .fill("cli.backed_up", &[("file", &asked.file.display())]);
    desk.console.line(summary)?;
    Ok(Outcome::Done)
}

/// Verifies the library and tells the state of everything around it, fit for a report of a fault: without a word of
/// any article, the address of a feed or the name of a folder.
pub(super) fn check(desk: &mut Desk) -> Result<Outcome> {
    let folder = desk.library_folder()?;
    let report = desk.library()?.check()?;
    for (key, value) in facts(&report, &folder, desk)? {
        let label = desk.console.locale.text(key);
        desk.console.line(format_args!("{label}: {value}"))?;
    }
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    for (key, value) in terminal::abilities(&desk.console.locale, variable) {
        let label = desk.console.locale.text(key);
        desk.console.line(format_args!("{label}: {value}"))?;
    }
    for line in failing(desk)? {
        desk.console.line(line)?;
    }
    for line in known(desk)? {
        desk.console.line(line)?;
    }
    let faults = report.faults.iter().map(|fault| (fault, "cli.check.fault.hint"));
    let of_index = report
        .index_fault
        .iter()
        .map(|fault| (fault, "cli.check.index.hint"));
    for (fault, hint) in faults.chain(of_index) {
        desk.console.complain(&Complaint {
            text: without_folders(fault, &folder),
            hint: desk.console.locale.text(hint).to_string(),
        });
    }
    let sound = report.faults.is_empty() && report.index_fault.is_none();
    let verdict = desk.console.locale.text(if sound {
        "cli.check.sound"
    } else {
        "cli.check.unsound"
    });
    desk.console.line(verdict)?;
    Ok(if sound { Outcome::Done } else { Outcome::Failed })
}

/// The state of the program, its surroundings and the library, by the keys of their names.
fn facts(report: &Report, folder: &Path, desk: &Desk) -> Result<[(&'static str, String); 16]> {
    let locale = &desk.console.locale;
    let lists = report.spelling.iter().map(|path| path.display().to_string());
    let lists: Vec<String> = lists.collect();
    let spelling = match lists.as_slice() {
        [] => locale.text("cli.check.no_spelling").to_string(),
        lists => lists.join(", "),
    };
    let kib = |bytes: u64| format!("{} KiB", bytes / 1024);
    let (documents, parts) = report.indexed;
    let bytes = kib(report.index_bytes);
    let index = locale.fill(
        "cli.check.indexed.value",
        &[("bytes", &bytes), ("count", &documents), ("parts", &parts)],
    );
    let (feeds, failed) = report.feeds;
    let feeds = locale.fill("cli.check.feeds.value", &[("count", &feeds), ("failed", &failed)]);
    Ok([
        ("cli.check.program", program()),
        ("cli.check.engines", report.engines.clone()),
        ("cli.check.terminal", terminal_named()),
        ("cli.check.interface", locale.language().code().to_string()),
        ("cli.check.config", configured(desk)?),
        ("cli.check.library", library_place(desk)),
        ("cli.check.schema", report.schema.to_string()),
        ("cli.check.articles", report.articles.to_string()),
        ("cli.check.stories", report.stories.to_string()),
        ("cli.check.unsettled", report.unsettled.to_string()),
        ("cli.check.feeds", feeds),
        ("cli.check.database", kib(report.database_bytes)),
        ("cli.check.index", index),
        ("cli.check.not_indexed", report.not_yet_indexed.to_string()),
        ("cli.check.spelling", spelling),
        ("cli.check.log", log::count(folder).to_string()),
    ])
}

/// The program and the machine it runs on.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "beide {version}, {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// What the terminal is called.
fn terminal_named() -> String {
    let mut said: Vec<String> = ["TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)))
        .collect();
    if let Ok((columns, rows)) = crossterm::terminal::size() {
        said.push(format!("{columns}×{rows}"));
    }
    said.join(", ")
}

/// The feeds in trouble, a line each, without their names: what it is, how often in a row, and when they were asked last.
fn failing(desk: &mut Desk) -> Result<Vec<String>> {
    let feeds = desk.library()?.subscriptions()?;
    let locale = &desk.console.locale;
    let line = |feed: &Subscription| {
        let trouble = feed.state.trouble.as_ref()?.to_line();
        let kind = trouble
            .split_once('\t')
            .map_or(trouble.as_str(), |(kind, _)| kind);
        let detail = trouble.strip_prefix("status\t").unwrap_or_default();
        let what = format!("{kind} {detail}");
        let asked = feed.state.fetched.map_or_else(String::new, super::feeds::shown);
        let said: [(&str, &dyn std::fmt::Display); 3] = [
            ("what", &what.trim()),
            ("times", &feed.state.failures),
            ("when", &asked),
        ];
        Some(locale.fill("cli.check.failing", &said))
    };
    Ok(feeds.iter().filter_map(line).collect())
}

/// How much of the configuration is the reader's own.
fn configured(desk: &Desk) -> Result<String> {
    let locale = &desk.console.locale;
    if !desk.config_file.exists() {
        return Ok(locale.text("cli.check.config.none").to_string());
    }
    let loaded = Loaded::read(&desk.config_file)?;
    let own = loaded.options.iter().filter(|(_, _, own)| *own).count();
    Ok(locale.fill("cli.check.config.own", &[("count", &own)]))
}

/// Whether the library is in its usual place, which says nothing about the reader.
fn library_place(desk: &Desk) -> String {
    let key = match desk.library {
        Some(_) => "cli.check.library.own",
        None => "cli.check.library.usual",
    };
    desk.console.locale.text(key).to_string()
}

/// A fault without the names of the reader's folders.
fn without_folders(fault: &str, library: &Path) -> String {
    let mut told = fault.replace(&library.display().to_string(), "LIBRARY");
    if let Some(home) = std::env::var("HOME").ok().filter(|home| home.len() > 1) {
        told = told.replace(&home, "~");
    }
    told
}

/// What comparisons know beside the articles, a line each: dictionaries, and rates.
fn known(desk: &Desk) -> Result<Vec<String>> {
    let sources = desk.sources()?;
    let locale = &desk.console.locale;
    let list = sources.dictionaries.list();
    let names: Vec<&str> = list.iter().map(|dictionary| dictionary.name.as_str()).collect();
    let names = if names.is_empty() {
        locale.text("cli.check.none").to_string()
    } else {
        names.join(", ")
    };
    let mut lines = vec![format!("{}: {names}", locale.text("cli.check.dictionaries"))];
    for ((first, second), [words, others]) in sources.dictionaries.sizes() {
        let label = locale.text("cli.check.words");
        lines.push(format!("{label} ({first}, {second}): {words}, {others}"));
    }
    let learned = sources.learned();
    lines.push(match learned.since {
        Some(day) => locale.fill("cli.check.learned", &[("count", &learned.pairs), ("day", &day)]),
        None => locale.text("cli.check.learned.none").to_string(),
    });
    lines.push(super::rates::told(sources.daily(), desk));
    Ok(lines)
}

/// Builds the index anew from the database.
pub(super) fn reindex(desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    let total = library.count()?.articles;
    let bar = add::progress(Some(total as u64));
    library.reindex(|done, _| bar.set_position(done as u64))?;
    bar.finish_and_clear();
    let summary = desk.console.locale.fill("cli.reindexed", &[("count", &total)]);
    desk.console.line(summary)?;
    Ok(Outcome::Done)
}

/// Tells which configuration is in force, and what is wrong with it.
pub(super) fn config(about: Option<About>, desk: &mut Desk) -> Result<Outcome> {
    let file = desk.config_file.clone();
    let loaded = Loaded::read(&file)?;
    for fault in &loaded.faults {
        let text = fault.message(&file, &desk.console.locale);
        let hint = fault.hint(&desk.console.locale);
        desk.console.complain(&Complaint { text, hint });
    }
    if matches!(about, Some(About::Show)) {
        for (option, value, own) in &loaded.options {
            let origin = if *own {
                ""
            } else {
                desk.console.locale.text("config.default")
            };
            desk.console
                .line(format!("{option} = {value}  {origin}").trim_end())?;
        }
    } else {
        let key = match (file.exists(), loaded.faults.len()) {
            (false, _) => "config.none",
            (true, 0) => "config.sound",
            (true, _) => "config.unsound",
        };
        let line = desk
            .console
            .locale
            .fill(key, &[("file", &file.display()), ("count", &loaded.faults.len())]);
        desk.console.line(line)?;
    }
    Ok(if loaded.faults.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}
