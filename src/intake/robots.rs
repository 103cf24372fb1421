//! What a site lets programs fetch that choose pages themselves (RFC 9309).

/// The rules of a `robots.txt` for us; without any, everything may be fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<(bool, String)>,
}

/// The most bytes of a `robots.txt` that count (RFC 9309, 2.5).
pub const MAX_ROBOTS: u64 = 500 << 10;

/// The longest pattern that is looked at, in bytes.
const LONGEST: usize = 500;

impl Robots {
    /// Reads the rules for `agent`, else those for all.
    pub fn read(text: &str, agent: &str) -> Self {
        let (mut own, mut all) = (Vec::new(), Vec::new());
        let (mut is_own, mut is_all, mut in_rules) = (false, false, false);
        let mut has_own = false;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if in_rules {
                    (is_own, is_all, in_rules) = (false, false, false);
                }
                is_own |= value.eq_ignore_ascii_case(agent);
                is_all |= value == "*";
                has_own |= is_own;
                continue;
            }
            let allows = match key.as_str() {
                "allow" => true,
                "disallow" => false,
                _ => continue,
            };
            in_rules = true;
            if value.is_empty() || value.len() > LONGEST {
                continue;
            }
            if is_own {
                own.push((allows, value.to_string()));
            }
            if is_all {
                all.push((allows, value.to_string()));
            }
        }
        Self {
            rules: if has_own { own } else { all },
        }
    }

    /// Whether a path with its query may be fetched: the longest pattern that fits decides, `Allow` where two are as long.
    pub fn allow(&self, path: &str) -> bool {
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        fitting
            .max_by_key(|(allows, pattern)| (pattern.len(), *allows))
            .is_none_or(|(allows, _)| *allows)
    }
}

/// Whether a pattern, with `*` for anything and `$` for the end, fits the beginning of a path.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = pattern
        .strip_suffix('$')
        .map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, between)) = parts.split_last() else {
        return !to_end || rest.is_empty();
    };
    for part in between {
        let Some((_, behind)) = rest.split_once(part) else {
            return false;
        };
        rest = behind;
    }
    if to_end {
        rest.ends_with(last)
    } else {
        rest.contains(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let robots = "User-agent: other\nDisallow: /\n\nUser-agent: *\nDisallow: /suche # nie\nDisallow: /*.pdf$\nAllow: /suche/hilfe\nDisallow:\nSitemap: https://x";
        let robots = Robots::read(robots, "beide");
        for (path, expected) in [
            ("/", true),
            ("/suche?q=1", false),
            ("/suche/hilfe", true),
            ("/a/b.pdf", false),
            ("/a/b.pdf?x", true),
        ] {
            assert_eq!(robots.allow(path), expected, "{path}");
        }
    }

    #[test]
    fn our_own_group_goes_first() {
        let text = "User-agent: *\nDisallow: /\nUser-agent: Beide\nUser-agent: x\nDisallow: /privat\n";
        assert!(Robots::read(text, "beide").allow("/a"));
        assert!(!Robots::read(text, "beide").allow("/privat/a"));
        assert!(!Robots::read(text, "andere").allow("/a"));
        assert!(Robots::read("<html>404</html>", "beide").allow("/a"));
    }
}
