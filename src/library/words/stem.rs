use super::Vocabulary;
use crate::article::Language;
use crate::text;

/// The stem under which the forms of a word meet.
pub fn stem(word: &str, folded: &str, language: Language, vocabulary: &Vocabulary) -> String {
    let _ = (folded, vocabulary);
    text::stem(word, language)
}

/// The stems of a compound's parts, then of its parts that are compounds themselves, and how many are of the first kind.
pub fn parts(
    folded: &str,
    pieces: &[String],
    whole: &str,
    language: Language,
    vocabulary: &Vocabulary,
) -> (Vec<String>, usize) {
    let mut stems: Vec<String> = Vec::new();
    let take = |stems: &mut Vec<String>, part: &str| {
        let stem = stem(part, part, language, vocabulary);
        if stem != whole && !stems.contains(&stem) {
            stems.push(stem);
        }
    };
    for piece in pieces {
        take(&mut stems, piece);
    }
    let leaves = stems.len();
    let starts = starts(folded, pieces);
    for first in 0..pieces.len() {
        for end in first + 2..=pieces.len() {
            let is_whole = first == 0 && end == pieces.len();
            let until = starts.get(end).copied().unwrap_or(folded.len());
            let inner = starts.get(first).and_then(|start| folded.get(*start..until));
            if let Some(inner) = inner.filter(|_| !is_whole) {
                take(&mut stems, inner);
            }
        }
    }
    (stems, leaves)
}

/// Where each part begins in its compound; a link before it may be a few letters long.
fn starts(folded: &str, pieces: &[String]) -> Vec<usize> {
    let mut starts = Vec::with_capacity(pieces.len());
    let mut from = 0;
    for piece in pieces {
        // A part may have letters that the compound dropped at its end (Frage, Fragebogen), never at its start.
        let beginning: String = piece.chars().take(3).collect();
        let found = folded.get(from..).and_then(|rest| rest.find(&beginning));
        let start = from + found.unwrap_or(0);
        starts.push(start);
        from = (start + piece.len().saturating_sub(2)).min(folded.len());
    }
    starts
}
