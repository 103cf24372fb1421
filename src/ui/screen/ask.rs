//! A line that is asked for at the foot of the screen: an address, a path, tags, a program.

use std::path::PathBuf;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::layout::Rect;

use crate::article::{ArticleId, Headline};
use crate::job::{Job, Mark, Wanted};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::theme::Role;
use crate::ui::widget::canvas::Canvas;
use crate::ui::widget::prompt::Prompt;

use super::{Hint, Next};

/// A question with the line being typed.
pub struct Ask {
    wish: Wish,
    prompt: Prompt,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// The address of a feed or a site.
    Feed,
    /// The path of a list of feeds, a file or a folder.
    Import,
    /// The tags of an article.
    Tags(ArticleId),
    /// The program that a text is given to, with its arguments.
    Pipe(String),
}

/// What the last line reminds of.
pub const HINTS: &[Hint] = &[(Command::Open, "hint.keep"), (Command::Back, "hint.back")];

impl Ask {
    /// Asks, with what is known already.
    pub fn new(wish: Wish, known: &str) -> Self {
        Self {
            wish,
            prompt: Prompt::new(known),
        }
    }

    /// Asks for the tags of an article; those it has are there to be changed.
    pub fn tags(headline: &Headline) -> Self {
        let known = headline.tags.iter().map(|tag| format!("{tag} "));
        Self::new(Wish::Tags(headline.id.clone()), &known.collect::<String>())
    }

    /// Takes every key: text, or Enter and Esc, which both close it.
    pub fn take(&mut self, key: KeyEvent, context: &mut Context) -> Next {
        match key.code {
            KeyCode::Esc => return Next::Back,
            KeyCode::Backspace if self.prompt.text().is_empty() => return Next::Back,
            KeyCode::Enter => {
                self.answer(context);
                return Next::Back;
            }
            _ => {
                self.prompt.take(key);
            }
        }
        Next::Stay
    }

    fn answer(&self, context: &mut Context) {
        let said = self.prompt.text().trim().to_string();
        match &self.wish {
            Wish::Tags(id) => {
                let mark = Mark::Tags(tags_of(&said));
                context.jobs.push(Job::Mark(Wanted::All(vec![id.clone()]), mark));
            }
            _ if said.is_empty() => {}
            Wish::Pipe(text) => context.jobs.push(Job::Pipe {
                command: said,
                text: text.clone(),
            }),
            Wish::Feed => {
                context.say(context.locale.fill("notice.looking", &[("what", &said)]));
                context.jobs.push(Job::Subscribe(said));
            }
            Wish::Import => {
                context.say(context.locale.fill("notice.importing", &[("what", &said)]));
                context.jobs.push(Job::Import(PathBuf::from(said)));
            }
        }
    }

    /// Takes text that was pasted.
    pub fn paste(&mut self, text: &str) {
        self.prompt.insert(text.trim());
    }

    const fn label(&self) -> &'static str {
        match self.wish {
            Wish::Feed => "ask.feed",
            Wish::Import => "ask.import",
            Wish::Tags(_) => "ask.tags",
            Wish::Pipe(_) => "ask.pipe",
        }
    }

    /// Draws it over the last lines of `area`.
    pub fn view(&self, area: Rect, context: &Context, canvas: &mut Canvas<'_>) {
        let panel = panel(area);
        canvas.clear(panel);
        canvas.rule(panel.x, panel.y, panel.right());
        let end = panel.right().saturating_sub(1);
        let label = context.locale.text(self.label());
        if panel.height > 1 {
            canvas.put_fitted(panel.x + 1, panel.y + 1, end, label, Role::Title);
        }
        if panel.height > 2 {
            canvas.put(panel.x + 3, panel.y + 2, end, self.prompt.text(), Role::Text);
        }
    }

    /// Where typing goes on, on the screen.
    pub fn cursor(&self, area: Rect) -> (u16, u16) {
        let panel = panel(area);
        let column = u16::try_from(self.prompt.column()).unwrap_or(0);
        (panel.x + 3 + column, panel.y + 2)
    }
}

fn panel(area: Rect) -> Rect {
    let height = 3.min(area.height);
    Rect::new(area.x, area.bottom() - height, area.width, height)
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
