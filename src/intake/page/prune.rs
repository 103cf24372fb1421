//! What of a page is never part of its article: navigation, boxes, teasers, forms, hidden things.

use std::collections::{HashMap, HashSet};

use super::super::clean;
use super::tree::{Element, Tree};
use super::units::{Unit, units};
use super::words::WORDS;

/// How many words of sentences and of links the nodes up to each place hold.
struct Sums {
    prose: Vec<usize>,
    words: Vec<usize>,
    linked: Vec<usize>,
}

impl Sums {
    fn of(tree: &Tree, units: &[Unit]) -> Self {
        let zeros = || vec![0; tree.nodes.len() + 1];
        let mut sums = Self {
            prose: zeros(),
            words: zeros(),
            linked: zeros(),
        };
        for unit in units {
            let after = unit.owner + 1;
            for (list, count) in [
                (&mut sums.prose, if unit.is_prose() { unit.words } else { 0 }),
                (&mut sums.words, unit.words),
                (&mut sums.linked, unit.linked),
            ] {
                if let Some(sum) = list.get_mut(after) {
                    *sum += count;
                }
            }
        }
        for list in [&mut sums.prose, &mut sums.words, &mut sums.linked] {
            let mut sum = 0;
            for count in list {
                sum += *count;
                *count = sum;
            }
        }
        sums
    }

    fn within(list: &[usize], place: usize, end: usize) -> usize {
        let at = |place: usize| list.get(place).copied().unwrap_or(0);
        at(end).saturating_sub(at(place))
    }
}

/// What is left out of a page, by the place of its nodes; what is within such a node is not marked again.
pub(super) fn left_out(tree: &Tree) -> Vec<bool> {
    let mut out = vec![false; tree.nodes.len()];
    for (place, element) in tree.elements() {
        if let Some(mark) = out.get_mut(place) {
            *mark = is_never_read(&element.name);
        }
    }
    let page = Page::of(tree, &out);
    let mut hidden_until = 0;
    for (place, element) in tree.elements() {
        let Some(node) = tree.nodes.get(place) else { break };
        let Some(mark) = out.get_mut(place).filter(|_| place >= hidden_until) else {
            continue;
        };
        *mark |= page.leaves_out(element, place, node.end);
        if *mark {
            hidden_until = node.end;
        }
    }
    out
}

/// What the whole page says about its parts.
struct Page<'t> {
    tree: &'t Tree,
    sums: Sums,
    /// The words of its sentences, at least one.
    prose: usize,
    /// The elements that hold the article by their own word.
    article: Vec<bool>,
    /// The boxes that call upon the reader to do something.
    boxes: HashSet<usize>,
    /// The words of sentences by the class of their paragraphs.
    by_class: HashMap<&'t str, usize>,
}

impl<'t> Page<'t> {
    fn of(tree: &'t Tree, is_never_read: &[bool]) -> Self {
        let sums = Sums::of(tree, &units(tree, is_never_read));
        let article = holds_article(tree);
        Self {
            tree,
            prose: Sums::within(&sums.prose, 0, tree.nodes.len()).max(1),
            boxes: called(tree, &sums, &article),
            by_class: prose_by_class(tree, &sums),
            article,
            sums,
        }
    }

    /// Whether an element, whose content ends before `end`, is no part of the article.
    fn leaves_out(&self, element: &Element, place: usize, end: usize) -> bool {
        let prose = Sums::within(&self.sums.prose, place, end);
        let words = Sums::within(&self.sums.words, place, end);
        let linked = Sums::within(&self.sums.linked, place, end);
        if words == 0 || self.article.get(place).copied().unwrap_or(false) {
            return false;
        }
        let class = element.value("class").unwrap_or_default();
        let of_class = self.by_class.get(class).copied().unwrap_or(0);
        let is_usual = &*element.name == "p" && of_class * 2 > self.prose;
        let is_main = prose * 100 > self.prose * 35;
        let is_most = prose * 100 > self.prose * 60;
        let leads_away = || {
            is_card(self.tree, place, words)
                || is_link_list(&element.name, words, linked, prose)
                || self.boxes.contains(&place)
        };
        (!is_usual && !is_most && is_apart(element))
            || (!is_main && ((!is_usual && is_mostly_apart(element)) || leads_away()))
    }
}

/// Elements whose content is no text of the page.
fn is_never_read(name: &str) -> bool {
    matches!(
        name,
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "noframes"
            | "xmp"
            | "object"
            | "svg"
            | "math"
            | "canvas"
            | "audio"
            | "video"
            | "button"
            | "select"
            | "textarea"
            | "map"
            | "title"
    )
}

/// The nodes that hold the article or its title: all that stand around its heading, and the one marked as its text.
fn holds_article(tree: &Tree) -> Vec<bool> {
    let mut holds = vec![false; tree.nodes.len()];
    for (place, element) in tree.elements() {
        let marked = element.value("itemprop") == Some("articleBody")
            || names(element).any(|name| WORDS.body.contains(name.as_str()));
        if &*element.name != "h1" && !marked {
            continue;
        }
        let mut around = place;
        while let Some(mark) = holds.get_mut(around)
            && !*mark
        {
            *mark = true;
            around = tree.nodes.get(around).map_or(0, |node| node.parent);
        }
    }
    holds
}

/// How many words of sentences the paragraphs of each class hold: those of most are the article's, whatever its name.
fn prose_by_class<'t>(tree: &'t Tree, sums: &Sums) -> HashMap<&'t str, usize> {
    let mut by_class = HashMap::new();
    for (place, element) in tree.elements().filter(|(_, element)| &*element.name == "p") {
        let end = tree.nodes.get(place).map_or(place, |node| node.end);
        *by_class
            .entry(element.value("class").unwrap_or_default())
            .or_default() += Sums::within(&sums.prose, place, end);
    }
    by_class
}

/// The most words of a box that calls for something.
const BOX: usize = 80;

/// The boxes around buttons and links that call for something: to subscribe, to listen, to allow foreign content.
fn called(tree: &Tree, sums: &Sums, article: &[bool]) -> HashSet<usize> {
    let mut boxes = HashSet::new();
    for (place, element) in tree.elements() {
        let Some(node) = tree.nodes.get(place) else { break };
        if !matches!(&*element.name, "a" | "button") || node.end - place > 12 {
            continue;
        }
        let label = clean::line(&tree.text(place)).to_lowercase();
        if !WORDS
            .calls
            .contains(label.trim_end_matches(|c: char| !c.is_alphanumeric()))
        {
            continue;
        }
        let mut around = place;
        loop {
            let above = tree.nodes.get(around).map_or(0, |node| node.parent);
            let end = tree.nodes.get(above).map_or(0, |node| node.end);
            let is_article = article.get(above).copied().unwrap_or(true);
            if above == 0 || is_article || Sums::within(&sums.words, above, end) > BOX {
                break;
            }
            around = above;
        }
        boxes.insert(around);
    }
    boxes
}

fn is_apart(element: &Element) -> bool {
    let by_name = matches!(
        &*element.name,
        "nav" | "footer" | "form" | "dialog" | "menu" | "aside"
    );
    let by_role = element.value("role").is_some_and(|role| {
        matches!(
            role,
            "navigation"
                | "complementary"
                | "banner"
                | "contentinfo"
                | "dialog"
                | "alertdialog"
                | "search"
                | "menu"
                | "toolbar"
                | "tablist"
        )
    });
    by_name
        || by_role
        || is_hidden(element)
        || words_of(element).any(|word| WORDS.apart.contains(word.as_str()))
}

fn is_mostly_apart(element: &Element) -> bool {
    let credited = element
        .value("itemprop")
        .is_some_and(|own| matches!(own, "author" | "publisher" | "datePublished" | "dateModified"))
        || element.value("rel") == Some("author");
    &*element.name == "header" && element.value("class").is_some_and(|class| class.contains("site"))
        || credited
        || words_of(element).any(|word| WORDS.mostly_apart.contains(word.as_str()))
}

fn is_hidden(element: &Element) -> bool {
    let style = element.value("style").unwrap_or_default();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).take(500).collect();
    element.value("hidden").is_some()
        || element.value("aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// Whether an element leads to other articles: a heading that is a link, and little below it.
fn is_card(tree: &Tree, place: usize, words: usize) -> bool {
    let can = matches!(tree.name(place), "article" | "li" | "div" | "section" | "a");
    let end = tree.nodes.get(place).map_or(place, |node| node.end);
    if !can || words > 80 {
        return false;
    }
    let within = |from: usize| (from..end).filter(|at| tree.element(*at).is_some());
    let heading = within(place + 1).find(|at| matches!(tree.name(*at), "h2" | "h3" | "h4" | "h5" | "h6"));
    let Some(heading) = heading else { return false };
    let heading_end = tree.nodes.get(heading).map_or(heading, |node| node.end);
    let away = |at: usize| {
        tree.element(at)
            .filter(|element| &*element.name == "a")
            .and_then(|element| element.value("href"))
            .is_some_and(|href| !href.starts_with('#'))
    };
    let linked_within = (heading..heading_end).any(away);
    let mut above = heading;
    while above > place && !away(above) {
        above = tree.nodes.get(above).map_or(place, |node| node.parent);
    }
    linked_within || away(above)
}

/// Whether an element is a list of links, or a paragraph that is a link as a whole.
fn is_link_list(name: &str, words: usize, linked: usize, prose: usize) -> bool {
    let can = matches!(
        name,
        "ul" | "ol" | "dl" | "div" | "section" | "table" | "p" | "article" | "aside" | "center"
    );
    can && prose == 0 && words >= 3 && linked * 10 >= words * 7
}

/// The words of an element's class and id, in lower case: `articleBody__share-bar` is article, body, share and bar.
///
/// What follows `--` says how the element looks, and what follows `has` or `no` what it has; neither says what it is.
fn words_of(element: &Element) -> impl Iterator<Item = String> {
    let mut found = Vec::new();
    for name in written_names(element) {
        let name = name.split("--").next().unwrap_or_default();
        let mut modified = false;
        for word in split(name) {
            if !modified {
                found.push(word.clone());
            }
            modified = matches!(word.as_str(), "has" | "no" | "is" | "with" | "not" | "without");
        }
    }
    found.into_iter()
}

/// The names of an element's class and id without what divides their words: `article__body` is `articlebody`.
fn names(element: &Element) -> impl Iterator<Item = String> {
    written_names(element).map(|name| split(name.split("--").next().unwrap_or_default()).concat())
}

/// The first names in class and id; an element of a thousand classes is of no newsroom.
fn written_names(element: &Element) -> impl Iterator<Item = &str> {
    let values = [
        element.value("class"),
        element.value("id"),
        element.value("data-component"),
        element.value("data-area"),
        element.value("data-testid"),
    ];
    values
        .into_iter()
        .flatten()
        .flat_map(|value| value.split_ascii_whitespace())
        .take(20)
}

/// The words of a name, divided by signs and by capitals, in lower case.
fn split(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = 'A';
    for c in name.chars().take(100) {
        let begins = c.is_uppercase() && before.is_lowercase();
        if (begins || !c.is_alphanumeric()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        for (name, expected) in [
            ("articleBody__share-bar", &["article", "body", "share", "bar"][..]),
            ("c-teaser_list", &["c", "teaser", "list"]),
            ("NewsletterBox", &["newsletter", "box"]),
            ("", &[]),
        ] {
            assert_eq!(split(name), expected, "{name}");
        }
    }

    /// What is left of a page.
    fn left(html: &str) -> Vec<String> {
        let tree = Tree::of(html);
        units(&tree, &left_out(&tree))
            .into_iter()
            .map(|unit| unit.text)
            .collect()
    }

    #[test]
    fn boxes_and_teasers_are_left_out() {
        let body =
            "<p>Der Rat der Stadt hat am Abend nach langer Beratung zugestimmt, wie erwartet worden war.</p>"
                .repeat(3);
        for aside in [
            "<div class='c-teaser-list'><p>Ein anderer Satz steht hier über eine andere Sache.</p></div>",
            "<div id=newsletterBox><p>Jeden Morgen das Wichtigste aus der Stadt in einem Brief, kostenlos.</p></div>",
            "<aside><p>Ein anderer Satz steht hier über eine andere Sache.</p></aside>",
            "<ul><li><a href=/a>Eine andere Nachricht</a><li><a href=/b>Noch eine Nachricht</a></ul>",
            "<article><h3><a href=/a>Eine andere Nachricht</a></h3><p>Ein anderer Satz steht hier über eine andere Sache.</p></article>",
            "<a href=/a><div><h3>Eine andere Nachricht</h3><p>Und was darunter steht.</p></div></a>",
            "<p><a href=/x>Lesen Sie auch: Was nun aus der Brücke wird</a></p>",
            "<div style='display: none'><p>Ein anderer Satz steht hier über eine andere Sache.</p></div>",
        ] {
            let page = format!(
                "<body><div class=main><h1>Titel</h1><div class='text has-sidebar'>{body}{aside}</div></div></body>"
            );
            assert_eq!(left(&page).len(), 4, "{aside}: {:?}", left(&page));
        }
    }

    #[test]
    fn the_article_is_never_left_out() {
        let body =
            "<p>Der Rat der Stadt hat am Abend nach langer Beratung zugestimmt, wie erwartet worden war.</p>"
                .repeat(3);
        for class in [
            "paywall-content",
            "article--teaser",
            "widget",
            "comment",
            "no-sidebar",
        ] {
            let page = format!(
                "<body><div class='{class}'><h1>Titel</h1>{body}</div><form><p>Ein Satz, der auf dieser Seite nicht fehlt, weil er kurz ist.</p></form></body>"
            );
            assert!(left(&page).len() >= 4, "{class}: {:?}", left(&page));
        }
    }
}
