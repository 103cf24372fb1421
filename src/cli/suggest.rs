//! Feeds to begin with: newsrooms of the languages side by side, from `assets/feeds.txt`.

use anyhow::Result;

use super::args::Suggest;
use super::{Desk, Outcome};
use crate::article::{Feed, Language};
use crate::export;
use crate::intake;

/// A newsroom's feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Suggestion {
    topic: &'static str,
    language: Language,
    /// ISO 3166 code of the country it reports from.
    country: &'static str,
    name: &'static str,
    url: &'static str,
}

/// Lists the suggestions that fit every word asked for.
pub(super) fn suggest(asked: &Suggest, desk: &mut Desk) -> Result<Outcome> {
    let (known, all) = suggestions(include_str!("../../assets/feeds.txt"));
    let fitting: Vec<Suggestion> = all
        .into_iter()
        .filter(|one| asked.words.iter().all(|word| one.fits(word)))
        .collect();
    if fitting.is_empty() {
        let words = asked.words.join(" ");
        let complaint = desk.console.complaint(
            "feeds.no_suggestion",
            "feeds.no_suggestion.hint",
            &[("words", &words)],
        );
        return Err(complaint.into());
    }
    if asked.opml {
        let feeds: Vec<Feed> = fitting.iter().map(Suggestion::feed).collect();
        desk.console.write(intake::write_opml(&feeds).as_bytes())?;
    } else if asked.json {
        let feeds = fitting.iter().map(|one| one.shape(known)).collect();
        desk.console.json(&export::Suggestions { feeds })?;
    } else {
        table(&fitting, known, desk)?;
    }
    Ok(Outcome::Done)
}

fn table(fitting: &[Suggestion], known: &str, desk: &mut Desk) -> Result<()> {
    let width = fitting
        .iter()
        .map(|one| one.name.chars().count())
        .max()
        .unwrap_or(0);
    let mut topic = "";
    for one in fitting {
        if one.topic != topic {
            topic = one.topic;
            desk.console.line(topic)?;
        }
        let (language, country) = (one.language.code(), one.country);
        let line = format!("  {language} {country}  {:width$}  {}", one.name, one.url);
        desk.console.line(line)?;
    }
    let note = desk
        .console
        .complaint("feeds.suggested", "feeds.suggested.hint", &[("known", &known)]);
    desk.console.complain(&note);
    Ok(())
}

impl Suggestion {
    /// Whether a word names its language, its country, its topic, or a part of its name.
    fn fits(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        Language::from_code(&word) == Some(self.language)
            || self.country.to_lowercase() == word
            || self.topic == word
            || (word.chars().count() > 2 && self.name.to_lowercase().contains(&word))
    }

    fn feed(&self) -> Feed {
        Feed {
            url: self.url.into(),
            title: self.name.into(),
            language: Some(self.language),
            tags: vec![self.topic.into()],
            ..Feed::default()
        }
    }

    const fn shape(&self, known: &'static str) -> export::SuggestionShape<'static> {
        export::SuggestionShape {
            url: self.url,
            title: self.name,
            lang: self.language.code(),
            country: self.country,
            topic: self.topic,
            known,
        }
    }
}

/// The month the addresses were last known good, and the suggestions in the file's order.
fn suggestions(file: &'static str) -> (&'static str, Vec<Suggestion>) {
    let mut known = "";
    let mut topic = "";
    let mut all = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            topic = name.trim_end_matches(']');
        } else if let Some(month) = line.strip_prefix("known = ") {
            known = month;
        } else {
            all.extend(suggestion(line, topic));
        }
    }
    (known, all)
}

/// `nl BE VRT NWS = https://…`
fn suggestion(line: &'static str, topic: &'static str) -> Option<Suggestion> {
    let (who, url) = line.split_once(" = ")?;
    let (language, rest) = who.split_once(' ')?;
    let (country, name) = rest.split_once(' ')?;
    Some(Suggestion {
        topic,
        language: Language::from_code(language)?,
        country,
        name,
        url,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const FILE: &str = include_str!("../../assets/feeds.txt");

    #[test]
    fn every_line_is_a_feed_and_every_topic_has_both_sides() {
        let (known, all) = suggestions(FILE);
        assert!(known.parse::<jiff::civil::Date>().is_err() && known.len() == "2025-01".len());
        let lines = FILE
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains(" = "))
            .count();
        assert_eq!(all.len(), lines - 1, "each but the month is a feed");
        let urls: BTreeSet<_> = all.iter().map(|one| one.url).collect();
        assert_eq!(urls.len(), all.len(), "no address twice");
        let topics: BTreeSet<_> = all.iter().map(|one| one.topic).collect();
        for one in &all {
            assert!(one.url.starts_with("https://"), "{one:?}");
            assert!(url::Url::parse(one.url).is_ok(), "{one:?}");
        }
        for topic in topics {
            for language in [Language::German, Language::Dutch] {
                let found = all
                    .iter()
                    .any(|one| one.topic == topic && one.language == language);
                assert!(found, "{topic} lacks {language:?}");
            }
        }
    }

    #[test]
    fn a_word_narrows_by_language_country_topic_or_name() {
        let (_, all) = suggestions(FILE);
        let count = |word: &str| all.iter().filter(|one| one.fits(word)).count();
        for word in ["nl", "de", "BE", "sport", "Tagesschau", "nos"] {
            assert!((1..all.len()).contains(&count(word)), "{word}");
        }
        for word in ["xx", "e", "gartenbau"] {
            assert_eq!(count(word), 0, "{word}");
        }
    }
}
