//! Articles side by side: their passages on common rows, their figures lit, their claims explained.

mod figures;
mod setting;
mod strip;
mod view;
mod word;

use std::sync::Arc;

use crate::article::Headline;
use crate::article::Language;
use crate::job::{Job, Mark, Wanted};
use crate::text::{ParagraphIx, Span, false_friends};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::desk::{Desk, FigureIx};
use crate::ui::screen::{Claims, ExportMenu, Hint, Next, Screen, Timeline};
use crate::ui::sheet::Extra;

use setting::{Item, Setting};
pub use strip::put_verdict;
use view::Layout;
use word::{Asked, Word};

/// Articles side by side.
pub struct Compare {
    title: String,
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
    /// The word under the cursor, while there is one.
    word: Option<Word>,
    /// Whether false friends are marked, and those of each article.
    friends: Option<Vec<Vec<Span>>>,
    /// Translations, and those that are waited for.
    extras: Vec<Extra>,
    asked: Vec<Asked>,
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
    (Command::Fold, "hint.fold"),
    (Command::Align, "hint.align"),
    (Command::Timeline, "hint.timeline"),
    (Command::Gloss, "hint.word"),
    (Command::Export, "hint.export"),
    (Command::Browse, "hint.browse"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Compare {
    /// The articles of the desk, the first ones in sight.
    pub fn new(desk: Arc<Desk>, title: Option<String>, context: &Context) -> Self {
        let first = desk.article(0).map(|article| article.headline.title.clone());
        let mut compare = Self {
            title: title.or(first).unwrap_or_default(),
            desk,
            shown: Vec::new(),
            focus: 0,
            wanted: context.memory.columns,
            view: if context.memory.aligned {
                View::Aligned
            } else {
                View::Free
            },
            parted: false,
            fold: false,
            at: None,
            word: None,
            friends: None,
            extras: Vec::new(),
            asked: Vec::new(),
            setting: Setting::default(),
            tops: Vec::new(),
        };
        compare.fill(context);
        compare.set(context);
        compare.go_where_left(context);
        compare
    }

    /// The article in the focused column.
    pub fn article(&self) -> Option<&Headline> {
        let article = self.desk.article(*self.shown.get(self.focus)?)?;
        Some(&article.headline)
    }

    /// Goes to where the first column's article was left.
    fn go_where_left(&mut self, context: &Context) {
        let place = self
            .article()
            .and_then(|headline| context.memory.place(&headline.id));
        let row = place.and_then(|place| self.setting.row_of_item(0, Item::Paragraph(place)));
        if let Some(row) = row {
            self.scroll_to(0, row, context);
            self.follow(context);
        }
    }

    /// Keeps in mind where the focused column's article is left.
    pub fn remember(&self, context: &mut Context) {
        let Some(id) = self.article().map(|headline| headline.id.clone()) else {
            return;
        };
        let height = Layout::of(context.size).body_height();
        let track = self.setting.tracks.get(self.setting.track_of(self.focus));
        let ended = track.is_none_or(|track| self.top(self.focus) + height >= track.height);
        let place = match self.anchor(self.focus) {
            Some((Item::Paragraph(paragraph) | Item::Folded(paragraph, _), _)) if !ended => Some(paragraph),
            _ => None,
        };
        context.memory.keep_place(&id, place);
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
            let languages = self
                .desk
                .articles
                .iter()
                .map(|article| article.headline.language)
                .collect::<Vec<_>>();
            let free = next_to_show(&languages, &self.shown);
            let Some(article) = free else { break };
            self.shown.push(article);
        }
    }

    /// Sets the columns anew, keeping in each what stood at the top.
    fn set(&mut self, context: &Context) {
        let anchors: Vec<Option<(Item, usize)>> =
            (0..self.shown.len()).map(|column| self.anchor(column)).collect();
        let aligned = self.is_aligned();
        self.setting = Setting::new(
            &self.desk,
            &self.shown,
            &self.extras,
            (context.size.width, context.signs),
            (aligned, self.fold),
        );
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
        self.view == View::Aligned && !self.parted && !self.fold && self.shown.len() > 1
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

    /// The paragraph being read: that of the figure under the cursor while it is in sight; else one that wanders down
    /// the screen as the text goes by.
    fn reading(&self, context: &Context) -> Option<(usize, ParagraphIx)> {
        if let Some(paragraph) = self.paragraph_of_figure(context) {
            return Some((self.focus, paragraph));
        }
        let height = Layout::of(context.size).body_height();
        let track = self.setting.tracks.get(self.setting.track_of(self.focus))?;
        let top = self.top(self.focus);
        let hidden = track.height.saturating_sub(height);
        let within = (height.saturating_sub(1) * top).checked_div(hidden).unwrap_or(0);
        match self.setting.item_at(self.focus, top + within)? {
            Item::Title => Some((self.focus, ParagraphIx(0))),
            Item::Added(place) => {
                let sheet = &self.setting.columns.get(self.focus)?.sheet;
                Some((
                    self.focus,
                    sheet.added.get(place)?.after.unwrap_or(ParagraphIx(0)),
                ))
            }
            Item::Paragraph(paragraph) | Item::Folded(paragraph, _) => Some((self.focus, paragraph)),
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
        if self.move_word(command, times, context) {
            return Next::Stay;
        }
        // Of a page, two lines stay in sight.
        let page = Layout::of(context.size).body_height().saturating_sub(2);
        if let Some(by) = command.distance(times, page) {
            self.scroll(by, context);
            return Next::Stay;
        }
        match command {
            Command::NextPane => self.turn(1, context),
            Command::PreviousPane => self.turn(-1, context),
            Command::Open | Command::Claims => {
                let claim = self.at.map(|figure| figure.claim);
                let claims = Claims::new(Arc::clone(&self.desk), claim);
                return Next::To(Box::new(Screen::Claims(claims)));
            }
            Command::Export => return Next::To(Box::new(Screen::Export(ExportMenu::new(&self.desk)))),
            Command::NextFigure => self.step_figure(times, false, context),
            Command::PreviousFigure => self.step_figure(times, true, context),
            Command::NextContradiction => self.step_contradiction(times, false, context),
            Command::PreviousContradiction => self.step_contradiction(times, true, context),
            Command::Gloss => self.switch_word(context),
            Command::Friends => self.switch_friends(),
            Command::Translate => self.translate(context),
            Command::Timeline => {
                let timeline = Timeline::new(Arc::clone(&self.desk), Some(self.title.clone()));
                return Next::To(Box::new(Screen::Timeline(timeline)));
            }
            Command::NextUnread => return Next::Onward,
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
                context.copy(text);
            }
            Command::CopyLink | Command::Browse => context.follow(command, headline.url.as_deref()),
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
    pub fn choose(&mut self, article: usize, context: &Context) {
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
        context.memory.columns = self.wanted;
        self.fill(context);
        self.set(context);
    }

    fn switch_view(&mut self, context: &mut Context) {
        self.view = match (self.parted, self.view) {
            (true, _) | (false, View::Free) => View::Aligned,
            (false, View::Aligned) => View::Free,
        };
        context.memory.aligned = self.view == View::Aligned;
        self.parted = false;
        self.set(context);
        self.follow(context);
    }

    /// Marks the words that have false friends, or no longer.
    fn switch_friends(&mut self) {
        self.friends = match self.friends {
            Some(_) => None,
            None => {
                let articles = self.desk.articles.iter();
                let marked = articles.map(|article| {
                    let language = article.headline.language;
                    language.map_or_else(Vec::new, |language| false_friends(&article.text, language))
                });
                Some(marked.collect())
            }
        };
    }

    /// Takes the cursor from a word; false where it is on none.
    pub fn leave_word(&mut self) -> bool {
        self.word.take().is_some()
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        self.fill(context);
        self.set(context);
    }

    /// The articles side by side.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Takes the same articles compared again.
    pub fn renew(&mut self, now: &Desk, context: &Context) {
        if let Some(desk) = self.desk.renewed(now) {
            self.desk = Arc::new(desk);
            self.at = None;
            self.resize(context);
        }
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
}

/// The article for the next column: the first in a language that no column speaks yet, else the first not shown.
fn next_to_show(languages: &[Option<Language>], shown: &[usize]) -> Option<usize> {
    let spoken: Vec<_> = shown
        .iter()
        .filter_map(|article| languages.get(*article))
        .collect();
    let free = (0..languages.len()).filter(|article| !shown.contains(article));
    free.min_by_key(|article| {
        languages
            .get(*article)
            .is_some_and(|language| spoken.contains(&language))
    })
}

#[cfg(test)]
mod tests {
    use super::next_to_show;
    use crate::article::Language::{Dutch, German};

    #[test]
    fn the_second_column_speaks_another_language_where_one_does() {
        let languages = [Some(German), Some(German), Some(Dutch), None];
        for (shown, expected) in [
            (vec![], Some(0)),
            (vec![0], Some(2)),
            (vec![2], Some(0)),
            (vec![0, 2, 3], Some(1)),
        ] {
            assert_eq!(next_to_show(&languages, &shown), expected, "{shown:?}");
        }
        assert_eq!(next_to_show(&languages, &[0, 1, 2, 3]), None);
    }
}
