//! Several runs side by side: a row is a rule or a case, a column is an implementation.
//!
//! | file | story |
//! |---|---|
//! | `column` | one run |
//! | `differences` | why the totals of the runs differ |

mod column;
mod differences;

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use askama::Template;

pub use self::column::Column;
use self::differences::differences;
use super::{
    causes::{answer, facts},
    collect::{CaseRow, Collected, severity},
    conclusion::{Conclusion, restrictions, sign, word},
    html::{Details, PageAssets, class, tone_class},
    markdown::code,
};
use crate::{
    text::{grouped, sanitize},
    verdict::{Counts, Exit, Verdict},
};

/// How many failures of all runs together are shown in full.
const MAX_FAILURES: usize = 600;

/// How many causes of a run are listed in Markdown.
const MAX_CAUSES: usize = 20;

/// The formats of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown, for a pull request or a document.
    Markdown,
    /// One HTML file, like the report of a single run.
    Html,
}

/// Writes the comparison, and returns the exit code: that of the worst run.
///
/// # Errors
/// When the sink cannot be written.
pub fn merge(columns: &mut [Column], form: Form, sink: &mut dyn Write) -> io::Result<Exit> {
    columns.iter_mut().for_each(|column| column.collected.settle());
    let columns = &*columns;
    let page = MergePage::of(columns);
    match form {
        Form::Markdown => sink.write_all(page.markdown().as_bytes())?,
        Form::Html => page.write_into(&mut &mut *sink)?,
    }
    sink.flush()?;
    let exits = columns.iter().map(|column| column.collected.exit());
    Ok(exits.max_by_key(|exit| precedence(*exit)).unwrap_or(Exit::Nothing))
}

/// Which exit code wins: the one with the highest precedence.
const fn precedence(exit: Exit) -> u8 {
    match exit {
        Exit::Conforms => 0,
        Exit::Nothing => 1,
        Exit::Failed => 2,
        Exit::Incomplete => 3,
        Exit::Usage | Exit::Signal(_) => 4,
        Exit::Broken => 5,
    }
}

#[derive(Debug, Template)]
#[template(path = "merge.html")]
struct MergePage<'a> {
    assets: PageAssets,
    columns: &'a [Column],
    heads: Vec<ColumnHead>,
    /// Why the totals differ.
    differences: Vec<String>,
    tables: Vec<Table>,
}

/// The head of a column.
#[derive(Debug)]
struct ColumnHead {
    /// What the anchors of the run begin with.
    prefix: String,
    name: String,
    file: String,
    class: &'static str,
    sign: &'static str,
    conclusion: String,
    /// Why the run did not check everything; empty if it did.
    restrictions: String,
    details: Details,
}

#[derive(Debug)]
struct Table {
    title: &'static str,
    column: &'static str,
    rows: Vec<(String, Vec<TableCell>)>,
}

/// The result of an implementation in a row.
#[derive(Debug)]
struct TableCell {
    class: &'static str,
    sign: &'static str,
    text: String,
    /// The anchor of the details.
    link: Option<String>,
}

impl TableCell {
    fn not_asked() -> Self {
        Self { class: "na", sign: "", text: "not asked".to_owned(), link: None }
    }
}

impl<'a> MergePage<'a> {
    fn of(columns: &'a [Column]) -> Self {
        let names = names(columns);
        let most = MAX_FAILURES / columns.len().max(1);
        let heads: Vec<ColumnHead> = (1..)
            .zip(columns)
            .zip(&names)
            .map(|((number, column), name)| ColumnHead::of(number, column, name, most))
            .collect();
        let mut tables = vec![rules(columns)];
        let cases = cases(columns, &heads);
        if !cases.rows.is_empty() {
            tables.push(cases);
        }
        let differences = differences(columns, &names);
        Self { assets: PageAssets::new(), columns, heads, differences, tables }
    }

    fn markdown(&self) -> String {
        let mut text = String::from("## Implementations side by side\n\n");
        let names: Vec<String> = self.heads.iter().map(|head| code(&head.name)).collect();
        for (head, name) in self.heads.iter().zip(&names) {
            let _ = write!(text, "- {} {name}: {}", head.sign, head.conclusion);
            if !head.restrictions.is_empty() {
                let _ = write!(text, "; {}", head.restrictions);
            }
            let _ = writeln!(text, " ({})", code(&head.file));
        }
        if !self.differences.is_empty() {
            text += "\n### Why the totals differ\n\n";
            for difference in &self.differences {
                let _ = writeln!(text, "- {}", code(difference));
            }
        }
        for (column, name) in self.columns.iter().zip(&names) {
            text += &causes(&column.collected, name);
        }
        for table in &self.tables {
            let _ = writeln!(text, "\n### {}\n", table.title);
            let _ = writeln!(text, "| {} | {} |", table.column, names.join(" | "));
            let _ = writeln!(text, "|---|{}", "---|".repeat(names.len()));
            for (name, cells) in &table.rows {
                let cells: Vec<String> =
                    cells.iter().map(|cell| format!("{} {}", cell.sign, cell.text)).collect();
                let _ = writeln!(text, "| {} | {} |", code(name), cells.join(" | "));
            }
        }
        text
    }
}

/// What each column is called: no two of them the same.
fn names(columns: &[Column]) -> Vec<String> {
    let name = |column: &Column| {
        let adapter = || column.collected.adapter();
        let name = column.label.clone().or_else(adapter);
        sanitize(&name.unwrap_or_else(|| "no adapter answered".to_owned()))
    };
    let names: Vec<String> = columns.iter().map(name).collect();
    let unique = |(column, name): (&Column, &String)| {
        if names.iter().filter(|other| *other == name).count() == 1 {
            return name.clone();
        }
        format!("{name} ({})", sanitize(&column.file))
    };
    columns.iter().zip(&names).map(unique).collect()
}

/// The causes of a run as a list of Markdown.
fn causes(all: &Collected, name: &str) -> String {
    let causes = all.causes();
    if causes.is_empty() {
        return String::new();
    }
    let mut text = format!("\n### What is wrong with {name}\n\n");
    for (number, cause) in (1..).zip(causes).take(MAX_CAUSES) {
        let _ = write!(text, "{number}. {}: {}", code(&cause.sentence), code(&facts(cause)));
        if let Some(example) = all.example(cause) {
            let _ = write!(text, "; e.g. {}: {}", code(&example.case), code(&answer(example)));
        }
        text.push('\n');
    }
    if let more @ 1.. = causes.len().saturating_sub(MAX_CAUSES) {
        let _ = writeln!(text, "\n{more} more causes are not shown here.");
    }
    text
}

impl ColumnHead {
    fn of(number: usize, column: &Column, name: &str, most: usize) -> Self {
        let conclusion = Conclusion::of(&column.collected);
        let restrictions = restrictions(&column.collected);
        let prefix = format!("r{number}-");
        Self {
            details: Details::of(&column.collected, &prefix, most),
            prefix,
            name: name.to_owned(),
            file: sanitize(&column.file),
            class: tone_class(conclusion.tone),
            sign: conclusion.sign(),
            conclusion: conclusion.short,
            restrictions: restrictions.join(", "),
        }
    }
}

/// A row for each rule, those first that the first implementation breaks.
fn rules(columns: &[Column]) -> Table {
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, BTreeMap<usize, (Verdict, Counts)>> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        for rule in column.collected.rules_worst_first() {
            let worst = rule.verdict();
            let row = rows.entry(rule.id).or_insert_with(|| {
                order.push(rule.id);
                BTreeMap::new()
            });
            row.insert(at, (worst, rule.counts));
        }
    }
    let cell = |found: Option<&(Verdict, Counts)>| match found {
        None => TableCell::not_asked(),
        Some((verdict, counts)) => TableCell {
            class: class(*verdict),
            sign: sign(*verdict),
            link: None,
            text: format!("{} of {}", grouped(counts.passed), grouped(counts.total())),
        },
    };
    let row = |rule: &&str| {
        let found = rows.get(rule);
        let cells = (0..columns.len()).map(|at| cell(found.and_then(|row| row.get(&at))));
        (sanitize(rule), cells.collect())
    };
    Table { title: "Rules", column: "Rule", rows: order.iter().map(row).collect() }
}

/// A row for each case that not every implementation passes. Fresh cases are compared only if all
/// runs have the same seed.
fn cases(columns: &[Column], heads: &[ColumnHead]) -> Table {
    let seeds = columns.iter().map(|column| column.collected.header.as_ref().map(|it| &it.seed));
    let one_seed = seeds.collect::<std::collections::BTreeSet<_>>().len() == 1;
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, BTreeMap<usize, &CaseRow>> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        for case in &column.collected.cases {
            if !one_seed && case.origin.is_fresh() {
                continue;
            }
            let row = rows.entry(&case.id).or_insert_with(|| {
                order.push(&case.id);
                BTreeMap::new()
            });
            row.insert(at, case);
        }
    }
    let cell = |at: usize, found: Option<&&CaseRow>| match found {
        None => TableCell::not_asked(),
        Some(case) => {
            let verdict = case.verdict();
            let failures = case.checks.iter().filter_map(|check| check.failure.as_deref());
            let cause = failures.filter_map(|event| columns[at].collected.cause_of(event)).next();
            let cause = cause.map_or(String::new(), |(number, _)| format!(" (cause {number})"));
            TableCell {
                class: class(verdict),
                sign: sign(verdict),
                text: format!("{}{cause}", word(verdict)),
                link: heads[at].details.anchor(&case.id),
            }
        }
    };
    let row = |id: &&str| {
        let found = rows.get(id)?;
        let fine = |case: &&CaseRow| severity(case.verdict()) <= severity(Verdict::ExpectedFailure);
        if found.values().all(fine) {
            return None;
        }
        let cells = (0..columns.len()).map(|at| cell(at, found.get(&at))).collect();
        Some((sanitize(id), cells))
    };
    let rows = order.iter().filter_map(row).collect();
    Table { title: "Cases that not every implementation passes", column: "Case", rows }
}
