//! Compares wrong digests with known faults, within a share of what a run may do.
//!
//! Each known fault makes its own digest of the state, which takes as long as hundreds of right
//! answers. What may be compared is counted in bytes and not in seconds, so the same answers always
//! give the same report.

use std::cell::Cell;

use rollwire_model::vectors::DigestCase;

use super::{
    cause::{FindFault, KnownFault},
    judge::AnsweredDigest,
};
use crate::{runner::RunEnd, text::plural};

/// States of this many bytes may be compared in a run: more than the published ones have.
const AT_LEAST: usize = 512 * 1024;

/// No longer state is compared. The states of a game's size, which are in every run, would take minutes;
/// the search for causes looks at a few of them.
const LONGEST: usize = 16 * 1024;

/// This many bytes more for each check.
const FOR_EACH_CHECK: usize = 64;

/// A comparison costs this much, however short the state is.
const EACH: usize = 256;

/// Compares wrong digests with known faults.
#[derive(Debug)]
pub struct Comparing {
    find_fault: FindFault,
    /// How many bytes may still be compared.
    left: Cell<usize>,
    /// How many digests were not compared because their states have too many.
    left_out: Cell<u64>,
    longest: usize,
    end: RunEnd,
}

impl Comparing {
    /// Compares everything.
    #[must_use]
    pub fn without_limit(find_fault: FindFault) -> Self {
        let most = usize::MAX;
        Self::within(find_fault, most, most, RunEnd::never())
    }

    /// Compares as much as a run with this many checks may, until it has to end.
    #[must_use]
    pub fn of_a_run(find_fault: FindFault, checks: u64, end: RunEnd) -> Self {
        let checks = usize::try_from(checks).unwrap_or(usize::MAX);
        let most = AT_LEAST.saturating_add(checks.saturating_mul(FOR_EACH_CHECK));
        Self::within(find_fault, most, LONGEST, end)
    }

    fn within(find_fault: FindFault, most: usize, longest: usize, end: RunEnd) -> Self {
        Self { find_fault, left: Cell::new(most), left_out: Cell::new(0), longest, end }
    }

    /// The known fault that answers this case as it was answered, as far as that may be found out.
    pub(super) fn find(
        &self,
        case: &DigestCase,
        made: Option<&AnsweredDigest>,
    ) -> Option<KnownFault> {
        if self.has_ended() {
            return None;
        }
        let cost = EACH.saturating_add(case.state.len());
        let left = self.left.get().checked_sub(cost);
        let Some(left) = left.filter(|_| case.state.len() <= self.longest) else {
            self.left_out.set(self.left_out.get() + 1);
            return None;
        };
        self.left.set(left);
        (self.find_fault)(case, made, &|| !self.has_ended())
    }

    /// Whether the run has to end, so that nothing is compared any more.
    pub(crate) fn has_ended(&self) -> bool {
        self.end.has_come()
    }

    /// What was not compared, as a note.
    pub(crate) fn note(&self) -> Option<String> {
        let count = self.left_out.get();
        (count > 0).then(|| {
            let digests = plural(count, "wrong digest was", "wrong digests were");
            format!("{digests} not compared with known faults: a run compares only so much; their verdicts do not depend on it")
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, atomic::AtomicUsize};

    use rollwire_model::digest::Form;

    use super::*;
    use crate::generate::digests::case;

    const FOUND: KnownFault = KnownFault { rule: "DIGEST-1", fault: "is found" };

    fn always(
        _: &DigestCase,
        _: Option<&AnsweredDigest>,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<KnownFault> {
        goes_on().then_some(FOUND)
    }

    #[test]
    fn a_run_compares_only_so_much() {
        let of = |length: usize| {
            let state = format!("[\"{}\"]", "a".repeat(length));
            case("x/y", Form::StateHash, "a state", state)
        };
        let (small, large, too_large) = (of(1), of(LONGEST - 4), of(LONGEST));
        let comparing = Comparing::of_a_run(always, 0, RunEnd::never());
        let times = AT_LEAST / (LONGEST + EACH);
        assert!((0..times).all(|_| comparing.find(&large, None) == Some(FOUND)));
        assert_eq!(comparing.note(), None);
        assert_eq!(comparing.find(&large, None), None);
        // What fits in the rest still is compared.
        assert_eq!(comparing.find(&small, None), Some(FOUND));
        assert!(comparing.note().unwrap().starts_with("1 wrong digest was not compared"));
        let comparing = Comparing::of_a_run(always, 0, RunEnd::never());
        assert_eq!(comparing.find(&too_large, None), None);
        let comparing = Comparing::without_limit(always);
        assert!((0..100).all(|_| comparing.find(&too_large, None).is_some()));
    }

    #[test]
    fn a_run_that_has_to_end_compares_nothing() {
        let small = case("x/small", Form::StateHash, "small", "[1]".to_owned());
        let end = RunEnd::at_a_signal(Arc::new(AtomicUsize::new(15)));
        let comparing = Comparing::of_a_run(always, 1, end);
        assert_eq!(comparing.find(&small, None), None);
        assert_eq!(comparing.note(), None, "the run itself says that it was ended");
    }
}
