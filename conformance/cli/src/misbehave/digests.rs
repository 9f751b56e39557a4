//! Adapters whose digests are wrong, all of them: what explains each must not take the run's time or memory.

use std::io;

use serde_json::{Value, json};

use super::{
    adapter_process::{AdapterProcess, Request},
    misbehaviour::Misbehaviour,
};

pub(super) fn misbehaviours() -> Vec<Misbehaviour> {
    vec![
        Misbehaviour::new(
            "wrong-digests",
            "gives digits for every state that no fault gives",
            is_digested,
            |adapter, request| adapter.answer(&wrong(request)),
        )
        .with_arguments(&["--filter", "digest-*/*"])
        .expect(1, &["FAIL", "· wrong_digest"]),
        Misbehaviour::new(
            "digests-with-megabytes",
            "gives digits and a canonical text of two megabytes each for every state",
            is_digested,
            megabytes,
        )
        .with_arguments(&["--filter", "digest-structure/*"])
        .expect(1, &["FAIL", "· wrong_digest"]),
    ]
}

/// At every request that is rightly answered with a digest.
fn is_digested(request: &Request) -> bool {
    request.is("digest") && request.right_answer.get("ok").is_some()
}

fn wrong(request: &Request) -> Value {
    let digits = request.right_answer["ok"]["hash"].as_str().unwrap_or_default().len();
    request.right_answer_with(&["ok", "hash"], json!("0".repeat(digits)))
}

fn megabytes(adapter: &mut AdapterProcess, request: &Request) -> io::Result<()> {
    let long = "0".repeat(2_000_000);
    adapter.answer(&request.answer("ok", &json!({"hash": long, "text": long})))
}
