//! The keys articles are known by, and the addresses they come from.

/// Parameters of an address that say who came from where, not what is shown.
const TRACKING: [&str; 12] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "wt_mc",
    "cmpid",
    "ns_campaign",
    "xtor",
    "at_medium",
];

/// The longest address kept, in bytes.
const MAX_ADDRESS: usize = 2000;

/// An address as it is kept: one of the web, without white space, fragment and controls; None for any other.
pub(super) fn address(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let (scheme, rest) = raw.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let rest = rest.split('#').next().unwrap_or_default();
    let odd = rest
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '\\'));
    let hosted = rest
        .split(['/', '?'])
        .next()
        .is_some_and(|host| host.contains(char::is_alphanumeric));
    let fine = web && hosted && !odd && raw.len() <= MAX_ADDRESS && super::clean::line(rest) == rest;
    fine.then(|| format!("{}://{rest}", scheme.to_ascii_lowercase()))
}

/// The key of the article at an address, the same for all ways to write it: http or https, `www.`, tracking parameters.
pub(super) fn of_address(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let mut plain = format!(
        "{}{}",
        host.strip_prefix("www.").unwrap_or(&host),
        path.trim_end_matches('/')
    );
    let telling = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        !parameter.is_empty() && !name.starts_with("utm_") && !TRACKING.contains(&name)
    };
    for (number, parameter) in query.split('&').filter(telling).enumerate() {
        plain.push(if number == 0 { '?' } else { '&' });
        plain.push_str(parameter);
    }
    short(&[&plain])
}

/// The key of an article known by its content alone.
pub(super) fn of_content(title: &str, text: &str) -> String {
    short(&[title, text])
}

/// Twelve letters and digits, easy to tell apart, that stand for the parts: 60 bits of their 128-bit FNV-1a hash.
///
/// Stable for ever: keys stand in libraries and exports. Among a million articles two share one with a chance below
/// one in a million.
fn short(parts: &[&str]) -> String {
    const ALPHABET: [u8; 32] = *b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
    let folded = hash ^ (hash >> 64);
    let letter =
        |place: u32| char::from(ALPHABET[usize::try_from((folded >> (5 * place)) & 31).unwrap_or(0)]);
    (0..12).map(letter).collect()
}

/// Whether `id` can be a key: one clean line of at most 200 bytes.
pub(super) fn is_key(id: &str) -> bool {
    !id.is_empty() && id.len() <= 200 && super::clean::line(id) == id
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn only_addresses_of_the_web_are_kept() {
        for (raw, expected) in [
            (
                " HTTPS://zeitung.example/a?b=c#teil ",
                Some("https://zeitung.example/a?b=c"),
            ),
            ("http://krant.example", Some("http://krant.example")),
            ("javascript://krant.example/%0aalert(1)", None),
            ("file:///etc/passwd", None),
            ("https:///pad", None),
            ("https://krant.example/een twee", None),
            ("https://krant.example/\u{1b}]8;;", None),
            ("https://krant.example/\u{202e}txt", None),
            ("zeitung.example/a", None),
        ] {
            assert_eq!(address(raw).as_deref(), expected, "{raw}");
        }
        assert_eq!(address(&format!("https://k.example/{}", "a".repeat(3000))), None);
    }

    #[test]
    fn one_article_has_one_key() {
        let key = of_address("https://krant.example/nieuws/1?p=2");
        for same in [
            "http://krant.example/nieuws/1?p=2",
            "https://www.krant.example/nieuws/1/?p=2&utm_source=x&fbclid=y",
            "https://WWW.Krant.example/nieuws/1?p=2",
        ] {
            assert_eq!(of_address(same), key, "{same}");
        }
        for other in [
            "https://krant.example/nieuws/1",
            "https://krant.example/Nieuws/1?p=2",
        ] {
            assert_ne!(of_address(other), key, "{other}");
        }
    }

    #[test]
    fn keys_never_change() {
        assert_eq!(of_content("Titel", "Text"), "xaxqtam5zzgq");
        let keys: HashSet<_> = (0..20_000)
            .map(|number| of_content("", &number.to_string()))
            .collect();
        assert_eq!(keys.len(), 20_000);
        assert_ne!(of_content("a", "bc"), of_content("ab", "c"));
    }

    #[test]
    fn a_key_is_one_clean_line() {
        for (id, expected) in [
            ("a1", true),
            ("urn:nieuws:1", true),
            ("https://krant.example/1", true),
            ("zwei Wörter", true),
            ("", false),
            (" a", false),
            ("a\nb", false),
            ("a\u{1b}b", false),
            ("a\u{200b}b", false),
        ] {
            assert_eq!(is_key(id), expected, "{id}");
        }
        assert!(!is_key(&"x".repeat(201)));
    }
}
