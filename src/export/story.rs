//! Stories as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::{ArticleId, Headline, Language, Published};

/// The articles grouped into stories.
#[derive(Serialize)]
pub struct Stories<'a> {
    /// Newest first.
    pub stories: Vec<Told<'a>>,
}

/// A story by the articles that tell it.
#[derive(Serialize)]
pub struct Told<'a> {
    id: &'a str,
    title: &'a str,
    articles: Vec<&'a str>,
    langs: Vec<&'static str>,
    first: Option<&'a str>,
    last: Option<&'a str>,
    sources: Vec<&'a str>,
    origins: usize,
    languages: Vec<ToldIn<'a>>,
    copies: BTreeMap<&'a str, Vec<&'a str>>,
    contradictions: Contradictions,
    claims: Vec<ToldClaim<'a>>,
}

/// How a story is told in one language.
#[derive(Serialize)]
struct ToldIn<'a> {
    lang: Option<&'static str>,
    articles: usize,
    first: Option<&'a str>,
    /// The seconds between the first report of all and the first in this language.
    lag: Option<i64>,
}

#[derive(Default, Serialize)]
struct Contradictions {
    conflict: usize,
    scale: usize,
}

/// What several articles of a story say of one thing.
#[derive(Serialize)]
pub struct ToldClaim<'a> {
    /// How they relate.
    pub verdict: &'static str,
    /// What it is about.
    pub topic: &'a str,
    /// The different values, as they are worded.
    pub values: Vec<&'a str>,
    /// How many articles give it.
    pub told_by: usize,
    /// Of how many that were compared.
    pub of: usize,
}

impl<'a> Told<'a> {
    /// A story with its key and title, told by these articles, oldest first.
    pub fn new(id: &'a str, title: &'a str, headlines: &[&'a Headline]) -> Self {
        let moments = || {
            headlines
                .iter()
                .filter_map(|headline| headline.published.as_ref())
        };
        let mut langs: Vec<&'static str> = headlines
            .iter()
            .filter_map(|headline| headline.language.map(Language::code))
            .collect();
        langs.sort_unstable();
        langs.dedup();
        let mut sources: Vec<&str> = Vec::new();
        for headline in headlines {
            if !headline.source.is_empty() && !sources.contains(&headline.source.as_str()) {
                sources.push(&headline.source);
            }
        }
        Self {
            id,
            title,
            articles: headlines.iter().map(|headline| headline.id.0.as_str()).collect(),
            langs,
            first: moments().min().map(Published::as_str),
            last: moments().max().map(Published::as_str),
            sources,
            origins: headlines.len(),
            languages: told_in(headlines),
            copies: BTreeMap::new(),
            contradictions: Contradictions::default(),
            claims: Vec::new(),
        }
    }

    /// Adds which articles are copies of which.
    pub fn with_copies(mut self, copies: impl Iterator<Item = (&'a ArticleId, &'a [ArticleId])>) -> Self {
        let keys = |ids: &'a [ArticleId]| ids.iter().map(|id| id.0.as_str()).collect();
        self.copies = copies.map(|(of, ids)| (of.0.as_str(), keys(ids))).collect();
        self
    }

    /// Adds how many articles do not just repeat another, the number of conflicts and of slips of scale, and the
    /// weightiest claims.
    pub fn with_claims(
        mut self,
        origins: usize,
        (conflict, scale): (usize, usize),
        claims: Vec<ToldClaim<'a>>,
    ) -> Self {
        self.origins = origins;
        self.contradictions = Contradictions { conflict, scale };
        self.claims = claims;
        self
    }
}

/// The languages of some articles in the order of their first reports.
fn told_in<'a>(headlines: &[&'a Headline]) -> Vec<ToldIn<'a>> {
    let first_of = |language: Option<Option<Language>>| {
        let all = headlines.iter();
        let fitting = all.filter(|headline| language.is_none_or(|language| headline.language == language));
        fitting
            .filter_map(|headline| headline.published.as_ref())
            .min_by_key(|moment| moment.second())
    };
    let begin = first_of(None).map(Published::second);
    let mut languages: Vec<Option<Language>> = Vec::new();
    for headline in headlines {
        if !languages.contains(&headline.language) {
            languages.push(headline.language);
        }
    }
    let told = |language| {
        let first = first_of(Some(language));
        ToldIn {
            lang: language.map(Language::code),
            articles: headlines
                .iter()
                .filter(|headline| headline.language == language)
                .count(),
            first: first.map(Published::as_str),
            lag: first.zip(begin).map(|(first, begin)| first.second() - begin),
        }
    };
    languages.into_iter().map(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_spans_its_articles() {
        let one = Headline {
            id: ArticleId(String::from("k1")),
            title: String::from("Brücke"),
            source: String::new(),
            language: Some(Language::German),
            published: Published::parse("2024-03-05"),
            url: None,
            tags: Vec::new(),
            author: String::new(),
        };
        let claim = ToldClaim {
            verdict: "conflict",
            topic: "Länge",
            values: vec!["400 Meter", "410 meter"],
            told_by: 2,
            of: 2,
        };
        let other = Headline {
            published: Published::parse("2024-03"),
            source: String::from("Bote"),
            language: Some(Language::Dutch),
            ..one.clone()
        };
        let printed = serde_json::to_string(&Stories {
            stories: vec![
                Told::new("k1", "Brücke", &[&one, &other])
                    .with_copies([(&one.id, [ArticleId(String::from("k2"))].as_slice())].into_iter())
                    .with_claims(1, (1, 0), vec![claim]),
            ],
        });
        assert_eq!(
            printed.expect("plain data"),
            concat!(
                r#"{"stories":[{"id":"k1","title":"Brücke","articles":["k1","k1"],"langs":["de","nl"],"first":"2024-03","#,
                r#""last":"2024-03-05","sources":["Bote"],"origins":1,"languages":["#,
                r#"{"lang":"de","articles":1,"first":"2024-03-05","lag":345600},{"lang":"nl","articles":1,"first":"2024-03","lag":0}],"#,
                r#""copies":{"k1":["k2"]},"contradictions":{"conflict":1,"scale":0},"claims":[{"verdict":"conflict","#,
                r#""topic":"Länge","values":["400 Meter","410 meter"],"told_by":2,"of":2}]}]}"#,
            ),
        );
    }
}
