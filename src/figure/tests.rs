//! Marked sentences in every language, and what must hold for any text at all.

use std::sync::LazyLock;

use jiff::civil::Date;
use proptest::prelude::*;

use super::lexicon::Lexicon;
use super::reader::LOOKS;
use super::{Bound, Figure, extract, read};
use crate::article::Language;

const CORPORA: &[(Language, &str)] = &[
    (Language::German, include_str!("corpus/de.txt")),
    (Language::Dutch, include_str!("corpus/nl.txt")),
    (Language::English, include_str!("corpus/en.txt")),
];

/// A language that beide does not know, from nothing but its file.
static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| {
    let common = include_str!("../../assets/lexicons/common.txt");
    Lexicon::read(&[common, include_str!("corpus/fr_lexicon.txt")])
});

/// A figure as the corpora write it: `money 380000000000 CNY more_than`.
fn described(figure: &Figure) -> String {
    let (value, high) = figure.value.printed();
    let high = high.map(|high| format!("..{high}")).unwrap_or_default();
    let unit = figure
        .value
        .unit()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    let bound = figure.bound.map_or("-", Bound::name);
    format!("{} {value}{high}{unit} {bound}", figure.value.kind())
}

/// The sentence of a line with brackets, and what the brackets hold.
fn unmarked(line: &str) -> (String, Vec<String>) {
    let marked = line
        .split('[')
        .skip(1)
        .filter_map(|rest| rest.split(']').next())
        .map(str::to_string)
        .collect();
    (line.replace(['[', ']'], ""), marked)
}

fn check(lexicon: &'static Lexicon, line: &str, expected: &[&str], day: Option<Date>) -> Result<(), String> {
    let (sentence, marked) = unmarked(line);
    let figures = read(&sentence, lexicon, day);
    let spans: Vec<&str> = figures.iter().map(|figure| figure.span.of(&sentence)).collect();
    let values: Vec<String> = figures.iter().map(described).collect();
    if spans == marked && values == expected {
        return Ok(());
    }
    Err(format!(
        "{line}\n   found {spans:?} {values:?}\n   expected {expected:?}"
    ))
}

/// The sentences of a corpus that are not read as they are marked.
fn wrong(lexicon: &'static Lexicon, corpus: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut day = None;
    let mut lines = corpus.lines().filter(|line| !line.starts_with('#')).peekable();
    while let Some(line) = lines.next() {
        if let Some(date) = line.strip_prefix("on ") {
            day = date.parse().ok();
            continue;
        }
        let mut expected = Vec::new();
        while let Some(figure) = lines.next_if(|line| line.starts_with(' ')) {
            expected.push(figure.trim());
        }
        wrong.extend(check(lexicon, line, &expected, day).err());
    }
    wrong
}

#[test]
fn marked_sentences_are_read_as_marked() {
    let wrong: Vec<String> = CORPORA
        .iter()
        .flat_map(|(language, corpus)| wrong(Lexicon::of(*language), corpus))
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn another_language_needs_only_its_file() {
    let wrong = wrong(&FRENCH, include_str!("corpus/fr.txt"));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn assert_in_order(text: &str) {
    for language in Language::ALL {
        let mut last = 0;
        for figure in extract(text, language, None) {
            let span = figure.span;
            assert!(
                last <= span.start && span.start < span.end,
                "{language} {text:?} {span:?}"
            );
            assert!(
                text.get(span.start..span.end).is_some(),
                "{language} {text:?} {span:?}"
            );
            last = span.end;
        }
    }
}

/// Pieces that figures are made of, in every order.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = [
        "12", "1.234", "7,5", "2024", "00", "3:1", "-", "–", " ", " ", "\u{a0}", ".", ",", "'", "%", "€",
        "$", "Mrd.", "miljoen", "million", "drei", "een", "twenty", "halb", "und", "en", "and", "bis", "tot",
        "Euro", "Jahre", "Uhr", "uur", "März", "Montag", "zwischen", "mehr als", "ü", "\u{301}", "\u{ad}",
        "½", "(", ")", "/", "km", "der", "dritte", "van", "\n", "Viertel", "Januar", "°C", "zwei-", "Kronen",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..24)
        .prop_map(|pieces| pieces.concat())
}

/// How often reading a text looks at a token.
fn looks(text: &str, language: Language) -> u64 {
    LOOKS.with(|looks| looks.set(0));
    extract(text, language, Date::new(2026, 3, 5).ok());
    LOOKS.with(std::cell::Cell::get)
}

#[test]
fn no_text_costs_more_than_its_length() {
    let hostile = [
        "1",
        "1 ",
        "1.",
        "1-",
        "1,",
        "1:",
        "1/",
        "(1)",
        "zwei-",
        "zwei ",
        "hundert und ",
        "drei Millionen ",
        "5 Kronen ",
        "5 Cent ",
        "mehr als ",
        "von 3 auf ",
        "am 3. ",
        "3 bis ",
        "legte 3 ",
        "Montag ",
        "ton ",
        "kost 3 ton ",
        "6-4, ",
        "aged 27, ",
        "een jaar of ",
        "an hour and a half ",
        "5'11\" ",
        "„1“ ",
        "Nr. 1 ",
        "1+",
        "1-plus ",
        "d'",
        "statt 3 Euro 4 ",
        "twee keer ",
        "um acht ",
        "19u30 ",
    ];
    for piece in hostile {
        for language in Language::ALL {
            let short = looks(&piece.repeat(500), language);
            let long = looks(&piece.repeat(2000), language);
            assert!(
                long <= 5 * short + 10_000,
                "{language} {piece:?}: {short} looks, then {long}"
            );
        }
    }
}

proptest! {
    #[test]
    fn reading_stays_linear_in_pieces_repeated(piece in pieces()) {
        let (short, long) = (piece.repeat(40), piece.repeat(160));
        for language in Language::ALL {
            let (few, many) = (looks(&short, language), looks(&long, language));
            prop_assert!(many <= 6 * few + 10_000, "{language} {piece:?}: {few} looks, then {many}");
        }
    }

    #[test]
    fn any_text_gives_spans_in_order(text in any::<String>()) {
        assert_in_order(&text);
    }

    #[test]
    fn any_bytes_give_spans_in_order(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        assert_in_order(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn pieces_of_figures_give_spans_in_order(text in pieces()) {
        assert_in_order(&text);
    }
}
