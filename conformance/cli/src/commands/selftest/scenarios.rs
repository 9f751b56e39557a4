//! Wrong exchanges or wrong peers, and the scenarios that catch them.

use std::io::{self, Write};

use rollwire_conformance::text::plural;
use rollwire_model::{Capability, Proof, Rule, exchange::Member, rules, vectors::Scenario};
use rollwire_mutants::{
    exchange, lasting,
    matrix::Matrix,
    peer,
    rule_table::{Mutant, RuleTable},
};
use serde_json::json;

use crate::{
    args::Selftest,
    style::{red, strong},
};

/// A family of wrong sessions.
struct Family {
    /// Its name in JSON.
    name: &'static str,
    /// One of its mutants, and many of them.
    mutants: [&'static str; 2],
    /// What is wrong with them.
    wrong: &'static str,
    /// The scenarios that are played.
    plays: fn(&Scenario) -> bool,
    /// The capabilities of the rules that are broken.
    breaks: fn(Capability) -> bool,
    /// The rules that no scenario tells from all others, with the reasons.
    inseparable: &'static [(&'static str, &'static str)],
}

const EXCHANGE: Family = Family {
    name: "exchange",
    mutants: ["mutant of the exchange", "mutants of the exchange"],
    wrong: "wrong exchanges",
    plays: |scenario| scenario.peer.is_none() && !scenario.lasts(),
    breaks: |it| !it.is_of_peer() && it != Capability::LastingHashes,
    inseparable: &exchange::INSEPARABLE,
};

const LASTING: Family = Family {
    name: "lasting",
    mutants: ["mutant of hashes that last", "mutants of hashes that last"],
    wrong: "wrong exchanges whose hashes last",
    plays: Scenario::lasts,
    breaks: |it| it == Capability::LastingHashes,
    inseparable: &lasting::INSEPARABLE,
};

const PEER: Family = Family {
    name: "peer",
    mutants: ["mutant of the peer", "mutants of the peer"],
    wrong: "wrong peers",
    plays: |scenario| scenario.peer.is_some(),
    breaks: Capability::is_of_peer,
    inseparable: &peer::INSEPARABLE,
};

/// Prints the wrong exchanges, of both variants. Returns whether every mutant is caught.
pub(crate) fn run_exchanges(
    arguments: &Selftest,
    scenarios: &[Scenario],
    out: &mut dyn Write,
) -> io::Result<bool> {
    let used_up = run(&EXCHANGE, exchange::mutants(), arguments, scenarios, out)?;
    if !arguments.json {
        writeln!(out)?;
    }
    Ok(run(&LASTING, lasting::mutants(), arguments, scenarios, out)? && used_up)
}

/// Prints the wrong peers. Returns whether every mutant is caught.
pub(crate) fn run_peers(
    arguments: &Selftest,
    scenarios: &[Scenario],
    out: &mut dyn Write,
) -> io::Result<bool> {
    run(&PEER, peer::mutants(), arguments, scenarios, out)
}

fn run<T: RuleTable>(
    family: &Family,
    mutants: Vec<Mutant<T>>,
    arguments: &Selftest,
    scenarios: &[Scenario],
    out: &mut dyn Write,
) -> io::Result<bool> {
    let is_played = |scenario: &&Scenario| (family.plays)(scenario);
    let scenarios: Vec<Scenario> = scenarios.iter().filter(is_played).cloned().collect();
    let matrix = Matrix::new(mutants, &scenarios);
    let survivors = matrix.survivors();
    if arguments.json {
        print_json(family, &matrix, out)?;
        return Ok(survivors.is_empty());
    }
    if arguments.matrix {
        print_matrix(family, &matrix, out)?;
    } else {
        print_mutants(family, &matrix, out)?;
    }
    print_rules(family, &matrix, out)?;
    for mutant in &survivors {
        let text = "no scenario about the rule that it breaks catches it";
        writeln!(out, "{}  {} · {}: {text}", red("SURVIVOR"), mutant.name, mutant.rule)?;
    }
    writeln!(
        out,
        "{}, {}: {} caught by a scenario about the rule that they break, {} survived",
        plural(matrix.mutants.len() as u64, family.mutants[0], family.mutants[1]),
        plural(scenarios.len() as u64, "scenario", "scenarios"),
        matrix.mutants.len() - survivors.len(),
        survivors.len(),
    )?;
    Ok(survivors.is_empty())
}

/// A row for each mutant: how many scenarios catch it, and the first of those about its rule.
fn print_mutants<T: RuleTable>(
    family: &Family,
    matrix: &Matrix<'_, T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let widest = matrix.mutants.iter().map(|it| it.name.len()).max().unwrap_or_default();
    let wrong = family.wrong;
    let title =
        format!("{wrong}, and by how many scenarios they are caught: of their rule, of others");
    writeln!(out, "{}", strong(&title))?;
    let mut rule = "";
    for (mutant, row) in matrix.mutants.iter().zip(&matrix.cells) {
        if mutant.rule != rule {
            rule = mutant.rule;
            writeln!(out, "{}", strong(rule))?;
        }
        let caught = matrix.scenarios.iter().zip(row).filter(|(_, cell)| cell.first().is_some());
        let (own, others): (Vec<_>, Vec<_>) =
            caught.partition(|(scenario, _)| scenario.rules[0] == mutant.rule);
        let first = own.first().map_or(String::new(), |(scenario, cell)| {
            let (step, member) = cell.first().unwrap_or((0, Member::Sent));
            format!("{}, `{member}` of step {step}", scenario.id)
        });
        let (own, others) = (own.len(), others.len());
        writeln!(out, "  {:<widest$} {own:>4} {others:>4}  {first}", mutant.name)?;
    }
    writeln!(out)
}

/// A row for each mutant: a column for each scenario, by its number in the list below.
fn print_matrix<T: RuleTable>(
    family: &Family,
    matrix: &Matrix<'_, T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = format!("{}, and the scenarios by which they are caught", family.wrong);
    writeln!(out, "{}", strong(&title))?;
    writeln!(
        out,
        "A column is a scenario: `#` is about the rule that the mutant breaks, `+` is about another one."
    )?;
    let widest = matrix.mutants.iter().map(|it| it.name.len()).max().unwrap_or_default();
    let mut rule = "";
    for (mutant, row) in matrix.mutants.iter().zip(&matrix.cells) {
        if mutant.rule != rule {
            rule = mutant.rule;
            writeln!(out, "{}", strong(rule))?;
        }
        let cells = matrix.scenarios.iter().zip(row).map(|(scenario, cell)| match cell.first() {
            None => '.',
            Some(_) if scenario.rules.first().is_some_and(|it| it == mutant.rule) => '#',
            Some(_) => '+',
        });
        writeln!(out, "  {:<widest$}  {}", mutant.name, cells.collect::<String>())?;
    }
    writeln!(out)?;
    writeln!(out, "{}", strong("columns"))?;
    for (number, scenario) in (1..).zip(matrix.scenarios) {
        writeln!(out, "  {number:>4}  {:<9}  {}", scenario.rules[0], scenario.id)?;
    }
    writeln!(out)
}

/// For each rule the scenarios that fail for no other rule's mutants.
fn print_rules<T: RuleTable>(
    family: &Family,
    matrix: &Matrix<'_, T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", strong("rules, and the scenarios that only their mutants fail"))?;
    let is_asked =
        |rule: &&Rule| rule.proof == Proof::Scenario && rule.capability.is_some_and(family.breaks);
    let testable: Vec<_> = rules().iter().filter(is_asked).collect();
    let mut told = 0;
    for rule in &testable {
        let telling = matrix.scenarios_only_of(&rule.id);
        told += usize::from(!telling.is_empty());
        let ids: Vec<&str> = telling.iter().take(3).map(|scenario| &*scenario.id).collect();
        let more = telling.len().saturating_sub(ids.len());
        let text = match (ids.is_empty(), more) {
            (true, _) => match family.inseparable.iter().find(|(mixed, _)| *mixed == rule.id) {
                Some((_, reason)) => format!("none: {reason}"),
                None => red("none"),
            },
            (false, 0) => ids.join(", "),
            (false, more) => format!("{}, and {more} more", ids.join(", ")),
        };
        writeln!(out, "  {:<9}  {text}", rule.id)?;
    }
    let share = 100 * told / testable.len().max(1);
    writeln!(out, "  {told} of {} rules have such a scenario, {share} %", testable.len())?;
    writeln!(out)
}

/// One object for each mutant.
fn print_json<T: RuleTable>(
    family: &Family,
    matrix: &Matrix<'_, T>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (mutant, row) in matrix.mutants.iter().zip(&matrix.cells) {
        let caught = matrix.scenarios.iter().zip(row).filter_map(|(scenario, cell)| {
            let (step, member) = cell.first()?;
            Some(json!({
                "case": scenario.id, "rule": scenario.rules[0], "step": step,
                "member": member.as_str(),
            }))
        });
        let caught: Vec<_> = caught.collect();
        let object = json!({
            "family": family.name, "mutant": mutant.name, "rule": mutant.rule, "fault": mutant.fault, "caught": caught,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
