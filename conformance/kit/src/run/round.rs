//! What the parts of a run share.

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::Model;

use super::options::Options;
use crate::{
    baseline::Ledger, event::CheckEvent, protocol::Hello, runner::Adapter, verdict::Verdict,
};

/// Who is asked, by which rules, and where what is found goes.
pub(super) struct Round<'a, 'b> {
    pub(super) adapter: &'a mut dyn Adapter,
    pub(super) hello: &'a Hello,
    pub(super) model: &'a Rc<Model>,
    pub(super) options: &'a Options,
    pub(super) ledger: &'a mut Ledger<'b>,
    pub(super) tell: &'a mut dyn FnMut(CheckEvent),
}

impl Round<'_, '_> {
    /// Judges an event by the baseline, and tells about it.
    pub(super) fn judge_and_tell(&mut self, mut event: CheckEvent) {
        self.ledger.judge(&mut event);
        (self.tell)(event);
    }
}

/// Whether a verdict is explained: the details of what passed or was not asked are of no use.
pub(super) fn is_explained(verdict: Verdict) -> bool {
    !matches!(verdict, Verdict::Pass | Verdict::NotRun)
}

/// Answers come in any order; events leave in the order of the plan.
#[derive(Default)]
pub(super) struct InOrder {
    next: usize,
    waiting: BTreeMap<usize, CheckEvent>,
}

impl InOrder {
    /// Takes in the event of this place, and hands on every event whose turn it is.
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
