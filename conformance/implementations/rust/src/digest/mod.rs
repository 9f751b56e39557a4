//! The digest of a state: canonical text and hash, as `spec/digest.md` has them.
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod json;
mod numbers;
mod refusal;
mod strings;
mod values;

use md5::Md5;
use sha2::{Digest as _, Sha256};

pub use self::refusal::StateRefusal;

/// Which of the two digests a state gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The 16 digits of STATE_HASH.
    StateHash,
    /// The 8 digits of EPISODE_READY.
    EpisodeReady,
}

/// A state that has become text and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateDigest {
    /// The canonical text, which is ASCII.
    pub text: String,
    /// The digits: lower-case hex, as many as the form has.
    pub digits: String,
}

/// The digest of a state, which is JSON text.
///
/// Time and memory grow with the length of the text, but for the sorting of keys.
///
/// ```
/// use rollwire_reference::digest::{Form, digest};
///
/// let digest = digest(Form::StateHash, r#"{"t": 0, "x": 1.0}"#)?;
/// assert_eq!(digest.text, r#"{"t":0,"x":1}"#);
/// assert_eq!(digest.digits, "cd8696e8a5f91a4d");
/// # Ok::<(), rollwire_reference::digest::StateRefusal>(())
/// ```
///
/// # Errors
/// When the text is no JSON, no object or array, or beyond the limits of the chapter.
pub fn digest(form: Form, state: &str) -> Result<StateDigest, StateRefusal> {
    let text = json::read(form, state)?.written(form);
    let digits = digits(form, &text);
    Ok(StateDigest { text, digits })
}

/// DIGEST-26, DIGEST-27.
fn digits(form: Form, text: &str) -> String {
    let mut digits = match form {
        Form::StateHash => hex::encode(Sha256::digest(text)),
        Form::EpisodeReady => hex::encode(Md5::digest(text)),
    };
    digits.truncate(match form {
        Form::StateHash => 16,
        Form::EpisodeReady => 8,
    });
    digits
}
