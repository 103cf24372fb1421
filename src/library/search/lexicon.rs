use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use tantivy::index::InvertedIndexReader;
use tantivy::postings::TermInfo;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// A word of the index, looked up in each of its segments.
#[derive(Clone)]
pub struct Entry {
    pub field: Field,
    /// Where each segment keeps it.
    pub places: Vec<Option<TermInfo>>,
    /// How many documents have it.
    pub documents: u32,
}

/// The words of the index.
pub struct Lexicon {
    segments: Vec<HashMap<Field, Arc<InvertedIndexReader>>>,
    pub documents: u32,
}

impl Lexicon {
    pub fn new(searcher: &Searcher, fields: &[Field]) -> Result<Self> {
        let segments = searcher.segment_readers().iter().map(|segment| {
            let readers = fields
                .iter()
                .map(|field| Ok((*field, segment.inverted_index(*field)?)));
            readers.collect::<tantivy::Result<HashMap<_, _>>>()
        });
        let segments = segments
            .collect::<tantivy::Result<_>>()
            .context("reading the index")?;
        let documents = searcher
            .segment_readers()
            .iter()
            .map(tantivy::SegmentReader::max_doc)
            .sum();
        Ok(Self { segments, documents })
    }

    /// A word of a field; none where no document has it.
    pub fn look_up(&self, field: Field, text: &str) -> Result<Option<Entry>> {
        let term = Term::from_field_text(field, text);
        let mut places = Vec::with_capacity(self.segments.len());
        for segment in &self.segments {
            let found = match segment.get(&field) {
                Some(reader) => reader.get_term_info(&term).context("reading the index")?,
                None => None,
            };
            places.push(found);
        }
        let documents = places.iter().flatten().map(|place| place.doc_freq).sum();
        Ok((documents > 0).then_some(Entry {
            field,
            places,
            documents,
        }))
    }

    pub fn reader(&self, segment: usize, field: Field) -> Option<&Arc<InvertedIndexReader>> {
        self.segments.get(segment)?.get(&field)
    }

    /// The average number of words that a document has in a field.
    pub fn average_length(&self, field: Field) -> f32 {
        let words: u64 = self
            .segments
            .iter()
            .filter_map(|segment| segment.get(&field))
            .map(|reader| reader.total_num_tokens())
            .sum();
        (words as f32 / self.documents.max(1) as f32).max(1.0)
    }

    /// Gives each word of a field that begins with `prefix` to `each`, with the documents of one segment that have it.
    pub fn beginning(&self, field: Field, prefix: &str, mut each: impl FnMut(&str, u32)) -> Result<()> {
        let mut end = prefix.as_bytes().to_vec();
        end.push(0xff);
        for reader in self.segments.iter().filter_map(|segment| segment.get(&field)) {
            let range = reader.terms().range().ge(prefix).lt(&end);
            let mut words = range.into_stream().context("reading the index")?;
            while words.advance() {
                if let Ok(word) = str::from_utf8(words.key()) {
                    each(word, words.value().doc_freq);
                }
            }
        }
        Ok(())
    }

    /// The same for the words that an automaton accepts.
    pub fn accepted<A: tantivy_fst::Automaton>(
        &self,
        field: Field,
        automaton: &A,
        mut each: impl FnMut(&str, u32),
    ) -> Result<()>
    where
        A::State: Clone,
    {
        for reader in self.segments.iter().filter_map(|segment| segment.get(&field)) {
            let mut words = reader
                .terms()
                .search(automaton)
                .into_stream()
                .context("reading the index")?;
            while words.advance() {
                if let Ok(word) = str::from_utf8(words.key()) {
                    each(word, words.value().doc_freq);
                }
            }
        }
        Ok(())
    }
}
