//! Compares the expectations of a line of a scenario with an observation.

use serde_json::{Value, json};

use crate::notation::{datagram, hash, is_name, milliseconds, number};

/// Compares the expectations of one line with what was observed.
pub(crate) fn check(expectations: &[&str], observation: &Value) -> Result<(), String> {
    // A line that does not mention `sent` expects that nothing is sent.
    let is_asked = expectations.iter().any(|it| it.starts_with("sent"));
    let unasked = (!is_asked).then_some("sent -");
    for expectation in expectations.iter().copied().chain(unasked) {
        let (name, wanted) = expectation.split_once(' ').ok_or("not an expectation")?;
        let found = &observation[name];
        let holds = match (name, wanted) {
            ("verified" | "confirmed" | "episode" | "request", "none") => found.is_null(),
            ("verified" | "confirmed", frame) => *found == json!(number(frame)),
            ("validation" | "partner", state) => found == state,
            ("episode", state) => episode(found) == state,
            (_, "-") => found == &json!([]),
            ("sent", datagrams) => are_sent(datagrams, found.as_array().unwrap()),
            ("request", _) => *found == wanted.split_whitespace().map(number).collect::<Value>(),
            ("round_trips", _) => {
                *found == wanted.split_whitespace().map(milliseconds).collect::<Value>()
            }
            ("held", _) => *found == wanted.split_whitespace().map(pair).collect::<Value>(),
            _ => are_hashes(wanted, found.as_array().unwrap()),
        };
        if !holds {
            return Err(format!("expected {expectation}, observed {found}"));
        }
    }
    Ok(())
}

/// Datagrams separated by commas, or the frames of STATE_HASHes.
fn are_sent(wanted: &str, mut found: &[Value]) -> bool {
    for part in wanted.split(',').map(str::trim) {
        let count = if is_name(part) { 1 } else { part.split_whitespace().count() };
        let Some((these, rest)) = found.split_at_checked(count) else { return false };
        let holds =
            if is_name(part) { these[0] == datagram(part) } else { are_hashes(part, these) };
        if !holds {
            return false;
        }
        found = rest;
    }
    found.is_empty()
}

/// Frames, each with or without a hash.
fn are_hashes(wanted: &str, found: &[Value]) -> bool {
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let is = |(wanted, found): (&&str, &Value)| {
        let (frame, digits) = wanted.split_once('=').unwrap_or((wanted, ""));
        let (found_frame, found_digits) = frame_and_hash(found);
        found_frame == number(frame) && (digits.is_empty() || found_digits == hash(digits))
    };
    wanted.len() == found.len() && wanted.iter().zip(found).all(is)
}

/// The frame and the hash of a datagram, a pair or an event.
fn frame_and_hash(member: &Value) -> (u64, String) {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    match member {
        Value::String(datagram) => {
            assert!(datagram.len() == 26 && datagram.starts_with("07"), "{datagram}");
            (u64::from_str_radix(&datagram[2..10], 16).unwrap(), datagram[10..].to_owned())
        }
        Value::Array(pair) => (pair[0].as_u64().unwrap(), text(&pair[1])),
        event => (event["frame"].as_u64().unwrap(), text(&event["peer"])),
    }
}

/// An entry as it is shown in `held`.
fn pair(text: &str) -> Value {
    let (frame, action) = text.split_once('=').unwrap();
    json!([number(frame), number(action)])
}

/// An episode in the notation of scenarios.
fn episode(found: &Value) -> String {
    let text = |member: &str| found[member].as_str().map(str::to_owned);
    let end = found["end"].as_u64().map(|end| {
        let agreed = if found["agreed"] == true { "agreed" } else { "not-agreed" };
        format!("end {end} {agreed}")
    });
    let number = found["number"].as_u64().map(|it| it.to_string());
    let words = [number, text("phase"), end, text("start"), text("hashes")];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

mod tests {
    use super::*;

    fn found() -> Value {
        let aa = "aa".repeat(8);
        json!({
            "sent": [format!("0700000005{aa}")], "queue": [], "history": [[5, aa]],
            "verified": null, "confirmed": 3, "held": [[4, 1]], "request": [1, 8],
            "round_trips": ["403e000000000000"], "partner": "hidden", "validation": "idle",
            "episode": {"number": 0, "phase": "complete", "end": 4, "agreed": false,
                "start": "both", "hashes": null},
        })
    }

    #[test]
    fn a_right_expectation_holds() {
        let right = [
            "sent 5=aa",
            "queue -",
            "history 5",
            "verified none",
            "confirmed 3",
            "held 4=1",
            "request 1 8",
            "round_trips 30",
            "partner hidden",
            "validation idle",
            "episode 0 complete end 4 not-agreed both",
        ];
        assert_eq!(check(&right, &found()), Ok(()));
        assert_eq!(check(&["sent STATE_HASH 5 aa"], &found()), Ok(()));
    }

    #[test]
    fn a_wrong_expectation_is_noticed() {
        for wrong in [
            "sent -",
            "sent 5=bb",
            "sent 5 6",
            "sent STATE_HASH 5 aa, PING 5",
            "queue 5",
            "verified 5",
            "history -",
            "confirmed none",
            "held 4=2",
            "held -",
            "request none",
            "request 1 9",
            "round_trips 30 30",
            "partner shown",
            "validation failed",
            "episode none",
            "episode 0 complete end 4 agreed both",
        ] {
            assert!(check(&["sent 5", wrong], &found()).is_err(), "{wrong}");
        }
        assert!(check(&[], &found()).is_err(), "`sent` is always compared");
    }
}
