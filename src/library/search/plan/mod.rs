mod abroad;
mod similar;
mod tongue;
mod ways;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use anyhow::Result;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::ways::channels;
use super::lexicon::{Entry, Lexicon};
use crate::article::{Language, Published};
use crate::library::figures;
use crate::library::index::{Fields, NO_LANGUAGE, Shelf, language_letter, language_number};
use crate::library::store::Store;
use crate::library::words::{Analyser, exact, runs, says_nothing};
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
    /// The language the question is asked in, where its words say so.
    pub home: Option<Language>,
}

/// A word, or several tied together, that the articles are ranked by.
pub struct Clause {
    pub tree: Tree,
    /// What else makes an article a little more likely, without being the word.
    pub hints: Vec<Branch>,
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
    Published(Days),
    Everything,
    Nothing,
}

/// Some days, as seconds since 1970.
pub struct Days {
    /// As they are where the reader is.
    local: Range<i64>,
    /// As they are in UTC.
    whole: Range<i64>,
}

impl Days {
    fn new(from: Option<Date>, until: Option<Date>, zone: &TimeZone) -> Self {
        let whole = |day: Date| Published::on(day).second();
        let local = |day: Date| {
            let midnight = day.to_zoned(zone.clone());
            midnight.map_or_else(|_| whole(day), |midnight| midnight.timestamp().as_second())
        };
        Self {
            local: from.map_or(i64::MIN, local)..until.map_or(i64::MAX, local),
            whole: from.map_or(i64::MIN, whole)..until.map_or(i64::MAX, whole),
        }
    }

    /// Whether a moment is on one of them. Midnight in UTC stands for an article of which only the day is known.
    pub fn contain(&self, moment: i64) -> bool {
        let days = if moment.rem_euclid(86_400) == 0 {
            &self.whole
        } else {
            &self.local
        };
        days.contains(&moment)
    }
}

/// One way for a document to have a word: the best way counts, the others a little.
#[derive(Clone)]
pub enum Branch {
    Term {
        entry: Entry,
        /// How many documents it is taken to be in, where that says how much it is worth.
        documents: u32,
        weight: f32,
    },
    All {
        words: Vec<Vec<Self>>,
        weight: f32,
    },
}

impl Branch {
    fn scaled(&self, by: f32) -> Self {
        let mut scaled = self.clone();
        match &mut scaled {
            Self::Term { weight, .. } | Self::All { weight, .. } => *weight *= by,
        }
        scaled
    }
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
    pub const OWN_PARTS_STEM: f32 = 0.4;
    pub const OWN_PARTS_PART: f32 = 0.3;
    pub const TITLE: f32 = 1.2;
    pub const SIMILAR: f32 = 0.5;
    /// A word of another language that means the same, and such a word within a compound.
    pub const ABROAD: f32 = 0.7;
    pub const ABROAD_PART: f32 = 0.5;
    /// How sure a counterpart is that our own list has, that is only spelt alike, or that is of a part of the word.
    pub const LISTED: f32 = 0.9;
    pub const COGNATE: f32 = 0.9;
    pub const OF_PART: f32 = 0.5;
}

/// How freely the words of a question are taken.
#[derive(Clone, Copy, Default)]
pub struct Reach {
    /// The last word may be the beginning of one.
    pub typing: bool,
    /// Unknown words are replaced by similar ones.
    pub forgiving: bool,
    /// The counterparts of the words in this language count too.
    pub abroad: Option<Language>,
}

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
    reach: Reach,
    /// How many documents each language has, by its number.
    spread: &'a [u32],
    translate: Option<&'a Translate>,
    zone: &'a TimeZone,
    home: Option<Language>,
    sought: Sought,
    /// What was met for the word in hand that makes an article a little more likely.
    hints: Vec<Branch>,
    notices: Vec<Notice>,
}

/// What plans are made by.
pub struct Means<'a> {
    pub lexicon: &'a Lexicon,
    pub fields: Fields,
    pub analyser: &'a mut Analyser,
    pub store: &'a Store,
    pub figures: &'a Shelf,
    pub spread: &'a [u32],
    pub translate: Option<&'a Translate>,
    /// Where the reader's days begin.
    pub zone: &'a TimeZone,
}

/// Looks a word of the first language up in dictionaries: words of the second that mean the same, and how surely, up
/// to 1.
pub type Translate = dyn Fn(&str, Language, Language) -> Vec<(String, f32)> + Send + Sync;

impl<'a> Planner<'a> {
    pub fn new(means: Means<'a>, reach: Reach) -> Self {
        Self {
            lexicon: means.lexicon,
            fields: means.fields,
            analyser: means.analyser,
            store: means.store,
            figures: means.figures,
            spread: means.spread,
            translate: means.translate,
            zone: means.zone,
            reach,
            home: None,
            sought: Sought::default(),
            hints: Vec::new(),
            notices: Vec::new(),
        }
    }

    pub fn plan(mut self, query: &Query) -> Result<Plan> {
        let nodes = match &query.wanted {
            None => &[][..],
            Some(Node::All(nodes)) => nodes.as_slice(),
            Some(other) => std::slice::from_ref(other),
        };
        self.home = self.tongue_of(nodes)?;
        let telling = nodes
            .iter()
            .any(|node| matches!(node, Node::Word(word) if !is_filler(word)));
        let (mut filters, mut clauses) = (Vec::new(), Vec::new());
        for (place, node) in nodes.iter().enumerate() {
            let last = self.reach.typing && place + 1 == nodes.len();
            match node {
                // What says nothing would only bring the articles of other languages in which it says something.
                Node::Word(word) if telling && is_filler(word) && !last => {}
                Node::Word(word) => {
                    self.hints.clear();
                    let tree = self.word(word, last, true)?;
                    let Some(tree) = tree else { continue };
                    let mass = self.mass(&tree);
                    clauses.push(Clause {
                        tree,
                        hints: std::mem::take(&mut self.hints),
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
                            hints: Vec::new(),
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
            home: self.home,
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

    fn condition(&mut self, condition: &Condition) -> Result<Tree> {
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
            Condition::Author(name) => {
                let found = self.store.rows_by_author(name)?;
                if found.is_empty() && !self.store.has_authors()? {
                    self.notices.push(Notice::NoAuthors);
                }
                rows(found)
            }
            Condition::Tag(tag) => rows(self.store.tagged_rows(tag)?),
            Condition::HasFigure(kind) => Tree::Rows(Arc::new(figures::rows_with(self.figures, *kind)?)),
            Condition::Figure(range) => Tree::Rows(Arc::new(figures::rows_within(self.figures, range)?)),
            Condition::Url(part) => rows(self.store.rows_by_url(part)?),
            Condition::Published { from, until } => Tree::Published(Days::new(*from, *until, self.zone)),
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
                let share = 1.0 / pieces.len() as f32;
                self.hints
                    .extend(words.iter().flatten().map(|branch| branch.scaled(share)));
                ways.push(Branch::All { words, weight: share });
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
        Branch::Term { documents, .. } => *documents,
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_begin_where_the_reader_is() {
        let east = TimeZone::fixed(jiff::tz::offset(2));
        let west = TimeZone::fixed(jiff::tz::offset(-5));
        let days = |zone| Days::new(Some(date(2026, 3, 1)), Some(date(2026, 3, 2)), zone);
        for (moment, in_east, in_west) in [
            ("2026-02-28T21:59:59Z", false, false),
            ("2026-02-28T22:00:01Z", true, false),
            ("2026-03-01", true, true),
            ("2026-03-01T12:00:00Z", true, true),
            ("2026-03-01T22:00:01Z", false, true),
            ("2026-03-02", false, false),
            ("2026-03-02T04:59:00Z", false, true),
            ("2026-03-02T05:00:01Z", false, false),
        ] {
            let second = Published::parse(moment).expect("a moment").second();
            let found = (days(&east).contain(second), days(&west).contain(second));
            assert_eq!(found, (in_east, in_west), "{moment}");
        }
    }
}
