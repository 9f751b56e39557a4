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
            &[
                "incomplete: the canaries: every decode got `ok` with {\"type\":\"ping\"",
                "valid or not",
            ],
        ),
        Misbehaviour::new(
            "refuses-everything",
            "refuses every request",
            after_hello,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .expect(3, &["incomplete: the honesty probe: an unknown operation got `reject`"]),
        Misbehaviour::new(
            "refuses-without-a-class",
            "gives no class for any refusal, as an adapter that catches every exception does",
            refuses,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .expect(0, &["weak: ", " refusals, and none has a class", " refusals without a class"]),
        Misbehaviour::new(
            "refuses-without-a-class-and-is-checked-strictly",
            "gives no class for any refusal, and is checked with --strict",
            refuses,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .with_arguments(&["--strict"])
        .expect(1, &["weak: ", " refusals, and none has a class"]),
        Misbehaviour::new(
            "refuses-a-canary-once",
            "refuses a valid PING the first time, and never again",
            is_first_ping,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .expect(0, &["the canary: decode a PING of zeros got `reject`", "1 fault of the adapter"]),
        Misbehaviour::new(
            "refuses-a-canary-once-and-is-checked-strictly",
            "refuses a valid PING the first time, and is checked with --strict",
            is_first_ping,
            |adapter, request| adapter.answer(&request.answer("reject", &json!({}))),
        )
        .with_arguments(&["--strict"])
        .expect(1, &["at the end of the run its answer was right", "1 fault of the adapter"]),
        Misbehaviour::new(
            "refuses-what-it-decodes",
            "refuses every datagram",
            decodes,
            |adapter, request| {
                adapter.answer(&request.answer("reject", &json!({"class": "unknown_type"})))
            },
        )
        .expect(3, &["incomplete: the canaries: every decode got `reject`, valid or not"]),
        Misbehaviour::new(
            "echoes-everything",
            "answers every reencode with the datagram that it was given",
            |request| request.is("reencode"),
            |adapter, request| {
                adapter.answer(&request.answer("ok", &json!({"hex": request.json["hex"]})))
            },
        )
        .expect(3, &["incomplete: the canaries: every reencode got its own datagram, even one"]),
        Misbehaviour::new(
            "throws-at-what-is-short",
            "answers every datagram of up to eight bytes with `error`, as an uncaught exception is",
            |request| {
                let is_short = |hex: &str| hex.len() <= 16;
                request.json["hex"].as_str().is_some_and(is_short)
            },
            |adapter, request| {
                let message = "RangeError: Offset is outside the bounds of the DataView";
                adapter.answer(&request.answer("error", &json!({"message": message})))
            },
        )
        .expect(
            1,
            &["ERROR  ping/truncated-1 · decode", "· adapter_error", "RangeError", " 0 failed, "],
        ),
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
        .expect(3, &["incomplete: the canaries: every decode got `unsupported`, valid or not"]),
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
        .expect(3, &["incomplete: the canaries: every decode got `unsupported`, valid or not"]),
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
            "mixes-up-four-sessions",
            "reports another verified frame while four sessions are open",
            |request| of_a_session(request) && !request.is_malformed(),
            |adapter, request| {
                let observations = with_another_verified_frame(request);
                let wrong = request.right_answer_with(&["ok", "observations"], observations);
                adapter.answer_in_few_sessions(request, &wrong)
            },
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

/// At the first of the canaries.
fn is_first_ping(request: &Request) -> bool {
    request.is("decode") && request.json["hex"] == "020000000000000000" && request.earlier < 4
}

/// Whether the right answer is a refusal.
fn refuses(request: &Request) -> bool {
    request.right_answer["reject"].is_object()
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
