//! From articles to their terms.

use anyhow::Result;
use rusqlite::{OptionalExtension, Row, params};

use super::Grouping;
use crate::article::Language;
use crate::figure::{Figure, extract};
use crate::library::store::packed::Text;
use crate::library::store::write::Batch;
use crate::library::store::{Changed, Store, statements};
use crate::story::{Day, Key, Reading, Terms};
use crate::text::agency;

const SECONDS_A_DAY: i64 = 86_400;

impl Grouping {
    /// Reads up to `limit` unsettled articles for their terms, and says whether any are left to read.
    pub fn read_terms(&mut self, batch: &Batch<'_>, limit: usize) -> Result<bool> {
        let mut read = 0;
        while read < limit {
            let some = batch.unsettled(self.read_up_to, limit)?;
            for (_, row) in &some {
                // One read before the last start, or before a stop, is no work.
                read += usize::from(self.refresh_terms(batch, Key(*row))? == Fate::Reworded);
            }
            self.read_up_to = some.last().copied();
            if some.len() < limit {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Brings the terms of an article to its present text; says what became of it.
    pub fn refresh_terms(&mut self, batch: &Batch<'_>, key: Key) -> Result<Fate> {
        let found = batch
            .prepare(statements::ARTICLE_TO_GROUP)?
            .query_row([key.0], |row| {
                let described = Described {
                    content: row.get(0)?,
                    day: Day(day_of(row.get(1)?)),
                    dated: row.get(2)?,
                    language: language(row, 3)?,
                };
                let known: Option<i64> = row.get(5)?;
                let known = match known {
                    Some(content) => Some(Described {
                        content,
                        day: Day(row.get(6)?),
                        dated: row.get(7)?,
                        language: language(row, 8)?,
                    }),
                    None => None,
                };
                Ok((described, known, row.get::<_, String>(4)?))
            })
            .optional()?;
        let Some((described, known, title)) = found else {
            batch.prepare(statements::FORGET_TERMS)?.execute([key.0])?;
            return Ok(Fate::Gone);
        };
        match known {
            Some(known) if known == described => Ok(Fate::Kept),
            Some(known) if known.content == described.content => {
                // Its words are the same; its language or day are others.
                batch.prepare(statements::REDATE_TERMS)?.execute(params![
                    key.0,
                    described.day.0,
                    described.dated,
                    described.language.map(Language::code),
                ])?;
                Ok(Fate::Kept)
            }
            _ => {
                let Text(text) = batch
                    .prepare(statements::BODY)?
                    .query_row([key.0], |row| row.get(0))?;
                let figures = described.figures([&title, &text]);
                let gathered = Gathered::of(&mut self.reading, described.language, [&title, &text], &figures);
                batch.keep_terms(key, &described, &gathered)?;
                Ok(Fate::Reworded)
            }
        }
    }
}

/// What grouping knows of an article beside its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    content: i64,
    day: Day,
    dated: bool,
    language: Option<Language>,
}

/// What grouping keeps of the words of an article.
pub struct Gathered {
    agency: Option<&'static str>,
    terms: Terms,
}

impl Described {
    pub fn of(article: &Changed) -> Self {
        Self {
            content: article.content,
            day: Day(day_of(article.moment)),
            dated: article.dated,
            language: article.language,
        }
    }

    /// The figures of the article's title and of its text.
    pub fn figures(&self, parts: [&str; 2]) -> [Vec<Figure>; 2] {
        let date = self.dated.then(|| self.day.into());
        parts.map(|text| {
            self.language
                .map_or_else(Vec::new, |language| extract(text, language, date))
        })
    }
}

impl Gathered {
    pub fn of(
        reading: &mut Reading,
        language: Option<Language>,
        [title, text]: [&str; 2],
        [of_title, of_text]: &[Vec<Figure>; 2],
    ) -> Self {
        Self {
            agency: agency("", text),
            terms: reading.terms(language, [(title, of_title), (text, of_text)]),
        }
    }
}

impl Batch<'_> {
    /// Keeps what was gathered of an article, if it still has the words it was gathered from.
    fn keep_terms(&self, key: Key, described: &Described, gathered: &Gathered) -> Result<()> {
        self.prepare(statements::KEEP_TERMS)?.execute(params![
            key.0,
            described.content,
            described.day.0,
            described.dated,
            described.language.map(Language::code),
            gathered.agency,
            gathered.terms.to_bytes(),
        ])?;
        Ok(())
    }
}

impl Store {
    /// Keeps what was gathered of articles elsewhere, so that grouping need not read them.
    pub fn keep_terms<'a>(
        &mut self,
        gathered: impl IntoIterator<Item = (&'a Changed, &'a Gathered)>,
    ) -> Result<()> {
        self.write("keeping what articles speak of", |batch| {
            if batch.is_grouped_by_older()? {
                batch.begin_anew()?;
            }
            gathered.into_iter().try_for_each(|(article, gathered)| {
                batch.keep_terms(Key(article.row), &Described::of(article), gathered)
            })
        })
    }
}

/// What became of an unsettled article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was removed.
    Gone,
    /// Its words are those known.
    Kept,
    /// It is new, or has other words than before.
    Reworded,
}

fn language(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Language>> {
    let code: Option<String> = row.get(column)?;
    Ok(code.as_deref().and_then(Language::from_code))
}

fn day_of(moment: i64) -> i32 {
    i32::try_from(moment.div_euclid(SECONDS_A_DAY)).unwrap_or_default()
}
