//! Files of answers that are wrong somewhere: what is wrong is said, and nothing else is.

use std::fs::{self, OpenOptions};

use libtest_mimic::Failed;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    holds,
    offline::{lines, record, write},
    plain, rollwire_in,
};
use crate::support::Test;
use crate::support::{Finished, Outcome, ensure};

pub(crate) fn trials() -> Vec<Test> {
    plain(&[
        ("tampered_one_answer_fails_one_check", edited),
        ("tampered_one_step_fails_one_scenario", edited_step),
        ("tampered_a_missing_answer_is_an_error_of_its_check", missing),
        ("tampered_a_file_that_is_cut_is_incomplete", cut),
        ("tampered_a_second_answer_is_an_error_of_its_check", duplicated),
        ("tampered_a_foreign_line_is_an_error_of_the_check_before", foreign),
        ("tampered_a_line_has_a_limit", long),
        ("tampered_canaries_count", canary),
        ("tampered_answers_to_other_requests_are_refused", others),
        ("tampered_what_is_no_file_of_answers_is_refused", no_answers),
    ])
}

/// This many requests come first: hello, the probe, and the canaries of all messages.
const CANARIES: usize = 98;

const CHOSEN: [&str; 2] = ["--filter", "{state-hash,exchange-confirm}/*"];

/// A folder with answers to the cases about STATE_HASH and some scenarios.
struct Recorded(TempDir);

impl Recorded {
    fn new() -> Result<Self, Failed> {
        let folder = tempfile::tempdir()?;
        record(folder.path(), &CHOSEN)?;
        Ok(Self(folder))
    }

    fn answers(&self) -> Result<Vec<Value>, Failed> {
        lines(&self.0.path().join("answers.jsonl"))
    }

    fn write(&self, answers: &[Value]) -> Outcome {
        write(&self.0.path().join("answers.jsonl"), answers)
    }

    fn text(&self, text: impl AsRef<[u8]>) -> Outcome {
        Ok(fs::write(self.0.path().join("answers.jsonl"), text)?)
    }

    /// The number of the first request that is like this and no canary.
    fn place(&self, wanted: impl Fn(&Value) -> bool) -> Result<usize, Failed> {
        let requests = lines(&self.0.path().join("requests.jsonl"))?;
        Ok(requests.iter().skip(CANARIES).position(wanted).ok_or("no such request")? + CANARIES)
    }

    fn judge(&self, code: i32) -> Result<Finished, Failed> {
        let judged = [&["check", "--verbose", "--answers", "answers.jsonl"][..], &CHOSEN].concat();
        rollwire_in(self.0.path(), &judged, code)
    }

    /// One check is not passed, and this is said of it.
    fn one(&self, title: &str, said: &str) -> Outcome {
        let ran = self.judge(1)?;
        holds(&ran.stdout, title)?;
        holds(&ran.stdout, said)?;
        let failures =
            ran.stdout.matches("\nERROR  ").count() + ran.stdout.matches("\nFAIL  ").count();
        ensure(failures == 1, || format!("{failures} failures\n{}", ran.stdout))?;
        let last = ran.stdout.lines().last().unwrap_or_default();
        let one =
            last.contains(" 1 failed, 0 weak") || last.ends_with(" 0 failed, 0 weak, 1 error");
        ensure(one, || last.to_owned())
    }
}

/// The one request for the bytes of `state-hash/frame-in-hash`.
fn frame_in_hash(op: &'static str) -> impl Fn(&Value) -> bool {
    move |it| it["op"] == op && it["hex"] == "07000000050000000a0000000f"
}

fn edited() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    answers[recorded.place(frame_in_hash("decode"))?]["ok"]["fields"]["frame"] = json!(83_886_080);
    recorded.write(&answers)?;
    recorded.one(
        "FAIL  state-hash/frame-in-hash · decode · MUST · STATE_HASH-2 · wrong_value\n",
        "got       frame = 83886080   (the same bytes read little-endian)\n",
    )?;
    let ran = recorded.judge(1)?;
    holds(
        &ran.stdout,
        "again     rollwire check --filter state-hash/frame-in-hash --dump - | your_adapter\n",
    )?;
    holds(&ran.stdout, "0000000a0000000f\"}' | your_adapter\n")
}

fn edited_step() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    let confirms = |it: &Value| it["do"][0].get("confirm").is_some();
    answers[recorded.place(confirms)?]["ok"]["observations"][0]["queue"] = json!([]);
    recorded.write(&answers)?;
    // It was played twice, and only one of both is wrong.
    recorded.one(" · run · MUST · ", " · nondeterministic\n")
}

fn missing() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    let place = recorded.place(frame_in_hash("decode"))?;
    answers.remove(place);
    recorded.write(&answers)?;
    recorded.one(
        "ERROR  state-hash/frame-in-hash · decode · MUST · STATE_HASH-2 · timeout\n",
        &format!("got       answers.jsonl holds no answer to request {place}\n"),
    )
}

fn cut() -> Outcome {
    let recorded = Recorded::new()?;
    let answers = recorded.answers()?;
    let place = recorded
        .place(frame_in_hash("encode"))
        .or_else(|_| recorded.place(frame_in_hash("reencode")))?;
    let text: String = answers[..place].iter().map(|line| format!("{line}\n")).collect();
    let half = answers[place].to_string();
    recorded.text(text.clone() + &half[..half.len() - 5])?;
    let ran = recorded.judge(3)?;
    holds(
        &ran.stdout,
        "note: answers.jsonl ends in the middle of a line; that line was ignored\n",
    )?;
    holds(&ran.stdout, &format!("answers.jsonl holds no answer to request {place}\n"))?;
    holds(&ran.stdout, "incomplete: the canary: ")?;
    // A whole answer without its line end is one.
    recorded.text(text + &half)?;
    let ran = recorded.judge(3)?;
    ensure(!ran.stdout.contains("note:"), || ran.stdout.clone())?;
    let next = place + 1;
    holds(&ran.stdout, &format!("answers.jsonl holds no answer to request {next}\n"))
}

fn duplicated() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    let place = recorded.place(frame_in_hash("decode"))?;
    answers.push(answers[place].clone());
    recorded.write(&answers)?;
    let line = answers.len();
    recorded.one(
        "ERROR  state-hash/frame-in-hash · decode · MUST · adapter protocol · garbage\n",
        &format!("got       line {line} of answers.jsonl answers request {place} again\n"),
    )?;
    let note = format!("note: answers.jsonl: 1 line repeats an answer; the first is line {line}\n");
    holds(&recorded.judge(1)?.stdout, &note)
}

fn foreign() -> Outcome {
    for (foreign, said) in [
        (
            "decoding…",
            "is not JSON: `decoding…` (expected value at line 1 column 1); logs belong on standard error",
        ),
        ("{\"id\":9999999,\"ok\":{}}", "answers request 9999999, which was never sent"),
        ("{\"ok\":{}}", "answers no request: `{\"ok\":{}}`; its `id` must be that of a request"),
    ] {
        let recorded = Recorded::new()?;
        let mut text = Vec::new();
        let place = recorded.place(frame_in_hash("decode"))?;
        for (at, answer) in recorded.answers()?.iter().enumerate() {
            text.push(answer.to_string());
            if at == place {
                text.push(foreign.to_owned());
            }
        }
        recorded.text(text.join("\n") + "\n")?;
        let line = place + 2;
        recorded.one(
            "ERROR  state-hash/frame-in-hash · decode · MUST · adapter protocol · garbage\n",
            &format!("got       line {line} of answers.jsonl {said}, after the answer to request {place}\n"),
        )?;
        let note =
            format!("note: answers.jsonl: 1 line answers no request; the first is line {line}\n");
        holds(&recorded.judge(1)?.stdout, &note)?;
        // In front of everything it is hello's.
        let text = fs::read_to_string(recorded.0.path().join("answers.jsonl"))?;
        recorded.text(format!("{foreign}\n{text}"))?;
        let ran = recorded.judge(3)?;
        holds(&ran.stderr, "answers.jsonl: before it answered hello: line 1 of answers.jsonl ")?;
    }
    Ok(())
}

fn long() -> Outcome {
    let recorded = Recorded::new()?;
    let place = recorded.place(frame_in_hash("decode"))?;
    let mut text: String = recorded.answers()?.iter().map(|line| format!("{line}\n")).collect();
    let next = place + 1;
    let at = text.find(&format!("\n{{\"id\":{next},")).ok_or("the next answer")? + 1;
    text.insert_str(at, &format!("{}\n", "x".repeat(9 << 20)));
    recorded.text(text)?;
    // What stands behind it is found.
    recorded.one(
        "ERROR  state-hash/frame-in-hash · decode · MUST · adapter protocol · garbage\n",
        &format!(
            "line {} of answers.jsonl is longer than 4194304 bytes, after the answer to request {place}",
            place + 2
        ),
    )
}

fn canary() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    let requests = lines(&recorded.0.path().join("requests.jsonl"))?;
    let last = requests.iter().rposition(|it| it["op"] == "reencode" && it["hex"] == "02");
    let last = &mut answers[last.ok_or("a canary")?];
    *last = json!({"id": last["id"], "ok": {"hex": "02"}});
    recorded.write(&answers)?;
    let ran = recorded.judge(3)?;
    holds(&ran.stdout, "incomplete: the canary: reencode a PING that ends after its type got `ok`")
}

fn others() -> Outcome {
    let recorded = Recorded::new()?;
    for other in [
        &["--filter", "state-hash/*"][..],
        &["--fresh", "0"],
        &["--vectors", "../nowhere"],
        &["--filter", CHOSEN[1], "--fresh", "33", "--filter", "fresh/**"],
    ] {
        let arguments = [&["check", "--answers", "answers.jsonl"][..], other].concat();
        let ran = rollwire_in(recorded.0.path(), &arguments, 2)?;
        if other[0] != "--vectors" {
            holds(
                &ran.stderr,
                "answers.jsonl: holds the answers to other requests; give the --vectors",
            )?;
        }
    }
    let mut answers = recorded.answers()?;
    for (nonce, said) in [
        (json!("0123456789abcdef"), "`--dump` did not write the nonce \"0123456789abcdef\""),
        (json!(5), "`--dump` did not write the nonce 5"),
        (json!("0".repeat(32)), "holds the answers to other requests"),
    ] {
        answers[0]["ok"]["nonce"] = nonce;
        recorded.write(&answers)?;
        holds(&recorded.judge(2)?.stderr, said)?;
    }
    Ok(())
}

fn no_answers() -> Outcome {
    let recorded = Recorded::new()?;
    let mut answers = recorded.answers()?;
    for (hello, said) in [
        (
            json!({"id": 0, "reject": {}}),
            "the adapter answered hello with `reject`; it must answer `ok`",
        ),
        (json!({"id": 0}), "in the answer to hello: the answer has none of"),
        (json!({"id": 0, "ok": {}}), "the answer to hello lacks `nonce`"),
        (
            json!({"id": 0, "ok": {"nonce": answers[0]["ok"]["nonce"]}}),
            "the answer to hello lacks `protocol`",
        ),
        (
            json!({"id": 1, "ok": {}}),
            "answers.jsonl: holds no answer to hello, the request with id 0",
        ),
    ] {
        answers[0] = hello;
        recorded.write(&answers)?;
        holds(&recorded.judge(3)?.stderr, said)?;
    }
    recorded.text("")?;
    holds(&recorded.judge(3)?.stderr, "answers.jsonl: is empty: the adapter answered nothing")?;
    // Requests are not answers.
    fs::copy(recorded.0.path().join("requests.jsonl"), recorded.0.path().join("answers.jsonl"))?;
    holds(&recorded.judge(3)?.stderr, "holds no answer to hello")?;
    let large = OpenOptions::new().write(true).open(recorded.0.path().join("answers.jsonl"))?;
    large.set_len((1 << 30) + 1)?;
    holds(&recorded.judge(2)?.stderr, "answers.jsonl: is larger than 1073741824 bytes")?;
    for (path, said) in [(".", "is not a regular file"), ("nowhere", "nowhere: cannot be read")] {
        let ran = rollwire_in(recorded.0.path(), &["check", "--answers", path], 2)?;
        holds(&ran.stderr, said)?;
    }
    Ok(())
}
