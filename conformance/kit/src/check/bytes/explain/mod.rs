//! Turns a verdict into what ends a bug hunt: the field, its offset, what was expected and what came.

mod decoded;
mod encoded;
mod place;
mod rule;
mod written;

use rollwire_model::{
    Kind, Model, Outcome, Refusal, RefusalClass, Value,
    vectors::{Case, CheckKind},
};

use self::place::Place;
use super::plan::{Planned, body};
use crate::{
    check::{
        detail::{self, LONGEST_REQUEST},
        judgement::{Answered, Judgement, same_value},
    },
    event::{Bytes, BytesPart, Detail},
    text::{around::around_difference, shorten},
    verdict::Code,
};

/// How many bytes of a datagram are shown.
const LONGEST_SHOWN: usize = 1500;

/// Explains verdicts; knows the rules, the flags and the layouts.
#[derive(Debug)]
pub struct Explainer<'a> {
    model: &'a Model,
}

impl<'a> Explainer<'a> {
    /// An explainer for cases of this model's revision.
    #[must_use]
    pub fn new(model: &'a Model) -> Self {
        Self { model }
    }

    /// Everything a reader needs about a check that did not pass.
    #[must_use]
    pub fn explain(&self, planned: &Planned, judgement: &Judgement, stderr: &str) -> Detail {
        let case = &*planned.case;
        let rule = self.rule(planned, judgement);
        let wrong = self.locate(planned, judgement);
        let subject = detail::subject(case, &rule).filter(|_| !planned.origin.is_fresh());
        let hint = wrong.hint.into_iter().chain(subject).collect::<Vec<_>>().join("; ");
        Detail {
            hint: Some(hint).filter(|hint| !hint.is_empty()),
            bytes: wrong.bytes,
            value: (planned.kind == CheckKind::Encode).then(|| value_of(case)).flatten(),
            field: wrong.field,
            offset: wrong.offset,
            expected: wrong.expected,
            got: wrong.got,
            requests: request(case, planned.kind).into_iter().collect(),
            ..detail::begin(case, &rule, stderr)
        }
    }

    /// The rule that the answer breaks, which may be another one than the one that the case is about.
    #[must_use]
    pub fn rule(&self, planned: &Planned, judgement: &Judgement) -> String {
        let (case, kind) = (&*planned.case, planned.kind);
        if detail::breaks_the_protocol(judgement, planned.origin) {
            return detail::ADAPTER_PROTOCOL.to_owned();
        }
        let right = preferred(planned);
        rule::Asked { model: self.model, case, kind, right, judgement }.broken_rule()
    }

    /// The likely cause, as far as the answer shows it.
    #[must_use]
    pub fn hint(&self, planned: &Planned, judgement: &Judgement) -> Option<String> {
        self.locate(planned, judgement).hint
    }

    fn locate(&self, planned: &Planned, judgement: &Judgement) -> Wrong {
        let case = &*planned.case;
        let given = case.bytes().unwrap_or_default();
        let mut wrong = Wrong {
            expected: self.expectations(planned),
            got: self.got(&judgement.got),
            bytes: (!given.is_empty()).then(|| self.bytes("given", given, None)),
            ..Wrong::default()
        };
        match (&judgement.got, preferred(planned)) {
            (Answered::Value(got), Some(Outcome::Value(expected)))
                if !same_value(expected, got) =>
            {
                if let Some(difference) = place::first_difference(expected, got) {
                    let path = &difference.path;
                    let place = self
                        .place(given, path)
                        .or_else(|| place::in_layout(self.model, &expected.message, path));
                    let message = self.model.named_message(given);
                    let values = (expected, got);
                    wrong.hint = decoded::hint(given, message, place.as_ref(), values, &difference);
                    let is = |value| format!("{} = {value}", difference.path);
                    let (expected, got) =
                        around_difference(&is(&difference.expected), &is(&difference.got));
                    (wrong.expected, wrong.got) = (vec![expected], got);
                    wrong.at(self, "given", given, &difference.path, place);
                }
            }
            (Answered::Different { path, expected, .. }, _) => {
                wrong.expected = vec![expected.clone()];
                wrong.at(self, "given", given, path, None);
            }
            (Answered::Bytes(got), Some(Outcome::Bytes(expected))) if got != expected => {
                let at = place::first_different_byte(expected, got);
                let parts = self.model.parts(expected);
                let (right, written) = encoded::side_by_side(expected, got, &parts);
                let preferred = is_accepted(planned);
                for (shown, _) in wrong.expected.iter_mut().zip(preferred).filter(|(_, it)| *it) {
                    shown.clone_from(&right);
                }
                wrong.got = written;
                let place = place::containing(&parts, at);
                wrong.hint = encoded::hint(expected, got, &parts, place.as_ref());
                let path = place.as_ref().map_or("surplus".to_owned(), |place| place.name.clone());
                let start = place.as_ref().map_or(at, |place| place.offset);
                wrong.at(self, "expected", expected, &path, place);
                wrong.offset = Some(start);
            }
            (Answered::Reject { .. }, Some(Outcome::Value(_) | Outcome::Bytes(_)))
                if judgement.code == Some(Code::Refused) =>
            {
                self.locate_subject(case, planned.kind, &mut wrong);
            }
            _ => self.locate_refusal(case, planned.kind, judgement, &mut wrong),
        }
        wrong
    }

    /// For an input that should not have been refused: the field that the case's rule is about.
    fn locate_subject(&self, case: &Case, kind: CheckKind, wrong: &mut Wrong) {
        let given = case.bytes().unwrap_or_default();
        let value = case.value.as_ref();
        let message = value
            .and_then(|value| self.model.layout().message(&value.message))
            .or_else(|| self.model.named_message(given));
        let field = message.and_then(|message| {
            let mut fields = message.fields.iter().filter(|field| field.kind != Kind::Type);
            fields.find(|field| case.rules.first() == Some(&field.rule))
        });
        let Some(field) = field else { return };
        let place = Place { name: field.name.clone(), offset: field.offset, len: field.size };
        let shown = if kind == CheckKind::Encode { &[][..] } else { given };
        wrong.at(self, "given", shown, &field.name, Some(place));
        wrong.hint = Some(format!("the case is about `{}`", field.name));
    }

    /// For an input that should have been refused: where the model refuses it.
    fn locate_refusal(
        &self,
        case: &Case,
        kind: CheckKind,
        judgement: &Judgement,
        wrong: &mut Wrong,
    ) {
        let Some(refusal) = self.refusal(case, kind) else { return };
        let path = refusal.field.clone().unwrap_or_else(|| refusal.class.to_string());
        match (&judgement.got, refusal.offset) {
            (_, Some(offset)) => {
                let given = case.bytes().unwrap_or_default();
                let place = place::containing(&self.model.parts(given), offset);
                let missing = || place::missing(self.model, given, offset);
                let name = match &place {
                    Some(place) => place.name.clone(),
                    None if refusal.class == RefusalClass::Truncated => missing().unwrap_or(path),
                    None => path,
                };
                wrong.at(self, "given", given, &name, place);
                wrong.offset = Some(offset);
                wrong.hint = match (judgement.code, refusal.class) {
                    (Some(Code::Accepted), RefusalClass::Trailing) => {
                        Some("a datagram that is too long was accepted".to_owned())
                    }
                    (Some(Code::Accepted), RefusalClass::Truncated) => {
                        Some("a datagram that is too short was accepted".to_owned())
                    }
                    _ => None,
                };
            }
            (Answered::Bytes(got), None) => {
                let value = case.value.as_ref();
                let place =
                    value.and_then(|value| place::in_layout(self.model, &value.message, &path));
                wrong.hint = value.and_then(|value| {
                    let read = self.read(got);
                    written::hint(got, read.as_ref(), place.as_ref(), value, &path)
                });
                wrong.at(self, "written", &got[..got.len().min(LONGEST_SHOWN)], &path, place);
            }
            _ => wrong.field = Some(path),
        }
        if judgement.code == Some(Code::WrongClass) {
            wrong.hint = Some("the refusal itself is right, only its class is another".to_owned());
        }
    }

    /// The value of these bytes, even if it may be refused.
    fn read(&self, bytes: &[u8]) -> Option<Value> {
        match self.model.decode(bytes) {
            Ok(value) => Some(value),
            Err(refusal) => refusal.alternative,
        }
    }

    /// Why the model refuses the input, if it does.
    fn refusal(&self, case: &Case, kind: CheckKind) -> Option<Refusal> {
        match kind {
            CheckKind::Decode | CheckKind::Reencode => self.model.decode(case.bytes()?).err(),
            CheckKind::Encode => self.model.encode(case.value.as_ref()?).err(),
            CheckKind::Run | CheckKind::Digest => None,
        }
    }

    fn place(&self, bytes: &[u8], path: &str) -> Option<Place> {
        let part = self.model.parts(bytes).into_iter().find(|part| part.name == path)?;
        Some(Place { name: part.name, offset: part.offset, len: part.len })
    }

    fn expectations(&self, planned: &Planned) -> Vec<String> {
        let long = planned.long.iter().map(|long| shorten(&long.to_string()));
        let outcomes = planned.outcomes.iter();
        long.chain(outcomes.map(|(_, outcome)| self.expected(&planned.case, planned.kind, outcome)))
            .collect()
    }

    fn expected(&self, case: &Case, kind: CheckKind, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Value(value) => shorten(&value.to_string()),
            Outcome::Bytes(bytes) => self.spaced(bytes),
            Outcome::Reject(class) => match self.refusal(case, kind) {
                Some(refusal) if refusal.class == *class => format!("a refusal: {refusal}"),
                _ => format!("a refusal: {class}"),
            },
        }
    }

    fn spaced(&self, bytes: &[u8]) -> String {
        shorten(&self.model.spaced(&bytes[..bytes.len().min(LONGEST_SHOWN)]))
    }

    fn got(&self, got: &Answered) -> String {
        match got {
            Answered::Value(value) => {
                format!("accepted as {}", shorten(&value.to_string()))
            }
            Answered::Bytes(bytes) => self.spaced(bytes),
            Answered::Reject { class, message } => {
                let class = class.as_deref().map_or("no class", |class| class);
                let message =
                    message.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
                shorten(&format!("a refusal: {class}{message}"))
            }
            Answered::Different { got, .. } => got.clone(),
            Answered::Long(text) => format!("accepted as {text}"),
            Answered::Nothing(text) => shorten(text),
        }
    }

    /// Some bytes with their parts named; of a long datagram its beginning.
    #[must_use]
    pub fn bytes(&self, role: &str, bytes: &[u8], marked: Option<&str>) -> Bytes {
        let bytes = &bytes[..bytes.len().min(LONGEST_SHOWN)];
        let parts: Vec<BytesPart> = self
            .model
            .parts(bytes)
            .into_iter()
            .map(|part| BytesPart {
                hex: rollwire_model::hex::plain(&bytes[part.offset..part.offset + part.len]),
                name: part.name,
                offset: part.offset,
            })
            .collect();
        let marked = parts.iter().position(|part| Some(&*part.name) == marked);
        Bytes { role: role.to_owned(), parts, marked }
    }
}

/// What is wrong, and where.
#[derive(Default)]
struct Wrong {
    expected: Vec<String>,
    got: String,
    bytes: Option<Bytes>,
    field: Option<String>,
    offset: Option<usize>,
    hint: Option<String>,
}

impl Wrong {
    fn at(
        &mut self,
        explainer: &Explainer<'_>,
        role: &str,
        bytes: &[u8],
        path: &str,
        place: Option<Place>,
    ) {
        self.field = Some(path.to_owned());
        self.offset = place.map(|place| place.offset);
        if !bytes.is_empty() {
            let mut shown = explainer.bytes(role, bytes, Some(path));
            // A list as a whole has no part of its own: what is marked is its count.
            let here = |part: &BytesPart| Some(part.offset) == self.offset;
            shown.marked = shown.marked.or_else(|| shown.parts.iter().position(here));
            self.bytes = Some(shown);
        }
    }
}

/// The value that an encoder is given, shortened.
fn value_of(case: &Case) -> Option<String> {
    let long = || case.long.map(|long| shorten(&long.to_string()));
    case.value.as_ref().map(|value| shorten(&value.to_string())).or_else(long)
}

/// The request with an id of 1, unless it is too long to be typed.
fn request(case: &Case, kind: CheckKind) -> Option<String> {
    body(case, kind).filter(|body| body.len() <= LONGEST_REQUEST).map(|body| body.with_id(1))
}

/// For each outcome, whether it is the one that a wrong answer is compared with.
fn is_accepted(planned: &Planned) -> impl Iterator<Item = bool> {
    let compared = preferred(planned);
    planned.outcomes.iter().map(move |(_, outcome)| Some(outcome) == compared)
}

fn preferred(planned: &Planned) -> Option<&Outcome> {
    let accepted =
        planned.outcomes.iter().find(|(_, outcome)| !matches!(outcome, Outcome::Reject(_)));
    accepted.or(planned.outcomes.first()).map(|(_, outcome)| outcome)
}
