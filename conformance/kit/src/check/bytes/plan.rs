//! A check of a case about bytes, as it is asked.

use std::sync::Arc;

use rollwire_model::{
    Grade, Layout, Outcome, RefusalClass,
    vectors::{Case, CheckKind, LongValue},
};

use super::{judge::judge, long::judge_long};
use crate::{
    check::judgement::Judgement,
    protocol::{Body, Capability, Hello, Missing},
    runner::{Reply, Script},
    vectors::Origin,
};

/// A longer request is not kept: 16 KiB.
const LONGEST_KEPT: usize = 16 * 1024;

/// One check: one request and one answer.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case, which its other checks share.
    pub case: Arc<Case>,
    /// Where the case comes from.
    pub origin: Origin,
    /// Which check of the case.
    pub kind: CheckKind,
    /// What the adapter does not declare, so that the check is not asked.
    pub missing: Option<Missing>,
    /// The request, unless it is so long that it is made again each time it is asked.
    request: Option<Arc<Script>>,
    /// What may be answered. Never leaves this process.
    pub outcomes: Vec<(Grade, Outcome)>,
    /// What must be answered where that is too long to be an outcome.
    pub long: Option<LongValue>,
}

impl Planned {
    /// Every check of a case, for an adapter with this hello.
    #[must_use]
    pub fn all(case: Case, origin: Origin, hello: &Hello) -> Vec<Self> {
        let case = Arc::new(case);
        let checks = case.checks.iter();
        checks.filter_map(|kind| Self::new(Arc::clone(&case), origin, *kind, hello)).collect()
    }

    /// One check of a case; none if the case has nothing to ask for it.
    fn new(case: Arc<Case>, origin: Origin, kind: CheckKind, hello: &Hello) -> Option<Self> {
        let body = body(&case, kind)?;
        let long = case.long.filter(|_| kind == CheckKind::Decode);
        let outcomes = if long.is_some() { Vec::new() } else { case.outcomes(kind) };
        let required = case.requires.iter().filter_map(|name| Capability::named(name));
        let missing = hello.missing(kind, message(&case, kind, &outcomes), required);
        let is_kept = missing.is_none() && body.len() <= LONGEST_KEPT;
        let request = is_kept.then(|| Arc::new(body.into()));
        Some(Self { case, origin, kind, missing, request, outcomes, long })
    }

    /// The request, if the adapter declares what it needs.
    #[must_use]
    pub fn script(&self) -> Option<Arc<Script>> {
        if self.missing.is_some() {
            return None;
        }
        let made = || Some(Arc::new(body(&self.case, self.kind)?.into()));
        self.request.clone().or_else(made)
    }

    /// Judges what was answered.
    #[must_use]
    pub fn judge(&self, reply: Reply) -> Judgement {
        match &self.long {
            Some(long) => judge_long(long, reply),
            None => judge(&self.outcomes, reply),
        }
    }
}

/// The request of a check.
#[must_use]
pub fn body(case: &Case, kind: CheckKind) -> Option<Body> {
    match kind {
        CheckKind::Decode => case.bytes().map(Body::decode),
        CheckKind::Reencode => case.bytes().map(Body::reencode),
        CheckKind::Encode => {
            let long = || case.long.as_ref().map(Body::encode_long);
            case.value.as_ref().map(Body::encode).or_else(long)
        }
        CheckKind::Run | CheckKind::Digest => None,
    }
}

/// The message that an implementation must have for a check: the one that the datagram or the value
/// is, or is meant to be. Every implementation can refuse what is not a message.
fn message(case: &Case, kind: CheckKind, outcomes: &[(Grade, Outcome)]) -> Option<&'static str> {
    let is_unknown = |(_, it): &(Grade, Outcome)| *it == Outcome::Reject(RefusalClass::UnknownType);
    if outcomes.iter().any(is_unknown) {
        return None;
    }
    let layout = Layout::builtin();
    let message = if kind == CheckKind::Encode {
        let long = || case.long.map(|_| LongValue::MESSAGE);
        layout.message(case.value.as_ref().map(|value| &*value.message).or_else(long)?)
    } else {
        let first = case.bytes()?.first()?;
        layout.messages.iter().find(|message| message.type_byte == *first)
    };
    message.map(|message| &*message.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::VectorSet;

    #[test]
    fn a_case_needs_the_message_that_it_is_about() {
        let set = VectorSet::builtin().unwrap();
        let of = |case: &Case, kind| message(case, kind, &case.outcomes(kind));
        let needed = |id: &str, kind| {
            let case = set.bytes().find(|case| case.id == id);
            of(case.unwrap_or_else(|| panic!("{id}")), kind)
        };
        assert_eq!(needed("state-hash/truncated-12", CheckKind::Decode), Some("state_hash"));
        assert_eq!(needed("ping/infinity", CheckKind::Encode), Some("ping"));
        let unknown = set.bytes().filter(|case| case.reject == Some(RefusalClass::UnknownType));
        let unknown: Vec<&Case> = unknown.collect();
        assert!(unknown.len() > 100, "{}", unknown.len());
        for case in unknown {
            assert!(case.checks.iter().all(|kind| of(case, *kind).is_none()), "{}", case.id);
        }
        let empty = set.bytes().find(|case| case.bytes() == Some(&[])).unwrap();
        assert_eq!(of(empty, CheckKind::Decode), None);
    }
}
