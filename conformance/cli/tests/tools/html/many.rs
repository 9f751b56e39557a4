//! The events of a run with many failures, as long as real ones.

use serde_json::{Value, json};

/// A run with this many failures, which have this many causes.
pub(crate) fn events(causes: usize, failures: usize) -> String {
    let name = |at: usize| json!({"case": format!("input-response/entry-with-a-long-name-{at:04}"), "check": "decode"});
    let mut events = vec![header(failures)];
    for at in 0..failures {
        let rule = format!("INPUT_RESPONSE-{}", at % causes + 1);
        let weak = at % causes + 1 == causes;
        let parts: Vec<Value> = (0..9)
            .map(|part| json!({"name": format!("entries[{part}].frame"), "offset": 4 * part, "hex": "00000064"}))
            .collect();
        events.push(json!({
            "event": "check", "case": name(at)["case"], "check": "decode", "rule": rule,
            "level": "MUST", "verdict": if weak { "weak" } else { "fail" }, "code": "wrong_value",
            "detail": {
                "rule_text": "Each entry consists of a frame, an unsigned 32-bit integer, and an action.",
                "chapter": "spec/input-response.md", "field": "entries[7].frame", "offset": 28,
                "bytes": {"role": "given", "marked": 7, "parts": parts},
                "expected": [format!("entries = {:?}", (0..40).collect::<Vec<_>>())],
                "got": format!("entries = {:?}", (0..40).rev().collect::<Vec<_>>()),
                "comment": "the entries are read in another order", "flags": {}, "stderr": [],
                "requests": [format!("{{\"id\":1,\"op\":\"decode\",\"hex\":\"{}\"}}", "00000064".repeat(9))],
            },
        }));
    }
    let harms = ["diverges", "wrong_data", "accepts", "refuses"];
    for cause in 0..causes {
        let checks: Vec<Value> = (cause..failures).step_by(causes).map(name).collect();
        let harm = if cause + 1 == causes { "cosmetic" } else { harms[cause * 4 / causes] };
        events.push(json!({
            "event": "cause", "id": format!("fault-{cause}"), "harm": harm, "explained": cause % 3 > 0,
            "sentence": format!("Integers are cut to the width of their field instead of refused, and \
                what is left of them is sent to the other peer as if it were right (fault {cause})"),
            "failures": checks.len(),
            "messages": ["input", "input_response", "state_hash", "ping", "pong", "episode_end"],
            "rules": [format!("INPUT_RESPONSE-{}", cause + 1), "INPUT-3"],
            "chapter": "spec/input-response.md", "example": checks[0], "checks": checks,
        }));
    }
    let weak = (causes - 1..failures).step_by(causes).count();
    events.push(json!({
        "event": "footer", "cases": failures, "complete": true, "exit": 1,
        "left_out": {"capabilities": {"digest": 545, "detect": 130}},
        "counts": {"passed": 0, "failed": failures - weak, "weak": weak, "errors": 0,
            "not_applicable": 0, "not_run": 0},
    }));
    events.iter().map(|event| format!("{event}\n")).collect()
}

fn header(failures: usize) -> Value {
    json!({
        "event": "header", "version": 1, "kit": "0.1.0",
        "vectors": {"name": "rollwire vectors", "version": "1.3.1", "sha256": "0123456789abcdef"},
        "command": ["node", "adapter.mjs"], "revision": 7, "seed": "1", "strict": false,
        "hello": {"impl": {"name": "an implementation", "version": "1.2.3", "language": "C"},
            "revision": 7, "capabilities": ["decode", "encode"], "window": 1, "sessions": 0},
        "cases": failures, "checks": failures, "other_revisions": 22,
    })
}
