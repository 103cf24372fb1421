//! How articles side by side are drawn.

use ratatui::layout::{Rect, Size};

use crate::export::amount::counted;
use crate::text::ParagraphIx;
use crate::ui::app::Context;
use crate::ui::claim::byline;
use crate::ui::desk::FigureIx;
use crate::ui::sheet::{Spot, draw, figure_at};
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;

use super::setting::{Band, Column, Item, Track, block, line_of};
use super::{Compare, strip};

/// The parts of the screen.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The title and how much is shown.
    bar: u16,
    /// The sources of the columns, and the rule below; the rule is left out where there is no room.
    head: u16,
    rule: Option<u16>,
    /// The texts.
    body: Rect,
    /// The claims.
    strip: Rect,
}

impl Layout {
    /// Shares out the screen but its last line.
    pub fn of(size: Size) -> Self {
        let height = size.height.saturating_sub(1);
        let lines = match height {
            0..10 => 0,
            10..16 => 2,
            16..30 => 5,
            30..46 => 7,
            _ => 9,
        };
        let rule = (height >= 10).then_some(2);
        let top = if rule.is_some() { 3 } else { 2.min(height) };
        let below = if lines > 0 { lines + 1 } else { 0 };
        let body = Rect::new(0, top, size.width, height.saturating_sub(top + below));
        Self {
            bar: 0,
            head: 1,
            rule,
            body,
            strip: Rect::new(0, body.bottom() + 1, size.width, lines),
        }
    }

    /// How many rows of text are seen.
    pub fn body_height(&self) -> usize {
        usize::from(self.body.height)
    }
}

impl Compare {
    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let layout = Layout::of(context.size);
        self.bar(layout.bar, area, context, canvas);
        for (place, column) in self.setting.columns.iter().enumerate() {
            self.head(place, column, layout.head, context, canvas);
        }
        if let Some(y) = layout.rule {
            canvas.rule(area.x, y, area.right());
        }
        if layout.strip.height > 0 {
            canvas.rule(area.x, layout.strip.y - 1, area.right());
        }
        let last = self.setting.columns.len().saturating_sub(1);
        for column in self.setting.columns.iter().take(last) {
            self.column_bar(column, &layout, canvas);
        }
        for (track, top) in self.setting.tracks.iter().zip(&self.tops) {
            self.track(track, *top, layout.body, context, canvas);
        }
        if !self.is_aligned() && self.shown.len() > 1 {
            self.reading_marks(layout.body, context, canvas);
        }
        strip::view(self, layout.strip, context, canvas);
    }

    fn bar(&self, y: u16, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let locale = &context.locale;
        let end = area.right().saturating_sub(1);
        let (shown, all) = (self.shown.len(), self.desk.articles.len());
        let view = if self.is_aligned() {
            "compare.aligned"
        } else {
            "compare.free"
        };
        let mut facts = vec![locale.fill("compare.sources", &[("some", &shown), ("all", &all)])];
        if shown > 1 && !self.fold {
            facts.push(locale.text(view).to_string());
        }
        if self.fold {
            facts.push(locale.text("compare.folded").to_string());
        }
        let start = canvas.put_right(area.width / 2, y, end, &facts.join(" · "), Role::Dim);
        let mut signs = start.saturating_sub(2);
        for (verdict, n) in self.desk.tally().into_iter().rev() {
            let said = format!("{} {n}", canvas.signs.verdict(verdict));
            // Words would take the title's room; the strip has them all.
            if area.width >= 60 && !canvas.signs.is_linear() {
                signs = canvas
                    .put_right(area.width / 3, y, signs, &said, Role::of(verdict))
                    .saturating_sub(2);
            }
        }
        canvas.put_fitted(area.x + 1, y, signs.saturating_sub(1), &self.title, Role::Title);
    }

    fn head(&self, place: usize, column: &Column, y: u16, context: &Context, canvas: &mut Canvas<'_>) {
        let article = column.sheet.article;
        let Some(written) = self.desk.article(article) else {
            return;
        };
        let focused = place == self.focus && self.shown.len() > 1;
        let end = column.x + column.width;
        let x = canvas.put(column.x, y, end, &canvas.signs.article(article), Role::Accent) + 1;
        let role = if focused || self.shown.len() == 1 {
            Role::Accent
        } else {
            Role::Dim
        };
        let after = canvas.put_fitted(x, y, end, &byline(context, &written.headline), role);
        canvas.link(x, y, after, written.headline.url.as_deref());
    }

    fn column_bar(&self, column: &Column, layout: &Layout, canvas: &mut Canvas<'_>) {
        let end = column.bar + 1;
        canvas.bar(Rect::new(column.bar, layout.head, 1, 1));
        canvas.bar(Rect::new(column.bar, layout.body.y, 1, layout.body.height));
        let (_, above) = canvas.signs.joints();
        if let Some(y) = layout.rule {
            canvas.put(column.bar, y, end, canvas.signs.crossing(), Role::Rule);
        }
        if layout.strip.height > 0 {
            canvas.put(column.bar, layout.strip.y - 1, end, above, Role::Rule);
        }
    }

    /// Draws the rows in sight of the columns that scroll together.
    fn track(&self, track: &Track, top: usize, body: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let first = track
            .bands
            .partition_point(|band| band.start + band.height <= top);
        for band in track.bands.get(first..).unwrap_or_default() {
            if band.start >= top + usize::from(body.height) {
                break;
            }
            self.band(track, band, (top, body), context, canvas);
        }
    }

    fn band(
        &self,
        track: &Track,
        band: &Band,
        (top, body): (usize, Rect),
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let columns = self
            .setting
            .columns
            .get(track.columns.clone())
            .unwrap_or_default();
        let alone = self.shown.len() == 1;
        for row in band.start.max(top)..(band.start + band.height).min(top + usize::from(body.height)) {
            let y = body.y + u16::try_from(row - top).unwrap_or(0);
            for (column, cell) in columns.iter().zip(&band.cells) {
                let Some((item, line)) = line_of(&column.sheet, cell, row - band.start) else {
                    continue;
                };
                let base = self.base(column.sheet.article, item, alone);
                self.line(column, (item, line, base), y, context, canvas);
            }
            if band.linked && row == band.start {
                for (place, column) in columns.iter().enumerate().take(columns.len().saturating_sub(1)) {
                    let sides = [place, place + 1]
                        .map(|side| band.cells.get(side).is_some_and(|cell| !cell.is_empty()));
                    if sides == [true, true] {
                        canvas.put(column.bar, y, column.bar + 1, canvas.signs.linked(), Role::Linked);
                    }
                }
            }
        }
    }

    /// How something is drawn: dimmed where none of the other columns says the same, if they share anything at all.
    fn base(&self, article: usize, item: Item, alone: bool) -> Role {
        match item {
            Item::Title => Role::Title,
            Item::Folded(..) | Item::Added(_) => Role::Dim,
            Item::Paragraph(_) if alone || self.desk.comparison.passages.is_empty() => Role::Text,
            Item::Paragraph(paragraph) if self.desk.is_linked(article, paragraph, &self.shown) => Role::Text,
            Item::Paragraph(_) => Role::Dim,
        }
    }

    fn line(
        &self,
        column: &Column,
        (item, row, base): (Item, usize, Role),
        y: u16,
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let article = column.sheet.article;
        let end = column.x + column.width;
        let Some(block) = block(&column.sheet, item) else {
            if let Item::Added(place) = item
                && let Some(added) = column.sheet.added.get(place)
            {
                added.draw(row, (column.x, y, end), canvas);
            }
            self.folded(item, (column.x, y, end), context, canvas);
            return;
        };
        let spot = Spot {
            x: column.x,
            y,
            end,
            base,
            lit: self.at,
            word: self.word_of(article),
            friends: self
                .friends
                .as_ref()
                .and_then(|friends| friends.get(article))
                .map_or(&[], Vec::as_slice),
        };
        draw(canvas, &self.desk, article, block, row, spot);
    }

    /// The line that stands for passages the first column has told.
    fn folded(&self, item: Item, (x, y, end): (u16, u16, u16), context: &Context, canvas: &mut Canvas<'_>) {
        let Item::Folded(_, count) = item else { return };
        let first = canvas.signs.article(self.shown.first().copied().unwrap_or(0));
        let said = counted(&context.locale, "compare.told", count);
        let x = canvas.put(x, y, end, canvas.signs.linked(), Role::Linked) + 1;
        canvas.put_fitted(x, y, end, &said.replace("{source}", &first), Role::Dim);
    }

    /// Marks the paragraph being read and its counterparts in the other columns.
    fn reading_marks(&self, body: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let Some((focus, paragraph)) = self.reading(context) else {
            return;
        };
        let Some(article) = self.shown.get(focus).copied() else {
            return;
        };
        for (place, shown) in self.shown.iter().enumerate() {
            let own = (place == focus).then_some(paragraph);
            let found: Option<ParagraphIx> =
                own.or_else(|| self.desk.counterpart(article, paragraph, *shown));
            let Some(column) = self.setting.columns.get(place) else {
                continue;
            };
            let row = found.and_then(|found| self.setting.row_of_item(place, Item::Paragraph(found)));
            let Some(row) = row.and_then(|row| row.checked_sub(self.top(place))) else {
                continue;
            };
            if let Some(y) = u16::try_from(row).ok().filter(|row| *row < body.height) {
                let x = column.x.saturating_sub(1);
                canvas.put(x, body.y + y, x + 1, canvas.signs.reading(), Role::Linked);
                if place == focus {
                    canvas.point(x, body.y + y);
                }
            }
        }
    }

    /// The figure drawn at a place of the screen.
    pub fn figure_at(&self, x: u16, y: u16, context: &Context) -> Option<FigureIx> {
        let body = Layout::of(context.size).body;
        let place = self.column_at(x);
        let column = self.setting.columns.get(place)?;
        let row = self.top(place) + usize::from(y.checked_sub(body.y)?);
        let item = self.setting.item_at(place, row)?;
        let first = self.setting.row_of_item(place, item)?;
        let block = block(&column.sheet, item)?;
        figure_at(
            &self.desk,
            column.sheet.article,
            block,
            row.checked_sub(first)?,
            x.checked_sub(column.x)?,
            context.signs,
        )
    }
}
