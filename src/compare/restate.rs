//! Figures that give another one again in another unit: `380 Milliarden Yuan (circa 45 Milliarden Euro)`.

use std::sync::LazyLock;

use super::rates::{self, YearRates};
use super::reading::{Placed, Reading};
use crate::article::Article;
use crate::figure::Value;
use crate::text::{Span, fold};

/// The words that give a figure again, and those of them that do so from afar.
struct Markers {
    all: Vec<&'static str>,
    afar: Vec<&'static str>,
}

static MARKERS: LazyLock<Markers> = LazyLock::new(|| {
    let text = include_str!("../../assets/words/restate.txt");
    let (near, afar) = text.split_once("[afar]\n").unwrap_or((text, ""));
    let afar: Vec<&str> = afar.lines().collect();
    let near = near.lines().filter(|line| !line.starts_with('#'));
    Markers {
        all: near.chain(afar.iter().copied()).collect(),
        afar,
    }
});

/// The most bytes between a figure and its restatement, and before and after the bracket between them.
const APART: usize = 48;
const FAR_APART: usize = 120;
const BEFORE_BRACKET: usize = 24;
const AFTER_BRACKET: usize = 32;

/// The most figures of other dimensions that stand between a figure and its restatement.
const MOST_BETWEEN: usize = 2;

/// The pairs of figures, by their numbers, of which the second gives the first again.
pub fn restatements(article: &Article, reading: &Reading) -> Vec<(usize, usize)> {
    let figures = &reading.figures;
    let mut found = Vec::new();
    for (number, again) in figures.iter().enumerate().skip(1) {
        let before = figures[..number].iter().enumerate().rev();
        let alike = before
            .take(MOST_BETWEEN + 1)
            .find(|(_, first)| first.figure.value.kind() == again.figure.value.kind());
        let Some((place, first)) = alike else { continue };
        let text = article.part(again.part);
        if first.part == again.part
            && again.sentence.is_some()
            && could_restate(first, again, &reading.yearly)
            && (is_said_from_afar(text, first, again)
                || place + 1 == number && is_said_again(text, reading, first, again))
        {
            found.push((place, number));
        }
    }
    found
}

/// Whether the second is given behind a comma by words that give a figure again wherever it stands in the sentence.
fn is_said_from_afar(text: &str, first: &Placed, again: &Placed) -> bool {
    let between = Span::new(first.figure.span.end, again.figure.span.start).of(text);
    let near = first.sentence == again.sentence && between.len() <= FAR_APART;
    near && between
        .rsplit_once(JOINTS)
        .is_some_and(|(_, last)| starts_with_marker(last, &MARKERS.afar))
}

/// Whether the two are of one dimension in different units, at a value that is not out of the question.
fn could_restate(first: &Placed, again: &Placed, yearly: &YearRates) -> bool {
    let (a, b) = (&first.figure, &again.figure);
    let (Some(x), Some(y)) = (a.value.amount(), b.value.amount()) else {
        return false;
    };
    let worth = match (&a.value, &b.value) {
        (Value::Money { currency, .. }, Value::Money { currency: other, .. }) if currency != other => {
            yearly.rate(currency, other)
        }
        (Value::Quantity { unit, .. }, Value::Quantity { unit: other, .. })
        | (Value::Duration { unit, .. }, Value::Duration { unit: other, .. })
            if unit != other =>
        {
            match rates::conversion(unit, other) {
                Some(worth) => Some(worth),
                None => return false,
            }
        }
        _ => return false,
    };
    // A restatement may slip by powers of a thousand; what is off by another factor is another sum.
    worth.is_none_or(|worth| slip(y.low.approximate() / (x.low.approximate() * worth)).is_some())
}

/// The power of a thousand by which a ratio is off, if it is near one: -4 to 4.
pub fn slip(ratio: f64) -> Option<i8> {
    if !ratio.is_finite() || ratio <= 0.0 {
        return None;
    }
    let thousands = (ratio.log10() / 3.0).round();
    let rest = ratio / 1000f64.powi(thousands as i32);
    ((0.6..=1.7).contains(&rest) && thousands.abs() <= 4.0).then_some(thousands as i8)
}

/// The year an article was published in, else one that serves the yearly rates.
pub fn year_of(article: &Article) -> i16 {
    let published = article.headline.published.as_ref();
    published.map_or(i16::MAX, |published| published.month().0)
}

/// Whether the words between two figures say that the second is the first again.
fn is_said_again(text: &str, reading: &Reading, first: &Placed, again: &Placed) -> bool {
    let between = Span::new(first.figure.span.end, again.figure.span.start).of(text);
    if between.contains('\n') {
        return false;
    }
    if in_bracket(between) {
        return true;
    }
    if first.sentence == again.sentence {
        return between.len() <= APART && between.trim_start().starts_with(JOINTS) && has_marker(between)
            || between.len() <= APART && starts_with_marker(between, &MARKERS.all);
    }
    let next = first.sentence.map(|number| number + 1);
    let opening = again
        .sentence
        .filter(|_| again.sentence == next)
        .and_then(|number| reading.sentences.get(number))
        .map(|sentence| Span::new(sentence.span.start, again.figure.span.start).of(text));
    opening.is_some_and(|opening| opening.len() <= APART && has_marker(opening))
}

/// What may stand between a figure and the words that give it again.
const JOINTS: [char; 6] = [',', '–', '—', '-', ';', '('];

/// Whether a bracket opens shortly after the first figure and is not closed before the second.
fn in_bracket(between: &str) -> bool {
    let Some((before, after)) = between.rsplit_once(['(', '[']) else {
        return false;
    };
    !after.contains([')', ']', ';'])
        && before.len() <= BEFORE_BRACKET
        && after.len() <= AFTER_BRACKET
        && (after.trim().is_empty() || after.split_whitespace().count() <= 2 || has_marker(after))
}

/// Whether one of the words that give a figure again stands in `text`.
fn has_marker(text: &str) -> bool {
    let folded = format!(" {} ", fold(text).replace(|c: char| !c.is_alphanumeric(), " "));
    MARKERS
        .all
        .iter()
        .any(|marker| folded.contains(&format!(" {marker} ")))
}

/// Whether `text` begins with one of these words.
fn starts_with_marker(text: &str, markers: &[&str]) -> bool {
    let folded = fold(text.trim_start());
    markers.iter().any(|marker| {
        folded
            .strip_prefix(marker)
            .is_some_and(|rest| rest.starts_with(' ') || rest.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_words_say_that_a_figure_is_given_again() {
        for (between, expected) in [
            (" (", true),
            (" Renminbi (RMB) (rund ", true),
            (" (umgerechnet knapp ", true),
            (" (davon entfallen auf den Bund ", false),
            (" (2024) und ", false),
            (") und (", true),
        ] {
            assert_eq!(in_bracket(between), expected, "{between}");
        }
        for (text, expected) in [
            (", umgerechnet ", true),
            (" oder ", true),
            (" und ", false),
            (", dat is ", true),
            (" Format ", false),
        ] {
            assert_eq!(has_marker(text), expected, "{text}");
        }
    }

    #[test]
    fn slips_are_powers_of_a_thousand() {
        for (ratio, expected) in [
            (1.0, Some(0)),
            (1176.0, Some(1)),
            (0.001, Some(-1)),
            (1e6, Some(2)),
            (30.0, None),
            (0.0, None),
            (f64::NAN, None),
        ] {
            assert_eq!(slip(ratio), expected, "{ratio}");
        }
    }
}
