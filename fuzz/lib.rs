//! What every article must be, wherever it comes from.

use beide::article::Article;

/// Checks that an article holds nothing a terminal would obey, within its bounds.
pub fn is_clean(article: &Article) {
    let headline = &article.headline;
    let odd = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!article.text.contains(odd) && article.text.len() <= beide::intake::MAX_TEXT);
    for line in [&headline.title, &headline.source, &headline.id.0].into_iter().chain(&headline.tags) {
        assert!(!line.contains(odd) && !line.contains('\n'), "{line:?}");
        assert!(line.chars().count() <= beide::intake::MAX_LINE + 1, "{line:?}");
    }
    assert!(!headline.id.0.is_empty());
}
