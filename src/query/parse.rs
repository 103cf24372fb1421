use std::iter::Peekable;
use std::vec::IntoIter;

use jiff::civil::Date;

use super::{Condition, Form, Node, Notice, Phrase, Query, Sort, Word, amount, day};
use crate::article::{Language, Part};
use crate::figure::Value;

/// Of a longer question only so many characters are read.
const LONGEST: usize = 2_000;
/// More conditions or deeper brackets than these are left out.
const MOST_NODES: usize = 64;
const DEEPEST: usize = 16;

impl Query {
    /// Reads a question; whatever cannot be read as more is read as words, and a notice says so.
    ///
    /// `today` settles what `today`, `7d` and the like mean.
    pub fn parse(text: &str, today: Date) -> Self {
        let mut notices = Vec::new();
        if text.chars().nth(LONGEST).is_some() {
            notices.push(Notice::TooLong);
        }
        let text: String = text.chars().take(LONGEST).collect();
        let tokens = tokens(&text, &mut notices).into_iter().peekable();
        let query = Self {
            notices,
            ..Self::default()
        };
        let mut parser = Parser {
            tokens,
            today,
            query,
            nodes: 0,
            depth: 0,
        };
        let mut alternatives = parser.alternatives(None);
        while parser.tokens.next().is_some() {
            // Only a closing bracket that nobody opened ends the list early.
            parser.notice(Notice::LoneBracket);
            let more = parser.alternatives(None);
            alternatives = both(alternatives, more);
        }
        Self {
            wanted: alternatives,
            ..parser.query
        }
    }
}

fn both(first: Option<Node>, second: Option<Node>) -> Option<Node> {
    match (first, second) {
        (Some(Node::All(mut first)), Some(second)) => {
            first.push(second);
            Some(Node::All(first))
        }
        (Some(first), Some(second)) => Some(Node::All(vec![first, second])),
        (first, second) => first.or(second),
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Open,
    Close,
    /// A minus directly before something.
    Minus,
    /// `title:` directly before a quote or a bracket.
    Field(String),
    Quoted(String),
    Bare(String),
}

impl Token {
    /// Whether it only joins conditions.
    fn joins(&self) -> bool {
        match self {
            Self::Open | Self::Close | Self::Minus => true,
            Self::Bare(word) => word == "NOT" || word == "AND",
            Self::Field(_) | Self::Quoted(_) => false,
        }
    }
}

/// Cuts a question at blanks, brackets and quotes.
fn tokens(text: &str, notices: &mut Vec<Notice>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            _ if c.is_whitespace() || c.is_control() => {}
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '-' if rest.peek().is_some_and(|next| !next.is_whitespace()) => tokens.push(Token::Minus),
            _ if is_quote(c) => {
                let mut quoted = String::new();
                let mut closed = false;
                for inner in rest.by_ref() {
                    if is_quote(inner) {
                        closed = true;
                        break;
                    }
                    quoted.push(if inner.is_control() { ' ' } else { inner });
                }
                if !closed {
                    notices.push(Notice::OpenQuote);
                }
                tokens.push(Token::Quoted(quoted.trim().to_string()));
            }
            _ => {
                let mut bare = String::from(c);
                while let Some(next) = rest.next_if(|next| {
                    !(next.is_whitespace()
                        || next.is_control()
                        || matches!(next, '(' | ')')
                        || is_quote(*next))
                }) {
                    bare.push(next);
                }
                let before_group = rest.peek().is_some_and(|next| *next == '(' || is_quote(*next));
                match bare
                    .strip_suffix(':')
                    .filter(|name| before_group && is_name(name))
                {
                    Some(name) => tokens.push(Token::Field(name.to_string())),
                    None => tokens.push(Token::Bare(bare)),
                }
            }
        }
    }
    tokens
}

const fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

struct Parser {
    tokens: Peekable<IntoIter<Token>>,
    today: Date,
    query: Query,
    nodes: usize,
    depth: usize,
}

impl Parser {
    fn notice(&mut self, notice: Notice) {
        if !self.query.notices.contains(&notice) {
            self.query.notices.push(notice);
        }
    }

    /// Lists divided by OR, up to a closing bracket or the end.
    fn alternatives(&mut self, part: Option<Part>) -> Option<Node> {
        let mut all = Vec::new();
        loop {
            let list = self.list(part);
            let or = self.tokens.next_if(is_or).is_some();
            if list.is_none() && (or || !all.is_empty()) {
                self.notice(Notice::LoneOperator("OR".to_string()));
            }
            all.extend(list);
            if !or {
                return one_or(all, Node::Any);
            }
        }
    }

    fn list(&mut self, part: Option<Part>) -> Option<Node> {
        let mut all = Vec::new();
        while self
            .tokens
            .peek()
            .is_some_and(|token| *token != Token::Close && !is_or(token))
        {
            all.extend(self.one(part));
        }
        one_or(all, Node::All)
    }

    /// One condition; none where it was ignored or belongs to the whole question.
    fn one(&mut self, part: Option<Part>) -> Option<Node> {
        let token = self.tokens.next()?;
        if self.nodes >= MOST_NODES || self.depth >= DEEPEST {
            self.notice(Notice::TooLong);
            return None;
        }
        // Signs that only join conditions are bounded by the depth, so that a question and its brackets printed out are cut
        // at the same condition.
        self.nodes += usize::from(!token.joins());
        match token {
            Token::Minus => self.negated("-", part),
            Token::Bare(word) if word == "NOT" => self.negated("NOT", part),
            Token::Bare(word) if word == "AND" => None,
            Token::Open => self.group(part),
            Token::Quoted(text) => phrase(text, part),
            Token::Field(name) => self.field_before(&name, part),
            Token::Bare(word) => self.bare(word, part),
            Token::Close => None,
        }
    }

    fn negated(&mut self, sign: &str, part: Option<Part>) -> Option<Node> {
        let follows = self
            .tokens
            .peek()
            .is_some_and(|token| *token != Token::Close && !is_or(token));
        self.depth += 1;
        let node = if follows { self.one(part) } else { None };
        self.depth -= 1;
        match node {
            Some(Node::Not(node)) => Some(*node),
            Some(node) => Some(Node::Not(Box::new(node))),
            None => {
                self.notice(Notice::LoneOperator(sign.to_string()));
                None
            }
        }
    }

    fn group(&mut self, part: Option<Part>) -> Option<Node> {
        self.depth += 1;
        let inner = self.alternatives(part);
        self.depth -= 1;
        if self.tokens.next_if_eq(&Token::Close).is_none() {
            self.notice(Notice::LoneBracket);
        }
        inner
    }

    /// A field whose value is quoted or in brackets.
    fn field_before(&mut self, name: &str, part: Option<Part>) -> Option<Node> {
        let lower = name.to_lowercase();
        if let Some(inner) = part_of(&lower) {
            return self.one(Some(inner));
        }
        match self.tokens.next_if(|token| matches!(token, Token::Quoted(_))) {
            Some(Token::Quoted(value)) => self.field(&lower, &value).unwrap_or_else(|| {
                self.notice(Notice::UnknownField(name.to_string()));
                both(word(name, part), phrase(value, part))
            }),
            _ => {
                self.notice(Notice::UnknownField(name.to_string()));
                word(name, part)
            }
        }
    }

    fn bare(&mut self, text: String, part: Option<Part>) -> Option<Node> {
        if let Some(tag) = text.strip_prefix('#').filter(|tag| !tag.is_empty()) {
            return Some(Node::Is(Condition::Tag(tag.to_string())));
        }
        let Some((name, value)) = text
            .split_once(':')
            .filter(|(name, value)| is_name(name) && !value.is_empty())
        else {
            return word(&text, part);
        };
        let lower = name.to_lowercase();
        if let Some(part) = part_of(&lower) {
            return word(value, Some(part));
        }
        if let Some(node) = self.field(&lower, value) {
            return node;
        }
        // An address or a time of day is no attempt at a field.
        if !value.starts_with('/') {
            self.notice(Notice::UnknownField(name.to_string()));
        }
        word(&text, part)
    }

    /// A field with its value; none where there is no such field, and the words where the value means nothing.
    fn field(&mut self, name: &str, value: &str) -> Option<Option<Node>> {
        let condition = match name {
            "source" => Some(Condition::Source(value.to_string())),
            "author" => says_something(value).then(|| Condition::Author(value.to_string())),
            "tag" => Some(Condition::Tag(value.to_string())),
            "url" => Some(Condition::Url(value.to_string())),
            "lang" | "language" => languages(value).map(Condition::Language),
            "is" => is(value),
            "has" => has(value),
            "after" => day::first(value, self.today).map(|from| Condition::Published {
                from: Some(from),
                until: None,
            }),
            "before" => day::first(value, self.today).map(|until| Condition::Published {
                from: None,
                until: Some(until),
            }),
            "date" => day::range(value, self.today).map(|(from, until)| Condition::Published { from, until }),
            "figure" => self.figure(value).map(Condition::Figure),
            "sort" => return Some(self.sort(value)),
            "also" => return Some(self.also(value)),
            _ => return None,
        };
        let read = condition.map(Node::Is);
        Some(if read.is_some() {
            read
        } else {
            self.bad_value(name, value)
        })
    }

    fn bad_value(&mut self, field: &str, value: &str) -> Option<Node> {
        self.notice(Notice::BadValue {
            field: field.to_string(),
            value: value.to_string(),
        });
        if value.contains(|c: char| c.is_whitespace() || matches!(c, '(' | ')')) {
            return both(word(field, None), phrase(value.to_string(), None));
        }
        word(&format!("{field}:{value}"), None)
    }

    /// A figure's unit may stand behind a blank: `figure:>=300mrd cny`.
    fn figure(&mut self, value: &str) -> Option<super::Range> {
        let range = amount::range(value)?;
        if range.unit.is_some() {
            return Some(range);
        }
        let unit = self
            .tokens
            .next_if(|token| matches!(token, Token::Bare(word) if amount::is_unit(word)));
        match unit {
            Some(Token::Bare(unit)) => amount::range(&format!("{value}{unit}")),
            _ => Some(range),
        }
    }

    fn sort(&mut self, value: &str) -> Option<Node> {
        self.query.sort = match value {
            "new" | "newest" | "date" => Sort::Newest,
            "fit" | "rel" => Sort::Fit,
            _ => return self.bad_value("sort", value),
        };
        None
    }

    fn also(&mut self, value: &str) -> Option<Node> {
        match languages(value) {
            Some(languages) => {
                for language in languages {
                    if !self.query.also.contains(&language) {
                        self.query.also.push(language);
                    }
                }
                None
            }
            None => self.bad_value("also", value),
        }
    }
}

fn one_or(mut nodes: Vec<Node>, many: impl FnOnce(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(many(nodes)),
    }
}

fn is_or(token: &Token) -> bool {
    matches!(token, Token::Bare(word) if word == "OR" || word == "|")
}

fn is_name(name: &str) -> bool {
    let operator = matches!(name, "OR" | "NOT" | "AND");
    !operator && name.chars().all(char::is_alphabetic) && name.chars().count() >= 2
}

fn part_of(field: &str) -> Option<Part> {
    match field {
        "title" => Some(Part::Title),
        "text" => Some(Part::Text),
        _ => None,
    }
}

fn phrase(text: String, part: Option<Part>) -> Option<Node> {
    says_something(&text).then_some(Node::Phrase(Phrase { text, part }))
}

/// A word with its signs; none where no letter or digit is in it.
fn word(text: &str, part: Option<Part>) -> Option<Node> {
    if !says_something(text) {
        return None;
    }
    let (form, text) = if let Some(text) = text.strip_prefix('=') {
        (Form::Exact, text)
    } else if let Some(text) = text.strip_suffix('*').filter(|text| text.chars().count() >= 2) {
        (Form::Prefix, text)
    } else if let Some(text) = text.strip_suffix("~2") {
        (Form::Near(2), text)
    } else if let Some(text) = text.strip_suffix('~').or_else(|| text.strip_suffix("~1")) {
        (Form::Near(1), text)
    } else {
        (Form::Usual, text)
    };
    says_something(text).then(|| {
        Node::Word(Word {
            text: text.to_string(),
            form,
            part,
        })
    })
}

fn says_something(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn languages(value: &str) -> Option<Vec<Language>> {
    value.split(',').map(Language::from_code).collect()
}

fn is(value: &str) -> Option<Condition> {
    Some(match value {
        "read" => Condition::Read(true),
        "unread" => Condition::Read(false),
        "starred" => Condition::Starred(true),
        "unstarred" => Condition::Starred(false),
        _ => return None,
    })
}

fn has(value: &str) -> Option<Condition> {
    let any = matches!(value, "figure" | "figures").then_some(None);
    let kind = || Value::KINDS.into_iter().find(|kind| *kind == value).map(Some);
    any.or_else(kind).map(Condition::HasFigure)
}
