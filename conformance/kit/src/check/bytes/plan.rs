//! A check of a case about bytes, as it is asked.

use std::rc::Rc;

use rollwire_model::{
    Grade, Outcome,
    vectors::{Case, CheckKind, LongValue},
};

use super::{judge::judge, long::judge_long};
use crate::{
    check::{judgement::Judgement, likeness},
    protocol::{Body, Capability, Hello},
    runner::{Reply, Script, Traits},
    vectors::Origin,
};

/// A longer request is not kept: 16 KiB.
const LONGEST_KEPT: usize = 16 * 1024;

/// One check: one request and one answer.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case, which its other checks share.
    pub case: Rc<Case>,
    /// Where the case comes from.
    pub origin: Origin,
    /// Which check of the case.
    pub kind: CheckKind,
    /// A capability that is missing, so that the check is not asked.
    pub missing: Option<Capability>,
    /// The request, unless it is so long that it is made again each time it is asked.
    request: Option<Rc<Script>>,
    /// What may be answered. Never leaves this process.
    pub outcomes: Vec<(Grade, Outcome)>,
    /// What must be answered where that is too long to be an outcome.
    pub long: Option<LongValue>,
}

impl Planned {
    /// Every check of a case, for an adapter with this hello.
    #[must_use]
    pub fn all(case: Case, origin: Origin, hello: &Hello) -> Vec<Self> {
        let case = Rc::new(case);
        let checks = case.checks.iter();
        checks.filter_map(|kind| Self::new(Rc::clone(&case), origin, *kind, hello)).collect()
    }

    /// One check of a case; none if the case has nothing to ask for it.
    fn new(case: Rc<Case>, origin: Origin, kind: CheckKind, hello: &Hello) -> Option<Self> {
        let body = body(&case, kind)?;
        let missing = needs(&case, kind).into_iter().find(|needed| !hello.declares(*needed));
        let is_kept = missing.is_none() && body.len() <= LONGEST_KEPT;
        let long = case.long.filter(|_| kind == CheckKind::Decode);
        let outcomes = if long.is_some() { Vec::new() } else { case.outcomes(kind) };
        let request = is_kept.then(|| Rc::new(body.into()));
        Some(Self { case, origin, kind, missing, request, outcomes, long })
    }

    /// The request, if the capabilities allow it.
    #[must_use]
    pub fn script(&self) -> Option<Rc<Script>> {
        if self.missing.is_some() {
            return None;
        }
        let made = || Some(Rc::new(body(&self.case, self.kind)?.into()));
        self.request.clone().or_else(made)
    }

    /// What it has in common with other checks.
    #[must_use]
    pub fn traits(&self) -> Traits {
        let refusal = self.case.reject.filter(|_| self.long.is_none());
        likeness::traits(self.kind, &*self.case, self.origin, refusal, [])
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

/// The capabilities that a check needs: its operation, and what its case requires.
fn needs(case: &Case, kind: CheckKind) -> Vec<Capability> {
    let required = case.requires.iter().filter_map(|name| Capability::named(name));
    std::iter::once(Capability::of_check(kind)).chain(required).collect()
}
