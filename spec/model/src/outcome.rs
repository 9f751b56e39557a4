//! The allowed answers to a datagram or a value, and the grade of each.

use serde::{Deserialize, Serialize};

use crate::{Level, Model, RefusalClass, Value};

/// The grade of an answer. An answer that is not listed is a failure.
#[derive(Clone, Copy, Debug, Deserialize, Hash, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// What the specification asks for, or one of two answers between which it does not decide.
    Pass,
    /// The alternative to a SHOULD: allowed, but not preferred.
    Weak,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// A decoder accepted the datagram.
    Value(Value),
    /// An encoder wrote a datagram.
    Bytes(Vec<u8>),
    /// The datagram or the value was refused.
    Reject(RefusalClass),
}

impl Model {
    /// The answers that a decoder may give; the first is the one of [`Model::decode`].
    #[must_use]
    pub fn decode_outcomes(&self, bytes: &[u8]) -> Vec<(Grade, Outcome)> {
        let refusal = match self.decode(bytes) {
            Ok(value) => return vec![(Grade::Pass, Outcome::Value(value))],
            Err(refusal) => refusal,
        };
        let mut outcomes = vec![(Grade::Pass, Outcome::Reject(refusal.class))];
        if let Some(value) = refusal.alternative {
            outcomes.push((alternative_grade(refusal.level), Outcome::Value(value)));
        }
        outcomes
    }

    /// The answers that an encoder may give; the first is the one of [`Model::encode`].
    #[must_use]
    pub fn encode_outcomes(&self, value: &Value) -> Vec<(Grade, Outcome)> {
        let bytes = match self.encode(value) {
            Ok(bytes) => bytes,
            Err(refusal) => return vec![(Grade::Pass, Outcome::Reject(refusal.class))],
        };
        let mut outcomes = vec![(Grade::Pass, Outcome::Bytes(bytes))];
        if self.upper_case_hash(value).is_some() {
            // A MAY: a refusal is as good as an acceptance.
            outcomes.push((Grade::Pass, Outcome::Reject(RefusalClass::Text)));
        }
        outcomes
    }

    /// The answers to "decode this, then encode what you decoded".
    ///
    /// An implementation that accepted a datagram by way of an alternative may write it in its
    /// canonical form, write it unchanged, or refuse it now.
    #[must_use]
    pub fn reencode_outcomes(&self, bytes: &[u8]) -> Vec<(Grade, Outcome)> {
        let refusal = match self.decode(bytes) {
            Ok(value) => return self.encode_outcomes(&value),
            Err(refusal) => refusal,
        };
        let mut outcomes = vec![(Grade::Pass, Outcome::Reject(refusal.class))];
        if let Some(canonical) = refusal.alternative.and_then(|value| self.canonical(&value)) {
            let grade = alternative_grade(refusal.level);
            let unchanged = canonical == bytes;
            outcomes.push((grade, Outcome::Bytes(canonical)));
            if !unchanged {
                outcomes.push((grade, Outcome::Bytes(bytes.to_vec())));
            }
        }
        outcomes
    }
}

/// The alternative to a SHOULD is weak, the one to a MAY is as good as the other.
fn alternative_grade(level: Level) -> Grade {
    if level == Level::May { Grade::Pass } else { Grade::Weak }
}
