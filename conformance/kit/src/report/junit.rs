//! JUnit XML, as CI servers read it.
//!
//! A test case is a check: its name is the case and the check, its class the rule. There are no
//! times in it, as there are none in the event stream. What XML cannot hold, quick-junit removes.
//!
//! The form is that of Jenkins' junit-10.xsd, which is stricter than most readers: `.ci/run reports`
//! validates against it.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{
    Reporter,
    anatomy::{OFFLINE, expectation, rows},
    collect::{CheckRow, Collected},
    conclusion::Conclusion,
};
use crate::{
    event::{Event, Header},
    text::sanitize,
    verdict::Verdict,
};

/// Writes JUnit XML at the end.
#[derive(Debug)]
pub struct JUnit<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> JUnit<W> {
    /// A report that goes to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(usize::MAX) }
    }
}

impl<W: Write> Reporter for JUnit<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let mut suite = TestSuite::new("rollwire");
        let header = self.collected.header.as_ref();
        for (name, value) in properties(&self.collected) {
            suite.add_property((name, value.as_str()));
        }
        for case in &self.collected.cases {
            for check in &case.checks {
                suite.add_test_case(test_case(&case.id, &case.rule, check, header));
            }
        }
        suite.add_test_cases(of_the_run(&self.collected));
        let mut report = Report::new("rollwire");
        report.add_test_suite(suite);
        self.sink.write_all(as_jenkins_reads_it(&report)?.as_bytes())?;
        self.sink.flush()
    }
}

/// The report without the one attribute that quick-junit writes and junit-10.xsd refuses: how many
/// test cases of all suites were skipped. Each suite has that number itself.
fn as_jenkins_reads_it(report: &Report) -> io::Result<String> {
    let text = report.to_string().map_err(io::Error::other)?;
    // The first one in the document is that of the root element, whose name is ours.
    Ok(text.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1))
}

/// What was run, and against whom.
fn properties(collected: &Collected) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
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
    for note in &collected.notes {
        found.push(("note", note.clone()));
    }
    found.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}

fn test_case(id: &str, rule: &str, check: &CheckRow, header: Option<&Header>) -> TestCase {
    let code = check.code.map_or("", |code| code.as_str());
    let strict = header.is_some_and(|header| header.strict);
    let mut status = match check.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        // Without --strict a weak check passes; that it is weak is said in its output.
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
        status.set_message("the run ended before");
    }
    let detail = check.failure.as_ref().and_then(|event| event.detail.as_ref());
    let mut anatomy = String::new();
    let listed = check.listed.as_ref();
    if let (Some(listed), Verdict::UnexpectedPass) = (listed, check.verdict) {
        let text = format!("passed, but the baseline, {}", expectation(listed));
        status.set_message(sanitize(&text));
    } else if let (Some(listed), Verdict::ExpectedFailure) = (listed, check.verdict) {
        status.set_message(sanitize(&format!("the baseline, {}", expectation(listed))));
    } else if let (Some(event), Some(detail), Some(header)) = (&check.failure, detail, header) {
        for (label, text) in rows(event, detail, header) {
            anatomy += &format!("{label:<10}{text}\n");
        }
        let expected = detail.expected.first().map_or("", String::as_str);
        status.set_message(sanitize(&format!("expected {expected}; got {}", detail.got)));
        status.set_description(anatomy.as_str());
    }
    let weak_but_passed = check.verdict == Verdict::Weak && !strict;
    let mut case = TestCase::new(sanitize(&format!("{id} · {}", check.kind)), status);
    case.set_classname(sanitize(rule));
    if weak_but_passed {
        case.set_system_out(format!("{:<10}{code}\n{anatomy}", "weak"));
    }
    if let Some(detail) = detail.filter(|detail| !detail.stderr.is_empty()) {
        case.set_system_err(sanitized_lines(&detail.stderr));
    }
    case
}

fn sanitized_lines(lines: &[String]) -> String {
    lines.iter().map(|line| sanitize(line)).collect::<Vec<_>>().join("\n")
}

fn non_success(kind: NonSuccessKind, code: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(code);
    status
}

/// A run that says nothing about conformance must not look green: it has a test case of its own.
fn of_the_run(collected: &Collected) -> Option<TestCase> {
    let conclusion = Conclusion::of(collected);
    let (code, name) = match &collected.footer {
        None => ("truncated", "the run is complete"),
        Some(footer) if !footer.complete => ("incomplete", "the run is complete"),
        Some(footer) if footer.exit.code() > 1 => ("nothing-checked", "the run is complete"),
        Some(footer) if footer.rot > 0 => ("stale-baseline", "the baseline holds"),
        Some(_) => return None,
    };
    let mut status = non_success(NonSuccessKind::Error, code);
    status.set_message(conclusion.reason.unwrap_or(conclusion.short));
    let mut case = TestCase::new(name, status);
    case.set_classname("rollwire");
    Some(case)
}
