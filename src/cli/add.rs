//! Adding and importing articles.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{Add, Import};
use super::console::Complaint;
use super::{Desk, Outcome, sync};
use crate::article::Article;
use crate::intake::{self, Broken, Given, Intake, MAX_FILE, MAX_TEXT, NoArticle, Notice, Reason, Refusal};
use crate::library::{Added, Library};
use crate::sync::take_over;

/// How many articles go to the library at once, and how many bytes of text at most.
const BATCH: (usize, usize) = (1000, 8 << 20);

/// What became of the articles of one command.
#[derive(Default)]
pub(super) struct Tally {
    new: usize,
    unchanged: usize,
    revised: usize,
    refused: usize,
}

/// Adds web pages, files, folders and standard input.
pub(super) fn add(asked: &Add, desk: &mut Desk) -> Result<Outcome> {
    let mut tally = Tally::default();
    let mut files = Vec::new();
    for path in &asked.paths {
        match articles_at(path) {
            Ok(found) => files.extend(found),
            Err((path, refusal)) => tally.refuse(&path, &refusal, desk),
        }
    }
    if asked.given.is_for_one() && files.len() > 1 {
        let complaint = desk.console.complaint(
            "cli.add.one_title",
            "cli.add.one_title.hint",
            &[("files", &files.len())],
        );
        return Err(complaint.into());
    }
    let given = asked.given.given();
    let mut library = None;
    let mut client = None;
    for files in files.chunks(BATCH.0) {
        let mut articles = Vec::new();
        for file in files {
            let added = match address(file) {
                Some(url) => sync::page(client.get_or_insert_with(|| desk.client()), url, &given, desk),
                None => match read(file, &given) {
                    Ok(intake) => {
                        notice(file, &intake.notices, desk);
                        Ok(intake.article)
                    }
                    Err((path, refused)) => Err(refusal(&path, &refused, desk)),
                },
            };
            match added {
                Ok(article) => articles.push(article),
                Err(complaint) => {
                    tally.refused += 1;
                    desk.console.complain(&complaint);
                }
            }
        }
        if !articles.is_empty() {
            let library = match &mut library {
                Some(library) => library,
                none => none.insert(desk.library()?),
            };
            add_all(library, &articles, &mut tally, desk)?;
        }
    }
    finish(library, &tally, desk)
}

/// Adds articles, and says of each what became of it.
fn add_all(library: &mut Library, articles: &[Article], tally: &mut Tally, desk: &mut Desk) -> Result<()> {
    for (article, added) in articles.iter().zip(library.add(articles)?) {
        tally.count(added);
        let (word, headline) = (word(added, desk), &article.headline);
        desk.console
            .line(format_args!("{word}  {}  {}", headline.id, headline.title))?;
    }
    Ok(())
}

/// The files that a path names; standard input is one.
fn articles_at(path: &Path) -> Result<Vec<PathBuf>, intake::Refused> {
    if is_standard_input(path) || address(path).is_some() {
        Ok(vec![path.to_path_buf()])
    } else {
        intake::articles_in(path)
    }
}

/// The web address that a path is, if it is one.
fn address(path: &Path) -> Option<&str> {
    let is_address = |path: &&str| path.starts_with("http://") || path.starts_with("https://");
    path.to_str().filter(is_address)
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads one file, or standard input.
pub(super) fn read(path: &Path, given: &Given) -> Result<Intake, intake::Refused> {
    if is_standard_input(path) {
        let read =
            intake::bounded(io::stdin().lock()).and_then(|bytes| intake::read_bytes(&bytes, None, given));
        return read.map_err(|refusal| (path.to_path_buf(), refusal));
    }
    intake::read_file(path, given)
}

/// The text of a file, or of standard input, as it stands there, and its encoding where that is not plain UTF-8.
pub(super) fn text_of(path: &Path) -> Result<(String, Option<&'static str>), Refusal> {
    let bytes = if is_standard_input(path) {
        intake::bounded(io::stdin().lock())
    } else {
        intake::bytes_of(path)
    };
    intake::text_of(&bytes?)
}

/// Says what was not as expected about a file that came in all the same.
pub(super) fn notice(file: &Path, notices: &[Notice], desk: &mut Desk) {
    let shown = file.display();
    for notice in notices {
        let complaint = match notice {
            Notice::Decoded(encoding) => {
                desk.console
                    .complaint("intake.decoded", "", &[("file", &shown), ("encoding", encoding)])
            }
            Notice::Cut => desk.console.complaint(
                "intake.cut",
                "",
                &[("file", &shown), ("most", &(MAX_TEXT / 1_000_000))],
            ),
        };
        desk.console.complain(&complaint);
    }
}

/// Why a file is no article, and what to do about it.
pub(super) fn refusal(path: &Path, refusal: &Refusal, desk: &Desk) -> Complaint {
    let shown = path.display();
    let most = MAX_FILE >> 20;
    let (text, hint) = match refusal {
        Refusal::Missing => ("intake.missing", "intake.missing.hint"),
        Refusal::Unreadable(_) => ("intake.unreadable", "intake.unreadable.hint"),
        Refusal::Empty => ("intake.empty", "intake.empty.hint"),
        Refusal::Binary => ("intake.binary", "intake.binary.hint"),
        Refusal::TooLarge => ("intake.too_large", "intake.too_large.hint"),
        Refusal::NoArticles => ("intake.no_articles", "intake.no_articles.hint"),
        Refusal::IsLines => ("intake.is_lines", "intake.is_lines.hint"),
        Refusal::Page(NoArticle::Consent) => ("intake.page.consent", "intake.page.hint"),
        Refusal::Page(NoArticle::Paywall) => ("intake.page.paywall", "intake.page.hint"),
        Refusal::Page(NoArticle::Missing) => ("intake.page.missing", "intake.page.hint"),
        Refusal::Page(NoArticle::Blocked) => ("intake.page.blocked", "intake.page.hint"),
        Refusal::Page(NoArticle::Nothing) => ("intake.page.nothing", "intake.page.hint"),
    };
    let why = match refusal {
        Refusal::Unreadable(error) => error.to_string(),
        _ => String::new(),
    };
    desk.console
        .complaint(text, hint, &[("file", &shown), ("why", &why), ("most", &most)])
}

/// Imports JSON Lines, a batch of articles at a time.
pub(super) fn import(asked: &Import, desk: &mut Desk) -> Result<Outcome> {
    let given = asked.given.given();
    if is_standard_input(&asked.file) {
        let reader = BufReader::with_capacity(1 << 20, io::stdin());
        return import_from(reader, None, &asked.file, given, desk);
    }
    let opened = File::open(&asked.file).and_then(|file| Ok((file.metadata()?, file)));
    let refused = match opened {
        Ok((kind, _)) if kind.is_dir() => Refusal::Unreadable(io::ErrorKind::IsADirectory.into()),
        Ok((kind, file)) => {
            let reader = BufReader::with_capacity(1 << 20, file);
            return import_from(reader, Some(kind.len()), &asked.file, given, desk);
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Refusal::Missing,
        Err(error) => Refusal::Unreadable(error),
    };
    Err(refusal(&asked.file, &refused, desk).into())
}

fn import_from(
    reader: impl BufRead + Send,
    bytes: Option<u64>,
    file: &Path,
    given: Given,
    desk: &mut Desk,
) -> Result<Outcome> {
    let mut library = desk.library()?;
    let mut tally = Tally::default();
    let progress = progress(bytes);
    let lines = intake::Lines::new(reader, given);
    let stopped = batches(lines, file, (&mut library, &mut tally), &progress, desk).err();
    progress.finish_and_clear();
    let Some(error) = stopped else {
        return finish(Some(library), &tally, desk);
    };
    // What came in before the trouble is kept, and that must be known.
    let summary = tally.summary(desk);
    desk.console.line(summary)?;
    Err(error)
}

/// Lines that were read together.
struct Bundle {
    lines: Vec<Result<Intake, Broken>>,
    /// How far the file has been read.
    bytes: u64,
}

/// Reads articles on a thread of its own and gives them to the library batch by batch; each is counted once it is saved.
fn batches(
    lines: intake::Lines<impl BufRead + Send>,
    file: &Path,
    (library, tally): (&mut Library, &mut Tally),
    progress: &ProgressBar,
    desk: &mut Desk,
) -> Result<()> {
    thread::scope(|scope| {
        let (sender, bundles) = mpsc::sync_channel(1);
        scope.spawn(move || bundle(lines, &sender));
        for bundle in bundles {
            let mut batch = Vec::with_capacity(bundle.lines.len());
            for line in bundle.lines {
                match line {
                    Ok(intake) => {
                        notice_line(file, &intake, desk, progress);
                        batch.push((intake.article, intake.state));
                    }
                    Err(broken) => {
                        tally.refused += 1;
                        let complaint = broken_line(file, &broken, desk);
                        progress.suspend(|| desk.console.complain(&complaint));
                    }
                }
            }
            for added in take_over(library, batch)? {
                tally.count(added);
            }
            progress.set_position(bundle.bytes);
            progress.set_message(tally.saved(desk));
        }
        Ok(())
    })
}

/// Sends on what is read, until the end or until nobody takes it any more.
fn bundle(mut lines: intake::Lines<impl BufRead>, sender: &mpsc::SyncSender<Bundle>) {
    let mut bundle = Vec::new();
    let mut held = 0;
    loop {
        let line = lines.next();
        let ended = line.is_none();
        held += match &line {
            Some(Ok(intake)) => intake.article.text.len(),
            _ => 0,
        };
        bundle.extend(line);
        if ended || bundle.len() >= BATCH.0 || held >= BATCH.1 {
            held = 0;
            let next = Bundle {
                lines: std::mem::take(&mut bundle),
                bytes: lines.bytes(),
            };
            if sender.send(next).is_err() || ended {
                return;
            }
        }
    }
}

/// A bar on standard error while it is a terminal; nothing elsewhere.
pub(super) fn progress(total: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = total.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
    let template = match total {
        Some(_) => "{wide_bar} {percent} %  {eta}  {msg}",
        None => "{spinner} {msg}",
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn notice_line(file: &Path, intake: &Intake, desk: &mut Desk, progress: &ProgressBar) {
    if !intake.notices.is_empty() {
        let place = PathBuf::from(format!("{} ({})", file.display(), intake.article.headline.id));
        progress.suspend(|| notice(&place, &intake.notices, desk));
    }
}

/// Why a line of JSON Lines is no article.
pub(super) fn broken_line(file: &Path, broken: &Broken, desk: &Desk) -> Complaint {
    let why = match &broken.reason {
        Reason::Json(said) => said.clone(),
        Reason::NoObject => desk.console.locale.text("intake.line.no_object").to_string(),
        Reason::NoText => desk.console.locale.text("intake.line.no_text").to_string(),
        Reason::TooLong => desk.console.locale.text("intake.line.too_long").to_string(),
        Reason::NotUtf8 => desk.console.locale.text("intake.line.not_utf8").to_string(),
        Reason::Unreadable(error) => error.to_string(),
        Reason::Field(field, value) => desk
            .console
            .locale
            .fill("intake.line.field", &[("field", field), ("value", value)]),
    };
    let shown = file.display();
    desk.console.complaint(
        "intake.line",
        "intake.line.hint",
        &[("file", &shown), ("line", &broken.line), ("why", &why)],
    )
}

/// Says what became of it all, which is saved by now, and makes it searchable.
pub(super) fn finish(library: Option<Library>, tally: &Tally, desk: &mut Desk) -> Result<Outcome> {
    let summary = tally.summary(desk);
    desk.console.line(summary)?;
    desk.console.flush()?;
    if let Some(mut library) = library {
        library.catch_up()?;
    }
    Ok(if tally.refused == 0 {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

fn word(added: Added, desk: &Desk) -> &'static str {
    desk.console.locale.text(match added {
        Added::New => "cli.added.word.new",
        Added::Unchanged => "cli.added.word.unchanged",
        Added::Revised => "cli.added.word.revised",
    })
}

impl Tally {
    pub(super) const fn count(&mut self, added: Added) {
        match added {
            Added::New => self.new += 1,
            Added::Unchanged => self.unchanged += 1,
            Added::Revised => self.revised += 1,
        }
    }

    /// How many articles of the command are in the library.
    pub(super) fn saved(&self, desk: &Desk) -> String {
        let count = self.new + self.unchanged + self.revised;
        desk.console
            .locale
            .fill("cli.progress.saved", &[("count", &count)])
    }

    fn summary(&self, desk: &Desk) -> String {
        let locale = &desk.console.locale;
        let mut parts = vec![locale.fill("cli.added.new", &[("count", &self.new)])];
        for (key, count) in [
            ("cli.added.unchanged", self.unchanged),
            ("cli.added.revised", self.revised),
            ("cli.added.refused", self.refused),
        ] {
            if count > 0 {
                parts.push(locale.fill(key, &[("count", &count)]));
            }
        }
        parts.join(", ")
    }

    fn refuse(&mut self, path: &Path, reason: &Refusal, desk: &mut Desk) {
        self.refused += 1;
        let complaint = refusal(path, reason, desk);
        desk.console.complain(&complaint);
    }
}
