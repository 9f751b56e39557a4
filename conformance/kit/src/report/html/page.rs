//! The report of one run as a page: the values of `templates/report.html`.

use askama::Template;

use super::{
    assets::{PageAssets, class, harm_class, tone_class},
    groups::{Groups, Section, anchors},
};
use crate::{
    event::Cause,
    report::{
        causes::{heading, messages, reading},
        collect::{CaseRow, Collected, RuleRow},
        commands::{OFFLINE, shell_line},
        conclusion::{Conclusion, restrictions, sign, word},
    },
    text::{
        comparison::{Cut, around},
        grouped, plural, sanitize,
    },
    verdict::Verdict,
};

/// How many failures are shown in full; more would slow down a browser.
const MAX_FAILURES: usize = 1000;

/// How many characters of an answer are shown beside a cause.
const CARD_ANSWER: usize = 110;

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

/// A cause in the list at the top of the page.
#[derive(Debug)]
pub(in crate::report) struct CauseCard {
    pub(in crate::report) number: usize,
    pub(in crate::report) class: &'static str,
    pub(in crate::report) harm: &'static str,
    pub(in crate::report) sentence: String,
    pub(in crate::report) checks: String,
    pub(in crate::report) messages: String,
    pub(in crate::report) reading: String,
    pub(in crate::report) explained: bool,
    pub(in crate::report) example: Option<CardExample>,
}

/// What one failure of a cause looks like, in a line.
#[derive(Debug)]
pub(in crate::report) struct CardExample {
    pub(in crate::report) case: String,
    pub(in crate::report) check: &'static str,
    pub(in crate::report) expected: Cut,
    pub(in crate::report) got: Cut,
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

/// The causes as cards, without control characters.
pub(in crate::report) fn cause_cards(all: &Collected) -> Vec<CauseCard> {
    (1..).zip(all.causes()).map(|(number, cause)| card(number, cause, all)).collect()
}

fn card(number: usize, cause: &Cause, all: &Collected) -> CauseCard {
    let example = all.example(cause).and_then(|event| {
        let detail = event.detail.as_ref()?;
        let got = sanitize(&detail.got);
        let expected = detail.expected.first().map(|text| sanitize(text)).unwrap_or_default();
        let [expected, got] = if expected.is_empty() {
            [Cut::default(), Cut::uncut(got)]
        } else {
            around(&expected, &got, CARD_ANSWER)
        };
        let (case, check) = (sanitize(&event.case), event.check.as_str());
        Some(CardExample { case, check, expected, got })
    });
    CauseCard {
        number,
        class: harm_class(cause.harm),
        harm: cause.harm.words(),
        sentence: sanitize(&cause.sentence),
        checks: plural(cause.failures, "check", "checks"),
        messages: messages(cause),
        reading: reading(cause),
        explained: cause.explained,
        example,
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
