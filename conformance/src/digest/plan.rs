//! A digest case as it is asked.

use std::rc::Rc;

use rollwire_model::{Grade, digest::Answer, vectors::DigestCase};

use crate::{
    protocol::{Body, Capability, Hello},
    runner::Script,
};

/// A digest case, and whether it is asked.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case.
    pub case: DigestCase,
    /// The capability without which it does not apply, if it is missing.
    pub missing: Option<Capability>,
    /// What may be answered. Never leaves this process.
    pub answers: Vec<(Grade, Answer)>,
}

impl Planned {
    /// The case for an adapter that said hello.
    #[must_use]
    pub fn new(case: DigestCase, hello: &Hello) -> Self {
        let missing = (!hello.declares(Capability::Digest)).then_some(Capability::Digest);
        let answers = case.answers();
        Self { case, missing, answers }
    }

    /// The request, if the capabilities allow it.
    #[must_use]
    pub fn script(&self) -> Option<Rc<Script>> {
        self.missing.is_none().then(|| Rc::new(self.body().into()))
    }

    /// The request.
    #[must_use]
    pub fn body(&self) -> Body {
        Body::digest(&self.case.state, self.case.form)
    }
}
