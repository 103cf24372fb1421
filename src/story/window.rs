//! The articles of some days, found by the terms they share.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::statistics::{Hashed, Statistics};
use super::{Key, Profile, Term};

/// The weighed terms of an article, at unit length, ordered by term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vector(Box<[(Term, f32)]>);

impl Vector {
    /// Brings terms, which come ordered and each once, to unit length.
    pub fn new(weighed: impl Iterator<Item = (Term, f32)>) -> Self {
        let mut terms: Box<[(Term, f32)]> = weighed.filter(|(_, weight)| *weight > 0.0).collect();
        let length: f32 = terms
            .iter()
            .map(|(_, weight)| weight * weight)
            .sum::<f32>()
            .sqrt();
        for (_, weight) in &mut terms {
            *weight /= length;
        }
        Self(terms)
    }

    /// What two have in common, from 0 to 1; the same from both sides to the last bit.
    pub fn cosine(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut sum = 0.0;
        while let (Some((term, weight)), Some((their, theirs))) = (a.peek(), b.peek()) {
            match term.cmp(their) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal => {
                    sum += weight * theirs;
                    a.next();
                    b.next();
                }
            }
        }
        sum
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
    pub fn insert(&mut self, key: Key, profile: Profile, statistics: &Statistics) {
        self.remove(key);
        let Ok(place) = u32::try_from(self.held.len()) else {
            return;
        };
        for (term, weight) in &profile.vector.0 {
            if statistics.is_telling(*term) {
                self.postings
                    .entry(term.number())
                    .or_default()
                    .push((place, *weight));
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
        for (term, weight) in &profile.vector.0 {
            for (place, theirs) in self.postings.get(&term.number()).into_iter().flatten() {
                let Some(sum) = shared.get_mut(*place as usize) else {
                    continue;
                };
                if *sum == 0.0 {
                    met.push(*place);
                }
                *sum += weight * theirs;
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
