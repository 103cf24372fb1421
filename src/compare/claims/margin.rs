//! By how much the evidence suffices for two figures to be one claim.

use super::likeness::{Telling, is_relative, is_small, is_transposed, mirrored, remoteness, telling};
use crate::compare::align::Kin;
use crate::compare::evidence::{Evidence, Times};
use crate::compare::interval::{is_one_digit_off, is_wide};
use crate::compare::judge::is_slip;
use crate::figure::{Figure, Value};

/// How far apart, in powers of e, two values of one thing can be at most: one wrong digit makes a factor of nine.
const MOST_REMOTE: f32 = 2.5;

/// The same in independent reports, which differ in what they heard: a factor of five, for a toll that runs.
const MOST_REMOTE_REPORTS: f32 = 1.61;

/// How far apart two values are that are rather not one written otherwise: a factor of 1.7.
const REMOTE: f32 = 0.53;

/// How much less two values count where the articles seem unrelated, or were published long after each other.
const STRANGE: f32 = 1.5;
const LONG_AFTER: f32 = 2.5;
/// The same where both articles name names, and none that the other has.
const NAMELESS: f32 = 1.2;

/// How much it counts that two equal numbers are tolls of one thing.
const TOLL: f32 = 2.5;

/// What is asked of figures of independent reports to be of one thing: where they agree, and where they differ.
const ASKED_OF_EQUAL: f32 = -0.9;
const ASKED_OF_DIFFERENT: f32 = 1.7;
const ASKED_OF_MEASURED: f32 = 0.6;

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
        Some(true) => ASKED_OF_EQUAL - TOLL,
        Some(false) => 1.5,
        None => ASKED_OF_EQUAL,
    };
    let strange = if evidence.long_after { STRANGE } else { 0.0 };
    AGREEING.weigh(evidence, a, b) + if unique { UNIQUE } else { 0.0 } - asked - strange
}

/// By how much the evidence suffices for two figures of different values to be one claim.
pub fn difference(evidence: &Evidence, a: &Figure, b: &Figure, kin: Kin) -> f32 {
    // Minus three degrees and three degrees below zero; 1631 and 22.
    let furthest = if kin.is_version() {
        MOST_REMOTE
    } else {
        MOST_REMOTE_REPORTS
    };
    if mirrored(a, b) || remoteness(a, b) > furthest {
        return NEVER;
    }
    if !kin.is_version() && (is_wide(a) || is_wide(b)) {
        return NEVER;
    }
    if is_relative(a) || is_relative(b) {
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
    if version {
        let score = CHANGED.weigh(evidence, a, b).max(measured(evidence, a, b));
        let small = is_small(a) && is_small(b) && (evidence.context < 0.1 || other_noun);
        let stray = score < 0.0 && remoteness(a, b) > REMOTE && !is_one_digit_off(a, b);
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
    if vague {
        return NEVER;
    }
    let given = |weight: f32, given: bool| if given { weight } else { 0.0 };
    let score = DIFFERING.weigh(evidence, a, b) + given(TRANSPOSED, is_transposed(a, b)) - ASKED_OF_DIFFERENT;
    score.max(measured(evidence, a, b) - ASKED_OF_MEASURED)
        - given(STRANGE, kin == Kin::Unrelated)
        - given(NAMELESS, evidence.nameless)
        - given(LONG_AFTER, evidence.long_after)
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
    if evidence.times == Times::Differ {
        return NEVER;
    }
    let beside = evidence.near.max(evidence.context);
    match a.value {
        // Units of measure convert exactly: what comes out right is seldom chance.
        Value::Quantity { .. } if telling(a) > Telling::Little && telling(b) > Telling::Little => {
            let strange = if kin == Kin::Unrelated { STRANGE } else { 0.0 };
            CONVERTED.weigh(evidence, a, b) + EXACTLY - strange
        }
        _ if kin == Kin::Unrelated => NEVER,
        Value::Duration { .. } if beside < 0.3 && !(evidence.linked && beside > 0.15) => NEVER,
        _ => CONVERTED.weigh(evidence, a, b) + 0.2,
    }
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
    toll: f32,
    runs: f32,
    kind: fn(&Value) -> f32,
}

/// Too little evidence but where the figures beside agree and nothing else is left over.
const LEFT_OVER: f32 = -0.4;

/// Evidence against that nothing outweighs.
const NEVER: f32 = -10.0;

/// What it is worth that two numbers have the same digits in another order: who copies by hand slips so.
const TRANSPOSED: f32 = 1.9;

/// What it is worth that one quantity is another in its own unit.
const EXACTLY: f32 = 1.5;

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
    toll: 0.0,
    runs: 0.0,
    kind: |value| match value {
        Value::Ordinal(_) => -2.3,
        Value::Date { .. } => -1.0,
        Value::Money { .. } => 0.7,
        _ => 0.0,
    },
};

/// Versions of one text.
const CHANGED: Weights = Weights {
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
    toll: 0.0,
    runs: 0.0,
    kind: |value| match value {
        Value::Date { .. } => -2.7,
        Value::Percent(_) => -1.9,
        Value::Ordinal(_) => -0.8,
        Value::Number { .. } => -0.6,
        Value::Money { .. } => -0.4,
        _ => 0.0,
    },
};

/// Independent reports.
const DIFFERING: Weights = Weights {
    base: -0.8,
    context: 0.7,
    near: 0.6,
    paragraph: 1.9,
    sentence: 1.15,
    linked: 1.1,
    partners: 0.35,
    same_noun: 0.7,
    other_noun: -0.7,
    times_fit: 0.0,
    distance: 0.0,
    remoteness: -2.8,
    slip: 0.3,
    little: -0.9,
    some: -0.6,
    toll: 0.85,
    runs: 0.75,
    kind: |value| match value {
        Value::Quantity { .. } => 1.3,
        Value::Percent(_) => -0.9,
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
    toll: 0.0,
    runs: 0.0,
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
            + given(self.toll, evidence.toll == Some(true))
            + given(self.runs, evidence.runs)
            + self.distance * evidence.distance
            + self.remoteness * remoteness(a, b)
            + noun
            + telling
            + (self.kind)(&a.value)
    }
}
