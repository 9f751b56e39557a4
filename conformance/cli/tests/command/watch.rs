//! `rollwire watch`: runs again when a file changes, what failed first, and ends at a signal.

#![cfg(unix)]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_rollwire");

/// How long a test waits for what must happen. It takes less than a second.
const PATIENCE: Duration = Duration::from_secs(300);

/// A watch of a folder of its own.
struct Watch {
    folder: TempDir,
    child: Child,
    lines: Receiver<String>,
    complaints: Receiver<String>,
}

fn lines(source: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(source).lines() {
            if sender.send(line.unwrap()).is_err() {
                break;
            }
        }
    });
    lines
}

impl Watch {
    /// Starts it, with this shell script as the adapter.
    fn of(script: &str, options: &[&str]) -> Self {
        Self::of_folder(tempfile::tempdir().unwrap(), script, options)
    }

    /// Starts it in a folder that has something already.
    fn of_folder(folder: TempDir, script: &str, options: &[&str]) -> Self {
        fs::write(folder.path().join("adapter.sh"), script).unwrap();
        let mut child = Command::new(PROGRAM)
            .args(["watch", "--fresh", "0", "--filter", "state-hash/*", "--deadline", "1h"])
            .args(options)
            .args(["--", "sh", "adapter.sh"])
            .current_dir(folder.path())
            .env("COLUMNS", "100")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Self { folder, child, lines: lines(stdout), complaints: lines(stderr) }
    }

    /// Replaces a file as a careful editor does.
    fn write(&self, name: &str, text: &str) {
        let folder = tempfile::tempdir_in(self.folder.path().parent().unwrap()).unwrap();
        let new = folder.path().join(name);
        fs::write(&new, text).unwrap();
        fs::rename(new, self.folder.path().join(name)).unwrap();
    }

    /// What it says up to the end of the next round.
    fn round(&self) -> String {
        let mut said = String::new();
        while !said.contains("\nwatching ") {
            said += &(self.lines.recv_timeout(PATIENCE).expect(&said) + "\n");
        }
        said
    }

    fn complaint(&self) -> String {
        self.complaints.recv_timeout(PATIENCE).expect("a line on standard error")
    }

    /// Ends it with a signal, and returns the rest of what it says.
    fn end(mut self, signal: Signal) -> (Option<i32>, String) {
        let pid = Pid::from_raw(self.child.id().cast_signed()).unwrap();
        kill_process(pid, signal).unwrap();
        let mut rest = String::new();
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            rest += &(line + "\n");
        }
        (self.child.wait().unwrap().code(), rest)
    }
}

fn right() -> String {
    format!("exec '{PROGRAM}' adapter\n")
}

fn wrong() -> String {
    format!("exec '{PROGRAM}' adapter --mutant state-hash/frame/little-endian/decoder\n")
}

#[test]
fn what_failed_runs_first_and_then_the_rest() {
    let watch = Watch::of(&wrong(), &[]);
    let first = watch.round();
    assert!(first.contains("does not conform: ") && !first.contains("first the "), "{first}");
    let failed = first.trim_end().lines().next_back().unwrap();
    let failed = failed
        .strip_prefix("watching .: ")
        .and_then(|it| it.strip_suffix(" cases failed; Ctrl-C ends it"));
    let failed: u32 = failed.unwrap_or_else(|| panic!("{first}")).parse().unwrap();
    assert!(failed > 1, "{first}");

    watch.write("adapter.sh", &right());
    let second = watch.round();
    assert_eq!(watch.complaint(), "changed: adapter.sh");
    let parts = [&*format!("first the {failed} cases that failed:\n"), "\nnow the rest:\n"];
    let places = parts.map(|part| second.find(part).unwrap_or_else(|| panic!("{part}: {second}")));
    assert!(places[0] < places[1], "{second}");
    let counts = format!("{failed} cases, ");
    assert!(second[places[0]..places[1]].contains(&counts), "{counts}: {second}");
    assert!(!second[places[1]..].contains(&counts), "{second}");
    assert!(second.ends_with("watching .: nothing failed; Ctrl-C ends it\n"), "{second}");
    assert!(!second.contains('\u{1b}'), "only a terminal is cleared: {second}");

    // Nothing failed, so everything runs at once; also a new file is a change.
    watch.write("new.txt", "x");
    let third = watch.round();
    assert_eq!(watch.complaint(), "changed: new.txt (new)");
    assert!(!third.contains("first the ") && third.contains("all passed"), "{third}");
    let (code, rest) = watch.end(Signal::INT);
    assert_eq!((code, &*rest), (Some(130), ""));
}

/// A run that hangs is ended by the change that repairs it, with its process.
#[test]
fn a_change_ends_a_run_that_is_under_way() {
    let outside = tempfile::tempdir().unwrap();
    let pid = outside.path().join("pid");
    let script = format!("echo $$ > '{}'\nexec sleep 100000\n", pid.display());
    let watch = Watch::of(&script, &["--startup-timeout", "1h"]);
    let process = started(&pid);
    watch.write("adapter.sh", &right());
    let mut said = watch.round();
    // The run that was ended has no report.
    assert!(!said.contains("incomplete"), "{said}");
    if !said.contains("all passed") {
        said = watch.round();
    }
    assert!(said.contains("all passed"), "{said}");
    assert!(test_kill_process(process).is_err(), "the adapter is still running");
    assert_eq!(watch.end(Signal::TERM).0, Some(143));
}

#[test]
fn a_signal_ends_a_run_and_leaves_nothing_behind() {
    let outside = tempfile::tempdir().unwrap();
    let pid = outside.path().join("pid");
    let script = format!("echo $$ > '{}'\nexec sleep 100000\n", pid.display());
    let watch = Watch::of(&script, &["--startup-timeout", "1h"]);
    let process = started(&pid);
    assert_eq!(watch.end(Signal::INT).0, Some(130));
    assert!(test_kill_process(process).is_err(), "the adapter is still running");
}

/// The process that has written its number into a file.
fn started(file: &Path) -> Pid {
    let begin = Instant::now();
    loop {
        let number = fs::read_to_string(file).unwrap_or_default();
        if let Ok(number) = number.trim_end_matches('\n').parse()
            && number > 0
            && fs::read_to_string(file).is_ok_and(|text| text.ends_with('\n'))
        {
            return Pid::from_raw(number).unwrap();
        }
        assert!(begin.elapsed() < PATIENCE, "the adapter does not start");
        thread::sleep(Duration::from_millis(10));
    }
}

/// The settings are read again for each round; one that is broken ends only the first.
#[test]
fn settings_may_change() {
    let watch = Watch::of(&right(), &[]);
    assert!(watch.round().contains("nothing failed"));
    watch.write("rollwire.toml", "stict = true");
    assert!(watch.round().contains("watching .: "));
    assert_eq!(watch.complaint(), "changed: rollwire.toml (new)");
    assert_eq!(
        watch.complaint(),
        "error: rollwire.toml:1: `stict` is not a key; did you mean `strict`?"
    );
    watch.write("rollwire.toml", "strict = true");
    assert!(watch.round().contains("rollwire.toml has strict"));
    assert_eq!(watch.end(Signal::INT).0, Some(130));
}

/// What it writes itself is not a change, and an adapter that does not start is not a success.
#[test]
fn its_own_output_is_not_watched() {
    let folder = tempfile::tempdir().unwrap();
    let (out, err) = (folder.path().join("out.txt"), folder.path().join("err.txt"));
    let mut child = Command::new(PROGRAM)
        .args(["watch", "--fresh", "0", "--", "./adapter"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).unwrap())
        .stderr(fs::File::create(&err).unwrap())
        .spawn()
        .unwrap();
    let rounds = |count: usize| {
        let begin = Instant::now();
        while fs::read_to_string(&out).unwrap().matches("watching .: incomplete; ").count() < count
        {
            assert!(begin.elapsed() < PATIENCE, "{}", fs::read_to_string(&out).unwrap());
            thread::sleep(Duration::from_millis(10));
        }
    };
    rounds(1);
    fs::write(folder.path().join("new.txt"), "x").unwrap();
    rounds(2);
    kill_process(Pid::from_raw(child.id().cast_signed()).unwrap(), Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(fs::read_to_string(&err).unwrap(), "changed: new.txt (new)\n");
}

/// Makes a named pipe. A program that opens it waits for ever.
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success(), "{}", path.display());
}

/// What has the name of an ignore file is read only if it is a small regular file of the project. Anything else
/// is named, and the watch goes on, also if it is planted later.
#[test]
fn an_ignore_file_holds_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path(".git/info")).unwrap();
    for name in ["a", "b", "c", "d"] {
        fs::create_dir(path(name)).unwrap();
        fs::write(path(name).join("file"), "x").unwrap();
    }
    pipe(&path(".gitignore"));
    pipe(&path(".git/info/exclude"));
    pipe(&path("a/.ignore"));
    std::os::unix::fs::symlink("/dev/zero", path("b/.gitignore")).unwrap();
    fs::write(path("c/.gitignore"), "*\n".repeat(10_001)).unwrap();
    fs::write(path("d/.ignore"), "#\n".repeat(1 << 15) + "*").unwrap();
    let watch = Watch::of_folder(folder, &right(), &[]);
    assert!(watch.round().contains("nothing failed"));
    let mut notes: Vec<String> = (0..6).map(|_| watch.complaint()).collect();
    notes.sort();
    let expected = [
        (".git/info/exclude", "it is a named pipe, not a regular file"),
        (".gitignore", "it is a named pipe, not a regular file"),
        ("a/.ignore", "it is a named pipe, not a regular file"),
        ("b/.gitignore", "a link leads to it or from it"),
        ("c/.gitignore", "all ignore files together have more than 10,000 rules"),
        ("d/.ignore", "is larger than 65536 bytes"),
    ];
    let real = watch.folder.path().canonicalize().unwrap();
    for (note, (name, why)) in notes.iter().zip(expected) {
        let path = real.join(name).display().to_string();
        let said =
            format!("note: {path}: is not read, so the files that it lists are watched: {why}");
        assert_eq!(*note, said);
    }

    pipe(&watch.folder.path().join(".ignore"));
    watch.write("new.txt", "x");
    assert!(watch.complaint().contains("/.ignore: is not read, "));
    assert_eq!(watch.complaint(), "changed: new.txt (new)");
    watch.round();
    assert_eq!(watch.end(Signal::INT).0, Some(130));
}

/// A folder above the project is not the project's: there, anyone may have made a file.
#[test]
fn an_ignore_file_of_a_parent_folder_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    pipe(&folder.path().join(".gitignore"));
    pipe(&folder.path().join(".ignore"));
    let watch = Watch::of_folder(tempfile::tempdir_in(folder.path()).unwrap(), &right(), &[]);
    assert!(watch.round().contains("nothing failed"));
    watch.write("new.txt", "x");
    assert_eq!(watch.complaint(), "changed: new.txt (new)");
    watch.round();
    assert_eq!(watch.end(Signal::INT).0, Some(130));
}

#[test]
fn what_is_wrong_from_the_beginning_ends_it() {
    for (options, said) in [
        (&["--path", "/nowhere", "--builtin"][..], "error: /nowhere: cannot be watched: "),
        (&["--ignore", "{a", "--builtin"], "error: `{a` is not a valid glob: "),
        (&[], "error: no adapter was given; "),
        (&["--baseline", "/nowhere", "--builtin"], "error: /nowhere: cannot be read: "),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(PROGRAM);
        let output =
            command.arg("watch").args(options).current_dir(folder.path()).output().unwrap();
        let found = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{found}");
        assert!(found.starts_with(said), "{found}");
    }
}
