//! Who answers: a process that is started, or an adapter that is running already.

use std::sync::{Arc, atomic::AtomicUsize};

use super::{Failure, args::Target, check::command_or_builtin};
use crate::runner::{Engine, Limits, Process, Respondent, Tcp, Trace};

/// An adapter, and the command that starts it, which is empty where nothing is started.
pub(super) fn adapter(
    target: &Target,
    limits: Limits,
    trace: Trace,
    interrupted: Arc<AtomicUsize>,
) -> Result<(Vec<String>, Box<dyn Respondent>), Failure> {
    if let Some(address) = &target.adapter {
        let tcp = Tcp::new(address.clone(), target.allow_remote, limits, interrupted);
        return Ok((Vec::new(), Box::new(Engine::new(tcp, limits, trace))));
    }
    let command = command_or_builtin(&target.command)?;
    let process = Process::new(command.clone(), interrupted);
    Ok((command, Box::new(Engine::new(process, limits, trace))))
}

/// The arguments without which the same adapter would not be reached, besides its address.
pub(super) fn reaching(target: &Target) -> Vec<String> {
    target.allow_remote.then(|| "--allow-remote".to_owned()).into_iter().collect()
}
