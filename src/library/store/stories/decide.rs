//! What the reader decides about stories, kept by the articles' ids.

use std::collections::BTreeSet;

use anyhow::Result;
use rusqlite::{OptionalExtension, params};

use super::Grouping;
use crate::article::ArticleId;
use crate::library::store::write::Batch;
use crate::library::store::{Store, statements};
use crate::library::stories::{Decision, Ruling};
use crate::story::Key;

impl Grouping {
    /// Keeps decisions, regroups the articles they are about, and returns what stood before, to undo them.
    pub fn decide(&mut self, store: &mut Store, decisions: &[Decision]) -> Result<Vec<Decision>> {
        let outcome = store.write("keeping what was decided about stories", |batch| {
            let statistics = self.statistics(batch)?;
            let mut before = Vec::new();
            let mut touched = BTreeSet::new();
            for decision in decisions {
                before.push(batch.decide(decision)?);
                for id in &decision.articles {
                    touched.extend(batch.key_of(id)?);
                }
            }
            before.reverse();
            self.group(batch, &statistics, touched)?;
            Ok(before)
        });
        if outcome.is_err() {
            *self = Self::default();
        }
        outcome
    }
}

impl Store {
    /// The ids of the articles that tell the story an article belongs to, the first one first.
    pub fn told_with(&self, article: &ArticleId) -> Result<Vec<ArticleId>> {
        let mut statement = self.connection.prepare_cached(statements::TOLD_WITH)?;
        let told = statement.query_map([&article.0], |row| {
            Ok((row.get::<_, i64>(0)?, ArticleId(row.get(1)?)))
        })?;
        let mut told = told.collect::<rusqlite::Result<Vec<_>>>()?;
        told.sort();
        Ok(told.into_iter().map(|(_, id)| id).collect())
    }
}

impl Batch<'_> {
    fn key_of(&self, id: &ArticleId) -> Result<Option<Key>> {
        Ok(self
            .prepare(statements::ROW_OF)?
            .query_row([&id.0], |row| row.get(0).map(Key))
            .optional()?)
    }

    /// Keeps one decision and returns the one it replaces.
    fn decide(&mut self, decision: &Decision) -> Result<Decision> {
        self.decided.take();
        let [a, b] = &decision.articles;
        let (one, other) = if a <= b { (&a.0, &b.0) } else { (&b.0, &a.0) };
        let before: Option<bool> = self
            .prepare(statements::DECIDED)?
            .query_row([one, other], |row| row.get(0))
            .optional()?;
        match decision.ruling {
            Ruling::Open => self.prepare(statements::UNDECIDE)?.execute([one, other])?,
            Ruling::Together => self
                .prepare(statements::DECIDE)?
                .execute(params![one, other, true])?,
            Ruling::Apart => self
                .prepare(statements::DECIDE)?
                .execute(params![one, other, false])?,
        };
        let ruling = match before {
            None => Ruling::Open,
            Some(true) => Ruling::Together,
            Some(false) => Ruling::Apart,
        };
        Ok(Decision {
            articles: decision.articles.clone(),
            ruling,
        })
    }

    /// The articles about which and this one something was decided, and whether it is that they belong together.
    pub fn decisions(&self, key: Key) -> Result<Vec<(Key, bool)>> {
        if !self.has_decisions()? {
            return Ok(Vec::new());
        }
        let mut statement = self.prepare(statements::DECISIONS)?;
        let decisions = statement.query_map([key.0], |row| Ok((Key(row.get(0)?), row.get(1)?)))?;
        Ok(decisions.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether anything was decided at all, which in most libraries nothing was.
    fn has_decisions(&self) -> Result<bool> {
        if let Some(known) = self.decided.get() {
            return Ok(*known);
        }
        let found = self.prepare(statements::ANY_DECIDED)?.exists([])?;
        Ok(*self.decided.get_or_init(|| found))
    }

    pub fn decided_together(&self, key: Key) -> Result<Vec<Key>> {
        let decisions = self.decisions(key)?;
        Ok(decisions
            .into_iter()
            .filter(|(_, together)| *together)
            .map(|(key, _)| key)
            .collect())
    }
}
