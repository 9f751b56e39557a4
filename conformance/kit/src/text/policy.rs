//! What a page may run and show: its own style and script, and nothing else.

use base64::Engine as _;
use sha2::{Digest, Sha256};

/// The content security policy of a page with this style and this script, which allows only them.
#[must_use]
pub fn policy(style: &str, script: Option<&str>) -> String {
    let source = |text: &str| {
        let digest = Sha256::digest(text.as_bytes());
        format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(digest))
    };
    let script = script.map(|script| format!(" script-src {};", source(script)));
    format!(
        "default-src 'none'; style-src {};{} base-uri 'none'; form-action 'none'",
        source(style),
        script.unwrap_or_default()
    )
}
