//! Which paragraphs of two articles say the same: translations in order or shuffled, and independent reports.

use super::Knowledge;
use super::interval::{Relation, relate, relate_versions};
use super::reading::{Form, Placed, Reading};
use super::score::{Matrix, Scores, overlap, score};
use super::table::Table;
use crate::figure::Figure;

/// A paragraph of one article that says what a paragraph of another says; 0 would be the title.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The paragraph of the first article.
    pub a: usize,
    /// The paragraph of the second.
    pub b: usize,
    /// How alike they are.
    pub score: f32,
}

/// Two articles, their words and paragraphs compared.
pub struct Pairing {
    /// Which of their words mean the same.
    pub table: Table,
    /// How alike their paragraphs are.
    pub paragraphs: Scores,
    /// How alike their sentences are.
    pub sentences: Scores,
    /// The paragraphs that say the same, in the order of the first article.
    pub links: Vec<Link>,
    /// For each sentence of the first article the most alike of the second.
    best_of_a: Vec<usize>,
    /// For each sentence of the second article the most alike of the first.
    best_of_b: Vec<usize>,
    /// Whether one article seems to be written after the other, or both after a third.
    pub kin: Kin,
    /// Whether one was published long after the other.
    pub long_after: bool,
    /// Whether both name names, and none that the other has; only told where their languages differ.
    pub nameless: bool,
}

impl Pairing {
    /// How the values of two figures relate: in versions of one text more strictly than in independent reports.
    pub fn relate(&self, a: &Figure, b: &Figure) -> Option<Relation> {
        if self.kin.is_version() {
            relate_versions(a, b)
        } else {
            relate(a, b)
        }
    }

    /// Whether two paragraphs are linked; titles never are.
    pub fn is_linked(&self, a: usize, b: usize) -> bool {
        self.links
            .binary_search_by_key(&(a, b), |link| (link.a, link.b))
            .is_ok()
    }

    /// How promising it is to weigh two figures against each other.
    pub fn promise(&self, a: &Placed, b: &Placed) -> f32 {
        let at = |scores: &Scores, places: Option<(usize, usize)>| {
            places.map_or(0.0, |(x, y)| scores.alike.at(x, y))
        };
        at(&self.sentences, a.sentence.zip(b.sentence)) + at(&self.paragraphs, a.paragraph.zip(b.paragraph))
    }

    /// Whether each of two sentences is the other's best.
    pub fn are_partners(&self, a: usize, b: usize) -> bool {
        self.best_of_a.get(a) == Some(&b) && self.best_of_b.get(b) == Some(&a)
    }
}

impl Kin {
    /// Whether the two are versions of one text.
    pub const fn is_version(self) -> bool {
        matches!(self, Self::InOrder | Self::Shuffled)
    }
}

/// For each row the column, and for each column the row, that scores highest; none where none is above 0.
fn best(scores: &Matrix) -> (Vec<usize>, Vec<usize>) {
    let (mut of_rows, mut of_columns) = (
        vec![usize::MAX; scores.rows()],
        vec![usize::MAX; scores.columns()],
    );
    for (row, best) in of_rows.iter_mut().enumerate() {
        for (column, best_row) in of_columns.iter_mut().enumerate() {
            let score = scores.at(row, column);
            if score > 0.0 && score > scores.at(row, *best) {
                *best = column;
            }
            if score > 0.0 && score > scores.at(*best_row, column) {
                *best_row = row;
            }
        }
    }
    (of_rows, of_columns)
}

/// How two articles seem to be related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kin {
    /// Translations or versions of one text, in the same order.
    InOrder,
    /// Versions of one text, in another order.
    Shuffled,
    /// Reports of one event, written independently of each other.
    Independent,
    /// Nothing suggests that they are about one event.
    Unrelated,
}

/// What a pair must score to be worth a place in a chain.
const CHAIN: f32 = 0.17;
/// What a pair must score to be linked out of order.
const ASSIGNED: f32 = 0.25;
/// The share of the free assignment's score that a chain must explain to be believed.
const EXPLAINED: f32 = 0.8;
/// The share of the shorter article that must be linked if the two are versions of one text.
const VERSIONS: f32 = 0.4;
/// The least mean score of the links of two versions of one text, and where both are in one language.
const VERSION: f32 = 0.46;
const SAME_LANGUAGE_VERSION: f32 = 0.65;
/// What a paragraph beside a linked one must add to the score to be linked with it.
const MERGED: f32 = 0.02;
/// What the best three pairs of paragraphs of reports of one event score on average, and where both are in one
/// language.
const RELATED: f32 = 0.36;
const SAME_LANGUAGE_RELATED: f32 = 0.46;
/// What a name that two articles of different languages share counts beside that, and how many count.
const NAME: f32 = 0.06;
const MOST_NAMES: usize = 3;
/// How much more is asked of articles that share no name, or of which one was published long after the other.
const STRANGE: f32 = 0.1;
/// The shortest word that is taken for a name, in bytes.
const SHORTEST_NAME: usize = 4;
/// After how many days another report of an event speaks of another state of things.
const LONG: i32 = 10;
/// What a pair of paragraphs of independent reports must score.
const REPORTED: f32 = 0.28;
/// The same where a dictionary helps.
const INFORMED_REPORTED: f32 = 0.34;
/// What a pair of paragraphs of articles that seem unrelated must score.
const CHANCE: f32 = 0.55;
/// The most links of one paragraph of an independent report.
const MOST_LINKS: usize = 3;

/// Compares two articles.
pub fn pair(a: &Reading, b: &Reading, knowledge: &Knowledge) -> Pairing {
    let plain = Table::new(a, b, &knowledge.learned);
    let informed = plain.informed(a, b, &knowledge.lexicon);
    // With a dictionary much is a little alike. Whether two articles are of one event is told without it.
    let overlap = informed
        .is_some()
        .then(|| overlap((a, &a.paragraphs), (b, &b.paragraphs), &plain));
    let reported = if informed.is_some() {
        INFORMED_REPORTED
    } else {
        REPORTED
    };
    let table = informed.unwrap_or(plain);
    let paragraphs = score((a, &a.paragraphs), (b, &b.paragraphs), &table);
    let sentences = score((a, &a.sentences), (b, &b.sentences), &table);
    let abroad = a.language != b.language;
    let shared = if abroad { names(a, b, &table) } else { 0 };
    let nameless = abroad && shared == 0 && n_names(a).min(n_names(b)) >= MOST_NAMES;
    let long_after = a
        .day
        .zip(b.day)
        .is_some_and(|(x, y)| (x - y).get_days().abs() > LONG);
    let (version, mut related) = if abroad {
        (VERSION, RELATED - NAME * shared.min(MOST_NAMES) as f32)
    } else {
        (SAME_LANGUAGE_VERSION, SAME_LANGUAGE_RELATED)
    };
    if nameless || long_after {
        related += STRANGE;
    }
    let least = Least {
        version,
        related,
        reported,
    };
    let (mut links, kin) = link(&paragraphs, overlap.as_ref().unwrap_or(&paragraphs.shared), least);
    if kin.is_version() {
        attach(&mut links, a, b, &table, &paragraphs.alike);
    }
    let (best_of_a, best_of_b) = best(&sentences.alike);
    Pairing {
        table,
        paragraphs,
        sentences,
        links,
        best_of_a,
        best_of_b,
        kin,
        long_after,
        nameless,
    }
}

/// The words of an article that it writes with a capital letter; in German nouns are among them.
fn named(reading: &Reading) -> impl Iterator<Item = (usize, &Form)> {
    let forms = reading.words.iter().enumerate();
    forms.filter(|(_, form)| form.is_name && form.folded.len() >= SHORTEST_NAME)
}

fn n_names(reading: &Reading) -> usize {
    named(reading).count()
}

/// How many names two articles of different languages share: words that both write with a capital letter.
fn names(a: &Reading, b: &Reading, table: &Table) -> usize {
    named(a)
        .filter(|(word, form)| {
            table.row(*word as u32).iter().any(|(other, _)| {
                let other = &b.words[*other as usize];
                other.is_name && other.folded == form.folded
            })
        })
        .count()
}

/// What scores must reach at least.
#[derive(Clone, Copy)]
struct Least {
    /// The links of versions of one text, on average.
    version: f32,
    /// The best pairs of reports of one event, on average.
    related: f32,
    /// Each pair of paragraphs of such reports.
    reported: f32,
}

/// Links paragraphs and tells how the articles are related.
///
/// `overlap` is what the paragraphs share without a dictionary.
fn link(scores: &Scores, overlap: &Matrix, least: Least) -> (Vec<Link>, Kin) {
    let assigned = assign(&scores.alike, ASSIGNED);
    let chained = chain(&scores.alike);
    let sum = |links: &[Link]| links.iter().map(|link| link.score).sum::<f32>();
    let (links, kin) = if sum(&chained) >= EXPLAINED * sum(&assigned) {
        (chained, Kin::InOrder)
    } else {
        (assigned, Kin::Shuffled)
    };
    let shorter = scores.alike.rows().min(scores.alike.columns()).saturating_sub(1);
    let firm: Vec<Link> = links
        .iter()
        .filter(|link| link.score >= ASSIGNED)
        .copied()
        .collect();
    let enough = firm.len() as f32 >= VERSIONS * shorter as f32;
    if !enough || sum(&firm) < least.version * firm.len() as f32 {
        return if best_mean(overlap) >= least.related {
            (reported(&scores.shared, least.reported), Kin::Independent)
        } else {
            (reported(overlap, CHANCE), Kin::Unrelated)
        };
    }
    (links, kin)
}

/// All pairs but those of titles that score at least `least`, best first.
fn ranked(scores: &Matrix, least: f32) -> Vec<Link> {
    let mut found = Vec::new();
    for a in 1..scores.rows() {
        for b in 1..scores.columns() {
            let score = scores.at(a, b);
            if score >= least {
                found.push(Link { a, b, score });
            }
        }
    }
    found.sort_by(|x, y| {
        y.score
            .total_cmp(&x.score)
            .then(x.a.cmp(&y.a))
            .then(x.b.cmp(&y.b))
    });
    found
}

/// One to one, whatever the order: the best pair first.
fn assign(scores: &Matrix, least: f32) -> Vec<Link> {
    let (mut taken_a, mut taken_b) = (vec![false; scores.rows()], vec![false; scores.columns()]);
    let mut links: Vec<Link> = ranked(scores, least)
        .into_iter()
        .filter(|link| {
            let free = !taken_a[link.a] && !taken_b[link.b];
            taken_a[link.a] |= free;
            taken_b[link.b] |= free;
            free
        })
        .collect();
    links.sort_by_key(|link| link.a);
    links
}

/// One to one in order: the chain that gains most over [`CHAIN`] a link.
fn chain(scores: &Matrix) -> Vec<Link> {
    let (rows, columns) = (scores.rows(), scores.columns());
    let mut best = Matrix::new(rows + 1, columns + 1);
    for a in (1..rows).rev() {
        for b in (1..columns).rev() {
            let linked = best.at(a + 1, b + 1) + scores.at(a, b) - CHAIN;
            *best.cell(a, b) = linked.max(best.at(a + 1, b)).max(best.at(a, b + 1));
        }
    }
    let (mut a, mut b) = (1, 1);
    let mut links = Vec::new();
    while a < rows && b < columns {
        if best.at(a, b) == best.at(a + 1, b) {
            a += 1;
        } else if best.at(a, b) == best.at(a, b + 1) {
            b += 1;
        } else {
            links.push(Link {
                a,
                b,
                score: scores.at(a, b),
            });
            a += 1;
            b += 1;
        }
    }
    links
}

/// Links what was merged or divided: a paragraph without a link whose neighbour's counterpart it completes.
fn attach(links: &mut Vec<Link>, a: &Reading, b: &Reading, table: &Table, scores: &Matrix) {
    let mut found = Vec::new();
    let (mut free_a, mut free_b) = (vec![true; scores.rows()], vec![true; scores.columns()]);
    for link in links.iter() {
        (free_a[link.a], free_b[link.b]) = (false, false);
    }
    for link in links.iter() {
        let whole = &a.paragraphs[link.a];
        for beside in [link.b.wrapping_sub(1), link.b + 1] {
            if beside > 0 && free_b.get(beside) == Some(&true) {
                let joined = b.paragraphs[link.b].joined(&b.paragraphs[beside]);
                let gained = score((a, std::slice::from_ref(whole)), (b, &[joined]), table)
                    .alike
                    .at(0, 0);
                found.push((gained - link.score, Link { b: beside, ..*link }));
            }
        }
        let whole = &b.paragraphs[link.b];
        for beside in [link.a.wrapping_sub(1), link.a + 1] {
            if beside > 0 && free_a.get(beside) == Some(&true) {
                let joined = a.paragraphs[link.a].joined(&a.paragraphs[beside]);
                let gained = score((a, &[joined]), (b, std::slice::from_ref(whole)), table)
                    .alike
                    .at(0, 0);
                found.push((gained - link.score, Link { a: beside, ..*link }));
            }
        }
    }
    found.sort_by(|x, y| {
        y.0.total_cmp(&x.0)
            .then(x.1.a.cmp(&y.1.a))
            .then(x.1.b.cmp(&y.1.b))
    });
    for (gain, link) in found {
        let free = if links.iter().any(|known| known.a == link.a) {
            &mut free_b[link.b]
        } else {
            &mut free_a[link.a]
        };
        if gain >= MERGED && *free {
            *free = false;
            links.push(Link {
                score: scores.at(link.a, link.b),
                ..link
            });
        }
    }
    links.sort_by_key(|link| (link.a, link.b));
}

/// The mean of the best three pairs that share no paragraph.
fn best_mean(scores: &Matrix) -> f32 {
    let best = assign(scores, 0.05);
    let mut best: Vec<f32> = best.iter().map(|link| link.score).collect();
    best.sort_by(|x, y| y.total_cmp(x));
    best.iter().take(3).sum::<f32>() / 3.0
}

/// Few good links, up to [`MOST_LINKS`] a paragraph.
fn reported(scores: &Matrix, least: f32) -> Vec<Link> {
    let (mut links_a, mut links_b) = (vec![0; scores.rows()], vec![0; scores.columns()]);
    let mut links = ranked(scores, least);
    links.retain(|link| {
        let free = links_a[link.a] < MOST_LINKS && links_b[link.b] < MOST_LINKS;
        links_a[link.a] += usize::from(free);
        links_b[link.b] += usize::from(free);
        free
    });
    links.sort_by_key(|link| (link.a, link.b));
    links
}
