//! The strip below the texts: what the figure under the cursor claims, and what the others say.

use ratatui::layout::Rect;

use crate::compare::{Claim, Mention, Verdict};
use crate::export::amount::short;
use crate::figure::Bound;
use crate::job::note;
use crate::locale::Locale;
use crate::ui::app::Context;
use crate::ui::claim::{draw_line, sources, topic, values};
use crate::ui::desk::FigureIx;
use crate::ui::glyph::fitted;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};
use crate::ui::wrap::lines;

use super::Compare;

/// Draws the claim of the figure under the cursor; without one, the weightiest claims.
pub fn view(compare: &Compare, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
    if let Some((word, lines)) = compare.said_of_word(context) {
        return glossed(&word, &lines, area, canvas);
    }
    let claim = compare
        .at
        .and_then(|at| Some((at, compare.desk.claim(at.claim)?)));
    match claim {
        Some((at, claim)) => Strip {
            compare,
            context,
            at,
            claim,
        }
        .view(area, canvas),
        None => weightiest(compare, area, context, canvas),
    }
}

/// A word and what is said of it, as much as there is room for.
fn glossed(word: &str, said: &[String], area: Rect, canvas: &mut Canvas<'_>) {
    let end = area.right().saturating_sub(1);
    canvas.put_fitted(area.x + 1, area.y, end, word, Role::Title);
    let columns = usize::from(area.width.saturating_sub(4));
    let rows = said.iter().flat_map(|line| lines(line, columns, 3));
    for (row, y) in rows.zip(area.y + 1..area.bottom()) {
        canvas.put_fitted(area.x + 3, y, end, &row, Role::Text);
    }
}

fn weightiest(compare: &Compare, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
    let end = area.right().saturating_sub(1);
    let claims = compare.desk.comparison.claims.iter();
    let weighty = claims.filter(|claim| claim.verdict != Verdict::Single);
    for (claim, y) in weighty.zip(area.top()..area.bottom()) {
        draw_line(canvas, context, &compare.desk, claim, (area.x + 1, y, end));
    }
}

/// The figure under the cursor and what it claims.
struct Strip<'s> {
    compare: &'s Compare,
    context: &'s Context,
    at: FigureIx,
    claim: &'s Claim,
}

impl Strip<'_> {
    fn view(&self, area: Rect, canvas: &mut Canvas<'_>) {
        if area.height == 0 {
            return;
        }
        self.headline(area, canvas);
        let mut rest = Rect::new(area.x, area.y + 1, area.width, area.height - 1);
        if let Some(reason) = self.reason().filter(|_| rest.height > 1) {
            let columns = usize::from(area.width.saturating_sub(4));
            let end = area.right().saturating_sub(1);
            let most = usize::from(rest.height / 2).max(1);
            for line in lines(&reason, columns, most) {
                canvas.put_fitted(area.x + 3, rest.y, end, &line, Role::Text);
                rest = Rect::new(rest.x, rest.y + 1, rest.width, rest.height - 1);
            }
        }
        if rest.height > 0 {
            self.wordings(rest, canvas);
        }
    }

    /// The first line: sign, verdict, values, topic, how many sources.
    fn headline(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let (claim, locale) = (self.claim, &self.context.locale);
        let (y, end) = (area.y, area.right().saturating_sub(1));
        let all = self.compare.desk.articles.len();
        let count = locale.fill("claim.of", &[("some", &sources(claim)), ("all", &all)]);
        let right = canvas
            .put_right(area.width / 2, y, end, &count, Role::Dim)
            .saturating_sub(2);
        let mut x = put_verdict(canvas, (area.x + 1, y, right), locale, claim.verdict) + 2;
        x = canvas.put_fitted(x, y, right, &values(locale, claim), Role::Title) + 2;
        if x < right {
            canvas.put_fitted(x, y, right, &topic(claim), Role::Dim);
        }
    }

    /// Why the verdict is what it is, and which claim this one gives again in another unit.
    fn reason(&self) -> Option<String> {
        let locale = &self.context.locale;
        let other = self
            .claim
            .restates
            .and_then(|place| self.compare.desk.claim(place));
        let restated =
            other.map(|claim| locale.fill("claim.restates", &[("values", &values(locale, claim))]));
        let reason = self.claim.reason.as_ref().map(|reason| note(reason, locale));
        let said: Vec<String> = [reason, restated].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// What each source says in its own words, in as many columns as are needed.
    fn wordings(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let mentions = &self.claim.mentions;
        let lines = usize::from(area.height);
        let most = usize::from(area.width / 30).max(1);
        let across = mentions.len().div_ceil(lines).clamp(1, most);
        let width = area.width.saturating_sub(2) / u16::try_from(across).unwrap_or(1);
        for (place, mention) in mentions.iter().enumerate().take(lines * across) {
            let column = u16::try_from(place / lines).unwrap_or(0);
            let y = area.y + u16::try_from(place % lines).unwrap_or(0);
            let x = area.x + 1 + column * width;
            let lit = place == self.at.mention;
            self.wording(mention, lit, (x, y, x + width.saturating_sub(1)), canvas);
        }
    }

    fn wording(&self, mention: &Mention, lit: bool, (x, y, end): (u16, u16, u16), canvas: &mut Canvas<'_>) {
        let locale = &self.context.locale;
        let role = if lit { Role::Accent } else { Role::Dim };
        let x = canvas.put(x, y, end, &canvas.signs.article(mention.article), role) + 1;
        let mut value = short(locale, &mention.figure);
        if let Some(bound) = mention.figure.bound.and_then(|bound| bound_word(locale, bound)) {
            value = format!("{bound} {value}");
        }
        let room = end.saturating_sub(x);
        if room < columns(&value) + 14 {
            value.clear();
        }
        let half = usize::from(room.saturating_sub(columns(&value) + 2)).min(44);
        let role = if lit { Role::Title } else { Role::Text };
        let said = self.compare.desk.said(mention);
        canvas.put(x, y, end, &fitted(&said, half), role);
        let place = x + u16::try_from(half).unwrap_or(0) + 2;
        canvas.put(place, y, end, &value, Role::Dim);
    }
}

/// Writes a verdict: its sign, where it has one, and its word; gives the column after it.
pub fn put_verdict(
    canvas: &mut Canvas<'_>,
    (x, y, end): (u16, u16, u16),
    locale: &Locale,
    verdict: Verdict,
) -> u16 {
    let role = Role::of(verdict);
    let x = if canvas.signs.is_linear() {
        x
    } else {
        canvas.put(x, y, end, canvas.signs.verdict(verdict), role) + 1
    };
    canvas.put(x, y, end, verdict_word(locale, verdict), role)
}

/// The name of a verdict in the reader's language.
fn verdict_word(locale: &Locale, verdict: Verdict) -> &'static str {
    let key = format!("verdict.{}", verdict.name());
    locale.lookup(&key).unwrap_or_else(|| verdict.name())
}

/// The word for a hedge; none for a figure that is stated plainly.
fn bound_word(locale: &Locale, bound: Bound) -> Option<&'static str> {
    locale.lookup(&format!("bound.{}", bound.name()))
}
