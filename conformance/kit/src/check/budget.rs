//! How often an adapter may be asked in order to make failures smaller: a share of what the run itself
//! asks, so that shrinking never takes most of the time.

use crate::runner::Reply;

/// One more question may be asked for each of this many checks.
const SHARE: u64 = 4;

/// A short run may ask this many questions, too.
const AT_LEAST: usize = 2_000;

/// How often the adapter may break meanwhile in a run: each time costs a start, and perhaps a time limit.
const FAULTS: usize = 6;

/// What is left of the questions for shrinking.
#[derive(Debug)]
pub struct Budget {
    questions: usize,
    faults: usize,
}

impl Budget {
    /// This many questions, until the adapter has broken this many times.
    #[must_use]
    pub const fn new(questions: usize, faults: usize) -> Self {
        Self { questions, faults }
    }

    /// The share of a run with this many checks.
    #[must_use]
    pub fn of_a_run(checks: u64) -> Self {
        let share = usize::try_from(checks / SHARE).unwrap_or(usize::MAX);
        Self::new(share.max(AT_LEAST), FAULTS)
    }

    /// What one failure may use: half of what is left, so that there is something for the next one.
    pub(crate) fn take_half(&mut self) -> Self {
        let half = Self::new(self.questions.div_ceil(2), self.faults.div_ceil(2));
        self.questions -= half.questions;
        self.faults -= half.faults;
        half
    }

    /// Puts back what a failure did not need.
    pub(crate) fn put_back(&mut self, rest: &Self) {
        self.questions += rest.questions;
        self.faults += rest.faults;
    }

    /// How many questions are left.
    pub(crate) const fn questions(&self) -> usize {
        self.questions
    }

    /// Whether nothing more may be asked.
    pub(crate) const fn is_spent(&self) -> bool {
        self.questions == 0 || self.faults == 0
    }

    /// One question was asked, with this reply.
    pub(crate) fn spend(&mut self, reply: &Reply) {
        self.questions = self.questions.saturating_sub(1);
        let broke = matches!(reply, Reply::Fault(_) | Reply::Unstable(_));
        self.faults = self.faults.saturating_sub(usize::from(broke));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_failures_share_what_one_run_may_ask() {
        let mut budget = Budget::of_a_run(8_000);
        let mut asked = 0;
        for _ in 0..50 {
            let mut own = budget.take_half();
            while !own.is_spent() {
                own.spend(&Reply::NotRun);
                asked += 1;
            }
            budget.put_back(&own);
        }
        assert_eq!(asked, 2_000);
        assert_eq!(Budget::of_a_run(3).questions(), AT_LEAST);
    }
}
