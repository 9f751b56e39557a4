//! The taps as packages, installed in a fresh place: their declared types are checked there by the usual
//! checker, from npm or PyPI, and a wrong use is found.

use std::{fs, path::Path, process::Command};

use super::taps;
use crate::support::{
    NODE, NPM, Outcome, PYTHON, Test, ensure, fail, javascript::edit, run, trial,
};

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("javascript::package_has_types", &[&NODE, &NPM], javascript).deep(),
        trial("python::package_has_types", &[&PYTHON], python).deep(),
    ]
}

fn javascript() -> Outcome {
    let folder = tempfile::tempdir()?;
    let command = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&folder);
        command
    };
    fs::write(folder.path().join("package.json"), r#"{"private": true, "type": "module"}"#)?;
    let package = taps().join("javascript");
    // Packed and unpacked, as from a registry; a link would show files that the package leaves out.
    let install = ["install", "--install-links", "--no-audit", "--no-fund", "typescript"];
    run(command(NPM.name, &install).arg(&package))?.exits(0)?;
    let consumer = folder.path().join("consumer.ts");
    fs::copy(package.join("test/consumer.ts"), &consumer)?;
    let program =
        r#"import { tapSocket } from "rollwire-tap/node"; console.log(typeof tapSocket);"#;
    fs::write(folder.path().join("program.js"), program)?;
    let printed = run(&mut command(NODE.name, &["program.js"]))?.exits(0)?.stdout;
    ensure(printed == "function\n", || printed)?;
    let tsc = ["--no-install", "tsc", "--strict", "--noEmit", "--module", "nodenext"];
    let check = || run(command("npx", &tsc).arg("consumer.ts"));
    check()?.exits(0)?;
    edit(&consumer, &[("revision: 7", "revision: \"7\"")])?;
    let checked = check()?;
    let is_found = checked.code != Some(0) && checked.stdout.matches("error TS").count() == 1;
    ensure(is_found, || format!("a wrong use is not the only error:\n{}", checked.stdout))
}

fn python() -> Outcome {
    let folder = tempfile::tempdir()?;
    run(Command::new(PYTHON.name).args(["-m", "venv", "venv"]).current_dir(&folder))?.exits(0)?;
    let programs = folder.path().join(if cfg!(windows) { "venv/Scripts" } else { "venv/bin" });
    let program = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(programs.join(name));
        command.args(arguments).current_dir(&folder).env_remove("PYTHONPATH");
        command
    };
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "mypy"];
    let package = taps().join("python");
    run(program("python", &install).arg(&package))?.exits(0)?;
    let consumer = folder.path().join("consumer.py");
    fs::copy(package.join("tests/consumer.py"), &consumer)?;
    let printed = run(&mut program("python", &["consumer.py"]))?.exits(0)?.stdout;
    ensure(printed.trim() == "ok", || printed)?;
    let check = |path: &Path| run(program("mypy", &["--strict"]).arg(path));
    check(&consumer)?.exits(0)?;
    edit(&consumer, &[("tap.send(b\"\\x04\")", "tap.send(\"\\x04\")")])?;
    let checked = check(&consumer)?;
    match checked.stdout.matches("[arg-type]").count() {
        1 => Ok(()),
        _ => fail(format!("a wrong use is not the only error:\n{}", checked.stdout)),
    }
}
