//! All that fits a question, as rows of the database, for lists that have an order of their own.

use std::collections::BTreeSet;

use anyhow::Result;

use super::plan::{Plan, Reach};
use super::{Asked, Reading, evaluate};

impl Reading {
    /// The rows of all articles that have the words asked for, or of those with some where none has all; in no order
    /// that means anything, each once.
    pub fn rows(&mut self, asked: Asked<'_>) -> Result<Vec<i64>> {
        let reach = Reach {
            forgiving: true,
            ..Reach::default()
        };
        let plan = self.plan(asked, reach)?;
        let mut rows = self.rows_of(&plan)?;
        let also = asked.query.also.iter().filter(|_| !plan.clauses.is_empty());
        for language in also {
            let abroad = self.plan_abroad(asked, *language)?;
            rows.extend(self.rows_of(&abroad)?);
        }
        Ok(rows.into_iter().collect())
    }

    fn rows_of(&self, plan: &Plan) -> Result<BTreeSet<i64>> {
        let found = evaluate(&self.searcher, &self.lexicon, &self.norms, plan)?;
        let relaxed = found.relaxed && found.with_all == 0;
        let mut rows = BTreeSet::new();
        for (segment, matches) in &found.segments {
            let fitting = if relaxed { &matches.some } else { &matches.all };
            for document in fitting.iter() {
                rows.extend(segment.columns.row.first(document).map(u64::cast_signed));
            }
        }
        Ok(rows)
    }
}
