//! Every action a reader can take: its name, where it is meant, and the keys it has by default.

use crate::locale::Locale;

/// Something the reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// One row or line on.
    Next,
    /// One row or line back.
    Previous,
    /// Half a page on.
    HalfDown,
    /// Half a page back.
    HalfUp,
    /// A page on.
    PageDown,
    /// A page back.
    PageUp,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
    /// The next pane or column.
    NextPane,
    /// The pane or column before.
    PreviousPane,
    /// Into what is under the cursor.
    Open,
    /// Back to where one came from.
    Back,
    /// Opens the search.
    Search,
    /// The keys of this screen.
    Help,
    /// The list of all commands.
    Commands,
    /// Takes back the last change.
    Undo,
    /// Leaves the reader.
    Quit,
    /// Stories, articles by date, articles by source.
    Order,
    /// Which rows are shown.
    Filter,
    /// Which list is shown: a built-in one or one of the reader's own.
    Lists,
    /// Takes the article out of its story.
    Split,
    /// Makes one story of those that were chosen.
    Join,
    /// Keeps the story together as it is.
    Pin,
    /// Keeps the question as a list.
    Save,
    /// Searches for what was probably meant.
    Correct,
    /// The next article of the story in the preview.
    NextSource,
    /// Marks as read, or as unread again.
    Read,
    /// Marks with a star, or takes it away.
    Star,
    /// Asks for the tags of the article.
    Tag,
    /// A remark on the article, in the editor.
    Note,
    /// The next row that is unread.
    NextUnread,
    /// Chooses the row for a comparison.
    Pick,
    /// Compares what was chosen.
    Compare,
    /// Copies what is under the cursor.
    Copy,
    /// Copies the article's address.
    CopyLink,
    /// Opens the article's address in the browser.
    Browse,
    /// Writes the comparison to a file.
    Export,
    /// The next figure in the text.
    NextFigure,
    /// The figure before.
    PreviousFigure,
    /// The next contradiction.
    NextContradiction,
    /// The contradiction before.
    PreviousContradiction,
    /// Says that a claim is no contradiction.
    Dismiss,
    /// Takes a source out of a claim.
    PartClaim,
    /// Makes one claim of two.
    JoinClaims,
    /// Aligned, or each column by itself.
    Align,
    /// Only what the other sources do not say.
    Fold,
    /// One column more.
    More,
    /// One column less.
    Fewer,
    /// Exchanges the focused column with its neighbour.
    Swap,
    /// The table of claims.
    Claims,
    /// Puts a source into the focused column.
    Choose(u8),
    /// How the story came in.
    Timeline,
    /// The word under the cursor in the dictionaries.
    Gloss,
    /// Marks false friends, or no longer.
    Friends,
    /// Has the passage translated.
    Translate,
    /// Gives the passage to a program.
    Pipe,
    /// Gives the article to a program.
    PipeArticle,
    /// Reads the library again.
    Reload,
    /// The feeds.
    Feeds,
    /// Fetches all feeds.
    Sync,
    /// Fetches the feed under the cursor.
    FetchFeed,
    /// Subscribes to a feed.
    AddFeed,
    /// Unsubscribes from the feed under the cursor.
    RemoveFeed,
    /// Whole texts for the feed under the cursor, or no longer.
    FullText,
    /// Fetches the whole text of the article from its page.
    WholeText,
    /// Takes over a list of feeds, or articles.
    Import,
    /// To the built-in edition.
    Demo,
    /// Lets the mouse through to the reader, or back to the terminal.
    Mouse,
    /// Reads the configuration again.
    ReadConfig,
    /// Draws the screen anew.
    Redraw,
    /// To the shell and back.
    Suspend,
}

/// Where keys are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// On every screen.
    Everywhere,
    /// In the list of stories or articles.
    Home,
    /// Side by side.
    Compare,
    /// In the table of claims.
    Claims,
    /// Among the hits of a search.
    Search,
    /// In the list of feeds.
    Feeds,
    /// At home while the library is empty.
    Welcome,
}

impl Place {
    /// Every place, in the order of the help.
    pub const ALL: [Self; 7] = [
        Self::Everywhere,
        Self::Home,
        Self::Compare,
        Self::Claims,
        Self::Search,
        Self::Feeds,
        Self::Welcome,
    ];

    /// Its name in the configuration and in the keys of its texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Home => "home",
            Self::Compare => "compare",
            Self::Claims => "claims",
            Self::Search => "search",
            Self::Feeds => "feeds",
            Self::Welcome => "welcome",
        }
    }
}

/// A row of the table of commands.
pub struct Entry {
    /// What it does.
    pub command: Command,
    /// Its name in the configuration.
    pub name: &'static str,
    /// Where it means anything.
    pub places: &'static [Place],
    /// Its default keys, as the configuration writes them.
    pub keys: &'static [&'static str],
}

const fn entry(
    command: Command,
    name: &'static str,
    places: &'static [Place],
    keys: &'static [&'static str],
) -> Entry {
    Entry {
        command,
        name,
        places,
        keys,
    }
}

const EVERYWHERE: &[Place] = &[Place::Everywhere];
const HOME: &[Place] = &[Place::Home];
const LISTS: &[Place] = &[Place::Home, Place::Search];
const SEARCH: &[Place] = &[Place::Search];
const COMPARE: &[Place] = &[Place::Compare];
const CLAIMS: &[Place] = &[Place::Compare, Place::Claims];
const FEEDS: &[Place] = &[Place::Feeds];
const WELCOME: &[Place] = &[Place::Welcome];
const BRINGS: &[Place] = &[Place::Home, Place::Feeds, Place::Welcome];
const STATE: &[Place] = &[Place::Home, Place::Search, Place::Compare];
/// Where an article is read, or under the cursor.
const READ: &[Place] = &[Place::Home, Place::Search, Place::Compare, Place::Claims];
const LINKS: &[Place] = &[Place::Home, Place::Search, Place::Compare, Place::Feeds];

/// Every command, in the order of the help.
pub const TABLE: &[Entry] = &[
    entry(Command::Next, "next", EVERYWHERE, &["j", "down"]),
    entry(Command::Previous, "previous", EVERYWHERE, &["k", "up"]),
    entry(Command::HalfDown, "half-page-down", EVERYWHERE, &["ctrl-d"]),
    entry(Command::HalfUp, "half-page-up", EVERYWHERE, &["ctrl-u"]),
    entry(
        Command::PageDown,
        "page-down",
        EVERYWHERE,
        &["page-down", "ctrl-f"],
    ),
    entry(Command::PageUp, "page-up", EVERYWHERE, &["page-up", "ctrl-b"]),
    entry(Command::Top, "top", EVERYWHERE, &["g g", "home"]),
    entry(Command::Bottom, "bottom", EVERYWHERE, &["G", "end"]),
    entry(Command::NextPane, "next-pane", EVERYWHERE, &["tab", "l", "right"]),
    entry(
        Command::PreviousPane,
        "previous-pane",
        EVERYWHERE,
        &["shift-tab", "h", "left"],
    ),
    entry(Command::Open, "open", EVERYWHERE, &["enter"]),
    entry(Command::Back, "back", EVERYWHERE, &["q", "esc", "backspace"]),
    entry(Command::Search, "search", EVERYWHERE, &["/"]),
    entry(Command::Help, "help", EVERYWHERE, &["?", "f1"]),
    entry(Command::Commands, "commands", EVERYWHERE, &[":"]),
    entry(Command::Undo, "undo", EVERYWHERE, &["u"]),
    entry(Command::Quit, "quit", EVERYWHERE, &["Q", "ctrl-c"]),
    entry(Command::Order, "order", HOME, &["t"]),
    entry(Command::Filter, "filter", HOME, &["f"]),
    entry(Command::Lists, "lists", HOME, &["L"]),
    entry(Command::Split, "split", HOME, &["x"]),
    entry(Command::Join, "join", HOME, &["J"]),
    entry(Command::Pin, "pin", HOME, &["p"]),
    entry(Command::Save, "save", SEARCH, &["S"]),
    entry(Command::Correct, "correct", SEARCH, &["a"]),
    entry(Command::NextSource, "next-source", HOME, &["s"]),
    entry(
        Command::NextUnread,
        "next-unread",
        &[Place::Home, Place::Compare],
        &["n"],
    ),
    entry(Command::Demo, "demo", WELCOME, &["d"]),
    entry(Command::AddFeed, "add-feed", BRINGS, &["a"]),
    entry(Command::Import, "import", &[Place::Feeds, Place::Welcome], &["i"]),
    entry(Command::FetchFeed, "fetch-feed", FEEDS, &["r"]),
    entry(Command::Sync, "sync", BRINGS, &["R"]),
    entry(Command::RemoveFeed, "remove-feed", FEEDS, &["d"]),
    entry(Command::FullText, "full-text", FEEDS, &["f"]),
    entry(Command::WholeText, "whole-text", STATE, &["g f"]),
    entry(Command::Feeds, "feeds", &[Place::Home, Place::Welcome], &["F"]),
    entry(Command::Reload, "reload", BRINGS, &["ctrl-r"]),
    entry(Command::Pick, "pick", LISTS, &["space"]),
    entry(Command::Compare, "compare", LISTS, &["c"]),
    entry(Command::Read, "read", STATE, &["m"]),
    entry(Command::Star, "star", STATE, &["*"]),
    entry(Command::Tag, "tag", STATE, &["#"]),
    entry(Command::Note, "note", STATE, &["N"]),
    entry(Command::NextFigure, "next-figure", COMPARE, &["]"]),
    entry(Command::PreviousFigure, "previous-figure", COMPARE, &["["]),
    entry(
        Command::NextContradiction,
        "next-contradiction",
        &[Place::Home, Place::Compare, Place::Claims],
        &["}"],
    ),
    entry(
        Command::PreviousContradiction,
        "previous-contradiction",
        &[Place::Home, Place::Compare, Place::Claims],
        &["{"],
    ),
    entry(Command::Claims, "claims", CLAIMS, &["c"]),
    entry(Command::Align, "align", COMPARE, &["v"]),
    entry(Command::Fold, "fold", COMPARE, &["z"]),
    entry(Command::More, "more-columns", COMPARE, &["+", "="]),
    entry(Command::Fewer, "fewer-columns", COMPARE, &["-"]),
    entry(Command::Swap, "swap", COMPARE, &["x"]),
    entry(Command::PageDown, "page-down", COMPARE, &["space"]),
    entry(Command::Choose(1), "source-1", COMPARE, &["1"]),
    entry(Command::Choose(2), "source-2", COMPARE, &["2"]),
    entry(Command::Choose(3), "source-3", COMPARE, &["3"]),
    entry(Command::Choose(4), "source-4", COMPARE, &["4"]),
    entry(Command::Choose(5), "source-5", COMPARE, &["5"]),
    entry(Command::Choose(6), "source-6", COMPARE, &["6"]),
    entry(Command::Choose(7), "source-7", COMPARE, &["7"]),
    entry(Command::Choose(8), "source-8", COMPARE, &["8"]),
    entry(Command::Choose(9), "source-9", COMPARE, &["9"]),
    entry(
        Command::Timeline,
        "timeline",
        &[Place::Home, Place::Compare],
        &["T"],
    ),
    entry(Command::Gloss, "gloss", COMPARE, &["w"]),
    entry(Command::Friends, "false-friends", COMPARE, &["F"]),
    entry(Command::Translate, "translate", COMPARE, &["W"]),
    entry(Command::Pipe, "pipe", READ, &["|"]),
    entry(Command::PipeArticle, "pipe-article", COMPARE, &["alt-|"]),
    entry(Command::Dismiss, "dismiss", &[Place::Claims], &["x"]),
    entry(Command::PartClaim, "part-claim", &[Place::Claims], &["X"]),
    entry(Command::JoinClaims, "join-claims", &[Place::Claims], &["J"]),
    entry(Command::Export, "export", CLAIMS, &["e"]),
    entry(Command::Copy, "copy", EVERYWHERE, &["y"]),
    entry(Command::CopyLink, "copy-link", LINKS, &["Y"]),
    entry(Command::Browse, "browse", LINKS, &["o"]),
    entry(Command::Mouse, "mouse", EVERYWHERE, &["M"]),
    entry(Command::ReadConfig, "read-config", EVERYWHERE, &["g c"]),
    entry(Command::Redraw, "redraw", EVERYWHERE, &["ctrl-l"]),
    entry(Command::Suspend, "suspend", EVERYWHERE, &["ctrl-z"]),
];

impl Command {
    /// The command of that name.
    pub fn named(name: &str) -> Option<Self> {
        let entry = TABLE.iter().find(|entry| entry.name == name)?;
        Some(entry.command)
    }

    /// How far it moves in a list or text of which `page` rows are seen; none where it does not move.
    ///
    /// To the first or last row it is farther than any list is long.
    pub fn distance(self, times: usize, page: usize) -> Option<isize> {
        let rows = |rows: usize| isize::try_from(rows.max(1).saturating_mul(times)).unwrap_or(isize::MAX);
        Some(match self {
            Self::Next => rows(1),
            Self::Previous => -rows(1),
            Self::HalfDown => rows(page / 2),
            Self::HalfUp => -rows(page / 2),
            Self::PageDown => rows(page),
            Self::PageUp => -rows(page),
            Self::Top => isize::MIN / 2,
            Self::Bottom => isize::MAX / 2,
            _ => return None,
        })
    }

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        let entry = TABLE.iter().find(|entry| entry.command == self);
        entry.map_or("", |entry| entry.name)
    }

    /// One line that says what it does, in the reader's language.
    pub fn help(self, locale: &Locale) -> &'static str {
        let key = match self {
            Self::Choose(_) => "command.source".to_string(),
            other => format!("command.{}", other.name()),
        };
        locale.lookup(&key).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

    #[test]
    fn every_command_has_a_help_line_in_every_language() {
        for language in Language::ALL {
            let locale = Locale::new(language);
            for entry in TABLE {
                assert!(
                    !entry.command.help(&locale).is_empty(),
                    "{language} lacks command.{}",
                    entry.name
                );
            }
        }
    }

    #[test]
    fn names_are_found_again() {
        for entry in TABLE {
            assert_eq!(Command::named(entry.name), Some(entry.command), "{}", entry.name);
            assert_eq!(entry.command.name(), entry.name);
        }
        assert_eq!(Command::named("nxt"), None);
    }
}
