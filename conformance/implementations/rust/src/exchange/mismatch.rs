//! What a comparison of two hashes that differ finds.

use rollwire_codec::Digest;

/// Two hashes of one frame that differ: the peers are not in the same state (DETECT-6, DETECT-18).
///
/// The desync may have begun earlier: the frame of the first mismatch is only the first one that
/// was found to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mismatch {
    /// The frame that both peers have hashed.
    pub frame: u32,
    /// The own hash.
    pub local: Digest,
    /// The peer's hash.
    pub peer: Digest,
}
