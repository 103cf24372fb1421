//! Search as you type: the query, how the hits spread, and the hits.

mod view;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::article::{Headline, Language};
use crate::job::{Job, Mark, Report, SmartList, Ticket, Wanted};
use crate::query::{Hit, Hits, Notice};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::picked::Picked;
use crate::ui::widget::list::Cursor;
use crate::ui::widget::prompt::{Prompt, Typed};

use crate::ui::screen::{Hint, Next};

/// The place of the facet that stands under the last digit, 0.
const TENTH: usize = 9;

/// The lines of a hit: title, snippet, and a blank one.
const LINES: usize = 3;

/// Search as you type.
#[derive(Default)]
pub struct Search {
    prompt: Prompt,
    /// Whether keys move among the hits instead of being typed.
    browsing: bool,
    found: Found,
    cursor: Cursor,
    picked: Picked,
    /// The comparison that is gone to as soon as it comes.
    pub awaited: Option<Ticket>,
}

/// What the screen shows. Hits stay until those of the newer query come.
#[derive(Default)]
struct Found {
    hits: Hits,
    stage: Stage,
}

/// Whether an answer is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Idle,
    Searching {
        ticket: Ticket,
        skip: usize,
    },
}

const TYPING: &[Hint] = &[
    (Command::Open, "hint.open"),
    (Command::NextPane, "hint.hits"),
    (Command::Back, "hint.back"),
];

const BROWSING: &[Hint] = &[
    (Command::Open, "hint.open"),
    (Command::Pick, "hint.pick"),
    (Command::Compare, "hint.compare"),
    (Command::Search, "hint.search"),
    (Command::Save, "hint.save"),
    (Command::Star, "hint.star"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Search {
    /// What the last line reminds of.
    pub const fn hints(&self) -> &'static [Hint] {
        if self.browsing { BROWSING } else { TYPING }
    }

    /// The article under the cursor.
    pub fn article(&self) -> Option<&Headline> {
        self.found.hits.hits.get(self.cursor.at).map(|hit| &hit.headline)
    }

    /// Takes a key as text, or for moving among the hits while typing.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        if self.browsing {
            return self.narrow(key, context);
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Esc if self.prompt.text().is_empty() || self.found.hits.hits.is_empty() => {
                return Some(Next::Back);
            }
            KeyCode::Esc | KeyCode::Tab => self.browsing = !self.found.hits.hits.is_empty(),
            KeyCode::Backspace if self.prompt.text().is_empty() => return Some(Next::Back),
            KeyCode::Enter => self.open(context),
            KeyCode::Down => self.step(1, context),
            KeyCode::Up => self.step(-1, context),
            KeyCode::Char('n') if control => self.step(1, context),
            KeyCode::Char('p') if control => self.step(-1, context),
            KeyCode::Char('y') if control => self.correct(context),
            _ => match self.prompt.take(key) {
                Typed::Changed => self.ask(0, context),
                Typed::Moved => {}
                Typed::Ignored => return None,
            },
        }
        Some(Next::Stay)
    }

    /// A digit narrows the query to the facet of that number (0 is the tenth), or takes that away again.
    fn narrow(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        let KeyCode::Char(letter) = key.code else {
            return None;
        };
        let number = usize::try_from(letter.to_digit(10)?).ok()?;
        let place = if number == 0 { TENTH } else { number - 1 };
        let term = self.facets(context).get(place)?.term.clone();
        let text = self.prompt.text();
        let narrowed = match text
            .strip_suffix(&term)
            .or_else(|| text.strip_prefix(&format!("{term} ")))
        {
            Some(rest) => rest.trim().to_string(),
            None => format!("{} {term}", text.trim_end()),
        };
        self.prompt = Prompt::new(&narrowed);
        self.ask(0, context);
        Some(Next::Stay)
    }

    fn ask(&mut self, skip: usize, context: &mut Context) {
        let ticket = context.ticket();
        let query = self.prompt.text().trim().to_string();
        if query.is_empty() {
            self.found = Found::default();
            self.cursor = Cursor::default();
            return;
        }
        self.found.stage = Stage::Searching { ticket, skip };
        let typing = !self.browsing;
        context.jobs.push(Job::Search {
            ticket,
            query,
            skip,
            typing,
        });
    }

    /// Searches again because the library holds other things than before.
    pub fn renew(&mut self, context: &mut Context) {
        if self.cursor.at == 0 {
            self.ask(0, context);
        }
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str, context: &mut Context) {
        self.browsing = false;
        if self.prompt.insert(text) == Typed::Changed {
            self.ask(0, context);
        }
    }

    /// Does what the reader asks for among the hits.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        if let Some(by) = command.distance(times, self.height(context)) {
            self.step(by, context);
            return Next::Stay;
        }
        match command {
            Command::NextPane | Command::PreviousPane => self.browsing = false,
            Command::Open => self.open(context),
            Command::Pick => self.pick(context),
            Command::Save => self.save(context),
            Command::Correct => self.correct(context),
            Command::Compare => self.compare(context),
            Command::Star => self.mark(Mark::Starred(true), context),
            Command::Read => self.mark(Mark::Read(true), context),
            Command::Copy | Command::CopyLink | Command::Browse => self.carry(command, context),
            _ => {}
        }
        Next::Stay
    }

    fn hit(&self) -> Option<&Hit> {
        self.found.hits.hits.get(self.cursor.at)
    }

    fn height(&self, context: &Context) -> usize {
        (usize::from(context.size.height.saturating_sub(3)) / LINES).max(1)
    }

    fn step(&mut self, by: isize, context: &mut Context) {
        let loaded = self.found.hits.hits.len();
        self.cursor.step(by, loaded, self.height(context));
        let more = loaded < self.found.hits.total;
        if more && self.found.stage == Stage::Idle && self.cursor.at + 2 * self.height(context) >= loaded {
            self.ask(loaded, context);
        }
    }

    fn open(&mut self, context: &mut Context) {
        let Some(id) = self.hit().map(|hit| hit.headline.id.clone()) else {
            return;
        };
        self.browsing = true;
        context
            .jobs
            .push(Job::Mark(Wanted::All(vec![id.clone()]), Mark::Read(true)));
        self.wait_for(Wanted::Near(id), context);
    }

    fn pick(&mut self, context: &mut Context) {
        if let Some(id) = self.hit().map(|hit| hit.headline.id.clone()) {
            self.picked.switch(id);
            self.step(1, context);
        }
    }

    /// Keeps the question as a list.
    fn save(&self, context: &mut Context) {
        let query = self.prompt.text().trim().to_string();
        if query.is_empty() {
            return;
        }
        context.say(context.locale.fill("search.saved", &[("query", &query)]));
        context.jobs.push(Job::Keep(SmartList {
            name: query.clone(),
            query,
        }));
    }

    /// The word that no article has, with what was probably meant.
    fn slip(&self) -> Option<(&str, &str)> {
        self.found.hits.notices.iter().find_map(|notice| match notice {
            Notice::Corrected { word, to } => Some((word.as_str(), to.first()?.as_str())),
            _ => None,
        })
    }

    /// Searches for what was probably meant.
    fn correct(&mut self, context: &mut Context) {
        let text = self.prompt.text();
        let corrected = self
            .slip()
            .map(|(word, meant)| text.replacen(word, meant, 1))
            .filter(|corrected| corrected != text);
        if let Some(corrected) = corrected {
            self.prompt = Prompt::new(&corrected);
            self.ask(0, context);
        }
    }

    fn compare(&mut self, context: &mut Context) {
        let ids = self.picked.with(self.hit().map(|hit| &hit.headline.id));
        match ids.as_slice() {
            [] => {}
            [one] => self.wait_for(Wanted::Near(one.clone()), context),
            _ => self.wait_for(Wanted::All(ids), context),
        }
    }

    fn wait_for(&mut self, wanted: Wanted, context: &mut Context) {
        let ticket = context.ticket();
        self.awaited = Some(ticket);
        context.jobs.push(Job::Open {
            ticket,
            wanted,
            glance: false,
        });
    }

    fn mark(&self, mark: Mark, context: &mut Context) {
        if let Some(hit) = self.hit() {
            context
                .jobs
                .push(Job::Mark(Wanted::All(vec![hit.headline.id.clone()]), mark));
        }
    }

    fn carry(&self, command: Command, context: &mut Context) {
        let Some(headline) = self.hit().map(|hit| &hit.headline) else {
            return;
        };
        match command {
            Command::Copy => context.copy(headline.title.clone()),
            _ => context.follow(command, headline.url.as_deref()),
        }
    }

    /// Takes what a search found.
    pub fn report(&mut self, report: &Report, context: &mut Context) {
        let Report::Searched { ticket, hits } = report else {
            return;
        };
        let Stage::Searching { ticket: asked, skip } = self.found.stage else {
            return;
        };
        if asked != *ticket {
            return;
        }
        self.found.stage = Stage::Idle;
        if skip == 0 {
            // Who has moved to an article stays on it as long as it is found.
            let chosen = self.hit().filter(|_| self.cursor.at > 0);
            let chosen = chosen.map(|hit| hit.headline.id.clone());
            self.found.hits = hits.clone();
            self.cursor = Cursor::default();
            let place = chosen.and_then(|id| hits.hits.iter().position(|hit| hit.headline.id == id));
            if let Some(place) = place {
                self.cursor.go(place, hits.hits.len(), self.height(context));
            }
        } else {
            self.found.hits.hits.extend(hits.hits.iter().cloned());
        }
        self.resize(context);
    }

    /// Learns that a job was not done.
    pub fn failed(&mut self, ticket: Option<Ticket>) {
        if matches!(self.found.stage, Stage::Searching { ticket: asked, .. } if Some(asked) == ticket) {
            self.found.stage = Stage::Idle;
        }
        if self.awaited == ticket {
            self.awaited = None;
        }
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        self.cursor
            .settle(self.found.hits.hits.len(), self.height(context));
    }

    /// What the hits can be narrowed to, in the order of their numbers.
    fn facets(&self, context: &Context) -> Vec<Facet> {
        let facets = &self.found.hits.facets;
        let languages = facets.languages.iter().filter_map(|(language, n)| {
            let code = language.map(Language::code)?;
            Some(Facet::new("lang", code, code, *n))
        });
        let sources = facets.sources.iter().filter(|(source, _)| !source.is_empty());
        let sources = sources.map(|(source, n)| {
            let quoted = if source.contains(' ') {
                format!("\"{source}\"")
            } else {
                source.clone()
            };
            Facet::new("source", &quoted, source, *n)
        });
        let years = facets.years.iter().rev().filter(|_| facets.years.len() > 1);
        let years = years.map(|(year, n)| {
            let year = year.to_string();
            Facet::new("date", &year, &year, *n)
        });
        // What every article has narrows nothing.
        let kinds = facets.kinds.iter().filter(|(_, n)| *n < self.found.hits.total);
        let kinds = kinds.map(|(kind, n)| {
            let name = context.locale.lookup(&format!("kind.{kind}"));
            Facet::new("has", kind, name.unwrap_or(kind), *n)
        });
        let chosen = languages.take(3).chain(sources.take(4)).chain(kinds.take(3));
        chosen.chain(years).take(TENTH + 1).collect()
    }
}

/// Something the hits can be narrowed to.
struct Facet {
    field: &'static str,
    term: String,
    label: String,
    count: usize,
}

impl Facet {
    fn new(field: &'static str, value: &str, label: &str, count: usize) -> Self {
        Self {
            field,
            term: format!("{field}:{value}"),
            label: label.to_string(),
            count,
        }
    }
}
