//! The whole of grouping on news of our own: events told in several languages and by independent sources, among
//! others of the same kind that are not the same.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::article::{Article, ArticleId, Headline, Published, fingerprint};
use crate::figure::extract;

/// An article and the event it tells of.
struct Told {
    article: Article,
    event: String,
    role: String,
}

fn news() -> Vec<Told> {
    include_str!("../../tests/news/articles.jsonl")
        .lines()
        .map(told)
        .collect()
}

fn told(line: &str) -> Told {
    let record: serde_json::Value = serde_json::from_str(line).expect("a record");
    let field = |name: &str| record[name].as_str().unwrap_or_default().to_string();
    let headline = Headline {
        id: ArticleId(field("id")),
        title: field("title"),
        source: field("source"),
        language: Language::from_code(&field("lang")),
        published: Published::parse(&field("published")),
        url: None,
        tags: Vec::new(),
        author: String::new(),
    };
    Told {
        article: Article {
            headline,
            text: field("text"),
        },
        event: field("event"),
        role: field("role"),
    }
}

fn terms(reading: &mut Reading, article: &Article) -> Terms {
    let day = article.headline.published.as_ref().and_then(Published::day);
    let figures = |text: &str| {
        article
            .headline
            .language
            .map_or_else(Vec::new, |language| extract(text, language, day))
    };
    let (title, text) = (&article.headline.title, &article.text);
    reading.terms(
        article.headline.language,
        [(title, &figures(title)), (text, &figures(text))],
    )
}

fn when(article: &Article) -> When {
    let day = article.headline.published.as_ref().and_then(Published::day);
    day.map_or(When::Added(Day(20_000)), |day| When::Published(day.into()))
}

fn read(news: &[Told]) -> Vec<(&Article, Terms)> {
    let mut reading = Reading::default();
    news.iter()
        .map(|told| (&told.article, terms(&mut reading, &told.article)))
        .collect()
}

/// Groups articles as a library does that gets them in this order and then learns from them.
fn stories(articles: &[(&Article, Terms)]) -> Vec<BTreeSet<String>> {
    let mut survey = Survey::default();
    let mut sample: BTreeMap<&str, (Option<Language>, Terms)> = BTreeMap::new();
    for (article, terms) in articles {
        survey.count(terms, when(article));
        sample.insert(&article.headline.id.0, (article.headline.language, terms.clone()));
    }
    let statistics = survey.finish(&sample.into_values().collect::<Vec<_>>());
    let mut window = Window::default();
    let mut linked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
    for (number, (article, terms)) in articles.iter().enumerate() {
        let language = article.headline.language;
        let profile = Profile {
            language,
            when: when(article),
            source: Some(fingerprint(&[&article.headline.source]).cast_signed()),
            vector: statistics.vector(terms),
        };
        let key = Key(number as i64);
        let id = |key: Key| articles[key.0 as usize].0.headline.id.0.clone();
        linked.entry(id(key)).or_default();
        for (other, _) in window.alike(key, &profile, &statistics, CUT) {
            linked.entry(id(key)).or_default().insert(id(other));
            linked.entry(id(other)).or_default().insert(id(key));
        }
        profiles.insert(id(key), profile.clone());
        window.insert(key, profile);
    }
    let mut found = Vec::new();
    while let Some((first, _)) = linked.first_key_value() {
        let mut next = vec![first.clone()];
        let mut family = BTreeSet::new();
        while let Some(one) = next.pop() {
            next.extend(linked.remove(&one).into_iter().flatten());
            family.insert(one);
        }
        let family: Vec<String> = family.into_iter().collect();
        let likeness = |a: usize, b: usize| statistics.likeness(&profiles[&family[a]], &profiles[&family[b]]);
        let groups = group(family.len(), likeness, CUT, &Decided::default());
        found.extend(
            groups
                .iter()
                .map(|group| group.iter().map(|place| family[*place].clone()).collect()),
        );
    }
    found.sort();
    found
}

/// Pairwise F1 and B³ F1 of a grouping.
fn score(news: &[Told], stories: &[BTreeSet<String>]) -> (f64, f64) {
    let story = |told: &Told| {
        stories
            .iter()
            .position(|story| story.contains(&told.article.headline.id.0))
    };
    let labels: Vec<_> = news.iter().map(|told| (story(told), &told.event)).collect();
    let (mut both, mut joined, mut same) = (0.0, 0.0, 0.0);
    let (mut precision, mut recall) = (0.0, 0.0);
    for a in &labels {
        let mut counts = [0.0; 3];
        for b in &labels {
            let (found, true_) = (a.0 == b.0, a.1 == b.1);
            for (count, holds) in counts.iter_mut().zip([found && true_, found, true_]) {
                *count += f64::from(u8::from(holds));
            }
        }
        let [hit, found, true_] = counts;
        both += hit - 1.0;
        joined += found - 1.0;
        same += true_ - 1.0;
        precision += hit / found;
        recall += hit / true_;
    }
    let harmonic = |p: f64, r: f64| 2.0 * p * r / (p + r);
    let all = labels.len() as f64;
    (
        harmonic(both / joined, both / same),
        harmonic(precision / all, recall / all),
    )
}

#[test]
fn stories_of_our_own_news_are_found() {
    let news = news();
    let stories = stories(&read(&news));
    let (pairs, b_cubed) = score(&news, &stories);
    // Measured: 0.969 and 0.987, a little less or more as figures are read better; they may rise, not fall.
    assert!(
        pairs >= 0.95 && b_cubed >= 0.98,
        "pairwise F1 {pairs:.3}, B³ {b_cubed:.3}"
    );
    for told in news.iter().filter(|told| told.role == "translation") {
        let original = format!("{}-de", told.event);
        let id = &told.article.headline.id.0;
        let together = stories
            .iter()
            .any(|story| story.contains(id) && story.contains(&original));
        assert!(together, "{id} is not with its original");
    }
}

/// Every second paragraph of an original beside the others of its translation: not a sentence in common.
#[test]
fn halves_without_a_common_sentence_are_found_too() {
    let half = |told: &Told, odd: bool| {
        let lines = told
            .article
            .text
            .lines()
            .enumerate()
            .filter(|(place, _)| (place % 2 == 1) == odd);
        let text = lines.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        let article = Article {
            headline: told.article.headline.clone(),
            text,
        };
        Told {
            article,
            event: told.event.clone(),
            role: told.role.clone(),
        }
    };
    let halves: Vec<Told> = news()
        .iter()
        .map(|told| half(told, told.role == "translation"))
        .collect();
    let (pairs, b_cubed) = score(&halves, &stories(&read(&halves)));
    assert!(
        pairs >= 0.85 && b_cubed >= 0.92,
        "pairwise F1 {pairs:.3}, B³ {b_cubed:.3}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]
    #[test]
    fn the_order_of_arrival_changes_nothing(order in Just((0..112).collect::<Vec<usize>>()).prop_shuffle()) {
        let news = news();
        let read = read(&news);
        let shuffled: Vec<_> = order.iter().filter_map(|place| read.get(*place).cloned()).collect();
        prop_assert_eq!(stories(&read), stories(&shuffled));
    }
}

#[test]
fn statistics_read_back_are_the_same() {
    let mut survey = Survey::default();
    let mut reading = Reading::default();
    for told in news().iter().take(30) {
        survey.count(&terms(&mut reading, &told.article), when(&told.article));
    }
    let statistics = survey.finish(&[]);
    assert_eq!(
        Statistics::from_bytes(&statistics.to_bytes()),
        Some(statistics.clone())
    );
    let bytes = statistics.to_bytes();
    for length in [0, 3, 40, 95] {
        assert_eq!(Statistics::from_bytes(&bytes[..length]), None, "{length}");
    }
}

#[test]
fn the_look_reaches_further_where_news_is_sparse() {
    let mut survey = Survey::default();
    // 500 articles a day for ten days, before them one a week.
    for day in 0..10 {
        (0..500).for_each(|_| survey.count(&Terms::default(), When::Published(Day(1000 + day))));
    }
    (0..100).for_each(|week| survey.count(&Terms::default(), When::Published(Day(week * 7))));
    let statistics = survey.finish(&[]);
    assert_eq!(statistics.reach(Day(1005)), 3);
    assert!(statistics.reach(Day(350)) > 600);
    for (a, b) in [(1000, 1003), (1000, 1004), (100, 400), (100, 1005)] {
        assert_eq!(
            statistics.meet(Day(a), Day(b)),
            statistics.meet(Day(b), Day(a)),
            "{a} {b}"
        );
    }
    assert!(statistics.meet(Day(100), Day(400)) && !statistics.meet(Day(100), Day(1008)));
    assert_eq!(Statistics::shipped().reach(Day(0)), statistics::FOREVER);
}
