//! Command lines in the documents run, and exit as the documents say.
//!
//! A line counts that begins with `rollwire`, `$ rollwire` or `cargo run … --`, in a block marked
//! `sh`, `text` or `console`, or indented by four blanks. It exits with 0, with N where it ends in
//! `# exit N`, and with 1 where the output below it begins with `refused`. An adapter is replaced by a
//! program that does not exist, and nothing listens at an address: the command line is right when that
//! is all there is to complain about.

#![cfg(unix)]

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};

use crate::documents::markdown::{files, lines, root, text};

const NO_ADAPTER: &str = "rollwire-no-such-program";
const NOTHING_LISTENS: &str = "nothing listens there";

/// A command line, and where it stands.
struct Found {
    place: String,
    line: String,
}

/// The documents whose command lines are run. The guides are played as a whole, by `tools`.
fn documents() -> Vec<String> {
    let mut paths: Vec<String> = files("spec", &["md"])
        .into_iter()
        .chain(files("conformance", &["md"]))
        .chain(files("vectors", &["md"]))
        .chain(files("site/pages", &["md"]))
        .map(|path| path.to_str().expect("a path of characters").to_owned())
        .collect();
    let at_the_root =
        ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "site/README.md"].into_iter();
    paths.extend(at_the_root.filter(|path| root().join(path).exists()).map(str::to_owned));
    paths
}

/// The arguments of `rollwire` on a line, as they stand there.
fn arguments(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches("$ ");
    if let Some(arguments) = line.strip_prefix("rollwire ") {
        return Some(arguments.to_owned());
    }
    let (cargo, arguments) = line.split_once(" -- ")?;
    let of_the_kit = cargo.starts_with("cargo run") && !cargo.contains("rollwire-model");
    of_the_kit.then(|| arguments.to_owned())
}

fn command_lines() -> Vec<Found> {
    let mut found = Vec::new();
    for path in documents() {
        let document = text(&path);
        let mut begun: Option<String> = None;
        let lines = lines(&document);
        for (index, line) in lines.iter().enumerate() {
            let shown = match line.fence {
                None => line.text.starts_with("    "),
                Some(info) => ["sh", "text", "console"].contains(&info),
            };
            if !shown {
                continue;
            }
            let arguments = match begun.take() {
                Some(begun) => Some(format!("{begun}{}", line.text.trim())),
                None => arguments(line.text),
            };
            match arguments {
                Some(it) if it.ends_with('\\') => {
                    begun = Some(it.trim_end_matches('\\').to_owned());
                }
                Some(mut whole) => {
                    if lines.get(index + 1).is_some_and(|next| next.text.starts_with("refused ")) {
                        whole += " # exit 1";
                    }
                    found.push(Found { place: format!("{path}:{}", line.number), line: whole });
                }
                None => {}
            }
        }
    }
    found
}

/// The examples of `--help`, of the command and of each subcommand. Some run for minutes, and other tests
/// run them.
fn examples() -> Vec<Found> {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(words) = open.pop() {
        let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
        let help = rollwire(&arguments, Stdio::null());
        let place = arguments.join(" ");
        let commands = help.split_once("\nCommands:\n").map_or("", |(_, rest)| rest);
        let commands = commands.split("\n\n").next().unwrap_or_default();
        let names =
            commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in
            names.filter_map(|line| line.split_whitespace().next()).filter(|it| *it != "help")
        {
            open.push([&words[..], &[name.to_owned()]].concat());
        }
        let before = found.len();
        // Those of `completions` are a part of its description.
        let shown = help.split_once("\nExamples:\n").map_or(&*help, |(_, rest)| rest);
        let shown = shown.split("\nExit codes,").next().unwrap_or_default();
        for line in shown.lines().filter(|line| line.starts_with("  ")) {
            if let Some(line) = example(line) {
                found.push(Found { place: place.clone(), line });
            }
        }
        assert!(found.len() > before, "{place} has no example");
    }
    found.retain(|it| !it.line.starts_with("selftest "));
    found
}

/// The exit codes of examples that do not exit with 0, with the files that they are given here.
const OTHER_EXITS: [(&str, u8); 7] = [
    ("report convert ", 1),
    ("report diff ", 1),
    ("report merge ", 1),
    ("list --failed ", 4),
    ("capture show mine.jsonl --message ", 4),
    ("capture show mine.jsonl --only ", 4),
    ("interop --peer ", 3),
];

/// The arguments of `rollwire` on a line, without what a shell puts around them, and without a comment.
fn example(line: &str) -> Option<String> {
    let line = line.trim();
    let at = line.find("rollwire ").filter(|at| !line[..*at].contains(['|', '-', '`']))?;
    let line = line[at + "rollwire ".len()..].trim_end_matches(')');
    let line = line.split("  ").next().unwrap_or(line);
    let other = OTHER_EXITS.iter().find(|(start, _)| line.starts_with(start));
    Some(other.map_or(line.to_owned(), |(_, code)| format!("{line} # exit {code}")))
}

/// Puts into a folder what command lines read: the baselines of this repository, an event file in which
/// something failed, and answers to the requests of a run.
fn furnish(folder: &Path, line: &str) {
    let baselines = folder.join("conformance/baselines");
    std::fs::create_dir_all(&baselines).expect("a folder");
    for name in ["browser.toml", "browser-playing.toml"] {
        let baseline = text(&format!("conformance/baselines/{name}"));
        std::fs::write(baselines.join(name), &baseline).expect("a baseline");
        std::fs::write(folder.join("known-failures.toml"), &baseline).expect("a baseline");
    }
    if line.starts_with("digest ") {
        for name in ["mine.json", "theirs.json"] {
            std::fs::write(folder.join(name), "{\"frame\":1}").expect("a state");
        }
    }
    if line.starts_with("report ") {
        let check = ["check", "--seed", "1", "--fresh", "0", "--filter", "state-hash/*"];
        let wrong = ["--mutant", "state-hash/frame/little-endian/decoder"];
        for (name, mutant) in [("before.jsonl", &[][..]), ("run.jsonl", &wrong)] {
            let events = ["--format", "jsonl", "--output", name];
            let adapter = ["--", env!("CARGO_BIN_EXE_rollwire"), "adapter"];
            let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
            command.args(check).args(events).args(adapter).args(mutant).current_dir(folder);
            let code = command.output().expect("rollwire").status.code();
            assert_eq!(code, Some(i32::from(!mutant.is_empty())));
        }
    }
    if line.contains("--failed") {
        let run = ["check", "--builtin", "--filter", "ping/*", "--format", "jsonl"];
        let events = rollwire(&run, Stdio::null()).replacen("\"pass\"", "\"fail\"", 1);
        std::fs::write(folder.join("run.jsonl"), events).expect("an event file");
    }
    if line.contains("trace check") {
        let chapter = text("spec/trace.md");
        let log = chapter.split("```jsonl\n").nth(1).and_then(|rest| rest.split("```").next());
        for name in ["session.jsonl", "mine.jsonl", "theirs.jsonl"] {
            std::fs::write(folder.join(name), log.expect("an example of a log")).expect("a log");
        }
    }
    if line.starts_with("capture ") {
        let chapter = text("spec/capture.md");
        let capture = chapter.split("```jsonl\n").nth(1).and_then(|rest| rest.split("```").next());
        for name in ["mine.jsonl", "theirs.jsonl", "left.jsonl", "right.jsonl"] {
            std::fs::write(folder.join(name), capture.expect("an example")).expect("a capture");
        }
        let [from, to] = ["mine.jsonl", "mine.pcapng"].map(|name| folder.join(name));
        let [from, to] = [&from, &to].map(|path| path.to_str().expect("UTF-8"));
        rollwire(&["capture", "export", from, "--output", to], Stdio::null());
        // A pcap with a KEEPALIVE, of the link type 147.
        let pcap = "d4c3b2a1 02000400 00000000 00000000 00000400 93000000 \
                    00000000 00000000 01000000 01000000 04";
        let pcap = rollwire_model::hex::parse(&pcap.replace(' ', "")).expect("hex");
        std::fs::write(folder.join("sent.pcap"), pcap).expect("a pcap");
    }
    if line.contains("--answers") {
        let requests = folder.join("requests");
        std::fs::write(&requests, rollwire(&["check", "--dump", "-"], Stdio::null()))
            .expect("requests");
        let requests = std::fs::File::open(requests).expect("requests");
        std::fs::write(folder.join("answers.jsonl"), rollwire(&["adapter"], requests.into()))
            .expect("answers");
    }
}

/// What rollwire writes to standard output.
fn rollwire(arguments: &[&str], input: Stdio) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rollwire"));
    let output = command.args(arguments).stdin(input).output().expect("rollwire");
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Runs one line, in a folder with what it reads; says what is wrong with it.
fn fault(line: &str, folder: &Path) -> Option<String> {
    let (line, stated) = match line.rsplit_once("# exit ") {
        Some((line, code)) => (line, code.trim().parse().expect("an exit code")),
        None => (line.split_once(" # ").map_or(line, |(line, _)| line), 0),
    };
    // What comes behind a pipe is not ours.
    let line = line.split_once(" | ").map_or(line, |(line, _)| line);
    let (line, missing) = match line.split_once("-- ") {
        Some((ours, _)) => (format!("{ours}-- {NO_ADAPTER}"), Some(NO_ADAPTER)),
        None if line.contains("--adapter ") => (line.to_owned(), Some(NOTHING_LISTENS)),
        None => (line.to_owned(), None),
    };
    // A watch does not end; what it runs is a check.
    let line = match line.strip_prefix("watch ") {
        Some(rest) => {
            format!("check {}", rest.replace("--path src ", "").replace("--ignore '*.log' ", ""))
        }
        None => line,
    };
    let shell = format!("exec '{}' {line}", env!("CARGO_BIN_EXE_rollwire"));
    if line.split(' ').next() == Some("live") {
        return fault_of_a_server(&shell, folder);
    }
    let output = Command::new("sh")
        .args(["-c", &shell])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("sh");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let right = if let Some(missing) = missing {
        // A report that goes to a file does not say it here.
        let into_a_file = line.contains("--output") || line.contains('>');
        output.status.code() == Some(3) && (into_a_file || said.contains(missing))
    } else {
        output.status.code() == Some(stated)
    };
    (!right).then(|| format!("exit {:?}, stated {stated}:\n{said}", output.status.code()))
}

/// Starts a server, and ends it as soon as it listens.
fn fault_of_a_server(shell: &str, folder: &Path) -> Option<String> {
    // The step `peer` of CI runs the program that has WebRTC; without it, it says how to get it.
    if shell.contains("live --peer") {
        let mut command = Command::new("sh");
        command.args(["-c", shell]).current_dir(folder).stdin(Stdio::null());
        let output = command.output().expect("sh");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let is_told = output.status.code() == Some(2) && said.contains("built without WebRTC");
        return (!is_told).then_some(said);
    }
    let mut command = Command::new("sh");
    command.args(["-c", shell]).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut server = command.spawn().expect("sh");
    let output = BufReader::new(server.stdout.take().expect("standard output"));
    let is_ready = output.lines().map_while(Result::ok).any(|line| line.contains("Ctrl-C ends"));
    // The shell has become the server.
    let _ = kill_process(Pid::from_child(&server), Signal::INT);
    let status = server.wait().expect("a server");
    (!is_ready || !status.success()).then(|| format!("it does not serve: {status}"))
}

#[test]
fn every_command_line_runs() {
    let (written, shown) = (command_lines(), examples());
    assert!(written.len() >= 2, "only {} command lines were found", written.len());
    let found: Vec<Found> = written.into_iter().chain(shown).collect();
    let mut faults = Vec::new();
    for Found { place, line } in &found {
        let folder = tempfile::tempdir().expect("a folder");
        furnish(folder.path(), line);
        if let Some(fault) = fault(line, folder.path()) {
            faults.push(format!("{place}: rollwire {line}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_wrong_command_line_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    for line in
        ["check --frobnicate -- node x.mjs", "explain NO_SUCH_RULE", "inspect 0405", "explode"]
    {
        assert!(fault(line, folder.path()).is_some(), "{line}");
    }
    for line in ["check --format jsonl --output x.jsonl -- node x.mjs", "inspect 0405 # exit 1"] {
        assert_eq!(fault(line, folder.path()), None, "{line}");
    }
}
