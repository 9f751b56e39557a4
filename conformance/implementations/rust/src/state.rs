//! The request `digest` of `spec/adapter.md`, in front of [`digest`].

use serde_json::{Value, json};

use crate::adapter::{Failure, broken};
use crate::digest::{Form, digest};

/// Answers `digest`. What is refused is the text of the state; the rest is the kit's.
pub(crate) fn digest_of(request: &Value) -> Result<Value, Failure> {
    let form = match request["form"].as_str() {
        Some("state_hash") => Form::StateHash,
        Some("episode_ready") => Form::EpisodeReady,
        _ => return Err(broken(&"no form of the digest has this name")),
    };
    let state = request["state"].as_str().ok_or_else(|| broken(&"`state` is not given as text"))?;
    let digest = digest(form, state)?;
    Ok(json!({"hash": digest.digits, "text": digest.text}))
}
