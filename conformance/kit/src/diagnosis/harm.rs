//! How much a failure harms a game.

use rollwire_model::vectors::CheckKind;

use super::failure::Failure;
use crate::{event::Harm, verdict::Code};

/// The harm of one failure.
pub(super) fn of(failure: &Failure) -> Harm {
    match failure.code {
        Code::Crash
        | Code::Timeout
        | Code::Garbage
        | Code::Unstable
        | Code::Nondeterministic
        | Code::WrongSent
        | Code::WrongState
        | Code::WrongDetection
        | Code::WrongDigest => Harm::Diverges,
        Code::WrongValue | Code::WrongBytes | Code::Malformed => Harm::WrongData,
        Code::Accepted => Harm::Accepts,
        // An exception where a refusal was right harms less than one in a scenario.
        Code::AdapterError if failure.name.check == CheckKind::Run => Harm::Diverges,
        Code::Refused | Code::Unsupported | Code::AdapterError => Harm::Refuses,
        Code::Alternative | Code::WrongClass => Harm::Cosmetic,
    }
}
