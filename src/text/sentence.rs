use super::Span;

/// The sentences of `text`, in order, without the white space around them.
///
/// A line end ends a sentence. A point does not where it follows an abbreviation, an initial or the number of a
/// day, or where the next word begins small; quotation marks and brackets that close stay with their sentence.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let end = match c {
            '\n' => at,
            '.' | '!' | '?' | '…' => {
                let mut end = at + c.len_utf8();
                while let Some((next, closing)) = rest.next_if(|(_, c)| is_closing(*c)) {
                    end = next + closing.len_utf8();
                }
                if !ends_sentence(text, start, at, end, c) {
                    continue;
                }
                end
            }
            _ => continue,
        };
        push_trimmed(&mut found, text, Span::new(start, end));
        start = end;
    }
    push_trimmed(&mut found, text, Span::new(start, text.len()));
    found
}

fn push_trimmed(found: &mut Vec<Span>, text: &str, span: Span) {
    let body = span.of(text);
    let trimmed = body.trim();
    if !trimmed.is_empty() {
        let start = span.start + body.len() - body.trim_start().len();
        found.push(Span::new(start, start + trimmed.len()));
    }
}

const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '»' | '«' | ')' | ']' | '.' | '!' | '?'
    )
}

/// Whether the mark at `mark`, whose closing signs reach to `end`, ends the sentence that begins at `start`.
fn ends_sentence(text: &str, start: usize, mark: usize, end: usize, c: char) -> bool {
    let after = text.get(end..).unwrap_or_default();
    let Some(next) = after.chars().find(|c| !c.is_whitespace()) else {
        return true;
    };
    if !after.starts_with(char::is_whitespace) || next.is_lowercase() {
        return false;
    }
    if c != '.' {
        return true;
    }
    let before = Span::new(start, mark).of(text);
    let last = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '„' | '"' | '“'))
        .next()
        .unwrap_or_default();
    !is_abbreviated(last)
}

/// Whether the point after `word` belongs to it: an initial, the number of a day, an abbreviation.
fn is_abbreviated(word: &str) -> bool {
    let letters = word.chars().count();
    let numeric = word.chars().all(|c| c.is_ascii_digit());
    (numeric && letters <= 2)
        || (letters == 1 && word.chars().all(char::is_alphabetic))
        || word.contains('.') && word.chars().all(|c| c.is_alphabetic() || c == '.')
        || ABBREVIATIONS.binary_search(&word).is_ok()
}

/// Abbreviations after which a capital or a digit often follows, sorted.
const ABBREVIATIONS: &[&str] = &[
    "Abs", "Art", "Bd", "Bio", "Co", "Dr", "Hr", "Inc", "Jr", "Kap", "Ltd", "Mio", "Mr", "Mrd", "Mrs", "Ms",
    "Nr", "Prof", "Sr", "St", "Str", "Tsd", "Vgl", "art", "blz", "bzw", "ca", "dhr", "dr", "drs", "etc",
    "evtl", "ggf", "inkl", "ir", "jl", "max", "min", "mld", "mln", "mr", "mrd", "mw", "nr", "plm", "prof",
    "resp", "sog", "usw", "vgl", "vs", "zgn",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        for (text, expected) in [
            (
                "Der Bau beginnt. Er dauert lange.",
                "Der Bau beginnt.|Er dauert lange.",
            ),
            ("Am 3. März kam er. Sie nicht.", "Am 3. März kam er.|Sie nicht."),
            ("Rund 4 Mrd. Euro! Wirklich?", "Rund 4 Mrd. Euro!|Wirklich?"),
            ("„Nein.“ Danach Stille …", "„Nein.“|Danach Stille …"),
            (
                "J. P. Morgan zahlt z.B. Zinsen.",
                "J. P. Morgan zahlt z.B. Zinsen.",
            ),
            ("Eins\nzwei\n\n Drei", "Eins|zwei|Drei"),
            ("Das war 2024. 2025 folgt.", "Das war 2024.|2025 folgt."),
            ("3.1 ist besser", "3.1 ist besser"),
            ("", ""),
        ] {
            let cut: Vec<_> = sentences(text).into_iter().map(|span| span.of(text)).collect();
            assert_eq!(cut.join("|"), expected);
        }
    }

    #[test]
    fn the_abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }
}
