//! The implementations of this repository conform, each tested as the process that a user would start.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use libtest_mimic::Failed;
use rollwire_conformance::{
    event::{Event, Header},
    vectors::VectorSet,
};
use rollwire_model::{Layout, vectors::CheckKind};
use serde_json::{Value, json};

use crate::support::Test;
use crate::support::{
    Finished, NODE, Outcome, PYTHON, Tool, adapters, ensure, fail, rollwire, trial,
};

/// An implementation and how to start its adapter, seen from the folder of the adapters.
#[derive(Clone, Copy)]
struct Implementation {
    name: &'static str,
    command: &'static [&'static str],
    needs: &'static [&'static Tool],
}

static IMPLEMENTATIONS: [Implementation; 3] = [
    // Without a command: what `--builtin` tests.
    Implementation { name: "reference", command: &[], needs: &[] },
    Implementation {
        name: "javascript",
        command: &["node", "javascript/adapter.mjs"],
        needs: &[&NODE],
    },
    Implementation {
        name: "python",
        command: &["python3", "python/adapter.py"],
        needs: &[&PYTHON],
    },
];

pub(crate) fn tests() -> Vec<Test> {
    let mut trials = Vec::new();
    for it in &IMPLEMENTATIONS {
        let mut add = |name: &str, test: fn(&Implementation) -> Outcome| {
            // Three runs of all cases through another program; by default the built-in one stands for all.
            let is_slow = name == "same_seed_same_report" && !it.command.is_empty();
            let name = format!("{}::{name}", it.name);
            trials.push(trial(name, it.needs, move || test(it)).deep_if(is_slow));
        };
        add("conforms", conforms);
        add("reads_requests_as_the_protocol_says", reads_requests_as_the_protocol_says);
        add("conforms_strictly", conforms_strictly);
        add("conforms_with_hashes_that_last", conforms_with_hashes_that_last);
        add("smoke", smoke);
        add("same_seed_same_report", same_seed_same_report);
        add("other_seed_other_cases", other_seed_other_cases);
    }
    trials.push(trial("javascript::own_tests", &[&NODE], javascript_tests));
    trials.push(trial("javascript::needs_no_node", &[&NODE], javascript_needs_no_node));
    trials.push(trial("python::own_tests", &[&PYTHON], python_tests));
    trials.push(trial("summary_line", &[], summary_line));
    trials
}

impl Implementation {
    /// Runs `rollwire` against this implementation.
    fn run(&self, arguments: &[&str]) -> Result<Finished, Failed> {
        let mut command = rollwire(arguments);
        if self.command.is_empty() {
            command.arg("--builtin");
        } else {
            command.arg("--").args(self.command);
        }
        Ok(crate::support::run(command.current_dir(adapters()))?)
    }
}

/// What adapter.md says of requests that the kit does not send today.
fn reads_requests_as_the_protocol_says(it: &Implementation) -> Outcome {
    let mut command = match it.command {
        [program, arguments @ ..] => {
            let mut command = Command::new(program);
            command.args(arguments);
            command
        }
        [] => rollwire(&["adapter"]),
    };
    let lines = [
        r#"{"id":1,"op":"decode","hex":"04","later":[true]}"#,
        r#"{"id":"2","op":"decode","hex":"04"}"#,
        r#"{"id":2.5,"op":"decode","hex":"04"}"#,
        r#"{"id":null,"op":"decode","hex":"04"}"#,
        r#"{"op":"decode","hex":"04"}"#,
        "not JSON",
        r#"{"id":6,"op":"open","session":1}"#,
        r#"{"id":7,"op":"step","session":1,"do":[{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}},{"tock":{}}]}"#,
        r#"{"id":8,"op":"close","session":1}"#,
    ];
    let answers = crate::support::answers(command.current_dir(adapters()), &lines)?;
    let kinds: Vec<(u64, bool)> = answers
        .iter()
        .map(|it| (it["id"].as_u64().unwrap_or_default(), it.get("ok").is_some()))
        .collect();
    ensure(kinds == [(1, true), (6, true), (7, false), (8, true)], || format!("{answers:?}"))?;
    ensure(answers[2]["error"].is_object(), || answers[2].to_string())
}

fn conforms(it: &Implementation) -> Outcome {
    let folder = tempfile::tempdir()?;
    let events = folder.path().join("events.jsonl");
    let events_path = events.to_string_lossy();
    let formats = ["check", "--format", "text", "--output", "-", "--format", "jsonl", "--output"];
    let run = it.run(&[&formats[..], &[&events_path]].concat())?.exits(0)?;
    let cases = clean_cases(last_line(&run.stdout))?;
    ensure(cases >= 600, || format!("{cases} cases are too few to mean anything"))?;

    let header = header(&events)?;
    ensure(header.hello.is_some(), || "the header holds no hello".to_owned())?;
    let capabilities: Vec<&str> =
        header.hello.iter().flat_map(|hello| &hello.capabilities).map(|it| it.as_str()).collect();
    for capability in ["decode", "encode", "reencode", "exchange", "inspect", "detect", "digest"] {
        ensure(capabilities.contains(&capability), || format!("{capability} is not declared"))?;
    }
    ensure(header.cases == cases, || format!("{} cases in the header", header.cases))?;
    // Scenarios were played, stored ones about either chapter and random ones.
    let text = fs::read_to_string(&events)?;
    let played = |name: &str, rule: &str| {
        let parts = [&format!("\"case\":\"{name}")[..], "\"check\":\"run\"", rule];
        text.lines().filter(|line| parts.iter().all(|part| line.contains(part))).count()
    };
    let stored =
        [played("exchange-", "\"rule\":\"EXCH-"), played("exchange-", "\"rule\":\"DETECT-")];
    ensure(stored[0] >= 60 && stored[1] >= 30, || format!("{stored:?} stored scenarios"))?;
    let random = played("fresh/exchange/", "");
    ensure(random >= 200, || format!("{random} random scenarios"))
}

fn conforms_strictly(it: &Implementation) -> Outcome {
    let run = it.run(&["check", "--strict", "--fresh", "0"])?.exits(0)?;
    clean_cases(last_line(&run.stdout)).map(drop)
}

/// The other variant of the exchange, with each hash sent twice: other rules, and nothing is left out.
fn conforms_with_hashes_that_last(it: &Implementation) -> Outcome {
    let builtin = [env!("CARGO_BIN_EXE_rollwire"), "adapter"];
    let command = if it.command.is_empty() { &builtin } else { it.command };
    let folder = tempfile::tempdir()?;
    let events = folder.path().join("events.jsonl");
    let mut check = rollwire(&["check", "--strict", "--fresh", "4", "--output"]);
    check.arg(&events).args(["--format", "jsonl", "--"]).args(command).arg("--lasting-hashes=2");
    crate::support::run(check.current_dir(adapters()))?.exits(0)?;
    let hello = header(&events)?.hello;
    let sends = hello.map(|hello| hello.variant().hash_sends);
    ensure(sends == Some(Some(2)), || format!("declares {sends:?}"))?;
    let text = fs::read_to_string(&events)?;
    for rule in ["EXCH-35", "EXCH-36", "DETECT-16", "DETECT-17", "DETECT-18"] {
        let asked = text.contains(&format!("\"rule\":\"{rule}\""));
        ensure(asked, || format!("no check is about {rule}"))?;
    }
    for rule in ["EXCH-12", "EXCH-14", "EXCH-21", "DETECT-4", "DETECT-5", "DETECT-6", "DETECT-10"] {
        let asked = text.contains(&format!("\"rule\":\"{rule}\""));
        ensure(!asked, || format!("a check is about {rule}, which does not apply"))?;
    }
    Ok(())
}

fn smoke(it: &Implementation) -> Outcome {
    it.run(&["smoke"])?.exits(0).map(drop)
}

/// Whatever the clock, the window and the order of the answers: the report is the same.
fn same_seed_same_report(it: &Implementation) -> Outcome {
    let report = |window: &str| {
        let arguments =
            ["check", "--seed", "5eed", "--fresh", "4", "--format", "jsonl", "--window", window];
        Ok::<_, Failed>(it.run(&arguments)?.exits(0)?.stdout)
    };
    let first = report("256")?;
    ensure(first.lines().count() > 600, || "a report of a few lines proves nothing".to_owned())?;
    for window in ["256", "1"] {
        let second = report(window)?;
        let different = first.lines().zip(second.lines()).find(|(one, other)| one != other);
        ensure(first == second, || format!("window {window}: {different:#?}"))?;
    }
    Ok(())
}

/// The fresh cases of a seed, as the requests that the adapter got.
fn other_seed_other_cases(it: &Implementation) -> Outcome {
    let folder = tempfile::tempdir()?;
    let trace = folder.path().join("trace.jsonl");
    let asked = |seed: &str| {
        let trace_path = trace.to_string_lossy();
        let seed = ["--seed", seed, "--trace", &trace_path];
        it.run(&[&["check", "--filter", "fresh/state-hash/*"][..], &seed].concat())?.exits(0)?;
        let text = fs::read_to_string(&trace)?;
        let requests = text.match_indices(r#""hex":"07"#).map(|(at, _)| hex_at(&text, at));
        Ok::<BTreeSet<String>, Failed>(requests.collect())
    };
    let (one, again, other) = (asked("1")?, asked("1")?, asked("2")?);
    ensure(one.len() >= 32, || format!("{} fresh datagrams are too few", one.len()))?;
    ensure(one == again, || "the same seed gives other cases".to_owned())?;
    let common = one.intersection(&other).count();
    ensure(common < one.len() / 2, || format!("{common} of {} datagrams are the same", one.len()))
}

/// The digits of `"hex":"…`, which stands here.
fn hex_at(text: &str, at: usize) -> String {
    text[at..].chars().skip(7).take_while(char::is_ascii_hexdigit).collect()
}

fn javascript_tests() -> Outcome {
    let mut command = Command::new(NODE.name);
    command.args(["--test", "--test-reporter=tap"]).current_dir(adapters().join("javascript"));
    let run = crate::support::run(&mut command)?.exits(0)?;
    let passed = run.stdout.lines().find_map(|line| line.strip_prefix("# pass "));
    let ran = passed.and_then(|number| number.parse().ok()).is_some_and(|number: u32| number > 0);
    ensure(ran, || format!("nothing passed\n{}", run.stdout))
}

fn python_tests() -> Outcome {
    let mut command = Command::new(PYTHON.name);
    command.args(["-m", "unittest"]).current_dir(adapters().join("python"));
    let run = crate::support::run(&mut command)?.exits(0)?;
    let ran = run.stderr.lines().find(|line| line.starts_with("Ran "));
    ensure(ran.is_some_and(|line| !line.starts_with("Ran 0 ")), || run.stderr.clone())
}

/// Evaluates the library where nothing exists but the language, as in a browser without its own API.
/// It must read and write every valid datagram there is, and its exchange and digest must work.
fn javascript_needs_no_node() -> Outcome {
    const HOST: &str = r#"
        import { readFileSync } from "node:fs";
        import { dirname, join } from "node:path";
        import { createContext, runInContext, SourceTextModule } from "node:vm";
        const [path, cases] = process.argv.slice(-2);
        const context = createContext({});
        for (const name of ["process", "Buffer", "require", "TextEncoder", "setTimeout"]) {
          if (runInContext(`typeof ${name}`, context) !== "undefined") {
            throw new Error(`${name} exists: this context proves nothing`);
          }
        }
        const modules = new Map();
        function load(path) {
          if (!modules.has(path)) {
            const source = readFileSync(path, "utf8");
            modules.set(path, new SourceTextModule(source, { context, identifier: path }));
          }
          return modules.get(path);
        }
        const module = load(path);
        await module.link((name, { identifier }) => {
          if (!name.startsWith("./")) throw new Error(`${identifier} imports ${name}`);
          return load(join(dirname(identifier), name));
        });
        await module.evaluate();
        if (modules.size < 5) throw new Error(`the library has ${modules.size} modules`);
        const { decode, digest, encode, RecordedExchange } = module.namespace;
        const [sent, lines] = [[], []];
        const options = { send: (bytes) => { sent.push(bytes); }, isOpen: () => true };
        const exchange = new RecordedExchange(options, (line) => { lines.push(line); });
        exchange.confirm(5, digest("{}", "state_hash").hash);
        exchange.tick();
        exchange.receive(sent[0]);
        if (exchange.verified !== 5 || lines.length !== 4) throw new Error(lines.join(""));
        if (digest("{}", "episode_ready").hash.length !== 8) throw new Error("no digest");
        let done = 0;
        for (const hex of JSON.parse(readFileSync(cases, "utf8"))) {
          const written = Buffer.from(encode(decode(Buffer.from(hex, "hex")))).toString("hex");
          if (written !== hex) throw new Error(`${hex} became ${written}`);
          done += 1;
        }
        console.log(done);
    "#;
    let revision = Layout::builtin().revision;
    let accepted = VectorSet::builtin()?.bytes().filter(|case| {
        let whole = case.checks.contains(&CheckKind::Encode) && case.reject.is_none();
        whole && case.canonical.is_none() && case.applies_to(revision)
    });
    let datagrams: BTreeSet<String> =
        accepted.filter_map(|case| Some(rollwire_model::hex::plain(case.bytes()?))).collect();
    let types: BTreeSet<&str> = datagrams.iter().map(|hex| &hex[..2]).collect();
    ensure(types.len() == 12, || format!("these types have a valid datagram: {types:?}"))?;

    let folder = tempfile::tempdir()?;
    let (host, cases) = (folder.path().join("host.mjs"), folder.path().join("cases.json"));
    fs::write(&host, HOST)?;
    fs::write(&cases, json!(datagrams).to_string())?;
    let mut command = Command::new(NODE.name);
    command.args(["--experimental-vm-modules", "--no-warnings"]).arg(host);
    command.arg(adapters().join("javascript/src/index.mjs")).arg(cases);
    let run = crate::support::run(&mut command)?.exits(0)?;
    ensure(last_line(&run.stdout) == datagrams.len().to_string(), || run.stdout.clone())
}

/// The number of cases, if every check passed: nothing weak, left out or not run.
fn clean_cases(line: &str) -> Result<u64, Failed> {
    let number = |text: &str| text.replace(',', "").parse::<u64>().ok();
    let parsed = || {
        let (cases, rest) = line.split_once(" cases, ")?;
        let rest = rest.strip_suffix(" passed, 0 failed, 0 weak")?;
        let (checks, passed) = rest.split_once(" checks: ")?;
        (number(checks)? == number(passed)?).then(|| number(cases))?
    };
    match parsed() {
        Some(cases) => Ok(cases),
        None => fail(format!("this is not a clean run: {line}")),
    }
}

fn summary_line() -> Outcome {
    let cases = clean_cases("1,981 cases, 4,288 checks: 4,288 passed, 0 failed, 0 weak")?;
    ensure(cases == 1981, || format!("{cases} cases"))?;
    for line in [
        "",
        "1,981 cases, 4,288 checks: 4,287 passed, 0 failed, 0 weak",
        "1,981 cases, 4,288 checks: 4,288 passed, 0 failed, 0 weak, 1 not run",
        "1,981 cases, 4,288 checks: 4,287 passed, 0 failed, 0 weak, 1 not applicable",
        "1,981 cases, 4,288 checks: 4,287 passed, 1 failed, 0 weak",
        "1,981 cases, 4,288 checks: 4,287 passed, 0 failed, 1 weak",
    ] {
        ensure(clean_cases(line).is_err(), || format!("clean: {line}"))?;
    }
    Ok(())
}

fn header(events: &Path) -> Result<Header, Failed> {
    let text = fs::read_to_string(events)?;
    let first: Value = serde_json::from_str(text.lines().next().unwrap_or_default())?;
    match serde_json::from_value(first)? {
        Event::Header(header) => Ok(*header),
        other => fail(format!("the first event is {other:?}")),
    }
}

fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}
