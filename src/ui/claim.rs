//! Claims in few words: their values, their topic, how many sources give them.

use crate::article::Headline;
use crate::compare::Claim;
use crate::locale::Locale;

use super::app::Context;
use super::desk::Desk;
use super::glyph::fitted;
use super::theme::Role;
use super::widget::canvas::{Canvas, columns};
use crate::export::amount::{joined, parts, short};

/// The different values of a claim in the order of the articles: `45 · 50 Mrd. EUR`.
pub fn values(locale: &Locale, claim: &Claim) -> String {
    let mut found: Vec<(String, String)> = Vec::new();
    for mention in &claim.mentions {
        let value = parts(locale, &mention.figure);
        if !found.contains(&value) {
            found.push(value);
        }
    }
    let Some((last, unit)) = found.last().cloned() else {
        return String::new();
    };
    if found.iter().any(|(_, other)| *other != unit) {
        let whole: Vec<String> = found
            .into_iter()
            .map(|(number, unit)| joined(&number, &unit))
            .collect();
        return whole.join(" · ");
    }
    let scale = last.split_once(' ').map_or("", |(_, scale)| scale);
    let shared = !scale.is_empty() && found.iter().all(|(number, _)| number.ends_with(scale));
    let numbers: Vec<&str> = found
        .iter()
        .map(|(number, _)| {
            if shared {
                number.split(' ').next().unwrap_or(number)
            } else {
                number.as_str()
            }
        })
        .collect();
    let numbers = numbers.join(" · ");
    joined(&if shared { joined(&numbers, scale) } else { numbers }, &unit)
}

/// What a claim is about, in a few words.
pub fn topic(claim: &Claim) -> String {
    let words: Vec<&str> = claim.topic.iter().take(3).map(String::as_str).collect();
    words.join(" · ")
}

/// How many of the articles give a claim.
pub fn sources(claim: &Claim) -> usize {
    let mut articles: Vec<usize> = claim.mentions.iter().map(|mention| mention.article).collect();
    articles.dedup();
    articles.len()
}

/// The value that one article gives, the first where it gives several.
pub fn value_of(locale: &Locale, claim: &Claim, article: usize) -> Option<String> {
    let mention = claim.mentions.iter().find(|mention| mention.article == article)?;
    Some(short(locale, &mention.figure))
}

/// One line: sign and values, topic, how many sources of how many.
pub fn draw_line(
    canvas: &mut Canvas<'_>,
    context: &Context,
    desk: &Desk,
    claim: &Claim,
    (x, y, end): (u16, u16, u16),
) {
    let role = Role::of(claim.verdict);
    let x = canvas.put(x, y, end, canvas.signs.verdict(claim.verdict), role) + 1;
    let count = context.locale.fill(
        "claim.of",
        &[("some", &sources(claim)), ("all", &desk.articles.len())],
    );
    let room = end.saturating_sub(x);
    let right = if room > 40 {
        canvas.put_right(x, y, end, &count, Role::Dim).saturating_sub(2)
    } else {
        end
    };
    let third = (room * 2 / 5).max(18).min(room);
    let values = fitted(&values(&context.locale, claim), usize::from(third));
    canvas.put(x, y, right, &values, role);
    canvas.put_fitted(
        x + third.max(columns(&values)) + 2,
        y,
        right,
        &topic(claim),
        Role::Dim,
    );
}

/// Who wrote an article, in which language, and when: `Abendpost · de · 24 Sep`.
pub fn byline(context: &Context, headline: &Headline) -> String {
    let language = headline.language.map(|language| language.code().to_string());
    let date = headline
        .published
        .as_ref()
        .map(|moment| context.locale.moment(moment, context.today));
    let source = Some(source_name(&context.locale, headline));
    let said: Vec<String> = [source, language, date].into_iter().flatten().collect();
    said.join(" · ")
}

/// The tags of an article, the latest first: `#merken #china`.
pub fn tags(headline: &Headline) -> String {
    let tags: Vec<String> = headline.tags.iter().rev().map(|tag| format!("#{tag}")).collect();
    tags.join(" ")
}

/// The source of an article, or words for one that nobody names.
pub fn source_name(locale: &Locale, headline: &Headline) -> String {
    if !headline.source.is_empty() {
        return headline.source.clone();
    }
    let host = headline.url.as_deref().and_then(|url| url.split("//").nth(1));
    let host = host.and_then(|rest| rest.split('/').next());
    host.map_or_else(|| locale.text("article.no-source").to_string(), str::to_string)
}

/// What an article goes by in a table: its source, or else its title.
pub fn short_name(headline: &Headline) -> String {
    if headline.source.is_empty() && headline.url.is_none() {
        return format!("„{}“", headline.title);
    }
    let host = headline.url.as_deref().and_then(|url| url.split('/').nth(2));
    Some(headline.source.as_str())
        .filter(|source| !source.is_empty())
        .or(host)
        .unwrap_or_default()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;
    use crate::ui::testing;

    #[test]
    fn values_share_their_scale_and_unit() {
        let desk = testing::desk(testing::story());
        let shown: Vec<String> = desk
            .comparison
            .claims
            .iter()
            .map(|claim| values(&Locale::new(Language::German), claim))
            .collect();
        assert_eq!(
            shown,
            ["45 · 50 Mrd. €", "4 Bio. $ · 3,4 Mrd. €", "380 Mrd. CNY", "9 %"]
        );
    }
}
