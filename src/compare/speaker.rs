//! Who says it: the speaker that a figure's sentence names, where its words tell.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::topic::is_vague;
use crate::article::Language;
use crate::text::{Shape, Span, fold, is_function_word, tokens};

/// The words that name a speaker, in one language; folded, with single spaces between them.
#[derive(Default)]
struct Markers {
    /// The speaker follows.
    before: Vec<Vec<&'static str>>,
    /// The speaker precedes.
    behind: Vec<&'static str>,
    /// The speaker follows, and a comma precedes.
    comma: Vec<&'static str>,
    /// The speaker is the subject.
    verbs: Vec<&'static str>,
}

static MARKERS: LazyLock<HashMap<&'static str, Markers>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Markers> = HashMap::new();
    let (mut language, mut kind) = ("", "");
    let lines = include_str!("../../assets/words/speakers.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[') {
            (language, kind) = head.trim_end_matches(']').split_once(' ').unwrap_or_default();
            continue;
        }
        let markers = all.entry(language).or_default();
        match kind {
            "before" => markers.before.push(line.split(' ').collect()),
            "behind" => markers.behind.push(line),
            "comma" => markers.comma.push(line),
            _ => markers.verbs.push(line),
        }
    }
    all
});

/// Sentences of more words are not looked at.
const MOST_WORDS: usize = 120;
/// The most words of a speaker.
const LONGEST: usize = 9;

/// The one speaker that a sentence names, by its place in `text`; none where it names none, or several.
pub fn speaker(text: &str, sentence: Span, language: Language) -> Option<Span> {
    let markers = MARKERS.get(language.code())?;
    let words = words(text, sentence);
    if words.len() > MOST_WORDS {
        return None;
    }
    let mut found: Vec<Span> = Vec::new();
    for at in 0..words.len() {
        let said = Sentence {
            words: &words,
            language,
        };
        let named = said.marked(markers, at).or_else(|| said.subject(markers, at));
        if let Some(span) = named.filter(|span| !found.contains(span)) {
            found.push(span);
        }
    }
    match found[..] {
        [one] => Some(one),
        _ => None,
    }
}

/// A word of a sentence.
struct Word {
    span: Span,
    folded: String,
    /// Whether it begins with a capital letter.
    capital: bool,
    /// Whether it is made of letters.
    is_word: bool,
    /// Whether a sign that divides clauses stands before it, or the sentence begins there.
    divided: bool,
    /// Whether a comma does.
    comma: bool,
}

impl Word {
    /// Whether it may belong to a name: not `letzten`, not `Montag`.
    fn names(&self) -> bool {
        self.capital && !is_vague(&self.folded)
    }
}

fn words(text: &str, sentence: Span) -> Vec<Word> {
    let own = sentence.of(text);
    let mut end = 0;
    let mut words = Vec::new();
    for token in tokens(own).take(MOST_WORDS + 1) {
        let gap = Span::new(end, token.span.start).of(own);
        let written = token.span.of(own);
        words.push(Word {
            span: Span::new(sentence.start + token.span.start, sentence.start + token.span.end),
            folded: fold(written),
            capital: written.starts_with(char::is_uppercase),
            is_word: token.shape != Shape::Number,
            divided: words.is_empty()
                || gap.contains([
                    ',', ';', ':', '(', ')', '–', '—', '"', '“', '”', '„', '«', '»', '!', '?', '.',
                ])
                || gap.contains(" - "),
            comma: gap.contains(','),
        });
        end = token.span.end;
    }
    words
}

/// The words of a sentence in which a speaker is looked for.
struct Sentence<'a> {
    words: &'a [Word],
    language: Language,
}

impl Sentence<'_> {
    /// The speaker whom a marker at a place names.
    fn marked(&self, markers: &Markers, at: usize) -> Option<Span> {
        let begins = |marker: &[&str]| {
            marker.iter().enumerate().all(|(place, part)| {
                self.words
                    .get(at + place)
                    .is_some_and(|word| word.folded == *part)
            })
        };
        if let Some(marker) = markers.before.iter().find(|marker| begins(marker)) {
            let mut next = at + marker.len();
            // nach Angaben von …
            if self.words.get(next).is_some_and(|word| word.folded == "von") {
                next += 1;
            }
            return self.phrase_from(next, self.language == Language::German);
        }
        let word = self.words.get(at)?;
        if markers.behind.contains(&word.folded.as_str()) && !word.divided {
            return self.phrase_up_to(at);
        }
        if markers.comma.contains(&word.folded.as_str()) && word.comma {
            let phrase = self.phrase_from(at + 1, true)?;
            return self.ends_clause(phrase).then_some(phrase);
        }
        None
    }

    /// The subject of a verb of saying at a place: the whole clause before it, or what follows it.
    fn subject(&self, markers: &Markers, at: usize) -> Option<Span> {
        let verb = self.words.get(at)?;
        if !markers.verbs.contains(&verb.folded.as_str()) {
            return None;
        }
        if !verb.divided
            && let Some(subject) = self.phrase_up_to(at)
        {
            return Some(subject);
        }
        let next = self.words.get(at + 1).filter(|word| !word.divided)?;
        if !next.is_word
            || self.language == Language::English
                && is_function_word(&next.folded, self.language)
                && !is_article(&next.folded)
        {
            return None;
        }
        let subject = self.phrase_from(at + 1, self.language == Language::German)?;
        (verb.divided || self.language == Language::German || self.ends_clause(subject)).then_some(subject)
    }

    /// Whether the clause ends where a phrase does.
    fn ends_clause(&self, phrase: Span) -> bool {
        let next = self.words.iter().find(|word| word.span.start >= phrase.end);
        next.is_none_or(|word| word.divided)
    }

    /// The noun phrase that begins at a place.
    ///
    /// By capitals, as German writes its nouns, it ends with the last of them; else it reaches to the end of the clause,
    /// if that is near, or is a name.
    fn phrase_from(&self, at: usize, by_capitals: bool) -> Option<Span> {
        let first = self.words.get(at).filter(|word| word.is_word)?;
        let clause = self
            .words
            .iter()
            .skip(at)
            .enumerate()
            .take_while(|(place, word)| (*place == 0 || !word.divided) && word.is_word)
            .map(|(_, word)| word);
        let clause: Vec<&Word> = clause.take(LONGEST + 1).collect();
        let last = if by_capitals {
            // Behind a noun a small word with an adjective's ending is a verb: Laut Feuerwehr brannten …
            let mut open = true;
            let kept = clause.iter().enumerate().take_while(|(place, word)| {
                if is_of_place(&word.folded) && !clause.get(place + 1).is_some_and(|next| next.names()) {
                    return false;
                }
                let joins = is_article(&word.folded) || is_between(&word.folded);
                let goes_on = word.capital || joins || open && is_adjective(&word.folded);
                open = joins || open && !word.capital;
                goes_on
            });
            kept.map(|(_, word)| word)
                .take(LONGEST)
                .filter(|word| word.capital)
                .last()?
        } else {
            let names = clause
                .iter()
                .skip_while(|word| is_article(&word.folded))
                .take_while(|word| word.capital)
                .last();
            let whole = clause.last().filter(|_| clause.len() <= SHORT_CLAUSE);
            let ends = whole.filter(|last| {
                let next = self.words.iter().find(|word| word.span.start > last.span.start);
                next.is_none_or(|next| next.divided)
            });
            ends.or(names)?
        };
        let start = if is_article(&first.folded) || last.span.start >= first.span.start {
            first.span.start
        } else {
            return None;
        };
        self.named(Span::new(start, last.span.end))
    }

    /// The noun phrase that fills the clause before a place.
    fn phrase_up_to(&self, at: usize) -> Option<Span> {
        let mut start = at;
        while start > 0 && at - start < SHORT_CLAUSE {
            start -= 1;
            let word = self.words.get(start)?;
            if !word.is_word {
                return None;
            }
            if word.divided {
                break;
            }
        }
        let first = self.words.get(start).filter(|word| word.divided && start < at)?;
        let inner = self.words.get(start..at)?;
        let is_phrase = inner.iter().enumerate().all(|(place, word)| {
            place == 0
                || word.capital
                || is_article(&word.folded)
                || is_between(&word.folded)
                || is_adjective(&word.folded)
                || self.language != Language::German && !is_function_word(&word.folded, self.language)
        });
        // A clause that begins with a word of time or place has its subject behind the verb.
        let begins = is_article(&first.folded) || !is_function_word(&first.folded, self.language);
        let last = inner.last()?;
        (is_phrase && begins && (self.language != Language::German || last.capital))
            .then(|| self.named(Span::new(first.span.start, last.span.end)))?
    }

    /// A phrase, if it has a word in it that names somebody.
    fn named(&self, phrase: Span) -> Option<Span> {
        let mut inside = self.words.iter().filter(|word| phrase.contains(word.span));
        inside
            .any(|word| !is_function_word(&word.folded, self.language) && word.folded.len() > 1)
            .then_some(phrase)
    }
}

/// The most words of a clause that may be a speaker as a whole.
const SHORT_CLAUSE: usize = 6;

fn is_article(folded: &str) -> bool {
    [
        "der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einer", "eines", "de", "het",
        "een", "the", "a", "an", "seiner", "ihrer", "seinem", "ihrem",
    ]
    .contains(&folded)
}

/// Words within a speaker's name or office.
fn is_between(folded: &str) -> bool {
    [
        "von", "fur", "und", "zu", "vom", "zur", "zum", "van", "voor", "en", "of", "for", "and", "in", "im",
    ]
    .contains(&folded)
}

/// Those among them that also say when, or the how-manieth time: `Amt in Emden`, but `im letzten Monat`, `zum dritten Mal`.
fn is_of_place(folded: &str) -> bool {
    ["zu", "zur", "zum", "in", "im"].contains(&folded)
}

/// German adjectives as they stand before a noun.
fn is_adjective(folded: &str) -> bool {
    folded.len() > 5
        && (folded.ends_with("en")
            || folded.ends_with("er")
            || folded.ends_with("es")
            || folded.ends_with('e'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{Dutch, English, German};

    fn check(language: Language, text: &str, expected: &str) {
        let found = speaker(text, Span::new(0, text.len()), language);
        assert_eq!(found.map_or("", |span| span.of(text)), expected, "{text}");
    }

    #[test]
    fn speakers_are_named_by_the_words_beside_them() {
        for (text, expected) in [
            ("Laut Feuerwehr brannten 12 Schuppen.", "Feuerwehr"),
            (
                "Laut Feuerwehr brannten im Hafen von Enns 12 Schuppen.",
                "Feuerwehr",
            ),
            (
                "Laut der Feuerwehr von Enns kamen 12 Wagen.",
                "der Feuerwehr von Enns",
            ),
            (
                "Laut dem Statistischen Landesamt zogen 4000 Menschen fort.",
                "dem Statistischen Landesamt",
            ),
            ("Nach Angaben der Reederei kamen 300 Gäste.", "der Reederei"),
            (
                "Nun legen die Preise laut Handelskammer Weser zum dritten Mal in Folge um 4 Prozent zu.",
                "Handelskammer Weser",
            ),
            ("Laut Hafenamt im Juni fuhren 40 Schiffe weniger.", "Hafenamt"),
            (
                "Laut Gesellschaft zur Rettung Schiffbrüchiger waren es 40.",
                "Gesellschaft zur Rettung Schiffbrüchiger",
            ),
            ("Laut Polizei in Emden waren es 300.", "Polizei in Emden"),
            (
                "Nach Angaben von Bürgermeisterin Anna Vogt kamen 300 Gäste.",
                "Bürgermeisterin Anna Vogt",
            ),
            (
                "Der Hafenbehörde zufolge liegen 40 Schiffe fest.",
                "Der Hafenbehörde",
            ),
            ("Es kamen 300 Gäste, so der Wirt.", "der Wirt"),
            (
                "„Wir haben 300 Gäste gezählt“, sagte Wirt Karl Moser am Abend.",
                "Wirt Karl Moser",
            ),
            ("Die Polizei meldete 14 Verletzte.", "Die Polizei"),
            (
                "Am Montag teilte die Reederei mit, dass 300 Gäste kamen.",
                "die Reederei",
            ),
        ] {
            check(German, text, expected);
        }
        for (text, expected) in [
            (
                "Volgens Rijkswaterstaat staan er 40 schepen stil.",
                "Rijkswaterstaat",
            ),
            ("Er kwamen 300 gasten, aldus de rederij.", "de rederij"),
            ("De brandweer meldt 14 gewonden.", "De brandweer"),
            (
                "‘We telden 300 gasten’, zegt waard Jan de Boer.",
                "waard Jan de Boer",
            ),
        ] {
            check(Dutch, text, expected);
        }
        for (text, expected) in [
            (
                "According to the harbour office, 40 ships are stuck.",
                "the harbour office",
            ),
            (
                "Some 300 guests came, the ferry company said.",
                "the ferry company",
            ),
            ("Police said 14 people were hurt.", "Police"),
        ] {
            check(English, text, expected);
        }
    }

    #[test]
    fn other_words_name_nobody() {
        for text in [
            "Die Musik war so laut, dass 300 Gäste gingen.",
            "Es kamen so viele, 300 Gäste.",
            "Sie sagte, es kämen 300 Gäste.",
            "Der Bericht nennt 300 Gäste.",
            "Laut Polizei waren es 300, laut Wirt 400 Gäste.",
            "Laut 12 Zeugen brannte es.",
            "laut",
            "",
        ] {
            check(German, text, "");
        }
        for text in [
            "Volgens mij kwamen er 300 gasten.",
            "Hij zegt dat er 300 gasten kwamen.",
            "Volgens 3 getuigen.",
        ] {
            check(Dutch, text, "");
        }
        for text in [
            "He said 300 came.",
            "It was said to cost 300 euros.",
            "What she said.",
        ] {
            check(English, text, "");
        }
    }
}
