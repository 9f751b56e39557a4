//! One way to be wrong, and the mutant that it makes at a location.

use std::sync::Arc;

use rollwire_model::Layout;

use crate::bytes::{
    broken_rule::BrokenRule,
    location::Location,
    mutant::{Mutant, Side},
    mutation::Mutation,
};

pub(super) const EACH: &[Side] = &[Side::Decoder, Side::Encoder, Side::Both];
pub(super) const DECODER: &[Side] = &[Side::Decoder];
pub(super) const ENCODER: &[Side] = &[Side::Encoder];

/// One way to be wrong.
#[derive(Debug)]
pub struct Operator {
    /// A slug: what is done, in a few words.
    pub name: &'static str,
    /// A sentence without a period. `{it}` stands for the location, `{reads}` for what the side does.
    pub fault: &'static str,
    pub(super) at: AppliedAt,
    pub(super) sides: &'static [Side],
    pub(super) breaks: BrokenRule,
    pub(super) mutations: &'static [Mutation],
}

/// Where an operator is applied.
#[derive(Clone, Copy, Debug)]
pub(super) enum AppliedAt {
    /// At every message and field for which this holds.
    Locations(fn(&Location) -> bool),
    /// Once, independent of the message type.
    Once,
}

impl Operator {
    /// The mutant that this operator makes; `None` if it cannot be applied.
    pub(super) fn mutant(
        &self,
        layout: &Layout,
        location: Option<&Arc<Location>>,
        side: Side,
    ) -> Option<Mutant> {
        let rule = self.breaks.rule(location.map(|location| &**location), side)?;
        let slug = location.map_or_else(|| "wire".to_owned(), |location| location.slug());
        let words = location.map_or_else(String::new, |location| location.words());
        let mut mutant = Mutant {
            name: format!("{slug}/{}/{side}", self.name),
            operator: self.name,
            rule,
            fault: self.fault.replace("{reads}", side.verb()).replace("{it}", &words),
            template: self.fault,
            remembers: false,
            side,
            location: location.cloned(),
            mutations: self.mutations,
            types: Vec::new(),
        };
        if let Some(location) = location {
            let name = &location.message().name;
            let mut edited = layout.clone();
            mutant.edit(&mut edited);
            let messages = [layout, &edited].into_iter().filter_map(|it| it.message(name));
            mutant.types = messages.map(|message| message.type_byte).collect();
        }
        Some(mutant)
    }
}
