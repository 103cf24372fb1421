//! The counterparts of words in another language.

use anyhow::Result;

use super::super::bridge;
use super::{Branch, Planner, weight};
use crate::article::Language;
use crate::library::index::language_letter;
use crate::library::words::{exact, says_nothing};
use crate::query::Notice;
use crate::text::{self, fold, is_function_word};

/// How many translations of a word count.
const MOST_TRANSLATIONS: usize = 6;

/// How alike a cognate must be to stand beside words that are known to mean the same, from 0 to 1.
const PLAINLY: f32 = 0.8;

/// A word of another language that says the same, and how likely.
pub(super) struct Counterpart {
    pub word: String,
    pub trust: f32,
    /// Whether it was found for a part of the word only.
    pub of_part: bool,
}

impl Planner<'_> {
    /// Adds the ways to have the counterparts of a word in `target`.
    pub(super) fn abroad(&mut self, piece: &str, target: Language, ways: &mut Vec<Branch>) -> Result<()> {
        if says_nothing(piece) {
            return Ok(());
        }
        let mut met: Vec<Counterpart> = Vec::new();
        for language in self.tongues_of(piece, target)? {
            for counterpart in self.counterparts(piece, language, target)? {
                match met.iter_mut().find(|known| known.word == counterpart.word) {
                    Some(known) => known.trust = known.trust.max(counterpart.trust),
                    None => met.push(counterpart),
                }
            }
        }
        let letter = language_letter(Some(target));
        let (mut stems, mut to): (Vec<String>, Vec<String>) = Default::default();
        for counterpart in met {
            let forms = self.analyser.forms(&counterpart.word, Some(target));
            let stem = format!("{letter}{}", forms.stem.as_deref().unwrap_or(&counterpart.word));
            if stems.contains(&stem) {
                continue;
            }
            let trust = weight::ABROAD * counterpart.trust;
            let before = ways.len();
            self.terms(|channels| channels.stem, &stem, None, trust, ways)?;
            let trust = weight::ABROAD_PART * counterpart.trust;
            self.terms(|channels| channels.parts, &stem, None, trust, ways)?;
            if ways.len() > before && !counterpart.of_part {
                to.push(counterpart.word);
            }
            self.sought.stems.insert(stem.clone());
            stems.push(stem);
        }
        if !to.is_empty() {
            self.notices.push(Notice::Translated {
                word: piece.to_string(),
                language: target,
                to,
            });
        }
        Ok(())
    }

    /// The languages that a word of the question may be of.
    fn tongues_of(&self, piece: &str, target: Language) -> Result<Vec<Language>> {
        if let Some(home) = self.home {
            return Ok(if home == target { Vec::new() } else { vec![home] });
        }
        let others = Language::ALL.into_iter().filter(|language| *language != target);
        let mut known = Vec::new();
        for language in others.clone() {
            let form = exact(piece, Some(language));
            let form = format!("{}{form}", language_letter(Some(language)));
            if self.lexicon.look_up(self.fields.text.exact, &form)?.is_some() {
                known.push(language);
            }
        }
        Ok(if known.is_empty() { others.collect() } else { known })
    }

    /// The counterparts of a word and, where it is a compound, of its parts.
    fn counterparts(&mut self, piece: &str, from: Language, to: Language) -> Result<Vec<Counterpart>> {
        let forms = self.analyser.forms(piece, Some(from));
        let mut found = self.of_one(piece, from, to, false)?;
        for leaf in forms.leaves() {
            found.extend(self.of_one(leaf, from, to, true)?);
        }
        Ok(found)
    }

    /// The counterparts of a word that a dictionary or our own list has, and those in the index that are spelt like
    /// cognates.
    fn of_one(&self, word: &str, from: Language, to: Language, of_part: bool) -> Result<Vec<Counterpart>> {
        let share = if of_part { weight::OF_PART } else { 1.0 };
        let made = |word: String, trust: f32| Counterpart {
            word,
            trust: trust * share,
            of_part,
        };
        let mut found: Vec<Counterpart> = Vec::new();
        let listed = text::counterparts(word, from, to).into_iter();
        found.extend(listed.map(|word| made(fold(word), weight::LISTED)));
        if let Some(translate) = self.translate {
            let said = translate(word, from, to).into_iter().take(MOST_TRANSLATIONS);
            found.extend(said.map(|(word, sure)| made(word, sure)));
        }
        // Where it is known what a word means, only what is plainly the same word says more.
        let least = if found.is_empty() { 0.0 } else { PLAINLY };
        let near = bridge::cognates(self.lexicon, self.fields.bridge, word, from, to)?;
        // "Hafen" is spelt like "have", which says nothing.
        let telling = near
            .into_iter()
            .filter(|(word, alike)| *alike >= least && !is_function_word(word, to));
        found.extend(telling.map(|(word, _)| made(word, weight::COGNATE)));
        Ok(found)
    }
}
