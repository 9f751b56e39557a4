//! This kit, as a process of its own.

use std::{
    io::Read,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use rollwire_conformance::{check::bytes::plan::body, vectors::VectorSet};
use rollwire_model::Layout;

use crate::{Outcome, memory::watch, speed};

/// `rollwire check` over the published cases about bytes.
pub(crate) struct Kit {
    requests: Vec<String>,
    filters: Vec<String>,
}

/// The time and memory of one run.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    checks: usize,
    pub(crate) time: Duration,
    /// VmHWM of the runner in KiB, if `/proc` reports it.
    pub(crate) memory: Option<f64>,
}

impl Run {
    pub(crate) fn speed(&self) -> f64 {
        speed(self.checks, self.time)
    }
}

impl Kit {
    pub(crate) fn new() -> Outcome<Self> {
        let revision = Layout::builtin().revision;
        let set = VectorSet::builtin()?;
        let cases = set.bytes().filter(|case| case.applies_to(revision));
        let bodies = cases.flat_map(|case| case.checks.iter().filter_map(|kind| body(case, *kind)));
        let requests = bodies.map(|body| body.with_id(1)).collect();
        // Scenarios are many requests each, so they are left out by the topics of their files.
        let mut filters: Vec<String> = set
            .scenarios()
            .filter_map(|scenario| scenario.id.split_once('/'))
            .map(|(topic, _)| format!("!{topic}/*"))
            .collect();
        filters.dedup();
        Ok(Self { requests, filters })
    }

    /// How many checks one round has.
    pub(crate) fn checks(&self) -> usize {
        self.requests.len()
    }

    /// The request of each check, with the id 1.
    pub(crate) fn requests(&self) -> &[String] {
        &self.requests
    }

    /// Runs all checks `repeat` times; every one must pass.
    pub(crate) fn run(&self, adapter: &[String], window: u32, repeat: u32) -> Outcome<Run> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
        // A pause of the machine must not count as a timeout of the adapter.
        command.args(["check", "--fresh", "0", "--timeout", "60s"]);
        command.args(["--window", &window.to_string(), "--repeat", &repeat.to_string()]);
        for filter in &self.filters {
            command.args(["--filter", filter]);
        }
        command.arg("--").args(adapter);
        let began = Instant::now();
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let memory = watch(&mut child);
        let time = began.elapsed();
        let mut said = String::new();
        if let Some(mut stdout) = child.stdout.take() {
            stdout.read_to_string(&mut said)?;
        }
        let checks = self.checks() * usize::try_from(repeat)?;
        let summary = said.lines().last().unwrap_or_default().replace(',', "");
        if !summary.contains(&format!(" {checks} passed 0 failed 0 weak")) {
            return Err(format!("expected {checks} passed: {said}").into());
        }
        Ok(Run { checks, time, memory })
    }
}
