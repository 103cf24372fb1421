//! Articles side by side: the passages that say the same, and what their figures claim.

mod align;
mod changes;
mod claims;
mod corrections;
mod daily;
mod day;
mod evidence;
mod interval;
mod judge;
mod learning;
mod lexicon;
mod origin;
mod passages;
mod rates;
mod reading;
mod restate;
mod running;
mod score;
mod speaker;
mod table;
#[cfg(test)]
mod tests;
mod topic;

pub use align::Kin;
pub use changes::{Change, Stated, changes};
pub use corrections::{Correction, Landmark, Sense};
pub use daily::{DailyRates, RateFault};
pub use learning::{Learned, Parallel, learn, parallels};
pub use lexicon::Lexicon;
pub use rates::YearlyRates;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::article::{Article, Part};
use crate::figure::{Decimal, Figure};
use crate::text::{ParagraphIx, Span};

/// Two or more articles side by side; every number of an article is its place in the list compared.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// What the figures say, contradictions first, then agreement by the number of articles, then reading order.
    pub claims: Vec<Claim>,
    /// Paragraphs that say the same, in the order of the first article.
    pub passages: Vec<Passage>,
    /// The paragraphs that say the same, for each pair of articles.
    pub links: Vec<Linked>,
    /// The articles too long to be compared whole.
    pub cut: Vec<usize>,
    /// For each article the number of its origin: articles of one agency, or with long wording in common, have one.
    pub origins: Vec<usize>,
}

/// What a comparison may know beside the articles; it needs none of it.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    /// Words of two languages that mean the same: an installed dictionary's.
    pub lexicon: Lexicon,
    /// The same, as learned from the library.
    pub learned: Arc<Lexicon>,
    /// The daily reference rates the reader has brought.
    pub rates: DailyRates,
    /// What currencies were worth year by year, near enough to tell a slip of scale from a rate.
    pub yearly: YearlyRates,
}

/// Compares two or more articles: links their paragraphs, gathers their figures into claims and judges these.
///
/// Every figure of every article is in exactly one claim. An article in a language beide does not know has neither
/// figures nor links. Of very long articles only the beginning is compared; [`Comparison::cut`] names them.
pub fn compare(articles: &[Article], knowledge: &Knowledge) -> Comparison {
    let readings = reading::read(articles, knowledge);
    let mut pairings = HashMap::new();
    for a in 0..readings.len() {
        for b in a + 1..readings.len() {
            pairings.insert((a, b), align::pair(&readings[a], &readings[b], knowledge));
        }
    }
    let tallies: Vec<Vec<running::Tally>> = articles
        .iter()
        .zip(&readings)
        .map(|(article, reading)| running::tallies(article, reading))
        .collect();
    let groups = claims::gather(articles, &readings, &tallies, &pairings);
    let bench = judge::Bench {
        articles,
        readings: &readings,
        pairings: &pairings,
        tallies: &tallies,
        knowledge,
    };
    let origins = origin::origins(articles);
    let claims = groups
        .iter()
        .map(|group| {
            let main = group.restates.and_then(|main| groups.get(main));
            let (verdict, reason) = bench.judge(group, main);
            let mut claim = Claim {
                verdict,
                topic: topic::topic(articles, &readings, &pairings, &group.members),
                reason,
                restates: group.restates,
                mentions: mentions(articles, &readings, &group.members),
            };
            if verdict == Verdict::Conflict && speakers_differ(&claim, &readings, &pairings) {
                claim.reason = claim.reason.map(|reason| Reason::Speakers(Box::new(reason)));
            }
            if claim.reason.is_none() && matches!(verdict, Verdict::Agree | Verdict::Rounded) {
                claim.reason = one_origin(&claim, &origins);
            }
            claim
        })
        .collect();
    let mut links: Vec<Linked> = pairings
        .iter()
        .map(|(articles, pairing)| linked(*articles, pairing))
        .collect();
    links.sort_by_key(|linked| linked.articles);
    let pairs = pairings
        .iter()
        .map(|(pair, pairing)| (*pair, pairing.links.as_slice()));
    let passages = passages::passages(articles.len(), pairs);
    let cut = (0..readings.len())
        .filter(|article| readings[*article].cut)
        .collect();
    Comparison {
        claims: in_order(claims),
        passages,
        links,
        cut,
        origins,
    }
}

/// Whether figures that contradict each other all have speakers, and no two articles have the same.
fn speakers_differ(
    claim: &Claim,
    readings: &[reading::Reading],
    pairings: &HashMap<(usize, usize), align::Pairing>,
) -> bool {
    let mut pairs = 0;
    for (place, a) in claim.mentions.iter().enumerate() {
        for b in claim
            .mentions
            .iter()
            .skip(place + 1)
            .filter(|b| b.article != a.article)
        {
            let (Some(x), Some(y), Some(pairing)) =
                (a.speaker, b.speaker, pairings.get(&(a.article, b.article)))
            else {
                return false;
            };
            let words = readings[a.article].words_within(a.part, x);
            let others = readings[b.article].words_within(b.part, y);
            let met = words.iter().any(|word| {
                others
                    .iter()
                    .any(|other| pairing.table.weight(*word, *other) >= SAME_SPEAKER)
            });
            if met || words.is_empty() || others.is_empty() {
                return false;
            }
            pairs += 1;
        }
    }
    pairs > 0
}

/// How surely a word of each must mean the same if two speakers may be one.
const SAME_SPEAKER: f32 = 0.5;

/// That articles which agree are of fewer origins than they are many.
fn one_origin(claim: &Claim, origins: &[usize]) -> Option<Reason> {
    let mut by_origin: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for mention in &claim.mentions {
        let articles = by_origin.entry(*origins.get(mention.article)?).or_default();
        if articles.last() != Some(&mention.article) {
            articles.push(mention.article);
        }
    }
    let count = by_origin.len();
    let together: Vec<Vec<usize>> = by_origin
        .into_values()
        .filter(|articles| articles.len() > 1)
        .collect();
    (!together.is_empty()).then_some(Reason::Origins { count, together })
}

fn mentions(
    articles: &[Article],
    readings: &[reading::Reading],
    members: &[claims::FigureIx],
) -> Vec<Mention> {
    members
        .iter()
        .map(|ix| {
            let placed = &readings[ix.article].figures[ix.number];
            Mention {
                article: ix.article,
                part: placed.part,
                figure: placed.figure.clone(),
                speaker: readings[ix.article].speaker(articles.get(ix.article), placed),
            }
        })
        .collect()
}

/// Claims by weight: contradictions, then agreement by the number of articles, then the rest as they are read.
fn in_order(claims: Vec<Claim>) -> Vec<Claim> {
    let weight = |claim: &Claim| match claim.verdict {
        Verdict::Conflict | Verdict::Scale => (0, 0),
        Verdict::Single if claim.dismissed().is_some() => (1, usize::MAX),
        Verdict::Single => (2, 0),
        _ => (1, usize::MAX - claim.n_articles()),
    };
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|claim| weight(&claims[*claim]));
    let mut place = vec![0; claims.len()];
    for (now, before) in order.iter().enumerate() {
        place[*before] = now;
    }
    let mut claims: Vec<Option<Claim>> = claims.into_iter().map(Some).collect();
    let mut sorted: Vec<Claim> = order.iter().filter_map(|claim| claims[*claim].take()).collect();
    for claim in &mut sorted {
        claim.restates = claim.restates.map(|main| place[main]);
    }
    sorted
}

fn linked(articles: (usize, usize), pairing: &align::Pairing) -> Linked {
    let paragraphs = pairing
        .links
        .iter()
        .map(|link| (ParagraphIx(link.a - 1), ParagraphIx(link.b - 1), link.score))
        .collect();
    Linked {
        articles,
        kin: pairing.kin,
        paragraphs,
    }
}

/// The paragraphs of two articles that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The two articles, by their places in the list compared, the smaller first.
    pub articles: (usize, usize),
    /// How they seem to be related.
    pub kin: Kin,
    /// Their paragraphs and how alike these are, in order; a paragraph may have several counterparts.
    pub paragraphs: Vec<(ParagraphIx, ParagraphIx, f32)>,
}

/// Paragraphs of several articles that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// The paragraphs of each article, in order; empty where an article has none.
    pub cells: Vec<Vec<ParagraphIx>>,
    /// How alike they are, from 0 to 1.
    pub score: f32,
}

/// The figures, from all the articles, that speak of the same thing.
#[derive(Clone, Debug)]
pub struct Claim {
    /// How they relate.
    pub verdict: Verdict,
    /// The weightiest words that its mentions share, as the first of them writes them, most telling first.
    pub topic: Vec<String>,
    /// Why the verdict is what it is, where there is more to say than the verdict.
    pub reason: Option<Reason>,
    /// The claim, by its place in [`Comparison::claims`], that this one gives again in another unit.
    pub restates: Option<usize>,
    /// Its figures, by article, then by place; never empty.
    pub mentions: Vec<Mention>,
}

/// A figure in its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The article, by its place in the list compared.
    pub article: usize,
    /// The part of it that the figure's span counts in.
    pub part: Part,
    /// The figure.
    pub figure: Figure,
    /// Who says it, by its place in the same part, where the words around it tell.
    pub speaker: Option<Span>,
}

impl Claim {
    /// How many independent origins give it, by the origins of a comparison.
    pub fn n_origins(&self, comparison: &Comparison) -> usize {
        let of = |mention: &Mention| comparison.origins.get(mention.article).copied();
        let mut origins: Vec<Option<usize>> = self.mentions.iter().map(of).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    }

    /// The number of articles that give it.
    pub fn n_articles(&self) -> usize {
        let mut articles: Vec<usize> = self.mentions.iter().map(|mention| mention.article).collect();
        articles.dedup();
        articles.len()
    }
}

/// Why a verdict is what it is; `locale` has the words. Articles are named by their places in the list compared.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The largest value is so many percent more than the smallest.
    Apart {
        /// More than 0, rounded to what a reader can use.
        percent: Decimal,
        /// The one article that stands against two or more that agree.
        odd: Option<usize>,
    },
    /// One `of` is worth `rate` in `unit`, as the wordings imply.
    Rate {
        /// The code of the dearer currency or larger unit.
        of: &'static str,
        /// The code of the other.
        unit: &'static str,
        /// How many of `unit` one `of` is.
        rate: Decimal,
    },
    /// Restatements contradict each other; the rates that each implies.
    Implied {
        /// By how many percent the largest exceeds the smallest.
        percent: Decimal,
        /// The one article that stands against two or more that agree.
        odd: Option<usize>,
        /// The code of the dearer currency or larger unit.
        of: &'static str,
        /// The code of the other.
        unit: &'static str,
        /// For each article how many of `unit` one `of` is.
        rates: Vec<(usize, Decimal)>,
    },
    /// Restatements differ, but each fits the reference rate of its own article's day.
    DailyRates {
        /// The code of the dearer currency.
        of: &'static str,
        /// The code of the other.
        unit: &'static str,
        /// For each article the reference rate of its day.
        rates: Vec<(usize, Decimal)>,
    },
    /// Values are off by a power of ten.
    Slip {
        /// The power: 3, 6, 9 or 12.
        power: u8,
        /// Whose value is probably wrong, where something tells.
        suspect: Option<Suspect>,
        /// Where nothing tells: what each article would have to mean for the other to be right.
        readings: Vec<Reinterpreted>,
    },
    /// The reason within; and different speakers say it.
    Speakers(Box<Self>),
    /// Articles that agree, but not independently of each other.
    Origins {
        /// How many origins there are.
        count: usize,
        /// The articles that share one, an origin a list.
        together: Vec<Vec<usize>>,
    },
    /// The reader has said that they do not contradict each other.
    Dismissed {
        /// What the verdict would be.
        verdict: Verdict,
    },
    /// A running figure: the articles from its first state to its last.
    Later {
        /// The articles in that order.
        order: Vec<usize>,
    },
}

/// What an article would have to mean if another's value is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reinterpreted {
    /// The article.
    pub article: usize,
    /// The value it would mean.
    pub value: Decimal,
    /// Its unit, if it has one.
    pub unit: Option<&'static str>,
}

/// The article whose value is probably wrong, and what tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspect {
    /// Its own restatement does not fit its figure.
    Restatement {
        /// The article.
        article: usize,
    },
    /// Two or more others agree against it.
    Minority {
        /// The article.
        article: usize,
    },
    /// It uses a word that means more in its language than the like English word.
    FalseFriend {
        /// The article.
        article: usize,
        /// The word it uses, in small letters.
        word: &'static str,
        /// The word that was probably meant.
        meant: &'static str,
    },
}

/// How the figures of a claim relate; what each means is fixed by the contract of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The same value and unit.
    Agree,
    /// They differ only by rounding, or by a hedge that allows both.
    Rounded,
    /// The same thing in different units that fit at one plausible rate.
    Restated,
    /// Values that cannot both hold.
    Conflict,
    /// Values off by a power of a thousand.
    Scale,
    /// A running figure in a later state.
    Updated,
    /// Given by one article only.
    Single,
}

impl Verdict {
    /// Its name in the contract of the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Rounded => "rounded",
            Self::Restated => "restated",
            Self::Conflict => "conflict",
            Self::Scale => "scale",
            Self::Updated => "updated",
            Self::Single => "single",
        }
    }

    /// Every verdict.
    pub const ALL: [Self; 7] = [
        Self::Agree,
        Self::Rounded,
        Self::Restated,
        Self::Conflict,
        Self::Scale,
        Self::Updated,
        Self::Single,
    ];

    /// The verdict of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// How much it weighs against the verdicts on other pairs of one claim.
    const fn rank(self) -> u8 {
        match self {
            Self::Single => 0,
            Self::Agree => 1,
            Self::Rounded => 2,
            Self::Restated => 3,
            Self::Scale => 4,
            Self::Updated | Self::Conflict => 5,
        }
    }

    /// Whether it says that the sources contradict each other.
    pub const fn is_contradiction(self) -> bool {
        matches!(self, Self::Conflict | Self::Scale)
    }
}
