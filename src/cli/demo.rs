//! The built-in edition: articles of our own, for looking around without adding any.

use anyhow::{Context as _, Result};

use crate::intake::{Form, Given, read_bytes};
use crate::library::Library;

/// The files of the edition, in Markdown.
const FILES: &[&str] = &[
    include_str!("../../assets/demo/01-lead-de-boersenkompass.md"),
    include_str!("../../assets/demo/02-lead-nl-dagkoers.md"),
    include_str!("../../assets/demo/03-lead-de-anlegerspiegel.md"),
    include_str!("../../assets/demo/04-lead-nl-datahal.md"),
    include_str!("../../assets/demo/05-lead-de-ostasiendienst.md"),
    include_str!("../../assets/demo/06-hochwasser-de-grenzlandbote.md"),
    include_str!("../../assets/demo/07-overstroming-nl-maasbode.md"),
    include_str!("../../assets/demo/08-hochwasser-de-rheinpost.md"),
    include_str!("../../assets/demo/09-bahn-de-niederrheinkurier.md"),
    include_str!("../../assets/demo/10-spoor-nl-venloosdagblad.md"),
    include_str!("../../assets/demo/11-rail-en-northsearail.md"),
    include_str!("../../assets/demo/12-wind-de-kuestenanzeiger.md"),
    include_str!("../../assets/demo/13-wind-nl-energiekrant.md"),
    include_str!("../../assets/demo/14-einzel-de-museum.md"),
    include_str!("../../assets/demo/15-enkel-nl-fietsbrug.md"),
];

/// A library in memory that holds the edition.
pub(super) fn library() -> Result<Library> {
    let mut library = Library::in_memory()?;
    let articles: Result<Vec<_>, _> = FILES
        .iter()
        .map(|file| {
            read_bytes(file.as_bytes(), Some(Form::Markdown), &Given::default()).map(|read| read.article)
        })
        .collect();
    let articles = articles.context("cannot read the built-in edition")?;
    library.add(&articles)?;
    Ok(library)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_edition_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
        let files = std::fs::read_dir(folder).expect("the folder is there").count();
        assert_eq!(files, FILES.len());
        let library = library().expect("the edition is whole");
        assert_eq!(library.count().expect("a count").articles, FILES.len());
    }
}
