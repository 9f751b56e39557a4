//! Judges the answer to `decode` where the right value is too long to be kept as a tree.

use rollwire_model::vectors::LongValue;
use serde_json::Value as Json;

use crate::{
    check::judgement::{Answered, Judgement, answer, broken, judge_reject, malformed, same_json},
    protocol::{
        Answer, Malformed, Members, json,
        raw::{each_element, each_member, once},
    },
    runner::Reply,
    text::shorten,
    verdict::{Code, Verdict},
};

/// The text of one entry has at most this many bytes.
const LONGEST_ENTRY: usize = 1024;

/// The path of the list in an answer.
const ENTRIES: &str = "ok.fields.entries";

/// Judges one reply against a long value: an entry at a time, so that no list is ever built.
#[must_use]
pub fn judge_long(expected: &LongValue, reply: Reply) -> Judgement {
    match answer(reply) {
        Err(judgement) => judgement,
        Ok(Answer::Ok(ok)) => match difference(expected, &ok) {
            Ok(None) => {
                let got = Answered::Nothing(String::new());
                Judgement { verdict: Verdict::Pass, code: None, got }
            }
            Ok(Some(got)) => {
                Judgement { verdict: Verdict::Fail, code: Some(Code::WrongValue), got }
            }
            Err(fault) => malformed(&fault),
        },
        Ok(Answer::Reject { class, message }) => judge_reject(&[], class, message),
        Ok(other) => broken(&other),
    }
}

/// The first difference, if there is one.
fn difference(expected: &LongValue, ok: &Members) -> Result<Option<Answered>, Malformed> {
    let (mut name, mut fields) = (None, None);
    each_member("ok", ok.text(), |member, text| match member {
        "type" => once(&mut name, "ok.type", text),
        "fields" => once(&mut fields, "ok.fields", text),
        _ => Ok(()),
    })?;
    let name = name.ok_or(Malformed::Lacks("type"))?;
    let fields = fields.ok_or(Malformed::Lacks("fields"))?;
    let right = Json::from(LongValue::MESSAGE);
    if !same(&right, "ok.type", name)? {
        return Ok(Some(different("type", &right.to_string(), name)));
    }
    if !fields.starts_with('{') {
        return Err(Malformed::not_an_object("ok.fields", fields));
    }
    in_fields(expected, fields)
}

fn in_fields(expected: &LongValue, fields: &str) -> Result<Option<Answered>, Malformed> {
    let mut missing = expected.fields();
    missing.insert(LongValue::LIST.to_owned(), Json::Null);
    let mut found = None;
    each_member("ok.fields", fields, |name, text| {
        let right = missing.shift_remove(name);
        if right.is_none() && (name == LongValue::LIST || expected.fields().contains_key(name)) {
            return Err(Malformed::Unreadable {
                member: "ok.fields",
                reason: format!("the member `{name}` is given more than once"),
                found: json::excerpt(text),
            });
        }
        if found.is_none() {
            found = match right {
                None => Some(different(name, "no such field", text)),
                Some(_) if name == LongValue::LIST => in_list(expected, text)?,
                Some(right) if same(&right, "ok.fields", text)? => None,
                Some(right) => Some(different(name, &right.to_string(), text)),
            };
        }
        Ok(())
    })?;
    let missing = missing.keys().next();
    Ok(found.or_else(|| missing.map(|name| different(name, "a value", "none"))))
}

fn in_list(expected: &LongValue, list: &str) -> Result<Option<Answered>, Malformed> {
    if !list.starts_with('[') {
        return Ok(Some(different(LongValue::LIST, "a list of entries", list)));
    }
    let (mut found, mut count, mut usual) = (None, 0, String::new());
    each_element(ENTRIES, list, |entry| {
        if count < expected.len() && found.is_none() {
            found = in_entry(expected, count, entry, &mut usual)?;
        }
        count += 1;
        Ok(())
    })?;
    let length = format!("{}.length", LongValue::LIST);
    let (right, counted) = (expected.len().to_string(), count.to_string());
    // A wrong length is reported as such, because entries after a missing one are all different.
    let wrong_length = (count != expected.len()).then(|| different(&length, &right, &counted));
    Ok(wrong_length.or(found))
}

/// The difference in one entry. Nearly all entries have the usual text, and no tree is built for those.
fn in_entry(
    expected: &LongValue,
    at: usize,
    entry: &str,
    usual: &mut String,
) -> Result<Option<Answered>, Malformed> {
    usual.clear();
    let _ = expected.write_entry(at, usual);
    if usual == entry {
        return Ok(None);
    }
    let right = expected.entry(at);
    if same(&right, ENTRIES, entry)? {
        return Ok(None);
    }
    let path = format!("{}[{at}]", LongValue::LIST);
    Ok(Some(different(&path, &right.to_string(), entry)))
}

/// Whether the member of the answer with this path has this value.
fn same(right: &Json, path: &'static str, text: &str) -> Result<bool, Malformed> {
    if text.len() > LONGEST_ENTRY {
        return Ok(false);
    }
    let json = json::tree(text).map_err(|error| Malformed::unreadable(path, &error, text))?;
    Ok(same_json(right, &json))
}

fn different(path: &str, expected: &str, got: &str) -> Answered {
    let text = |value: &str| shorten(&format!("{path} = {value}"));
    Answered::Different { path: shorten(path), expected: text(expected), got: text(got) }
}

#[cfg(test)]
mod tests {
    use rollwire_model::vectors::large_cases;

    use super::*;
    use crate::protocol::parse_line;

    fn long() -> LongValue {
        let mut values = large_cases().into_iter().filter(|case| case.hex.is_some());
        values.find_map(|case| case.long).unwrap()
    }

    fn judged(ok: &str) -> Judgement {
        let line = parse_line(format!(r#"{{"id":1,"ok":{ok}}}"#).as_bytes()).unwrap();
        judge_long(&long(), Reply::Answered(vec![line.answer.unwrap()]))
    }

    fn difference_of(from: &str, to: &str) -> String {
        let right = long().to_string();
        assert!(right.contains(from), "{from}");
        let judgement = judged(&right.replacen(from, to, 1));
        assert_eq!(judgement.code, Some(Code::WrongValue));
        match judgement.got {
            Answered::Different { expected, got, .. } => format!("{expected} | {got}"),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_right_value_passes_with_its_members_in_any_order() {
        assert_eq!(judged(&long().to_string()).verdict, Verdict::Pass);
        let reordered = long()
            .to_string()
            .replace(r#"{"frame":9,"action":2}"#, r#"{ "action": 2.0, "frame":9}"#);
        assert_eq!(judged(&reordered).verdict, Verdict::Pass);
    }

    #[test]
    fn the_first_difference_is_found() {
        insta::assert_snapshot!(difference_of(r#"{"frame":9,"action":2}"#, r#"{"frame":9,"action":3}"#), @r#"entries[9] = {"frame":9,"action":2} | entries[9] = {"frame":9,"action":3}"#);
        insta::assert_snapshot!(difference_of(r#"{"frame":9,"action":2},"#, ""), @"entries.length = 65535 | entries.length = 65534");
        insta::assert_snapshot!(difference_of(r#""player":1"#, r#""player":2"#), @"player = 1 | player = 2");
        insta::assert_snapshot!(difference_of(r#""player":1,"#, ""), @"player = a value | player = none");
        insta::assert_snapshot!(difference_of(r#""player":1"#, r#""player":1,"count":5"#), @"count = no such field | count = 5");
        insta::assert_snapshot!(difference_of("input_response", "input"), @r#"type = "input_response" | type = "input""#);
    }

    #[test]
    fn something_else_than_a_value_is_malformed_and_a_refusal_is_a_failure() {
        assert_eq!(judged("{}").code, Some(Code::Malformed));
        assert_eq!(judged(r#"{"type":"input_response","fields":[]}"#).code, Some(Code::Malformed));
        for (once, twice) in [
            (r#""player":1"#, r#""player":1,"player":1"#),
            (r#"{"frame":9,"action":2}"#, r#"{"frame":9,"frame":9,"action":2}"#),
            (r#"{"frame":9,"action":2}"#, r#"{"frame":9,"action":2.0000000000000000001}"#),
        ] {
            let judgement = judged(&long().to_string().replacen(once, twice, 1));
            assert_eq!(judgement.code, Some(Code::Malformed), "{twice}");
        }
        let refused = Answer::Reject { class: None, message: None };
        let judgement = judge_long(&long(), Reply::Answered(vec![refused]));
        assert_eq!(judgement.code, Some(Code::Refused));
        let unsupported = judge_long(&long(), Reply::Answered(vec![Answer::Unsupported]));
        assert_eq!(unsupported.code, Some(Code::Unsupported));
    }
}
