//! The language that a question is asked in, told by which articles have its words.

use anyhow::Result;

use super::Planner;
use crate::article::Language;
use crate::library::index::{language_letter, language_number};
use crate::library::words::{exact, runs};
use crate::query::{Form, Node};

/// How much likelier than any other, as a logarithm, the language must be.
const CLEARLY: f32 = 1.5;

impl Planner<'_> {
    /// The language of a question; none where its words leave that open.
    pub(super) fn tongue_of(&self, nodes: &[Node]) -> Result<Option<Language>> {
        let mut likely = [0.0f32; Language::ALL.len()];
        for node in nodes {
            let text = match node {
                Node::Word(word) if word.form == Form::Usual => &word.text,
                Node::Phrase(phrase) => &phrase.text,
                _ => continue,
            };
            for run in runs(text) {
                for word in &run.words {
                    self.weigh(word.of(text), &mut likely)?;
                }
            }
        }
        let mut order = Language::ALL;
        let of = |language: Language| likely.get(language as usize).copied().unwrap_or(0.0);
        order.sort_by(|a, b| of(*b).total_cmp(&of(*a)));
        let [first, second, _] = order;
        Ok((of(first) > of(second) + CLEARLY).then_some(first))
    }

    /// Adds how likely a word is in each language; one that none knows says nothing.
    fn weigh(&self, word: &str, likely: &mut [f32]) -> Result<()> {
        let mut shares = [0.0f32; Language::ALL.len()];
        for (language, share) in Language::ALL.into_iter().zip(&mut shares) {
            let form = format!(
                "{}{}",
                language_letter(Some(language)),
                exact(word, Some(language))
            );
            let entry = self.lexicon.look_up(self.fields.text.exact, &form)?;
            let all = self
                .spread
                .get(language_number(Some(language)) as usize)
                .copied()
                .unwrap_or(0);
            *share = entry.map_or(0.0, |entry| entry.documents as f32 / all.max(1) as f32);
        }
        if shares.iter().any(|share| *share > 0.0) {
            for (sum, share) in likely.iter_mut().zip(shares) {
                *sum += (share + 0.002).ln();
            }
        }
        Ok(())
    }
}
