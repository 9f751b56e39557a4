//! The answers to a text: a digest, a refusal, and the other allowed answers.

use std::fmt;

use super::{
    form::Form,
    numbers::{digits, is_integer},
    place::{Place, found_after},
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
    /// `range: expected at most 100 levels, found 101 at line 1, column 101 (DIGEST-3)`.
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

/// ` at line 3, column 12`, where it is known.
fn at(place: Option<Place>) -> String {
    place.map(|place| format!(" at {place}")).unwrap_or_default()
}

impl DigestRules {
    /// The digest of a state that is given as JSON text.
    ///
    /// # Errors
    ///
    /// [`Refused`] for text that is not a state, or not a state of this form.
    pub fn digest(&self, text: &str, form: Form) -> Result<Digest, Refused> {
        let state = self.state(text)?;
        match self.refusal(&state, text, form) {
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
            // A text that is not JSON may be too deep before its fault.
            let is_both = !fault.is_deep && fault.levels > self.deepest;
            let refused = |class, rule, expected, found| Refused {
                class,
                rule,
                expected,
                found,
                alternative: None,
                other_class: is_both.then_some(RefusalClass::Range),
            };
            if fault.is_deep {
                let (expected, found) = self.too_deep(text, fault.levels);
                return refused(RefusalClass::Range, "DIGEST-3", expected, found);
            }
            let found = found_after(text, fault.at) + &at(Some(Place::after(text, fault.at)));
            refused(RefusalClass::Text, "DIGEST-1", fault.expected.to_owned(), found)
        })
    }

    /// What DIGEST-3 expects, and how deep a text is nested, with the place of the first level too many.
    fn too_deep(&self, text: &str, depth: usize) -> (String, String) {
        let found = depth.to_string() + &at(Place::of_level_beyond(text, self.deepest));
        (format!("at most {} levels", self.deepest), found)
    }

    /// In the order of checks of `spec/refusals.md`: DIGEST-23 first, because it leaves no alternative.
    fn refusal(&self, state: &State, text: &str, form: Form) -> Option<Refused> {
        let exact = form == Form::EpisodeReady;
        let numbers = state.numbers();
        let numbers = numbers.iter().filter(|_| exact);
        let (integers, others): (Vec<&str>, Vec<&str>) =
            numbers.copied().partition(|token| is_integer(token));
        let longest = integers.iter().max_by_key(|token| digits(token)).copied();
        let most = longest.map(digits).unwrap_or_default();
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
            let place = longest.and_then(|token| Place::of_number(text, token));
            let found = most.to_string() + &at(place);
            return Some(refused("DIGEST-23", RefusalClass::Range, expected, found));
        }
        if !(self.may_be_outermost)(state) {
            let expected = "an object or an array".to_owned();
            let blanks = text.chars().take_while(char::is_ascii_whitespace).count();
            let found = format!("a scalar, {}", found_after(text, blanks));
            let found = found + &at(Some(Place::after(text, blanks)));
            return Some(refused("DIGEST-2", RefusalClass::Value, expected, found));
        }
        if depth > self.deepest {
            let (expected, found) = self.too_deep(text, depth);
            return Some(refused("DIGEST-3", RefusalClass::Range, expected, found));
        }
        let infinite = others.iter().find(|token| (self.nearest)(token).is_infinite());
        let infinite = infinite.filter(|_| self.refuses_infinite)?;
        let expected = "a number that a double holds".to_owned();
        let place = Place::of_number(text, infinite);
        let found = found_after(infinite, 0) + &at(place);
        Some(refused("DIGEST-25", RefusalClass::Range, expected, found))
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
