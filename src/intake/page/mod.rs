//! Web pages read into articles: the text without what stands around it, and what the page says about it.
//!
//! A page that shows something else than its article (a request for consent, the beginning of a text one has to pay for,
//! an error) is refused with the reason, so that it is never compared with articles.

mod choose;
mod meta;
mod prune;
mod tree;
mod units;
mod words;

use std::cell::LazyCell;

use url::Url;

use super::{Draft, Given, Intake, Notice, Refusal, decode, detect, html, key};
use meta::About;
use tree::Tree;
use words::{WORDS, count};

/// Fewest words of an article; what is shorter is a notice or the rest of a page.
const FEWEST: usize = 25;

/// How many words the beginning of a text that must be paid for has at most.
const TEASER: usize = 250;

/// How many words a page that is no article shows at most, whatever it is.
const FEW: usize = 150;

/// The most words of a title that says that there is no article; headlines are longer.
const TITLE: usize = 7;

/// Fewest words by which a language is told more surely than by what the page declares.
const TELLING: usize = 40;

/// What a page shows instead of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoArticle {
    /// It asks for consent first.
    Consent,
    /// It shows the beginning; the rest is for subscribers.
    Paywall,
    /// It says that there is no such page, or that something is broken.
    Missing,
    /// It doubts that a person asks.
    Blocked,
    /// No text that reads like an article.
    Nothing,
}

/// Reads a page; `charset` is the one its header declared, `address` where it came from.
///
/// # Errors
/// Where it is no text, or shows no article.
pub fn read_page(
    bytes: &[u8],
    charset: Option<&str>,
    address: Option<&Url>,
    given: &Given,
) -> Result<Intake, Refusal> {
    let declared = charset
        .map(str::to_string)
        .or_else(|| html::declared_charset(bytes));
    let decoded = decode::decode(bytes, declared.as_deref()).ok_or(Refusal::Binary)?;
    let draft = draft(&decoded.text, address).map_err(Refusal::Page)?;
    let mut intake = draft.finish(given);
    intake.notices.extend(decoded.encoding.map(Notice::Decoded));
    Ok(intake)
}

/// What is known of the article on a page.
pub(super) fn draft(page: &str, address: Option<&Url>) -> Result<Draft, NoArticle> {
    let tree = Tree::of(page);
    let about = meta::about(&tree);
    let text = choose::text(&tree, &prune::left_out(&tree), &about);
    if let Some(instead) = shown_instead(&tree, &about, &text) {
        return Err(instead);
    }
    let url = own_address(&about, address);
    let source = about.source.clone().or_else(|| site(url.as_deref()?));
    let telling = text.split_whitespace().nth(TELLING).is_some();
    let language = detect(&text).filter(|_| telling).or(about.language);
    Ok(Draft {
        title: about.title,
        text,
        language: language.map(|language| language.code().to_string()),
        source,
        authors: about.authors,
        published: about.published,
        url,
        ..Draft::default()
    })
}

/// What a page shows instead of an article, if it does.
fn shown_instead(tree: &Tree, about: &About, text: &str) -> Option<NoArticle> {
    let words = text.split_whitespace().count();
    let shown = LazyCell::new(|| tree.shown());
    let titles = about.titles.join("\n").to_lowercase();
    let names = |list: &[&str]| {
        titles
            .lines()
            .filter(|title| title.split_whitespace().count() <= TITLE)
            .any(|title| list.iter().any(|words| begins(title, words)))
    };
    if words < FEW {
        let few = shown.split_whitespace().take(6 * FEW).count() < 6 * FEW;
        if names(&WORDS.missing) {
            return Some(NoArticle::Missing);
        }
        if names(&WORDS.blocked) || (words < FEWEST && few && count(&WORDS.blocked, &shown) > 1) {
            return Some(NoArticle::Blocked);
        }
        let asks = count(&WORDS.consent, &text.to_lowercase());
        if asks > 3 || (words < 2 * FEWEST && few && count(&WORDS.consent, &shown) > 3) {
            return Some(NoArticle::Consent);
        }
    }
    let offers = || count(&WORDS.paywall, &shown);
    let is_beginning = match about.free {
        // Some say so of a report that is there as a whole, for want of a better word for their subscriptions.
        Some(false) => words < TEASER && (words < FEW || ends_open(text) || offers() > 0),
        _ => words < FEW && (offers() > 1 || ends_open(text) && offers() > 0),
    };
    if is_beginning {
        return Some(NoArticle::Paywall);
    }
    (words < FEWEST).then_some(NoArticle::Nothing)
}

/// Whether a title begins with some words, or is one of a site's name and them: `Bote: Seite nicht gefunden`.
fn begins(title: &str, words: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let at_start = title.strip_prefix(words).is_some_and(ends);
    let behind = title.split_once(words).is_some_and(|(before, rest)| {
        ends(rest)
            && rest.trim().len() < 12
            && before.len() < 30
            && before.trim_end().ends_with([':', '-', '–', '|'])
    });
    // A number alone begins many a headline; it needs the end of the title, or a dash behind it.
    let is_number = words.chars().all(|c| c.is_ascii_digit());
    let alone = title == words
        || title
            .strip_prefix(words)
            .is_some_and(|rest| rest.trim_start().starts_with(['-', '–', '|', ':']));
    (at_start || behind) && (!is_number || alone)
}

/// Whether a text breaks off: it ends in dots or without a sentence's end.
fn ends_open(text: &str) -> bool {
    text.ends_with('…') || text.ends_with("...") || !units::ends_as_sentence(text)
}

/// The address the page gives itself, where it may: on its own site, and not that of the site as a whole.
fn own_address(about: &About, address: Option<&Url>) -> Option<String> {
    let named = about.addresses.iter().filter_map(|written| match address {
        Some(base) => base.join(written).ok(),
        None => Url::parse(written).ok(),
    });
    let fits = |named: &Url| {
        let deep = named.path().len() > 1 || named.query().is_some();
        deep && address.is_none_or(|address| same_site(named, address))
    };
    let mut named = named
        .filter(fits)
        .map(String::from)
        .filter_map(|url| key::address(&url));
    named.next().or_else(|| key::address(address?.as_str()))
}

/// Whether two addresses are of one site: their hosts are the same but for what stands before the name.
fn same_site(one: &Url, other: &Url) -> bool {
    let name = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_string();
        let plain = ["www.", "m.", "amp.", "mobil."]
            .iter()
            .find_map(|start| host.strip_prefix(start));
        plain.map_or(host.clone(), str::to_string)
    };
    name(one) == name(other)
}

/// The name of a site that gives none: its host.
fn site(url: &str) -> Option<String> {
    let host = Url::parse(url).ok()?.host_str()?.to_string();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_string())
}

/// Whether a text is a web page rather than plain text.
pub(super) fn is_page(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(1000)
        .collect::<String>()
        .to_ascii_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || (start.starts_with('<')
            && (start.contains("<html") || start.contains("<head") || start.contains("<body")))
}

#[cfg(test)]
mod tests;
