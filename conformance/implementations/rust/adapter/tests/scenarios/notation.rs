//! From the notation of scenarios to the requests of the adapter protocol.

use rollwire_reference::exchange::HashSends;
use rollwire_reference_adapter::{Options, Sessions, answer_within};
use serde_json::{Value, json};

/// Two digits are short for the same two digits, eight times.
pub(crate) fn hash(text: &str) -> String {
    assert!([2, 16].contains(&text.len()), "not a hash: {text}");
    text.repeat(16 / text.len())
}

pub(crate) fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

/// What comes before the first observation of a scenario.
pub(crate) struct Opening {
    /// What the adapter is started with.
    pub(crate) options: Options,
    /// The request that opens the session.
    pub(crate) open: Value,
    pub(crate) before: Vec<Value>,
}

/// Whether the first line of a scenario says how to open its session, instead of a stimulus.
pub(crate) fn is_opening(line: &str) -> bool {
    line.starts_with("peer ") || line.starts_with("exchange ")
}

/// What follows from the first line of a scenario.
pub(crate) fn opening(line: &str) -> Opening {
    let mut open = json!({"id": 1, "op": "open", "session": 3});
    let mut options = Options::default();
    let (local, first_frame, states) = match line.split_whitespace().collect::<Vec<_>>()[..] {
        ["peer", local, first_frame, ref states @ ..] => (local, first_frame, states.to_vec()),
        ["exchange", "lasting-hashes", sends] => {
            options.lasting_hashes = Some(match sends {
                "1" => HashSends::Once,
                "2" => HashSends::Twice,
                "3" => HashSends::ThreeTimes,
                _ => panic!("not a number of sends: {sends}"),
            });
            return Opening { options, open, before: Vec::new() };
        }
        _ => return Opening { options, open, before: Vec::new() },
    };
    open["peer"] = json!({"local": number(local), "first_frame": number(first_frame)});
    let before = |state: &&str| match *state {
        "started" => vec!["ready aaaaaaaa", "recv EPISODE_READY 1 aaaaaaaa"],
        "validated" => vec!["advance 100", "recv VALIDATION_PONG 100", "recv VALIDATION_PING 0"],
        _ => panic!("not a state: {state}"),
    };
    let before = states.iter().flat_map(before).map(stimulus).collect();
    Opening { options, open, before }
}

pub(crate) fn stimulus(text: &str) -> Value {
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["confirm", frame, it] => json!({"confirm": {"frame": number(frame), "hash": hash(it)}}),
        ["tick"] => json!({"tick": {}}),
        ["recv", name, ..] if is_name(name) => json!({"recv": datagram(&text["recv ".len()..])}),
        ["recv", ref digits @ ..] => json!({"recv": digits.concat()}),
        ["rollback", "begin", frame] => json!({"rollback": {"begin": number(frame)}}),
        ["rollback", "end"] => json!({"rollback": "end"}),
        ["reset"] => json!({"reset": {}}),
        ["channel", it] => json!({"channel": it}),
        ["sends", "accept", accept, "refuse", refuse, "by", how, ref types @ ..] => {
            let refuse = if refuse == "all" { json!("all") } else { json!(number(refuse)) };
            let mut sends = json!({"accept": number(accept), "refuse": refuse, "how": how});
            if let ["types", bytes @ ..] = types {
                let byte = |it: &&str| u8::from_str_radix(it, 16).unwrap();
                sends["types"] = bytes.iter().map(byte).collect();
            }
            json!({"sends": sends})
        }
        ["advance", time] => json!({"advance": number(time)}),
        ["act", frame, action] => {
            json!({"act": {"frame": number(frame), "action": number(action)}})
        }
        ["ready", it] => json!({"ready": {"hash": it}}),
        ["ended", frame] => json!({"ended": {"frame": number(frame)}}),
        ["catch_up"] => json!({"catch_up": {}}),
        ["focus", state @ ("shown" | "hidden"), frame] => {
            json!({"focus": {"shown": state == "shown", "frame": number(frame)}})
        }
        _ => panic!("not a stimulus: {text}"),
    }
}

/// Whether a word is the name of a message; hex has lower-case digits.
pub(crate) fn is_name(word: &str) -> bool {
    word.starts_with(|it: char| it.is_ascii_uppercase())
}

/// The hex of a datagram that is written as its message and its fields.
pub(crate) fn datagram(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let fields = match words[..] {
        ["INPUT", player, current, ref list @ ..] => json!({"player": number(player),
            "current_frame": number(current), "entries": entries(list)}),
        ["PING" | "PONG" | "VALIDATION_PING" | "VALIDATION_PONG", it] => {
            json!({"timestamp": timestamp(it)})
        }
        ["KEEPALIVE"] => json!({}),
        ["EPISODE_END", frame, episode] => {
            json!({"frame": number(frame), "episode": number(episode)})
        }
        ["EPISODE_READY", episode, it] => json!({"episode": number(episode), "hash": it}),
        ["STATE_HASH", frame, it] => json!({"frame": number(frame), "hash": hash(it)}),
        ["INPUT_REQUEST", start, end] => json!({"start": number(start), "end": number(end)}),
        ["INPUT_RESPONSE", player, ref list @ ..] => {
            json!({"player": number(player), "entries": entries(list)})
        }
        ["FOCUS_STATE", state, frame] => {
            json!({"focused": number(state) == 1, "frame": number(frame)})
        }
        _ => panic!("not a message: {text}"),
    };
    let name = words[0].to_lowercase();
    let request = json!({"id": 1, "op": "encode", "type": name, "fields": fields});
    let answer = answer_within(&mut Sessions::default(), request.to_string().as_bytes());
    answer["ok"]["hex"].as_str().unwrap_or_else(|| panic!("{text}: {answer}")).to_owned()
}

/// Whole milliseconds, or the digits themselves.
fn timestamp(text: &str) -> String {
    match text.strip_prefix("0x") {
        Some(digits) => digits.to_owned(),
        None => milliseconds(text),
    }
}

/// The bits of a double as hex digits.
pub(crate) fn milliseconds(text: &str) -> String {
    format!("{:016x}", text.parse::<f64>().unwrap().to_bits())
}

fn entries(list: &[&str]) -> Value {
    let entry = |text: &&str| {
        let (frame, action) = text.split_once('=').unwrap();
        json!({"frame": number(frame), "action": number(action)})
    };
    list.iter().map(entry).collect()
}
