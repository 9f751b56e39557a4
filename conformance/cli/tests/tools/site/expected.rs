//! What the playground has to say: what the command, the kit and the model say.

use std::{collections::BTreeSet, fs};

use libtest_mimic::Failed;
use rollwire_conformance::{
    check::digest::first_difference,
    spelling::{self, HowToRead},
    vectors::VectorSet,
};
use rollwire_model::{
    Layout, Model, Value as Message,
    digest::{Digest, DigestRules, Form},
    hex,
};
use serde_json::{Value, json};

use crate::support::{rollwire, run};

/// The longest list of entries that is passed to the browser as a value.
const LONGEST_LIST: usize = 2000;

/// Every datagram of the published vectors, in hex: what is decoded, and what is encoded.
pub(super) fn datagrams() -> Result<Vec<String>, Failed> {
    let mut found = BTreeSet::new();
    for case in VectorSet::builtin()?.bytes() {
        found.extend(case.bytes().map(hex::plain));
        for revision in 1..=7 {
            let value = case.whole_value();
            let encoded = value.and_then(|it| Model::specified(revision).encode(&it).ok());
            found.extend(encoded.map(|bytes| hex::plain(&bytes)));
        }
    }
    Ok(found.into_iter().collect())
}

/// What `inspect --json` says about datagrams in a revision, one object for each.
pub(super) fn inspected(datagrams: &[String], revision: u8) -> Result<Value, Failed> {
    let folder = tempfile::tempdir()?;
    let lines = datagrams
        .iter()
        .map(|hex| if hex.is_empty() { "\"\"\n".to_owned() } else { format!("{hex}\n") });
    fs::write(folder.path().join("BYTES"), lines.collect::<String>())?;
    let mut command = rollwire(&["inspect", "--json", "--file", "BYTES", "--revision"]);
    command.arg(revision.to_string()).current_dir(folder.path());
    let finished = run(&mut command)?;
    let lines: Result<Vec<Value>, _> = finished.stdout.lines().map(serde_json::from_str).collect();
    Ok(Value::from(lines?))
}

/// What the kit reads in texts: each text with its datagrams and notes, or with the reason why there are none.
pub(super) fn readings(texts: Vec<String>) -> Value {
    let read = |text: String| match spelling::read(&text, HowToRead::default()) {
        Ok(reading) => {
            let packets = reading.packets.iter().map(|packet| {
                json!([hex::plain(&packet.bytes), packet.spelling.as_str(), packet.line])
            });
            json!({"text": text, "packets": packets.collect::<Vec<_>>(), "notes": reading.notes})
        }
        Err(fault) => json!({"text": text, "fault": fault.to_string()}),
    };
    texts.into_iter().map(read).collect()
}

/// Every value of the published vectors with its bytes, or with the class and the rule of its refusal, in each
/// revision.
pub(super) fn encodings() -> Result<Value, Failed> {
    let mut found = Vec::new();
    for case in VectorSet::builtin()?.bytes() {
        let Some(value) = case.whole_value().filter(|it| is_short(it)) else { continue };
        for revision in 1..=7 {
            let expected = match Model::specified(revision).encode(&value) {
                Ok(bytes) => upper_case(&value).unwrap_or(json!({"hex": hex::plain(&bytes)})),
                Err(it) => json!({"class": it.class.as_str(), "rule": it.rule}),
            };
            let message = json!({"type": value.message, "fields": value.fields});
            found.push(json!({"case": case.id, "value": message, "revision": revision, "expected": expected}));
        }
    }
    Ok(Value::from(found))
}

/// The refusal of upper-case digits: an encoder may accept them, and the one in JavaScript does not.
fn upper_case(value: &Message) -> Option<Value> {
    let field = Layout::builtin().message(&value.message)?.field("hash")?;
    let text = value.fields.get("hash")?.as_str()?;
    let is_upper = text.contains(|it: char| it.is_ascii_uppercase());
    is_upper.then(|| json!({"class": "text", "rule": field.upper_case_rule}))
}

fn is_short(value: &Message) -> bool {
    let entries = value.fields.get("entries").and_then(Value::as_array);
    entries.is_none_or(|entries| entries.len() <= LONGEST_LIST)
}

/// Every state of the published vectors with its digest or the rule of its refusal; and what differs first
/// between its canonical text and that of the state before it.
pub(super) fn digests() -> Result<Value, Failed> {
    let mut found = Vec::new();
    let mut before: Option<Digest> = None;
    for case in VectorSet::builtin()?.digests() {
        for form in Form::ALL {
            let digest = DigestRules::SPECIFIED.digest(&case.state, form);
            let expected = match &digest {
                Ok(digest) => json!({"hash": digest.hash, "text": digest.text}),
                Err(it) => json!({"class": it.class.as_str(), "rule": it.rule}),
            };
            let difference = digest.as_ref().ok().zip(before.as_ref()).map(|(one, other)| {
                let found = first_difference(&one.text, &other.text);
                let found =
                    found.map(|it| json!({"path": it.path, "one": it.one, "other": it.other}));
                json!({"other": other.text, "found": found})
            });
            found.push(json!({
                "case": case.id, "state": case.state, "form": form.as_str(), "expected": expected,
                "difference": difference,
            }));
            before = digest.ok().or(before);
        }
    }
    Ok(Value::from(found))
}
