//! What the README shows is what rollwire prints: every `$ rollwire` block, and the failure.

mod tools;

use std::{fs, process::ExitCode};

use libtest_mimic::Trial;

use self::tools::{NODE, Outcome, adapters, ensure, fail, rollwire, run, run_all, trial};

const README: &str = include_str!("../../README.md");

fn main() -> ExitCode {
    run_all(vec![
        Trial::test("commands_print_what_is_shown", commands_print_what_is_shown),
        trial("the_failure_is_a_real_one", &[&NODE], the_failure_is_a_real_one),
    ])
}

/// Every command of a `console` block, and its output to the letter.
fn commands_print_what_is_shown() -> Outcome {
    let blocks: Vec<&str> = README.split("```console\n$ rollwire ").skip(1).collect();
    ensure(blocks.len() >= 2, || "the README shows fewer than two commands".to_owned())?;
    for block in blocks {
        let text = block.split("\n```").next().unwrap_or_default();
        let (arguments, shown) = text.split_once('\n').unwrap_or((text, ""));
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let printed = run(rollwire(&arguments).env("NO_COLOR", "1"))?.stdout;
        same(shown, printed.trim_end())?;
    }
    Ok(())
}

/// The fault of the README, planted in a copy of the JavaScript implementation.
fn the_failure_is_a_real_one() -> Outcome {
    let folder = tempfile::tempdir()?;
    let original = adapters().join("javascript");
    let right = fs::read_to_string(original.join("rollwire.mjs"))?;
    let frame = "frame: view.getUint32(1),\n      hash:";
    if right.matches(frame).count() != 1 {
        return fail("the place of the fault is not there once");
    }
    let wrong = right.replace(frame, "frame: view.getUint32(1, true),\n      hash:");
    fs::write(folder.path().join("rollwire.mjs"), wrong)?;
    fs::copy(original.join("adapter.mjs"), folder.path().join("my_adapter.mjs"))?;
    let arguments = ["check", "--filter", "state-hash/frame-*", "--", "node", "my_adapter.mjs"];
    let mut command = rollwire(&arguments);
    let printed = run(command.current_dir(folder.path()).env("NO_COLOR", "1"))?.exits(1)?.stdout;
    let first = printed.find("FAIL  ").map_or("", |at| &printed[at..]);
    let first = first.split("\n\n").next().unwrap_or_default();
    let shown = README.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next());
    same(shown.unwrap_or_default(), first.trim_end())
}

fn same(shown: &str, printed: &str) -> Outcome {
    ensure(shown == printed, || {
        format!("the README shows\n{shown}\nbut rollwire prints\n{printed}")
    })
}
