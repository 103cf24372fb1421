//! Average-link clustering of a few articles, with what the reader has decided.

/// What a reader has decided about articles, which no grouping undoes.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// Pairs that belong to one story.
    pub together: Vec<(usize, usize)>,
    /// Pairs that do not.
    pub apart: Vec<(usize, usize)>,
}

/// Parts `0..count` into groups whose mean likeness, over all pairs of two groups joined, is at least `cut`.
///
/// The best pair of groups is joined first, of equal ones the first in order: the result depends on the order
/// of the articles only where likenesses are exactly equal. Groups and their members come in ascending order.
/// Works in `count`² steps of memory and little more of time, so callers bound `count`.
pub fn group(
    count: usize,
    likeness: impl Fn(usize, usize) -> f32,
    cut: f32,
    decided: &Decided,
) -> Vec<Vec<usize>> {
    let mut matrix = Matrix::new(count, likeness);
    for &(a, b) in &decided.apart {
        matrix.part(a, b);
    }
    for &(a, b) in &decided.together {
        matrix.join(a, b);
    }
    while let Some((a, b)) = matrix.best(cut) {
        matrix.join(a, b);
    }
    let mut groups: Vec<Vec<usize>> = matrix
        .groups
        .into_iter()
        .filter(|group| !group.is_empty())
        .collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_unstable();
    groups
}

/// The sums of likeness between groups; a joined group lives on under its lower number.
struct Matrix {
    groups: Vec<Vec<usize>>,
    /// Which group a member is in.
    home: Vec<usize>,
    /// Row by row, symmetrical.
    sums: Vec<f32>,
    /// For each living group the best partner of a higher number, with the mean likeness.
    nearest: Vec<Option<(usize, f32)>>,
}

impl Matrix {
    fn new(count: usize, likeness: impl Fn(usize, usize) -> f32) -> Self {
        let mut sums = vec![0.0; count * count];
        for a in 0..count {
            for b in a + 1..count {
                let z = likeness(a, b);
                sums[a * count + b] = z;
                sums[b * count + a] = z;
            }
        }
        let groups = (0..count).map(|member| vec![member]).collect();
        let mut matrix = Self {
            groups,
            home: (0..count).collect(),
            sums,
            nearest: vec![None; count],
        };
        (0..count).for_each(|a| matrix.seek(a));
        matrix
    }

    fn mean(&self, a: usize, b: usize) -> f32 {
        let pairs = self.groups[a].len() * self.groups[b].len();
        self.sums[a * self.groups.len() + b] / pairs as f32
    }

    /// Finds the nearest of `a` anew.
    fn seek(&mut self, a: usize) {
        let mut nearest: Option<(usize, f32)> = None;
        for b in a + 1..self.groups.len() {
            if self.groups[b].is_empty() {
                continue;
            }
            let mean = self.mean(a, b);
            if nearest.is_none_or(|(_, best)| mean > best) {
                nearest = Some((b, mean));
            }
        }
        self.nearest[a] = nearest;
    }

    /// Forbids that the two ever meet.
    fn part(&mut self, a: usize, b: usize) {
        let count = self.groups.len();
        if a == b || a >= count || b >= count {
            return;
        }
        self.sums[a * count + b] = f32::NEG_INFINITY;
        self.sums[b * count + a] = f32::NEG_INFINITY;
        self.seek(a.min(b));
    }

    fn best(&self, cut: f32) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize, f32)> = None;
        for (a, nearest) in self.nearest.iter().enumerate() {
            if let Some((b, mean)) = *nearest
                && mean >= cut
                && best.is_none_or(|(_, _, found)| mean > found)
            {
                best = Some((a, b, mean));
            }
        }
        best.map(|(a, b, _)| (a, b))
    }

    /// Joins the groups that two members are in.
    fn join(&mut self, a: usize, b: usize) {
        let count = self.groups.len();
        let (Some(&one), Some(&other)) = (self.home.get(a), self.home.get(b)) else {
            return;
        };
        if one == other {
            return;
        }
        let (kept, gone) = (one.min(other), one.max(other));
        let moved = std::mem::take(&mut self.groups[gone]);
        for &member in &moved {
            self.home[member] = kept;
        }
        self.groups[kept].extend(moved);
        for c in 0..count {
            let sum = self.sums[kept * count + c] + self.sums[gone * count + c];
            self.sums[kept * count + c] = sum;
            self.sums[c * count + kept] = sum;
        }
        self.nearest[gone] = None;
        self.seek(kept);
        for c in 0..kept.max(gone) {
            if c == kept || self.groups[c].is_empty() {
                continue;
            }
            match self.nearest[c] {
                Some((b, _)) if b == kept || b == gone => self.seek(c),
                _ if c < kept => {
                    let mean = self.mean(c, kept);
                    if self.nearest[c].is_none_or(|(b, best)| mean > best || (mean == best && kept < b)) {
                        self.nearest[c] = Some((kept, mean));
                    }
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Likenesses as a triangle: `1-2`, `1-3`, `2-3`, `1-4` …
    fn check(triangle: &[f32], decided: Decided, expected: &[&[usize]]) {
        let count = (1..)
            .find(|n| n * (n - 1) / 2 >= triangle.len())
            .expect("some size");
        let likeness = |a: usize, b: usize| {
            let (low, high) = (a.min(b), a.max(b));
            triangle[high * (high - 1) / 2 + low]
        };
        assert_eq!(
            group(count, likeness, 3.0, &decided),
            expected,
            "{triangle:?} {decided:?}"
        );
    }

    #[test]
    fn groups_are_joined_by_their_mean() {
        let none = Decided::default;
        check(&[4.0], none(), &[&[0, 1]]);
        check(&[2.9], none(), &[&[0], &[1]]);
        // The chain 0-1-2 holds only where its ends are alike enough for the mean.
        check(&[5.0, 0.0, 4.0], none(), &[&[0, 1], &[2]]);
        check(&[5.0, 2.5, 4.0], none(), &[&[0, 1, 2]]);
        // The best pair is joined first: 1 goes with 2, not with 0.
        check(&[3.5, 0.0, 6.0], none(), &[&[0], &[1, 2]]);
    }

    #[test]
    fn what_the_reader_decided_stands() {
        let decided = |together: &[(usize, usize)], apart: &[(usize, usize)]| Decided {
            together: together.to_vec(),
            apart: apart.to_vec(),
        };
        check(&[0.0], decided(&[(0, 1)], &[]), &[&[0, 1]]);
        check(&[9.0], decided(&[], &[(1, 0)]), &[&[0], &[1]]);
        // Apart holds through others: 2 is like both, and goes with the one it is more like.
        check(&[9.0, 5.0, 6.0], decided(&[], &[(0, 1)]), &[&[0], &[1, 2]]);
        // Joined articles count as one story for all others.
        check(&[0.0, 7.0, 1.0], decided(&[(0, 1)], &[]), &[&[0, 1, 2]]);
        check(&[0.0, 4.0, 1.0], decided(&[(0, 1)], &[]), &[&[0, 1], &[2]]);
    }

    #[test]
    fn nothing_gives_nothing() {
        assert!(group(0, |_, _| 9.0, 3.0, &Decided::default()).is_empty());
        assert_eq!(group(1, |_, _| 9.0, 3.0, &Decided::default()), [[0]]);
    }

    /// The textbook: look at all pairs of groups, every time.
    fn slowly(count: usize, likeness: impl Fn(usize, usize) -> f32, cut: f32) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = (0..count).map(|member| vec![member]).collect();
        loop {
            let mut best = None;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let pairs = groups[a].iter().flat_map(|x| groups[b].iter().map(|y| (*x, *y)));
                    let sum: f32 = pairs.map(|(x, y)| likeness(x, y)).sum();
                    let mean = sum / (groups[a].len() * groups[b].len()) as f32;
                    if mean >= cut && best.is_none_or(|(_, _, found)| mean > found) {
                        best = Some((a, b, mean));
                    }
                }
            }
            let Some((a, b, _)) = best else { return groups };
            let moved = groups.remove(b);
            groups[a].extend(moved);
            groups[a].sort_unstable();
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_is_the_textbook_way(values in prop::collection::vec(0..1000_u16, 45)) {
            // Multiples of a power of two add up without rounding; equal means are the only freedom left.
            let likeness = |a: usize, b: usize| {
                let (low, high) = (a.min(b), a.max(b));
                f32::from(values[high * (high - 1) / 2 + low]) / 128.0 + (high * 10 + low) as f32 / 65536.0
            };
            let groups = group(10, likeness, 3.0, &Decided::default());
            let mut expected = slowly(10, likeness, 3.0);
            expected.sort();
            prop_assert_eq!(groups, expected);
        }
    }
}
