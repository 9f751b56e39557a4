//! The file of random scenarios that failed, so that they can be run again.

use std::path::PathBuf;

use rollwire_conformance::event::Event;
use rollwire_conformance::text::shown;
use rollwire_model::vectors::{Scenario, ScenarioFile, ScenarioKind, case::FORMAT, pretty};

use crate::files::{replace, replace_entry};

/// Collects the shortened scenarios from the events of a run.
pub(crate) struct ShrunkFile {
    path: PathBuf,
    /// Whether the user has named the file. A name with the seed can be guessed by others.
    is_named: bool,
    scenarios: Vec<Scenario>,
}

impl ShrunkFile {
    /// No scenario yet. The file has this path, or a name with the seed.
    pub(crate) fn new(path: Option<PathBuf>, seed: u64) -> Self {
        let default = || PathBuf::from(format!("rollwire-shrunk-{seed:016x}.json"));
        let is_named = path.is_some();
        Self { path: path.unwrap_or_else(default), is_named, scenarios: Vec::new() }
    }

    /// Takes an event. At the footer the file is written, if there is a scenario; the result is a note that
    /// belongs before the footer.
    pub(crate) fn event(&mut self, event: &Event) -> Option<Event> {
        match event {
            Event::Check(check) => {
                let shrunk = check.detail.as_ref().and_then(|detail| detail.shrunk.as_deref());
                self.scenarios.extend(shrunk.cloned());
                None
            }
            Event::Footer(_) if !self.scenarios.is_empty() => {
                Some(Event::Note { text: self.write() })
            }
            _ => None,
        }
    }

    fn write(&mut self) -> String {
        let (kind, topic) = (ScenarioKind::Scenario, "shrunk".to_owned());
        let cases = std::mem::take(&mut self.scenarios);
        let file = ScenarioFile { vectors: FORMAT, kind, topic, cases };
        let path = shown(&self.path);
        let write = if self.is_named { replace } else { replace_entry };
        let written = serde_json::to_value(&file)
            .map_err(std::io::Error::from)
            .and_then(|json| write(&self.path, pretty(&json).as_bytes()));
        match written {
            Ok(()) => format!(
                "{path} has the random scenarios that failed, each shortened; `--vectors` with it runs \
                 them again"
            ),
            Err(error) => {
                format!("{path}: random scenarios that failed cannot be written: {error}")
            }
        }
    }
}
