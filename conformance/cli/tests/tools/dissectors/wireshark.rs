//! Every datagram is shown as the model decodes it: each value, and each refusal to the letter.

use std::fs;

use rollwire_model::{Layout, Level, Model, Outcome};

use super::{
    datagrams::{
        Datagram, cases, layout_with_a_new_message, of_the_new_message, published, random, wanted,
    },
    expected::shown,
    tshark::Bench,
};
use crate::support::{Outcome as Tested, TSHARK, Test, ensure, fail, is_deep, trial};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("wireshark_shows_every_published_datagram", &[&TSHARK], every_published),
        trial("wireshark_finds_datagrams_by_their_fields", &[&TSHARK], filters_find),
        trial("wireshark_weighs_refusals_by_their_levels", &[&TSHARK], severities),
        trial("wireshark_shows_random_datagrams", &[&TSHARK], random_ones),
        trial("wireshark_shows_a_message_that_is_new_in_the_table", &[&TSHARK], a_new_message),
        trial("wireshark_shows_what_the_readme_shows", &[&TSHARK], the_readme),
        trial("an_error_in_lua_and_a_wrong_value_are_noticed", &[&TSHARK], faults_are_noticed),
    ]
}

/// The first difference between what is shown and what the model says, over all datagrams.
fn compare(bench: &Bench, model: &Model, datagrams: &[Datagram]) -> Tested {
    let revision = format!("rollwire.revision:{}", model.revision());
    let rows = bench.shown(&["-o", &revision])?;
    ensure(rows.len() == datagrams.len(), || format!("{} rows", rows.len()))?;
    for (datagram, (name, found)) in datagrams.iter().zip(rows) {
        let expected = shown(model, &datagram.bytes);
        ensure(name == datagram.name && found == expected, || {
            let (revision, bytes) = (model.revision(), &datagram.bytes);
            format!("{name}, revision {revision}: {bytes:02x?}\n{found:#?}\nis not\n{expected:#?}")
        })?;
    }
    Ok(())
}

fn every_published() -> Tested {
    let (bench, datagrams) = (Bench::new()?, published()?);
    bench.capture(&datagrams)?;
    let latest = Layout::builtin().revision;
    for revision in 1..=latest {
        let model = Model::specified(revision);
        compare(&bench, &model, &datagrams)?;
        // The model says what the vectors say.
        for case in cases()?.iter().filter(|case| case.applies_to(revision)) {
            let decoded = model.decode(case.bytes().unwrap_or_default());
            let decoded = decoded.map_or_else(|it| Outcome::Reject(it.class), Outcome::Value);
            ensure(wanted(case) == Some(decoded), || format!("the model and {}", case.id))?;
        }
    }
    // Without a preference it is the latest revision.
    let rows = bench.shown(&[])?;
    let model = Model::specified(latest);
    let is_right =
        |(datagram, row): (&Datagram, &(String, _))| shown(&model, &datagram.bytes) == row.1;
    ensure(datagrams.iter().zip(&rows).all(is_right), || "another revision".to_owned())
}

/// A filter, and the datagrams that it has to find.
type Found = (&'static str, fn(&serde_json::Value, &Datagram) -> bool);

const FILTERS: [Found; 7] = [
    ("rollwire.state_hash.frame == 150", |it, _| {
        it["type"] == "state_hash" && it["fields"]["frame"] == 150
    }),
    ("rollwire.state_hash.hash == \"0123456789abcdef\"", |it, _| {
        it["type"] == "state_hash" && it["fields"]["hash"] == "0123456789abcdef"
    }),
    ("rollwire.input.entry.action >= 200", |it, _| {
        let entries = it["fields"]["entries"].as_array();
        let large = |entry: &serde_json::Value| entry["action"].as_u64() >= Some(200);
        it["type"] == "input" && entries.is_some_and(|entries| entries.iter().any(large))
    }),
    ("rollwire.focus_state.focused == 0", |it, _| it["fields"]["focused"] == false),
    ("rollwire.type == 0x14 && !rollwire.refusal", |it, datagram| {
        let refused = Model::latest().decode(&datagram.bytes).is_err();
        it["type"] == "focus_state" && !refused
    }),
    ("rollwire.refusal.rule == \"STATE_HASH-1\"", |_, datagram| {
        Model::latest().decode(&datagram.bytes).is_err_and(|it| it.rule == "STATE_HASH-1")
    }),
    ("rollwire.refused.should", |_, datagram| {
        let refused = Model::latest().decode(&datagram.bytes);
        refused.is_err_and(|it| it.level == Level::Should)
    }),
];

fn filters_find() -> Tested {
    let (bench, datagrams) = (Bench::new()?, published()?);
    bench.capture(&datagrams)?;
    for (filter, finds) in FILTERS {
        let printed = bench.tshark(&["-Y", filter, "-T", "fields", "-e", "frame.comment"])?;
        let found: Vec<&str> = printed.lines().collect();
        let expected = datagrams.iter().filter(|datagram| {
            let value = match Model::latest().decode(&datagram.bytes) {
                Ok(value) => Some(value),
                Err(refusal) => refusal.alternative,
            };
            let json = value.map(|value| serde_json::to_value(value).unwrap_or_default());
            finds(&json.unwrap_or_default(), datagram)
        });
        let expected: Vec<&str> = expected.map(|datagram| &*datagram.name).collect();
        ensure(!expected.is_empty() && found == expected, || {
            format!("{filter}\nfinds {found:?}\nnot   {expected:?}")
        })?;
    }
    Ok(())
}

/// In revision 6 there are refusals of every level.
fn severities() -> Tested {
    let (bench, datagrams) = (Bench::new()?, published()?);
    bench.capture(&datagrams)?;
    for (level, severity) in
        [(Level::Must, "Error"), (Level::Should, "Warning"), (Level::May, "Note")]
    {
        let filter = format!("rollwire && _ws.expert.severity == \"{severity}\"");
        let arguments = ["-o", "rollwire.revision:6", "-Y", &filter, "-T", "fields"];
        let printed = bench.tshark(&[&arguments[..], &["-e", "frame.comment"]].concat())?;
        let found: Vec<&str> = printed.lines().collect();
        let model = Model::specified(6);
        let is_expected =
            |it: &&Datagram| model.decode(&it.bytes).is_err_and(|refusal| refusal.level == level);
        let expected: Vec<&str> =
            datagrams.iter().filter(is_expected).map(|it| &*it.name).collect();
        ensure(!expected.is_empty() && found == expected, || format!("{filter}: {found:?}"))?;
    }
    Ok(())
}

fn random_ones() -> Tested {
    let count = if is_deep() { 100_000 } else { 10_000 };
    let (bench, mut datagrams) = (Bench::new()?, random(count, 16)?);
    datagrams.push(longest());
    bench.capture(&datagrams)?;
    compare(&bench, &Model::latest(), &datagrams)?;
    let model = Model::latest();
    let accepted = datagrams.iter().filter(|it| model.decode(&it.bytes).is_ok()).count();
    ensure(count / 10 < accepted && accepted < count, || format!("{accepted} are accepted"))
}

/// An INPUT_RESPONSE with about as many entries as a captured packet can have.
fn longest() -> Datagram {
    const COUNT: u16 = 52_000;
    let mut bytes = vec![0x13, 0, 1];
    bytes.extend(COUNT.to_be_bytes());
    bytes.extend((0..COUNT).flat_map(|it| [&u32::from(it).to_be_bytes()[..], &[7]].concat()));
    Datagram { name: "longest".to_owned(), bytes }
}

fn a_new_message() -> Tested {
    let layout = layout_with_a_new_message()?;
    let (bench, datagrams) = (Bench::of(layout.clone())?, of_the_new_message());
    bench.capture(&datagrams)?;
    for revision in 4..=7 {
        compare(&bench, &Model::new(&layout, revision), &datagrams)?;
    }
    let printed = bench.tshark(&["-O", "rollwire", "-c", "1"])?;
    for line in ["    NEW_MESSAGE", "        low: 5 (points)", "        when: 100 (seconds)"] {
        ensure(printed.lines().any(|it| it == line), || format!("no `{line}` in\n{printed}"))?;
    }
    Ok(())
}

/// The document shows what Wireshark shows, as far as it goes.
fn the_readme() -> Tested {
    let document = include_str!("../../../../dissectors/README.md");
    let block = document.split("```text\n").nth(1).and_then(|rest| rest.split("```").next());
    let shown = block.ok_or("the README shows nothing")?;
    let datagrams = [
        &[7, 0, 0, 0, 0x96, 1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef][..],
        &[7, 0, 0, 0, 0x96, 1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd],
        &[0x14, 2, 0, 0, 1, 0xb8],
    ];
    let datagrams = datagrams.map(|it| Datagram { name: String::new(), bytes: it.to_vec() });
    let bench = Bench::new()?;
    bench.capture(&datagrams)?;
    let printed = bench.tshark(&["-O", "rollwire"])?;
    let parts: Vec<&str> = printed.split("\nEXPORTED_PDU\n").skip(1).collect();
    let examples: Vec<&str> = shown.split("\n\n").collect();
    ensure(examples.len() == parts.len(), || printed.clone())?;
    for (example, part) in examples.iter().zip(parts) {
        let is_shown = part.starts_with(example.trim_end());
        ensure(is_shown, || format!("{part}\ndoes not begin with\n{example}"))?;
    }
    Ok(())
}

/// Each fault that is planted in the dissector makes a comparison fail.
fn faults_are_noticed() -> Tested {
    let bench = Bench::new()?;
    let datagrams = published()?;
    bench.capture(&datagrams)?;
    let right = fs::read_to_string(bench.path("rollwire.lua"))?;
    for (revision, from, to) in [
        (6, "local found = judge(", "local found = no_such_function("),
        (6, "return range:uint()", "return range:le_uint()"),
        (6, "count <= limit.max", "count < limit.max"),
        (6, "count <= limit.may", "count < limit.may"),
        (6, "length > whole", "length > whole + 1"),
        (3, "message.since > revision", "false"),
        (6, "range:uint() == 1 end", "range:uint() ~= 0 end"),
        (6, "or (\"%d bytes\")", "or (\"%d byte\")"),
    ] {
        ensure(right.contains(from), || format!("no `{from}` in the dissector"))?;
        let model = Model::specified(revision);
        fs::write(bench.path("rollwire.lua"), &right)?;
        compare(&bench, &model, &datagrams)?;
        fs::write(bench.path("rollwire.lua"), right.replace(from, to))?;
        let is_noticed = compare(&bench, &model, &datagrams).is_err();
        ensure(is_noticed, || format!("`{to}` is not noticed"))?;
    }
    fs::write(bench.path("rollwire.lua"), "no Lua at all")?;
    match bench.tshark(&[]) {
        Err(_) => Ok(()),
        Ok(printed) => {
            fail::<()>(format!("no complaint about a script that is not Lua:\n{printed}"))
        }
    }
}
