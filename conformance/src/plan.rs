//! The plan of a run: which checks of which cases, in which order.

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::{
    Grade, Outcome,
    vectors::{Case, CheckKind},
};

use crate::protocol::{Body, Capability, Hello};

/// The checks to ask, and what was left out.
#[derive(Debug, Default)]
pub struct Plan {
    /// Cases of which at least one check is in the plan.
    pub cases: Vec<Case>,
    /// The checks, grouped by case.
    pub checks: Vec<Check>,
}

/// One check: one request and one answer.
#[derive(Debug)]
pub struct Check {
    /// Index into [`Plan::cases`].
    pub case: usize,
    /// Which check of the case.
    pub kind: CheckKind,
    /// The request; none where a capability is missing.
    pub body: Result<Rc<Body>, Capability>,
    /// What may be answered. Never leaves this process.
    pub outcomes: Vec<(Grade, Outcome)>,
}

impl Plan {
    /// All checks of these cases; those for which a capability is missing are not applicable.
    #[must_use]
    pub fn new(cases: Vec<Case>, hello: &Hello) -> Self {
        let mut checks = Vec::new();
        for (index, case) in cases.iter().enumerate() {
            for kind in &case.checks {
                let missing =
                    needs(case, *kind).into_iter().find(|needed| !hello.declares(*needed));
                let body = match (missing, body(case, *kind)) {
                    (None, Some(body)) => Ok(Rc::new(body)),
                    (Some(missing), Some(_)) => Err(missing),
                    (_, None) => continue,
                };
                checks.push(Check {
                    case: index,
                    kind: *kind,
                    body,
                    outcomes: case.outcomes(*kind),
                });
            }
        }
        Self { cases, checks }
    }

    /// How many checks each missing capability leaves out.
    #[must_use]
    pub fn missing_capabilities(&self) -> BTreeMap<String, u64> {
        let mut missing = BTreeMap::new();
        for check in &self.checks {
            if let Err(capability) = check.body {
                *missing.entry(capability.as_str().to_owned()).or_default() += 1;
            }
        }
        missing
    }
}

/// The request of a check.
#[must_use]
pub fn body(case: &Case, kind: CheckKind) -> Option<Body> {
    match kind {
        CheckKind::Decode => case.bytes().map(Body::decode),
        CheckKind::Reencode => case.bytes().map(Body::reencode),
        CheckKind::Encode => case.value.as_ref().map(Body::encode),
    }
}

/// The capabilities that a check needs: its operation, and what its case requires.
fn needs(case: &Case, kind: CheckKind) -> Vec<Capability> {
    let operation = match kind {
        CheckKind::Decode => Capability::Decode,
        CheckKind::Encode => Capability::Encode,
        CheckKind::Reencode => Capability::Reencode,
    };
    let required = case.requires.iter().filter_map(|name| Capability::named(name));
    std::iter::once(operation).chain(required).collect()
}
