//! Looking after the library and the configuration: export, backup, check, reindex, config.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};

use super::args::{About, Backup, Export, Format};
use super::console::Complaint;
use super::{Desk, Outcome, add, read};
use crate::config::Loaded;
use crate::export;
use crate::log;

/// Writes out articles with what the reader added to them; of a damaged library, what can still be read.
pub(super) fn export(asked: &Export, desk: &mut Desk) -> Result<Outcome> {
    let query = asked.query.join(" ");
    let library = read::library_for(&query, desk)?;
    let folder = asked.out.as_deref();
    if let Some(folder) = folder {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder, desk))?;
    }
    let mut count = 0;
    let lost = match (asked.format, folder) {
        (Format::Jsonl, Some(folder)) => {
            let path = folder.join("articles.jsonl");
            let mut file =
                std::io::BufWriter::new(fs::File::create(&path).with_context(|| cannot_write(&path, desk))?);
            let lost = read::each_whole(&library, &query, |article, state| {
                count += 1;
                let line = serde_json::to_string(&export::Record::new(&article, &state))?;
                writeln!(file, "{line}").with_context(|| cannot_write(&path, desk))
            })?;
            file.flush().with_context(|| cannot_write(&path, desk))?;
            lost
        }
        (Format::Jsonl, None) => read::each_whole(&library, &query, |article, state| {
            Ok(desk.console.json(&export::Record::new(&article, &state))?)
        })?,
        (Format::Markdown, folder) => read::each_whole(&library, &query, |article, _| {
            let page = export::markdown(&article);
            count += 1;
            let Some(folder) = folder else {
                return Ok(desk.console.line(page)?);
            };
            let path = folder.join(export::file_name(&article.headline) + ".md");
            fs::write(&path, page).with_context(|| cannot_write(&path, desk))
        })?,
        (Format::Html, folder) => {
            if folder.is_none() {
                desk.console.write(export::page_head("beide").as_bytes())?;
            }
            read::each_whole(&library, &query, |article, _| {
                let page = export::article_html(&article);
                count += 1;
                let Some(folder) = folder else {
                    return Ok(desk.console.write(page.as_bytes())?);
                };
                let path = folder.join(export::file_name(&article.headline) + ".html");
                let page = export::page_head(&article.headline.title) + &page;
                fs::write(&path, page).with_context(|| cannot_write(&path, desk))
            })?
        }
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
    let lists: Vec<_> = report
        .spelling
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let locale = &desk.console.locale;
    let spelling = match lists.as_slice() {
        [] => locale.text("cli.check.no_spelling").to_string(),
        lists => lists.join(", "),
    };
    let kib = |bytes: u64| format!("{} KiB", bytes / 1024);
    let (documents, parts) = report.indexed;
    let index = locale.fill(
        "cli.check.indexed.value",
        &[
            ("bytes", &kib(report.index_bytes)),
            ("count", &documents),
            ("parts", &parts),
        ],
    );
    let (feeds, failed) = report.feeds;
    let feeds = locale.fill("cli.check.feeds.value", &[("count", &feeds), ("failed", &failed)]);
    let lines = [
        ("cli.check.program", program()),
        ("cli.check.engines", report.engines.clone()),
        ("cli.check.terminal", terminal()),
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
        ("cli.check.log", log::count(&folder).to_string()),
    ];
    for (key, value) in lines {
        let label = desk.console.locale.text(key);
        desk.console.line(format_args!("{label}: {value}"))?;
    }
    for line in known(desk)? {
        desk.console.line(line)?;
    }
    let hint = desk.console.locale.text("cli.check.fault.hint");
    for fault in &report.faults {
        desk.console.complain(&Complaint {
            text: without_folders(fault, &folder),
            hint: hint.to_string(),
        });
    }
    if let Some(fault) = &report.index_fault {
        let hint = desk.console.locale.text("cli.check.index.hint").to_string();
        desk.console.complain(&Complaint {
            text: without_folders(fault, &folder),
            hint,
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

/// The program and the machine it runs on.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "beide {version}, {} {}",
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// What the terminal says of itself.
fn terminal() -> String {
    let mut said: Vec<String> = ["TERM", "COLORTERM", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)))
        .collect();
    if let Ok((columns, rows)) = crossterm::terminal::size() {
        said.push(format!("{columns}×{rows}"));
    }
    said.join(", ")
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
