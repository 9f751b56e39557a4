//! What is asked of an implementation, whatever kind of case it is.

use std::sync::Arc;

use rollwire_model::{Model, RefusalClass};

use crate::{
    check::{
        bytes,
        digest::{self, judge::judge},
        judgement::{Answered, Judgement},
        scenario::{
            self, cuts::whole, execute::first_deviation, judge::Deviation, plan::SessionPlan,
            visible::Visible,
        },
    },
    protocol::Hello,
    runner::{Reply, Script},
    vectors::{AnyCase, Content},
    verdict::Verdict,
};

/// One question.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// A datagram or a value, and one check of it.
    Bytes(bytes::plan::Planned),
    /// Stimuli, observed one after another.
    Scenario(Box<scenario::plan::Planned>),
    /// A state, and its digest.
    Digest(digest::plan::Planned),
}

impl Question {
    /// The question of a case with one check; none where it needs a capability that is not declared.
    pub(super) fn new(case: AnyCase, hello: &Hello, model: &Arc<Model>) -> Option<Self> {
        let AnyCase { origin, content } = case;
        let (question, missing) = match content {
            Content::Bytes(case) => {
                let planned = bytes::plan::Planned::all(*case, origin, hello).pop()?;
                let missing = planned.missing;
                (Self::Bytes(planned), missing)
            }
            Content::Scenario(scenario) => {
                let planned = scenario::plan::Planned::new(*scenario, origin, hello, model);
                let missing = planned.missing;
                (Self::Scenario(Box::new(planned)), missing)
            }
            Content::Digest(case) => {
                let planned = digest::plan::Planned::new(*case, origin, hello);
                let missing = planned.missing;
                (Self::Digest(planned), missing)
            }
        };
        missing.is_none().then_some(question)
    }

    /// What is sent; a scenario is played in the session with this number.
    pub(super) fn script(&self, session: u64) -> Option<Arc<Script>> {
        match self {
            Self::Bytes(planned) => planned.script(),
            Self::Scenario(planned) => Some(Arc::new(whole(&planned.session, session))),
            Self::Digest(planned) => planned.script(),
        }
    }

    /// The verdict on what was answered.
    pub(super) fn judge(&self, reply: Reply, shown: Visible) -> Judgement {
        match self {
            Self::Bytes(planned) => planned.judge(reply),
            Self::Scenario(planned) => judge_once(&planned.session, reply, shown),
            Self::Digest(planned) => judge(&planned.answers, reply).0,
        }
    }

    /// The message that the right answer is, and the class of a refusal if that is the right one.
    pub(super) fn reaches(&self) -> (Option<&str>, Option<RefusalClass>) {
        match self {
            Self::Bytes(planned) => {
                let case = &planned.case;
                let refusal = case.reject.or_else(|| {
                    let mut listed = case.one_of.iter().flatten();
                    listed.find_map(|answer| answer.reject)
                });
                let message = case.value.as_ref().map(|value| &*value.message);
                (message.filter(|_| case.reject.is_none()), refusal)
            }
            Self::Scenario(_) => (Some("state_hash"), None),
            Self::Digest(planned) => (None, planned.case.reject),
        }
    }
}

/// The verdict on a scenario that was played once.
pub(super) fn judge_once(part: &SessionPlan, reply: Reply, shown: Visible) -> Judgement {
    let code = match first_deviation(part, reply, shown) {
        Err(judgement) => return judgement,
        Ok(wrong) => wrong.map(Deviation::code),
    };
    let verdict = if code.is_some() { Verdict::Fail } else { Verdict::Pass };
    Judgement { verdict, code, got: Answered::Nothing(String::new()) }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use rollwire_model::Layout;

    use super::*;
    use crate::{
        generate,
        protocol::{Capability, Implementation},
        vectors::{CaseSeed, VectorSet, file_text, lint::contradiction},
    };

    fn hello(revision: u8, capabilities: &[Capability]) -> Hello {
        let name = String::new;
        Hello {
            parameters: rollwire_model::peer::Parameters::default(),
            implementation: Implementation { name: name(), version: name(), language: name() },
            revision,
            capabilities: capabilities.iter().copied().collect(),
            messages: None,
            window: 1,
            sessions: 1,
        }
    }

    fn cases(revision: u8, seed: u64, numbers: std::ops::Range<u64>) -> Vec<AnyCase> {
        let model = Model::new(Layout::builtin(), revision);
        numbers
            .filter_map(|number| generate::fuzz::case(&model, CaseSeed { seed, number }))
            .collect()
    }

    /// What is written must be what can be read, whatever is found.
    #[test]
    fn every_question_is_a_case_of_a_vector_file() {
        for revision in [3, 6, 7] {
            let model = Arc::new(Model::new(Layout::builtin(), revision));
            let hello = hello(revision, &Capability::ALL);
            let (mut messages, mut classes) = (BTreeSet::new(), BTreeSet::new());
            let mut digests = 0;
            for case in cases(revision, 1, 0..4_000) {
                let question = Question::new(case.clone(), &hello, &model).unwrap();
                let (message, class) = question.reaches();
                messages.extend(message.map(str::to_owned));
                classes.extend(class);
                match &question {
                    Question::Bytes(planned) => {
                        assert!(!planned.outcomes.is_empty(), "{case:?}");
                        assert_eq!(planned.case.checks, [planned.kind]);
                    }
                    Question::Digest(_) => digests += 1,
                    // What a scenario expects is only worked out where it is written to a file.
                    Question::Scenario(_) => continue,
                }
                let text = file_text(case.content.clone(), "fuzz").unwrap();
                let set = VectorSet::from_text(Path::new("found.json"), &text);
                let set = set.unwrap_or_else(|fault| panic!("{fault}: {text}"));
                assert_eq!(set.cases()[0].content, case.content);
                assert_eq!(contradiction(&set.cases()[0], &model), None, "{text}");
            }
            let all = model.layout().messages.iter().filter(|it| it.since <= revision);
            assert!(all.map(|it| &it.name).all(|name| messages.contains(name)), "{messages:?}");
            assert_eq!(classes, RefusalClass::ALL.into());
            assert!(digests > 50, "{digests} digests");
        }
    }

    #[test]
    fn a_case_is_a_function_of_seed_and_number() {
        let (all, later) = (cases(7, 5, 0..200), cases(7, 5, 100..200));
        assert!(all.ends_with(&later));
        assert_ne!(cases(7, 6, 0..200), all);
    }

    #[test]
    fn nothing_is_asked_that_is_not_declared() {
        let model = Arc::new(Model::latest());
        for capability in [
            Capability::Decode,
            Capability::Encode,
            Capability::Reencode,
            Capability::Exchange,
            Capability::Digest,
        ] {
            let hello = hello(7, &[capability]);
            let mut asked = 0;
            for case in cases(7, 1, 0..2_000) {
                let needed = Capability::of_check(case.meta().checks()[0]);
                let required = case.meta().requires().len();
                let Some(_) = Question::new(case, &hello, &model) else { continue };
                assert_eq!((needed, required), (capability, 0));
                asked += 1;
            }
            assert!(asked > 10, "{capability:?}");
        }
    }
}
