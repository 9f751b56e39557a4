//! The published set: embedded in the program, and checked against its manifest.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    case::Origin,
    fault::VectorsFault,
    file::parse_file,
    set::{VectorSet, VectorsId},
};

/// Embeds published files under the names that the manifest uses.
macro_rules! embedded {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../../vectors/", $path)))),*]
    };
}

/// The path of each published file below `vectors/`, and its text.
pub const FILES: &[(&str, &str)] = embedded![
    "codec/input.json",
    "codec/ping.json",
    "codec/pong.json",
    "codec/keepalive.json",
    "codec/episode_end.json",
    "codec/episode_ready.json",
    "codec/state_hash.json",
    "codec/validation_ping.json",
    "codec/validation_pong.json",
    "codec/input_request.json",
    "codec/input_response.json",
    "codec/focus_state.json",
    // Last, because a wrong message fails here too, and its own cases explain the failure better.
    "codec/wire.json",
    "codec/unknown_type.json",
    "exchange/confirm.json",
    "exchange/send.json",
    "exchange/refusal.json",
    "exchange/receive.json",
    "exchange/rollback.json",
    "exchange/reset.json",
    "exchange/compare.json",
    "exchange/detect_rollback.json",
    "exchange/lasting.json",
    "exchange/play.json",
    "peer/common.json",
    "peer/sync.json",
    "peer/live.json",
    "peer/valid.json",
    "peer/episode.json",
    "peer/catchup.json",
    "peer/focus.json",
    // The hash of a simple state first, then the parts of its text.
    "digest/games.json",
    "digest/structure.json",
    "digest/keys.json",
    "digest/strings.json",
    "digest/surrogates.json",
    "digest/numbers.json",
    "digest/rounding.json",
    "digest/exact.json",
    "digest/refused.json",
    "digest/lenient.json",
    "digest/readers.json",
    "digest/sizes.json",
];

/// The published manifest.
pub const MANIFEST: &str = include_str!("../../../../vectors/manifest.json");

/// The published descriptions of flags.
pub const FLAGS: &str = include_str!("../../../../vectors/flags.json");

#[derive(Deserialize)]
struct Manifest {
    name: String,
    version: String,
    files: Vec<ManifestFile>,
}

#[derive(Deserialize)]
struct ManifestFile {
    path: String,
    sha256: String,
}

/// The published set, read and checked once.
static BUILTIN: LazyLock<Result<VectorSet, String>> = LazyLock::new(|| published(MANIFEST, FILES));

impl VectorSet {
    /// The published set, checked against its manifest.
    ///
    /// # Errors
    /// [`VectorsFault::Damaged`], which leads to exit code 5.
    pub fn builtin() -> Result<&'static Self, VectorsFault> {
        BUILTIN.as_ref().map_err(|reason| VectorsFault::Damaged(reason.clone()))
    }
}

/// The set of these files, which must be exactly those that the manifest lists.
fn published(listing: &str, files: &[(&str, &str)]) -> Result<VectorSet, String> {
    let manifest: Manifest =
        serde_json::from_str(listing).map_err(|error| format!("manifest.json: {error}"))?;
    let listed: BTreeMap<&str, &str> =
        manifest.files.iter().map(|file| (&*file.path, &*file.sha256)).collect();
    if listed.len() != files.len() {
        return Err("the manifest does not list exactly the files of the set".to_owned());
    }
    let mut cases = Vec::new();
    for (path, text) in files {
        let digest = sha256(text.as_bytes());
        if listed.get(path) != Some(&&*digest) {
            return Err(format!("{path} has SHA-256 {digest}, which the manifest does not list"));
        }
        let file = parse_file(text, Origin::Published);
        cases.extend(file.map_err(|error| format!("{path}: {error}"))?);
    }
    let id = VectorsId {
        name: manifest.name,
        version: manifest.version,
        sha256: sha256(listing.as_bytes()),
    };
    Ok(VectorSet::new(id, cases))
}

fn sha256(bytes: &[u8]) -> String {
    rollwire_model::hex::plain(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_files_are_exactly_those_of_the_manifest() {
        assert!(published(MANIFEST, FILES).is_ok());
        let damaged = |files: &[(&str, &str)]| published(MANIFEST, files).unwrap_err();
        assert_eq!(damaged(&FILES[1..]), "the manifest does not list exactly the files of the set");
        let mut changed = FILES.to_vec();
        changed[0].1 = "{}";
        assert!(damaged(&changed).contains("which the manifest does not list"));
    }
}
