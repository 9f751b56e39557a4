//! The report of one run as a page: the values of `templates/report.html`.

use std::collections::BTreeMap;

use askama::Template;

use super::{
    assets::{PageAssets, class, tone_class},
    failure::Failure,
};
use crate::{
    report::{
        collect::{CaseRow, Collected, RuleRow, severity},
        commands::{OFFLINE, shell_line},
        conclusion::{Conclusion, restrictions, sign, word},
    },
    text::{grouped, plural, sanitize},
    verdict::Verdict,
};

#[derive(Debug, Template)]
#[template(path = "report.html")]
pub(super) struct ReportPage {
    assets: PageAssets,
    adapter: String,
    tone: &'static str,
    sign: &'static str,
    conclusion: String,
    reason: Option<String>,
    restrictions: String,
    tiles: Vec<Tile>,
    configuration: Vec<(&'static str, String)>,
    notes: Vec<String>,
    rules: Vec<MatrixRow>,
    failures: Vec<Failure>,
    left_out: Option<String>,
}

/// How many checks have a verdict.
#[derive(Debug)]
struct Tile {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    count: String,
}

/// A row of the matrix.
#[derive(Debug)]
struct MatrixRow {
    id: String,
    class: &'static str,
    sign: &'static str,
    summary: String,
    cells: Vec<CaseCell>,
}

/// A case in the matrix.
#[derive(Debug)]
struct CaseCell {
    class: &'static str,
    sign: &'static str,
    title: String,
    /// The number of its first failure, from 1.
    link: Option<usize>,
}

impl ReportPage {
    pub(super) fn of(all: &Collected) -> Self {
        let conclusion = Conclusion::of(all);
        let adapter = all.adapter().unwrap_or_else(|| "no adapter answered".to_owned());
        let failures: Vec<Failure> = (1..)
            .zip(all.failures())
            .filter_map(|(number, event)| Failure::of(number, event, all.header.as_ref()))
            .collect();
        let left_out = (all.without_detail > 0).then(|| {
            let more = plural(all.without_detail, "check is", "checks are");
            format!("{more} not shown here; the event stream has the details of all checks")
        });
        Self {
            assets: PageAssets::new(),
            adapter: sanitize(&adapter),
            tone: tone_class(conclusion.tone),
            sign: conclusion.sign(),
            conclusion: conclusion.short,
            reason: conclusion.reason,
            restrictions: restrictions(all).join(", "),
            tiles: tiles(all),
            configuration: configuration(all),
            notes: all.notes.iter().map(|note| sanitize(note)).collect(),
            rules: rules(all),
            failures,
            left_out,
        }
    }
}

fn tiles(all: &Collected) -> Vec<Tile> {
    let tile = |(verdict, count)| Tile {
        class: class(verdict),
        sign: sign(verdict),
        word: word(verdict),
        count: grouped(count),
    };
    all.counts().by_verdict().map(tile).into()
}

fn configuration(all: &Collected) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    if let Some(header) = &all.header {
        let command = shell_line(&header.command);
        rows.push(("command", command));
        rows.push(("attached to", header.attached.clone().unwrap_or_default()));
        if let Some(file) = &header.offline {
            rows.push(("offline", format!("{OFFLINE} ({file})")));
        }
        if let Some(hello) = &header.hello {
            let capabilities: Vec<&str> = hello.capabilities.iter().map(|it| it.as_str()).collect();
            rows.push(("language", hello.implementation.language.clone()));
            rows.push(("capabilities", capabilities.join(" ")));
        }
        rows.push(("revision", header.revision.to_string()));
        rows.push(("vectors", format!("{} {}", header.vectors.name, header.vectors.version)));
        rows.push(("sha256", header.vectors.sha256.clone()));
        rows.push(("seed", header.seed.clone()));
        rows.push(("arguments", shell_line(&header.arguments)));
        rows.push(("filter", shell_line(&header.filter)));
        rows.push(("strict", if header.strict { "yes" } else { "no" }.to_owned()));
        if header.other_revisions > 0 {
            let count = plural(header.other_revisions, "case", "cases");
            rows.push(("left out", format!("{count} for other revisions")));
        }
        rows.push(("kit", format!("rollwire {}", header.kit)));
    }
    for (capability, count) in all.footer.iter().flat_map(|footer| &footer.left_out.capabilities) {
        let count = plural(*count, "check", "checks");
        rows.push(("not declared", format!("{capability}: {count}")));
    }
    rows.push(("cases", grouped(all.case_count())));
    rows.push(("exit code", all.exit().code().to_string()));
    rows.retain(|(_, value)| !value.is_empty());
    rows.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}

fn rules(all: &Collected) -> Vec<MatrixRow> {
    let mut next = 1;
    // Failures are numbered in the order of the cases; the matrix is in the order of the rules.
    let links: BTreeMap<&str, usize> = all
        .cases
        .iter()
        .filter_map(|case| {
            let own = case.checks.iter().filter(|check| check.failure.is_some()).count();
            let first = next;
            next += own;
            (own > 0).then_some((&*case.id, first))
        })
        .collect();
    let cell = |case: &&CaseRow| {
        let verdict = case.verdict();
        let mut title = sanitize(&case.id);
        for check in &case.checks {
            title += &format!("\n{} {}: {}", sign(check.verdict), check.kind, word(check.verdict));
        }
        let link = links.get(&*case.id).copied();
        CaseCell { class: class(verdict), sign: sign(verdict), title, link }
    };
    let rule = |rule: RuleRow<'_>| {
        let worst = rule.cases.iter().map(|case| case.verdict());
        let worst = worst.max_by_key(|verdict| severity(*verdict));
        let worst = worst.unwrap_or(Verdict::NotRun);
        let (passed, total) = (grouped(rule.counts.passed), grouped(rule.counts.total()));
        MatrixRow {
            id: sanitize(rule.id),
            class: class(worst),
            sign: sign(worst),
            summary: format!("{passed} of {total}"),
            cells: rule.cases.iter().map(cell).collect(),
        }
    };
    all.rules().into_iter().map(rule).collect()
}
