//! What can be asked on the command line: every command and option with its help.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::article::{Language, Published};
use crate::intake::Given;

/// Reads news in German, Dutch and English side by side and checks their figures.
#[derive(Debug, Parser)]
#[command(name = "beide", version, max_term_width = 100)]
pub(super) struct Args {
    /// The folder that holds all you keep.
    #[arg(
        long,
        global = true,
        env = "BEIDE_LIBRARY",
        value_name = "DIR",
        hide_env_values = true
    )]
    pub(super) library: Option<PathBuf>,
    /// The configuration file.
    #[arg(
        long,
        global = true,
        env = "BEIDE_CONFIG",
        value_name = "FILE",
        hide_env_values = true
    )]
    pub(super) config: Option<PathBuf>,
    /// What to do; without a command, the reader opens.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What can be done without the reader.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Opens the reader on the built-in edition; your library is left alone.
    Demo,
    /// Adds articles: web pages, text, Markdown or HTML files, folders of them, standard input (-).
    Add(Add),
    /// Imports articles in bulk from JSON Lines.
    Import(Import),
    /// Lists your feeds, adds and removes them, takes them over from other readers.
    Feeds(Feeds),
    /// Fetches the feeds.
    Sync(Sync),
    /// Lists articles, newest first.
    List(List),
    /// Shows one article with its figures marked.
    Show(Show),
    /// Searches the articles.
    Search(Search),
    /// Lists the stories that articles of several sources tell, newest first.
    Stories(StoriesArgs),
    /// Sets two or more articles side by side and checks their figures.
    Compare(Compare),
    /// Finds the figures in a text.
    Figures(Figures),
    /// Tells which daily reference rates there are, by which sums in other currencies are judged; `import` brings them.
    Rates(Rates),
    /// Writes out articles with all you added to them; `import` reads it back.
    Export(Export),
    /// Writes a consistent copy of the library, also while it is in use.
    Backup(Backup),
    /// Verifies the library and tells the state of everything around it.
    Check,
    /// Builds the search index anew.
    Reindex,
    /// Tells which configuration is in force and what is wrong with it.
    Config(ConfigArgs),
    /// Prints the completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Prints the manual page, or writes one for each command.
    Man {
        /// Writes the pages into this folder.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
}

impl Command {
    /// Whether it works, and must, with a configuration that has faults.
    pub(super) const fn needs_no_config(&self) -> bool {
        matches!(
            self,
            Self::Config(_) | Self::Completions { .. } | Self::Man { .. }
        )
    }
}

/// `beide add`.
#[derive(Debug, clap::Args)]
pub(super) struct Add {
    /// Addresses of web pages, files, folders, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) given: GivenArgs,
}

/// What overrides what is found in an article.
#[derive(Debug, clap::Args)]
pub(super) struct GivenArgs {
    /// The language: de, nl or en.
    #[arg(long, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,
    /// Who publishes it.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The title.
    #[arg(long)]
    title: Option<String>,
    /// When it was published: a month, a day or a moment.
    #[arg(long, value_name = "DATE", value_parser = published)]
    date: Option<Published>,
    /// A tag; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
}

impl GivenArgs {
    /// The same in the words of intake.
    pub(super) fn given(&self) -> Given {
        Given {
            language: self.lang,
            source: self.source.clone(),
            title: self.title.clone(),
            published: self.date.clone(),
            tags: self.tags.clone(),
        }
    }

    /// Whether it can be meant for one article only.
    pub(super) const fn is_for_one(&self) -> bool {
        self.title.is_some()
    }
}

/// `beide import`.
#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// A file of JSON Lines, or - for standard input.
    #[arg(value_name = "FILE.jsonl")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) given: GivenArgs,
}

/// `beide feeds`.
#[derive(Debug, clap::Args)]
pub(super) struct Feeds {
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
    /// What to do with the feeds; they are listed where nothing is asked.
    #[command(subcommand)]
    pub(super) command: Option<FeedsCommand>,
}

/// What can be done with feeds.
#[derive(Debug, Subcommand)]
pub(super) enum FeedsCommand {
    /// Subscribes to feeds: the address of a feed or of a site, or a folder.
    Add(FeedAdd),
    /// Unsubscribes; the articles stay.
    Remove {
        /// Addresses or titles, or parts of them that fit one feed.
        #[arg(required = true, value_name = "FEED")]
        feeds: Vec<String>,
    },
    /// Changes what you said of feeds: title, language, tags, whole texts.
    Set(FeedSet),
    /// Takes over an OPML list, newsboat's `urls`, or the articles of newsboat's `cache.db`.
    Import {
        /// The file, or - for standard input.
        file: PathBuf,
    },
    /// Prints the feeds as OPML.
    Export,
    /// Lists newsrooms' feeds to begin with, German and Dutch side by side.
    Suggest(Suggest),
}

/// `beide feeds suggest`.
#[derive(Debug, clap::Args)]
pub(super) struct Suggest {
    /// Only those of this language, country (DE, AT, CH, NL, BE), topic or name.
    #[arg(value_name = "WORD")]
    pub(super) words: Vec<String>,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
    /// Prints them as OPML, which `beide feeds import -` subscribes to.
    #[arg(long, conflicts_with = "json")]
    pub(super) opml: bool,
}

/// `beide feeds add`.
#[derive(Debug, clap::Args)]
pub(super) struct FeedAdd {
    /// Addresses of feeds or sites, or folders.
    #[arg(required = true, value_name = "URL")]
    pub(super) urls: Vec<String>,
    /// What to call it.
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The language of its articles: de, nl or en.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
    /// A tag for its articles; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// Fetches the whole texts from the articles' pages.
    #[arg(long)]
    pub(super) full_text: bool,
}

/// `beide feeds set`.
#[derive(Debug, clap::Args)]
pub(super) struct FeedSet {
    /// An address or a title, or a part of one.
    #[arg(value_name = "FEED")]
    pub(super) feed: String,
    /// What to call it.
    #[arg(long)]
    pub(super) title: Option<String>,
    /// The language of its articles: de, nl or en.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
    /// A tag for its articles from now on; may be given several times, and replaces those it has.
    #[arg(long = "tag", value_name = "TAG")]
    pub(super) tags: Vec<String>,
    /// Whether the whole texts are fetched from the articles' pages.
    #[arg(long, value_enum, value_name = "WHETHER")]
    pub(super) full_text: Option<Switch>,
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

/// `beide sync`.
#[derive(Debug, clap::Args)]
pub(super) struct Sync {
    /// Only these feeds, by address or title or a part of one, whether they are due or not.
    #[arg(value_name = "FEED")]
    pub(super) feeds: Vec<String>,
    /// Fetches feeds that are not due, too.
    #[arg(long)]
    pub(super) now: bool,
    /// Fetches nothing, and tells which articles the rules in the configuration would not let in.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Prints JSON.
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) json: bool,
}

/// `beide list`.
#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// Only articles that fit this question.
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// `beide show`.
#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// The article's id, or the beginning of it.
    pub(super) id: String,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// `beide search`.
#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// What to look for.
    #[arg(required = true, value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// At most so many hits.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub(super) limit: usize,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// `beide stories`.
#[derive(Debug, clap::Args)]
pub(super) struct StoriesArgs {
    /// Only stories with an article that fits this question, as `search` takes it.
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
}

/// `beide compare`.
#[derive(Debug, clap::Args)]
pub(super) struct Compare {
    /// Ids, beginnings of ids, or files, which are not added to the library.
    #[arg(required = true, num_args = 2.., value_name = "ARTICLE")]
    pub(super) articles: Vec<String>,
    /// Prints JSON.
    #[arg(long, conflicts_with_all = ["markdown", "html"])]
    pub(super) json: bool,
    /// Prints Markdown.
    #[arg(long, conflicts_with = "html")]
    pub(super) markdown: bool,
    /// Prints a page of HTML that needs nothing else.
    #[arg(long)]
    pub(super) html: bool,
}

/// `beide figures`.
#[derive(Debug, clap::Args)]
pub(super) struct Figures {
    /// Files, or - for standard input, which is also read where none is given.
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The language of the text: de, nl or en; found out where it is not given.
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub(super) lang: Option<Language>,
    /// When the text was published; settles days without a year.
    #[arg(long, value_name = "DATE", value_parser = published)]
    pub(super) date: Option<Published>,
    /// Prints JSON.
    #[arg(long)]
    pub(super) json: bool,
    /// Answers JSON Lines on standard input ({"id","lang","text","date"?}) with a line each.
    #[arg(long, conflicts_with_all = ["files", "json"])]
    pub(super) batch: bool,
}

/// `beide rates`.
#[derive(Debug, clap::Args)]
pub(super) struct Rates {
    /// What to do with the rates; what there is of them is told where nothing is asked.
    #[command(subcommand)]
    pub(super) command: Option<RatesCommand>,
}

/// What can be done with rates.
#[derive(Debug, Subcommand)]
pub(super) enum RatesCommand {
    /// Takes over the European Central Bank's history of its reference rates (eurofxref-hist.csv, unpacked).
    Import {
        /// The file, or - for standard input.
        file: PathBuf,
    },
}

/// `beide export`.
#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// Only articles that fit this question.
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// The form.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    pub(super) format: Format,
    /// Writes files into this folder instead of standard output.
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A line of JSON an article, which `import` reads back.
    Jsonl,
    /// Markdown with front matter, which `add` reads back.
    Markdown,
    /// HTML that needs nothing else, with the figures marked.
    Html,
}

/// `beide backup`.
#[derive(Debug, clap::Args)]
pub(super) struct Backup {
    /// The file to write.
    pub(super) file: PathBuf,
}

/// `beide config`.
#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    /// What to tell; where the file is and what is wrong with it if nothing is asked.
    #[command(subcommand)]
    pub(super) about: Option<About>,
}

/// What `beide config` tells.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum About {
    /// What is wrong with the file.
    Check,
    /// Every option as it is in force.
    Show,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| String::from("de, nl or en"))
}

fn published(text: &str) -> Result<Published, String> {
    Given::published(text)
        .ok_or_else(|| String::from("not a date; write 2025-02, 2025-02-24 or 2025-02-24T09:30:00+01:00"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
