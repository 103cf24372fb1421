//! What currencies and units are worth in each other: near enough to tell a slip from a rate, not to convert.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// What one euro was worth in other currencies on average, year by year.
#[derive(Clone, Debug)]
pub struct YearlyRates {
    years: BTreeMap<i16, YearRates>,
}

/// What one euro was worth in other currencies in one year.
#[derive(Clone, Debug, Default)]
pub struct YearRates(HashMap<String, f64>);

static BUILT_IN: LazyLock<YearlyRates> = LazyLock::new(|| {
    YearlyRates::parse(include_str!("../../assets/rates/yearly.txt")).unwrap_or(YearlyRates {
        years: BTreeMap::new(),
    })
});

impl Default for YearlyRates {
    /// The table that comes with beide.
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl YearlyRates {
    /// Reads a table: the word `year` and codes of currencies, then a line a year with what one euro was worth, `-` where
    /// that is not known. Empty lines and those that begin with # say nothing. The number of the first wrong line is the error.
    pub fn parse(table: &str) -> Result<Self, usize> {
        let mut lines = (1..)
            .zip(table.lines())
            .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let (first, head) = lines.next().ok_or(1_usize)?;
        let mut codes = head.split_whitespace();
        let is_head = codes.next() == Some("year");
        let codes: Vec<&str> = codes.collect();
        let is_code = |code: &&str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        if !is_head || codes.is_empty() || !codes.iter().all(is_code) {
            return Err(first);
        }
        let mut years = BTreeMap::new();
        for (number, line) in lines {
            let (year, rates) = of_line(line, &codes).ok_or(number)?;
            years.insert(year, rates);
        }
        if years.is_empty() {
            Err(first)
        } else {
            Ok(Self { years })
        }
    }

    /// The rates of a year, or of the nearest one known.
    pub fn of(&self, year: i16) -> YearRates {
        let nearest = self.years.iter().min_by_key(|(known, _)| known.abs_diff(year));
        nearest.map(|(_, rates)| rates.clone()).unwrap_or_default()
    }
}

/// A year and its rates.
fn of_line(line: &str, codes: &[&str]) -> Option<(i16, YearRates)> {
    let mut cells = line.split_whitespace();
    let year = cells.next()?.parse().ok()?;
    let mut rates = HashMap::new();
    for code in codes {
        match cells.next()? {
            "-" => {}
            cell => {
                let rate: f64 = cell.parse().ok()?;
                if rate <= 0.0 || !rate.is_finite() {
                    return None;
                }
                rates.insert((*code).to_string(), rate);
            }
        }
    }
    cells.next().is_none().then_some((year, YearRates(rates)))
}

impl YearRates {
    /// How many of `unit` one `of` was worth, on average and rounded; none for currencies that are not known.
    pub fn rate(&self, of: &str, unit: &str) -> Option<f64> {
        let per_euro = |code: &str| match code {
            "EUR" => Some(1.0),
            code => self.0.get(code).copied(),
        };
        Some(per_euro(unit)? / per_euro(of)?)
    }
}

/// How many of `unit` one `of` is, for UCUM units of one dimension; none for temperatures and other pairs.
pub fn conversion(of: &str, unit: &str) -> Option<f64> {
    let find = |code: &str| UNITS.iter().find(|(known, ..)| *known == code);
    let ((_, dimension, size), (_, other_dimension, other_size)) = (find(of)?, find(unit)?);
    (dimension == other_dimension).then_some(size / other_size)
}

/// Units with their dimension and their size in a common measure of it.
const UNITS: &[(&str, &str, f64)] = &[
    ("mm", "length", 0.001),
    ("cm", "length", 0.01),
    ("dm", "length", 0.1),
    ("m", "length", 1.0),
    ("km", "length", 1000.0),
    ("[in_i]", "length", 0.0254),
    ("[ft_i]", "length", 0.3048),
    ("[yd_i]", "length", 0.9144),
    ("[mi_i]", "length", 1609.344),
    ("[nmi_i]", "length", 1852.0),
    ("cm2", "area", 0.0001),
    ("m2", "area", 1.0),
    ("ar", "area", 100.0),
    ("har", "area", 10_000.0),
    ("km2", "area", 1_000_000.0),
    ("[acr_us]", "area", 4046.87),
    ("[acr_br]", "area", 4046.86),
    ("[sft_i]", "area", 0.092_903),
    ("[smi_us]", "area", 2_589_988.0),
    ("ml", "volume", 0.001),
    ("mL", "volume", 0.001),
    ("cl", "volume", 0.01),
    ("cL", "volume", 0.01),
    ("l", "volume", 1.0),
    ("L", "volume", 1.0),
    ("hl", "volume", 100.0),
    ("hL", "volume", 100.0),
    ("m3", "volume", 1000.0),
    ("[bbl_us]", "volume", 158.987),
    ("[gal_us]", "volume", 3.785_41),
    ("[gal_br]", "volume", 4.546_09),
    ("mg", "mass", 0.000_001),
    ("g", "mass", 0.001),
    ("kg", "mass", 1.0),
    ("t", "mass", 1000.0),
    ("[lb_av]", "mass", 0.453_592),
    ("[oz_av]", "mass", 0.028_349_5),
    ("[stone_av]", "mass", 6.350_29),
    ("km/h", "speed", 1.0),
    ("m/s", "speed", 3.6),
    ("[mi_i]/h", "speed", 1.609_344),
    ("[kn_i]", "speed", 1.852),
    ("W", "power", 1.0),
    ("kW", "power", 1e3),
    ("MW", "power", 1e6),
    ("GW", "power", 1e9),
    ("TW", "power", 1e12),
    ("[HP]", "power", 735.5),
    ("Wh", "energy", 1.0),
    ("W.h", "energy", 1.0),
    ("kWh", "energy", 1e3),
    ("kW.h", "energy", 1e3),
    ("MWh", "energy", 1e6),
    ("MW.h", "energy", 1e6),
    ("GWh", "energy", 1e9),
    ("GW.h", "energy", 1e9),
    ("TWh", "energy", 1e12),
    ("TW.h", "energy", 1e12),
    ("s", "time", 1.0),
    ("min", "time", 60.0),
    ("h", "time", 3600.0),
    ("d", "time", 86_400.0),
    ("wk", "time", 604_800.0),
    ("mo", "time", 2_629_746.0),
    ("a", "time", 31_556_952.0),
    ("By", "data", 1.0),
    ("kBy", "data", 1e3),
    ("MBy", "data", 1e6),
    ("GBy", "data", 1e9),
    ("TBy", "data", 1e12),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yearly_rates_are_near_enough() {
        let rates = YearlyRates::default();
        let yearly = |of: &str, unit: &str, year| rates.of(year).rate(of, unit);
        assert_eq!(yearly("EUR", "USD", 2022), Some(1.05));
        assert_eq!(yearly("EUR", "USD", 2031), yearly("EUR", "USD", 2025));
        let yuan = yearly("USD", "CNY", 2025).expect("both are known");
        assert!((7.0..7.4).contains(&yuan), "{yuan}");
        assert_eq!(yearly("EUR", "XAU", 2025), None);
    }

    #[test]
    fn another_table_is_read_or_its_wrong_line_is_named() {
        let rates =
            YearlyRates::parse("# mine\n\nyear USD NOK\n2024 1.1 -\n2025 1.2 11.5\n").expect("a table");
        assert_eq!(rates.of(2025).rate("NOK", "EUR"), Some(1.0 / 11.5));
        assert_eq!(
            (
                rates.of(2024).rate("EUR", "NOK"),
                rates.of(1999).rate("EUR", "USD")
            ),
            (None, Some(1.1))
        );
        for (table, line) in [
            ("", 1),
            ("# nothing\n", 1),
            ("USD CNY\n2024 1 2", 1),
            ("year usd\n2024 1", 1),
            ("year USD\n2024", 2),
            ("year USD\n2024 x", 2),
            ("year USD\n2024 -1", 2),
            ("year USD\n2023 1\nzwei 1", 3),
            ("year USD\n", 1),
        ] {
            assert_eq!(YearlyRates::parse(table).err(), Some(line), "{table:?}");
        }
    }

    #[test]
    fn units_convert_within_their_dimension() {
        assert_eq!(conversion("[mi_i]", "km"), Some(1.609_344));
        assert_eq!(conversion("km", "kg"), None);
        assert_eq!(conversion("Cel", "[degF]"), None);
    }
}
