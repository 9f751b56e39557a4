//! Which rule a mutant breaks: found in the layout, like everything else about it.

use rollwire_model::{Field, Kind};

use super::{Side, place::Place};

/// The rule that an operator breaks, wherever it is applied.
#[derive(Clone, Copy, Debug)]
pub(super) enum Breaks {
    /// The one that describes the field.
    Field,
    /// The one that demands the exact length.
    Length,
    /// The one that makes an encoder refuse what does not fit.
    Encoding,
    /// The one that makes an encoder refuse hash text, or a number of entries.
    Unwritable,
    /// The one that makes an encoder refuse the number of entries, where the place is the entries.
    TooMany,
    /// The one by which a decoder refuses some bytes of the field.
    Unreadable,
    /// How many entries there may be: a decoder must accept them, an encoder must refuse others.
    Limit,
    /// The one about a bad count whose length does not match either.
    WrongLength,
    /// The one about a count that a receiver may accept.
    MayCount,
    /// The one about the bits of a NaN.
    Payload,
    /// The one about upper-case digits.
    UpperCase,
    /// The one about the order of two fields.
    Ordered,
    /// What an encoder writes to a byte that a decoder ignores, which the table does not name.
    ReservedWritten,
    /// The types and the names that a revision has.
    Known,
    /// A datagram without a byte.
    Empty,
}

impl Breaks {
    /// The id of the rule; none where the place has no such rule.
    pub(super) fn rule(self, place: Option<&Place>, side: Side) -> Option<String> {
        let rule = match (self, side) {
            (Self::Known, Side::Encoder) => return Some("WIRE-4".to_owned()),
            (Self::Known, _) => return Some("WIRE-2".to_owned()),
            (Self::Empty, _) => return Some("WIRE-1".to_owned()),
            (Self::ReservedWritten, _) => return Some("INPUT-9".to_owned()),
            _ => self.of_place(place?, side)?,
        };
        Some(rule.clone())
    }

    fn of_place(self, place: &Place, side: Side) -> Option<&String> {
        let message = place.message();
        let field = place.outer();
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
