//! The generated cases: one file per topic, and what the topics share.

mod entries;
mod episode_end;
mod episode_ready;
pub(super) mod exchange;
mod focus_state;
mod hash_texts;
mod input;
mod input_request;
mod input_response;
mod integers;
mod keepalive;
mod lengths;
pub(super) mod peer;
mod state_hash;
mod timestamps;
mod unknown_type;
mod wire;

use crate::{
    Layout,
    vectors::{case::Case, family::Family},
};

pub(super) use self::unknown_type::typical;

/// The topics of the codec files: every message, then what belongs to none.
pub(super) fn topics(layout: &Layout) -> Vec<String> {
    let messages = layout.messages.iter().map(|message| message.name.clone());
    messages.chain(["unknown_type".to_owned(), "wire".to_owned()]).collect()
}

/// The cases that the model makes for a topic; none for a topic that it does not know.
///
/// # Errors
///
/// The id of a case that is not what its author meant it to be.
pub fn generated(layout: &Layout, topic: &str) -> Result<Vec<Case>, String> {
    let mut family = Family::new(layout, topic);
    match topic {
        "input" => input::cases(&mut family),
        "ping" => timestamps::cases(&mut family, &timestamps::PING),
        "pong" => timestamps::cases(&mut family, &timestamps::PONG),
        "keepalive" => keepalive::cases(&mut family),
        "episode_end" => episode_end::cases(&mut family),
        "episode_ready" => episode_ready::cases(&mut family),
        "state_hash" => state_hash::cases(&mut family),
        "validation_ping" => timestamps::cases(&mut family, &timestamps::VALIDATION_PING),
        "validation_pong" => timestamps::cases(&mut family, &timestamps::VALIDATION_PONG),
        "input_request" => input_request::cases(&mut family),
        "input_response" => input_response::cases(&mut family),
        "focus_state" => focus_state::cases(&mut family),
        "unknown_type" => unknown_type::cases(&mut family, layout),
        "wire" => wire::cases(&mut family, layout),
        _ => {}
    }
    family.finish()
}
