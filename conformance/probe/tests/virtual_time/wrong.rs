//! Wrong peers: which of them are named by the rule that they break is a table, `named.txt` beside this file.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use rollwire_conformance::cores::on_all_cores;
use rollwire_mutants::peer::{Mutant, mutants};
use rollwire_probe::Outcome;

use crate::{link::Conditions, play::play};

const HEAD: &str = "# Wrong peers of rollwire-mutants, and the rules that a session with each of them names.\n\
    # A star stands before the rule that the peer breaks. Those without a rule cannot be told from a right peer\n\
    # in such a session. UPDATE_NAMED=1 cargo test -p rollwire-probe --test virtual_time writes this file.\n";

/// The rules that a session names, as either player.
fn named(mutant: &Mutant) -> BTreeSet<String> {
    let reports = [0, 1].map(|local| play(mutant.behaviour(), local, Conditions::CLEAN, 1));
    let verdicts = reports.into_iter().flat_map(|report| report.verdicts);
    verdicts.filter(|it| it.outcome == Outcome::Broken).map(|it| it.rule).collect()
}

/// Those that name something, and some of the others; all of them with ROLLWIRE_DEEP.
#[test]
fn wrong_peers_are_named_as_the_table_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/virtual_time/named.txt");
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let known = fs::read_to_string(&path).unwrap_or_default();
    let all = mutants();
    let row_of = |mutant: &Mutant| {
        let begins = format!("{} {}", mutant.rule, mutant.name);
        known.lines().find(|row| row.split(' ').take(2).eq(begins.split(' '))).map(str::to_owned)
    };
    if !is_set("UPDATE_NAMED") {
        let rows = known.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(rows, all.len(), "the table has not a row for each wrong peer");
    }
    let is_asked = |(at, mutant): &(usize, &Mutant)| {
        let names = row_of(mutant).is_none_or(|row| row.split(' ').count() > 2);
        names || at % 25 == 0 || is_set("ROLLWIRE_DEEP") || is_set("UPDATE_NAMED")
    };
    let asked: Vec<&Mutant> = all.iter().enumerate().filter(is_asked).map(|it| it.1).collect();
    let rows = on_all_cores(&asked, |mutant| {
        let mut row = format!("{} {}", mutant.rule, mutant.name);
        for rule in &named(mutant) {
            let star = if rule == mutant.rule { "*" } else { "" };
            let _ = write!(row, " {star}{rule}");
        }
        row
    });
    if is_set("UPDATE_NAMED") {
        fs::write(&path, HEAD.to_owned() + &rows.join("\n") + "\n").unwrap();
        return;
    }
    let other: Vec<_> = asked
        .iter()
        .zip(&rows)
        .filter(|(mutant, row)| row_of(mutant).as_ref() != Some(row))
        .map(|(mutant, row)| (row_of(mutant), row))
        .collect();
    assert!(other.is_empty(), "these rows are others now: {other:#?}");
    let stars = known.lines().filter(|row| row.contains('*') && !row.starts_with('#')).count();
    assert!(stars >= 45, "only {stars} wrong peers are named by the rule that they break");
}
