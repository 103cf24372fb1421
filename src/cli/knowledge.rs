//! What comparisons may know beside the articles: installed dictionaries, and what currencies are worth.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::article::{Article, Language};
use crate::compare::{self, Comparison, DailyRates, Knowledge, Lexicon, YearlyRates};
use crate::config;
use crate::gloss::{self, Dictionaries};
use crate::library::{LearnedWords, Place};
use crate::text::stem;

/// Where that knowledge comes from; nothing is read before the first comparison.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The installed dictionaries; none where they are not wanted.
    pub(super) dictionaries: Dictionaries,
    /// The folder of the library, where there is one.
    library: Option<PathBuf>,
    yearly: YearlyRates,
    daily: OnceLock<DailyRates>,
    learned: OnceLock<Learned>,
}

/// The words that were learned from the library, to be shared.
#[derive(Debug, Default)]
pub(super) struct Learned {
    pub(super) lexicon: Arc<Lexicon>,
    pub(super) pairs: usize,
    pub(super) since: Option<Date>,
}

impl Learned {
    /// Those of the library in a folder.
    pub(super) fn of(folder: &Path) -> Self {
        let LearnedWords {
            lexicon,
            pairs,
            since,
            ..
        } = Place::folder(folder).learned();
        Self {
            lexicon: Arc::new(lexicon),
            pairs,
            since,
        }
    }

    /// The stems that mean the same as a word, with how sure that is.
    pub(super) fn meanings(&self, word: &str, from: Language, to: Language) -> Vec<(String, f32)> {
        self.lexicon.meanings(&stem(word, from), from, to).to_vec()
    }
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
            learned: OnceLock::new(),
        }
    }

    /// What is known that helps to compare these articles.
    pub(super) fn knowledge(&self, articles: &[Article]) -> Knowledge {
        Knowledge {
            lexicon: self.dictionaries.lexicon(articles),
            learned: if in_several_languages(articles) {
                Arc::clone(&self.learned().lexicon)
            } else {
                Arc::default()
            },
            rates: self.daily().clone(),
            yearly: self.yearly.clone(),
        }
    }

    /// The words that were learned from the library.
    pub(super) fn learned(&self) -> &Learned {
        let kept = || self.library.as_deref().map(Learned::of);
        self.learned.get_or_init(|| kept().unwrap_or_default())
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

fn in_several_languages(articles: &[Article]) -> bool {
    let mut languages = articles.iter().filter_map(|article| article.headline.language);
    languages
        .next()
        .is_some_and(|first| languages.any(|other| other != first))
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
