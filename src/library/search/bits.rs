/// A set of documents of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: u32,
}

impl Bits {
    /// None of `len` documents.
    pub fn none(len: u32) -> Self {
        Self {
            words: vec![0; len.div_ceil(64) as usize],
            len,
        }
    }

    /// All of `len` documents.
    pub fn all(len: u32) -> Self {
        let mut bits = Self {
            words: vec![u64::MAX; len.div_ceil(64) as usize],
            len,
        };
        bits.trim();
        bits
    }

    /// The documents that `holds` says yes to.
    pub fn of(len: u32, mut holds: impl FnMut(u32) -> bool) -> Self {
        let mut bits = Self::none(len);
        for document in 0..len {
            if holds(document) {
                bits.insert(document);
            }
        }
        bits
    }

    pub fn insert(&mut self, document: u32) {
        if let Some(word) = self.words.get_mut(document as usize / 64) {
            *word |= 1 << (document % 64);
        }
    }

    pub fn contains(&self, document: u32) -> bool {
        self.words
            .get(document as usize / 64)
            .is_some_and(|word| word >> (document % 64) & 1 == 1)
    }

    pub fn and(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= other;
        }
    }

    pub fn or(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word |= other;
        }
    }

    /// Takes out what `other` has.
    pub fn without(&mut self, other: &Self) {
        for (word, other) in self.words.iter_mut().zip(&other.words) {
            *word &= !other;
        }
    }

    pub fn invert(&mut self) {
        for word in &mut self.words {
            *word = !*word;
        }
        self.trim();
    }

    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().zip(0u32..).flat_map(|(word, place)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    place * 64 + bit
                })
            })
        })
    }

    /// Nothing is set behind the last document.
    fn trim(&mut self) {
        let used = self.len % 64;
        if used != 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_what_they_were_made_of() {
        for len in [0, 1, 63, 64, 65, 200] {
            let thirds = Bits::of(len, |document| document % 3 == 0);
            let listed: Vec<u32> = thirds.iter().collect();
            assert_eq!(listed, (0..len).step_by(3).collect::<Vec<_>>());
            let mut rest = thirds.clone();
            rest.invert();
            assert_eq!(rest.count() + thirds.count(), len as usize);
            rest.or(&thirds);
            assert_eq!(rest, Bits::all(len));
            rest.and(&thirds);
            assert_eq!(rest, thirds);
        }
    }
}
