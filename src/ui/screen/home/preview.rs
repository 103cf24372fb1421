//! The preview of a story: its weightiest claims, then one of its articles.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::article::Headline;
use crate::compare::{Claim, Verdict};
use crate::job::Wanted;
use crate::ui::app::Context;
use crate::ui::claim::{byline, draw_line, tags};
use crate::ui::desk::Desk;
use crate::ui::sheet::{Sheet, Spot, draw};
use crate::ui::sign::Signs;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;

/// The most claims shown before the text.
const MOST_CLAIMS: usize = 6;

/// A story, and which of its articles is read.
pub struct Preview {
    wanted: Wanted,
    desk: Arc<Desk>,
    sheet: Sheet,
    lines: Vec<Line>,
    top: usize,
    signs: Signs,
}

/// One line of the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Claim(usize),
    Byline,
    Title(usize),
    Added(usize),
    Text { paragraph: usize, row: usize },
}

impl Preview {
    /// A story from its first article on, in lines of so many columns.
    pub fn new(wanted: Wanted, desk: Arc<Desk>, columns: usize, signs: Signs) -> Self {
        let mut preview = Self {
            wanted,
            desk,
            sheet: Sheet::default(),
            lines: Vec::new(),
            top: 0,
            signs,
        };
        preview.lay(0, columns);
        preview
    }

    /// The same at the place where another preview of the same articles was.
    pub fn at_the_place_of(mut self, other: Option<&Self>, columns: usize) -> Self {
        if let Some(other) = other.filter(|other| other.wanted == self.wanted) {
            if other.sheet.article < self.desk.articles.len() {
                self.lay(other.sheet.article, columns);
            }
            self.top = other.top.min(self.lines.len().saturating_sub(1));
        }
        self
    }

    /// All its articles.
    pub const fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Whether these are its articles.
    pub fn shows(&self, wanted: &Wanted) -> bool {
        self.wanted == *wanted
    }

    /// The article that is read.
    pub fn headline(&self) -> Option<&Headline> {
        self.desk
            .article(self.sheet.article)
            .map(|article| &article.headline)
    }

    /// Sets it in other columns, keeping the place.
    pub fn set(&mut self, columns: usize, height: usize, signs: Signs) {
        self.signs = signs;
        let place = self.lines.get(self.top).copied();
        self.lay(self.sheet.article, columns);
        let paragraph = |line: &Line| match *line {
            Line::Text { paragraph, .. } => Some(paragraph),
            _ => None,
        };
        if let Some(wanted) = place.as_ref().and_then(paragraph) {
            let found = self.lines.iter().position(|line| paragraph(line) == Some(wanted));
            self.top = found.unwrap_or(self.top);
        }
        self.scroll(0, height);
    }

    /// Goes on to the next article of the story, `times` further.
    pub fn next_article(&mut self, times: usize, columns: usize) {
        let count = self.desk.articles.len().max(1);
        let claims = self
            .lines
            .iter()
            .take_while(|line| **line != Line::Byline)
            .count();
        self.lay((self.sheet.article + times) % count, columns);
        self.top = self.top.min(claims);
    }

    /// Moves so many lines on, or back where `by` is negative.
    pub fn scroll(&mut self, by: isize, height: usize) {
        let last = self.lines.len().saturating_sub(height);
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    fn lay(&mut self, article: usize, columns: usize) {
        self.sheet = Sheet::new(&self.desk, article, columns, self.signs);
        let weighty = |claim: &Claim| claim.verdict != Verdict::Single;
        let claims = self.desk.comparison.claims.iter().enumerate();
        let claims = claims.filter(|(_, claim)| weighty(claim)).take(MOST_CLAIMS);
        self.lines = claims.map(|(place, _)| Line::Claim(place)).collect();
        if !self.lines.is_empty() {
            self.lines.push(Line::Blank);
        }
        self.lines.push(Line::Byline);
        self.lines
            .extend((0..self.sheet.title.rows.len()).map(Line::Title));
        let added = self.sheet.added.first().map_or(0, |added| added.rows.len());
        self.lines.extend((0..added).map(Line::Added));
        for (paragraph, block) in self.sheet.paragraphs.iter().enumerate() {
            self.lines.push(Line::Blank);
            self.lines
                .extend((0..block.rows.len()).map(|row| Line::Text { paragraph, row }));
        }
    }

    /// Draws the lines in sight.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let seen = self.lines.iter().skip(self.top).take(usize::from(area.height));
        for (line, y) in seen.zip(area.top()..) {
            let spot = Spot {
                x: area.x,
                y,
                end: area.right(),
                base: Role::Text,
                lit: None,
                word: None,
                friends: &[],
            };
            self.draw(*line, spot, context, canvas);
        }
    }

    fn draw(&self, line: Line, spot: Spot<'_>, context: &Context, canvas: &mut Canvas<'_>) {
        let (desk, sheet) = (&self.desk, &self.sheet);
        match line {
            Line::Blank => {}
            Line::Claim(place) => {
                if let Some(claim) = desk.claim(place) {
                    draw_line(canvas, context, desk, claim, (spot.x, spot.y, spot.end));
                }
            }
            Line::Byline => {
                let Some(headline) = self.headline() else { return };
                let sign = canvas.signs.article(sheet.article);
                let x = canvas.put(spot.x, spot.y, spot.end, &sign, Role::Accent) + 1;
                let after = canvas.put_fitted(x, spot.y, spot.end, &byline(context, headline), Role::Dim);
                canvas.link(x, spot.y, after, headline.url.as_deref());
                let x = after + 2;
                canvas.put_fitted(x, spot.y, spot.end, &tags(headline), Role::Linked);
            }
            Line::Title(row) => {
                let base = Role::Title;
                draw(
                    canvas,
                    desk,
                    sheet.article,
                    &sheet.title,
                    row,
                    Spot { base, ..spot },
                );
            }
            Line::Added(row) => {
                if let Some(added) = sheet.added.first() {
                    added.draw(row, (spot.x, spot.y, spot.end), canvas);
                }
            }
            Line::Text { paragraph, row } => {
                if let Some(block) = sheet.paragraphs.get(paragraph) {
                    draw(canvas, desk, sheet.article, block, row, spot);
                }
            }
        }
    }
}
