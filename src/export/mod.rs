//! Answers for other programs and other readers: the one home of the shapes that the command line promises.
//!
//! Field names and their order stand here and nowhere else. A shape borrows what it shows; printing it is the caller's.

mod article;
mod feeds;
mod figures;
mod markdown;
mod notice;

pub use article::{Entry, Found, Line, Listing, Record, Shown, Stories, Told, part_name, with_marks};
pub use feeds::{FeedShape, Feeds, Sync, SyncedShape};
pub use figures::{Answer, FigureShape, Figures, figures};
pub use markdown::{file_name, markdown};
pub use notice::notice;
