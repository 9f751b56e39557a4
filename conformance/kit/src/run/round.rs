//! What the checks of all kinds share in a run.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use rollwire_model::Model;

use super::{options::Options, refusal_classes::RefusalClasses};
use crate::{
    baseline::Matcher, diagnosis::Failures, event::CheckEvent, protocol::Hello, runner::Adapter,
    verdict::Verdict,
};

/// The adapter to ask, the rules to judge by, and the sink for the events.
pub(super) struct Round<'a, 'b> {
    pub(super) adapter: &'a mut dyn Adapter,
    pub(super) hello: &'a Hello,
    pub(super) model: &'a Arc<Model>,
    pub(super) options: &'a Options,
    pub(super) matcher: &'a mut Matcher<'b>,
    pub(super) failures: &'a RefCell<Failures>,
    pub(super) emit: &'a mut dyn FnMut(CheckEvent),
    /// The refusals so far.
    pub(super) classes: RefusalClasses,
}

impl Round<'_, '_> {
    /// Applies the baseline to an event, and emits it.
    pub(super) fn judge_and_emit(&mut self, mut event: CheckEvent) {
        self.matcher.judge(&mut event);
        (self.emit)(event);
    }
}

/// Whether a check with this verdict gets details: a check that passed or was not asked has none.
pub(super) fn is_explained(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Pass | Verdict::NotRun)
}

/// Puts events in the order of the plan, because answers arrive in any order.
#[derive(Default)]
pub(super) struct InOrder {
    next: usize,
    waiting: BTreeMap<usize, CheckEvent>,
}

impl InOrder {
    /// Takes the event at this place, and emits every event whose turn it is.
    pub(super) fn push(
        &mut self,
        place: usize,
        event: CheckEvent,
        emit: &mut dyn FnMut(CheckEvent),
    ) {
        self.waiting.insert(place, event);
        while let Some(event) = self.waiting.remove(&self.next) {
            self.next += 1;
            emit(event);
        }
    }
}
