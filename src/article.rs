//! What is read: languages, moments, headlines and articles, with the keys they are known by.

use std::fmt;

use jiff::civil::Date;

/// A language whose figures, words and hyphens beide knows.
///
/// An article in any other language has none of these: it is kept, shown and searched, but not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// German, as written in Germany, Austria and Switzerland.
    German,
    /// Dutch, as written in the Netherlands and in Flanders.
    Dutch,
    /// English.
    English,
}

impl Language {
    /// Every language, in the order lists show them.
    pub const ALL: [Self; 3] = [Self::German, Self::Dutch, Self::English];

    /// The ISO 639-1 code: `de`, `nl`, `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::German => "de",
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// The language of a BCP 47 tag, by its primary subtag: `de-CH` and `DE` are German.
    pub fn from_code(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The stable key of an article: given at import, or derived from its address or content.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub String);

impl ArticleId {
    /// The key of an article that was given none: from its address, else from its title and text.
    ///
    /// Sixteen hexadecimal digits. The same input gives the same key in every version of beide.
    pub fn derive(url: Option<&str>, title: &str, text: &str) -> Self {
        let hash = match url {
            Some(url) => fingerprint(&["url", url]),
            None => fingerprint(&["content", title, text]),
        };
        Self(format!("{hash:016x}"))
    }
}

/// A number for some texts that two different ones share only by an accident of one in 2^64.
///
/// FNV-1a with a final mixing. It is stored, so it must never change.
pub fn fingerprint(texts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for text in texts {
        text.bytes().for_each(&mut take);
        take(0xff); // no byte of UTF-8: the border between two texts
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When an article was published, as exactly as its source says: a month, a day or a second.
///
/// The text form sorts by time: `2025-07`, `2025-02-24`, `2025-02-24T09:30:00Z` (always UTC).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published(String);

impl Published {
    /// Reads `YYYY-MM`, `YYYY-MM-DD`, or an RFC 3339 timestamp, which is brought to UTC.
    ///
    /// None for anything else, impossible days included.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = text.parse::<jiff::Timestamp>() {
            let second = jiff::Timestamp::from_second(moment.as_second()).ok()?;
            return Some(Self(second.to_string()));
        }
        if text.len() == 7 {
            let first: Date = format!("{text}-01").parse().ok()?;
            return Some(Self(first.strftime("%Y-%m").to_string()));
        }
        let day: Date = text.parse().ok()?;
        Some(Self::on(day))
    }

    /// A whole day.
    pub fn on(day: Date) -> Self {
        Self(day.strftime("%Y-%m-%d").to_string())
    }

    /// The text form described at the type.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day in UTC, where at least the day is known.
    pub fn day(&self) -> Option<Date> {
        self.0.get(..10)?.parse().ok()
    }

    /// The second, since 1970 in UTC, at which the month, day or second begins.
    pub fn second(&self) -> i64 {
        if let Ok(moment) = self.0.parse::<jiff::Timestamp>() {
            return moment.as_second();
        }
        let (year, month) = self.month();
        let day = self.day().or_else(|| Date::new(year, month, 1).ok());
        day.map_or(0, |day| {
            let days = (day - jiff::civil::date(1970, 1, 1)).get_days();
            i64::from(days) * 86_400
        })
    }

    /// The year, and the month counted from 1.
    pub fn month(&self) -> (i16, i8) {
        let number = |range: std::ops::Range<usize>| self.0.get(range).and_then(|digits| digits.parse().ok());
        let month = number(5..7).unwrap_or(1);
        (number(0..4).unwrap_or(0), i8::try_from(month).unwrap_or(1))
    }
}

/// An article without its text: what lists hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Its key.
    pub id: ArticleId,
    /// Its title; never empty, never with a line end.
    pub title: String,
    /// Who publishes it, as shown to readers; empty where nobody says.
    pub source: String,
    /// Who wrote it, as shown to readers, several divided by commas; empty where nobody says.
    pub author: String,
    /// The language it is written in, where it is one beide knows.
    pub language: Option<Language>,
    /// When it was published, where its source says.
    pub published: Option<Published>,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// The reader's own words for it, in the order they were given, each once.
    pub tags: Vec<String>,
}

/// A headline and the text below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Everything but the text.
    pub headline: Headline,
    /// The body: paragraphs divided by line ends, without the title, without control characters.
    pub text: String,
}

/// Why a feed brought nothing the last time it was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The site answered with this HTTP status.
    Status(u16),
    /// The feed is gone for good (410): it is not asked again.
    Gone,
    /// There is no such host.
    Host,
    /// No answer in time.
    Timeout,
    /// The answer is no feed; these are the feeds it announces.
    NoFeed(Vec<String>),
    /// The answer is larger than a feed may be.
    Large,
    /// A redirect into a private network, which is not followed.
    Private,
    /// More redirects than are followed.
    Redirects,
    /// The address, or one it redirects to, is not of the web; or a folder that is not there.
    Address,
    /// Anything else on the way, in the words of the system.
    Network(String),
}

impl Trouble {
    /// A form that is kept: a word, and what goes with it behind a tab.
    pub fn to_line(&self) -> String {
        match self {
            Self::Status(status) => format!("status\t{status}"),
            Self::Gone => "gone".into(),
            Self::Host => "host".into(),
            Self::Timeout => "timeout".into(),
            Self::NoFeed(announced) => format!("no-feed\t{}", announced.join("\t")),
            Self::Large => "large".into(),
            Self::Private => "private".into(),
            Self::Redirects => "redirects".into(),
            Self::Address => "address".into(),
            Self::Network(words) => format!("network\t{words}"),
        }
    }

    /// Reads what [`Trouble::to_line`] wrote; a word of a newer version counts as trouble on the way.
    pub fn from_line(line: &str) -> Self {
        let (word, detail) = line.split_once('\t').unwrap_or((line, ""));
        match word {
            "status" => Self::Status(detail.parse().unwrap_or(0)),
            "gone" => Self::Gone,
            "host" => Self::Host,
            "timeout" => Self::Timeout,
            "no-feed" => Self::NoFeed(
                detail
                    .split('\t')
                    .filter(|url| !url.is_empty())
                    .map(str::to_string)
                    .collect(),
            ),
            "large" => Self::Large,
            "private" => Self::Private,
            "redirects" => Self::Redirects,
            "address" => Self::Address,
            "network" => Self::Network(detail.into()),
            _ => Self::Network(line.into()),
        }
    }
}

/// What the reader did with an article; it is kept apart from the article itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// The reader's own remark.
    pub note: Option<String>,
}

/// An address that articles are fetched from, as the reader subscribed to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Where it is fetched, http or https; or the path of a folder.
    pub url: String,
    /// What it is called: by the reader, else by itself; may be empty before the first fetch.
    pub title: String,
    /// The language its articles are in, where the reader says so.
    pub language: Option<Language>,
    /// What every article of it is tagged with.
    pub tags: Vec<String>,
    /// Whether its articles' texts are to be fetched from their pages.
    pub full_text: bool,
}

/// The two texts of an article that byte offsets count in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// [`Headline::title`].
    Title,
    /// [`Article::text`].
    Text,
}

impl Article {
    /// The text of one part.
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Title => &self.headline.title,
            Part::Text => &self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_their_primary_subtag() {
        for (tag, expected) in [
            ("de", Some(Language::German)),
            ("de-CH", Some(Language::German)),
            ("NL_be", Some(Language::Dutch)),
            ("en-GB", Some(Language::English)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::from_code(tag), expected, "{tag}");
        }
    }

    #[test]
    fn moments_are_read_as_exactly_as_they_are_written() {
        for (written, expected) in [
            ("2025-07", Some("2025-07")),
            ("2025-02-24", Some("2025-02-24")),
            (" 2025-02-24T10:30:00+01:00 ", Some("2025-02-24T09:30:00Z")),
            ("2025-02-24T10:30:00.250Z", Some("2025-02-24T10:30:00Z")),
            ("2025-02-30", None),
            ("2025-13", None),
            ("gestern", None),
        ] {
            let read = Published::parse(written);
            assert_eq!(read.as_ref().map(Published::as_str), expected, "{written}");
        }
    }

    #[test]
    fn a_derived_key_never_changes() {
        for (url, title, text, expected) in [
            (Some("https://a.example/1"), "Titel", "Text", "8c9fe3ef70162904"),
            (None, "Titel", "Text", "598bcdd44afdae3e"),
            (None, "TitelT", "ext", "c950455468708d54"),
        ] {
            assert_eq!(ArticleId::derive(url, title, text).0, expected);
        }
    }

    #[test]
    fn trouble_is_kept_and_read_back() {
        for trouble in [
            Trouble::Status(404),
            Trouble::Gone,
            Trouble::Host,
            Trouble::Timeout,
            Trouble::NoFeed(vec![]),
            Trouble::NoFeed(vec!["https://a.example/1".into(), "https://a.example/2".into()]),
            Trouble::Large,
            Trouble::Private,
            Trouble::Redirects,
            Trouble::Address,
            Trouble::Network("connection refused".into()),
        ] {
            assert_eq!(Trouble::from_line(&trouble.to_line()), trouble);
        }
    }

    #[test]
    fn a_moment_gives_its_day_and_month() {
        let month = Published::parse("2025-07").expect("a month");
        assert_eq!((month.day(), month.month()), (None, (2025, 7)));
        let day = Published::parse("2024-12-31T23:59:59Z").expect("a second");
        assert_eq!(day.day(), Some(jiff::civil::date(2024, 12, 31)));
    }
}
