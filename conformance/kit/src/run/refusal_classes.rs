//! How many refusals of a run say why they refuse.
//!
//! A class is optional, so a refusal without one is right. But a codec whose exceptions are all answered as
//! `reject` gives the same answers, so a run in which no refusal has a class shows little.

use crate::{
    check::judgement::{Answered, Judgement},
    text::plural,
};

/// The refusals of a run so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RefusalClasses {
    given: u64,
    missing: u64,
}

impl RefusalClasses {
    /// Counts the answer that a judgement is about, if it is a refusal.
    pub(super) fn count(&mut self, judgement: &Judgement) {
        match &judgement.got {
            Answered::Reject { class: Some(_), .. } => self.given += 1,
            Answered::Reject { class: None, .. } => self.missing += 1,
            _ => {}
        }
    }

    /// How many refusals have no class.
    pub(super) const fn missing(self) -> u64 {
        self.missing
    }

    /// Whether there are refusals, and none of them has a class. Such a run is weak as a whole.
    pub(super) const fn never_given(self) -> bool {
        self.missing > 0 && self.given == 0
    }

    /// What is said at the end of the run; nothing if every refusal has a class.
    pub(super) fn note(self) -> Option<String> {
        let refusals = plural(self.missing + self.given, "refusal", "refusals");
        if self.never_given() {
            return Some(format!(
                "weak: {refusals}, and none has a class: an adapter that answers every exception with \
                 `reject` gives the same answers; add the class of each refusal, and answer every other \
                 exception with `error`"
            ));
        }
        (self.missing > 0).then(|| {
            format!(
                "{} of {refusals} without a class, so it is not known whether the reason is right",
                self.missing
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Verdict;

    fn refused(class: Option<&str>) -> Judgement {
        let got = Answered::Reject { class: class.map(str::to_owned), message: None };
        Judgement { verdict: Verdict::Pass, code: None, got }
    }

    fn counted(judgements: &[Judgement]) -> RefusalClasses {
        let mut classes = RefusalClasses::default();
        judgements.iter().for_each(|judgement| classes.count(judgement));
        classes
    }

    #[test]
    fn only_a_run_without_any_class_is_weak_as_a_whole() {
        let nothing =
            Judgement { verdict: Verdict::Pass, code: None, got: Answered::Bytes(vec![4]) };
        assert_eq!(counted(std::slice::from_ref(&nothing)), RefusalClasses::default());
        assert!(!counted(&[nothing]).never_given(), "a run without refusals is not weak");
        assert_eq!(counted(&[refused(Some("text"))]).note(), None);
        let never = counted(&[refused(None), refused(None)]);
        assert!(never.never_given() && never.missing() == 2);
        assert!(never.note().is_some_and(|it| it.starts_with("weak: 2 refusals, and none")));
        let some = counted(&[refused(None), refused(Some("text"))]);
        assert!(!some.never_given() && some.missing() == 1);
        assert!(some.note().is_some_and(|it| it.starts_with("1 of 2 refusals without a class")));
    }
}
