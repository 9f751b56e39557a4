//! The worked examples of the specification, read out of the chapters and run.
//!
//! An example is a fenced block with the info string `example`:
//!
//! ```text
//! revision 3                    optional, the latest otherwise
//! decode HEX                    or: encode JSON
//! value JSON                    or: hex HEX, reject CLASS, reject CLASS at OFFSET
//! reencode HEX                  optional: what encoding the decoded value gives
//! ```

use std::fmt;

use crate::{Chapter, Layout, Model, RefusalClass, Value, chapters, hex};

/// One worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The file name of its chapter.
    pub chapter: &'static str,
    /// The line of its first line, counted from 1.
    pub line: usize,
    /// The revision that it is about.
    pub revision: u8,
    /// The operation.
    pub action: Action,
    /// The expected result.
    pub expected: Expected,
    /// What encoding the decoded value must give, where that is not the datagram itself.
    pub reencode: Option<Vec<u8>>,
}

/// What an example does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Decode these bytes.
    Decode(Vec<u8>),
    /// Encode this value.
    Encode(Value),
}

/// What an example expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// The decoded value.
    Value(Value),
    /// The encoded bytes.
    Bytes(Vec<u8>),
    /// A refusal and its offset.
    Reject(RefusalClass, Option<usize>),
}

/// An example that cannot be read, or whose statement is not true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleError {
    /// The file name of its chapter.
    pub chapter: &'static str,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for ExampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "spec/{}:{}: {}", self.chapter, self.line, self.message)
    }
}

impl std::error::Error for ExampleError {}

/// Every example of every chapter, in reading order.
///
/// # Errors
///
/// An [`ExampleError`] for the first block that cannot be read.
pub fn examples() -> Result<Vec<Example>, ExampleError> {
    let mut examples = Vec::new();
    for chapter in chapters() {
        for (line, block) in blocks(chapter, "example") {
            let example = parse(chapter.name, line, &block);
            examples.push(example.map_err(|message| ExampleError {
                chapter: chapter.name,
                line,
                message,
            })?);
        }
    }
    Ok(examples)
}

/// The blocks of a chapter with that info string: the number of their first line, and their lines.
pub(crate) fn blocks(chapter: &Chapter, info: &str) -> Vec<(usize, Vec<&'static str>)> {
    let fence = format!("```{info}");
    let mut blocks = Vec::new();
    let mut open: Option<(usize, Vec<&'static str>)> = None;
    for (index, line) in chapter.text.lines().enumerate() {
        match &mut open {
            None if line.trim_end() == fence => open = Some((index + 2, Vec::new())),
            None => {}
            Some(_) if line.starts_with("```") => blocks.extend(open.take()),
            Some((_, lines)) => lines.push(line),
        }
    }
    blocks
}

fn parse(chapter: &'static str, line: usize, block: &[&str]) -> Result<Example, String> {
    let mut revision = Layout::builtin().revision;
    let (mut action, mut expected, mut reencode) = (None, None, None);
    for text in block {
        let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
        match word {
            "revision" => revision = rest.parse().map_err(|error| format!("{rest:?}: {error}"))?,
            "decode" => action = Some(Action::Decode(bytes(rest)?)),
            "encode" => action = Some(Action::Encode(value(rest)?)),
            "value" => expected = Some(Expected::Value(value(rest)?)),
            "hex" => expected = Some(Expected::Bytes(bytes(rest)?)),
            "reject" => expected = Some(reject(rest)?),
            "reencode" => reencode = Some(bytes(rest)?),
            _ => {
                return Err(format!(
                    "expected decode, encode, value, hex, reject or reencode, found {word:?}"
                ));
            }
        }
    }
    let action = action.ok_or("expected a line decode or encode, found none")?;
    let expected = expected.ok_or("expected a line value, hex or reject, found none")?;
    Ok(Example { chapter, line, revision, action, expected, reencode })
}

fn bytes(text: &str) -> Result<Vec<u8>, String> {
    hex::parse(text).map_err(|error| error.to_string())
}

fn value(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

fn reject(text: &str) -> Result<Expected, String> {
    let (class, offset) = match text.split_once(" at ") {
        None => (text, None),
        Some((class, offset)) => {
            (class, Some(offset.parse().map_err(|error| format!("{offset:?}: {error}"))?))
        }
    };
    Ok(Expected::Reject(class.parse().map_err(|error| format!("{error}"))?, offset))
}

impl Example {
    /// Runs the example against the model of its revision. A decoded value must also encode to the
    /// datagram again, or to what the example says.
    ///
    /// # Errors
    ///
    /// An [`ExampleError`] with the result that was found instead.
    pub fn run(&self) -> Result<(), ExampleError> {
        let model = Model::specified(self.revision);
        let outcome = match &self.action {
            Action::Decode(datagram) => model.decode(datagram).map(Expected::Value),
            Action::Encode(value) => model.encode(value).map(Expected::Bytes),
        };
        let found =
            outcome.unwrap_or_else(|refusal| Expected::Reject(refusal.class, refusal.offset));
        self.compare(&self.expected, &found)?;

        if let (Action::Decode(datagram), Expected::Value(value)) = (&self.action, &self.expected) {
            let canonical = self.reencode.as_ref().unwrap_or(datagram);
            let found = model.encode(value).map(Expected::Bytes);
            let found = found.unwrap_or_else(|refusal| Expected::Reject(refusal.class, None));
            self.compare(&Expected::Bytes(canonical.clone()), &found)?;
        }
        Ok(())
    }

    fn compare(&self, expected: &Expected, found: &Expected) -> Result<(), ExampleError> {
        if expected == found {
            return Ok(());
        }
        let message = format!("expected {expected:?}, found {found:?}");
        Err(ExampleError { chapter: self.chapter, line: self.line, message })
    }
}
