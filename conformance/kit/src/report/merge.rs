//! Several runs side by side: a row is a rule or a case, a column is an implementation.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use askama::Template;

use super::{
    collect::{Collected, severity},
    conclusion::{Conclusion, restrictions, sign, word},
    html::{PageAssets, class, tone_class},
    markdown::code,
};
use crate::{
    event::Event,
    text::{grouped, sanitize},
    verdict::{Counts, Exit, Verdict},
};

/// One run and the file it came from.
#[derive(Debug)]
pub struct Column {
    file: String,
    collected: Collected,
}

impl Column {
    /// An empty column for this file.
    #[must_use]
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), collected: Collected::keeping(0) }
    }

    /// Takes in the next event.
    pub fn event(&mut self, event: &Event) {
        self.collected.event(event);
    }
}

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
pub fn merge(columns: &[Column], form: Form, sink: &mut dyn Write) -> io::Result<Exit> {
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
struct MergePage {
    assets: PageAssets,
    heads: Vec<ColumnHead>,
    tables: Vec<Table>,
}

/// The head of a column.
#[derive(Debug)]
struct ColumnHead {
    name: String,
    file: String,
    class: &'static str,
    sign: &'static str,
    conclusion: String,
    /// Why the run did not check everything; empty if it did.
    restrictions: String,
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
}

impl MergePage {
    fn of(columns: &[Column]) -> Self {
        let heads = columns.iter().map(ColumnHead::of).collect();
        let mut tables = vec![rules(columns)];
        let cases = cases(columns);
        if !cases.rows.is_empty() {
            tables.push(cases);
        }
        Self { assets: PageAssets::new(), heads, tables }
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

impl ColumnHead {
    fn of(column: &Column) -> Self {
        let conclusion = Conclusion::of(&column.collected);
        let adapter = column.collected.adapter();
        let restrictions = restrictions(&column.collected);
        Self {
            name: sanitize(&adapter.unwrap_or_else(|| "no adapter answered".to_owned())),
            file: sanitize(&column.file),
            class: tone_class(conclusion.tone),
            sign: conclusion.sign(),
            conclusion: conclusion.short,
            restrictions: restrictions.join(", "),
        }
    }
}

/// A row for each rule, in the order of their first events.
fn rules(columns: &[Column]) -> Table {
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, BTreeMap<usize, (Verdict, Counts)>> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        for rule in column.collected.rules() {
            let verdicts = rule.cases.iter().map(|case| case.verdict());
            let worst = verdicts.max_by_key(|verdict| severity(*verdict));
            let row = rows.entry(rule.id).or_insert_with(|| {
                order.push(rule.id);
                BTreeMap::new()
            });
            row.insert(at, (worst.unwrap_or(Verdict::NotRun), rule.counts));
        }
    }
    let cell = |found: Option<&(Verdict, Counts)>| match found {
        None => TableCell { class: "na", sign: "", text: "not asked".to_owned() },
        Some((verdict, counts)) => TableCell {
            class: class(*verdict),
            sign: sign(*verdict),
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
fn cases(columns: &[Column]) -> Table {
    let seeds = columns.iter().map(|column| column.collected.header.as_ref().map(|it| &it.seed));
    let one_seed = seeds.collect::<std::collections::BTreeSet<_>>().len() == 1;
    let mut order: Vec<&str> = Vec::new();
    let mut rows: BTreeMap<&str, BTreeMap<usize, Verdict>> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        for case in &column.collected.cases {
            if !one_seed && case.origin.is_fresh() {
                continue;
            }
            let row = rows.entry(&case.id).or_insert_with(|| {
                order.push(&case.id);
                BTreeMap::new()
            });
            row.insert(at, case.verdict());
        }
    }
    let cell = |found: Option<&Verdict>| match found {
        None => TableCell { class: "na", sign: "", text: "not asked".to_owned() },
        Some(verdict) => {
            let (class, sign) = (class(*verdict), sign(*verdict));
            TableCell { class, sign, text: word(*verdict).to_owned() }
        }
    };
    let row = |id: &&str| {
        let found = rows.get(id)?;
        if found.values().all(|verdict| severity(*verdict) <= severity(Verdict::ExpectedFailure)) {
            return None;
        }
        let cells = (0..columns.len()).map(|at| cell(found.get(&at))).collect();
        Some((sanitize(id), cells))
    };
    let rows = order.iter().filter_map(row).collect();
    Table { title: "Cases that not every implementation passes", column: "Case", rows }
}
