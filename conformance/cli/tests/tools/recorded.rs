//! The recorded digests, recorded again; and all four implementations against the deployed recipe, run
//! live, on random states.

use std::{
    fs,
    io::{Seek, Write},
    path::PathBuf,
    process::Command,
};

use libtest_mimic::Failed;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_model::{
    digest::{DigestRules, Form},
    vectors::large_digests,
};
use serde_json::{Value, json};

use crate::support::{NODE, Outcome, PYTHON, Test, adapters, ensure, rollwire, trial};

/// How many doubles and states are asked in every run, and where there is time.
const SOME: usize = 1_000;
const MANY_DOUBLES: usize = 100_000;
const MANY_STATES: usize = 10_000;

/// How many are asked at once: each process has a minute.
const AT_ONCE: usize = 5_000;

pub(crate) fn tests() -> Vec<Test> {
    let needs = &[&PYTHON, &NODE];
    let some = |name, make| trial(name, needs, move || agreement(make, SOME));
    let many = |name, make, count| trial(name, needs, move || agreement(make, count)).ignored();
    vec![
        trial("what_is_committed_was_recorded", needs, what_is_committed_was_recorded),
        trial("a_changed_record_is_noticed", needs, a_changed_record_is_noticed),
        trial("the_kit_reads_what_is_recorded", needs, the_kit_reads_what_is_recorded),
        trial("the_recipe_makes_the_large_states", needs, the_recipe_makes_the_large_states),
        some("doubles_agree", doubles),
        some("states_agree", states),
        many("many_doubles_agree", doubles, MANY_DOUBLES),
        many("many_states_agree", states, MANY_STATES),
    ]
}

fn root() -> PathBuf {
    adapters().join("../..")
}

fn recorded(script: &str) -> Command {
    let mut command = Command::new("python3");
    command.arg(root().join("spec/model/recorded").join(script));
    command
}

fn what_is_committed_was_recorded() -> Outcome {
    let run = crate::support::run(recorded("record.py").arg("--check"))?;
    let said = run.exits(0)?.stdout;
    ensure(said.trim().ends_with(" cases"), || said)
}

fn a_changed_record_is_noticed() -> Outcome {
    let folder = tempfile::tempdir()?;
    for entry in fs::read_dir(root().join("vectors/digest"))? {
        let path = entry?.path();
        let name = path.file_name().ok_or("a name")?;
        let text = fs::read_to_string(&path)?;
        fs::write(folder.path().join(name), text.replace("776776e8", "776776e9"))?;
    }
    let run = crate::support::run(recorded("record.py").arg("--check").arg(folder.path()))?;
    let said = run.exits(1)?.stdout;
    ensure(said.trim() == "games.json: digest-games/t-0-ready", || said)
}

/// What the script writes is a vector file before the generator has printed it anew.
fn the_kit_reads_what_is_recorded() -> Outcome {
    let folder = tempfile::tempdir()?;
    crate::support::run(recorded("record.py").arg(folder.path()))?.exits(0)?;
    let path = folder.path().display().to_string();
    let said = crate::support::run(&mut rollwire(&["vectors", "lint", &path]))?.exits(0)?.stdout;
    ensure(said.ends_with(" cases, 0 defects\n"), || said)
}

/// The large states are not recorded, but the recipe makes the same of them. It has no answer to 100,000
/// brackets, for which its stack is too small.
fn the_recipe_makes_the_large_states() -> Outcome {
    let mut cases: Vec<_> = large_digests().collect();
    cases.retain(|case| !case.id.contains("/brackets-"));
    ensure(cases.len() >= 40, || format!("{} large states", cases.len()))?;
    let questions: Vec<Question> =
        cases.iter().map(|case| (case.form, case.state.clone())).collect();
    for (case, recipe) in cases.iter().zip(asked_of_the_recipe(&questions)?) {
        let right = match (&case.hash, &case.reject) {
            (Some(hash), None) => recipe["hash"] == json!(hash),
            (None, Some(_)) => recipe["refused"] == json!(true),
            _ => false,
        };
        ensure(right, || format!("{}: the recipe makes another digest", case.id))?;
    }
    Ok(())
}

/// A form and a state.
type Question = (Form, String);

/// The recipe, the model and the three others make the same text and digits of this number of states, in both
/// forms.
fn agreement(make: fn(&mut ChaCha8Rng) -> String, count: usize) -> Outcome {
    let mut random = ChaCha8Rng::seed_from_u64(20_260_120);
    let states: Vec<String> = (0..count).map(|_| make(&mut random)).collect();
    for states in states.chunks(AT_ONCE) {
        let questions: Vec<Question> =
            states.iter().flat_map(|state| Form::ALL.map(|form| (form, state.clone()))).collect();
        let recipe = asked_of_the_recipe(&questions)?;
        compare("the model", &questions, &recipe, asked_of_the_model(&questions))?;
        let python = [adapters().join("python/adapter.py")];
        let javascript = [adapters().join("javascript/adapter.mjs")];
        let others = [
            ("Rust", rollwire(&["adapter"])),
            ("JavaScript", command("node", &javascript)),
            ("Python", command("python3", &python)),
        ];
        for (language, mut adapter) in others {
            compare(language, &questions, &recipe, asked_of(&mut adapter, &questions)?)?;
        }
    }
    Ok(())
}

fn command(program: &str, arguments: &[PathBuf]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    command
}

fn asked_of_the_recipe(questions: &[Question]) -> Result<Vec<Value>, Failed> {
    let mut file = tempfile::NamedTempFile::new()?;
    for (form, state) in questions {
        writeln!(file, "{}", json!({"form": form, "state": state}))?;
    }
    let run = crate::support::run(recorded("recipe.py").arg(file.path()))?.exits(0)?;
    Ok(run.stdout.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

fn asked_of_the_model(questions: &[Question]) -> Vec<Value> {
    let digest = |(form, state): &Question| match DigestRules::SPECIFIED.digest(state, *form) {
        Ok(digest) => json!({"text": digest.text, "hash": digest.hash}),
        Err(refused) => json!(refused.to_string()),
    };
    questions.iter().map(digest).collect()
}

/// The adapter protocol without the kit: hello and all requests, and what `ok` of each answer holds.
fn asked_of(adapter: &mut Command, questions: &[Question]) -> Result<Vec<Value>, Failed> {
    let mut requests = tempfile::tempfile()?;
    let hello = json!({"id": 1, "op": "hello", "protocol": [1], "nonce": "00", "client": "test"});
    writeln!(requests, "{hello}")?;
    for (id, (form, state)) in (2..).zip(questions) {
        writeln!(requests, "{}", json!({"id": id, "op": "digest", "form": form, "state": state}))?;
    }
    requests.rewind()?;
    let run = crate::support::run_on(adapter, requests.into())?.exits(0)?;
    let mut answers = vec![Value::Null; questions.len()];
    for line in run.stdout.lines().skip(1) {
        let mut answer: Value = serde_json::from_str(line)?;
        let id = answer["id"].as_u64().and_then(|id| usize::try_from(id).ok()).unwrap_or_default();
        let place = id.checked_sub(2).and_then(|place| answers.get_mut(place));
        *place.ok_or_else(|| format!("`{line}` answers no request"))? = match answer.get_mut("ok") {
            Some(ok) => ok.take(),
            None => answer,
        };
    }
    Ok(answers)
}

fn compare(who: &str, questions: &[Question], recipe: &[Value], answers: Vec<Value>) -> Outcome {
    let counts = [recipe.len(), answers.len()];
    ensure(counts == [questions.len(); 2], || format!("{counts:?} answers of {who}"))?;
    for (((form, state), recipe), answer) in questions.iter().zip(recipe).zip(answers) {
        ensure(answer == *recipe, || {
            format!("{form} of {state}: {who} says {answer}, the recipe {recipe}")
        })?;
    }
    Ok(())
}

/// A number below a bound.
fn below(random: &mut ChaCha8Rng, bound: u32) -> u32 {
    random.next_u32() % bound
}

/// An array with one finite double, as its shortest digits or as all of its digits: any bits, small
/// integers divided by powers of two, or decimals of a dozen places that end in five.
fn doubles(random: &mut ChaCha8Rng) -> String {
    let small = f64::from(random.next_u32()) - f64::from(u32::MAX / 2);
    let exponent = i32::try_from(below(random, 64)).unwrap_or_default();
    let double = match below(random, 4) {
        0 => f64::from_bits(random.next_u64()),
        1 => small * 2_f64.powi(-exponent),
        2 => (small * 10.0 + 5.0) / 10_f64.powi(11),
        // Powers of two, whose neighbours are not equally far away.
        _ => 2_f64.powi(exponent * 32 - 1024),
    };
    if !double.is_finite() {
        return doubles(random);
    }
    match below(random, 3) {
        0 => format!("[{double}]"),
        1 => format!("[{double:e}]"),
        _ => format!("[{double:.25e}]"),
    }
}

/// A state with everything in it that states may have, three levels deep.
fn states(random: &mut ChaCha8Rng) -> String {
    let value = value(random, 3);
    if value.starts_with(['[', '{']) { value } else { format!("[{value}]") }
}

fn value(random: &mut ChaCha8Rng, depth: u32) -> String {
    match below(random, if depth == 0 { 6 } else { 10 }) {
        0 => ["null", "true", "false"][below(random, 3) as usize].to_owned(),
        1 => string(random),
        2 => format!("{}", random.next_u64().cast_signed() >> below(random, 64)),
        3..=5 => doubles(random).trim_matches(['[', ']']).to_owned(),
        6 | 7 => {
            let elements = (0..below(random, 5)).map(|_| value(random, depth - 1));
            format!(
                "[{}]",
                elements.collect::<Vec<_>>().join([",", ", ", " ,\n"][below(random, 3) as usize])
            )
        }
        _ => {
            let member = |_| format!("{}:{}", string(random), value(random, depth - 1));
            format!("{{{}}}", (0..6).map(member).collect::<Vec<_>>().join(","))
        }
    }
}

/// A short string of characters that are written in different ways, raw or escaped; short, so that keys
/// stand twice.
fn string(random: &mut ChaCha8Rng) -> String {
    const PIECES: [&str; 20] = [
        "a",
        "B",
        "1",
        "10",
        "~",
        "/",
        "\\/",
        "\\\"",
        "\\\\",
        "\\n",
        "\\u000a",
        "\\u0000",
        "\u{7f}",
        "\\u00E9",
        "é",
        "\u{ff61}",
        "😀",
        "\\ud83d\\ude00",
        "\\ud800 ",
        "\\uffff",
    ];
    let pieces = (0..below(random, 4)).map(|_| PIECES[below(random, 20) as usize]);
    format!("\"{}\"", pieces.collect::<String>())
}
