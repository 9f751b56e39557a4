//! The misbehaving adapters, each checked by this program in a process of its own.
//!
//! How long a run takes also depends on the machine, so the time is shown, and is wrong only if the run
//! seems never to end. Nothing of the adapter may be left behind: no process, no file, and no change of the
//! terminal. A run with a wrong result is repeated, with no other run at the same time, and the
//! output says how often.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use rollwire_conformance::text::plural;
use serde_json::json;

use super::surroundings::Surroundings;
use crate::{
    args::Selftest,
    misbehave::{self, Misbehaviour, PATIENCE, RUNNER, STARTUP, TIMEOUT},
    style::{red, strong},
};

/// A run may take its limit and this much longer; a run that takes this many times as long does
/// not end.
const GRACE: Duration = Duration::from_secs(1);
const ENDLESS: u32 = 20;

/// The runner may need this much memory, whatever the adapter does.
const MEMORY_KIB: u64 = 96 * 1024;

/// How many runs there are at the same time. Most of them wait.
const AT_ONCE: usize = 4;

/// How often an adapter is checked at most, until the result is right.
const ATTEMPTS: u32 = 3;

/// How many bytes of a report are read.
const LONGEST_REPORT: u64 = 4 * 1024 * 1024;

/// The result of one run.
struct Ended {
    misbehaviour: Misbehaviour,
    exit: Option<i32>,
    took: Duration,
    /// The peak memory of the runner in KiB, if the system reports it.
    memory: Option<u64>,
    /// What is wrong with the result.
    faults: Vec<String>,
    /// How often it was checked. This is the result of the last time.
    attempts: u32,
    /// What was wrong with the earlier results.
    before: Vec<String>,
}

/// Prints the results. Returns whether all are right.
pub(crate) fn run(arguments: &Selftest, out: &mut dyn Write) -> io::Result<bool> {
    let ended = run_all()?;
    if arguments.json {
        print_json(&ended, out)?;
    } else {
        print(&ended, out)?;
    }
    Ok(ended.iter().all(|it| it.faults.is_empty()))
}

/// Runs all of them.
fn run_all() -> io::Result<Vec<Ended>> {
    let rows = misbehave::all();
    let next = AtomicUsize::new(0);
    let ended = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        let work = || -> io::Result<()> {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(row) = rows.get(at) else { return Ok(()) };
                let it = check(*row)?;
                ended.lock().unwrap_or_else(PoisonError::into_inner).insert(at, it);
            }
        };
        let worker = |_| thread::Builder::new().spawn_scoped(scope, work);
        let workers = (0..AT_ONCE).map(worker).collect::<io::Result<Vec<_>>>()?;
        let broke = || io::Error::other("a run broke");
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| broke())?)
    })?;
    let ended = ended.into_inner().unwrap_or_else(PoisonError::into_inner);
    ended.into_values().map(|it| it.settled(check)).collect()
}

fn check(misbehaviour: Misbehaviour) -> io::Result<Ended> {
    let began = Instant::now();
    let surroundings = Surroundings::new(misbehaviour.on_a_terminal)?;
    let mut child = command(&misbehaviour, &surroundings)?.spawn()?;
    let pipe = child.stdout.take();
    let read = move || {
        let mut bytes = Vec::new();
        let _ = pipe.map(|pipe| pipe.take(LONGEST_REPORT).read_to_end(&mut bytes));
        String::from_utf8_lossy(&bytes).into_owned()
    };
    let report = thread::Builder::new().spawn(read);
    let limit = ENDLESS * (misbehaviour.limit + GRACE);
    let mut memory = None;
    let exit = loop {
        memory = memory.max(peak_memory(&child));
        if let Some(status) = child.try_wait()? {
            break status.code();
        }
        if began.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            break None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    let took = began.elapsed();
    let report = report?.join().unwrap_or_default();
    let mut ended = Ended {
        misbehaviour,
        exit,
        took,
        memory,
        faults: Vec::new(),
        attempts: 1,
        before: Vec::new(),
    };
    ended.judge(&report);
    ended.faults.extend(surroundings.left_behind());
    Ok(ended)
}

fn command(misbehaviour: &Misbehaviour, surroundings: &Surroundings) -> io::Result<Command> {
    let program = std::env::current_exe()?;
    let millis = |time: Duration| format!("{}ms", time.as_millis());
    let limits = [
        ("--startup-timeout", millis(STARTUP)),
        ("--timeout", millis(TIMEOUT)),
        ("--patience", millis(PATIENCE)),
        ("--deadline", "2m".to_owned()),
        ("--fresh", "0".to_owned()),
    ];
    let mut command = Command::new(&program);
    if let Some(terminal) = surroundings.terminal() {
        command.args(["adapter", "--misbehave", RUNNER, "--", terminal]).arg(&program);
    }
    surroundings.surround(&mut command);
    command.args(["check", "--seed", "1", "--verbose"]);
    command.args(["--filter", "p?ng/*", "--filter", "exchange-send/not-*"]);
    for (name, value) in limits {
        if !misbehaviour.arguments.contains(&name) {
            command.args([name, &value]);
        }
    }
    command.args(misbehaviour.arguments).arg("--").arg(&program);
    command.args(["adapter", "--misbehave", misbehaviour.name]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    // A backtrace would push the message out of what is kept of standard error.
    command.env("NO_COLOR", "1").env_remove("RUST_BACKTRACE");
    Ok(command)
}

/// The most memory that a process has had so far, in KiB.
fn peak_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

impl Ended {
    fn judge(&mut self, report: &str) {
        let Misbehaviour { exit, says, .. } = self.misbehaviour;
        if self.exit != Some(i32::from(exit)) {
            let found =
                self.exit.map_or("none, it was killed because it did not end".to_owned(), |it| {
                    it.to_string()
                });
            self.faults.push(format!("exit {found}; expected {exit}"));
        }
        let mut rest = report;
        for text in says {
            match rest.find(text) {
                Some(at) => rest = &rest[at + text.len()..],
                None => self.faults.push(format!("the report does not say `{text}`")),
            }
        }
        if self.memory.is_some_and(|memory| memory >= MEMORY_KIB) {
            self.faults.push(format!("the runner needed more than {} MiB", MEMORY_KIB / 1024));
        }
    }

    /// Checks again while the result is wrong, with no other run at the same time.
    fn settled(mut self, check: impl Fn(Misbehaviour) -> io::Result<Self>) -> io::Result<Self> {
        while !self.faults.is_empty() && self.attempts < ATTEMPTS {
            let mut again = check(self.misbehaviour)?;
            again.attempts = self.attempts + 1;
            again.before = self.before;
            again.before.append(&mut self.faults);
            self = again;
        }
        Ok(self)
    }

    /// Whether it took longer than it would on an idle machine.
    fn is_late(&self) -> bool {
        self.took > self.misbehaviour.limit + GRACE
    }
}

/// A row for each, then the details of wrong results.
fn print(ended: &[Ended], out: &mut dyn Write) -> io::Result<()> {
    let widest = ended.iter().map(|it| it.misbehaviour.name.len()).max().unwrap_or_default();
    let title = "misbehaving adapters: exit, time and memory of the run, and what the adapter does";
    writeln!(out, "{}", strong(title))?;
    for it in ended {
        let Misbehaviour { name, does, .. } = it.misbehaviour;
        let exit = it.exit.map_or("-".to_owned(), |exit| exit.to_string());
        let memory = it.memory.map_or("  -".to_owned(), |kib| format!("{:>3}", kib.div_ceil(1024)));
        let mark = if it.is_late() { " late" } else { "" };
        let seconds = it.took.as_secs_f64();
        writeln!(out, "  {name:<widest$}  {exit}  {seconds:>4.1} s{mark} {memory} MiB  {does}")?;
    }
    for it in ended {
        let Misbehaviour { name, .. } = it.misbehaviour;
        for fault in &it.before {
            writeln!(out, "{}  {name}: {fault}; checked again", strong("BEFORE"))?;
        }
        for fault in &it.faults {
            writeln!(out, "{}   {name}: {fault}, {} times", red("WRONG"), it.attempts)?;
        }
    }
    let most = ended.iter().filter_map(|it| it.memory).max();
    let most = most.map_or(String::new(), |kib| {
        format!("; the runner needed at most {} MiB", kib.div_ceil(1024))
    });
    writeln!(
        out,
        "{}: {} ended in time, with the right exit code and the cause{most}",
        plural(ended.len() as u64, "misbehaving adapter", "misbehaving adapters"),
        ended.iter().filter(|it| it.faults.is_empty()).count(),
    )
}

/// One object for each.
fn print_json(ended: &[Ended], out: &mut dyn Write) -> io::Result<()> {
    for it in ended {
        let object = json!({
            "family": "adapters", "adapter": it.misbehaviour.name, "does": it.misbehaviour.does, "exit": it.exit,
            "expected_exit": it.misbehaviour.exit, "says": it.misbehaviour.says,
            "milliseconds": u64::try_from(it.took.as_millis()).unwrap_or(u64::MAX),
            "memory_kib": it.memory, "faults": it.faults,
            "attempts": it.attempts, "before": it.before,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// The settled result of runs with these exit codes, of which the last one repeats.
    fn settled(exits: &[i32]) -> (Ended, usize) {
        let misbehaviour = misbehave::all()[0];
        let asked = Cell::new(0);
        let check = |misbehaviour: Misbehaviour| {
            let exit = exits[asked.get().min(exits.len() - 1)];
            asked.set(asked.get() + 1);
            let (took, memory) = (Duration::ZERO, None);
            let mut ended = Ended {
                misbehaviour,
                exit: Some(exit),
                took,
                memory,
                faults: Vec::new(),
                attempts: 1,
                before: Vec::new(),
            };
            ended.judge(&misbehaviour.says.join(" "));
            Ok(ended)
        };
        let ended = check(misbehaviour).and_then(|it| it.settled(check)).expect("no pipe breaks");
        (ended, asked.get())
    }

    #[test]
    fn what_is_wrong_is_checked_again_and_what_is_right_is_not() {
        let right = i32::from(misbehave::all()[0].exit);
        let (ended, asked) = settled(&[right]);
        assert_eq!((ended.faults.len(), ended.before.len(), asked), (0, 0, 1));
        let (ended, asked) = settled(&[99, right]);
        assert_eq!((ended.faults.len(), ended.before.len(), ended.attempts), (0, 1, 2));
        assert_eq!(asked, 2);
    }

    #[test]
    fn what_stays_wrong_is_a_fault() {
        let (ended, asked) = settled(&[99]);
        let attempts = usize::try_from(ATTEMPTS).unwrap_or_default();
        assert_eq!((ended.faults.len(), asked), (1, attempts));
        assert_eq!(ended.before.len(), attempts - 1);
    }
}
