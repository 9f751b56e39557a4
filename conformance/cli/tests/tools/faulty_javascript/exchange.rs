//! Faults of the exchange: stored scenarios find each of them, and so do random ones alone, which are
//! then shrunk to a few steps that fail again out of their file.

use std::fs;

use rollwire_conformance::{event::CheckEvent, vectors::VectorSet, verdict::Code};
use rollwire_model::{exchange::Stimulus, vectors::ScenarioFile};

use super::run;
use crate::support::Test;
use crate::support::{
    NODE, Outcome, ensure, fail,
    javascript::{copy_javascript, edit},
    planted::Planted,
    rollwire, trial,
};

/// A mistake, and what is said of it.
struct Fault {
    planted: &'static Planted,
    /// What is wrong, as a code.
    code: Code,
    /// How many steps the scenario has at most that random ones are shrunk to.
    steps: usize,
}

static FAULTS: &[Fault] = &[
    Fault { planted: &crate::support::planted::SENDS_ON_CONFIRM, code: Code::WrongSent, steps: 1 },
    Fault {
        planted: &crate::support::planted::SENDS_DURING_A_ROLLBACK,
        code: Code::WrongSent,
        steps: 3,
    },
    Fault {
        planted: &crate::support::planted::DROPS_THE_REFUSED_ENTRY,
        code: Code::WrongState,
        steps: 3,
    },
    Fault {
        planted: &crate::support::planted::LOSES_AN_ENTRY_WHEN_SEND_THROWS,
        code: Code::WrongState,
        steps: 3,
    },
    Fault { planted: &crate::support::planted::FIRST_WRITE_WINS, code: Code::WrongState, steps: 2 },
    Fault {
        planted: &crate::support::planted::ROLLBACK_KEEPS_ITS_TARGET,
        code: Code::WrongState,
        steps: 2,
    },
    Fault {
        planted: &crate::support::planted::RESET_KEEPS_THE_MAP,
        code: Code::WrongState,
        steps: 2,
    },
    Fault { planted: &crate::support::planted::HISTORY_OF_100, code: Code::WrongState, steps: 101 },
    Fault {
        planted: &crate::support::planted::VERIFIED_IS_THE_LAST_COMPARED,
        code: Code::WrongDetection,
        steps: 4,
    },
    Fault {
        planted: &crate::support::planted::FRAMES_SORTED_AS_TEXT_AT_THE_END,
        code: Code::WrongDetection,
        steps: 6,
    },
];

pub(super) fn trials() -> Vec<Test> {
    // By default one fault of each code runs.
    let is_another = |fault: &Fault| {
        let first = FAULTS.iter().find(|it| it.code == fault.code);
        first.is_some_and(|first| first.planted.name != fault.planted.name)
    };
    let stored = FAULTS.iter().map(|fault| {
        let name = format!("exchange::{}", fault.planted.name);
        trial(name, &[&NODE], || fault.is_found_by_stored_ones()).deep_if(is_another(fault))
    });
    let random = FAULTS.iter().map(|fault| {
        let name = format!("exchange::random::{}", fault.planted.name);
        trial(name, &[&NODE], || fault.is_shrunk()).deep_if(is_another(fault))
    });
    let mut trials: Vec<Test> = stored.chain(random).collect();
    trials.push(trial("exchange::state_between_sessions", &[&NODE], state_between_sessions));
    trials.push(trial("exchange::chance", &[&NODE], chance));
    trials.push(trial("exchange::a_crash_in_the_middle", &[&NODE], a_crash_in_the_middle));
    trials
}

impl Fault {
    /// A stored scenario about the rule fails, and the report says where.
    fn is_found_by_stored_ones(&self) -> Outcome {
        let arguments = ["--fresh", "0", "--verbose", "--filter", "exchange-*/*"];
        let (printed, failures) = run("src/exchange.mjs", self.planted.edits, &arguments)?;
        let printed = printed.exits(1)?.stdout;
        let Some(failure) = failures.iter().find(|it| it.rule == self.planted.rule) else {
            let rules: Vec<&str> = failures.iter().map(|it| &*it.rule).collect();
            return fail(format!("{} is not among {rules:?}", self.planted.rule));
        };
        let title = format!("FAIL  {} · run · MUST · {}", failure.case, self.planted.rule);
        let block = printed.split("\n\n").find(|block| block.starts_with(&title));
        let Some(block) = block else { return fail(format!("no `{title}` in\n{printed}")) };
        for part in ["steps     ", " >  ", "where     `", "expected  ", "got       "] {
            ensure(block.contains(part), || format!("no `{part}` in\n{block}"))?;
        }
        Ok(())
    }

    /// Random scenarios alone find it; what they are shrunk to is short and fails out of its file.
    fn is_shrunk(&self) -> Outcome {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("shrunk.json");
        let written = file.to_string_lossy();
        let arguments = ["--filter", "fresh/exchange/*", "--write", &written];
        let (printed, failures) = run("src/exchange.mjs", self.planted.edits, &arguments)?;
        let printed = printed.exits(1)?.stdout;
        ensure(printed.contains(&*written), || printed.clone())?;
        let found = failures.iter().find(|it| it.code == Some(self.code) && shrunk(it).is_some());
        let Some(failure) = found else {
            return fail(format!("no `{}` was shrunk\n{printed}", self.code.as_str()));
        };
        let steps = shrunk(failure).unwrap_or_default();
        ensure(steps <= self.steps, || format!("{steps} steps\n{printed}"))?;

        copy_javascript(folder.path(), "adapter.mjs")?;
        edit(&folder.path().join("src/exchange.mjs"), self.planted.edits)?;
        let mut command =
            rollwire(&["check", "--vectors", &written, "--", NODE.name, "adapter.mjs"]);
        let again = crate::support::run(command.current_dir(&folder))?.exits(1)?.stdout;
        let cases = ScenarioFile::parse(&fs::read_to_string(&file)?)?.cases.len();
        let all = format!("0 passed, {cases} failed");
        ensure(again.contains(&all), || format!("not `{all}`\n{again}"))
    }
}

fn shrunk(failure: &CheckEvent) -> Option<usize> {
    failure.detail.as_ref()?.shrunk.as_ref().map(|scenario| scenario.steps.len())
}

/// What is left behind makes two plays of one scenario differ.
fn state_between_sessions() -> Outcome {
    let (printed, failures) = run(
        "src/exchange.mjs",
        crate::support::planted::STATE_BETWEEN_SESSIONS.edits,
        &["--fresh", "0"],
    )?;
    printed.exits(1)?;
    let differing = failures.iter().filter(|it| it.code == Some(Code::Nondeterministic)).count();
    ensure(differing > 0, || "nothing is nondeterministic".to_owned())
}

/// One comparison in three comes out otherwise.
fn chance() -> Outcome {
    let (printed, failures) = run(
        "src/exchange.mjs",
        crate::support::planted::CHANCE.edits,
        &["--fresh", "0", "--verbose"],
    )?;
    let printed = printed.exits(1)?.stdout;
    let differing = failures.iter().find(|it| it.code == Some(Code::Nondeterministic));
    ensure(differing.is_some(), || "nothing is nondeterministic".to_owned())?;
    let title = "ERROR  exchange-";
    ensure(printed.contains(title), || format!("no `{title}` in\n{printed}"))?;
    ensure(printed.contains("played again, in other steps, it was observed otherwise"), || {
        printed.clone()
    })
}

/// A session that ends the process is blamed, and no other.
fn a_crash_in_the_middle() -> Outcome {
    let arguments = ["--fresh", "0", "--filter", "exchange-*/*"];
    let (printed, failures) =
        run("src/exchange.mjs", crate::support::planted::A_CRASH_IN_THE_MIDDLE.edits, &arguments)?;
    let printed = printed.exits(1)?.stdout;
    let vectors = VectorSet::builtin()?;
    let target = Stimulus::begin(u32::MAX);
    let guilty: Vec<&str> = vectors
        .scenarios()
        .filter(|scenario| !scenario.lasts() && scenario.stimuli().any(|it| *it == target))
        .map(|scenario| &*scenario.id)
        .collect();
    let blamed: Vec<&str> = failures.iter().map(|it| &*it.case).collect();
    ensure(!guilty.is_empty() && guilty == blamed, || {
        format!("{blamed:?} are blamed for what {guilty:?} do\n{printed}")
    })?;
    ensure(failures.iter().all(|it| it.code == Some(Code::Crash)), || format!("{failures:#?}"))
}
