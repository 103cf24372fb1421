//! What a reader brings along: lists of feeds, files and folders of articles.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::intake::{self, Given, Lines, Outlines};
use crate::library::{Added, Library};
use crate::sync;

/// How many articles are stored at once.
const BATCH: usize = 200;

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Feeds that were not there.
    pub feeds: usize,
    /// Articles that were not there.
    pub articles: usize,
    /// What could not be taken.
    pub refused: usize,
    /// What was there already.
    pub known: usize,
}

impl Imported {
    fn count(&mut self, added: &[Added]) {
        let new = added.iter().filter(|one| **one == Added::New).count();
        self.articles += new;
        self.known += added.len() - new;
    }
}

/// Takes over what a path holds: OPML, newsboat's list or store, JSON Lines, or articles.
pub fn import(library: &mut Library, path: &Path) -> Result<Imported> {
    let mut imported = Imported::default();
    if path.is_dir() {
        articles(library, path, &mut imported)?;
    } else if intake::is_database(path) {
        newsboat(library, path, &mut imported)?;
    } else if path.extension().is_some_and(|ending| ending == "jsonl") {
        lines(library, path, &mut imported)?;
    } else {
        match list(path)? {
            Some(outlines) => subscribe(library, &outlines, &mut imported)?,
            None => articles(library, path, &mut imported)?,
        }
    }
    Ok(imported)
}

/// The feeds that a file lists; none where it is no list.
fn list(path: &Path) -> Result<Option<Outlines>> {
    let Ok((text, _)) = intake::bytes_of(path).and_then(|bytes| intake::text_of(&bytes)) else {
        bail!("it cannot be read");
    };
    let lower = text.to_lowercase();
    let listed = match lower.trim_start_matches('\u{feff}').trim_start() {
        start if start.starts_with('<') && lower.contains("<outline") => intake::read_opml(&text),
        start if start.starts_with("http://") || start.starts_with("https://") || start.starts_with('#') => {
            intake::read_urls(&text)
        }
        _ => return Ok(None),
    };
    Ok((!listed.feeds.is_empty()).then_some(listed))
}

fn subscribe(library: &mut Library, listed: &Outlines, imported: &mut Imported) -> Result<()> {
    let added = library.subscribe(&listed.feeds)?;
    imported.feeds = added.iter().filter(|new| **new).count();
    imported.known = added.len() - imported.feeds;
    imported.refused = listed.refused.len();
    Ok(())
}

/// Adds the articles of a folder, or a file as one.
fn articles(library: &mut Library, path: &Path, imported: &mut Imported) -> Result<()> {
    let files = match intake::articles_in(path) {
        Ok(files) => files,
        Err((path, refusal)) => bail!("{}: {refusal}", path.display()),
    };
    for files in files.chunks(BATCH) {
        let read: Vec<_> = files
            .iter()
            .map(|file| intake::read_file(file, &Given::default()))
            .collect();
        imported.refused += read.iter().filter(|one| one.is_err()).count();
        let read = read.into_iter().flatten();
        let batch = read.map(|intake| (intake.article, intake.state));
        imported.count(&sync::take_over(library, batch.collect())?);
    }
    Ok(())
}

fn lines(library: &mut Library, path: &Path, imported: &mut Imported) -> Result<()> {
    let file = std::fs::File::open(path).context("opening it")?;
    let mut batch = Vec::new();
    for line in Lines::new(std::io::BufReader::new(file), Given::default()) {
        match line {
            Ok(intake) => batch.push((intake.article, intake.state)),
            Err(_) => imported.refused += 1,
        }
        if batch.len() >= BATCH {
            imported.count(&sync::take_over(library, std::mem::take(&mut batch))?);
        }
    }
    imported.count(&sync::take_over(library, batch)?);
    Ok(())
}

fn newsboat(library: &mut Library, path: &Path, imported: &mut Imported) -> Result<()> {
    let mut batch = Vec::new();
    intake::read_newsboat(path, |article, read| {
        batch.push((article, read));
        if batch.len() >= BATCH {
            imported.count(&sync::take_read(library, std::mem::take(&mut batch))?);
        }
        Ok(())
    })?;
    imported.count(&sync::take_read(library, batch)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleId;

    #[test]
    fn a_path_is_taken_for_what_it_holds() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(&path, text).expect("a file");
            path
        };
        let opml = write(
            "feeds.opml",
            "<?xml version='1.0'?><opml><body><outline text='A' xmlUrl='https://a.example/f'/><outline xmlUrl='ftp://x'/></body></opml>",
        );
        let urls = write("urls", "# meine\nhttps://b.example/f nieuws \"~Bote\"\n");
        let line = "{\"id\":\"a\",\"text\":\"Ein Text, der lang genug ist.\",\"starred\":true}\n{}\n";
        let lines = write("a.jsonl", line);
        let text = write("b.txt", "Ein Titel\n\nEin anderer Text, der lang genug ist.\n");
        write(
            "c/d.md",
            "# Noch ein Titel\n\nEin dritter Text, der lang genug ist.\n",
        );
        let mut library = Library::in_memory().expect("a library");
        for (path, feeds, articles, refused, known) in [
            (opml, 1, 0, 1, 0),
            (urls, 1, 0, 0, 0),
            (lines, 0, 1, 1, 0),
            (text, 0, 1, 0, 0),
            (folder.path().join("c"), 0, 1, 0, 0),
            (folder.path().to_path_buf(), 0, 0, 0, 2),
        ] {
            let imported = import(&mut library, &path).expect("taken over");
            let expected = Imported {
                feeds,
                articles,
                refused,
                known,
            };
            assert_eq!(imported, expected, "{}", path.display());
        }
        assert!(import(&mut library, &folder.path().join("fehlt")).is_err());
        let kept = library
            .entry(&ArticleId("a".into()))
            .expect("read")
            .expect("there");
        assert!(kept.state.starred, "as its record says");
        assert_eq!(library.subscriptions().expect("feeds")[1].feed.title, "Bote");
    }
}
