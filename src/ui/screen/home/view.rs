//! How the home screen is drawn.

use ratatui::layout::Rect;

use crate::article::Language;
use crate::compare::Verdict;
use crate::export::amount::counted;
use crate::job::{List, Order, Row};
use crate::ui::app::Context;
use crate::ui::sign::Signs;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};

use super::{Home, Pane, Stage};

/// The columns of a list's right side, as wide as what is seen in them.
struct Columns {
    /// Whether languages stand with their number of articles.
    counts: bool,
    languages: u16,
    contradictions: u16,
    source: u16,
    date: u16,
}

/// The columns that a title should have before anything stands beside it.
const TITLE: u16 = 30;

impl Columns {
    /// The columns that are left for the title in a list of that width.
    fn room(&self, width: u16) -> u16 {
        let parts = [self.languages, self.contradictions, self.source, self.date];
        let taken: u16 = parts.iter().filter(|part| **part > 0).map(|part| part + 2).sum();
        width.saturating_sub(taken + 4)
    }
}

impl Home {
    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        self.bar(area, context, canvas);
        let layout = super::layout_of(context, self.pane);
        if self.rows.is_empty() {
            let body = Rect::new(area.x, area.y + 1, area.width, area.height.saturating_sub(1));
            self.nothing(body, context, canvas);
            return;
        }
        self.list(layout.list, context, canvas);
        if layout.preview.width == 0 || layout.preview.height == 0 {
            return;
        }
        if layout.list.height > 0 && layout.is_beside() {
            let x = layout.preview.x.saturating_sub(2);
            canvas.bar(Rect::new(x, layout.preview.y, 1, layout.preview.height));
        } else if layout.list.height > 0 {
            canvas.rule(area.x, layout.preview.y.saturating_sub(1), area.right());
        }
        if let Some(preview) = &self.preview {
            preview.view(layout.preview, context, canvas);
        }
    }

    /// The first line: what is shown, and how much there is.
    fn bar(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let (y, end) = (area.y, area.right().saturating_sub(1));
        let locale = &context.locale;
        let totals = &context.totals;
        let mut facts = vec![
            counted(locale, "home.stories", totals.stories),
            counted(locale, "home.articles", totals.articles),
            counted(locale, "home.unread", totals.unread),
        ];
        if totals.stories == 0 {
            facts.remove(0);
        }
        let languages: Vec<String> = totals
            .languages
            .iter()
            .map(|(language, n)| format!("{language} {n}"))
            .collect();
        facts.extend((!languages.is_empty()).then(|| languages.join(" ")));
        while columns(&facts.join(" · ")) + 26 > area.width && !facts.is_empty() {
            facts.pop();
        }
        let mut x = canvas.put(area.x + 1, y, end, "beide", Role::Accent) + 2;
        let name = match self.list.order {
            _ if self.waits => "home.gathering",
            Order::Stories => "home.by-stories",
            Order::Dates => "home.by-dates",
            Order::Sources => "home.by-sources",
        };
        x = canvas.put(x, y, end, locale.text(name), Role::Title);
        let narrowed = narrowed(&self.list, context);
        if !narrowed.is_empty() {
            x = canvas.put(x + 2, y, end, &narrowed, Role::Found);
        }
        if totals.articles > 0 {
            canvas.put_right((x + 2).min(end), y, end, &facts.join(" · "), Role::Dim);
        }
    }

    /// What stands where there are no rows: that they are being read, that nothing fits, or what beide is for.
    fn nothing(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        if matches!(self.stage, Stage::Fresh | Stage::Reading { .. }) {
            return;
        }
        let waits = context.totals.articles > 0 && !self.list.is_narrowed();
        if waits {
            return;
        }
        let keys: &[(&'static str, Role)] = if !self.list.is_narrowed() {
            &[
                ("welcome.what", Role::Title),
                ("welcome.how", Role::Text),
                ("welcome.yours", Role::Text),
                ("welcome.demo", Role::Text),
                ("welcome.add", Role::Text),
                ("welcome.import", Role::Text),
            ]
        } else {
            &[("home.none", Role::Dim)]
        };
        let left = area.x + (area.width / 12).clamp(1, 8);
        let top = area.y + (area.height / 6).min(4);
        let mut y = top;
        for (key, role) in keys {
            y += u16::from(*key == "welcome.demo");
            for line in context.locale.text(key).split('|') {
                let (name, rest) = line.split_once('\t').unwrap_or(("", line));
                let x = canvas.put(left, y, area.right(), name, Role::Key);
                let x = if name.is_empty() { x } else { x + 2 };
                canvas.put_fitted(x, y, area.right(), rest, *role);
                y += 1;
            }
        }
    }

    fn list(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let seen = self
            .rows
            .iter()
            .enumerate()
            .skip(self.cursor.top)
            .take(usize::from(area.height));
        let rows: Vec<&Row> = seen.clone().map(|(_, row)| row).collect();
        let shared = self.columns(&rows, area.width, context, canvas.signs);
        for ((place, row), y) in seen.zip(area.top()..) {
            let line = Rect::new(area.x, y, area.width, 1);
            let chosen = place == self.cursor.at;
            self.row_line(row, chosen, &shared, line, context, canvas);
            if chosen {
                let role = if self.pane == Pane::List {
                    Role::Selected
                } else {
                    Role::Resting
                };
                canvas.lay(line, role);
            }
        }
    }

    fn columns(&self, rows: &[&Row], width: u16, context: &Context, signs: Signs) -> Columns {
        let widest =
            |text: &dyn Fn(&Row) -> String| rows.iter().map(|row| columns(&text(row))).max().unwrap_or(0);
        let stories = self.list.order == Order::Stories;
        let mut shared = Columns {
            counts: true,
            languages: if stories && width >= 44 {
                widest(&|row| languages(row, true))
            } else {
                0
            },
            contradictions: if width >= 36 {
                widest(&|row| contradictions(row, signs))
            } else {
                0
            },
            source: if stories || width < 50 {
                0
            } else {
                (width / 4).min(20)
            },
            date: if width >= 30 {
                widest(&|row| date(row, context))
            } else {
                0
            },
        };
        if shared.languages > 0 && shared.room(width) < TITLE {
            shared.counts = false;
            shared.languages = widest(&|row| languages(row, false));
        }
        shared
    }

    fn row_line(
        &self,
        row: &Row,
        chosen: bool,
        shared: &Columns,
        line: Rect,
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let (y, right) = (line.y, line.right().saturating_sub(1));
        let picked = self.picked.contains(&row.id);
        let signs = canvas.signs;
        canvas.put(line.x, y, right, signs.pointer(picked, chosen), Role::Accent);
        let (state, role) = match (row.starred, row.unread > 0) {
            (true, _) => (signs.star(), Role::Updated),
            (false, true) => (signs.unread(), Role::Unread),
            (false, false) => (" ", Role::Dim),
        };
        let x = canvas.put(line.x + 1, y, right, state, role) + 1;
        if signs.is_linear() {
            return heard(row, (x, y, right), context, canvas);
        }
        let mut end = right;
        if shared.date > 0 {
            canvas.put_right(line.x, y, end, &date(row, context), Role::Dim);
            end = end.saturating_sub(shared.date + 2);
        }
        if shared.contradictions > 0 {
            let start = end.saturating_sub(shared.contradictions);
            let role = if row.contradictions.0 > 0 {
                Role::Conflict
            } else {
                Role::Scale
            };
            canvas.put(start, y, end, &contradictions(row, signs), role);
            end = start.saturating_sub(2);
        }
        if shared.languages > 0 {
            let start = end.saturating_sub(shared.languages);
            canvas.put(start, y, end, &languages(row, shared.counts), Role::Dim);
            end = start.saturating_sub(2);
        }
        if shared.source > 0 {
            let code = row.languages.first().map_or("", |(language, _)| language.code());
            canvas.put_right(line.x, y, end, code, Role::Dim);
            end = end.saturating_sub(4);
            let start = end.saturating_sub(shared.source);
            let source = row.sources.first().map_or("", String::as_str);
            canvas.put_fitted(start, y, end, source, Role::Dim);
            end = start.saturating_sub(2);
        }
        let role = if row.unread > 0 { Role::Text } else { Role::Dim };
        canvas.put_fitted(line.x + 3, y, end, &row.title, role);
    }
}

/// A row as it is read aloud: its contradictions, its title, then what is known of it, as far as there is room.
fn heard(row: &Row, (x, y, end): (u16, u16, u16), context: &Context, canvas: &mut Canvas<'_>) {
    let facts = [
        contradictions(row, canvas.signs),
        row.title.clone(),
        row.sources
            .first()
            .filter(|_| row.articles < 2)
            .cloned()
            .unwrap_or_default(),
        languages(row, true),
        date(row, context),
    ];
    let said: Vec<String> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    canvas.put_fitted(x, y, end, &said.join(", "), Role::Text);
}

/// How often the sources contradict each other: `✗ 2 ‼ 1`.
fn contradictions(row: &Row, signs: Signs) -> String {
    let (conflicts, scales) = row.contradictions;
    let counts = [(Verdict::Conflict, conflicts), (Verdict::Scale, scales)];
    let said = counts.into_iter().filter(|(_, n)| *n > 0);
    let said: Vec<String> = said
        .map(|(verdict, n)| format!("{} {n}", signs.verdict(verdict)))
        .collect();
    said.join(" ")
}

/// How many articles there are in each language: `de 4 nl 1`, or without their numbers `de nl`.
fn languages(row: &Row, counts: bool) -> String {
    let said: Vec<String> = row
        .languages
        .iter()
        .map(|(language, n)| {
            if counts {
                format!("{language} {n}")
            } else {
                language.to_string()
            }
        })
        .collect();
    said.join(" ")
}

/// The day, or of another year the month.
fn date(row: &Row, context: &Context) -> String {
    let Some(moment) = &row.newest else {
        return String::new();
    };
    let day = moment.day().filter(|day| day.year() == context.today.year());
    match day {
        Some(day) => context.locale.day(day, context.today),
        None => context.locale.month(moment),
    }
}

/// The name of the list of stories told in one language alone.
pub const fn only_in(language: Language) -> &'static str {
    match language {
        Language::German => "lists.only-de",
        Language::Dutch => "lists.only-nl",
        Language::English => "lists.only-en",
    }
}

/// What narrows the list, in words.
fn narrowed(list: &List, context: &Context) -> String {
    let (locale, filter) = (&context.locale, &list.articles);
    let own = list.own.as_ref().map(|own| own.name.clone());
    let said = [
        own,
        list.only
            .map(|language| locale.text(only_in(language)).to_string()),
        list.contradictions
            .then(|| locale.text("filter.contradictions").to_string()),
        filter.unread.then(|| locale.text("filter.unread").to_string()),
        filter.starred.then(|| locale.text("filter.starred").to_string()),
        filter.language.map(|language| language.code().to_string()),
        filter.source.clone(),
        filter.tag.as_ref().map(|tag| format!("#{tag}")),
        filter.feed.clone(),
        filter
            .from
            .map(|day| locale.fill("filter.since", &[("day", &locale.day(day, context.today))])),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    said.join(" · ")
}
