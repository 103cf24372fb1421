use crate::text::Span;

/// What stands between blanks, without the signs around it: a word, or several tied by hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// All of it.
    pub span: Span,
    /// Its words, without a possessive s.
    pub words: Vec<Span>,
    /// Whether a hyphen hangs at its end.
    pub hangs: bool,
    /// Whether it is worth finding as one word too.
    tied: bool,
}

/// The longest run that is also one word, in bytes.
const LONGEST_JOINED: usize = 60;

impl Run {
    /// The words as one: `PS5-Pro` as `PS5Pro`; none where there is one word only.
    pub fn joined(&self, text: &str) -> Option<String> {
        if !self.tied || self.words.len() < 2 || self.span.len() > LONGEST_JOINED {
            return None;
        }
        Some(self.words.iter().map(|word| word.of(text)).collect())
    }
}

/// Cuts `text` into runs, in order.
///
/// Letters and digits make words; hyphens, apostrophes and `&` between them tie; points and commas between
/// digits belong to a number.
pub fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let &(start, _) = rest.peek()?;
        let mut run = Run {
            span: Span::new(start, start),
            words: Vec::with_capacity(1),
            hangs: false,
            tied: true,
        };
        let mut word = Span::new(start, start);
        let mut before = ' ';
        while let Some(&(at, c)) = rest.peek() {
            let next = || {
                text.get(at + c.len_utf8()..)
                    .and_then(|behind| behind.chars().next())
            };
            if c.is_alphanumeric() || is_joiner(c) {
                word.end = at + c.len_utf8();
            } else if let Some(tie) = tie(c) {
                if !next().is_some_and(char::is_alphanumeric) {
                    run.hangs = tie == Tie::Hyphen;
                    break;
                }
                run.close(word, text);
                word = Span::new(at + c.len_utf8(), at + c.len_utf8());
                run.tied &= tie != Tie::Apostrophe || run.words.len() == 1;
                if tie == Tie::Apostrophe && is_possessive(text, at + c.len_utf8()) {
                    rest.next();
                    rest.next();
                    word = Span::new(word.end, word.end);
                    run.span.end = at;
                    break;
                }
            } else if !(matches!(c, '.' | ',')
                && before.is_ascii_digit()
                && next().is_some_and(|c| c.is_ascii_digit()))
            {
                break;
            }
            before = c;
            rest.next();
        }
        run.close(word, text);
        run.span.end = run.words.last().map_or(run.span.end, |last| last.end);
        Some(run)
    })
}

impl Run {
    fn close(&mut self, word: Span, text: &str) {
        if !word.of(text).is_empty() {
            self.words.push(word);
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Tie {
    Hyphen,
    Apostrophe,
    And,
}

/// What a sign between letters does to them.
const fn tie(c: char) -> Option<Tie> {
    match c {
        '-' | '\u{2010}' | '\u{2011}' => Some(Tie::Hyphen),
        '\'' | '’' | 'ʼ' | '‘' | '`' | '´' => Some(Tie::Apostrophe),
        '&' => Some(Tie::And),
        _ => None,
    }
}

/// Signs within a word that are not letters: the soft hyphen and combining accents.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}')
}

/// Whether behind an apostrophe stands an s and then no letter.
fn is_possessive(text: &str, at: usize) -> bool {
    let mut behind = text.get(at..).unwrap_or_default().chars();
    matches!(behind.next(), Some('s' | 'S'))
        && !behind.next().is_some_and(|c| c.is_alphanumeric() || is_joiner(c))
}
