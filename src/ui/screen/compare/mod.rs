//! Articles side by side: their passages on common rows, their figures lit, their claims explained.

mod setting;
mod strip;
mod view;

use std::sync::Arc;

use crate::article::{Article, ArticleId, Headline};
use crate::job::{Form, Job, Manner, Mark, Wanted};
use crate::text::ParagraphIx;
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::desk::{Desk, FigureIx};
use crate::ui::screen::{Claims, Hint, Next, Screen};

use setting::{Item, Setting};
pub use strip::verdict_word;
use view::Layout;

/// Articles side by side.
pub struct Compare {
    desk: Arc<Desk>,
    /// The article in each column, by its number on the desk.
    shown: Vec<usize>,
    /// The column that keys move in.
    focus: usize,
    /// How many columns the reader wants.
    wanted: usize,
    view: View,
    /// Whether the columns part for a while, to show figures that do not stand on common rows.
    parted: bool,
    /// Whether later columns leave out what the first says.
    fold: bool,
    /// The figure under the cursor.
    at: Option<FigureIx>,
    setting: Setting,
    /// The first row in sight of each track.
    tops: Vec<usize>,
}

/// Whether the columns scroll together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum View {
    #[default]
    Aligned,
    Free,
}

const HINTS: &[Hint] = &[
    (Command::NextContradiction, "hint.contradiction"),
    (Command::NextFigure, "hint.figure"),
    (Command::Claims, "hint.claims"),
    (Command::NextPane, "hint.column"),
    (Command::Choose(1), "hint.sources"),
    (Command::Align, "hint.align"),
    (Command::Fold, "hint.fold"),
    (Command::Export, "hint.export"),
    (Command::Browse, "hint.browse"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Compare {
    /// The articles of the desk, the first ones in sight.
    pub fn new(desk: Arc<Desk>, context: &Context) -> Self {
        let mut compare = Self {
            desk,
            shown: Vec::new(),
            focus: 0,
            wanted: 2,
            view: View::default(),
            parted: false,
            fold: false,
            at: None,
            setting: Setting::default(),
            tops: Vec::new(),
        };
        compare.fill(context);
        compare.set(context);
        compare
    }

    /// What the last line reminds of.
    pub const fn hints(&self) -> &'static [Hint] {
        HINTS
    }

    /// Fits the number of columns to what is wanted and what there is room for.
    fn fill(&mut self, context: &Context) {
        let count = self
            .desk
            .articles
            .len()
            .min(self.wanted)
            .min(setting::room(context.size.width))
            .max(1);
        if self.shown.len() > count {
            let kept = self.shown.get(self.focus).copied();
            self.shown.truncate(count);
            if let Some(kept) = kept.filter(|kept| !self.shown.contains(kept)) {
                self.shown.pop();
                self.shown.push(kept);
            }
            self.focus = kept
                .and_then(|kept| self.shown.iter().position(|shown| *shown == kept))
                .unwrap_or(0);
        }
        while self.shown.len() < count {
            let free = (0..self.desk.articles.len()).find(|article| !self.shown.contains(article));
            let Some(article) = free else { break };
            self.shown.push(article);
        }
    }

    /// Sets the columns anew, keeping in each what stood at the top.
    fn set(&mut self, context: &Context) {
        let anchors: Vec<Option<(Item, usize)>> =
            (0..self.shown.len()).map(|column| self.anchor(column)).collect();
        let aligned = self.is_aligned();
        self.setting = Setting::new(&self.desk, &self.shown, context.size.width, aligned, self.fold);
        self.tops = vec![0; self.setting.tracks.len()];
        let focus = self.focus;
        let order = (0..self.shown.len())
            .filter(|column| *column != focus)
            .chain([focus]);
        for column in order {
            let Some((item, below)) = anchors.get(column).copied().flatten() else {
                continue;
            };
            if let Some(row) = self.setting.row_of_item(column, item) {
                self.scroll_to(column, row + below, context);
            }
        }
    }

    /// What stands at the top of a column, and how many of its rows are above.
    fn anchor(&self, column: usize) -> Option<(Item, usize)> {
        let article = self.setting.columns.get(column)?.sheet.article;
        if self.shown.get(column) != Some(&article) {
            return None;
        }
        let top = self.tops.get(self.setting.track_of(column)).copied()?;
        if top == 0 {
            return None;
        }
        let item = self.setting.item_at(column, top)?;
        let row = self.setting.row_of_item(column, item)?;
        Some((item, top.saturating_sub(row)))
    }

    fn is_aligned(&self) -> bool {
        self.view == View::Aligned && !self.parted && self.shown.len() > 1
    }

    fn scroll_to(&mut self, column: usize, row: usize, context: &Context) {
        let place = self.setting.track_of(column);
        let height = Layout::of(context.size).body_height();
        let rows = self.setting.tracks.get(place).map_or(0, |track| track.height);
        if let Some(top) = self.tops.get_mut(place) {
            *top = row.min(rows.saturating_sub(height));
        }
    }

    fn top(&self, column: usize) -> usize {
        let track = self.setting.track_of(column);
        self.tops.get(track).copied().unwrap_or(0)
    }

    fn scroll(&mut self, by: isize, context: &Context) {
        let row = self.top(self.focus).saturating_add_signed(by);
        self.scroll_to(self.focus, row, context);
        self.follow(context);
    }

    /// The paragraph being read: it wanders down the screen as the text goes by.
    fn reading(&self, context: &Context) -> Option<(usize, ParagraphIx)> {
        let height = Layout::of(context.size).body_height();
        let track = self.setting.tracks.get(self.setting.track_of(self.focus))?;
        let top = self.top(self.focus);
        let hidden = track.height.saturating_sub(height);
        let within = (height.saturating_sub(1) * top).checked_div(hidden).unwrap_or(0);
        match self.setting.item_at(self.focus, top + within)? {
            Item::Title => Some((self.focus, ParagraphIx(0))),
            Item::Paragraph(paragraph) | Item::Folded(paragraph) => Some((self.focus, paragraph)),
        }
    }

    /// In the free view, brings the counterpart of the paragraph being read beside it.
    fn follow(&mut self, context: &Context) {
        if self.is_aligned() {
            return;
        }
        let Some((column, paragraph)) = self.reading(context) else {
            return;
        };
        let Some(own) = self.setting.row_of_item(column, Item::Paragraph(paragraph)) else {
            return;
        };
        let Some(article) = self.shown.get(column).copied() else {
            return;
        };
        let above = own.saturating_sub(self.top(column));
        for other in (0..self.shown.len()).filter(|other| *other != column) {
            let counterpart = self
                .shown
                .get(other)
                .and_then(|other| self.desk.counterpart(article, paragraph, *other));
            let row = counterpart.and_then(|found| self.setting.row_of_item(other, Item::Paragraph(found)));
            if let Some(row) = row {
                self.scroll_to(other, row.saturating_sub(above), context);
            }
        }
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        let by = isize::try_from(times).unwrap_or(isize::MAX);
        let page = isize::try_from(Layout::of(context.size).body_height()).unwrap_or(1);
        match command {
            Command::Next => self.scroll(by, context),
            Command::Previous => self.scroll(-by, context),
            Command::HalfDown => self.scroll(by.saturating_mul((page / 2).max(1)), context),
            Command::HalfUp => self.scroll(-by.saturating_mul((page / 2).max(1)), context),
            Command::PageDown => self.scroll(by.saturating_mul((page - 2).max(1)), context),
            Command::PageUp => self.scroll(-by.saturating_mul((page - 2).max(1)), context),
            Command::Top => self.scroll(isize::MIN / 2, context),
            Command::Bottom => self.scroll(isize::MAX / 2, context),
            Command::NextPane => self.turn(1, context),
            Command::PreviousPane => self.turn(-1, context),
            Command::Open | Command::Claims => {
                let claim = self.at.map(|figure| figure.claim);
                let claims = Claims::new(Arc::clone(&self.desk), claim);
                return Next::To(Box::new(Screen::Claims(claims)));
            }
            Command::NextFigure => self.step_figure(times, false, context),
            Command::PreviousFigure => self.step_figure(times, true, context),
            Command::NextContradiction => self.step_contradiction(times, false, context),
            Command::PreviousContradiction => self.step_contradiction(times, true, context),
            Command::Align => self.switch_view(context),
            Command::Fold => {
                self.fold = !self.fold;
                self.set(context);
            }
            Command::More => self.want(self.shown.len() + times, context),
            Command::Fewer => self.want(self.shown.len().saturating_sub(times).max(1), context),
            Command::Swap => self.swap(context),
            Command::Choose(number) => self.choose(usize::from(number).saturating_sub(1), context),
            other => self.leave_screen(other, context),
        }
        Next::Stay
    }

    /// What takes something off the screen, or says something of the article.
    fn leave_screen(&self, command: Command, context: &mut Context) {
        let article = self
            .shown
            .get(self.focus)
            .and_then(|article| self.desk.article(*article));
        let Some(headline) = article.map(|article| &article.headline) else {
            return;
        };
        match command {
            Command::Read => context.jobs.push(Job::Mark(
                Wanted::All(vec![headline.id.clone()]),
                Mark::Read(false),
            )),
            Command::Star => context.jobs.push(Job::Mark(
                Wanted::All(vec![headline.id.clone()]),
                Mark::Starred(true),
            )),
            Command::Copy => {
                let text = self.copied(context);
                context.jobs.push(Job::Terminal(Manner::Copy(text)));
                context.say(context.locale.text("notice.copied"));
            }
            Command::CopyLink | Command::Browse => link(headline, command, context),
            Command::Export => context.jobs.push(export(&self.desk)),
            _ => {}
        }
    }

    /// What a copy takes: the figure under the cursor, else the paragraph being read.
    fn copied(&self, context: &Context) -> String {
        if let Some(mention) = self.at.and_then(|figure| self.desk.mention(figure)) {
            return self.desk.wording(mention).to_string();
        }
        let (column, paragraph) = self.reading(context).unwrap_or((self.focus, ParagraphIx(0)));
        let article = self.shown.get(column).copied().unwrap_or(0);
        let span = self.desk.paragraphs(article).get(paragraph.0);
        let text = self.desk.article(article).map(|article| article.text.as_str());
        span.zip(text)
            .map_or_else(String::new, |(span, text)| span.of(text).to_string())
    }

    /// Goes to another column; where there is one only, to another article in it.
    fn turn(&mut self, by: isize, context: &Context) {
        let count = isize::try_from(self.shown.len()).unwrap_or(1).max(1);
        if count == 1 {
            let all = isize::try_from(self.desk.articles.len()).unwrap_or(1).max(1);
            let now = isize::try_from(self.shown.first().copied().unwrap_or(0)).unwrap_or(0);
            return self.choose(usize::try_from((now + by).rem_euclid(all)).unwrap_or(0), context);
        }
        let now = isize::try_from(self.focus).unwrap_or(0);
        self.focus = usize::try_from((now + by).rem_euclid(count)).unwrap_or(0);
    }

    /// Puts an article into the focused column; where another column has it, the two change places.
    fn choose(&mut self, article: usize, context: &Context) {
        if article >= self.desk.articles.len() {
            return;
        }
        let now = self.shown.get(self.focus).copied();
        if let (Some(other), Some(now)) = (self.shown.iter().position(|shown| *shown == article), now)
            && let Some(slot) = self.shown.get_mut(other)
        {
            *slot = now;
        }
        if let Some(slot) = self.shown.get_mut(self.focus) {
            *slot = article;
        }
        self.parted = false;
        self.set(context);
    }

    fn swap(&mut self, context: &Context) {
        let other = if self.focus + 1 < self.shown.len() {
            self.focus + 1
        } else {
            self.focus.saturating_sub(1)
        };
        self.shown.swap(self.focus, other);
        self.focus = other;
        self.set(context);
    }

    fn want(&mut self, columns: usize, context: &mut Context) {
        let most = setting::room(context.size.width).min(self.desk.articles.len());
        if columns > most {
            let text = context.locale.fill("notice.columns", &[("n", &most)]);
            context.say(text);
        }
        self.wanted = columns.min(most).max(1);
        self.fill(context);
        self.set(context);
    }

    fn switch_view(&mut self, context: &Context) {
        self.view = match (self.parted, self.view) {
            (true, _) | (false, View::Free) => View::Aligned,
            (false, View::Aligned) => View::Free,
        };
        self.parted = false;
        self.set(context);
        self.follow(context);
    }

    /// Goes so many figures on in the focused column; the first time, to the first one in sight.
    fn step_figure(&mut self, times: usize, back: bool, context: &Context) {
        let Some(article) = self.shown.get(self.focus).copied() else {
            return;
        };
        let marks = self.desk.marks(article);
        let at = self
            .at
            .and_then(|at| marks.iter().position(|mark| mark.figure == at));
        let in_sight = || {
            let top = self.top(self.focus);
            let seen = |mark| {
                self.setting
                    .row_of(self.focus, mark, &self.desk)
                    .is_some_and(|row| row >= top)
            };
            marks.iter().position(seen)
        };
        let last = marks.len().saturating_sub(1);
        let place = match (at, back) {
            (Some(at), false) => (at + times).min(last),
            (Some(at), true) => at.saturating_sub(times),
            (None, false) => (in_sight().unwrap_or(0) + times - 1).min(last),
            (None, true) => in_sight().unwrap_or(0).saturating_sub(times),
        };
        if let Some(figure) = marks.get(place).map(|mark| mark.figure) {
            self.at = Some(figure);
            if self.parted {
                self.parted = false;
                self.set(context);
            }
            self.bring_into_sight(figure, context);
            self.follow(context);
        }
    }

    /// Goes so many contradictions on, in the order of their weight, round and round.
    fn step_contradiction(&mut self, times: usize, back: bool, context: &mut Context) {
        let claims = self.desk.comparison.claims.iter().enumerate();
        let found: Vec<usize> = claims
            .filter(|(_, claim)| claim.verdict.is_contradiction())
            .map(|(place, _)| place)
            .collect();
        if found.is_empty() {
            return context.say(context.locale.text("notice.no-contradiction"));
        }
        let now = self
            .at
            .and_then(|at| found.iter().position(|claim| *claim == at.claim));
        let times = times % found.len();
        let place = match (now, back) {
            (Some(now), false) => (now + times.max(1)) % found.len(),
            (Some(now), true) => (now + found.len() - times.max(1)) % found.len(),
            (None, false) => 0,
            (None, true) => found.len() - 1,
        };
        if let Some(claim) = found.get(place).copied() {
            let mention = self.mention_in(claim, self.focus).unwrap_or(0);
            self.reveal(FigureIx { claim, mention }, context);
        }
    }

    /// The mention of a claim that stands in a column.
    fn mention_in(&self, claim: usize, column: usize) -> Option<usize> {
        let article = self.shown.get(column)?;
        let mentions = &self.desk.claim(claim)?.mentions;
        mentions.iter().position(|mention| mention.article == *article)
    }

    /// Shows a figure and beside it another source's, in the free view where they do not stand on common rows.
    pub fn reveal(&mut self, figure: FigureIx, context: &Context) {
        self.at = Some(figure);
        self.parted = false;
        self.bring_columns(figure);
        self.set(context);
        let others: Vec<(usize, FigureIx)> = (0..self.shown.len())
            .filter(|column| *column != self.focus)
            .filter_map(|column| Some((column, self.mention_in(figure.claim, column)?)))
            .map(|(column, mention)| (column, FigureIx { mention, ..figure }))
            .collect();
        self.bring_into_sight(figure, context);
        if others
            .iter()
            .all(|(column, other)| self.is_in_sight(*column, *other, context))
        {
            return;
        }
        self.parted = self.view == View::Aligned;
        self.set(context);
        self.bring_into_sight(figure, context);
        for (column, other) in others {
            self.bring_beside(column, other, context);
        }
    }

    /// Puts into the columns the article of a figure, and one that gives another value.
    fn bring_columns(&mut self, figure: FigureIx) {
        let desk = Arc::clone(&self.desk);
        let (Some(claim), Some(mention)) = (desk.claim(figure.claim), desk.mention(figure)) else {
            return;
        };
        match self.shown.iter().position(|shown| *shown == mention.article) {
            Some(column) => self.focus = column,
            None => {
                if let Some(slot) = self.shown.get_mut(self.focus) {
                    *slot = mention.article;
                }
            }
        }
        let value = mention.figure.value.printed();
        let differs = |other: &&crate::compare::Mention| {
            other.article != mention.article && other.figure.value.printed() != value
        };
        let shown = |other: &crate::compare::Mention| self.shown.contains(&other.article);
        let mut others = claim.mentions.iter().filter(differs);
        let Some(other) = others
            .clone()
            .find(|other| shown(other))
            .or_else(|| others.next())
        else {
            return;
        };
        if !self.shown.contains(&other.article) {
            let next = if self.focus + 1 < self.shown.len() {
                self.focus + 1
            } else {
                self.focus.wrapping_sub(1)
            };
            if let Some(slot) = self.shown.get_mut(next) {
                *slot = other.article;
            }
        }
    }

    fn row_of(&self, column: usize, figure: FigureIx) -> Option<usize> {
        let mark = self.desk.mark(figure)?;
        self.setting.row_of(column, mark, &self.desk)
    }

    fn is_in_sight(&self, column: usize, figure: FigureIx, context: &Context) -> bool {
        let top = self.top(column);
        let height = Layout::of(context.size).body_height();
        self.row_of(column, figure)
            .is_some_and(|row| (top..top + height).contains(&row))
    }

    /// Scrolls as little as brings a figure of the focused column into sight with a few lines around it.
    fn bring_into_sight(&mut self, figure: FigureIx, context: &Context) {
        let Some(row) = self.row_of(self.focus, figure) else {
            return;
        };
        let height = Layout::of(context.size).body_height();
        let top = self.top(self.focus);
        let margin = (height / 5).min(4);
        if row < top + margin || row + margin >= top + height {
            self.scroll_to(self.focus, row.saturating_sub(height / 3), context);
        }
    }

    /// Scrolls another column so that its figure stands beside that of the focused one.
    fn bring_beside(&mut self, column: usize, figure: FigureIx, context: &Context) {
        let (Some(row), Some(own)) = (
            self.row_of(column, figure),
            self.at.and_then(|at| self.row_of(self.focus, at)),
        ) else {
            return;
        };
        let above = own.saturating_sub(self.top(self.focus));
        self.scroll_to(column, row.saturating_sub(above), context);
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        self.fill(context);
        self.set(context);
    }

    /// Scrolls the column under the mouse.
    pub fn wheel(&mut self, lines: isize, x: u16, _y: u16, context: &Context) -> Next {
        let under = self.column_at(x);
        let focus = std::mem::replace(&mut self.focus, under);
        self.scroll(lines, context);
        self.focus = focus;
        Next::Stay
    }

    /// Goes to the column that was clicked, and to the figure.
    pub fn click(&mut self, x: u16, y: u16, context: &Context) -> Next {
        self.focus = self.column_at(x);
        if let Some(figure) = self.figure_at(x, y, context) {
            self.at = Some(figure);
        }
        Next::Stay
    }

    fn column_at(&self, x: u16) -> usize {
        let columns = self.setting.columns.iter();
        let passed = columns.filter(|column| column.bar < x).count();
        passed.min(self.shown.len().saturating_sub(1))
    }

    /// The articles' keys, in the order of the comparison.
    fn ids(desk: &Desk) -> Vec<ArticleId> {
        let articles = desk.articles.iter();
        articles
            .map(|Article { headline, .. }| headline.id.clone())
            .collect()
    }
}

fn link(headline: &Headline, command: Command, context: &mut Context) {
    let Some(url) = headline.url.clone() else {
        return context.complain(context.locale.text("notice.no-link"));
    };
    context.say(url.clone());
    context.jobs.push(match command {
        Command::CopyLink => Job::Terminal(Manner::Copy(url)),
        _ => Job::Browse(url),
    });
}

/// The job that writes the comparison of a desk to a file.
pub fn export(desk: &Desk) -> Job {
    Job::Export {
        articles: Compare::ids(desk),
        form: Form::Html,
    }
}
