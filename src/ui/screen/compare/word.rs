//! The word under the cursor: chosen, moved, looked up; and passages that are translated or piped.

use crate::article::{Language, Part};
use crate::job::{Job, Report, Ticket};
use crate::text::{ParagraphIx, Shape, Span, friends_of, tokens};
use crate::ui::app::Context;
use crate::ui::command::Command;
use crate::ui::sheet::Extra;

use super::Compare;
use super::setting::Item;
use super::view::Layout;

/// A word of an article, and what is said of it.
pub struct Word {
    article: usize,
    /// Where it stands in the article's text.
    pub span: Span,
    ticket: Ticket,
    /// What the dictionaries say; none until they do.
    pub entries: Option<Vec<String>>,
}

/// A passage that is being translated.
pub struct Asked {
    ticket: Ticket,
    article: usize,
    paragraph: ParagraphIx,
}

impl Compare {
    /// Puts the cursor on a word, or takes it away.
    pub fn switch_word(&mut self, context: &mut Context) {
        if self.word.take().is_some() {
            return;
        }
        let Some((column, paragraph)) = self.reading(context) else {
            return;
        };
        let Some(article) = self.shown.get(column).copied() else {
            return;
        };
        let figure = self.at.and_then(|at| self.desk.mark(at));
        let figure = figure.filter(|mark| mark.part == Part::Text && self.desk.marks(article).contains(mark));
        let after = figure.map(|mark| mark.span.start);
        let span = self.desk.paragraphs(article).get(paragraph.0).copied();
        let start = after.or_else(|| span.map(|span| span.start)).unwrap_or(0);
        let word = self.words(article).into_iter().find(|word| word.end > start);
        self.choose_word(article, word, context);
    }

    fn words(&self, article: usize) -> Vec<Span> {
        let text = self.desk.article(article).map_or("", |article| &article.text);
        let words = tokens(text).filter(|token| token.shape != Shape::Number);
        words.map(|token| token.span).collect()
    }

    fn choose_word(&mut self, article: usize, span: Option<Span>, context: &mut Context) {
        let Some((span, written)) = span.zip(self.desk.article(article)) else {
            return;
        };
        let Some(language) = written.headline.language else {
            return context.complain(context.locale.text("notice.no-language"));
        };
        let ticket = context.ticket();
        context.jobs.push(Job::Gloss {
            ticket,
            word: span.of(&written.text).to_string(),
            language,
        });
        self.word = Some(Word {
            article,
            span,
            ticket,
            entries: None,
        });
        self.bring_word_into_sight(context);
    }

    /// Moves the word under the cursor; false where there is none or the command is no movement.
    pub fn move_word(&mut self, command: Command, times: usize, context: &mut Context) -> bool {
        let Some(word) = &self.word else { return false };
        let (article, span) = (word.article, word.span);
        let words = self.words(article);
        let at = words.partition_point(|word| word.end <= span.start);
        let last = words.len().saturating_sub(1);
        let place = match command {
            Command::NextPane => (at + times).min(last),
            Command::PreviousPane => at.saturating_sub(times),
            Command::Next => self.below(&words, at, times.cast_signed()),
            Command::Previous => self.below(&words, at, -times.cast_signed()),
            Command::Back => {
                self.word = None;
                return true;
            }
            _ => return false,
        };
        self.choose_word(article, words.get(place).copied(), context);
        true
    }

    /// The word so many lines below another one, at about the same distance from the line's beginning.
    fn below(&self, words: &[Span], at: usize, lines: isize) -> usize {
        let Some((word, column)) = words.get(at).zip(self.setting.columns.get(self.focus)) else {
            return at;
        };
        let rows: Vec<Span> = column
            .sheet
            .paragraphs
            .iter()
            .flat_map(|block| block.rows.iter().map(|row| row.span))
            .collect();
        let line = rows.partition_point(|row| row.end <= word.start);
        let wanted = line
            .saturating_add_signed(lines)
            .min(rows.len().saturating_sub(1));
        let (Some(from), Some(to)) = (rows.get(line), rows.get(wanted)) else {
            return at;
        };
        let target = (to.start + word.start.saturating_sub(from.start)).min(to.end.saturating_sub(1));
        let place = words.partition_point(|word| word.end <= target);
        place.min(words.len().saturating_sub(1))
    }

    fn bring_word_into_sight(&mut self, context: &Context) {
        let Some(word) = &self.word else { return };
        let Some(paragraph) = self.desk.paragraph_at(word.article, word.span.start) else {
            return;
        };
        let Some(first) = self.setting.row_of_item(self.focus, Item::Paragraph(paragraph)) else {
            return;
        };
        let sheet = self.setting.columns.get(self.focus).map(|column| &column.sheet);
        let rows = sheet.and_then(|sheet| sheet.paragraph(paragraph));
        let within = rows.and_then(|block| block.rows.iter().position(|row| row.span.end > word.span.start));
        let row = first + within.unwrap_or(0);
        let height = Layout::of(context.size).body_height();
        let top = self.top(self.focus);
        if row < top || row >= top + height {
            self.scroll_to(self.focus, row.saturating_sub(height / 3), context);
        }
    }

    /// The word under the cursor, if it is one of that article.
    pub fn word_of(&self, article: usize) -> Option<Span> {
        let word = self.word.as_ref().filter(|word| word.article == article)?;
        Some(word.span)
    }

    /// What is said of the word under the cursor, a line each: its false friends, then the dictionaries' entries.
    pub fn said_of_word(&self, context: &Context) -> Option<(String, Vec<String>)> {
        let word = self.word.as_ref()?;
        let article = self.desk.article(word.article)?;
        let written = word.span.of(&article.text);
        let language = article.headline.language?;
        let mut lines: Vec<String> = friends_of(written, language)
            .into_iter()
            .map(|friend| {
                let sign = if friend.language == language { "=" } else { "≠" };
                format!("{sign} {} {}: {}", friend.language, friend.word, friend.meaning)
            })
            .collect();
        match &word.entries {
            None => {}
            Some(entries) if entries.is_empty() && lines.is_empty() => {
                lines.push(context.locale.text("gloss.none").to_string());
            }
            Some(entries) => lines.extend(entries.iter().cloned()),
        }
        Some((written.to_string(), lines))
    }

    /// The passage being read with its article and language.
    fn passage(&self, context: &Context) -> Option<(usize, ParagraphIx, String)> {
        let (column, paragraph) = self.reading(context)?;
        let article = self.shown.get(column).copied()?;
        let span = self.desk.paragraphs(article).get(paragraph.0)?;
        let text = span.of(&self.desk.article(article)?.text).to_string();
        Some((article, paragraph, text))
    }

    /// The passage being read; of one column, the whole article where `whole`.
    pub fn piped(&self, whole: bool, context: &Context) -> Option<String> {
        let (article, _, passage) = self.passage(context)?;
        let written = self.desk.article(article)?;
        Some(if whole {
            format!("{}\n\n{}\n", written.headline.title, written.text)
        } else {
            passage
        })
    }

    /// Has the passage being read translated into the interface's language, or into German where it is in that; a
    /// translation that is there goes away.
    pub fn translate(&mut self, context: &mut Context) {
        let Some((article, paragraph, text)) = self.passage(context) else {
            return;
        };
        let there = |extra: &Extra| extra.article == article && extra.after == Some(paragraph);
        if self.extras.iter().any(there) {
            self.extras.retain(|extra| !there(extra));
            return self.set(context);
        }
        let from = self
            .desk
            .article(article)
            .and_then(|article| article.headline.language);
        let Some(from) = from else {
            return context.complain(context.locale.text("notice.no-language"));
        };
        let own = context.locale.language();
        let to = if from == own { other_than(own) } else { own };
        let ticket = context.ticket();
        self.asked.push(Asked {
            ticket,
            article,
            paragraph,
        });
        context.jobs.push(Job::Translate {
            ticket,
            text,
            from,
            to,
        });
        context.say(context.locale.text("notice.translating"));
    }

    /// Takes what dictionaries and translators answered.
    pub fn report(&mut self, report: &Report, context: &mut Context) {
        match report {
            Report::Glossed { ticket, lines } => {
                if let Some(word) = self.word.as_mut().filter(|word| word.ticket == *ticket) {
                    word.entries = Some(lines.clone());
                }
            }
            Report::Translated { ticket, text } => {
                let place = self.asked.iter().position(|asked| asked.ticket == *ticket);
                if let Some(asked) = place.map(|place| self.asked.remove(place)) {
                    self.extras.push(Extra {
                        article: asked.article,
                        after: Some(asked.paragraph),
                        text: text.clone(),
                    });
                    context.notice = None;
                    self.set(context);
                }
            }
            _ => {}
        }
    }
}

const fn other_than(language: Language) -> Language {
    match language {
        Language::German => Language::Dutch,
        Language::Dutch | Language::English => Language::German,
    }
}
