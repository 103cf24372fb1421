//! Articles as Markdown that `add` reads back, and names for their files.

use std::fmt::Write;

use super::claims::{cell, head, lone, paragraphs, shared, sign, topic, verdict};
use super::note::{note, number};
use crate::article::{Article, Headline, Language, Published, fingerprint};
use crate::compare::Comparison;
use crate::locale::Locale;

/// An article as a Markdown file with front matter; its text is escaped, so that it reads back as it is.
pub fn markdown(article: &Article) -> String {
    let headline = &article.headline;
    let mut file = String::from("---\n");
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(file, "{name}: {value}");
        }
    };
    field("id", &headline.id.0);
    field("title", &quoted(&headline.title));
    field("source", &headline.source);
    field("author", &headline.author);
    field("url", headline.url.as_deref().unwrap_or_default());
    field("date", headline.published.as_ref().map_or("", Published::as_str));
    field("lang", headline.language.map_or("", Language::code));
    field(
        "tags",
        &headline
            .tags
            .iter()
            .map(|tag| format!("\n  - {}", quoted(tag)))
            .collect::<String>(),
    );
    file.push_str("---\n\n");
    for line in article.text.lines().filter(|line| !line.trim().is_empty()) {
        escape(line.trim(), &mut file);
        file.push_str("\n\n");
    }
    file.truncate(file.trim_end().len());
    file.push('\n');
    file
}

/// A comparison as Markdown: the articles, their claims as a table, the passages that say the same.
pub fn comparison_markdown(articles: &[Article], comparison: &Comparison, locale: &Locale) -> String {
    let mut page = String::new();
    let title = articles.first().map_or("", |article| &article.headline.title);
    let _ = writeln!(page, "# {}\n", escaped(title));
    for (place, article) in articles.iter().enumerate() {
        let address = article
            .headline
            .url
            .as_ref()
            .map(|url| format!(" <{url}>"))
            .unwrap_or_default();
        let _ = writeln!(
            page,
            "- {}: {}{address}",
            escaped(&head(place, article)),
            escaped(&article.headline.title)
        );
    }
    claims(articles, comparison, locale, &mut page);
    passages(articles, comparison, locale, &mut page);
    page
}

/// The head of a table's columns, one an article.
fn numbers(articles: &[Article]) -> String {
    let places = 0..articles.len();
    places.map(|place| format!(" {} |", number(place))).collect()
}

fn claims(articles: &[Article], comparison: &Comparison, locale: &Locale, page: &mut String) {
    let title = locale.text("claims.title");
    let _ = writeln!(page, "\n## {title}\n\n| | {title} |{}", numbers(articles));
    let _ = writeln!(page, "|---|---|{}", "---|".repeat(articles.len()));
    for claim in shared(comparison).chain(lone(comparison)) {
        let cells: String = (0..articles.len())
            .map(|place| format!(" {} |", escaped(&cell(claim, place, articles))))
            .collect();
        let reason = claim.reason.as_ref().map(|reason| note(reason, locale));
        let reason = reason.map_or_else(String::new, |reason| format!(" ({})", escaped(&reason)));
        let _ = writeln!(
            page,
            "| {} {} | {}{reason} |{cells}",
            sign(claim.verdict),
            verdict(claim, locale),
            escaped(&topic(claim))
        );
    }
}

fn passages(articles: &[Article], comparison: &Comparison, locale: &Locale, page: &mut String) {
    if comparison.passages.is_empty() {
        return;
    }
    let (title, rule) = (locale.text("export.passages"), "---|".repeat(articles.len()));
    let _ = writeln!(page, "\n## {title}\n\n|{}\n|{rule}", numbers(articles));
    for passage in &comparison.passages {
        let cells = articles.iter().enumerate().map(|(place, article)| {
            let words = passage
                .cells
                .get(place)
                .map(|cell| paragraphs(cell, article))
                .unwrap_or_default();
            let words: Vec<String> = words.into_iter().map(escaped).collect();
            format!(" {} |", words.join("<br>"))
        });
        let _ = writeln!(page, "|{}", cells.collect::<String>());
    }
}

/// Text so that none of its characters is taken for a mark.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    escape(text, &mut shown);
    shown
}

/// A value that YAML takes for text whatever it looks like.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Writes a line so that none of its characters is taken for a mark.
fn escape(line: &str, file: &mut String) {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    for (number, c) in line.chars().enumerate() {
        let opens = number == 0 && matches!(c, '#' | '>' | '-' | '+' | '=' | '~' | '|' | ':')
            || digits > 0 && number == digits && matches!(c, '.' | ')');
        if opens
            || matches!(
                c,
                '*' | '_' | '`' | '[' | ']' | '<' | '\\' | '&' | '!' | '|' | '~'
            )
        {
            file.push('\\');
        }
        file.push(c);
    }
}

/// A file's name for an article, without its ending: its day, its title, its key; letters, digits and dashes only.
pub fn file_name(headline: &Headline) -> String {
    let day = headline.published.as_ref().map_or("", Published::as_str);
    let id = plain(&headline.id.0);
    let mut parts = vec![
        plain(day.get(..10).unwrap_or(day)),
        plain(&headline.title),
        id.clone(),
    ];
    // Other ids may look the same in small letters and without signs.
    if id != headline.id.0 {
        parts.push(format!("{:016x}", fingerprint(&[&headline.id.0])));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("-")
}

/// The words of a name in small letters, without anything that leads to another folder, in at most eighty bytes.
fn plain(name: &str) -> String {
    let mut plain = String::new();
    for word in name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !plain.is_empty() {
            plain.push('-');
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            // File systems take names of 255 bytes.
            if plain.len() + c.len_utf8() > 80 {
                return plain;
            }
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;

    fn article(title: &str, text: &str) -> Article {
        let headline = Headline {
            id: ArticleId(String::from("k-1")),
            title: title.to_string(),
            source: String::from("Bote: Linz"),
            author: String::from("Ans de Vries, Ole Deich"),
            language: Some(Language::German),
            published: Published::parse("2024-03-05T10:00:00Z"),
            url: Some(String::from("https://b.example/1")),
            tags: vec![String::from("Bau")],
        };
        Article {
            headline,
            text: text.to_string(),
        }
    }

    #[test]
    fn an_article_is_a_file_with_front_matter() {
        let file = markdown(&article(
            "Brücke: \"fertig\"",
            "Sie ist *lang*.\n- Punkt\n3. März",
        ));
        let expected = "---\nid: k-1\ntitle: \"Brücke: \\\"fertig\\\"\"\nsource: Bote: Linz\nauthor: Ans de Vries, Ole Deich\nurl: https://b.example/1\n\
                        date: 2024-03-05T10:00:00Z\nlang: de\ntags: \n  - \"Bau\"\n---\n\n\
                        Sie ist \\*lang\\*.\n\n\\- Punkt\n\n3\\. März\n";
        assert_eq!(file, expected);
    }

    #[test]
    fn a_file_name_leads_nowhere_else() {
        for (title, expected) in [
            ("Brücke fertig!", "2024-03-05-brücke-fertig-k1"),
            ("../../etc/passwd", "2024-03-05-etc-passwd-k1"),
            ("C:\\con", "2024-03-05-c-con-k1"),
            ("…", "2024-03-05-k1"),
        ] {
            let mut headline = article(title, "").headline;
            headline.id = ArticleId(String::from("k1"));
            assert_eq!(file_name(&headline), expected, "{title}");
        }
    }

    #[test]
    fn no_two_articles_have_one_file() {
        let name = |id: &str| {
            let mut headline = article(&"長い題".repeat(100), "").headline;
            headline.id = ArticleId(id.to_string());
            file_name(&headline)
        };
        let long = "x".repeat(200);
        let ids = [
            "k-1",
            "k1",
            "K1",
            "k:1",
            "k.1",
            &long,
            &format!("{long}y"),
            "長",
            "../k1",
        ];
        let names: std::collections::BTreeSet<String> = ids.into_iter().map(name).collect();
        assert_eq!(names.len(), ids.len(), "{names:?}");
        assert!(names.iter().all(|name| name.len() < 250), "{names:?}");
    }

    #[test]
    fn a_comparison_is_a_page() {
        let (articles, comparison) = crate::export::testing::bridges();
        let page = comparison_markdown(&articles, &comparison, &Locale::new(Language::English));
        let expected = "# Brücke\n\n- ① de · Bote · 2024-03-05: Brücke\n- ② nl: Brug\n\n## Claims\n\n| | Claims | ① | ② |\n\
                        |---|---|---|---|\n| ✗ conflict | Brücke · Meter (25 % apart) | 400 Meter | 500 meter |\n\n\
                        ## Passages that say the same\n\n| ① | ② |\n|---|---|\n\
                        | Sie ist 400 Meter lang. | Ze is 500 meter lang. |\n";
        assert_eq!(page, expected);
    }
}
