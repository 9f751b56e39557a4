//! The answers to a text: a digest, a refusal, and the other allowed answers.

use std::fmt;

use super::{
    form::Form,
    numbers::{digits, is_integer},
    strings::has_lone,
    table::DigestRules,
    tree::State,
    write::canonical,
};
use crate::{Grade, Level, RefusalClass, rule};

/// The digest of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The canonical text, in ASCII.
    pub text: String,
    /// The digits, in lower case.
    pub hash: String,
}

/// Why a text has no digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The class of the refusal.
    pub class: RefusalClass,
    /// The rule that demands it.
    pub rule: &'static str,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The digest that may be answered instead, if the level of the rule is not MUST.
    pub alternative: Option<Digest>,
    /// Another class that is as right: of a text that is nested too deep and is not JSON.
    pub other_class: Option<RefusalClass>,
}

impl fmt::Display for Refused {
    /// `range: expected at most 100 levels, found 101 (DIGEST-3)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, rule, expected, found, .. } = self;
        write!(f, "{class}: expected {expected}, found {found} ({rule})")
    }
}

impl std::error::Error for Refused {}

/// One answer to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A digest.
    Digest(Digest),
    /// A refusal.
    Reject(RefusalClass),
}

impl DigestRules {
    /// The digest of a state that is given as JSON text.
    ///
    /// # Errors
    ///
    /// [`Refused`] for text that is not a state, or not a state of this form.
    pub fn digest(&self, text: &str, form: Form) -> Result<Digest, Refused> {
        let state = self.state(text)?;
        match self.refusal(&state, form) {
            Some(refused) => Err(refused),
            None => Ok(self.digest_of(&state, form)),
        }
    }

    /// The answers that may be given to a text; the first is that of [`DigestRules::digest`].
    #[must_use]
    pub fn answers(&self, text: &str, form: Form) -> Vec<(Grade, Answer)> {
        match self.digest(text, form) {
            Ok(digest) => {
                let mut answers = vec![(Grade::Pass, Answer::Digest(digest))];
                // DIGEST-13: refusing them is the alternative.
                if self.has_lone(text) {
                    answers.push((Grade::Weak, Answer::Reject(RefusalClass::Text)));
                }
                answers
            }
            Err(refused) => {
                let mut answers = vec![(Grade::Pass, Answer::Reject(refused.class))];
                // DIGEST-13: one that refuses lone surrogates does so before it looks at anything else.
                let lone = refused.class != RefusalClass::Text && self.has_lone(text);
                let other = refused.other_class.or(lone.then_some(RefusalClass::Text));
                answers.extend(other.map(|class| (Grade::Pass, Answer::Reject(class))));
                let must = rule(refused.rule).is_none_or(|rule| rule.level == Level::Must);
                let alternative = refused.alternative.filter(|_| !must);
                answers.extend(alternative.map(|digest| (Grade::Weak, Answer::Digest(digest))));
                answers
            }
        }
    }

    /// Whether a text that is JSON has a lone surrogate.
    fn has_lone(&self, text: &str) -> bool {
        let state = (self.reads)(text).ok();
        state.iter().flat_map(State::strings).any(|units| has_lone(units))
    }

    fn state(&self, text: &str) -> Result<State, Refused> {
        (self.reads)(text).map_err(|fault| {
            let class = if fault.is_deep { RefusalClass::Range } else { RefusalClass::Text };
            // A text that is not JSON may be too deep before its fault.
            let is_both = !fault.is_deep && fault.levels > self.deepest;
            Refused {
                class,
                rule: if fault.is_deep { "DIGEST-3" } else { "DIGEST-1" },
                expected: fault.expected.to_owned(),
                found: format!("something else after {} characters", fault.at),
                alternative: None,
                other_class: is_both.then_some(RefusalClass::Range),
            }
        })
    }

    /// In the order of checks of `spec/refusals.md`: DIGEST-23 first, because it leaves no alternative.
    fn refusal(&self, state: &State, form: Form) -> Option<Refused> {
        let exact = form == Form::EpisodeReady;
        let numbers = state.numbers();
        let numbers = numbers.iter().filter(|_| exact);
        let (integers, others): (Vec<&str>, Vec<&str>) =
            numbers.copied().partition(|token| is_integer(token));
        let most = integers.iter().map(|token| digits(token)).max().unwrap_or_default();
        let depth = state.depth();
        let refused = |rule, class, expected: String, found: String| Refused {
            class,
            rule,
            expected,
            found,
            alternative: (rule != "DIGEST-23").then(|| self.digest_of(state, form)),
            other_class: None,
        };
        if most > self.most_digits {
            let expected = format!("at most {} digits", self.most_digits);
            return Some(refused("DIGEST-23", RefusalClass::Range, expected, most.to_string()));
        }
        if !(self.may_be_outermost)(state) {
            let expected = "an object or an array".to_owned();
            return Some(refused("DIGEST-2", RefusalClass::Value, expected, "a scalar".to_owned()));
        }
        if depth > self.deepest {
            let expected = format!("at most {} levels", self.deepest);
            return Some(refused("DIGEST-3", RefusalClass::Range, expected, depth.to_string()));
        }
        let infinite = others.iter().find(|token| (self.nearest)(token).is_infinite());
        let infinite = infinite.filter(|_| self.refuses_infinite)?;
        let expected = "a number that a double holds".to_owned();
        Some(refused("DIGEST-25", RefusalClass::Range, expected, (*infinite).to_owned()))
    }

    fn digest_of(&self, state: &State, form: Form) -> Digest {
        let text = canonical(self, form, state);
        let hash = match form {
            Form::StateHash => (self.sixteen_digits)(&text),
            Form::EpisodeReady => (self.eight_digits)(&text),
        };
        Digest { text, hash }
    }
}
