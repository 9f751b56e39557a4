//! Mistakes that ports make, planted one at a time in a copy of the JavaScript implementation: the kit
//! finds each of them, blames the right rule, and says where and what in words that end the hunt.

mod exchange;
mod faults;

use std::{collections::BTreeSet, fs};

use libtest_mimic::Failed;
use rollwire_conformance::{
    event::{CheckEvent, Detail, Event},
    verdict::Verdict,
};

use self::faults::{Fault, Shown, faults};
use crate::support::Test;
use crate::support::{
    Finished, NODE, Outcome, ensure, fail,
    javascript::{copy_javascript, edit},
    rollwire, trial,
};

pub(crate) fn tests() -> Vec<Test> {
    let mut trials: Vec<Test> =
        faults().map(|fault| trial(fault.name, &[&NODE], || fault.is_explained())).collect();
    trials.push(trial("fresh_cases_alone_find_a_fault", &[&NODE], || {
        let first = faults().next().ok_or("there are faults")?;
        first.run(&["--filter", "fresh/*"])?.0.exits(1).map(drop)
    }));
    trials.push(trial("an_edit_must_fit_exactly_once", &[], || {
        let edited =
            |pattern| crate::support::javascript::edited("one two one", &[(pattern, "three")]).ok();
        ensure(edited("two").as_deref() == Some("one three one"), || "two".to_owned())?;
        ensure(edited("one").is_none(), || "twice".to_owned())?;
        ensure(edited("four").is_none(), || "never".to_owned())?;
        ensure(crate::support::javascript::edited("one", &[("one", "one")]).is_err(), || {
            "changes nothing".to_owned()
        })
    }));
    trials.extend(exchange::trials());
    trials
}

impl Fault {
    /// Plants the fault and runs `rollwire check`: what it printed, and its failures.
    fn run(&self, arguments: &[&str]) -> Result<(Finished, Vec<CheckEvent>), Failed> {
        run("src/codec.mjs", self.edits, arguments)
    }

    /// The report ends the hunt for this fault.
    fn is_explained(&self) -> Outcome {
        // The published cases suffice, and each of them is about one rule.
        // A wrong STATE_HASH is a wrong exchange too, and a wrong message a wrong peer, which says
        // nothing new.
        let sessions = ["--filter", "!exchange-*/*", "--filter", "!peer-*/*"];
        let bytes = [&["--fresh", "0", "--verbose"][..], &sessions].concat();
        let (run, failures) = self.run(&bytes)?;
        let run = run.exits(1)?;
        let rules: BTreeSet<&str> = failures.iter().map(|it| &*it.rule).collect();
        ensure(rules.contains(self.rule), || format!("{} is not among {rules:?}", self.rule))?;
        if let Some(stranger) = failures.iter().find(|failure| !self.breaks(failure)) {
            return fail(format!("{} · {} fails too", stranger.case, stranger.rule));
        }
        if let Some(first) = failures.first() {
            let hint = detail(first)?.hint.clone().unwrap_or_default();
            ensure(first.rule == self.rule, || {
                format!("the first failure is {} · {}: {hint}", first.case, first.rule)
            })?;
        }
        // A test within the process of the codec finds the same.
        crate::packages::alike::javascript_fails_alike(self.edits, &failures)?;
        let shown = |it: &&CheckEvent| {
            it.case == self.shown.case && it.check.to_string() == self.shown.check
        };
        let Some(failure) = failures.iter().find(shown) else {
            return fail(format!("{} does not fail:\n{}", self.shown.case, run.stdout));
        };
        self.shown.is_what_the_event_says(detail(failure)?)?;
        self.shown.is_what_the_text_says(&run.stdout)
    }

    /// Whether a failure may be blamed on this fault: by its rule or, where the case is about message
    /// types as such, by the message that it holds.
    fn breaks(&self, failure: &CheckEvent) -> bool {
        let message = failure.rule.rsplit_once('-').map_or("", |(message, _)| message);
        let holds =
            |name: &str| failure.case.contains(&name.to_ascii_lowercase().replace('_', "-"));
        self.messages.is_empty()
            || self.messages.contains(&message)
            || (message == "WIRE" && self.messages.iter().any(|name| holds(name)))
    }
}

impl Shown {
    fn is_what_the_event_says(&self, detail: &Detail) -> Outcome {
        let place = detail.field.as_deref().zip(detail.offset);
        ensure(place == self.field, || format!("field {place:?}, not {:?}", self.field))?;
        let expected = detail.expected.first().cloned().unwrap_or_default();
        ensure(expected.starts_with(self.expected), || format!("expected: {expected}"))?;
        ensure(detail.got.starts_with(self.got), || format!("got: {}", detail.got))?;
        ensure(detail.hint.as_deref() == self.hint, || format!("hint: {:?}", detail.hint))
    }

    fn is_what_the_text_says(&self, text: &str) -> Outcome {
        let title = format!("FAIL  {} · {} · ", self.case, self.check);
        let Some(block) = text.split("\n\n").find(|block| block.starts_with(&title)) else {
            return fail(format!("no `{title}` in\n{text}"));
        };
        let row = |name: &str, value: &str| {
            let row = format!("{name:<10}{value}");
            ensure(block.contains(&row), || format!("no `{row}` in\n{block}"))
        };
        row("expected", self.expected)?;
        row("got", self.got)?;
        let place = self.field.map(|(field, offset)| format!(" {field}, offset {offset}\n"));
        if let Some(hint) = self.hint {
            // Behind a short answer, and on a line of its own where that would be cut.
            let behind = format!("({hint})");
            let shown = block.contains(&behind) || block.contains(&format!("hint      {hint}"));
            ensure(shown, || format!("no `{behind}` in\n{block}"))?;
        }
        let words = place.unwrap_or_default();
        ensure(block.contains(&words), || format!("no `{words}` in\n{block}"))
    }
}

fn detail(failure: &CheckEvent) -> Result<&Detail, Failed> {
    failure.detail.as_ref().ok_or_else(|| format!("{} has no detail", failure.case).into())
}

/// Plants a fault in one file and runs `rollwire check`: what it printed, and its failures.
fn run(
    file: &str,
    edits: &[(&str, &str)],
    arguments: &[&str],
) -> Result<(Finished, Vec<CheckEvent>), Failed> {
    let folder = tempfile::tempdir()?;
    copy_javascript(folder.path(), "adapter.mjs")?;
    edit(&folder.path().join(file), edits)?;

    let mut command = rollwire(&["check", "--seed", "1"]);
    command.args(["--format", "text", "--output", "-"]);
    command.args(["--format", "jsonl", "--output", "events.jsonl"]);
    command.args(arguments).args(["--", NODE.name, "adapter.mjs"]).current_dir(&folder);
    let run = crate::support::run(&mut command)?;
    let events = fs::read_to_string(folder.path().join("events.jsonl"))?;
    let mut failures = Vec::new();
    for line in events.lines() {
        if let Event::Check(check) = serde_json::from_str(line)?
            && matches!(check.verdict, Verdict::Fail | Verdict::Error)
        {
            failures.push(*check);
        }
    }
    Ok((run, failures))
}
