//! What currencies and units are worth in others.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use jiff::civil::Date;

/// The daily reference rates the reader has brought: how much of each currency one euro is worth.
#[derive(Clone, Debug, Default)]
pub struct DailyRates {
    days: BTreeMap<Date, HashMap<String, f64>>,
}

impl DailyRates {
    /// Reads the history file of the European Central Bank: a line of currency codes, then a line a day.
    ///
    /// Cells without a number and lines without a date say nothing; what cannot be read at all gives no days.
    pub fn parse(history: &str) -> Self {
        let mut lines = history.lines();
        let codes: Vec<&str> = lines
            .next()
            .unwrap_or_default()
            .split(',')
            .skip(1)
            .map(str::trim)
            .collect();
        let mut days = BTreeMap::new();
        for line in lines {
            let mut cells = line.split(',').map(str::trim);
            let Some(day) = cells.next().and_then(|day| day.parse::<Date>().ok()) else {
                continue;
            };
            let rates: HashMap<String, f64> = codes
                .iter()
                .zip(cells)
                .filter(|(code, _)| code.len() == 3)
                .filter_map(|(code, cell)| {
                    Some((
                        code.to_string(),
                        cell.parse::<f64>().ok().filter(|rate| *rate > 0.0)?,
                    ))
                })
                .collect();
            days.insert(day, rates);
        }
        Self { days }
    }

    /// The number of days known.
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether no day is known.
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The last day known.
    pub fn latest(&self) -> Option<Date> {
        self.days.keys().next_back().copied()
    }

    /// How many of `unit` one `of` was worth on `day`, or on the last day before it with rates, a week back at most.
    pub fn rate(&self, of: &str, unit: &str, day: Date) -> Option<f64> {
        let (known, rates) = self.days.range(..=day).next_back()?;
        let days_back = day.since(*known).ok()?.get_days();
        let per_euro = |code: &str| {
            if code == "EUR" {
                Some(1.0)
            } else {
                rates.get(code).copied()
            }
        };
        (days_back <= 7).then_some(per_euro(unit)? / per_euro(of)?)
    }
}

/// One euro in other currencies, the average of each year.
static YEARLY: LazyLock<YearlyRates> =
    LazyLock::new(|| YearlyRates::parse(include_str!("../../assets/rates/yearly.txt")));

struct YearlyRates {
    years: BTreeMap<i16, HashMap<&'static str, f64>>,
}

impl YearlyRates {
    fn parse(table: &'static str) -> Self {
        let mut lines = table.lines().filter(|line| !line.starts_with('#'));
        let codes: Vec<&str> = lines
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .skip(1)
            .collect();
        let years = lines
            .filter_map(|line| {
                let (year, cells) = line.split_once(' ')?;
                let rates = cells.split_whitespace().filter_map(|cell| cell.parse().ok());
                Some((year.parse().ok()?, codes.iter().copied().zip(rates).collect()))
            })
            .collect();
        Self { years }
    }

    /// The rates of a year, or of the nearest one known.
    fn of(&self, year: i16) -> Option<&HashMap<&'static str, f64>> {
        self.years
            .iter()
            .min_by_key(|(known, _)| known.abs_diff(year))
            .map(|(_, rates)| rates)
    }
}

/// How many of `unit` one `of` was worth in a year, on average and rounded; none for currencies not in the table.
pub fn yearly(of: &str, unit: &str, year: i16) -> Option<f64> {
    let rates = YEARLY.of(year)?;
    let per_euro = |code: &str| {
        if code == "EUR" {
            Some(1.0)
        } else {
            rates.get(code).copied()
        }
    };
    Some(per_euro(unit)? / per_euro(of)?)
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
    fn daily_rates_are_those_of_the_day_or_shortly_before() {
        let history = "Date,USD,JPY,CNY,\n2025-02-24,1.0500,157.00,7.6100,\n2025-02-21,1.0465,N/A,7.5880,\n";
        let rates = DailyRates::parse(history);
        let day = |month, day| jiff::civil::date(2025, month, day);
        assert_eq!(rates.rate("EUR", "CNY", day(2, 24)), Some(7.61));
        assert_eq!(rates.rate("EUR", "CNY", day(2, 23)), Some(7.588));
        assert_eq!(rates.rate("EUR", "JPY", day(2, 21)), None);
        assert_eq!(rates.rate("EUR", "CNY", day(3, 24)), None);
        assert_eq!(rates.rate("EUR", "CNY", day(2, 20)), None);
        let dollar = rates.rate("USD", "CNY", day(2, 24)).expect("both are known");
        assert!((dollar - 7.2476).abs() < 0.001, "{dollar}");
        assert_eq!((rates.len(), rates.latest()), (2, Some(day(2, 24))));
    }

    #[test]
    fn any_file_can_be_read() {
        for file in [
            "",
            "\n\n",
            "Date\n2025-01-01",
            "<html>",
            "Date,USD\n2025-01-01,-1\n2025-13-01,1",
        ] {
            let rates = DailyRates::parse(file);
            assert_eq!(
                rates.rate("EUR", "USD", jiff::civil::date(2025, 1, 1)),
                None,
                "{file}"
            );
        }
    }

    #[test]
    fn yearly_rates_are_near_enough() {
        assert_eq!(yearly("EUR", "USD", 2022), Some(1.05));
        assert_eq!(yearly("EUR", "USD", 2031), yearly("EUR", "USD", 2025));
        let yuan = yearly("USD", "CNY", 2025).expect("both are known");
        assert!((7.0..7.4).contains(&yuan), "{yuan}");
        assert_eq!(yearly("EUR", "XAU", 2025), None);
    }

    #[test]
    fn units_convert_within_their_dimension() {
        assert_eq!(conversion("[mi_i]", "km"), Some(1.609_344));
        assert_eq!(conversion("km", "kg"), None);
        assert_eq!(conversion("Cel", "[degF]"), None);
    }
}
