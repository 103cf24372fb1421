//! Passages of several articles set on common rows: which paragraphs stand beside which.

use crate::compare::Passage;
use crate::text::ParagraphIx;

/// The most passages that are set beside each other; of more, the most alike.
const MOST_PASSAGES: usize = 400;

/// Rows that the columns share: what each column shows there, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Whether its paragraphs say the same.
    pub linked: bool,
    /// The paragraphs of each column.
    pub cells: Vec<Vec<ParagraphIx>>,
}

/// Sets the paragraphs of some articles on common rows, each column in its own order and complete.
///
/// `columns` are articles by the number that `passages` count with, and how many paragraphs each has. Where passages
/// cross, those that are more alike stand side by side and the others are left unlinked.
pub fn align(columns: &[(usize, usize)], passages: &[Passage]) -> Vec<Band> {
    let chain = ordered(&uncrossed(columns, passages));
    let mut bands = Vec::new();
    let mut next = vec![0; columns.len()];
    for link in &chain {
        let before: Vec<Vec<ParagraphIx>> = next
            .iter()
            .zip(&link.cells)
            .map(|(from, cell)| cell.map_or_else(Vec::new, |(first, _)| run(*from, first)))
            .collect();
        push_unlinked(&mut bands, before);
        bands.push(Band {
            linked: true,
            cells: link
                .cells
                .iter()
                .map(|cell| cell.map_or_else(Vec::new, |(first, last)| run(first, last + 1)))
                .collect(),
        });
        for (next, cell) in next.iter_mut().zip(&link.cells) {
            if let Some((_, last)) = cell {
                *next = last + 1;
            }
        }
    }
    let rest = next
        .iter()
        .zip(columns)
        .map(|(from, (_, count))| run(*from, *count))
        .collect();
    push_unlinked(&mut bands, rest);
    bands
}

fn run(from: usize, to: usize) -> Vec<ParagraphIx> {
    (from..to).map(ParagraphIx).collect()
}

/// Paragraphs without counterpart stand on rows of their own, pair by pair, so that none hides another.
fn push_unlinked(bands: &mut Vec<Band>, cells: Vec<Vec<ParagraphIx>>) {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..height {
        bands.push(Band {
            linked: false,
            cells: cells
                .iter()
                .map(|cell| cell.get(row).copied().into_iter().collect())
                .collect(),
        });
    }
}

/// A passage by the first and last paragraph it covers in each column.
#[derive(Clone, Debug)]
struct Link {
    cells: Vec<Option<(usize, usize)>>,
}

impl Link {
    fn of(columns: &[(usize, usize)], passage: &Passage) -> Option<Self> {
        let cells: Vec<Option<(usize, usize)>> = columns
            .iter()
            .map(|(article, count)| {
                let cell = passage.cells.get(*article)?;
                let first = cell.iter().map(|paragraph| paragraph.0).min()?;
                let last = cell.iter().map(|paragraph| paragraph.0).max()?;
                (last < *count).then_some((first, last))
            })
            .collect();
        let shared = cells.iter().flatten().count();
        (shared >= 2).then_some(Self { cells })
    }

    /// Whether it stands wholly before or wholly after `other` in every column that both are in, always the same way.
    fn agrees_with(&self, other: &Self) -> bool {
        let mut ways = self.cells.iter().zip(&other.cells).filter_map(|pair| match pair {
            (Some(own), Some(their)) => Some((own.1 < their.0, their.1 < own.0)),
            _ => None,
        });
        let Some(first) = ways.next() else { return true };
        (first.0 || first.1) && ways.all(|way| way == first)
    }
}

/// The passages that cross none of those more alike.
fn uncrossed(columns: &[(usize, usize)], passages: &[Passage]) -> Vec<Link> {
    let mut ranked: Vec<(f32, usize, Link)> = passages
        .iter()
        .enumerate()
        .filter_map(|(place, passage)| Some((passage.score, place, Link::of(columns, passage)?)))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    ranked.truncate(MOST_PASSAGES);
    let mut kept: Vec<(usize, Link)> = Vec::new();
    for (_, place, link) in ranked {
        if kept.iter().all(|(_, other)| link.agrees_with(other)) {
            kept.push((place, link));
        }
    }
    kept.sort_by_key(|(place, _)| *place);
    kept.into_iter().map(|(_, link)| link).collect()
}

/// The links one after another, so that every column's order is kept; one that closes a circle is left out.
fn ordered(links: &[Link]) -> Vec<Link> {
    let mut waiting: Vec<&Link> = links.iter().collect();
    let mut chain = Vec::new();
    while !waiting.is_empty() {
        let is_first = |link: &&Link| {
            let others = waiting
                .iter()
                .flat_map(|other| other.cells.iter().zip(&link.cells));
            !others
                .into_iter()
                .any(|pair| matches!(pair, (Some(their), Some(own)) if their.1 < own.0))
        };
        match waiting.iter().position(is_first) {
            Some(place) => chain.push(waiting.remove(place).clone()),
            None => {
                waiting.remove(0);
            }
        }
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn passage(cells: &[&[usize]], score: f32) -> Passage {
        Passage {
            cells: cells
                .iter()
                .map(|cell| cell.iter().copied().map(ParagraphIx).collect())
                .collect(),
            score,
        }
    }

    /// `0|0 1` is a band of two columns, `=` before it where it is linked.
    fn drawn(bands: &[Band]) -> Vec<String> {
        let cell = |cell: &Vec<ParagraphIx>| {
            let numbers: Vec<String> = cell.iter().map(|paragraph| paragraph.0.to_string()).collect();
            numbers.join(" ")
        };
        bands
            .iter()
            .map(|band| {
                let cells: Vec<String> = band.cells.iter().map(cell).collect();
                format!("{}{}", if band.linked { "=" } else { "" }, cells.join("|"))
            })
            .collect()
    }

    #[test]
    fn passages_stand_on_common_rows() {
        let passages = [passage(&[&[1], &[0, 1]], 0.9), passage(&[&[3], &[2]], 0.5)];
        assert_eq!(
            drawn(&align(&[(0, 5), (1, 4)], &passages)),
            ["0|", "=1|0 1", "2|", "=3|2", "4|3"]
        );
    }

    #[test]
    fn of_crossing_passages_the_more_alike_stand_together() {
        let passages = [passage(&[&[0], &[1]], 0.4), passage(&[&[1], &[0]], 0.8)];
        assert_eq!(drawn(&align(&[(0, 2), (1, 2)], &passages)), ["0|", "=1|0", "|1"]);
    }

    #[test]
    fn three_columns_keep_their_orders_even_in_a_circle() {
        let passages = [
            passage(&[&[0], &[1], &[]], 0.9),
            passage(&[&[], &[0], &[1]], 0.8),
            passage(&[&[1], &[], &[0]], 0.7),
        ];
        let bands = align(&[(0, 2), (1, 2), (2, 2)], &passages);
        assert!(bands.iter().filter(|band| band.linked).count() >= 1);
    }

    #[test]
    fn only_the_columns_shown_are_linked() {
        let passages = [passage(&[&[0], &[], &[0]], 0.9)];
        assert_eq!(drawn(&align(&[(0, 1), (1, 1)], &passages)), ["0|0"]);
        assert_eq!(drawn(&align(&[(2, 1), (0, 1)], &passages)), ["=0|0"]);
        assert_eq!(drawn(&align(&[(1, 2)], &passages)), ["0", "1"]);
    }

    proptest! {
        #[test]
        fn every_paragraph_stands_once_and_in_order(
            pairs in proptest::collection::vec((0usize..8, 0usize..8, 0usize..8, 0u8..100), 0..12),
        ) {
            let passages: Vec<Passage> = pairs
                .iter()
                .map(|(a, b, c, score)| passage(&[&[*a][..], &[*b][..], &[*c][..]], f32::from(*score)))
                .collect();
            let bands = align(&[(0, 8), (1, 8), (2, 7)], &passages);
            for (column, count) in [8, 8, 7].into_iter().enumerate() {
                let shown: Vec<usize> = bands.iter().flat_map(|band| &band.cells[column]).map(|ix| ix.0).collect();
                prop_assert_eq!(shown, (0..count).collect::<Vec<_>>());
            }
        }
    }
}
