//! What to run.

use crate::{
    baseline::Baseline,
    check::digest::cause::{FindFault, no_known_fault},
    diagnosis::{FindSuspects, no_suspects},
    vectors::filter::Filter,
};

/// What to run; the limits belong to the engine.
#[derive(Clone, Debug)]
pub struct Options {
    /// The adapter's command line, for the report.
    pub command: Vec<String>,
    /// The arguments that a rerun of a check needs, for the report.
    pub arguments: Vec<String>,
    /// Which cases.
    pub filter: Filter,
    /// The seed of the fresh cases.
    pub seed: u64,
    /// How many fresh cases per message; 0 for none.
    pub fresh: u32,
    /// How often every check is asked.
    pub repeat: u64,
    /// Select the cases for this revision instead of the one that the adapter declares.
    pub revision: Option<u8>,
    /// Whether to ask the checks although the probes show that no implementation answers, so that
    /// everything that is wrong is listed at once. The run is incomplete all the same.
    pub tolerates_probes: bool,
    /// Whether a weak check fails the run.
    pub strict: bool,
    /// Which checks are expected to fail.
    pub baseline: Baseline,
    /// Finds the known fault that explains a wrong digest.
    pub find_fault: FindFault,
    /// Hands in the known wrong implementations, whose answers explain failures.
    pub find_suspects: FindSuspects,
}

/// Every published case once: no filter, no fresh cases, no baseline, no known faults.
impl Default for Options {
    fn default() -> Self {
        Self {
            command: Vec::new(),
            arguments: Vec::new(),
            filter: Filter::default(),
            seed: 0,
            fresh: 0,
            repeat: 1,
            revision: None,
            tolerates_probes: false,
            strict: false,
            baseline: Baseline::default(),
            find_fault: no_known_fault,
            find_suspects: no_suspects,
        }
    }
}
