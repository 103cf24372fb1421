//! Which units of a page are its article.
//!
//! Two witnesses are heard: dom_smoothie, which weighs the elements of the page, and the article's text in the JSON-LD,
//! where it is there. Then the run of units is taken that holds most of the article and least of anything else, and
//! within it what is no part of it is dropped line by line.

mod body;
mod caption;
mod scope;
mod votes;

use std::collections::HashSet;

use super::super::{clean, frame};
use super::meta::About;
use super::tree::Tree;
use super::units::{Form, Unit, ends_as_sentence, units};
use super::words::WORDS;
use crate::article::fingerprint;
use crate::text::sentences;

use body::Body;
use caption::caption;
use scope::{Scope, kind};

/// The fewest words of a paragraph that is made of sentences without any.
const PARAGRAPH: usize = 40;

/// The longest paragraph that can be a label or lead elsewhere, in words.
const ASIDE_WORDS: usize = 45;

/// A unit with what speaks for it.
struct Weighed<'u> {
    unit: &'u Unit,
    /// How much of it the article's text in the JSON-LD holds, where there is one.
    said: Option<f64>,
    score: f64,
}

/// The article's paragraphs on a page, a line each; empty where it has none.
pub(super) fn text(tree: &Tree, is_left_out: &[bool], about: &About) -> String {
    let units = units(tree, is_left_out);
    let voted = votes::votes(tree, is_left_out);
    let body = Body::of(about, &units, &voted);
    let scope = Scope::of(tree, &units, voted, about);
    let weigh = |unit| {
        let said = body.as_ref().map(|body| body.share(unit));
        let score = score(tree, unit, &scope, said);
        Weighed { unit, said, score }
    };
    let weighed: Vec<Weighed> = units.iter().map(weigh).collect();
    let (start, end) = best_run(weighed.iter().map(|one| one.score));
    let end = next_article(&units, start, end, about).unwrap_or(end);
    let run = weighed.get(start..end).unwrap_or_default();
    let text = written(&parts(tree, run, &scope, about));
    match body {
        // The page shows less than it says it holds: its text comes in later, by a script.
        Some(body) if body.words * 2 > words_in(&text) * 3 => in_paragraphs(&body.text),
        _ => text,
    }
}

/// The units of the article's run that belong to it, each once.
fn parts<'u>(tree: &Tree, run: &[Weighed<'u>], scope: &Scope, about: &About) -> Vec<&'u Unit> {
    let mut seen = HashSet::new();
    let mut chosen: Vec<&Unit> = Vec::new();
    for Weighed { unit, said, score } in run {
        let is_akin = scope.kinds.contains(&kind(tree, unit.owner));
        let is_foreign = unit.is_prose() && *score < 0.0;
        let is_new = unit.words < 6 || seen.insert(fingerprint(&[&unit.text]));
        if !is_foreign && is_new && is_part(unit, scope, *said, about, is_akin) {
            chosen.push(unit);
        }
    }
    without_loose_ends(&chosen, scope)
}

/// Where another article begins below this one, as on pages that go on and on: at a heading of the first rank, where such
/// a heading is this one's title.
fn next_article(units: &[Unit], start: usize, end: usize, about: &About) -> Option<usize> {
    let is_title = |unit: &Unit| about.titles.iter().any(|title| same(title, &unit.text));
    let first = |unit: &&Unit| unit.form == Form::Heading(1);
    let own = units.iter().take(end).filter(first).any(is_title);
    let prose = units.iter().enumerate().take(end).skip(start);
    let (begin, _) = prose.clone().find(|(_, unit)| unit.is_prose())?;
    let others = prose.skip(begin - start);
    let mut others = others.filter(|(_, unit)| first(unit) && !is_title(unit));
    others.next().map(|(place, _)| place).filter(|_| own)
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A text with paragraphs of a few sentences each, where it has none of its own.
fn in_paragraphs(text: &str) -> String {
    if text.lines().nth(1).is_some() {
        return text.to_string();
    }
    let mut paragraphs = String::with_capacity(text.len());
    let mut words = 0;
    for sentence in sentences(text) {
        let sentence = sentence.of(text).trim();
        if words > 0 {
            paragraphs.push(if words > PARAGRAPH { '\n' } else { ' ' });
        }
        words = if words > PARAGRAPH { 0 } else { words } + words_in(sentence);
        paragraphs.push_str(sentence);
    }
    paragraphs
}

/// How much a unit speaks for (above 0) or against being part of the article.
fn score(tree: &Tree, unit: &Unit, scope: &Scope, said: Option<f64>) -> f64 {
    let words = f64::from(u32::try_from(unit.words.min(150)).unwrap_or(150));
    if let Some(said) = said.filter(|said| *said > 0.6)
        && unit.words >= 8
    {
        return words * 2.0 * said;
    }
    if unit.linked * 2 > unit.words {
        return -3.0 - words / 2.0;
    }
    if matches!(unit.form, Form::Caption) || unit.is_heading() {
        return 0.0;
    }
    let weight = match (
        scope.holds(unit),
        scope.voted.contains(&unit.owner),
        scope.leads(unit),
    ) {
        (true, true, _) => 1.2,
        (true, false, _) if scope.is_akin(tree, unit) => 0.6,
        (true, false, _) => -0.3,
        (false, _, true) => 0.5,
        (false, true, _) => 0.3,
        (false, false, _) if scope.is_sure => -0.7,
        (false, false, _) => 0.1,
    };
    if unit.is_prose() {
        words * weight
    } else if (scope.holds(unit) && unit.words >= 4) || is_lead(unit, scope) {
        words * 0.1
    } else {
        -1.0
    }
}

/// The run of scores with the largest sum; empty where none is above nothing.
fn best_run(scores: impl Iterator<Item = f64>) -> (usize, usize) {
    let (mut best, mut run) = ((0, 0, 0.0), (0, 0.0));
    for (place, score) in scores.enumerate() {
        if run.1 <= 0.0 {
            run = (place, 0.0);
        }
        run.1 += score;
        if run.1 > best.2 {
            best = (run.0, place + 1, run.1);
        }
    }
    (best.0, best.1)
}

/// Whether a unit within the article's run belongs to it; headings are settled later.
fn is_part(unit: &Unit, scope: &Scope, said: Option<f64>, about: &About, is_akin: bool) -> bool {
    let title = |title: &String| same(title, &unit.text);
    if about.titles.iter().any(title) || matches!(unit.form, Form::Heading(1)) {
        return false;
    }
    let lower = unit.text.to_lowercase();
    let is_sentence = ends_as_sentence(&unit.text) && unit.words >= 5;
    let is_aside = unit.words <= ASIDE_WORDS && WORDS.asides.begin(&lower);
    let is_label =
        unit.words <= ASIDE_WORDS && WORDS.labels.begin(&lower) && (!is_sentence || unit.linked > 0);
    let names_outlet = unit.words <= 20 && frame::outlet(&unit.text).is_some();
    if is_aside || is_label || names_outlet {
        return false;
    }
    if let Some(said) = said {
        // The page's own word for it; what it leaves out may be a list, a table or the lead, never a sentence more.
        let beside = !unit.is_prose() || scope.leads(unit);
        if said > 0.6 {
            return true;
        }
        if !beside {
            return false;
        }
    }
    let mostly_linked = unit.linked * 2 > unit.words;
    match unit.form {
        Form::Heading(_) => unit.words <= 25 || unit.is_prose(),
        Form::Caption => !caption(&unit.text).is_empty(),
        Form::Row => unit.words >= 1 && !mostly_linked,
        Form::Item(_) => !mostly_linked && unit.words >= 1,
        Form::Paragraph if unit.is_heading() => true,
        Form::Paragraph => {
            !mostly_linked
                && (unit.is_prose()
                    || (is_short_part(unit, is_akin) && scope.holds(unit))
                    || is_lead(unit, scope))
        }
    }
}

/// A short paragraph that is said in full, or that the article's other paragraphs are like.
fn is_short_part(unit: &Unit, is_akin: bool) -> bool {
    let said = unit.words >= 2 && ends_as_sentence(&unit.text);
    said || unit.words >= 18 || (is_akin && unit.words >= 6 && unit.linked == 0)
}

/// Whether a unit is a lead, which may be shorter than sentences in the text are.
fn is_lead(unit: &Unit, scope: &Scope) -> bool {
    scope.leads(unit)
        && unit.form == Form::Paragraph
        && unit.words >= 5
        && unit.linked == 0
        && ends_as_sentence(&unit.text)
}

/// Whether two texts have the same letters.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect::<String>()
    };
    one.len() < 2 * other.len() + 8 && other.len() < 2 * one.len() + 8 && letters(one) == letters(other)
}

/// The units without headings that have nothing below them, and without what stands before the first sentence.
fn without_loose_ends<'u>(chosen: &[&'u Unit], scope: &Scope) -> Vec<&'u Unit> {
    let first = chosen
        .iter()
        .position(|unit| unit.is_prose() || is_lead(unit, scope));
    let begun = first.and_then(|first| chosen.get(first..)).unwrap_or_default();
    let mut kept: Vec<&Unit> = Vec::with_capacity(begun.len());
    let mut ends = true;
    for unit in begun.iter().rev() {
        let is_heading = unit.is_heading();
        if !(is_heading && ends) {
            kept.push(unit);
        }
        ends = is_heading;
    }
    kept.reverse();
    kept
}

/// The units as lines of text: items after `• `, quotations after `> `, captions without their credits.
fn written(chosen: &[&Unit]) -> String {
    let mut text = String::new();
    for unit in chosen {
        let said = if unit.form == Form::Caption {
            caption(&unit.text)
        } else {
            unit.text.clone()
        };
        let mut mark = if unit.form == Form::Item(true) { "• " } else { "" };
        for line in said.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if unit.quoted {
                text.push_str("> ");
            }
            text.push_str(std::mem::take(&mut mark));
            text.push_str(line);
            text.push('\n');
        }
    }
    clean::text(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_run_bridges_small_gaps() {
        assert_eq!(
            best_run([-5.0, 20.0, -3.0, 30.0, -60.0, 40.0].into_iter()),
            (1, 4)
        );
        assert_eq!(best_run([-1.0, -2.0].into_iter()), (0, 0));
    }
}
