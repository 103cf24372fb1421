//! The articles of some days, found by the terms they share.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::statistics::{COMMON_WEIGHT, Hashed, Statistics};
use super::{Key, Profile, Term, Terms};

/// The weighed terms of an article, at unit length, ordered by term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector {
    terms: Box<[Weighed]>,
    /// How many of them are telling names.
    names: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Weighed {
    term: Term,
    weight: f32,
    name: bool,
    /// Whether it is rare enough to bring articles together.
    telling: bool,
}

/// What two articles have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Common {
    /// From 0 to 1.
    pub cosine: f32,
    /// As much of the cosine as comes from the `FEW_TERMS` terms that give most.
    pub from_few: f32,
    /// Whether both have names, and not one in common.
    pub strangers: bool,
}

/// So many terms a single word can have: itself, its keys, the parts of a compound.
const FEW_TERMS: usize = 3;
/// The weight from which a name tells of whom the news is.
const TELLING_NAME: f32 = 3.0;
/// Articles with fewer telling names may be about the same ones without saying so.
const ENOUGH_NAMES: u32 = 3;

impl Vector {
    /// Weighs terms and brings them to unit length.
    pub fn new(terms: &Terms, weight: impl Fn(Term) -> f32) -> Self {
        let mut names = 0;
        let mut weighed: Vec<Weighed> = Vec::new();
        for one in terms.iter() {
            let weight = weight(one.term);
            let name = one.name && weight >= TELLING_NAME;
            names += u32::from(name);
            if weight > 0.0 {
                weighed.push(Weighed {
                    term: one.term,
                    weight: weight * one.times,
                    name,
                    telling: weight > COMMON_WEIGHT,
                });
            }
        }
        let length: f32 = weighed
            .iter()
            .map(|one| one.weight * one.weight)
            .sum::<f32>()
            .sqrt();
        for one in &mut weighed {
            one.weight /= length;
        }
        Self {
            terms: weighed.into(),
            names,
        }
    }

    /// What two have in common; the same from both sides to the last bit.
    pub fn common(&self, other: &Self) -> Common {
        let (mut a, mut b) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let (mut cosine, mut names) = (0.0, 0);
        let mut most = [0.0_f32; FEW_TERMS];
        while let (Some(one), Some(theirs)) = (a.peek(), b.peek()) {
            match one.term.cmp(&theirs.term) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    let mut shared = one.weight * theirs.weight;
                    cosine += shared;
                    for place in &mut most {
                        if shared > *place {
                            std::mem::swap(place, &mut shared);
                        }
                    }
                    names += u32::from(one.name || theirs.name);
                    a.next();
                    b.next();
                }
            }
        }
        let strangers = names == 0 && self.names >= ENOUGH_NAMES && other.names >= ENOUGH_NAMES;
        Common {
            cosine,
            from_few: most.iter().sum(),
            strangers,
        }
    }
}

/// Articles held in memory with an inverted index over their telling terms.
#[derive(Default)]
pub struct Window {
    held: Vec<Option<(Key, Profile)>>,
    place: HashMap<Key, u32>,
    postings: HashMap<u32, Vec<(u32, f32)>, BuildHasherDefault<Hashed>>,
}

/// Of the cosine two articles need, at least this share must come from telling terms for them to be looked at.
const TELLING_SHARE: f32 = 0.5;

impl Window {
    /// How many articles are held.
    pub fn len(&self) -> usize {
        self.place.len()
    }

    /// Whether none is held.
    pub fn is_empty(&self) -> bool {
        self.place.is_empty()
    }

    /// The profile of an article that is held.
    pub fn profile(&self, key: Key) -> Option<&Profile> {
        let place = *self.place.get(&key)?;
        self.held
            .get(place as usize)?
            .as_ref()
            .map(|(_, profile)| profile)
    }

    /// Takes an article in, in place of what was known of it.
    pub fn insert(&mut self, key: Key, profile: Profile) {
        if self.profile(key) == Some(&profile) {
            return;
        }
        self.remove(key);
        let Ok(place) = u32::try_from(self.held.len()) else {
            return;
        };
        for one in &profile.vector.terms {
            if one.telling {
                let postings = self.postings.entry(one.term.number()).or_default();
                postings.push((place, one.weight));
            }
        }
        self.place.insert(key, place);
        self.held.push(Some((key, profile)));
    }

    /// Forgets an article; its traces in the index lead nowhere from then on.
    pub fn remove(&mut self, key: Key) {
        if let Some(place) = self.place.remove(&key)
            && let Some(held) = self.held.get_mut(place as usize)
        {
            *held = None;
        }
    }

    /// The articles at least as like `profile` as `cut`, by key; `key` itself is left out.
    ///
    /// Whether two are found does not depend on which of them asks.
    pub fn alike(&self, key: Key, profile: &Profile, statistics: &Statistics, cut: f32) -> Vec<(Key, f32)> {
        let mut shared = vec![0.0_f32; self.held.len()];
        let mut met = Vec::new();
        for one in &profile.vector.terms {
            for (place, theirs) in self.postings.get(&one.term.number()).into_iter().flatten() {
                let Some(sum) = shared.get_mut(*place as usize) else {
                    continue;
                };
                if *sum == 0.0 {
                    met.push(*place);
                }
                *sum += one.weight * theirs;
            }
        }
        let mut alike = Vec::new();
        for place in met {
            let Some(Some((other, theirs))) = self.held.get(place as usize) else {
                continue;
            };
            let needed = statistics.cosine_at(profile, theirs, cut);
            let sum = shared.get(place as usize).copied().unwrap_or_default();
            if *other == key
                || sum < needed * TELLING_SHARE
                || !statistics.meet(profile.when.day(), theirs.when.day())
            {
                continue;
            }
            let likeness = statistics.likeness(profile, theirs);
            if likeness >= cut {
                alike.push((*other, likeness));
            }
        }
        alike.sort_unstable_by_key(|(other, _)| *other);
        alike
    }
}
