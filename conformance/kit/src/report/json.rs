//! One JSON document at the end: a summary for programs. Its schema is `schema/report.schema.json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{
    collect::Collected,
    commands::rerun_command,
    conclusion::{Conclusion, restrictions},
    reporter::Reporter,
};
use crate::{
    event::{Cause, CheckEvent, Event, Header, LeftOut},
    protocol::Hello,
    text::json,
    vectors::VectorsId,
    verdict::{Code, Counts, Exit, Verdict},
};

/// The version of the document; it changes when the meaning of a member changes.
const VERSION: u32 = 1;

/// How many bytes of details are kept: those of every check of a run fit into a half of it.
const ROOM: usize = 64 << 20;

/// Writes the summary. Text from the adapter is in it unchanged, encoded as JSON.
#[derive(Debug)]
pub struct Json<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> Json<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(ROOM) }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    report: u32,
    verdict: String,
    conclusion: String,
    exit: Exit,
    truncated: bool,
    complete: bool,
    reason: Option<String>,
    /// Why the run did not check everything.
    restrictions: Vec<String>,
    causes: &'a [Cause],
    run: Option<RunFacts<'a>>,
    cases: u64,
    checks: Counts,
    left_out: LeftOut,
    rules: Vec<RuleSummary<'a>>,
    failures: Vec<FailureSummary<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct RunFacts<'a> {
    kit: &'a str,
    vectors: &'a VectorsId,
    command: &'a [String],
    attached: Option<&'a str>,
    offline: Option<&'a str>,
    arguments: &'a [String],
    filter: &'a [String],
    adapter: Option<&'a Hello>,
    revision: u8,
    seed: &'a str,
    strict: bool,
    other_revisions: u64,
}

#[derive(Serialize)]
struct RuleSummary<'a> {
    rule: &'a str,
    cases: u64,
    checks: Counts,
}

#[derive(Serialize)]
struct FailureSummary<'a> {
    case: &'a str,
    check: &'static str,
    rule: &'a str,
    level: &'a str,
    verdict: Verdict,
    code: Option<&'static str>,
    cause: Option<&'a str>,
    field: Option<&'a str>,
    offset: Option<usize>,
    expected: &'a [String],
    got: &'a str,
    hint: Option<&'a str>,
    stderr: &'a [String],
    again: Option<String>,
}

impl<'a> RunFacts<'a> {
    fn of(header: &'a Header) -> Self {
        Self {
            kit: &header.kit,
            vectors: &header.vectors,
            command: &header.command,
            attached: header.attached.as_deref(),
            offline: header.offline.as_deref(),
            arguments: &header.arguments,
            filter: &header.filter,
            adapter: header.hello.as_ref(),
            revision: header.revision,
            seed: &header.seed,
            strict: header.strict,
            other_revisions: header.other_revisions,
        }
    }
}

impl<'a> FailureSummary<'a> {
    fn of(event: &'a CheckEvent, all: &'a Collected) -> Option<Self> {
        let detail = event.detail.as_ref()?;
        Some(Self {
            case: &event.case,
            check: event.check.as_str(),
            rule: &event.rule,
            level: &event.level,
            verdict: event.verdict,
            code: event.code.map(Code::as_str),
            cause: all.cause_of(event).map(|(_, cause)| &*cause.id),
            field: detail.field.as_deref(),
            offset: detail.offset,
            expected: &detail.expected,
            got: &detail.got,
            hint: detail.hint.as_deref(),
            stderr: &detail.stderr,
            again: all.header.as_ref().and_then(|header| rerun_command(event, header)),
        })
    }
}

impl<W: Write> Reporter for Json<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
        let all = &self.collected;
        let conclusion = Conclusion::of(all);
        let document = Document {
            report: VERSION,
            verdict: conclusion.verdict().to_owned(),
            conclusion: conclusion.short,
            exit: all.exit(),
            truncated: all.footer.is_none(),
            complete: all.footer.as_ref().is_some_and(|footer| footer.complete),
            reason: conclusion.reason,
            restrictions: restrictions(all),
            causes: all.causes(),
            run: all.header.as_ref().map(RunFacts::of),
            cases: all.case_count(),
            checks: all.counts(),
            left_out: all.footer.as_ref().map_or_else(LeftOut::default, |it| it.left_out.clone()),
            rules: all
                .rules()
                .into_iter()
                .map(|rule| RuleSummary {
                    rule: rule.id,
                    cases: rule.cases.len() as u64,
                    checks: rule.counts,
                })
                .collect(),
            failures: all.failures().filter_map(|event| FailureSummary::of(event, all)).collect(),
            notes: all.notes.iter().cloned().chain(all.details_left_out()).collect(),
        };
        json::write_pretty(&mut self.sink, &document)?;
        self.sink.flush()
    }
}
