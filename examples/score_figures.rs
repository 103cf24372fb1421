//! Scores `figure::extract` against marked sentences: JSON Lines of `{"id","lang","text","date"?,"figures","ignore"?}`.
//!
//! `score_figures FILE… [--show]` prints precision, recall and F1 of kind, value and unit by kind and language, and
//! with `--show` every miss. A figure that overlaps a range of `ignore` counts neither way.

use std::collections::BTreeMap;
use std::io::Write;

use beide::article::Language;
use beide::figure::{Bound, Figure, extract};
use serde_json::Value as Json;

type Key = (String, String, Option<String>, Option<String>);

#[derive(Default)]
struct Tally {
    right: usize,
    found: usize,
    marked: usize,
    bounds: usize,
}

fn main() -> anyhow::Result<()> {
    let (options, files): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|word| word.starts_with("--"));
    let show = options.iter().any(|option| option == "--show");
    let mut out = std::io::stdout().lock();
    let mut tallies: BTreeMap<(String, String), Tally> = BTreeMap::new();
    for file in files {
        for line in std::fs::read_to_string(file)?.lines() {
            score(&serde_json::from_str(line)?, show, &mut tallies, &mut out)?;
        }
    }
    for ((kind, language), tally) in &tallies {
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        writeln!(
            out,
            "{kind:17} {language}  P {:5.1}  R {:5.1}  F1 {:5.1}  bounds {:5.1}  ({} marked)",
            share(tally.right, tally.found),
            share(tally.right, tally.marked),
            share(2 * tally.right, tally.found + tally.marked),
            share(tally.bounds, tally.right),
            tally.marked,
        )?;
    }
    Ok(())
}

fn score(
    line: &Json,
    show: bool,
    tallies: &mut BTreeMap<(String, String), Tally>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let text = line["text"].as_str().unwrap_or_default();
    let code = line["lang"].as_str().unwrap_or_default();
    let Some(language) = Language::from_code(code) else {
        return Ok(());
    };
    let date = line["date"].as_str().and_then(|date| date.parse().ok());
    let ignored: Vec<(usize, usize)> = serde_json::from_value(line["ignore"].clone()).unwrap_or_default();
    let empty = Vec::new();
    let marked = line["figures"].as_array().unwrap_or(&empty);
    let mut left: Vec<&Json> = marked.iter().collect();
    let mut wrong = Vec::new();
    let count = |tallies: &mut BTreeMap<_, Tally>, kind: &str, add: fn(&mut Tally)| {
        for kind in [kind, "= all"] {
            for language in [code, "--"] {
                add(tallies
                    .entry((kind.to_string(), language.to_string()))
                    .or_default());
            }
        }
    };
    for figure in marked {
        count(tallies, figure["kind"].as_str().unwrap_or_default(), |tally| {
            tally.marked += 1
        });
    }
    for figure in extract(text, language, date) {
        if ignored
            .iter()
            .any(|(start, end)| figure.span.start < *end && *start < figure.span.end)
        {
            continue;
        }
        let kind = figure.value.kind();
        count(tallies, kind, |tally| tally.found += 1);
        let same = left
            .iter()
            .position(|other| key(other) == key_of(&figure) && overlaps(other, &figure));
        let Some(place) = same else {
            wrong.push(format!("   + {} {}", figure.span.of(text), described(&figure)));
            continue;
        };
        let other = left.remove(place);
        count(tallies, kind, |tally| tally.right += 1);
        if other["bound"].as_str() == figure.bound.map(Bound::name) {
            count(tallies, kind, |tally| tally.bounds += 1);
        } else {
            wrong.push(format!(
                "   b {} {} marked {}",
                figure.span.of(text),
                described(&figure),
                other["bound"]
            ));
        }
    }
    for missed in left {
        wrong.push(format!(
            "   - {} {:?}",
            missed["text"].as_str().unwrap_or_default(),
            key(missed)
        ));
    }
    if show && !wrong.is_empty() {
        writeln!(
            out,
            "{} {code} {text}\n{}",
            line["id"].as_str().unwrap_or_default(),
            wrong.join("\n")
        )?;
    }
    Ok(())
}

fn key(marked: &Json) -> Key {
    let field = |name: &str| marked[name].as_str().map(str::to_string);
    let plain = |text: String| beide::figure::Decimal::parse(&text).map_or(text, |number| number.to_string());
    (
        field("kind").unwrap_or_default(),
        field("value").map(plain).unwrap_or_default(),
        field("high").map(plain),
        field("unit"),
    )
}

fn key_of(figure: &Figure) -> Key {
    let (value, high) = figure.value.printed();
    (
        figure.value.kind().to_string(),
        value,
        high,
        figure.value.unit().map(str::to_string),
    )
}

fn overlaps(marked: &Json, figure: &Figure) -> bool {
    let place = |name: &str| {
        marked[name]
            .as_u64()
            .and_then(|place| usize::try_from(place).ok())
    };
    match (place("start"), place("end")) {
        (Some(start), Some(end)) => figure.span.start < end && start < figure.span.end,
        _ => true,
    }
}

fn described(figure: &Figure) -> String {
    let (value, high) = figure.value.printed();
    let high = high.map(|high| format!("..{high}")).unwrap_or_default();
    format!(
        "{} {value}{high} {} {} {}",
        figure.value.kind(),
        figure.value.unit().unwrap_or("-"),
        figure.bound.map_or("-", Bound::name),
        figure.direction.map_or("", |direction| direction.name()),
    )
}
