//! Which units of a page are its article.
//!
//! Two witnesses are heard: dom_smoothie, which weighs the elements of the page, and the article's text in the JSON-LD,
//! where it is there. Then the run of units is taken that holds most of the article and least of anything else, and
//! within it what is no part of it is dropped line by line.

use std::collections::HashSet;

use dom_smoothie::{Config, Readability};

use super::super::{clean, frame};
use super::meta::About;
use super::tree::{Kind, Tree};
use super::units::{Form, Unit, ends_as_sentence, units};
use super::words::{WORDS, count};
use crate::article::fingerprint;
use crate::text::sentences;

/// The most elements that dom_smoothie is given; larger pages do without it.
const MOST_ELEMENTS: usize = 10_000;

/// How many words in a row tell whether two texts have something in common.
const RUN: usize = 4;

/// The fewest words of a paragraph that is made of sentences without any.
const PARAGRAPH: usize = 40;

/// The longest paragraph that can be a label or lead elsewhere, in words.
const ASIDE_WORDS: usize = 45;

/// The article's paragraphs on a page, a line each; empty where it has none.
pub(super) fn text(tree: &Tree, is_left_out: &[bool], about: &About) -> String {
    let units = units(tree, is_left_out);
    let voted = votes(tree, is_left_out);
    let body = Body::of(about, &units, &voted);
    let scope = Scope::of(tree, &units, voted, about);
    let said: Vec<Option<f64>> = units
        .iter()
        .map(|unit| Some(body.as_ref()?.share(unit)))
        .collect();
    let scores: Vec<f64> = units
        .iter()
        .zip(&said)
        .map(|(unit, said)| score(tree, unit, &scope, *said))
        .collect();
    let (start, end) = best_run(&scores);
    let end = next_article(&units, start, end, about).unwrap_or(end);
    let mut chosen: Vec<&Unit> = Vec::new();
    let mut seen = HashSet::new();
    for ((unit, said), score) in units.iter().zip(said).zip(scores).take(end).skip(start) {
        let is_akin = scope.kinds.contains(&kind(tree, unit.owner));
        let is_foreign = unit.is_prose() && score < 0.0;
        let is_new = unit.words < 6 || seen.insert(fingerprint(&[&unit.text]));
        if !is_foreign && is_new && is_part(unit, &scope, said, about, is_akin) {
            chosen.push(unit);
        }
    }
    drop_loose_ends(&mut chosen, &scope);
    let text = written(&chosen);
    match body {
        // The page shows less than it says it holds: its text comes in later, by a script.
        Some(body) if body.words * 2 > words_in(&text) * 3 => in_paragraphs(&body.text),
        _ => text,
    }
}

/// Where another article begins below this one, as on pages that go on and on: at a heading of the first rank, where such
/// a heading is this one's title.
fn next_article(units: &[Unit], start: usize, end: usize, about: &About) -> Option<usize> {
    let is_title = |unit: &Unit| about.titles.iter().any(|title| same(title, &unit.text));
    let first = |unit: &&Unit| unit.form == Form::Heading(1);
    let own = units.iter().take(end).filter(first).any(is_title);
    let prose = units.iter().enumerate().take(end).skip(start);
    let (begin, _) = prose.clone().find(|(_, unit)| unit.is_prose())?;
    let others = prose.skip(begin - start);
    let mut others = others.filter(|(_, unit)| first(unit) && !is_title(unit));
    others.next().map(|(place, _)| place).filter(|_| own)
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A text with paragraphs of a few sentences each, where it has none of its own.
fn in_paragraphs(text: &str) -> String {
    if text.lines().nth(1).is_some() {
        return text.to_string();
    }
    let mut paragraphs = String::with_capacity(text.len());
    let mut words = 0;
    for sentence in sentences(text) {
        let sentence = sentence.of(text).trim();
        if words > 0 {
            paragraphs.push(if words > PARAGRAPH { '\n' } else { ' ' });
        }
        words = if words > PARAGRAPH { 0 } else { words } + words_in(sentence);
        paragraphs.push_str(sentence);
    }
    paragraphs
}

/// The article's text as the JSON-LD gives it, by runs of words.
struct Body {
    text: String,
    words: usize,
    runs: HashSet<u64>,
}

impl Body {
    /// None where there is none, where it is only the beginning, or where the page shows another text.
    fn of(about: &About, units: &[Unit], voted: &HashSet<usize>) -> Option<Self> {
        let text = about
            .body
            .clone()
            .filter(|text| !text.ends_with('…') && !text.ends_with("..."))?;
        let words = words_in(&text);
        let runs: HashSet<u64> = runs(&text).collect();
        let body = Self { text, words, runs };
        let count = |wanted: &dyn Fn(&&Unit) -> bool| -> usize {
            let prose = units.iter().filter(|unit| unit.is_prose());
            prose.filter(wanted).map(|unit| unit.words).sum()
        };
        let common = count(&|unit| body.share(unit) > 0.5);
        let shown = count(&|unit| voted.contains(&unit.owner));
        let is_beginning = words * 3 < shown * 2;
        let is_shown = common * 2 > words;
        let is_hidden = count(&|_| true) * 2 < words;
        (!is_beginning && (is_shown || is_hidden)).then_some(body)
    }

    /// How much of a unit the text holds, from 0 to 1.
    fn share(&self, unit: &Unit) -> f64 {
        let (mut known, mut all) = (0_u32, 0_u32);
        for run in runs(&unit.text) {
            all += 1;
            known += u32::from(self.runs.contains(&run));
        }
        if all == 0 {
            0.0
        } else {
            f64::from(known) / f64::from(all)
        }
    }
}

/// The runs of words in a text; a shorter text is one run.
fn runs(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let length = RUN.min(words.len()).max(1);
    let runs: Vec<u64> = words
        .windows(length)
        .map(|run| fingerprint(&run.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    runs.into_iter()
}

/// The blocks that dom_smoothie takes for the article, by their places; none where it finds none.
fn votes(tree: &Tree, is_left_out: &[bool]) -> HashSet<usize> {
    if tree.elements().count() > MOST_ELEMENTS {
        return HashSet::new();
    }
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        disable_json_ld: true,
        ..Config::default()
    };
    let page = marked(tree, is_left_out);
    let found = Readability::new(page, None, Some(config)).and_then(|mut page| page.parse());
    let Ok(found) = found else {
        return HashSet::new();
    };
    let content = Tree::of(&found.content);
    content
        .elements()
        .filter_map(|(_, element)| element.value(MARK)?.parse().ok())
        .collect()
}

/// The attribute that carries the place of a block through dom_smoothie.
const MARK: &str = "data-place";

/// The page as HTML without what is left out, each block with its place.
fn marked(tree: &Tree, is_left_out: &[bool]) -> String {
    let mut page = String::from("<html><body>");
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut hidden_until = 0;
    for (place, node) in tree.nodes.iter().enumerate().skip(1) {
        while open.last().is_some_and(|(end, _)| *end <= place) {
            if let Some((_, name)) = open.pop() {
                page.push_str(&format!("</{name}>"));
            }
        }
        if place < hidden_until {
            continue;
        }
        if is_left_out.get(place).copied().unwrap_or(false) {
            hidden_until = node.end;
            continue;
        }
        match &node.kind {
            Kind::Text(text) => escape(text, &mut page),
            Kind::Element(element) => {
                let name = &*element.name;
                if matches!(
                    name,
                    "html" | "body" | "img" | "link" | "meta" | "input" | "source"
                ) {
                    continue;
                }
                page.push_str(&format!("<{name} {MARK}=\"{place}\""));
                for key in ["class", "id", "href", "itemprop"] {
                    if let Some(value) = element.value(key) {
                        page.push_str(&format!(" {key}=\""));
                        escape(value, &mut page);
                        page.push('"');
                    }
                }
                page.push('>');
                if !matches!(name, "br" | "hr" | "wbr") {
                    open.push((node.end, name));
                }
            }
        }
    }
    page
}

fn escape(text: &str, page: &mut String) {
    for c in text.chars() {
        match c {
            '&' => page.push_str("&amp;"),
            '<' => page.push_str("&lt;"),
            '>' => page.push_str("&gt;"),
            '"' => page.push_str("&quot;"),
            _ => page.push(c),
        }
    }
}

/// Where on the page the article stands.
struct Scope {
    /// The element that holds nearly all of what dom_smoothie found, as a range of places.
    body: (usize, usize),
    /// From the article's heading to its body.
    lead: (usize, usize),
    /// Whether dom_smoothie found anything to speak of.
    is_sure: bool,
    /// The blocks it found.
    voted: HashSet<usize>,
    /// What the blocks of the sentences it found are like.
    kinds: HashSet<u64>,
    /// The parts of the body it found sentences in.
    branches: HashSet<usize>,
}

impl Scope {
    fn of(tree: &Tree, units: &[Unit], voted: HashSet<usize>, about: &About) -> Self {
        let prose: Vec<&Unit> = units.iter().filter(|unit| unit.is_prose()).collect();
        let count = |units: &[&Unit]| units.iter().map(|unit| unit.words).sum::<usize>();
        let mut found: Vec<&Unit> = prose
            .iter()
            .copied()
            .filter(|unit| voted.contains(&unit.owner))
            .collect();
        let is_sure = count(&found) >= 60;
        if !is_sure {
            found = prose;
        }
        let kinds = found.iter().map(|unit| kind(tree, unit.owner)).collect();
        let share = if is_sure { 90 } else { 60 };
        let body = match found.as_slice() {
            // One sentence of more than a few words: what stands beside it may be the rest.
            [alone] if !is_sure => around(tree, alone.owner),
            _ => smallest_around(tree, &found, share),
        };
        let heading = tree
            .elements()
            .filter(|(place, element)| *place < body.1 && is_title(tree, *place, &element.name, about))
            .map(|(place, _)| place)
            .last();
        let lead = heading.map_or((body.0, body.0), |heading| (heading.min(body.0), body.0));
        let branches = found
            .iter()
            .map(|unit| branch(tree, unit.owner, body.0))
            .collect();
        Self {
            body,
            lead,
            is_sure,
            voted,
            kinds,
            branches,
        }
    }

    /// Whether a unit stands beside sentences of the article, or in a block like theirs.
    fn is_akin(&self, tree: &Tree, unit: &Unit) -> bool {
        let branch = branch(tree, unit.owner, self.body.0);
        branch == unit.owner
            || self.branches.contains(&branch)
            || self.kinds.contains(&kind(tree, unit.owner))
    }

    const fn holds(&self, unit: &Unit) -> bool {
        unit.owner >= self.body.0 && unit.owner < self.body.1
    }

    const fn leads(&self, unit: &Unit) -> bool {
        unit.owner >= self.lead.0 && unit.owner < self.lead.1
    }
}

/// Whether an element is the heading of the article: of the first rank, or one that says its title, a kicker before it.
fn is_title(tree: &Tree, place: usize, name: &str, about: &About) -> bool {
    match name {
        "h1" => true,
        "h2" => {
            let said = clean::line(&tree.text(place));
            let ends = |title: &String| title.len() > 20 && said.ends_with(title.as_str());
            said.len() < 400 && about.titles.iter().any(ends)
        }
        _ => false,
    }
}

/// A number for what a block is like: its name and class, and those of the element around it.
fn kind(tree: &Tree, owner: usize) -> u64 {
    let parent = tree.nodes.get(owner).map_or(0, |node| node.parent);
    let class = |place: usize| {
        tree.element(place)
            .and_then(|element| element.value("class"))
            .unwrap_or_default()
    };
    fingerprint(&[tree.name(owner), class(owner), tree.name(parent), class(parent)])
}

/// The element right below `body` that a block stands in; the block itself where that is it, or where it is elsewhere.
fn branch(tree: &Tree, owner: usize, body: usize) -> usize {
    let mut around = owner;
    while let Some(node) = tree.nodes.get(around) {
        if node.parent == body {
            return around;
        }
        if node.parent < body || around == 0 {
            break;
        }
        around = node.parent;
    }
    owner
}

/// The range of the element that a block stands in.
fn around(tree: &Tree, owner: usize) -> (usize, usize) {
    let parent = tree.nodes.get(owner).map_or(0, |node| node.parent);
    (parent, tree.nodes.get(parent).map_or(parent, |node| node.end))
}

/// The range of the smallest element that holds so many hundredths of the words of some units.
fn smallest_around(tree: &Tree, units: &[&Unit], share: usize) -> (usize, usize) {
    let total: usize = units.iter().map(|unit| unit.words).sum();
    // Where little is known, the longest paragraph alone is no article with others beside it.
    let fewest = if share < 90 { units.len().min(2) } else { 1 };
    let mut held = vec![0; tree.nodes.len()];
    let mut count = vec![0; tree.nodes.len()];
    for unit in units {
        let mut around = unit.owner;
        loop {
            if let (Some(sum), Some(count)) = (held.get_mut(around), count.get_mut(around)) {
                *sum += unit.words;
                *count += 1;
            }
            if around == 0 {
                break;
            }
            around = tree.nodes.get(around).map_or(0, |node| node.parent);
        }
    }
    // Elements come before what is within them, so the last that holds enough is the smallest.
    let enough =
        |(words, count): (&usize, &usize)| *words * 100 >= total * share && total > 0 && *count >= fewest;
    let place = held.iter().zip(&count).rposition(enough).unwrap_or(0);
    (place, tree.nodes.get(place).map_or(place, |node| node.end))
}

/// How much a unit speaks for (above 0) or against being part of the article.
fn score(tree: &Tree, unit: &Unit, scope: &Scope, said: Option<f64>) -> f64 {
    let words = f64::from(u32::try_from(unit.words.min(150)).unwrap_or(150));
    if let Some(said) = said.filter(|said| *said > 0.6)
        && unit.words >= 8
    {
        return words * 2.0 * said;
    }
    if unit.linked * 2 > unit.words {
        return -3.0 - words / 2.0;
    }
    if matches!(unit.form, Form::Caption) || unit.is_heading() {
        return 0.0;
    }
    let weight = match (
        scope.holds(unit),
        scope.voted.contains(&unit.owner),
        scope.leads(unit),
    ) {
        (true, true, _) => 1.2,
        (true, false, _) if scope.is_akin(tree, unit) => 0.6,
        (true, false, _) => -0.3,
        (false, _, true) => 0.5,
        (false, true, _) => 0.3,
        (false, false, _) if scope.is_sure => -0.7,
        (false, false, _) => 0.1,
    };
    if unit.is_prose() {
        words * weight
    } else if (scope.holds(unit) && unit.words >= 4) || is_lead(unit, scope) {
        words * 0.1
    } else {
        -1.0
    }
}

/// The run of scores with the largest sum; empty where none is above nothing.
fn best_run(scores: &[f64]) -> (usize, usize) {
    let (mut best, mut run) = ((0, 0, 0.0), (0, 0.0));
    for (place, score) in scores.iter().enumerate() {
        if run.1 <= 0.0 {
            run = (place, 0.0);
        }
        run.1 += score;
        if run.1 > best.2 {
            best = (run.0, place + 1, run.1);
        }
    }
    (best.0, best.1)
}

/// Whether a unit within the article's run belongs to it; headings are settled later.
fn is_part(unit: &Unit, scope: &Scope, said: Option<f64>, about: &About, is_akin: bool) -> bool {
    let title = |title: &String| same(title, &unit.text);
    if about.titles.iter().any(title) || matches!(unit.form, Form::Heading(1)) {
        return false;
    }
    let lower = unit.text.to_lowercase();
    let is_sentence = ends_as_sentence(&unit.text) && unit.words >= 5;
    let is_aside = unit.words <= ASIDE_WORDS && WORDS.asides.begin(&lower);
    let is_label =
        unit.words <= ASIDE_WORDS && WORDS.labels.begin(&lower) && (!is_sentence || unit.linked > 0);
    let names_outlet = unit.words <= 20 && frame::outlet(&unit.text).is_some();
    if is_aside || is_label || names_outlet {
        return false;
    }
    if let Some(said) = said {
        // The page's own word for it; what it leaves out may be a list, a table or the lead, never a sentence more.
        let beside = !unit.is_prose() || scope.leads(unit);
        if said > 0.6 {
            return true;
        }
        if !beside {
            return false;
        }
    }
    let mostly_linked = unit.linked * 2 > unit.words;
    match unit.form {
        Form::Heading(_) => unit.words <= 25 || unit.is_prose(),
        Form::Caption => !caption(&unit.text).is_empty(),
        Form::Row => unit.words >= 1 && !mostly_linked,
        Form::Item(_) => !mostly_linked && unit.words >= 1,
        Form::Paragraph if unit.is_heading() => true,
        Form::Paragraph => {
            !mostly_linked
                && (unit.is_prose()
                    || (is_short_part(unit, is_akin) && scope.holds(unit))
                    || is_lead(unit, scope))
        }
    }
}

/// A short paragraph that is said in full, or that the article's other paragraphs are like.
fn is_short_part(unit: &Unit, is_akin: bool) -> bool {
    let said = unit.words >= 2 && ends_as_sentence(&unit.text);
    said || unit.words >= 18 || (is_akin && unit.words >= 6 && unit.linked == 0)
}

/// Whether a unit is a lead, which may be shorter than sentences in the text are.
fn is_lead(unit: &Unit, scope: &Scope) -> bool {
    scope.leads(unit)
        && unit.form == Form::Paragraph
        && unit.words >= 5
        && unit.linked == 0
        && ends_as_sentence(&unit.text)
}

/// Whether two texts have the same letters.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        let kept = text.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect::<String>()
    };
    one.len() < 2 * other.len() + 8 && other.len() < 2 * one.len() + 8 && letters(one) == letters(other)
}

/// What a caption says without the credit at its end; empty where it is no sentence.
fn caption(text: &str) -> String {
    let line = clean::line(text);
    let lower = line.to_lowercase();
    let mut end = line.len();
    if lower.len() == line.len() {
        for credit in &WORDS.credits {
            if let Some(found) = lower.find(credit)
                && found < end
            {
                end = found;
            }
        }
    }
    let said = line.get(..end).unwrap_or(&line);
    let said = said.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '(' | '[' | '|' | '-' | '–' | '/' | '·' | '•')
    });
    let said = match said.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        Some((before, signed)) if signed.split_whitespace().count() <= 5 => before.trim_end(),
        _ => said,
    };
    let is_said = ends_as_sentence(said) && said.split_whitespace().count() >= 5;
    if is_said { said.to_string() } else { String::new() }
}

/// Drops headings with nothing below them, and what stands before the first sentence.
fn drop_loose_ends(chosen: &mut Vec<&Unit>, scope: &Scope) {
    let first = chosen
        .iter()
        .position(|unit| unit.is_prose() || is_lead(unit, scope));
    chosen.drain(..first.unwrap_or(chosen.len()));
    let mut kept: Vec<&Unit> = Vec::with_capacity(chosen.len());
    let mut needed = true;
    for unit in chosen.iter().rev() {
        if unit.is_heading() {
            if !needed {
                kept.push(unit);
            }
            needed = true;
        } else {
            needed = false;
            kept.push(unit);
        }
    }
    kept.reverse();
    *chosen = kept;
}

/// The units as lines of text: items after `• `, quotations after `> `, captions without their credits.
fn written(chosen: &[&Unit]) -> String {
    let mut text = String::new();
    for unit in chosen {
        let said = if unit.form == Form::Caption {
            caption(&unit.text)
        } else {
            unit.text.clone()
        };
        let mut mark = if unit.form == Form::Item(true) { "• " } else { "" };
        for line in said.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if unit.quoted {
                text.push_str("> ");
            }
            text.push_str(std::mem::take(&mut mark));
            text.push_str(line);
            text.push('\n');
        }
    }
    clean::text(&text)
}

/// Whether a page offers the rest of its article for money.
pub(super) fn offers(tree: &Tree) -> usize {
    count(&WORDS.paywall, &tree_text(tree))
}

/// All that a page shows, in lower case, without its scripts.
pub(super) fn tree_text(tree: &Tree) -> String {
    let mut text = String::new();
    for node in &tree.nodes {
        let parent = tree.name(node.parent);
        if let Kind::Text(words) = &node.kind
            && !matches!(
                parent,
                "script" | "style" | "noscript" | "title" | "template" | "iframe"
            )
        {
            text.push_str(words);
            text.push(' ');
        }
    }
    clean::line(&text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caption_keeps_what_it_says() {
        for (text, expected) in [
            (
                "Die Brücke wird seit Mai gebaut. (Foto: dpa)",
                "Die Brücke wird seit Mai gebaut.",
            ),
            (
                "Die Brücke wird seit Mai gebaut. © Eva Muster/dpa",
                "Die Brücke wird seit Mai gebaut.",
            ),
            (
                "De brug wordt sinds mei gebouwd. (ANP)",
                "De brug wordt sinds mei gebouwd.",
            ),
            ("Die Brücke am Abend", ""),
            ("Foto: dpa", ""),
        ] {
            assert_eq!(caption(text), expected, "{text}");
        }
    }

    #[test]
    fn the_best_run_bridges_small_gaps() {
        assert_eq!(best_run(&[-5.0, 20.0, -3.0, 30.0, -60.0, 40.0]), (1, 4));
        assert_eq!(best_run(&[-1.0, -2.0]), (0, 0));
    }
}
