//! Arbitrary bytes: codec and model agree on value, class and offset, and an accepted datagram is encoded
//! again in its canonical form. The input is the datagram.

use std::sync::LazyLock;

use rollwire_agreement::agree;
use rollwire_model::Model;

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// Runs the target.
pub fn run(bytes: &[u8]) {
    agree(&MODEL, bytes);
}
