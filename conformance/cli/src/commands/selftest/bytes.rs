//! Wrong codecs, and the cases that catch them.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use rollwire_conformance::text::{grouped, plural};
use rollwire_model::{rules, vectors::Case};
use rollwire_mutants::bytes::{Matrix, Mutant, MutantResult, Side, equivalents, mutants};
use serde_json::json;

use crate::{
    args::Selftest,
    style::{red, strong},
};

/// The percentage of mutants that must be caught by a case about the rule that they break.
const BY_THEIR_RULE: usize = 97;

/// The columns of a terminal.
const WIDTH: usize = 100;

const SIDES: [Side; 3] = [Side::Decoder, Side::Encoder, Side::Both];

/// Prints the family. Returns whether every mutant is caught, and enough of them by a case about their rule.
pub(crate) fn run(arguments: &Selftest, cases: &[Case], out: &mut dyn Write) -> io::Result<bool> {
    let matrix = Matrix::new(mutants(), cases);
    let score = Score::of(&matrix);
    if arguments.json {
        print_json(&matrix, out)?;
        return Ok(score.is_good());
    }
    if arguments.matrix {
        print_matrix(&matrix, out)?;
    } else {
        print_mutants(&matrix, out)?;
    }
    print_equivalents(out)?;
    score.print(&matrix, out)?;
    Ok(score.is_good())
}

/// How many mutants are caught, and which are not.
struct Score<'a> {
    mutants: usize,
    /// Mutants that are caught, but by no case about the rule that they break.
    by_others: Vec<MutantResult<'a>>,
    survivors: Vec<MutantResult<'a>>,
}

impl<'a> Score<'a> {
    fn of(matrix: &'a Matrix) -> Self {
        let others = matrix.results().filter(|row| row.about_its_rule().is_empty());
        let (survivors, by_others) = others.partition(|row| row.catches.is_empty());
        Self { mutants: matrix.mutants.len(), by_others, survivors }
    }

    fn by_their_rule(&self) -> usize {
        self.mutants - self.by_others.len() - self.survivors.len()
    }

    fn is_good(&self) -> bool {
        self.survivors.is_empty() && 100 * self.by_their_rule() >= BY_THEIR_RULE * self.mutants
    }

    fn print(&self, matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.by_others {
            let cases: Vec<&str> = row.cases().iter().take(2).map(|it| &*it.0.id).collect();
            let (name, rule) = (&row.mutant.name, &row.mutant.rule);
            writeln!(out, "caught only by cases about other rules: {name} · {rule}")?;
            writeln!(out, "  {}", cases.join(", "))?;
        }
        for row in &self.survivors {
            let Mutant { name, rule, fault, .. } = row.mutant;
            writeln!(out, "{}  {name} · {rule}: no case catches it: {fault}", red("SURVIVOR"))?;
        }
        let by_their_rule = self.by_their_rule();
        // Rounded down, so that 100 means all of them.
        let tenths = 1000 * by_their_rule / self.mutants.max(1);
        writeln!(
            out,
            "{}, {}: {} caught, {}.{} % by a case about the rule that they break, {} survived",
            plural(self.mutants as u64, "mutant of bytes", "mutants of bytes"),
            plural(matrix.cases.len() as u64, "case", "cases"),
            grouped((self.mutants - self.survivors.len()) as u64),
            tenths / 10,
            tenths % 10,
            self.survivors.len(),
        )?;
        writeln!(out)
    }
}

/// The rows by the rule that their mutants break, in the order of the specification.
fn by_rule(matrix: &Matrix) -> Vec<(&'static str, Vec<MutantResult<'_>>)> {
    let of_rule = |id: &str| matrix.results().filter(|row| row.mutant.rule == id).collect();
    let rows = rules().iter().map(|rule| (&*rule.id, of_rule(&rule.id)));
    rows.filter(|(_, rows): &(_, Vec<_>)| !rows.is_empty()).collect()
}

/// A name without its message, if the rule is about that message.
fn short<'a>(name: &'a str, rule: &str) -> &'a str {
    let message = rule.rsplit_once('-').map_or(rule, |(message, _)| message);
    let message = message.to_lowercase().replace('_', "-");
    let rest = name.strip_prefix(&message).and_then(|rest| rest.strip_prefix('/'));
    rest.unwrap_or(name)
}

/// A row for each operator at each place: how many cases catch it on each side.
fn print_mutants(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let title = "wrong codecs, and by how many cases they are caught: of their rule + of others";
    writeln!(out, "{}", strong(title))?;
    for (rule, rows) in by_rule(matrix) {
        let mut lines: Vec<(&str, Vec<MutantResult<'_>>)> = Vec::new();
        for row in rows {
            let name = row.mutant.name.rsplit_once('/').map_or("", |(name, _)| name);
            match lines.last_mut().filter(|line| line.0 == name) {
                Some(line) => line.1.push(row),
                None => lines.push((name, vec![row])),
            }
        }
        let names = lines.iter().map(|line| short(line.0, rule).len());
        let widest = names.max().unwrap_or_default().max(rule.len());
        let heads: String = SIDES.iter().map(|side| format!(" {side:>7}")).collect();
        writeln!(out, "{}{heads}", strong(&format!("{rule:<0$}", widest + 2)))?;
        for (name, rows) in lines {
            let cells: String = SIDES.iter().map(|side| caught_on(*side, &rows)).collect();
            let first = rows.iter().find_map(|row| row.about_its_rule().first().map(|it| it.0));
            let first = first.map_or("-", |case| short(&case.id, rule));
            let line = format!("{:<widest$}{cells}  {first}", short(name, rule));
            writeln!(out, "  {}", cut(&line, WIDTH - 2))?;
        }
    }
    writeln!(out)
}

/// How many cases catch the mutant of that side: about its rule, and about others.
fn caught_on(side: Side, rows: &[MutantResult<'_>]) -> String {
    let row = rows.iter().find(|row| row.mutant.side() == side);
    let count = row.map_or(String::new(), |row| {
        let own = row.about_its_rule().len();
        format!("{own}+{}", row.cases().len() - own)
    });
    format!(" {count:>7}")
}

/// Text that fits a terminal.
fn cut(text: &str, width: usize) -> String {
    if text.len() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// A table for each message: a row for each mutant, a column for each rule of the message.
fn print_matrix(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", strong("wrong codecs, and how many cases of each rule catch them"))?;
    writeln!(
        out,
        "D, E and B: decoder, encoder, both. Columns are the rules, by number; `*` marks the one that\n\
         the mutant breaks; `else` are the rules of other messages."
    )?;
    let chapter = |rule: &str| rule.rsplit_once('-').map_or(String::new(), |it| it.0.to_owned());
    let mut tables: Vec<(String, Vec<MutantResult<'_>>)> = Vec::new();
    for (rule, rows) in by_rule(matrix) {
        match tables.iter_mut().find(|table| table.0 == chapter(rule)) {
            Some(table) => table.1.extend(rows),
            None => tables.push((chapter(rule), rows)),
        }
    }
    for (message, rows) in tables {
        let about = |case: &&Case| chapter(&case.rules[0]) == message;
        let mut columns: Vec<&str> =
            matrix.cases.iter().filter(about).map(|case| &*case.rules[0]).collect();
        columns.sort_by_key(|rule| (rule.len(), *rule));
        columns.dedup();
        let numbers = columns.iter().map(|rule| &rule[message.len()..]);
        let heads: String = numbers.map(|number| format!("{number:>4}")).collect();
        writeln!(out, "{}{heads} else", strong(&format!("{message:<47}")))?;
        for row in rows {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for (case, _) in row.cases() {
                *counts.entry(&case.rules[0]).or_default() += 1;
            }
            let cell = |rule: &&str| {
                let mark = if **rule == row.mutant.rule { "*" } else { "" };
                let count = counts.get(*rule).map_or("·".to_owned(), ToString::to_string);
                format!("{:>4}", format!("{mark}{count}"))
            };
            let cells: String = columns.iter().map(cell).collect();
            let within: usize = columns.iter().filter_map(|rule| counts.get(rule)).sum();
            let beyond = row.cases().len() - within;
            let name = short(&row.mutant.name, &row.mutant.rule);
            let (name, side) = name.rsplit_once('/').unwrap_or((name, ""));
            let side = side.get(..1).unwrap_or_default().to_uppercase();
            writeln!(out, "  {name:<43} {side}{cells} {beyond:>4}")?;
        }
    }
    writeln!(out)
}

/// Mutants that are not wrong.
fn print_equivalents(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", strong("mutants that conform"))?;
    for (mutant, reason) in equivalents() {
        writeln!(out, "  {}\n    {reason}", mutant.name)?;
    }
    writeln!(out)
}

/// One object for each mutant.
fn print_json(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    for row in matrix.results() {
        let caught = row.catches.iter().map(|catch| {
            let case = &matrix.cases[catch.case];
            json!({
                "case": case.id, "rule": case.rules[0], "revision": catch.revision,
                "check": catch.check.as_str(), "code": catch.code.as_str(),
            })
        });
        let caught: Vec<_> = caught.collect();
        let Mutant { name, operator, rule, fault, .. } = row.mutant;
        let object = json!({
            "family": "bytes", "mutant": name, "operator": operator, "rule": rule, "fault": fault,
            "caught": caught,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}
