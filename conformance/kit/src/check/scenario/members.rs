//! The members of an observation: each is checked before it is used.

use serde_json::{Map, Value as Json};

use crate::{protocol::Malformed, text::shorten};

pub(super) fn frame(json: &Json, name: &'static str) -> Result<u32, Malformed> {
    let frame = json.as_u64().and_then(|frame| u32::try_from(frame).ok());
    frame.ok_or_else(|| wrong(name, "a frame, 0 to 4294967295", json))
}

pub(super) fn list<'a>(
    members: &'a Map<String, Json>,
    name: &'static str,
) -> Result<&'a Vec<Json>, Malformed> {
    let json = member(members, name)?;
    json.as_array().ok_or_else(|| wrong(name, "a list", json))
}

pub(super) fn member<'a>(
    members: &'a Map<String, Json>,
    name: &'static str,
) -> Result<&'a Json, Malformed> {
    members.get(name).ok_or(Malformed::ObservationLacks(name))
}

pub(super) fn wrong(member: &'static str, expected: &'static str, found: &Json) -> Malformed {
    Malformed::ObservationMember { member, found: shorten(&found.to_string()), expected }
}
