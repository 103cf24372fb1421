//! The figures in a text, in files, or in a stream of texts.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::args::Figures;
use super::{Desk, Outcome, add};
use crate::article::{Language, Published};
use crate::export::{self, Answer};
use crate::figure::{self, Figure};
use crate::intake::{self, Broken, Given, Notice, Reason};

/// Answers `beide figures`.
pub(super) fn run(asked: &Figures, desk: &mut Desk) -> Result<Outcome> {
    if asked.batch {
        return batch(asked, desk);
    }
    let stdin = [PathBuf::from("-")];
    let files = if asked.files.is_empty() {
        &stdin[..]
    } else {
        &asked.files
    };
    let mut outcome = Outcome::Done;
    let mut texts = Vec::new();
    for file in files {
        match add::text_of(file) {
            Ok((text, encoding)) => {
                let notices: Vec<Notice> = encoding.map(Notice::Decoded).into_iter().collect();
                add::notice(file, &notices, desk);
                texts.push((file.display().to_string(), text));
            }
            Err(refused) => {
                let complaint = add::refusal(file, &refused, desk);
                desk.console.complain(&complaint);
                outcome = Outcome::Failed;
            }
        }
    }
    let day = asked.date.as_ref().and_then(Published::day);
    let found: Vec<(Option<Language>, Vec<Figure>)> = texts
        .iter()
        .map(|(_, text)| found(text, asked.lang, day))
        .collect();
    if asked.json {
        let shapes = texts
            .iter()
            .zip(&found)
            .map(|((file, text), (lang, figures))| export::Figures {
                file: (files.len() > 1).then_some(file.as_str()),
                lang: *lang,
                figures: export::figures(figures, text),
            });
        let shapes: Vec<export::Figures<'_>> = shapes.collect();
        match shapes.as_slice() {
            [only] if files.len() == 1 => desk.console.json(only)?,
            all if files.len() > 1 => desk.console.json(&all)?,
            _ => {}
        }
        return Ok(outcome);
    }
    for ((file, text), (_, figures)) in texts.iter().zip(&found) {
        if files.len() > 1 {
            desk.console.line(file)?;
        }
        table(text, figures, desk)?;
    }
    Ok(outcome)
}

/// The language of a text, given or found out, and the figures in it; none in a language beide does not know.
fn found(text: &str, given: Option<Language>, day: Option<Date>) -> (Option<Language>, Vec<Figure>) {
    let language = given.or_else(|| intake::detect(text));
    let figures = language
        .map(|language| figure::extract(text, language, day))
        .unwrap_or_default();
    (language, figures)
}

/// The figures as lines: their words, their kind, what they come to.
fn table(text: &str, figures: &[Figure], desk: &mut Desk) -> io::Result<()> {
    let words: Vec<String> = figures
        .iter()
        .map(|figure| intake::cleaned_line(figure.span.of(text)))
        .collect();
    let wide = words
        .iter()
        .map(|words| unicode_width::UnicodeWidthStr::width(words.as_str()))
        .max()
        .unwrap_or(0)
        .min(50);
    for (figure, words) in figures.iter().zip(words) {
        let (value, high) = figure.value.printed();
        let range = high.map(|high| format!(" – {high}")).unwrap_or_default();
        let unit = figure
            .value
            .unit()
            .map(|unit| format!(" {unit}"))
            .unwrap_or_default();
        let per = figure.per.map(|per| format!(" / {per}")).unwrap_or_default();
        let bound = figure.bound.map_or("", figure::Bound::name);
        let bound = if bound == "exact" { "" } else { bound };
        let gap = wide.saturating_sub(unicode_width::UnicodeWidthStr::width(words.as_str()));
        let line = format!(
            "{words}{:gap$}  {:<16}  {value}{range}{unit}{per}  {bound}",
            "",
            figure.value.kind()
        );
        desk.console.line(line.trim_end())?;
    }
    Ok(())
}

/// One line of a batch.
#[derive(Deserialize)]
struct Question<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    lang: Option<Cow<'l, str>>,
    #[serde(borrow)]
    text: Cow<'l, str>,
    #[serde(borrow)]
    date: Option<Cow<'l, str>>,
}

/// Answers every line of standard input with a line, in order; a broken one with no figures and the reason.
fn batch(asked: &Figures, desk: &mut Desk) -> Result<Outcome> {
    let mut reader = BufReader::with_capacity(1 << 18, io::stdin().lock());
    let (mut line, mut out) = (Vec::new(), Vec::new());
    let mut outcome = Outcome::Done;
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        out.clear();
        if let Err(reason) = answer(&line, asked, &mut out)? {
            outcome = Outcome::Failed;
            let broken = Broken { line: number, reason };
            let complaint = add::broken_line(&PathBuf::from("-"), &broken, desk);
            desk.console.complain(&complaint);
        }
        desk.console.write(&out)?;
        if reader.buffer().is_empty() {
            desk.console.flush()?;
        }
    }
    Ok(outcome)
}

/// Writes the answer to one line; where it has none, also says why.
fn answer(line: &[u8], asked: &Figures, out: &mut Vec<u8>) -> io::Result<Result<(), Reason>> {
    let read: Result<Question<'_>, _> = serde_json::from_slice(line);
    let question = match read {
        Ok(question) => question,
        Err(error) => {
            let said = intake::said(&error);
            write(
                &Answer {
                    id: None,
                    figures: Vec::new(),
                    error: Some(said.clone()),
                },
                out,
            )?;
            return Ok(Err(Reason::Json(said)));
        }
    };
    let day = question
        .date
        .as_deref()
        .and_then(Given::published)
        .and_then(|date| date.day());
    let language = question
        .lang
        .as_deref()
        .and_then(Language::from_code)
        .or(asked.lang);
    let (_, figures) = found(&question.text, language, day);
    let figures = export::figures(&figures, &question.text);
    write(
        &Answer {
            id: question.id,
            figures,
            error: None,
        },
        out,
    )?;
    Ok(Ok(()))
}

fn write(answer: &Answer<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.push(b'\n');
    Ok(())
}
