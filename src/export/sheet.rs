//! A comparison as a table of text, as wide as the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::claims::{cell, head, lone, paragraphs, shared, sign, topic};
use super::note::note;
use crate::article::Article;
use crate::compare::{Claim, Comparison, Verdict};
use crate::locale::Locale;

/// What the table is written on.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// How wide it is.
    pub columns: usize,
    /// Whether it shows colours.
    pub styled: bool,
}

/// The narrowest column that running text is set in.
const NARROWEST: usize = 24;

/// What stands between two columns.
const GAP: usize = 2;

/// The claims of several articles as a table, then the passages that say the same, side by side.
pub fn comparison_table(
    articles: &[Article],
    comparison: &Comparison,
    locale: &Locale,
    sheet: Sheet,
) -> String {
    let mut table = String::new();
    for (place, article) in articles.iter().enumerate() {
        let line = format!("{}  {}", head(place, article), article.headline.title);
        table.push_str(&line);
        table.push('\n');
    }
    let first = (sheet.columns / 4).clamp(12, 34);
    let rest = sheet.columns.saturating_sub(first + 2);
    let column = (rest / articles.len().max(1)).saturating_sub(GAP).max(8);
    let claims: Vec<&Claim> = shared(comparison).chain(lone(comparison)).collect();
    if !claims.is_empty() {
        let heads = articles
            .iter()
            .enumerate()
            .map(|(place, article)| head(place, article));
        table.push('\n');
        row(
            &mut table,
            locale.text("claims.title"),
            "  ",
            heads,
            (first, column),
        );
    }
    for claim in claims {
        let mark = format!("{} ", coloured(claim.verdict, sheet.styled));
        let cells = (0..articles.len()).map(|place| cell(claim, place, articles));
        row(&mut table, &topic(claim), &mark, cells, (first, column));
        if let Some(reason) = &claim.reason {
            table.push_str(&format!("      {}\n", note(reason, locale)));
        }
    }
    let column = (sheet.columns / articles.len().max(1)).saturating_sub(GAP);
    if column >= NARROWEST {
        for passage in &comparison.passages {
            table.push('\n');
            let set = |place: usize, article| {
                let words = passage
                    .cells
                    .get(place)
                    .map(|cell| paragraphs(cell, article))
                    .unwrap_or_default();
                words
                    .iter()
                    .flat_map(|paragraph| wrapped(paragraph, column))
                    .collect::<Vec<_>>()
            };
            let columns: Vec<Vec<String>> = articles
                .iter()
                .enumerate()
                .map(|(place, article)| set(place, article))
                .collect();
            beside(&mut table, &columns, column);
        }
    }
    table
}

/// The sign of a verdict, in its colour where colours are wanted.
fn coloured(verdict: Verdict, styled: bool) -> String {
    let colour = match verdict {
        Verdict::Agree => "32",
        Verdict::Rounded | Verdict::Restated => "36",
        Verdict::Conflict => "1;31",
        Verdict::Scale => "1;35",
        Verdict::Updated => "33",
        Verdict::Single => "2",
    };
    if styled {
        format!("\u{1b}[{colour}m{}\u{1b}[0m", sign(verdict))
    } else {
        sign(verdict).to_string()
    }
}

/// One row: a mark of two columns, then its head and its cells, each wrapped within its column.
fn row(
    table: &mut String,
    first: &str,
    mark: &str,
    cells: impl Iterator<Item = String>,
    (head, column): (usize, usize),
) {
    let cells: Vec<Vec<String>> = cells.map(|cell| wrapped(&cell, column)).collect();
    let first = wrapped(first, head);
    let rows = cells.iter().map(Vec::len).chain([first.len()]).max().unwrap_or(0);
    for number in 0..rows {
        let of = |lines: &[String]| lines.get(number).cloned().unwrap_or_default();
        let mut line = padded(&of(&first), head);
        for cell in &cells {
            line.push_str("  ");
            line.push_str(&padded(&of(cell), column));
        }
        table.push_str(if number == 0 { mark } else { "  " });
        table.push_str(line.trim_end());
        table.push('\n');
    }
}

/// Columns of lines side by side.
fn beside(table: &mut String, columns: &[Vec<String>], width: usize) {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    for number in 0..rows {
        let cells = columns
            .iter()
            .map(|column| padded(column.get(number).map_or("", String::as_str), width));
        let line = cells.collect::<Vec<_>>().join("  ");
        table.push_str(line.trim_end());
        table.push('\n');
    }
}

/// A paragraph as lines of at most so many columns, broken at spaces; a longer word is broken where it must be.
fn wrapped(paragraph: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.width() + 1 + word.width() > columns {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let mut taken = line.width();
        for c in word.chars() {
            let wide = c.width().unwrap_or(0);
            if taken + wide > columns && taken > 0 {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            line.push(c);
            taken += wide;
        }
    }
    lines.push(line);
    lines
}

/// `text` if it fits into so many columns, else its beginning and `…`.
pub fn fitted(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_string();
    }
    let mut shown = String::new();
    let mut taken = 1;
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            break;
        }
        shown.push(c);
    }
    shown.push('…');
    shown
}

/// `text` with spaces up to so many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{:gap$}", "", gap = columns.saturating_sub(text.width()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use crate::export::testing;

    #[test]
    fn a_comparison_is_a_table() {
        let (articles, comparison) = testing::bridges();
        let sheet = Sheet {
            columns: 72,
            styled: false,
        };
        let table = comparison_table(&articles, &comparison, &Locale::new(Language::English), sheet);
        let expected = "\
① de · Bote · 2024-03-05  Brücke
② nl  Brug

  Claims              ① de · Bote · 2024-03-05  ② nl
✗ Brücke · Meter      400 Meter                 500 meter
      25 % apart

Sie ist 400 Meter lang.             Ze is 500 meter lang.
";
        assert_eq!(table, expected);
    }

    #[test]
    fn no_line_is_wider_than_the_sheet() {
        let (articles, comparison) = testing::bridges();
        for columns in [40, 60, 100] {
            let sheet = Sheet {
                columns,
                styled: false,
            };
            let table = comparison_table(&articles, &comparison, &Locale::new(Language::German), sheet);
            let widest = table.lines().skip(2).map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(columns), "{columns}: {table}");
        }
    }

    #[test]
    fn paragraphs_are_wrapped_without_losing_a_word() {
        assert_eq!(wrapped("aa bb ccccccc d", 5), ["aa bb", "ccccc", "cc d"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}
