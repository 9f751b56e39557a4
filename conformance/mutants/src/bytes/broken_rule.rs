//! Which rule a mutant breaks, as the layout names it.

use rollwire_model::{Field, Kind};

use super::{location::Location, mutant::Side};

/// The kind of rule that an operator breaks. The layout names the rule for each location.
#[derive(Clone, Copy, Debug)]
pub(super) enum BrokenRule {
    /// The rule that describes the field.
    Field,
    /// The rule that requires the exact length.
    Length,
    /// The rule that makes an encoder refuse what does not fit.
    Encoding,
    /// The rule that makes an encoder refuse hash text, or a number of entries.
    Unwritable,
    /// The rule that makes an encoder refuse the number of entries, where the location is the entries.
    TooMany,
    /// The rule by which a decoder refuses some bytes of the field.
    Unreadable,
    /// How many entries there may be: a decoder must accept them, an encoder must refuse others.
    Limit,
    /// The rule about a bad count whose length does not match either.
    WrongLength,
    /// The rule about a count that a receiver may accept.
    MayCount,
    /// The rule about the bits of a NaN.
    Payload,
    /// The rule about upper-case digits.
    UpperCase,
    /// The rule about the order of two fields.
    Ordered,
    /// What an encoder must write to a byte that a decoder ignores; the table does not name this rule.
    ReservedWritten,
    /// The message types and names of a revision.
    Known,
    /// The rule about an empty datagram.
    Empty,
}

impl BrokenRule {
    /// The id of the rule; `None` if the location has no such rule.
    pub(super) fn rule(self, location: Option<&Location>, side: Side) -> Option<String> {
        let rule = match (self, side) {
            (Self::Known, Side::Encoder) => return Some("WIRE-4".to_owned()),
            (Self::Known, _) => return Some("WIRE-2".to_owned()),
            (Self::Empty, _) => return Some("WIRE-1".to_owned()),
            (Self::ReservedWritten, _) => return Some("INPUT-9".to_owned()),
            _ => self.of_place(location?, side)?,
        };
        Some(rule.clone())
    }

    fn of_place(self, location: &Location, side: Side) -> Option<&String> {
        let message = location.message();
        let field = location.outer();
        let count = message.field_of(Kind::Count);
        let limits = || count.into_iter().flat_map(|count: &Field| &count.limits);
        match self {
            Self::Length => Some(&message.length_rule),
            Self::Encoding => Some(&message.encode_rule),
            Self::Unreadable => field?.refuse_rule.as_ref(),
            Self::Field => Some(&field?.rule),
            Self::Limit if side.decodes() => Some(&field?.rule),
            Self::Limit | Self::Unwritable => field?.encode_rule.as_ref(),
            Self::TooMany => count?.encode_rule.as_ref(),
            Self::WrongLength => field?.wrong_length_rule.as_ref(),
            Self::MayCount => limits().find_map(|limit| limit.may_rule.as_ref()),
            Self::Payload => field?.payload_rule.as_ref(),
            Self::UpperCase => field?.upper_case_rule.as_ref(),
            Self::Ordered if side.decodes() => Some(&message.ordered.as_ref()?.rule),
            Self::Ordered => Some(&message.ordered.as_ref()?.encode_rule),
            Self::ReservedWritten | Self::Known | Self::Empty => None,
        }
    }
}
