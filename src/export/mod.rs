//! Answers for other programs and other readers: the one home of the shapes that the command line promises.
//!
//! Field names and their order stand here and nowhere else. A shape borrows what it shows; printing it is the caller's.

pub mod amount;
mod article;
pub mod axis;
mod claims;
mod comparison;
mod feeds;
mod figures;
mod markdown;
mod note;
mod notice;
mod page;
mod reading;
mod sheet;
mod story;
#[cfg(test)]
mod testing;

pub use article::{Entry, Found, Frame, LISTING, Record, Shown, with_marks};
pub use comparison::Compared;
pub use feeds::{FeedShape, Feeds, SuggestionShape, Suggestions, Sync, SyncedShape};
pub use figures::{Answer, Figures, figures};
pub use markdown::{comparison_markdown, file_name, markdown};
pub use note::note;
pub use notice::notices;
pub use page::comparison_html;
pub use reading::{article_html, page_head};
pub use sheet::{Sheet, comparison_table, fitted, padded};
pub use story::{Stories, Told, ToldClaim};
