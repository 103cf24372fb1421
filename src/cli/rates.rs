//! The daily reference rates by which restatements in another currency are judged.

use std::path::Path;

use anyhow::Result;

use super::args::{Rates, RatesCommand};
use super::{Desk, Outcome, add};
use crate::compare::{DailyRates, RateFault};
use crate::library::Place;

/// How many faulty lines of a file are named.
const NAMED: usize = 20;

/// Takes over rates, or tells which there are.
pub(super) fn rates(asked: &Rates, desk: &mut Desk) -> Result<Outcome> {
    let place = Place::folder(&desk.library_folder()?);
    match &asked.command {
        Some(RatesCommand::Import { file }) => import(file, &place, desk),
        None => {
            let line = told(&place.rates(), desk);
            desk.console.line(line)?;
            Ok(Outcome::Done)
        }
    }
}

/// Takes over a file of rates; days and currencies that it does not have stay as they are.
fn import(file: &Path, place: &Place, desk: &mut Desk) -> Result<Outcome> {
    let text = match add::text_of(file) {
        Ok((text, _)) => text,
        Err(refused) => return Err(add::refusal(file, &refused, desk).into()),
    };
    let (read, faults) = DailyRates::read(&text);
    if read.is_empty() {
        let complaint = desk.console.complaint(
            "rates.no_rates",
            "rates.no_rates.hint",
            &[("file", &file.display())],
        );
        return Err(complaint.into());
    }
    for fault in faults.iter().take(NAMED) {
        complain(file, fault, desk);
    }
    let rates = read.over(&place.rates());
    place.keep_rates(&rates)?;
    let line = told(&rates, desk);
    desk.console.line(line)?;
    if faults.is_empty() {
        return Ok(Outcome::Done);
    }
    let line = desk
        .console
        .locale
        .fill("rates.faults", &[("count", &faults.len())]);
    desk.console.line(line)?;
    Ok(Outcome::Failed)
}

fn complain(file: &Path, fault: &RateFault, desk: &mut Desk) {
    let (file, line) = (file.display(), fault.line);
    let complaint = match &fault.cell {
        Some(currency) => desk.console.complaint(
            "rates.cell",
            "rates.line.hint",
            &[
                ("file", &file),
                ("line", &line),
                ("currency", currency),
                ("written", &fault.written),
            ],
        ),
        None => desk.console.complaint(
            "rates.day",
            "rates.line.hint",
            &[("file", &file), ("line", &line), ("written", &fault.written)],
        ),
    };
    desk.console.complain(&complaint);
}

/// Which rates there are, in words.
pub(super) fn told(rates: &DailyRates, desk: &Desk) -> String {
    let locale = &desk.console.locale;
    match rates.days() {
        Some((first, last)) => locale.fill(
            "rates.known",
            &[
                ("days", &rates.len()),
                ("currencies", &rates.currencies().len()),
                ("first", &first),
                ("last", &last),
            ],
        ),
        None => locale.text("rates.none").to_string(),
    }
}
