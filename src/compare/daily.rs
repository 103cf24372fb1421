//! The daily reference rates that the reader has brought.

use jiff::civil::Date;

use crate::text::Span;

/// Daily reference rates, as the reader has brought them; none come with beide.
///
/// They are kept as text, day by day, and read where they are asked for: decades of days are there at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DailyRates {
    /// The codes of the currencies, in the order of the cells behind a date.
    codes: Vec<String>,
    /// A line a day, the oldest first, no day twice.
    text: String,
    lines: Vec<Span>,
}

/// What is wrong with a line of a file of rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateFault {
    /// The line, from 1.
    pub line: usize,
    /// The currency whose cell is no rate; none where the line does not begin with a day.
    pub cell: Option<String>,
    /// What stands there.
    pub written: String,
}

/// The most currencies of a file, and the most letters of a cell.
const MOST_CODES: usize = 200;
const LONGEST_CELL: usize = 20;
/// How many days before a day its rate may be from.
const DAYS_BACK: i32 = 7;

impl DailyRates {
    /// Reads the history file of the European Central Bank: a line of currency codes, then a line a day.
    ///
    /// Cells without a number and lines without a date say nothing; what cannot be read at all gives no days.
    pub fn parse(history: &str) -> Self {
        Self::read(history).0
    }

    /// The same, and what is wrong with the file, in its order; `N/A` and empty cells are not wrong.
    pub fn read(history: &str) -> (Self, Vec<RateFault>) {
        let mut lines = (1..).zip(history.lines());
        let head = lines.next().map_or("", |(_, head)| head);
        let codes = codes(head);
        if codes.is_empty() {
            return (Self::default(), Vec::new());
        }
        let (mut days, mut faults) = (Vec::new(), Vec::new());
        for (line, cells) in lines.filter(|(_, cells)| !cells.trim().is_empty()) {
            let mut cells = cells.split(',').map(str::trim);
            let day = cells.next().unwrap_or_default();
            if day.parse::<Date>().is_err() || day.len() != DAY {
                faults.push(RateFault::new(line, None, day));
                continue;
            }
            let mut kept = day.to_string();
            for (code, cell) in codes.iter().zip(cells.by_ref().chain(std::iter::repeat(""))) {
                kept.push(',');
                match rate_of(cell) {
                    Some(_) => kept.push_str(cell),
                    None if cell.is_empty() || cell == "N/A" => {}
                    None => faults.push(RateFault::new(line, Some(code), cell)),
                }
            }
            days.push(kept);
        }
        (Self::of_days(codes, days), faults)
    }

    /// Takes lines of cells in the order of `codes`; of two lines of one day the first counts.
    fn of_days(codes: Vec<String>, mut days: Vec<String>) -> Self {
        days.sort_by(|a, b| day_of(a).cmp(day_of(b)));
        days.dedup_by(|later, first| day_of(later) == day_of(first));
        let mut rates = Self {
            codes,
            ..Self::default()
        };
        for day in days {
            let start = rates.text.len();
            rates.text.push_str(&day);
            rates.lines.push(Span::new(start, rates.text.len()));
            rates.text.push('\n');
        }
        rates
    }

    /// These rates with those of other days, or other currencies, that `older` has.
    pub fn over(self, older: &Self) -> Self {
        let mut codes = self.codes.clone();
        codes.extend(
            older
                .codes
                .iter()
                .filter(|code| !self.codes.contains(code))
                .cloned(),
        );
        let line = |rates: &Self, day: &str, code: &str| -> String {
            let line = rates.line(day).unwrap_or_default();
            rates.cell(line, code).unwrap_or_default().to_string()
        };
        let mut days: Vec<&str> = [&self, older]
            .into_iter()
            .flat_map(|rates| rates.lines.iter().map(|span| day_of(span.of(&rates.text))))
            .collect();
        days.sort_unstable();
        days.dedup();
        let days = days.into_iter().map(|day| {
            let mut kept = day.to_string();
            for code in &codes {
                kept.push(',');
                let own = line(&self, day, code);
                kept += &if own.is_empty() {
                    line(older, day, code)
                } else {
                    own
                };
            }
            kept
        });
        let days = days.collect();
        Self::of_days(codes, days)
    }

    /// The rates in the form in which [`DailyRates::kept`] reads them at once.
    pub fn to_csv(&self) -> String {
        format!("Date,{}\n{}", self.codes.join(","), self.text)
    }

    /// Reads what [`DailyRates::to_csv`] wrote; anything else is read as a file of rates.
    pub fn kept(file: &str) -> Self {
        let (head, text) = file.split_once('\n').unwrap_or_default();
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            lines.push(Span::new(start, start + line.trim_end().len()));
            start += line.len();
        }
        let in_order = lines
            .windows(2)
            .all(|pair| day_of(pair[0].of(text)) < day_of(pair[1].of(text)));
        if !in_order || lines.iter().any(|line| line.len() < DAY) {
            return Self::parse(file);
        }
        Self {
            codes: codes(head),
            text: text.to_string(),
            lines,
        }
    }

    /// The number of days known.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether no day is known.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The codes of the currencies, beside the euro.
    pub fn currencies(&self) -> &[String] {
        &self.codes
    }

    /// The first and the last day known.
    pub fn days(&self) -> Option<(Date, Date)> {
        let day = |span: &Span| day_of(span.of(&self.text)).parse().ok();
        Some((day(self.lines.first()?)?, day(self.lines.last()?)?))
    }

    /// How many of `unit` one `of` was worth on `day`, or on the last day before it with rates, a week back at most.
    pub fn rate(&self, of: &str, unit: &str, day: Date) -> Option<f64> {
        let shown = day.to_string();
        let end = self
            .lines
            .partition_point(|line| day_of(line.of(&self.text)) <= shown.as_str());
        for line in self.lines.get(..end)?.iter().rev() {
            let line = line.of(&self.text);
            let known: Date = day_of(line).parse().ok()?;
            if day.since(known).ok()?.get_days() > DAYS_BACK {
                return None;
            }
            let per_euro = |code: &str| match code {
                "EUR" => Some(1.0),
                code => rate_of(self.cell(line, code)?),
            };
            if let (Some(unit), Some(of)) = (per_euro(unit), per_euro(of)) {
                return Some(unit / of);
            }
        }
        None
    }

    fn line(&self, day: &str) -> Option<&str> {
        let found = self
            .lines
            .binary_search_by(|line| day_of(line.of(&self.text)).cmp(day));
        found.ok().map(|place| self.lines[place].of(&self.text))
    }

    fn cell<'a>(&self, line: &'a str, code: &str) -> Option<&'a str> {
        let place = self.codes.iter().position(|known| known == code)?;
        line.split(',').nth(place + 1)
    }
}

impl RateFault {
    fn new(line: usize, cell: Option<&String>, written: &str) -> Self {
        let visible = written.chars().filter(|c| !c.is_control());
        Self {
            line,
            cell: cell.cloned(),
            written: visible.take(LONGEST_CELL).collect(),
        }
    }
}

/// The length of a day as it is written: 2025-02-24.
const DAY: usize = 10;

/// The day that a line begins with.
fn day_of(line: &str) -> &str {
    line.get(..DAY).unwrap_or(line)
}

/// The codes of a head line that begins with the word for a date.
fn codes(head: &str) -> Vec<String> {
    let mut cells = head.trim_start_matches('\u{feff}').split(',').map(str::trim);
    if !cells
        .next()
        .is_some_and(|first| first.eq_ignore_ascii_case("date"))
    {
        return Vec::new();
    }
    let is_code = |cell: &&str| cell.len() == 3 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    cells
        .take(MOST_CODES)
        .take_while(is_code)
        .map(String::from)
        .collect()
}

/// A rate as it is written in a cell.
fn rate_of(cell: &str) -> Option<f64> {
    let plain = cell.len() <= LONGEST_CELL && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    cell.parse().ok().filter(|rate| plain && *rate > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HISTORY: &str = "Date,USD,JPY,CNY,\n2025-02-24,1.0500,157.00,7.6100,\n2025-02-21,1.0465,N/A,7.5880,\n\
                           2025-02-20,1.0440,156.50,7.5700,\n";

    fn day(month: i8, day: i8) -> Date {
        jiff::civil::date(2025, month, day)
    }

    #[test]
    fn rates_are_those_of_the_day_or_shortly_before() {
        let read = DailyRates::parse(HISTORY);
        for rates in [
            &read,
            &DailyRates::kept(&read.to_csv()),
            &DailyRates::kept(HISTORY),
        ] {
            for (of, unit, on, expected) in [
                ("EUR", "CNY", day(2, 24), Some(7.61)),
                ("EUR", "CNY", day(2, 23), Some(7.588)),
                ("EUR", "CNY", day(3, 3), Some(7.61)),
                ("EUR", "CNY", day(3, 24), None),
                ("EUR", "CNY", day(2, 19), None),
                ("EUR", "JPY", day(2, 22), Some(156.5)),
                ("EUR", "XAU", day(2, 24), None),
                ("EUR", "EUR", day(2, 24), Some(1.0)),
            ] {
                assert_eq!(rates.rate(of, unit, on), expected, "{of} {unit} {on}");
            }
            let dollar = rates.rate("USD", "CNY", day(2, 24)).expect("both are known");
            assert!((dollar - 7.2476).abs() < 0.001, "{dollar}");
            assert_eq!((rates.len(), rates.days()), (3, Some((day(2, 20), day(2, 24)))));
            assert_eq!(rates.currencies(), ["USD", "JPY", "CNY"]);
        }
    }

    #[test]
    fn newer_rates_lie_over_older_ones() {
        let older = DailyRates::parse("Date,USD,SEK\n2025-02-21,9,11\n2025-01-02,1.03,11.5");
        let both = DailyRates::parse(HISTORY).over(&older);
        for (unit, on, expected) in [
            ("USD", day(2, 21), Some(1.0465)),
            ("SEK", day(2, 21), Some(11.0)),
            ("USD", day(1, 2), Some(1.03)),
            ("SEK", day(2, 24), Some(11.0)),
        ] {
            assert_eq!(both.rate("EUR", unit, on), expected, "{unit} {on}");
        }
        assert_eq!((both.len(), both.currencies().len()), (4, 4));
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let file =
            "Date,USD,JPY\n2025-02-24,1.05,x\n\n24 February,1.05,157\n2025-02-21,-1,N/A\n2025-02-20,,156\n";
        let (rates, faults) = DailyRates::read(file);
        let told: Vec<String> = faults
            .iter()
            .map(|fault| format!("{} {:?} {}", fault.line, fault.cell, fault.written))
            .collect();
        assert_eq!(
            told,
            [r#"2 Some("JPY") x"#, "4 None 24 February", r#"5 Some("USD") -1"#,]
        );
        assert_eq!(rates.rate("EUR", "USD", day(2, 24)), Some(1.05));
        assert_eq!(rates.rate("EUR", "JPY", day(2, 22)), Some(156.0));
    }

    #[test]
    fn any_file_can_be_read() {
        for file in [
            "",
            "\n\n",
            "Date\n2025-01-01",
            "<html>",
            "Date,USD\n2025-01-01,-1\n2025-13-01,1",
            "Date,USD\nü\n2025-01-0ü,1",
            "PK\u{3}\u{4}",
        ] {
            for rates in [DailyRates::parse(file), DailyRates::kept(file)] {
                assert_eq!(rates.rate("EUR", "USD", day(1, 1)), None, "{file}");
            }
        }
    }
}
