//! From terms to stories: the articles like a new one, all that hang together with them, and the groups these form.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Result;
use rusqlite::params;

use super::Grouping;
use super::gather::Fate;
use crate::library::store::statements;
use crate::library::store::write::Batch;
use crate::story::{self, CUT, Decided, Key, Profile, Statistics};

/// So many articles are held in memory before those of other days are let go.
const HELD: usize = 8_000;
/// Articles that hang together are grouped at once up to this number.
const FAMILY: usize = 200;
/// Where more hang together, only those that are more alike do: the first of these where few enough are left.
const LEVELS: &[f32] = &[
    CUT, 3.5, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0, 20.0, 30.0,
];

impl Grouping {
    /// Settles up to `limit` articles, newest first, and says whether any are left.
    pub fn place(&mut self, batch: &Batch<'_>, statistics: &Statistics, limit: usize) -> Result<bool> {
        let some = batch.unsettled(None, limit)?;
        let mut touched = BTreeSet::new();
        for (moment, row) in &some {
            let key = Key(*row);
            let tied = batch.tied(key)?;
            if !tied.is_empty() {
                batch.untie(key)?;
            }
            touched.extend(tied);
            let fate = self.refresh_terms(batch, key)?;
            if fate == Fate::Gone {
                touched.remove(&key);
                self.window.remove(key);
                touched.extend(batch.forget_telling(key)?);
            } else {
                touched.insert(key);
                touched.extend(self.tie(batch, statistics, key)?);
            }
            if fate == Fate::Reworded
                && let Some(story) = batch.story_of(key)?
            {
                batch.prepare(statements::UNWEIGH)?.execute([story])?;
            }
            batch.prepare(statements::SETTLE)?.execute(params![moment, row])?;
        }
        self.group(batch, statistics, touched)?;
        Ok(some.len() == limit)
    }

    /// Groups all that hang together with `touched`, and with those that this drops from their stories.
    pub fn group(
        &mut self,
        batch: &Batch<'_>,
        statistics: &Statistics,
        touched: BTreeSet<Key>,
    ) -> Result<()> {
        let mut touched = touched;
        let mut done = HashSet::new();
        while let Some(key) = touched.pop_first() {
            if done.contains(&key) {
                continue;
            }
            let family = batch.family(key)?;
            done.extend(family.iter().copied());
            let profiles: Vec<(Key, Cow<'_, Profile>)> = family
                .iter()
                .filter_map(|key| self.profile(batch, statistics, *key).transpose())
                .collect::<Result<_>>()?;
            touched.extend(batch.keep_groups(&profiles, statistics)?);
        }
        Ok(())
    }

    /// Links an article with all that are like it, and returns those.
    fn tie(&mut self, batch: &Batch<'_>, statistics: &Statistics, key: Key) -> Result<Vec<Key>> {
        let Some(profile) = batch.profile(key, statistics)? else {
            return Ok(Vec::new());
        };
        let (day, reach) = (profile.when.day().0, statistics.reach(profile.when.day()));
        self.hold(
            batch,
            statistics,
            day.saturating_sub(reach),
            day.saturating_add(reach),
        )?;
        let alike = self.window.alike(key, &profile, statistics, CUT);
        self.window.insert(key, profile);
        let mut statement = batch.prepare(statements::LINK)?;
        for (other, likeness) in &alike {
            statement.execute(params![key.0, other.0, likeness])?;
            statement.execute(params![other.0, key.0, likeness])?;
        }
        Ok(alike.into_iter().map(|(other, _)| other).collect())
    }

    /// Makes the window hold all articles of some days.
    fn hold(&mut self, batch: &Batch<'_>, statistics: &Statistics, from: i32, to: i32) -> Result<()> {
        let missing = match self.days {
            Some((first, last)) if first <= from && to <= last => return Ok(()),
            Some((first, last)) if self.window.len() < HELD && from <= last && first <= to => {
                self.days = Some((first.min(from), last.max(to)));
                vec![(from, first.saturating_sub(1)), (last.saturating_add(1), to)]
            }
            _ => {
                self.window = story::Window::default();
                self.days = Some((from, to));
                vec![(from, to)]
            }
        };
        let mut statement = batch.prepare(statements::TERMS_OF_DAYS)?;
        for (from, to) in missing.into_iter().filter(|(from, to)| from <= to) {
            let rows = statement.query_map([from, to], |row| {
                Ok((Key(row.get(5)?), super::profile(row, statistics)?))
            })?;
            for row in rows {
                let (key, profile) = row?;
                self.window.insert(key, profile);
            }
        }
        Ok(())
    }

    fn profile(
        &self,
        batch: &Batch<'_>,
        statistics: &Statistics,
        key: Key,
    ) -> Result<Option<(Key, Cow<'_, Profile>)>> {
        let profile = match self.window.profile(key) {
            Some(profile) => Some(Cow::Borrowed(profile)),
            None => batch.profile(key, statistics)?.map(Cow::Owned),
        };
        Ok(profile.map(|profile| (key, profile)))
    }
}

impl Batch<'_> {
    /// The articles linked with one.
    fn tied(&self, key: Key) -> Result<Vec<Key>> {
        self.linked(key, f32::MIN)
    }

    fn linked(&self, key: Key, cut: f32) -> Result<Vec<Key>> {
        let mut statement = self.prepare(statements::LINKED)?;
        let keys = statement.query_map(params![key.0, cut], |row| row.get(0).map(Key))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    fn untie(&self, key: Key) -> Result<()> {
        self.prepare(statements::UNLINK_OTHERS)?.execute([key.0])?;
        self.prepare(statements::UNLINK)?.execute([key.0])?;
        Ok(())
    }

    /// Takes an article that is gone out of its story and returns the others.
    fn forget_telling(&self, key: Key) -> Result<Vec<Key>> {
        let story = self.story_of(key)?;
        self.prepare(statements::FORGET_TELLING)?.execute([key.0])?;
        let Some(story) = story else { return Ok(Vec::new()) };
        let others = self.members(story)?;
        if others.is_empty() {
            self.prepare(statements::FORGET_STORY)?.execute([story])?;
        }
        Ok(others)
    }

    /// The articles that hang together with one by links and decisions, in order of their keys.
    fn family(&self, key: Key) -> Result<Vec<Key>> {
        for level in LEVELS {
            let mut family = BTreeSet::from([key]);
            let mut next = vec![key];
            while let Some(one) = next.pop() {
                if family.len() > FAMILY {
                    break;
                }
                for other in self
                    .linked(one, *level)?
                    .into_iter()
                    .chain(self.decided_together(one)?)
                {
                    if family.insert(other) {
                        next.push(other);
                    }
                }
            }
            if family.len() <= FAMILY {
                return Ok(family.into_iter().collect());
            }
        }
        Ok(vec![key])
    }

    /// Parts a family into stories and writes what has changed; returns articles left without their story.
    fn keep_groups(&self, family: &[(Key, Cow<'_, Profile>)], statistics: &Statistics) -> Result<Vec<Key>> {
        let keys: Vec<Key> = family.iter().map(|(key, _)| *key).collect();
        let decided = self.decided_among(&keys)?;
        let likeness = Likeness::new(family, statistics);
        let groups = story::group(family.len(), |a, b| likeness.of(a, b), CUT, &decided);
        let mut left = Vec::new();
        for group in groups {
            left.extend(self.keep_group(&keys, &group, &likeness)?);
        }
        Ok(left)
    }
}

/// The likeness of each pair of a family, computed once.
pub struct Likeness {
    count: usize,
    all: Vec<f32>,
}

impl Likeness {
    fn new(family: &[(Key, Cow<'_, Profile>)], statistics: &Statistics) -> Self {
        let count = family.len();
        let mut all = vec![0.0; count * count];
        for (a, (_, one)) in family.iter().enumerate() {
            for (b, (_, other)) in family.iter().enumerate().skip(a + 1) {
                let likeness = statistics.likeness(one, other);
                for place in [a * count + b, b * count + a] {
                    if let Some(kept) = all.get_mut(place) {
                        *kept = likeness;
                    }
                }
            }
        }
        Self { count, all }
    }

    /// How alike two members of the family are.
    pub fn of(&self, a: usize, b: usize) -> f32 {
        self.all.get(a * self.count + b).copied().unwrap_or_default()
    }
}

impl Batch<'_> {
    pub fn story_of(&self, key: Key) -> Result<Option<i64>> {
        use rusqlite::OptionalExtension;
        Ok(self
            .prepare(statements::STORY_OF)?
            .query_row([key.0], |row| row.get(0))
            .optional()?)
    }

    pub fn members(&self, story: i64) -> Result<Vec<Key>> {
        let mut statement = self.prepare(statements::MEMBERS)?;
        let keys = statement.query_map([story], |row| row.get(0).map(Key))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    /// What the reader decided about pairs of `keys`.
    fn decided_among(&self, keys: &[Key]) -> Result<Decided> {
        let mut decided = Decided::default();
        let places: HashMap<Key, usize> = keys
            .iter()
            .enumerate()
            .map(|(place, key)| (*key, place))
            .collect();
        for (place, key) in keys.iter().enumerate() {
            for (other, together) in self.decisions(*key)? {
                if let Some(&other) = places.get(&other).filter(|other| **other > place) {
                    let pairs = if together {
                        &mut decided.together
                    } else {
                        &mut decided.apart
                    };
                    pairs.push((place, other));
                }
            }
        }
        Ok(decided)
    }
}
