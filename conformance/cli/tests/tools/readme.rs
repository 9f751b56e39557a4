//! What the README shows is what rollwire prints: every `$ rollwire` block, and the failure.

use crate::support::Test;
use crate::support::{
    NODE, Outcome, ensure,
    javascript::{copy_javascript, edit},
    rollwire, run, trial,
};

const README: &str = include_str!("../../../../README.md");

pub(crate) fn tests() -> Vec<Test> {
    vec![
        trial("commands_print_what_is_shown", &[], commands_print_what_is_shown),
        trial("the_failure_is_a_real_one", &[&NODE], the_failure_is_a_real_one),
        trial("the_failed_scenario_is_a_real_one", &[&NODE], the_failed_scenario_is_a_real_one),
    ]
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

/// The first fault of the README, planted in a copy of the JavaScript implementation.
fn the_failure_is_a_real_one() -> Outcome {
    let right = "frame: u32At(bytes, 1), hash:";
    let wrong = "frame: u32At(bytes.slice(1, 5).reverse(), 0), hash:";
    let arguments = ["check", "--filter", "state-hash/frame-*"];
    same(shown_failure(0), &first_failure("src/codec.mjs", (right, wrong), &arguments)?)
}

/// The second one, found by random scenarios.
fn the_failed_scenario_is_a_real_one() -> Outcome {
    let (right, wrong) =
        ("filter((pair) => pair[0] < target)", "filter((pair) => pair[0] <= target)");
    let arguments = ["check", "--filter", "fresh/exchange/*", "--seed", "1"];
    same(shown_failure(1), &first_failure("src/exchange.mjs", (right, wrong), &arguments)?)
}

/// What the README shows as a failure: its blocks of text.
fn shown_failure(number: usize) -> &'static str {
    let block = README.split("```text\n").nth(1 + number).unwrap_or_default();
    block.split("\n```").next().unwrap_or_default()
}

/// The first failure that is reported when one file is changed.
fn first_failure(
    file: &str,
    fault: (&str, &str),
    arguments: &[&str],
) -> Result<String, libtest_mimic::Failed> {
    let folder = tempfile::tempdir()?;
    copy_javascript(folder.path(), "my_adapter.mjs")?;
    edit(&folder.path().join(file), &[fault])?;
    let mut command = rollwire(arguments);
    command.args(["--verbose", "--", "node", "my_adapter.mjs"]);
    command.current_dir(folder.path()).env("NO_COLOR", "1").env("COLUMNS", "100");
    let printed = run(&mut command)?.exits(1)?.stdout;
    let first = printed.find("FAIL  ").map_or("", |at| &printed[at..]);
    Ok(first.split("\n\n").next().unwrap_or_default().trim_end().to_owned())
}

fn same(shown: &str, printed: &str) -> Outcome {
    ensure(shown == printed, || {
        format!("the README shows\n{shown}\nbut rollwire prints\n{printed}")
    })
}
