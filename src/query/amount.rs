use super::Range;

/// What scale words are worth where figures are asked for, as German and Dutch mean them.
const SCALES: &[(&str, i32)] = &[
    ("tsd", 3),
    ("tausend", 3),
    ("duizend", 3),
    ("k", 3),
    ("mio", 6),
    ("mln", 6),
    ("million", 6),
    ("millionen", 6),
    ("miljoen", 6),
    ("mrd", 9),
    ("mld", 9),
    ("bn", 9),
    ("milliarde", 9),
    ("milliarden", 9),
    ("miljard", 9),
    ("bio", 12),
    ("tn", 12),
    ("billion", 12),
    ("billionen", 12),
    ("biljoen", 12),
];

/// Other names of units.
const UNITS: &[(&str, &str)] = &[
    ("€", "EUR"),
    ("euro", "EUR"),
    ("$", "USD"),
    ("dollar", "USD"),
    ("£", "GBP"),
    ("¥", "CNY"),
    ("yuan", "CNY"),
    ("rmb", "CNY"),
    ("franken", "CHF"),
    ("prozent", "%"),
    ("procent", "%"),
    ("percent", "%"),
    ("pct", "%"),
    ("grad", "Cel"),
    ("°c", "Cel"),
    ("kmh", "km/h"),
    ("kwh", "kWh"),
    ("mw", "MW"),
    ("gw", "GW"),
    ("ha", "har"),
];
/// Units that are written as they are called.
const SAME: &[&str] = &[
    "%", "pp", "km", "m", "cm", "mm", "kg", "g", "t", "km/h", "m2", "m3", "km2", "l", "s", "min", "h", "d",
    "wk", "mo", "a",
];
/// Currencies that need not be in capitals.
const CURRENCIES: &[&str] = &[
    "eur", "usd", "gbp", "chf", "cny", "jpy", "sek", "nok", "dkk", "pln", "czk", "huf", "inr", "rub", "try",
    "krw", "brl", "cad", "aud", "nzd", "hkd", "zar", "mxn", "ils", "ron", "bgn",
];

/// `380mrd`, `~45mrd`, `>1e9eur`, `>=3`, `10..20%`.
pub fn range(text: &str) -> Option<Range> {
    let made = |low: f64, high: f64, unit: Option<String>| {
        Some(Range {
            text: text.to_string(),
            low,
            high,
            unit,
        })
    };
    if let Some((from, to)) = text.split_once("..") {
        let (to, from) = (Amount::parse(to)?, Amount::parse(from)?);
        // What stands only at the end holds for both: 10..20%, 60..75mio.
        let scale = if from.scale == 0 { to.scale } else { from.scale };
        return made(from.at(scale), to.at(to.scale), to.unit.or(from.unit));
    }
    for (sign, above, with_it) in [
        (">=", true, true),
        ("<=", false, true),
        (">", true, false),
        ("<", false, false),
    ] {
        if let Some(rest) = text.strip_prefix(sign) {
            let amount = Amount::parse(rest)?;
            let value = amount.at(amount.scale);
            let edge = if with_it {
                value
            } else if above {
                value.next_up()
            } else {
                value.next_down()
            };
            let (low, high) = if above {
                (edge, f64::INFINITY)
            } else {
                (f64::NEG_INFINITY, edge)
            };
            return made(low, high, amount.unit);
        }
    }
    let (near, rest) = text.strip_prefix('~').map_or((false, text), |rest| (true, rest));
    let amount = Amount::parse(rest)?;
    let value = amount.at(amount.scale);
    let play = if near {
        value.abs() * 0.05
    } else {
        amount.place() * 0.5
    };
    made(value - play, value + play, amount.unit)
}

/// Whether a word alone can only be the unit of the figure before it.
pub fn is_unit(word: &str) -> bool {
    let lower = word.to_lowercase();
    CURRENCIES.contains(&lower.as_str()) || UNITS.iter().any(|(name, _)| *name == lower) || lower == "%"
}

struct Amount {
    digits: f64,
    /// How many digits stand behind the point.
    places: i32,
    /// The power of ten of the scale word.
    scale: i32,
    unit: Option<String>,
}

impl Amount {
    fn parse(text: &str) -> Option<Self> {
        let front = text.strip_prefix(['€', '$', '£', '¥']);
        let sign = front.and_then(|_| unit(&text.chars().take(1).collect::<String>()));
        let text = front.unwrap_or(text);
        let is_number =
            |(at, c): &(usize, char)| c.is_ascii_digit() || matches!(c, '.' | ',') || (*at == 0 && *c == '-');
        let mut end = text
            .char_indices()
            .take_while(is_number)
            .map(|(at, c)| at + c.len_utf8())
            .last()?;
        let mut power = 0;
        let number = text.get(..end)?;
        if let Some(rest) = text.get(end..).and_then(|rest| rest.strip_prefix(['e', 'E'])) {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            if digits > 0 {
                power = rest.get(..digits)?.parse().ok().filter(|power| *power <= 30)?;
                end += 1 + digits;
            }
        }
        let (digits, places) = plain(number)?;
        let (scale, unit) = suffix(text.get(end..)?.trim())?;
        Some(Self {
            digits,
            places,
            scale: scale + power,
            unit: unit.or(sign),
        })
    }

    fn at(&self, scale: i32) -> f64 {
        self.digits * 10f64.powi(scale)
    }

    /// The worth of its last digit.
    fn place(&self) -> f64 {
        10f64.powi(self.scale - self.places)
    }
}

/// A number in German, Dutch or English writing, and how many digits stand behind its point.
fn plain(number: &str) -> Option<(f64, i32)> {
    let groups = |separator: char| {
        let mut parts = number.trim_start_matches('-').split(separator);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len())) && parts.all(|part| part.len() == 3)
    };
    let normal = if number.contains(',') {
        number.replace('.', "").replace(',', ".")
    } else if number.matches('.').count() > 1 && groups('.') {
        number.replace('.', "")
    } else {
        number.to_string()
    };
    let places = normal.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    Some((normal.parse().ok()?, i32::try_from(places).ok()?))
}

/// The scale and the unit behind a number; none where it is neither.
fn suffix(text: &str) -> Option<(i32, Option<String>)> {
    let lower = text.to_lowercase();
    if lower.is_empty() {
        return Some((0, None));
    }
    if let Some(unit) = unit(text) {
        return Some((0, Some(unit)));
    }
    SCALES.iter().find_map(|(word, scale)| {
        let rest = lower.strip_prefix(word)?.trim_start_matches(['.', ' ']);
        if rest.is_empty() {
            Some((*scale, None))
        } else {
            Some((*scale, Some(unit(rest)?)))
        }
    })
}

fn unit(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    if CURRENCIES.contains(&lower.as_str()) {
        return Some(lower.to_uppercase());
    }
    let other = UNITS
        .iter()
        .find(|(name, _)| *name == lower)
        .map(|(_, unit)| *unit);
    other
        .or_else(|| SAME.iter().find(|name| **name == lower).copied())
        .map(str::to_string)
}
