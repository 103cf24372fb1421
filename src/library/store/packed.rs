//! Texts as the database keeps them: deflated where that makes them shorter.

use std::cell::RefCell;
use std::thread;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

/// Texts shorter than this are kept as they are, in bytes.
const WORTH_IT: usize = 200;
/// How much longer than its deflated form a text can be.
const GREATEST_RATIO: usize = 1100;
/// From so many texts on they are packed on two threads.
const MANY: usize = 50;

/// A text as it is kept, in two columns of which one is empty.
pub struct Packed<'a> {
    pub text: &'a str,
    pub packed: Option<Vec<u8>>,
}

impl<'a> Packed<'a> {
    pub fn of(text: &'a str) -> Self {
        let deflated = (text.len() >= WORTH_IT).then(|| deflated(text)).flatten();
        match deflated {
            Some(deflated) => Self {
                text: "",
                packed: Some(deflated),
            },
            None => Self { text, packed: None },
        }
    }

    /// The same for many texts, in their order.
    pub fn all(texts: &[&'a str]) -> Vec<Self> {
        let pack = |texts: &[&'a str]| texts.iter().map(|text| Self::of(text)).collect::<Vec<_>>();
        if texts.len() < MANY {
            return pack(texts);
        }
        let (first, second) = texts.split_at(texts.len() / 2);
        thread::scope(|scope| {
            let beside = scope.spawn(|| pack(second));
            let mut all = pack(first);
            all.extend(beside.join().unwrap_or_else(|_| pack(second)));
            all
        })
    }
}

thread_local! {
    /// What deflating works in is far larger than most texts, and made once.
    static WORK: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
}

/// The deflated form, where it is shorter: the length of the text in four bytes, then what inflates to it.
fn deflated(text: &str) -> Option<Vec<u8>> {
    let length = u32::try_from(text.len()).ok()?;
    let mut packed = Vec::with_capacity(text.len());
    packed.extend(length.to_le_bytes());
    let done = WORK.with_borrow_mut(|work| {
        work.reset();
        work.compress_vec(text.as_bytes(), &mut packed, FlushCompress::Finish)
    });
    matches!(done, Ok(Status::StreamEnd)).then_some(packed)
}

/// A text read from the database.
pub struct Text(pub String);

impl FromSql for Text {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Blob(packed) => inflated(packed).ok_or(FromSqlError::InvalidType).map(Self),
            value => value.as_str().map(|text| Self(text.to_string())),
        }
    }
}

fn inflated(packed: &[u8]) -> Option<String> {
    let (length, deflated) = packed.split_first_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    // A length that is damage must not cost memory.
    let plausible = length <= deflated.len().saturating_mul(GREATEST_RATIO);
    let mut text = plausible.then(|| Vec::with_capacity(length))?;
    let done = Decompress::new(false).decompress_vec(deflated, &mut text, FlushDecompress::Finish);
    let whole = done.is_ok() && text.len() == length;
    whole.then(|| String::from_utf8(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unpacked(packed: &Packed<'_>) -> Option<String> {
        match &packed.packed {
            Some(deflated) => inflated(deflated).filter(|_| packed.text.is_empty()),
            None => Some(packed.text.to_string()),
        }
    }

    #[test]
    fn what_is_long_and_repeats_is_kept_shorter() {
        let text = "Die Brücke über die Elbe kostet 5 Millionen Euro. ".repeat(40);
        let kept = Packed::of(&text);
        assert!(
            kept.packed
                .as_ref()
                .is_some_and(|packed| packed.len() < text.len() / 4)
        );
        assert_eq!(unpacked(&kept).as_deref(), Some(text.as_str()));
        assert!(Packed::of("Die Brücke.").packed.is_none());
    }

    #[test]
    fn damage_is_no_text() {
        let text = "Die Brücke über die Elbe kostet 5 Millionen Euro. ".repeat(40);
        let packed = Packed::of(&text).packed.expect("packed");
        assert!(inflated(&[]).is_none() && inflated(&packed[..9]).is_none());
        let mut longer = packed.clone();
        longer[2] = 0xff;
        assert!(inflated(&longer).is_none());
        longer[..4].copy_from_slice(&[0xff; 4]);
        assert!(inflated(&longer).is_none());
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was(text in "\\PC{0,400}") {
            prop_assert_eq!(unpacked(&Packed::of(&text)), Some(text.clone()));
        }

        #[test]
        fn any_bytes_are_a_text_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = inflated(&bytes);
        }
    }
}
