//! Which articles are of one origin: of one agency, or with long wording in common.

use crate::article::Article;
use crate::text::{Shingles, agency};

/// For each article the number of its origin, counted from 0 in the order of the articles.
///
/// What two articles took from one agency is one witness, not two.
pub fn origins(articles: &[Article]) -> Vec<usize> {
    let marks: Vec<Option<&str>> = articles
        .iter()
        .map(|article| agency(&article.headline.source, &article.text))
        .collect();
    let runs: Vec<Shingles> = articles
        .iter()
        .map(|article| Shingles::of(&article.text))
        .collect();
    let mut origins: Vec<usize> = Vec::with_capacity(articles.len());
    for article in 0..articles.len() {
        let same: Vec<usize> = (0..article)
            .filter(|other| {
                marks[article].is_some() && marks[article] == marks[*other]
                    || runs[article].share_wording(&runs[*other])
            })
            .map(|other| origins[other])
            .collect();
        let own = same.iter().min().copied().unwrap_or(article);
        for origin in &mut origins {
            if same.contains(origin) {
                *origin = own;
            }
        }
        origins.push(own);
    }
    let mut order: Vec<usize> = Vec::new();
    for origin in &mut origins {
        let place = order.iter().position(|known| known == origin);
        *origin = place.unwrap_or_else(|| {
            order.push(*origin);
            order.len() - 1
        });
    }
    origins
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Headline};

    fn article(text: &str) -> Article {
        let headline = Headline {
            id: ArticleId(String::new()),
            title: "Titel".to_string(),
            source: String::new(),
            language: None,
            published: None,
            url: None,
            tags: Vec::new(),
            author: String::new(),
        };
        Article {
            headline,
            text: text.to_string(),
        }
    }

    #[test]
    fn what_one_agency_sent_is_of_one_origin() {
        let long: Vec<String> = (0..80).map(|number| format!("wort{number}")).collect();
        let long = long.join(" ");
        for (texts, expected) in [
            (
                vec![
                    "Linz (dpa) - Der Pegel steigt.",
                    "Het water stijgt.",
                    "WENEN (dpa) - Het water stijgt.",
                ],
                vec![0, 1, 0],
            ),
            (vec![&long, "Der Pegel steigt.", &long], vec![0, 1, 0]),
            (
                vec!["Linz (dpa) - Der Pegel steigt.", "Linz (AFP) - Der Pegel steigt."],
                vec![0, 1],
            ),
            (vec!["", "Der Pegel steigt."], vec![0, 1]),
            (vec![], vec![]),
        ] {
            let articles: Vec<Article> = texts.iter().map(|text| article(text)).collect();
            assert_eq!(origins(&articles), expected, "{texts:?}");
        }
    }
}
