//! How a story came in: its reports in the order of their time, and the figures that changed on the way.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::article::{Language, Published};
use crate::compare::{Claim, Mention, Verdict};
use crate::export::amount::{counted, short};
use crate::ui::app::Context;
use crate::ui::claim::{short_name, topic};
use crate::ui::command::Command;
use crate::ui::desk::{Desk, FigureIx};
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::list::Cursor;

use super::{Compare, Hint, Next, Screen};

/// The seconds of an hour and of a day.
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// The reports of a story by time.
pub struct Timeline {
    title: String,
    desk: Arc<Desk>,
    lines: Vec<Line>,
    cursor: Cursor,
}

/// A line of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    /// An article, with the seconds since the first one and the language it is the first in.
    Report {
        article: usize,
        lag: Option<i64>,
        first_in: Option<Language>,
    },
    Blank,
    Heading,
    /// A claim whose figures differ, and a mention where its value becomes another one.
    Claim(usize),
    Value(FigureIx),
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[
    (Command::Open, "hint.open"),
    (Command::NextPane, "hint.changes"),
    (Command::Help, "hint.keys"),
    (Command::Back, "hint.back"),
];

impl Timeline {
    /// The reports on a desk.
    pub fn new(desk: Arc<Desk>, title: Option<String>) -> Self {
        let first = desk.article(0).map(|article| article.headline.title.clone());
        let lines = lines_of(&desk);
        Self {
            title: title.or(first).unwrap_or_default(),
            desk,
            lines,
            cursor: Cursor::default(),
        }
    }

    fn height(context: &Context) -> usize {
        usize::from(context.size.height.saturating_sub(3))
    }

    /// Does what the reader asks for.
    pub fn command(&mut self, command: Command, times: usize, context: &mut Context) -> Next {
        let height = Self::height(context);
        if let Some(by) = command.distance(times, height) {
            self.step(by, height);
            return Next::Stay;
        }
        match command {
            Command::NextPane | Command::PreviousPane => self.turn(height),
            Command::Timeline => return Next::Back,
            Command::Open => return self.open(context),
            _ => {}
        }
        Next::Stay
    }

    /// Moves on, over lines that say nothing of their own.
    fn step(&mut self, by: isize, height: usize) {
        let rows = self.lines.len();
        self.cursor.step(by, rows, height);
        let says = |line: &Line| !matches!(line, Line::Blank | Line::Heading);
        let at = self.cursor.at;
        let on = (at..rows).find(|row| self.lines.get(*row).is_some_and(says));
        let back = (0..at).rev().find(|row| self.lines.get(*row).is_some_and(says));
        let row = if by < 0 { back.or(on) } else { on.or(back) };
        if !self.lines.get(at).is_some_and(says)
            && let Some(row) = row
        {
            self.cursor.go(row, rows, height);
        }
    }

    /// From the reports to the figures that changed, and back.
    fn turn(&mut self, height: usize) {
        let changes = self.lines.iter().position(|line| matches!(line, Line::Claim(_)));
        let changes = changes.filter(|place| *place > self.cursor.at);
        self.cursor.go(changes.unwrap_or(0), self.lines.len(), height);
    }

    /// Side by side, beginning with the report or at the figure under the cursor.
    fn open(&self, context: &Context) -> Next {
        let figure = match self.lines.get(self.cursor.at) {
            Some(Line::Value(figure)) => Some(*figure),
            Some(Line::Claim(claim)) => Some(FigureIx {
                claim: *claim,
                mention: 0,
            }),
            _ => None,
        };
        let mut compare = Compare::new(Arc::clone(&self.desk), Some(self.title.clone()), context);
        match (figure, self.lines.get(self.cursor.at)) {
            (Some(figure), _) => compare.reveal(figure, context),
            (None, Some(Line::Report { article, .. })) => compare.choose(*article, context),
            _ => {}
        }
        Next::To(Box::new(Screen::Compare(compare)))
    }

    /// Fits itself into the size of the screen.
    pub fn resize(&mut self, context: &Context) {
        self.cursor.settle(self.lines.len(), Self::height(context));
    }

    /// Draws it into `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let end = area.right().saturating_sub(1);
        let locale = &context.locale;
        let x = canvas.put(
            area.x + 1,
            area.y,
            end,
            locale.text("timeline.title"),
            Role::Accent,
        ) + 2;
        let said = counted(locale, "timeline.reports", self.desk.articles.len());
        let right = canvas.put_right(x, area.y, end, &said, Role::Dim);
        canvas.put_fitted(x, area.y, right.saturating_sub(2), &self.title, Role::Title);
        if area.height > 1 {
            canvas.rule(area.x, area.y + 1, area.right());
        }
        let seen = self.lines.iter().enumerate().skip(self.cursor.top);
        for ((place, line), y) in seen.zip(area.y + 2..area.bottom()) {
            let row = Rect::new(area.x, y, area.width, 1);
            self.line(line, row, context, canvas);
            if place == self.cursor.at {
                canvas.select(row, row.x);
            }
        }
    }

    fn line(&self, line: &Line, row: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let (y, end) = (row.y, row.right().saturating_sub(1));
        match line {
            Line::Blank => {}
            Line::Heading => {
                canvas.put_fitted(
                    row.x + 1,
                    y,
                    end,
                    context.locale.text("timeline.changes"),
                    Role::Accent,
                );
            }
            Line::Report {
                article,
                lag,
                first_in,
            } => self.report(*article, *lag, *first_in, row, context, canvas),
            Line::Claim(place) => {
                let Some(claim) = self.desk.claim(*place) else {
                    return;
                };
                let role = Role::of(claim.verdict);
                let x = canvas.put(row.x + 1, y, end, canvas.signs.verdict(claim.verdict), role) + 1;
                canvas.put_fitted(x, y, end, &topic(claim), Role::Text);
            }
            Line::Value(figure) => self.value(*figure, row, context, canvas),
        }
    }

    fn report(
        &self,
        article: usize,
        lag: Option<i64>,
        first_in: Option<Language>,
        row: Rect,
        context: &Context,
        canvas: &mut Canvas<'_>,
    ) {
        let Some(written) = self.desk.article(article) else {
            return;
        };
        let (headline, y, locale) = (&written.headline, row.y, &context.locale);
        let mut end = row.right().saturating_sub(1);
        let when = headline.published.as_ref();
        let when = when.map_or_else(String::new, |moment| moment_of(moment, context));
        let x = row.x + 1;
        canvas.put(x, y, end, &when, Role::Dim);
        let lag = lag.map_or_else(String::new, |lag| said_lag(lag, context));
        let wide = row.width >= 60;
        let x = x + if wide { 19 } else { 12 };
        if wide {
            canvas.put_right(x, y, x + 9, &lag, Role::Updated);
        }
        let x = if wide { x + 11 } else { x };
        let x = canvas.put(x, y, end, &canvas.signs.article(article), Role::Accent) + 1;
        if let Some(language) = first_in {
            let name = locale.lookup(&format!("language.{language}")).unwrap_or_default();
            let said = locale.fill("timeline.first", &[("language", &name)]);
            if row.width >= 80 {
                end = canvas.put_right(x, y, end, &said, Role::Linked).saturating_sub(2);
            }
        }
        let code = headline.language.map_or("", Language::code);
        let x = canvas.put(x, y, end, code, Role::Dim) + 1;
        let name = short_name(headline);
        let x = canvas.put_fitted(x, y, end.min(x + 22), &name, Role::Text) + 2;
        canvas.put_fitted(x, y, end, &headline.title, Role::Dim);
    }

    fn value(&self, figure: FigureIx, row: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let (Some(mention), Some(claim)) = (self.desk.mention(figure), self.desk.claim(figure.claim)) else {
            return;
        };
        let (y, end) = (row.y, row.right().saturating_sub(1));
        let moment = self
            .desk
            .article(mention.article)
            .and_then(|article| article.headline.published.as_ref())
            .map_or_else(String::new, |moment| moment_of(moment, context));
        let x = row.x + 3;
        canvas.put(x, y, end, &moment, Role::Dim);
        let x = x + if row.width >= 60 { 19 } else { 12 };
        let x = canvas.put(x, y, end, &canvas.signs.article(mention.article), Role::Accent) + 1;
        let value = short(&context.locale, &mention.figure);
        let x = canvas.put(x, y, end, &value, Role::of(claim.verdict)) + 2;
        let x = x.max(row.x + 44.min(row.width / 2));
        canvas.put_fitted(x, y, end, self.desk.wording(mention), Role::Dim);
    }
}

/// A day, with the hour where it is known.
fn moment_of(moment: &Published, context: &Context) -> String {
    let day = context.locale.moment(moment, context.today);
    let clock = moment
        .as_str()
        .split_once('T')
        .and_then(|(_, clock)| clock.get(..5));
    match clock {
        Some(clock) => format!("{day} {clock}"),
        None => day,
    }
}

/// How long after the first report: `+3 h`, `+12 d`.
fn said_lag(seconds: i64, context: &Context) -> String {
    let (n, key) = match seconds {
        ..=0 => return String::new(),
        1..HOUR => (seconds / 60, "timeline.minutes"),
        HOUR..DAY => (seconds / HOUR, "timeline.hours"),
        _ => (seconds / DAY, "timeline.days"),
    };
    context.locale.fill(key, &[("n", &n)])
}

/// The reports by time, those without a date last; then the claims whose values differ, each value as it appeared.
fn lines_of(desk: &Desk) -> Vec<Line> {
    let second = |article: usize| {
        let moment = desk.article(article)?.headline.published.as_ref()?;
        Some(moment.second())
    };
    let mut order: Vec<usize> = (0..desk.articles.len()).collect();
    order.sort_by_key(|article| (second(*article).is_none(), second(*article)));
    let begin = order.first().and_then(|article| second(*article));
    let mut heard: Vec<Language> = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for article in &order {
        let language = desk
            .article(*article)
            .and_then(|article| article.headline.language);
        let first_in = language.filter(|language| !heard.contains(language));
        heard.extend(first_in);
        lines.push(Line::Report {
            article: *article,
            lag: second(*article).zip(begin).map(|(now, begin)| now - begin),
            first_in,
        });
    }
    let claims = desk.comparison.claims.iter().enumerate();
    let changes: Vec<Line> = claims
        .filter(|(_, claim)| differs(claim))
        .flat_map(|(at, claim)| changes_of(claim, at, &order))
        .collect();
    if !changes.is_empty() {
        lines.extend([Line::Blank, Line::Heading]);
        lines.extend(changes);
    }
    lines
}

/// A claim, and the mentions where its value becomes another one, by the order of their articles.
fn changes_of(claim: &Claim, at: usize, order: &[usize]) -> Vec<Line> {
    let place = |mention: &Mention| order.iter().position(|article| *article == mention.article);
    let mut mentions: Vec<(usize, &Mention)> = claim.mentions.iter().enumerate().collect();
    mentions.sort_by_key(|(_, mention)| place(mention));
    let mut lines = vec![Line::Claim(at)];
    let mut last = None;
    for (mention, found) in mentions {
        let value = Some(found.figure.value.printed());
        if value != last {
            lines.push(Line::Value(FigureIx { claim: at, mention }));
            last = value;
        }
    }
    lines
}

/// Whether a claim's values are worth following: they run, contradict, or slip.
const fn differs(claim: &Claim) -> bool {
    matches!(
        claim.verdict,
        Verdict::Updated | Verdict::Conflict | Verdict::Scale
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{desk, story};

    #[test]
    fn reports_come_by_their_time_and_values_as_they_changed() {
        let lines = lines_of(&desk(story()));
        let reports: Vec<(usize, Option<i64>, Option<Language>)> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Report {
                    article,
                    lag,
                    first_in,
                } => Some((*article, lag.map(|lag| lag / DAY), *first_in)),
                _ => None,
            })
            .collect();
        assert_eq!(
            reports,
            [
                (2, Some(0), Some(Language::German)),
                (0, Some(209), None),
                (1, Some(209), Some(Language::Dutch)),
            ]
        );
        let values: Vec<FigureIx> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Value(figure) => Some(*figure),
                _ => None,
            })
            .collect();
        let figure = |claim, mention| FigureIx { claim, mention };
        assert_eq!(values, [figure(0, 2), figure(0, 0), figure(1, 0), figure(1, 1)]);
    }
}
