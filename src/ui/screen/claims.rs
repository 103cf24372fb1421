//! The table of claims: a row a claim, a column a source, and the values of the row under the cursor on an axis.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::article::Headline;
use crate::compare::{Claim, Correction, Landmark, Mention, Sense};
use crate::export::axis::Axis;
use crate::job::{Job, note};
use crate::ui::app::Context;
use crate::ui::claim::{short_name, topic, value_of, values};
use crate::ui::command::Command;
use crate::ui::desk::{Desk, FigureIx};
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::{Cursor, next_of};
use crate::ui::widget::plot;

use super::compare::put_verdict;
use super::{ExportMenu, Hint, Next, Screen};

/// The table of claims.
pub struct Claims {
    desk: Arc<Desk>,
    cursor: Cursor,
    /// The source under the cursor.
    source: usize,
    /// The figures of the claim that is to be joined with another.
    joining: Vec<Landmark>,
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[
    (Command::Open, "hint.reveal"),
    (Command::Export, "hint.export"),
    (Command::NextContradiction, "hint.contradiction"),
    (Command::NextPane, "hint.source"),
    (Command::Copy, "hint.copy"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

/// The parts of the screen.
struct Layout {
    rows: Rect,
    detail: Rect,
}

impl Layout {
    fn of(context: &Context) -> Self {
        let size = context.size;
        let height = size.height.saturating_sub(1);
        let detail = match height {
            0..10 => 0,
            10..20 => 4,
            20..34 => 7,
            _ => 9,
        };
        let top = 2.min(height);
        let below = if detail > 0 { detail + 1 } else { 0 };
        let rows = Rect::new(0, top, size.width, height.saturating_sub(top + below));
        let detail = Rect::new(0, rows.bottom() + 1, size.width, detail);
        Self { rows, detail }
    }
}

impl Claims {
    /// The claims of a desk, with the cursor on one of them.
    pub fn new(desk: Arc<Desk>, claim: Option<usize>) -> Self {
        let cursor = Cursor {
            at: claim.unwrap_or(0),
            top: 0,
        };
        Self {
            desk,
            cursor,
            source: 0,
            joining: Vec::new(),
        }
    }

    fn claims(&self) -> &[Claim] {
        &self.desk.comparison.claims
    }

    /// The article of the source under the cursor.
    pub fn article(&self) -> Option<&Headline> {
        self.desk.article(self.source).map(|article| &article.headline)
    }

    fn claim(&self) -> Option<&Claim> {
        self.claims().get(self.cursor.at)
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        let height = usize::from(Layout::of(context).rows.height);
        if let Some(by) = command.distance(times, height) {
            self.cursor.step(by, self.claims().len(), height);
            return Next::Stay;
        }
        match command {
            Command::NextPane => self.turn(1),
            Command::PreviousPane => self.turn(self.desk.articles.len().saturating_sub(1)),
            Command::NextContradiction => self.seek(false, height),
            Command::PreviousContradiction => self.seek(true, height),
            Command::Open => return self.reveal(),
            Command::Dismiss => self.dismiss(context),
            Command::PartClaim => self.part(context),
            Command::JoinClaims => self.join(context),
            Command::Claims => return Next::Back,
            Command::Export => return Next::To(Box::new(Screen::Export(ExportMenu::new(&self.desk)))),
            Command::Copy => {
                let text = self
                    .claim()
                    .map(|claim| values(&context.locale, claim))
                    .unwrap_or_default();
                context.copy(text);
            }
            _ => {}
        }
        Next::Stay
    }

    /// The articles side by side.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Takes the same articles compared again.
    pub fn renew(&mut self, now: &Desk, context: &Context) {
        if let Some(desk) = self.desk.renewed(now) {
            self.desk = Arc::new(desk);
            self.resize(context);
        }
    }

    /// The landmarks of the claim under the cursor.
    fn landmarks(&self) -> Vec<Landmark> {
        let all = self.desk.comparison.landmarks(&self.desk.articles);
        all.into_iter().nth(self.cursor.at).unwrap_or_default()
    }

    /// Says that the claim under the cursor is no contradiction.
    fn dismiss(&self, context: &mut Context) {
        if !self.claim().is_some_and(|claim| claim.verdict.is_contradiction()) {
            return context.say(context.locale.text("notice.not-contradiction"));
        }
        context.jobs.push(Job::Correct(Correction {
            sense: Sense::Harmless,
            figures: self.landmarks(),
            others: Vec::new(),
        }));
    }

    /// Says that the figures of the source under the cursor are of another thing.
    fn part(&self, context: &mut Context) {
        let Some(claim) = self.claim() else { return };
        let marked = self.landmarks().into_iter().zip(&claim.mentions);
        let (own, others): (Vec<_>, Vec<_>) = marked.partition(|(_, mention)| mention.article == self.source);
        if own.is_empty() || others.is_empty() {
            return context.say(context.locale.text("notice.part-what"));
        }
        let plain =
            |list: Vec<(Landmark, &Mention)>| list.into_iter().map(|(landmark, _)| landmark).collect();
        context.jobs.push(Job::Correct(Correction {
            sense: Sense::Apart,
            figures: plain(own),
            others: plain(others),
        }));
    }

    /// Chooses the claim under the cursor, or says that it and the chosen one are of one thing.
    fn join(&mut self, context: &mut Context) {
        let own = self.landmarks();
        if self.joining.is_empty() || self.joining == own {
            self.joining = own;
            return context.say(context.locale.text("notice.join-claim"));
        }
        let mut figures = std::mem::take(&mut self.joining);
        figures.extend(own);
        context.jobs.push(Job::Correct(Correction {
            sense: Sense::Together,
            figures,
            others: Vec::new(),
        }));
    }

    fn turn(&mut self, by: usize) {
        self.source = (self.source + by) % self.desk.articles.len().max(1);
    }

    fn seek(&mut self, back: bool, height: usize) {
        let claims = self.claims().iter().enumerate();
        let contradicted = claims.filter(|(_, claim)| claim.verdict.is_contradiction());
        let found = next_of(contradicted.map(|(place, _)| place), self.cursor.at, back);
        if let Some(place) = found {
            self.cursor.go(place, self.claims().len(), height);
        }
    }

    /// To the passage of the source under the cursor, or of the first that gives the claim.
    fn reveal(&self) -> Next {
        let Some(claim) = self.claim() else {
            return Next::Back;
        };
        let own = claim
            .mentions
            .iter()
            .position(|mention| mention.article == self.source);
        Next::Reveal(FigureIx {
            claim: self.cursor.at,
            mention: own.unwrap_or(0),
        })
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        let rows = self.claims().len();
        self.cursor
            .settle(rows, usize::from(Layout::of(context).rows.height));
    }

    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let layout = Layout::of(context);
        let table = self.table(area.width);
        self.head(area, &table, context, canvas);
        let seen = self.claims().iter().enumerate().skip(self.cursor.top);
        for ((place, claim), y) in seen.zip(layout.rows.top()..layout.rows.bottom()) {
            self.row(claim, place == self.cursor.at, &table, y, context, canvas);
        }
        if layout.detail.height > 0 {
            canvas.rule(area.x, layout.detail.y - 1, area.right());
            self.detail(layout.detail, context, canvas);
        }
    }

    /// How wide the topic and each source are, and the first source in sight.
    fn table(&self, width: u16) -> Table {
        let sources = u16::try_from(self.desk.articles.len()).unwrap_or(1).max(1);
        let topic = (width / 3).clamp(12, 44).min(width);
        let room = width.saturating_sub(topic + 3);
        let each = (room / sources).clamp(14, 24).min(room.max(1));
        let seen = usize::from(room / each).max(1);
        let first = (self.source + 1).saturating_sub(seen);
        Table {
            topic,
            each,
            sources: first..(first + seen).min(self.desk.articles.len()),
        }
    }

    fn head(&self, area: Rect, table: &Table, context: &Context, canvas: &mut Canvas<'_>) {
        let (y, end) = (area.y, area.right());
        canvas.put(
            area.x + 1,
            y,
            end,
            context.locale.text("claims.title"),
            Role::Title,
        );
        for (article, x) in table.places() {
            let Some(written) = self.desk.article(article) else {
                continue;
            };
            let stop = (x + table.each).saturating_sub(2);
            let name = short_name(&written.headline);
            let sign = canvas.signs.article(article);
            let role = if article == self.source {
                Role::Accent
            } else {
                Role::Dim
            };
            canvas.put_right(x, y, stop, &format!("{sign} {name}"), role);
        }
        if area.height > 1 {
            canvas.rule(area.x, y + 1, end);
        }
    }

    fn row(
        &self,
        claim: &Claim,
        chosen: bool,
        table: &Table,
        y: u16,
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let width = context.size.width;
        let role = Role::of(claim.verdict);
        if chosen {
            canvas.put(0, y, width, canvas.signs.cursor(), Role::Accent);
        }
        let x = canvas.put(1, y, width, canvas.signs.verdict(claim.verdict), role) + 1;
        canvas.put_fitted(x, y, table.topic + 2, &topic(claim), Role::Text);
        for (article, x) in table.places() {
            let stop = (x + table.each).saturating_sub(2);
            match value_of(&context.locale, claim, article) {
                Some(value) => canvas.put_right(x, y, stop, &value, role),
                None => canvas.put_right(x, y, stop, "–", Role::Rule),
            };
        }
        if chosen {
            canvas.lay(Rect::new(0, y, width, 1), Role::Selected);
        }
    }

    /// The claim under the cursor: verdict, wordings, and the values on an axis.
    fn detail(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let Some(claim) = self.claim() else { return };
        let end = area.right().saturating_sub(1);
        let x = put_verdict(canvas, (area.x + 1, area.y, end), &context.locale, claim.verdict) + 2;
        canvas.put_fitted(x, area.y, end, &values(&context.locale, claim), Role::Title);
        let mut top = area.y + 1;
        if let Some(reason) = &claim.reason {
            canvas.put_fitted(area.x + 3, top, end, &note(reason, &context.locale), Role::Text);
            top += 1;
        }
        let axis = Axis::new(claim).filter(|_| area.height >= top - area.y + 3 && !canvas.signs.is_linear());
        let plotted = u16::from(axis.is_some()) * 3;
        let room = area.height.saturating_sub(top - area.y + plotted);
        for (mention, y) in claim.mentions.iter().zip(top..top + room) {
            let role = if mention.article == self.source {
                Role::Title
            } else {
                Role::Text
            };
            let x = canvas.put(
                area.x + 1,
                y,
                end,
                &canvas.signs.article(mention.article),
                Role::Dim,
            ) + 1;
            canvas.put_fitted(x, y, end, self.desk.wording(mention), role);
        }
        if let Some(axis) = axis {
            let place = Rect::new(
                area.x + 1,
                area.bottom() - plotted,
                area.width.saturating_sub(2),
                plotted,
            );
            plot::view(&axis, place, &context.locale, Role::of(claim.verdict), canvas);
        }
    }
}

/// The columns of the table.
struct Table {
    topic: u16,
    each: u16,
    sources: std::ops::Range<usize>,
}

impl Table {
    /// Each source in sight with its first column.
    fn places(&self) -> impl Iterator<Item = (usize, u16)> {
        let first = self.topic + 3;
        let each = self.each;
        self.sources
            .clone()
            .zip(0u16..)
            .map(move |(article, place)| (article, first + place * each))
    }
}
