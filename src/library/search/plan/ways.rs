//! The ways in which a document can have a word.

use std::collections::HashMap;

use anyhow::Result;
use tantivy::schema::Field;

use super::{Branch, Planner, TONGUES, weight};
use crate::article::Part;
use crate::library::index::{Channels, Fields, language_letter};
use crate::library::words::{Forms, exact};
use crate::query::{Form, Word};

/// How many words a prefix stands for at most while it is typed, and when it is asked for.
const COMPLETIONS: usize = 30;
const ALL_COMPLETIONS: usize = 1_000;

impl Planner<'_> {
    /// All the ways in which a document can have one word.
    pub(super) fn ways(&mut self, piece: &str, word: &Word, last: bool, wanted: bool) -> Result<Vec<Branch>> {
        let mut ways = Vec::new();
        match word.form {
            Form::Exact => self.exactly(piece, word.part, 1.0, &mut ways)?,
            Form::Prefix => self.beginning(piece, word.part, ALL_COMPLETIONS, &mut ways)?,
            Form::Near(edits) => {
                self.usual(piece, word.part, wanted, &mut ways)?;
                self.similar(piece, word.part, edits, false, &mut ways)?;
            }
            Form::Usual => {
                self.usual(piece, word.part, wanted, &mut ways)?;
                if wanted
                    && word.part.is_none()
                    && let Some(target) = self.reach.abroad
                {
                    self.abroad(piece, target, &mut ways)?;
                }
                if last && piece.chars().count() >= 2 {
                    self.beginning(piece, word.part, COMPLETIONS, &mut ways)?;
                }
                if ways.is_empty() && wanted && self.reach.forgiving {
                    self.corrected(piece, word.part, &mut ways)?;
                }
            }
        }
        Ok(ways)
    }

    fn usual(&mut self, piece: &str, part: Option<Part>, wanted: bool, ways: &mut Vec<Branch>) -> Result<()> {
        for language in TONGUES {
            let letter = language_letter(language);
            let forms = self.analyser.forms(piece, language);
            self.exact_form(&forms.exact, letter, part, weight::EXACT, ways)?;
            let Some(stem) = &forms.stem else { continue };
            let stem = format!("{letter}{stem}");
            self.terms(|channels| channels.stem, &stem, part, weight::STEM, ways)?;
            if wanted {
                self.terms(|channels| channels.parts, &stem, part, weight::PART, ways)?;
                self.own_parts(&forms, letter, part, ways)?;
            }
            self.sought.stems.insert(stem);
        }
        Ok(())
    }

    /// The parts of a compound that is asked for: a document must have all of them to have the word.
    fn own_parts(
        &mut self,
        forms: &Forms,
        letter: char,
        part: Option<Part>,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        let mut words = Vec::new();
        let mut complete = true;
        for stem in forms.leaves() {
            let stem = format!("{letter}{stem}");
            let mut these = Vec::new();
            self.terms(
                |channels| channels.stem,
                &stem,
                part,
                weight::OWN_PARTS_STEM,
                &mut these,
            )?;
            self.terms(
                |channels| channels.parts,
                &stem,
                part,
                weight::OWN_PARTS_PART,
                &mut these,
            )?;
            complete &= !these.is_empty();
            words.push((stem, these));
        }
        let each = words.iter().flat_map(|(_, these)| these);
        self.hints.extend(each.cloned());
        if complete && words.len() > 1 {
            let (stems, words): (Vec<_>, Vec<_>) = words.into_iter().unzip();
            self.sought.stems.extend(stems);
            ways.push(Branch::All { words, weight: 1.0 });
        }
        Ok(())
    }

    pub(super) fn exactly(
        &mut self,
        piece: &str,
        part: Option<Part>,
        weight: f32,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        for language in TONGUES {
            let form = exact(piece, language);
            self.exact_form(&form, language_letter(language), part, weight, ways)?;
        }
        Ok(())
    }

    fn exact_form(
        &mut self,
        form: &str,
        letter: char,
        part: Option<Part>,
        weight: f32,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        let form = format!("{letter}{form}");
        self.terms(|channels| channels.exact, &form, part, weight, ways)?;
        self.sought.exact.insert(form);
        Ok(())
    }

    /// A form in the title and in the text; how rare it is, the more frequent of the two says for both.
    pub(super) fn terms(
        &self,
        channel: fn(Channels) -> Field,
        text: &str,
        part: Option<Part>,
        weight: f32,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        let first = ways.len();
        for (channels, factor) in channels(self.fields, part) {
            if let Some(entry) = self.lexicon.look_up(channel(channels), text)? {
                let documents = entry.documents;
                let weight = weight * factor;
                ways.push(Branch::Term {
                    entry,
                    documents,
                    weight,
                });
            }
        }
        let added = ways.get_mut(first..).unwrap_or_default();
        let most = added.iter().map(super::documents).max().unwrap_or(0);
        for branch in added {
            if let Branch::Term { documents, .. } = branch {
                *documents = most;
            }
        }
        Ok(())
    }

    /// The words that begin so.
    pub(super) fn beginning(
        &mut self,
        piece: &str,
        part: Option<Part>,
        most: usize,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        for language in TONGUES {
            let prefix = format!("{}{}", language_letter(language), exact(piece, language));
            let mut met: HashMap<String, u32> = HashMap::new();
            for (channels, _) in channels(self.fields, part) {
                self.lexicon
                    .beginning(channels.exact, &prefix, |word, documents| {
                        *met.entry(word.to_string()).or_default() += documents;
                    })?;
            }
            for word in super::most_frequent(met, most) {
                self.terms(|channels| channels.exact, &word, part, weight::SIMILAR, ways)?;
            }
            self.sought.prefixes.push(prefix);
        }
        Ok(())
    }
}

pub(super) fn channels(fields: Fields, part: Option<Part>) -> impl Iterator<Item = (Channels, f32)> {
    let title = (part != Some(Part::Text)).then_some((fields.title, weight::TITLE));
    let text = (part != Some(Part::Title)).then_some((fields.text, 1.0));
    title.into_iter().chain(text)
}
