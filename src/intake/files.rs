//! Files and folders: what is taken for an article, and in which form.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Draft, Given, Intake, MAX_FILE, Notice, Refusal, Refused, decode, html, markdown, page, plain};

/// How an article is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of plain text.
    Text,
    /// Markdown, perhaps with front matter.
    Markdown,
    /// A web page.
    Page,
}

/// How deep folders are searched.
const DEEPEST: usize = 32;

impl Form {
    /// The form that a file's name promises; None for files that are no articles.
    pub fn of_name(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_string_lossy().to_lowercase();
        match ending.as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Page),
            _ => None,
        }
    }

    /// The form that a text without a telling name looks like.
    fn of_text(text: &str) -> Self {
        let start = text.trim_start();
        if start.starts_with("# ") || start.starts_with("---\n") && start.contains("\n---") {
            Self::Markdown
        } else if page::is_page(text) {
            Self::Page
        } else {
            Self::Text
        }
    }
}

/// The files that a path names: itself, or the articles in a folder and the folders in it, by name.
///
/// Hidden files, links to folders and files of other kinds in a folder are passed over.
pub fn articles_in(path: &Path) -> Result<Vec<PathBuf>, Refused> {
    let refused = |refusal| (path.to_path_buf(), refusal);
    let kind = fs::metadata(path).map_err(|error| refused(reason(error)))?;
    if !kind.is_dir() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![(path.to_path_buf(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| (folder.clone(), reason(error)))?;
        for entry in entries.flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            match kind.is_dir() {
                _ if hidden => {}
                true if depth < DEEPEST => folders.push((entry.path(), depth + 1)),
                true => {}
                false if Form::of_name(&entry.path()).is_some() => found.push(entry.path()),
                false => {}
            }
        }
    }
    found.sort();
    if found.is_empty() {
        Err(refused(Refusal::NoArticles))
    } else {
        Ok(found)
    }
}

/// Reads one file as an article.
pub fn read_file(path: &Path, given: &Given) -> Result<Intake, Refused> {
    let refused = |refusal| (path.to_path_buf(), refusal);
    let lines = path
        .extension()
        .is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
    if lines {
        return Err(refused(Refusal::IsLines));
    }
    let read = bytes_of(path).and_then(|bytes| read_bytes(&bytes, Form::of_name(path), given));
    read.map_err(refused)
}

/// A file as it is read: its bytes.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, Refusal> {
    if path.is_dir() {
        return Err(Refusal::Unreadable(std::io::ErrorKind::IsADirectory.into()));
    }
    bounded(fs::File::open(path).map_err(reason)?)
}

/// Everything a reader gives, up to [`MAX_FILE`].
pub fn bounded(reader: impl Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    reader
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(reason)?;
    if bytes.len() as u64 > MAX_FILE {
        Err(Refusal::TooLarge)
    } else {
        Ok(bytes)
    }
}

/// Reads bytes as text as it stands there, with the name of its encoding where that is not plain UTF-8.
pub fn text_of(bytes: &[u8]) -> Result<(String, Option<&'static str>), Refusal> {
    let decoded = decode::decode(bytes, None).ok_or(Refusal::Binary)?;
    Ok((decoded.text, decoded.encoding))
}

/// Reads bytes as an article of a form; of the form they look like where none is given.
pub fn read_bytes(bytes: &[u8], form: Option<Form>, given: &Given) -> Result<Intake, Refusal> {
    let declared = html::declared_charset(bytes);
    let decoded = decode::decode(bytes, declared.as_deref()).ok_or(Refusal::Binary)?;
    let draft: Draft = match form.unwrap_or_else(|| Form::of_text(&decoded.text)) {
        Form::Text => plain::draft(&decoded.text),
        Form::Markdown => markdown::draft(&decoded.text),
        Form::Page => page::draft(&decoded.text, None).map_err(Refusal::Page)?,
    };
    if draft.text.is_empty() && draft.title.is_none() {
        return Err(Refusal::Empty);
    }
    let mut intake = draft.finish(given);
    intake.notices.extend(decoded.encoding.map(Notice::Decoded));
    Ok(intake)
}

/// Why the system would not let us read.
fn reason(error: std::io::Error) -> Refusal {
    match error.kind() {
        std::io::ErrorKind::NotFound => Refusal::Missing,
        _ => Refusal::Unreadable(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_become_a_clean_article_or_a_refusal(bytes in any::<Vec<u8>>(), text in "(?s).{0,200}") {
            for bytes in [bytes.as_slice(), text.as_bytes()] {
                for form in [None, Some(Form::Text), Some(Form::Markdown), Some(Form::Page)] {
                    let Ok(intake) = read_bytes(bytes, form, &Given::default()) else { continue };
                    let headline = &intake.article.headline;
                    let odd = |c: char| c.is_control() && c != '\n';
                    prop_assert!(!intake.article.text.contains(odd));
                    prop_assert!(!headline.title.is_empty() && !headline.title.contains(char::is_control));
                    prop_assert!(!headline.source.contains(char::is_control) && !headline.id.0.is_empty());
                }
            }
        }
    }
}
