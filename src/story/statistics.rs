//! The yardstick of a library: how telling each term is, how alike chance makes two articles, how far back to look.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::{Common, Day, Profile, Term, Terms, Vector, When, common};
use crate::article::Language;

/// What articles are weighed and compared by.
///
/// It stays the same while articles arrive, so that which stories they form does not depend on their order;
/// it is learnt anew as the library grows. Before that, shipped values take its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    /// How many articles it was learnt from.
    articles: u32,
    /// Terms seen more than once or known to be common, ordered: the term above, its weight in [`WEIGHT_STEPS`] below.
    weights: Vec<u32>,
    /// Where in them those begin that share their upper bits, up to the last that there are.
    runs: Vec<u32>,
    scales: [Scale; PAIRS],
    /// Days with articles in order, each with the number of articles up to and on it.
    density: Vec<(Day, u32)>,
    /// The weight of a term that no article had.
    rarest: f32,
    /// What likeness counts less because many articles are looked at.
    crowd: f32,
}

/// What two unrelated articles have in common by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The median of their cosine.
    pub median: f32,
    /// The distance from there to the ninth decile.
    pub spread: f32,
}

/// Language pairs, those with an unknown language included.
const PAIRS: usize = 10;
/// An article's own words count as if so many others, with the shipped shares of common words, stood beside them.
const SHIPPED_ARTICLES: f32 = 500.0;
/// Weights are looked for among those of terms with the same bits above so many.
const RUN_BITS: u32 = 8;
const TERM_RUNS: usize = 1 << (24 - RUN_BITS);
/// Weights are kept in steps of one part in this many.
const WEIGHT_STEPS: f32 = 20.0;
/// Articles are compared within so many days of each other, however many there are.
const NEAR_DAYS: i32 = 3;
/// More days than any two articles lie apart.
pub const FOREVER: i32 = 10_000_000;
/// Where news is sparse, the look goes on until it has met so many articles.
const ENOUGH: u32 = 2000;
/// The weight below which a term does not bring articles together by itself: that of one in fifty.
pub const COMMON_WEIGHT: f32 = 3.9;
/// Shipped scales count as much as this many pairs of the library's own.
const SHIPPED_PAIRS: f32 = 5000.0;
/// What an article gets further from others for each e-fold of the days between them beyond [`NEAR_DAYS`].
const AGEING: f32 = 0.3;
/// Of what two articles share, this part may come from the terms of one word; what is beyond it counts against them so
/// many times. For each e-fold of the days between them the first is less and the second more, up to so many.
const FAIR: f32 = 0.6;
const FAIR_AGEING: f32 = 0.2;
const UNFAIR: f32 = 0.75;
const UNFAIR_AGEING: f32 = 0.75;
const LONGEST_AGEING: f32 = 1.0;
/// What articles of one source on different days share counts for.
const SERIES: f32 = 0.5;
/// What articles full of names of which they share none get further from each other.
const STRANGERS: f32 = 1.5;
/// Where many articles are looked at, some are alike by chance alone: for each tenfold of them beyond
/// [`FEW`], likeness counts so much less.
const CROWD: f32 = 1.2;
const FEW: f32 = 100.0;

/// Measured on news of many days in the three languages; pairs with an unknown language as the strictest.
const SHIPPED_SCALES: [Scale; PAIRS] = {
    const fn scale(median: f32, spread: f32) -> Scale {
        Scale { median, spread }
    }
    [
        scale(0.0130, 0.0170), // de-de
        scale(0.0060, 0.0095), // de-nl
        scale(0.0180, 0.0180), // nl-nl
        scale(0.0035, 0.0075), // de-en
        scale(0.0040, 0.0090), // nl-en
        scale(0.0165, 0.0170), // en-en
        scale(0.0130, 0.0170), // de-?
        scale(0.0130, 0.0170), // nl-?
        scale(0.0130, 0.0170), // en-?
        scale(0.0180, 0.0180), // ?-?
    ]
};

impl Statistics {
    fn new(articles: u32, weights: Vec<u32>, scales: [Scale; PAIRS], density: Vec<(Day, u32)>) -> Self {
        let mut runs = Vec::with_capacity(TERM_RUNS);
        for (place, entry) in weights.iter().enumerate() {
            let run = (entry >> (8 + RUN_BITS)) as usize;
            runs.resize(runs.len().max(run + 1), u32::try_from(place).unwrap_or(u32::MAX));
        }
        let mut statistics = Self {
            articles,
            weights,
            runs,
            scales,
            density,
            rarest: rarity(0.0, 0.0, articles as f32),
            crowd: 0.0,
        };
        statistics.crowd = crowd(statistics.candidates());
        statistics
    }

    /// What holds before a library has enough of its own.
    pub fn shipped() -> Self {
        Survey::default().finish(&[])
    }

    /// How many articles it was learnt from.
    pub const fn articles(&self) -> u32 {
        self.articles
    }

    /// How telling a term is: the logarithm of one over its share of articles.
    pub fn weight(&self, term: Term) -> f32 {
        let run = (term.number() >> RUN_BITS) as usize;
        let place = |run: usize| self.runs.get(run).map(|place| *place as usize);
        let run = self
            .weights
            .get(place(run).unwrap_or(self.weights.len())..place(run + 1).unwrap_or(self.weights.len()))
            .unwrap_or_default();
        let found = run.binary_search_by_key(&term.number(), |entry| entry >> 8);
        match found.ok().and_then(|at| run.get(at)) {
            Some(entry) => (entry & 0xff) as f32 / WEIGHT_STEPS,
            None => self.rarest,
        }
    }

    /// The weighed terms of an article.
    pub fn vector(&self, terms: &Terms) -> Vector {
        Vector::new(terms, |term| self.weight(term))
    }

    /// How far two articles are above what chance makes alike, in units of their language pair's spread.
    pub fn likeness(&self, a: &Profile, b: &Profile) -> f32 {
        let scale = self.scale(a.language, b.language);
        let common = a.vector.common(&b.vector);
        let strange = if common.strangers { STRANGERS } else { 0.0 };
        let age = ageing(a.when, b.when);
        let told = evidence(&common, age) * series(a, b);
        (told - scale.median) / scale.spread - AGEING * age - strange - self.crowd
    }

    /// The least cosine that makes two articles as alike as `cut`.
    pub fn cosine_at(&self, a: &Profile, b: &Profile, cut: f32) -> f32 {
        let scale = self.scale(a.language, b.language);
        (cut + AGEING * ageing(a.when, b.when) + self.crowd) * scale.spread + scale.median
    }

    /// The scale of a language pair.
    pub const fn scale(&self, a: Option<Language>, b: Option<Language>) -> Scale {
        self.scales[pair(a, b)]
    }

    /// How many days around `day` articles are looked at: three, more where news is sparse.
    pub fn reach(&self, day: Day) -> i32 {
        let (Some(first), Some(last)) = (self.density.first(), self.density.last()) else {
            return FOREVER;
        };
        if last.1 < ENOUGH {
            return FOREVER;
        }
        let widest = (day.0 - first.0.0).max(last.0.0 - day.0).max(NEAR_DAYS);
        let (mut low, mut high) = (NEAR_DAYS, widest);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.up_to(day.0 + middle) - self.up_to(day.0 - middle - 1) >= ENOUGH {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// Whether two articles are looked at together; it is the same from both sides.
    pub fn meet(&self, a: Day, b: Day) -> bool {
        let days = (a.0 - b.0).abs();
        days <= NEAR_DAYS || days <= self.reach(a).min(self.reach(b))
    }

    /// As it is kept on disk.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.weights.len() * 4 + self.density.len() * 8 + 200);
        let mut put = |number: u32| bytes.extend(number.to_le_bytes());
        put(self.articles);
        for scale in self.scales {
            put(scale.median.to_bits());
            put(scale.spread.to_bits());
        }
        put(u32::try_from(self.density.len()).unwrap_or_default());
        for (day, articles) in &self.density {
            put(day.0.cast_unsigned());
            put(*articles);
        }
        self.weights.iter().copied().for_each(put);
        bytes
    }

    /// What [`Self::to_bytes`] wrote; none for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let chunks = bytes.chunks_exact(4).filter_map(|chunk| chunk.try_into().ok());
        let mut numbers = chunks.map(u32::from_le_bytes);
        let articles = numbers.next()?;
        let mut scales = SHIPPED_SCALES;
        for scale in &mut scales {
            let (median, spread) = (f32::from_bits(numbers.next()?), f32::from_bits(numbers.next()?));
            *scale = Scale { median, spread };
        }
        let days = numbers.next()?;
        let density = (0..days)
            .map(|_| Some((Day(numbers.next()?.cast_signed()), numbers.next()?)))
            .collect::<Option<Vec<_>>>()?;
        let weights: Vec<u32> = numbers.collect();
        if !weights.is_sorted() || !density.is_sorted() {
            return None;
        }
        Some(Self::new(articles, weights, scales, density))
    }

    /// How many articles one is compared with, on average.
    fn candidates(&self) -> f32 {
        let (mut sum, mut before) = (0.0, 0);
        for (day, up_to) in &self.density {
            let reach = self.reach(*day);
            let near = self.up_to(day.0.saturating_add(reach)) - self.up_to(day.0.saturating_sub(reach + 1));
            sum += (up_to - before) as f32 * near as f32;
            before = *up_to;
        }
        sum / before.max(1) as f32
    }

    fn up_to(&self, day: i32) -> u32 {
        let after = self.density.partition_point(|(found, _)| found.0 <= day);
        after
            .checked_sub(1)
            .and_then(|at| self.density.get(at))
            .map_or(0, |(_, articles)| *articles)
    }
}

fn crowd(candidates: f32) -> f32 {
    CROWD * (candidates / FEW).max(1.0).log10()
}

fn rarity(articles_with: f32, shipped_share: f32, articles: f32) -> f32 {
    let with = articles_with + shipped_share * SHIPPED_ARTICLES;
    ((articles + SHIPPED_ARTICLES + 1.0) / (with + 0.5)).ln()
}

/// How much of what two articles share tells that they are of one event.
///
/// One rare name, with its keys and parts, makes short articles alike; with nothing else in common it says that both
/// are about the same company, and less so the longer ago the other was.
fn evidence(common: &Common, age: f32) -> f32 {
    let age = age.min(LONGEST_AGEING);
    let fair = (FAIR - FAIR_AGEING * age) * common.cosine;
    (common.cosine - (UNFAIR + UNFAIR_AGEING * age) * (common.from_few - fair).max(0.0)).max(0.0)
}

/// What an outlet's own columns, lists of numbers and market reports, in the same words every time, count for.
fn series(a: &Profile, b: &Profile) -> f32 {
    let same_source = a.source.is_some() && a.source == b.source;
    match (a.when, b.when) {
        (When::Published(one), When::Published(other)) if same_source && one != other => SERIES,
        _ => 1.0,
    }
}

/// How many e-folds beyond [`NEAR_DAYS`] two articles lie apart: news of other days is told in the same words, so the
/// further apart, the more alike two articles must be.
fn ageing(a: When, b: When) -> f32 {
    match (a, b) {
        (When::Published(a), When::Published(b)) => {
            let days = (a.0 - b.0).abs().max(NEAR_DAYS);
            (days as f32 / NEAR_DAYS as f32).ln()
        }
        // When it was added says little of what it tells.
        _ => 0.0,
    }
}

const fn pair(a: Option<Language>, b: Option<Language>) -> usize {
    const fn number(language: Option<Language>) -> usize {
        match language {
            Some(Language::German) => 0,
            Some(Language::Dutch) => 1,
            Some(Language::English) => 2,
            None => 3,
        }
    }
    let (a, b) = (number(a), number(b));
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high * (high + 1) / 2 + low
}

/// Counts a library's terms, to learn [`Statistics`] from.
#[derive(Default)]
pub struct Survey {
    articles: u32,
    with: HashMap<u32, u32, BuildHasherDefault<Hashed>>,
    days: HashMap<i32, u32>,
}

impl Survey {
    /// Counts one article.
    pub fn count(&mut self, terms: &Terms, when: When) {
        self.articles += 1;
        *self.days.entry(when.day().0).or_default() += 1;
        for one in terms.iter() {
            *self.with.entry(one.term.number()).or_default() += 1;
        }
    }

    /// The statistics; chance likeness is measured on all pairs of `sample`, a few hundred articles at most.
    pub fn finish(self, sample: &[(Option<Language>, Terms)]) -> Statistics {
        let mut shares: HashMap<u32, (f32, f32), BuildHasherDefault<Hashed>> = HashMap::default();
        for (term, share) in common::shares() {
            shares.insert(term.number(), (0.0, *share));
        }
        for (term, with) in self.with {
            if with > 1 || shares.contains_key(&term) {
                shares.entry(term).or_default().0 = with as f32;
            }
        }
        let articles = self.articles as f32;
        let mut weights: Vec<u32> = shares
            .into_iter()
            .map(|(term, (with, share))| term << 8 | step(rarity(with, share, articles)))
            .collect();
        weights.sort_unstable();
        let mut density: Vec<(Day, u32)> = self.days.into_iter().map(|(day, n)| (Day(day), n)).collect();
        density.sort_unstable();
        let mut total = 0;
        for (_, articles) in &mut density {
            total += *articles;
            *articles = total;
        }
        let mut statistics = Statistics::new(self.articles, weights, SHIPPED_SCALES, density);
        statistics.calibrate(sample);
        statistics
    }
}

fn step(weight: f32) -> u32 {
    ((weight * WEIGHT_STEPS).round() as u32).min(255)
}

impl Statistics {
    fn calibrate(&mut self, sample: &[(Option<Language>, Terms)]) {
        let vectors: Vec<(Option<Language>, Vector)> = sample
            .iter()
            .map(|(language, terms)| (*language, self.vector(terms)))
            .collect();
        let mut cosines: [Vec<f32>; PAIRS] = Default::default();
        for (place, (a, one)) in vectors.iter().enumerate() {
            for (b, other) in vectors.iter().skip(place + 1) {
                cosines[pair(*a, *b)].push(one.common(other).cosine);
            }
        }
        for (scale, cosines) in self.scales.iter_mut().zip(&mut cosines) {
            *scale = scale.refined(cosines);
        }
    }
}

impl Scale {
    /// Moved from the shipped values towards those of chance pairs, as far as there are many.
    fn refined(self, cosines: &mut [f32]) -> Self {
        cosines.sort_unstable_by(f32::total_cmp);
        let at = |share: f32| cosines.get((cosines.len() as f32 * share) as usize).copied();
        let (Some(median), Some(high)) = (at(0.5), at(0.9)) else {
            return self;
        };
        let trust = cosines.len() as f32 / (cosines.len() as f32 + SHIPPED_PAIRS);
        // A library about one matter would make everything unrelated: it moves the scale no further than this.
        let spread = (high - median).clamp(self.spread / 2.0, self.spread * 2.0);
        Self {
            median: self.median + (median - self.median) * trust,
            spread: self.spread + (spread - self.spread) * trust,
        }
    }
}

/// Terms are hashes already.
#[derive(Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 << 8 | u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
