//! The hashes: DIGEST-26 and DIGEST-27.

use md5::Md5;
use sha2::{Digest, Sha256};

use super::form::Form;
use crate::hex;

/// DIGEST-26
pub(super) fn sixteen_digits(text: &str) -> String {
    beginning(&Sha256::digest(text.as_bytes()), Form::StateHash)
}

/// DIGEST-27
pub(super) fn eight_digits(text: &str) -> String {
    beginning(&Md5::digest(text.as_bytes()), Form::EpisodeReady)
}

fn beginning(hash: &[u8], form: Form) -> String {
    hex::plain(&hash[..form.digits() / 2])
}
