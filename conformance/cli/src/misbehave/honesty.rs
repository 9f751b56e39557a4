//! Adapters without an implementation behind them, and implementations that are not what they say.

use std::{collections::BTreeMap, io, sync::OnceLock};

use rollwire_conformance::{check::bytes::plan, vectors::VectorSet};
use rollwire_model::{Outcome, vectors::CheckKind};
use serde_json::{Value, json};

use super::{
    Misbehaviour, at_one, behind_hello,
    stage::{Asked, Stage},
};

pub(super) fn rows() -> Vec<Misbehaviour> {
    vec![
        Misbehaviour::new(
            "accepts-everything",
            "decodes every datagram, whatever it is",
            decodes,
            |stage, it| {
                let ping = json!({"type": "ping", "fields": {"timestamp": "0000000000000000"}});
                stage.answer(&it.answer("ok", &ping))
            },
        )
        .is(3, &["incomplete: the honesty probe: the unknown message type", "expected `reject`"]),
        Misbehaviour::new(
            "refuses-everything",
            "refuses whatever it is given",
            behind_hello,
            |stage, it| stage.answer(&it.answer("reject", &json!({}))),
        )
        .is(3, &["incomplete: the honesty probe: an unknown operation got `reject`"]),
        Misbehaviour::new(
            "refuses-what-it-decodes",
            "refuses every datagram",
            decodes,
            |stage, it| stage.answer(&it.answer("reject", &json!({"class": "unknown_type"}))),
        )
        .is(3, &["incomplete: the canary: decode a PING of zeros got `reject`"]),
        Misbehaviour::new(
            "is-well-with-everything",
            "answers `ok`, and nothing more",
            behind_hello,
            |stage, it| stage.answer(&it.answer("ok", &json!({}))),
        )
        .is(3, &["incomplete: the honesty probe: an unknown operation got `ok`"]),
        Misbehaviour::new(
            "skips-everything",
            "declares everything and supports nothing",
            behind_hello,
            |stage, it| stage.answer(&it.answer("unsupported", &json!({}))),
        )
        .is(3, &["incomplete: the honesty probe: the unknown message type", "got `unsupported`"]),
        Misbehaviour::new(
            "skips-one",
            "declares what it does not support at one case",
            at_one,
            |stage, it| stage.answer(&it.answer("unsupported", &json!({}))),
        )
        .is(
            1,
            &["FAIL  ping/infinity · decode", "`unsupported`, though the capability is declared"],
        ),
        Misbehaviour::new(
            "answers-what-was-asked-before",
            "answers every request with the answer to the one before",
            behind_hello,
            Stage::shift,
        )
        .is(3, &["incomplete: the honesty probe"]),
        Misbehaviour::new(
            "tires",
            "refuses everything from the three hundredth request on",
            |it| it.before >= 300,
            |stage, it| stage.answer(&it.answer("reject", &json!({}))),
        )
        .is(3, &["incomplete: the canary: decode a PING of zeros got `reject`"]),
        Misbehaviour::new(
            "knows-them-by-heart",
            "knows the published cases and nothing else",
            decodes,
            by_heart,
        )
        .with(&["--fresh", "8", "--filter", "fresh/ping/*"])
        .is(1, &["FAIL  fresh/ping/valid-0 · decode", "· refused"]),
        Misbehaviour::new(
            "observes-by-chance",
            "verifies another frame in every second answer",
            |it| it.is("step") && it.before % 2 == 0,
            |stage, it| stage.answer(&it.but(&["ok", "observations"], with_another_frame(it))),
        )
        .is(1, &["· nondeterministic"]),
        Misbehaviour::new(
            "shares-its-sessions",
            "sends in one session what another has queued",
            |it| it.is("step") || it.is("open") || it.is("close"),
            Stage::in_one_session,
        )
        .is(1, &["· nondeterministic", "played among other sessions"]),
    ]
}

fn decodes(asked: &Asked) -> bool {
    asked.is("decode")
}

/// The published answers, by their requests. Nothing else is known, and refused.
fn by_heart(stage: &mut Stage, asked: &Asked) -> io::Result<()> {
    static KNOWN: OnceLock<BTreeMap<String, Value>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let cases = VectorSet::builtin().into_iter().flat_map(VectorSet::bytes);
        let decoded = cases.filter_map(|case| {
            let hex = rollwire_model::hex::plain(case.bytes()?);
            plan::body(case, CheckKind::Decode)?;
            match case.outcomes(CheckKind::Decode).into_iter().next()? {
                (_, Outcome::Value(value)) => Some((hex, serde_json::to_value(&value).ok()?)),
                _ => None,
            }
        });
        decoded.collect()
    });
    let hex = asked.request["hex"].as_str().unwrap_or_default();
    match known.get(hex) {
        Some(value) => stage.answer(&asked.answer("ok", value)),
        None => stage.answer(&asked.answer("reject", &json!({}))),
    }
}

fn with_another_frame(asked: &Asked) -> Value {
    let mut observations = asked.right["ok"]["observations"].clone();
    for observation in observations.as_array_mut().into_iter().flatten() {
        observation["verified"] = json!(7);
    }
    observations
}
