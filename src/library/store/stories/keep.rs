//! A group of articles written down as a story.

use std::collections::{BTreeSet, HashMap, HashSet};

use anyhow::Result;
use rusqlite::{OptionalExtension, params};

use super::place::Likeness;
use crate::library::store::packed::Text;
use crate::library::store::statements;
use crate::library::store::write::Batch;
use crate::story::Key;
use crate::text::Shingles;

/// Two articles of one language are looked at word for word from this likeness on.
const PERHAPS_COPIES: f32 = 12.0;

/// An article of a group as the database has it.
struct Member {
    /// Its place in the family.
    place: usize,
    key: Key,
    moment: i64,
    id: String,
    language: Option<String>,
    agency: Option<String>,
    story: Option<i64>,
    copy_of: Option<i64>,
}

impl Batch<'_> {
    /// Writes a group, given by places in `keys`, as a story, if it is not one already; its first article's row
    /// is the story's number. Returns articles that were in a story with these and now are in none.
    pub fn keep_group(&self, keys: &[Key], group: &[usize], likeness: &Likeness) -> Result<Vec<Key>> {
        let mut members = group
            .iter()
            .filter_map(|place| {
                keys.get(*place)
                    .and_then(|key| self.member(*place, *key).transpose())
            })
            .collect::<Result<Vec<_>>>()?;
        members.sort_by(|a, b| (a.moment, &a.id).cmp(&(b.moment, &b.id)));
        let Some(first) = members.first().map(|member| member.key.0) else {
            return Ok(Vec::new());
        };
        let known: Vec<Key> = self.members(first)?;
        let same: BTreeSet<Key> = members.iter().map(|member| member.key).collect();
        if known.len() == same.len() && known.iter().all(|key| same.contains(key)) {
            return self.refresh_story(first, &members).map(|()| Vec::new());
        }
        let copies = self.copies(&members, likeness)?;
        let before: BTreeSet<i64> = members.iter().filter_map(|member| member.story).collect();
        for member in &members {
            let copy_of = copies.get(&member.key).map_or(member.key.0, |key| key.0);
            let sum: f32 = group
                .iter()
                .filter(|place| **place != member.place)
                .map(|p| likeness.of(member.place, *p))
                .sum();
            let central = sum / (members.len().max(2) - 1) as f32;
            self.prepare(statements::TELL)?
                .execute(params![member.key.0, first, copy_of, central])?;
        }
        self.write_story(first, &members, &copies)?;
        let mut left: Vec<Key> = known.into_iter().filter(|key| !same.contains(key)).collect();
        for story in before.into_iter().filter(|story| *story != first) {
            let others = self.members(story)?;
            if others.is_empty() {
                self.prepare(statements::FORGET_STORY)?.execute([story])?;
            }
            left.extend(others.into_iter().filter(|key| !same.contains(key)));
        }
        Ok(left)
    }

    /// None for an article that was removed and is not settled yet.
    fn member(&self, place: usize, key: Key) -> Result<Option<Member>> {
        let mut statement = self.prepare(statements::MEMBER)?;
        let member = statement.query_row([key.0], |row| {
            Ok(Member {
                place,
                key,
                moment: row.get(0)?,
                id: row.get(1)?,
                language: row.get(2)?,
                agency: row.get(3)?,
                story: row.get(4)?,
                copy_of: row.get(5)?,
            })
        });
        Ok(member.optional()?)
    }

    /// For each article that is a copy of an earlier one, that one.
    fn copies(&self, members: &[Member], likeness: &Likeness) -> Result<HashMap<Key, Key>> {
        let mut copies = HashMap::new();
        let mut read: HashMap<Key, Shingles> = HashMap::new();
        let mut originals: Vec<&Member> = Vec::new();
        for member in members {
            let mut original = None;
            for earlier in &originals {
                if earlier.language != member.language
                    || likeness.of(earlier.place, member.place) < PERHAPS_COPIES
                {
                    continue;
                }
                let known = member.copy_of.is_some() && member.copy_of == Some(earlier.key.0);
                if known
                    || self
                        .shingles(&mut read, earlier.key)?
                        .are_copies(&self.shingles(&mut read, member.key)?)
                {
                    original = Some(earlier.key);
                    break;
                }
            }
            match original {
                Some(original) => drop(copies.insert(member.key, original)),
                None => originals.push(member),
            }
        }
        Ok(copies)
    }

    fn shingles(&self, read: &mut HashMap<Key, Shingles>, key: Key) -> Result<Shingles> {
        if let Some(known) = read.get(&key) {
            return Ok(known.clone());
        }
        let Text(text) = self
            .prepare(statements::BODY)?
            .query_row([key.0], |row| row.get(0))?;
        let shingles = Shingles::of(&text);
        read.insert(key, shingles.clone());
        Ok(shingles)
    }

    fn write_story(&self, first: i64, members: &[Member], copies: &HashMap<Key, Key>) -> Result<()> {
        let witnesses: HashSet<String> = members
            .iter()
            .map(|member| match (&member.agency, copies.get(&member.key)) {
                (Some(agency), _) => agency.clone(),
                (None, Some(original)) => original.0.to_string(),
                (None, None) => member.key.0.to_string(),
            })
            .collect();
        self.prepare(statements::KEEP_STORY)?.execute(params![
            first,
            newest(members),
            members.len().cast_signed(),
            witnesses.len().cast_signed(),
            languages(members),
        ])?;
        Ok(())
    }

    /// Writes what may have changed of a story whose articles are the same: their dates and languages.
    fn refresh_story(&self, first: i64, members: &[Member]) -> Result<()> {
        self.prepare(statements::REFRESH_STORY)?.execute(params![
            first,
            newest(members),
            languages(members)
        ])?;
        Ok(())
    }
}

fn newest(members: &[Member]) -> i64 {
    members
        .iter()
        .map(|member| member.moment)
        .max()
        .unwrap_or_default()
}

/// The codes of its languages with a space around each, for lists to choose by.
fn languages(members: &[Member]) -> String {
    let codes: BTreeSet<&str> = members
        .iter()
        .map(|member| member.language.as_deref().unwrap_or("?"))
        .collect();
    codes
        .into_iter()
        .fold(" ".to_string(), |all, code| all + code + " ")
}
