//! Signals to `rollwire check`: each ends the run, and the adapter with everything that it has started.

use std::{
    fs,
    io::Read,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::{
    command::run,
    support::{PYTHON, Test, trial},
};

/// Marks the processes of a run; its descendants inherit it.
const MARK: &str = "ROLLWIRE_TEST_RUN";

/// How long a test waits for what must happen. It takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn tests() -> Vec<Test> {
    let test = |(name, test): (&str, fn())| {
        trial(name, &[], move || {
            test();
            Ok(())
        })
    };
    let tests: [(&str, fn()); 4] = [
        ("a_signal_while_digests_are_explained", a_signal_while_digests_are_explained),
        ("a_deadline_while_digests_are_explained", a_deadline_while_digests_are_explained),
        ("every_signal_ends_the_run", every_signal_ends_the_run),
        ("a_second_signal_ends_the_adapter_too", a_second_signal_ends_the_adapter_too),
    ];
    let ignored = trial("a_parent_that_ignores_sigchld", &[&PYTHON], || {
        a_parent_that_ignores_sigchld();
        Ok(())
    });
    tests.into_iter().map(test).chain([ignored]).collect()
}

/// A run whose report is not read.
struct Run {
    child: Child,
    report: ChildStdout,
    mark: String,
}

impl Run {
    /// Starts a run of an adapter that leaves a process in a session of its own, and waits for that process.
    fn start(name: &str, misbehave: &str, options: &[&str]) -> Self {
        let options = [&["--deadline", "1h", "--timeout", "0"], options].concat();
        let run = Self::begin(name, misbehave, &options);
        wait_for("the kit, the adapter, and a process of it", || marked(&run.mark).len() >= 3);
        run
    }

    /// Starts a run in which every digest is wrong.
    fn of_wrong_digests(name: &str, options: &[&str]) -> Self {
        let filter = ["--filter", "*digest*/*", "--seed", "1"];
        Self::begin(name, "wrong-digests", &[&filter, options].concat())
    }

    fn begin(name: &str, misbehave: &str, options: &[&str]) -> Self {
        let program = env!("CARGO_BIN_EXE_rollwire");
        let mark = format!("{name}-{}", std::process::id());
        let mut child = Command::new(program)
            .args(["check", "--format", "jsonl"])
            .args(options)
            .args(["--", program, "adapter", "--misbehave", misbehave])
            .env(MARK, &mark)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let report = child.stdout.take().unwrap();
        Self { child, report, mark }
    }

    /// The whole report, once it has ended.
    fn report(&mut self) -> String {
        let mut report = String::new();
        self.report.read_to_string(&mut report).unwrap();
        report
    }

    fn signal(&self, signal: Signal) {
        let id = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(id, signal).unwrap();
    }

    /// The exit code, and how many processes are left behind.
    fn end(&mut self) -> (Option<i32>, usize) {
        let mut status = None;
        wait_for("the end of the run", || {
            status = self.child.try_wait().unwrap();
            status.is_some()
        });
        (status.unwrap().code(), marked(&self.mark).len())
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        let _ = self.child.kill();
        for id in marked(&self.mark).into_iter().filter_map(Pid::from_raw) {
            let _ = kill_process(id, Signal::KILL);
        }
    }
}

fn wait_for(what: &str, mut has_happened: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !has_happened() {
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The processes of a run that have not ended.
fn marked(mark: &str) -> Vec<i32> {
    let entry = format!("{MARK}={mark}");
    let is_marked = |id: &i32| {
        fs::read(format!("/proc/{id}/environ"))
            .is_ok_and(|bytes| bytes.split(|byte| *byte == 0).any(|it| it == entry.as_bytes()))
    };
    let names = fs::read_dir("/proc").unwrap();
    let ids = names.filter_map(|name| name.ok()?.file_name().to_str()?.parse().ok());
    ids.filter(is_marked).collect()
}

/// Whether this process ignores a signal. The programs that it starts inherit that.
fn is_ignored(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    let ignored = u64::from_str_radix(line.trim(), 16).unwrap();
    ignored & (1 << (signal.as_raw() - 1)) != 0
}

fn every_signal_ends_the_run() {
    let signals = [
        Signal::HUP,
        Signal::INT,
        Signal::QUIT,
        Signal::USR1,
        Signal::USR2,
        Signal::ALARM,
        Signal::TERM,
        Signal::XCPU,
        Signal::VTALARM,
        Signal::PROF,
    ];
    for signal in signals {
        // Where the tests run below `nohup`, the run ignores SIGHUP too, as it should.
        if is_ignored(signal) {
            continue;
        }
        let code = 128 + signal.as_raw();
        let name = format!("signal-{code}");
        let mut run = Run::start(&name, "leaves-a-daemon-and-hangs", &["--fresh", "0"]);
        run.signal(signal);
        let report = run.report();
        assert_eq!(run.end(), (Some(code), 0));
        let footer = report.lines().last().unwrap();
        assert!(footer.contains("interrupted by signal"), "{footer}");
    }
}

/// How long a run may take to end. The machine may be busy; explaining one large state after another takes
/// minutes.
const SOON: Duration = Duration::from_secs(5);

/// Every digest is wrong, also those of large states, so nearly all of the run is explaining them.
fn a_signal_while_digests_are_explained() {
    let mut run = Run::of_wrong_digests("wrong-digests", &["--deadline", "1h"]);
    thread::sleep(Duration::from_secs(3));
    let begin = Instant::now();
    run.signal(Signal::TERM);
    let report = run.report();
    assert_eq!(run.end(), (Some(143), 0));
    assert!(begin.elapsed() < SOON, "it ended after {:?}", begin.elapsed());
    let footer = report.lines().last().unwrap();
    assert!(footer.contains("interrupted by signal"), "{footer}");
    assert!(report.contains(r#""code":"wrong_digest""#), "verdicts stay");
}

fn a_deadline_while_digests_are_explained() {
    let begin = Instant::now();
    let mut run = Run::of_wrong_digests("late-digests", &["--deadline", "3s"]);
    let report = run.report();
    assert_eq!(run.end(), (Some(3), 0));
    assert!(begin.elapsed() < Duration::from_secs(3) + SOON, "it took {:?}", begin.elapsed());
    let footer = report.lines().last().unwrap();
    assert!(footer.contains("deadline"), "{footer}");
}

fn a_second_signal_ends_the_adapter_too() {
    let mut run = Run::start("second-signal", "leaves-a-daemon", &[]);
    // The report is not read, so the run waits until the pipe has space.
    wait_for("a full pipe", || rustix::io::ioctl_fionread(&run.report).unwrap() > 60_000);
    run.signal(Signal::TERM);
    run.signal(Signal::INT);
    let (code, left) = run.end();
    assert!([Some(130), Some(143)].contains(&code), "{code:?}");
    assert_eq!(left, 0);
}

fn a_parent_that_ignores_sigchld() {
    let ignore = "import os, signal, sys\n\
                  signal.signal(signal.SIGCHLD, signal.SIG_IGN)\n\
                  os.execv(sys.argv[1], sys.argv[1:])";
    let arguments = ["check", "--builtin", "--fresh", "0", "--seed", "1", "--filter", "ping/*"];
    let program = env!("CARGO_BIN_EXE_rollwire");
    let output = Command::new(PYTHON.program().unwrap())
        .args(["-c", ignore, program])
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let lines = |text: &str| -> Vec<String> {
        // The last but one says how long the run took.
        text.lines().map(|line| line.split(" · ").next().unwrap().to_owned()).collect()
    };
    let (expected, _) = run(&arguments, 0);
    assert_eq!(lines(&String::from_utf8(output.stdout).unwrap()), lines(&expected));
}
