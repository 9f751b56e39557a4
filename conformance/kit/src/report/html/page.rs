//! The report of one run as a page: the values of `templates/report.html`.

use askama::Template;

use super::{
    assets::{PageAssets, class, tone_class},
    cards::{CauseCard, cause_cards},
    groups::{Groups, Section, anchors},
};
use crate::{
    report::{
        causes::heading,
        collect::{CaseRow, Collected, RuleRow},
        commands::{OFFLINE, shell_line},
        conclusion::{Conclusion, restrictions, sign, word},
    },
    text::{grouped, plural, sanitize},
    verdict::Verdict,
};

/// How many failures are shown in full; more would slow down a browser.
const MAX_FAILURES: usize = 1000;

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
    causes_title: String,
    causes: Vec<CauseCard>,
    configuration: Vec<(&'static str, String)>,
    notes: Vec<String>,
    rules: Vec<MatrixRow>,
    sections: Vec<Section>,
    /// How many checks have details, whether they are shown or not.
    details: u64,
    left_out: Option<String>,
}

/// How many checks have a verdict.
#[derive(Debug)]
struct Tile {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    count: String,
    /// The section that shows them.
    link: &'static str,
}

/// A row of the matrix.
#[derive(Debug)]
struct MatrixRow {
    number: usize,
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
    /// The anchor of its first failure, or of the group that names it.
    link: Option<String>,
}

impl ReportPage {
    pub(super) fn of(all: &Collected) -> Self {
        let conclusion = Conclusion::of(all);
        let adapter = all.adapter().unwrap_or_else(|| "no adapter answered".to_owned());
        let sections = Groups::new(all, "", MAX_FAILURES).sections();
        let shown = sections.iter().flat_map(Section::failures).count() as u64;
        let details = all.failures().count() as u64 + all.without_detail;
        let left_out = (shown < details).then(|| {
            let (shown, details) = (grouped(shown), grouped(details));
            format!(
                "This page shows {shown} of {details} checks that did not pass in full, and names \
                 the others; the event stream (--format jsonl) has the details of all"
            )
        });
        Self {
            assets: PageAssets::new(),
            adapter: sanitize(&adapter),
            tone: tone_class(conclusion.tone),
            sign: conclusion.sign(),
            conclusion: conclusion.short,
            reason: conclusion.reason,
            restrictions: restrictions(all).join(", "),
            tiles: tiles(all, &sections),
            causes_title: heading(all),
            causes: cause_cards(all),
            configuration: configuration(all),
            notes: all.notes.iter().map(|note| sanitize(note)).collect(),
            rules: rules(all, &sections),
            sections,
            details,
            left_out,
        }
    }
}

fn tiles(all: &Collected, sections: &[Section]) -> Vec<Tile> {
    let has = |id: &str| sections.iter().any(|section| section.id == id);
    let first_of = |ids: &[&'static str]| ids.iter().find(|id| has(id)).copied().unwrap_or("rules");
    let tile = |(verdict, count)| Tile {
        class: class(verdict),
        sign: sign(verdict),
        word: word(verdict),
        count: grouped(count),
        link: match verdict {
            Verdict::Fail | Verdict::Error => first_of(&["failures"]),
            Verdict::Weak => first_of(&["weak", "failures"]),
            Verdict::ExpectedFailure => first_of(&["expected"]),
            Verdict::UnexpectedPass => first_of(&["passes"]),
            Verdict::Pass | Verdict::NotRun => "rules",
            Verdict::NotApplicable => "configuration",
        },
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
    if let Some(left_out) = all.footer.as_ref().map(|footer| &footer.left_out) {
        let named = [&left_out.messages, &left_out.directions, &left_out.capabilities];
        for (name, count) in named.into_iter().flatten() {
            let count = plural(*count, "check", "checks");
            rows.push(("not declared", format!("{name}: {count}")));
        }
    }
    rows.push(("cases", grouped(all.case_count())));
    rows.push(("exit code", all.exit().code().to_string()));
    rows.retain(|(_, value)| !value.is_empty());
    rows.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}

fn rules(all: &Collected, sections: &[Section]) -> Vec<MatrixRow> {
    // The first failure of a case that is shown in full, or else the group of its cause.
    let links = anchors(sections);
    let group = |case: &CaseRow| {
        let failure = case.checks.iter().find_map(|check| check.failure.as_deref());
        failure.and_then(|event| all.cause_of(event)).map(|(number, _)| format!("g{number}"))
    };
    let cell = |case: &&CaseRow| {
        let verdict = case.verdict();
        let mut title = sanitize(&case.id);
        for check in &case.checks {
            title += &format!("\n{} {}: {}", sign(check.verdict), check.kind, word(check.verdict));
        }
        let link = links.get(&sanitize(&case.id)).cloned().or_else(|| group(case));
        CaseCell { class: class(verdict), sign: sign(verdict), title, link }
    };
    let row = |(number, rule): (usize, RuleRow<'_>)| {
        let worst = rule.verdict();
        let (passed, total) = (grouped(rule.counts.passed), grouped(rule.counts.total()));
        MatrixRow {
            number,
            id: sanitize(rule.id),
            class: class(worst),
            sign: sign(worst),
            summary: format!("{passed} of {total}"),
            cells: rule.cases.iter().map(cell).collect(),
        }
    };
    (1..).zip(all.rules_worst_first()).map(row).collect()
}
