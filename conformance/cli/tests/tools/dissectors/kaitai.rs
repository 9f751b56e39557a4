//! Parsers that the compiler of Kaitai Struct makes from the description accept what the model accepts,
//! with the same values, and refuse what a strict receiver refuses.

use std::{fs, path::Path, process::Command};

use libtest_mimic::Failed;
use rollwire_dissectors::kaitai;
use rollwire_model::{Field, Kind, Layout, Model};
use serde_json::{Value as Json, json};

use super::{
    datagrams::{Datagram, layout_with_a_new_message, of_the_new_message, published, random},
    expected::hex,
};
use crate::support::{KAITAI, NODE, Outcome, Test, ensure, rollwire, run, trial};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("kaitai_reads_every_published_datagram", &[&NODE, &KAITAI], every_published),
        trial("a_wrong_description_for_kaitai_is_noticed", &[&NODE, &KAITAI], faults_are_noticed),
    ]
}

/// A description, the model that it has to agree with, and what its parsers are given.
struct Described {
    description: String,
    model: Model,
    datagrams: Vec<Datagram>,
}

impl Described {
    /// With the description that the command writes.
    fn specified(revision: u8, datagrams: &[Datagram]) -> Result<Self, Failed> {
        let words = ["tools", "kaitai", "--revision", &revision.to_string()];
        let description = run(&mut rollwire(&words))?.exits(0)?.stdout;
        let datagrams = datagrams.to_vec();
        Ok(Self { description, model: Model::specified(revision), datagrams })
    }

    /// What the scripts need to know.
    fn plan(&self) -> Json {
        let fields = |fields: &[Field]| -> Vec<Json> {
            let fields = fields
                .iter()
                .filter(|field| !matches!(field.kind, Kind::Type | Kind::Count | Kind::Reserved));
            fields
                .map(|it| {
                    json!({ "name": it.name, "kind": format!("{:?}", it.kind),
                "entry": it.entry.iter().map(|it| &*it.name).collect::<Vec<_>>() })
                })
                .collect()
        };
        let messages = self.model.layout().messages.iter();
        let messages: serde_json::Map<String, Json> = messages
            .map(|it| {
                (it.type_byte.to_string(), json!({ "name": it.name, "fields": fields(&it.fields) }))
            })
            .collect();
        let datagrams: Vec<String> = self.datagrams.iter().map(|it| hex(&it.bytes)).collect();
        json!({ "description": self.description, "messages": messages, "datagrams": datagrams })
    }

    /// The first datagram that a parser reads in another way than the model.
    fn compare(&self, language: &str, answers: &Json) -> Outcome {
        let answers = answers.as_array().ok_or("a list of answers")?;
        ensure(answers.len() == self.datagrams.len(), || format!("{} answers", answers.len()))?;
        for (datagram, answer) in self.datagrams.iter().zip(answers) {
            let expected = self.model.decode(&datagram.bytes);
            let value = expected.as_ref().ok().map(serde_json::to_value).transpose()?;
            let is_right = match value {
                Some(value) => answer["value"] == value,
                None => answer["refused"].is_string(),
            };
            ensure(is_right, || {
                let (name, revision) = (&datagram.name, self.model.revision());
                format!("{language}, revision {revision}, {name}: {answer}\nis not {expected:?}")
            })?;
        }
        Ok(())
    }
}

/// Compiles each description and parses its datagrams, in one process for each language.
fn compare(all: &[Described]) -> Outcome {
    let folder = tempfile::tempdir()?;
    let plan: Vec<Json> = all.iter().map(Described::plan).collect();
    fs::write(folder.path().join("plan.json"), serde_json::to_vec(&plan)?)?;
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tools/dissectors");
    let tools = KAITAI.folder();
    let mut javascript = Command::new(NODE.name);
    javascript.arg(scripts.join("kaitai.mjs")).arg(&tools).arg(folder.path());
    run(&mut javascript)?.exits(0)?;
    let mut python = Command::new(tools.join("venv/bin/python"));
    python.arg(scripts.join("kaitai.py")).arg(folder.path());
    run(&mut python)?.exits(0)?;
    for language in ["javascript", "python"] {
        let answers = fs::read(folder.path().join(format!("{language}.json")))?;
        let answers: Vec<Json> = serde_json::from_slice(&answers)?;
        for (described, answers) in all.iter().zip(&answers) {
            described.compare(language, answers)?;
        }
    }
    Ok(())
}

fn every_published() -> Outcome {
    let mut datagrams = published()?;
    datagrams.extend(random(1000, 16)?);
    let latest = Layout::builtin().revision;
    let mut all = Vec::new();
    for revision in 1..=latest {
        all.push(Described::specified(revision, &datagrams)?);
    }
    // And a message that is new in the table.
    let layout = layout_with_a_new_message()?;
    for revision in [4, 6, 7] {
        all.push(Described {
            description: kaitai::description(&layout, revision),
            model: Model::new(&layout, revision),
            datagrams: of_the_new_message(),
        });
    }
    compare(&all)
}

/// Each fault that is planted in the description makes the comparison fail.
fn faults_are_noticed() -> Outcome {
    let right = Described::specified(Layout::builtin().revision, &published()?)?;
    compare(std::slice::from_ref(&right))?;
    for (from, to) in [
        ("endian: be", "endian: le"),
        ("max: 15", "max: 14"),
        ("_.length == 0", "_.length < 2"),
        ("min: start", "min: 0"),
        ("_ <= 0x66", "_ <= 0x67"),
        ("focused_byte == 1", "focused_byte == 0"),
    ] {
        ensure(right.description.contains(from), || format!("no `{from}` in the description"))?;
        let description = right.description.replace(from, to);
        let (model, datagrams) = (right.model.clone(), right.datagrams.clone());
        let wrong = Described { description, model, datagrams };
        ensure(compare(&[wrong]).is_err(), || format!("`{to}` is not noticed"))?;
    }
    Ok(())
}
