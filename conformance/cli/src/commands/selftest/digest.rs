//! Wrong digests, and the cases that catch them.

use std::io::{self, Write};

use rollwire_conformance::text::plural;
use rollwire_model::vectors::{DigestCase, large_digests};
use rollwire_mutants::digest::{Mutant, mutants};
use serde_json::json;

use crate::{
    args::Selftest,
    style::{red, strong},
};

/// A mutant, and the cases that catch it: those about the rule that it breaks, and others.
struct Row<'a> {
    mutant: Mutant,
    own: Vec<&'a DigestCase>,
    others: Vec<&'a DigestCase>,
}

impl<'a> Row<'a> {
    fn of(mutant: Mutant, cases: &'a [DigestCase]) -> Self {
        let caught = cases.iter().filter(|case| mutant.is_caught_by(case));
        let (own, others) = caught.partition(|case| case.rules[0] == mutant.rule);
        Self { mutant, own, others }
    }
}

/// Prints the family. Returns whether every mutant is caught.
pub(crate) fn run(
    arguments: &Selftest,
    cases: &[DigestCase],
    out: &mut dyn Write,
) -> io::Result<bool> {
    // The large states take long, so only mutants that no stored state shows see them.
    let large: Vec<DigestCase> = large_digests().collect();
    let row = |mutant: Mutant| {
        let stored = Row::of(mutant, cases);
        if stored.own.is_empty() { Row::of(mutant, &large) } else { stored }
    };
    let mut rows: Vec<Row<'_>> = mutants().into_iter().map(row).collect();
    rows.sort_by_key(|row| number(row.mutant.rule));
    let survivors: Vec<&Row<'_>> = rows.iter().filter(|row| row.own.is_empty()).collect();
    if arguments.json {
        print_json(&rows, out)?;
        return Ok(survivors.is_empty());
    }
    print(&rows, out)?;
    for Row { mutant, .. } in &survivors {
        let text = "no case about the rule that it breaks catches it";
        writeln!(out, "{}  {} · {}: {text}", red("SURVIVOR"), mutant.name, mutant.rule)?;
    }
    writeln!(
        out,
        "{}, {}: {} caught by a case about the rule that they break, {} survived",
        plural(rows.len() as u64, "mutant of the digest", "mutants of the digest"),
        plural((cases.len() + large.len()) as u64, "case", "cases"),
        rows.len() - survivors.len(),
        survivors.len(),
    )?;
    Ok(survivors.is_empty())
}

/// The number of a rule, by which mutants are listed.
fn number(rule: &str) -> u32 {
    rule.rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or_default()
}

/// A row for each mutant: how many cases catch it, and the first of those about its rule.
fn print(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    let widest = rows.iter().map(|row| row.mutant.name.len()).max().unwrap_or_default();
    let title = "wrong digests, and by how many cases they are caught: of their rule, of others";
    writeln!(out, "{}", strong(title))?;
    let mut rule = "";
    for Row { mutant, own, others } in rows {
        if mutant.rule != rule {
            rule = mutant.rule;
            writeln!(out, "{}", strong(rule))?;
        }
        let first = own.first().map_or("", |case| &case.id);
        let (own, others) = (own.len(), others.len());
        writeln!(out, "  {:<widest$} {own:>4} {others:>4}  {first}", mutant.name)?;
    }
    writeln!(out)
}

/// One object for each mutant.
fn print_json(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    for Row { mutant, own, others } in rows {
        let caught = own.iter().chain(others);
        let caught: Vec<_> =
            caught.map(|case| json!({"case": case.id, "rule": case.rules[0]})).collect();
        let object = json!({
            "family": "digest", "mutant": mutant.name, "rule": mutant.rule, "fault": mutant.fault,
            "caught": caught,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
