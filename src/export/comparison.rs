//! A comparison as JSON, as the contract of the command line has it.

use serde::Serialize;

use super::article::{Line, part_name};
use crate::article::Article;
use crate::compare::{Claim, Comparison, Mention, Passage, Verdict};
use crate::figure::Bound;
use crate::locale::Locale;

use super::note::note;

/// Articles side by side.
#[derive(Serialize)]
pub struct Compared<'a> {
    articles: Vec<Line<'a>>,
    claims: Vec<ClaimShape<'a>>,
    passages: Vec<PassageShape>,
}

#[derive(Serialize)]
struct ClaimShape<'a> {
    verdict: &'static str,
    /// The verdict that the reader has taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    dismissed: Option<&'static str>,
    topic: String,
    note: Option<String>,
    restates: Option<usize>,
    origins: usize,
    mentions: Vec<MentionShape<'a>>,
}

#[derive(Serialize)]
struct MentionShape<'a> {
    article: usize,
    part: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<String>,
    unit: Option<&'static str>,
    bound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'a str>,
}

#[derive(Serialize)]
struct PassageShape {
    cells: Vec<Vec<usize>>,
    score: f32,
}

impl<'a> Compared<'a> {
    /// What a comparison of `articles` says; notes in the words of `locale`.
    pub fn new(articles: &'a [Article], comparison: &Comparison, locale: &Locale) -> Self {
        Self {
            articles: articles
                .iter()
                .map(|article| Line::new(&article.headline))
                .collect(),
            claims: comparison
                .claims
                .iter()
                .map(|claim| claim_shape(claim, comparison, articles, locale))
                .collect(),
            passages: comparison.passages.iter().map(passage_shape).collect(),
        }
    }
}

fn claim_shape<'a>(
    claim: &Claim,
    comparison: &Comparison,
    articles: &'a [Article],
    locale: &Locale,
) -> ClaimShape<'a> {
    ClaimShape {
        verdict: claim.verdict.name(),
        dismissed: claim.dismissed().map(Verdict::name),
        topic: claim.topic.join(" · "),
        note: claim.reason.as_ref().map(|reason| note(reason, locale)),
        restates: claim.restates,
        origins: claim.n_origins(comparison),
        mentions: claim
            .mentions
            .iter()
            .map(|mention| mention_shape(mention, articles))
            .collect(),
    }
}

fn mention_shape<'a>(mention: &Mention, articles: &'a [Article]) -> MentionShape<'a> {
    let figure = &mention.figure;
    let (value, high) = figure.value.printed();
    MentionShape {
        article: mention.article,
        part: part_name(mention.part),
        start: figure.span.start,
        end: figure.span.end,
        text: wording(mention, articles),
        kind: figure.value.kind(),
        value,
        high,
        unit: figure.value.unit(),
        bound: figure.bound.map(Bound::name),
        per: figure.per,
        speaker: speaker(mention, articles),
    }
}

fn passage_shape(passage: &Passage) -> PassageShape {
    PassageShape {
        cells: passage
            .cells
            .iter()
            .map(|cell| cell.iter().map(|paragraph| paragraph.0).collect())
            .collect(),
        // Two digits say all there is to say, and read alike everywhere.
        score: (passage.score * 100.0).round() / 100.0,
    }
}

/// Who says a mention, in the words of its article, where these tell.
pub fn speaker<'a>(mention: &Mention, articles: &'a [Article]) -> Option<&'a str> {
    let said = mention
        .speaker?
        .of(articles.get(mention.article)?.part(mention.part));
    Some(said).filter(|said| !said.is_empty())
}

/// A mention's own words.
pub(super) fn wording<'a>(mention: &Mention, articles: &'a [Article]) -> &'a str {
    let article = articles.get(mention.article);
    article.map_or("", |article| mention.figure.span.of(article.part(mention.part)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use crate::export::testing;

    #[test]
    fn a_comparison_is_printed_whole() {
        let (articles, comparison) = testing::bridges();
        let shape = Compared::new(&articles, &comparison, &Locale::new(Language::English));
        let expected = concat!(
            r#"{"articles":[{"id":"a","title":"Brücke","lang":"de","source":"Bote","published":"2024-03-05"},"#,
            r#"{"id":"b","title":"Brug","lang":"nl","source":null,"published":null}],"#,
            r#""claims":[{"verdict":"conflict","topic":"Brücke · Meter","note":"25 % apart","restates":null,"origins":2,"mentions":["#,
            r#"{"article":0,"part":"text","start":8,"end":17,"text":"400 Meter","kind":"quantity","value":"400","unit":"m","bound":"exact"},"#,
            r#"{"article":1,"part":"text","start":6,"end":15,"text":"500 meter","kind":"quantity","value":"500","unit":"m","bound":"exact"}]}],"#,
            r#""passages":[{"cells":[[0],[0]],"score":0.83}]}"#,
        );
        assert_eq!(serde_json::to_string(&shape).expect("plain data"), expected);
        assert_eq!(
            comparison.claims.first().map(|claim| claim.verdict),
            Some(Verdict::Conflict)
        );
    }
}
