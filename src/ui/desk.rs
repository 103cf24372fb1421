//! The articles a reader has before them, with their paragraphs and the figures in them.

use crate::article::{Article, ArticleId, Part};
use crate::compare::{Claim, Comparison, Mention, Passage, Verdict};
use crate::text::{ParagraphIx, Span, paragraphs};

/// Articles with their comparison, prepared for looking things up.
#[derive(Debug, Default)]
pub struct Desk {
    /// The articles, in the order the comparison counts them.
    pub articles: Vec<Article>,
    /// What their figures say, and which of their paragraphs say the same.
    pub comparison: Comparison,
    /// The reader's remark on each article that has one.
    notes: Vec<Option<String>>,
    pages: Vec<Page>,
}

/// What is known of one article's text.
#[derive(Debug, Default)]
struct Page {
    paragraphs: Vec<Span>,
    marks: Vec<Mark>,
}

/// A figure in a text, and the claim it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where its article states it.
    pub part: Part,
    /// Its words.
    pub span: Span,
    /// How its claim stands.
    pub verdict: Verdict,
    /// Which mention of which claim it is.
    pub figure: FigureIx,
}

/// A figure by its place in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FigureIx {
    /// The claim in [`Comparison::claims`].
    pub claim: usize,
    /// The mention in [`Claim::mentions`].
    pub mention: usize,
}

impl Desk {
    /// Lays out articles and what their comparison says.
    pub fn new(articles: Vec<Article>, comparison: Comparison) -> Self {
        let mut pages: Vec<Page> = articles
            .iter()
            .map(|article| Page {
                paragraphs: paragraphs(&article.text),
                marks: Vec::new(),
            })
            .collect();
        for (place, claim) in comparison.claims.iter().enumerate() {
            for (mention, found) in claim.mentions.iter().enumerate() {
                let Some(page) = pages.get_mut(found.article) else {
                    continue;
                };
                page.marks.push(Mark {
                    part: found.part,
                    span: found.figure.span,
                    verdict: claim.verdict,
                    figure: FigureIx {
                        claim: place,
                        mention,
                    },
                });
            }
        }
        for page in &mut pages {
            page.marks.sort_by_key(|mark| (mark.part, mark.span));
        }
        Self {
            articles,
            comparison,
            notes: Vec::new(),
            pages,
        }
    }

    /// The same with the reader's remarks, in the order of the articles.
    pub fn with_notes(self, notes: Vec<Option<String>>) -> Self {
        Self { notes, ..self }
    }

    /// The reader's remark on an article.
    pub fn note(&self, article: usize) -> Option<&str> {
        self.notes.get(article)?.as_deref()
    }

    /// The same articles with what they say as it is seen now; none where those are others.
    pub fn renewed(&self, now: &Self) -> Option<Self> {
        let ids = |desk: &Self| -> Vec<ArticleId> {
            let articles = desk.articles.iter();
            articles.map(|article| article.headline.id.clone()).collect()
        };
        (ids(self) == ids(now))
            .then(|| Self::new(self.articles.clone(), now.comparison.clone()).with_notes(self.notes.clone()))
    }

    /// The article of that number.
    pub fn article(&self, article: usize) -> Option<&Article> {
        self.articles.get(article)
    }

    /// The paragraphs of an article.
    pub fn paragraphs(&self, article: usize) -> &[Span] {
        self.pages.get(article).map_or(&[], |page| &page.paragraphs)
    }

    /// The figures of an article in reading order.
    pub fn marks(&self, article: usize) -> &[Mark] {
        self.pages.get(article).map_or(&[], |page| &page.marks)
    }

    /// The figures of an article that touch `span` of `part`.
    pub fn marks_in(&self, article: usize, part: Part, span: Span) -> &[Mark] {
        let marks = self.marks(article);
        let first = marks.partition_point(|mark| (mark.part, mark.span.end) <= (part, span.start));
        let last = marks.partition_point(|mark| (mark.part, mark.span.start) < (part, span.end));
        marks.get(first..last).unwrap_or_default()
    }

    /// The claim of that number.
    pub fn claim(&self, claim: usize) -> Option<&Claim> {
        self.comparison.claims.get(claim)
    }

    /// A figure where its article states it.
    pub fn mention(&self, figure: FigureIx) -> Option<&Mention> {
        self.claim(figure.claim)?.mentions.get(figure.mention)
    }

    /// The words of a mention.
    pub fn wording(&self, mention: &Mention) -> &str {
        let article = self.article(mention.article);
        article.map_or("", |article| mention.figure.span.of(article.part(mention.part)))
    }

    /// A mention's own words, with who says it where that is told.
    pub fn said(&self, mention: &Mention) -> String {
        let words = self.wording(mention);
        let part = self
            .article(mention.article)
            .map(|article| article.part(mention.part));
        match (mention.speaker, part) {
            (Some(speaker), Some(part)) => format!("{words} ({})", speaker.of(part)),
            _ => words.to_string(),
        }
    }

    /// The paragraph that a place of an article's text lies in.
    pub fn paragraph_at(&self, article: usize, byte: usize) -> Option<ParagraphIx> {
        let paragraphs = self.paragraphs(article);
        let after = paragraphs.partition_point(|span| span.start <= byte);
        after.checked_sub(1).map(ParagraphIx)
    }

    /// The passages that a paragraph of an article belongs to.
    fn passages_of(&self, article: usize, paragraph: ParagraphIx) -> impl Iterator<Item = &Passage> {
        let passages = self.comparison.passages.iter();
        passages.filter(move |passage| {
            passage
                .cells
                .get(article)
                .is_some_and(|cell| cell.contains(&paragraph))
        })
    }

    /// Whether one of the `others` says the same as this paragraph.
    pub fn is_linked(&self, article: usize, paragraph: ParagraphIx, others: &[usize]) -> bool {
        let says =
            |passage: &Passage, other: usize| passage.cells.get(other).is_some_and(|cell| !cell.is_empty());
        let mut passages = self.passages_of(article, paragraph);
        passages.any(|passage| {
            others
                .iter()
                .any(|other| *other != article && says(passage, *other))
        })
    }

    /// The first paragraph of `other` that says the same as this one.
    pub fn counterpart(&self, article: usize, paragraph: ParagraphIx, other: usize) -> Option<ParagraphIx> {
        let mut passages = self.passages_of(article, paragraph);
        passages.find_map(|passage| passage.cells.get(other)?.first().copied())
    }

    /// The mark of a figure in its article.
    pub fn mark(&self, figure: FigureIx) -> Option<&Mark> {
        let article = self.mention(figure)?.article;
        self.marks(article).iter().find(|mark| mark.figure == figure)
    }

    /// How many claims have each verdict that says something about several sources, weightiest first.
    pub fn tally(&self) -> Vec<(Verdict, usize)> {
        let order = [
            Verdict::Conflict,
            Verdict::Scale,
            Verdict::Updated,
            Verdict::Restated,
            Verdict::Rounded,
            Verdict::Agree,
        ];
        let count = |verdict| {
            let claims = self.comparison.claims.iter();
            claims.filter(|claim| claim.verdict == verdict).count()
        };
        order
            .into_iter()
            .map(|verdict| (verdict, count(verdict)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::ui::testing::{desk, story};

    use super::*;

    #[test]
    fn figures_are_found_where_they_stand() {
        let desk = desk(story());
        let text = &desk.articles[0].text;
        let first = desk.paragraphs(0)[0];
        let words: Vec<&str> = desk
            .marks_in(0, Part::Text, first)
            .iter()
            .map(|mark| mark.span.of(text))
            .collect();
        assert_eq!(words, ["380 Milliarden Yuan", "45 Milliarden Euro"]);
        assert!(desk.marks_in(0, Part::Title, first).is_empty());
        assert_eq!(desk.paragraph_at(0, first.end + 3), Some(ParagraphIx(1)));
    }
}
