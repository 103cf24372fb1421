//! Articles as pages of HTML that need nothing else, their figures marked with the values they state.

use std::fmt::Write;

use super::page::escaped;
use crate::article::{Article, Language, Part, Published};
use crate::figure::{Figure, extract};
use crate::text::{Span, paragraphs};

const STYLE: &str = "body{font:18px/1.6 Georgia,serif;margin:2rem auto;max-width:42rem;padding:0 1rem;color:#1b1d23;\
background:#fff}h1{line-height:1.2}small{font:14px system-ui,sans-serif;color:#555}mark{background:none;color:inherit;\
border-bottom:2px solid #2a6fb0}article+article{border-top:1px solid #ccc;margin-top:3rem}a{color:inherit}\
@media(prefers-color-scheme:dark){body{color:#e4e6ec;background:#14161b}small{color:#aaa}mark{border-color:#74a9dc}\
article+article{border-color:#444}}";

/// The beginning of a page of articles; they follow one after another, and nothing closes the page.
pub fn page_head(title: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n"
    )
}

/// An article as a part of a page; pointing at a figure shows its normalised value.
pub fn article_html(article: &Article) -> String {
    let headline = &article.headline;
    let language = headline.language.map_or("", Language::code);
    let title = marked(
        article,
        Part::Title,
        Span::new(0, headline.title.len()),
        &figures(article, Part::Title),
    );
    let title = match &headline.url {
        Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escaped(url)),
        None => title,
    };
    let date = headline.published.as_ref().map_or("", Published::as_str);
    let tags = headline.tags.join(", ");
    let about = [headline.source.as_str(), &headline.author, date, &tags];
    let about: Vec<String> = about
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| escaped(part))
        .collect();
    let mut shown = format!(
        "<article lang=\"{language}\">\n<h1>{title}</h1>\n<p><small>{}</small>\n",
        about.join(" · ")
    );
    let figures = figures(article, Part::Text);
    for paragraph in paragraphs(&article.text) {
        let _ = writeln!(shown, "<p>{}", marked(article, Part::Text, paragraph, &figures));
    }
    shown.push_str("</article>\n");
    shown
}

fn figures(article: &Article, part: Part) -> Vec<Figure> {
    let Some(language) = article.headline.language else {
        return Vec::new();
    };
    let day = article.headline.published.as_ref().and_then(Published::day);
    extract(article.part(part), language, day)
}

/// A stretch of a text with the figures in it marked.
fn marked(article: &Article, part: Part, whole: Span, figures: &[Figure]) -> String {
    let text = article.part(part);
    let mut shown = String::new();
    let mut end = whole.start;
    for figure in figures.iter().filter(|figure| whole.contains(figure.span)) {
        shown.push_str(&escaped(Span::new(end, figure.span.start).of(text)));
        let (value, high) = figure.value.printed();
        let upper = high.map_or(String::new(), |high| format!("–{high}"));
        let unit = figure
            .value
            .unit()
            .map_or(String::new(), |unit| format!(" {unit}"));
        let _ = write!(
            shown,
            "<mark title=\"{}\">{}</mark>",
            escaped(&format!("{value}{upper}{unit}")),
            escaped(figure.span.of(text))
        );
        end = figure.span.end;
    }
    shown.push_str(&escaped(Span::new(end, whole.end).of(text)));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing;

    #[test]
    fn an_article_shows_its_figures_with_their_values() {
        let (articles, _) = testing::bridges();
        let page = article_html(&articles[0]);
        for words in [
            "<article lang=\"de\">",
            "<mark title=\"400 m\">400 Meter</mark> lang.",
        ] {
            assert!(page.contains(words), "{words} is not in {page}");
        }
    }

    #[test]
    fn nothing_in_an_article_becomes_markup() {
        let (mut articles, _) = testing::bridges();
        articles[0].headline.title = String::from("<script>5 Euro</script>\"&");
        articles[0].headline.source = String::from("<img onerror=x>");
        articles[0].text = String::from("<b>5 Euro</b>\n</article>");
        let page = page_head("<b>") + &article_html(&articles[0]);
        for markup in ["<script", "<img", "<b>", "</article>\n<"] {
            assert!(!page.contains(markup), "{markup} is in {page}");
        }
    }
}
