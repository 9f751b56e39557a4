//! Which rule a wrong answer breaks: the headline of a failure.
//!
//! A case is about one rule, but an implementation that breaks another one fails it too. The answer
//! says which: the field that is different, the refusal that was missing, or the class of one that was
//! not.

use rollwire_model::{
    Kind, MessageLayout, Model, Outcome, RefusalClass, Value,
    vectors::{Case, CheckKind},
};

use serde_json::Value as Json;

use super::place::{self, first_difference, first_different_byte};
use crate::{
    check::judgement::{Answered, Judgement},
    verdict::Code,
};

/// What an encoder writes to a byte that decoders ignore. The table of layouts has only the rule for
/// decoders.
const RESERVED_IS_WRITTEN: &str = "INPUT-9";

/// The NaN that every implementation has to keep.
const USUAL_NAN: u64 = 0x7ff8 << 48;

/// A wrong answer, and what it is compared with.
pub(super) struct Asked<'a> {
    pub(super) model: &'a Model,
    pub(super) case: &'a Case,
    pub(super) kind: CheckKind,
    /// The right answer that a wrong one is compared with.
    pub(super) right: Option<&'a Outcome>,
    pub(super) judgement: &'a Judgement,
}

impl Asked<'_> {
    /// The rule that the answer breaks.
    pub(super) fn broken_rule(&self) -> String {
        let found = match (self.judgement.code, &self.judgement.got, self.right) {
            (Some(Code::Accepted | Code::Alternative | Code::WrongClass), ..) => self.refusal(),
            (Some(Code::Refused), Answered::Reject { class, .. }, _) => {
                self.of_class(class.as_deref())
            }
            // Neither refused nor accepted as the one alternative says.
            (Some(Code::WrongValue | Code::WrongBytes), ..) if self.refusal().is_some() => {
                self.refusal()
            }
            (Some(Code::WrongValue), Answered::Value(got), Some(Outcome::Value(right))) => {
                self.of_value(right, got)
            }
            (Some(Code::WrongValue), Answered::Different { path, .. }, _) => self.of_path(path),
            (Some(Code::WrongBytes), Answered::Bytes(got), Some(Outcome::Bytes(right))) => {
                self.of_bytes(right, got)
            }
            // What fails to answer a datagram has not refused it either.
            (Some(Code::AdapterError | Code::Crash | Code::Timeout | Code::Unstable), ..) => {
                self.refusal()
            }
            _ => None,
        };
        found.unwrap_or_else(|| self.of_case())
    }

    /// The rule that the case is about; for a check of the other half of a codec, the first that it
    /// lists about this half.
    fn of_case(&self) -> String {
        let listed = &self.case.rules;
        let fits = listed.iter().find(|rule| self.concerns_this_half(rule));
        let of_message = || {
            let message = self.message()?;
            Some(match message.field_of(Kind::Count).filter(|_| self.case.long.is_some()) {
                Some(count) => count.rule.clone(),
                None => message.length_rule.clone(),
            })
        };
        fits.cloned().or_else(of_message).or_else(|| listed.first().cloned()).unwrap_or_default()
    }

    /// Whether a rule says something about the half of a codec that is checked. A reencode asks for
    /// both.
    fn concerns_this_half(&self, rule: &str) -> bool {
        let Some(message) = self.message() else { return true };
        let (encoder, decoder) = (is_for_encoders(message, rule), is_for_decoders(message, rule));
        match self.kind {
            CheckKind::Decode => !encoder || decoder,
            CheckKind::Encode => !decoder || encoder,
            _ => true,
        }
    }

    fn message(&self) -> Option<&MessageLayout> {
        let named = match (&self.case.value, &self.case.long) {
            (Some(value), _) => Some(&*value.message),
            (None, Some(_)) => Some(rollwire_model::vectors::LongValue::MESSAGE),
            (None, None) => None,
        };
        match named {
            Some(name) => self.model.layout().message(name),
            None => self.model.named_message(self.case.bytes().unwrap_or_default()),
        }
    }

    /// The rule by which the model refuses what was accepted.
    fn refusal(&self) -> Option<String> {
        let refusal = match self.kind {
            CheckKind::Encode => self.model.encode(self.case.value.as_ref()?).err()?,
            _ => self.model.decode(self.case.bytes()?).err()?,
        };
        // The case may be about a part of what this rule says.
        let listed = self.case.rules.first().filter(|rule| self.concerns_this_half(rule));
        let own = listed.filter(|_| self.case.rules.contains(&refusal.rule));
        Some(own.cloned().unwrap_or(refusal.rule))
    }

    /// What was refused without need: the class says what the implementation did not like.
    fn of_class(&self, class: Option<&str>) -> Option<String> {
        let message = self.message()?;
        let Some(class) = class.and_then(|class| class.parse().ok()) else {
            return self.of_refused_payload(message);
        };
        let of = |kind| {
            let field = message.field_of(kind)?;
            let for_encoders =
                field.encode_rule.as_ref().filter(|_| self.kind == CheckKind::Encode);
            Some(&**for_encoders.unwrap_or(&field.rule))
        };
        let rule = match class {
            RefusalClass::Empty => "WIRE-1",
            RefusalClass::UnknownType if self.is_new(message) => match self.kind {
                CheckKind::Encode => "WIRE-4",
                _ => "WIRE-2",
            },
            RefusalClass::UnknownType => of(Kind::Type)?,
            // A length that does not fit can also follow from a count that was misread.
            RefusalClass::Truncated | RefusalClass::Trailing => of(Kind::Count)
                .filter(|rule| self.case.rules.first().is_some_and(|about| about == rule))
                .unwrap_or(&message.length_rule),
            RefusalClass::Count => of(Kind::Count)?,
            RefusalClass::Text => of(Kind::TextHash)?,
            RefusalClass::Range | RefusalClass::Value => return self.of_refused_payload(message),
        };
        Some(rule.to_owned())
    }

    /// Whether the message came with this revision, so that an implementation may still be one behind.
    fn is_new(&self, message: &MessageLayout) -> bool {
        let revision = self.model.revision();
        message.since == revision && revision > 1 && revision < self.model.layout().revision
    }

    /// A NaN that was refused breaks the rule that every double is accepted, whatever its payload.
    fn of_refused_payload(&self, message: &MessageLayout) -> Option<String> {
        let about = self.case.rules.first();
        let mut fields = message.fields.iter();
        let field = fields
            .find(|field| field.payload_rule.is_some() && field.payload_rule.as_ref() == about)?;
        Some(field.rule.clone())
    }

    /// The rule of the first member that differs.
    fn of_value(&self, right: &Value, got: &Value) -> Option<String> {
        let difference = first_difference(right, got)?;
        let message = self.message()?;
        let field = message.field(&difference.path);
        if let Some(rule) = field.and_then(|field| field.payload_rule.as_ref())
            && is_nan_with_payload(&difference.expected)
        {
            return Some(rule.clone());
        }
        if let Some(rule) = field.and_then(|field| field.upper_case_rule.as_ref())
            && self.is_upper_case(&difference.path)
        {
            return Some(rule.clone());
        }
        self.of_path(&difference.path)
    }

    /// Whether an encoder was given this member with digits in upper case.
    fn is_upper_case(&self, path: &str) -> bool {
        let given = self.case.value.as_ref().and_then(|value| value.fields.get(path));
        let text = given.and_then(Json::as_str).unwrap_or_default();
        self.kind == CheckKind::Encode && text.contains(|it: char| it.is_ascii_uppercase())
    }

    /// The rule of the field at a path.
    fn of_path(&self, path: &str) -> Option<String> {
        let message = self.message()?;
        if path == "type" {
            return Some(message.field_of(Kind::Type)?.rule.clone());
        }
        place::rule_of(message, path).map(str::to_owned)
    }

    /// Bytes that can be read are compared as values. Where the values are equal, or where they cannot be
    /// read, it is the rule of the first byte that differs.
    fn of_bytes(&self, right: &[u8], got: &[u8]) -> Option<String> {
        // What may be refused may also be read.
        let read = |bytes| match self.model.decode(bytes) {
            Ok(value) => Some(value),
            Err(refusal) => refusal.alternative,
        };
        if let (Some(right), Some(got)) = (read(right), read(got))
            && right.message == got.message
            && let Some(rule) = self.of_value(&right, &got)
        {
            return Some(rule);
        }
        let message = self.message()?;
        let at = first_different_byte(right, got);
        let place = place::containing(&self.model.parts(right), at).filter(|_| at < got.len());
        let Some(place) = place else { return Some(message.length_rule.clone()) };
        let name = place.name.split(['[', '.']).next()?;
        let field = message.field(name)?;
        Some(match field.kind {
            Kind::Reserved => RESERVED_IS_WRITTEN.to_owned(),
            _ => field.rule.clone(),
        })
    }
}

/// Whether these are the bits of a NaN other than the usual one.
fn is_nan_with_payload(bits: &Json) -> bool {
    let bits = bits.as_str().and_then(|text| u64::from_str_radix(text, 16).ok());
    bits.is_some_and(|bits| f64::from_bits(bits).is_nan() && bits != USUAL_NAN)
}

/// Whether only an encoder can break the rule.
fn is_for_encoders(message: &MessageLayout, rule: &str) -> bool {
    let of_fields =
        message.fields.iter().flat_map(|field| [&field.encode_rule, &field.upper_case_rule]);
    let ordered = message.ordered.iter().map(|ordered| &ordered.encode_rule);
    let mut rules = of_fields.flatten().chain(ordered).chain([&message.encode_rule]);
    rules.any(|it| it == rule) || matches!(rule, RESERVED_IS_WRITTEN | "WIRE-4")
}

/// Whether a decoder can break the rule, and an encoder cannot.
fn is_for_decoders(message: &MessageLayout, rule: &str) -> bool {
    let of_fields = message.fields.iter().flat_map(|field| {
        let limits = field.limits.iter().filter_map(|limit| limit.may_rule.as_ref());
        let reserved = (field.kind == Kind::Reserved).then_some(&field.rule);
        [field.refuse_rule.as_ref(), field.wrong_length_rule.as_ref(), reserved]
            .into_iter()
            .flatten()
            .chain(limits)
    });
    let ordered = message.ordered.iter().map(|ordered| &ordered.rule);
    of_fields.chain(ordered).any(|it| it == rule) || matches!(rule, "WIRE-1" | "WIRE-2")
}
