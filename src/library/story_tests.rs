use super::*;
use crate::article::Published;

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
