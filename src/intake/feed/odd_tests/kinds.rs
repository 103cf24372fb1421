//! The same four items in every kind of feed.

pub(super) const TITLES: [&str; 4] = [
    "Brücke über den Rhein gesperrt",
    "Minister: 3,5 Prozent mehr für Straßen",
    "Drie miljard euro voor dijken",
    "Rathaus „wird saniert“",
];

/// An item by its number, from 0.
struct Told {
    title: &'static str,
    link: String,
    text: &'static str,
    date: &'static str,
    day: &'static str,
}

fn told(number: usize) -> Told {
    Told {
        title: TITLES[number],
        link: format!("https://bote.example/artikel/{number}"),
        text: [
            "<p>Die Stadt sperrt die Brücke für drei Monate.</p>",
            "Mehr Geld für den Straßenbau.",
            "De dijken worden versterkt.",
            "Das Rathaus bekommt ein neues Dach.",
        ][number],
        date: [
            "Mon, 24 Feb 2025 10:30:00 +0100",
            "Mo, 24 Feb 2025 09:00:00 MEZ",
            "di 25 feb. 2025 21:00:00 CET",
            "25.02.2025 10:30",
        ][number],
        day: "2025-02-24T10:30:00+01:00",
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn all(item: impl Fn(Told) -> String) -> String {
    (0..TITLES.len()).map(|number| item(told(number))).collect()
}

fn rss(version: &str, more: &str, item: impl Fn(Told) -> String) -> String {
    let items = all(item);
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss{version}{more}><channel><title>Der Bote</title>\
         <link>https://bote.example/</link><description>Alles</description>{items}</channel></rss>"
    )
}

fn plain(told: Told) -> String {
    let Told {
        title,
        link,
        text,
        date,
        ..
    } = told;
    let text = escaped(text);
    format!(
        "<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{date}</pubDate>\
         <description>{text}</description></item>\n"
    )
}

/// Every kind of feed, with its name.
pub(super) fn kinds() -> Vec<(&'static str, String)> {
    let rdf = |namespace: &str| {
        let items = all(|told| {
            format!(
                "<item rdf:about=\"{}\"><title>{}</title><link>{}</link><description>{}</description><dc:date>{}</dc:date></item>",
                told.link,
                told.title,
                told.link,
                escaped(told.text),
                told.day
            )
        });
        format!(
            "<?xml version=\"1.0\"?><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns=\"{namespace}\"><channel rdf:about=\"x\"><title>Der Bote</title></channel>{items}</rdf:RDF>"
        )
    };
    let atom = |prefix: &str, head: &str, text: &dyn Fn(&Told) -> String| {
        let items = all(|told| {
            let text = text(&told);
            let Told { title, link, day, .. } = told;
            format!(
                "<p:entry><p:title>{title}</p:title><p:id>{link}</p:id><p:link rel=\"alternate\" href=\"{link}\"/>\
                 <p:updated>{day}</p:updated>{text}</p:entry>"
            )
        });
        format!("<?xml version=\"1.0\"?><p:feed {head}><p:title>Der Bote</p:title>{items}</p:feed>")
            .replace("p:", prefix)
    };
    let html = |told: &Told| format!("<p:content type=\"html\">{}</p:content>", escaped(told.text));
    let xhtml = |told: &Told| {
        format!(
            "<p:content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">{}</div></p:content>",
            told.text
        )
    };
    let atom1 = "xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"";
    let json = |version: &str, id: &dyn Fn(usize) -> String| {
        let items: Vec<String> = (0..TITLES.len())
            .map(|number| {
                let Told { title, link, text, day, .. } = told(number);
                format!(
                    "{{\"id\":{},\"url\":\"{link}\",\"title\":\"{title}\",\"content_html\":\"{text}\",\"date_published\":\"{day}\"}}",
                    id(number)
                )
            })
            .collect();
        let items = items.join(",\n");
        format!("{{\"version\":\"{version}\",\"title\":\"Der Bote\",\"items\":[\n{items}\n]}}")
    };
    let itunes = " xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" xmlns:media=\"http://search.yahoo.com/mrss/\"";
    let content = " xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"";
    vec![
        ("rss 0.91", rss(" version=\"0.91\"", "", plain)),
        ("rss 0.92", rss(" version=\"0.92\"", "", plain)),
        ("rss 0.93", rss(" version=\"0.93\"", "", plain)),
        ("rss 2.0", rss(" version=\"2.0\"", "", plain)),
        ("rss without version", rss("", "", plain)),
        (
            "rss 2.0 in a namespace",
            rss(
                " version=\"2.0\"",
                " xmlns=\"http://backend.userland.com/rss2\"",
                plain,
            ),
        ),
        ("rss 0.90", rdf("http://my.netscape.com/rdf/simple/0.9/")),
        ("rss 1.0", rdf("http://purl.org/rss/1.0/")),
        (
            "atom 0.3",
            atom("", "version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"", &html),
        ),
        ("atom 1.0", atom("", atom1, &html)),
        ("atom with xhtml", atom("", atom1, &xhtml)),
        (
            "atom with a prefix",
            atom("atom:", "xmlns:atom=\"http://www.w3.org/2005/Atom\"", &html),
        ),
        (
            "json 1",
            json("https://jsonfeed.org/version/1", &|number| {
                format!("\"{number}\"")
            }),
        ),
        (
            "json 1.1 with numbers",
            json("https://jsonfeed.org/version/1.1", &|number| number.to_string()),
        ),
        (
            "content:encoded in CDATA",
            rss(" version=\"2.0\"", content, |told| {
                format!(
                    "<item><title><![CDATA[{}]]></title><link>{}</link><dc:creator>A</dc:creator>\
                     <content:encoded><![CDATA[{}]]></content:encoded></item>",
                    told.title, told.link, told.text
                )
            }),
        ),
        (
            "podcast",
            rss(" version=\"2.0\"", itunes, |told| {
                format!(
                    "<item><itunes:title>{}</itunes:title><guid isPermaLink=\"false\">{}</guid>\
                     <enclosure url=\"{}.mp3\" length=\"1\" type=\"audio/mpeg\"/><itunes:summary>{}</itunes:summary></item>",
                    told.title,
                    told.link,
                    told.link,
                    escaped(told.text)
                )
            }),
        ),
        (
            "one address for all",
            rss(" version=\"2.0\"", "", |told| {
                format!(
                    "<item><title>{}</title><link>https://bote.example/ticker</link></item>",
                    told.title
                )
            }),
        ),
        (
            "one guid for all",
            rss(" version=\"2.0\"", "", |told| {
                format!(
                    "<item><title>{}</title><guid isPermaLink=\"false\">0</guid></item>",
                    told.title
                )
            }),
        ),
        (
            "titles alone",
            rss(" version=\"2.0\"", "", |told| {
                format!("<item><title>{}</title></item>", told.title)
            }),
        ),
        (
            "texts alone",
            rss(" version=\"2.0\"", "", |told| {
                format!("<item><description>{}.</description></item>", told.title)
            }),
        ),
        (
            "capitals",
            rss(" version=\"2.0\"", "", plain)
                .replace("item>", "ITEM>")
                .replace("title>", "TITLE>"),
        ),
        (
            "a channel definition",
            format!(
                "<?xml version=\"1.0\"?><CHANNEL HREF=\"https://bote.example/\"><TITLE>Der Bote</TITLE>{}</CHANNEL>",
                all(|told| format!(
                    "<ITEM HREF=\"{}\" LASTMOD=\"{}\"><TITLE>{}</TITLE><ABSTRACT>{}</ABSTRACT></ITEM>",
                    told.link,
                    told.day,
                    told.title,
                    escaped(told.text)
                ))
            ),
        ),
    ]
}
