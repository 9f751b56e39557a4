//! The header of a log: what the session is about, and what its lines show (`spec/trace.md`).

use std::collections::BTreeMap;

use rollwire_model::{
    Layout,
    peer::{Areas, Parameters, Setup},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    line_fault::{LineFault, VERSION, revisions},
    line_list::Bounded,
};
use crate::{check::scenario::visible::Visible, protocol::Capability, text::shorten};

/// The most own entries that a logged peer may keep, so that the memory stays bounded.
const KEPT: u32 = 65_536;

/// How a session is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The protocol revision.
    pub revision: u8,
    /// The members of observations that the lines show.
    pub shown: Visible,
    /// The peer that it is about; none for an exchange.
    pub peer: Option<LoggedPeer>,
}

/// A whole peer whose session is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoggedPeer {
    /// Its place in the game.
    pub setup: Setup,
    /// Its numbers.
    pub parameters: Parameters,
    /// The chapters that it has.
    pub areas: Areas,
}

/// The members of a header.
#[derive(Debug, Deserialize)]
pub(super) struct HeaderMembers {
    trace: u64,
    revision: Option<u8>,
    #[serde(default)]
    capabilities: Bounded<String>,
    peer: Option<Setup>,
    #[serde(default)]
    parameters: BTreeMap<String, u64>,
}

impl HeaderMembers {
    /// The header with these members.
    ///
    /// # Errors
    /// What is wrong with the first of them.
    pub(super) fn read(self) -> Result<Header, LineFault> {
        if self.trace != VERSION {
            return Err(LineFault::Version(self.trace));
        }
        let revision = self.revision.unwrap_or(*revisions().end());
        if !revisions().contains(&revision) {
            return Err(LineFault::Revision(revision));
        }
        let mut declared = Vec::new();
        for name in &self.capabilities.0 {
            let known = Capability::ALL.into_iter().find(|it| it.as_str() == name);
            declared.push(known.ok_or_else(|| LineFault::Capability(shorten(name)))?);
        }
        let has = |capability| declared.contains(&capability);
        if has(Capability::LastingHashes) {
            return Err(LineFault::Lasting);
        }
        let peer = match self.peer {
            None if has(Capability::Exchange) => None,
            None => return Err(LineFault::NoExchange),
            Some(_) if revision != Layout::builtin().revision => {
                return Err(LineFault::RevisionOfPeer(revision));
            }
            Some(setup) => {
                let parameters = parameters(self.parameters, revision)?;
                let areas = areas(&declared)?;
                Some(LoggedPeer { setup: place(setup)?, parameters, areas })
            }
        };
        let shown = Visible {
            peer: peer.map(|it| it.areas),
            inspect: has(Capability::Inspect),
            detect: has(Capability::Detect),
        };
        Ok(Header { revision, shown, peer })
    }
}

fn place(setup: Setup) -> Result<Setup, LineFault> {
    if setup.local > 1 { Err(LineFault::Local(setup.local)) } else { Ok(setup) }
}

/// The chapters of a peer, each with what it needs.
fn areas(declared: &[Capability]) -> Result<Areas, LineFault> {
    if !declared.iter().any(|it| it.is_of_peer()) {
        return Err(LineFault::NoChapter);
    }
    for capability in declared {
        let needed = capability.needs();
        if !needed.is_empty() && !needed.iter().any(|it| declared.contains(it)) {
            return Err(LineFault::Needs(*capability, needed[0]));
        }
    }
    Ok(Areas::declared(|capability| declared.contains(&capability)))
}

/// The defaults of the revision, with those that are given.
fn parameters(given: BTreeMap<String, u64>, revision: u8) -> Result<Parameters, LineFault> {
    let defaults = Parameters::of(revision);
    let mut all = serde_json::to_value(defaults).unwrap_or_default();
    for (name, number) in given {
        match all.get_mut(&name) {
            Some(place) => *place = json!(number),
            None => return Err(LineFault::Parameter(shorten(&name))),
        }
    }
    let read = |all: Value| serde_json::from_value::<Parameters>(all);
    let parameters = read(all).map_err(|error| LineFault::Unreadable(error.to_string()))?;
    match parameters.out_of_range(revision) {
        Some((name, range)) => Err(LineFault::ParameterRange(name, range)),
        None if parameters.kept > KEPT => Err(LineFault::Kept),
        None => Ok(parameters),
    }
}
