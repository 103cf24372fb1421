//! The thread that notices what others write into the library, and that time passes.

use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};
use jiff::Timestamp;

use crate::library::{Library, Place};

use super::{NAME, Report};

/// How often the library is looked at: seldom enough that a laptop sleeps.
const EVERY: Duration = Duration::from_secs(2);

/// How many looks make a minute.
const MINUTE: u32 = 30;

/// Starts to report what others write into the library at `place`, and every minute; ends when nobody listens.
pub fn watch(place: Place, report: impl Fn(Report) -> bool + Send + 'static) -> Result<()> {
    let thread = thread::Builder::new().name(format!("{NAME}-watches"));
    thread
        .spawn(move || {
            let mut watch = Watch::default();
            for look in 1_u32.. {
                thread::sleep(EVERY);
                let seen = watch.look(&place).unwrap_or_default();
                let minute = look.is_multiple_of(MINUTE).then(|| Report::Now(Timestamp::now()));
                if !seen.into_iter().chain(minute).all(&report) {
                    return;
                }
            }
        })
        .context("cannot start a thread")?;
    Ok(())
}

/// What was seen of the library last.
#[derive(Default)]
struct Watch {
    library: Option<Library>,
    last: Option<crate::library::Pulse>,
}

impl Watch {
    /// What happened since the last look; nothing at the first, or where the library cannot be read just now.
    fn look(&mut self, place: &Place) -> Option<Option<Report>> {
        let library = match &mut self.library {
            Some(library) => library,
            none => none.insert(place.open().ok()?),
        };
        let now = library.pulse().ok()?;
        let before = self.last.replace(now)?;
        Some((before != now).then_some(Report::Changed {
            articles: before.content != now.content,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Article, ArticleId, Headline};

    #[test]
    fn what_others_write_is_noticed_once() {
        let mut others = Library::in_memory().expect("a library");
        let place = others.place();
        let mut watch = Watch::default();
        let mut look = || {
            let seen = watch.look(&place).flatten();
            seen.map(|report| matches!(report, Report::Changed { articles: true }))
        };
        assert_eq!((look(), look()), (None, None));
        let headline = Headline {
            id: ArticleId("1".into()),
            title: "Neu".into(),
            source: String::new(),
            language: None,
            published: None,
            url: None,
            tags: Vec::new(),
            author: String::new(),
        };
        let article = Article {
            headline,
            text: "Text".into(),
        };
        others.add(&[article]).expect("added");
        assert_eq!((look(), look()), (Some(true), None));
        others.keep_setting("a", "b").expect("kept");
        assert_eq!((look(), look()), (Some(false), None));
    }
}
