//! The examples of the README that need a browser: a page, what is pasted into its console, and a bookmark.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    browser,
    capture::{Happened, channels},
    datagrams, files, log, plan,
};
use crate::support::{CHROMIUM, Outcome, Test, ensure, trial};

const README: &str = include_str!("../../../../tap/README.md");
const PAGE: &str = include_str!("page.html");

pub(crate) fn tests() -> Vec<Test> {
    vec![trial("browser::the_examples_record_a_game", &[&CHROMIUM], the_examples_record_a_game)]
}

/// The block of this language in the section with this title.
fn block(title: &str, language: &str) -> String {
    let section = README.split(&format!("\n## {title}\n")).nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let block = section.split(&format!("```{language}\n")).nth(1).unwrap_or_default();
    block.split("```").next().unwrap_or_default().to_owned()
}

fn the_examples_record_a_game() -> Outcome {
    let example = block("In a page", "html");
    ensure(example.contains("tapPage"), || format!("no example: {example}"))?;
    let page = PAGE.replacen(
        "<script type=\"module\">",
        &format!("{example}\n<script type=\"module\">"),
        1,
    );
    let mut plan = plan()?;
    plan["page"] = json!(block("In a page", "js"));
    plan["console"] = json!(block("In the console", "js"));
    let inner = files(&plan);
    let played = browser::play(
        "example.html#examples",
        Arc::new(move |path: &str| match path {
            "example.html" => Some(("text/html", page.clone().into_bytes())),
            _ => inner(&path.replacen("rollwire-tap/", "tap/", 1)),
        }),
    )?;
    is_recorded(&played["page"], "ann.jsonl", true)?;
    is_recorded(&played["pasted"], "capture.jsonl", false)?;
    is_recorded(&played["clicked"], "capture.jsonl", false)
}

/// What was saved holds what each side has logged, from the beginning of the tap to the saving.
fn is_recorded(played: &Value, name: &str, from_the_start: bool) -> Outcome {
    let saved = &played["saved"];
    ensure(saved["name"] == name, || format!("saved as {}", saved["name"]))?;
    let channels = channels(saved["text"].as_str().unwrap_or_default())?;
    ensure(channels.len() == 2, || format!("{name}: {} channels", channels.len()))?;
    for (side, (_, records)) in channels.iter().enumerate() {
        let log = log(&played["logs"][side])?;
        let before = if from_the_start { 0 } else { played["before"][side].as_u64().unwrap_or(0) };
        let earliest = usize::try_from(before)?;
        let found = datagrams(records);
        let matches = |from: usize| found.starts_with(&log[from..]);
        // What arrived between the paste and the next send of a channel is not recorded.
        let latest = if from_the_start { 0 } else { log.len().saturating_sub(45) };
        let begins = (earliest..=latest).any(matches);
        ensure(begins && log.len() > 45, || {
            let shown = |list: &[Happened]| format!("{} records", list.len());
            format!("{name}, side {side}: {} found, {} logged", shown(&found), shown(&log))
        })?;
        let opened = records.iter().any(|(what, _)| what == "channel");
        ensure(opened == from_the_start, || format!("{name}: opened {opened}"))?;
    }
    Ok(())
}
