//! What to mark in an article, and the piece of it to show.

use unicode_width::UnicodeWidthChar;

use super::plan::Sought;
use crate::article::Language;
use crate::library::index::language_letter;
use crate::library::words::Analyser;
use crate::query::Snippet;
use crate::text::{Span, fold};

/// How wide a snippet is, in cells.
const WIDTH: usize = 160;

/// Finds the words that were sought, in texts of one language.
pub struct Marker<'a> {
    analyser: &'a mut Analyser,
    sought: &'a Sought,
    language: Option<Language>,
    /// The first letters of all that is sought: words without any of them need no closer look.
    beginnings: Vec<String>,
}

/// A word found, with the number of what it was found for.
#[derive(Clone, Copy)]
struct Found {
    span: Span,
    kind: usize,
}

impl<'a> Marker<'a> {
    pub fn new(analyser: &'a mut Analyser, sought: &'a Sought, language: Option<Language>) -> Self {
        let letter = language_letter(language);
        let all = sought.exact.iter().chain(&sought.stems).chain(&sought.prefixes);
        let mut beginnings: Vec<String> = all
            .filter_map(|form| form.strip_prefix(letter))
            .map(|form| fold(form).chars().take(3).collect::<String>())
            .flat_map(|start| {
                [
                    start.replace("ae", "a").replace("oe", "o").replace("ue", "u"),
                    start,
                ]
            })
            .collect();
        beginnings.sort();
        beginnings.dedup();
        Self {
            analyser,
            sought,
            language,
            beginnings,
        }
    }

    /// What to mark in a text.
    pub fn marks(&mut self, text: &str) -> Vec<Span> {
        merged(self.found(text).into_iter().map(|found| found.span).collect())
    }

    fn found(&mut self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let letter = language_letter(self.language);
        let (sought, beginnings) = (self.sought, &self.beginnings);
        for (kind, placed) in placed(self.analyser, text, self.language, beginnings) {
            let _ = kind;
            let exact = format!("{letter}{}", placed.1.exact);
            let stems = placed.1.stem.iter().chain(&placed.1.parts);
            let hit = sought.exact.contains(&exact)
                || stems
                    .into_iter()
                    .any(|stem| sought.stems.contains(&format!("{letter}{stem}")))
                || sought
                    .prefixes
                    .iter()
                    .any(|prefix| exact.starts_with(prefix.as_str()));
            if hit {
                let kind =
                    crate::article::fingerprint(&[placed.1.stem.as_deref().unwrap_or(&exact)]) as usize;
                found.push(Found { span: placed.0, kind });
            }
        }
        found
    }

    /// The piece of a text with most of what was sought.
    pub fn snippet(&mut self, text: &str) -> Snippet {
        let found = self.found(text);
        let window = window(text, &found);
        let marks = merged(
            found
                .iter()
                .map(|found| found.span)
                .filter(|span| window.contains(*span))
                .collect(),
        );
        shown(text, window, &marks)
    }
}

type Seen = (Span, std::sync::Arc<crate::library::words::Forms>);

/// The words of a text that begin, or go on somewhere, as something sought begins.
fn placed(
    analyser: &mut Analyser,
    text: &str,
    language: Option<Language>,
    beginnings: &[String],
) -> Vec<(usize, Seen)> {
    let mut all = Vec::new();
    for run in crate::library::words::runs(text) {
        let folded = fold(run.span.of(text));
        if !beginnings.iter().any(|start| folded.contains(start.as_str())) && run.words.len() < 2 {
            continue;
        }
        if let Some(joined) = run.joined(text) {
            all.push((0, (run.span, analyser.forms(&joined, language))));
        }
        for span in &run.words {
            all.push((0, (*span, analyser.forms(span.of(text), language))));
        }
    }
    all
}

/// Spans in order, those that touch made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// The stretch of a text with most different words, then the closest, then the earliest.
fn window(text: &str, found: &[Found]) -> Span {
    let mut best: Option<(usize, usize, Span)> = None;
    for (first, one) in found.iter().enumerate() {
        let mut kinds: Vec<usize> = Vec::new();
        let mut end = one.span.end;
        for other in found.get(first..).unwrap_or_default() {
            if other.span.end.saturating_sub(one.span.start) > WIDTH {
                break;
            }
            if !kinds.contains(&other.kind) {
                kinds.push(other.kind);
                end = end.max(other.span.end);
            }
        }
        let length = end - one.span.start;
        let better = best.is_none_or(|(most, shortest, _)| {
            kinds.len() > most || (kinds.len() == most && length < shortest && most > 1)
        });
        if better {
            best = Some((kinds.len(), length, Span::new(one.span.start, end)));
        }
    }
    let core = best.map_or(Span::new(0, 0), |(_, _, span)| span);
    widened(text, core)
}

/// The core with as many words around it as fit, a third of them before it.
fn widened(text: &str, core: Span) -> Span {
    let room = WIDTH.saturating_sub(width(core.of(text)));
    let before = text.get(..core.start).unwrap_or_default();
    let mut cells = 0;
    let mut start = core.start;
    for (at, c) in before.char_indices().rev() {
        cells += c.width().unwrap_or(0);
        if cells > room / 3 {
            break;
        }
        if c == '\n' {
            start = at + 1;
            break;
        }
        if at == 0
            || before
                .get(..at)
                .is_some_and(|rest| rest.ends_with(char::is_whitespace))
        {
            start = at;
        }
    }
    let used = width(text.get(start..core.end).unwrap_or_default());
    let mut cells = 0;
    let mut end = core.end;
    let after = text.get(core.end..).unwrap_or_default();
    for (at, c) in after.char_indices() {
        if c.is_whitespace() {
            end = core.end + at;
        }
        cells += c.width().unwrap_or(0);
        if used + cells > WIDTH {
            return Span::new(start, end.max(core.end));
        }
    }
    Span::new(start, text.len())
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// A window on one line, with its marks moved along.
fn shown(text: &str, window: Span, marks: &[Span]) -> Snippet {
    let mut snippet = Snippet::default();
    if window.start > 0 {
        snippet.text.push_str("… ");
    }
    let mut blank = true;
    let mut marks = marks.iter().peekable();
    let mut open = None;
    for (at, c) in window.of(text).char_indices() {
        let at = window.start + at;
        if let Some(mark) = marks.peek() {
            if open.is_none() && at >= mark.start {
                open = Some(snippet.text.len());
            }
            if at >= mark.end {
                snippet.marks.push(Span::new(
                    open.take().unwrap_or(snippet.text.len()),
                    snippet.text.len(),
                ));
                marks.next();
                if marks.peek().is_some_and(|next| at >= next.start) {
                    open = Some(snippet.text.len());
                }
            }
        }
        if c.is_whitespace() {
            if !blank {
                snippet.text.push(' ');
            }
            blank = true;
        } else {
            snippet.text.push(c);
            blank = false;
        }
    }
    if let Some(start) = open {
        snippet.marks.push(Span::new(start, snippet.text.len()));
    }
    snippet.text.truncate(snippet.text.trim_end().len());
    if window.end < text.trim_end().len() {
        snippet.text.push_str(" …");
    }
    snippet
}
