//! The links of all pairs of articles put together into passages.

use std::collections::HashMap;

use super::Passage;
use super::align::Link;
use crate::text::ParagraphIx;

/// The most paragraphs of one article in a passage.
const MOST_PARAGRAPHS: usize = 4;

/// Joins the links of pairs of articles, the surest first, into passages over all of them.
///
/// Paragraphs of one article share a passage only where they are neighbours; what cannot be joined without that
/// stands as a passage of its own, so a paragraph may be in several.
pub fn passages<'a>(
    articles: usize,
    links: impl Iterator<Item = ((usize, usize), &'a [Link])>,
) -> Vec<Passage> {
    let mut all: Vec<((usize, usize), Link)> = links
        .flat_map(|(pair, links)| links.iter().map(move |link| (pair, *link)))
        .collect();
    all.sort_by(|x, y| {
        y.1.score
            .total_cmp(&x.1.score)
            .then((x.0, x.1.a, x.1.b).cmp(&(y.0, y.1.a, y.1.b)))
    });
    let mut drafts: Vec<Draft> = Vec::new();
    let mut home: HashMap<(usize, usize), usize> = HashMap::new();
    for ((a, b), link) in all {
        let ends = [(a, link.a - 1), (b, link.b - 1)];
        let known = [home.get(&ends[0]).copied(), home.get(&ends[1]).copied()];
        let place = match known {
            [Some(x), Some(y)] if x == y => {
                drafts[x].add(link.score);
                continue;
            }
            [Some(x), Some(y)] if drafts[x].fits(&drafts[y].cells) => {
                let moved = std::mem::take(&mut drafts[y]);
                drafts[x].take(moved);
                x
            }
            [Some(x), None] if drafts[x].fits(&single(articles, ends[1])) => x,
            [None, Some(y)] if drafts[y].fits(&single(articles, ends[0])) => y,
            _ => {
                drafts.push(Draft {
                    cells: vec![Vec::new(); articles],
                    sum: 0.0,
                    links: 0,
                });
                drafts.len() - 1
            }
        };
        for (article, paragraph) in ends {
            drafts[place].put(article, paragraph);
        }
        drafts[place].add(link.score);
        let cells = drafts[place].cells.clone();
        for (article, cell) in cells.iter().enumerate() {
            for paragraph in cell {
                // A paragraph that stands in several passages stays at home in its surest.
                let own = home.entry((article, *paragraph)).or_insert(place);
                if drafts[*own].links == 0 {
                    *own = place;
                }
            }
        }
    }
    let mut passages: Vec<Passage> = drafts
        .into_iter()
        .filter(|draft| draft.links > 0)
        .map(Draft::finish)
        .collect();
    passages.sort_by_cached_key(|passage| {
        passage
            .cells
            .iter()
            .map(|cell| cell.first().copied())
            .map(|first| (first.is_none(), first))
            .collect::<Vec<_>>()
    });
    passages
}

fn single(articles: usize, (article, paragraph): (usize, usize)) -> Vec<Vec<usize>> {
    let mut cells = vec![Vec::new(); articles];
    cells[article].push(paragraph);
    cells
}

/// A passage in the making.
#[derive(Default)]
struct Draft {
    cells: Vec<Vec<usize>>,
    sum: f32,
    links: usize,
}

impl Draft {
    /// Whether the paragraphs of each article would be neighbours if `others` were added.
    fn fits(&self, others: &[Vec<usize>]) -> bool {
        self.cells.iter().zip(others).all(|(own, other)| {
            let mut both: Vec<usize> = own.iter().chain(other).copied().collect();
            both.sort_unstable();
            both.dedup();
            both.len() <= MOST_PARAGRAPHS && both.windows(2).all(|pair| pair[1] == pair[0] + 1)
        })
    }

    fn put(&mut self, article: usize, paragraph: usize) {
        let cell = &mut self.cells[article];
        if let Err(place) = cell.binary_search(&paragraph) {
            cell.insert(place, paragraph);
        }
    }

    fn take(&mut self, other: Self) {
        for (article, cell) in other.cells.iter().enumerate() {
            for paragraph in cell {
                self.put(article, *paragraph);
            }
        }
        self.sum += other.sum;
        self.links += other.links;
    }

    fn add(&mut self, score: f32) {
        self.sum += score;
        self.links += 1;
    }

    fn finish(self) -> Passage {
        let score = (self.sum / self.links as f32).clamp(0.0, 1.0);
        let cells = self
            .cells
            .into_iter()
            .map(|cell| cell.into_iter().map(ParagraphIx).collect())
            .collect();
        Passage { cells, score }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The links of a pair of articles: two paragraphs and how alike they are.
    type PairLinks<'a> = ((usize, usize), &'a [(usize, usize, f32)]);

    fn check(articles: usize, links: &[PairLinks], expected: &[&str]) {
        let links: Vec<((usize, usize), Vec<Link>)> = links
            .iter()
            .map(|(pair, links)| {
                (
                    *pair,
                    links
                        .iter()
                        .map(|(a, b, score)| Link {
                            a: a + 1,
                            b: b + 1,
                            score: *score,
                        })
                        .collect(),
                )
            })
            .collect();
        let found: Vec<String> = passages(
            articles,
            links.iter().map(|(pair, links)| (*pair, links.as_slice())),
        )
        .into_iter()
        .map(|passage| {
            let cells = passage.cells.iter().map(|cell| {
                let numbers: Vec<String> = cell.iter().map(|number| number.0.to_string()).collect();
                numbers.join(",")
            });
            cells.collect::<Vec<_>>().join(" | ")
        })
        .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_of_pairs_become_passages_of_all() {
        check(
            2,
            &[((0, 1), &[(0, 0, 0.9), (1, 1, 0.5), (1, 2, 0.4)])],
            &["0 | 0", "1 | 1,2"],
        );
        check(
            3,
            &[
                ((0, 1), &[(0, 2, 0.9)]),
                ((1, 2), &[(2, 1, 0.8)]),
                ((0, 2), &[(3, 0, 0.4)]),
            ],
            &["0 | 2 | 1", "3 |  | 0"],
        );
        check(2, &[], &[]);
    }

    #[test]
    fn distant_paragraphs_share_no_passage() {
        check(2, &[((0, 1), &[(0, 0, 0.9), (0, 5, 0.4)])], &["0 | 0", "0 | 5"]);
    }
}
