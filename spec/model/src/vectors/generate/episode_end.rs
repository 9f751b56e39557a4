//! `EPISODE_END`: frame and episode.

use serde_json::json;

use super::{
    integers::{bad_integers, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let whole = "05 000001c2 00000002";
    family.accept(
        "basic",
        "EPISODE_END-1",
        whole,
        "basic",
        "episode 2 ended at frame 450, in exactly 9 bytes",
    );
    prefixes(family, whole, 1..9, |field| match field {
        "frame" => "a reader that fills up with zeros ends the episode at an early frame",
        _ => "a reader that fills up with zeros ends episode 0",
    });
    surplus(family, whole);
    u32_field(family, "frame", "EPISODE_END-2", |digits| format!("05 {digits} 00000002"));
    u32_field(family, "episode", "EPISODE_END-3", |digits| format!("05 000001c2 {digits}"));

    let value =
        |frame, episode| Value::new("episode_end").with("frame", frame).with("episode", episode);
    let greatest = value(json!(u32::MAX), json!(u32::MAX));
    let comment = "both fields at their greatest number: the last values before a refusal";
    family.accept_value("encode-both-max", "EPISODE_END-4", greatest, "boundary", comment);
    bad_integers(family, "frame", u64::from(u32::MAX), |json| value(json, json!(2)));
    bad_integers(family, "episode", u64::from(u32::MAX), |json| value(json!(450), json));
}
