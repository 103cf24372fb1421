//! What a later version of an article says otherwise: figures that came, went or changed.

use std::collections::{HashMap, HashSet};

use crate::article::{Article, Part};
use crate::figure::{Amount, Figure, Value, extract};
use crate::text::Span;

/// The most figures that are paired one by one; a page where more have changed is another page.
const MOST: usize = 200;

/// The fewest words two sentences share where one figure stands in place of another.
const SHARED: usize = 3;

/// How many characters before and after a figure are looked at.
const NEAR: usize = 200;

/// One difference between two versions of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The later version gives another figure for the same thing.
    Changed {
        /// As it was.
        before: Stated,
        /// As it is.
        after: Stated,
    },
    /// The later version does not give it any more.
    Gone(Stated),
    /// The later version gives it beside.
    New(Stated),
}

/// A figure and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The part of the article.
    pub part: Part,
    /// The figure.
    pub figure: Figure,
    /// Its own words.
    pub words: String,
}

/// The differences between the figures of two versions of an article, in the order of the later one, then what is gone.
///
/// Empty where its language has no figures. A figure that only moved is no difference.
pub fn changes(before: &Article, after: &Article) -> Vec<Change> {
    let (earlier, later) = (figures(before), figures(after));
    let (mut gone, mut new) = (without(earlier, &later), Vec::new());
    let later = without(later, &figures(before));
    let is_paired = gone.len() <= MOST && later.len() <= MOST;
    let mut changes = Vec::new();
    for own in later {
        let other = is_paired
            .then(|| counterpart(&own, after, &gone, before))
            .flatten();
        match other.map(|place| gone.remove(place)) {
            Some(other) => changes.push(Change::Changed {
                before: other,
                after: own,
            }),
            None => new.push(Change::New(own)),
        }
    }
    changes.extend(new);
    changes.extend(gone.into_iter().map(Change::Gone));
    changes
}

fn figures(article: &Article) -> Vec<Stated> {
    let Some(language) = article.headline.language else {
        return Vec::new();
    };
    let day = article
        .headline
        .published
        .as_ref()
        .and_then(|moment| moment.day());
    let of = |part| {
        let text = article.part(part);
        extract(text, language, day)
            .into_iter()
            .map(move |figure| Stated {
                part,
                words: figure.span.of(text).to_string(),
                figure,
            })
    };
    of(Part::Title).chain(of(Part::Text)).collect()
}

/// Those of `all` that are not, as often, among `known`.
fn without(all: Vec<Stated>, known: &[Stated]) -> Vec<Stated> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for one in known {
        *counts.entry(said(&one.figure)).or_default() += 1;
    }
    let mut rest = all;
    rest.retain(|one| match counts.get_mut(&said(&one.figure)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    rest
}

/// What a figure says, whatever its words.
fn said(figure: &Figure) -> String {
    let range = |amount: &Amount| match amount.high {
        Some(high) => format!("{}..{high}", amount.low),
        None => amount.low.to_string(),
    };
    let span = |from: &str, to: &Option<String>| format!("{from}..{}", to.as_deref().unwrap_or(from));
    let value = match &figure.value {
        Value::Money { amount, .. }
        | Value::Quantity { amount, .. }
        | Value::Duration { amount, .. }
        | Value::Number { amount, .. }
        | Value::Percent(amount)
        | Value::PercentagePoint(amount)
        | Value::Ordinal(amount)
        | Value::Multiple(amount) => range(amount),
        Value::Ratio { part, whole } => format!("{part}:{whole}"),
        Value::Date { from, to, .. } | Value::Time { from, to } => span(from, to),
        Value::Score { home, away } => format!("{home}:{away}"),
    };
    let unit = figure.value.unit().unwrap_or_default();
    format!(
        "{} {value} {unit} {:?} {:?}",
        figure.value.kind(),
        figure.bound,
        figure.per
    )
}

/// The figure of the same kind and unit whose sentence has most words in common with that of `own`.
fn counterpart(own: &Stated, after: &Article, gone: &[Stated], before: &Article) -> Option<usize> {
    let around = surroundings(own, after);
    let alike = gone.iter().enumerate().filter(|(_, other)| {
        let (one, two) = (&own.figure.value, &other.figure.value);
        one.kind() == two.kind() && one.unit() == two.unit()
    });
    let shared = alike.map(|(place, other)| {
        let theirs = surroundings(other, before);
        (around.intersection(&theirs).count(), std::cmp::Reverse(place))
    });
    let (count, std::cmp::Reverse(place)) = shared.max()?;
    (count >= SHARED.min(around.len()).max(1)).then_some(place)
}

/// The words, in lower case, of the line that a figure stands in, near it and without it.
fn surroundings(stated: &Stated, article: &Article) -> HashSet<String> {
    let text = article.part(stated.part);
    let Span { start, end } = stated.figure.span;
    let before = Span::new(0, start).of(text);
    let before = before
        .char_indices()
        .rev()
        .nth(NEAR)
        .map_or(before, |(at, _)| before.get(at..).unwrap_or(before));
    let after = Span::new(end, text.len()).of(text);
    let after = after
        .char_indices()
        .nth(NEAR)
        .map_or(after, |(at, _)| after.get(..at).unwrap_or(after));
    let words = |text: &str| -> Vec<String> {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let before = words(before.rsplit('\n').next().unwrap_or_default());
    let after = words(after.split('\n').next().unwrap_or_default());
    before
        .into_iter()
        .rev()
        .take(12)
        .chain(after.into_iter().take(12))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Headline, Language};

    fn article(text: &str) -> Article {
        let headline = Headline {
            id: ArticleId("1".into()),
            title: "Hochwasser an der Lippe".into(),
            source: String::new(),
            language: Some(Language::German),
            published: None,
            url: None,
            tags: vec![],
            author: String::new(),
        };
        Article {
            headline,
            text: text.into(),
        }
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str]) {
        let shown = changes(&article(before), &article(after))
            .into_iter()
            .map(|change| match change {
                Change::Changed { before, after } => format!("{} > {}", before.words, after.words),
                Change::Gone(stated) => format!("- {}", stated.words),
                Change::New(stated) => format!("+ {}", stated.words),
            });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{before} / {after}");
    }

    #[test]
    fn changed_figures_are_paired_by_their_sentences() {
        let before =
            "Im Kreis mussten 2300 Menschen ihre Häuser verlassen. Der Schaden beträgt 12 Millionen Euro.";
        check(before, before, &[]);
        check(
            before,
            "Der Schaden beträgt 15 Millionen Euro. Im Kreis mussten 2600 Menschen ihre Häuser verlassen.",
            &[
                "12 Millionen Euro > 15 Millionen Euro",
                "2300 Menschen > 2600 Menschen",
            ],
        );
        check(
            before,
            "Im Kreis mussten 2300 Menschen ihre Häuser verlassen.",
            &["- 12 Millionen Euro"],
        );
        check(
            "Im Kreis mussten 2300 Menschen ihre Häuser verlassen.",
            "Im Kreis mussten 2300 Menschen ihre Häuser verlassen.\nGespendet wurden bisher 40.000 Euro.",
            &["+ 40.000 Euro"],
        );
    }

    #[test]
    fn a_figure_that_moved_or_is_written_otherwise_is_the_same() {
        check(
            "Der Schaden beträgt 12 Millionen Euro. Es regnete 20 Liter.",
            "Es regnete 20 Liter. Auf 12.000.000 Euro wird der Schaden beziffert.",
            &[],
        );
    }
}
