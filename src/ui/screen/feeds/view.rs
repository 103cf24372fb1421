//! How the feeds are drawn.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::layout::{Rect, Size};

use crate::article::Trouble;
use crate::compare::Verdict;
use crate::export::amount::counted;
use crate::job::{Brought, Subscription};
use crate::locale::Means;
use crate::ui::app::Context;
use crate::ui::sign::Signs;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};

use super::Feeds;

/// The lines below the list that tell of the feed under the cursor, with the rule above them.
const ABOUT: u16 = 6;

/// From this height on there is room for them.
const TALL: u16 = 14;

/// From this width on, the address has a column.
const WIDE: u16 = 100;

/// How many feeds are seen on a screen of that size.
pub fn list_height(size: Size) -> usize {
    let about = if size.height >= TALL { ABOUT } else { 0 };
    usize::from(size.height.saturating_sub(2 + about))
}

impl Feeds {
    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        self.bar(area, context, canvas);
        let height = u16::try_from(list_height(context.size)).unwrap_or(u16::MAX);
        let list = Rect::new(
            area.x,
            area.y + 1,
            area.width,
            height.min(area.height.saturating_sub(1)),
        );
        if self.rows().is_empty() {
            self.nothing(list, context, canvas);
            return;
        }
        self.list(list, context, canvas);
        if list.bottom() < area.bottom() {
            canvas.rule(area.x, list.bottom(), area.right());
            let y = list.bottom() + 1;
            let about = Rect::new(area.x, y, area.width, area.bottom().saturating_sub(y));
            self.about(about, context, canvas);
        }
    }

    /// The first line: how all of them fare.
    fn bar(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let (locale, end) = (&context.locale, area.right().saturating_sub(1));
        let x = canvas.put(area.x + 1, area.y, end, "beide", Role::Accent) + 2;
        let x = canvas.put(x, area.y, end, locale.text("feeds.title"), Role::Title);
        let rows = self.rows();
        let sum = |of: fn(&Subscription) -> u32| rows.iter().map(of).sum::<u32>() as usize;
        let troubled = rows.iter().filter(|row| row.state.trouble.is_some()).count();
        let mut facts = vec![counted(locale, "feeds.n", rows.len())];
        if troubled > 0 {
            facts.push(counted(locale, "feeds.troubled", troubled));
        }
        facts.push(counted(locale, "home.articles", sum(|row| row.articles)));
        facts.push(counted(locale, "home.unread", sum(|row| row.unread)));
        while columns(&facts.join(" · ")) + x + 2 > area.right() && facts.len() > 1 {
            facts.pop();
        }
        if self.rows.is_some() {
            canvas.put_right((x + 2).min(end), area.y, end, &facts.join(" · "), Role::Dim);
        }
    }

    /// What stands where there is no feed.
    fn nothing(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        if self.rows.is_none() {
            return;
        }
        let lines = context.locale.text("feeds.empty").split('|');
        for (line, y) in lines.zip(area.y + 1..area.bottom()) {
            canvas.put_fitted(area.x + 3, y, area.right(), line, Role::Text);
        }
    }

    fn list(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let seen = self.rows().iter().enumerate().skip(self.cursor.top);
        let seen: Vec<_> = seen.take(usize::from(area.height)).collect();
        let widest = |text: &dyn Fn(&Subscription) -> String| {
            let widths = seen.iter().map(|(_, row)| columns(&text(row)));
            widths.max().unwrap_or(0)
        };
        let shared = Shared {
            last: widest(&|row| self.last(row, context)),
            unread: widest(&|row| row.unread.to_string()),
            articles: widest(&|row| row.articles.to_string()),
        };
        for ((place, row), y) in seen.iter().zip(area.top()..) {
            let line = Rect::new(area.x, y, area.width, 1);
            self.line(row, &shared, line, context, canvas);
            if *place == self.cursor.at {
                canvas.put(line.x, y, line.right(), canvas.signs.cursor(), Role::Accent);
                canvas.lay(line, Role::Selected);
            }
        }
    }

    fn line(
        &self,
        row: &Subscription,
        shared: &Shared,
        line: Rect,
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let (y, mut end) = (line.y, line.right().saturating_sub(1));
        let (sign, role) = sign(row, canvas.signs);
        canvas.put(line.x + 1, y, end, sign, role);
        let mut right = |width: u16, text: &str, role: Role| {
            canvas.put_right(end.saturating_sub(width), y, end, text, role);
            end = end.saturating_sub(width + 2);
        };
        right(shared.last, &self.last(row, context), Role::Dim);
        if line.width >= 40 {
            let role = if row.unread > 0 { Role::Unread } else { Role::Dim };
            right(shared.unread, &row.unread.to_string(), role);
            right(shared.articles, &row.articles.to_string(), Role::Dim);
            right(
                2,
                row.feed.language.map_or("", |language| language.code()),
                Role::Dim,
            );
        }
        if line.width >= WIDE {
            let width = line.width / 3;
            let start = end.saturating_sub(width);
            canvas.put_fitted(start, y, end, short(&row.feed.url), Role::Dim);
            end = start.saturating_sub(2);
        }
        let named = if row.feed.title.is_empty() {
            short(&row.feed.url)
        } else {
            &row.feed.title
        };
        canvas.put_fitted(line.x + 3, y, end, named, Role::Text);
    }

    /// What the round of fetching under way or just over brought, else when the feed was asked last.
    fn last(&self, row: &Subscription, context: &Context) -> String {
        let locale = &context.locale;
        match self.brought.get(&row.feed.url) {
            Some(Brought::Articles { new, .. }) if *new > 0 => {
                return locale.fill("feeds.brought", &[("n", new)]);
            }
            None if context
                .fetching
                .as_ref()
                .is_some_and(|fetching| fetching.awaits(&row.feed.url)) =>
            {
                return "…".to_string();
            }
            _ => {}
        }
        row.state
            .fetched
            .map_or_else(|| locale.text("feeds.not-yet").into(), |at| context.ago(at))
    }

    /// The feed under the cursor: where it is, what is said of it, how it fares, and what to do.
    fn about(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let Some(row) = self.row() else { return };
        let end = area.right().saturating_sub(1);
        for ((text, role), y) in about(row, context, canvas.signs)
            .into_iter()
            .zip(area.y..area.bottom())
        {
            canvas.put_fitted(area.x + 1, y, end, &text, role);
        }
    }
}

/// The widths of the columns at the right, as wide as what is seen in them.
struct Shared {
    last: u16,
    unread: u16,
    articles: u16,
}

/// How a feed fares, as a sign.
fn sign(row: &Subscription, signs: Signs) -> (&'static str, Role) {
    let (verdict, role) = match (&row.state.trouble, row.state.fetched, &row.state.repaired) {
        (Some(_), ..) => (Verdict::Conflict, Role::Conflict),
        (None, None, _) => (Verdict::Single, Role::Dim),
        (None, Some(_), Some(_)) => (Verdict::Rounded, Role::Restated),
        (None, Some(_), None) => (Verdict::Agree, Role::Agree),
    };
    (signs.state(verdict), role)
}

fn about(row: &Subscription, context: &Context, signs: Signs) -> Vec<(String, Role)> {
    let locale = &context.locale;
    let mut said = vec![row.feed.url.clone()];
    said.extend((!row.feed.tags.is_empty()).then(|| row.feed.tags.join(", ")));
    said.extend(
        row.feed
            .full_text
            .then(|| locale.text("feeds.full_text").to_string()),
    );
    let mut lines = vec![(said.join(" · "), Role::Text)];
    let due = clock(row.state.due);
    match (row.state.fetched, &row.state.trouble) {
        (Some(at), Some(Trouble::Gone)) => {
            lines.push((locale.fill("feeds.fetched", &[("when", &clock(at))]), Role::Dim));
        }
        (Some(at), _) => {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("when", &clock(at)), ("due", &due)];
            lines.push((locale.fill("feeds.asked", &values), Role::Dim));
        }
        (None, _) => lines.push((locale.text("feeds.never").to_string(), Role::Dim)),
    }
    if let Some(trouble) = &row.state.trouble {
        let (text, hint) = locale.trouble(trouble, &due, Means::Keys);
        let sign = signs.state(Verdict::Conflict);
        lines.push((format!("{sign} {text}"), Role::Failure));
        lines.push((format!("  {hint}"), Role::Text));
    } else if let Some(repaired) = &row.state.repaired {
        let sign = signs.state(Verdict::Rounded);
        let text = locale.fill("feeds.repaired", &[("what", repaired)]);
        lines.push((format!("{sign} {text}"), Role::Restated));
    }
    lines
}

/// A moment on the reader's clock, to the minute.
fn clock(at: Timestamp) -> String {
    let here = at.to_zoned(TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M").to_string()
}

/// An address without what all of them begin with.
fn short(url: &str) -> &str {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let rest = rest.unwrap_or(url);
    rest.strip_prefix("www.").unwrap_or(rest)
}
