//! The worst that an article, a page or a feed can hold, by every way in: nothing of it is obeyed on any way out.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;
use std::time::Duration;

use beide::article::{Article, Feed};
use beide::library::{Filter, Library};

use crate::support::{Place, run};

/// What stands around each hostile piece, so that there is an article with a figure.
const BEFORE: &str = "Die Brücke über den Fluss kostet rund 40 Millionen Euro, sagte der Minister am Montag.";
const AFTER: &str = "Der Bau dauert drei Jahre und endet 2028, wie die Gemeinde mitteilte.";

/// Each with a name. The sequences are such as beide itself never writes.
fn pieces() -> Vec<(&'static str, String)> {
    let short: &[(&str, &str)] = &[
        ("CSI", "\u{1b}[6n \u{1b}[21t \u{1b}[?1000n"),
        ("OSC title", "\u{1b}]0;übernommen\u{7} \u{1b}]2;x\u{1b}\\"),
        ("OSC clipboard", "\u{1b}]52;c;ZXZpbA==\u{7}"),
        (
            "OSC link",
            "\u{1b}]8;;https://boese.example\u{1b}\\klick\u{1b}]8;;\u{1b}\\",
        ),
        (
            "DCS APC PM SOS",
            "\u{1b}P+q544e\u{1b}\\ \u{1b}_Ga=T\u{1b}\\ \u{1b}^x\u{1b}\\ \u{1b}Xx\u{1b}\\",
        ),
        ("C1", "\u{9b}6n \u{9d}0;x\u{9c} \u{90}q\u{9c} \u{85} \u{8d}"),
        (
            "controls",
            "a\u{0}b\u{7}c\u{8}\u{8}\u{8}d\u{b}e\u{c}f\u{e}g\u{f}h\u{7f}i\u{1a}j",
        ),
        ("line ends", "gut\rböse\u{2028}neu\u{2029}alt\u{85}auch"),
        (
            "bidi",
            "\u{202e}oruE 04\u{202c} \u{2066}x\u{2069} \u{200f}\u{200e}\u{61c} \u{202a}\u{202d}",
        ),
        (
            "unseen",
            "4\u{200b}0\u{200d} \u{feff}Mil\u{2060}lionen\u{180e} \u{e0041}\u{e007f} \u{3164}\u{115f} \u{fe0f}",
        ),
        (
            "broken emoji",
            "\u{1f468}\u{200d}\u{1f469}\u{1f3fb}\u{1f3fb}\u{1f1e9}\u{1f1e9}\u{1f1e9}",
        ),
        (
            "script",
            "<script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>",
        ),
        (
            "closing tags",
            "</p></td></mark></style></title><script>alert(2)</script>",
        ),
        (
            "javascript link",
            "[klick](javascript:alert(1)) <a href=\"javascript:alert(1)\">x</a> ![x](javascript:alert(1))",
        ),
        (
            "entities",
            "&#27;[6n &#x9b;6n &#0; &#x202e; &lt;script&gt;alert(3)&lt;/script&gt;",
        ),
        (
            "path",
            "../../../../etc/passwd /absolut C:\\con \\\\server\\x ~/.ssh",
        ),
        (
            "formula",
            "=HYPERLINK(\"https://boese.example\";\"x\") +1+1 @SUM(1) -2+3",
        ),
        (
            "shell",
            "$(touch gekapert) `touch gekapert` ; touch gekapert | touch gekapert & touch gekapert",
        ),
        ("placeholders", "{count} {title} {why} {{0}} %s %n %1$s"),
        (
            "markdown",
            "| a | b |\n|---|---|\n# Kopf\n---\n```\n- [x] <iframe src=x></iframe>",
        ),
        ("front matter", "---\nid: ../../x\ntitle: \"böse\"\n---"),
        ("query", "title:x OR (((\"lang:xx -\" NOT* ~1 figure:>"),
    ];
    let mut pieces: Vec<(&str, String)> = short
        .iter()
        .map(|(name, text)| (*name, (*text).to_string()))
        .collect();
    pieces.push(("zero widths by the thousand", "\u{200b}".repeat(50_000)));
    pieces.push(("marks by the thousand", format!("a{}", "\u{301}".repeat(50_000))));
    pieces.push(("one long word", "wort".repeat(20_000)));
    pieces.push(("digits", "1".repeat(50_000)));
    pieces.push(("hyphens", "-".repeat(50_000)));
    pieces
}

/// Whether a character may reach a terminal as text.
fn is_harmless(c: char) -> bool {
    match c {
        '\n' => true,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => false,
        '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => false,
        '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}' => false,
        _ => true,
    }
}

/// No letter carries more marks than a terminal can draw.
fn most_marks(text: &str) -> usize {
    text.split(|c| c != '\u{301}')
        .map(|marks| marks.chars().count())
        .max()
        .unwrap_or(0)
}

#[track_caller]
fn is_clean(what: &str, text: &str) {
    if let Some(place) = text.chars().position(|c| !is_harmless(c)) {
        let near: String = text.chars().skip(place.saturating_sub(30)).take(60).collect();
        panic!("{what}: {near:?}");
    }
    assert!(most_marks(text) <= 4, "{what}: {} marks", most_marks(text));
}

/// All articles of a library.
fn articles(library: &Library) -> Vec<Article> {
    let entries = library.headlines(&Filter::default(), None, 1000).expect("a list");
    let whole = |id| library.article(id).expect("read").expect("there");
    entries.iter().map(|entry| whole(&entry.headline.id)).collect()
}

/// Checks all that a library keeps of its articles, of which there must be at least `least`.
#[track_caller]
fn keeps_nothing_hostile(place: &Place, way: &str, least: usize) {
    let articles = articles(&place.library());
    assert!(
        articles.len() >= least,
        "{way}: only {} articles came in",
        articles.len()
    );
    for Article { headline, text } in &articles {
        for line in [&headline.title, &headline.source, &headline.id.0]
            .into_iter()
            .chain(&headline.tags)
            .chain(&headline.url)
        {
            is_clean(way, line);
            assert!(
                !line.contains('\n') && line.chars().count() <= 2100,
                "{way}: {line}"
            );
        }
        is_clean(way, text);
        let web = |url: &String| url.starts_with("http://") || url.starts_with("https://");
        assert!(headline.url.as_ref().is_none_or(web), "{way}: {:?}", headline.url);
    }
}

/// All pieces as lines for `beide import`, hostile in every field.
fn lines() -> String {
    let line = |(number, (_, piece)): (usize, (&str, String))| {
        let url = if number % 2 == 0 {
            "javascript:alert(1)"
        } else {
            "https://a.example/\u{202e}x"
        };
        let short: String = piece.chars().take(500).collect();
        serde_json::json!({
            "id": format!("h{number}"), "title": format!("Brücke {short}"), "url": format!("{url}?{number}"),
            "text": format!("{BEFORE}\n{piece}\n{AFTER}"), "source": format!("Bote {short}"),
            "tags": [short], "note": piece, "lang": if number % 3 == 0 { "nl" } else { "de" },
            "published": "2026-03-05",
        })
        .to_string()
            + "\n"
    };
    pieces().into_iter().enumerate().map(line).collect()
}

#[test]
fn by_files_and_standard_input() {
    for ending in ["txt", "md", "html"] {
        let place = Place::new();
        let folder = place.path("artikel");
        fs::create_dir(&folder).expect("a folder");
        for (number, (_, piece)) in pieces().iter().enumerate() {
            let file = match ending {
                "html" => format!(
                    "<html><head><title>Brücke {number} {piece}</title><meta name=author content='{piece}'></head><body><article>\
                     <h1>Brücke {number} {piece}</h1><p>{BEFORE}</p><p>{BEFORE} {piece}</p><p>{AFTER}</p></article></body></html>"
                ),
                "md" => format!("# Brücke {number} {piece}\n\n{BEFORE}\n\n{piece}\n\n{AFTER}\n"),
                _ => format!("Brücke {number} {piece}\n{BEFORE}\n{piece}\n{AFTER}\n"),
            };
            fs::write(folder.join(format!("{number}.{ending}")), file).expect("a file");
        }
        let added = place.run(&["add", "artikel"]);
        is_clean(ending, &added.out);
        is_clean(ending, &added.err);
        keeps_nothing_hostile(&place, ending, pieces().len() - 3);
    }
    let place = Place::new();
    for (name, piece) in pieces().iter().take(12) {
        let added = run(
            place.command(&["add", "-"]),
            format!("{piece}\n{BEFORE}\n{name} {AFTER}").as_bytes(),
        );
        is_clean(name, &(added.out + &added.err));
    }
    keeps_nothing_hostile(&place, "standard input", 11);
}

#[test]
fn by_json_lines_and_out_by_every_command() {
    let place = Place::new();
    place.file("böse.jsonl", lines());
    let count = pieces().len();
    let imported = place.run(&["import", "böse.jsonl"]);
    is_clean("import", &(imported.out + &imported.err));
    keeps_nothing_hostile(&place, "import", count);
    for words in [
        &["list"][..],
        &["list", "Brücke"],
        &["stories"],
        &["search", "Brücke \u{1b}[6n\u{202e}"],
        &["export", "--format", "markdown"],
        &["export", "--format", "markdown", "--out", "aus"],
        &["compare", "h0", "h5", "h10"],
        &["compare", "h11", "h12", "h13", "--markdown"],
        &["compare", "h11", "h12", "h13", "--html"],
        &["compare", "h6", "h8", "h9", "--html"],
    ] {
        let run = place.run(words);
        assert_eq!(run.status, 0, "{words:?}: {}", run.err);
        is_clean(&format!("{words:?}"), &run.out);
        is_clean(&format!("{words:?}"), &run.err);
        // What stands in front matter is data in quotes, and what stands behind a backslash is text: nothing renders them.
        let rendered = run.out.lines().filter(|line| !line.starts_with(['t', 's', ' ']));
        let rendered = rendered
            .collect::<Vec<_>>()
            .join("\n")
            .replace("\\<", "")
            .replace("\\]", "");
        let mut active = vec![
            "<script",
            "<img",
            "<svg/onload",
            "<iframe",
            "<a href=\"javascript",
        ];
        active.push(if words.contains(&"--html") {
            "href=\"javascript"
        } else {
            "](javascript"
        });
        for tag in active {
            let found = rendered.find(tag).and_then(|at| rendered.get(at..at + 60));
            let plain = !words.iter().any(|word| word.starts_with("--"));
            assert!(plain || found.is_none(), "{words:?}: {found:?}");
        }
    }
    for number in 0..count {
        let shown = place.run(&["show", &format!("h{number}")]);
        assert_eq!(shown.status, 0, "{}", shown.err);
        is_clean("show", &shown.out);
    }
    let mut names: Vec<String> = fs::read_dir(place.path("aus"))
        .expect("the export")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), count, "{names:?}");
    assert!(
        names
            .iter()
            .all(|name| name.ends_with(".md") && !name.starts_with('.')),
        "{names:?}"
    );
    let mut beside: Vec<String> = fs::read_dir(place.dir.path())
        .expect("the folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    beside.sort();
    assert_eq!(
        beside,
        ["aus", "böse.jsonl", "library"],
        "nothing else was written"
    );
    // What was exported comes back as it was.
    let exported = place.run(&["export"]);
    let other = Place::new();
    run(other.command(&["import", "-"]), exported.out.as_bytes()).check(0, &["new"], &[]);
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&other.run(&["export"]).out), sorted(&exported.out));
}

#[test]
fn figures_of_hostile_texts() {
    let place = Place::new();
    for (name, piece) in pieces() {
        let text = format!("{BEFORE}\nEs sind 40 {piece}Millionen{piece} Euro.\n{AFTER}");
        let figures = run(place.command(&["figures", "--lang", "de"]), text.as_bytes());
        let refused = figures.err.contains("is not text") && piece.contains('\0');
        assert!(figures.status == 0 || refused, "{name}: {}", figures.err);
        is_clean(name, &(figures.out + &figures.err));
    }
}

/// Serves one body to everyone who asks, and the address.
fn serve(kind: &'static str, body: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback");
    let url = format!("http://{}/x", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
            );
        }
    });
    url
}

/// Fetches feeds with these bodies in one sync; what it says is clean, and each feed does what it can.
#[track_caller]
fn synced(bodies: Vec<String>) -> (Place, String) {
    let place = Place::new();
    let feeds: Vec<Feed> = bodies
        .into_iter()
        .map(|body| Feed {
            url: serve("application/rss+xml", body),
            ..Feed::default()
        })
        .collect();
    place.library().subscribe(&feeds).expect("subscribed");
    let run = place.run(&["sync"]);
    assert!(run.status == 0 || run.status == 1, "{run:?}");
    let said = run.out + &run.err;
    is_clean("sync", &said);
    is_clean("feeds", &place.run(&["feeds"]).out);
    (place, said)
}

#[test]
fn by_feeds() {
    let item = |(number, (_, piece)): (usize, (&str, String))| {
        format!(
            "<item><title><![CDATA[Brücke {number} {piece}]]></title><guid>{number}</guid><link>javascript:alert({number})</link>\
             <author><![CDATA[{piece}]]></author><category><![CDATA[{piece}]]></category>\
             <description><![CDATA[<p>{BEFORE}</p><p>{piece}</p><p>{AFTER}</p>]]></description></item>"
        )
    };
    let items: String = pieces().into_iter().enumerate().map(item).collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title><![CDATA[Bote \u{1b}]0;x\u{7}\u{202e}]]></title>{items}</channel></rss>"
    );
    let laughs: String = (1..12)
        .map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)))
        .collect();
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"ha\">{laughs}<!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
         <rss version=\"2.0\"><channel><title>x</title><item><title>Bombe &a11; &f;</title><guid>b</guid><description>&a11; {BEFORE}</description></item></channel></rss>"
    );
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(100_000));
    let deep_item = format!(
        "<rss version=\"2.0\"><channel><title>Tief</title><item><title>Tief</title><guid>t</guid><description><![CDATA[{}{BEFORE}]]></description></item></channel></rss>",
        "<div>".repeat(100_000)
    );
    let (place, said) = synced(vec![feed, bomb, deep, deep_item]);
    keeps_nothing_hostile(&place, "feed", pieces().len() - 3);
    for article in articles(&place.library()) {
        assert!(
            !article.text.contains("root:"),
            "no file is read for a feed: {said}"
        );
        assert!(article.text.len() <= 1_000_000);
    }
}

#[test]
fn pages_as_deep_and_texts_as_long_as_can_be() {
    let place = Place::new();
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        format!(
            "<html><body><article><h1>Brücke</h1><p>{BEFORE}</p>{open}<p>{BEFORE} {AFTER}</p>{close}<p>{AFTER}</p></article></body></html>"
        )
    };
    for (name, file) in [
        ("div.html", deep("<div>", "</div>")),
        ("offen.html", deep("<b><i>", "")),
        ("tabelle.html", deep("<table><tr><td>", "</td></tr></table>")),
        ("liste.html", deep("<ul><li>", "</li></ul>")),
        (
            "zitat.md",
            format!("# Brücke\n\n{} {BEFORE}\n", ">".repeat(100_000)),
        ),
        (
            "liste.md",
            format!("# Brücke\n\n{}{BEFORE}\n", "- ".repeat(50_000)),
        ),
        (
            "klammern.md",
            format!("# Brücke\n\n{}{BEFORE}\n", "[".repeat(100_000)),
        ),
        (
            "stern.md",
            format!("# Brücke\n\n{}{BEFORE}\n", "*a **b ".repeat(50_000)),
        ),
        ("zeile.txt", format!("Brücke lang\n{}", "wort ".repeat(2_000_000))),
        (
            "wort.txt",
            format!("Brücke ein Wort\n{}", "wort".repeat(2_500_000)),
        ),
        (
            "marken.txt",
            format!("Brücke Marken\n{BEFORE} a{}", "\u{301}".repeat(1_000_000)),
        ),
        (
            "leerzeichen.txt",
            format!("Brücke leer\n{}{BEFORE}", " ".repeat(5_000_000)),
        ),
        (
            "zeilen.txt",
            format!("Brücke Zeilen\n{}{BEFORE}", "\n".repeat(5_000_000)),
        ),
    ] {
        place.file(name, file);
        let added = place.run(&["add", name]);
        assert!(
            added.status == 0 || added.status == 1 && added.err.contains("hint:"),
            "{name}: {added:?}"
        );
        is_clean(name, &(added.out + &added.err));
    }
    keeps_nothing_hostile(&place, "deep", 6);
    for Article { headline, text } in articles(&place.library()) {
        assert!(text.len() <= 1_000_000, "{}", headline.title);
        let shown = place.run(&["show", &headline.id.0]);
        is_clean(&headline.title, &shown.out);
    }
    // Nested too deeply for anyone's reader: refused in plain words.
    place.file(
        "tief.jsonl",
        format!("{{\"text\":\"x\",\"weiteres\":{}", "[".repeat(200_000)),
    );
    place
        .run(&["import", "tief.jsonl"])
        .check(1, &["1 failed"], &["line 1", "hint:"]);
}

/// What reached a terminal, without what the reader itself sends: positions, styles, modes.
fn without_own_sequences(seen: &str) -> String {
    let mut rest = String::with_capacity(seen.len());
    let mut chars = seen.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' || chars.peek() != Some(&'[') {
            rest.push(c);
            continue;
        }
        let mut sequence = String::from(c);
        for c in chars.by_ref() {
            sequence.push(c);
            if c != '[' && ('@'..='~').contains(&c) {
                break;
            }
        }
        if !sequence.ends_with(['H', 'm', 'h', 'l', 'J', 'K', 'A', 'B', 'C', 'D', 'X']) {
            rest.push_str(&sequence);
        }
    }
    rest
}

#[test]
fn on_the_screens_of_the_reader() {
    let place = Place::new();
    place.file("böse.jsonl", lines());
    place.run(&["import", "böse.jsonl"]).check(0, &["new"], &[]);
    let mut reader = place.terminal(40, 120, &[]);
    reader.wait_for("27 articles");
    for keys in [
        "t",
        "jjjjjj",
        "\r",
        "]]}}",
        "+",
        "v",
        "?",
        "\u{1b}",
        "\u{1b}",
        "t",
        "jjjjjjjjj\r",
        "\u{1b}",
        "/Brücke",
        "\r",
        "\u{1b}",
        "\u{1b}",
        ":",
        "\u{1b}",
        "jjjj*",
    ] {
        reader.press(keys);
        reader.watch(Duration::from_millis(250));
    }
    reader.press("\u{3}");
    let (status, seen) = reader.end();
    assert_eq!(status, 0);
    let seen = String::from_utf8(seen).expect("whole characters");
    // The reader itself asks the terminal what its background is.
    let seen = seen.replace("\u{1b}]11;?\u{1b}\\", "");
    let text = without_own_sequences(&seen).replace(['\r', '\u{8}'], "");
    is_clean("the reader", &text);
}
