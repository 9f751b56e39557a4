//! What is asked of an implementation: each question is a function of the seed and its number.

use std::rc::Rc;

use rollwire_model::{
    Kind, MessageLayout, Model, RefusalClass, Value,
    exchange::Stimulus,
    hex::Hex,
    vectors::{Case, CheckKind},
};
use serde_json::Value as Json;

use super::{packets::packet, values};
use crate::{
    chance::Chance,
    detail::message_of,
    exchange::{
        play::Planned,
        random::{self, Generator},
        script::{Part, whole},
    },
    made::{ask_bytes, ask_value, blank, is_undecided},
    plan::{Asked, Check, body},
    protocol::{Capability, Hello},
    runner::Script,
};

/// One question.
#[derive(Clone, Debug)]
pub(super) enum Question {
    /// A datagram or a value, and one check of it.
    Bytes(Box<Case>, CheckKind),
    /// Stimuli, observed one after another.
    Play(Part),
}

/// Makes questions for an implementation with this hello.
#[derive(Debug)]
pub(super) struct Questions<'a> {
    pub(super) model: &'a Rc<Model>,
    pub(super) hello: &'a Hello,
    pub(super) seed: u64,
}

impl Questions<'_> {
    /// Whether there is anything that can be asked.
    pub(super) fn any(&self) -> bool {
        let asked =
            [Capability::Decode, Capability::Encode, Capability::Reencode, Capability::Exchange];
        asked.into_iter().any(|capability| self.hello.declares(capability))
    }

    /// The question with this number; none where it needs a capability that is not declared, or where
    /// the specification leaves the answer open.
    pub(super) fn question(&self, number: u64) -> Option<Question> {
        let mut chance = Chance::new(self.seed, number);
        let messages = &self.model.layout().messages;
        let spoken: Vec<&MessageLayout> =
            messages.iter().filter(|it| it.since <= self.model.revision()).collect();
        let message = *chance.pick(&spoken);
        match chance.below(32) {
            0 => self.play(&mut chance),
            1..=11 if self.hello.declares(Capability::Encode) => {
                let value = values::valid(self.model, message, &mut chance);
                let value = match chance.one_in(2) {
                    true => value,
                    false => values::spoilt(self.model, message, value, &mut chance),
                };
                self.encode(message, value, number)
            }
            at => {
                let bytes = packet(self.model, message, &mut chance);
                let kind = if at % 3 == 0 { CheckKind::Reencode } else { CheckKind::Decode };
                self.bytes(&bytes, kind, number)
            }
        }
    }

    /// A check of these bytes.
    pub(super) fn bytes(&self, bytes: &[u8], kind: CheckKind, number: u64) -> Option<Question> {
        let needed =
            if kind == CheckKind::Decode { Capability::Decode } else { Capability::Reencode };
        if !self.hello.declares(needed) || is_undecided(self.model, bytes) {
            return None;
        }
        let messages = &self.model.layout().messages;
        let message = message_of(self.model, bytes).or(messages.first())?;
        let decoded = self.model.decode(bytes);
        let (rule, comment) = match &decoded {
            Ok(_) => (message.length_rule.clone(), "a datagram that is a message"),
            Err(refusal) => (refusal.rule.clone(), "a datagram that is no message"),
        };
        let mut case = blank(message, &number.to_string(), rule, comment);
        ask_bytes(&mut case, self.model, bytes);
        case.checks = vec![kind];
        // What may come back instead of the bytes that were given.
        let kept = match decoded {
            Ok(value) => Some(value),
            Err(refusal) => refusal.alternative,
        };
        case.canonical = kept
            .as_ref()
            .and_then(|value| self.model.encode(value).ok())
            .filter(|canonical| canonical != bytes)
            .map(|canonical| Hex::from(&canonical[..]));
        let pays = kept.is_some_and(|value| has_nan_payload(message, &value));
        self.with_payload(case, kind, pays)
    }

    /// A check of this value.
    pub(super) fn encode(
        &self,
        message: &MessageLayout,
        value: Value,
        number: u64,
    ) -> Option<Question> {
        let (rule, comment) = match self.model.encode(&value) {
            Ok(_) => (message.length_rule.clone(), "a value that has a datagram"),
            Err(refusal) => (refusal.rule, "a value that has none"),
        };
        let pays = has_nan_payload(message, &value);
        let mut case = blank(message, &number.to_string(), rule, comment);
        ask_value(&mut case, self.model, value);
        self.with_payload(case, CheckKind::Encode, pays)
    }

    /// NaN patterns are not everybody's to keep.
    fn with_payload(&self, mut case: Case, kind: CheckKind, pays: bool) -> Option<Question> {
        if pays {
            if !self.hello.declares(Capability::NanPayload) {
                return None;
            }
            case.requires = vec![Capability::NanPayload.as_str().to_owned()];
        }
        case.id.insert_str(0, "fuzz/");
        Some(Question::Bytes(Box::new(case), kind))
    }

    fn play(&self, chance: &mut Chance) -> Option<Question> {
        if !self.hello.declares(Capability::Exchange) {
            return None;
        }
        let (generator, length) = match chance.below(64) {
            0 => (Generator::of_a_long_game(), 220),
            1 => (Generator::of_a_peer_far_ahead(), 220),
            _ => {
                let generator = Generator::new(&mut |limit| chance.choose(limit));
                (generator, 10 + chance.below(50))
            }
        };
        let stimuli = random::stimuli(generator, length, &mut |limit| chance.choose(limit));
        Some(Question::Play(self.part(stimuli)))
    }

    pub(super) fn part(&self, stimuli: Vec<Stimulus>) -> Part {
        let (model, detects) = (Rc::clone(self.model), self.hello.declares(Capability::Detect));
        Part { stimuli, model, detects }
    }

    /// The scenario of these stimuli.
    pub(super) fn planned(&self, part: &Part, number: u64) -> Planned {
        let id = format!("fuzz/exchange/{number}");
        let comment = "stimuli in an order that nobody could know";
        let scenario = random::scenario(&id, "EXCH-8", comment, part.stimuli.clone(), self.model);
        Planned::new(scenario, self.hello, self.model)
    }
}

impl Question {
    /// What is sent; the number of the question is that of its session too.
    pub(super) fn script(&self, number: u64) -> Option<Rc<Script>> {
        match self {
            Self::Bytes(case, kind) => Some(Rc::new(body(case, *kind)?.into())),
            Self::Play(part) => Some(Rc::new(whole(part, number))),
        }
    }

    /// The message that the right answer is, and the class of a refusal if that is the right one.
    pub(super) fn reaches(&self) -> (Option<&str>, Option<RefusalClass>) {
        let Self::Bytes(case, _) = self else { return (Some("state_hash"), None) };
        let refusal = case.reject.or_else(|| {
            let mut listed = case.one_of.iter().flatten();
            listed.find_map(|answer| answer.reject)
        });
        let message = case.value.as_ref().map(|value| &*value.message);
        (message.filter(|_| case.reject.is_none()), refusal)
    }
}

/// The only check of a case.
pub(super) fn check_of(case: &Case, kind: CheckKind) -> Check {
    let outcomes = case.outcomes(kind);
    Check { case: 0, kind, asked: Ok(Asked::Made), outcomes, long: None }
}

/// Whether a timestamp is a NaN other than the one that everybody has to keep.
fn has_nan_payload(message: &MessageLayout, value: &Value) -> bool {
    let doubles = message.fields.iter().filter(|field| field.kind == Kind::Double);
    let mut bits = doubles.filter_map(|field| {
        let text = value.fields.get(&field.name).and_then(Json::as_str)?;
        u64::from_str_radix(text, 16).ok()
    });
    bits.any(|bits| f64::from_bits(bits).is_nan() && bits != 0x7ff8_0000_0000_0000)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use super::*;
    use crate::{fuzz::finding::Found, protocol::Implementation, vectors::VectorSet};

    fn hello(revision: u8, capabilities: &[Capability]) -> Hello {
        let name = String::new;
        Hello {
            implementation: Implementation { name: name(), version: name(), language: name() },
            revision,
            capabilities: capabilities.iter().copied().collect(),
            window: 1,
            sessions: 1,
        }
    }

    fn asked(hello: &Hello, seed: u64, numbers: std::ops::Range<u64>) -> Vec<Question> {
        let model = Rc::new(Model::specified(hello.revision));
        let questions = Questions { model: &model, hello, seed };
        numbers.filter_map(|number| questions.question(number)).collect()
    }

    /// What is written must be what can be read, whatever is found.
    #[test]
    fn every_question_is_a_case_of_a_vector_file() {
        for revision in [3, 6, 7] {
            let hello = hello(revision, &Capability::ALL);
            let (mut messages, mut classes) = (BTreeSet::new(), BTreeSet::new());
            for question in asked(&hello, 1, 0..4_000) {
                let (message, class) = question.reaches();
                messages.extend(message.map(str::to_owned));
                classes.extend(class);
                let Question::Bytes(case, kind) = question else { continue };
                assert!(!check_of(&case, kind).outcomes.is_empty(), "{case:?}");
                assert_eq!(case.checks, [kind]);
                let text = Found::Case(case.clone()).file().unwrap();
                let set = VectorSet::from_text(Path::new("found.json"), &text);
                let set = set.unwrap_or_else(|fault| panic!("{fault}: {text}"));
                assert_eq!(set.cases, [*case]);
            }
            let model = Model::specified(revision);
            let all = model.layout().messages.iter().filter(|it| it.since <= revision);
            assert!(all.map(|it| &it.name).all(|name| messages.contains(name)), "{messages:?}");
            assert_eq!(classes, RefusalClass::ALL.into());
        }
    }

    #[test]
    fn a_question_is_a_function_of_seed_and_number() {
        let hello = hello(7, &Capability::ALL);
        let texts = |seed, numbers| -> Vec<String> {
            asked(&hello, seed, numbers).iter().map(|it| format!("{it:?}")).collect()
        };
        let (all, later) = (texts(5, 0..200), texts(5, 100..200));
        assert!(all.ends_with(&later));
        assert_ne!(texts(6, 0..200), all);
    }

    #[test]
    fn nothing_is_asked_that_is_not_declared() {
        for capability in [Capability::Decode, Capability::Encode, Capability::Reencode] {
            for question in asked(&hello(7, &[capability]), 1, 0..2_000) {
                let Question::Bytes(case, kind) = question else { panic!("{question:?}") };
                assert_eq!(kind.to_string(), capability.as_str());
                assert!(case.requires.is_empty(), "{case:?}");
            }
        }
        assert!(asked(&hello(7, &[Capability::Digest]), 1, 0..2_000).is_empty());
    }
}
