//! The command of the package for npm starts the program of this platform, and is not noticed: neither
//! in the arguments nor in the input, the exit code or a signal.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use libtest_mimic::Failed;

use super::places::build_npm;
use crate::support::{NODE, Outcome, Test, ensure, run, run_on, trial};

/// When the command has nothing to start.
const NOT_FOUND: i32 = 127;

/// What a program says when it can be told something.
const READY: &str = "console.log('ready');";

pub(super) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("npm_starts_the_program_of_the_platform", &[&NODE], of_the_platform),
        trial("npm_hands_everything_on", &[&NODE], hands_on),
        trial("npm_explains_what_is_missing", &[&NODE], explains),
    ];
    if cfg!(unix) {
        tests.push(trial("npm_hands_signals_on", &[&NODE], signals));
    }
    tests
}

/// What Node.js calls this platform.
pub(super) fn platform() -> Result<String, Failed> {
    let mut command = Command::new(NODE.name);
    let printed = run(command.args(["-p", "process.platform + '-' + process.arch"]))?.exits(0)?;
    Ok(printed.stdout.trim().to_owned())
}

/// The command, in a folder with the package and, where a program is given, that of the platform.
fn installed(folder: &Path, program: Option<&str>) -> Result<PathBuf, Failed> {
    let modules = folder.join("node_modules");
    build_npm(&modules, &[])?;
    if let Some(program) = program {
        let platform = platform()?;
        let arguments = ["--platform", &platform, "--binary", program];
        build_npm(&modules.join("@rollwire"), &arguments)?;
    }
    Ok(modules.join("rollwire/bin/rollwire.mjs"))
}

fn launched(launcher: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(NODE.name);
    command.arg(launcher).args(arguments);
    command
}

fn of_the_platform() -> Outcome {
    let folder = tempfile::tempdir()?;
    let launcher = installed(folder.path(), Some(env!("CARGO_BIN_EXE_rollwire")))?;
    let printed = run(&mut launched(&launcher, &["--version"]))?.exits(0)?.stdout;
    ensure(printed == format!("rollwire {}\n", env!("CARGO_PKG_VERSION")), || printed)?;
    let refused = run(&mut launched(&launcher, &["inspect", "07 00"]))?.exits(1)?.stdout;
    ensure(refused.contains("truncated at byte 2"), || refused)?;
    run(&mut launched(&launcher, &["no such command"]))?.exits(2).map(drop)
}

/// Node.js stands in for the program, because it does what it is told.
fn hands_on() -> Outcome {
    let folder = tempfile::tempdir()?;
    let launcher = installed(folder.path(), None)?;
    let program = "process.stdin.on('data', (it) => process.stdout.write(process.argv[1] + it))
        .on('end', () => { process.exitCode = 77; console.error('over'); })";
    let input = folder.path().join("input");
    fs::write(&input, "a line\n")?;
    let mut command = launched(&launcher, &["-e", program, "--", " an \"argument\" $HOME * "]);
    command.env("ROLLWIRE_BINARY", node()?);
    let finished = run_on(&mut command, Stdio::from(File::open(&input)?))?.exits(77)?;
    ensure(finished.stdout == " an \"argument\" $HOME * a line\n", || finished.stdout)?;
    ensure(finished.stderr == "over\n", || finished.stderr)
}

fn explains() -> Outcome {
    let folder = tempfile::tempdir()?;
    let launcher = installed(folder.path(), None)?;
    let says = |command: &mut Command, words: &str| {
        let finished = run(command)?.exits(NOT_FOUND)?;
        let is_one_line = finished.stderr.lines().count() == 1;
        ensure(is_one_line && finished.stderr.contains(words), || finished.stderr)
    };
    let missing = format!("the package @rollwire/{} is not installed", platform()?);
    says(&mut launched(&launcher, &["check"]), &missing)?;
    says(
        launched(&launcher, &["check"]).env("ROLLWIRE_BINARY", "no/such/file"),
        "ROLLWIRE_BINARY: there is no file no/such/file",
    )?;
    says(
        launched(&launcher, &["check"]).env("ROLLWIRE_BINARY", folder.path()),
        "cannot be started: ",
    )?;
    // A processor that has no package.
    let strange = "data:text/javascript,Object.defineProperty(process,'arch',{value:'mips'})";
    let mut command = Command::new(NODE.name);
    says(command.args(["--import", strange]).arg(&launcher), "there is no program for ")
}

/// The program is told, and what it makes of the signal is the exit code.
fn signals() -> Outcome {
    let folder = tempfile::tempdir()?;
    let launcher = installed(folder.path(), None)?;
    for (signal, handled, code) in [
        ("TERM", "process.on('SIGTERM', () => process.exit(9));", 9),
        ("TERM", "", 128 + 15),
        ("INT", "process.on('SIGINT', () => process.exit(8));", 8),
        ("HUP", "", 128 + 1),
    ] {
        // A program that is not told ends by itself, with another code.
        let program = format!("{handled} setTimeout(() => process.exit(66), 300_000); {READY}");
        let mut command = launched(&launcher, &["-e", &program]);
        command.env("ROLLWIRE_BINARY", node()?).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut output = BufReader::new(child.stdout.take().ok_or("piped")?);
        let mut line = String::new();
        output.read_line(&mut line)?;
        run(Command::new("kill").args(["-s", signal, &child.id().to_string()]))?.exits(0)?;
        let ended = child.wait()?.code();
        ensure(ended == Some(code), || format!("{signal} {handled}: {ended:?}, not {code}"))?;
        // The program held the other end of this pipe, so it is gone.
        line.clear();
        ensure(output.read_line(&mut line)? == 0, || line.clone())?;
    }
    Ok(())
}

/// The path of Node.js.
fn node() -> Result<String, Failed> {
    let printed = run(Command::new(NODE.name).args(["-p", "process.execPath"]))?.exits(0)?;
    Ok(printed.stdout.trim().to_owned())
}
