//! What the reader said about figures, kept by the articles' ids.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::params;

use super::write::Batch;
use super::{Store, statements};
use crate::article::{ArticleId, Part};
use crate::compare::{Correction, Landmark, Sense};

impl Store {
    /// What was said about figures of these articles, the first said first.
    pub fn corrections(&self, articles: &[ArticleId]) -> Result<Vec<Correction>> {
        let numbers = self.correction_numbers(articles)?;
        let corrections = numbers.into_iter().map(|number| self.correction(number));
        Ok(corrections
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    fn correction_numbers(&self, articles: &[ArticleId]) -> Result<BTreeSet<i64>> {
        let mut statement = self.connection.prepare_cached(statements::CORRECTIONS_OF)?;
        let mut numbers = BTreeSet::new();
        for article in articles {
            let found = statement.query_map([&article.0], |row| row.get(0))?;
            numbers.extend(found.collect::<rusqlite::Result<Vec<i64>>>()?);
        }
        Ok(numbers)
    }

    /// One correction; none where a later program said it.
    fn correction(&self, number: i64) -> Result<Option<Correction>> {
        let sense: String = self
            .connection
            .prepare_cached(statements::CORRECTION)?
            .query_row([number], |row| row.get(0))?;
        let Some((sense, _)) = Sense::NAMED.into_iter().find(|(_, name)| *name == sense) else {
            return Ok(None);
        };
        let mut statement = self.connection.prepare_cached(statements::CORRECTED)?;
        let found = statement.query_map([number], |row| {
            let landmark = Landmark {
                article: ArticleId(row.get(1)?),
                part: if row.get(2)? { Part::Title } else { Part::Text },
                said: row.get(3)?,
                before: usize::try_from(row.get::<_, i64>(4)?).unwrap_or(usize::MAX),
            };
            Ok((row.get::<_, bool>(0)?, landmark))
        })?;
        let (others, figures): (Vec<_>, Vec<_>) = found
            .collect::<rusqlite::Result<Vec<_>>>()?
            .into_iter()
            .partition(|(other, _)| *other);
        let landmarks =
            |list: Vec<(bool, Landmark)>| list.into_iter().map(|(_, landmark)| landmark).collect();
        Ok(Some(Correction {
            sense,
            figures: landmarks(figures),
            others: landmarks(others),
        }))
    }

    /// Keeps what was said about figures, and has the stories they are in compared anew.
    pub fn correct(&mut self, correction: &Correction) -> Result<()> {
        self.write("keeping what was said about a claim", |batch| {
            let name = Sense::NAMED
                .into_iter()
                .find(|(sense, _)| *sense == correction.sense);
            let name = name.map_or("", |(_, name)| name);
            let number: i64 = batch
                .prepare(statements::INSERT_CORRECTION)?
                .query_row([name], |row| row.get(0))?;
            let figures = correction.figures.iter().map(|figure| (0, figure));
            for (other, figure) in figures.chain(correction.others.iter().map(|figure| (1, figure))) {
                batch.prepare(statements::INSERT_CORRECTED)?.execute(params![
                    number,
                    other,
                    figure.article.0,
                    figure.part == Part::Title,
                    figure.said,
                    i64::try_from(figure.before).unwrap_or(i64::MAX),
                ])?;
            }
            batch.unweigh(correction)
        })
    }

    /// Forgets what was said about figures, the last of several that are alike.
    pub fn forget_correction(&mut self, correction: &Correction) -> Result<()> {
        let articles: Vec<ArticleId> = correction
            .figures
            .iter()
            .map(|figure| figure.article.clone())
            .collect();
        for number in self.correction_numbers(&articles)?.into_iter().rev() {
            if self.correction(number)?.as_ref() == Some(correction) {
                return self.write("forgetting what was said about a claim", |batch| {
                    batch.prepare(statements::DELETE_CORRECTION)?.execute([number])?;
                    batch.unweigh(correction)
                });
            }
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Has the stories of the articles that a correction names compared anew.
    fn unweigh(&self, correction: &Correction) -> Result<()> {
        for figure in correction.figures.iter().chain(&correction.others) {
            self.prepare(statements::UNWEIGH_STORY_OF)?
                .execute([&figure.article.0])?;
        }
        Ok(())
    }
}
