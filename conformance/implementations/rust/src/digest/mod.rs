//! The digest of a state: its canonical text and the hash of that, as in `spec/digest.md`.
//!
//! See [`digest`] for an example.
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod form;
mod json;
mod numbers;
mod refusal;
mod strings;
mod values;

use md5::Md5;
use sha2::{Digest as _, Sha256};

pub use self::form::Form;
pub use self::refusal::StateRefusal;

/// The digest of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateDigest {
    /// The canonical text, in ASCII. Compare it with the peer's where two digests differ.
    pub text: String,
    /// The digits in lower-case hex: 16 or 8, by the form.
    pub digits: String,
}

/// Makes the digest of a state that is given as JSON text.
///
/// Two texts of the same state have the same digest: blanks and the order of keys do not matter.
/// `1` and `1.0` are the same number in STATE_HASH, but not in EPISODE_READY, so hand over the text
/// itself there.
///
/// Memory is linear in the length of the text, and so is time apart from sorting keys.
///
/// ```
/// use rollwire_reference::digest::{self, Form};
///
/// let digested = digest::digest(Form::StateHash, r#"{"t": 0, "x": 1.0}"#)?;
/// assert_eq!(digested.text, r#"{"t":0,"x":1}"#);
/// assert_eq!(digested.digits, "cd8696e8a5f91a4d");
///
/// // The same state, written in another way.
/// let other = digest::digest(Form::StateHash, r#"{"x": 1e0, "t": 0}"#)?;
/// assert_eq!(other, digested);
///
/// // Sixteen digits are what the exchange confirms.
/// let hash: rollwire_codec::Digest = digested.digits.parse()?;
///
/// // A text without a digest is refused.
/// let refusal = digest::digest(Form::StateHash, "[NaN]").unwrap_err();
/// assert_eq!(refusal.to_string(), "the state is not valid JSON at byte 1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the text is not JSON, is neither an object nor an array, or exceeds a limit of the chapter.
pub fn digest(form: Form, state: &str) -> Result<StateDigest, StateRefusal> {
    let text = json::read(form, state)?.into_canonical_text(form);
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
