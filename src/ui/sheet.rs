//! An article's text set in lines of a column, and how a line of it is drawn.

use crate::article::Part;
use crate::compare::Verdict;
use crate::text::{ParagraphIx, Span};

use super::desk::{Desk, FigureIx, Mark};
use super::glyph::{glyphs, width};
use super::sign::Signs;
use super::theme::Role;
use super::widget::canvas::Canvas;
use super::wrap::{Row, Whole, lines, wrap};

/// An article's title and paragraphs in lines of a given width.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The article, by its number on the desk.
    pub article: usize,
    /// The title.
    pub title: Block,
    /// The paragraphs, in order.
    pub paragraphs: Vec<Block>,
    /// What stands between them that is not the article's.
    pub added: Vec<Added>,
}

/// Words that are not the article's own, such as the reader's remark, in lines.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// The paragraph they stand below; none for the title.
    pub after: Option<ParagraphIx>,
    /// The lines.
    pub rows: Vec<String>,
}

/// Such words before they are set, and where they belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The article, by its number on the desk.
    pub article: usize,
    /// The paragraph they stand below; none for the title.
    pub after: Option<ParagraphIx>,
    /// The words.
    pub text: String,
}

impl Added {
    /// Sets `text`, which has lines of its own, in lines of so many columns, less what stands before them.
    pub fn new(after: Option<ParagraphIx>, text: &str, columns: usize) -> Self {
        let room = columns.saturating_sub(INDENT);
        let written = text.lines().take(MOST_ADDED);
        Self {
            after,
            rows: written
                .flat_map(|line| lines(line, room, MOST_ADDED))
                .take(MOST_ADDED)
                .collect(),
        }
    }

    /// Draws one of the lines.
    pub fn draw(&self, row: usize, (x, y, end): (u16, u16, u16), canvas: &mut Canvas<'_>) {
        let Some(line) = self.rows.get(row) else { return };
        canvas.put(x, y, end, canvas.signs.bar(), Role::Linked);
        canvas.put_fitted(x.saturating_add(2), y, end, line, Role::Found);
    }
}

/// The most lines of what is added in one place.
const MOST_ADDED: usize = 200;

/// Lines that belong together.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The part of the article that the lines count in.
    pub part: Option<Part>,
    /// Whether it is an item of a list, whose lines stand two columns in.
    pub item: bool,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// The columns an item of a list stands in.
const INDENT: usize = 2;

impl Sheet {
    /// Sets the article of that number in lines of at most `columns`.
    pub fn new(desk: &Desk, article: usize, columns: usize, signs: Signs) -> Self {
        let Some(written) = desk.article(article) else {
            return Self::default();
        };
        let title = &written.headline.title;
        Self {
            article,
            title: block(
                desk,
                article,
                (Part::Title, Span::new(0, title.len())),
                columns,
                signs,
            ),
            paragraphs: desk
                .paragraphs(article)
                .iter()
                .map(|span| block(desk, article, (Part::Text, *span), columns, signs))
                .collect(),
            added: desk
                .note(article)
                .map(|note| Added::new(None, note, columns))
                .into_iter()
                .collect(),
        }
    }

    /// The lines of a paragraph.
    pub fn paragraph(&self, paragraph: ParagraphIx) -> Option<&Block> {
        self.paragraphs.get(paragraph.0)
    }
}

fn block(desk: &Desk, article: usize, (part, span): (Part, Span), columns: usize, signs: Signs) -> Block {
    let Some(written) = desk.article(article) else {
        return Block::default();
    };
    let text = written.part(part);
    let sign = ["- ", "• ", "* ", "– "]
        .into_iter()
        .find(|sign| part == Part::Text && span.of(text).starts_with(sign));
    let (body, room) = match sign {
        Some(sign) => (
            Span::new(span.start + sign.len(), span.end),
            columns.saturating_sub(INDENT),
        ),
        None => (span, columns),
    };
    let marks = desk.marks_in(article, part, body).iter();
    let wholes: Vec<Whole> = marks.flat_map(|mark| wholes(text, mark, signs)).collect();
    Block {
        part: Some(part),
        item: sign.is_some(),
        rows: wrap(text, body, room, written.headline.language, &wholes),
    }
}

/// What of a figure stays on one line: its hedge, and its number with scale and unit.
fn wholes(text: &str, mark: &Mark, signs: Signs) -> impl Iterator<Item = Whole> {
    let lead = lead(mark.verdict, signs);
    let written = mark.span.of(text);
    let number = written.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let space = written.get(..number).and_then(|hedge| hedge.rfind(' '));
    let (first, rest) = match space {
        Some(space) => {
            let start = mark.span.start;
            let rest = Span::new(start + space + 1, mark.span.end);
            (
                Span::new(start, start + space),
                Some(Whole { span: rest, lead: 0 }),
            )
        }
        None => (mark.span, None),
    };
    std::iter::once(Whole { span: first, lead }).chain(rest)
}

/// The columns that a figure's verdict takes before it: a sign, or a word and a blank.
fn lead(verdict: Verdict, signs: Signs) -> usize {
    let blank = usize::from(signs.is_linear());
    if has_sign(verdict) {
        width(signs.verdict(verdict)) + blank
    } else {
        0
    }
}

/// Whether a figure is drawn with its verdict's sign before it.
fn has_sign(verdict: Verdict) -> bool {
    verdict != Verdict::Single
}

/// Where and how a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'s> {
    /// The first column.
    pub x: u16,
    /// The line of the screen.
    pub y: u16,
    /// The column after the last.
    pub end: u16,
    /// How its words are drawn.
    pub base: Role,
    /// The figure under the reader's cursor, which is lit with its counterparts.
    pub lit: Option<FigureIx>,
    /// The word under the reader's cursor.
    pub word: Option<Span>,
    /// Words to be marked as false friends, in order.
    pub friends: &'s [Span],
}

/// Draws one line of a block with its figures.
pub fn draw(canvas: &mut Canvas<'_>, desk: &Desk, article: usize, block: &Block, row: usize, spot: Spot<'_>) {
    let (Some(part), Some(line), Some(written)) = (block.part, block.rows.get(row), desk.article(article))
    else {
        return;
    };
    let mut x = spot.x;
    if block.item {
        let bullet = if row == 0 { canvas.signs.dot() } else { " " };
        canvas.put(x, spot.y, spot.end, bullet, Role::Dim);
        x = x.saturating_add(2);
    }
    let text = written.part(part);
    let mut marks = desk.marks_in(article, part, line.span).iter().peekable();
    let base = canvas.theme.style(spot.base);
    for glyph in glyphs(line.span.of(text)) {
        let at = line.span.start + glyph.at;
        while marks.next_if(|mark| mark.span.end <= at).is_some() {}
        let mark = marks.peek().filter(|mark| mark.span.start <= at);
        let mut style = mark.map_or(base, |mark| base.patch(canvas.theme.style(role(mark, spot.lit))));
        if part == Part::Text
            && let Some(role) = word_role(at, &spot)
        {
            style = style.patch(canvas.theme.style(role));
        }
        if let Some(mark) = mark.filter(|mark| mark.span.start == at && has_sign(mark.verdict)) {
            let room = u16::try_from(lead(mark.verdict, canvas.signs)).unwrap_or(0);
            canvas.put_styled(x, spot.y, spot.end, canvas.signs.verdict(mark.verdict), style);
            x = x.saturating_add(room);
        }
        if mark.is_some_and(|mark| mark.span.start == at && spot.lit == Some(mark.figure)) {
            canvas.point(x, spot.y);
        }
        x = canvas.put_styled(x, spot.y, spot.end, glyph.shown, style);
    }
    if line.hyphen {
        canvas.put_styled(x, spot.y, spot.end, "-", base);
    }
}

/// How the word at a byte is marked, apart from figures.
fn word_role(at: usize, spot: &Spot<'_>) -> Option<Role> {
    if spot.word.is_some_and(|word| word.start <= at && at < word.end) {
        return Some(Role::Lit);
    }
    let place = spot.friends.partition_point(|friend| friend.end <= at);
    let friend = spot.friends.get(place).filter(|friend| friend.start <= at);
    friend.map(|_| Role::Friend)
}

fn role(mark: &Mark, lit: Option<FigureIx>) -> Role {
    match lit {
        Some(lit) if lit == mark.figure => Role::Lit,
        Some(lit) if lit.claim == mark.figure.claim => Role::Counterpart,
        _ => Role::of(mark.verdict),
    }
}

/// The figure of a line that is drawn `x` columns from the line's beginning.
pub fn figure_at(
    desk: &Desk,
    article: usize,
    block: &Block,
    row: usize,
    x: u16,
    signs: Signs,
) -> Option<FigureIx> {
    let (part, line) = (block.part?, block.rows.get(row)?);
    let text = desk.article(article)?.part(part);
    let marks = desk.marks_in(article, part, line.span);
    let mut at = if block.item { INDENT } else { 0 };
    for glyph in glyphs(line.span.of(text)) {
        let byte = line.span.start + glyph.at;
        let mark = marks
            .iter()
            .find(|mark| mark.span.start <= byte && byte < mark.span.end);
        at += glyph.width;
        let begins = mark.filter(|mark| mark.span.start == byte);
        at += begins.map_or(0, |mark| lead(mark.verdict, signs));
        if at > usize::from(x) {
            return mark.map(|mark| mark.figure);
        }
    }
    None
}
