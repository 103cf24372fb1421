//! Pages built as newsrooms build them, with the text that a reader would call the article.

use super::*;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

fn read(page: &str) -> Result<Draft, NoArticle> {
    let address = Url::parse("https://bote.example/politik/artikel-1.html").expect("an address");
    draft(page, Some(&address))
}

/// How well the words of two texts agree: the harmonic mean of precision and recall.
fn agreement(found: &str, known: &str) -> f64 {
    let counted = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.for_each(|word| *counts.entry(word.to_lowercase()).or_default() += 1);
        counts
    };
    let (found, known) = (counted(found), counted(known));
    let common: usize = found
        .iter()
        .map(|(word, count)| (*count).min(known.get(word).copied().unwrap_or(0)))
        .sum();
    let total = |counts: &HashMap<String, usize>| counts.values().sum::<usize>();
    2.0 * common as f64 / (total(&found) + total(&known)).max(1) as f64
}

#[test]
fn pages_give_their_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut scores = Vec::new();
    for entry in fs::read_dir(folder).expect("pages").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|ending| ending != "html") {
            continue;
        }
        let page = fs::read_to_string(&path).expect("a page");
        let known = fs::read_to_string(path.with_extension("txt")).expect("its text");
        let text = read(&page)
            .map(|draft| draft.text)
            .unwrap_or_else(|refused| panic!("{}: {refused:?}", path.display()));
        let score = agreement(&text, &known);
        scores.push(score);
        assert!(
            score > 0.97,
            "{}: {score:.3}\n--- found\n{text}\n--- known\n{known}",
            path.display()
        );
    }
    assert!(scores.len() > 12);
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    assert!(mean > 0.985, "{mean:.4}");
}

#[test]
fn what_a_page_says_about_itself_comes_along() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages/01-semantisch.html"));
    let draft = read(&page.expect("a page")).expect("an article");
    assert_eq!(
        draft.title.as_deref(),
        Some("Wesel bekommt eine neue Rheinbrücke für 182 Millionen Euro")
    );
    assert_eq!(draft.source.as_deref(), Some("Niederrhein-Anzeiger"));
    assert_eq!(draft.language.as_deref(), Some("de"));
    assert_eq!(
        draft.published.as_ref().map(crate::article::Published::as_str),
        Some("2025-03-04T05:15:00Z")
    );
    assert_eq!(
        draft.url.as_deref(),
        Some("https://bote.example/politik/artikel-1.html")
    );
}

fn sentences(count: usize) -> String {
    (0..count)
        .map(|number| format!("<p>Der Rat der Stadt hat am {number}. Mai nach langer Beratung zugestimmt, wie erwartet worden war.</p>"))
        .collect()
}

#[test]
fn short_reports_leads_and_what_follows_are_told_apart() {
    let title = "Zwölf Verletzte bei einem Brand im Bahnhof von Wesel";
    let head = format!("<head><meta property='og:title' content='{title}'></head>");
    let short = "<p>Bei einem Brand im Bahnhof von Wesel sind am Freitag zwölf Menschen leicht verletzt worden, wie die Polizei sagt.</p>\
                 <p>Das Feuer brach in einem Lager aus.</p><p>Die Züge standen bis Mittag still.</p>";
    let teasers = "<section><a href=/1><h3>Mieten steigen</h3><p>Wer eine Wohnung sucht, muss immer tiefer in die Tasche greifen.</p></a></section>";
    let other = format!(
        "<article><h1>Tennis: Aufstieg</h1>{}</article>",
        sentences(3).replace("Rat", "Verein")
    );
    let box_of = "<div data-area='newsletter'><p>Die wichtigsten Nachrichten des Tages, direkt in Ihr Postfach, kostenlos.</p></div>";
    for (page, lines) in [
        (
            format!("<main><h1>{title}</h1>{short}<p>© dpa-infocom</p></main>{teasers}"),
            3,
        ),
        (
            format!(
                "<main><article><h1>{title}</h1>{}</article>{other}</main>",
                sentences(6)
            ),
            6,
        ),
        (
            format!(
                "<main><h2><span>Feuer</span> <span>{title}</span></h2><div>Wie es dazu kam, will nun das Land wissen, und die Bahn auch.</div><section>{}{box_of}{}</section></main>",
                sentences(6),
                sentences(6).replace("Rat", "Kreis")
            ),
            13,
        ),
        (
            format!(
                "<main><h1>{title}</h1><div>Die Stadt ist in Sorge.</div><section>{}</section></main>",
                sentences(6)
            ),
            7,
        ),
        (
            format!(
                "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}}</script><main><h1>{title}</h1>{}</main>",
                sentences(12)
            ),
            12,
        ),
    ] {
        let page = format!("<html>{head}<body>{page}</body></html>");
        let text = read(&page)
            .unwrap_or_else(|refused| panic!("{refused:?} {page}"))
            .text;
        assert_eq!(text.lines().count(), lines, "{page}\n{text}");
    }
}

#[test]
fn names_of_classes_do_not_mislead() {
    let rows = |class: &str| sentences(6).replace("<p>", &format!("<p class='{class}'>"));
    let picture = "<div class='img'><p class='wp-caption-text'>Das Rathaus von Wesel am Abend der Sitzung, fotografiert von der Brücke aus</p></div>";
    for (page, lines) in [
        (
            format!("<main><h1>Titel</h1>{}</main>", rows("kommentar__absatz")),
            6,
        ),
        (
            format!(
                "<main><h1>Titel</h1><div class=paywall>{}</div></main>",
                rows("x")
            ),
            6,
        ),
        (
            format!(
                "<main><div class='article-header'><h1>Titel</h1><p class='article-header__lead'>Der Rat will eine neue Brücke bauen, und die Bürger sollen mitreden.</p></div>{}</main>",
                rows("x")
            ),
            7,
        ),
        (format!("<main><h1>Titel</h1>{picture}{}</main>", rows("x")), 6),
        (
            format!(
                "<main><h1>Titel</h1>{}<figure class=wp-block-table><table><tr><td>Kosten<td>3 Mio.</table></figure>{}</main>",
                rows("x"),
                rows("y").replace("Rat", "Kreis")
            ),
            13,
        ),
    ] {
        let text = read(&page).expect("an article").text;
        assert_eq!(text.lines().count(), lines, "{page}\n{text}");
    }
}

#[test]
fn pages_without_their_article_are_refused() {
    let paid = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Titel","isAccessibleForFree":false}</script>"#;
    let offer = "<div><p>Jetzt weiterlesen mit Plus-Abo. Jederzeit kündbar.</p><a href=/login>Schon Abonnent?</a></div>";
    for (page, expected) in [
        (
            "<html><title>Bote: Einwilligung</title><body><h1>Willkommen</h1><p>Um unsere Seiten mit Werbung und Tracking zu nutzen, brauchen wir Ihre Einwilligung zu Cookies. Unsere Partner verarbeiten personenbezogene Daten.</p><button>Akzeptieren</button><a href=/pur>Pur-Abo</a></body></html>".to_string(),
            NoArticle::Consent,
        ),
        (
            "<html><title>Toestemming</title><body><p>Wij en onze partners plaatsen cookies en verwerken persoonsgegevens. Klik op akkoord om toestemming te geven voor alle doeleinden, of ga naar uw instellingen beheren.</p></body></html>".to_string(),
            NoArticle::Consent,
        ),
        (format!("<html>{paid}<body><h1>Titel</h1>{}{offer}</body></html>", sentences(4)), NoArticle::Paywall),
        (format!("<html>{paid}<body><h1>Titel</h1>{}</body></html>", sentences(2)), NoArticle::Paywall),
        (format!("<html><body><h1>Titel</h1>{}{offer}</body></html>", sentences(3)), NoArticle::Paywall),
        ("<html><title>Seite nicht gefunden | Bote</title><body><h1>Seite nicht gefunden</h1><p>Die Seite, die Sie suchen, gibt es nicht oder nicht mehr. Vielleicht hilft Ihnen unsere Suche weiter, oder Sie gehen zurück zur Startseite und sehen nach.</p></body></html>".to_string(), NoArticle::Missing),
        ("<html><title>404 - Not Found</title><body><h1>404</h1></body></html>".to_string(), NoArticle::Missing),
        ("<html><title>Just a moment...</title><body><p>Enable JavaScript and cookies to continue</p></body></html>".to_string(), NoArticle::Blocked),
        ("<html><body><ul><li><a href=1>Nur Verweise</a></ul></body></html>".to_string(), NoArticle::Nothing),
        (String::new(), NoArticle::Nothing),
    ] {
        assert_eq!(read(&page).err(), Some(expected), "{page}");
    }
}

#[test]
fn a_whole_article_is_taken_whatever_it_speaks_of() {
    let paid =
        r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>"#;
    let words = "<p>Die Verlage streiten über Cookies, Einwilligung, Tracking und das Pur-Abo, das jederzeit kündbar ist.</p>";
    for page in [
        format!("<html>{paid}<body><h1>Titel</h1>{}</body></html>", sentences(30)),
        format!(
            "<html><title>404 Wohnungen für Wesel</title><body><h1>404 Wohnungen für Wesel</h1>{}</body></html>",
            sentences(6)
        ),
        format!(
            "<html><body><h1>Wartungsarbeiten an der Brücke</h1>{}</body></html>",
            sentences(4)
        ),
        format!(
            "<html><body><h1>Zugriff verweigert: Wie das Amt Akten zurückhält und wer klagt</h1>{}</body></html>",
            sentences(4)
        ),
        format!(
            "<html><title>Streit um Cookies</title><body><h1>Streit um Cookies</h1>{words}{}</body></html>",
            sentences(12)
        ),
        format!(
            "<html><title>500 Euro für jeden</title><body><h1>500 Euro für jeden</h1>{}</body></html>",
            sentences(5)
        ),
    ] {
        assert!(read(&page).is_ok(), "{:?} {page}", read(&page).err());
    }
}

#[test]
fn a_page_does_not_take_another_sites_address() {
    for (link, expected) in [
        ("https://www.bote.example/a/2", "https://www.bote.example/a/2"),
        ("/a/2", "https://bote.example/a/2"),
        (
            "https://anderswo.example/a/2",
            "https://bote.example/politik/artikel-1.html",
        ),
        (
            "https://bote.example/",
            "https://bote.example/politik/artikel-1.html",
        ),
        ("javascript:x", "https://bote.example/politik/artikel-1.html"),
    ] {
        let page = format!(
            "<html><head><link rel=canonical href='{link}'></head><body><h1>Titel</h1>{}</body></html>",
            sentences(5)
        );
        assert_eq!(
            read(&page).expect("an article").url.as_deref(),
            Some(expected),
            "{link}"
        );
    }
}

#[test]
fn a_hostile_page_costs_no_more_than_its_length() {
    for (open, close) in [
        ("<div>", "</div>"),
        ("<p><b>", ""),
        ("<table><tr><td>", ""),
        ("<ul><li>", "</li></ul>"),
        ("<a href=x><article><h2>", ""),
    ] {
        let page = format!(
            "<html><body>{}<p>tief</p>{}</body></html>",
            open.repeat(100_000),
            close.repeat(100_000)
        );
        let _ = read(&page);
    }
    let wide = format!(
        "<h1>Titel</h1>{}",
        "<p>Ein Satz, der nicht endet, weil er immer wieder anfängt.</p>".repeat(12_000)
    );
    let _ = read(&wide);
}

proptest::proptest! {
    #[test]
    fn any_page_is_read(page in "(<(p|div|a|h1|td|li|b|script|/p|/div|/b|br) ?(class=teaser|href=x)?>|[a-zäß .]{1,30}){0,60}") {
        let _ = read(&page);
    }
}
