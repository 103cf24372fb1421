//! A text cut into words, runs of digits and marks, with everything the grammar asks of each.

use super::lexicon::{Lexicon, Section, Sections, WordId};
use super::numeral::{self, Compound};
use crate::text::Span;

/// The longest word that can mean anything, in folded bytes; longer ones are only skipped.
pub const LONGEST_WORD: usize = 120;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with apostrophes between them.
    Word,
    /// Digits only.
    Digits,
    /// Letters with digits (`H20`), an address (`https://…`), a hashtag: never a figure.
    Name,
    /// Any other sign.
    Mark(char),
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing.
    None,
    /// Spaces, of whatever width.
    Space,
    /// A line end, or the start of the text.
    Line,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `haus`
    Lower,
    /// `Haus`
    Capital,
    /// `HAUS`, two letters or more
    Upper,
}

/// A word, a run of digits or a mark, where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// How it is written.
    pub shape: Shape,
    /// Whether a letter carries an accent: Dutch `één` is a number, `een` an article.
    pub accent: bool,
    /// The lexicon's word, where it has one.
    pub word: WordId,
    /// The sections of the lexicon that have a phrase beginning with it.
    pub sections: Sections,
    /// The number it spells, where it spells one.
    pub number: Option<Compound>,
}

impl Token {
    /// Whether it is the mark `mark`.
    pub fn is(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// Whether it is a hyphen or a dash.
    pub fn is_dash(&self) -> bool {
        matches!(self.kind, Kind::Mark('-' | '–' | '—' | '‐' | '‑' | '−'))
    }

    /// Whether no phrase of the lexicon begins with it.
    pub const fn is_unknown(&self) -> bool {
        self.sections.is_empty()
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(&self) -> bool {
        self.shape != Shape::Lower
    }
}

/// Lower-case letters without accents, in a buffer of fixed size.
pub struct Folded {
    bytes: [u8; LONGEST_WORD],
    len: usize,
    overflow: bool,
}

impl Folded {
    /// An empty one.
    pub const fn new() -> Self {
        Self {
            bytes: [0; LONGEST_WORD],
            len: 0,
            overflow: false,
        }
    }

    /// The folded letters; empty where there were more than fit.
    pub fn as_bytes(&self) -> &[u8] {
        if self.overflow {
            return &[];
        }
        self.bytes.get(..self.len).unwrap_or_default()
    }

    fn clear(&mut self) {
        self.len = 0;
        self.overflow = false;
    }

    fn push(&mut self, byte: u8) {
        match self.bytes.get_mut(self.len) {
            Some(place) => {
                *place = byte;
                self.len += 1;
            }
            None => self.overflow = true,
        }
    }

    /// Adds a letter, folded. Whether it carried an accent.
    pub fn push_char(&mut self, c: char) -> bool {
        if c.is_ascii() {
            self.push((c as u8).to_ascii_lowercase());
            return false;
        }
        if is_unseen(c) {
            return false;
        }
        if is_combining(c) {
            return true;
        }
        if let Some(base) = base_of(c) {
            base.bytes().for_each(|byte| self.push(byte));
            return c != 'ß';
        }
        for lower in c.to_lowercase() {
            let mut buffer = [0; 4];
            lower
                .encode_utf8(&mut buffer)
                .bytes()
                .for_each(|byte| self.push(byte));
        }
        false
    }
}

/// Soft hyphens, joiners and other characters that readers do not see.
const fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The plain letters of an accented Latin one.
const fn base_of(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => "c",
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ę' | 'Ę' | 'ě' | 'Ě' => "e",
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' | 'İ' | 'ı' => "i",
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' => "o",
        'œ' | 'Œ' => "oe",
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' | 'ű' | 'Ű' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ß' | 'ẞ' => "ss",
        'ĳ' | 'Ĳ' => "ij",
        'š' | 'Š' | 'ś' | 'Ś' | 'ş' | 'Ş' => "s",
        'ž' | 'Ž' | 'ź' | 'Ź' | 'ż' | 'Ż' => "z",
        'ł' | 'Ł' => "l",
        'ř' | 'Ř' => "r",
        'ť' | 'Ť' => "t",
        'ď' | 'Ď' | 'đ' | 'Đ' => "d",
        'ğ' | 'Ğ' => "g",
        '’' | 'ʼ' | '‘' | '´' | '`' => "'",
        _ => return None,
    })
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// White space written out, as broken pages have it.
const WRITTEN_SPACES: &[&str] = &["&nbsp;", "&#160;", "&thinsp;", "&ensp;", "&emsp;", "&#8239;"];

/// Cuts `text` into tokens, in order.
pub fn tokens(text: &str, lexicon: &Lexicon) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 5 + 4);
    let is_code = |word: &str| lexicon.symbol(word, Section::CurrencyCodes).is_some();
    let mut elided = false;
    cut_elided(text, &is_code, &lexicon.elisions, |token, folded| {
        let word = match token.kind {
            Kind::Name => WordId::NONE,
            _ => lexicon.word(folded),
        };
        let number = match token.kind {
            Kind::Word if lexicon.may_spell_number(folded) => numeral::read(folded, lexicon),
            _ => None,
        };
        let sections = lexicon.sections(word);
        found.push(Token {
            word,
            sections,
            number,
            gap: if elided { Gap::Space } else { token.gap },
            ..token
        });
        elided = token.kind == Kind::Word && folded.ends_with(b"'");
    });
    found
}

/// Calls `take` with every token of `text` and its folded letters; the token's meaning is not filled in.
///
/// A word of `is_code` ends where digits begin (`CHF350`); any other goes on as a name (`H20`).
pub fn cut(text: &str, is_code: &dyn Fn(&str) -> bool, take: impl FnMut(Token, &[u8])) {
    cut_elided(text, is_code, &[], take);
}

/// As [`cut`]; a word that begins with one of `elisions`, as in French `d'euros`, is cut behind it.
fn cut_elided(
    text: &str,
    is_code: &dyn Fn(&str) -> bool,
    elisions: &[Vec<u8>],
    mut take: impl FnMut(Token, &[u8]),
) {
    let mut cutter = Cutter {
        text,
        at: 0,
        folded: Folded::new(),
        is_code,
        elisions,
    };
    let mut gap = Gap::Line;
    while let Some(c) = cutter.peek() {
        if let Some(space) = cutter.skip_space(c) {
            gap = gap.max(space);
            continue;
        }
        cutter.folded.clear();
        let start = cutter.at;
        let (kind, shape, accent) = cutter.token(c, start);
        let token = Token {
            span: Span::new(start, cutter.at),
            kind,
            gap,
            shape,
            accent,
            word: WordId::NONE,
            sections: Sections::default(),
            number: None,
        };
        take(token, cutter.folded.as_bytes());
        gap = Gap::None;
    }
}

struct Cutter<'a> {
    text: &'a str,
    at: usize,
    folded: Folded,
    is_code: &'a dyn Fn(&str) -> bool,
    elisions: &'a [Vec<u8>],
}

impl Cutter<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn peek(&self) -> Option<char> {
        let byte = self.byte()?;
        if byte.is_ascii() {
            return Some(char::from(byte));
        }
        self.rest().chars().next()
    }

    fn peek_after(&self, c: char) -> Option<char> {
        let after = self.at + c.len_utf8();
        let byte = *self.text.as_bytes().get(after)?;
        if byte.is_ascii() {
            return Some(char::from(byte));
        }
        self.text.get(after..)?.chars().next()
    }

    fn skip_space(&mut self, c: char) -> Option<Gap> {
        if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') {
            self.at += c.len_utf8();
            return Some(Gap::Line);
        }
        if is_unseen(c) {
            self.at += c.len_utf8();
            return Some(Gap::None);
        }
        if c == ' ' || c.is_whitespace() {
            self.at += c.len_utf8();
            return Some(Gap::Space);
        }
        if c == '&' {
            let written = WRITTEN_SPACES
                .iter()
                .find(|form| self.rest().starts_with(**form))?;
            self.at += written.len();
            return Some(Gap::Space);
        }
        None
    }

    fn token(&mut self, c: char, start: usize) -> (Kind, Shape, bool) {
        if c.is_ascii_digit() {
            self.digits();
            return (Kind::Digits, Shape::Lower, false);
        }
        if c.is_alphabetic() {
            let (shape, accent) = self.letters();
            if self.joins_name(start) {
                self.name();
                return (Kind::Name, shape, accent);
            }
            return (Kind::Word, shape, accent);
        }
        let followed = self.peek_after(c);
        self.at += c.len_utf8();
        if matches!(c, '#' | '@') && followed.is_some_and(char::is_alphanumeric) {
            self.name();
            return (Kind::Name, Shape::Lower, false);
        }
        self.folded.push_char(c);
        (Kind::Mark(c), Shape::Lower, false)
    }

    fn digits(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at).filter(|byte| byte.is_ascii_digit()) {
            self.folded.push(*byte);
            self.at += 1;
        }
    }

    fn letters(&mut self) -> (Shape, bool) {
        let (mut letters, mut capitals, mut first_capital, mut accent) = (0, 0, false, false);
        loop {
            while let Some(byte) = self.byte().filter(u8::is_ascii_alphabetic) {
                let capital = byte.is_ascii_uppercase();
                first_capital |= capital && letters == 0;
                letters += 1;
                capitals += usize::from(capital);
                self.folded.push(byte | 0x20);
                self.at += 1;
            }
            let Some(c) = self.peek() else { break };
            let inside = (!c.is_ascii() && (c.is_alphabetic() || is_combining(c) || is_unseen(c)))
                || (is_apostrophe(c) && self.peek_after(c).is_some_and(char::is_alphabetic));
            if !inside {
                break;
            }
            self.at += c.len_utf8();
            accent |= self.folded.push_char(c);
            if is_apostrophe(c)
                && self
                    .elisions
                    .iter()
                    .any(|elision| elision == self.folded.as_bytes())
            {
                break;
            }
            if c.is_alphabetic() {
                let capital = c.is_uppercase();
                first_capital |= capital && letters == 0;
                letters += 1;
                capitals += usize::from(capital);
            }
        }
        let shape = match (first_capital, letters > 1 && letters == capitals) {
            (true, true) => Shape::Upper,
            (true, false) => Shape::Capital,
            (false, _) => Shape::Lower,
        };
        (shape, accent)
    }

    /// Whether the word just read goes on as a name: a digit follows, or it opens an address.
    fn joins_name(&self, start: usize) -> bool {
        let next = self.peek();
        if next.is_some_and(|c| c.is_ascii_digit() || c == '_') {
            let written = self.text.get(start..self.at).unwrap_or_default();
            return !(self.is_code)(written);
        }
        match self.folded.as_bytes() {
            b"http" | b"https" => self.rest().starts_with("://"),
            b"www" => next == Some('.'),
            _ => next == Some('@') && start < self.at,
        }
    }

    /// Goes on to the next white space or the end of letters and digits, whichever is the name's.
    fn name(&mut self) {
        let address = matches!(self.peek(), Some(':' | '@' | '.'));
        while let Some(c) = self.peek() {
            let inside = if address {
                !c.is_whitespace() && !matches!(c, '"' | '<' | '>' | ')')
            } else {
                c.is_alphanumeric() || c == '_' || is_combining(c) || is_unseen(c)
            };
            if !inside {
                break;
            }
            self.at += c.len_utf8();
        }
    }
}
