//! The member `setup` of a header: what the peer of the own side was created with.

use rollwire_conformance::text::shorten;
use rollwire_model::{
    Capability,
    peer::{Areas, Parameters, Setup},
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::fault::LineFault;

/// What the peer of the own side was created with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeerSetup {
    /// Its place in the game.
    pub setup: Setup,
    /// The numbers that it chose.
    pub parameters: Parameters,
    /// The chapters that it has, without those about hashes.
    pub areas: Areas,
}

impl PeerSetup {
    pub(super) fn json(self) -> Json {
        let Setup { local, first_frame } = self.setup;
        let mut members = Map::new();
        members.insert("local".to_owned(), json!(local));
        members.insert("first_frame".to_owned(), json!(first_frame));
        // What is left out has its default.
        if self.parameters != Parameters::default() {
            members.insert("parameters".to_owned(), json!(self.parameters));
        }
        let chapters = Capability::OF_PEER.into_iter().filter(|it| self.areas.has(*it));
        let chapters: Vec<&str> = chapters.map(Capability::as_str).collect();
        if chapters.len() < Capability::OF_PEER.len() {
            members.insert("capabilities".to_owned(), json!(chapters));
        }
        Json::Object(members)
    }
}

/// The members as they are written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Members {
    local: u8,
    #[serde(default)]
    first_frame: u32,
    #[serde(default)]
    parameters: Parameters,
    capabilities: Option<Vec<String>>,
}

impl Members {
    pub(super) fn peer(self) -> Result<PeerSetup, LineFault> {
        let Self { local, first_frame, parameters, capabilities } = self;
        let latest = rollwire_model::Layout::builtin().revision;
        if local > 1 {
            return Err(LineFault::Local(local));
        }
        if let Some((name, range)) = parameters.out_of_range(latest) {
            return Err(LineFault::Parameter(name, range));
        }
        let chapter = |name: &String| Capability::named(name).is_some_and(Capability::is_of_peer);
        if let Some(name) = capabilities.iter().flatten().find(|name| !chapter(name)) {
            return Err(LineFault::Chapter(shorten(name)));
        }
        let has = |capability: Capability| match &capabilities {
            Some(named) => named.iter().any(|name| name == capability.as_str()),
            None => capability.is_of_peer(),
        };
        let areas = Areas::declared(has);
        let areas = Areas { exchange: false, detect: false, lasting_hashes: false, ..areas };
        Ok(PeerSetup { setup: Setup { local, first_frame }, parameters, areas })
    }
}
