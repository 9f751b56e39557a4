//! A layout with one fact changed is a wrong implementation, and the vectors notice.

use std::path::Path;

use rollwire_model::{
    Endian, Kind, Layout, Model, Outcome,
    vectors::{Case, CheckKind, VectorSet},
};

fn cases() -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors");
    let set = VectorSet::read(&directory).unwrap_or_else(|error| panic!("{error}"));
    let codec = set.codec().unwrap_or_else(|error| panic!("{error}"));
    codec.into_values().flat_map(|file| file.cases).collect()
}

/// The ids of the cases at which a model fails.
fn failures(model: &Model, cases: &[Case]) -> Vec<String> {
    let fails = |case: &Case, check: CheckKind| {
        let answer = match (check, case.bytes(), &case.value) {
            (CheckKind::Decode, Some(bytes), _) => model.decode(bytes).map(Outcome::Value),
            (CheckKind::Encode, _, Some(value)) => model.encode(value).map(Outcome::Bytes),
            (_, Some(bytes), _) => match model.decode(bytes) {
                Ok(value) => model.encode(&value).map(Outcome::Bytes),
                Err(refusal) => Err(refusal),
            },
            _ => return true,
        };
        let answer = answer.unwrap_or_else(|refusal| Outcome::Reject(refusal.class));
        let same = |expected: &Outcome| match (expected, &answer) {
            (Outcome::Reject(_), Outcome::Reject(_)) => true,
            (expected, answer) => expected == answer,
        };
        !case.outcomes(check).iter().any(|(_, expected)| same(expected))
    };
    let latest = cases.iter().filter(|case| case.applies_to(model.revision()));
    let failed = latest.filter(|case| case.checks.iter().any(|&check| fails(case, check)));
    failed.map(|case| case.id.clone()).collect()
}

/// A change of one fact, and its name.
type Edit = (String, Box<dyn Fn(&mut Layout)>);

fn edit(
    name: &str,
    message: &str,
    field: Option<&str>,
    change: impl Fn(&mut Layout) + 'static,
) -> Edit {
    (format!("{message}.{}: {name}", field.unwrap_or("*")), Box::new(change))
}

/// Every change that is wrong, for every field that it can be made to.
fn edits() -> Vec<Edit> {
    let mut edits = Vec::new();
    for message in Layout::builtin().messages {
        let name = message.name.clone();
        let by_name =
            move |layout: &mut Layout, change: &dyn Fn(&mut rollwire_model::MessageLayout)| {
                layout.message_mut(&name).into_iter().for_each(change);
            };
        let surplus = by_name.clone();
        edits.push(edit("ignores surplus", &message.name, None, move |layout| {
            surplus(layout, &|message| message.ignores_surplus = true);
        }));
        let brought_later = by_name.clone();
        edits.push(edit("is unknown", &message.name, None, move |layout| {
            brought_later(layout, &|message| message.since = 8);
        }));
        for (index, field) in message.fields.iter().enumerate() {
            let mut change = |what: &str, change: fn(&mut rollwire_model::Field)| {
                let by_name = by_name.clone();
                edits.push(edit(what, &message.name, Some(&field.name), move |layout| {
                    by_name(layout, &|message| change(&mut message.fields[index]));
                }));
            };
            match field.kind {
                Kind::Uint => {
                    change("little-endian", |field| field.endian = Endian::Little);
                    change("signed", |field| field.signed = true);
                    change("wraps", |field| field.unchecked = true);
                }
                Kind::Double => {
                    change("little-endian", |field| field.endian = Endian::Little);
                    change("as text", |field| field.kind = Kind::TextHash);
                    change("no check", |field| field.unchecked = true);
                }
                Kind::Count if field.size > 1 => {
                    change("little-endian", |field| field.endian = Endian::Little);
                }
                Kind::Count => {
                    change("no check", |field| field.unchecked = true);
                    change("at most 14", |field| field.limits[1].max = 14);
                    change("at most 16", |field| field.limits[1].max = 16);
                    change("none is good", |field| field.limits[1].min = 0);
                }
                Kind::RawHash => {
                    change("as text", |field| field.kind = Kind::TextHash);
                    change("no check", |field| field.unchecked = true);
                }
                Kind::TextHash => {
                    change("as raw bytes", |field| field.kind = Kind::RawHash);
                    change("no check", |field| field.unchecked = true);
                }
                Kind::Reserved => change("part of the value", |field| field.kind = Kind::Uint),
                Kind::Flag => change("a number", |field| field.kind = Kind::Uint),
                Kind::Entries => {
                    change("little-endian frame", |field| field.entry[0].endian = Endian::Little);
                    change("signed frame", |field| field.entry[0].signed = true);
                    change("signed action", |field| field.entry[1].signed = true);
                    change("frame wraps", |field| field.entry[0].unchecked = true);
                    change("action wraps", |field| field.entry[1].unchecked = true);
                    change("action first", |field| {
                        field.entry[0].offset = 1;
                        field.entry[1].offset = 0;
                    });
                }
                Kind::Type => {}
            }
        }
    }
    edits
}

#[test]
fn the_right_layout_fails_nowhere() {
    let cases = cases();
    for revision in 1..=7 {
        assert_eq!(
            failures(&Model::new(&Layout::builtin(), revision), &cases),
            Vec::<String>::new()
        );
    }
}

#[test]
fn every_wrong_layout_fails_somewhere() {
    let cases = cases();
    let edits = edits();
    assert!(edits.len() > 80, "{}", edits.len());
    for (name, change) in edits {
        let mut layout = Layout::builtin();
        change(&mut layout);
        assert_ne!(layout, Layout::builtin(), "{name} changes nothing");
        let failures = failures(&Model::new(&layout, 7), &cases);
        assert!(!failures.is_empty(), "{name} is not noticed");
    }
}
