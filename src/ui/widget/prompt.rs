//! A line of text being typed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::ui::glyph::{glyphs, width};

/// The most bytes a line takes, however much is pasted.
const LONGEST: usize = 2000;

/// A line and the place in it where typing goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    /// The bytes before the cursor; always between two clusters.
    at: usize,
}

/// What a key did to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Its text is another one.
    Changed,
    /// Only the cursor moved, or nothing did.
    Moved,
    /// The key means nothing to a line.
    Ignored,
}

impl Prompt {
    /// A line that says `text`, with the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_string(),
            at: text.len(),
        }
    }

    /// What is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The columns before the cursor.
    pub fn column(&self) -> usize {
        width(self.before())
    }

    fn before(&self) -> &str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// Takes a key as readers of other terminal programs are used to.
    pub fn take(&mut self, key: KeyEvent) -> Typed {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('u') if control => self.erase(0, self.at),
            KeyCode::Char('k') if control => self.erase(self.at, self.text.len()),
            KeyCode::Char('w') if control => self.erase(self.word_start(), self.at),
            KeyCode::Char('a') if control => self.go(0),
            KeyCode::Char('e') if control => self.go(self.text.len()),
            KeyCode::Char(letter) if !control && !alt => self.insert(letter.encode_utf8(&mut [0; 4])),
            KeyCode::Backspace => self.erase(self.cluster_before(), self.at),
            KeyCode::Delete => self.erase(self.at, self.cluster_after()),
            KeyCode::Left => self.go(self.cluster_before()),
            KeyCode::Right => self.go(self.cluster_after()),
            KeyCode::Home => self.go(0),
            KeyCode::End => self.go(self.text.len()),
            _ => Typed::Ignored,
        }
    }

    /// Writes `text` at the cursor, as one line.
    pub fn insert(&mut self, text: &str) -> Typed {
        let room = LONGEST.saturating_sub(self.text.len());
        let mut line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        while line.len() > room {
            line.pop();
        }
        if line.is_empty() {
            return Typed::Moved;
        }
        self.text.insert_str(self.at, &line);
        self.at += line.len();
        Typed::Changed
    }

    fn erase(&mut self, from: usize, to: usize) -> Typed {
        if from >= to {
            return Typed::Moved;
        }
        self.text.replace_range(from..to, "");
        self.at = from;
        Typed::Changed
    }

    const fn go(&mut self, at: usize) -> Typed {
        self.at = at;
        Typed::Moved
    }

    fn cluster_before(&self) -> usize {
        glyphs(self.before()).last().map_or(0, |glyph| glyph.at)
    }

    fn cluster_after(&self) -> usize {
        let after = self.text.get(self.at..).unwrap_or_default();
        glyphs(after).next().map_or(self.at, |glyph| self.at + glyph.len)
    }

    fn word_start(&self) -> usize {
        let words = self.before().trim_end();
        let mut letters = words.char_indices().rev();
        letters
            .find(|(_, c)| c.is_whitespace())
            .map_or(0, |(at, c)| at + c.len_utf8())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::parse_keys;

    fn typed(keys: &str) -> Prompt {
        let mut prompt = Prompt::default();
        for key in parse_keys(keys).expect("keys") {
            prompt.take(key.event());
        }
        prompt
    }

    #[test]
    fn a_line_is_edited_by_clusters_and_words() {
        for (keys, text, column) in [
            ("g ä n s e", "gänse", 5),
            ("ä backspace b", "b", 1),
            ("a b space c d ctrl-w", "ab ", 3),
            ("a b c left left x", "axbc", 2),
            ("a b c home delete", "bc", 0),
            ("a b c left ctrl-k ctrl-e d", "abd", 3),
            ("a b ctrl-u", "", 0),
            ("日 本 left", "日本", 2),
        ] {
            let prompt = typed(keys);
            assert_eq!((prompt.text(), prompt.column()), (text, column), "{keys}");
        }
    }

    #[test]
    fn what_is_pasted_becomes_one_line_of_bounded_length() {
        let mut prompt = Prompt::default();
        prompt.insert("eins\nzwei\u{1b}");
        assert_eq!(prompt.text(), "eins zwei ");
        prompt.insert(&"ü".repeat(5000));
        assert!(prompt.text().len() <= LONGEST);
    }
}
