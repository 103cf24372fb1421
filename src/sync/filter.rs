use jiff::{SignedDuration, Timestamp};

use crate::article::{Article, Feed};

/// What is kept of what feeds bring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// An article that one of these hits is not let in.
    pub drop: Vec<Rule>,
    /// Where rules of this kind name a feed, or all, only articles that one of them hits are let in.
    pub keep: Vec<Rule>,
    /// How many days old an article may be; none for any age.
    pub days: Option<u32>,
}

/// A phrase that articles are known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As it was written.
    pub written: String,
    phrase: String,
    title_only: bool,
    /// A part of the title or address of the feeds it is for, in lower case; for all where it is empty.
    feed: String,
}

/// Why an article was not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped<'r> {
    /// This rule hit it.
    By(&'r Rule),
    /// None of the rules that keep hit it.
    NotKept,
    /// It is too old.
    Old,
}

impl Rule {
    /// Reads `phrase`, `title: phrase`, each perhaps with ` @ feed`; None where there is no phrase.
    ///
    /// Capitals do not matter, white space is one space. A phrase begins where a word begins: `Abo` is found in
    /// `Abonnement`, but not in `Labor`.
    pub fn parse(written: &str) -> Option<Self> {
        let (phrase, feed) = written.rsplit_once(" @ ").unwrap_or((written, ""));
        let phrase = phrase.trim();
        let title = phrase.strip_prefix("title:");
        let phrase = flat(title.unwrap_or(phrase));
        (!phrase.is_empty()).then(|| Self {
            written: written.trim().to_string(),
            phrase,
            title_only: title.is_some(),
            feed: feed.trim().to_lowercase(),
        })
    }

    fn is_for(&self, feed: &Feed) -> bool {
        self.feed.is_empty()
            || feed.title.to_lowercase().contains(&self.feed)
            || feed.url.to_lowercase().contains(&self.feed)
    }

    fn hits(&self, title: &str, text: &str) -> bool {
        occurs(title, &self.phrase) || (!self.title_only && occurs(text, &self.phrase))
    }
}

impl Rules {
    /// Whether an article of a feed is let in.
    pub fn keeps(&self, article: &Article, feed: &Feed, now: Timestamp) -> bool {
        self.dropped(article, feed, now).is_none()
    }

    /// Why an article of a feed is not let in.
    pub fn dropped(&self, article: &Article, feed: &Feed, now: Timestamp) -> Option<Dropped<'_>> {
        if let (Some(oldest), Some(published)) = (self.oldest(now), &article.headline.published)
            && published.second() < oldest.as_second()
        {
            return Some(Dropped::Old);
        }
        let applies = |rule: &&Rule| rule.is_for(feed);
        if !self.drop.iter().chain(&self.keep).any(|rule| rule.is_for(feed)) {
            return None;
        }
        let (title, text) = (flat(&article.headline.title), flat(&article.text));
        if let Some(rule) = self
            .drop
            .iter()
            .filter(applies)
            .find(|rule| rule.hits(&title, &text))
        {
            return Some(Dropped::By(rule));
        }
        let mut keep = self.keep.iter().filter(applies).peekable();
        let none = keep.peek().is_some() && !keep.any(|rule| rule.hits(&title, &text));
        none.then_some(Dropped::NotKept)
    }

    /// The moment before which articles are too old.
    pub fn oldest(&self, now: Timestamp) -> Option<Timestamp> {
        let days = i64::from(self.days?);
        now.checked_sub(SignedDuration::from_hours(24 * days)).ok()
    }
}

/// A text in lower case, its words one space apart.
fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.extend(
            word.chars()
                .filter(|c| *c != '\u{ad}')
                .flat_map(char::to_lowercase),
        );
    }
    flat
}

/// Whether a phrase occurs in a text where a word begins.
fn occurs(text: &str, phrase: &str) -> bool {
    let begins = |at: usize| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    text.match_indices(phrase).any(|(at, _)| begins(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Headline, Published};

    fn article(title: &str, text: &str, published: Option<&str>) -> Article {
        let headline = Headline {
            id: ArticleId("1".into()),
            title: title.into(),
            source: String::new(),
            language: None,
            published: published.and_then(Published::parse),
            url: None,
            tags: vec![],
            author: String::new(),
        };
        Article {
            headline,
            text: text.into(),
        }
    }

    fn rules(drop: &[&str], keep: &[&str]) -> Rules {
        let read = |written: &[&str]| written.iter().filter_map(|rule| Rule::parse(rule)).collect();
        Rules {
            drop: read(drop),
            keep: read(keep),
            days: Some(30),
        }
    }

    #[test]
    fn rules_hit_what_a_reader_sees() {
        let feed = Feed {
            url: "https://bote.example/feed".into(),
            title: "Der Bote".into(),
            ..Feed::default()
        };
        let now: Timestamp = "2025-03-01T00:00:00Z".parse().expect("a moment");
        for (drop, keep, title, text, published, kept) in [
            (&["horoskop"][..], &[][..], "Ihr Horoskop", "", None, false),
            (&["Abo"], &[], "Das Abonnement", "", None, false),
            (&["Abo"], &[], "Das Labor", "", None, true),
            (&["title: Lotto"], &[], "Zahlen", "Lotto am Samstag", None, true),
            (&["title:Lotto"], &[], "Lotto am\u{a0}Samstag", "", None, false),
            (
                &["Lotto am Samstag"],
                &[],
                "Zahlen",
                "Lotto  am\nSamstag",
                None,
                false,
            ),
            (&["Lotto @ kurier"], &[], "Lotto", "", None, true),
            (&["Lotto @ bote.example"], &[], "Lotto", "", None, false),
            (&[], &["Brücke", "Rhein"], "Am Rhein", "", None, true),
            (&[], &["Brücke @ Bote"], "Am Rhein", "", None, false),
            (&[], &["Brücke @ Kurier"], "Am Rhein", "", None, true),
            (&["Sport"], &["Rhein"], "Sport am Rhein", "", None, false),
            (&[], &[], "Alt", "", Some("2025-01-01"), false),
            (&[], &[], "Neu", "", Some("2025-02-20"), true),
        ] {
            let article = article(title, text, published);
            assert_eq!(
                rules(drop, keep).keeps(&article, &feed, now),
                kept,
                "{drop:?} {keep:?} {title}"
            );
        }
        assert_eq!(Rule::parse(" @ bote"), None);
    }
}
