//! Reads what an adapter observed of a peer, besides its exchange.

use rollwire_model::{
    exchange::Member,
    peer::{Double, View},
};
use serde_json::{Map, Value as Json};

use super::{
    members::{frame, list, member, wrong},
    visible::Visible,
};
use crate::protocol::Malformed;

/// The members of a peer that are shown; the others are as in a new peer.
///
/// # Errors
/// What is wrong with the first malformed member.
pub(super) fn view_of(members: &Map<String, Json>, shown: Visible) -> Result<View, Malformed> {
    let mut view = View::default();
    if shown.shows(Member::Confirmed) {
        view.confirmed = match member(members, "confirmed")? {
            Json::Null => None,
            json => Some(frame(json, "confirmed")?),
        };
        view.held = list(members, "held")?.iter().map(held).collect::<Result<_, _>>()?;
        view.held.sort_by_key(|entry| entry.0);
    }
    if shown.shows(Member::RoundTrips) {
        let trips = list(members, "round_trips")?;
        view.round_trips = trips.iter().map(round_trip).collect::<Result<_, _>>()?;
    }
    if shown.shows(Member::Validation) {
        let expected = "idle, validating, validated or failed";
        view.validation = parsed(members, "validation", expected)?;
    }
    if shown.shows(Member::Episode) {
        let expected = "null, or an object with number, phase, end, agreed, start and hashes";
        view.episode = parsed(members, "episode", expected)?;
    }
    if shown.shows(Member::Request) {
        view.request = parsed(members, "request", "null, or a pair of frames")?;
    }
    if shown.shows(Member::Partner) {
        view.partner = parsed(members, "partner", "shown or hidden")?;
    }
    Ok(view)
}

fn held(json: &Json) -> Result<(u32, u8), Malformed> {
    let fault = || wrong("held", "pairs of frame and action", json);
    let Some([entry, action]) = json.as_array().map(Vec::as_slice) else { return Err(fault()) };
    let action = action.as_u64().and_then(|action| u8::try_from(action).ok());
    Ok((frame(entry, "held")?, action.ok_or_else(fault)?))
}

fn round_trip(json: &Json) -> Result<Double, Malformed> {
    let double = json.as_str().and_then(|text| Double::try_from(text.to_owned()).ok());
    double.ok_or_else(|| wrong("round_trips", "doubles of 16 lower-case hex digits", json))
}

/// A member in the form that the model gives it.
fn parsed<T: serde::de::DeserializeOwned>(
    members: &Map<String, Json>,
    name: &'static str,
    expected: &'static str,
) -> Result<T, Malformed> {
    let json = member(members, name)?;
    serde_json::from_value(json.clone()).map_err(|_| wrong(name, expected, json))
}
