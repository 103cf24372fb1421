//! Articles listed, shown and found.

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::args::{List, Search, Show, StoriesArgs};
use super::console::Complaint;
use super::{Desk, Outcome, reader};
use crate::article::{Article, ArticleId, Headline, Language, Part, Published, State};
use crate::compare::{Change, changes};
use crate::export;
use crate::figure::{self, Figure};
use crate::library::{Entry, Filter, Found, Library, Revision, StoryEntry, StoryFilter};
use crate::query::{Hits, Page, Query};
use crate::text::Span;

/// How many articles are taken from the library at once.
const PAGE: usize = 500;

/// Lists articles, newest first.
pub(super) fn list(asked: &List, desk: &mut Desk) -> Result<Outcome> {
    let query = asked.query.join(" ");
    let library = library_for(&query, desk)?;
    let mut rows = match asked.json {
        true => Some(desk.console.rows(&export::LISTING)?),
        false => None,
    };
    each_entry(&library, &query, |entry| {
        if let Some(rows) = &mut rows {
            let row = export::Entry::new(&entry.headline, &entry.state);
            return Ok(rows.row(&row, &mut desk.console)?);
        }
        let line = headline_line(&entry.headline, desk);
        Ok(desk.console.line(line)?)
    })?;
    if let Some(rows) = rows {
        rows.end(&mut desk.console)?;
    }
    Ok(Outcome::Done)
}

/// The library, brought up to date for a question: what was added before a stop, or by a program still at work, is found.
pub(super) fn library_for(query: &str, desk: &Desk) -> Result<Library> {
    let mut library = desk.library()?;
    if !query.trim().is_empty() {
        library.catch_up()?;
    }
    Ok(library)
}

/// Goes through the articles that fit a question, newest first; through all where nothing is asked.
pub(super) fn each_entry(
    library: &Library,
    query: &str,
    mut take: impl FnMut(Entry) -> Result<()>,
) -> Result<()> {
    if query.trim().is_empty() {
        let mut after = None;
        loop {
            let page = library.headlines(&Filter::default(), after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.cursor);
            page.into_iter().try_for_each(&mut take)?;
        }
    }
    let mut query = Query::parse(query, today());
    query.sort = crate::query::Sort::Newest;
    for offset in (0..).step_by(PAGE) {
        let found = library.search(
            &query,
            Page {
                offset,
                limit: PAGE,
                typing: false,
            },
        )?;
        // A list holds what has the words; their counterparts only where they were asked for.
        let own = found
            .hits
            .iter()
            .filter(|hit| hit.also.is_none() || !query.also.is_empty());
        for hit in own {
            if let Some(entry) = library.entry(&hit.headline.id)? {
                take(entry)?;
            }
        }
        if found.hits.len() < PAGE {
            break;
        }
    }
    Ok(())
}

/// Goes through whole articles as [`each_entry`] does, and returns how many cannot be read.
///
/// Where the list itself is damaged, the rest comes in no order.
pub(super) fn each_whole(
    library: &Library,
    query: &str,
    mut take: impl FnMut(Article, State) -> Result<()>,
) -> Result<usize> {
    let mut lost = 0;
    let mut after = None;
    if !query.trim().is_empty() {
        each_entry(library, query, |entry| {
            read_whole(library, entry, &mut lost, &mut take)
        })?;
        return Ok(lost);
    }
    loop {
        let Ok(page) = library.headlines(&Filter::default(), after.as_ref(), PAGE) else {
            let rest = library.salvage(after.as_ref(), |entry, article| take(article, entry.state))?;
            return Ok(lost + rest);
        };
        let Some(last) = page.last() else { return Ok(lost) };
        after = Some(last.cursor);
        for entry in page {
            read_whole(library, entry, &mut lost, &mut take)?;
        }
    }
}

fn read_whole(
    library: &Library,
    entry: Entry,
    lost: &mut usize,
    take: &mut impl FnMut(Article, State) -> Result<()>,
) -> Result<()> {
    match library.article(&entry.headline.id) {
        Ok(Some(article)) => take(article, entry.state),
        // Another program took it out meanwhile.
        Ok(None) => Ok(()),
        Err(_) => {
            *lost += 1;
            Ok(())
        }
    }
}

/// Today's date.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::system()).date()
}

/// An article as a line: its id, its day, its language, its source and its title.
fn headline_line(headline: &Headline, desk: &Desk) -> String {
    let day = headline.published.as_ref().map_or("", Published::as_str);
    let day = day.get(..10).unwrap_or(day);
    let language = headline.language.map_or("", Language::code);
    let source = export::padded(&export::fitted(&headline.source, 20), 20);
    let line = format!(
        "{:<12}  {day:<10}  {language:<2}  {source}  {}",
        headline.id, headline.title
    );
    if desk.console.styled {
        export::fitted(&line, desk.console.columns())
    } else {
        line
    }
}

/// The article that a key, or the beginning of one, stands for.
pub(super) fn resolve(library: &Library, key: &str, desk: &Desk) -> Result<ArticleId> {
    let complaint = |text, hint, count: usize| {
        desk.console
            .complaint(text, hint, &[("id", &key), ("count", &count)])
    };
    match library.find(key)? {
        Found::One(id) => Ok(id),
        Found::None => Err(complaint("cli.no_such_id", "cli.no_such_id.hint", 0).into()),
        Found::Several(count) => Err(complaint("cli.several_ids", "cli.several_ids.hint", count).into()),
    }
}

/// Shows one article with its figures marked.
pub(super) fn show(asked: &Show, desk: &mut Desk) -> Result<Outcome> {
    let library = desk.library()?;
    let id = resolve(&library, &asked.id, desk)?;
    let article = library.article(&id)?;
    let state = library.entry(&id)?.map(|entry| entry.state);
    let (Some(article), Some(state)) = (article, state) else {
        return Err(desk
            .console
            .complaint("cli.no_such_id", "cli.no_such_id.hint", &[("id", &id)])
            .into());
    };
    let figures = figures_of(&article);
    let revisions = library.revisions(&id)?;
    let changed: Vec<(Timestamp, Vec<Change>)> = revisions
        .into_iter()
        .map(|earlier| (earlier.until, changes(&as_it_was(&article, earlier), &article)))
        .collect();
    if asked.json {
        let changed = changed
            .iter()
            .map(|(until, changes)| (until.to_string(), changes.as_slice()));
        desk.console
            .json(&export::Shown::new(&article, &state, &figures).with_changes(changed))?;
    } else {
        print(&article, &state, &figures, desk)?;
        if let Some((until, changes)) = changed.first() {
            tell_changes(*until, changes, desk)?;
        }
    }
    Ok(Outcome::Done)
}

/// An article with the words of an earlier version.
fn as_it_was(article: &Article, earlier: Revision) -> Article {
    Article {
        headline: Headline {
            title: earlier.title,
            ..article.headline.clone()
        },
        text: earlier.text,
    }
}

/// Says which figures the latest version of an article gives otherwise.
fn tell_changes(until: Timestamp, changes: &[Change], desk: &mut Desk) -> Result<()> {
    let when = super::feeds::shown(until);
    desk.console.line("")?;
    let line = desk.console.locale.fill("show.changed", &[("until", &when)]);
    desk.console.line(line)?;
    if changes.is_empty() {
        let line = desk.console.locale.text("show.no_figures");
        desk.console.line(format_args!("    {line}"))?;
    }
    for change in changes {
        let (key, before, after) = match change {
            Change::Changed { before, after } => {
                ("show.figure.changed", before.words.as_str(), after.words.as_str())
            }
            Change::Gone(stated) => ("show.figure.gone", stated.words.as_str(), ""),
            Change::New(stated) => ("show.figure.new", "", stated.words.as_str()),
        };
        let line = desk
            .console
            .locale
            .fill(key, &[("before", &before), ("after", &after)]);
        desk.console.line(format_args!("    {line}"))?;
    }
    Ok(())
}

/// The figures of an article, those of its title first.
fn figures_of(article: &Article) -> Vec<(Part, Figure)> {
    let Some(language) = article.headline.language else {
        return Vec::new();
    };
    let day = article.headline.published.as_ref().and_then(Published::day);
    let of = |part| {
        figure::extract(article.part(part), language, day)
            .into_iter()
            .map(move |figure| (part, figure))
    };
    of(Part::Title).chain(of(Part::Text)).collect()
}

fn print(article: &Article, state: &State, figures: &[(Part, Figure)], desk: &mut Desk) -> Result<()> {
    let (open, close) = if desk.console.styled {
        ("\u{1b}[1;4m", "\u{1b}[0m")
    } else {
        ("[", "]")
    };
    let spans = |part| {
        figures
            .iter()
            .filter(move |(of, _)| *of == part)
            .map(|(_, figure)| figure.span)
    };
    let headline = &article.headline;
    desk.console
        .line(marked(&headline.title, spans(Part::Title), open, close))?;
    let date = headline.published.as_ref().map_or("", Published::as_str);
    let language = headline.language.map_or("", Language::code);
    let about = [
        headline.source.as_str(),
        &headline.author,
        date,
        language,
        &headline.id.0,
    ];
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    desk.console.line(about.join(" · "))?;
    let tags = headline.tags.join(", ");
    for more in [
        headline.url.as_deref(),
        Some(tags.as_str()),
        state.note.as_deref(),
    ]
    .into_iter()
    .flatten()
    {
        if !more.is_empty() {
            desk.console.line(more)?;
        }
    }
    desk.console.line("")?;
    desk.console
        .line(marked(&article.text, spans(Part::Text), open, close))?;
    Ok(())
}

/// `text` with `open` and `close` around each of the spans, which are in order.
fn marked(text: &str, spans: impl Iterator<Item = Span>, open: &str, close: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for span in spans {
        for piece in [Span::new(end, span.start).of(text), open, span.of(text), close] {
            shown.push_str(piece);
        }
        end = span.end;
    }
    shown.push_str(Span::new(end, text.len()).of(text));
    shown
}

/// Searches the library.
pub(super) fn search(asked: &Search, desk: &mut Desk) -> Result<Outcome> {
    let typed = asked.query.join(" ");
    let library = library_for(&typed, desk)?;
    let query = Query::parse(&typed, today());
    let found = library.search(
        &query,
        Page {
            offset: 0,
            limit: asked.limit,
            typing: false,
        },
    )?;
    if asked.json {
        desk.console.json(&export::Found::new(&typed, &found))?;
    } else {
        hits(&found, desk)?;
    }
    for text in export::notices(&found.notices, &desk.console.locale) {
        let hint = String::new();
        desk.console.complain(&Complaint { text, hint });
    }
    Ok(Outcome::Done)
}

fn hits(found: &Hits, desk: &mut Desk) -> Result<()> {
    let (open, close) = if desk.console.styled {
        ("\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("[", "]")
    };
    let mut group = None;
    for hit in &found.hits {
        if hit.also != group {
            group = hit.also;
            let key = group.map_or_else(String::new, |language| format!("language.{language}"));
            let language = desk.console.locale.lookup(&key).unwrap_or_default();
            let line = desk
                .console
                .locale
                .fill("search.group", &[("language", &language)]);
            desk.console.line(format_args!("\n{line}:"))?;
        }
        let line = headline_line(&hit.headline, desk);
        desk.console.line(line)?;
        if !hit.snippet.text.is_empty() {
            desk.console.line(format_args!(
                "    {}",
                export::with_marks(&hit.snippet, open, close)
            ))?;
        }
    }
    let took = found.took.as_millis();
    let summary = desk.console.locale.fill(
        "cli.hits",
        &[
            ("shown", &found.hits.len()),
            ("total", &found.total),
            ("took", &took),
        ],
    );
    desk.console.line(summary)?;
    Ok(())
}

/// Lists the stories, newest first, once all articles have found theirs.
pub(super) fn stories(asked: &StoriesArgs, desk: &mut Desk) -> Result<Outcome> {
    let mut library = desk.library()?;
    library.settle_all(|| true)?;
    let language = Some(desk.console.locale.language());
    let sources = desk.sources()?;
    let mut told: Vec<(StoryEntry, Vec<Teller>)> = Vec::new();
    each_story(
        &mut library,
        &asked.query.join(" "),
        language,
        |library, mut story| {
            if !asked.json {
                return print_story(&story, &library.story(&story.id)?, desk);
            }
            if story.articles > 1 {
                story = library.weighed(
                    story,
                    language,
                    (reader::COMPARING, |articles: &[_]| sources.compare(articles)),
                )?;
            }
            let tellers = tellers(library, &story)?;
            told.push((story, tellers));
            Ok(())
        },
    )?;
    if asked.json {
        library.learn_words(jiff::Zoned::now().date())?;
        let stories = told.iter().map(|(story, tellers)| told_by(story, tellers));
        desk.console.json(&export::Stories {
            stories: stories.collect(),
        })?;
    }
    Ok(Outcome::Done)
}

/// Goes through the stories with an article that fits a question, newest first; through all where nothing is asked.
fn each_story(
    library: &mut Library,
    query: &str,
    language: Option<Language>,
    mut take: impl FnMut(&mut Library, StoryEntry) -> Result<()>,
) -> Result<()> {
    let filter = StoryFilter::default();
    if query.trim().is_empty() {
        let mut after = None;
        loop {
            let page = library.stories(&filter, language, after.as_ref(), PAGE)?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(last.cursor);
            page.into_iter().try_for_each(|story| take(library, story))?;
        }
    }
    library.catch_up()?;
    let selection = library.select_stories(&Query::parse(query, today()), &filter)?;
    for skip in (0..selection.len()).step_by(PAGE) {
        let page = library.selected_stories(&selection, language, (skip, PAGE))?;
        page.into_iter().try_for_each(|story| take(library, story))?;
    }
    Ok(())
}

/// An article of a story, and the articles that are its copies in other outlets.
struct Teller {
    headline: Headline,
    copies: Vec<ArticleId>,
}

fn tellers(library: &Library, story: &StoryEntry) -> Result<Vec<Teller>> {
    let teller = |entry: Entry| -> Result<Teller> {
        let copies = library.outlets(&entry)?;
        Ok(Teller {
            headline: entry.headline,
            copies: copies.into_iter().map(|(_, id)| id).collect(),
        })
    };
    library.story(&story.id)?.into_iter().map(teller).collect()
}

fn told_by<'a>(story: &'a StoryEntry, tellers: &'a [Teller]) -> export::Told<'a> {
    let headlines: Vec<&Headline> = tellers.iter().map(|teller| &teller.headline).collect();
    let copied = tellers.iter().filter(|teller| !teller.copies.is_empty());
    let claims = story.claims.iter().map(|claim| export::ToldClaim {
        verdict: claim.verdict.name(),
        topic: &claim.topic,
        values: claim.wordings.iter().map(String::as_str).collect(),
        told_by: claim.told_by,
        of: claim.of,
    });
    export::Told::new(&story.id.0, &story.title, &headlines)
        .with_copies(copied.map(|teller| (&teller.headline.id, teller.copies.as_slice())))
        .with_claims(story.origins, (story.conflicts, story.scales), claims.collect())
}

/// A story's title, and its articles below it where there are several.
fn print_story(story: &StoryEntry, entries: &[Entry], desk: &mut Desk) -> Result<()> {
    if let [only] = entries {
        let line = headline_line(&only.headline, desk);
        return Ok(desk.console.line(line)?);
    }
    let title = desk
        .console
        .locale
        .fill("cli.story", &[("title", &story.title), ("count", &entries.len())]);
    desk.console.line(title)?;
    for entry in entries {
        let line = headline_line(&entry.headline, desk);
        desk.console.line(format_args!("    {line}"))?;
    }
    Ok(())
}
