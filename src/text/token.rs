use super::Span;

/// A run of letters or digits in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub shape: Shape,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Letters alone.
    Word,
    /// Digits, with points or commas between them.
    Number,
    /// Letters and digits: `H20`, `60er`.
    Mixed,
}

/// The words and numbers of `text`, in order.
///
/// Hyphens and apostrophes divide words; a soft hyphen and accents that stand alone are part of theirs.
pub fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let &(start, _) = rest.peek()?;
        let (mut letters, mut digits, mut end) = (false, false, start);
        while let Some(&(at, c)) = rest.peek() {
            let between_digits = matches!(c, '.' | ',') && digits && !letters && digit_follows(text, at + 1);
            if c.is_numeric() {
                digits = true;
            } else if c.is_alphabetic() {
                letters = true;
            } else if !(between_digits || is_joiner(c)) {
                break;
            }
            end = at + c.len_utf8();
            rest.next();
        }
        let shape = match (letters, digits) {
            (true, true) => Shape::Mixed,
            (false, true) => Shape::Number,
            _ => Shape::Word,
        };
        Some(Token {
            span: Span::new(start, end),
            shape,
        })
    })
}

fn digit_follows(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Signs within a word that are not letters: the soft hyphen and combining accents.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_words_numbers_and_names_with_digits() {
        for (text, expected) in [
            ("Der Wind- und Solarpark", "Der|Wind|und|Solarpark"),
            ("280,15 Milliarden, 3.", "280,15#|Milliarden|3#"),
            ("Qwen3-Max, H20 und 60er", "Qwen3*|Max|H20*|und|60er*"),
            ("auto’s 's-Gravenhage", "auto|s|s|Gravenhage"),
            ("Kern\u{ad}kraft u\u{308}ber", "Kern\u{ad}kraft|u\u{308}ber"),
            ("5.,6", "5#|6#"),
            (" – … ", ""),
            ("", ""),
        ] {
            let cut: Vec<String> = tokens(text)
                .map(|token| {
                    let sign = match token.shape {
                        Shape::Word => "",
                        Shape::Number => "#",
                        Shape::Mixed => "*",
                    };
                    format!("{}{sign}", token.span.of(text))
                })
                .collect();
            assert_eq!(cut.join("|"), expected, "{text}");
        }
    }
}
