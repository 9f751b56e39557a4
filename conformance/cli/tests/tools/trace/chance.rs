//! Random sessions: what the model logs is accepted, whatever line is lost; what a wrong exchange logs
//! is not.

use libtest_mimic::Failed;
use rollwire_conformance::{
    generate::scenarios::{Generator, numbers, stimuli},
    trace::Findings,
};
use rollwire_model::{
    Model,
    exchange::{Observation, Session, Stimulus, Variant},
};
use rollwire_mutants::exchange::{Mutant, mutants, of_capacity};
use serde_json::{Value, json};

use super::found::findings;
use crate::support::Test;
use crate::support::{Outcome, ensure, trial};

/// How long each session is.
const STIMULI: usize = 220;

/// How many sessions are tried, unless `.ci/deep trace` asks for more.
fn sessions() -> u64 {
    let asked = std::env::var("ROLLWIRE_TRACE_SESSIONS").ok();
    asked.map_or(150, |text| text.parse().expect("ROLLWIRE_TRACE_SESSIONS is a number"))
}

/// How a session is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Only what is sent.
    Sent,
    /// As a game logs it.
    Detect,
    /// With all that the exchange holds, where it has changed.
    Inspect,
    /// As an adapter's `step` has it: every observation whole.
    Whole,
}

const FORMS: [Form; 4] = [Form::Sent, Form::Detect, Form::Inspect, Form::Whole];

pub(super) fn trials() -> Vec<Test> {
    vec![
        trial("random_sessions_are_accepted", &[], accepted),
        trial("a_random_session_with_a_lost_line_is_accepted", &[], lost),
        trial("a_changed_line_is_the_only_one_that_is_blamed", &[], changed),
        trial("wrong_exchanges_are_not_accepted", &[], || wrong_exchanges(12, [80, 88])),
        trial("nearly_all_wrong_exchanges_are_not_accepted", &[], || wrong_exchanges(80, [88, 95]))
            .deep(),
    ]
}

fn game(seed: u64) -> Vec<Stimulus> {
    let mut choose = numbers(seed, 0);
    let generator = match seed % 8 {
        2 => Generator::of_colliding_frames(),
        3 => Generator::of_a_long_game(),
        5 => Generator::of_a_peer_far_ahead(),
        _ => Generator::new(&mut choose),
    };
    stimuli(generator, STIMULI, &mut choose)
}

/// The lines of a session, the header first.
fn log(session: &mut Session, stimuli: &[Stimulus], form: Form) -> Result<Vec<String>, Failed> {
    let capabilities: &[&str] = match form {
        Form::Sent => &["exchange"],
        Form::Detect => &["exchange", "detect"],
        Form::Inspect | Form::Whole => &["exchange", "detect", "inspect"],
    };
    let mut lines = vec![json!({"trace": 1, "capabilities": capabilities}).to_string()];
    let mut before = Observation::default();
    for stimulus in stimuli {
        let mut line = serde_json::to_value(stimulus)?;
        let after = session.step(stimulus);
        put(&mut line, &before, &after, form)?;
        lines.push(line.to_string());
        before = after;
    }
    Ok(lines)
}

/// Puts beside a stimulus what is logged of its observation.
fn put(
    line: &mut Value,
    before: &Observation,
    after: &Observation,
    form: Form,
) -> Result<(), Failed> {
    let (old, new) = (serde_json::to_value(before)?, serde_json::to_value(after)?);
    let whole = form == Form::Whole;
    let detects = form != Form::Sent;
    if whole || !after.sent.is_empty() {
        line["sent"] = new["sent"].clone();
    }
    for (name, shown) in [
        ("queue", matches!(form, Form::Inspect | Form::Whole)),
        ("map", matches!(form, Form::Inspect | Form::Whole)),
        ("history", matches!(form, Form::Inspect | Form::Whole)),
        ("verified", detects),
        ("events", whole),
    ] {
        if shown && (whole || old[name] != new[name]) {
            line[name] = new[name].clone();
        }
    }
    if detects && !whole && after.events.len() > before.events.len() {
        line["found"] = serde_json::to_value(&after.events[before.events.len()..])?;
    }
    Ok(())
}

/// The lines as a file.
fn whole(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

fn right(form: Form) -> Session {
    Session::of_variant(
        &Model::latest(),
        Variant { detects: form != Form::Sent, ..Variant::DETECTS },
    )
}

fn no_violation(found: &Findings, lines: &[String], what: &str) -> Outcome {
    ensure(found.violations.is_empty(), || {
        format!("{what}\n{}\n{:#?}", lines.join("\n"), found.violations)
    })
}

fn accepted() -> Outcome {
    for seed in 0..sessions() {
        for form in FORMS {
            let lines = log(&mut right(form), &game(seed), form)?;
            let found = findings(&whole(&lines))?;
            no_violation(&found, &lines, &format!("{seed} {form:?}"))?;
            ensure(found.doubted == 0, || format!("{seed} {form:?}: {found:?}"))?;
        }
    }
    Ok(())
}

/// Sessions in which a lost line once put the blame on a right one, each for a reason of its own.
const BLAMED: [u64; 6] = [191, 247, 315, 440, 585, 2398];

fn lost() -> Outcome {
    for seed in (0..sessions()).chain(BLAMED) {
        for form in FORMS {
            let mut lines = log(&mut right(form), &game(seed), form)?;
            let at = 1 + usize::try_from(seed.wrapping_mul(0x9e37_79b9) % STIMULI as u64)?;
            let tells_channel = |line: &String| line.contains("\"sends\":");
            if lines.iter().position(tells_channel) == Some(at) {
                // A log that has none is a game's, and is not doubted for one.
                continue;
            }
            let was = std::mem::replace(&mut lines[at], "{".to_owned());
            let found = findings(&whole(&lines))?;
            ensure(found.malformed.count == 1, || format!("{found:?}"))?;
            no_violation(&found, &lines, &format!("{seed} {form:?}: without {}: {was}", at + 1))?;
        }
    }
    Ok(())
}

/// A line that leaves out what it should show is blamed, and no other is.
fn changed() -> Outcome {
    let mut tried = 0;
    for seed in 0..sessions() {
        let lines = log(&mut right(Form::Detect), &game(seed), Form::Detect)?;
        for member in ["sent", "verified", "found"] {
            let mut lines = lines.clone();
            // A reset that shows no verified frame is wrong, and so is the next one.
            let has = |line: &&String| {
                line.contains(&format!("\"{member}\":")) && !line.contains("\"reset\":")
            };
            let count = lines.iter().filter(has).count();
            let Some((at, line)) =
                lines.iter().enumerate().filter(|(_, it)| has(it)).nth(count / 2)
            else {
                continue;
            };
            let mut value: Value = serde_json::from_str(line)?;
            value.as_object_mut().ok_or("an object")?.remove(member);
            lines[at] = value.to_string();
            let found = findings(&whole(&lines))?;
            let blamed: Vec<(u64, u64)> =
                found.violations.iter().map(|it| (it.line, it.count)).collect();
            ensure(blamed == [(at as u64 + 1, 1)], || {
                format!(
                    "{seed}: {member} in {}: {:#?}\n{}",
                    at + 1,
                    found.violations,
                    lines.join("\n")
                )
            })?;
            tried += 1;
        }
    }
    ensure(tried > 2 * sessions(), || format!("only {tried} were tried"))
}

/// Every wrong exchange runs this many sessions; at least these parts of a hundred are found, without
/// and with a look inside.
///
/// A game's log shows neither history nor queue, so that a history of 119 is not seen in it; and no
/// session here is long enough for a queue of 256.
fn wrong_exchanges(sessions: u64, least: [usize; 2]) -> Outcome {
    for (form, least) in [Form::Detect, Form::Whole].into_iter().zip(least) {
        let mut unseen = Vec::new();
        // Those that need thousands of entries are not for random games.
        let is_of_capacity = |it: &Mutant| of_capacity().iter().any(|other| other.name == it.name);
        let all: Vec<Mutant> = mutants().into_iter().filter(|it| !is_of_capacity(it)).collect();
        for mutant in &all {
            let mut found = false;
            for seed in 0..sessions {
                let mut session = mutant.session(&Model::latest());
                let lines = log(&mut session, &game(seed), form)?;
                if !findings(&whole(&lines))?.violations.is_empty() {
                    found = true;
                    break;
                }
            }
            if !found {
                unseen.push(mutant.name);
            }
        }
        let caught = all.len() - unseen.len();
        println!("{form:?}: {caught} of {} wrong exchanges; not {unseen:?}", all.len());
        ensure(caught * 100 >= all.len() * least, || format!("{form:?}: not {unseen:?}"))?;
    }
    Ok(())
}
