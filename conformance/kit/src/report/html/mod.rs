//! One HTML file for people: no network, no font or script from elsewhere.
//!
//! askama escapes every value of `templates/report.html`. Style and script are the only parts that
//! are not, they are ours, and the content security policy names their digests: whatever else came
//! to stand in the file would neither run nor load anything.

mod failure;

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use askama::Template;
use base64::Engine as _;
use sha2::{Digest, Sha256};

use self::failure::Failure;
use super::{
    Reporter,
    anatomy::{OFFLINE, shell_line},
    collect::{CaseRow, Collected, RuleRow, gravity},
    conclusion::{Conclusion, Tone, by_verdict, restrictions, sign, word},
};
use crate::{
    event::Event,
    text::{grouped, plural, sanitize},
    verdict::Verdict,
};

/// How many failures have a part of their own; a browser has to carry them all.
const SHOWN: usize = 1000;

const STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");

/// Writes the file at the end.
#[derive(Debug)]
pub struct Html<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> Html<W> {
    /// A report that goes to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(SHOWN) }
    }
}

impl<W: Write> Reporter for Html<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Page::of(&self.collected).write_into(&mut self.sink)?;
        self.sink.flush()
    }
}

/// What stands around every page: style, script, and the policy that allows them alone.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) style: &'static str,
    pub(super) script: &'static str,
    pub(super) policy: String,
}

impl Frame {
    pub(super) fn new() -> Self {
        let digest = |text: &str| {
            base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
        };
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            digest(STYLE),
            digest(SCRIPT),
        );
        Self { style: STYLE, script: SCRIPT, policy }
    }
}

#[derive(Debug, Template)]
#[template(path = "report.html")]
struct Page {
    frame: Frame,
    adapter: String,
    tone: &'static str,
    sign: &'static str,
    conclusion: String,
    reason: Option<String>,
    restrictions: String,
    tiles: Vec<Tile>,
    configuration: Vec<(&'static str, String)>,
    notes: Vec<String>,
    rules: Vec<Rule>,
    failures: Vec<Failure>,
    left_out: Option<String>,
}

/// How many checks came to a verdict.
#[derive(Debug)]
struct Tile {
    class: &'static str,
    sign: &'static str,
    word: &'static str,
    count: String,
}

/// A row of the matrix.
#[derive(Debug)]
struct Rule {
    id: String,
    class: &'static str,
    sign: &'static str,
    summary: String,
    cells: Vec<Cell>,
}

/// A case in the matrix.
#[derive(Debug)]
struct Cell {
    class: &'static str,
    sign: &'static str,
    title: String,
    /// The number of its first failure, from 1.
    link: Option<usize>,
}

/// The colours of a verdict, by their class in the style.
pub(super) const fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Weak => "weak",
        Verdict::Error => "error",
        Verdict::ExpectedFailure => "xfail",
        Verdict::UnexpectedPass => "xpass",
        Verdict::NotApplicable => "na",
        Verdict::NotRun => "notrun",
    }
}

/// The colours of a whole run.
pub(super) const fn class_of(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "pass",
        Tone::Fair => "weak",
        Tone::Bad => "fail",
        Tone::Unknown => "notrun",
    }
}

impl Page {
    fn of(all: &Collected) -> Self {
        let conclusion = Conclusion::of(all);
        let adapter = all.adapter().unwrap_or_else(|| "no adapter answered".to_owned());
        let failures: Vec<Failure> = (1..)
            .zip(all.failures())
            .filter_map(|(number, event)| Failure::of(number, event, all.header.as_ref()))
            .collect();
        let left_out = (all.without_detail > 0).then(|| {
            let more = plural(all.without_detail, "check has", "checks have");
            format!("{more} no part here, since there are so many; the event stream has them all")
        });
        Self {
            frame: Frame::new(),
            adapter: sanitize(&adapter),
            tone: class_of(conclusion.tone),
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
    by_verdict(&all.counts()).map(tile).into()
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
            rows.push(("left out", format!("{count} about other revisions")));
        }
        rows.push(("kit", format!("rollwire {}", header.kit)));
    }
    for (capability, count) in all.footer.iter().flat_map(|footer| &footer.missing_capabilities) {
        let count = plural(*count, "check", "checks");
        rows.push(("not declared", format!("{capability}: {count}")));
    }
    rows.push(("cases", grouped(all.case_count())));
    rows.push(("exit code", all.exit().code().to_string()));
    rows.retain(|(_, value)| !value.is_empty());
    rows.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}

fn rules(all: &Collected) -> Vec<Rule> {
    let mut next = 1;
    // Failures are numbered in the order of the cases, the matrix is in the order of the rules.
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
        Cell { class: class(verdict), sign: sign(verdict), title, link }
    };
    let rule = |rule: RuleRow<'_>| {
        let worst = rule.cases.iter().map(|case| case.verdict());
        let worst = worst.max_by_key(|verdict| gravity(*verdict));
        let worst = worst.unwrap_or(Verdict::NotRun);
        let (passed, total) = (grouped(rule.counts.passed), grouped(rule.counts.total()));
        Rule {
            id: sanitize(rule.id),
            class: class(worst),
            sign: sign(worst),
            summary: format!("{passed} of {total}"),
            cells: rule.cases.iter().map(cell).collect(),
        }
    };
    all.rules().into_iter().map(rule).collect()
}
