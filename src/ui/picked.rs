//! Articles chosen in a list, to be compared or joined.

use crate::article::ArticleId;

/// The articles that were chosen, in the order they were chosen.
#[derive(Debug, Default)]
pub struct Picked(Vec<ArticleId>);

impl Picked {
    /// Chooses an article, or no longer.
    pub fn switch(&mut self, id: ArticleId) {
        match self.0.iter().position(|picked| *picked == id) {
            Some(place) => {
                self.0.remove(place);
            }
            None => self.0.push(id),
        }
    }

    /// Whether an article was chosen.
    pub fn contains(&self, id: &ArticleId) -> bool {
        self.0.contains(id)
    }

    /// Whether none was.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Chooses none any more.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Those that were chosen; where that is fewer than two, the one under the cursor too.
    pub fn with(&self, here: Option<&ArticleId>) -> Vec<ArticleId> {
        let mut ids = self.0.clone();
        ids.extend(here.filter(|id| ids.len() < 2 && !ids.contains(id)).cloned());
        ids
    }
}
