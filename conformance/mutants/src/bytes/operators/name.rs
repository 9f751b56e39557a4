//! Names of messages that an encoder accepts in another form.

use rollwire_model::Layout;

use super::operator::{AppliedAt, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "names-in-any-case",
        fault: "encodes a message whose name is written in upper case",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| Some(name.to_ascii_lowercase()))],
    },
    Operator {
        name: "names-trimmed",
        fault: "encodes a message whose name has spaces around it",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| Some(name.trim().to_owned()))],
    },
    Operator {
        name: "names-up-to-a-nul",
        fault: "encodes a message whose name is followed by a NUL",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| name.split('\0').next().map(str::to_owned))],
    },
    Operator {
        name: "names-without-blanks-of-unicode",
        fault: "encodes a message whose name has blanks outside ASCII around it",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| {
            let is_blank = |it: char| it.is_whitespace() && !it.is_ascii();
            Some(name.trim_matches(is_blank).to_owned())
        })],
    },
    Operator {
        name: "names-in-any-case-of-unicode",
        fault: "encodes a message whose name is the same in the upper case of Unicode",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| {
            let is_other = |it: char| !it.is_ascii();
            name.contains(is_other).then(|| name.to_uppercase().to_lowercase())
        })],
    },
    Operator {
        name: "names-with-spaces",
        fault: "encodes a message whose name is written with a space",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| Some(name.replace(' ', "_")))],
    },
    Operator {
        name: "names-with-hyphens",
        fault: "encodes a message whose name is written with hyphens",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, _| Some(name.replace('-', "_")))],
    },
    Operator {
        name: "names-in-camel-case",
        fault: "encodes a message whose name is written in camel case",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, layout| {
            let snake = |it: &&str| it.replace('_', "") == name.to_ascii_lowercase();
            names(layout).find(snake).map(str::to_owned)
        })],
    },
    Operator {
        name: "names-by-their-beginning",
        fault: "encodes a message if only the beginning of its name is given",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, layout| {
            let begins = |it: &&str| !name.is_empty() && it.starts_with(name);
            if names(layout).any(|it| it == name) {
                None
            } else {
                names(layout).find(begins).map(str::to_owned)
            }
        })],
    },
    Operator {
        name: "names-with-an-end",
        fault: "encodes a message whose name is followed by something else",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, layout| {
            let longest = names(layout).filter(|it| name.starts_with(it)).max_by_key(|it| it.len());
            longest.map(str::to_owned)
        })],
    },
    Operator {
        name: "names-as-type-bytes",
        fault: "encodes a message whose type byte is given as its name",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, layout| {
            let number: u8 = name.parse().ok()?;
            let message = layout.messages.iter().find(|it| it.type_byte == number);
            message.map(|it| it.name.clone())
        })],
    },
    Operator {
        name: "unknown-names-are-keepalive",
        fault: "encodes KEEPALIVE for an unknown name",
        at: AppliedAt::Once,
        sides: ENCODER,
        breaks: BrokenRule::Known,
        mutations: &[Mutation::Name(|name, layout| {
            let known = names(layout).any(|it| it == name);
            (!known).then(|| "keepalive".to_owned())
        })],
    },
];

fn names(layout: &Layout) -> impl Iterator<Item = &str> {
    layout.messages.iter().map(|it| &*it.name)
}
