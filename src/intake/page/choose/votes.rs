//! What dom_smoothie takes for the article, which weighs the elements of the page.

use std::collections::HashSet;

use dom_smoothie::{Config, Readability};

use super::super::tree::{Element, Kind, Tree};

/// The most elements that dom_smoothie is given; larger pages do without it.
const MOST_ELEMENTS: usize = 10_000;

/// The blocks that dom_smoothie takes for the article, by their places; none where it finds none.
pub(super) fn votes(tree: &Tree, is_left_out: &[bool]) -> HashSet<usize> {
    if tree.elements().count() > MOST_ELEMENTS {
        return HashSet::new();
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let page = marked(tree, is_left_out);
    let found = Readability::new(page, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(found) = found else {
        return HashSet::new();
    };
    let content = Tree::of(&found.content);
    content
        .elements()
        .filter_map(|(_, element)| element.value(MARK)?.parse().ok())
        .collect()
}

/// The attribute that carries the place of a block through dom_smoothie.
const MARK: &str = "data-place";

/// The page as HTML without what is left out, each block with its place.
fn marked(tree: &Tree, is_left_out: &[bool]) -> String {
    let mut page = String::from("<html><body>");
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (place, node) in tree.kept(is_left_out).skip(1) {
        while let Some((_, name)) = open.pop_if(|(end, _)| *end <= place) {
            page.push_str(&format!("</{name}>"));
        }
        match &node.kind {
            Kind::Text(text) => escape(text, &mut page),
            Kind::Element(element) => {
                let name = &*element.name;
                if matches!(
                    name,
                    "html" | "body" | "img" | "link" | "meta" | "input" | "source"
                ) {
                    continue;
                }
                begin(element, place, &mut page);
                if !matches!(name, "br" | "hr" | "wbr") {
                    open.push((node.end, name));
                }
            }
        }
    }
    page
}

/// Writes the beginning of an element, with the attributes that dom_smoothie weighs.
fn begin(element: &Element, place: usize, page: &mut String) {
    page.push_str(&format!("<{} {MARK}=\"{place}\"", element.name));
    for key in ["class", "id", "href", "itemprop"] {
        if let Some(value) = element.value(key) {
            page.push_str(&format!(" {key}=\""));
            escape(value, page);
            page.push('"');
        }
    }
    page.push('>');
}

fn escape(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            _ => page.push(c),
        }
    }
}
