//! Bytes to text: by mark, as UTF-8, as declared, or by looking.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a file is looked at to tell text from anything else.
const LOOK: usize = 8192;

/// A text, and the encoding it was in where that was not plain UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text.
    pub(super) text: String,
    /// The name of the encoding, where the reader should know.
    pub(super) encoding: Option<&'static str>,
}

/// Reads `bytes` as text; None where they are not text.
///
/// A byte order mark decides, then UTF-8 if all of it is (a few broken characters in otherwise good UTF-8 are shown as
/// `�`), then `declared`, then what the letters look like.
pub(super) fn decode(bytes: &[u8], declared: Option<&str>) -> Option<Decoded> {
    let seen = |encoding: &'static Encoding| {
        let (text, used, _) = encoding.decode(bytes);
        Decoded {
            text: text.into_owned(),
            encoding: (used != UTF_8).then(|| used.name()),
        }
    };
    if let Some(text) = widest(bytes) {
        return Some(Decoded {
            text,
            encoding: Some("UTF-32"),
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(seen(encoding));
    }
    if let Some(encoding) = wide(bytes) {
        return Some(seen(encoding));
    }
    if is_binary(bytes) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            return Some(Decoded {
                text: text.to_string(),
                encoding: None,
            });
        }
        Err(_) if is_mostly_utf8(bytes) => {
            let text = String::from_utf8_lossy(bytes).into_owned();
            return Some(Decoded {
                text,
                encoding: Some("UTF-8 �"),
            });
        }
        Err(_) => {}
    }
    let named = declared
        .and_then(|name| Encoding::for_label(name.as_bytes()))
        .filter(|named| *named != UTF_8);
    Some(seen(named.unwrap_or_else(|| guess(bytes))))
}

/// What the letters look like; Western European where nothing speaks for another.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"de"), Utf8Detection::Deny)
}

/// UTF-32, by its mark or by a tag at its beginning.
fn widest(bytes: &[u8]) -> Option<String> {
    let read: fn([u8; 4]) -> u32 = match bytes.get(..4)? {
        [0xff, 0xfe, 0, 0] | [b'<' | b'{', 0, 0, 0] => u32::from_le_bytes,
        [0, 0, 0xfe, 0xff] | [0, 0, 0, b'<' | b'{'] => u32::from_be_bytes,
        _ => return None,
    };
    let letters = bytes.chunks_exact(4).map(|four| {
        let four: [u8; 4] = four.try_into().unwrap_or_default();
        char::from_u32(read(four)).unwrap_or(char::REPLACEMENT_CHARACTER)
    });
    Some(letters.skip_while(|c| *c == '\u{feff}').collect())
}

/// UTF-16 without its mark: a tag at its beginning tells, whatever follows; Latin text has a zero in nearly every second byte.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes.get(..4) {
        Some([b'<', 0, next, _]) if *next != 0 => return Some(UTF_16LE),
        Some([0, b'<', _, next]) if *next != 0 => return Some(UTF_16BE),
        _ => {}
    }
    let looked = bytes.get(..LOOK.min(bytes.len()) & !1)?;
    let zeros = |at: usize| {
        looked
            .chunks_exact(2)
            .filter(|pair| pair.get(at) == Some(&0))
            .count()
    };
    let (high, low, pairs) = (zeros(0), zeros(1), looked.len() / 2);
    match pairs {
        0..2 => None,
        _ if low * 10 > pairs * 7 && high * 20 < pairs => Some(UTF_16LE),
        _ if high * 10 > pairs * 7 && low * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether the bytes begin like a known document format, or hold more control characters than any text.
fn is_binary(bytes: &[u8]) -> bool {
    let looked = bytes.get(..LOOK.min(bytes.len())).unwrap_or_default();
    let odd = looked
        .iter()
        .filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127))
        .count();
    let known: [&[u8]; 3] = [b"%PDF-", b"PK\x03\x04", b"{\\rtf"];
    known.iter().any(|magic| looked.starts_with(magic)) || odd * 50 > looked.len()
}

/// Whether some multi-byte characters are good ones; in any other encoding there is hardly a good one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // Broken bytes in a row are one damage.
        broken += usize::from(!chunk.invalid().is_empty() && (broken == 0 || !chunk.valid().is_empty()));
    }
    good * 3 > broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: Option<(&str, Option<&str>)>) {
        let decoded = decode(bytes, declared);
        let seen = decoded
            .as_ref()
            .map(|decoded| (decoded.text.as_str(), decoded.encoding));
        assert_eq!(seen, expected, "{bytes:?}");
    }

    #[test]
    fn text_is_read_in_its_own_encoding() {
        check("Größe".as_bytes(), None, Some(("Größe", None)));
        check("Größe".as_bytes(), Some("latin1"), Some(("Größe", None)));
        check(b"\xef\xbb\xbfGr\xc3\xb6\xc3\x9fe", None, Some(("Größe", None)));
        check(
            b"\xff\xfeG\0r\0\xf6\0\xdf\0e\0",
            None,
            Some(("Größe", Some("UTF-16LE"))),
        );
        check(b"G\0r\0\xf6\0\xdf\0e\0", None, Some(("Größe", Some("UTF-16LE"))));
        check(b"\0G\0r\0\xf6\0\xdf\0e", None, Some(("Größe", Some("UTF-16BE"))));
        let western = b"Die Gr\xf6\xdfe f\xfcr M\xfcnchen: 5 \x80";
        check(
            western,
            None,
            Some(("Die Größe für München: 5 €", Some("windows-1252"))),
        );
        check(b"5 \xa4", Some("iso-8859-15"), Some(("5 €", Some("ISO-8859-15"))));
        check(b"<\0\0\0\xf6\0\0\0", None, Some(("<ö", Some("UTF-32"))));
        check(b"\0\0\xfe\xff\0\0\0a", None, Some(("a", Some("UTF-32"))));
        check(
            b"\0<\x04\x34\0\x31\0>",
            None,
            Some(("<\u{434}1>", Some("UTF-16BE"))),
        );
        check(b"", None, Some(("", None)));
    }

    #[test]
    fn a_cut_off_character_does_not_change_the_encoding() {
        check(
            b"f\xc3\xbcnf gr\xc3\xbcne F\xc3\xbc\xc3\x9fe \xc3\xa4\xc3",
            None,
            Some(("fünf grüne Füße ä�", Some("UTF-8 �"))),
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check(b"%PDF-1.7\n1 0 obj", None, None);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", None, None);
        check(b"\x7fELF\x02\x01\x01\0\0\0\0\0", None, None);
        check(&[0; 4], None, None);
    }
}
