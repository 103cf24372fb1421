//! The commands that need no screen, and the way to the one that does.
//!
//! Answers go to standard output, everything else to standard error. A command ends with 0 where all was done, with 1
//! where something failed, which is then said, and with 2 where it was asked wrongly.

mod add;
mod args;
mod care;
mod compare;
mod console;
mod demo;
mod feeds;
mod figures;
mod help;
mod knowledge;
mod rates;
mod read;
mod reader;
mod suggest;
mod sync;
mod terminal;

use std::any::Any;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use anyhow::Result;
use clap::{CommandFactory, Parser};

use crate::compare::YearlyRates;
use crate::config::{self, Feeds, Loaded, ReaderConfig};
use crate::intake::{Client, Patience};
use crate::library::{Library, OpenError, Place, Trouble, spelling_folders};
use crate::locale::Locale;
use crate::log;
use args::{Args, Command};
use console::{Complaint, Console, is_closed_pipe};
use knowledge::Sources;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All was done.
    Done,
    /// Something failed and was said.
    Failed,
}

/// What every command has at hand.
struct Desk {
    console: Console,
    feeds: Feeds,
    config_file: PathBuf,
    library: Option<PathBuf>,
    reader: ReaderConfig,
    dictionaries: config::Dictionaries,
    rates: config::Rates,
}

/// Runs a command line, the program's name first, and returns what the process ends with.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    outlive_limits();
    let words: Vec<OsString> = args.into_iter().collect();
    let Ok(args) = Args::try_parse_from(&words) else {
        return ExitCode::from(help::answer(&words, environment().language()));
    };
    let mut desk = match Desk::new(&args) {
        Ok(desk) => desk,
        Err(failed) => return failed,
    };
    log::take_panics();
    let result = catch_unwind(AssertUnwindSafe(|| match args.command {
        Some(command) => perform(command, &mut desk),
        None => reader::open(&mut desk),
    }));
    let result = result.unwrap_or_else(|panic| Err(desk.mistake(panic.as_ref()).into()));
    let result = result.and_then(|outcome| Ok(desk.console.flush().map(|()| outcome)?));
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::FAILURE,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            log::write(format_args!("{error:#}"));
            let complaint = error.downcast().unwrap_or_else(|error| desk.explained(&error));
            desk.console.complain(&complaint);
            ExitCode::FAILURE
        }
    }
}

/// Lets a file that may not grow any further be an error that is explained, instead of the end of the process.
fn outlive_limits() {
    #[cfg(unix)]
    {
        // Where it cannot be done, the system ends the process as it would have done anyway.
        let reached = Arc::new(AtomicBool::new(false));
        let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, reached);
    }
}

fn perform(command: Command, desk: &mut Desk) -> Result<Outcome> {
    match command {
        Command::Demo => reader::open_demo(desk),
        Command::Add(asked) => add::add(&asked, desk),
        Command::Import(asked) => add::import(&asked, desk),
        Command::Feeds(asked) => feeds::feeds(asked, desk),
        Command::Sync(asked) => sync::sync(&asked, desk),
        Command::List(asked) => read::list(&asked, desk),
        Command::Show(asked) => read::show(&asked, desk),
        Command::Search(asked) => read::search(&asked, desk),
        Command::Stories(asked) => read::stories(&asked, desk),
        Command::Compare(asked) => compare::run(&asked, desk),
        Command::Figures(asked) => figures::run(&asked, desk),
        Command::Rates(asked) => rates::rates(&asked, desk),
        Command::Export(asked) => care::export(&asked, desk),
        Command::Backup(asked) => care::backup(&asked, desk),
        Command::Check => care::check(desk),
        Command::Reindex => care::reindex(desk),
        Command::Config(asked) => care::config(asked.about, desk),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "beide", &mut script);
            desk.console.write(&script)?;
            Ok(Outcome::Done)
        }
        Command::Man { folder } => help::manual(folder.as_deref(), desk),
    }
}

impl Desk {
    /// Reads the configuration; its faults are said, and end all but the commands that are about it.
    fn new(args: &Args) -> Result<Self, ExitCode> {
        let config_file = args
            .config
            .clone()
            .filter(|path| !path.as_os_str().is_empty())
            .unwrap_or_else(default_config);
        let loaded = match Loaded::read(&config_file) {
            Ok(loaded) => loaded,
            Err(error) => {
                let mut console = Console::new(environment());
                let file = config_file.display();
                let complaint = console.complaint("cli.unreadable", "", &[("file", &file), ("why", &error)]);
                console.complain(&complaint);
                return Err(ExitCode::FAILURE);
            }
        };
        let locale = loaded.config.language.map_or_else(environment, Locale::new);
        let mut console = Console::new(locale);
        let tolerant = args.command.as_ref().is_some_and(Command::needs_no_config);
        if !loaded.faults.is_empty() && !tolerant {
            for fault in &loaded.faults {
                let text = fault.message(&config_file, &console.locale);
                let hint = fault.hint(&console.locale);
                console.complain(&Complaint { text, hint });
            }
            return Err(ExitCode::FAILURE);
        }
        let library = args.library.clone().filter(|path| !path.as_os_str().is_empty());
        Ok(Self {
            console,
            library: library.or_else(|| loaded.config.library.clone()),
            reader: loaded.config.reader,
            dictionaries: loaded.config.dictionaries,
            rates: loaded.config.rates,
            feeds: loaded.config.feeds,
            config_file,
        })
    }

    /// Who asks sites for feeds and pages.
    fn client(&self) -> Client {
        let version = env!("CARGO_PKG_VERSION");
        let agent = match self.feeds.contact.as_str() {
            "" => format!("beide/{version}"),
            contact => format!("beide/{version} (+{contact})"),
        };
        Client::new(&agent, Patience::default())
    }

    /// The folder of the library.
    fn library_folder(&self) -> Result<PathBuf> {
        let platform = || {
            Some(
                directories::ProjectDirs::from("", "", "beide")?
                    .data_dir()
                    .to_path_buf(),
            )
        };
        let found = self.library.clone().or_else(platform);
        found.ok_or_else(|| {
            self.console
                .complaint("cli.no_home", "cli.no_home.hint", &[])
                .into()
        })
    }

    /// What comparisons may know beside the articles.
    fn sources(&self) -> Result<Sources> {
        let yearly = match &self.rates.yearly {
            Some(file) => self.yearly(file)?,
            None => YearlyRates::default(),
        };
        Ok(Sources::new(
            &self.dictionaries,
            yearly,
            self.library_folder().ok(),
        ))
    }

    /// Reads a table of yearly rates.
    fn yearly(&self, file: &Path) -> Result<YearlyRates> {
        let text = add::text_of(file).map_err(|refused| add::refusal(file, &refused, self))?;
        YearlyRates::parse(&text.0).map_err(|line| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("file", &file.display()), ("line", &line)];
            self.console
                .complaint("rates.yearly", "rates.yearly.hint", &values)
                .into()
        })
    }

    /// Opens the library, which is created where there is none.
    fn library(&self) -> Result<Library> {
        let folder = self.library_folder()?;
        log::open(&folder);
        let dictionaries = knowledge::dictionaries(&self.dictionaries, Some(&folder));
        let (learned, own) = (OnceLock::new(), folder.clone());
        let place = Place::folder(&folder)
            .with_spelling(spelling_folders())
            .with_translations(Arc::new(move |word, from, to| {
                let found = dictionaries.meanings(word, from, to);
                if found.is_empty() {
                    let learned = learned.get_or_init(|| knowledge::Learned::of(&own));
                    learned.meanings(word, from, to)
                } else {
                    found
                }
            }));
        place.open().map_err(|error| self.cannot_open(&folder, error))
    }

    /// A fault of the program's own, told as such.
    fn mistake(&self, panic: &(dyn Any + Send)) -> Complaint {
        let why = log::said(panic);
        self.console
            .complaint("cli.mistake", "cli.mistake.hint", &[("why", &why)])
    }

    /// What stopped a command, and what can be done where the disk is behind it.
    fn explained(&self, error: &anyhow::Error) -> Complaint {
        let why = format!("{error:#}");
        let (text, hint) = match Trouble::of(error) {
            Some(Trouble::Full) => ("cli.trouble.full", "cli.trouble.full.hint"),
            Some(Trouble::Disk) => ("cli.trouble.disk", "cli.trouble.disk.hint"),
            Some(Trouble::Damaged) => ("cli.trouble.damaged", "cli.trouble.damaged.hint"),
            Some(Trouble::Busy) => ("cli.trouble.busy", "cli.trouble.busy.hint"),
            None => {
                let hint = String::new();
                return Complaint { text: why, hint };
            }
        };
        self.console.complaint(text, hint, &[("why", &why)])
    }

    fn cannot_open(&self, folder: &std::path::Path, error: OpenError) -> anyhow::Error {
        let shown = folder.display();
        let (text, hint) = match &error {
            OpenError::Newer { .. } => ("cli.library.newer", "cli.library.newer.hint"),
            OpenError::ReadOnly(_) => ("cli.library.read_only", "cli.library.read_only.hint"),
            OpenError::Damaged(_) => ("cli.library.damaged", "cli.library.damaged.hint"),
            OpenError::Other(error) if Trouble::of(error).is_some() => return self.explained(error).into(),
            OpenError::Other(_) => ("cli.library.other", "cli.library.read_only.hint"),
        };
        let why = match error {
            OpenError::Other(error) => format!("{error:#}"),
            error => error.to_string(),
        };
        self.console
            .complaint(text, hint, &[("folder", &shown), ("why", &why)])
            .into()
    }
}

/// The interface in the language of the environment.
fn environment() -> Locale {
    let names = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
    Locale::of_environment(names.iter().map(Option::as_deref))
}

/// Where the configuration is where nobody says.
fn default_config() -> PathBuf {
    let folders = directories::ProjectDirs::from("", "", "beide");
    folders.map_or_else(
        || PathBuf::from("config.toml"),
        |folders| folders.config_dir().join("config.toml"),
    )
}
