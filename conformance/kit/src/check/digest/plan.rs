//! A digest case, as it is asked.

use std::sync::Arc;

use rollwire_model::{
    Grade,
    digest::Answer,
    vectors::{CheckKind, DigestCase},
};

use crate::{
    protocol::{Body, Hello, Missing},
    runner::Script,
    vectors::Origin,
};

/// A digest case, and whether it is asked.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The case.
    pub case: DigestCase,
    /// Where the case comes from.
    pub origin: Origin,
    /// What the adapter does not declare, so that the case is not asked.
    pub missing: Option<Missing>,
    /// What may be answered. Never leaves this process.
    pub answers: Vec<(Grade, Answer)>,
}

impl Planned {
    /// The case for an adapter with this hello.
    #[must_use]
    pub fn new(case: DigestCase, origin: Origin, hello: &Hello) -> Self {
        // The form of a digest is named after the message that carries it.
        let missing = hello.missing(CheckKind::Digest, Some(case.form.as_str()), []);
        let answers = case.answers();
        Self { case, origin, missing, answers }
    }

    /// The request, if the adapter declares what it needs.
    #[must_use]
    pub fn script(&self) -> Option<Arc<Script>> {
        self.missing.is_none().then(|| Arc::new(self.body().into()))
    }

    /// The request.
    #[must_use]
    pub fn body(&self) -> Body {
        Body::digest(&self.case.state, self.case.form)
    }
}
