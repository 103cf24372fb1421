//! How the columns are set: which lines stand on which rows.

use std::ops::Range;

use crate::article::Part;
use crate::text::ParagraphIx;
use crate::ui::align::align;
use crate::ui::desk::{Desk, Mark};
use crate::ui::sheet::{Added, Block, Extra, Sheet};
use crate::ui::sign::Signs;

/// The columns between two texts: a space, the bar, a space.
pub const GUTTER: u16 = 3;

/// The narrowest column of text.
const NARROWEST: u16 = 34;

/// The widest lines of running text.
const WIDEST: u16 = 76;

/// Below this width there is one column.
const ONE_COLUMN: u16 = 72;

/// The most columns there are.
pub const MOST: usize = 4;

/// How many columns a screen of that width has room for.
pub fn room(width: u16) -> usize {
    if width < ONE_COLUMN {
        return 1;
    }
    usize::from((width + 1) / (NARROWEST + GUTTER)).clamp(1, MOST)
}

/// Articles set in columns.
#[derive(Debug, Default)]
pub struct Setting {
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// What scrolls together: all columns, or each by itself.
    pub tracks: Vec<Track>,
}

/// One article in a column of the screen.
#[derive(Debug)]
pub struct Column {
    /// The first column of the text.
    pub x: u16,
    /// The width of the text.
    pub width: u16,
    /// The column of the bar after it.
    pub bar: u16,
    /// The text.
    pub sheet: Sheet,
}

/// Columns that scroll together.
#[derive(Debug)]
pub struct Track {
    /// Which columns.
    pub columns: Range<usize>,
    /// What stands on common rows, from the top.
    pub bands: Vec<Band>,
    /// How many rows there are.
    pub height: usize,
}

/// Rows that columns share.
#[derive(Debug)]
pub struct Band {
    /// Its first row in the track.
    pub start: usize,
    /// How many rows it takes, without the blank one after it.
    pub height: usize,
    /// Whether its paragraphs say the same.
    pub linked: bool,
    /// What stands in each column of the track.
    pub cells: Vec<Vec<Item>>,
}

/// Something that stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// The title.
    Title,
    /// A paragraph.
    Paragraph(ParagraphIx),
    /// So many paragraphs from this one on that are left out because the first column says the same.
    Folded(ParagraphIx, usize),
    /// What stands there that is not the article's, by its place in the sheet.
    Added(usize),
}

impl Setting {
    /// Sets these articles, with what was added to them, in columns beside each other on a screen of that width.
    pub fn new(
        desk: &Desk,
        shown: &[usize],
        extras: &[Extra],
        (width, signs): (u16, Signs),
        (aligned, fold): (bool, bool),
    ) -> Self {
        let mut columns = columns(desk, shown, width, signs);
        for column in &mut columns {
            let own = extras
                .iter()
                .filter(|extra| extra.article == column.sheet.article);
            let room = usize::from(column.width);
            let added = own.map(|extra| Added::new(extra.after, &extra.text, room));
            column.sheet.added.extend(added);
        }
        let bands = |part: Range<usize>| bands_of(desk, columns.get(part).unwrap_or_default(), shown, fold);
        let ranges: Vec<Range<usize>> = if aligned {
            std::iter::once(0..shown.len()).collect()
        } else {
            (0..shown.len()).map(|column| column..column + 1).collect()
        };
        let tracks = ranges
            .into_iter()
            .map(|range| {
                let sheets: Vec<&Sheet> = columns
                    .get(range.clone())
                    .unwrap_or_default()
                    .iter()
                    .map(|c| &c.sheet)
                    .collect();
                let (bands, height) = stacked(bands(range.clone()), &sheets);
                Track {
                    columns: range,
                    bands,
                    height,
                }
            })
            .collect();
        Self { columns, tracks }
    }

    /// The track that a column scrolls in.
    pub fn track_of(&self, column: usize) -> usize {
        let found = self
            .tracks
            .iter()
            .position(|track| track.columns.contains(&column));
        found.unwrap_or(0)
    }

    /// The row of its track on which a figure of a column stands.
    pub fn row_of(&self, column: usize, mark: &Mark, desk: &Desk) -> Option<usize> {
        let sheet = &self.columns.get(column)?.sheet;
        let paragraph = desk.paragraph_at(sheet.article, mark.span.start);
        let wanted = match mark.part {
            Part::Title => Item::Title,
            Part::Text => Item::Paragraph(paragraph?),
        };
        let first = self.row_of_item(column, wanted)?;
        let rows = &block(sheet, wanted)?.rows;
        let within = rows
            .iter()
            .position(|row| row.span.end > mark.span.start)
            .unwrap_or(0);
        Some(first + within)
    }

    /// The row of its track on which something of a column begins; of a folded paragraph, its one line.
    pub fn row_of_item(&self, column: usize, wanted: Item) -> Option<usize> {
        let track = self.tracks.get(self.track_of(column))?;
        let sheet = &self.columns.get(column)?.sheet;
        let cell = column.checked_sub(track.columns.start)?;
        for band in &track.bands {
            let mut row = band.start;
            for item in band.cells.get(cell)? {
                if same(*item, wanted) {
                    return Some(row);
                }
                row += lines_of(sheet, *item) + 1;
            }
        }
        None
    }

    /// What of a column stands on the row of its track, or on the next that has something.
    pub fn item_at(&self, column: usize, row: usize) -> Option<Item> {
        let track = self.tracks.get(self.track_of(column))?;
        let cell = column.checked_sub(track.columns.start)?;
        let sheet = &self.columns.get(column)?.sheet;
        let first = track
            .bands
            .partition_point(|band| band.start + band.height <= row);
        for band in track.bands.get(first..)? {
            let mut end = band.start;
            for item in band.cells.get(cell)? {
                end += lines_of(sheet, *item) + 1;
                if end > row {
                    return Some(*item);
                }
            }
        }
        None
    }
}

/// Whether what `other` shows is, or lies folded in, `one`.
fn same(one: Item, other: Item) -> bool {
    let paragraphs = |item| match item {
        Item::Title | Item::Added(_) => None,
        Item::Paragraph(paragraph) => Some(paragraph.0..paragraph.0 + 1),
        Item::Folded(first, count) => Some(first.0..first.0 + count),
    };
    match (paragraphs(one), paragraphs(other)) {
        (Some(said), Some(wanted)) => said.contains(&wanted.start),
        _ => one == other,
    }
}

/// The lines of something in a sheet; none of what is folded.
pub fn block(sheet: &Sheet, item: Item) -> Option<&Block> {
    match item {
        Item::Title => Some(&sheet.title),
        Item::Paragraph(paragraph) => sheet.paragraph(paragraph),
        Item::Folded(..) | Item::Added(_) => None,
    }
}

fn lines_of(sheet: &Sheet, item: Item) -> usize {
    if let Item::Added(place) = item {
        return sheet.added.get(place).map_or(0, |added| added.rows.len());
    }
    block(sheet, item).map_or(1, |block| block.rows.len())
}

/// The item and its line that stand on a row of a cell; none between items.
pub fn line_of(sheet: &Sheet, cell: &[Item], mut row: usize) -> Option<(Item, usize)> {
    for item in cell {
        let lines = lines_of(sheet, *item);
        if row < lines {
            return Some((*item, row));
        }
        row = row.checked_sub(lines + 1)?;
    }
    None
}

fn columns(desk: &Desk, shown: &[usize], width: u16, signs: Signs) -> Vec<Column> {
    let count = u16::try_from(shown.len()).unwrap_or(1).max(1);
    let inner = width.saturating_sub(2 + GUTTER * (count - 1));
    let share = inner / count;
    let text = share.min(WIDEST);
    shown
        .iter()
        .zip(0u16..)
        .map(|(article, place)| {
            let start = 1 + place * (share + GUTTER);
            Column {
                x: start + (share - text) / 2,
                width: text,
                bar: start + share + 1,
                sheet: Sheet::new(desk, *article, usize::from(text), signs),
            }
        })
        .collect()
}

/// The bands of some of the columns, titles first.
fn bands_of(desk: &Desk, part: &[Column], shown: &[usize], fold: bool) -> Vec<(bool, Vec<Vec<Item>>)> {
    let counts: Vec<(usize, usize)> = part
        .iter()
        .map(|column| (column.sheet.article, desk.paragraphs(column.sheet.article).len()))
        .collect();
    let titles = part
        .iter()
        .map(|column| with_added(&column.sheet, None, Item::Title));
    let titles = (false, titles.collect());
    let first = shown.first().copied();
    let item = |article: usize, paragraph: ParagraphIx| {
        let told =
            first.is_some_and(|first| first != article && desk.is_linked(article, paragraph, &[first]));
        if fold && told {
            Item::Folded(paragraph, 1)
        } else {
            Item::Paragraph(paragraph)
        }
    };
    let cell = |sheet: &Sheet, paragraphs: &[ParagraphIx]| -> Vec<Item> {
        let items = paragraphs.iter();
        items
            .flat_map(|ix| with_added(sheet, Some(*ix), item(sheet.article, *ix)))
            .collect()
    };
    let rest = align(&counts, &desk.comparison.passages).into_iter().map(|band| {
        let cells = band.cells.iter().zip(part);
        let cells = cells.map(|(paragraphs, column)| cell(&column.sheet, paragraphs));
        (band.linked, cells.collect())
    });
    let bands = std::iter::once(titles).chain(rest);
    if fold { gathered(bands) } else { bands.collect() }
}

/// Something of a sheet, and after it what was added below.
fn with_added(sheet: &Sheet, after: Option<ParagraphIx>, item: Item) -> Vec<Item> {
    let added = sheet.added.iter().enumerate();
    let added = added
        .filter(|(_, added)| added.after == after && !added.rows.is_empty())
        .map(|(place, _)| Item::Added(place));
    std::iter::once(item).chain(added).collect()
}

/// The bands of one column with each run of what is folded on one line.
fn gathered(bands: impl Iterator<Item = (bool, Vec<Vec<Item>>)>) -> Vec<(bool, Vec<Vec<Item>>)> {
    let mut items: Vec<Item> = Vec::new();
    for item in bands.flat_map(|(_, cells)| cells).flatten() {
        match (items.last_mut(), item) {
            (Some(Item::Folded(_, count)), Item::Folded(..)) => *count += 1,
            _ => items.push(item),
        }
    }
    items.into_iter().map(|item| (false, vec![vec![item]])).collect()
}

/// Stands the bands below each other, with a blank row between.
fn stacked(bands: Vec<(bool, Vec<Vec<Item>>)>, sheets: &[&Sheet]) -> (Vec<Band>, usize) {
    let mut start = 0;
    let set: Vec<Band> = bands
        .into_iter()
        .map(|(linked, cells)| {
            let heights = cells.iter().zip(sheets).map(|(cell, sheet)| {
                let lines: usize = cell.iter().map(|item| lines_of(sheet, *item) + 1).sum();
                lines.saturating_sub(1)
            });
            let height = heights.max().unwrap_or(0);
            let band = Band {
                start,
                height,
                linked,
                cells,
            };
            start += height + 1;
            band
        })
        .collect();
    (set, start.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{desk, story};

    #[test]
    fn as_many_columns_as_there_is_room_for() {
        for (width, columns) in [(10, 1), (71, 1), (80, 2), (120, 3), (200, 4), (500, 4)] {
            assert_eq!(room(width), columns, "{width}");
        }
    }

    #[test]
    fn rows_and_items_find_each_other() {
        let desk = desk(story());
        for aligned in [true, false] {
            let setting = Setting::new(&desk, &[0, 1], &[], (80, Signs::Full), (aligned, false));
            for column in 0..2 {
                for paragraph in 0..3 {
                    let item = Item::Paragraph(ParagraphIx(paragraph));
                    let row = setting.row_of_item(column, item).expect("a row");
                    assert_eq!(
                        setting.item_at(column, row),
                        Some(item),
                        "{aligned} {column} {paragraph}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_the_first_column_says_is_folded() {
        let desk = desk(story());
        let setting = Setting::new(&desk, &[0, 1], &[], (80, Signs::Full), (false, true));
        let told: Vec<Item> = setting.tracks[1]
            .bands
            .iter()
            .flat_map(|band| band.cells[0].clone())
            .collect();
        assert_eq!(
            told,
            [
                Item::Title,
                Item::Paragraph(ParagraphIx(0)),
                Item::Folded(ParagraphIx(1), 2),
            ]
        );
        let row = setting.row_of_item(1, Item::Paragraph(ParagraphIx(2)));
        assert_eq!(row, setting.row_of_item(1, Item::Paragraph(ParagraphIx(1))));
    }
}
