//! The lines of a lexicon file, and the forms that one written form stands for.

use super::Decimal;
use super::section::{Section, Sense};
use super::token::Folded;

/// The signs that stand for endings, each with its endings.
pub type Endings = Vec<(char, Vec<&'static str>)>;

/// The folded letters of a word.
pub fn folded(word: &str) -> Vec<u8> {
    let mut folded = Folded::new();
    word.chars().for_each(|c| _ = folded.push_char(c));
    folded.as_bytes().to_vec()
}

/// A line of a lexicon file: a section's name, or a key and its forms.
#[derive(Clone, Copy)]
pub enum Line {
    /// `[hedges]`
    Section(&'static str),
    /// `about: rund, etwa`; the key is empty where there is none.
    Forms(&'static str, &'static str),
}

/// The lines of a lexicon file that say something.
pub fn lines(file: &'static str) -> impl Iterator<Item = Line> {
    file.lines().filter_map(|line| {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            return Some(Line::Section(name));
        }
        let keyed = line.split_once(':');
        let keyed = keyed.and_then(|(key, forms)| Some((key, forms.strip_prefix(' ')?)));
        let (key, forms) = keyed.unwrap_or(("", line));
        Some(Line::Forms(key, forms))
    })
}

/// The keys and forms of a section.
pub fn section(lines: &[Line], name: &str) -> Vec<(&'static str, &'static str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in lines {
        match line {
            Line::Section(other) => inside = *other == name,
            Line::Forms(key, forms) if inside => found.push((*key, *forms)),
            Line::Forms(..) => {}
        }
    }
    found
}

/// The forms of a line.
pub fn forms(written: &'static str) -> impl Iterator<Item = &'static str> {
    written.split(',').map(str::trim).filter(|form| !form.is_empty())
}

/// What the key of a line says.
pub fn sense(section: Section, key: &'static str) -> Sense {
    let (first, last) = key.rsplit_once(' ').unwrap_or((key, key));
    let number = Decimal::parse(last).unwrap_or(Decimal::new(1, 0));
    let code = if Decimal::parse(last).is_some() {
        first
    } else {
        key
    };
    Sense {
        section,
        code,
        number,
    }
}

/// Whether a form is an ISO 4217 code.
pub fn is_currency_code(form: &str) -> bool {
    form.len() == 3 && form.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The signs of the section `endings`, and the endings each stands for.
pub fn endings(lines: &[Line]) -> Endings {
    let sign = |(key, endings): (&'static str, &'static str)| {
        let endings = endings.split_whitespace().map(|ending| ending.trim_matches('-'));
        Some((key.chars().next()?, endings.collect()))
    };
    section(lines, "endings").into_iter().filter_map(sign).collect()
}

/// The forms that a form with `~` or another sign of [endings] at its end stands for, the bare one included.
pub fn inflect(form: &'static str, endings: &[(char, Vec<&'static str>)]) -> Vec<String> {
    if !endings.iter().any(|(sign, _)| form.contains(*sign)) {
        return vec![form.to_string()];
    }
    let mut words = vec![String::new()];
    for word in form.split(' ') {
        let sign = endings
            .iter()
            .find(|(sign, _)| word.len() > 1 && word.ends_with(*sign));
        let stem = sign.map_or(word, |(sign, _)| word.trim_end_matches(*sign));
        let tails: &[&str] = sign.map_or(&[""], |(_, tails)| tails);
        words = words
            .iter()
            .flat_map(|before| {
                let space = if before.is_empty() { "" } else { " " };
                tails
                    .iter()
                    .map(move |tail| format!("{before}{space}{stem}{tail}"))
            })
            .collect();
    }
    words
}

/// The form with ae, oe, ue for its umlauts, where it has any.
pub fn with_digraphs(form: &str) -> Option<String> {
    if form.is_ascii() {
        return None;
    }
    let written = form
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('Ü', "Ue");
    (written != form).then_some(written)
}
