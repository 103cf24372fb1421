//! Two short articles and what a comparison of them says, for the tests of every form.

use crate::article::{Article, ArticleId, Headline, Language, Part, Published};
use crate::compare::{Claim, Comparison, Mention, Passage, Reason, Verdict};
use crate::figure::{Amount, Bound, Decimal, Figure, Value};
use crate::text::{ParagraphIx, Span};

/// A bridge of 400 metres in one article and of 500 in the other.
pub(super) fn bridges() -> (Vec<Article>, Comparison) {
    let article = |id: &str, title: &str, language, source: &str, published, text: &str| Article {
        headline: Headline {
            id: ArticleId(id.to_string()),
            title: title.to_string(),
            source: source.to_string(),
            language: Some(language),
            published,
            url: None,
            tags: Vec::new(),
            author: String::new(),
        },
        text: text.to_string(),
    };
    let mention = |article, start, end, length| Mention {
        article,
        part: Part::Text,
        figure: Figure {
            span: Span::new(start, end),
            value: Value::Quantity {
                amount: Amount {
                    low: number(length),
                    high: None,
                },
                unit: "m",
            },
            bound: Some(Bound::Exact),
            direction: None,
            per: None,
        },
        speaker: None,
    };
    let articles = vec![
        article(
            "a",
            "Brücke",
            Language::German,
            "Bote",
            Published::parse("2024-03-05"),
            "Sie ist 400 Meter lang.\n<b>|x|",
        ),
        article("b", "Brug", Language::Dutch, "", None, "Ze is 500 meter lang."),
    ];
    let claim = Claim {
        verdict: Verdict::Conflict,
        topic: vec![String::from("Brücke"), String::from("Meter")],
        reason: Some(Reason::Apart {
            percent: number("25"),
            odd: None,
        }),
        restates: None,
        mentions: vec![mention(0, 8, 17, "400"), mention(1, 6, 15, "500")],
    };
    let passage = Passage {
        cells: vec![vec![ParagraphIx(0)], vec![ParagraphIx(0)]],
        score: 0.8349,
    };
    (
        articles,
        Comparison {
            claims: vec![claim],
            passages: vec![passage],
            origins: vec![0, 1],
            ..Comparison::default()
        },
    )
}

fn number(digits: &str) -> Decimal {
    Decimal::parse(digits).expect("a number")
}
