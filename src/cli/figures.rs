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

/// How many bytes of lines are answered at once, and the fewest that are worth a thread of their own.
const PIECES: (usize, usize) = (1 << 20, 1 << 14);

/// Answers every line of standard input with a line, in order; a broken one with no figures and the reason.
///
/// Answers what has come before it waits for more, so that a program at the other end may ask line by line.
fn batch(asked: &Figures, desk: &mut Desk) -> Result<Outcome> {
    let mut reader = BufReader::with_capacity(1 << 18, io::stdin().lock());
    let mut lines = Vec::new();
    let mut first = 1;
    let mut outcome = Outcome::Done;
    loop {
        lines.clear();
        while lines.len() < PIECES.0
            && reader.read_until(b'\n', &mut lines)? > 0
            && !reader.buffer().is_empty()
        {}
        if lines.is_empty() {
            return Ok(outcome);
        }
        for answers in answer_all(&lines, asked.lang) {
            desk.console.write(&answers.out)?;
            for (line, reason) in answers.broken {
                outcome = Outcome::Failed;
                let broken = Broken {
                    line: first + line,
                    reason,
                };
                let complaint = add::broken_line(&PathBuf::from("-"), &broken, desk);
                desk.console.complain(&complaint);
            }
            first += answers.lines;
        }
        desk.console.flush()?;
    }
}

/// What came of some lines.
#[derive(Default)]
struct Answers {
    out: Vec<u8>,
    lines: u64,
    /// The lines that have no answer, counted from 0, and why.
    broken: Vec<(u64, Reason)>,
}

/// Answers lines, on as many threads as there are processors and enough lines for.
fn answer_all(lines: &[u8], language: Option<Language>) -> Vec<Answers> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let pieces = pieces(lines, processors.min(lines.len() / PIECES.1));
    let (first, others) = pieces.split_first().unwrap_or((&lines, &[]));
    std::thread::scope(|scope| {
        let others: Vec<_> = others
            .iter()
            .map(|piece| scope.spawn(|| answer_lines(piece, language)))
            .collect();
        let first = answer_lines(first, language);
        // A panic in a thread goes on here, as if there were one thread only.
        let answered = others.into_iter().map(|other| {
            other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        std::iter::once(first).chain(answered).collect()
    })
}

/// Cuts lines into at most so many pieces of about one size, behind line ends.
fn pieces(mut lines: &[u8], most: usize) -> Vec<&[u8]> {
    let mut pieces = Vec::with_capacity(most);
    for left in (1..=most).rev() {
        let at = lines.len() / left;
        let end = memchr::memchr(b'\n', lines.get(at..).unwrap_or_default())
            .map_or(lines.len(), |more| at + more + 1);
        let (piece, rest) = lines.split_at(end);
        pieces.push(piece);
        lines = rest;
    }
    if !lines.is_empty() {
        pieces.push(lines);
    }
    pieces
}

fn answer_lines(lines: &[u8], language: Option<Language>) -> Answers {
    let mut answers = Answers::default();
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        if !line.trim_ascii().is_empty() {
            let answered = answer(line, language, &mut answers.out);
            answers
                .broken
                .extend(answered.err().map(|reason| (answers.lines, reason)));
        }
        answers.lines += 1;
    }
    answers
}

/// Writes the answer to one line; where it has none, also says why.
fn answer(line: &[u8], language: Option<Language>, out: &mut Vec<u8>) -> Result<(), Reason> {
    let read: Result<Question<'_>, _> = serde_json::from_slice(line);
    let question = match read {
        Ok(question) => question,
        Err(error) => {
            let said = intake::said(&error);
            let answer = Answer {
                id: None,
                figures: Vec::new(),
                error: Some(said.clone()),
            };
            write(&answer, out).map_err(Reason::Unreadable)?;
            return Err(Reason::Json(said));
        }
    };
    let day = question
        .date
        .as_deref()
        .and_then(Given::published)
        .and_then(|date| date.day());
    let named = question.lang.as_deref().and_then(Language::from_code);
    let (_, figures) = found(&question.text, named.or(language), day);
    let figures = export::figures(&figures, &question.text);
    write(
        &Answer {
            id: question.id,
            figures,
            error: None,
        },
        out,
    )
    .map_err(Reason::Unreadable)
}

fn write(answer: &Answer<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, answer)?;
    out.push(b'\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_behind_lines_and_lose_none() {
        let lines = b"a\nbb\n\nccc\ndddd\ne";
        for most in 0..9 {
            let mut pieces = pieces(lines, most);
            assert_eq!(pieces.concat(), lines);
            pieces.retain(|piece| !piece.is_empty());
            let (_, whole) = pieces.split_last().expect("a piece");
            assert!(whole.iter().all(|piece| piece.ends_with(b"\n")), "{most}");
        }
    }

    #[test]
    fn many_threads_answer_as_one() {
        let line =
            |number| format!("{{\"id\":{number},\"lang\":\"de\",\"text\":\"Es sind {number} Euro.\"}}\n");
        let mut lines: String = (0..3000).map(line).collect();
        lines.push_str("kaputt\n\n");
        lines.extend((3000..6000).map(line));
        let all = answer_all(lines.as_bytes(), None);
        let one = answer_lines(lines.as_bytes(), None);
        assert_eq!(all.iter().map(|answers| answers.lines).sum::<u64>(), 6002);
        assert_eq!(
            all.iter()
                .flat_map(|answers| answers.out.clone())
                .collect::<Vec<u8>>(),
            one.out
        );
        assert!(matches!(one.broken.as_slice(), [(3000, Reason::Json(_))]));
    }
}
