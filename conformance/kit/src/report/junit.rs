//! JUnit XML, for CI servers.
//!
//! A test case is a check: its name is the case and the check, its class is the rule. The document
//! contains no times, because the event stream has none. quick-junit removes the characters that XML
//! does not allow.
//!
//! The document is valid by Jenkins' junit-10.xsd, which is stricter than most readers; `.ci/run
//! reports` validates it.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{
    causes::{cause_line, facts},
    collect::{CheckRow, Collected},
    commands::OFFLINE,
    conclusion::{Conclusion, restrictions},
    details::{Widths, detail_rows, expectation},
    reporter::Reporter,
};
use crate::{
    event::Event,
    text::{sanitize, sanitize_lines},
    verdict::{Counts, Exit, Verdict},
};

/// How many bytes of details are kept: those of every check of a run fit into a half of it.
const ROOM: usize = 64 << 20;

/// Writes JUnit XML at the end.
#[derive(Debug)]
pub struct JUnit<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> JUnit<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(ROOM) }
    }
}

impl<W: Write> Reporter for JUnit<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
        let mut suite = TestSuite::new("rollwire");
        for (name, value) in properties(&self.collected) {
            suite.add_property((name, value.as_str()));
        }
        for case in &self.collected.cases {
            for check in &case.checks {
                suite.add_test_case(test_case(&case.id, &case.rule, check, &self.collected));
            }
        }
        suite.add_test_cases(run_test_case(&self.collected));
        let mut report = Report::new("rollwire");
        report.add_test_suite(suite);
        self.sink.write_all(to_jenkins_xml(&report)?.as_bytes())?;
        self.sink.flush()
    }
}

/// The report without the only attribute that quick-junit writes and junit-10.xsd does not allow: the
/// number of skipped test cases in all suites. Each suite has its own number.
fn to_jenkins_xml(report: &Report) -> io::Result<String> {
    let text = report.to_string().map_err(io::Error::other)?;
    // The first match is in the root element: its name, which precedes it, is `rollwire`.
    Ok(text.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1))
}

/// What was run, and against which adapter.
fn properties(collected: &Collected) -> Vec<(&'static str, String)> {
    let mut found = vec![("verdict", Conclusion::of(collected).short)];
    for restriction in restrictions(collected) {
        found.push(("restriction", restriction));
    }
    for (number, cause) in (1..).zip(collected.causes()) {
        let text = format!("{} ({})", cause_line(number, cause), facts(cause));
        found.push(("cause", text));
    }
    if let Some(header) = &collected.header {
        found.push(("kit", header.kit.clone()));
        found.push(("vectors", format!("{} {}", header.vectors.name, header.vectors.version)));
        found.push(("vectors.sha256", header.vectors.sha256.clone()));
        found.push(("revision", header.revision.to_string()));
        found.push(("seed", header.seed.clone()));
        found.push(("strict", header.strict.to_string()));
        if !header.filter.is_empty() {
            found.push(("filter", header.filter.join(" ")));
        }
        if let Some(address) = &header.attached {
            found.push(("attached", address.clone()));
        }
        if let Some(file) = &header.offline {
            found.push(("offline", format!("{OFFLINE} ({file})")));
        }
        if let Some(hello) = &header.hello {
            let capabilities: Vec<&str> = hello.capabilities.iter().map(|it| it.as_str()).collect();
            found.push(("adapter.name", hello.implementation.name.clone()));
            found.push(("adapter.version", hello.implementation.version.clone()));
            found.push(("adapter.language", hello.implementation.language.clone()));
            found.push(("adapter.capabilities", capabilities.join(" ")));
        }
    }
    for note in collected.notes.iter().cloned().chain(collected.details_left_out()) {
        found.push(("note", note));
    }
    found.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}

fn test_case(id: &str, rule: &str, check: &CheckRow, all: &Collected) -> TestCase {
    let header = all.header.as_ref();
    let code = check.code.map_or("", |code| code.as_str());
    let strict = header.is_some_and(|header| header.strict);
    let mut status = match check.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        // Without --strict a weak check passes; its output says that it is weak.
        Verdict::Weak if !strict => TestCaseStatus::success(),
        Verdict::Fail | Verdict::Weak => non_success(NonSuccessKind::Failure, code),
        Verdict::Error => non_success(NonSuccessKind::Error, code),
        Verdict::NotRun => non_success(NonSuccessKind::Error, "not-run"),
        Verdict::UnexpectedPass => non_success(NonSuccessKind::Failure, "stale-baseline"),
        Verdict::NotApplicable | Verdict::ExpectedFailure => TestCaseStatus::skipped(),
    };
    if let Some(reason) = &check.reason {
        status.set_message(sanitize(reason));
    } else if check.verdict == Verdict::NotRun {
        status.set_message("the run ended before this check");
    }
    let detail = check.failure.as_ref().and_then(|event| event.detail.as_ref());
    let mut lines = String::new();
    let entry = check.baseline_match.as_ref();
    if let (Some(entry), Verdict::UnexpectedPass) = (entry, check.verdict) {
        let text = format!("passed, but baseline {}", expectation(entry));
        status.set_message(sanitize(&text));
    } else if let (Some(entry), Verdict::ExpectedFailure) = (entry, check.verdict) {
        status.set_message(sanitize(&format!("baseline {}", expectation(entry))));
    } else if let (Some(event), Some(detail), Some(header)) = (&check.failure, detail, header) {
        for row in detail_rows(event, detail, header, all.cause_of(event), Widths::FILE) {
            lines += &format!("{:<10}{}\n", row.label, row.text.whole());
        }
        let expected = detail.expected.first().map_or("", String::as_str);
        status.set_message(sanitize(&format!("expected {expected}; got {}", detail.got)));
        status.set_description(lines.as_str());
    } else if matches!(check.verdict, Verdict::Fail | Verdict::Error | Verdict::Weak)
        && check.code.is_some()
    {
        status.set_message("the details are left out, because the report would be too large");
    }
    let weak_but_passed = check.verdict == Verdict::Weak && !strict;
    let mut case = TestCase::new(sanitize(&format!("{id} · {}", check.kind)), status);
    case.set_classname(sanitize(rule));
    if weak_but_passed {
        case.set_system_out(format!("{:<10}{code}\n{lines}", "weak"));
    }
    if let Some(detail) = detail.filter(|detail| !detail.stderr.is_empty()) {
        case.set_system_err(sanitized_lines(&detail.stderr));
    }
    case
}

/// Whether no check failed and none is weak.
const fn is_green(counts: &Counts) -> bool {
    counts.failed + counts.errors + counts.unexpected_passes + counts.weak == 0
}

fn sanitized_lines(lines: &[String]) -> String {
    sanitize_lines(&lines.iter().map(|line| sanitize(line)).collect::<Vec<_>>().join("\n"))
}

fn non_success(kind: NonSuccessKind, code: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(code);
    status
}

/// A failing test case for a run that says nothing about conformance, so that it does not look green.
fn run_test_case(collected: &Collected) -> Option<TestCase> {
    let conclusion = Conclusion::of(collected);
    let (code, name) = match &collected.footer {
        None => ("truncated", "the run is complete"),
        Some(footer) if !footer.complete => ("incomplete", "the run is complete"),
        Some(footer) if footer.exit.code() > 1 => ("nothing-checked", "the run is complete"),
        Some(footer) if footer.baseline_faults > 0 => {
            ("stale-baseline", "the baseline is up to date")
        }
        // Its faults fail a strict run, in which all checks may have passed.
        Some(footer) if footer.adapter_faults > 0 && footer.exit == Exit::Failed => {
            ("adapter-fault", "the adapter works and ends as it should")
        }
        // All that is left of a strict run without a failing check.
        Some(footer) if footer.exit.code() == 1 && is_green(&footer.counts) => {
            ("no-classes", "refusals have a class")
        }
        Some(_) => return None,
    };
    let mut status = non_success(NonSuccessKind::Error, code);
    status.set_message(conclusion.reason.unwrap_or(conclusion.short));
    let mut case = TestCase::new(name, status);
    case.set_classname("rollwire");
    Some(case)
}
