//! What an entry of a dictionary says, without its apparatus.

/// An entry's headword, and a line for each of its senses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The headword as the dictionary writes it.
    pub headword: String,
    /// Its senses in order, without their numbers.
    pub senses: Vec<String>,
}

/// The most senses of an entry, and the most letters of a sense.
const MOST_SENSES: usize = 16;
const LONGEST_SENSE: usize = 240;

/// What begins lines that are no senses.
const ASIDES: [&str; 6] = ["see:", "Synonym", "Antonym", "Note:", "\"", "^"];

/// Words before a translation that are none of it: articles, and the pronoun of reflexive verbs.
const BEFORE: [&str; 12] = [
    "sich", "zich", "der", "die", "das", "ein", "eine", "de", "het", "een", "to", "the",
];

impl Said {
    /// Reads an entry: the first line is its head, with a pronunciation and the gender behind it.
    pub fn parse(entry: &str) -> Self {
        let mut lines = entry.lines();
        let head = without_brackets(lines.next().unwrap_or_default(), &[('<', '>')]);
        let headword = head.find(" /").and_then(|end| head.get(..end)).unwrap_or(&head);
        let senses = lines
            .map(str::trim)
            .filter(|line| !line.is_empty() && !ASIDES.iter().any(|aside| line.starts_with(aside)))
            .map(|line| cleaned(&without_brackets(without_number(line), &[('<', '>')])))
            .filter(|sense| sense.chars().any(char::is_alphanumeric));
        Self {
            headword: cleaned(headword),
            senses: senses.take(MOST_SENSES).collect(),
        }
    }

    /// The translations that are one word each.
    pub fn words(&self) -> impl Iterator<Item = String> {
        self.senses.iter().flat_map(|sense| {
            let bare = without_brackets(sense, &[('(', ')'), ('[', ']'), ('{', '}')]);
            let words: Vec<String> = bare.split([',', ';']).filter_map(one_word).collect();
            words
        })
    }
}

/// A phrase as a single word, without an article before it; none where it is none.
pub fn one_word(phrase: &str) -> Option<String> {
    let mut words = phrase.split_whitespace();
    let mut word = words.next()?;
    if BEFORE.contains(&word.to_lowercase().as_str()) {
        word = words.next().unwrap_or(word);
    }
    let is_word = word.chars().all(char::is_alphabetic) && word.chars().count() > 1;
    (is_word && words.next().is_none()).then(|| word.to_string())
}

/// A sense without the number before it: `2. storm`.
fn without_number(line: &str) -> &str {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..).and_then(|rest| rest.strip_prefix(". "));
    rest.filter(|_| digits > 0).unwrap_or(line)
}

/// A line without what stands between brackets of some kinds; one that is not closed stays.
fn without_brackets(line: &str, kinds: &[(char, char)]) -> String {
    let mut bare = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(|c| kinds.iter().any(|(open, _)| c == *open)) {
        let (before, from) = rest.split_at(at);
        let close = from
            .chars()
            .next()
            .and_then(|c| kinds.iter().find(|(open, _)| *open == c))
            .and_then(|(_, close)| from.find(*close).map(|end| end + close.len_utf8()));
        let Some(after) = close.and_then(|end| from.get(end..)) else {
            break;
        };
        bare.push_str(before);
        rest = after;
    }
    bare + rest
}

/// A line in single spaces, with nothing in it that is not to be seen, and not too long.
fn cleaned(line: &str) -> String {
    let visible = line.replace('ĳ', "ij").replace('Ĳ', "IJ");
    let visible: String = visible
        .chars()
        .filter(|c| c.is_whitespace() || !is_unseen(*c))
        .collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let line = words.join(" ").replace(" ,", ",").replace(" ;", ";");
    line.chars().take(LONGEST_SENSE).collect()
}

/// Control characters, marks of direction and other signs without a form.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &str, shown: &str, words: &str) {
        let said = Said::parse(entry);
        assert_eq!(format!("{}: {}", said.headword, said.senses.join(" | ")), shown);
        assert_eq!(said.words().collect::<Vec<_>>().join(" "), words, "{entry}");
    }

    #[test]
    fn an_entry_is_its_headword_and_its_senses() {
        check(
            "Deich /dajç/ <masc>\ndijk, waterkering <f>",
            "Deich: dijk, waterkering",
            "dijk waterkering",
        );
        check(
            "Sturm\n1. storm\n2. (mil.) aanval; bestorming\n",
            "Sturm: storm | (mil.) aanval; bestorming",
            "storm aanval bestorming",
        );
        check(
            "bĳeen /b/\nsich versammeln, das Ganze, ganz und gar nicht",
            "bijeen: sich versammeln, das Ganze, ganz und gar nicht",
            "versammeln Ganze",
        );
        check(
            "Fähre <fem, n, sg>\n [naut.] ferry <n> , ferryboat\n see: {Fähren}\n   Synonyms: {Boot}\n  \"die Fähre\" - the ferry",
            "Fähre: [naut.] ferry, ferryboat",
            "ferry ferryboat",
        );
    }

    #[test]
    fn odd_entries_say_little() {
        check("", ": ", "");
        check("Kopf", "Kopf: ", "");
        check("a <b\n(offen, x1, 3", "a <b: (offen, x1, 3", "");
        check(
            "x\u{1b}[2J y\n\u{202e}om\u{7}gekeerd",
            "x[2J y: omgekeerd",
            "omgekeerd",
        );
    }
}
