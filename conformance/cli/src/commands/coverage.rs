//! `rollwire coverage`: how many cases cover each rule.

use std::io::Write;

use rollwire_conformance::{vectors::VectorSet, verdict::Exit};
use rollwire_model::{
    Proof,
    vectors::{Case, DigestCase, Scenario, coverage, large_cases, long_scenarios},
};
use serde_json::json;

use crate::{
    args::Coverage,
    failure::Failure,
    style::{red, strong},
    terminal,
};

pub(crate) fn run(arguments: &Coverage) -> Result<Exit, Failure> {
    let vectors = VectorSet::builtin()?;
    let mut cases: Vec<Case> = vectors.bytes().cloned().collect();
    let mut scenarios: Vec<Scenario> = vectors.scenarios().cloned().collect();
    let digests: Vec<DigestCase> = vectors.digests().cloned().collect();
    let negative = cases.iter().filter(|case| case.is_negative()).count();
    let published = cases.len();
    cases.extend(large_cases());
    scenarios.extend(long_scenarios());
    let rows = coverage(&cases, &scenarios, &digests);
    let mut out = terminal::stdout();
    let (mut gaps, mut untestable) = (0, 0);
    if !arguments.json {
        writeln!(
            out,
            "{}",
            strong("rule                  level   proof    accepted refused scenarios answers")
        )?;
    }
    for row in &rows {
        let proof = match &row.rule.proof {
            Proof::Refuse => "refuse",
            Proof::Accept => "accept",
            Proof::Scenario => "scenario",
            Proof::NotTestable(_) => "none",
        };
        gaps += usize::from(row.gap.is_some());
        untestable += usize::from(proof == "none");
        if arguments.json {
            let row = json!({
                "rule": row.rule.id, "level": row.rule.level, "proof": proof, "accepted": row.accepted,
                "refused": row.refused, "scenarios": row.scenarios, "answers": row.answers, "gap": row.gap,
            });
            writeln!(out, "{row}")?;
            continue;
        }
        let note = match (&row.gap, &row.rule.proof) {
            (Some(gap), _) => red(&format!("GAP: {gap}")),
            (None, Proof::NotTestable(reason)) => format!("not testable: {reason}"),
            _ => String::new(),
        };
        let line = format!(
            "{:<21} {:<7} {:<8} {:>8} {:>7} {:>9} {:>7}  {note}",
            row.rule.id,
            row.rule.level.to_string(),
            proof,
            row.accepted,
            row.refused,
            row.scenarios,
            row.answers,
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    if !arguments.json {
        let testable = rows.len() - untestable;
        let share = negative * 100 / published.max(1);
        writeln!(
            out,
            "{} rules: {} of {testable} testable ones covered, {untestable} not testable; {published} cases about bytes, {share} % negative; {} scenarios; {} digests",
            rows.len(),
            testable - gaps,
            scenarios.len(),
            digests.len(),
        )?;
    }
    out.flush()?;
    Ok(if gaps > 0 { Exit::Failed } else { Exit::Conforms })
}
