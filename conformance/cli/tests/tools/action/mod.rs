//! The action for GitHub, run as its runner would: what it writes about a right and a wrong
//! implementation, and what it makes of inputs that are hostile.

pub(crate) mod composite;
mod install;
mod workflows;

use std::{fs, path::Path};

use libtest_mimic::Failed;
use serde_json::Value;

use self::composite::{Done, Job};
use crate::support::{
    NODE, Outcome, Test, ensure,
    javascript::{copy_javascript, edit},
    rollwire, run, trial,
};

/// The cases that these tests ask, so that a run takes a moment.
const FEW: &str = "--fresh 0 --filter 'state-hash/frame-*'";

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = workflows::tests();
    if cfg!(unix) {
        tests.extend([
            trial("a_right_implementation", &[&NODE], a_right_implementation),
            trial("a_wrong_implementation", &[&NODE], a_wrong_implementation),
            trial("what_an_adapter_prints_is_no_command", &[&NODE], printed_commands),
            trial("hostile_inputs_are_only_text", &[], hostile_inputs),
            trial("what_cannot_run_says_so", &[], what_cannot_run),
            trial("words_are_those_of_a_shell", &[], words_of_a_shell),
            trial("the_working_directory_is_a_path_from_here", &[], working_directory),
        ]);
        tests.extend(install::tests());
    }
    tests
}

/// Runs the action with the command that cargo has built.
fn act(workspace: &Path, inputs: &[(&str, &str)]) -> Result<Done, Failed> {
    let temporary = tempfile::tempdir()?;
    let programs = Path::new(env!("CARGO_BIN_EXE_rollwire")).parent().ok_or("a folder")?;
    let installed = [inputs, &[("version", "installed")]].concat();
    let job = Job {
        inputs: &installed,
        workspace,
        programs,
        variables: &[],
        temporary: temporary.path(),
    };
    let done = job.run()?;
    // The files are looked at before their folder goes.
    if !done.artifacts.is_empty() {
        files_are_whole(&done)?;
    }
    Ok(done)
}

/// What the artefact contains, whatever the verdict is.
fn files_are_whole(done: &Done) -> Outcome {
    let folder = &done.artifacts[0].1;
    let mut names: Vec<_> =
        fs::read_dir(folder)?.map(|it| Ok(it?.file_name())).collect::<Result<_, Failed>>()?;
    names.sort();
    let expected = ["badge.json", "events.jsonl", "rollwire.html"];
    ensure(names == expected, || format!("the artefact has {names:?}"))?;
    for (output, name) in ["badge", "events", "page"].into_iter().zip(expected) {
        let path = Path::new(&done.outputs[output]);
        ensure(path == folder.join(name), || format!("{output} is {}", path.display()))?;
    }
    let badge: Value = serde_json::from_slice(&fs::read(&done.outputs["badge"])?)?;
    let (color, shown) = match done.code {
        0 => (["yellow", "brightgreen"].as_slice(), "partial: "),
        1 => (["red"].as_slice(), "does not conform"),
        _ => (["lightgrey"].as_slice(), "incomplete"),
    };
    let is_right = color.iter().any(|it| badge["color"] == *it) && badge["schemaVersion"] == 1;
    ensure(is_right, || badge.to_string())?;
    let page = fs::read_to_string(&done.outputs["page"])?;
    ensure(page.starts_with("<!doctype html>") && page.contains(shown), || {
        format!("the page begins {:?}", page.get(..200))
    })?;
    let events = fs::read_to_string(&done.outputs["events"])?;
    let last: Value = serde_json::from_str(events.lines().last().unwrap_or_default())?;
    ensure(last["event"] == "footer" && last["exit"] == done.code, || last.to_string())
}

fn a_right_implementation() -> Outcome {
    let folder = tempfile::tempdir()?;
    // The words of the command have spaces, and the job begins in another folder.
    fs::create_dir(folder.path().join("my game"))?;
    copy_javascript(&folder.path().join("my game"), "the adapter.mjs")?;
    let done = act(
        folder.path(),
        &[
            ("command", "node \\\n  'the adapter.mjs'"),
            ("arguments", FEW),
            ("working-directory", "my game"),
            ("artifact", "report"),
        ],
    )?;
    ensure(done.code == 0, || done.log.clone())?;
    ensure(done.outputs["verdict"] == "partial" && done.outputs["exit-code"] == "0", || {
        format!("{:?}", done.outputs)
    })?;
    ensure(done.summary.starts_with("## ~ rollwire: partial: "), || done.summary.clone())?;
    ensure(done.log.contains("\n::notice title=rollwire ~ "), || done.log.clone())?;
    ensure(!done.log.contains("::error"), || done.log.clone())?;
    ensure(done.artifacts[0].0 == "report", || format!("{:?}", done.artifacts))
}

fn a_wrong_implementation() -> Outcome {
    let folder = tempfile::tempdir()?;
    copy_javascript(folder.path(), "adapter.mjs")?;
    let right = "frame: u32At(bytes, 1), hash:";
    let wrong = "frame: u32At(bytes.slice(1, 5).reverse(), 0), hash:";
    edit(&folder.path().join("src/codec.mjs"), &[(right, wrong)])?;
    let inputs = [("command", "node adapter.mjs"), ("arguments", FEW), ("strict", "true")];
    let done = act(folder.path(), &inputs)?;
    ensure(done.code == 1, || format!("exit code {}\n{}", done.code, done.log))?;
    ensure(
        done.outputs["verdict"] == "does not conform" && done.outputs["exit-code"] == "1",
        || format!("{:?}", done.outputs),
    )?;
    ensure(done.summary.starts_with("## ✗ rollwire: does not conform: "), || {
        done.summary.clone()
    })?;
    ensure(done.summary.contains("STATE_HASH-2"), || done.summary.clone())?;
    ensure(done.log.contains("\n::error title=1. "), || done.log.clone())?;
    // The text report is in the log as well, and the run was strict.
    ensure(done.log.contains("\ndoes not conform: "), || done.log.clone())?;
    ensure(done.summary.contains(" · strict"), || done.summary.clone())?;

    // With a list of what is expected to fail, the job passes.
    let list = "what is expected.toml";
    let mut update = rollwire(&["baseline", "update", "--fresh", "0", "--strict", list]);
    update.args(["--filter", "state-hash/frame-*", "--", "node", "adapter.mjs"]);
    run(update.current_dir(folder.path()))?.exits(0)?;
    let path = folder.path().join(list);
    fs::write(&path, fs::read_to_string(&path)?.replace("TODO: say why", "little-endian"))?;
    let done = act(folder.path(), &[&inputs[..], &[("baseline", list)]].concat())?;
    ensure(done.code == 0 && done.summary.contains("expected"), || done.log.clone())
}

/// An adapter writes to standard error, which the log shows: no line of it reaches the runner as a command.
fn printed_commands() -> Outcome {
    let folder = tempfile::tempdir()?;
    let forged = "::error title=forged::forged";
    let program =
        format!("console.error('{forged}'); console.error('::endgroup::'); process.exit(7)");
    fs::write(folder.path().join("adapter.mjs"), program)?;
    let done = act(folder.path(), &[("command", "node adapter.mjs")])?;
    ensure(done.code == 3, || format!("exit code {}\n{}", done.code, done.log))?;
    let (before, rest) = done.log.split_once("::stop-commands::").ok_or("commands are stopped")?;
    let token = rest.lines().next().unwrap_or_default();
    ensure(token.len() == 32, || format!("the token is {token:?}"))?;
    let (stopped, after) =
        rest.split_once(&format!("\n::{token}::\n")).ok_or("commands are read again")?;
    ensure(stopped.contains("forged"), || format!("nothing was printed: {stopped}"))?;
    let read = format!("{before}{after}");
    ensure(!read.lines().any(|line| line.starts_with("::error title=forged")), || read.clone())
}

fn hostile_inputs() -> Outcome {
    let folder = tempfile::tempdir()?;
    let made = folder.path().join("made");
    let attack =
        format!("$(touch {0}) `touch {0}`; touch {0} & x ${{IFS}} * ~ \\$HOME", made.display());
    for name in ["command", "arguments", "baseline", "working-directory", "strict", "version"] {
        for value in
            [&*attack, "\"; exit 0 #", "a\n::set-output name=x::y\nexit-code=0", "--help\n'"]
        {
            // Without the hostile value, the run would pass.
            let builtin = format!("{FEW} --builtin");
            let arguments = if name == "command" { FEW } else { &builtin };
            let done = act(folder.path(), &[(name, value), ("arguments", arguments)])?;
            ensure(!made.exists(), || format!("{name}: {value:?} was run"))?;
            ensure(done.code != 0, || format!("{name}: {value:?} passed\n{}", done.log))?;
            let verdict = done.outputs.get("verdict").map_or("", String::as_str);
            ensure(!verdict.contains("conforms"), || format!("{name}: {value:?}: {verdict}"))?;
        }
    }
    Ok(())
}

fn what_cannot_run() -> Outcome {
    let folder = tempfile::tempdir()?;
    for (inputs, expected) in [
        (&[("command", "node 'adapter.mjs")][..], "command cannot be split into words: "),
        (&[("command", "node a\\")], "command cannot be split into words: a backslash at its end "),
        (&[("strict", "yes")], "strict: expected true or false, found: yes"),
        (&[("working-directory", "game")], "working-directory: the folder game does not exist in "),
        (
            &[("version", "1.2")],
            "version: expected a version such as 0.1.0, `source` or `installed`, found: 1.2",
        ),
        (
            &[("command", "")],
            "the run left no results to report: `rollwire check` ended with exit code 2",
        ),
    ] {
        let done = act(folder.path(), inputs)?;
        let line = format!("::error title=rollwire::{expected}");
        ensure(done.code == 2 && done.log.lines().any(|it| it.starts_with(&line)), || {
            format!("{inputs:?}: exit code {}, not `{line}` in\n{}", done.code, done.log)
        })?;
        ensure(done.artifacts.is_empty() && done.summary.is_empty(), || format!("{done:?}"))?;
    }
    Ok(())
}

/// Runs the action with this script in place of the program, and returns what the script wrote to `$WRITTEN`.
fn written(script: &str, inputs: &[(&str, &str)], workspace: &Path) -> Result<String, Failed> {
    let (programs, temporary) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let program = programs.path().join("rollwire");
    // The step before asks for its version.
    let text = format!("#!/bin/sh\n[ \"$1\" = check ] || exit 0\n{script}\nexit 7\n");
    install::write_program(&program, &text)?;
    let written = programs.path().join("written");
    let elsewhere = programs.path().join("elsewhere");
    fs::create_dir_all(elsewhere.join("lib"))?;
    let job = Job {
        inputs: &[inputs, &[("version", "installed")]].concat(),
        workspace,
        programs: programs.path(),
        variables: &[
            ("WRITTEN", &written.to_string_lossy()),
            ("CDPATH", &elsewhere.to_string_lossy()),
            ("OLDPWD", &elsewhere.to_string_lossy()),
        ],
        temporary: temporary.path(),
    };
    let done = job.run()?;
    ensure(done.code == 2, || done.log.clone())?;
    fs::read_to_string(&written)
        .map_err(|error| format!("{inputs:?}: {error}\n{}", done.log).into())
}

/// The words of the command are those that a shell makes of it, where nothing is to be expanded.
fn words_of_a_shell() -> Outcome {
    let folder = tempfile::tempdir()?;
    let print = r#"while [ "$1" != -- ]; do shift; done; shift; printf '[%s]' "$@" >"$WRITTEN""#;
    for text in [
        r#"node "a\\b" "say \"hi\"" "\x\$HOME\`""#,
        r#"a "" b'"'"'"'c\ d é\é '\'"#,
        "node a\\\nb \"c\\\nd\" 'e\\\nf'",
        " \t node \t 'a\nb' \"c\nd\"\n\n",
    ] {
        let mut shell = std::process::Command::new("bash");
        let expected = run(shell.args(["-c", &format!("printf '[%s]' {}", text.trim())]))?;
        let expected = expected.exits(0)?.stdout;
        let found = written(print, &[("command", text)], folder.path())?;
        ensure(found == expected, || format!("{text:?}: {found}, not {expected}"))?;
    }
    // Where a shell begins another command, the action begins another word.
    let found = written(print, &[("command", "node\na\n")], folder.path())?;
    ensure(found == "[node][a]", || found.clone())
}

/// Not that of `cd -`, and not one that CDPATH finds.
fn working_directory() -> Outcome {
    let folder = tempfile::tempdir()?;
    let real = folder.path().canonicalize()?;
    for name in ["-", "lib", "--", "~"] {
        fs::create_dir(folder.path().join(name))?;
        let found = written("pwd >\"$WRITTEN\"", &[("working-directory", name)], folder.path())?;
        let expected = real.join(name);
        ensure(Path::new(found.trim_end()) == expected, || format!("{name}: {found}"))?;
    }
    Ok(())
}
