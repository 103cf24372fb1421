//! Questions that the reader keeps, to be asked again as lists.

use anyhow::Result;

use super::Library;

/// A question that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedQuery {
    /// What the list of its articles is called.
    pub name: String,
    /// As it was typed.
    pub query: String,
}

/// The setting that holds them: a line each, the name and the question divided by a tab.
const SETTING: &str = "search.saved";
/// So many are kept at most, and of a name and a question so many characters.
const MOST: usize = 200;
const LONGEST: usize = 2_000;

impl Library {
    /// The questions that were kept, in the order they came.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>> {
        let kept = self.setting(SETTING)?.unwrap_or_default();
        let read = |line: &str| {
            let (name, query) = line.split_once('\t')?;
            Some(SavedQuery {
                name: name.to_string(),
                query: query.to_string(),
            })
        };
        Ok(kept.lines().filter_map(read).collect())
    }

    /// Keeps a question; one of the same name gives way to it. Without a name or a question there is nothing to keep.
    pub fn save_query(&mut self, saved: &SavedQuery) -> Result<()> {
        let (name, query) = (plain(&saved.name), plain(&saved.query));
        if name.is_empty() || query.is_empty() {
            return Ok(());
        }
        let mut all = self.saved_queries()?;
        match all.iter_mut().find(|known| known.name == name) {
            Some(known) => known.query = query,
            None => all.push(SavedQuery { name, query }),
        }
        let surplus = all.len().saturating_sub(MOST);
        self.keep_saved(all.get(surplus..).unwrap_or_default())
    }

    /// Lets a kept question go; false where there is none of that name.
    pub fn forget_query(&mut self, name: &str) -> Result<bool> {
        let mut all = self.saved_queries()?;
        let before = all.len();
        all.retain(|known| known.name != name);
        self.keep_saved(&all)?;
        Ok(all.len() < before)
    }

    fn keep_saved(&mut self, all: &[SavedQuery]) -> Result<()> {
        let lines = all
            .iter()
            .map(|saved| format!("{}\t{}\n", saved.name, saved.query));
        self.keep_setting(SETTING, &lines.collect::<String>())
    }
}

/// On one line, and no longer than is kept.
fn plain(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST)
        .collect();
    text.trim().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_questions_come_back_until_they_are_let_go() {
        let mut library = Library::in_memory().expect("a library");
        let saved = |name: &str, query: &str| SavedQuery {
            name: name.to_string(),
            query: query.to_string(),
        };
        for (name, query) in [
            ("Häfen", "hafen lang:de"),
            ("a\tb", "x\ny"),
            ("", "x"),
            ("x", " "),
            ("Häfen", "haven"),
        ] {
            library.save_query(&saved(name, query)).expect("kept");
        }
        let all = library.saved_queries().expect("read");
        assert_eq!(all, [saved("Häfen", "haven"), saved("a b", "x y")]);
        assert!(library.forget_query("Häfen").expect("gone"));
        assert!(!library.forget_query("Häfen").expect("gone"));
        assert_eq!(library.saved_queries().expect("read"), [saved("a b", "x y")]);
    }
}
