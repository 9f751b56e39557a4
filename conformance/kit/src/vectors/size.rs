//! Finds cases in a user's file that are too large to be asked, judged and reported.
//!
//! The limits of the parts belong together. The adapter protocol has a longest line, the runner keeps
//! answers up to a size, and an event file has a longest line, in which the parts of a failing case occur
//! several times. A case that exceeds one of these would fail whatever the adapter answers, so it is
//! refused when its file is read.

use rollwire_model::{
    Model,
    exchange::{Observation, Session},
    vectors::{Case, DigestCase, Scenario},
};

use super::{
    case::{AnyCase, Content},
    fault::MAX_FILE,
    file::file_text,
};
use crate::{protocol::Body, text::grouped};

/// The most bytes that all requests of a case may have: a quarter of the longest line of the adapter
/// protocol, and a sixteenth of the longest line of an event file.
const MAX_REQUESTS: usize = 1024 * 1024;

/// The most bytes that the right answers to a scenario may have: a quarter of what the runner keeps, because
/// an adapter may write more than it must.
const MAX_ANSWERS: usize = 8 * 1024 * 1024;

/// Whether a scenario can be read again from a file with this many scenarios of its size.
pub(crate) fn fits_in_a_file(scenario: &Scenario, scenarios: usize) -> bool {
    let text = || file_text(Content::from(scenario.clone()), "written");
    let has_room = |text: String| (text.len() * scenarios) as u64 <= MAX_FILE;
    self::scenario(scenario).is_none() && text().is_ok_and(has_room)
}

/// Why a case is too large, if it is.
pub(super) fn defect(case: &AnyCase) -> Option<String> {
    match &case.content {
        Content::Bytes(case) => bytes(case),
        Content::Scenario(scenario) => self::scenario(scenario),
        Content::Digest(case) => digest(case),
    }
}

fn bytes(case: &Case) -> Option<String> {
    let datagram = case.bytes().map(|bytes| Body::decode(bytes).len());
    let value = case.value.as_ref().map(|value| Body::encode(value).len());
    let of_outcome = case.one_of.iter().flatten();
    let values = of_outcome.filter_map(|it| it.value.as_ref()).map(|it| Body::encode(it).len());
    too_much(datagram.into_iter().chain(value).chain(values).max()?)
}

fn digest(case: &DigestCase) -> Option<String> {
    too_much(Body::digest(&case.state, case.form).len())
}

fn scenario(scenario: &Scenario) -> Option<String> {
    let mut requests = 0;
    let mut answers = 0;
    let mut session = Session::specified(&Model::latest());
    for stimulus in scenario.stimuli() {
        requests += Body::step(0, std::slice::from_ref(stimulus)).len();
        if let Some(text) = too_much(requests) {
            return Some(text);
        }
        answers += size(&session.step(stimulus));
        if answers > MAX_ANSWERS {
            let most = grouped(MAX_ANSWERS as u64);
            return Some(format!(
                "the right observations of the scenario have more than {most} bytes; use fewer steps, or \
                 ticks that empty the queue"
            ));
        }
    }
    None
}

fn too_much(length: usize) -> Option<String> {
    (length > MAX_REQUESTS).then(|| {
        let (length, most) = (grouped(length as u64), grouped(MAX_REQUESTS as u64));
        format!("its requests have {length} bytes or more; a case may have at most {most}")
    })
}

/// How many bytes an observation has as JSON, roughly.
fn size(observation: &Observation) -> usize {
    let entries = observation.queue.len() + observation.map.len() + observation.history.len();
    100 + 32 * (entries + observation.sent.len()) + 80 * observation.events.len()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::json;

    use crate::vectors::VectorSet;

    fn fault(file: &serde_json::Value) -> String {
        match VectorSet::from_text(Path::new("f.json"), &file.to_string()) {
            Ok(_) => String::new(),
            Err(fault) => fault.to_string(),
        }
    }

    fn scenario(steps: usize) -> serde_json::Value {
        let step = |frame| json!({"do": {"confirm": {"frame": frame, "hash": "aaaaaaaaaaaaaaaa"}}});
        let steps: Vec<_> = (0..steps).map(step).collect();
        json!({"vectors": 1, "kind": "scenario", "topic": "x", "cases": [{
            "id": "x/long", "since": 4, "rules": ["EXCH-1"], "level": "must", "comment": "x",
            "flags": [], "source": "hand", "precondition": {"step": 0, "state": {}},
            "steps": steps, "checks": ["run"],
        }]})
    }

    fn digest(length: usize) -> serde_json::Value {
        let state = format!("[{}0]", "0,".repeat(length / 2));
        json!({"vectors": 1, "kind": "digest", "topic": "x", "cases": [{
            "id": "x/long", "since": 5, "rules": ["DIGEST-26"], "level": "must", "comment": "x",
            "flags": [], "source": "hand", "form": "state_hash", "state": state,
            "reject": "text", "checks": ["digest"],
        }]})
    }

    fn datagram(length: usize) -> serde_json::Value {
        json!({"vectors": 1, "topic": "x", "cases": [{
            "id": "x/long", "since": 1, "rules": ["WIRE-1"], "level": "must", "comment": "x",
            "flags": [], "source": "hand", "hex": "ff".repeat(length), "reject": "unknown_type",
            "checks": ["decode"],
        }]})
    }

    #[test]
    fn what_no_answer_could_pass_is_refused_when_the_file_is_read() {
        assert_eq!(fault(&scenario(300)), "");
        let long = fault(&scenario(4000));
        assert!(
            long.contains("the right observations of the scenario have more than 8,388,608"),
            "{long}"
        );
        assert_eq!(fault(&digest(900_000)), "");
        let long = fault(&digest(1_100_000));
        assert!(long.contains("its requests have 1,100,0"), "{long}");
        assert_eq!(fault(&datagram(500_000)), "");
        let long = fault(&datagram(600_000));
        assert!(
            long.contains("f.json: not a valid vector file: case `x/long`: its requests have 1,2"),
            "{long}"
        );
    }
}
