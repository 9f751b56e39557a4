//! Answers: hostile lines in, one of four answers out, or a fault that says what is wrong.

use serde_json::{Map, Value};

/// What the implementation under test said.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It worked.
    Ok(Map<String, Value>),
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

/// A line that carries an id, and so belongs to one request.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The id of the request that it answers.
    pub id: u64,
    /// The answer, or why this is none: a defect of this one answer.
    pub answer: Result<Answer, String>,
}

/// A line that belongs to no request: a defect of the stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Bytes that are no text.
    #[error("a line on standard output is not UTF-8: {0}")]
    NotUtf8(String),
    /// Text that is no JSON, most often a log line.
    #[error(
        "a line on standard output is not JSON: {text} ({reason}); logs belong on standard error"
    )]
    NotJson {
        /// The line, shortened.
        text: String,
        /// What the parser says.
        reason: String,
    },
    /// JSON whose `id` is not that of a request.
    #[error(
        "a line on standard output answers no request: {0}; its `id` must be that of a request"
    )]
    NoId(String),
    /// The request itself came back.
    #[error("the adapter sends its requests back instead of answering them: {0}")]
    Echo(String),
    /// More than 4 MiB without a line end.
    #[error("a line on standard output is longer than {} bytes", super::MAX_LINE)]
    TooLong,
}

/// The members of which an answer has exactly one.
const FOUR: [&str; 4] = ["ok", "reject", "unsupported", "error"];

/// Reads one line, without its line end.
///
/// # Errors
/// When the line cannot be tied to a request at all.
pub fn parse_line(line: &[u8]) -> Result<Line, LineFault> {
    let text =
        std::str::from_utf8(line).map_err(|_| LineFault::NotUtf8(crate::text::excerpt(line)))?;
    let shown = || crate::text::excerpt(line);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| LineFault::NotJson { text: shown(), reason: error.to_string() })?;
    let Value::Object(mut members) = value else {
        return Err(LineFault::NoId(shown()));
    };
    if members.contains_key("op") && FOUR.iter().all(|name| !members.contains_key(*name)) {
        return Err(LineFault::Echo(shown()));
    }
    let id = members.get("id").and_then(Value::as_u64).ok_or_else(|| LineFault::NoId(shown()))?;
    Ok(Line { id, answer: one_of_four(&mut members) })
}

/// Exactly one of the four members, with the right type. Other members are ignored.
fn one_of_four(members: &mut Map<String, Value>) -> Result<Answer, String> {
    let present: Vec<&str> = FOUR.into_iter().filter(|name| members.contains_key(*name)).collect();
    let [name] = present[..] else {
        return Err(if present.is_empty() {
            "the answer has none of `ok`, `reject`, `unsupported` and `error`".to_owned()
        } else {
            format!(
                "the answer has `{}` at once; it must have exactly one",
                present.join("` and `")
            )
        });
    };
    let Some(Value::Object(body)) = members.remove(name) else {
        return Err(format!("`{name}` of the answer is not an object"));
    };
    Ok(match name {
        "ok" => Answer::Ok(body),
        "reject" => {
            Answer::Reject { class: text(&body, "class")?, message: text(&body, "message")? }
        }
        "unsupported" => Answer::Unsupported,
        _ => Answer::Error {
            message: text(&body, "message")?.unwrap_or_else(|| "no message".to_owned()),
        },
    })
}

/// An optional member that is text if it is there.
fn text(body: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(other) => Err(format!(
            "`{name}` of the answer is not text: {}",
            crate::text::shorten(&other.to_string())
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(line: &str) -> String {
        parse_line(line.as_bytes()).unwrap_err().to_string()
    }

    fn malformed(line: &str) -> String {
        parse_line(line.as_bytes()).unwrap().answer.unwrap_err()
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
    fn a_line_that_belongs_to_no_request_is_a_fault_of_the_stream() {
        insta::assert_snapshot!(fault("Hello, world"), @"a line on standard output is not JSON: `Hello, world` (expected value at line 1 column 1); logs belong on standard error");
        insta::assert_snapshot!(fault("[1]"), @"a line on standard output answers no request: `[1]`; its `id` must be that of a request");
        insta::assert_snapshot!(fault(r#"{"id":-1,"ok":{}}"#), @r#"a line on standard output answers no request: `{"id":-1,"ok":{}}`; its `id` must be that of a request"#);
        insta::assert_snapshot!(fault(r#"{"id":1,"op":"hello"}"#), @r#"the adapter sends its requests back instead of answering them: `{"id":1,"op":"hello"}`"#);
        assert!(parse_line(b"\xff").is_err());
        assert!(fault(&"[".repeat(100_000)).contains("recursion limit"));
        assert!(fault(r#"{"id":1,"ok":{"x":1e400}}"#).contains("out of range"));
        assert!(fault(r#"{"id":1,"ok":{"x":NaN}}"#).contains("not JSON"));
    }

    #[test]
    fn a_line_with_an_id_is_a_fault_of_that_request_alone() {
        insta::assert_snapshot!(malformed(r#"{"id":1}"#), @"the answer has none of `ok`, `reject`, `unsupported` and `error`");
        insta::assert_snapshot!(malformed(r#"{"id":1,"ok":{},"reject":{}}"#), @"the answer has `ok` and `reject` at once; it must have exactly one");
        insta::assert_snapshot!(malformed(r#"{"id":1,"ok":null}"#), @"`ok` of the answer is not an object");
        insta::assert_snapshot!(malformed(r#"{"id":1,"reject":{"class":5}}"#), @"`class` of the answer is not text: 5");
    }
}
