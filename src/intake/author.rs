//! Who wrote an article, of what feeds and pages give for it: names, but also e-mail and web addresses.

use super::clean;
use super::html;
use super::words::WORDS;
use crate::text::fold;

/// The most names that are kept.
const MOST: usize = 12;

/// The names among what is given as authors, each once, divided by commas; `source` is none.
pub(super) fn joined(given: &[String], source: &str) -> String {
    let mut names: Vec<(String, String)> = Vec::new();
    for raw in given.iter().take(10 * MOST) {
        let Some(name) = name(raw) else { continue };
        let folded = fold(&name);
        let known = folded == fold(source) || names.iter().any(|(other, _)| *other == folded);
        if !known && names.len() < MOST {
            names.push((folded, name));
        }
    }
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    names.join(", ")
}

/// A name as it is shown: without markup, the words of a byline, and the address it stands behind.
fn name(raw: &str) -> Option<String> {
    // Atom has it in an element of its own, beside addresses.
    let inner = raw
        .split_once("<name>")
        .and_then(|(_, rest)| rest.split_once("</name>"));
    let text = clean::line(&html::text(inner.map_or(raw, |(name, _)| name)));
    let text = match text.split_once('(') {
        Some((address, name)) if address.contains('@') || address.is_empty() => {
            name.trim_end_matches([')', ' '])
        }
        _ => &text,
    };
    let name = without_byline(text).trim();
    let is_address = name.contains('@') || name.contains("://") || name.starts_with("www.");
    (!is_address && name.contains(char::is_alphabetic)).then(|| name.to_string())
}

/// A name without the `Von` or `By:` before it; a lower-case word behind says that it is part of the name.
fn without_byline(text: &str) -> &str {
    let Some((first, rest)) = text.split_once([' ', ':']) else {
        return text;
    };
    let rest = rest.trim_start_matches([':', ' ']);
    let is_byline = WORDS.bylines.contains(&first.to_lowercase().as_str());
    let is_name = rest.chars().next().is_some_and(char::is_uppercase);
    if is_byline && is_name { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_what_stands_for_them() {
        for (given, expected) in [
            (&["Ans de Vries"][..], "Ans de Vries"),
            (
                &["Ans de Vries", " ans de vries ", "Ole Deich"],
                "Ans de Vries, Ole Deich",
            ),
            (
                &["post@bote.example (Ole Deich)", "post@bote.example"],
                "Ole Deich",
            ),
            (
                &["<name>Ole Deich</name><uri>https://bote.example/o</uri>"],
                "Ole Deich",
            ),
            (
                &["Von Ole Deich", "By: Sue Dyke", "door Ans de Vries"],
                "Ole Deich, Sue Dyke, Ans de Vries",
            ),
            (&["Von der Heide", "Redaktion"], "Von der Heide, Redaktion"),
            (&["<a href='/o'>Ole &amp; Ans</a>\u{1b}[2J"], "Ole & Ans[2J"),
            (
                &["https://bote.example/o", "www.bote.example", "@ole", "42", ""],
                "",
            ),
            (&["Der Bote", "DER BOTE"], ""),
        ] {
            let given: Vec<String> = given.iter().map(ToString::to_string).collect();
            assert_eq!(joined(&given, "Der Bote"), expected, "{given:?}");
        }
    }
}
