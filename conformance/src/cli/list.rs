//! `rollwire list` and `rollwire show`: what there is to check.

use std::io::{self, Write};

use rollwire_model::{
    Grade, Model,
    digest::Answer,
    exchange::{Member, Observation},
    vectors::{DigestCase, Scenario},
};

use super::{
    Failure,
    args::{List, Show},
    check::load,
    output::strong,
};
use crate::{
    describe, detail::Explainer, exchange::explain::member_of, report::ruler, select::Filter,
    vectors::Titled, verdict::Exit,
};

pub(super) fn run(arguments: &List) -> Result<Exit, Failure> {
    let vectors = Filter::new(&arguments.globs)?.apply(load(&arguments.vectors)?)?;
    let mut out = io::BufWriter::new(anstream::stdout());
    let widest = vectors.all().map(|it| it.id().len()).max().unwrap_or_default().min(60);
    for it in vectors.all() {
        if arguments.json {
            writeln!(out, "{}", it.json().map_err(io::Error::from)?)?;
        } else {
            let rule = it.rules().first().map_or("", |rule| rule);
            writeln!(out, "{:<widest$}  {:<20} {}", it.id(), rule, it.comment())?;
        }
    }
    out.flush()?;
    Ok(if vectors.all().next().is_none() { Exit::Nothing } else { Exit::Conforms })
}

pub(super) fn show(arguments: &Show) -> Result<Exit, Failure> {
    let vectors = load(&arguments.vectors)?;
    if let Some(scenario) = vectors.scenarios.iter().find(|it| it.id == arguments.id) {
        return show_scenario(scenario);
    }
    if let Some(digest) = vectors.digests.iter().find(|it| it.id == arguments.id) {
        return show_digest(digest);
    }
    let Some(case) = vectors.cases.into_iter().find(|case| case.id == arguments.id) else {
        let text = format!("no case has the id `{}`; `rollwire list` shows them", arguments.id);
        return Err(Failure::new(Exit::Nothing, text));
    };
    let mut out = io::BufWriter::new(anstream::stdout());
    show_title(&mut out, &case, &case.level.to_string(), (case.since, case.until))?;
    if let Some(bytes) = case.bytes() {
        let model = Model::latest();
        let bytes = Explainer::new(&model).bytes("bytes", bytes, None);
        writeln!(out, "  {:<10} {}", "bytes", ruler(&bytes).0)?;
    }
    if let Some(value) = &case.value {
        writeln!(out, "  {:<10} {value}", "value")?;
    }
    for kind in &case.checks {
        for (at, (grade, outcome)) in case.outcomes(*kind).iter().enumerate() {
            let what = describe::outcome(outcome);
            let label = if at == 0 { kind.as_str() } else { "or" };
            let weak = if *grade == Grade::Weak { "   (weak)" } else { "" };
            writeln!(out, "  {label:<10} {what}{weak}")?;
        }
    }
    writeln!(out, "  {:<10} {}", "flags", case.flags.join(" "))?;
    out.flush()?;
    Ok(Exit::Conforms)
}

/// The state, and what may be answered.
fn show_digest(case: &DigestCase) -> Result<Exit, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout());
    show_title(&mut out, case, &case.level.to_string(), (case.since, case.until))?;
    writeln!(out, "  {:<10} {}", "form", case.form)?;
    writeln!(out, "  {:<10} {}", "state", printable(&case.state))?;
    for (at, (grade, answer)) in case.answers().iter().enumerate() {
        let label = if at == 0 { "digest" } else { "or" };
        let weak = if *grade == Grade::Weak { "   (weak)" } else { "" };
        match answer {
            Answer::Reject(class) => writeln!(out, "  {label:<10} a refusal: {class}{weak}")?,
            Answer::Digest(digest) => {
                writeln!(out, "  {label:<10} {}{weak}", digest.hash)?;
                writeln!(out, "  {:<10} {}", "text", digest.text)?;
            }
        }
    }
    writeln!(out, "  {:<10} {}", "flags", case.flags.join(" "))?;
    out.flush()?;
    Ok(Exit::Conforms)
}

/// A state as it stands, but for what a terminal would not show.
fn printable(state: &str) -> String {
    let shown = |character: char| match character {
        ' '..='~' => character.to_string(),
        _ => character.escape_unicode().to_string(),
    };
    state.chars().map(shown).collect()
}

/// What all kinds of cases have in common.
fn show_title(
    out: &mut dyn Write,
    it: &dyn Titled,
    level: &str,
    (since, until): (u8, Option<u8>),
) -> io::Result<()> {
    writeln!(out, "{}", strong(it.id()))?;
    for rule in it.rules().iter().filter_map(|id| rollwire_model::rule(id)) {
        let text = describe::rule(rule, 13);
        writeln!(out, "  {:<10} {}", "rule", text.trim_start())?;
    }
    writeln!(out, "  {:<10} {level}", "level")?;
    let until = until.map_or("on".to_owned(), |until| format!("to {until}"));
    writeln!(out, "  {:<10} {since} {until}", "revisions")?;
    writeln!(out, "  {:<10} {}", "catches", it.comment())
}

/// Every step, and behind it what it changes.
fn show_scenario(scenario: &Scenario) -> Result<Exit, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout());
    let level = scenario.level.to_string();
    show_title(&mut out, scenario, &level, (scenario.since, scenario.until))?;
    if !scenario.requires.is_empty() {
        writeln!(out, "  {:<10} {}", "requires", scenario.requires.join(" "))?;
    }
    let observations = scenario.observations(&Model::latest(), true);
    let nothing = Observation::default();
    let before = std::iter::once(&nothing).chain(&observations);
    for (number, ((step, seen), before)) in
        scenario.steps.iter().zip(&observations).zip(before).enumerate()
    {
        let label = if number == 0 { "steps" } else { "" };
        let about = if number == scenario.precondition.step { '>' } else { ' ' };
        let mut changed: Vec<Member> = before.differences(seen).collect();
        changed.retain(|member| *member != Member::Sent || !seen.sent.is_empty());
        if !seen.sent.is_empty() && !changed.contains(&Member::Sent) {
            changed.insert(0, Member::Sent);
        }
        let claims: Vec<String> =
            changed.into_iter().map(|it| format!("| {}", member_of(it, seen))).collect();
        let stimulus = step.stimulus.to_string();
        let line = format!("{about} {number:>4}  {stimulus:<34} {}", claims.join(" "));
        writeln!(out, "  {label:<10} {}", line.trim_end())?;
    }
    writeln!(out, "  {:<10} {}", "flags", scenario.flags.join(" "))?;
    out.flush()?;
    Ok(Exit::Conforms)
}
