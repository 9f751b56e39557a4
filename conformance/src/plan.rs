//! The plan of a run: which checks of which cases, in which order.

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::{
    Grade, Model, Outcome,
    vectors::{Case, CheckKind, DigestCase, LongValue, Scenario},
};

use crate::{
    digest,
    exchange::play::Planned,
    judge::{Judgement, judge, judge_long},
    protocol::{Body, Capability, Hello},
    runner::{Reply, Script},
};

/// A longer request is not kept: 16 KiB.
const LONGEST_KEPT: usize = 16 * 1024;

/// The checks to ask, and what was left out.
#[derive(Debug, Default)]
pub struct Plan {
    /// Cases of which at least one check is in the plan.
    pub cases: Vec<Case>,
    /// The checks of the cases, grouped by case.
    pub checks: Vec<Check>,
    /// The scenarios, each of them one check.
    pub scenarios: Vec<Planned>,
    /// The digests, each of them one check.
    pub digests: Vec<digest::Planned>,
}

/// One check: one request and one answer.
#[derive(Debug)]
pub struct Check {
    /// Index into [`Plan::cases`].
    pub case: usize,
    /// Which check of the case.
    pub kind: CheckKind,
    /// The request, unless a capability is missing.
    pub asked: Result<Asked, Capability>,
    /// What may be answered. Never leaves this process.
    pub outcomes: Vec<(Grade, Outcome)>,
    /// What must be answered where that is too long to be an outcome.
    pub long: Option<LongValue>,
}

/// The request of a check.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Made once, however often it is asked.
    Kept(Rc<Script>),
    /// So long that it is made again whenever it is asked.
    Made,
}

impl Check {
    /// The request, if the capabilities allow it.
    #[must_use]
    pub fn script(&self, plan: &Plan) -> Option<Rc<Script>> {
        match self.asked.as_ref().ok()? {
            Asked::Kept(script) => Some(Rc::clone(script)),
            Asked::Made => Some(Rc::new(body(&plan.cases[self.case], self.kind)?.into())),
        }
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

impl Plan {
    /// All checks of these cases and scenarios; those for which a capability is missing are not
    /// applicable.
    #[must_use]
    pub fn new(
        cases: Vec<Case>,
        scenarios: Vec<Scenario>,
        hello: &Hello,
        model: &Rc<Model>,
    ) -> Self {
        let mut checks = Vec::new();
        for (index, case) in cases.iter().enumerate() {
            for kind in &case.checks {
                let missing =
                    needs(case, *kind).into_iter().find(|needed| !hello.declares(*needed));
                let asked = match (missing, body(case, *kind)) {
                    (None, Some(body)) if body.len() > LONGEST_KEPT => Ok(Asked::Made),
                    (None, Some(body)) => Ok(Asked::Kept(Rc::new(body.into()))),
                    (Some(missing), Some(_)) => Err(missing),
                    (_, None) => continue,
                };
                let long = case.long.filter(|_| *kind == CheckKind::Decode);
                let outcomes = if long.is_some() { Vec::new() } else { case.outcomes(*kind) };
                checks.push(Check { case: index, kind: *kind, asked, outcomes, long });
            }
        }
        let scenarios =
            scenarios.into_iter().map(|scenario| Planned::new(scenario, hello, model)).collect();
        Self { cases, checks, scenarios, digests: Vec::new() }
    }

    /// The same, and these digests.
    #[must_use]
    pub fn with_digests(self, digests: Vec<DigestCase>, hello: &Hello) -> Self {
        let digests = digests.into_iter().map(|case| digest::Planned::new(case, hello)).collect();
        Self { digests, ..self }
    }

    /// How many checks each missing capability leaves out.
    #[must_use]
    pub fn missing_capabilities(&self) -> BTreeMap<String, u64> {
        let mut missing = BTreeMap::new();
        let of_checks = self.checks.iter().filter_map(|check| check.asked.as_ref().err());
        let of_scenarios = self.scenarios.iter().filter_map(|it| it.missing.as_ref());
        let of_digests = self.digests.iter().filter_map(|it| it.missing.as_ref());
        for capability in of_checks.chain(of_scenarios).chain(of_digests) {
            *missing.entry(capability.as_str().to_owned()).or_default() += 1;
        }
        missing
    }

    /// How many cases, scenarios and digests there are.
    #[must_use]
    pub fn case_count(&self) -> u64 {
        (self.cases.len() + self.scenarios.len() + self.digests.len()) as u64
    }

    /// How many checks there are.
    #[must_use]
    pub fn check_count(&self) -> u64 {
        (self.checks.len() + self.scenarios.len() + self.digests.len()) as u64
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
    let operation = match kind {
        CheckKind::Decode => Capability::Decode,
        CheckKind::Encode => Capability::Encode,
        CheckKind::Reencode => Capability::Reencode,
        CheckKind::Run => Capability::Exchange,
        CheckKind::Digest => Capability::Digest,
    };
    let required = case.requires.iter().filter_map(|name| Capability::named(name));
    std::iter::once(operation).chain(required).collect()
}
