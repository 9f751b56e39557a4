//! Reads what an adapter observed. Its answers are hostile: every member is checked before it counts.

use rollwire_model::exchange::{Datagram, Entry, Mismatch, Observation, StateHash};
use serde_json::{Map, Value as Json};

use super::{
    scan,
    visible::{Visible, by_frame},
};
use crate::{
    check::judgement::{Judgement, broken, error},
    protocol::{
        Answer,
        raw::{each_element, each_member},
    },
    text::shorten,
    verdict::Code,
};

/// The longest text of an observation: so many bytes, and so many more for each stimulus, which adds
/// at most an entry to each list.
const SMALL: usize = 4096;
const LARGEST_STIMULUS: usize = 1024;

/// The observations in the answers to the requests of one session, in order. Members that are not
/// shown are empty.
///
/// # Errors
/// The first answer that is none, as a verdict.
pub fn observations(
    answers: &[&Answer],
    stimuli: usize,
    shown: Visible,
) -> Result<Vec<Observation>, Judgement> {
    let malformed = |text: String| error(Code::Malformed, text);
    let mut seen = Vec::new();
    for answer in answers {
        let Answer::Ok(ok) = answer else { return Err(broken(answer)) };
        let bounds = scan::Bounds { count: stimuli - seen.len(), length: longest(stimuli) };
        match scan::observations(ok.text(), shown, bounds) {
            Some(scanned) => seen.extend(scanned),
            None => read(ok.text(), stimuli, shown, &mut seen).map_err(malformed)?,
        }
    }
    if seen.len() == stimuli {
        return Ok(seen);
    }
    Err(malformed(counted(&seen.len().to_string(), stimuli)))
}

/// The longest text of an observation, in bytes.
pub(super) fn longest(stimuli: usize) -> usize {
    SMALL + LARGEST_STIMULUS * stimuli
}

/// Reads the observations in the JSON text of an `ok`, however they are written, and adds them to those
/// that were seen before.
///
/// # Errors
/// What is wrong with the first observation that is none.
pub(super) fn read(
    ok: &str,
    stimuli: usize,
    shown: Visible,
    seen: &mut Vec<Observation>,
) -> Result<(), String> {
    let longest = longest(stimuli);
    // Nothing is asked of the answers to open and close but that they are `ok`.
    each_member(ok, |name, list| {
        if name != "observations" {
            return Ok(());
        }
        if !list.starts_with('[') {
            let found = shorten(list);
            return Err(format!("`ok.observations` of the answer is not a list: {found}"));
        }
        each_element(list, |observation| {
            if observation.len() > longest {
                let length = observation.len();
                return Err(format!("an observation has {length} bytes: {}", shorten(observation)));
            }
            let json = serde_json::from_str(observation).map_err(|error| {
                format!("an observation cannot be read: {error}: {}", shorten(observation))
            })?;
            seen.push(observation_of(&json, shown)?);
            if seen.len() > stimuli {
                Err(counted(&format!("more than {stimuli}"), stimuli))
            } else {
                Ok(())
            }
        })
    })
}

fn counted(found: &str, stimuli: usize) -> String {
    format!("{found} observations of {stimuli} stimuli; expected one of each")
}

fn observation_of(json: &Json, shown: Visible) -> Result<Observation, String> {
    let Json::Object(members) = json else {
        return Err(format!("an observation is not an object: {}", shorten(&json.to_string())));
    };
    let mut seen = Observation { sent: sent(members)?, ..Observation::default() };
    if shown.inspect {
        seen.queue = entries(members, "queue")?;
        seen.map = by_frame(entries(members, "map")?);
        seen.history = by_frame(entries(members, "history")?);
    }
    if shown.detect {
        seen.verified = match member(members, "verified")? {
            Json::Null => None,
            frame => Some(self::frame(frame, "verified")?),
        };
        seen.events = list(members, "events")?.iter().map(mismatch).collect::<Result<_, _>>()?;
    }
    Ok(seen)
}

/// The STATE_HASHes that were sent; what else a full peer sends is not judged.
fn sent(members: &Map<String, Json>) -> Result<Vec<Datagram>, String> {
    let mut sent = Vec::new();
    for datagram in list(members, "sent")? {
        let text = datagram.as_str().ok_or_else(|| wrong("sent", "hex", datagram))?;
        let bytes = crate::protocol::hex::decode(text)
            .map_err(|fault| format!("`sent` of an observation holds no hex: {fault}"))?;
        if bytes.first() == Some(&0x07) {
            sent.push(Datagram::new(bytes));
        }
    }
    Ok(sent)
}

fn entries(members: &Map<String, Json>, name: &str) -> Result<Vec<Entry>, String> {
    let entry = |json: &Json| match json.as_array().map(Vec::as_slice) {
        Some([frame, hash]) => Ok((self::frame(frame, name)?, self::hash(hash, name)?)),
        _ => Err(wrong(name, "pairs of frame and hash", json)),
    };
    list(members, name)?.iter().map(entry).collect()
}

fn mismatch(json: &Json) -> Result<Mismatch, String> {
    let part =
        |name: &str| json.get(name).ok_or_else(|| wrong("events", "frame, local and peer", json));
    Ok(Mismatch {
        frame: frame(part("frame")?, "events")?,
        local: hash(part("local")?, "events")?,
        peer: hash(part("peer")?, "events")?,
    })
}

fn frame(json: &Json, name: &str) -> Result<u32, String> {
    let frame = json.as_u64().and_then(|frame| u32::try_from(frame).ok());
    frame.ok_or_else(|| wrong(name, "a frame, 0 to 4294967295", json))
}

fn hash(json: &Json, name: &str) -> Result<StateHash, String> {
    let hash = json.as_str().and_then(|text| StateHash::try_from(text.to_owned()).ok());
    hash.ok_or_else(|| wrong(name, "a hash of 16 lower-case hex digits", json))
}

fn list<'a>(members: &'a Map<String, Json>, name: &str) -> Result<&'a Vec<Json>, String> {
    let json = member(members, name)?;
    json.as_array().ok_or_else(|| wrong(name, "a list", json))
}

fn member<'a>(members: &'a Map<String, Json>, name: &str) -> Result<&'a Json, String> {
    members.get(name).ok_or_else(|| format!("an observation lacks `{name}`"))
}

fn wrong(name: &str, expected: &str, found: &Json) -> String {
    let found = shorten(&found.to_string());
    format!("`{name}` of an observation holds {found}; expected {expected}")
}
