//! `rollwire list` and `rollwire show`: the cases.

use std::io::{self, Write};

use rollwire_conformance::{
    check::{bytes::explain::Explainer, scenario::describe::member_of},
    report::ruler,
    text::{describe, json, sanitize, shorten},
    vectors::{AnyCase, CaseMeta, Content, filter::Filter},
    verdict::Exit,
};
use rollwire_model::{
    Grade, Model,
    digest::Answer,
    exchange::{Member, Observation},
    vectors::{Case, DigestCase, Scenario},
};

use crate::{
    args::{List, Show},
    failure::Failure,
    input_files::load,
    names,
    rerun::Rerun,
    style::strong,
    terminal,
};

pub(crate) fn run(arguments: &List) -> Result<Exit, Failure> {
    let mut vectors = Filter::new(&arguments.globs)?
        .with(arguments.selectors.selectors())
        .apply(load(&arguments.vectors)?)?;
    if let Some(path) = &arguments.failed {
        let rerun = Rerun::read(path, &arguments.code)?;
        vectors.retain(|case| rerun.ids.contains(case.id()));
    }
    let mut out = terminal::stdout();
    let cases = vectors.cases();
    let widest = cases.iter().map(|case| case.id().len()).max().unwrap_or_default().min(60);
    for case in cases {
        if arguments.json {
            json::write_line(&mut out, &case.json().map_err(io::Error::from)?)?;
        } else {
            let meta = case.meta();
            let rule = meta.rules().first().map_or("", |rule| rule);
            writeln!(out, "{:<widest$}  {:<20} {}", case.id(), rule, sanitize(meta.comment()))?;
        }
    }
    out.flush()?;
    Ok(if cases.is_empty() { Exit::Nothing } else { Exit::Conforms })
}

pub(crate) fn show(arguments: &Show) -> Result<Exit, Failure> {
    let vectors = load(&arguments.vectors)?;
    let mut out = terminal::stdout();
    if let Some(id) = &arguments.id {
        let is_glob = id.contains(['*', '?', '[', '{']);
        if !is_glob && arguments.selectors.selectors().is_empty() {
            let case = names::case(&vectors, id).ok_or_else(|| {
                let similar = names::did_you_mean(id, vectors.cases().iter().map(AnyCase::id));
                let id = shorten(id);
                let text =
                    format!("no case has the id `{id}`; `rollwire list` shows them{similar}");
                Failure::new(Exit::Nothing, text)
            })?;
            show_case(&mut out, case)?;
            out.flush()?;
            return Ok(Exit::Conforms);
        }
    }
    let globs: Vec<&String> = arguments.id.iter().collect();
    let filter = Filter::new(&globs)?.with(arguments.selectors.selectors());
    for (number, case) in filter.apply(vectors)?.cases().iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        show_case(&mut out, case)?;
    }
    out.flush()?;
    Ok(Exit::Conforms)
}

/// Shows one case in full.
pub(crate) fn show_case(out: &mut dyn Write, case: &AnyCase) -> io::Result<()> {
    show_head(out, case.meta())?;
    match &case.content {
        Content::Bytes(case) => show_bytes(out, case)?,
        Content::Scenario(scenario) => show_scenario(out, scenario)?,
        Content::Digest(case) => show_digest(out, case)?,
    }
    writeln!(out, "  {:<10} {}", "flags", case.meta().flags().join(" "))
}

/// The datagram, the value, and what may be answered to each check.
fn show_bytes(out: &mut dyn Write, case: &Case) -> io::Result<()> {
    if let Some(bytes) = case.bytes() {
        let model = Model::latest();
        let bytes = Explainer::new(&model).bytes("bytes", bytes, None);
        writeln!(out, "  {:<10} {}", "bytes", ruler(&bytes).0)?;
    }
    if let Some(value) = &case.value {
        writeln!(out, "  {:<10} {}", "value", sanitize(&value.to_string()))?;
    }
    for kind in &case.checks {
        for (at, (grade, outcome)) in case.outcomes(*kind).iter().enumerate() {
            let what = sanitize(&describe::outcome(outcome));
            let label = if at == 0 { kind.as_str() } else { "or" };
            let weak = if *grade == Grade::Weak { "   (weak)" } else { "" };
            writeln!(out, "  {label:<10} {what}{weak}")?;
        }
    }
    Ok(())
}

/// The state, and what may be answered.
fn show_digest(out: &mut dyn Write, case: &DigestCase) -> io::Result<()> {
    writeln!(out, "  {:<10} {}", "form", case.form)?;
    writeln!(out, "  {:<10} {}", "state", printable(&case.state))?;
    for (at, (grade, answer)) in case.answers().iter().enumerate() {
        let label = if at == 0 { "digest" } else { "or" };
        let weak = if *grade == Grade::Weak { "   (weak)" } else { "" };
        match answer {
            Answer::Reject(class) => writeln!(out, "  {label:<10} a refusal: {class}{weak}")?,
            Answer::Digest(digest) => {
                writeln!(out, "  {label:<10} {}{weak}", sanitize(&digest.hash))?;
                writeln!(out, "  {:<10} {}", "text", sanitize(&digest.text))?;
            }
        }
    }
    Ok(())
}

/// A state, with escapes for characters that a terminal does not show.
fn printable(state: &str) -> String {
    let shown = |character: char| match character {
        ' '..='~' => character.to_string(),
        _ => character.escape_unicode().to_string(),
    };
    state.chars().map(shown).collect()
}

/// What all kinds of cases have in common.
fn show_head(out: &mut dyn Write, case: &dyn CaseMeta) -> io::Result<()> {
    let (level, (since, until)) = (case.level(), case.revisions());
    writeln!(out, "{}", strong(case.id()))?;
    for rule in case.rules().iter().filter_map(|id| rollwire_model::rule(id)) {
        let text = describe::rule(rule, 13);
        writeln!(out, "  {:<10} {}", "rule", text.trim_start())?;
    }
    writeln!(out, "  {:<10} {level}", "level")?;
    let until = until.map_or("on".to_owned(), |until| format!("to {until}"));
    writeln!(out, "  {:<10} {since} {until}", "revisions")?;
    writeln!(out, "  {:<10} {}", "catches", sanitize(case.comment()))
}

/// Shows every step, and after it what it changes.
fn show_scenario(out: &mut dyn Write, scenario: &Scenario) -> io::Result<()> {
    if !scenario.requires.is_empty() {
        writeln!(out, "  {:<10} {}", "requires", scenario.requires.join(" "))?;
    }
    let mut before = Observation::default();
    let model = Model::latest();
    let observed = scenario.observed(&model, true);
    for (number, (step, seen)) in scenario.steps.iter().zip(observed).enumerate() {
        let label = if number == 0 { "steps" } else { "" };
        let about = if number == scenario.precondition.step { '>' } else { ' ' };
        let mut changed: Vec<Member> = before.differences(&seen).collect();
        changed.retain(|member| *member != Member::Sent || !seen.sent.is_empty());
        if !seen.sent.is_empty() && !changed.contains(&Member::Sent) {
            changed.insert(0, Member::Sent);
        }
        let claims: Vec<String> =
            changed.into_iter().map(|it| format!("| {}", member_of(it, &seen))).collect();
        let stimulus = step.stimulus.to_string();
        let line = format!("{about} {number:>4}  {stimulus:<34} {}", claims.join(" "));
        writeln!(out, "  {label:<10} {}", line.trim_end())?;
        before = seen;
    }
    Ok(())
}
