//! `rollwire fuzz` finds mistakes that hide, planted one at a time in a copy of the JavaScript
//! implementation, and makes what shows them as short as can be. Some of them no published vector
//! notices.

mod digests;
mod faults;

use std::{collections::BTreeSet, path::Path};

use libtest_mimic::Failed;
use rollwire_conformance::vectors::VectorSet;
use rollwire_model::{Layout, Model, RefusalClass, hex};

use self::faults::{FAULTS, Fault, Shortest};
use crate::support::Test;
use crate::support::{
    Finished, NODE, Outcome, PYTHON, adapters, ensure, fail,
    javascript::{copy_javascript, edit},
    rollwire, trial,
};

/// The cases within which each fault is found.
const CASES: &str = "200000";

/// The faults that take more than ten thousand cases to find.
const SLOW: [&str; 5] = [
    "input_with_a_reserved_byte_and_fifteen_entries_is_refused",
    "validation_pong_loses_one_lower_word",
    "episode_end_loses_one_power_of_two",
    "episode_ready_takes_a_hash_for_a_number",
    "state_hash_is_written_without_its_lowest_bit",
];

pub(crate) fn tests() -> Vec<Test> {
    let mut trials: Vec<Test> = FAULTS
        .iter()
        .map(|fault| {
            let is_slow = SLOW.contains(&fault.name);
            trial(fault.name, &[&NODE], || fault.is_found_and_shrunk()).deep_if(is_slow)
        })
        .collect();
    let missed = FAULTS.iter().filter(|fault| fault.missed);
    // Each is a run of all vectors, so only one of them runs by default.
    trials.extend(missed.enumerate().map(|(number, fault)| {
        let name = format!("no_vector_notices_that_{}", fault.name);
        trial(&name, &[&NODE], || fault.is_missed_by_the_vectors()).deep_if(number > 0)
    }));
    trials.extend(digests::trials());
    trials.push(trial("the_built_in_implementation_does_not_differ", &[], || no_difference(&[])));
    trials.push(trial("javascript_does_not_differ", &[&NODE], || {
        no_difference(&["node", &adapter("javascript/adapter.mjs")])
    }));
    trials.push(trial("python_does_not_differ", &[&PYTHON], || {
        no_difference(&["python3", &adapter("python/adapter.py")])
    }));
    trials.push(trial("a_seed_finds_the_same_again", &[&NODE], a_seed_finds_the_same_again));
    trials.push(trial("a_crash_is_a_difference", &[&NODE], a_crash_is_a_difference));
    trials.push(trial("a_spent_budget_is_incomplete", &[&NODE], a_spent_budget_is_incomplete));
    trials.push(trial(
        "weak_is_a_difference_where_it_is_asked_for",
        &[&NODE],
        weak_is_a_difference_where_it_is_asked_for,
    ));
    trials.push(trial("what_came_before_matters", &[&NODE], what_came_before_matters));
    trials.push(trial("nothing_declared_is_not_green", &[&NODE], nothing_declared_is_not_green));
    trials.push(trial("what_does_not_start_is_incomplete", &[], || {
        let run = crate::support::run(&mut rollwire(&[
            "fuzz",
            "--cases",
            "1",
            "--",
            "/nowhere/adapter",
        ]))?;
        ensure(run.exits(3)?.stderr.starts_with("incomplete: "), || "no reason".to_owned())
    }));
    trials.push(trial("faults_are_many_and_of_every_message", &[], every_message));
    trials
}

impl Fault {
    /// A copy of the implementation with the fault, as a command.
    fn planted(&self, folder: &Path) -> Result<Vec<String>, Failed> {
        copy_javascript(folder, "adapter.mjs")?;
        edit(&folder.join(self.file), self.edits)?;
        let adapter = folder.join("adapter.mjs");
        Ok(vec!["node".to_owned(), adapter.display().to_string()])
    }

    fn is_found_and_shrunk(&self) -> Outcome {
        let folder = tempfile::tempdir()?;
        let command = self.planted(folder.path())?;
        let file = folder.path().join("found.json");
        let path = file.display().to_string();
        let mut arguments = vec!["fuzz", "--cases", CASES, "--seed", "7", "--timeout", "60s"];
        arguments.extend(["--write", &path, "--"]);
        arguments.extend(command.iter().map(String::as_str));
        let run = crate::support::run(&mut rollwire(&arguments))?.exits(1)?;
        self.is_shown(&run, &path)?;
        self.is_shortest(&VectorSet::load(&[file])?)
    }

    /// The report is that of a failed case, and its last line says what it took.
    fn is_shown(&self, run: &Finished, path: &str) -> Outcome {
        for words in [path, "  fuzz/", "got ", "read "] {
            ensure(run.stdout.contains(words), || format!("no `{words}` in\n{}", run.stdout))?;
        }
        let last = run.stdout.lines().last().unwrap_or_default();
        ensure(last.ends_with(": a difference"), || last.to_owned())
    }

    fn is_shortest(&self, found: &VectorSet) -> Outcome {
        // A wrong codec may be found in a peer first: then a few stimuli are left.
        if let Some(scenario) = found.scenarios().find(|scenario| scenario.peer.is_some()) {
            let steps = scenario.steps.len();
            return ensure(steps <= 20, || format!("{steps} stimuli of a peer"));
        }
        match self.shortest {
            Shortest::Stimuli(count) => {
                let steps = found.scenarios().next().map_or(0, |it| it.steps.len());
                ensure(steps == count, || format!("{steps} stimuli, not {count}"))
            }
            Shortest::Datagram(len, begins) => {
                let Some(bytes) = found.bytes().next().and_then(|case| case.bytes()) else {
                    return fail(format!("no datagram: {found:?}"));
                };
                let begin: String = begins.split_whitespace().collect();
                let shown = hex::plain(bytes);
                let is_it = bytes.len() == len && shown.contains(&begin);
                ensure(is_it, || format!("{} bytes, {shown}; not {len}, {begins}", bytes.len()))
            }
            Shortest::Value(text) => {
                let value = found.bytes().next().and_then(|case| case.value.as_ref());
                let shown = value.map_or(String::new(), ToString::to_string);
                ensure(shown == text, || format!("{shown}, not {text}"))
            }
        }
    }

    fn is_missed_by_the_vectors(&self) -> Outcome {
        let folder = tempfile::tempdir()?;
        let command = self.planted(folder.path())?;
        let mut arguments = vec!["check", "--fresh", "0", "--timeout", "60s", "--"];
        arguments.extend(command.iter().map(String::as_str));
        crate::support::run(&mut rollwire(&arguments))?.exits(0).map(drop)
    }
}

fn adapter(path: &str) -> String {
    adapters().join(path).display().to_string()
}

/// A fault of its own, planted in one file.
fn planted(file: &str, edits: &[(&str, &str)]) -> Result<(tempfile::TempDir, String), Failed> {
    let folder = tempfile::tempdir()?;
    copy_javascript(folder.path(), "adapter.mjs")?;
    edit(&folder.path().join(file), edits)?;
    let adapter = folder.path().join("adapter.mjs").display().to_string();
    Ok((folder, adapter))
}

fn fuzz(arguments: &[&str], command: &[&str]) -> Result<Finished, Failed> {
    let mut all = vec!["fuzz", "--seed", "7", "--timeout", "60s"];
    all.extend(arguments);
    if command.is_empty() {
        all.push("--builtin");
    } else {
        all.push("--");
        all.extend(command);
    }
    Ok(crate::support::run(&mut rollwire(&all))?)
}

fn no_difference(command: &[&str]) -> Outcome {
    let run = fuzz(&["--cases", "5000", "--strict"], command)?.exits(0)?;
    let last = run.stdout.lines().last().unwrap_or_default();
    let begins = last.starts_with("5,000 cases in ");
    let layout = Layout::builtin();
    let (types, classes) = (layout.messages.len(), RefusalClass::ALL.len());
    let all = format!(
        "{types} of {types} message types, {classes} of {classes} refusal classes: no difference"
    );
    ensure(begins && last.ends_with(&all), || last.to_owned())?;
    let header = format!(" · fuzzing at revision {} · seed 0000000000000007\n", layout.revision);
    ensure(run.stdout.contains(&header), || run.stdout.clone())
}

fn a_seed_finds_the_same_again() -> Outcome {
    let mut found = Vec::new();
    for window in ["1", "256"] {
        let (folder, adapter) = planted(FAULTS[0].file, FAULTS[0].edits)?;
        let file = folder.path().join("found.json").display().to_string();
        let arguments = ["--cases", CASES, "--write", &file, "--window", window];
        fuzz(&arguments, &["node", &adapter])?.exits(1)?;
        found.push(std::fs::read_to_string(file)?);
    }
    ensure(found[0] == found[1], || found.join("\n"))
}

const CRASH: (&str, &str) = (
    "read: (bytes, type) => ({ type, frame: u32At(bytes, 1), episode: u32At(bytes, 5) }),",
    "read: (bytes, type) => u32At(bytes, 1) > 0 ? process.exit(3) : ({ type, frame: 0, episode: u32At(bytes, 5) }),",
);

fn a_crash_is_a_difference() -> Outcome {
    let (folder, adapter) = planted("src/codec.mjs", &[CRASH])?;
    let file = folder.path().join("found.json").display().to_string();
    let run = fuzz(&["--cases", CASES, "--write", &file], &["node", &adapter])?.exits(1)?;
    for words in ["ERROR  fuzz/episode-end/", " · crash\n"] {
        ensure(run.stdout.contains(words), || format!("no `{words}` in\n{}", run.stdout))?;
    }
    let found = VectorSet::load(&[file.into()])?;
    let bytes = found.bytes().next().and_then(|case| case.bytes()).map(hex::plain);
    ensure(bytes.as_deref() == Some("050000010000000000"), || format!("{bytes:?}"))
}

/// A refusal with a wrong class is weak: counted, and a difference with --strict.
fn weak_is_a_difference_where_it_is_asked_for() -> Outcome {
    let class =
        ("  if (size > length) refuse(\"trailing\"", "  if (size > length) refuse(\"value\"");
    let (folder, adapter) = planted("src/codec.mjs", &[class])?;
    let file = folder.path().join("found.json").display().to_string();
    let arguments = ["--cases", "2000", "--write", &file];
    let run = fuzz(&arguments, &["node", &adapter])?.exits(0)?;
    let last = run.stdout.lines().last().unwrap_or_default();
    ensure(last.ends_with(" weak: no difference"), || last.to_owned())?;
    let run = fuzz(&[&arguments[..], &["--strict"]].concat(), &["node", &adapter])?.exits(1)?;
    ensure(run.stdout.contains(" · wrong_class\n"), || run.stdout.clone())?;
    // A message of one byte, and one byte more.
    let found = VectorSet::load(&[file.into()])?;
    let len = found.bytes().next().and_then(|case| case.bytes()).map(<[u8]>::len);
    ensure(len.is_some_and(|len| len <= 14), || format!("{len:?} bytes"))
}

/// What was found is shown, and that the search did not come to its end.
fn a_spent_budget_is_incomplete() -> Outcome {
    let (folder, adapter) = planted("src/codec.mjs", &[CRASH])?;
    let file = folder.path().join("found.json").display().to_string();
    let arguments = ["--cases", CASES, "--write", &file, "--restarts", "4"];
    let run = fuzz(&arguments, &["node", &adapter])?.exits(3)?;
    ensure(run.stdout.contains("ERROR  fuzz/episode-end/"), || run.stdout.clone())?;
    ensure(run.stderr.starts_with("incomplete: "), || run.stderr.clone())
}

/// An implementation that is wrong only after other requests is wrong; the report says that the packet alone
/// does not show it.
fn what_came_before_matters() -> Outcome {
    let forgets = (
        "export function decode(bytes) {\n",
        "let calls = 0;\nexport function decode(bytes) {\n  if (++calls >= 500 && calls < 503) return { type: \"keepalive\" };\n",
    );
    let (folder, adapter) = planted("src/codec.mjs", &[forgets])?;
    let file = folder.path().join("found.json").display().to_string();
    let run = fuzz(&["--cases", CASES, "--write", &file], &["node", &adapter])?.exits(1)?;
    // One call alone may be for a datagram that an exchange ignores anyway.
    let words = "the result depends on earlier requests";
    ensure(run.stdout.matches(words).count() == 2, || run.stdout.clone())
}

fn nothing_declared_is_not_green() -> Outcome {
    let none = ("capabilities: [", "capabilities: [], declared: [");
    let (_folder, adapter) = planted("adapter.mjs", &[none])?;
    let run = fuzz(&["--cases", "10"], &["node", &adapter])?.exits(4)?;
    ensure(run.stderr.contains("there is nothing to check"), || run.stderr.clone())
}

fn every_message() -> Outcome {
    let names: BTreeSet<&str> = FAULTS.iter().map(|fault| fault.name).collect();
    ensure(names.len() == FAULTS.len() && names.len() >= 20, || format!("{names:?}"))?;
    for message in &Model::latest().layout().messages {
        let named = names.iter().any(|name| name.contains(&*message.name));
        ensure(named, || format!("no fault of {}", message.name))?;
    }
    for name in SLOW {
        ensure(names.contains(name), || format!("no fault is named {name}"))?;
    }
    let missed = FAULTS.iter().filter(|fault| fault.missed).count();
    ensure(missed >= 5, || format!("{missed} that no vector notices"))
}
