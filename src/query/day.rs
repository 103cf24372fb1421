use jiff::ToSpan;
use jiff::civil::Date;

/// The first day of what a date names.
pub fn first(value: &str, today: Date) -> Option<Date> {
    Some(period(value, today)?.0)
}

/// The days of a date or of a range of two, the second end not included; an end may be left open.
pub fn range(value: &str, today: Date) -> Option<(Option<Date>, Option<Date>)> {
    let Some((from, until)) = value.split_once("..") else {
        let (from, until) = period(value, today)?;
        return Some((Some(from), Some(until)));
    };
    if from.is_empty() && until.is_empty() {
        return None;
    }
    let end = |value: &str| (!value.is_empty()).then(|| period(value, today));
    let (from, until) = (end(from), end(until));
    if matches!(from, Some(None)) || matches!(until, Some(None)) {
        return None;
    }
    Some((
        from.flatten().map(|period| period.0),
        until.flatten().map(|period| period.1),
    ))
}

/// The first day of what a date names, and the day after its last.
fn period(value: &str, today: Date) -> Option<(Date, Date)> {
    let lower = value.to_lowercase();
    let day = |day: Date| Some((day, day.tomorrow().ok()?));
    match lower.as_str() {
        "today" | "heute" | "vandaag" => return day(today),
        "yesterday" | "gestern" | "gisteren" => return day(today.yesterday().ok()?),
        _ => {}
    }
    if let Some(period) = backwards(&lower, today) {
        return Some(period);
    }
    let numbers: Vec<i16> = lower
        .split('-')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let month = |number: i16| i8::try_from(number).ok();
    match (numbers.as_slice(), value.len()) {
        ([year], 4) => Some((
            Date::new(*year, 1, 1).ok()?,
            Date::new(year.checked_add(1)?, 1, 1).ok()?,
        )),
        ([year, number], 6..=7) => {
            let first = Date::new(*year, month(*number)?, 1).ok()?;
            Some((first, first.checked_add(1.month()).ok()?))
        }
        ([year, number, number_of_day], 8..=10) => {
            day(Date::new(*year, month(*number)?, month(*number_of_day)?).ok()?)
        }
        _ => None,
    }
}

/// `7d`, `2w`, `3m`, `1y`: so long up to today.
fn backwards(value: &str, today: Date) -> Option<(Date, Date)> {
    let unit = value.chars().last()?;
    let number: i32 = value
        .strip_suffix(unit)?
        .parse()
        .ok()
        .filter(|number| (0..=20_000).contains(number))?;
    let from = match unit {
        'd' | 't' => today.checked_sub(number.days()),
        'w' => today.checked_sub(number.weeks()),
        'm' => today.checked_sub(number.months()),
        'y' | 'j' => today.checked_sub(number.min(5_000).years()),
        _ => return None,
    };
    Some((from.ok()?, today.tomorrow().ok()?))
}
