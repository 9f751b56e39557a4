//! What an exchange can have or not, as it declares.

use super::behaviour::Behaviour;
use crate::Capability;

/// The variant of an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    /// Whether it compares: the capability `detect`.
    pub detects: bool,
    /// How often it sends each hash, 1 to 3, if its hashes last: the capability `lasting-hashes`.
    pub hash_sends: Option<u8>,
}

impl Variant {
    /// An exchange that compares, and uses each of the peer's hashes up.
    pub const DETECTS: Self = Self { detects: true, hash_sends: None };

    /// The same, with hashes that last and are sent once.
    pub const LASTS: Self = Self { detects: true, hash_sends: Some(1) };

    /// What these capabilities declare, with the parameter `hash_sends`.
    #[must_use]
    pub fn declared(declares: impl Fn(Capability) -> bool, hash_sends: u8) -> Self {
        let lasts = declares(Capability::LastingHashes);
        Self {
            detects: declares(Capability::Detect),
            hash_sends: lasts.then_some(hash_sends.max(1)),
        }
    }

    /// What the specification demands of it in a revision.
    #[must_use]
    pub const fn rules(self, revision: u8) -> Behaviour {
        match self.hash_sends {
            Some(_) => Behaviour::LASTING,
            None => Behaviour::of(revision),
        }
    }

    /// The rule that takes the place of this one, if the hashes last.
    #[must_use]
    pub fn in_place_of(self, rule: &str) -> Option<&'static str> {
        self.hash_sends?;
        REPLACED.into_iter().find(|(replaced, _)| *replaced == rule).map(|it| it.1)
    }
}

/// The rules that do not apply to hashes that last, and those that take their places.
pub const REPLACED: [(&str, &str); 7] = [
    ("EXCH-12", "EXCH-36"),
    ("EXCH-14", "EXCH-36"),
    ("EXCH-21", "EXCH-35"),
    ("DETECT-4", "DETECT-16"),
    ("DETECT-5", "DETECT-17"),
    ("DETECT-6", "DETECT-18"),
    ("DETECT-10", "DETECT-17"),
];
