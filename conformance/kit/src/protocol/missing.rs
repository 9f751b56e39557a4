//! What an adapter does not declare, so that a check does not apply.

use std::{collections::BTreeSet, fmt};

use rollwire_model::{Layout, peer::Message, vectors::CheckKind};

use super::{
    hello::{Capability, Hello},
    messages::Direction,
};

/// What an adapter does not declare, so that a check does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A message.
    Message(&'static str),
    /// One direction of a declared message.
    Direction(&'static str, Direction),
    /// A capability.
    Capability(Capability),
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Message(name) => write!(f, "message {name} is not declared"),
            Self::Direction(name, direction) => {
                write!(f, "{} is not declared for message {name}", direction.as_str())
            }
            Self::Capability(capability) => {
                write!(f, "capability {} is not declared", capability.as_str())
            }
        }
    }
}

impl Hello {
    /// What this adapter lacks for a check of this kind, on a message if there is one, with these
    /// further capabilities.
    ///
    /// A message comes before a capability, so that each capability is counted with the checks that
    /// declaring it would add.
    #[must_use]
    pub fn missing(
        &self,
        kind: CheckKind,
        message: Option<&'static str>,
        capabilities: impl IntoIterator<Item = Capability>,
    ) -> Option<Missing> {
        let directions = message.map(|name| (name, self.directions(name)));
        if let Some((name, None)) = directions {
            return Some(Missing::Message(name));
        }
        let mut needed = std::iter::once(Capability::of_check(kind)).chain(capabilities);
        if let Some(capability) = needed.find(|it| !self.declares(*it)) {
            return Some(Missing::Capability(capability));
        }
        let (name, declared) = directions?;
        let mut needed = Direction::of_check(kind).iter().copied();
        let direction = needed.find(|it| declared.as_ref().is_some_and(|all| !all.contains(it)))?;
        Some(Missing::Direction(name, direction))
    }

    /// What this adapter lacks for the session of a peer that needs these capabilities: each of them, and
    /// the messages of its chapter in both directions.
    #[must_use]
    pub fn missing_of_peer(
        &self,
        capabilities: impl IntoIterator<Item = Capability>,
    ) -> Option<Missing> {
        let capabilities: Vec<Capability> = capabilities.into_iter().collect();
        // A random scenario requires nothing, but means nothing to an adapter without a peer.
        if !Capability::OF_PEER.into_iter().any(|it| self.declares(it)) {
            let first = capabilities.first().copied().unwrap_or(Capability::Inputs);
            return Some(Missing::Capability(first));
        }
        let messages = &Layout::builtin().messages;
        let needed = messages.iter().filter(|message| {
            let capability = Message::capability(message.type_byte);
            capability.is_some_and(|it| capabilities.contains(&it))
        });
        for message in needed {
            let Some(declared) = self.directions(&message.name) else {
                return Some(Missing::Message(&message.name));
            };
            let mut directions = Direction::ALL.into_iter();
            if let Some(direction) = directions.find(|it| !declared.contains(it)) {
                return Some(Missing::Direction(&message.name, direction));
            }
        }
        capabilities.into_iter().find(|it| !self.declares(*it)).map(Missing::Capability)
    }

    /// The directions of a message; `None` if it is not declared.
    #[must_use]
    pub fn directions(&self, message: &str) -> Option<BTreeSet<Direction>> {
        match &self.messages {
            None => Some(Direction::ALL.into()),
            Some(declared) => declared.get(message).cloned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Messages;

    #[test]
    fn a_message_comes_before_a_capability_and_a_direction_after_it() {
        let hello = |messages: Messages| Hello {
            parameters: rollwire_model::peer::Parameters::default(),
            implementation: crate::protocol::Implementation {
                name: String::new(),
                version: String::new(),
                language: String::new(),
            },
            revision: 7,
            capabilities: [Capability::Decode, Capability::Reencode].into(),
            messages: Some(messages),
            window: 1,
            sessions: 1,
        };
        let ping = ("ping".to_owned(), [Direction::Decode].into());
        let partial = hello(Messages::from([ping]));
        let none: [Capability; 0] = [];
        let missing = |kind, message| partial.missing(kind, message, none);
        assert_eq!(missing(CheckKind::Decode, Some("ping")), None);
        assert_eq!(missing(CheckKind::Decode, None), None);
        assert_eq!(missing(CheckKind::Encode, Some("pong")), Some(Missing::Message("pong")));
        assert_eq!(
            missing(CheckKind::Encode, Some("ping")),
            Some(Missing::Capability(Capability::Encode))
        );
        assert_eq!(
            missing(CheckKind::Reencode, Some("ping")),
            Some(Missing::Direction("ping", Direction::Encode))
        );
        let nan = partial.missing(CheckKind::Decode, Some("ping"), [Capability::NanPayload]);
        assert_eq!(nan, Some(Missing::Capability(Capability::NanPayload)));
    }
}
