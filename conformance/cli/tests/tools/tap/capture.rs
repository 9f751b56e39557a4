//! Reads a capture, and holds each line to spec/capture.md.

use std::collections::BTreeMap;

use libtest_mimic::Failed;
use serde_json::{Map, Value, json};

use crate::support::fail;

const WHAT: [&str; 6] = ["sent", "refused", "received", "channel", "error", "missing"];
const HEADER: [&str; 7] = ["capture", "peer", "revision", "origin", "redundancy", "setup", "tap"];

/// A record, without its time: what happened, and to what.
pub(crate) type Happened = (String, Value);

/// What happened on each channel of a capture, by its name, in order; each line is valid.
pub(crate) fn channels(capture: &str) -> Result<Vec<(String, Vec<Happened>)>, Failed> {
    let mut channels: Vec<(String, Vec<Happened>)> = Vec::new();
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    if !capture.ends_with('\n') || capture.contains('\r') {
        return fail("the last line does not end, or lines end in another way");
    }
    for (index, line) in capture.lines().enumerate() {
        let wrong = |why: &str| {
            let shown: String = line.chars().take(200).collect();
            fail(format!("line {}: {why}: {shown}", index + 1))
        };
        let members: Map<String, Value> = serde_json::from_str(line)?;
        let tap = members.get("tap").and_then(Value::as_str).unwrap_or_default();
        let known = channels.iter_mut().find(|(name, _)| name == tap);
        if members.contains_key("capture") {
            if !is_header(&members) {
                return wrong("not a header");
            }
            numbers.insert(tap.to_owned(), 0);
            if known.is_none() {
                channels.push((tap.to_owned(), Vec::new()));
            }
            continue;
        }
        let Some((_, records)) = known else { return wrong("there is no header for it") };
        let next = numbers.entry(tap.to_owned()).or_default();
        if members.get("n").and_then(Value::as_u64) != Some(*next) {
            return wrong("its number does not follow");
        }
        *next += 1;
        match record(&members) {
            Some(record) => records.push(record),
            None => return wrong("not a record"),
        }
    }
    Ok(channels)
}

fn is_header(members: &Map<String, Value>) -> bool {
    let text = |name: &str, most: usize| {
        members.get(name).is_none_or(|it| it.as_str().is_some_and(|it| it.chars().count() <= most))
    };
    members.keys().all(|name| HEADER.contains(&&**name))
        && members["capture"] == 1
        && text("peer", 200)
        && text("tap", 40)
        && members.get("origin").and_then(Value::as_f64).is_some_and(|it| it > 1e12)
        && members
            .get("revision")
            .is_none_or(|it| it.as_u64().is_some_and(|it| (1..=7).contains(&it)))
}

fn record(members: &Map<String, Value>) -> Option<Happened> {
    let mut names = members.keys().filter(|name| WHAT.contains(&&***name));
    let what = names.next().filter(|_| names.next().is_none())?;
    let others = members.keys().filter(|name| *name != what);
    let are_known =
        others.into_iter().all(|name| ["n", "at", "buffered", "tap"].contains(&&**name));
    let at = members.get("at")?.as_f64()?;
    let buffered = members.get("buffered").is_none_or(|it| it.as_u64().is_some_and(|it| it > 0));
    let value = &members[what];
    let is_right = match &**what {
        "channel" => [json!("open"), json!("closed")].contains(value),
        "error" => value.is_string(),
        "missing" => value.as_u64()? > 0,
        _ => is_datagram(value),
    };
    (are_known && at >= 0.0 && buffered && is_right).then(|| (what.clone(), value.clone()))
}

fn is_datagram(value: &Value) -> bool {
    match value {
        Value::String(hex) => {
            let digits = hex.bytes().all(|it| it.is_ascii_digit() || (b'a'..=b'f').contains(&it));
            digits && hex.len() % 2 == 0 && hex.len() <= 2 * 65_536
        }
        Value::Object(text) => text.len() == 1 && text.get("text").is_some_and(Value::is_string),
        _ => false,
    }
}
