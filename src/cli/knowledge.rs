//! What comparisons may know beside the articles: installed dictionaries.

use std::path::PathBuf;

use crate::article::Article;
use crate::compare::{self, Comparison, Knowledge};
use crate::config;
use crate::gloss::{self, Dictionaries};

/// Where that knowledge comes from; nothing is read before the first comparison.
#[derive(Debug, Default)]
pub(super) struct Sources {
    /// The installed dictionaries; none where they are not wanted.
    pub(super) dictionaries: Dictionaries,
}

impl Sources {
    /// What is installed, as the configuration wants it; what is made of it is kept in the library's folder, if there is one.
    pub(super) fn new(wanted: &config::Dictionaries, library: Option<PathBuf>) -> Self {
        let own = library.filter(|folder| folder.is_dir());
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
        let cache = own.or_else(platform).map(|folder| folder.join("dictionaries"));
        Self {
            dictionaries: Dictionaries::of(folders, cache),
        }
    }

    /// What is known that helps to compare these articles.
    pub(super) fn knowledge(&self, articles: &[Article]) -> Knowledge {
        Knowledge {
            lexicon: self.dictionaries.lexicon(articles),
            ..Knowledge::default()
        }
    }

    /// Compares articles with all that is known.
    pub(super) fn compare(&self, articles: &[Article]) -> Comparison {
        compare::compare(articles, &self.knowledge(articles))
    }
}
