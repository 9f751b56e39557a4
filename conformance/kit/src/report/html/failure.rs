//! A failure on the page: its bytes, its steps, the expected answer, and how to ask it again.

use super::assets::class;
use crate::{
    event::{CheckEvent, Detail},
    report::{
        causes::cause_line,
        collect::Collected,
        commands::{manual_command, rerun_command},
        conclusion::{sign, word},
        details::{expectation, location},
    },
    text::{
        comparison::{Cut, around},
        sanitize,
    },
};

/// How many characters of an answer are shown.
const ANSWER: usize = 600;

/// A failure on the page.
#[derive(Debug)]
pub(in crate::report) struct Failure {
    /// What a link to it ends with.
    pub(in crate::report) anchor: String,
    /// The number of its cause, and the cause in words.
    pub(in crate::report) cause: Option<(usize, String)>,
    pub(in crate::report) class: &'static str,
    pub(in crate::report) sign: &'static str,
    pub(in crate::report) word: &'static str,
    pub(in crate::report) case: String,
    pub(in crate::report) subtitle: String,
    pub(in crate::report) code: &'static str,
    pub(in crate::report) rule_text: String,
    pub(in crate::report) role: String,
    pub(in crate::report) parts: Vec<DatagramPart>,
    pub(in crate::report) location: String,
    pub(in crate::report) steps: Vec<ScenarioStep>,
    pub(in crate::report) rows: Vec<(&'static str, Cut)>,
    pub(in crate::report) stderr: Vec<String>,
    pub(in crate::report) commands: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub(in crate::report) struct DatagramPart {
    pub(in crate::report) name: String,
    pub(in crate::report) offset: usize,
    pub(in crate::report) hex: String,
    pub(in crate::report) marked: bool,
}

#[derive(Debug)]
pub(in crate::report) struct ScenarioStep {
    pub(in crate::report) text: String,
    pub(in crate::report) marked: bool,
}

impl Failure {
    /// A failure without control characters; `None` if the event has no details.
    pub(super) fn of(anchor: String, event: &CheckEvent, all: &Collected) -> Option<Self> {
        let (detail, header) = (event.detail.as_ref()?, all.header.as_ref());
        let cause = all.cause_of(event).map(|(number, cause)| (number, cause_line(number, cause)));
        let clean = |lines: &[String]| lines.iter().map(|line| sanitize(line)).collect();
        let commands = header.map_or(Vec::new(), |header| {
            let both = [
                ("again", rerun_command(event, header)),
                ("by hand", manual_command(detail, header)),
            ];
            both.into_iter().filter_map(|(name, line)| Some((name, line?))).collect()
        });
        let steps = detail.steps.iter();
        let marked = |at| detail.bytes.as_ref().and_then(|bytes| bytes.marked) == Some(at);
        let parts = detail.bytes.iter().flat_map(|bytes| &bytes.parts).enumerate();
        Some(Self {
            anchor,
            cause,
            class: class(event.verdict),
            sign: sign(event.verdict),
            word: word(event.verdict),
            case: sanitize(&event.case),
            subtitle: sanitize(&format!("{} · {} · {}", event.check, event.level, event.rule)),
            code: event.code.map_or("", |code| code.as_str()),
            rule_text: sanitize(&detail.rule_text),
            role: detail.bytes.as_ref().map_or(String::new(), |bytes| sanitize(&bytes.role)),
            parts: parts
                .map(|(at, part)| DatagramPart {
                    name: sanitize(&part.name),
                    offset: part.offset,
                    hex: sanitize(&part.hex),
                    marked: marked(at),
                })
                .collect(),
            location: sanitize(&location(detail)),
            steps: steps
                .map(|step| ScenarioStep { text: sanitize(step), marked: step.starts_with('>') })
                .collect(),
            rows: table(event, detail),
            stderr: clean(&detail.stderr),
            commands,
        })
    }
}

/// The details of a failure other than its bytes, steps and commands.
fn table(event: &CheckEvent, detail: &Detail) -> Vec<(&'static str, Cut)> {
    let text = |text: &str| Cut::uncut(sanitize(text));
    let mut rows = vec![("value", text(detail.value.as_deref().unwrap_or_default()))];
    let got = sanitize(&detail.got);
    let mut shown_got = None;
    for (at, expected) in detail.expected.iter().enumerate() {
        let [expected, beside] = around(&sanitize(expected), &got, ANSWER);
        shown_got.get_or_insert(beside);
        rows.push((if at == 0 { "expected" } else { "or" }, expected));
    }
    rows.push(("got", shown_got.unwrap_or_else(|| text(&got))));
    rows.push(("hint", text(detail.hint.as_deref().unwrap_or_default())));
    if let Some(entry) = &event.baseline_match {
        rows.push(("baseline", text(&expectation(entry))));
    }
    rows.push(("catches", text(&detail.comment)));
    let flags = detail.flags.iter();
    rows.extend(flags.map(|(flag, meaning)| ("flag", text(&format!("{flag}: {meaning}")))));
    rows.push(("read", text(&detail.chapter)));
    rows.retain(|(_, cut)| !cut.whole().is_empty());
    rows
}
