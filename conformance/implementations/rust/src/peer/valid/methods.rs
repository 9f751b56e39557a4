//! What a peer does of it.

use rollwire_codec::{ValidationPing, ValidationPong};

use super::{State, Validation, ValidationState};
use crate::peer::{Line, Peer};

impl Peer {
    /// How far the validation of the channel has come.
    #[must_use]
    pub const fn validation(&self) -> ValidationState {
        match self.validation.state {
            State::Idle => ValidationState::Idle,
            State::Validating(_) => ValidationState::Validating,
            State::Validated => ValidationState::Validated,
            State::Failed => ValidationState::Failed,
        }
    }

    /// Answers with the same bits in every state (VALID-3), and counts the ping (VALID-4).
    pub(crate) fn receive_validation_ping(&mut self, ping: ValidationPing, line: &mut Line<'_>) {
        line.send(ValidationPong { timestamp: ping.timestamp });
        self.validate(Validation::see_ping);
    }

    pub(crate) fn receive_validation_pong(&mut self, pong: ValidationPong) {
        self.validate(|validation| validation.see_pong(pong.timestamp));
    }

    /// The first PING is due 500 ms after the step that completes the validation (LIVE-1).
    fn validate(&mut self, step: impl FnOnce(&mut Validation)) {
        let was_validated = self.validation.is_validated();
        step(&mut self.validation);
        if !was_validated && self.validation.is_validated() && self.chapters.liveness {
            self.liveness.begin(self.now);
        }
    }
}
