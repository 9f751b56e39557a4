//! Wrong peers: which of them are named by the rule that they break is a table, `named.txt` beside this file.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use rollwire_mutants::peer::mutants;
use rollwire_probe::Outcome;

use crate::{link::Conditions, play::play};

const HEAD: &str = "# Wrong peers of rollwire-mutants, and the rules that a session with each of them names.\n\
    # A star stands before the rule that the peer breaks. Those without a rule cannot be told from a right peer\n\
    # in such a session. UPDATE_NAMED=1 cargo test -p rollwire-probe --test virtual_time writes this file.\n";

/// The rules that a session names, as either player.
fn named(mutant: &rollwire_mutants::peer::Mutant) -> BTreeSet<String> {
    let reports = [0, 1].map(|local| play(mutant.behaviour(), local, Conditions::CLEAN, 1));
    let verdicts = reports.into_iter().flat_map(|report| report.verdicts);
    verdicts.filter(|it| it.outcome == Outcome::Broken).map(|it| it.rule).collect()
}

#[test]
fn wrong_peers_are_named_as_the_table_says() {
    let all = mutants();
    let rows = rollwire_conformance::cores::on_all_cores(&all, |mutant| {
        let named = named(mutant);
        let mut row = format!("{} {}", mutant.rule, mutant.name);
        for rule in &named {
            let star = if rule == mutant.rule { "*" } else { "" };
            let _ = write!(row, " {star}{rule}");
        }
        row + "\n"
    });
    let table = HEAD.to_owned() + &rows.concat();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/virtual_time/named.txt");
    if std::env::var_os("UPDATE_NAMED").is_some() {
        fs::write(&path, &table).unwrap();
    }
    let known = fs::read_to_string(&path).unwrap();
    let other: Vec<_> = table.lines().filter(|line| !known.contains(line)).collect();
    assert_eq!(known, table, "these rows are others now: {other:#?}");
}
