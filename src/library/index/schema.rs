use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use tantivy::Index;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::article::Language;

/// The fields of the index.
///
/// Words carry the letter of their language in front, so one field serves all: BM25's average length then means
/// the articles', whatever the shares of the languages.
#[derive(Clone, Copy)]
pub struct Fields {
    pub row: Field,
    pub moment: Field,
    pub month: Field,
    pub language: Field,
    pub source: Field,
    pub title: Channels,
    pub text: Channels,
    /// Bridge keys with the words under them, each once: a list of words, not of where they stand.
    pub bridge: Field,
}

/// What stands between a bridge key and its word.
pub const BRIDGE_SIGN: char = '=';

/// The three kinds of forms of the words of a text.
#[derive(Clone, Copy)]
pub struct Channels {
    pub exact: Field,
    pub stem: Field,
    pub parts: Field,
}

const PREPARED: &str = "prepared";
/// The number that stands in the index for any other language.
pub const NO_LANGUAGE: u64 = 3;

/// The number that stands in the index for a language.
pub fn language_number(language: Option<Language>) -> u64 {
    language.map_or(NO_LANGUAGE, |language| language as u64)
}

pub fn schema() -> Schema {
    let mut builder = Schema::builder();
    builder.add_u64_field("row", FAST | INDEXED);
    builder.add_i64_field("moment", FAST);
    for name in ["month", "language", "source"] {
        builder.add_u64_field(name, NumericOptions::default() | FAST);
    }
    for text in ["title", "text"] {
        builder.add_text_field(
            &format!("{text}_exact"),
            words(IndexRecordOption::WithFreqsAndPositions),
        );
        builder.add_text_field(&format!("{text}_stem"), words(IndexRecordOption::WithFreqs));
        builder.add_text_field(&format!("{text}_parts"), words(IndexRecordOption::WithFreqs));
    }
    builder.add_text_field("bridge", keys());
    builder.build()
}

fn words(record: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(PREPARED)
        .set_index_option(record);
    TextOptions::default().set_indexing_options(indexing)
}

/// What is looked up, but no text that is ranked.
fn keys() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(PREPARED)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

pub fn register(index: &Index) {
    index.tokenizers().register(PREPARED, Prepared::default());
}

/// The same for who fills the index, with the gate through which all its texts must come.
pub fn register_gated(index: &Index) -> Gate {
    let prepared = Prepared::default();
    let gate = prepared.gate.clone();
    index.tokenizers().register(PREPARED, prepared);
    gate
}

/// Lets in only so many texts at a time: tantivy itself would hold ten thousand articles in memory.
#[derive(Clone, Default)]
pub struct Gate(Arc<(Mutex<usize>, Condvar)>);

/// So many texts wait to be indexed.
const WAITING: usize = 4000;
/// After so long the indexing has likely failed, and whoever waits goes on and is told.
const PATIENCE: Duration = Duration::from_secs(2);

impl Gate {
    /// Waits for room and takes it.
    pub fn enter(&self, texts: usize) {
        let (inside, changed) = &*self.0;
        let inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |inside: &mut usize| *inside >= WAITING;
        match changed.wait_timeout_while(inside, PATIENCE, full) {
            Ok((mut inside, _)) => *inside += texts,
            Err(poisoned) => *poisoned.into_inner().0 += texts,
        }
    }

    fn leave(&self) {
        let (inside, changed) = &*self.0;
        let mut inside = inside.lock().unwrap_or_else(PoisonError::into_inner);
        *inside = inside.saturating_sub(1);
        if *inside + 1 == WAITING {
            changed.notify_one();
        }
    }
}

impl Fields {
    pub fn of(schema: &Schema) -> Result<Self> {
        let channels = |text: &str| -> Result<Channels> {
            Ok(Channels {
                exact: schema.get_field(&format!("{text}_exact"))?,
                stem: schema.get_field(&format!("{text}_stem"))?,
                parts: schema.get_field(&format!("{text}_parts"))?,
            })
        };
        Ok(Self {
            row: schema.get_field("row")?,
            moment: schema.get_field("moment")?,
            month: schema.get_field("month")?,
            language: schema.get_field("language")?,
            source: schema.get_field("source")?,
            title: channels("title")?,
            text: channels("text")?,
            bridge: schema.get_field("bridge")?,
        })
    }
}

/// Splits what the analyser has prepared: forms divided by blanks, `+` before one that shares its place with
/// the one before it.
#[derive(Clone, Default)]
struct Prepared {
    token: Token,
    gate: Gate,
}

struct Forms<'a> {
    rest: std::str::Split<'a, char>,
    token: &'a mut Token,
}

impl Tokenizer for Prepared {
    type TokenStream<'a> = Forms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        self.gate.leave();
        self.token.reset();
        Forms {
            rest: text.split(' '),
            token: &mut self.token,
        }
    }
}

impl TokenStream for Forms<'_> {
    fn advance(&mut self) -> bool {
        let Some(form) = self.rest.find(|form| !form.is_empty()) else {
            return false;
        };
        self.token.text.clear();
        match form.strip_prefix('+') {
            Some(form) => {
                self.token.position = if self.token.position == usize::MAX {
                    0
                } else {
                    self.token.position
                };
                self.token.text.push_str(form);
            }
            None => {
                self.token.position = self.token.position.wrapping_add(1);
                self.token.text.push_str(form);
            }
        }
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
