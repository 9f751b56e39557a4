//! The packages for Python and JavaScript, installed in a fresh place and used from there as a game
//! would use them: what is missing from a package is missing here.
//!
//! Each also has its declared types checked by the usual checker, from PyPI or npm.

use std::{fs, path::Path, process::Command};

use libtest_mimic::Failed;

use crate::support::{
    NODE, NPM, Outcome, PYTHON, Test, adapters, ensure, javascript::edit, run, trial,
};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("python_package_is_used_from_outside", &[&PYTHON], python).deep(),
        trial("javascript_package_is_used_from_outside", &[&NODE, &NPM], javascript).deep(),
    ]
}

fn python() -> Outcome {
    let folder = tempfile::tempdir()?;
    run(Command::new(PYTHON.name).args(["-m", "venv", "venv"]).current_dir(&folder))?.exits(0)?;
    let programs = folder.path().join(if cfg!(windows) { "venv/Scripts" } else { "venv/bin" });
    // From outside of the checkout, and without what the environment adds to the path of modules.
    let program = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(programs.join(name));
        command.args(arguments).current_dir(&folder).env_remove("PYTHONPATH");
        command
    };
    let package = adapters().join("python");
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "mypy"];
    run(program("python", &install).arg(&package))?.exits(0)?;

    let consumer = folder.path().join("consumer.py");
    fs::copy(package.join("tests/consumer.py"), &consumer)?;
    let printed = run(&mut program("python", &["consumer.py"]))?.exits(0)?.stdout;
    ensure(printed.trim() == "ok", || printed)?;

    let check = || run(&mut program("mypy", &["--strict", "consumer.py"]));
    check()?.exits(0)?;
    let wrong = ("plain.confirm(frame, ours)", "plain.confirm(str(frame), ours)");
    let line = plant(&consumer, wrong)?;
    let errors = check()?.exits(1)?.stdout;
    is_the_only_error(&errors, &format!("consumer.py:{line}: error: "), "[arg-type]")
}

fn javascript() -> Outcome {
    /// Prints what a datagram holds, and the datagram as it is encoded again.
    const PROGRAM: &str = r#"
        import { decode, encode } from "rollwire-reference";
        const bytes = Uint8Array.from(Buffer.from("07000000960123456789abcdef", "hex"));
        const message = decode(bytes);
        console.log(message.type, message.frame, message.hash);
        console.log(Buffer.from(encode(message)).toString("hex"));
    "#;
    let folder = tempfile::tempdir()?;
    let command = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder);
        command
    };
    fs::write(folder.path().join("package.json"), r#"{"private": true, "type": "module"}"#)?;
    let package = adapters().join("javascript");
    // Packed and unpacked, as from a registry; a link would show files that the package leaves out.
    let install = ["install", "--install-links", "--no-audit", "--no-fund", "typescript"];
    run(command(NPM.name, &install).arg(&package))?.exits(0)?;

    fs::write(folder.path().join("program.js"), PROGRAM)?;
    let printed = run(&mut command(NODE.name, &["program.js"]))?.exits(0)?.stdout;
    let expected = "state_hash 150 0123456789abcdef\n07000000960123456789abcdef\n";
    ensure(printed == expected, || printed)?;

    let consumer = folder.path().join("consumer.ts");
    fs::copy(package.join("test/consumer.ts"), &consumer)?;
    let tsc = ["--no-install", "tsc", "--strict", "--noEmit", "--module", "nodenext"];
    let check = || run(command("npx", &tsc).arg("consumer.ts"));
    check()?.exits(0)?;
    let line = plant(&consumer, ("peer.tick();", "peer.tick(5);"))?;
    let run = check()?;
    ensure(run.code != Some(0), || "a wrong use was accepted".to_owned())?;
    is_the_only_error(&run.stdout, &format!("consumer.ts({line},"), "error TS2554: ")
}

/// Puts a wrong use in the place of a right one, and says in which line.
fn plant(file: &Path, (right, wrong): (&str, &str)) -> Result<usize, Failed> {
    edit(file, &[(right, wrong)])?;
    let text = fs::read_to_string(file)?;
    let line = text.lines().position(|line| line.contains(wrong)).ok_or("it was planted")?;
    Ok(line + 1)
}

/// The checker reports the planted use, and nothing else.
fn is_the_only_error(printed: &str, place: &str, kind: &str) -> Outcome {
    let errors: Vec<&str> = printed.lines().filter(|line| line.contains(kind)).collect();
    let all = printed.matches("error: ").count() + printed.matches("error TS").count();
    let is_planted = |line: &&str| line.starts_with(place);
    ensure(errors.iter().all(is_planted) && errors.len() == 1 && all == 1, || {
        format!("not only `{kind}` at `{place}`:\n{printed}")
    })
}
