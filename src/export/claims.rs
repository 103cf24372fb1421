//! What the readable forms of a comparison share: heads of columns, signs, cells.

use crate::article::{Article, Language, Published};
use crate::compare::{Claim, Comparison, Verdict};
use crate::figure::Value;
use crate::locale::Locale;

use super::comparison::{speaker, wording};
use super::note::number;

/// An article as its column is headed: number, language, source, date.
pub(super) fn head(place: usize, article: &Article) -> String {
    let headline = &article.headline;
    let date = headline.published.as_ref().map_or("", Published::as_str);
    let parts = [
        headline.language.map_or("", Language::code),
        headline.source.as_str(),
        date.get(..10).unwrap_or(date),
    ];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} {}", number(place), told.join(" · "))
        .trim_end()
        .to_string()
}

/// The sign of a verdict.
pub(super) const fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "✓",
        Verdict::Rounded | Verdict::Restated => "≈",
        Verdict::Conflict => "✗",
        Verdict::Scale => "‼",
        Verdict::Updated => "↻",
        Verdict::Single => "·",
    }
}

/// The name of a verdict in the reader's words.
pub(super) fn verdict(claim: &Claim, locale: &Locale) -> &'static str {
    if claim.dismissed().is_some() {
        return locale.text("verdict.dismissed");
    }
    locale.text(match claim.verdict {
        Verdict::Agree => "verdict.agree",
        Verdict::Rounded => "verdict.rounded",
        Verdict::Restated => "verdict.restated",
        Verdict::Conflict => "verdict.conflict",
        Verdict::Scale => "verdict.scale",
        Verdict::Updated => "verdict.updated",
        Verdict::Single => "verdict.single",
    })
}

/// What a claim is about: its weightiest words, and its currency where it is money.
pub(super) fn topic(claim: &Claim) -> String {
    let unit = claim
        .mentions
        .first()
        .and_then(|mention| match mention.figure.value {
            Value::Money { currency, .. } => Some(currency),
            _ => None,
        });
    let words = claim
        .topic
        .iter()
        .take(3)
        .cloned()
        .collect::<Vec<_>>()
        .join(" · ");
    match unit {
        Some(unit) if words.is_empty() => unit.to_string(),
        Some(unit) => format!("{words}, {unit}"),
        None => words,
    }
}

/// The wordings of a claim in one article, each once, with who says it where that is told.
pub(super) fn cell(claim: &Claim, place: usize, articles: &[Article]) -> String {
    let mut said: Vec<String> = Vec::new();
    for mention in claim.mentions.iter().filter(|mention| mention.article == place) {
        let words = wording(mention, articles);
        let words = match speaker(mention, articles) {
            Some(speaker) => format!("{words} ({speaker})"),
            None => words.to_string(),
        };
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said.join(" / ")
}

/// The claims that say something about more than one article, those that the reader has dismissed among them.
pub(super) fn shared(comparison: &Comparison) -> impl Iterator<Item = &Claim> {
    comparison.claims.iter().filter(|claim| !is_lone(claim))
}

/// The claims that one article alone makes.
pub(super) fn lone(comparison: &Comparison) -> impl Iterator<Item = &Claim> {
    comparison.claims.iter().filter(|claim| is_lone(claim))
}

fn is_lone(claim: &Claim) -> bool {
    claim.verdict == Verdict::Single && claim.dismissed().is_none()
}

/// The words of a passage's paragraphs in one article.
pub(super) fn paragraphs<'a>(cell: &[crate::text::ParagraphIx], article: &'a Article) -> Vec<&'a str> {
    let all = crate::text::paragraphs(&article.text);
    cell.iter()
        .filter_map(|paragraph| all.get(paragraph.0))
        .map(|span| span.of(&article.text))
        .collect()
}
