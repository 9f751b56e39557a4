//! How generated cases are written: an input, and whether it is meant to be accepted or refused.
//!
//! The author states the intent, and the model computes the answer. If they differ, this is a fault of
//! the generator, reported with the id of the case.

use crate::{
    Capability, Grade, Layout, Level, Model, Outcome, Refusal, RefusalClass, Value,
    hex::Hex,
    vectors::{
        case::{Alternative, Case},
        long::LongValue,
    },
};

/// The longest datagram that is stored, in bytes: the size of one network packet.
const LONGEST_STORED: usize = 1500;

/// The cases of one topic.
pub(super) struct Family {
    layout: Layout,
    slug: String,
    since: u8,
    drafts: Vec<Draft>,
}

/// A case before the model has computed its answer.
pub(super) struct Draft {
    case: Case,
    given: Given,
    intent: Intent,
}

enum Given {
    Datagram(String),
    Value(Value),
    /// The model does not compute the answer, which would take too much memory; the tests compare it.
    Long(LongValue, Option<RefusalClass>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Intent {
    Accept,
    Refuse,
    Graded,
}

impl Family {
    /// The family of a message, from the revision that introduced it.
    pub(super) fn new(layout: &Layout, topic: &str) -> Self {
        let since = layout.message(topic).map_or(1, |message| message.since);
        Self { layout: layout.clone(), slug: topic.replace('_', "-"), since, drafts: Vec::new() }
    }

    /// A datagram that must be accepted: a case about that rule.
    pub(super) fn accept(
        &mut self,
        slug: &str,
        rule: &str,
        hex: &str,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Datagram(hex.to_owned()), Intent::Accept, flags, comment).also(rule)
    }

    /// A datagram that must be refused; the rule is the one by which the model refuses it.
    pub(super) fn refuse(
        &mut self,
        slug: &str,
        hex: &str,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Datagram(hex.to_owned()), Intent::Refuse, flags, comment)
    }

    /// A datagram to which more than one answer is allowed.
    pub(super) fn graded(
        &mut self,
        slug: &str,
        hex: &str,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Datagram(hex.to_owned()), Intent::Graded, flags, comment)
    }

    /// A value that must be encoded: a case about that rule.
    pub(super) fn accept_value(
        &mut self,
        slug: &str,
        rule: &str,
        value: Value,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Value(value), Intent::Accept, flags, comment).also(rule)
    }

    /// A value that an encoder must refuse.
    pub(super) fn refuse_value(
        &mut self,
        slug: &str,
        value: Value,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Value(value), Intent::Refuse, flags, comment)
    }

    /// A value to which an encoder has more than one allowed answer.
    pub(super) fn graded_value(
        &mut self,
        slug: &str,
        value: Value,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Value(value), Intent::Graded, flags, comment)
    }

    /// A long value that must be encoded, and its datagram decoded.
    pub(super) fn accept_long(
        &mut self,
        slug: &str,
        value: LongValue,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Long(value, None), Intent::Accept, flags, comment)
    }

    /// A long value that an encoder must refuse, as this class.
    pub(super) fn refuse_long(
        &mut self,
        slug: &str,
        value: LongValue,
        class: RefusalClass,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        self.draft(slug, Given::Long(value, Some(class)), Intent::Refuse, flags, comment)
    }

    fn draft(
        &mut self,
        slug: &str,
        given: Given,
        intent: Intent,
        flags: &str,
        comment: &str,
    ) -> &mut Draft {
        let mut case = Case::blank(format!("{}/{slug}", self.slug), self.since, comment);
        case.flags = flags.split_whitespace().map(str::to_owned).collect();
        let index = self.drafts.len();
        self.drafts.push(Draft { case, given, intent });
        &mut self.drafts[index]
    }

    /// The finished cases.
    ///
    /// # Errors
    ///
    /// The ids of the cases whose answer is not the intended one, or differs between revisions.
    pub(super) fn finish(self) -> Result<Vec<Case>, String> {
        let model = |revision| Model::new(&self.layout, revision);
        let models: Vec<Model> = (1..=self.layout.revision).map(model).collect();
        self.drafts.into_iter().map(|draft| draft.finish(&models)).collect()
    }

    /// The cases, answered by the latest revision alone: for cases whose answers take long.
    pub(super) fn finish_latest(self) -> Result<Vec<Case>, String> {
        let model = Model::new(&self.layout, self.layout.revision);
        self.drafts.into_iter().map(|draft| draft.answered(&model)).collect()
    }
}

impl Draft {
    /// The case is about one more rule.
    pub(super) fn also(&mut self, rule: &str) -> &mut Self {
        self.case.rules.push(rule.to_owned());
        self
    }

    /// The case applies from another revision than the one that introduced the message.
    pub(super) fn since(&mut self, revision: u8) -> &mut Self {
        self.case.since = revision;
        self
    }

    /// The case applies up to that revision.
    pub(super) fn until(&mut self, revision: u8) -> &mut Self {
        self.case.until = Some(revision);
        self
    }

    /// The case applies only to implementations with that capability.
    pub(super) fn requires(&mut self, capability: Capability) -> &mut Self {
        self.case.requires.push(capability.to_string());
        self
    }

    /// The case, answered by the model of each revision that it applies to.
    fn finish(self, models: &[Model]) -> Result<Case, String> {
        let mut finished: Option<Case> = None;
        for model in models.iter().filter(|model| self.case.applies_to(model.revision())) {
            let case =
                self.answered(model).map_err(|fault| format!("{}: {fault}", self.case.id))?;
            if finished.as_ref().is_some_and(|earlier| *earlier != case) {
                let revision = model.revision();
                return Err(format!("{}: the answer changes in revision {revision}", self.case.id));
            }
            finished = Some(case);
        }
        finished.ok_or_else(|| format!("{}: applies to no revision", self.case.id))
    }

    fn answered(&self, model: &Model) -> Result<Case, String> {
        let mut case = self.case.clone();
        let intent = match &self.given {
            Given::Datagram(hex) => datagram(model, &mut case, hex)?,
            Given::Value(value) => value_given(model, &mut case, value)?,
            Given::Long(value, class) => {
                case.long = Some(*value);
                case.reject = *class;
                if class.is_none() {
                    case.hex = value.datagram().parse().ok();
                }
                self.intent
            }
        };
        if intent != self.intent {
            return Err(format!("meant to {:?}, the model says {intent:?}", self.intent));
        }
        tidy(model, &mut case);
        Ok(case)
    }
}

fn datagram(model: &Model, case: &mut Case, text: &str) -> Result<Intent, String> {
    let hex: Hex = text.parse().map_err(|error| format!("{error}"))?;
    let bytes = hex.bytes().to_vec();
    case.hex = Some(hex);
    let refusal = match model.decode(&bytes) {
        Ok(value) => {
            let canonical = model.encode(&value).map_err(|refusal| refusal.to_string())?;
            case.canonical = Some(Hex::from(canonical.as_slice()));
            case.value = Some(value);
            return Ok(Intent::Accept);
        }
        Err(refusal) => refusal,
    };
    case.rules.insert(0, refusal.rule.clone());
    Ok(match &refusal.alternative {
        None => {
            case.reject = Some(refusal.class);
            Intent::Refuse
        }
        Some(alternative) => {
            case.level = refusal.level;
            case.canonical = model.canonical(alternative).map(|bytes| Hex::from(bytes.as_slice()));
            case.one_of =
                Some(model.decode_outcomes(&bytes).into_iter().map(alternative_of).collect());
            Intent::Graded
        }
    })
}

fn value_given(model: &Model, case: &mut Case, value: &Value) -> Result<Intent, String> {
    case.value = Some(value.clone());
    let bytes = match model.encode(value) {
        Ok(bytes) => bytes,
        Err(Refusal { class, rule, .. }) => {
            case.rules.insert(0, rule);
            case.reject = Some(class);
            return Ok(Intent::Refuse);
        }
    };
    let Some(hash) = model.upper_case_hash(value) else {
        case.hex = Some(Hex::from(bytes.as_slice()));
        let decoded = model.decode(&bytes).map_err(|refusal| refusal.to_string())?;
        return if decoded == *value {
            Ok(Intent::Accept)
        } else {
            Err("decodes to another value".to_owned())
        };
    };
    case.rules.insert(0, hash.upper_case_rule.clone().unwrap_or_default());
    case.level = Level::May;
    case.one_of = Some(model.encode_outcomes(value).into_iter().map(alternative_of).collect());
    Ok(Intent::Graded)
}

fn alternative_of((grade, outcome): (Grade, Outcome)) -> Alternative {
    let mut alternative = Alternative { grade, value: None, hex: None, reject: None };
    match outcome {
        Outcome::Value(value) => alternative.value = Some(value),
        Outcome::Bytes(bytes) => alternative.hex = Some(Hex::from(bytes.as_slice())),
        Outcome::Reject(class) => alternative.reject = Some(class),
    }
    alternative
}

/// Fills in what follows from the rest of a case: blanks in the hex, parts, checks. This is done for
/// every case, including those written by hand.
pub(super) fn tidy(model: &Model, case: &mut Case) {
    // Blanks and parts are for readers, and a datagram that is not stored has none.
    let stored = |hex: &&Hex| hex.bytes().len() <= LONGEST_STORED;
    let spaced = |hex: &Hex| match Some(hex).filter(stored) {
        Some(hex) => model.spaced(hex.bytes()).parse().unwrap_or_else(|_| hex.clone()),
        None => hex.clone(),
    };
    case.parts = case.hex.as_ref().filter(stored).map(|hex| {
        model.parts(hex.bytes()).into_iter().map(|part| (part.name, part.len)).collect()
    });
    case.canonical =
        case.canonical.take().filter(|canonical| Some(canonical.bytes()) != case.bytes());
    case.canonical = case.canonical.as_ref().map(spaced);
    case.hex = case.hex.as_ref().map(spaced);
    for alternative in case.one_of.iter_mut().flatten() {
        alternative.hex = alternative.hex.as_ref().map(spaced);
    }
    if case.checks.is_empty() {
        case.checks = case.shape().to_vec();
    }
}
