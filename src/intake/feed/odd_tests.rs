//! Feeds of every kind, spoilt in every way we know of, and at random: none may panic, none may lose what is whole.

use super::*;
use proptest::prelude::*;

const TITLES: [&str; 4] = [
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

fn escaped(text: &str) -> String {
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
fn kinds() -> Vec<(&'static str, String)> {
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

fn wide(text: &str, mark: &str, unit: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("{mark}{text}");
    marked.encode_utf16().flat_map(unit).collect()
}

fn western(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

type Spoil = (&'static str, fn(&str) -> Vec<u8>);

/// What befalls feeds of every kind.
const ANY: &[Spoil] = &[
    ("as it is", |feed| feed.into()),
    ("a byte order mark", |feed| format!("\u{feff}{feed}").into()),
    ("two byte order marks", |feed| {
        format!("\u{feff}\u{feff}{feed}").into()
    }),
    ("UTF-16, little", |feed| wide(feed, "\u{feff}", u16::to_le_bytes)),
    ("UTF-16, big", |feed| wide(feed, "\u{feff}", u16::to_be_bytes)),
    ("UTF-16 without its mark", |feed| wide(feed, "", u16::to_le_bytes)),
    ("UTF-16, big, without its mark", |feed| {
        wide(feed, "", u16::to_be_bytes)
    }),
    ("UTF-32", |feed| {
        format!("\u{feff}{feed}")
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect()
    }),
    ("blanks before it", |feed| format!("\r\n \t\n{feed}").into()),
    ("blanks behind it", |feed| format!("{feed}\n\n  \n").into()),
    ("ends of lines of old", |feed| feed.replace('\n', "\r").into()),
    ("ends of lines of Windows", |feed| {
        feed.replace('\n', "\r\n").into()
    }),
    ("zeros behind it", |feed| {
        format!("{feed}{}", "\0".repeat(2000)).into()
    }),
    ("zeros in it", |feed| feed.replace("Bote", "B\0o\0te").into()),
    ("windows-1252", western),
];

/// What befalls feeds in XML.
const XML: &[Spoil] = &[
    ("no prolog", |feed| {
        feed.split_once("?>").map_or(feed, |(_, rest)| rest).into()
    }),
    ("two prologs", |feed| {
        format!("<?xml version=\"1.0\"?>{feed}").into()
    }),
    ("a wrong encoding", |feed| {
        feed.replace(
            "<?xml version=\"1.0\"",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"",
        )
        .into()
    }),
    ("another wrong encoding", |feed| {
        feed.replace("utf-8", "iso-8859-1").into()
    }),
    ("an encoding nobody knows", |feed| {
        feed.replace("utf-8", "x-klingon").into()
    }),
    ("XML 1.1", |feed| {
        feed.replace("?xml version=\"1.0\"", "?xml version=\"1.1\"")
            .into()
    }),
    ("a warning of PHP", |feed| {
        format!(
            "<br />\n<b>Warning</b>:  mysql_connect() in <b>/www/feed.php</b> on line <b>3</b><br />\n{feed}"
        )
        .into()
    }),
    ("a long warning", |feed| {
        format!("<p>{}</p>\n{feed}", "Notice: Undefined index. ".repeat(300)).into()
    }),
    ("words before it", |feed| format!("Cache: HIT\n{feed}").into()),
    ("a comment before it", |feed| {
        format!("<!-- generator -- v2 -->{feed}").into()
    }),
    ("a comment behind it", |feed| {
        format!("{feed}<!-- cached at 10:30").into()
    }),
    ("a script behind it", |feed| {
        format!("{feed}<script>var a = '<item>';</script>").into()
    }),
    ("within a page", |feed| {
        format!("<html><body>{feed}</body></html>").into()
    }),
    ("within a page, far down", |feed| {
        format!(
            "<!DOCTYPE html><html><head><style>{}</style></head><body>{feed}</body></html>",
            "p{} ".repeat(900)
        )
        .into()
    }),
    ("as a page shows it", |feed| {
        format!(
            "<!DOCTYPE html><html><body><pre>{}</pre></body></html>",
            escaped(feed)
        )
        .into()
    }),
    ("a style sheet", |feed| {
        feed.replacen("?>", "?><?xml-stylesheet href=\"a.xsl\"?>", 1)
            .into()
    }),
    ("a document type with entities", |feed| {
        feed.replacen("?>", "?><!DOCTYPE rss [<!ENTITY bote \"Bote\">]>", 1)
            .replace("Der Bote", "Der &bote;")
            .into()
    }),
    ("a bare ampersand", |feed| {
        feed.replace("Der Bote", "Bote & Co").into()
    }),
    ("an entity nobody declared", |feed| {
        feed.replace("Der Bote", "Der&nbsp;Bote&hellip; &foo;").into()
    }),
    ("a bare sign", |feed| {
        feed.replace("Der Bote", "Bote < 3 > 2").into()
    }),
    ("a bare sign in texts", |feed| {
        feed.replace("Monate", "Monate < 4").into()
    }),
    ("controls", |feed| feed.replace("Bote", "Bo\u{1}te\u{8}").into()),
    ("references to controls", |feed| {
        feed.replace("Bote", "Bote&#1;&#x1F;&#0;").into()
    }),
    ("no namespaces", |feed| {
        let mut kept = String::new();
        for (place, part) in feed.split(" xmlns").enumerate() {
            let rest = if place == 0 {
                part
            } else {
                part.splitn(3, '"').nth(2).unwrap_or("")
            };
            kept.push_str(rest);
        }
        kept.into()
    }),
    ("wrong namespaces", |feed| {
        feed.replace("=\"http://", "=\"http://www.example/").into()
    }),
    ("attributes without quotes", |feed| {
        feed.replace("version=\"2.0\"", "version=2.0").into()
    }),
    ("no end", |feed| {
        feed.trim_end_matches("</rdf:RDF>")
            .trim_end_matches("</rss>")
            .trim_end_matches("</channel>")
            .trim_end_matches("</feed>")
            .into()
    }),
    ("ends that do not match", |feed| {
        feed.replace("</channel>", "</chanel>")
            .replace("</feed>", "</fead>")
            .into()
    }),
    ("a stray end", |feed| {
        feed.replace("</item>", "</item></div>")
            .replace("</entry>", "</entry></p>")
            .into()
    }),
    ("empty items between", |feed| {
        feed.replace("</item>", "</item><item/><item></item>").into()
    }),
    ("a broken byte", |feed| {
        let mut bytes = feed.as_bytes().to_vec();
        let at = feed.find("Bote").unwrap_or(0);
        bytes.insert(at, 0xff);
        bytes
    }),
    ("quotes of Windows", |feed| {
        let mut bytes = feed.as_bytes().to_vec();
        let at = feed.find("Bote").unwrap_or(0);
        bytes.splice(at..at, [0x93, 0x94]);
        bytes
    }),
    ("cut off behind the items", |feed| {
        let end = feed
            .rfind("</item>")
            .or_else(|| feed.rfind("</entry>"))
            .or_else(|| feed.rfind("</ITEM>"));
        let end = end.or_else(|| feed.rfind("</atom:entry>")).unwrap_or(feed.len());
        feed.get(..end).unwrap_or(feed).into()
    }),
    ("a marked section in a marked section", |feed| {
        feed.replace("Das Rathaus", "<![CDATA[ <![CDATA[ Das ]]> Rathaus ]]>")
            .into()
    }),
];

/// What befalls feeds in JSON.
const JSON: &[Spoil] = &[
    ("a guard before it", |feed| format!(")]}}',\n{feed}").into()),
    ("a call around it", |feed| format!("callback({feed});").into()),
    ("commas too many", |feed| {
        feed.replace("\"}", "\",}").replace("}\n]", "},\n]").into()
    }),
    ("line ends in texts", |feed| {
        feed.replace("gesperrt", "gesperrt\n").into()
    }),
    ("no end", |feed| {
        feed.trim_end_matches('}').trim_end().trim_end_matches(']').into()
    }),
    ("another version", |feed| {
        feed.replace("jsonfeed.org/version/", "x.example/").into()
    }),
];

fn address() -> Url {
    Url::parse("https://bote.example/feed").expect("an address")
}

fn titles(bytes: &[u8]) -> Vec<String> {
    let feed = read_feed(bytes, None, &address());
    let articles = feed.map(|feed| feed.articles).unwrap_or_default();
    articles
        .into_iter()
        .map(|intake| intake.article.headline.title)
        .collect()
}

#[test]
fn every_kind_of_feed_yields_its_items_whatever_befell_it() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (kind, feed) in kinds() {
        let own = if kind.starts_with("json") { JSON } else { XML };
        for (what, spoil) in ANY.iter().chain(own) {
            count += 1;
            let titles = titles(&spoil(&feed));
            let has = |wanted: &str| titles.iter().any(|title| title.trim_end_matches('.') == wanted);
            if titles.len() != TITLES.len() || !TITLES.iter().all(|wanted| has(wanted)) {
                wrong.push(format!("{kind}, {what}: {titles:?}"));
            }
        }
    }
    assert!(count > 900, "{count}");
    assert!(
        wrong.is_empty(),
        "{} of {count}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn an_item_may_say_little() {
    for (item, title) in [
        (
            "<author>redaktion@bote.example</author>",
            "redaktion@bote.example",
        ),
        ("<guid>17</guid>", "17"),
        ("<link>https://bote.example/a</link>", "https://bote.example/a"),
        (
            "<enclosure url='https://bote.example/a.mp3'/>",
            "https://bote.example/a.mp3",
        ),
        (
            "<comments>https://bote.example/k</comments>",
            "https://bote.example/k",
        ),
        ("<category>Lokales</category>", "Lokales"),
        (
            "<pubDate>Mon, 24 Feb 2025 10:30:00 GMT</pubDate>",
            "Mon, 24 Feb 2025 10:30:00 GMT",
        ),
        (
            "<media:content url='https://bote.example/a.jpg'><media:title>Bild</media:title></media:content>",
            "Bild",
        ),
    ] {
        let feed =
            format!("<rss version=\"2.0\"><channel><title>Bote</title><item>{item}</item></channel></rss>");
        assert_eq!(titles(feed.as_bytes()), [title], "{item}");
    }
}

#[test]
fn a_feed_without_items_is_a_feed() {
    for feed in [
        "<rss version=\"2.0\"><channel><title>Bote & Co</title></channel></rss>",
        "<rss><channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Bote</title></feed>",
        "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"Bote\",\"items\":[]}",
    ] {
        let read = read_feed(feed.as_bytes(), None, &address());
        assert!(read.is_ok_and(|feed| feed.articles.is_empty()), "{feed}");
    }
}

/// How a feed is damaged: from this byte on, in this way.
#[derive(Clone, Debug)]
enum Damage {
    Cut,
    Bytes(Vec<u8>),
    Leap(usize),
    Insert(Vec<u8>),
}

fn damaged(feed: &[u8], at: usize, damage: &Damage) -> Vec<u8> {
    let (before, after) = feed.split_at(at);
    let mut bytes = before.to_vec();
    match damage {
        Damage::Cut => {}
        Damage::Bytes(others) => {
            bytes.extend(others);
            bytes.extend(after.iter().skip(others.len()));
        }
        Damage::Leap(by) => bytes.extend(after.iter().skip(*by)),
        Damage::Insert(others) => {
            bytes.extend(others);
            bytes.extend(after);
        }
    }
    bytes
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let tags = prop::sample::select(vec![
        "<",
        "</item>",
        "<item>",
        "<!--",
        "<![CDATA[",
        "]]>",
        "&",
        "\"",
        "</rss>",
        "{",
        "]",
        "<p",
        "\0",
    ]);
    prop_oneof![
        Just(Damage::Cut),
        prop::collection::vec(any::<u8>(), 1..8).prop_map(Damage::Bytes),
        (1_usize..300).prop_map(Damage::Leap),
        prop::collection::vec(any::<u8>(), 1..20).prop_map(Damage::Insert),
        tags.prop_map(|tag| Damage::Insert(tag.into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]
    #[test]
    fn what_is_whole_before_the_damage_is_not_lost(
        kind in 0_usize..22, place in 0.0_f64..1.0, damage in any_damage(),
    ) {
        let (name, feed) = kinds().swap_remove(kind);
        let at = (feed.len() as f64 * place) as usize;
        let found = titles(&damaged(feed.as_bytes(), at, &damage));
        for (number, title) in TITLES.iter().enumerate() {
            let next = TITLES.get(number + 1).and_then(|next| feed.find(next)).unwrap_or(feed.len());
            // The start of the next item ends this one, and is whole long before its title.
            let before = feed.get(..next).unwrap_or_default();
            let whole = before.rfind("tem>").or_else(|| before.rfind("entry>")).or_else(|| before.rfind('}'));
            if whole.is_some_and(|end| end + 6 < at) && number + 1 < TITLES.len() {
                let kept = found.iter().any(|one| one.trim_end_matches('.') == *title);
                prop_assert!(kept, "{name} {damage:?} at {at} lost {title}: {found:?}");
            }
        }
    }
}
