//! What the reader keeps in mind from one run to the next: the layout, and where each article was left.

use std::collections::VecDeque;

use crate::article::ArticleId;
use crate::job::Order;
use crate::text::ParagraphIx;

/// The most articles whose place is kept, the latest.
const MOST_PLACES: usize = 400;

/// The names under which the library keeps it.
const LAYOUT: &str = "reader.layout";
const PLACES: &str = "reader.places";

/// What is kept in mind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// What stands in the list at home.
    pub order: Order,
    /// How many articles stand side by side.
    pub columns: usize,
    /// Whether they scroll together.
    pub aligned: bool,
    places: VecDeque<(ArticleId, ParagraphIx)>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            order: Order::default(),
            columns: 2,
            aligned: true,
            places: VecDeque::new(),
        }
    }
}

impl Memory {
    /// The settings to ask the library for.
    pub const NAMES: [&'static str; 2] = [LAYOUT, PLACES];

    /// Reads settings; what they do not say, or say wrongly, is as at the first run.
    pub fn read(settings: &[(String, String)]) -> Self {
        let mut memory = Self::default();
        for (name, value) in settings {
            match name.as_str() {
                LAYOUT => memory.read_layout(value),
                PLACES => memory.places = value.lines().filter_map(read_place).take(MOST_PLACES).collect(),
                _ => {}
            }
        }
        memory
    }

    fn read_layout(&mut self, words: &str) {
        for word in words.split_whitespace() {
            match word {
                "stories" => self.order = Order::Stories,
                "dates" => self.order = Order::Dates,
                "sources" => self.order = Order::Sources,
                "aligned" => self.aligned = true,
                "free" => self.aligned = false,
                number => self.columns = number.parse().unwrap_or(self.columns).clamp(1, 9),
            }
        }
    }

    /// The settings that say the same.
    pub fn written(&self) -> Vec<(String, String)> {
        let order = match self.order {
            Order::Stories => "stories",
            Order::Dates => "dates",
            Order::Sources => "sources",
        };
        let view = if self.aligned { "aligned" } else { "free" };
        let layout = format!("{order} {view} {}", self.columns);
        let places: Vec<String> = self
            .places
            .iter()
            .map(|(id, paragraph)| format!("{} {id}", paragraph.0))
            .collect();
        vec![
            (LAYOUT.to_string(), layout),
            (PLACES.to_string(), places.join("\n")),
        ]
    }

    /// Where an article was left.
    pub fn place(&self, id: &ArticleId) -> Option<ParagraphIx> {
        let (_, paragraph) = self.places.iter().find(|(known, _)| known == id)?;
        Some(*paragraph)
    }

    /// Keeps where an article was left; none where it is at its beginning or was read to its end.
    pub fn keep_place(&mut self, id: &ArticleId, paragraph: Option<ParagraphIx>) {
        self.places.retain(|(known, _)| known != id);
        if let Some(paragraph) = paragraph.filter(|_| !id.0.contains('\n')) {
            self.places.push_front((id.clone(), paragraph));
            self.places.truncate(MOST_PLACES);
        }
    }
}

fn read_place(line: &str) -> Option<(ArticleId, ParagraphIx)> {
    let (paragraph, id) = line.split_once(' ')?;
    Some((ArticleId(id.to_string()), ParagraphIx(paragraph.parse().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut memory = Memory {
            order: Order::Dates,
            columns: 3,
            aligned: false,
            ..Memory::default()
        };
        memory.keep_place(&ArticleId("a b".into()), Some(ParagraphIx(7)));
        memory.keep_place(&ArticleId("c".into()), Some(ParagraphIx(1)));
        memory.keep_place(&ArticleId("c".into()), None);
        let again = Memory::read(&memory.written());
        assert_eq!(again, memory);
        assert_eq!(again.place(&ArticleId("a b".into())), Some(ParagraphIx(7)));
        assert_eq!(again.place(&ArticleId("c".into())), None);
    }

    #[test]
    fn what_makes_no_sense_is_as_at_the_first_run() {
        let said = [("reader.layout", "sideways 99 x"), ("reader.places", "x\n\n7")];
        let said = said.map(|(name, value)| (name.to_string(), value.to_string()));
        assert_eq!(
            Memory::read(&said),
            Memory {
                columns: 9,
                ..Memory::default()
            }
        );
    }
}
