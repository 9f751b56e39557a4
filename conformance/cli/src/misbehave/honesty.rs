//! Adapters that answer without running an implementation, and implementations that misrepresent themselves.

use std::{collections::BTreeMap, io, sync::OnceLock};

use rollwire_conformance::{check::bytes::plan, vectors::VectorSet};
use rollwire_model::{Outcome, vectors::CheckKind};
use serde_json::{Value, json};

use super::{
    adapter_process::{AdapterProcess, Request},
    conditions::{after_hello, at_one_case},
    misbehaviour::Misbehaviour,
};

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    vec![
        Misbehaviour::new(
            "accepts-everything",
            "accepts every datagram, and decodes it to the same PING",
            decodes,
            |adapter, request| {
                let ping = json!({"type": "ping", "fields": {"timestamp": "0000000000000000"}});
                adapter.answer(&request.answer("ok", &ping))
            },
        )
        .expect(
            3,
            &["incomplete: the honesty probe: the unknown message type", "expected `reject`"],
        ),
        Misbehaviour::new(
            "refuses-everything",
            "refuses every request",
            after_hello,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .expect(3, &["incomplete: the honesty probe: an unknown operation got `reject`"]),
        Misbehaviour::new(
            "refuses-what-it-decodes",
            "refuses every datagram",
            decodes,
            |adapter, request| {
                adapter.answer(&request.answer("reject", &json!({"class": "unknown_type"})))
            },
        )
        .expect(3, &["incomplete: the canary: decode a PING of zeros got `reject`"]),
        Misbehaviour::new(
            "is-well-with-everything",
            "answers every request with an empty `ok`",
            after_hello,
            |adapter, request| adapter.answer(&request.answer("ok", &json!({}))),
        )
        .expect(3, &["incomplete: the honesty probe: an unknown operation got `ok`"]),
        Misbehaviour::new(
            "skips-everything",
            "declares all capabilities, and answers every request with `unsupported`",
            after_hello,
            |adapter, request| adapter.answer(&request.answer("unsupported", &json!({}))),
        )
        .expect(
            3,
            &["incomplete: the honesty probe: the unknown message type", "got `unsupported`"],
        ),
        Misbehaviour::new(
            "skips-one",
            "answers one case with `unsupported`, though it declares the capability",
            at_one_case,
            |adapter, request| adapter.answer(&request.answer("unsupported", &json!({}))),
        )
        .expect(
            1,
            &["FAIL  ping/infinity · decode", "`unsupported`, though the capability is declared"],
        ),
        Misbehaviour::new(
            "answers-what-was-asked-before",
            "answers every request with the answer to the previous one",
            after_hello,
            AdapterProcess::answer_one_late,
        )
        .expect(3, &["incomplete: the honesty probe"]),
        Misbehaviour::new(
            "tires",
            "refuses every request from the three hundredth on",
            |request| request.earlier >= 300,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .expect(3, &["incomplete: the canary: decode a PING of zeros got `reject`"]),
        Misbehaviour::new(
            "knows-them-by-heart",
            "answers the published cases from a table, and refuses all others",
            decodes,
            answer_published_cases,
        )
        .with_arguments(&["--fresh", "8", "--filter", "fresh/ping/*"])
        .expect(1, &["FAIL  fresh/ping/valid-0 · decode", "· refused"]),
        Misbehaviour::new(
            "observes-by-chance",
            "reports another verified frame in every second answer",
            |request| {
                request.is("step") && request.earlier % 2 == 0 && !request.is_malformed()
            },
            |adapter, request| {
                adapter.answer(&request.right_answer_with(
                    &["ok", "observations"],
                    with_another_verified_frame(request),
                ))
            },
        )
        .expect(1, &["· nondeterministic"]),
        Misbehaviour::new(
            "shares-its-sessions",
            "shares one queue between all sessions",
            of_a_session,
            AdapterProcess::answer_in_one_session,
        )
        .expect(1, &["· nondeterministic", "played among other sessions"]),
        Misbehaviour::new(
            "opens-what-it-closed",
            "still has the exchange of a closed session when the number of the session is used again",
            of_a_session,
            AdapterProcess::answer_in_a_kept_session,
        )
        .expect(
            1,
            &["· nondeterministic", "played in a session whose number was used before"],
        ),
        Misbehaviour::new(
            "takes-malformed-requests",
            "answers malformed requests of a session with an empty `ok`",
            |request| of_a_session(request) && request.is_malformed(),
            |adapter, request| adapter.answer(&request.answer("ok", &json!({}))),
        )
        .expect(
            1,
            &["· malformed", "a step in a session that is not open is answered with `ok`; expected `error`"],
        ),
    ]
}

fn of_a_session(request: &Request) -> bool {
    ["open", "step", "advance", "close"].into_iter().any(|op| request.is(op))
}

fn decodes(request: &Request) -> bool {
    request.is("decode")
}

/// Answers the published cases from a table of their requests, and refuses all other requests.
fn answer_published_cases(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
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
    let hex = request.json["hex"].as_str().unwrap_or_default();
    match known.get(hex) {
        Some(value) => adapter.answer(&request.answer("ok", value)),
        None => adapter.answer(&request.answer("reject", &json!({}))),
    }
}

fn with_another_verified_frame(request: &Request) -> Value {
    let mut observations = request.right_answer["ok"]["observations"].clone();
    for observation in observations.as_array_mut().into_iter().flatten() {
        observation["verified"] = json!(7);
    }
    observations
}
