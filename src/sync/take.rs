//! Articles taken over together with what their reader did with them elsewhere.

use anyhow::Result;

use crate::article::{Article, ArticleId, State};
use crate::library::{Added, Library, Mark};

/// Adds articles; what the record of a new one says that its reader did with it is done again.
pub fn take_over(library: &mut Library, batch: Vec<(Article, Option<State>)>) -> Result<Vec<Added>> {
    let (articles, states): (Vec<Article>, Vec<Option<State>>) = batch.into_iter().unzip();
    let added = add(library, &articles)?;
    let (mut read, mut starred): (Vec<ArticleId>, Vec<ArticleId>) = (Vec::new(), Vec::new());
    for ((article, state), added) in articles.into_iter().zip(states).zip(&added) {
        let Some(state) = state.filter(|_| *added == Added::New) else {
            continue;
        };
        let id = article.headline.id;
        if let Some(note) = state.note {
            library.mark(std::slice::from_ref(&id), &Mark::Note(Some(note)))?;
        }
        if state.read {
            read.push(id.clone());
        }
        if state.starred {
            starred.push(id);
        }
    }
    library.mark(&read, &Mark::Read(true))?;
    library.mark(&starred, &Mark::Starred(true))?;
    Ok(added)
}

/// Adds articles of another reader; those that were read there are read here, new or not.
pub fn take_read(library: &mut Library, batch: Vec<(Article, bool)>) -> Result<Vec<Added>> {
    let (articles, read): (Vec<Article>, Vec<bool>) = batch.into_iter().unzip();
    let added = add(library, &articles)?;
    let done = articles.into_iter().zip(read).filter(|(_, read)| *read);
    let ids: Vec<ArticleId> = done.map(|(article, _)| article.headline.id).collect();
    library.mark(&ids, &Mark::Read(true))?;
    Ok(added)
}

/// Adds articles, where there are any.
fn add(library: &mut Library, articles: &[Article]) -> Result<Vec<Added>> {
    if articles.is_empty() {
        return Ok(Vec::new());
    }
    library.add(articles)
}
