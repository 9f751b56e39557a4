//! The wheel and the npm packages, built from the tree, installed in an empty folder and used from
//! there: what is missing from a package is missing here.
//!
//! The program in them is the one that cargo has built for these tests. Everything else comes from
//! PyPI and npm: the test runners and the type checkers.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use libtest_mimic::Failed;

use super::{
    launcher::platform,
    places::{self, Edit, blocks, packages, write_blocks},
    readme::{IN_JAVASCRIPT, IN_PYTHON, shows_the_failure},
};
use crate::support::{NODE, NPM, Outcome, PYTHON, Test, ensure, run, trial};

/// The program that the packages bring.
const PROGRAM: &str = env!("CARGO_BIN_EXE_rollwire");

/// The oldest pytest that runs on this Python, and the newest.
const PYTESTS: [&[&str]; 2] = [
    &["pytest==7.0.0; python_version < '3.12'", "pytest<8; python_version >= '3.12'"],
    &["--upgrade", "pytest"],
];

pub(super) fn tests() -> Vec<Test> {
    let mut tests = vec![
        trial("the_wheel_is_used_from_outside", &[&PYTHON], wheel).deep(),
        trial("a_wheel_without_the_program_says_so", &[&PYTHON], pure_wheel).deep(),
        trial("the_npm_packages_are_used_from_outside", &[&NODE, &NPM], npm).deep(),
        trial("vitest_passes_and_fails", &[&NODE, &NPM], vitest).deep(),
    ];
    if cfg!(unix) {
        tests.push(trial("commands_of_the_python_readme", &[&PYTHON], python_readme).deep());
        tests.push(trial("commands_of_the_npm_readme", &[&NODE, &NPM], npm_readme).deep());
    }
    tests
}

/// Runs the command lines of a README, as from the root of a checkout in which the command is built.
/// Those of cargo take too long, and those of `rollwire` are run with all documents.
fn commands(package: &str, place: &Path, path: Option<&Path>) -> Outcome {
    let target = place.join("target/release");
    fs::create_dir_all(&target)?;
    fs::copy(PROGRAM, target.join("rollwire"))?;
    #[cfg(unix)]
    std::os::unix::fs::symlink(packages().join(".."), place.join("conformance"))?;
    let outer = env::var_os("PATH").unwrap_or_default();
    let paths = path.map(Path::to_owned).into_iter().chain(env::split_paths(&outer));
    let paths = env::join_paths(paths)?;
    let mut count = 0;
    for line in blocks(package, "sh")?.iter().flat_map(|block| block.lines()) {
        if !line.starts_with("cargo ") && !line.starts_with("rollwire ") {
            let mut command = Command::new("sh");
            command.args(["-c", line]).current_dir(place).env("PATH", &paths);
            run(&mut command)?.exits(0)?;
            count += 1;
        }
    }
    ensure(count >= 2, || format!("{count} command lines in the README of {package}"))
}

fn python_readme() -> Outcome {
    let folder = tempfile::tempdir()?;
    let venv = Venv::new(folder.path())?;
    commands("python", folder.path(), Some(&venv.0))?;
    run(&mut venv.program("pytest", &["--version"], folder.path()))?.exits(0)?;
    run(&mut venv.program("python", &["-c", "import rollwire"], folder.path()))?.exits(0)?;
    let wheels = fs::read_dir(folder.path().join("wheels"))?.count();
    ensure(wheels == 1, || format!("{wheels} wheels"))
}

fn npm_readme() -> Outcome {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join("package.json"), r#"{"private": true, "type": "module"}"#)?;
    commands("npm", folder.path(), None)?;
    let program = "import('rollwire').then(({ checks }) => console.log(checks().length > 3000))";
    let mut command = Command::new(NODE.name);
    let printed = run(command.args(["-e", program]).current_dir(&folder))?.exits(0)?.stdout;
    ensure(printed == "true\n", || printed)?;
    let built = folder.path().join("packages/linux-x64/bin/rollwire");
    ensure(built.is_file(), || "no package for the platform".to_owned())
}

/// A virtual environment, without what the outer one adds to the path of modules.
struct Venv(PathBuf);

impl Venv {
    fn new(folder: &Path) -> Result<Self, Failed> {
        run(Command::new(PYTHON.name).args(["-m", "venv", "venv"]).current_dir(folder))?
            .exits(0)?;
        Ok(Self(folder.join(if cfg!(windows) { "venv/Scripts" } else { "venv/bin" })))
    }

    fn program(&self, name: &str, arguments: &[&str], folder: &Path) -> Command {
        let mut command = Command::new(self.0.join(name));
        command.args(arguments).current_dir(folder).env_remove("PYTHONPATH");
        command
    }

    fn install(&self, what: &[&str], folder: &Path) -> Outcome {
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(self.program("python", &pip, folder).args(what))?.exits(0).map(drop)
    }

    /// Builds the wheel, with a program or without, and says where it is.
    fn build(&self, program: Option<&str>, folder: &Path) -> Result<String, Failed> {
        let wheels = folder.join("wheels");
        let arguments =
            ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps", "-w"];
        let mut command = self.program("python", &arguments, folder);
        command.arg(&wheels).arg(packages().join("python"));
        command.env("ROLLWIRE_BINARY", program.unwrap_or_default());
        run(&mut command)?.exits(0)?;
        let built: Vec<PathBuf> =
            fs::read_dir(&wheels)?.map(|entry| Ok(entry?.path())).collect::<Result<_, Failed>>()?;
        ensure(built.len() == 1, || format!("{built:?}"))?;
        Ok(built[0].to_string_lossy().into_owned())
    }
}

fn wheel() -> Outcome {
    let folder = tempfile::tempdir()?;
    let place = folder.path();
    let venv = Venv::new(place)?;
    let wheel = venv.build(Some(PROGRAM), place)?;
    ensure(!wheel.contains("-any."), || format!("{wheel} claims to fit everywhere"))?;
    venv.install(&[&wheel, "mypy"], place)?;
    places::python_codec(place, &[])?;

    for command in [["rollwire"].as_slice(), &["python", "-m", "rollwire"]] {
        let run_it = |arguments: &[&str]| {
            run(&mut venv.program(command[0], &[&command[1..], arguments].concat(), place))
        };
        run_it(&[
            "check",
            "--fresh",
            "0",
            "--filter",
            "state-hash/*",
            "--",
            PYTHON.name,
            "adapter.py",
        ])?
        .exits(0)?;
        run_it(&["inspect", "07 00"])?.exits(1)?;
    }
    let names = write_blocks("python", "python", place)?;
    for pytest in PYTESTS {
        venv.install(pytest, place)?;
        pytest_passes_and_fails(&venv, &names[0])?;
        pytest_counts(&venv, place)?;
    }
    let check = || run(&mut venv.program("mypy", &["--strict", "typed.py"], place));
    fs::write(place.join("typed.py"), include_str!("typed.py"))?;
    check()?.exits(0)?;
    places::edited(place, &[("typed.py", "revision=5", "revision=\"5\"")])?;
    let errors = check()?.exits(1)?.stdout;
    ensure(errors.contains("[arg-type]") && errors.contains("Found 1 error"), || errors.clone())
}

/// What is left out, and what is weak, is counted as such and not as passed.
fn pytest_counts(venv: &Venv, place: &Path) -> Outcome {
    const TEST: &str = "\
import rollwire
from my_codec import Refused, decode

CODEC = rollwire.Codec(decode, refusal=Refused, class_of=lambda refusal: 'count')

@rollwire.vectors('ping')
def test_ping(check):
    check(CODEC)
";
    fs::write(place.join("test_counts.py"), TEST)?;
    let arguments = ["-q", "-p", "no:cacheprovider", "test_counts.py"];
    let printed = run(&mut venv.program("pytest", &arguments, place))?.exits(0)?.stdout;
    let line = printed.lines().find(|line| line.starts_with("rollwire vectors"));
    let line = line.ok_or_else(|| format!("no summary in {printed}"))?;
    let mut numbers = line.split([' ', ';']).filter_map(|word| word.parse::<u32>().ok());
    let counts: [u32; 4] = std::array::from_fn(|_| numbers.next().unwrap_or_default());
    let [passed, weak, failed, not_run] = counts;
    // Every refused datagram has the wrong class, and nothing can be encoded.
    let is_right = passed > weak && weak > 0 && failed == 0 && not_run > passed;
    ensure(is_right, || line.to_owned())
}

/// In a folder of its own, because the codec there is changed.
fn pytest_passes_and_fails(venv: &Venv, test: &str) -> Outcome {
    let mut version = venv.program("python", &["-m", "pytest", "--version"], &venv.0);
    let version = run(&mut version)?.exits(0)?;
    let version = format!("{}{}", version.stdout, version.stderr);
    for (edits, code) in [(&[][..], 0), (&[IN_PYTHON], 1)] {
        let folder = tempfile::tempdir()?;
        let place = folder.path();
        places::python_codec(place, edits)?;
        write_blocks("python", "python", place)?;
        let arguments = ["-q", "-p", "no:cacheprovider", "--junitxml", "junit.xml", test];
        let finished = run(&mut venv.program("pytest", &arguments, place))?.exits(code)?;
        let summary =
            if code == 0 { "0 failed; 0 not run" } else { " checks passed, 0 of them weak" };
        ensure(finished.stdout.contains(summary), || format!("{version}: {}", finished.stdout))?;
        let junit = fs::read_to_string(place.join("junit.xml"))?;
        for text in ["state-hash/recorded-150-decode", "name=\"rules\" value=\"STATE_HASH-3\""] {
            ensure(junit.contains(text), || format!("{version}: no `{text}` in {junit}"))?;
        }
        // The ids that the README shows are those of pytest.
        let arguments = ["-q", "--collect-only", "-p", "no:cacheprovider", test];
        let listed = run(&mut venv.program("pytest", &arguments, place))?.exits(0)?.stdout;
        let shown = blocks("python", "text")?.into_iter().find(|block| block.contains("::"));
        for id in shown.ok_or("the README shows ids")?.lines() {
            ensure(listed.lines().any(|line| line == id), || format!("{version}: no {id}"))?;
        }
        if code != 0 {
            shows_the_failure("python", &finished)?;
        }
    }
    Ok(())
}

fn pure_wheel() -> Outcome {
    let folder = tempfile::tempdir()?;
    let place = folder.path();
    let venv = Venv::new(place)?;
    let wheel = venv.build(None, place)?;
    ensure(wheel.ends_with("-py3-none-any.whl"), || wheel.clone())?;
    venv.install(&[&wheel], place)?;
    let counted = "import rollwire; print(len(rollwire.checks()) > 3000, rollwire.folder().name)";
    let printed = run(&mut venv.program("python", &["-c", counted], place))?.exits(0)?.stdout;
    ensure(printed.trim() == "True vectors", || printed)?;
    let finished =
        run(&mut venv.program("python", &["-m", "rollwire", "check"], place))?.exits(127)?;
    ensure(finished.stderr.contains("from a wheel without it"), || finished.stderr)
}

/// Builds and packs both packages, and installs them with others in an empty folder.
fn npm_place(edits: &[Edit], others: &[&str]) -> Result<tempfile::TempDir, Failed> {
    let folder = tempfile::tempdir()?;
    let place = folder.path();
    let platform = platform()?;
    let built = place.join("built");
    places::build_npm(&built, &[])?;
    places::build_npm(&built, &["--platform", &platform, "--binary", PROGRAM])?;
    let npm = |arguments: &[&str], place: &Path| {
        run(Command::new(NPM.name).args(arguments).current_dir(place))?.exits(0)
    };
    let mut packed = Vec::new();
    for name in ["rollwire", &platform] {
        let printed = npm(&["pack", "--silent"], &built.join(name))?.stdout;
        packed.push(format!("./built/{name}/{}", printed.trim()));
    }
    fs::write(place.join("package.json"), r#"{"private": true, "type": "module"}"#)?;
    let packed: Vec<&str> = packed.iter().map(String::as_str).collect();
    npm(&[&["install", "--no-audit", "--no-fund"], others, &packed].concat(), place)?;
    places::javascript_codec(place, edits)?;
    Ok(folder)
}

fn npm() -> Outcome {
    let folder = npm_place(&[], &["typescript"])?;
    let place = folder.path();
    let npx = |arguments: &[&str]| {
        run(Command::new("npx").arg("--no-install").args(arguments).current_dir(place))
    };
    let check = ["rollwire", "check", "--fresh", "0", "--filter", "state-hash/*", "--"];
    npx(&[&check, &[NODE.name, "adapter.mjs"][..]].concat())?.exits(0)?;
    npx(&["rollwire", "inspect", "07 00"])?.exits(1)?;

    let names = write_blocks("npm", "js", place)?;
    run(Command::new(NODE.name).args(["--test", &names[0]]).current_dir(place))?.exits(0)?;

    fs::write(place.join("typed.ts"), include_str!("typed.ts"))?;
    let check = || {
        npx(&["tsc", "--strict", "--noEmit", "--module", "nodenext", "--skipLibCheck", "typed.ts"])
    };
    check()?.exits(0)?;
    places::edited(place, &[("typed.ts", "revision: 5", "revision: \"5\"")])?;
    let errors = check()?;
    ensure(errors.code != Some(0), || "a wrong use was accepted".to_owned())?;
    let all = errors.stdout.matches("error TS").count();
    ensure(all == 1 && errors.stdout.contains("error TS2322"), || errors.stdout.clone())
}

fn vitest() -> Outcome {
    for (edits, code) in [(&[][..], 0), (&[IN_JAVASCRIPT], 1)] {
        let folder = npm_place(edits, &["vitest"])?;
        let place = folder.path();
        let names = write_blocks("npm", "js", place)?;
        places::edited(place, &[(&names[0], "rollwire/node-test", "rollwire/vitest")])?;
        let arguments = ["--no-install", "vitest", "run", "--reporter=verbose", &names[0]];
        let mut command = Command::new("npx");
        let finished =
            run(command.args(arguments).current_dir(place).env("NO_COLOR", "1"))?.exits(code)?;
        let id = "state-hash/recorded-150-decode";
        ensure(finished.stdout.contains(id), || finished.stdout.clone())?;
        if code != 0 {
            shows_the_failure("npm", &finished)?;
        }
    }
    Ok(())
}
