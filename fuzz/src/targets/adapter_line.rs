//! Hostile lines from an adapter into the parser of answers, the hello and the judges: no panic, the same
//! lines in whatever pieces they arrive, error texts of one short line, and a pass only if a second
//! parser agrees that the answer is right. The input is the index of a question in two bytes,
//! little-endian, then what the adapter writes.

use std::collections::BTreeMap;

use rollwire_conformance::{
    check::{
        bytes::{judge::judge, plan::Planned},
        judgement::{Answered, Judgement, same_value},
        scenario::{
            self,
            observe::{Wanted, observations},
            visible::Visible,
        },
    },
    protocol::{Answer, Hello, Implementation, Line, LineFault, Lines, parse_line},
    runner::Reply,
    vectors::Origin,
    verdict::{Code, Verdict},
};
use rollwire_model::{Grade, Layout, Outcome, Value, vectors::large_cases};
use serde_json::Value as Json;

use crate::{
    hello::FULL_HELLO,
    printable::assert_printable_line,
    questions::{NONCE, QUESTIONS, Question},
};

thread_local! {
    /// The decoding of every value that is too long to be stored.
    static LONG: Vec<Planned> = large_cases()
        .into_iter()
        .flat_map(|case| Planned::all(case, Origin::Published, &FULL_HELLO))
        .filter(|check| check.long.is_some())
        .collect();
}

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Some((index, output)) = bytes.split_first_chunk() else { return };
    let index = usize::from(u16::from_le_bytes(*index));
    let question = &QUESTIONS[index % QUESTIONS.len()];
    for line in lines(&[output, b"\n"].concat(), 1 + index % LONGEST_PIECE) {
        read(question, &line);
    }
}

/// A pipe delivers bytes, not lines. Pieces this short split nearly every line.
const LONGEST_PIECE: usize = 64;

/// The lines of a stream that arrives in pieces of this length. Panics if they depend on it.
fn lines(stream: &[u8], piece: usize) -> Vec<Vec<u8>> {
    let mut lines = Lines::default();
    let mut found = Vec::new();
    for piece in stream.chunks(piece) {
        let each = |line: &[u8]| {
            found.push(line.to_vec());
            Ok::<(), LineFault>(())
        };
        lines.push(piece, each).expect("none of these lines is too long");
    }
    let ended = stream.split(|byte| *byte == b'\n').map(|it| it.strip_suffix(b"\r").unwrap_or(it));
    let expected: Vec<_> = ended.filter(|line| !line.is_empty()).collect();
    assert_eq!(found, expected, "lines in pieces of {piece} bytes");
    assert_eq!(lines.begun(), b"", "the stream ends with a line");
    found
}

fn read(question: &Question, line: &[u8]) {
    match parse_line(line) {
        Err(fault) => assert_printable_line(&fault.to_string()),
        Ok(Line { answer: Err(malformed), .. }) => assert_printable_line(&malformed.to_string()),
        Ok(Line { answer: Ok(answer), .. }) => {
            assert!(answer.len() <= line.len(), "an answer is longer than its line");
            judge_answer(question, answer, line);
        }
    }
}

fn judge_answer(question: &Question, answer: Answer, line: &[u8]) {
    match question {
        Question::Hello => read_hello(&answer),
        Question::Check(outcomes) => {
            let judgement = judge(outcomes, Reply::Answered(vec![answer]));
            assert_consistent(&judgement);
            if judgement.verdict == Verdict::Pass {
                assert!(is_right(outcomes, line), "{judgement:?} of {:?}", text(line));
            }
        }
        Question::Long => {
            LONG.with(|checks| {
                assert!(!checks.is_empty(), "no published value is too long to be stored");
                for check in checks {
                    assert_consistent(&check.judge(Reply::Answered(vec![answer.clone()])));
                }
            });
        }
        Question::Step(expected) => {
            let wanted = Wanted::one_for_each(expected.len());
            match observations(&[&answer], wanted, Visible::ALL) {
                Err(judgement) => assert_consistent(&judgement),
                Ok(observed) => {
                    let mut pairs = expected.iter().zip(&observed);
                    let wrong = pairs.find_map(|(expected, got)| {
                        scenario::judge::first_member(expected, got, Visible::ALL)
                    });
                    assert_eq!(wrong.is_none(), observed == *expected, "{wrong:?} in {observed:?}");
                }
            }
        }
    }
}

fn read_hello(answer: &Answer) {
    let Answer::Ok(members) = answer else { return };
    match members.read() {
        Err(malformed) => assert_printable_line(&malformed.to_string()),
        Ok(members) => match Hello::from_ok(&members, NONCE) {
            Err(faults) => {
                faults.all().iter().for_each(|fault| assert_printable_line(&fault.to_string()));
            }
            Ok(hello) => {
                assert!((1..=65_536).contains(&hello.window), "{hello:?}");
                assert!((1..=65_536).contains(&hello.sessions), "{hello:?}");
                assert!((1..=Layout::builtin().revision).contains(&hello.revision), "{hello:?}");
                let Implementation { name, version, language } = &hello.implementation;
                [name, version, language].into_iter().for_each(|text| assert_printable_line(text));
            }
        },
    }
}

/// Panics unless the verdict belongs to the code, and every text about the answer is a short line.
fn assert_consistent(judgement: &Judgement) {
    let verdict = judgement.code.map_or(Verdict::Pass, Code::verdict);
    assert_eq!(judgement.verdict, verdict, "{judgement:?}");
    match &judgement.got {
        Answered::Different { path, expected, got } => {
            [path, expected, got].into_iter().for_each(|text| assert_printable_line(text));
        }
        Answered::Long(text) => assert_printable_line(text),
        // An adapter's own words are made safe where they are printed.
        Answered::Nothing(_)
        | Answered::Value(_)
        | Answered::Bytes(_)
        | Answered::Reject { .. } => {}
    }
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}

/// Whether a parser that builds a tree of the line finds a right outcome in it.
fn is_right(outcomes: &[(Grade, Outcome)], line: &[u8]) -> bool {
    let Ok(members) = serde_json::from_slice::<BTreeMap<String, Json>>(line) else { return false };
    outcomes.iter().filter(|(grade, _)| *grade == Grade::Pass).any(|(_, outcome)| match outcome {
        Outcome::Value(expected) => members.get("ok").is_some_and(|ok| {
            let fields = ok.get("fields").and_then(Json::as_object);
            let message = ok.get("type").and_then(Json::as_str);
            message.zip(fields).is_some_and(|(message, fields)| {
                let got = Value { message: message.to_owned(), fields: fields.clone() };
                same_value(expected, &got)
            })
        }),
        Outcome::Bytes(expected) => {
            let hex = members.get("ok").and_then(|ok| ok.get("hex")).and_then(Json::as_str);
            hex.is_some_and(|hex| hex.to_ascii_lowercase() == rollwire_model::hex::plain(expected))
        }
        Outcome::Reject(class) => members.get("reject").is_some_and(|reject| {
            reject.get("class").is_none_or(|it| it.is_null() || it == class.as_str())
        }),
    })
}
