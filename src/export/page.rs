//! A comparison as one page of HTML that needs nothing else: no script, no picture, no font from elsewhere.

use std::fmt::Write;

use super::amount::scaled;
use super::axis::Axis;
use super::claims::{head, lone, shared, sign, topic, verdict};
use super::note::{note, number};
use crate::article::{Article, Language, Part};
use crate::compare::{Claim, Comparison, Mention};
use crate::locale::Locale;
use crate::text::{ParagraphIx, Span, paragraphs};

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:90rem;padding:0 1rem;\
color:#1b1d23;background:#fff}table{border-collapse:collapse;width:100%;table-layout:fixed}td,th{border-top:1px solid \
#ccc;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}small{color:#555}mark{background:none;\
color:inherit;border-bottom:2px solid #888}a mark{border-width:3px}.conflict,.scale{color:#a40000}.agree{color:#0a5d0a}\
.rounded,.restated{color:#00566b}mark.conflict,mark.scale{border-color:#a40000}mark.agree{border-color:#0a5d0a}\
svg{width:100%;height:3.2rem}svg text{font-size:13px;fill:currentColor}svg line{stroke:currentColor}svg circle{fill:currentColor}\
@media(prefers-color-scheme:dark){body{color:#e4e6ec;background:#14161b}td,th{border-color:#444}small{color:#aaa}\
.conflict,.scale{color:#ff8f8f}.agree{color:#8ccf8a}.rounded,.restated{color:#74c7d8}a{color:#9db8ff}}\
@media print{@page{size:landscape;margin:1cm}body{font-size:9pt;margin:0;max-width:none;padding:0}a{color:inherit}\
p{margin:0 0 .5em;orphans:3;widows:3}}";

/// A page with the claims as a table, a plot of those that differ, and the passages with their figures marked.
pub fn comparison_html(articles: &[Article], comparison: &Comparison, locale: &Locale) -> String {
    let title = escaped(articles.first().map_or("", |article| &article.headline.title));
    let language = locale.language().code();
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>{STYLE}</style>\n<h1>{title}</h1>\n<ol>\n"
    );
    for (place, article) in articles.iter().enumerate() {
        let name = escaped(&article.headline.title);
        let name = match &article.headline.url {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{name}</a>", escaped(url)),
            None => name,
        };
        let _ = writeln!(
            page,
            "<li>{name} <small>{}</small>",
            escaped(&head(place, article))
        );
    }
    page.push_str("</ol>\n");
    claims(&mut page, articles, comparison, locale);
    passages(&mut page, articles, comparison, locale);
    page
}

fn claims(page: &mut String, articles: &[Article], comparison: &Comparison, locale: &Locale) {
    let heads: String = (0..articles.len())
        .map(|place| format!("<th>{}", number(place)))
        .collect();
    let name = locale.text("claims.title");
    let _ = writeln!(
        page,
        "<h2>{name}</h2>\n<table>\n<thead><tr><th>{name}{heads}\n<tbody>"
    );
    for claim in shared(comparison).chain(lone(comparison)) {
        let reason = claim
            .reason
            .as_ref()
            .map(|reason| format!("<br><small>{}</small>", escaped(&note(reason, locale))));
        let class = claim.verdict.name();
        let said = format!(
            "<span class=\"{class}\" title=\"{}\">{}</span>",
            verdict(claim, locale),
            sign(claim.verdict)
        );
        let _ = write!(
            page,
            "<tr><td>{said} {}{}",
            escaped(&topic(claim)),
            reason.unwrap_or_default()
        );
        if claim.verdict.is_contradiction() {
            plot(page, claim, locale);
        }
        for place in 0..articles.len() {
            let links = claim
                .mentions
                .iter()
                .filter(|mention| mention.article == place)
                .map(|mention| {
                    let words = escaped(super::comparison::wording(mention, articles));
                    let speaker = super::comparison::speaker(mention, articles)
                        .map(|speaker| format!(" <small>({})</small>", escaped(speaker)));
                    format!(
                        "<a href=\"#{}\">{words}</a>{}",
                        anchor(mention),
                        speaker.unwrap_or_default()
                    )
                });
            let _ = write!(page, "<td>{}", links.collect::<Vec<_>>().join(" / "));
        }
        page.push('\n');
    }
    page.push_str("</table>\n");
}

/// The name of a mention within the page.
fn anchor(mention: &Mention) -> String {
    let part = if mention.part == Part::Title { "t" } else { "p" };
    format!("f{}{part}{}", mention.article, mention.figure.span.start)
}

/// The values of a claim on an axis, a mark a value with the articles that give it; nothing where they have several units.
fn plot(page: &mut String, claim: &Claim, locale: &Locale) {
    let Some(axis) = Axis::new(claim) else { return };
    let ends = axis.points.first().zip(axis.points.last());
    let Some((low, high)) = ends.map(|(low, high)| (scaled(locale, low.value), scaled(locale, high.value)))
    else {
        return;
    };
    let _ = write!(
        page,
        "<svg viewBox=\"0 0 300 48\" role=\"img\" aria-label=\"{low} – {high}\"><line x1=\"20\" x2=\"280\" y1=\"24\" y2=\"24\"/>\
         <text x=\"10\" y=\"42\">{low}</text><text x=\"290\" y=\"42\" text-anchor=\"end\">{high}</text>"
    );
    for point in &axis.points {
        let x = 20.0 + 260.0 * axis.share(point.value);
        let names: String = point.articles.iter().map(|article| number(*article)).collect();
        let _ = write!(
            page,
            "<circle cx=\"{x:.0}\" cy=\"24\" r=\"4\"/><text x=\"{x:.0}\" y=\"14\" text-anchor=\"middle\">{names}</text>"
        );
    }
    page.push_str("</svg>");
}

fn passages(page: &mut String, articles: &[Article], comparison: &Comparison, locale: &Locale) {
    if comparison.passages.is_empty() {
        return;
    }
    let heads: String = (0..articles.len())
        .map(|place| format!("<th>{}", number(place)))
        .collect();
    let _ = writeln!(
        page,
        "<h2>{}</h2>\n<table>\n<thead><tr>{heads}\n<tbody>",
        locale.text("export.passages")
    );
    for passage in &comparison.passages {
        page.push_str("<tr>");
        for (place, article) in articles.iter().enumerate() {
            let language = article.headline.language.map_or("", Language::code);
            let _ = write!(page, "<td lang=\"{language}\">");
            for paragraph in passage.cells.get(place).into_iter().flatten() {
                let _ = write!(page, "<p>{}", marked(*paragraph, place, article, comparison));
            }
        }
        page.push('\n');
    }
    page.push_str("</table>\n");
}

/// A paragraph with its figures marked by the verdicts of their claims.
fn marked(paragraph: ParagraphIx, place: usize, article: &Article, comparison: &Comparison) -> String {
    let Some(whole) = paragraphs(&article.text).get(paragraph.0).copied() else {
        return String::new();
    };
    let mut figures: Vec<(&Mention, &Claim)> = comparison
        .claims
        .iter()
        .flat_map(|claim| claim.mentions.iter().map(move |mention| (mention, claim)))
        .filter(|(mention, _)| {
            mention.article == place && mention.part == Part::Text && whole.contains(mention.figure.span)
        })
        .collect();
    figures.sort_by_key(|(mention, _)| mention.figure.span);
    let mut shown = String::new();
    let mut end = whole.start;
    for (mention, claim) in figures {
        let span = mention.figure.span;
        shown.push_str(&escaped(Span::new(end, span.start).of(&article.text)));
        let words = escaped(span.of(&article.text));
        let _ = write!(
            shown,
            "<mark id=\"{}\" class=\"{}\">{words}</mark>",
            anchor(mention),
            claim.verdict.name()
        );
        end = span.end;
    }
    shown.push_str(&escaped(Span::new(end, whole.end).of(&article.text)));
    shown
}

/// Text that HTML shows as it is, also between quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '&' => shown.push_str("&amp;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&#39;"),
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing;

    #[test]
    fn a_comparison_is_a_page_of_its_own() {
        let (articles, comparison) = testing::bridges();
        let page = comparison_html(&articles, &comparison, &Locale::new(Language::German));
        for words in [
            "<html lang=\"de\">",
            "<td><a href=\"#f0p8\">400 Meter</a><td><a href=\"#f1p6\">500 meter</a>",
            "<p>Sie ist <mark id=\"f0p8\" class=\"conflict\">400 Meter</mark> lang.",
            "<circle cx=\"20\"",
            "aria-label=\"400 – 500\"",
            "25 % auseinander",
        ] {
            assert!(page.contains(words), "{words} is not in {page}");
        }
    }

    #[test]
    fn nothing_in_an_article_becomes_markup() {
        let (mut articles, comparison) = testing::bridges();
        for article in &mut articles {
            article.headline.title = String::from("<script>alert('1')</script>\"&");
            article.headline.source = String::from("<img onerror=x>");
        }
        let page = comparison_html(&articles, &comparison, &Locale::new(Language::English));
        assert!(!page.contains("<script") && !page.contains("<img"), "{page}");
    }
}
