//! Reads what an adapter observed. Answers are hostile: every member is checked before it is used.

use rollwire_model::exchange::{Datagram, Entry, Member, Mismatch, Observation, StateHash};
use serde_json::{Map, Value as Json};

use super::{
    members::{frame, list, member, wrong},
    observe_peer::view_of,
    scan,
    visible::{Visible, by_frame},
};
use crate::{
    check::judgement::{Judgement, broken, malformed},
    protocol::{
        Answer, Malformed, hex, json,
        raw::{each_element, each_member, once},
    },
    text::shorten,
};

/// An observation may have this many bytes, whatever its scenario does.
const LONGEST_WITHOUT_STIMULI: usize = 4096;

/// An observation may have this many bytes more for each stimulus of its scenario, which adds at most an
/// entry to each list.
const LONGEST_PER_STIMULUS: usize = 1024;

/// An observation of a peer may have this many bytes more: a long advance sends thousands of datagrams.
const LONGEST_OF_PEER: usize = 512 * 1024;

/// How many observations there must be.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// How many.
    pub observations: usize,
    /// How many stimuli the scenario has.
    pub stimuli: usize,
}

impl Wanted {
    /// One for each stimulus.
    #[must_use]
    pub const fn one_for_each(stimuli: usize) -> Self {
        Self { observations: stimuli, stimuli }
    }

    fn too_few(self, found: usize) -> Malformed {
        let Self { observations: expected, stimuli } = self;
        if expected == stimuli {
            return Malformed::TooFewObservations { found, stimuli };
        }
        Malformed::ObservationsOfAdvance { found, expected }
    }

    fn too_many(self, found: usize) -> Malformed {
        let Self { observations: expected, stimuli } = self;
        if expected == stimuli {
            return Malformed::TooManyObservations { stimuli };
        }
        Malformed::ObservationsOfAdvance { found, expected }
    }
}

/// The observations in the answers to the requests of one session, in order. Members that the adapter does
/// not show are empty.
///
/// # Errors
/// The judgement on the first answer that is not `ok` or is malformed.
pub fn observations(
    answers: &[&Answer],
    wanted: Wanted,
    shown: Visible,
) -> Result<Vec<Observation>, Judgement> {
    let mut observed = Vec::new();
    for answer in answers {
        let Answer::Ok(ok) = answer else { return Err(broken(answer)) };
        let count = wanted.observations - observed.len();
        let bounds = scan::Bounds { count, length: longest(wanted.stimuli, shown) };
        match scan::observations(ok.text(), shown, bounds) {
            Some(scanned) => observed.extend(scanned),
            None => {
                read(ok.text(), wanted, shown, &mut observed).map_err(|fault| malformed(&fault))?;
            }
        }
    }
    if observed.len() == wanted.observations {
        return Ok(observed);
    }
    Err(malformed(&wanted.too_few(observed.len())))
}

/// The longest text of an observation, in bytes.
pub(super) fn longest(stimuli: usize, shown: Visible) -> usize {
    let of_peer = if shown.peer.is_some() { LONGEST_OF_PEER } else { 0 };
    LONGEST_WITHOUT_STIMULI + LONGEST_PER_STIMULUS * stimuli + of_peer
}

/// Reads the observations in the JSON text of an `ok`, in any form that JSON allows, and appends them to
/// those of earlier answers.
///
/// # Errors
/// What is wrong with the first malformed observation.
pub(super) fn read(
    ok: &str,
    wanted: Wanted,
    shown: Visible,
    observed: &mut Vec<Observation>,
) -> Result<(), Malformed> {
    let limit = longest(wanted.stimuli, shown);
    // The answers to `open` and `close` need no members.
    let mut given = None;
    each_member("ok", ok, |name, list| {
        if name != "observations" {
            return Ok(());
        }
        let member = "ok.observations";
        once(&mut given, member, list)?;
        if !list.starts_with('[') {
            return Err(Malformed::NotAList { member, found: shorten(list) });
        }
        each_element(member, list, |text| {
            if text.len() > limit {
                let (length, found) = (text.len(), json::excerpt(text));
                return Err(Malformed::ObservationTooLong { length, limit, found });
            }
            let tree = json::tree(text).map_err(|error| {
                let reason = error.to_string();
                Malformed::ObservationUnreadable { reason, found: json::excerpt(text) }
            })?;
            observed.push(observation_of(&tree, shown)?);
            if observed.len() > wanted.observations {
                return Err(wanted.too_many(observed.len()));
            }
            Ok(())
        })
    })
}

fn observation_of(json: &Json, shown: Visible) -> Result<Observation, Malformed> {
    let Json::Object(members) = json else {
        return Err(Malformed::ObservationNotAnObject(shorten(&json.to_string())));
    };
    let mut observed = Observation { sent: sent(members, shown)?, ..Observation::default() };
    if shown.shows(Member::Queue) {
        observed.queue = entries(members, "queue")?;
        observed.map = by_frame(entries(members, "map")?);
        observed.history = by_frame(entries(members, "history")?);
    }
    if shown.shows(Member::Verified) {
        observed.verified = match member(members, "verified")? {
            Json::Null => None,
            frame => Some(self::frame(frame, "verified")?),
        };
        observed.events =
            list(members, "events")?.iter().map(mismatch).collect::<Result<_, _>>()?;
    }
    observed.peer = view_of(members, shown)?;
    Ok(observed)
}

/// The datagrams that were sent and are judged.
fn sent(members: &Map<String, Json>, shown: Visible) -> Result<Vec<Datagram>, Malformed> {
    let mut sent = Vec::new();
    for datagram in list(members, "sent")? {
        let text = datagram.as_str().ok_or_else(|| wrong("sent", "hex", datagram))?;
        let bytes = hex::decode(text).map_err(Malformed::ObservationNotHex)?;
        if shown.judges(&bytes) {
            sent.push(Datagram::new(bytes));
        }
    }
    Ok(sent)
}

fn entries(members: &Map<String, Json>, name: &'static str) -> Result<Vec<Entry>, Malformed> {
    let entry = |json: &Json| match json.as_array().map(Vec::as_slice) {
        Some([frame, hash]) => Ok((self::frame(frame, name)?, self::hash(hash, name)?)),
        _ => Err(wrong(name, "pairs of frame and hash", json)),
    };
    list(members, name)?.iter().map(entry).collect()
}

fn mismatch(json: &Json) -> Result<Mismatch, Malformed> {
    let member =
        |name: &str| json.get(name).ok_or_else(|| wrong("events", "frame, local and peer", json));
    Ok(Mismatch {
        frame: frame(member("frame")?, "events")?,
        local: hash(member("local")?, "events")?,
        peer: hash(member("peer")?, "events")?,
    })
}

fn hash(json: &Json, name: &'static str) -> Result<StateHash, Malformed> {
    let hash = json.as_str().and_then(|text| StateHash::try_from(text.to_owned()).ok());
    hash.ok_or_else(|| wrong(name, "a hash of 16 lower-case hex digits", json))
}
