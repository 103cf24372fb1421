//! A made-up story as tests write it: articles with their figures, and what is claimed of them.

use std::collections::BTreeMap;

use crate::article::{Article, ArticleId, Headline, Language, Part, Published};
use crate::compare::{Claim, Comparison, Mention, Passage, Verdict};
use crate::figure::{Amount, Bound, Decimal, Figure, Value};
use crate::text::{ParagraphIx, Span};

use crate::ui::desk::Desk;

/// An article as tests write it.
///
/// The first line is `language source date`, the second the title, each other line a paragraph; `§a` before a
/// paragraph links it to the others that begin so. `{45 Milliarden Euro|b 45e9 EUR}` is a figure of claim b, and
/// `{mehr als 380 Yuan|a >380 CNY}` one with a hedge.
pub type Written = &'static str;

/// What is said of the claims: `b conflict KI-Infrastruktur`.
pub type Said = &'static str;

/// Three sources that agree, differ and err.
pub fn story() -> (&'static [Written], &'static [Said]) {
    (
        &[
            "de Abendpost 2025-09-24\n\
             Handelshaus erhöht seine KI-Ausgaben\n\
             §aDas Handelshaus will in den nächsten drei Jahren {380 Milliarden Yuan|a 380e9 CNY} (rund \
             {45 Milliarden Euro|b 45e9 EUR}) in Rechenzentren stecken.\n\
             Die Aktie stieg am Mittwoch um {neun Prozent|d 9e0 %}.\n\
             §bWeltweit werden die Ausgaben {vier Billionen US-Dollar|c 4e12 USD} übersteigen, sagt die Leitung.",
            "nl Ochtendblad 2025-09-24\n\
             Handelshuis trekt meer geld uit voor AI\n\
             Kernpunten van de dag.\n\
             §aHet concern steekt de komende drie jaar {380 miljard yuan|a 380e9 CNY} (circa \
             {45 miljard euro|b 45e9 EUR}) in datacentra.\n\
             §bWereldwijd gaat het om meer dan {3,4 miljard euro|c 34e8 EUR}.",
            "de Kurszettel 2025-02-27\n\
             Kaufen oder verkaufen?\n\
             §aMindestens {380 Milliarden Renminbi|a 380e9 CNY} fließen in die Wolke, in etwa \
             {50 Milliarden Euro|b 50e9 EUR}.",
        ],
        &[
            "b conflict Rechenzentren",
            "c scale Ausgaben weltweit",
            "a agree Rechenzentren",
            "d single Aktie",
        ],
    )
}

/// The desk with these articles on it.
pub fn desk((articles, claims): (&[Written], &[Said])) -> Desk {
    let mut mentions: BTreeMap<char, Vec<Mention>> = BTreeMap::new();
    let mut links: BTreeMap<char, Vec<Vec<ParagraphIx>>> = BTreeMap::new();
    let read: Vec<Article> = articles
        .iter()
        .enumerate()
        .map(|(number, written)| {
            let mut lines = written.lines();
            let mut head = lines.next().expect("a head").splitn(3, ' ');
            let mut word = || head.next().unwrap_or_default();
            let (language, source, date) = (word(), word(), word());
            let mut take = |part, text: &str, at| {
                plain(text, at, |letter, figure| {
                    mentions.entry(letter).or_default().push(Mention {
                        article: number,
                        part,
                        figure,
                        speaker: None,
                    });
                })
            };
            let title = take(Part::Title, lines.next().unwrap_or_default(), 0);
            let mut text = String::new();
            for (place, line) in lines.enumerate() {
                let linked = line.strip_prefix('§');
                if let Some(letter) = linked.and_then(|line| line.chars().next()) {
                    let cells = links
                        .entry(letter)
                        .or_insert_with(|| vec![Vec::new(); articles.len()]);
                    cells[number].push(ParagraphIx(place));
                }
                let body: String =
                    linked.map_or_else(|| line.to_string(), |line| line.chars().skip(1).collect());
                let body = take(Part::Text, &body, text.len());
                text.push_str(&body);
                text.push('\n');
            }
            Article {
                headline: Headline {
                    id: ArticleId(format!("{}-{number}", source.to_lowercase())),
                    title,
                    source: source.to_string(),
                    language: Language::from_code(language),
                    published: Published::parse(date),
                    url: Some(format!("https://{}.example/{number}", source.to_lowercase())),
                    tags: Vec::new(),
                    author: String::new(),
                },
                text,
            }
        })
        .collect();
    let claims = claims
        .iter()
        .map(|said| {
            let mut words = said.split(' ');
            let letter = words
                .next()
                .and_then(|word| word.chars().next())
                .expect("a letter");
            let verdict = verdict(words.next().unwrap_or_default());
            Claim {
                verdict,
                topic: words.map(str::to_string).collect(),
                reason: None,
                restates: None,
                mentions: mentions.remove(&letter).unwrap_or_default(),
            }
        })
        .collect();
    let passages = links
        .into_values()
        .map(|cells| Passage { cells, score: 0.8 })
        .collect();
    Desk::new(
        read,
        Comparison {
            claims,
            passages,
            ..Comparison::default()
        },
    )
}

fn verdict(name: &str) -> Verdict {
    let all = [
        Verdict::Agree,
        Verdict::Rounded,
        Verdict::Restated,
        Verdict::Conflict,
        Verdict::Scale,
        Verdict::Updated,
    ];
    all.into_iter()
        .find(|verdict| verdict.name() == name)
        .unwrap_or(Verdict::Single)
}

/// Takes the braces out of `written`, which will stand at `at`, and gives away the figures in them.
fn plain(written: &str, at: usize, mut found: impl FnMut(char, Figure)) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some((before, braced)) = rest.split_once('{') {
        text.push_str(before);
        let (inside, after) = braced.split_once('}').expect("a closing brace");
        let (words, meant) = inside.split_once('|').expect("a meaning");
        let mut meant = meant.split(' ');
        let letter = meant
            .next()
            .and_then(|word| word.chars().next())
            .expect("a claim");
        let number = meant.next().expect("a value");
        let start = at + text.len();
        text.push_str(words);
        found(
            letter,
            Figure {
                span: Span::new(start, at + text.len()),
                value: value(number.trim_start_matches('>'), meant.next()),
                bound: Some(if number.starts_with('>') {
                    Bound::MoreThan
                } else {
                    Bound::Exact
                }),
                direction: None,
                per: None,
            },
        );
        rest = after;
    }
    text.push_str(rest);
    text
}

fn value(number: &str, unit: Option<&str>) -> Value {
    let (digits, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let low = Decimal::new(
        digits.parse().expect("digits"),
        exponent.parse().expect("an exponent"),
    );
    let amount = Amount { low, high: None };
    let money = |currency| Value::Money { amount, currency };
    match unit {
        Some("EUR") => money("EUR"),
        Some("USD") => money("USD"),
        Some("CNY") => money("CNY"),
        Some("%") => Value::Percent(amount),
        _ => Value::Number {
            amount,
            counted: None,
        },
    }
}
