//! Search as you type: the query, how the hits spread, and the hits.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Rect;

use crate::article::{ArticleId, Language};
use crate::job::{Job, Manner, Mark, Report, Ticket, Wanted};
use crate::query::{Hit, Hits};
use crate::text::Span;
use crate::ui::app::Context;
use crate::ui::claim::byline;
use crate::ui::command::Command;
use crate::ui::glyph::glyphs;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};
use crate::ui::widget::list::Cursor;
use crate::ui::widget::prompt::{Prompt, Typed};

use super::{Hint, Next};

/// From this width on, the facets stand beside the hits.
const WIDE: u16 = 90;

/// The width of the facets.
const FACETS: u16 = 26;

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
    picked: Vec<ArticleId>,
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
    (Command::Star, "hint.star"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Search {
    /// What the last line reminds of.
    pub const fn hints(&self) -> &'static [Hint] {
        if self.browsing { BROWSING } else { TYPING }
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
            _ => match self.prompt.take(key) {
                Typed::Changed => self.ask(0, context),
                Typed::Moved => {}
                Typed::Ignored => return None,
            },
        }
        Some(Next::Stay)
    }

    /// A digit narrows the query to the facet of that number, or takes that away again.
    fn narrow(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        let KeyCode::Char(letter) = key.code else {
            return None;
        };
        let number = usize::try_from(letter.to_digit(10)?).ok()?;
        let term = self.facets().get(number.checked_sub(1)?)?.term.clone();
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

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str, context: &mut Context) {
        self.browsing = false;
        if self.prompt.insert(text) == Typed::Changed {
            self.ask(0, context);
        }
    }

    /// Does what the reader asks for among the hits.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        let page = isize::try_from(self.height(context)).unwrap_or(1).max(1);
        match command {
            Command::Next => self.step(by, context),
            Command::Previous => self.step(-by, context),
            Command::HalfDown => self.step(by.saturating_mul((page / 2).max(1)), context),
            Command::HalfUp => self.step(-by.saturating_mul((page / 2).max(1)), context),
            Command::PageDown => self.step(by.saturating_mul(page), context),
            Command::PageUp => self.step(-by.saturating_mul(page), context),
            Command::Top => self.step(isize::MIN / 2, context),
            Command::Bottom => self.step(isize::MAX / 2, context),
            Command::NextPane | Command::PreviousPane => self.browsing = false,
            Command::Open => self.open(context),
            Command::Pick => self.pick(context),
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
        let Some(id) = self.hit().map(|hit| hit.headline.id.clone()) else {
            return;
        };
        match self.picked.iter().position(|picked| *picked == id) {
            Some(place) => {
                self.picked.remove(place);
            }
            None => self.picked.push(id),
        }
        self.step(1, context);
    }

    fn compare(&mut self, context: &mut Context) {
        let mut ids = self.picked.clone();
        let here = self.hit().map(|hit| hit.headline.id.clone());
        ids.extend(here.filter(|id| ids.len() < 2 && !ids.contains(id)));
        match ids.as_slice() {
            [] => {}
            [one] => self.wait_for(Wanted::Near(one.clone()), context),
            _ => self.wait_for(Wanted::All(ids), context),
        }
    }

    fn wait_for(&mut self, wanted: Wanted, context: &mut Context) {
        let ticket = context.ticket();
        self.awaited = Some(ticket);
        context.jobs.push(Job::Open { ticket, wanted });
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
        let job = match (command, headline.url.clone()) {
            (Command::Copy, _) => Job::Terminal(Manner::Copy(headline.title.clone())),
            (Command::Browse, Some(url)) => Job::Browse(url),
            (_, Some(url)) => Job::Terminal(Manner::Copy(url)),
            (_, None) => return context.complain(context.locale.text("notice.no-link")),
        };
        context.jobs.push(job);
        if command != Command::Browse {
            context.say(context.locale.text("notice.copied"));
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
            self.found.hits = hits.clone();
            self.cursor = Cursor::default();
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

    /// Where typing goes on, on the screen; none among the hits.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let column = u16::try_from(self.prompt.column()).unwrap_or(0);
        (!self.browsing).then_some((3 + column, 0))
    }

    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        self.bar(area, context, canvas);
        if area.height < 3 {
            return;
        }
        canvas.rule(area.x, area.y + 1, area.right());
        let body = Rect::new(area.x, area.y + 2, area.width, area.height - 2);
        if self.found.hits.hits.is_empty() {
            self.nothing(body, context, canvas);
        } else if area.width >= WIDE {
            let facets = Rect {
                width: FACETS,
                ..body
            };
            self.facets_view(facets, context, canvas);
            canvas.bar(Rect::new(body.x + FACETS, body.y, 1, body.height));
            let hits = Rect::new(body.x + FACETS + 1, body.y, body.width - FACETS - 1, body.height);
            self.hits_view(hits, context, canvas);
        } else {
            self.hits_view(body, context, canvas);
        }
    }

    fn bar(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let role = if self.browsing { Role::Dim } else { Role::Accent };
        let x = canvas.put(area.x + 1, area.y, end, "/", role) + 1;
        let hits = &self.found.hits;
        let facts = if self.prompt.text().trim().is_empty() {
            String::new()
        } else {
            let took = context
                .locale
                .fill("search.took", &[("ms", &hits.took.as_millis())]);
            let n = context.locale.fill("search.hits", &[("n", &hits.total)]);
            format!("{n} · {took}")
        };
        let right = canvas.put_right(area.width / 2, area.y, end, &facts, Role::Dim);
        if self.prompt.text().is_empty() {
            canvas.put_fitted(
                x + 1,
                area.y,
                right,
                context.locale.text("search.hint"),
                Role::Dim,
            );
        } else {
            canvas.put(
                x,
                area.y,
                right.saturating_sub(1),
                self.prompt.text(),
                Role::Title,
            );
        }
    }

    fn nothing(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let searched = !self.prompt.text().trim().is_empty() && self.found.stage == Stage::Idle;
        let lines: &[&'static str] = if searched {
            &["search.none"]
        } else {
            &[
                "search.help-words",
                "search.help-phrase",
                "search.help-fields",
                "search.help-dates",
            ]
        };
        for (key, y) in lines.iter().zip(area.y + 1..area.bottom()) {
            let line = context.locale.text(key);
            let (sample, said) = line.split_once('\t').unwrap_or(("", line));
            canvas.put(area.x + 3, y, area.right(), sample, Role::Key);
            let x = area.x
                + if sample.is_empty() {
                    3
                } else {
                    36.min(area.width / 2)
                };
            canvas.put_fitted(x, y, area.right(), said, Role::Dim);
        }
    }

    fn hits_view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let seen = self.found.hits.hits.iter().enumerate().skip(self.cursor.top);
        for ((place, hit), slot) in seen.zip(0..area.height.div_ceil(3)) {
            let top = area.y + slot * 3;
            let lines = Rect::new(area.x, top, area.width, 2.min(area.bottom().saturating_sub(top)));
            self.hit_view(hit, place == self.cursor.at, lines, context, canvas);
        }
    }

    fn hit_view(&self, hit: &Hit, chosen: bool, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let picked = self.picked.contains(&hit.headline.id);
        let signs = canvas.signs;
        let cursor = if picked {
            signs.picked()
        } else if chosen {
            signs.cursor()
        } else {
            " "
        };
        canvas.put(area.x, area.y, end, cursor, Role::Accent);
        let mut facts = byline(context, &hit.headline);
        if let Some(also) = hit.also {
            facts = format!(
                "{} · {facts}",
                context.locale.fill("search.also", &[("language", &also)])
            );
        }
        let room = (area.width * 2 / 5).max(12);
        let right = canvas.put_right(end.saturating_sub(room), area.y, end, &facts, Role::Dim);
        let title = &hit.headline.title;
        put_marked(
            canvas,
            (area.x + 2, area.y, right.saturating_sub(2)),
            title,
            &hit.title_marks,
            Role::Title,
        );
        if area.height > 1 {
            let spot = (area.x + 4, area.y + 1, end);
            put_marked(canvas, spot, &hit.snippet.text, &hit.snippet.marks, Role::Text);
        }
        if chosen {
            let role = if self.browsing {
                Role::Selected
            } else {
                Role::Resting
            };
            canvas.lay(area, role);
        }
    }

    /// What the hits can be narrowed to, in the order of their numbers.
    fn facets(&self) -> Vec<Facet> {
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
        languages.take(3).chain(sources.take(6)).collect()
    }

    fn facets_view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let mut y = area.y;
        let mut heading = "";
        for (facet, number) in self.facets().iter().zip(1..) {
            if facet.field != heading {
                y += u16::from(!heading.is_empty());
                heading = facet.field;
                let key = if heading == "lang" {
                    "search.languages"
                } else {
                    "search.sources"
                };
                canvas.put_fitted(area.x + 1, y, end, context.locale.text(key), Role::Dim);
                y += 1;
            }
            if y >= area.bottom() {
                return;
            }
            let on = self.prompt.text().contains(&facet.term);
            let role = if self.browsing { Role::Key } else { Role::Dim };
            canvas.put(area.x + 1, y, end, &number.to_string(), role);
            let count = facet.count.to_string();
            let name = end.saturating_sub(columns(&count) + 1);
            canvas.put_fitted(
                area.x + 3,
                y,
                name,
                &facet.label,
                if on { Role::Found } else { Role::Text },
            );
            canvas.put_right(area.x + 3, y, end, &count, Role::Dim);
            y += 1;
        }
        self.sparkline(
            Rect::new(area.x, y + 1, area.width, area.bottom().saturating_sub(y + 1)),
            context,
            canvas,
        );
    }

    /// How the hits spread over the months.
    fn sparkline(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let months = &self.found.hits.facets.months;
        let (Some(((first, month), _)), Some(((last, last_month), _))) = (months.first(), months.last())
        else {
            return;
        };
        if area.height < 3 {
            return;
        }
        let place = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month) - 1;
        let (from, to) = (place(*first, *month), place(*last, *last_month));
        let width = i32::from(area.width.saturating_sub(3)).max(1);
        let step = ((to - from + 1) / width + i32::from((to - from + 1) % width > 0)).max(1);
        let mut bars = vec![0usize; usize::try_from((to - from) / step + 1).unwrap_or(1)];
        for ((year, month), n) in months {
            let slot = usize::try_from((place(*year, *month) - from) / step).unwrap_or(0);
            if let Some(bar) = bars.get_mut(slot) {
                *bar += n;
            }
        }
        let most = bars.iter().copied().max().unwrap_or(1).max(1);
        let end = area.right().saturating_sub(1);
        canvas.put_fitted(
            area.x + 1,
            area.y,
            end,
            context.locale.text("search.months"),
            Role::Dim,
        );
        let mut x = area.x + 1;
        for bar in bars {
            let sign = canvas.signs.spark((bar * 8).div_ceil(most));
            x = canvas.put(x, area.y + 1, end, sign, Role::Linked);
        }
        let x = canvas.put(area.x + 1, area.y + 2, end, &first.to_string(), Role::Dim);
        if last != first {
            canvas.put_right(x + 1, area.y + 2, end, &last.to_string(), Role::Dim);
        }
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

/// Writes text with the words that were found marked, cut to the room there is.
fn put_marked(canvas: &mut Canvas<'_>, (x, y, end): (u16, u16, u16), text: &str, marks: &[Span], base: Role) {
    let mut marks = marks.iter().peekable();
    let (plain, found) = (canvas.theme.style(base), canvas.theme.style(Role::Found));
    let room = columns(text) > end.saturating_sub(x);
    let last = if room { end.saturating_sub(1) } else { end };
    let mut at = x;
    for glyph in glyphs(text) {
        while marks.next_if(|mark| mark.end <= glyph.at).is_some() {}
        let style = if marks.peek().is_some_and(|mark| mark.start <= glyph.at) {
            plain.patch(found)
        } else {
            plain
        };
        if at + u16::try_from(glyph.width).unwrap_or(0) > last {
            break;
        }
        at = canvas.put_styled(at, y, last, glyph.shown, style);
    }
    if room {
        canvas.put_styled(at, y, end, "…", plain);
    }
}
