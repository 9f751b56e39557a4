//! Reads and writes lines: `delay 60±20 loss 10% burst 5 part 3s@20s`.

use std::{fmt, str::FromStr};

use rollwire_conformance::text::sanitize;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Interruption, Line, Span};

/// The longest text of a line, in bytes.
const LONGEST: usize = 1024;
/// A delay and a jitter have at most this many milliseconds.
const LONGEST_DELAY: u64 = 10_000;
/// A burst has at most this many datagrams.
const LONGEST_BURST: u64 = 100;
/// An interruption begins and ends within this many milliseconds.
const LATEST: u64 = 3_600_000;

/// Why a text does not describe a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// The word is not known.
    #[error(
        "`{0}` is not a part of a link; give delay, loss, burst, duplicate, part, close or full, each with its value, as in \"delay 60±20 loss 10%\""
    )]
    Unknown(String),
    /// The word has no value.
    #[error("`{word}` needs a value, such as `{word} {example}`")]
    NoValue {
        /// The word.
        word: &'static str,
        /// A value that it can have.
        example: &'static str,
    },
    /// The value cannot be read, or is too large.
    #[error("`{value}` is not a value of `{word}`; give {expected}, such as `{word} {example}`")]
    Value {
        /// The word.
        word: &'static str,
        /// What was given.
        value: String,
        /// What can be given.
        expected: &'static str,
        /// A value that it can have.
        example: &'static str,
    },
    /// The word was given before.
    #[error("`{0}` is given twice; only part, close and full can be repeated")]
    Twice(&'static str),
    /// The text is too long.
    #[error("a link is described by at most {LONGEST} bytes; this text has {0}")]
    TooLong(usize),
}

/// A word of a line: its name, what its value is, and an example.
struct Word(&'static str, &'static str, &'static str);

const WORDS: [Word; 7] = [
    Word("delay", "milliseconds up to 10000, with or without a jitter", "60±20"),
    Word("loss", "a percentage from 0% to 99%", "10%"),
    Word("burst", "a number of datagrams from 1 to 100", "5"),
    Word("duplicate", "a percentage from 0% to 99%", "2%"),
    Word("part", "how long and from when, within an hour", "3s@20s"),
    Word("close", "how long and from when, within an hour", "3s@20s"),
    Word("full", "how long and from when, within an hour", "3s@20s"),
];

impl FromStr for Line {
    type Err = LineFault;

    fn from_str(text: &str) -> Result<Self, LineFault> {
        if text.len() > LONGEST {
            return Err(LineFault::TooLong(text.len()));
        }
        let mut line = Self { burst: 1, ..Self::default() };
        let mut given = Vec::new();
        let mut words = text.split_whitespace();
        while let Some(name) = words.next() {
            let Some(Word(word, expected, example)) = WORDS.iter().find(|it| it.0 == name) else {
                return Err(LineFault::Unknown(quoted(name)));
            };
            let value = words.next().ok_or(LineFault::NoValue { word, example })?;
            let fault = || {
                let value = quoted(value);
                LineFault::Value { word, value, expected, example }
            };
            let interruption = match *word {
                "part" => Some(Interruption::Part),
                "close" => Some(Interruption::Close),
                "full" => Some(Interruption::Full),
                _ => None,
            };
            if let Some(kind) = interruption {
                line.interruptions.push((kind, span(value).ok_or_else(fault)?));
                continue;
            }
            if given.contains(word) {
                return Err(LineFault::Twice(word));
            }
            given.push(word);
            match *word {
                "delay" => (line.delay, line.jitter) = delay(value).ok_or_else(fault)?,
                "loss" => line.loss = percent(value).ok_or_else(fault)?,
                "duplicate" => line.duplicate = percent(value).ok_or_else(fault)?,
                _ => line.burst = number(value, 1, LONGEST_BURST).ok_or_else(fault)?,
            }
        }
        Ok(line)
    }
}

/// The beginning of a word, with control characters escaped.
fn quoted(word: &str) -> String {
    sanitize(&word.chars().take(40).collect::<String>())
}

fn number(text: &str, least: u64, most: u64) -> Option<u64> {
    let is_plain = text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|number| is_plain && (least..=most).contains(number))
}

fn percent(text: &str) -> Option<u64> {
    number(text.strip_suffix('%')?, 0, 99)
}

fn delay(text: &str) -> Option<(u64, u64)> {
    let (delay, jitter) =
        text.split_once('±').or_else(|| text.split_once("+-")).unwrap_or((text, "0"));
    Some((number(delay, 0, LONGEST_DELAY)?, number(jitter, 0, LONGEST_DELAY)?))
}

fn span(text: &str) -> Option<Span> {
    let time = |text: &str| match text.strip_suffix("ms") {
        Some(digits) => number(digits, 0, LATEST),
        None => Some(number(text.strip_suffix('s')?, 0, LATEST / 1000)? * 1000),
    };
    let (lasts, from) = text.split_once('@')?;
    Some(Span { from: time(from)?, lasts: time(lasts)? })
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = |milliseconds: u64| match milliseconds % 1000 {
            0 => format!("{}s", milliseconds / 1000),
            _ => format!("{milliseconds}ms"),
        };
        write!(f, "{}@{}", time(self.lasts), time(self.from))
    }
}

impl fmt::Display for Interruption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Part => "part",
            Self::Close => "close",
            Self::Full => "full",
        })
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut words = Vec::new();
        match (self.delay, self.jitter) {
            (0, 0) => {}
            (delay, 0) => words.push(format!("delay {delay}")),
            (delay, jitter) => words.push(format!("delay {delay}±{jitter}")),
        }
        if self.loss > 0 {
            words.push(format!("loss {}%", self.loss));
        }
        if self.burst > 1 {
            words.push(format!("burst {}", self.burst));
        }
        if self.duplicate > 0 {
            words.push(format!("duplicate {}%", self.duplicate));
        }
        words.extend(self.interruptions.iter().map(|(kind, span)| format!("{kind} {span}")));
        // What is 0 is left out: a text as long as a line's may be must not get longer.
        if words.is_empty() {
            words.push("delay 0".to_owned());
        }
        f.write_str(&words.join(" "))
    }
}

impl Serialize for Line {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Line {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::NAMED;

    #[test]
    fn a_line_is_read_and_written() {
        for (name, text) in NAMED {
            let line: Line = text.parse().unwrap_or_else(|fault| panic!("{name}: {fault}"));
            assert_eq!(line.to_string(), text);
        }
        let line: Line = "delay 60+-20 part 1500ms@20s part 3s@1s".parse().expect("a line");
        assert_eq!((line.delay, line.burst, line.interruptions.len()), (60, 1, 2));
    }

    #[test]
    fn what_is_not_a_line_is_refused_with_what_to_do() {
        for (text, what) in [
            ("lag 5", "`lag` is not a part of a link"),
            ("loss", "`loss` needs a value, such as `loss 10%`"),
            ("loss 10", "`10` is not a value of `loss`"),
            ("loss 100%", "`100%` is not a value of `loss`"),
            ("delay -5", "`-5` is not a value of `delay`"),
            ("delay 99999999999999999999", "is not a value of `delay`"),
            ("burst 0", "`0` is not a value of `burst`"),
            ("part 3s", "`3s` is not a value of `part`"),
            ("part 3s@99999s", "is not a value of `part`"),
            ("delay 5 delay 6", "`delay` is given twice"),
        ] {
            let fault = text.parse::<Line>().expect_err(text).to_string();
            assert!(fault.contains(what), "{text}: {fault}");
        }
        let long = "part 1s@1s ".repeat(100);
        assert!(matches!(long.parse::<Line>(), Err(LineFault::TooLong(1100))));
    }
}
