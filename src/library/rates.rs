//! The daily reference rates that the reader has brought: a file in the library's folder.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Place;
use crate::compare::DailyRates;

impl Place {
    /// The rates kept here; none where none were brought.
    pub fn rates(&self) -> DailyRates {
        let kept = self.dir().and_then(|dir| fs::read_to_string(file(dir)).ok());
        kept.map(|kept| DailyRates::kept(&kept)).unwrap_or_default()
    }

    /// Keeps rates, instead of those kept before.
    pub fn keep_rates(&self, rates: &DailyRates) -> Result<()> {
        let dir = self.dir().context("a library in memory keeps no rates")?;
        let path = file(dir);
        let beside = path.with_extension("new");
        fs::create_dir_all(dir)
            .and_then(|()| fs::write(&beside, rates.to_csv()))
            .and_then(|()| fs::rename(&beside, &path))
            .with_context(|| format!("cannot write {}", path.display()))
    }
}

fn file(dir: &Path) -> PathBuf {
    dir.join("rates.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_kept_in_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = Place::folder(&folder.path().join("new"));
        assert!(place.rates().is_empty());
        let rates = DailyRates::parse("Date,USD,\n2025-02-24,1.05,\n2025-02-21,N/A,\n");
        place.keep_rates(&rates).expect("a folder to write to");
        assert_eq!(place.rates(), rates);
        assert!(Place::memory().expect("memory").keep_rates(&rates).is_err());
    }
}
