//! A line of text that is asked for at the foot of the screen.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::article::{ArticleId, Headline};
use crate::job::{Job, Mark, Wanted};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::{Canvas, columns};
use crate::ui::widget::prompt::{Prompt, Typed};

use super::{Hint, Next};

/// A question, and the answer being typed.
pub struct Question {
    about: About,
    prompt: Prompt,
}

/// What the answer is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum About {
    /// The tags of an article.
    Tags(ArticleId),
    /// The program that a text is given to.
    Pipe(String),
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[(Command::Open, "hint.keep"), (Command::Back, "hint.back")];

impl Question {
    /// Asks for the tags of an article; those it has are there to be changed.
    pub fn tags(headline: &Headline) -> Self {
        let mut written = headline.tags.join(" ");
        if !written.is_empty() {
            written.push(' ');
        }
        Self {
            about: About::Tags(headline.id.clone()),
            prompt: Prompt::new(&written),
        }
    }

    /// Asks for the program that `text` is given to, with its arguments.
    pub fn pipe(text: String) -> Self {
        Self {
            about: About::Pipe(text),
            prompt: Prompt::default(),
        }
    }

    /// Takes every key: text, Enter for the answer, Esc to leave it.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Option<Next> {
        match key.code {
            KeyCode::Esc => return Some(Next::Back),
            KeyCode::Enter => {
                self.answer(context);
                return Some(Next::Back);
            }
            _ => {}
        }
        match self.prompt.take(key) {
            Typed::Changed | Typed::Moved | Typed::Ignored => Some(Next::Stay),
        }
    }

    fn answer(&self, context: &mut Context) {
        match &self.about {
            About::Tags(id) => {
                let mark = Mark::Tags(tags_of(self.prompt.text()));
                context.jobs.push(Job::Mark(Wanted::All(vec![id.clone()]), mark));
            }
            About::Pipe(_) if self.prompt.text().trim().is_empty() => {}
            About::Pipe(text) => context.jobs.push(Job::Pipe {
                command: self.prompt.text().trim().to_string(),
                text: text.clone(),
            }),
        }
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str) {
        self.prompt.insert(text);
    }

    const fn label(&self) -> &'static str {
        match self.about {
            About::Tags(_) => "ask.tags",
            About::Pipe(_) => "ask.pipe",
        }
    }

    /// Draws it over the last line of `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let Some(y) = area.bottom().checked_sub(1) else {
            return;
        };
        let line = Rect::new(area.x, y, area.width, 1);
        canvas.clear(line);
        if area.height > 1 {
            canvas.rule(area.x, y - 1, area.right());
        }
        let end = area.right().saturating_sub(1);
        let x = canvas.put(area.x + 1, y, end, context.locale.text(self.label()), Role::Key) + 1;
        canvas.put(x, y, end, self.prompt.text(), Role::Text);
    }

    /// Where typing goes on, on the screen.
    pub fn cursor(&self, area: Rect, context: &Context) -> (u16, u16) {
        let label = columns(context.locale.text(self.label()));
        let typed = u16::try_from(self.prompt.column()).unwrap_or(0);
        let x = area.x.saturating_add(2 + label).saturating_add(typed);
        (x, area.bottom().saturating_sub(1))
    }
}

/// The tags of a line: words, each once, with or without `#` and commas.
fn tags_of(line: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in line.split([' ', ',']) {
        let tag = word.trim().trim_start_matches('#').to_string();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::tags_of;

    #[test]
    fn a_line_of_tags_is_words_each_once() {
        for (line, tags) in [
            ("#ki, #china wirtschaft", vec!["ki", "china", "wirtschaft"]),
            ("ki  ki,ki", vec!["ki"]),
            (" # , ", vec![]),
        ] {
            assert_eq!(tags_of(line), tags, "{line}");
        }
    }
}
