//! The operation `digest`.

use rollwire_reference::digest::{self, Form, StateRefusal};
use serde_json::{Value, json};

use crate::answer::{Failure, Outcome, Success};

/// Answers `digest`.
///
/// Only the text of the state can be refused. A wrong form, or a state that is not text, is a
/// malformed request.
pub(crate) fn digest(request: &Value) -> Outcome {
    let form = match request["form"].as_str() {
        Some("state_hash") => Form::StateHash,
        Some("episode_ready") => Form::EpisodeReady,
        _ => return Err(Failure::error("`form` is neither `state_hash` nor `episode_ready`")),
    };
    let Some(state) = request["state"].as_str() else {
        return Err(Failure::error("`state` is not text"));
    };
    let digest = digest::digest(form, state)?;
    Ok(Success::Json(json!({"hash": digest.digits, "text": digest.text})))
}

impl From<StateRefusal> for Failure {
    fn from(refusal: StateRefusal) -> Self {
        Self::refused(refusal.class(), &refusal)
    }
}
