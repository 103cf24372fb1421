//! The values of a claim on an axis, one mark a source.

use ratatui::layout::Rect;

use crate::export::amount::scaled;
use crate::export::axis::Axis;
use crate::locale::Locale;
use crate::ui::sign::Signs;
use crate::ui::theme::Role;

use super::canvas::{Canvas, columns};

/// Draws three lines: the marks, the axis, the values.
pub fn view(axis: &Axis, area: Rect, locale: &Locale, role: Role, canvas: &mut Canvas<'_>) {
    let (Some(first), Some(last)) = (axis.points.first(), axis.points.last()) else {
        return;
    };
    let (low, high) = (scaled(locale, first.value), scaled(locale, last.value));
    let start = area.x + columns(&low) + 1;
    let end = area.right().min(100).saturating_sub(columns(&high) + 2);
    if end <= start + 4 || area.height < 2 {
        return;
    }
    let y = area.y + 1;
    canvas.put(area.x, y, area.right(), &low, Role::Text);
    canvas.rule(start + 1, y, end);
    let (left, right) = if canvas.signs == Signs::Full {
        ("├", "┤")
    } else {
        ("|", "|")
    };
    canvas.put(start, y, area.right(), left, Role::Rule);
    let x = canvas.put(end, y, area.right(), right, Role::Rule);
    canvas.put(x + 1, y, area.right(), &high, Role::Text);
    let span = f64::from(end - start - 2);
    for point in &axis.points {
        let x = start + 1 + (axis.share(point.value) * span).round() as u16;
        let mark = if canvas.signs == Signs::Full { "●" } else { "o" };
        canvas.put(x, y, end + 1, mark, role);
        let articles: String = point
            .articles
            .iter()
            .map(|article| canvas.signs.article(*article))
            .collect();
        let x = x.saturating_sub(columns(&articles) / 2).max(area.x);
        canvas.put(x, area.y, area.right(), &articles, Role::Accent);
    }
    if axis.logarithmic && area.height > 2 {
        canvas.put(start + 1, y + 1, end, locale.text("plot.logarithmic"), Role::Dim);
    }
}
