//! The ways to be wrong, each an adapter.

use rollwire_conformance::runner::Ended;
use serde_json::{Value, json};

use super::adapter::{Asked, Deed, Wrong, wrong, wrong_player};

/// All of them, by where they go wrong.
pub(super) fn groups() -> [(&'static str, Vec<Wrong>); 6] {
    [
        ("hello", wrong_in_hello()),
        ("without an answer", wrong_without_an_answer()),
        ("answers", wrong_in_an_answer()),
        ("sessions", wrong_in_a_session()),
        ("digests", wrong_in_a_digest()),
        ("probes", wrong_at_a_probe()),
    ]
}

fn when(condition: bool, deed: impl FnOnce() -> Deed) -> Option<Deed> {
    condition.then(deed)
}

/// Adapters that do not get through hello, at first or after a fault.
fn wrong_in_hello() -> Vec<Wrong> {
    vec![
        wrong(|_| None).that_cannot_start(),
        wrong(|_| None).that_cannot_start().attached(),
        wrong(|it| when(it.is("hello"), || Deed::Hang)),
        wrong(|it| when(it.is("hello"), || Deed::End(Ended::Signal(9)))),
        wrong(|it| when(it.is("hello"), || Deed::Write(b"hello, world\n".to_vec()))),
        wrong(|it| when(it.is("hello"), || Deed::Write(b"{\"id\":99,\"ok\":{}}\n".to_vec()))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({})))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({"unsupported": {}})))),
        wrong(|it| when(it.is("hello"), || Deed::Say(json!({"error": {"message": "no"}})))),
        wrong(|it| when(it.is("hello"), || it.without("impl"))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/revision", json!("7")))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/nonce", json!("5")))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/impl", json!("x".repeat(300_000))))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!(["decoed"])))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!(["detect"])))),
        wrong(|it| when(it.is("hello"), || it.but("/ok/capabilities", json!([])))),
        wrong(|it| when(it.is("hello"), || it.with("messages", json!(["focus"])))),
        wrong(|it| when(it.is("hello"), || it.with("messages", json!(["ping", "ping"])))),
        wrong(|it| when(it.is("hello"), || it.with("messages", json!({"ping": ["both"]})))),
        wrong(|it| {
            let empty = json!({"protocol": 1, "nonce": it.right["ok"]["nonce"]});
            when(it.is("hello"), || Deed::Say(json!({"ok": empty})))
        }),
        wrong(|it| match it.starts {
            1 => when(it.case("decode"), || Deed::End(Ended::Code(1))),
            _ => Some(Deed::End(Ended::Code(1))),
        }),
        wrong(|it| match it.starts {
            1 => when(it.case("decode"), || Deed::End(Ended::Code(1))),
            _ => when(it.is("hello"), || it.but("/ok/window", json!(7))),
        }),
    ]
}

/// The failures of an adapter that crashes at every datagram.
const CRASHES: &str = r#"baseline = 1

[[entry]]
case = "focus-state/trailing-*"
check = "decode"
verdict = "error"
code = "crash"
reason = "it crashes at every datagram"
"#;

/// Adapters that do not answer a request, or answer it with something that is not an answer.
fn wrong_without_an_answer() -> Vec<Wrong> {
    vec![
        wrong(|it| when(it.case("decode"), || Deed::Write(b"\xff\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"\xef\xbb\xbf{}\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"{\0}\0\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || it.text(r#""id":0,"ok":{}"#))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"decoding\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"{\"id\":\"1\",\"ok\":{}}\n".to_vec()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(format!("{}\n", it.request).into()))),
        wrong(|it| when(it.case("decode"), || Deed::Write(vec![b' '; 5 << 20]))),
        wrong(|it| {
            let answer = json!({"id": it.request["id"], "unsupported": {}});
            when(it.case("decode"), || Deed::Write(format!("{answer}\n{answer}\n").into()))
        }),
        wrong(|it| when(it.case("decode"), || Deed::End(Ended::Unknown))),
        wrong(|it| when(it.case("decode"), || Deed::Hang)),
        wrong(|it| when(it.is_long(), || Deed::End(Ended::Code(0))))
            .that_plays("input-response/large-65535"),
        wrong(|it| when(it.case("decode"), || Deed::Write(b"{\"id\":".to_vec()))),
        wrong(|it| when(it.together > 1, || Deed::End(Ended::Code(1)))),
        wrong(|it| when(it.together > 1, || Deed::Hang)),
        wrong(|it| when(it.case("decode"), || Deed::End(Ended::Code(1)))).that_may_restart(2),
        wrong(|it| when(it.case("decode"), || Deed::End(Ended::Code(1))))
            .that_plays("focus-state/trailing-*")
            .expected_by(CRASHES),
        wrong(|it| when(it.case("decode"), || Deed::Hang)).without_a_time_limit(),
        wrong(|it| when(it.case("decode"), || Deed::Interrupt)),
        wrong(|_| None).that_ends_with(Ended::Code(1)),
        wrong(|_| None).attached().that_ends_with(Ended::HungUp),
        wrong(|_| None)
            .that_a_sanitizer_reports("==7==ERROR: LeakSanitizer: detected memory leaks"),
    ]
}

/// Adapters whose answers have an id, and are not right.
fn wrong_in_an_answer() -> Vec<Wrong> {
    vec![
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({})))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"ok": {}, "error": {}})))),
        wrong(|it| when(it.case("decode"), || it.text(r#""ok":{},"ok":{}"#))),
        wrong(|it| when(it.case("encode"), || it.text(r#""ok":{"hex":"14","hex":"14"}"#))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"ok": null})))),
        wrong(|it| when(it.refused(), || it.but("/reject/class", json!(5)))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.text(r#""ok":{"type":1e400}"#))),
        wrong(|it| when(it.case("decode"), || it.text(r#""reject":{"\ud800":1}"#))),
        wrong(|it| when(it.case("encode"), || it.text(r#""ok":{"\ud800":1}"#))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {}})))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": [4]}})))),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": "0x04"}})))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.without("type"))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.but("/ok/type", json!(20)))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.without("fields"))),
        wrong(|it| when(it.case("decode") && !it.refused(), || it.but("/ok/fields", json!([])))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"unsupported": {}})))),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"error": {"message": "no"}})))),
        wrong(|it| {
            let wrong = it.case("decode") && !it.refused();
            when(wrong, || it.but("/ok/fields/frame", json!(5)))
        }),
        wrong(|it| when(it.case("encode"), || Deed::Say(json!({"ok": {"hex": "14"}})))),
        wrong(|it| {
            let fields = json!({"focused": false, "frame": 5});
            let ok = json!({"ok": {"type": "focus_state", "fields": fields}});
            when(it.case("decode") && it.refused(), || Deed::Say(ok))
        }),
        // Byte 1 is neither 0 nor 1: read as not focused.
        wrong(|it| {
            let hex = it.request["hex"].as_str().unwrap_or_default();
            let lenient = it.case("decode") && it.right["reject"]["class"] == "value";
            when(lenient, || {
                let frame = u32::from_str_radix(&hex[4..12], 16).expect("hex");
                let fields = json!({"focused": false, "frame": frame});
                Deed::Say(json!({"ok": {"type": "focus_state", "fields": fields}}))
            })
        }),
        wrong(|it| when(it.case("decode"), || Deed::Say(json!({"reject": {"class": "range"}})))),
        wrong(|it| {
            let reject = json!({"class": "range", "message": "no"});
            when(it.case("decode"), || Deed::Say(json!({"reject": reject})))
        }),
        wrong(|it| when(it.refused(), || Deed::Say(json!({"reject": {}})))),
        wrong(|it| when(it.refused() && it.case("decode"), || Deed::Say(json!({"reject": {}})))),
    ]
}

/// Adapters whose sessions are not what they should be.
fn wrong_in_a_session() -> Vec<Wrong> {
    vec![
        wrong_player(|it| when(it.is("open"), || Deed::Say(json!({"reject": {}})))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations", json!("none")))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations", json!([])))),
        wrong_player(|it| {
            let one = &it.right["ok"]["observations"][0];
            when(it.is("step"), || it.but("/ok/observations", json!(vec![one; 100])))
        }),
        wrong_player(|it| {
            let one = || it.right["ok"]["observations"][0].clone();
            when(it.is("advance"), || it.but("/ok/observations", json!([one(), one()])))
        })
        .that_plays("exchange-long/queue-of-1025"),
        wrong_player(|it| when(it.is("advance"), || it.but("/ok/observations", json!([]))))
            .that_plays("exchange-long/queue-of-1025"),
        wrong_player(|it| {
            let is_error = it.right.get("error").is_some();
            when(is_error, || Deed::Say(json!({"ok": {}})))
        }),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0", json!("none")))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0", json!({})))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0/queue", json!([5])))),
        wrong_player(|it| when(it.is("step"), || it.but("/ok/observations/0/sent", json!(["0x"])))),
        wrong_player(|it| {
            when(it.is("step"), || it.text(r#""ok":{"observations":[{"sent":1e400}]}"#))
        }),
        wrong_player(|it| {
            when(it.is("step"), || it.but("/ok/observations/0", json!("x".repeat(1 << 20))))
        }),
        wrong_player(|it| {
            let padded = json!({"ok": {"pad": "x".repeat(4_000_000)}});
            when(it.is("step"), || Deed::Say(padded))
        })
        .that_plays("exchange-play/*"),
        wrong_player(|it| it.at_the_tick("sent", json!(["07"]))),
        wrong_player(|it| it.at_the_tick("queue", json!([[5, "0123456789abcdef"]]))),
        wrong_player(|it| it.at_the_tick("verified", json!(5))),
        // Only where a step has more than one stimulus.
        wrong_player(|it| {
            let several = it.right.pointer("/ok/observations/1").is_some();
            when(several, || it.but("/ok/observations/0/verified", json!(5)))
        }),
        // Only among other sessions.
        wrong_player(|it| {
            let observed = it.is("step") || it.is("advance");
            let among = observed && it.request["session"] == 2;
            when(among, || it.but("/ok/observations/0/verified", json!(5)))
        }),
        wrong_player(|it| when(it.request["session"] == 2, || Deed::End(Ended::Code(1)))),
    ]
}

/// Adapters that declare digests and make none, or wrong ones.
fn wrong_in_a_digest() -> Vec<Wrong> {
    let adapters = [
        wrong(|it| declared(it).or_else(|| digest(it, &json!({})))),
        wrong(|it| declared(it).or_else(|| digest(it, &json!({"hash": 5})))),
        wrong(|it| declared(it).or_else(|| digest(it, &json!({"hash": "0", "text": []})))),
        wrong(|it| {
            let ok = json!({"hash": "0123456789abcdef", "text": "{ }"});
            declared(it).or_else(|| digest(it, &ok))
        }),
    ];
    adapters.map(|adapter| adapter.that_plays("digest-games/empty")).into()
}

/// The right hello, with the capability `digest`.
fn declared(it: &Asked) -> Option<Deed> {
    let mut capabilities = it.right.pointer("/ok/capabilities")?.clone();
    let list = capabilities.as_array_mut()?;
    list.retain(|name| name != "digest");
    list.push(json!("digest"));
    Some(it.but("/ok/capabilities", capabilities))
}

fn digest(it: &Asked, ok: &Value) -> Option<Deed> {
    when(it.is("digest"), || Deed::Say(json!({"ok": ok})))
}

/// Adapters without an implementation behind them.
fn wrong_at_a_probe() -> Vec<Wrong> {
    vec![
        wrong(|it| when(!it.is("hello"), || Deed::Say(json!({"ok": {}})))),
        wrong(|it| {
            let ok = json!({"type": "ping", "fields": {"timestamp": "0000000000000000"}});
            when(it.is("decode"), || Deed::Say(json!({"ok": ok})))
        }),
        wrong(|it| when(it.is("decode"), || Deed::Say(json!({"reject": {}})))),
        wrong(|it| when(it.is("encode"), || Deed::Say(json!({"reject": {}})))),
        wrong(|it| when(it.is("reencode"), || Deed::Say(json!({"error": {"message": "no"}})))),
        wrong(|it| {
            let hex = it.request["hex"].clone();
            when(it.is("reencode"), || Deed::Say(json!({"ok": {"hex": hex}})))
        }),
        wrong(|it| {
            let other = it.is("decode") && it.request["hex"] == "021111111111111111";
            when(other, || Deed::Say(json!({"reject": {}})))
        }),
        // A canary that is asked for the first time.
        wrong(|it| {
            let first = it.number < 30 && it.request["hex"] == "020000000000000000";
            when(first, || Deed::Say(json!({"reject": {}})))
        }),
        // A canary that is asked for the second time.
        wrong(|it| {
            let again = it.number > 30 && it.request["hex"] == "020000000000000000";
            when(again, || Deed::Say(json!({"reject": {}})))
        }),
    ]
}
