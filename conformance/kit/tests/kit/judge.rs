//! The judge as a table: what may be answered, what was answered, what it comes to.

use rollwire_conformance::{
    check::{bytes::judge::judge, judgement::Answered},
    protocol::{Answer, parse_line},
    runner::{AdapterFault, FaultKind, Reply},
    verdict::{Code, Verdict},
};
use rollwire_model::{Grade, Outcome, RefusalClass, Value};
use serde_json::json;

fn value() -> Outcome {
    Outcome::Value(Value::new("state_hash").with("frame", 1).with("hash", "00ff00ff00ff00ff"))
}

fn bytes() -> Outcome {
    Outcome::Bytes(vec![0x04, 0xab])
}

fn refusal() -> Outcome {
    Outcome::Reject(RefusalClass::Count)
}

fn one(outcome: Outcome) -> Vec<(Grade, Outcome)> {
    vec![(Grade::Pass, outcome)]
}

fn should(outcome: Outcome) -> Vec<(Grade, Outcome)> {
    vec![(Grade::Pass, refusal()), (Grade::Weak, outcome)]
}

fn may(outcome: Outcome) -> Vec<(Grade, Outcome)> {
    vec![(Grade::Pass, outcome), (Grade::Pass, refusal())]
}

/// A reply as it comes off the wire.
fn reply(text: &str) -> Reply {
    let line = parse_line(format!("{{\"id\":1,{text}}}").as_bytes()).unwrap();
    line.answer.map_or_else(Reply::Malformed, |answer| Reply::Answered(vec![answer]))
}

#[track_caller]
fn comes_to(outcomes: &[(Grade, Outcome)], text: &str, verdict: Verdict, code: Option<Code>) {
    let judgement = judge(outcomes, reply(text));
    assert_eq!((judgement.verdict, judgement.code), (verdict, code), "{text}: {:?}", judgement.got);
}

const RIGHT: &str = r#""ok":{"type":"state_hash","fields":{"hash":"00ff00ff00ff00ff","frame":1}}"#;

#[test]
fn a_value_is_compared_member_by_member() {
    use Verdict::{Error, Fail, Pass};
    let expected = one(value());
    comes_to(&expected, RIGHT, Pass, None);
    // The order of members does not matter, nor does how a language writes a whole number.
    comes_to(&expected, &RIGHT.replace(":1}", ":1.0}"), Pass, None);
    for wrong in [
        RIGHT.replace(":1}", ":2}"),
        RIGHT.replace(":1}", ":\"1\"}"),
        RIGHT.replace("00ff00ff00ff00ff", "00FF00FF00FF00FF"),
        RIGHT.replace("state_hash", "ping"),
        RIGHT.replace(":1}", ":1,\"reserved\":0}"),
        RIGHT.replace(",\"frame\":1", ""),
    ] {
        comes_to(&expected, &wrong, Fail, Some(Code::WrongValue));
    }
    for malformed in [
        r#""ok":{"hex":"04"}"#,
        r#""ok":{"type":7,"fields":{}}"#,
        r#""ok":{"type":"ping","fields":[]}"#,
        r#""ok":{"type":"ping"}"#,
        r#""ok":null"#,
        r#""ok":{},"reject":{}"#,
        r#""okay":{}"#,
    ] {
        comes_to(&expected, malformed, Error, Some(Code::Malformed));
    }
}

#[test]
fn bytes_are_compared_and_their_case_is_not() {
    use Verdict::{Error, Fail, Pass};
    let expected = one(bytes());
    comes_to(&expected, r#""ok":{"hex":"04ab"}"#, Pass, None);
    comes_to(&expected, r#""ok":{"hex":"04AB"}"#, Pass, None);
    comes_to(&expected, r#""ok":{"hex":"04ac"}"#, Fail, Some(Code::WrongBytes));
    comes_to(&expected, r#""ok":{"hex":""}"#, Fail, Some(Code::WrongBytes));
    for malformed in
        [r#""ok":{"hex":"04a"}"#, r#""ok":{"hex":"04 ab"}"#, r#""ok":{"hex":4}"#, r#""ok":{}"#]
    {
        comes_to(&expected, malformed, Error, Some(Code::Malformed));
    }
}

#[test]
fn a_refusal_is_judged_at_its_level_and_its_class_is_never_a_failure() {
    use Verdict::{Fail, Pass, Weak};
    comes_to(&one(refusal()), r#""reject":{"class":"count"}"#, Pass, None);
    comes_to(&one(refusal()), r#""reject":{}"#, Pass, None);
    comes_to(&one(refusal()), r#""reject":{"class":"text"}"#, Weak, Some(Code::WrongClass));
    comes_to(&one(refusal()), r#""reject":{"class":"nonsense"}"#, Weak, Some(Code::WrongClass));
    comes_to(&one(refusal()), RIGHT, Fail, Some(Code::Accepted));
    comes_to(&one(refusal()), r#""ok":{"hex":"04"}"#, Fail, Some(Code::Accepted));
    comes_to(&one(value()), r#""reject":{"class":"count"}"#, Fail, Some(Code::Refused));
    comes_to(&one(bytes()), r#""reject":{}"#, Fail, Some(Code::Refused));
}

#[test]
fn a_graded_case_passes_by_the_rule_is_weak_by_its_alternative_and_fails_by_anything_else() {
    use Verdict::{Fail, Pass, Weak};
    comes_to(&should(value()), r#""reject":{"class":"count"}"#, Pass, None);
    comes_to(&should(value()), RIGHT, Weak, Some(Code::Alternative));
    comes_to(&should(value()), &RIGHT.replace(":1}", ":2}"), Fail, Some(Code::WrongValue));
    comes_to(&may(bytes()), r#""ok":{"hex":"04ab"}"#, Pass, None);
    comes_to(&may(bytes()), r#""reject":{"class":"count"}"#, Pass, None);
    comes_to(&may(bytes()), r#""ok":{"hex":"04"}"#, Fail, Some(Code::WrongBytes));
}

#[test]
fn whoever_does_not_answer_does_not_pass() {
    use Verdict::{Error, Fail, NotRun};
    comes_to(&one(value()), r#""unsupported":{}"#, Fail, Some(Code::Unsupported));
    comes_to(&one(refusal()), r#""error":{"message":"boom"}"#, Error, Some(Code::AdapterError));
    let fault = |kind| AdapterFault { kind, text: "it did".to_owned(), stderr: String::new() };
    for (reply, verdict, code) in [
        (Reply::Fault(fault(FaultKind::Crash)), Error, Some(Code::Crash)),
        (Reply::Fault(fault(FaultKind::Timeout)), Error, Some(Code::Timeout)),
        (Reply::Fault(fault(FaultKind::Garbage)), Error, Some(Code::Garbage)),
        (Reply::Unstable(fault(FaultKind::Crash)), Error, Some(Code::Unstable)),
        (Reply::NotRun, NotRun, None),
    ] {
        let judgement = judge(&one(refusal()), reply);
        assert_eq!((judgement.verdict, judgement.code), (verdict, code));
    }
}

#[test]
fn the_judgement_keeps_what_was_said() {
    let answer = Answer::Reject { class: Some("count".into()), message: Some("no".into()) };
    let judgement = judge(&one(value()), Reply::Answered(vec![answer]));
    let expected = Answered::Reject { class: Some("count".into()), message: Some("no".into()) };
    assert_eq!(judgement.got, expected);
    assert_eq!(json!(judgement.verdict), json!("fail"));
}
