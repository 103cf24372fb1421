//! Going from figure to figure, and bringing what contradicts each other side by side.

use std::sync::Arc;

use crate::article::Part;
use crate::compare::Mention;
use crate::text::ParagraphIx;
use crate::ui::app::Context;
use crate::ui::desk::FigureIx;

use super::view::Layout;
use super::{Compare, View};

impl Compare {
    /// Goes so many figures on in the focused column; the first time, to the first one in sight.
    pub fn step_figure(&mut self, times: usize, back: bool, context: &Context) {
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
    pub fn step_contradiction(&mut self, times: usize, back: bool, context: &mut Context) {
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
        let differs =
            |other: &&Mention| other.article != mention.article && other.figure.value.printed() != value;
        let shown = |other: &Mention| self.shown.contains(&other.article);
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

    /// The paragraph of the figure under the cursor, if the focused column shows it.
    pub fn paragraph_of_figure(&self, context: &Context) -> Option<ParagraphIx> {
        let mark = self.desk.mark(self.at?)?;
        let mention = self.desk.mention(mark.figure)?;
        let here = self.shown.get(self.focus) == Some(&mention.article) && mention.part == Part::Text;
        (here && self.is_in_sight(self.focus, mark.figure, context))
            .then(|| self.desk.paragraph_at(mention.article, mark.span.start))?
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
}
