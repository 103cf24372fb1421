use super::*;
use crate::article::Published;
use proptest::strategy::Strategy as _;

/// Three events, each in two or three languages.
const TOLD: &[(&str, &str, &str, &str, &str)] = &[
    (
        "deich-de",
        "de",
        "2026-03-01",
        "Deichbruch bei Norden: 400 Menschen verlassen ihre Häuser",
        "Nach dem Deichbruch bei Norden haben rund 400 Menschen ihre Häuser verlassen. Die Sturmflut drückte das Wasser in der \
      Nacht auf Sonntag über den Seedeich am Leybuchter Polder. Bürgermeisterin Antje Harms rief den Katastrophenfall aus. \
      Helfer des Technischen Hilfswerks füllten 20.000 Sandsäcke.",
    ),
    (
        "deich-nl",
        "nl",
        "2026-03-01",
        "Dijkdoorbraak bij Norden: 400 mensen verlaten hun huis",
        "Na de dijkdoorbraak bij het Duitse Norden hebben ongeveer 400 mensen hun huis verlaten. De stormvloed duwde het water in \
      de nacht naar zondag over de zeedijk bij de Leybuchter Polder. Burgemeester Antje Harms riep de noodtoestand uit. Helpers \
      van het Technisches Hilfswerk vulden 20.000 zandzakken.",
    ),
    (
        "deich-en",
        "en",
        "2026-03-02",
        "Dyke breach near Norden forces 400 from their homes",
        "About 400 people have left their homes after a dyke breach near Norden. The storm surge pushed the sea over the dyke at the \
      Leybuchter Polder on Sunday night. Mayor Antje Harms declared an emergency. Volunteers of the Technisches Hilfswerk filled \
      20,000 sandbags.",
    ),
    (
        "bier-de",
        "de",
        "2026-03-01",
        "Brauerei Hollmann übernimmt belgische Konkurrentin Vandervoort",
        "Die Brauerei Hollmann aus Münster kauft die belgische Brauerei Vandervoort für 85 Millionen Euro. Das Bier aus Gent soll \
      weiter in der Sudhausgasse gebraut werden, sagte Geschäftsführer Klaus Hollmann. Gewerkschafter fürchten um 60 Stellen.",
    ),
    (
        "bier-nl",
        "nl",
        "2026-03-02T09:00:00Z",
        "Gentse brouwerij Vandervoort in handen van Duitse Hollmann",
        "De Duitse brouwerij Hollmann uit Münster koopt de Gentse brouwerij Vandervoort voor 85 miljoen euro. Het bier blijft in de \
      Sudhausgasse gebrouwen, zei zaakvoerder Klaus Hollmann. De vakbonden vrezen voor 60 banen.",
    ),
    (
        "luchs-de",
        "de",
        "2026-03-03",
        "Luchsin Mira im Harz mit drei Jungen gesichtet",
        "Eine Wildkamera hat die Luchsin Mira mit drei Jungtieren bei Torfhaus gefilmt. Die Ranger des Nationalparks Harz sprechen von \
      einem Glücksfall, denn im Winter war das Halsband der Katze ausgefallen.",
    ),
];

fn told(number: usize) -> Article {
    let (id, language, day, title, text) = TOLD[number];
    Article {
        headline: Headline {
            id: ArticleId(id.to_string()),
            title: title.to_string(),
            source: format!("Blatt {number}"),
            language: Language::from_code(language),
            published: Published::parse(day),
            url: None,
            tags: Vec::new(),
            author: String::new(),
        },
        text: text.to_string(),
    }
}

/// The stories of a library, newest first, each as the ids of its articles.
fn stories(library: &Library) -> Vec<String> {
    let entries = library
        .stories(&StoryFilter::default(), None, None, 100)
        .expect("stories");
    assert_eq!(entries.len(), library.count_stories().expect("a number"));
    let ids = |entry: &StoryEntry| {
        let articles = library.story(&entry.id).expect("articles");
        assert_eq!(articles.len(), entry.articles);
        articles
            .iter()
            .map(|entry| entry.headline.id.0.clone())
            .collect::<Vec<_>>()
            .join(" ")
    };
    entries.iter().map(ids).collect()
}

fn with(order: impl IntoIterator<Item = usize>) -> Library {
    let mut library = Library::in_memory().expect("a library");
    for number in order {
        library.add(&[told(number)]).expect("added");
        library.settle_all(|| true).expect("settled");
    }
    library
}

const STORIES: [&str; 3] = ["luchs-de", "bier-de bier-nl", "deich-de deich-nl deich-en"];

#[test]
fn articles_join_stories_across_languages_in_any_order() {
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 4, 0, 5, 3, 1]] {
        assert_eq!(stories(&with(order)), STORIES, "{order:?}");
    }
}

#[test]
fn a_removed_article_leaves_its_story_and_comes_back_to_it() {
    let mut library = with(0..6);
    let removed = library
        .remove(&[ArticleId("deich-de".to_string())])
        .expect("removed");
    assert_eq!(stories(&library)[0..2], STORIES[0..2]);
    library.settle_all(|| true).expect("settled");
    assert_eq!(
        stories(&library),
        ["luchs-de", "bier-de bier-nl", "deich-nl deich-en"]
    );
    library.restore(&removed).expect("restored");
    library.settle_all(|| true).expect("settled");
    assert_eq!(stories(&library), STORIES);
}

#[test]
fn a_revised_article_changes_its_story() {
    let mut library = with(0..6);
    let mut revised = told(5);
    revised.headline.title = told(3).headline.title;
    revised.text = told(3).text.replace("weiter", "auch künftig");
    library.add(&[revised]).expect("revised");
    library.settle_all(|| true).expect("settled");
    assert_eq!(
        stories(&library),
        ["bier-de bier-nl luchs-de", "deich-de deich-nl deich-en"]
    );
}

#[test]
fn what_the_reader_decides_stands_until_it_is_undone() {
    let mut library = with(0..5);
    let id = |name: &str| ArticleId(name.to_string());
    let split = library.split(&id("deich-nl")).expect("split");
    let joined = library.join(&[id("bier-de"), id("deich-nl")]).expect("joined");
    let decided = ["luchs-de", "bier-de deich-nl bier-nl", "deich-de deich-en"];
    assert_eq!(stories(&library)[..], decided[1..]);
    library.add(&[told(5)]).expect("added");
    library.settle_all(|| true).expect("settled");
    assert_eq!(stories(&library), decided);
    library.decide(&joined).expect("undone");
    library.decide(&split).expect("undone");
    assert_eq!(stories(&library), STORIES);
}

#[test]
fn a_line_says_who_tells_the_story_and_when() {
    let mut library = with(0..6);
    library
        .mark(&[ArticleId("deich-de".to_string())], &Mark::Read(true))
        .expect("marked");
    let entry = |language| {
        let entry = library
            .story_entry(&ArticleId("deich-en".to_string()), language)
            .expect("read")
            .expect("a story");
        (entry.title.clone(), entry)
    };
    let (title, story) = entry(Some(Language::Dutch));
    assert_eq!(title, TOLD[1].3);
    assert_eq!(entry(Some(Language::English)).0, TOLD[2].3);
    assert_eq!(
        (story.id.0.as_str(), story.articles, story.unread, story.origins),
        ("deich-de", 3, 2, 3)
    );
    assert_eq!(story.sources, ["Blatt 0", "Blatt 1", "Blatt 2"]);
    let languages: Vec<_> = story
        .languages
        .iter()
        .map(|share| (share.language, share.articles))
        .collect();
    assert_eq!(
        languages,
        [
            (Some(Language::German), 1),
            (Some(Language::Dutch), 1),
            (Some(Language::English), 1)
        ]
    );
    assert_eq!(story.last.to_string(), "2026-03-02T00:00:00Z");
}

#[test]
fn lists_of_stories_go_on_behind_a_cursor_and_can_be_narrowed() {
    let library = with(0..6);
    let page = |filter: &StoryFilter, after: Option<&Cursor>| {
        let entries = library.stories(filter, None, after, 2).expect("stories");
        let ids: Vec<String> = entries.iter().map(|entry| entry.id.0.clone()).collect();
        (ids, entries.last().map(|entry| entry.cursor))
    };
    let all = StoryFilter::default();
    let (first, cursor) = page(&all, None);
    assert_eq!(first, ["luchs-de", "bier-de"]);
    assert_eq!(page(&all, cursor.as_ref()).0, ["deich-de"]);
    let only = StoryFilter {
        only: Some(Language::German),
        ..StoryFilter::default()
    };
    assert_eq!(page(&only, None).0, ["luchs-de"]);
    let several = StoryFilter {
        several: true,
        ..StoryFilter::default()
    };
    assert_eq!(page(&several, None).0, ["bier-de", "deich-de"]);
    let english = Filter {
        language: Some(Language::English),
        ..Filter::default()
    };
    assert_eq!(
        page(
            &StoryFilter {
                articles: english,
                ..StoryFilter::default()
            },
            None
        )
        .0,
        ["deich-de"]
    );
    let contradictions = StoryFilter {
        contradictions: true,
        ..StoryFilter::default()
    };
    assert!(page(&contradictions, None).0.is_empty());
}

#[test]
fn one_text_in_two_outlets_is_one_witness() {
    let mut library = with([0, 1, 5]);
    let mut copy = told(0);
    copy.headline.id = ArticleId("copy".to_string());
    copy.headline.title = "Deich gebrochen".to_string();
    copy.text.push_str(" Mehr dazu später.");
    library.add(&[copy]).expect("added");
    library.settle_all(|| true).expect("settled");
    let story = library
        .story_entry(&ArticleId("copy".to_string()), None)
        .expect("read")
        .expect("a story");
    assert_eq!((story.articles, story.origins), (3, 2));
    let read = [ArticleId("deich-de".to_string())];
    let undo = library.mark(&read, &Mark::Read(true)).expect("marked");
    let unread = |library: &Library| {
        library
            .story_entry(&read[0], None)
            .expect("read")
            .map(|story| story.unread)
    };
    assert_eq!((undo.len(), unread(&library)), (2, Some(1)));
    library.undo(&undo).expect("undone");
    assert_eq!(unread(&library), Some(3));
}

#[test]
fn stories_and_articles_are_selected_by_a_question() {
    let mut library = with(0..6);
    library.catch_up().expect("searchable");
    let today = jiff::civil::date(2026, 3, 9);
    let selected = |question: &str, filter: &StoryFilter| {
        let query = Query::parse(question, today);
        let selection = library.select_stories(&query, filter).expect("a selection");
        let stories = library.selected_stories(&selection, None, (0, 10));
        let ids = stories.expect("stories").into_iter().map(|story| story.id.0);
        ids.collect::<Vec<_>>().join(" ")
    };
    let all = StoryFilter::default();
    for (question, expected) in [
        ("Sudhausgasse", "bier-de"),
        ("lang:en", "deich-de"),
        ("lang:de is:unread", "luchs-de bier-de deich-de"),
        ("after:2026-03-02 -luchsin", "bier-de deich-de"),
        ("figure:85mio", "bier-de"),
        ("zeppelin", ""),
        ("", "luchs-de bier-de deich-de"),
    ] {
        assert_eq!(selected(question, &all), expected, "{question}");
    }
    let only = StoryFilter {
        only: Some(Language::German),
        ..StoryFilter::default()
    };
    assert_eq!(selected("harz OR hollmann", &only), "luchs-de");
    let query = Query::parse("hollmann", today);
    let dutch = Filter {
        language: Some(Language::Dutch),
        ..Filter::default()
    };
    let articles = library.select_articles(&query, &dutch).expect("a selection");
    let page = library.selected_articles(&articles, (0, 10)).expect("articles");
    let ids: Vec<&str> = page.iter().map(|entry| entry.headline.id.0.as_str()).collect();
    assert_eq!(ids, ["bier-nl"]);
}

#[test]
fn a_text_leaves_its_story_with_its_copies() {
    let mut library = with(0..3);
    let mut copy = told(0);
    copy.headline.id = ArticleId("copy".to_string());
    copy.text.push_str(" Mehr dazu später.");
    library.add(&[copy]).expect("added");
    library.settle_all(|| true).expect("settled");
    let id = ArticleId("deich-de".to_string());
    let texts = |library: &Library| {
        let texts = library.texts(&id).expect("texts");
        texts.iter().map(Vec::len).collect::<Vec<_>>()
    };
    assert_eq!(texts(&library), [2, 1, 1]);
    let undo = library.split(&id).expect("split");
    assert_eq!(stories(&library), ["deich-nl deich-en", "copy deich-de"]);
    library.decide(&undo).expect("undone");
    assert_eq!(texts(&library), [2, 1, 1]);
}

/// The news that grouping is measured by.
fn news() -> Vec<Article> {
    let lines = include_str!("../../tests/news/articles.jsonl").lines();
    let article = |line: &str| {
        let record: serde_json::Value = serde_json::from_str(line).expect("a record");
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_string();
        Article {
            headline: Headline {
                id: ArticleId(field("id")),
                title: field("title"),
                source: field("source"),
                language: Language::from_code(&field("lang")),
                published: Published::parse(&field("published")),
                url: None,
                tags: Vec::new(),
                author: String::new(),
            },
            text: field("text"),
        }
    };
    lines.map(article).collect()
}

/// All that lists show of the stories, however it came about.
fn told_of(library: &Library) -> Vec<String> {
    let entries = library.stories(&StoryFilter::default(), Some(Language::Dutch), None, 1000);
    let shown = |entry: &StoryEntry| {
        let texts = library.texts(&entry.id).expect("texts");
        let texts = texts.iter().map(|text| {
            let ids: Vec<&str> = text.iter().map(|entry| entry.headline.id.0.as_str()).collect();
            ids.join("=")
        });
        let texts = texts.collect::<Vec<_>>().join(" ");
        let claims: Vec<String> = entry.claims.iter().map(|claim| format!("{claim:?}")).collect();
        format!(
            "{} {} origins {} weighed {} {}/{}: {texts} {claims:?}",
            entry.id, entry.title, entry.origins, entry.weighed, entry.conflicts, entry.scales
        )
    };
    let mut told: Vec<String> = entries.expect("stories").iter().map(shown).collect();
    told.sort();
    told
}

fn compared(articles: &[Article]) -> crate::compare::Comparison {
    crate::compare::compare(articles, &crate::compare::Knowledge::default())
}

/// A library with all the news, come at once.
fn at_once() -> Library {
    let mut library = Library::in_memory().expect("a library");
    library.add(&news()).expect("added");
    library.settle_all(|| true).expect("settled");
    library
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 2, ..Default::default() })]
    #[test]
    fn stories_do_not_depend_on_how_their_articles_arrived(
        order in proptest::prelude::Just((0..news().len()).collect::<Vec<usize>>()).prop_shuffle(),
        batches in proptest::collection::vec((1..40_usize, 0..60_usize), 3..12),
    ) {
        let (all, expected) = (news(), told_of(&at_once()));
        let mut library = Library::in_memory().expect("a library");
        let mut order = order.as_slice();
        let mut batches = batches.iter().cycle();
        while !order.is_empty() {
            let (size, settled) = batches.next().copied().unwrap_or((1, 0));
            let (some, rest) = order.split_at(size.min(order.len()));
            order = rest;
            let some: Vec<Article> = some.iter().map(|number| all[*number].clone()).collect();
            library.add(&some).expect("added");
            if settled > 0 {
                library.settle(settled).expect("settled");
            }
        }
        library.settle_all(|| true).expect("settled");
        proptest::prop_assert_eq!(told_of(&library), expected);
    }
}

#[test]
fn work_that_was_broken_off_is_done_by_the_next_start() {
    let mut whole = at_once();
    while whole.weigh(1, compared).expect("weighed") {}
    let folder = tempfile::tempdir().expect("a folder");
    let open = || Library::open(folder.path()).expect("a library");
    for some in news().chunks(30) {
        open().add(some).expect("added");
    }
    // Each step by a start of its own, the next piece of work left undone.
    let mut steps = 0;
    while open().settle(17).expect("settled") {
        steps += 1;
    }
    assert!(steps > 5, "{steps}");
    while open().weigh(1, compared).expect("weighed") {}
    assert_eq!(told_of(&open()), told_of(&whole));
    // What was said but not compared yet is compared by whoever comes next.
    let mut library = open();
    let story = library.stories(
        &StoryFilter {
            several: true,
            ..StoryFilter::default()
        },
        None,
        None,
        1,
    );
    let story = story.expect("stories").pop().expect("a story");
    let told = |library: &Library| {
        let told = library.story(&story.id).expect("articles").into_iter();
        told.map(|entry| entry.headline.id).collect::<Vec<_>>()
    };
    let others: Vec<ArticleId> = told(&library).into_iter().filter(|id| *id != story.id).collect();
    library.split(&story.id).expect("split");
    drop(library);
    while open().weigh(1, compared).expect("weighed") {}
    let left = told(&open());
    assert!(left.iter().all(|id| !others.contains(id)), "{left:?} {others:?}");
}

#[test]
fn what_the_reader_said_of_a_claim_is_kept_until_taken_back() {
    use crate::compare::{Correction, Landmark, Sense};
    let mut library = Library::in_memory().expect("a library");
    let landmark = |article: &str, before| Landmark {
        article: ArticleId(article.to_string()),
        part: crate::article::Part::Text,
        said: "money 85000000 EUR".to_string(),
        before,
    };
    let harmless = Correction {
        sense: Sense::Harmless,
        figures: vec![landmark("bier-de", 0), landmark("bier-nl", 1)],
        others: vec![],
    };
    let apart = Correction {
        sense: Sense::Apart,
        figures: vec![landmark("bier-nl", 0)],
        others: vec![landmark("luchs-de", 0)],
    };
    let of = |library: &Library, id: &str| {
        let ids = [ArticleId(id.to_string())];
        library.corrections(&ids).expect("they are read")
    };
    for correction in [&harmless, &apart] {
        library.correct(correction).expect("it is kept");
    }
    assert_eq!(of(&library, "bier-nl"), [harmless.clone(), apart.clone()]);
    assert_eq!(of(&library, "luchs-de"), std::slice::from_ref(&apart));
    library.forget_correction(&harmless).expect("it is forgotten");
    library.forget_correction(&harmless).expect("once is enough");
    assert_eq!(of(&library, "bier-de"), []);
    assert_eq!(of(&library, "bier-nl"), [apart]);
}
