use std::fmt;

use super::{Condition, Form, Node, Phrase, Query, Sort, Word};
use crate::article::Part;

/// Prints a question as it could have been typed; dates come out absolute.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut pieces = Vec::new();
        match &self.wanted {
            Some(Node::All(nodes)) => pieces.extend(nodes.iter().map(grouped)),
            Some(node) => pieces.push(node.to_string()),
            None => {}
        }
        if self.sort == Sort::Newest {
            pieces.push("sort:new".to_string());
        }
        if !self.also.is_empty() {
            let codes: Vec<_> = self.also.iter().map(|language| language.code()).collect();
            pieces.push(format!("also:{}", codes.join(",")));
        }
        f.write_str(&pieces.join(" "))
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list =
            |nodes: &[Self], between: &str| nodes.iter().map(grouped).collect::<Vec<_>>().join(between);
        match self {
            Self::All(nodes) => f.write_str(&list(nodes, " ")),
            Self::Any(nodes) => f.write_str(&list(nodes, " OR ")),
            Self::Not(node) => write!(f, "-{}", grouped(node)),
            Self::Word(word) => word.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
            Self::Is(condition) => condition.fmt(f),
        }
    }
}

/// A node as it stands beside others.
fn grouped(node: &Node) -> String {
    match node {
        Node::All(_) | Node::Any(_) => format!("({node})"),
        _ => node.to_string(),
    }
}

fn field(part: Option<Part>) -> &'static str {
    match part {
        Some(Part::Title) => "title:",
        Some(Part::Text) => "text:",
        None => "",
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (field, text) = (field(self.part), &self.text);
        match self.form {
            Form::Usual => write!(f, "{field}{text}"),
            Form::Exact => write!(f, "{field}={text}"),
            Form::Prefix => write!(f, "{field}{text}*"),
            Form::Near(1) => write!(f, "{field}{text}~"),
            Form::Near(edits) => write!(f, "{field}{text}~{edits}"),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\"{}\"", field(self.part), self.text)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Language(languages) => {
                let codes: Vec<_> = languages.iter().map(|language| language.code()).collect();
                write!(f, "lang:{}", codes.join(","))
            }
            Self::Source(name) => write!(f, "source:{}", value(name)),
            Self::Author(name) => write!(f, "author:{}", value(name)),
            Self::Tag(tag) => write!(f, "tag:{}", value(tag)),
            Self::Url(url) => write!(f, "url:{}", value(url)),
            Self::Published {
                from: Some(from),
                until: None,
            } => write!(f, "after:{from}"),
            Self::Published {
                from: None,
                until: Some(until),
            } => write!(f, "before:{until}"),
            Self::Published {
                from: None,
                until: None,
            } => write!(f, "date:0001-01-01.."),
            Self::Published {
                from: Some(from),
                until: Some(until),
            } => {
                let last = until.yesterday().unwrap_or(*until);
                write!(f, "date:{from}..{last}")
            }
            Self::Read(read) => f.write_str(if *read { "is:read" } else { "is:unread" }),
            Self::Starred(starred) => f.write_str(if *starred { "is:starred" } else { "is:unstarred" }),
            Self::HasFigure(kind) => write!(f, "has:{}", kind.unwrap_or("figure")),
            Self::Figure(range) => write!(f, "figure:{}", value(&range.text)),
        }
    }
}

/// A value, quoted where it would otherwise fall apart.
fn value(text: &str) -> String {
    let apart = text.chars().any(|c| c.is_whitespace() || matches!(c, '(' | ')'));
    if apart {
        format!("\"{text}\"")
    } else {
        text.to_string()
    }
}
