//! Why a verdict is what it is, in the reader's words.

use std::fmt::Display;

use crate::compare::{Reason, Reinterpreted, Suspect};
use crate::figure::Decimal;
use crate::locale::Locale;

/// A reason as a sentence without full stop; articles by their numbers, from 1.
pub fn note(reason: &Reason, locale: &Locale) -> String {
    match reason {
        Reason::Apart { percent, odd } => {
            let apart = locale.fill("note.apart", &[("percent", &locale.number(*percent))]);
            with_odd(apart, *odd, locale)
        }
        Reason::Rate { of, unit, rate } => locale.fill(
            "note.rate",
            &[("of", of), ("unit", unit), ("rate", &locale.number(*rate))],
        ),
        Reason::Implied {
            percent,
            odd,
            of,
            unit,
            rates,
        } => {
            let apart = locale.fill("note.apart", &[("percent", &locale.number(*percent))]);
            let (rates, pair) = (listed(rates, locale), format!("{unit}/{of}"));
            let implied = locale.fill("note.implied", &[("rates", &rates), ("pair", &pair)]);
            format!(
                "{}; {implied}; {}",
                with_odd(apart, *odd, locale),
                locale.text("note.moved")
            )
        }
        Reason::DailyRates { of, unit, rates } => {
            let (rates, pair) = (listed(rates, locale), format!("{unit}/{of}"));
            locale.fill("note.daily", &[("rates", &rates), ("pair", &pair)])
        }
        Reason::Slip {
            power,
            suspect,
            readings,
        } => {
            let slip = locale.fill("note.slip", &[("power", &format!("10{}", raised(*power)))]);
            match (suspect, readings.as_slice()) {
                (Some(suspect), _) => format!("{slip}; {}", suspected(suspect, locale)),
                (None, [one, other]) => {
                    let (one, other) = (meant(one, locale), meant(other, locale));
                    let either = locale.fill("note.either", &[("one", &one), ("other", &other)]);
                    format!("{slip}; {either}")
                }
                (None, _) => slip,
            }
        }
        Reason::Speakers(reason) => format!("{}; {}", note(reason, locale), locale.text("note.speakers")),
        Reason::Origins { count: 1, .. } => locale.text("note.origin").to_string(),
        Reason::Origins { count, together } => {
            let together: Vec<String> = together
                .iter()
                .map(|articles| {
                    articles
                        .iter()
                        .map(|article| number(*article))
                        .collect::<String>()
                })
                .collect();
            locale.fill(
                "note.origins",
                &[("count", count), ("together", &together.join(", "))],
            )
        }
        Reason::Dismissed { verdict } => {
            let word = locale.lookup(&format!("verdict.{}", verdict.name()));
            locale.fill("note.dismissed", &[("verdict", &word.unwrap_or_default())])
        }
        Reason::Later { order } => {
            let order: Vec<String> = order.iter().map(|article| number(*article)).collect();
            locale.fill("note.later", &[("order", &order.join(" → "))])
        }
    }
}

fn with_odd(said: String, odd: Option<usize>, locale: &Locale) -> String {
    let odd = odd.map(|article| locale.fill("note.odd", &[("article", &number(article))]));
    odd.map_or(said.clone(), |odd| format!("{said}; {odd}"))
}

/// What an article would have to mean: `① 4.000.000.000 USD`.
fn meant(reading: &Reinterpreted, locale: &Locale) -> String {
    let unit = reading.unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    format!(
        "{} {}{unit}",
        number(reading.article),
        locale.number(reading.value)
    )
}

fn suspected(suspect: &Suspect, locale: &Locale) -> String {
    let fill = |key, article: &usize, more: &[(&str, &dyn Display)]| {
        let article = number(*article);
        let mut values: Vec<(&str, &dyn Display)> = vec![("article", &article)];
        values.extend_from_slice(more);
        locale.fill(key, &values)
    };
    match suspect {
        Suspect::Restatement { article } => fill("note.suspect.restatement", article, &[]),
        Suspect::Minority { article } => fill("note.suspect.minority", article, &[]),
        Suspect::FalseFriend { article, word, meant } => fill(
            "note.suspect.false_friend",
            article,
            &[("word", word), ("meant", meant)],
        ),
    }
}

/// Rates with the numbers of their articles: `① 8,44, ③ 7,6`.
fn listed(rates: &[(usize, Decimal)], locale: &Locale) -> String {
    let listed = rates
        .iter()
        .map(|(article, rate)| format!("{} {}", number(*article), locale.number(*rate)));
    listed.collect::<Vec<_>>().join(", ")
}

/// The number of an article as it stands above its column.
pub(super) fn number(article: usize) -> String {
    let circled = u32::try_from(article).ok().filter(|article| *article < 20);
    let sign = circled.and_then(|article| char::from_u32('①' as u32 + article));
    sign.map_or_else(|| format!("({})", article + 1), String::from)
}

/// A number as raised digits.
fn raised(power: u8) -> String {
    let digit = |digit: char| {
        digit
            .to_digit(10)
            .and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(usize::try_from(digit).ok()?))
    };
    power.to_string().chars().filter_map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

    #[test]
    fn reasons_are_told_in_words() {
        let decimal = |text| Decimal::parse(text).expect("a number");
        let english = Locale::new(Language::English);
        let implied = Reason::Implied {
            percent: decimal("11"),
            odd: Some(2),
            of: "EUR",
            unit: "CNY",
            rates: vec![(0, decimal("8.44")), (2, decimal("7.6"))],
        };
        for (reason, expected) in [
            (
                Reason::Apart {
                    percent: decimal("25"),
                    odd: None,
                },
                "25 % apart",
            ),
            (
                Reason::Rate {
                    of: "USD",
                    unit: "CNY",
                    rate: decimal("7.17"),
                },
                "at 7.17 CNY for 1 USD",
            ),
            (
                implied,
                "11 % apart; ③ stands alone; implied ① 8.44, ③ 7.6 CNY/EUR; the rate may have moved",
            ),
            (
                Reason::Slip {
                    power: 6,
                    suspect: None,
                    readings: vec![],
                },
                "off by a factor of 10⁶",
            ),
            (
                Reason::Slip {
                    power: 3,
                    suspect: None,
                    readings: vec![
                        Reinterpreted {
                            article: 0,
                            value: Decimal::new(4, 9),
                            unit: Some("USD"),
                        },
                        Reinterpreted {
                            article: 2,
                            value: Decimal::new(34, 11),
                            unit: Some("EUR"),
                        },
                    ],
                },
                "off by a factor of 10³; it would fit if the value were ① 4,000,000,000 USD, or ③ 3,400,000,000,000 EUR",
            ),
            (
                Reason::Slip {
                    power: 6,
                    suspect: Some(Suspect::FalseFriend {
                        article: 1,
                        word: "triljoen",
                        meant: "biljoen",
                    }),
                    readings: vec![],
                },
                "off by a factor of 10⁶; ② probably means “biljoen” by “triljoen”",
            ),
            (
                Reason::Origins {
                    count: 2,
                    together: vec![vec![0, 2]],
                },
                "2 independent origins: one for ①③",
            ),
            (
                Reason::Origins {
                    count: 1,
                    together: vec![vec![0, 1]],
                },
                "all of one origin",
            ),
            (Reason::Later { order: vec![1, 0] }, "in this order: ② → ①"),
        ] {
            assert_eq!(note(&reason, &english), expected);
        }
    }

    #[test]
    fn articles_have_numbers() {
        assert_eq!([number(0), number(19), number(20)], ["①", "⑳", "(21)"]);
    }
}
