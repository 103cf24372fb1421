//! Articles side by side, from the library or from files that are not added to it.

use std::path::Path;

use anyhow::Result;

use super::args::Compare;
use super::{Desk, Outcome, add, read};
use crate::article::{Article, ArticleId};
use crate::compare::Correction;
use crate::export;
use crate::intake::{Form, Given};
use crate::library::Library;

/// Compares two or more articles.
pub(super) fn run(asked: &Compare, desk: &mut Desk) -> Result<Outcome> {
    let (articles, corrections) = articles(&asked.articles, desk)?;
    let comparison = desk
        .sources()?
        .compare(&articles)
        .corrected(&articles, &corrections);
    for article in comparison.cut.iter().filter_map(|place| articles.get(*place)) {
        let title = &article.headline.title;
        let complaint = desk.console.complaint("cli.compare.cut", "", &[("title", title)]);
        desk.console.complain(&complaint);
    }
    if asked.json {
        let shape = export::Compared::new(&articles, &comparison, &desk.console.locale);
        desk.console.json(&shape)?;
    } else if asked.markdown {
        let page = export::comparison_markdown(&articles, &comparison, &desk.console.locale);
        desk.console.write(page.as_bytes())?;
    } else if asked.html {
        let page = export::comparison_html(&articles, &comparison, &desk.console.locale);
        desk.console.write(page.as_bytes())?;
    } else {
        let style = export::Sheet {
            columns: desk.console.columns(),
            styled: desk.console.styled,
        };
        let table = export::comparison_table(&articles, &comparison, &desk.console.locale, style);
        desk.console.write(table.as_bytes())?;
    }
    Ok(Outcome::Done)
}

/// The articles that were named, files where there are such, else keys, for which the library is opened once; and what
/// the reader said about their figures.
fn articles(named: &[String], desk: &mut Desk) -> Result<(Vec<Article>, Vec<Correction>)> {
    let mut library: Option<Library> = None;
    let mut articles = Vec::with_capacity(named.len());
    for name in named {
        let path = Path::new(name);
        let meant = name == "-" || name.contains(['/', '\\']) || Form::of_name(path).is_some();
        if meant || path.exists() {
            let intake = add::read(path, &Given::default())
                .map_err(|(path, refusal)| add::refusal(&path, &refusal, desk))?;
            add::notice(path, &intake.notices, desk);
            articles.push(intake.article);
            continue;
        }
        let library = match &library {
            Some(library) => library,
            None => library.insert(desk.library()?),
        };
        let id: ArticleId = read::resolve(library, name, desk)?;
        articles.extend(library.article(&id)?);
    }
    let ids: Vec<ArticleId> = articles
        .iter()
        .map(|article| article.headline.id.clone())
        .collect();
    let corrections = library.map_or(Ok(Vec::new()), |library| library.corrections(&ids))?;
    Ok((articles, corrections))
}
