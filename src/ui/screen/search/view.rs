//! How the search is drawn.

use ratatui::layout::Rect;

use crate::article::Language;
use crate::export::amount::counted;
use crate::job::notices;
use crate::query::{Hit, Snippet};
use crate::text::Span;
use crate::ui::app::Context;
use crate::ui::claim::byline;
use crate::ui::glyph::glyphs;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};

use super::{Search, Stage};

/// From this width on, the facets stand beside the hits.
const WIDE: u16 = 90;

/// The width of the facets.
const FACETS: u16 = 26;

impl Search {
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
        let body = self.notices(body, context, canvas);
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
            let n = counted(&context.locale, "search.hits", hits.total);
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

    /// What the reader should know about the question and its answer, above the hits; gives the room left.
    fn notices(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) -> Rect {
        let told = notices(&self.found.hits.notices, &context.locale);
        let slip = self.slip().is_some();
        let mut rest = area;
        for mut text in told.into_iter().take(2).filter(|_| area.height > 6) {
            if slip && rest == area {
                let key = if self.browsing { "a" } else { "ctrl-y" };
                text = format!(
                    "{text} · {}",
                    context.locale.fill("search.correct", &[("key", &key)])
                );
            }
            canvas.put_fitted(
                rest.x + 3,
                rest.y,
                rest.right().saturating_sub(1),
                &text,
                Role::Notice,
            );
            rest = Rect::new(rest.x, rest.y + 1, rest.width, rest.height - 1);
        }
        rest
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
            let next = self.found.hits.hits.get(place + 1);
            if let Some(language) = next
                .and_then(|next| next.also)
                .filter(|also| hit.also != Some(*also))
            {
                let room = Rect::new(area.x, top + 2, area.width, 1).intersection(area);
                group_view(language, room, context, canvas);
            }
        }
    }

    fn hit_view(&self, hit: &Hit, chosen: bool, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let picked = self.picked.contains(&hit.headline.id);
        let signs = canvas.signs;
        canvas.put(area.x, area.y, end, signs.pointer(picked, chosen), Role::Accent);
        let facts = byline(context, &hit.headline);
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
            put_snippet(canvas, spot, &hit.snippet);
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

    fn facets_view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let mut y = area.y;
        let mut heading = "";
        for (facet, number) in self.facets(context).iter().zip(1..) {
            if facet.field != heading {
                y += u16::from(!heading.is_empty());
                heading = facet.field;
                let key = match heading {
                    "lang" => "search.languages",
                    "source" => "search.sources",
                    "has" => "search.kinds",
                    _ => "search.years",
                };
                canvas.put_fitted(area.x + 1, y, end, context.locale.text(key), Role::Dim);
                y += 1;
            }
            if y >= area.bottom() {
                return;
            }
            let on = self.prompt.text().contains(&facet.term);
            let role = if self.browsing { Role::Key } else { Role::Dim };
            canvas.put(area.x + 1, y, end, &(number % 10).to_string(), role);
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

/// What stands above the hits that were found by the words of another language.
fn group_view(language: Language, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
    if area.height == 0 {
        return;
    }
    let name = context
        .locale
        .lookup(&format!("language.{language}"))
        .unwrap_or(language.code());
    let text = context.locale.fill("search.group", &[("language", &name)]);
    canvas.put_fitted(
        area.x + 1,
        area.y,
        area.right().saturating_sub(1),
        &text,
        Role::Notice,
    );
}

/// Writes a title with the words that were found marked, cut to the room there is.
fn put_marked(canvas: &mut Canvas<'_>, spot: (u16, u16, u16), text: &str, marks: &[Span], base: Role) {
    put_styled(canvas, spot, text, [(marks, Role::Found), (&[], base)], base);
}

/// Writes a piece of an article with its figures and the words that were found marked.
fn put_snippet(canvas: &mut Canvas<'_>, spot: (u16, u16, u16), snippet: &Snippet) {
    let layers = [
        (snippet.marks.as_slice(), Role::Found),
        (snippet.figures.as_slice(), Role::Single),
    ];
    put_styled(canvas, spot, &snippet.text, layers, Role::Text);
}

/// Writes text with spans in roles of their own over a base, the first that has a place; cut to the room there is.
fn put_styled(
    canvas: &mut Canvas<'_>,
    (x, y, end): (u16, u16, u16),
    text: &str,
    layers: [(&[Span], Role); 2],
    base: Role,
) {
    let plain = canvas.theme.style(base);
    let layers = layers.map(|(spans, role)| (spans, plain.patch(canvas.theme.style(role))));
    let room = columns(text) > end.saturating_sub(x);
    let last = if room { end.saturating_sub(1) } else { end };
    let mut at = x;
    for glyph in glyphs(text) {
        let style = layers
            .iter()
            .find(|(spans, _)| {
                spans
                    .iter()
                    .any(|span| (span.start..span.end).contains(&glyph.at))
            })
            .map_or(plain, |(_, style)| *style);
        if at + u16::try_from(glyph.width).unwrap_or(0) > last {
            break;
        }
        at = canvas.put_styled(at, y, last, glyph.shown, style);
    }
    if room {
        canvas.put_styled(at, y, end, "…", plain);
    }
}
