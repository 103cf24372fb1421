//! What a reader has said about claims, which every later comparison respects.

use std::collections::HashMap;

use super::interval::{Relation, relate};
use super::judge::is_slip;
use super::{Claim, Comparison, Mention, Reason, Verdict, in_order};
use crate::article::{Article, ArticleId, Part};
use crate::figure::Figure;

/// A figure that is known again when its article comes anew: by what it says, not by where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Landmark {
    /// Its article.
    pub article: ArticleId,
    /// The part of the article.
    pub part: Part,
    /// Its kind, value and unit.
    pub said: String,
    /// How many figures that say the same stand before it in that part.
    pub before: usize,
}

/// What a reader said about some figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What was said.
    pub sense: Sense,
    /// The figures it was said of.
    pub figures: Vec<Landmark>,
    /// For [`Sense::Apart`] those of another thing, else none.
    pub others: Vec<Landmark>,
}

/// What can be said about figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sense {
    /// They do not contradict each other.
    Harmless,
    /// They are of another thing than the others.
    Apart,
    /// They are of one thing.
    Together,
}

impl Sense {
    /// Every sense, with the name the library keeps.
    pub const NAMED: [(Self, &'static str); 3] = [
        (Self::Harmless, "harmless"),
        (Self::Apart, "apart"),
        (Self::Together, "together"),
    ];
}

/// A mention by its claim and its place there.
type Place = (usize, usize);

impl Comparison {
    /// For each claim the landmarks of its mentions.
    pub fn landmarks(&self, articles: &[Article]) -> Vec<Vec<Landmark>> {
        let mut landmarks: Vec<Vec<Option<Landmark>>> = self
            .claims
            .iter()
            .map(|claim| vec![None; claim.mentions.len()])
            .collect();
        let mut met: HashMap<(usize, Part, String), usize> = HashMap::new();
        for (claim, mention) in self.in_reading_order() {
            let found = &self.claims[claim].mentions[mention];
            let said = said(&found.figure);
            let before = met.entry((found.article, found.part, said.clone())).or_default();
            landmarks[claim][mention] = articles.get(found.article).map(|article| Landmark {
                article: article.headline.id.clone(),
                part: found.part,
                said,
                before: *before,
            });
            *before += 1;
        }
        landmarks
            .into_iter()
            .map(|claim| claim.into_iter().flatten().collect())
            .collect()
    }

    /// Every mention, by article, part and place.
    fn in_reading_order(&self) -> Vec<Place> {
        let mut places: Vec<Place> = self
            .claims
            .iter()
            .enumerate()
            .flat_map(|(claim, found)| (0..found.mentions.len()).map(move |mention| (claim, mention)))
            .collect();
        places.sort_by_key(|(claim, mention)| {
            let found = &self.claims[*claim].mentions[*mention];
            (found.article, found.part, found.figure.span)
        });
        places
    }

    /// The comparison as the reader has corrected it, the later of two corrections last; what a correction names
    /// that no article says any more is passed over.
    pub fn corrected(mut self, articles: &[Article], corrections: &[Correction]) -> Self {
        for correction in corrections {
            let landmarks = self.landmarks(articles);
            match correction.sense {
                Sense::Harmless => self.dismiss(&landmarks, &correction.figures),
                Sense::Apart => self.part(&landmarks, correction),
                Sense::Together => self.bring_together(&landmarks, &correction.figures),
            }
        }
        if !corrections.is_empty() {
            self.claims = in_order(self.claims);
        }
        self
    }

    /// Takes back the verdict on claims of which nothing is new to the reader.
    fn dismiss(&mut self, landmarks: &[Vec<Landmark>], known: &[Landmark]) {
        for (claim, figures) in self.claims.iter_mut().zip(landmarks) {
            if claim.verdict.is_contradiction() && figures.iter().all(|figure| known.contains(figure)) {
                claim.reason = Some(Reason::Dismissed {
                    verdict: claim.verdict,
                });
                claim.verdict = Verdict::Single;
            }
        }
    }

    /// Makes a claim of its own of figures that stand in one with others they have nothing to do with.
    fn part(&mut self, landmarks: &[Vec<Landmark>], correction: &Correction) {
        for (number, figures) in landmarks.iter().enumerate() {
            if !figures.iter().any(|figure| correction.others.contains(figure)) {
                continue;
            }
            let claim = &mut self.claims[number];
            let (mut own, mut rest) = (Vec::new(), Vec::new());
            for (mention, figure) in claim.mentions.drain(..).zip(figures) {
                if correction.figures.contains(figure) {
                    own.push(mention);
                } else {
                    rest.push(mention);
                }
            }
            let parted = !own.is_empty();
            claim.mentions = rest;
            if parted {
                let mut other = Claim {
                    mentions: own,
                    restates: None,
                    ..claim.clone()
                };
                claim.judge_again();
                other.judge_again();
                self.claims.push(other);
            }
        }
    }

    /// Makes one claim of those that the figures stand in.
    fn bring_together(&mut self, landmarks: &[Vec<Landmark>], known: &[Landmark]) {
        let claims: Vec<usize> = (0..landmarks.len())
            .filter(|claim| landmarks[*claim].iter().any(|figure| known.contains(figure)))
            .collect();
        let Some((first, others)) = claims.split_first().filter(|(_, others)| !others.is_empty()) else {
            return;
        };
        for other in others {
            let moved = std::mem::take(&mut self.claims[*other].mentions);
            self.claims[*first].mentions.extend(moved);
        }
        let claim = &mut self.claims[*first];
        claim.restates = claim.restates.filter(|main| !others.contains(main));
        claim
            .mentions
            .sort_by_key(|mention| (mention.article, mention.part, mention.figure.span));
        claim.judge_again();
        self.leave_out(others, *first);
    }

    /// Leaves out claims that are empty now; who restated one of them restates `heir`.
    fn leave_out(&mut self, gone: &[usize], heir: usize) {
        let place = |claim: usize| claim - gone.iter().filter(|other| **other < claim).count();
        let mut number = 0;
        self.claims.retain(|_| {
            number += 1;
            !gone.contains(&(number - 1))
        });
        for (number, claim) in self.claims.iter_mut().enumerate() {
            let main = claim
                .restates
                .map(|main| if gone.contains(&main) { heir } else { main });
            claim.restates = main.map(place).filter(|main| *main != number);
        }
    }
}

impl Claim {
    /// The verdict that the reader has taken back.
    pub const fn dismissed(&self) -> Option<Verdict> {
        match self.reason {
            Some(Reason::Dismissed { verdict }) => Some(verdict),
            _ => None,
        }
    }

    /// Judges by the values alone, as after a correction.
    fn judge_again(&mut self) {
        let pairs = self.mentions.iter().enumerate().flat_map(|(place, a)| {
            let others = self.mentions.iter().skip(place + 1);
            others.filter(|b| b.article != a.article).map(move |b| (a, b))
        });
        let verdicts = pairs.map(|(a, b)| between(a, b));
        self.verdict = verdicts
            .max_by_key(|verdict| verdict.rank())
            .unwrap_or(Verdict::Single);
        self.reason = None;
    }
}

/// How two mentions relate by their values.
fn between(a: &Mention, b: &Mention) -> Verdict {
    match relate(&a.figure, &b.figure) {
        None => Verdict::Restated,
        Some(Relation::Apart | Relation::Possible) if is_slip(&a.figure, &b.figure) => Verdict::Scale,
        Some(Relation::Apart) => Verdict::Conflict,
        Some(Relation::Near | Relation::Possible) => Verdict::Rounded,
        Some(Relation::Equal) => Verdict::Agree,
    }
}

/// What a figure says: its kind, value and unit.
fn said(figure: &Figure) -> String {
    let (low, high) = figure.value.printed();
    let high = high.map(|high| format!("..{high}")).unwrap_or_default();
    let unit = figure.value.unit().unwrap_or_default();
    format!("{} {low}{high} {unit}", figure.value.kind())
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::super::{Knowledge, compare};
    use super::*;

    const GERMAN: &str = "de: Die Werft Nordholm baut 34 Fähren für 240 Millionen Euro.\nDie Werft beschäftigt 1250 Menschen, davon 340 in Emden.";
    const DUTCH: &str = "nl: Scheepswerf Nordholm bouwt 34 veerboten voor 250 miljoen euro.\nDe werf telt 1250 werknemers, onder wie 340 in Emden.";

    fn articles(texts: &[&str]) -> Vec<Article> {
        let read = |text: &&str| {
            let (language, text) = text.split_once(": ").expect("a language before the text");
            let mut article = article(language, "2026-03-01", "Werft", text);
            article.headline.id = ArticleId(language.to_string());
            article
        };
        texts.iter().map(read).collect()
    }

    fn shown(comparison: &Comparison, articles: &[Article]) -> Vec<String> {
        let claims = comparison.claims.iter().map(|claim| {
            let words = claim.mentions.iter().map(|mention| {
                let article = &articles[mention.article];
                mention.figure.span.of(article.part(mention.part))
            });
            format!(
                "{}: {}",
                claim.verdict.name(),
                words.collect::<Vec<_>>().join(" | ")
            )
        });
        claims.collect()
    }

    /// The landmarks of the claims that one of the words stands in.
    fn landmarks(comparison: &Comparison, articles: &[Article], words: &[&str]) -> Vec<Landmark> {
        let all = comparison
            .landmarks(articles)
            .into_iter()
            .zip(shown(comparison, articles));
        all.filter(|(_, shown)| words.iter().any(|word| shown.contains(word)))
            .flat_map(|(landmarks, _)| landmarks)
            .collect()
    }

    #[test]
    fn what_the_reader_says_survives_another_text_and_order() {
        let written = articles(&[GERMAN, DUTCH]);
        let before = compare(&written, &Knowledge::default());
        let conflict = landmarks(&before, &written, &["240 Millionen"]);
        assert_eq!(conflict.len(), 2, "{:?}", shown(&before, &written));
        let dismissed = Correction {
            sense: Sense::Harmless,
            figures: conflict.clone(),
            others: vec![],
        };
        let apart = Correction {
            sense: Sense::Apart,
            figures: vec![conflict[0].clone()],
            others: vec![conflict[1].clone()],
        };
        let together = Correction {
            sense: Sense::Together,
            figures: landmarks(&before, &written, &["340", "34 F"]),
            others: vec![],
        };
        let longer = GERMAN.replace("de: ", "de: In Emden gibt es Arbeit bis 2031. ");
        let anew = articles(&[DUTCH, &longer]);
        for (corrections, expected) in [
            (vec![], "conflict: 250 miljoen euro | 240 Millionen Euro"),
            (vec![dismissed], "single: 250 miljoen euro | 240 Millionen Euro"),
            (vec![apart.clone()], "single: 250 miljoen euro"),
            (vec![apart], "single: 240 Millionen Euro"),
        ] {
            let found = compare(&anew, &Knowledge::default()).corrected(&anew, &corrections);
            let taken_back = found.claims.iter().filter_map(Claim::dismissed);
            let harmless = corrections.iter().filter(|one| one.sense == Sense::Harmless);
            assert_eq!(taken_back.count(), harmless.count());
            let found = shown(&found, &anew);
            assert!(
                found.iter().any(|claim| claim == expected),
                "{expected} is not in {found:#?}"
            );
        }
        let found = compare(&anew, &Knowledge::default()).corrected(&anew, &[together]);
        let found = shown(&found, &anew);
        let joined = found.iter().find(|claim| claim.contains("34 veerboten"));
        assert!(
            joined.is_some_and(|claim| claim.contains("| 340 | ")),
            "{found:#?}"
        );
    }

    #[test]
    fn what_is_new_is_not_dismissed() {
        let written = articles(&[GERMAN, DUTCH]);
        let before = compare(&written, &Knowledge::default());
        let dismissed = Correction {
            sense: Sense::Harmless,
            figures: landmarks(&before, &written, &["240 Millionen"]),
            others: vec![],
        };
        let anew = articles(&[GERMAN, &DUTCH.replace("250 miljoen", "280 miljoen")]);
        let found = compare(&anew, &Knowledge::default()).corrected(&anew, &[dismissed]);
        assert!(
            found
                .claims
                .iter()
                .any(|claim| claim.verdict == Verdict::Conflict)
        );
    }
}
