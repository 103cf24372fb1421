//! What comparisons may know beside the articles: installed dictionaries, and what currencies are worth.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::article::Article;
use crate::compare::{self, Comparison, DailyRates, Knowledge, YearlyRates};
use crate::config;
use crate::gloss::{self, Dictionaries};
use crate::library::Place;

/// Where that knowledge comes from; nothing is read before the first comparison.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The installed dictionaries; none where they are not wanted.
    pub(super) dictionaries: Dictionaries,
    /// The folder of the library, where there is one.
    library: Option<PathBuf>,
    yearly: YearlyRates,
    daily: OnceLock<DailyRates>,
}

impl Sources {
    /// What is installed, as the configuration wants it, and what the library has.
    pub(super) fn new(wanted: &config::Dictionaries, yearly: YearlyRates, library: Option<PathBuf>) -> Self {
        let library = library.filter(|folder| folder.is_dir());
        Self {
            dictionaries: dictionaries(wanted, library.as_deref()),
            library,
            yearly,
            daily: OnceLock::new(),
        }
    }

    /// What is known that helps to compare these articles.
    pub(super) fn knowledge(&self, articles: &[Article]) -> Knowledge {
        Knowledge {
            lexicon: self.dictionaries.lexicon(articles),
            rates: self.daily().clone(),
            yearly: self.yearly.clone(),
        }
    }

    /// The daily rates that the library has.
    pub(super) fn daily(&self) -> &DailyRates {
        let kept = || {
            self.library
                .as_deref()
                .map(|folder| Place::folder(folder).rates())
        };
        self.daily.get_or_init(|| kept().unwrap_or_default())
    }

    /// Compares articles with all that is known.
    pub(super) fn compare(&self, articles: &[Article]) -> Comparison {
        compare::compare(articles, &self.knowledge(articles))
    }
}

/// The installed dictionaries; what is made of them is kept in the library's folder, where there is one.
pub(super) fn dictionaries(wanted: &config::Dictionaries, library: Option<&Path>) -> Dictionaries {
    let platform = || {
        Some(
            directories::ProjectDirs::from("", "", "beide")?
                .cache_dir()
                .to_path_buf(),
        )
    };
    let folders = if wanted.used {
        let first = wanted.folder.clone().into_iter();
        first.chain(gloss::usual_folders()).collect()
    } else {
        Vec::new()
    };
    let own = library.filter(|folder| folder.is_dir()).map(Path::to_path_buf);
    let cache = own.or_else(platform).map(|folder| folder.join("dictionaries"));
    Dictionaries::of(folders, cache)
}
