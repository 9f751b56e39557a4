//! A failure on the page: its bytes, its steps, the expected answer, and how to ask it again.

use super::assets::class;
use crate::{
    event::{CheckEvent, Detail, Header},
    report::{
        commands::{explain_command, manual_command, rerun_command},
        conclusion::{sign, word},
        details::location,
    },
    text::sanitize,
};

/// A failure on the page.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) number: usize,
    pub(super) class: &'static str,
    pub(super) sign: &'static str,
    pub(super) word: &'static str,
    pub(super) case: String,
    pub(super) subtitle: String,
    pub(super) code: &'static str,
    pub(super) rule_text: String,
    pub(super) role: String,
    pub(super) parts: Vec<DatagramPart>,
    pub(super) location: String,
    pub(super) steps: Vec<ScenarioStep>,
    pub(super) rows: Vec<(&'static str, String)>,
    pub(super) stderr: Vec<String>,
    pub(super) commands: Vec<(&'static str, String)>,
}

#[derive(Debug)]
pub(super) struct DatagramPart {
    pub(super) name: String,
    pub(super) offset: usize,
    pub(super) hex: String,
    pub(super) marked: bool,
}

#[derive(Debug)]
pub(super) struct ScenarioStep {
    pub(super) text: String,
    pub(super) marked: bool,
}

impl Failure {
    /// A failure without control characters; `None` if the event has no details.
    pub(super) fn of(number: usize, event: &CheckEvent, header: Option<&Header>) -> Option<Self> {
        let detail = event.detail.as_ref()?;
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
            number,
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
fn table(event: &CheckEvent, detail: &Detail) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    rows.push(("value", detail.value.clone().unwrap_or_default()));
    for (at, expected) in detail.expected.iter().enumerate() {
        rows.push((if at == 0 { "expected" } else { "or" }, expected.clone()));
    }
    rows.push(("got", detail.got.clone()));
    rows.push(("hint", detail.hint.clone().unwrap_or_default()));
    rows.push(("catches", detail.comment.clone()));
    rows.extend(detail.flags.iter().map(|(flag, meaning)| ("flag", format!("{flag}: {meaning}"))));
    rows.push(("read", explain_command(event, detail).unwrap_or_default()));
    rows.retain(|(_, value)| !value.is_empty());
    rows.into_iter().map(|(name, value)| (name, sanitize(&value))).collect()
}
