//! The key figures of a text, normalised: `cargo run --example extract -- de 'Der Umsatz stieg um 8 Prozent auf 280,15 Milliarden Yuan.'`

use std::io::Write;

use anyhow::Context;
use beide::article::Language;
use beide::figure::extract;

fn main() -> anyhow::Result<()> {
    let mut words = std::env::args().skip(1);
    let code = words.next().context("a language: de, nl or en")?;
    let language = Language::from_code(&code).with_context(|| format!("{code} is not de, nl or en"))?;
    let text = words.collect::<Vec<_>>().join(" ");
    let mut out = std::io::stdout().lock();
    for figure in extract(&text, language, None) {
        let (value, high) = figure.value.printed();
        let upper = high.map_or(String::new(), |high| format!(" to {high}"));
        writeln!(
            out,
            "{:30} {:16} {value}{upper} {}",
            figure.span.of(&text),
            figure.value.kind(),
            figure.value.unit().unwrap_or_default(),
        )?;
    }
    Ok(())
}
