//! The figures of a story compared ahead of time, so that lists have nothing to compare.

use anyhow::Result;
use rusqlite::{CachedStatement, OptionalExtension, params};

use crate::article::{Article, ArticleId};
use crate::compare::{Claim, Comparison, Verdict, parallels};
use crate::library::store::write::{Batch, content_of};
use crate::library::store::{Store, statements};
use crate::library::stories::StoryClaim;

/// So many articles of a story are compared: of each text one, those that say most of what the others say first.
const COMPARED: usize = 12;
/// So many claims are kept for lists.
const KEPT: usize = 6;

/// A story whose figures have not been compared since it last changed.
pub struct Unweighed {
    first: i64,
    /// The articles to compare.
    pub articles: Vec<Article>,
}

impl Store {
    /// The newest story whose figures wait to be compared.
    pub fn unweighed(&mut self, version: u32) -> Result<Option<Unweighed>> {
        self.unweigh_others(version)?;
        let first: Option<i64> = self
            .connection
            .prepare_cached(statements::UNWEIGHED)?
            .query_row([], |row| row.get(0))
            .optional()?;
        first.map(|first| self.to_weigh(first)).transpose()
    }

    /// One story, if its figures wait to be compared.
    pub fn unweighed_story(&mut self, version: u32, first: i64) -> Result<Option<Unweighed>> {
        self.unweigh_others(version)?;
        let waits = self
            .connection
            .prepare_cached(statements::IS_UNWEIGHED)?
            .exists([first])?;
        waits.then(|| self.to_weigh(first)).transpose()
    }

    /// Has all stories compared anew where other code than that of `version` did it.
    fn unweigh_others(&mut self, version: u32) -> Result<()> {
        let by: u32 = self
            .connection
            .prepare_cached(statements::WEIGHED_BY)?
            .query_row([], |row| row.get(0))?;
        if by != version {
            self.write("having stories compared anew", |batch| {
                batch.prepare(statements::UNWEIGH_ALL)?.execute([])?;
                batch.prepare(statements::SET_WEIGHED_BY)?.execute([version])?;
                Ok(())
            })?;
        }
        Ok(())
    }

    fn to_weigh(&self, first: i64) -> Result<Unweighed> {
        let articles = weightiest(self.connection.prepare_cached(statements::TELLERS)?, first)?;
        let articles = articles
            .iter()
            .filter_map(|id| self.article(id).transpose())
            .collect::<Result<_>>()?;
        Ok(Unweighed { first, articles })
    }

    /// Keeps what came of comparing a story, unless it has changed since, and the passages that words are learned from.
    pub fn weighed(&mut self, story: &Unweighed, comparison: &Comparison) -> Result<()> {
        let count = |verdict| {
            comparison
                .claims
                .iter()
                .filter(|claim| claim.verdict == verdict)
                .count()
                .cast_signed()
        };
        let (conflicts, scales) = (count(Verdict::Conflict), count(Verdict::Scale));
        let claims = kept(&story.articles, comparison);
        let passages = parallels(&story.articles, comparison, story.first);
        self.write("keeping the figures of a story", |batch| {
            let ids = weightiest(batch.prepare(statements::TELLERS)?, story.first)?;
            let articles = &story.articles;
            let same = ids.iter().eq(articles.iter().map(|article| &article.headline.id));
            if same && batch.have_words(articles)? {
                batch.prepare(statements::KEEP_WEIGHED)?.execute(params![
                    story.first,
                    conflicts,
                    scales,
                    claims
                ])?;
                batch.keep_parallels(story.first, &passages)?;
            }
            Ok(())
        })
    }
}

impl Batch<'_> {
    /// Whether these articles still have the words they had when they were read.
    fn have_words(&self, articles: &[Article]) -> Result<bool> {
        for article in articles {
            let known = self.known(&article.headline.id)?;
            if known.is_none_or(|known| known.content != content_of(article)) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The articles of a story that are compared, weightiest first.
fn weightiest(mut statement: CachedStatement<'_>, first: i64) -> rusqlite::Result<Vec<ArticleId>> {
    let tellers = statement.query_map([first], |row| Ok((row.get::<_, f64>(0)?, ArticleId(row.get(1)?))))?;
    let mut tellers = tellers.collect::<rusqlite::Result<Vec<_>>>()?;
    tellers.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(tellers.into_iter().take(COMPARED).map(|(_, id)| id).collect())
}

/// The weightiest claims that more than one article makes: a line each, its fields between tabs.
fn kept(articles: &[Article], comparison: &Comparison) -> String {
    let shared = comparison
        .claims
        .iter()
        .filter(|claim| claim.verdict != Verdict::Single);
    let lines: Vec<String> = shared.take(KEPT).map(|claim| line(articles, claim)).collect();
    lines.join("\n")
}

fn line(articles: &[Article], claim: &Claim) -> String {
    let mut told: Vec<usize> = claim.mentions.iter().map(|mention| mention.article).collect();
    told.dedup();
    let mut fields = vec![
        claim.verdict.name().to_string(),
        told.len().to_string(),
        articles.len().to_string(),
        claim.topic.join(" · "),
    ];
    let mut values = Vec::new();
    for mention in &claim.mentions {
        let value = (mention.figure.value.printed(), mention.figure.value.unit());
        if !values.contains(&value)
            && let Some(article) = articles.get(mention.article)
        {
            values.push(value);
            fields.push(
                mention
                    .figure
                    .span
                    .of(article.part(mention.part))
                    .replace(char::is_control, " "),
            );
        }
    }
    fields.join("\t")
}

/// What [`kept`] wrote.
pub fn claims_of(lines: &str) -> Vec<StoryClaim> {
    lines.lines().filter_map(claim_of).collect()
}

fn claim_of(line: &str) -> Option<StoryClaim> {
    let mut fields = line.split('\t');
    Some(StoryClaim {
        verdict: Verdict::from_name(fields.next()?)?,
        told_by: fields.next()?.parse().ok()?,
        of: fields.next()?.parse().ok()?,
        topic: fields.next()?.to_string(),
        wordings: fields.map(str::to_string).collect(),
    })
}
