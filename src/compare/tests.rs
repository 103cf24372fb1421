//! The comparison as a whole: scored on news of our own, and what must hold for any articles.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::article::{ArticleId, Headline, Language, Published};
use crate::figure;
use crate::text::Span;

pub fn article(language: &str, published: &str, title: &str, text: &str) -> Article {
    let headline = Headline {
        id: ArticleId(title.to_string()),
        title: title.to_string(),
        source: "Kurier".to_string(),
        language: Language::from_code(language),
        published: Published::parse(published),
        url: None,
        tags: Vec::new(),
        author: String::new(),
    };
    Article {
        headline,
        text: text.to_string(),
    }
}

/// The articles of the corpus by their ids.
fn corpus() -> BTreeMap<String, Article> {
    let mut found = BTreeMap::new();
    for entry in include_str!("corpus/articles.txt").split("\n## ").skip(1) {
        let (head, rest) = entry.split_once('\n').expect("an article has a title");
        let (title, text) = rest.split_once('\n').expect("an article has a text");
        let head: Vec<&str> = head.split(' ').collect();
        found.insert(head[0].to_string(), article(head[1], head[2], title, text.trim()));
    }
    found
}

/// Pairs of versions of one text with the paragraphs that say the same.
struct Versions {
    a: Article,
    b: Article,
    links: BTreeSet<(usize, usize)>,
}

fn versions() -> Vec<Versions> {
    let corpus = corpus();
    let lines = include_str!("corpus/links.txt")
        .lines()
        .filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split(' ');
            let mut next = || corpus[words.next().expect("a pair has two articles")].clone();
            let (a, b) = (next(), next());
            let links = words.filter_map(|pair| {
                let (x, y) = pair.split_once('-')?;
                Some((x.parse().ok()?, y.parse().ok()?))
            });
            Versions {
                links: links.collect(),
                a,
                b,
            }
        })
        .collect()
}

/// A fixed order that is not the original one: every third paragraph after another.
fn shuffled(article: &Article) -> (Article, Vec<usize>) {
    let paragraphs: Vec<&str> = article.text.lines().collect();
    let order: Vec<usize> = (0..3)
        .flat_map(|first| (first..paragraphs.len()).step_by(3))
        .rev()
        .collect();
    let text: Vec<&str> = order.iter().map(|number| paragraphs[*number]).collect();
    (
        Article {
            text: text.join("\n"),
            ..article.clone()
        },
        order,
    )
}

fn figures(article: &Article) -> Vec<Figure> {
    let language = article
        .headline
        .language
        .expect("the corpus is in known languages");
    let day = article.headline.published.as_ref().and_then(Published::day);
    figure::extract(&article.text, language, day)
}

fn paragraph(article: &Article, at: usize) -> usize {
    article
        .text
        .bytes()
        .take(at)
        .filter(|byte| *byte == b'\n')
        .count()
}

fn same(a: &Figure, b: &Figure) -> bool {
    a.value.kind() == b.value.kind()
        && a.value.unit() == b.value.unit()
        && a.value.printed() == b.value.printed()
}

fn has(claim: &Claim, article: usize, span: Span) -> bool {
    let is_it = |mention: &Mention| {
        mention.article == article && mention.part == Part::Text && mention.figure.span == span
    };
    claim.mentions.iter().any(is_it)
}

#[test]
fn versions_in_another_order_agree() {
    let (mut linked, mut found, mut wanted) = (0, 0, 0);
    let (mut agreed, mut equal, mut alarms) = (0, 0, 0);
    for pair in versions() {
        let (b, order) = shuffled(&pair.b);
        let comparison = compare(&[pair.a.clone(), b.clone()], &Knowledge::default());
        let links = &comparison.links[0].paragraphs;
        found += links.len();
        wanted += pair.links.len();
        linked += links
            .iter()
            .filter(|(x, y, _)| pair.links.contains(&(x.0, order[y.0])))
            .count();
        alarms += comparison
            .claims
            .iter()
            .filter(|claim| claim.verdict.is_contradiction())
            .count();
        for x in figures(&pair.a) {
            let counterpart = figures(&b).into_iter().find(|y| {
                let places = (
                    paragraph(&pair.a, x.span.start),
                    order[paragraph(&b, y.span.start)],
                );
                same(&x, y) && pair.links.contains(&places)
            });
            if let Some(y) = counterpart {
                equal += 1;
                let together = |claim: &Claim| has(claim, 0, x.span) && has(claim, 1, y.span);
                agreed += usize::from(comparison.claims.iter().any(together));
            }
        }
    }
    // Scores may rise, never fall.
    assert!(
        linked * 100 >= found * 99 && linked * 100 >= wanted * 97,
        "links: {linked} of {found} and {wanted}"
    );
    assert!(agreed * 100 >= equal * 98, "agreements: {agreed} of {equal}");
    assert_eq!(alarms, 0, "nothing was changed");
}

/// One figure's wording changed: a digit, a scale word for another, a scale word dropped.
fn changed(words: &str, how: usize) -> Option<String> {
    const SCALES: [(&str, &str); 6] = [
        ("Millionen", "Milliarden"),
        ("Milliarden", "Millionen"),
        ("miljoen", "miljard"),
        ("miljard", "miljoen"),
        ("million", "billion"),
        ("billion", "million"),
    ];
    match how {
        0 => {
            let first = words.find(|c: char| c.is_ascii_digit())?;
            let digit = words.get(first..)?.chars().next()?.to_digit(10)?;
            let other = char::from_digit(digit % 9 + 1, 10)?;
            let (before, after) = words.split_at(first);
            Some(format!("{before}{other}{}", after.get(1..)?))
        }
        1 => SCALES
            .iter()
            .find_map(|(word, other)| words.contains(word).then(|| words.replacen(word, other, 1))),
        _ => SCALES.iter().find_map(|(word, _)| {
            let word = format!(" {word}");
            words.contains(&word).then(|| words.replacen(&word, "", 1))
        }),
    }
}

#[test]
fn a_changed_figure_is_found() {
    let (mut caught, mut planted, mut right, mut alarms) = (0, 0, 0, 0);
    for pair in versions().into_iter().step_by(2) {
        for (number, y) in figures(&pair.b).into_iter().enumerate().step_by(3) {
            let place = paragraph(&pair.b, y.span.start);
            let counterpart = figures(&pair.a)
                .into_iter()
                .find(|x| same(x, &y) && pair.links.contains(&(paragraph(&pair.a, x.span.start), place)));
            let (Some(x), Some(words)) = (counterpart, changed(y.span.of(&pair.b.text), number % 3)) else {
                continue;
            };
            let mut b = pair.b.clone();
            b.text.replace_range(y.span.start..y.span.end, &words);
            let Some(now) = figures(&b).into_iter().find(|now| now.span.start == y.span.start) else {
                continue;
            };
            if now.value.unit() != y.value.unit() || now.value.kind() != y.value.kind() || same(&now, &y) {
                continue;
            }
            planted += 1;
            let comparison = compare(&[pair.a.clone(), b], &Knowledge::default());
            let contradictions: Vec<&Claim> = comparison
                .claims
                .iter()
                .filter(|claim| claim.verdict.is_contradiction())
                .collect();
            alarms += contradictions.len();
            let hits = contradictions
                .iter()
                .filter(|claim| has(claim, 0, x.span) && has(claim, 1, now.span))
                .count();
            right += hits;
            caught += usize::from(hits > 0);
        }
    }
    assert!(planted > 30, "{planted} changes are too few to tell");
    assert!(caught * 100 >= planted * 88, "caught {caught} of {planted}");
    assert!(right * 100 >= alarms * 95, "right {right} of {alarms}");
}

#[test]
fn strangers_contradict_nobody() {
    let corpus = corpus();
    let event = |id: &str| id.split('-').next().unwrap_or_default().to_string();
    let ids: Vec<&String> = corpus.keys().collect();
    for (place, a) in ids.iter().enumerate() {
        for b in ids
            .iter()
            .skip(place + 1)
            .filter(|b| event(a) != event(b))
            .step_by(2)
        {
            let comparison = compare(&[corpus[*a].clone(), corpus[*b].clone()], &Knowledge::default());
            let alarm = comparison
                .claims
                .iter()
                .find(|claim| claim.verdict.is_contradiction());
            assert!(alarm.is_none(), "{a} {b}: {alarm:?}");
        }
    }
}

/// Articles `language: text`, and what is expected: `verdict: the wordings of the first mention of each article`.
fn check(texts: &[&str], expected: &[&str]) {
    let articles: Vec<Article> = texts
        .iter()
        .map(|text| {
            let (head, text) = text.split_once(": ").expect("a language before the text");
            let (language, day) = head.split_once(' ').unwrap_or((head, "2025-03-01"));
            article(language, day, "Werft Nordholm", text)
        })
        .collect();
    let comparison = compare(&articles, &Knowledge::default());
    let found: Vec<String> = comparison
        .claims
        .iter()
        .filter(|claim| claim.verdict != Verdict::Single)
        .map(|claim| {
            let words = claim.mentions.iter().map(|mention| {
                mention
                    .figure
                    .span
                    .of(articles[mention.article].part(mention.part))
            });
            format!(
                "{}: {}",
                claim.verdict.name(),
                words.collect::<Vec<_>>().join(" | ")
            )
        })
        .collect();
    for claim in expected {
        assert!(
            found.iter().any(|known| known == claim),
            "{claim} is not in {found:#?}"
        );
    }
}

#[test]
fn restatements_are_judged_by_themselves() {
    check(
        &[
            "de: Die Werft Nordholm baut zwei Fähren für 240 Millionen Kronen (rund 21 Millionen Euro) in Aalborg.",
            "nl: Scheepswerf Nordholm bouwt in Aalborg twee veerboten voor 240 miljoen kroon (omgerekend 32 miljoen euro).",
        ],
        &[
            "agree: 240 Millionen Kronen | 240 miljoen kroon",
            "conflict: rund 21 Millionen Euro | 32 miljoen euro",
        ],
    );
    // Also where a time stands between the two.
    check(
        &[
            "de: Für 240 Millionen Kronen will die Werft Nordholm in den nächsten drei Jahren in Aalborg zwei Fähren bauen, umgerechnet rund 21 Millionen Euro.",
            "nl: Scheepswerf Nordholm bouwt in Aalborg twee veerboten voor 240 miljoen kroon (omgerekend 32 miljoen euro).",
        ],
        &[
            "agree: 240 Millionen Kronen | 240 miljoen kroon",
            "conflict: rund 21 Millionen Euro | 32 miljoen euro",
        ],
    );
}

#[test]
fn a_changed_figure_stands_against_its_own_counterpart() {
    let german = "de: Die Werft Nordholm baut 34 Fähren für 240 Millionen Euro.\n\
                  Die Werft beschäftigt 1250 Menschen, davon 340 in Emden. Vor drei Jahren waren es zwölf Prozent mehr.\n\
                  Der Hafen von Emden schlug 8,3 Millionen Tonnen um, darunter 940.000 Tonnen Holz.";
    let dutch = "nl: Scheepswerf Nordholm bouwt 34 veerboten voor 240 miljoen euro.\n\
                 De werf telt 1250 werknemers, onder wie 340 in Emden. Drie jaar geleden waren dat er twaalf procent meer.\n\
                 De haven van Emden verwerkte 8,3 miljoen ton, waaronder 940.000 ton hout.";
    for (before, after, expected) in [
        ("340 in", "342 in", "conflict: 340 | 342"),
        (
            "twaalf procent",
            "vier procent",
            "conflict: zwölf Prozent | vier procent",
        ),
        (
            "8,3 miljoen ton",
            "8,3 miljard ton",
            "scale: 8,3 Millionen Tonnen | 8,3 miljard ton",
        ),
        (
            "34 veerboten",
            "84 veerboten",
            "conflict: 34 Fähren | 84 veerboten",
        ),
    ] {
        assert!(dutch.contains(before), "{before}");
        check(&[german, &dutch.replace(before, after)], &[expected]);
    }
}

#[test]
fn a_running_figure_is_updated() {
    check(
        &[
            "de 2026-01-10: Bei dem Erdbeben in Varona sind bisher 14 Menschen gestorben. Das Beben hatte eine Stärke von 6,3. Rund 2.300 Häuser wurden zerstört.",
            "de 2026-01-12: Nach dem Erdbeben in Varona ist die Zahl der Toten inzwischen auf 19 Menschen gestiegen. Das Beben hatte eine Stärke von 6,3. Rund 2.300 Häuser wurden zerstört.",
        ],
        &[
            "updated: 14 Menschen | 19 Menschen",
            "agree: Rund 2.300 Häuser | Rund 2.300 Häuser",
        ],
    );
}

#[test]
fn a_toll_is_one_whatever_its_words() {
    let german = "de 2026-03-09: Bei dem Zugunglück nahe Soltau kamen vier Menschen ums Leben. Verletzt wurden 31 Fahrgäste. \
                  Der Zug hatte 187 Plätze und fuhr auf einer Strecke von 22,4 Kilometern.";
    let dutch = "nl 2026-03-10: Het dodental van het treinongeluk bij Soltau is inmiddels opgelopen tot zes. \
                 De trein telde 187 plaatsen en reed op een traject van 22,4 kilometer.";
    check(&[german, dutch], &["updated: vier Menschen | zes"]);
}

#[test]
fn any_articles_can_be_compared() {
    let digits = "7".repeat(20_000);
    let figures = "12 Euro, 13 Prozent. ".repeat(800);
    for texts in [
        vec!["fr: Trois cents euros.", "de: Dreihundert Euro."],
        vec!["de: ", "nl: "],
        vec![],
        vec!["de: Wort"],
    ] {
        check(&texts, &[]);
    }
    let long = [
        article("de", "2025", "A", &digits),
        article("nl", "2025-02", "B", &figures),
        article("en", "", "C", &figures),
    ];
    let comparison = compare(&long, &Knowledge::default());
    assert!(comparison.cut.contains(&1));
}

#[test]
fn every_figure_is_in_one_claim_whatever_the_order() {
    let corpus = corpus();
    let articles: Vec<Article> = ["ev01-de", "ev01-nl", "ev01-ind"]
        .iter()
        .map(|id| corpus[*id].clone())
        .collect();
    let verdicts = |articles: &[Article]| -> BTreeMap<String, usize> {
        let comparison = compare(articles, &Knowledge::default());
        let mentions: usize = comparison.claims.iter().map(|claim| claim.mentions.len()).sum();
        let mut seen = BTreeSet::new();
        for mention in comparison.claims.iter().flat_map(|claim| &claim.mentions) {
            assert!(seen.insert((mention.article, mention.part, mention.figure.span)));
        }
        assert_eq!(mentions, seen.len());
        let mut count = BTreeMap::new();
        for claim in &comparison.claims {
            *count.entry(claim.verdict.name().to_string()).or_default() += 1;
        }
        count
    };
    let turned: Vec<Article> = articles.iter().rev().cloned().collect();
    assert_eq!(
        verdicts(&articles).get("conflict"),
        verdicts(&turned).get("conflict")
    );
    let twins = [articles[0].clone(), articles[0].clone()];
    let comparison = compare(&twins, &Knowledge::default());
    assert!(comparison.links[0].paragraphs.iter().all(|(a, b, _)| a == b));
    assert!(
        comparison
            .claims
            .iter()
            .all(|claim| claim.verdict == Verdict::Agree),
        "an article agrees with itself"
    );
}

#[test]
fn articles_of_any_size_stay_within_the_bounds() {
    let words: String = (0..60_000).fold(String::new(), |text, number| {
        let end = if number % 12 == 11 { ".\n" } else { " " };
        text + &format!("wort{}{end}", number * 7919 % 50_021)
    });
    let figures: String = (0..10_000).fold(String::new(), |text, number| {
        text + &format!(
            "Das Haus kostet {} Euro.{}",
            1000 + number,
            if number % 20 == 0 { '\n' } else { ' ' }
        )
    });
    let long = [
        article("de", "2025-03-01", "Wörter", &words),
        article("de", "2025-03-01", "Preise", &figures),
        article("nl", "2025-03-01", "Huis", "Het huis kost 1.500 euro."),
        article("nl", "2025-03-01", "Woord", "woord"),
        article("en", "2025-03-01", "Nothing", ""),
    ];
    let readings = reading::read(&long, &Knowledge::default());
    for reading in &readings {
        let weighed = reading.figures.iter().filter(|placed| placed.sentence.is_some());
        assert!(weighed.count() <= reading::MOST_FIGURES);
        assert!(reading.words.iter().filter(|form| form.idf > 0.0).count() <= 2 * reading::MOST_DISTINCT);
        assert!(reading.paragraphs.len() <= reading::MOST_PARAGRAPHS + 1);
    }
    let comparison = compare(&long, &Knowledge::default());
    assert_eq!(comparison.cut, [0, 1]);
    let mentions: usize = comparison.claims.iter().map(|claim| claim.mentions.len()).sum();
    assert_eq!(
        mentions, 10_001,
        "what is not compared is still a claim of its own"
    );
}

#[test]
fn nine_articles_are_compared_pair_by_pair() {
    let articles: Vec<Article> = corpus().into_values().take(9).collect();
    let comparison = compare(&articles, &Knowledge::default());
    assert_eq!(comparison.links.len(), 36);
    assert!(comparison.claims.iter().all(|claim| !claim.mentions.is_empty()));
}

#[test]
fn names_tell_whether_articles_are_of_one_event() {
    let dutch = "In Venlo groeit Hollerbach, zegt Anna Krol. Ook in Zwolle komt er werk.";
    for (german, expected) in [
        (
            "In Aurich wächst Brinkmann, sagt Jens Weber. Auch in Emden gibt es Arbeit.",
            true,
        ),
        (
            "In Aurich wächst Hollerbach, sagt Jens Weber. Auch in Emden gibt es Arbeit.",
            false,
        ),
        ("Hier wächst wenig.", false),
    ] {
        let articles = [
            article("de", "2025-03-01", "Werk", german),
            article("nl", "2025-03-01", "Werk", dutch),
        ];
        let readings = reading::read(&articles, &Knowledge::default());
        let pairing = align::pair(&readings[0], &readings[1], &Knowledge::default());
        assert_eq!(pairing.nameless, expected, "{german}");
        assert!(!pairing.long_after);
    }
}
