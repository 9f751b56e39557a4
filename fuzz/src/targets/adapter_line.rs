//! Hostile lines into the runner's protocol reader, hello, and the judges behind it: never a panic, the
//! same lines in whatever pieces they come, a text of one short line about whatever is wrong, and a
//! pass only for what a reader of trees finds right too. The input is the number of a question in two
//! bytes, the lowest first, then what the adapter writes.

use std::{collections::BTreeMap, sync::LazyLock};

use rollwire_conformance::{check::{bytes::{judge::judge, long::judge_long}, judgement::{Got, Judgement, same_value}, scenario::{self, observe::{Shown, observations}}}, protocol::{Answer, Hello, Implementation, Line, LineFault, Lines, parse_line}, runner::Reply, verdict::{Code, Verdict}};
use rollwire_model::{
    Grade, Layout, Model, Outcome, Value,
    exchange::{Observation, Session, Stimulus},
    vectors::{LongValue, large_cases},
};
use serde_json::Value as Json;

use crate::{seeds, shown::assert_one_line};

/// The nonce that hello has to send back.
pub const NONCE: &str = "7f3a";

/// What was asked, and so what may be answered.
#[derive(Debug)]
pub enum Question {
    /// Who answers.
    Hello,
    /// A check about bytes.
    Check(Vec<(Grade, Outcome)>),
    /// The decode of the longest INPUT_RESPONSE.
    Long,
    /// All stimuli of a scenario in one step, with their right observations.
    Step(Vec<Observation>),
}

/// Every question of the published vectors; they are asked by their numbers.
pub static QUESTIONS: LazyLock<Vec<Question>> = LazyLock::new(|| {
    let model = Model::latest();
    let mut questions = vec![Question::Hello, Question::Long];
    questions.extend(seeds::outcomes(&model).map(Question::Check));
    questions.extend(seeds::scenarios().map(|stimuli| Question::Step(observed(&model, &stimuli))));
    questions
});

static LONG: LazyLock<Vec<LongValue>> =
    LazyLock::new(|| large_cases().iter().filter_map(|case| case.long).collect());

fn observed(model: &Model, stimuli: &[Stimulus]) -> Vec<Observation> {
    let mut session = Session::specified(model);
    stimuli.iter().map(|stimulus| session.step(stimulus)).collect()
}

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Some((number, written)) = bytes.split_first_chunk() else { return };
    let number = usize::from(u16::from_le_bytes(*number));
    let question = &QUESTIONS[number % QUESTIONS.len()];
    for line in lines(&[written, b"\n"].concat(), 1 + number % LONGEST_PIECE) {
        read(question, &line);
    }
}

/// A pipe hands out what is in it, not lines; pieces as short as these cut every line somewhere.
const LONGEST_PIECE: usize = 64;

/// The lines of a stream that comes in pieces of this length. Panics where they depend on it.
fn lines(stream: &[u8], piece: usize) -> Vec<Vec<u8>> {
    let mut lines = Lines::default();
    let mut seen = Vec::new();
    for piece in stream.chunks(piece) {
        let each = |line: &[u8]| {
            seen.push(line.to_vec());
            Ok::<(), LineFault>(())
        };
        lines.push(piece, each).expect("none of these lines is too long");
    }
    let ended = stream.split(|byte| *byte == b'\n').map(|it| it.strip_suffix(b"\r").unwrap_or(it));
    let expected: Vec<_> = ended.filter(|line| !line.is_empty()).collect();
    assert_eq!(seen, expected, "lines in pieces of {piece} bytes");
    assert_eq!(lines.begun(), b"", "the stream ends with a line");
    seen
}

fn read(question: &Question, line: &[u8]) {
    match parse_line(line) {
        Err(fault) => assert_one_line(&fault.to_string()),
        Ok(Line { answer: Err(text), .. }) => assert_one_line(&text),
        Ok(Line { answer: Ok(answer), .. }) => {
            assert!(answer.len() <= line.len(), "an answer is longer than its line");
            weigh(question, answer, line);
        }
    }
}

fn weigh(question: &Question, answer: Answer, line: &[u8]) {
    match question {
        Question::Hello => hello(&answer),
        Question::Check(outcomes) => {
            let judgement = judge(outcomes, Reply::Answered(vec![answer]));
            assert_consistent(&judgement);
            if judgement.verdict == Verdict::Pass {
                assert!(right(outcomes, line), "{judgement:?} of {:?}", text(line));
            }
        }
        Question::Long => {
            for value in LONG.iter() {
                assert_consistent(&judge_long(value, Reply::Answered(vec![answer.clone()])));
            }
        }
        Question::Step(expected) => match observations(&[&answer], expected.len(), Shown::ALL) {
            Err(judgement) => assert_consistent(&judgement),
            Ok(seen) => {
                let wrong = exchange::judge::judge(expected.iter().cloned(), &seen, Shown::ALL);
                assert_eq!(wrong.is_none(), seen == *expected, "{wrong:?} in {seen:?}");
            }
        },
    }
}

fn hello(answer: &Answer) {
    let Answer::Ok(members) = answer else { return };
    match members.read() {
        Err(text) => assert_one_line(&text),
        Ok(members) => match Hello::from_ok(&members, NONCE) {
            Err(fault) => assert_one_line(&fault.to_string()),
            Ok(hello) => {
                assert!((1..=65_536).contains(&hello.window), "{hello:?}");
                assert!((1..=65_536).contains(&hello.sessions), "{hello:?}");
                assert!((1..=Layout::builtin().revision).contains(&hello.revision), "{hello:?}");
                let Implementation { name, version, language } = &hello.implementation;
                [name, version, language].into_iter().for_each(|text| assert_one_line(text));
            }
        },
    }
}

/// A verdict and its code belong together, and a text about what was answered is a short line.
fn assert_consistent(judgement: &Judgement) {
    let verdict = judgement.code.map_or(Verdict::Pass, Code::verdict);
    assert_eq!(judgement.verdict, verdict, "{judgement:?}");
    match &judgement.got {
        Got::Different { path, expected, got } => {
            [path, expected, got].into_iter().for_each(|text| assert_one_line(text));
        }
        Got::Long(text) => assert_one_line(text),
        // An adapter's own words are made safe where they are shown.
        Got::Nothing(_) | Got::Value(_) | Got::Bytes(_) | Got::Reject { .. } => {}
    }
}

fn text(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}

/// Whether a reader that makes a tree of the line finds one of the outcomes in it.
fn right(outcomes: &[(Grade, Outcome)], line: &[u8]) -> bool {
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
