//! Answers: hostile lines in, one of four answers out, or a fault that says what is wrong.

use std::borrow::Cow;

use serde_json::{Map, Value, value::RawValue};

use super::{
    json,
    lines::LineFault,
    malformed::{FOUR, Malformed},
    raw::{ClassAndMessage, Envelope},
};
use crate::text::{excerpt, utf8};

/// What the implementation under test said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It worked.
    Ok(Members),
    /// The implementation refused the input.
    Reject {
        /// The refusal class, if one was given, unchecked.
        class: Option<String>,
        /// The implementation's own words.
        message: Option<String>,
    },
    /// The adapter does not have the operation.
    Unsupported,
    /// The adapter or the implementation broke.
    Error {
        /// What it said about it.
        message: String,
    },
}

impl Answer {
    /// How many bytes of text the answer holds.
    #[must_use]
    pub fn len(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        match self {
            Self::Ok(members) => members.text().len(),
            Self::Reject { class, message } => text(class) + text(message),
            Self::Unsupported => 0,
            Self::Error { message } => message.len(),
        }
    }

    /// Whether it holds no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The member name by which the answer is known on the wire.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ok(_) => "ok",
            Self::Reject { .. } => "reject",
            Self::Unsupported => "unsupported",
            Self::Error { .. } => "error",
        }
    }
}

/// The members of `ok`, kept as the text that the adapter wrote.
///
/// A tree of them takes up to forty times as much memory, and all answers to a scenario are kept until the
/// last one has arrived.
#[derive(Clone, Debug)]
pub struct Members(Box<RawValue>);

impl Members {
    /// The longest object that is read as a tree: 256 KiB. Only the longest INPUT_RESPONSEs have more.
    pub const LONGEST_READ: usize = 256 * 1024;

    /// The JSON text of the object.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The members.
    ///
    /// # Errors
    /// What is wrong with them: a number that no double holds, a member that is given twice, too many
    /// levels, or too long a text.
    pub fn read(&self) -> Result<Map<String, Value>, Malformed> {
        let (text, limit) = (self.compact(), Self::LONGEST_READ);
        if text.len() > limit {
            let (length, found) = (text.len(), json::excerpt(&text));
            return Err(Malformed::TooLong { length, limit, found });
        }
        match json::tree(&text) {
            Ok(Value::Object(members)) => Ok(members),
            Ok(_) => Err(Malformed::not_an_object("ok", &text)),
            Err(error) => Err(Malformed::unreadable("ok", &error, &text)),
        }
    }

    /// The JSON text of the object; without blanks if it would be too long with them.
    #[must_use]
    pub fn compact(&self) -> Cow<'_, str> {
        if self.text().len() > Self::LONGEST_READ {
            Cow::Owned(json::without_blanks(self.text()))
        } else {
            Cow::Borrowed(self.text())
        }
    }
}

impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl From<Map<String, Value>> for Members {
    fn from(members: Map<String, Value>) -> Self {
        let text = Value::Object(members).to_string();
        // The text of an object is always valid JSON.
        Self(RawValue::from_string(text).unwrap_or_default())
    }
}

/// A line that carries an id, and so belongs to one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The id of the request that it answers.
    pub id: u64,
    /// The answer, or why it is malformed: a defect of this one answer.
    pub answer: Result<Answer, Malformed>,
}

/// Reads one line, without its line end.
///
/// # Errors
/// When the line cannot be tied to a request at all.
pub fn parse_line(line: &[u8]) -> Result<Line, LineFault> {
    let shown = || excerpt(line);
    let text = utf8(line).map_err(|fault| LineFault::NotText { fault, text: shown() })?;
    let envelope: Option<Envelope<'_>> = Envelope::read(text)
        .map_err(|error| LineFault::NotJson { text: shown(), reason: error.to_string() })?;
    let Some(envelope) = envelope else {
        return Err(LineFault::NoId(shown()));
    };
    if envelope.has_op && envelope.four.iter().all(Option::is_none) {
        return Err(LineFault::Echo(shown()));
    }
    if envelope.has_several_ids {
        return Err(LineFault::SeveralIds(shown()));
    }
    let id = envelope.id.and_then(|id| json::natural(id.get()));
    let id = id.ok_or_else(|| LineFault::NoId(shown()))?;
    Ok(Line { id, answer: one_of_four(&envelope) })
}

/// Exactly one of the four members, with the right type. Other members are ignored.
fn one_of_four(envelope: &Envelope<'_>) -> Result<Answer, Malformed> {
    if let Some(name) = envelope.repeated {
        return Err(Malformed::Repeated(name));
    }
    let members = FOUR.into_iter().zip(&envelope.four);
    let present: Vec<(&'static str, &RawValue)> =
        members.filter_map(|(name, body)| Some((name, (*body)?))).collect();
    let [(name, body)] = present[..] else {
        let names: Vec<&str> = present.iter().map(|(name, _)| *name).collect();
        let none = names.is_empty();
        return Err(if none { Malformed::NoneOfFour } else { Malformed::SeveralOfFour(names) });
    };
    if !body.get().starts_with('{') {
        return Err(Malformed::not_an_object(name, body.get()));
    }
    Ok(match name {
        "ok" => Answer::Ok(Members(body.to_owned())),
        "reject" => {
            let members = ClassAndMessage::read(name, body)?;
            Answer::Reject {
                class: text(members.class, "reject.class")?,
                message: text(members.message, "reject.message")?,
            }
        }
        "unsupported" => Answer::Unsupported,
        _ => {
            let members = ClassAndMessage::read(name, body)?;
            let message = text(members.message, "error.message")?;
            Answer::Error { message: message.unwrap_or_else(|| "no message".to_owned()) }
        }
    })
}

/// An optional member that is text if it is there.
fn text(json: Option<&RawValue>, member: &'static str) -> Result<Option<String>, Malformed> {
    let Some(json) = json.map(RawValue::get) else { return Ok(None) };
    serde_json::from_str(json).map_err(|_| Malformed::not_text(member, json))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &str) -> String {
        parse_line(line.as_bytes()).unwrap_err().to_string()
    }

    fn malformed(line: &str) -> String {
        parse_line(line.as_bytes()).unwrap().answer.unwrap_err().to_string()
    }

    #[test]
    fn one_of_four_answers() {
        let line = parse_line(br#"{"id":3,"reject":{"class":"text"},"note":1}"#).unwrap();
        assert_eq!(line.id, 3);
        assert_eq!(line.answer, Ok(Answer::Reject { class: Some("text".into()), message: None }));
        let line = parse_line(br#"{"id":4,"unsupported":{}}"#).unwrap();
        assert_eq!(line.answer, Ok(Answer::Unsupported));
    }

    #[test]
    fn a_line_without_the_id_of_a_request_is_a_fault_of_the_stream() {
        insta::assert_snapshot!(fault("Hello, world"), @"a line on standard output is not JSON: `Hello, world` (expected value at line 1 column 1); logs belong on standard error");
        insta::assert_snapshot!(fault("[1]"), @"a line on standard output answers no request: `[1]`; its `id` must be that of a request");
        insta::assert_snapshot!(fault(r#"{"id":-1,"ok":{}}"#), @r#"a line on standard output answers no request: `{"id":-1,"ok":{}}`; its `id` must be that of a request"#);
        insta::assert_snapshot!(fault(r#"{"id":1,"op":"hello"}"#), @r#"the adapter sends its requests back instead of answering them: `{"id":1,"op":"hello"}`"#);
        insta::assert_snapshot!(fault(r#"{"id":1,"id":1,"ok":{}}"#), @r#"a line on standard output has more than one `id`: `{"id":1,"id":1,"ok":{}}`"#);
        let marked = fault("\u{feff}{\"id\":1}");
        assert!(marked.starts_with(
            "a line on standard output begins with a byte order mark (EF BB BF); write"
        ));
        assert!(fault("{\0\"\0i\0d\0").contains("standard output is UTF-16, little-endian; write"));
        assert!(parse_line(b"\xff").is_err());
        // However it is written, the number is the same.
        assert_eq!(parse_line(br#"{"id":15.0,"ok":{}}"#).unwrap().id, 15);
        assert_eq!(parse_line(br#"{"id":1e0,"ok":{}}"#).unwrap().id, 1);
        assert!(fault(r#"{"id":5.0000000000000000001,"ok":{}}"#).contains("answers no request"));
        assert!(fault(&"[".repeat(100_000)).contains("EOF while parsing"));
        assert!(fault(r#"{"id":1,"ok":{"x":NaN}}"#).contains("not JSON"));
    }

    #[test]
    fn a_line_with_an_id_is_a_fault_of_that_request_alone() {
        insta::assert_snapshot!(malformed(r#"{"id":1}"#), @"the answer has none of `ok`, `reject`, `unsupported` and `error`");
        insta::assert_snapshot!(malformed(r#"{"id":1,"ok":{},"reject":{}}"#), @"the answer has `ok` and `reject`; it must have exactly one of `ok`, `reject`, `unsupported` and `error`");
        insta::assert_snapshot!(malformed(r#"{"id":1,"ok":{},"ok":{}}"#), @"the answer has `ok` more than once");
        insta::assert_snapshot!(malformed(r#"{"id":1,"reject":{"class":"text","class":"text"}}"#), @"the answer has `reject.class` more than once");
        insta::assert_snapshot!(malformed(r#"{"id":1,"ok":null}"#), @"`ok` of the answer is not an object: null");
        insta::assert_snapshot!(malformed(r#"{"id":1,"reject":{"class":5}}"#), @"`reject.class` of the answer is not text: 5");
        insta::assert_snapshot!(malformed(r#"{"id":1,"reject":"text"}"#), @r#"`reject` of the answer is not an object: "text""#);
    }

    #[test]
    fn what_is_in_an_ok_is_read_when_it_is_judged() {
        let ok = |text: &str| match parse_line(text.as_bytes()).unwrap().answer {
            Ok(Answer::Ok(members)) => members.read().unwrap_err().to_string(),
            other => panic!("{other:?}"),
        };
        insta::assert_snapshot!(ok(r#"{"id":1,"ok":{"x":1e400}}"#), @r#"`ok` of the answer cannot be read: number out of range at line 1 column 10: {"x":1e400}"#);
        let deep =
            format!(r#"{{"id":1,"ok":{{"x":{}{}}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert!(ok(&deep).contains("recursion limit exceeded"));
        insta::assert_snapshot!(ok(r#"{"id":1,"ok":{"x":5.0000000000000000001}}"#), @r#"`ok` of the answer cannot be read: 5.0000000000000000001 is not an integer, although its nearest double is one: {"x":5.0000000000000000001}"#);
        assert!(
            ok(r#"{"id":1,"ok":{"x":1,"x":1}}"#).contains("the member `x` is given more than once")
        );
        let long = format!(r#"{{"id":1,"ok":{{"x":"{}"}}}}"#, "x".repeat(Members::LONGEST_READ));
        assert!(ok(&long).starts_with(
            "`ok` of the answer has 262152 bytes; it may have at most 262144: {\"x\":\"xxx"
        ));
        let blanks = format!(r#"{{"id":1,"ok":{{{}"x":1.0}}}}"#, " ".repeat(300_000));
        let Ok(Answer::Ok(members)) = parse_line(blanks.as_bytes()).unwrap().answer else {
            panic!()
        };
        assert_eq!(members.read().unwrap()["x"], 1);
    }
}
