//! The hello of an adapter for which every check can be asked.

use std::sync::LazyLock;

use rollwire_conformance::protocol::{Capability, Hello, Implementation};

/// A hello that declares every capability.
pub(crate) static FULL_HELLO: LazyLock<Hello> = LazyLock::new(|| Hello {
    implementation: Implementation {
        name: "fuzz".to_owned(),
        version: "1".to_owned(),
        language: "Rust".to_owned(),
    },
    revision: 7,
    capabilities: Capability::ALL.into(),
    messages: None,
    window: 64,
    sessions: 2,
    parameters: rollwire_model::peer::Parameters::default(),
});
