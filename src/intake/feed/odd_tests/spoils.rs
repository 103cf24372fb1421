//! What befalls feeds on their way, as we know it.

use super::kinds::escaped;

fn wide(text: &str, mark: &str, unit: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    let marked = format!("{mark}{text}");
    marked.encode_utf16().flat_map(unit).collect()
}

fn western(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

pub(super) type Spoil = (&'static str, fn(&str) -> Vec<u8>);

/// What befalls feeds of every kind.
pub(super) const ANY: &[Spoil] = &[
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
pub(super) const XML: &[Spoil] = &[
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
pub(super) const JSON: &[Spoil] = &[
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
