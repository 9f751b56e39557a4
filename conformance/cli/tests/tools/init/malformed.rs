//! Requests that are malformed, or right in a way that is seldom, and what every skeleton answers to them.

use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Outcome, answers, ensure};

/// What is expected of an answer.
enum Expected {
    /// This `ok`.
    Ok(Value),
    /// A refusal of this class.
    Reject(&'static str),
    /// An `error` with a message.
    Error,
    Unsupported,
}

use Expected::{Error, Ok, Reject, Unsupported};

const ENCODED: &str = "07000000960123456789abcdef";

/// What has no id is only logged.
fn unanswered() -> Vec<String> {
    let lines = [
        "",
        "   ",
        "\r",
        "hello",
        "{",
        "[]",
        "null",
        "5",
        "\"id\"",
        r#"{"op":"decode","hex":""}"#,
        r#"{"id":"1","op":"decode","hex":""}"#,
        r#"{"id":-1,"op":"decode","hex":""}"#,
        r#"{"id":1.5,"op":"decode","hex":""}"#,
        r#"{"id":null,"op":"decode","hex":""}"#,
        r#"{"id":true,"op":"decode","hex":""}"#,
        r#"{"id":9007199254740992,"op":"decode","hex":""}"#,
        r#"{"id":1e300,"op":"decode","hex":""}"#,
        r#"{"id":99999999999999999999999,"op":"decode","hex":""}"#,
        r#"{"id":1,"op":"decode","hex":""} {}"#,
        r#"{"id":1,"op":"decode","hex":""#,
        r#"{"id":1,"op":"decode","hex":"",}"#,
        r#"{"id":1,"op":"decode" "hex":""}"#,
        r#"{"id":1,"op":"decode","hex":"\x"}"#,
        r#"{"id":1,"op":"decode","hex":"\u12"}"#,
        r#"{"id":1,"op":nil}"#,
        r#"{"id":01,"op":"x"}"#,
        r#"{"id":1,"op":"x","y":1.}"#,
        r#"{"id":1,"op":"x","y":-}"#,
        "{\"id\":1,\"op\":\"a\tb\"}",
    ];
    let long = ["[".repeat(100_000), "{\"id\":".repeat(100_000), "x".repeat(5 << 20)];
    lines.into_iter().map(str::to_owned).chain(long).collect()
}

/// The request after its id, and the answer.
fn answered() -> Vec<(String, Expected)> {
    let value = json!({"type": "state_hash", "fields": {"frame": 150, "hash": "0123456789abcdef"}});
    let encode = |frame: &str, hash: &str| {
        format!(r#""op":"encode","type":"state_hash","fields":{{"frame":{frame},"hash":{hash}}}"#)
    };
    let hash = r#""0123456789abcdef""#;
    let mut all: Vec<(String, Expected)> = [
        (r#""op":"decode","hex":"07000000960123456789abcdef""#, Ok(value.clone())),
        (r#""op":"decode","hex":"07000000960123456789ABCDEF""#, Ok(value.clone())),
        (r#" "hex" : "07000000960123456789abcdef" , "op" : "decode" "#, Ok(value.clone())),
        (r#""\u006fp":"decode","hex":"\u0030\u0037000000960123456789abcdef""#, Ok(value.clone())),
        (r#""more":{"hex":[{}, [], 1.5e-3, true, null, "}\"]"]},"op":"decode","hex":"07000000960123456789abcdef""#, Ok(value)),
        (r#""op":"decode","hex":"""#, Reject("empty")),
        (r#""op":"decode","hex":"08""#, Reject("unknown_type")),
        (r#""op":"decode","hex":"07""#, Reject("truncated")),
        (r#""op":"decode","hex":"07000000960123456789abcdef00""#, Reject("trailing")),
        (r#""op":"decode","hex":"070""#, Error),
        (r#""op":"decode","hex":"0 7 ""#, Error),
        (r#""op":"decode","hex":"+7""#, Error),
        (r#""op":"decode","hex":"zz""#, Error),
        (r#""op":"decode","hex":"07\u0000\u0000""#, Error),
        (r#""op":"decode","hex":"é""#, Error),
        (r#""op":"decode","hex":7"#, Error),
        (r#""op":"decode","hex":null"#, Error),
        (r#""op":"decode""#, Error),
        (r#""op":"encode","type":"state_hash""#, Error),
        (r#""op":"encode","type":"ping","fields":{}"#, Reject("unknown_type")),
        (r#""op":"hello","protocol":[2],"nonce":"n""#, Error),
        (r#""op":"hello","protocol":[],"nonce":"n""#, Error),
        (r#""op":"hello","nonce":"n""#, Error),
        (r#""op":7"#, Error),
        (r#""op":null"#, Error),
        (r#""OP":"decode","hex":"""#, Error),
        (r#""op":"reencode","hex":"""#, Unsupported),
        (r#""op":"constructor""#, Unsupported),
        (r#""op":"__proto__""#, Unsupported),
        (r#""op":"__init__""#, Unsupported),
        (r#""op":"""#, Unsupported),
        (r#""op":"decode\u0000","hex":"""#, Unsupported),
        (r#""op":"a name that is longer than any name of the protocol, and has an \ud83d\ude00""#, Unsupported),
    ]
    .map(|(request, expected)| (request.to_owned(), expected))
    .into();
    all.extend([
        (encode("150", hash), Ok(json!({ "hex": ENCODED }))),
        (encode("4294967295", hash), Ok(json!({"hex": "07ffffffff0123456789abcdef"}))),
        (encode("4294967296", hash), Reject("range")),
        (encode("-1", hash), Reject("range")),
        (encode("9007199254740991", hash), Reject("range")),
        (encode("1.5", hash), Reject("value")),
        (encode("\"150\"", hash), Reject("value")),
        (encode("true", hash), Reject("value")),
        (encode("null", hash), Reject("value")),
        (encode("[150]", hash), Reject("value")),
        (encode("{}", hash), Reject("value")),
        (encode("150", "5"), Reject("value")),
        (encode("150", "null"), Reject("value")),
        (encode("150", "[]"), Reject("value")),
        (encode("150", "\"\""), Reject("text")),
        (encode("150", "\"0123456789abcde\""), Reject("text")),
        (encode("150", "\"0123456789abcdef0\""), Reject("text")),
        (encode("150", "\"0123456789abcdeg\""), Reject("text")),
        (encode("150", "\"0x23456789abcdef\""), Reject("text")),
        (encode("150", "\"0123456789abcde\\n\""), Reject("text")),
        (encode("150", "\"0123456789abcdef\\n\""), Reject("text")),
        (encode("150", "\"0123456789abcd\u{e9}\""), Reject("text")),
        (encode("150", "\"0123456789abcd\u{2028}\u{85}\""), Reject("text")),
        (encode("150", "\"\u{661}123456789abcdef\""), Reject("text")),
        (encode("150", &format!("\"{}\"", "0".repeat(100_000))), Reject("text")),
    ]);
    all
}

/// Every answer is the expected one, in any order, and the adapter exits with 0. The last line has no end.
pub(super) fn is_answered(adapter: &mut Command) -> Outcome {
    let answered = answered();
    let requests = answered.iter().enumerate();
    let mut lines: Vec<String> =
        requests.map(|(id, (request, _))| format!("{{\"id\":{id},{request}}}")).collect();
    // What is not answered stands between the others, and disturbs none.
    for (at, line) in unanswered().into_iter().enumerate() {
        lines.insert(2 * at + 1, line);
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut said = answers(adapter, &lines)?;
    said.sort_by_key(|answer| answer["id"].as_u64());
    for (id, (request, expected)) in answered.iter().enumerate() {
        let got = said.get(id).unwrap_or(&Value::Null);
        let content = match expected {
            Ok(value) => got["ok"] == *value,
            Reject(class) => got["reject"]["class"] == *class,
            Error => got["error"]["message"].is_string(),
            Unsupported => got["unsupported"] == json!({}),
        };
        let is_whole = got["id"] == id && got.as_object().is_some_and(|it| it.len() == 2);
        let request: String = request.chars().take(200).collect();
        ensure(content && is_whole, || format!("{request} is answered with {got}"))?;
    }
    let surplus = said.get(answered.len());
    ensure(surplus.is_none(), || format!("no request has this answer: {surplus:?}"))
}
