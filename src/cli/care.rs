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
use crate::library::{Entry, Library};

/// Writes out articles with what the reader added to them.
pub(super) fn export(asked: &Export, desk: &mut Desk) -> Result<Outcome> {
    let library = desk.library()?;
    let query = asked.query.join(" ");
    let mut count = 0;
    let folder = asked.out.as_deref();
    if let Some(folder) = folder {
        fs::create_dir_all(folder).with_context(|| cannot_write(folder, desk))?;
    }
    match (asked.format, folder) {
        (Format::Jsonl, Some(folder)) => {
            let path = folder.join("articles.jsonl");
            let mut file =
                std::io::BufWriter::new(fs::File::create(&path).with_context(|| cannot_write(&path, desk))?);
            read::each_entry(&library, &query, |entry| {
                count += 1;
                let line =
                    serde_json::to_string(&export::Record::new(&whole(&library, &entry)?, &entry.state))?;
                writeln!(file, "{line}").with_context(|| cannot_write(&path, desk))
            })?;
            file.flush().with_context(|| cannot_write(&path, desk))?;
        }
        (Format::Jsonl, None) => read::each_entry(&library, &query, |entry| {
            let article = whole(&library, &entry)?;
            Ok(desk.console.json(&export::Record::new(&article, &entry.state))?)
        })?,
        (Format::Markdown, folder) => read::each_entry(&library, &query, |entry| {
            let page = export::markdown(&whole(&library, &entry)?);
            count += 1;
            let Some(folder) = folder else {
                return Ok(desk.console.line(page)?);
            };
            let path = folder.join(export::file_name(&entry.headline) + ".md");
            fs::write(&path, page).with_context(|| cannot_write(&path, desk))
        })?,
    }
    if let Some(folder) = folder {
        let summary = desk.console.locale.fill(
            "cli.exported",
            &[("count", &count), ("folder", &folder.display())],
        );
        desk.console.line(summary)?;
    }
    Ok(Outcome::Done)
}

fn whole(library: &Library, entry: &Entry) -> Result<crate::article::Article> {
    let article = library.article(&entry.headline.id)?;
    article.with_context(|| format!("{} is gone", entry.headline.id))
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

/// Verifies the library and tells the state of everything around it, without a word of any article.
pub(super) fn check(desk: &mut Desk) -> Result<Outcome> {
    let folder = desk.library_folder()?;
    let report = desk.library()?.check()?;
    let version = env!("CARGO_PKG_VERSION");
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let (database, index) = (report.database_bytes / 1024, report.index_bytes / 1024);
    let lines = [
        (
            "cli.check.program",
            format!("beide {version}, {system} {machine}"),
        ),
        ("cli.check.config", desk.config_file.display().to_string()),
        ("cli.check.library", folder.display().to_string()),
        ("cli.check.schema", report.schema.to_string()),
        ("cli.check.articles", report.articles.to_string()),
        ("cli.check.database", format!("{database} KiB")),
        ("cli.check.index", format!("{index} KiB")),
        ("cli.check.not_indexed", report.not_yet_indexed.to_string()),
    ];
    for (key, value) in lines {
        let label = desk.console.locale.text(key);
        desk.console.line(format_args!("{label}: {value}"))?;
    }
    let hint = desk.console.locale.text("cli.check.fault.hint");
    for fault in &report.faults {
        desk.console.complain(&Complaint {
            text: fault.clone(),
            hint: hint.to_string(),
        });
    }
    if let Some(fault) = &report.index_fault {
        let hint = desk.console.locale.text("cli.check.index.hint").to_string();
        desk.console.complain(&Complaint {
            text: fault.clone(),
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
