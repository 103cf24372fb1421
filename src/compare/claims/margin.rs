//! By how much the evidence suffices for two figures to be one claim.

use super::likeness::{Telling, is_relative, is_small, mirrored, remoteness, telling};
use crate::compare::align::Kin;
use crate::compare::evidence::{Evidence, Times};
use crate::compare::interval::{is_one_digit_off, is_wide};
use crate::compare::judge::is_slip;
use crate::figure::{Figure, Value};

/// How far apart, in powers of e, two values of one thing can be at most: one wrong digit makes a factor of nine.
const MOST_REMOTE: f32 = 2.5;

/// The same in independent reports, which differ in what they heard, seldom in a digit: a factor of 1.7.
const MOST_REMOTE_REPORTS: f32 = 0.53;

/// The same for a toll that runs: a factor of five.
const MOST_REMOTE_RUNNING: f32 = 1.61;

/// How much it counts that two numbers are tolls of one thing.
const TOLL: f32 = 2.5;

/// By how much the evidence suffices for two figures of equal value to be one claim.
pub fn agreement(evidence: &Evidence, a: &Figure, b: &Figure, unique: bool, kin: Kin) -> f32 {
    if evidence.linked && kin.is_version() {
        let strange = evidence.noun.is_some_and(|same| same < 0.2) && evidence.context < 0.1;
        return if strange && telling(a) == Telling::Little {
            -1.0
        } else {
            10.0 + AGREEING.weigh(evidence, a, b)
        };
    }
    let asked = match evidence.toll {
        _ if kin == Kin::Unrelated => 1.5,
        Some(true) => -0.3 - TOLL,
        Some(false) => 1.5,
        None => -0.3,
    };
    AGREEING.weigh(evidence, a, b) + if unique { UNIQUE } else { 0.0 } - asked
}

/// By how much the evidence suffices for two figures of different values to be one claim.
pub fn difference(evidence: &Evidence, a: &Figure, b: &Figure, kin: Kin) -> f32 {
    // Minus three degrees and three degrees below zero; 1631 and 22.
    let furthest = match evidence.toll {
        _ if kin.is_version() => MOST_REMOTE,
        Some(true) if evidence.runs => MOST_REMOTE_RUNNING,
        _ => MOST_REMOTE_REPORTS,
    };
    if mirrored(a, b) || remoteness(a, b) > furthest {
        return NEVER;
    }
    if !kin.is_version() && (is_wide(a) || is_wide(b)) {
        return NEVER;
    }
    if is_relative(a) || is_relative(b) || kin == Kin::Unrelated {
        return NEVER;
    }
    if evidence.toll == Some(false) && !kin.is_version() {
        return NEVER;
    }
    let version = kin.is_version() && evidence.linked;
    let other_noun =
        evidence.noun.is_some_and(|same| same < 0.2) && evidence.context < 0.2 && evidence.toll != Some(true);
    if !version && (evidence.times == Times::Differ || other_noun) {
        return NEVER;
    }
    let other_rank = matches!(a.value, Value::Ordinal(_)) && evidence.noun.unwrap_or(0.0) < 0.8;
    if other_rank && !version {
        return NEVER;
    }
    let score = DIFFERING.weigh(evidence, a, b).max(measured(evidence, a, b));
    if version {
        let small = is_small(a) && is_small(b) && (evidence.context < 0.1 || other_noun);
        let stray = score < 0.0 && remoteness(a, b) > MOST_REMOTE_REPORTS && !is_one_digit_off(a, b);
        return if small || stray || other_rank {
            LEFT_OVER
        } else {
            (10.0 + score).max(0.01)
        };
    }
    let vague = match a.value {
        Value::Date { .. } => evidence.near < 0.5 || !evidence.partners || telling(a) != telling(b),
        Value::Number { .. } if evidence.toll == Some(true) => false,
        Value::Number { .. } => is_small(a) && is_small(b) && evidence.noun.unwrap_or(0.0) < 0.8,
        _ => false,
    };
    let toll = if evidence.toll == Some(true) { TOLL } else { 0.0 };
    if vague { NEVER } else { score + toll - 0.6 }
}

/// The evidence that two percentages of about one size measure the same: the words nearest to them are alike.
fn measured(evidence: &Evidence, a: &Figure, b: &Figure) -> f32 {
    let opposed = a.direction.is_some() && b.direction.is_some() && a.direction != b.direction;
    if !matches!(a.value, Value::Percent(_)) || opposed || remoteness(a, b) > 0.35 {
        return NEVER;
    }
    6.0 * (evidence.near - 0.22).min(0.3)
}

/// By how much the evidence suffices for two figures in different units to be one claim.
pub fn conversion(evidence: &Evidence, a: &Figure, b: &Figure, kin: Kin) -> f32 {
    if evidence.times == Times::Differ || kin == Kin::Unrelated {
        return NEVER;
    }
    if matches!(a.value, Value::Duration { .. }) && evidence.near.max(evidence.context) < 0.3 {
        return NEVER;
    }
    CONVERTED.weigh(evidence, a, b) + 0.2
}

/// How much each sort of evidence counts: the coefficients of logistic regressions over pairs of figures of
/// independent reports, marked by hand, rounded; above 0 two figures are rather of one thing than not.
struct Weights {
    base: f32,
    context: f32,
    near: f32,
    paragraph: f32,
    sentence: f32,
    linked: f32,
    partners: f32,
    same_noun: f32,
    other_noun: f32,
    times_fit: f32,
    distance: f32,
    remoteness: f32,
    slip: f32,
    little: f32,
    some: f32,
    kind: fn(&Value) -> f32,
}

/// Too little evidence but where the figures beside agree and nothing else is left over.
const LEFT_OVER: f32 = -0.4;

/// Evidence against that nothing outweighs.
const NEVER: f32 = -10.0;

/// What a value is worth that stands once in each article.
const UNIQUE: f32 = 0.8;

const AGREEING: Weights = Weights {
    base: -2.1,
    context: 2.0,
    near: 0.8,
    paragraph: 0.5,
    sentence: 0.0,
    linked: 2.6,
    partners: 0.8,
    same_noun: 0.3,
    other_noun: 0.0,
    times_fit: 0.3,
    distance: 0.0,
    remoteness: 0.0,
    slip: 0.0,
    little: -2.4,
    some: -1.1,
    kind: |value| match value {
        Value::Ordinal(_) => -2.3,
        Value::Date { .. } => -1.0,
        Value::Money { .. } => 0.7,
        _ => 0.0,
    },
};

const DIFFERING: Weights = Weights {
    base: -1.3,
    context: 1.3,
    near: 1.8,
    paragraph: 1.3,
    sentence: 0.2,
    linked: 1.5,
    partners: 1.2,
    same_noun: 1.5,
    other_noun: -0.6,
    times_fit: 0.0,
    distance: -0.9,
    remoteness: -1.1,
    slip: 0.4,
    little: -0.9,
    some: -0.7,
    kind: |value| match value {
        Value::Date { .. } => -2.7,
        Value::Percent(_) => -1.9,
        Value::Ordinal(_) => -0.8,
        Value::Number { .. } => -0.6,
        Value::Money { .. } => -0.4,
        _ => 0.0,
    },
};

const CONVERTED: Weights = Weights {
    base: -0.6,
    context: 0.8,
    near: 0.8,
    paragraph: 1.7,
    sentence: 0.8,
    linked: 2.1,
    partners: 1.4,
    same_noun: 0.0,
    other_noun: 0.0,
    times_fit: 0.0,
    distance: -0.4,
    remoteness: 0.0,
    slip: 0.0,
    little: -1.1,
    some: -0.8,
    kind: |value| {
        if matches!(value, Value::Money { .. }) {
            -1.7
        } else {
            0.0
        }
    },
};

impl Weights {
    /// The evidence as one number.
    fn weigh(&self, evidence: &Evidence, a: &Figure, b: &Figure) -> f32 {
        let noun = match evidence.noun {
            Some(same) if same >= 0.8 => self.same_noun,
            Some(same) if same < 0.3 => self.other_noun,
            _ => 0.0,
        };
        let telling = match telling(a) {
            Telling::Little => self.little,
            Telling::Some => self.some,
            Telling::Much => 0.0,
        };
        let given = |weight: f32, given: bool| if given { weight } else { 0.0 };
        self.base
            + self.context * evidence.context
            + self.near * evidence.near
            + self.paragraph * evidence.paragraph.max(0.0)
            + self.sentence * evidence.sentence.max(0.0)
            + given(self.linked, evidence.linked)
            + given(self.partners, evidence.partners)
            + given(self.times_fit, evidence.times == Times::Fit)
            + given(self.slip, is_slip(a, b))
            + self.distance * evidence.distance
            + self.remoteness * remoteness(a, b)
            + noun
            + telling
            + (self.kind)(&a.value)
    }
}
