use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use anyhow::Result;
use tantivy::schema::Field;

use super::bridge::Bridge;
use super::lexicon::{Entry, Lexicon};
use super::slips::Slips;
use crate::article::{Language, Part, Published};
use crate::library::figures;
use crate::library::index::{Channels, Fields, NO_LANGUAGE, Shelf, language_letter, language_number};
use crate::library::store::Store;
use crate::library::words::{Analyser, Forms, exact, runs, says_nothing};
use crate::query::{Condition, Form, Node, Notice, Phrase, Query, Word};

/// A question as the index can answer it.
pub struct Plan {
    /// What must hold, besides the words.
    pub filters: Vec<Tree>,
    /// The words, each with what it is worth.
    pub clauses: Vec<Clause>,
    /// What to mark in the articles found.
    pub sought: Sought,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

/// A word, or several tied together, that the articles are ranked by.
pub struct Clause {
    pub tree: Tree,
    /// Whether an article should have it; function words need not be there.
    pub wanted: bool,
    /// How much it says of an article that it has it.
    pub mass: f32,
}

/// A condition, as sets of documents are made of it.
pub enum Tree {
    Word(Vec<Branch>),
    Phrase(Vec<Vec<Entry>>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Rows(Arc<HashSet<u64>>),
    Languages(Vec<u64>),
    Sources(HashSet<u64>),
    Moments(std::ops::Range<i64>),
    Everything,
    Nothing,
}

/// One way for a document to have a word: the best way counts, the others a little.
pub enum Branch {
    Term { entry: Entry, weight: f32 },
    All { words: Vec<Vec<Self>>, weight: f32 },
}

/// The forms for which articles are searched, with the letter of their language.
#[derive(Default)]
pub struct Sought {
    pub exact: HashSet<String>,
    pub stems: HashSet<String>,
    /// Beginnings of words.
    pub prefixes: Vec<String>,
}

/// What each way to have a word is worth.
mod weight {
    pub const EXACT: f32 = 0.6;
    pub const STEM: f32 = 1.0;
    pub const PART: f32 = 0.35;
    pub const OWN_PARTS_STEM: f32 = 0.25;
    pub const OWN_PARTS_PART: f32 = 0.18;
    pub const TITLE: f32 = 1.2;
    pub const SIMILAR: f32 = 0.5;
    pub const ABROAD: f32 = 0.3;
}

/// How many words a prefix stands for at most while it is typed, and when it is asked for.
const COMPLETIONS: usize = 30;
const ALL_COMPLETIONS: usize = 1_000;
/// How many similar words stand in for an unknown one.
const SIMILAR: usize = 5;
/// Words that more than this share of the articles have are not demanded beside others.
const COMMONPLACE: f32 = 0.6;

/// Every language a word of a question may be in.
const TONGUES: [Option<Language>; 4] = [
    Some(Language::German),
    Some(Language::Dutch),
    Some(Language::English),
    None,
];

/// Makes plans.
pub struct Planner<'a> {
    pub lexicon: &'a Lexicon,
    pub fields: Fields,
    pub analyser: &'a mut Analyser,
    pub store: &'a Store,
    figures: &'a Shelf,
    /// Whether the last word may be the beginning of one.
    pub typing: bool,
    /// Whether unknown words are replaced by similar ones.
    pub forgiving: bool,
    /// The languages in which counterparts of the words count too.
    pub abroad: &'a [Bridge],
    sought: Sought,
    notices: Vec<Notice>,
}

impl<'a> Planner<'a> {
    pub fn new(
        lexicon: &'a Lexicon,
        fields: Fields,
        analyser: &'a mut Analyser,
        store: &'a Store,
        figures: &'a Shelf,
    ) -> Self {
        let (sought, notices) = Default::default();
        Self {
            lexicon,
            fields,
            analyser,
            store,
            figures,
            typing: false,
            forgiving: true,
            abroad: &[],
            sought,
            notices,
        }
    }

    pub fn plan(mut self, query: &Query) -> Result<Plan> {
        let nodes = match &query.wanted {
            None => &[][..],
            Some(Node::All(nodes)) => nodes.as_slice(),
            Some(other) => std::slice::from_ref(other),
        };
        let telling = nodes
            .iter()
            .any(|node| matches!(node, Node::Word(word) if !is_filler(word)));
        let (mut filters, mut clauses) = (Vec::new(), Vec::new());
        for (place, node) in nodes.iter().enumerate() {
            let last = self.typing && place + 1 == nodes.len();
            match node {
                Node::Word(word) => {
                    let tree = self.word(word, last, true)?;
                    let Some(tree) = tree else { continue };
                    let mass = self.mass(&tree);
                    clauses.push(Clause {
                        tree,
                        wanted: !(telling && is_filler(word)),
                        mass,
                    });
                }
                Node::Phrase(_) | Node::Any(_) | Node::All(_) => {
                    let tree = self.tree(node)?;
                    if ranks(node) {
                        let mass = self.mass(&tree);
                        clauses.push(Clause {
                            tree,
                            wanted: true,
                            mass,
                        });
                    } else {
                        filters.push(tree);
                    }
                }
                Node::Not(_) | Node::Is(_) => filters.push(self.tree(node)?),
            }
        }
        self.excuse_the_commonplace(&mut clauses);
        Ok(Plan {
            filters,
            clauses,
            sought: self.sought,
            notices: self.notices,
        })
    }

    fn excuse_the_commonplace(&self, clauses: &mut [Clause]) {
        let least = idf(
            COMMONPLACE * self.lexicon.documents as f32,
            self.lexicon.documents as f32,
        );
        if clauses.iter().any(|clause| clause.wanted && clause.mass > least) {
            for clause in clauses {
                clause.wanted &= clause.mass > least || matches!(clause.tree, Tree::Nothing);
            }
        }
    }

    fn tree(&mut self, node: &Node) -> Result<Tree> {
        let list = |planner: &mut Self, nodes: &[Node]| -> Result<Vec<Tree>> {
            nodes.iter().map(|node| planner.tree(node)).collect()
        };
        Ok(match node {
            Node::All(nodes) => Tree::All(list(self, nodes)?),
            Node::Any(nodes) => Tree::Any(list(self, nodes)?),
            Node::Not(node) => {
                // What must not be there is not marked, and nothing similar to it is shut out.
                let sought = std::mem::take(&mut self.sought);
                let tree = match &**node {
                    Node::Word(word) => self.word(word, false, false)?.unwrap_or(Tree::Nothing),
                    other => self.tree(other)?,
                };
                self.sought = sought;
                Tree::Not(Box::new(tree))
            }
            Node::Word(word) => self.word(word, false, true)?.unwrap_or(Tree::Everything),
            Node::Phrase(phrase) => self.phrase(phrase)?,
            Node::Is(condition) => self.condition(condition)?,
        })
    }

    fn condition(&self, condition: &Condition) -> Result<Tree> {
        let rows = |rows: Vec<i64>| Tree::Rows(Arc::new(rows.into_iter().map(i64::unsigned_abs).collect()));
        Ok(match condition {
            Condition::Language(languages) => Tree::Languages(
                languages
                    .iter()
                    .map(|language| language_number(Some(*language)))
                    .collect(),
            ),
            Condition::Source(name) => {
                let name = crate::text::fold(name);
                let named = self.store.source_names()?.into_iter();
                let numbers = named.filter(|(_, source)| crate::text::fold(source).contains(&name));
                Tree::Sources(numbers.map(|(number, _)| number.unsigned_abs()).collect())
            }
            Condition::Tag(tag) => rows(self.store.tagged_rows(tag)?),
            Condition::HasFigure => Tree::Rows(Arc::new(figures::rows(self.figures, None)?)),
            Condition::Figure(range) => Tree::Rows(Arc::new(figures::rows(self.figures, Some(range))?)),
            Condition::Url(part) => rows(self.store.rows_by_url(part)?),
            Condition::Published { from, until } => {
                let second = |day: &jiff::civil::Date| Published::on(*day).second();
                Tree::Moments(from.as_ref().map_or(i64::MIN, second)..until.as_ref().map_or(i64::MAX, second))
            }
            Condition::Read(false) => rows(self.store.unread_rows()?),
            Condition::Read(true) => Tree::Not(Box::new(rows(self.store.unread_rows()?))),
            Condition::Starred(true) => rows(self.store.starred_rows()?),
            Condition::Starred(false) => Tree::Not(Box::new(rows(self.store.starred_rows()?))),
        })
    }

    /// A word; none where there is no letter or digit in it.
    fn word(&mut self, word: &Word, last: bool, wanted: bool) -> Result<Option<Tree>> {
        let mut branches = Vec::new();
        for run in runs(&word.text) {
            let pieces: Vec<&str> = run.words.iter().map(|span| span.of(&word.text)).collect();
            let joined = run.joined(&word.text);
            let mut ways = Vec::new();
            if let [piece] = pieces.as_slice() {
                ways = self.ways(piece, word, last, wanted)?;
                if let Some((letters, digits)) = before_digits(piece).filter(|_| word.form == Form::Usual) {
                    // Windows11 is also written as two words.
                    let words = vec![
                        self.ways(letters, word, false, wanted)?,
                        self.ways(digits, word, false, wanted)?,
                    ];
                    ways.push(Branch::All { words, weight: 0.5 });
                }
            } else {
                let each = pieces.iter().map(|piece| self.ways(piece, word, false, wanted));
                let words = each.collect::<Result<Vec<_>>>()?;
                ways.push(Branch::All {
                    words,
                    weight: 1.0 / pieces.len() as f32,
                });
                if let Some(joined) = joined {
                    ways.extend(self.ways(&joined, word, last, wanted)?);
                }
            }
            branches.push(ways);
        }
        Ok(match branches.len() {
            0 => None,
            1 => branches.pop().map(Tree::Word),
            _ => Some(Tree::Word(vec![Branch::All {
                words: branches,
                weight: 1.0,
            }])),
        })
    }

    /// All the ways in which a document can have one word.
    fn ways(&mut self, piece: &str, word: &Word, last: bool, wanted: bool) -> Result<Vec<Branch>> {
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
                if wanted {
                    self.abroad(piece, word.part, &mut ways)?;
                }
                if last && piece.chars().count() >= 2 {
                    self.beginning(piece, word.part, COMPLETIONS, &mut ways)?;
                }
                if ways.is_empty() && wanted && self.forgiving {
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
            for (channels, factor) in channels(self.fields, part) {
                self.term(channels.stem, &stem, weight::STEM * factor, ways)?;
                if wanted {
                    self.term(channels.parts, &stem, weight::PART * factor, ways)?;
                }
            }
            if wanted {
                self.own_parts(&forms, letter, part, ways)?;
            }
            self.sought.stems.insert(stem);
        }
        Ok(())
    }

    /// The parts of a compound that is asked for: a document must have all of them.
    fn own_parts(
        &mut self,
        forms: &Forms,
        letter: char,
        part: Option<Part>,
        ways: &mut Vec<Branch>,
    ) -> Result<()> {
        let mut words = Vec::new();
        for stem in forms.leaves() {
            let stem = format!("{letter}{stem}");
            let mut these = Vec::new();
            for (channels, factor) in channels(self.fields, part) {
                self.term(channels.stem, &stem, weight::OWN_PARTS_STEM * factor, &mut these)?;
                self.term(channels.parts, &stem, weight::OWN_PARTS_PART * factor, &mut these)?;
            }
            if these.is_empty() {
                return Ok(());
            }
            words.push((stem, these));
        }
        if words.len() > 1 {
            let (stems, words): (Vec<_>, Vec<_>) = words.into_iter().unzip();
            self.sought.stems.extend(stems);
            ways.push(Branch::All { words, weight: 1.0 });
        }
        Ok(())
    }

    fn exactly(
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
        for (channels, factor) in channels(self.fields, part) {
            self.term(channels.exact, &form, weight * factor, ways)?;
        }
        self.sought.exact.insert(form);
        Ok(())
    }

    fn term(&self, field: Field, text: &str, weight: f32, ways: &mut Vec<Branch>) -> Result<()> {
        ways.extend(
            self.lexicon
                .look_up(field, text)?
                .map(|entry| Branch::Term { entry, weight }),
        );
        Ok(())
    }

    /// The counterparts of a word in other languages.
    fn abroad(&mut self, piece: &str, part: Option<Part>, ways: &mut Vec<Branch>) -> Result<()> {
        if says_nothing(piece) {
            return Ok(());
        }
        for bridge in self.abroad {
            let target = bridge.language();
            let others = || Language::ALL.into_iter().filter(|language| *language != target);
            let mut known = Vec::new();
            for language in others() {
                let stem = self
                    .analyser
                    .forms(piece, Some(language))
                    .stem
                    .clone()
                    .unwrap_or_default();
                let stem = format!("{}{stem}", language_letter(Some(language)));
                if self.lexicon.look_up(self.fields.text.stem, &stem)?.is_some() {
                    known.push(language);
                }
            }
            if known.is_empty() {
                known.extend(others());
            }
            let mut to: Vec<String> = Vec::new();
            for word in known
                .into_iter()
                .flat_map(|language| bridge.counterparts(piece, language))
            {
                if !to.contains(&word) {
                    to.push(word);
                }
            }
            for word in &to {
                let forms = self.analyser.forms(word, Some(target));
                let letter = language_letter(Some(target));
                let Some(stem) = &forms.stem else { continue };
                let stem = format!("{letter}{stem}");
                for (channels, factor) in channels(self.fields, part) {
                    self.term(channels.stem, &stem, weight::ABROAD * factor, ways)?;
                }
                self.sought.stems.insert(stem);
            }
            if !to.is_empty() {
                self.notices.push(Notice::Translated {
                    word: piece.to_string(),
                    language: target,
                    to,
                });
            }
        }
        Ok(())
    }

    /// The words that begin so.
    fn beginning(
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
            for word in most_frequent(met, most) {
                for (channels, factor) in channels(self.fields, part) {
                    self.term(channels.exact, &word, weight::SIMILAR * factor, ways)?;
                }
            }
            self.sought.prefixes.push(prefix);
        }
        Ok(())
    }

    /// What an unknown word was probably meant to be.
    fn corrected(&mut self, piece: &str, part: Option<Part>, ways: &mut Vec<Branch>) -> Result<()> {
        let letters = piece.chars().count();
        let plain = piece.chars().all(char::is_alphabetic);
        if letters < 5 || !plain {
            return Ok(());
        }
        let edits = if letters < 8 { 1 } else { 2 };
        let to = self.similar(piece, part, edits, true, ways)?;
        if !to.is_empty() {
            self.notices.push(Notice::Corrected {
                word: piece.to_string(),
                to,
            });
        }
        Ok(())
    }

    /// Words within so many slips, the most frequent first; of several distances only the nearest, if so wanted.
    fn similar(
        &mut self,
        piece: &str,
        part: Option<Part>,
        edits: u8,
        nearest: bool,
        ways: &mut Vec<Branch>,
    ) -> Result<Vec<String>> {
        let mut met: HashMap<(u8, String), u32> = HashMap::new();
        for language in TONGUES {
            let Some(slips) = Slips::new(language_letter(language), &exact(piece, language), edits) else {
                continue;
            };
            for (channels, _) in channels(self.fields, part) {
                self.lexicon.accepted(channels.exact, &slips, |word, documents| {
                    *met.entry((slips.distance(word), word.to_string())).or_default() += documents;
                })?;
            }
        }
        let least = met.keys().map(|(distance, _)| *distance).min();
        let near = met
            .into_iter()
            .filter(|((distance, _), _)| !nearest || Some(*distance) == least);
        let words = most_frequent(
            near.map(|((_, word), documents)| (word, documents)).collect(),
            if nearest { SIMILAR } else { COMPLETIONS },
        );
        for word in &words {
            for (channels, factor) in channels(self.fields, part) {
                self.term(channels.exact, word, weight::SIMILAR * factor, ways)?;
            }
            self.sought.exact.insert(word.clone());
        }
        let mut plain: Vec<String> = words.iter().map(|word| word.chars().skip(1).collect()).collect();
        let mut seen = HashSet::new();
        plain.retain(|word| seen.insert(word.clone()));
        Ok(plain)
    }

    /// Words side by side, in each language they may be in.
    fn phrase(&mut self, phrase: &Phrase) -> Result<Tree> {
        let words: Vec<String> = runs(&phrase.text)
            .flat_map(|run| {
                run.words
                    .iter()
                    .map(|span| span.of(&phrase.text).to_string())
                    .collect::<Vec<_>>()
            })
            .collect();
        if words.is_empty() {
            return Ok(Tree::Everything);
        }
        let mut ways = Vec::new();
        for language in TONGUES {
            let letter = language_letter(language);
            let forms: Vec<String> = words
                .iter()
                .map(|word| format!("{letter}{}", exact(word, language)))
                .collect();
            for (channels, _) in channels(self.fields, phrase.part) {
                let entries = forms
                    .iter()
                    .map(|form| self.lexicon.look_up(channels.exact, form));
                let entries: Option<Vec<Entry>> = entries.collect::<Result<Option<Vec<_>>>>()?;
                ways.extend(entries);
            }
            self.sought.exact.extend(forms);
        }
        Ok(Tree::Phrase(ways))
    }

    /// How much a condition says of a document: the rarer, the more.
    fn mass(&self, tree: &Tree) -> f32 {
        let all = self.lexicon.documents as f32;
        let most = |entries: &mut dyn Iterator<Item = u32>| entries.max().unwrap_or(0) as f32;
        match tree {
            Tree::Word(branches) => idf(most(&mut branches.iter().map(documents)), all),
            Tree::Phrase(ways) => {
                let rarest = |way: &Vec<Entry>| way.iter().map(|entry| entry.documents).min().unwrap_or(0);
                idf(most(&mut ways.iter().map(rarest)), all)
            }
            Tree::Any(trees) | Tree::All(trees) => trees
                .iter()
                .map(|tree| self.mass(tree))
                .fold(f32::INFINITY, f32::min)
                .min(idf(0.0, all)),
            _ => idf(0.0, all),
        }
    }
}

/// How many documents a branch can reach at most.
fn documents(branch: &Branch) -> u32 {
    match branch {
        Branch::Term { entry, .. } => entry.documents,
        Branch::All { words, .. } => {
            let each = words
                .iter()
                .map(|ways| ways.iter().map(documents).max().unwrap_or(0));
            each.min().unwrap_or(0)
        }
    }
}

/// What it says that a document has a word which `documents` of `all` have, as BM25 counts it.
pub fn idf(documents: f32, all: f32) -> f32 {
    (1.0 + (all - documents + 0.5).max(0.0) / (documents + 0.5)).ln()
}

fn most_frequent(met: HashMap<String, u32>, most: usize) -> Vec<String> {
    let mut words: Vec<_> = met.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(most);
    words.into_iter().map(|(word, _)| word).collect()
}

fn channels(fields: Fields, part: Option<Part>) -> impl Iterator<Item = (Channels, f32)> {
    let title = (part != Some(Part::Text)).then_some((fields.title, weight::TITLE));
    let text = (part != Some(Part::Title)).then_some((fields.text, 1.0));
    title.into_iter().chain(text)
}

/// The letters and the digits of a word that is made of first these, then those.
fn before_digits(word: &str) -> Option<(&str, &str)> {
    let (letters, digits) = word.split_at_checked(word.find(|c: char| c.is_ascii_digit())?)?;
    let plain = letters.chars().count() >= 2 && letters.chars().all(char::is_alphabetic);
    (plain && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some((letters, digits))
}

fn is_filler(word: &Word) -> bool {
    word.form == Form::Usual && says_nothing(&word.text)
}

/// Whether a condition has words to rank by.
fn ranks(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) => true,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(ranks),
        Node::Not(_) | Node::Is(_) => false,
    }
}

const _: () = assert!(NO_LANGUAGE as usize == Language::ALL.len());
