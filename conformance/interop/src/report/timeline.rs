//! The datagrams of a failed game, as lines.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::{Model, exchange::Datagram, peer::Message};

use crate::{
    pair::Failure,
    play::{Moment, Step},
};

/// How many datagrams before the failure are shown, whatever they are.
const NEWEST: usize = 5;

/// How many more are shown of those that are rare: not inputs, and not about round trips.
const RARE: usize = 10;

/// The last datagrams before a game failed: when each was sent, by whom, what it is, and when it arrived.
pub(super) fn lines(failure: &Failure) -> Vec<String> {
    let mut arrived: BTreeMap<(usize, u64), Vec<u64>> = BTreeMap::new();
    let (sent, others): (Vec<&Moment>, Vec<&Moment>) =
        failure.timeline.iter().partition(|moment| moment.step != Step::Arrived);
    for moment in others {
        arrived.entry((moment.from, moment.number)).or_default().push(moment.time);
    }
    let model = Model::latest();
    let is_rare = |moment: &Moment| !matches!(moment.bytes.first(), Some(0x01..=0x04));
    let newest = sent.len().saturating_sub(NEWEST)..sent.len();
    let rare = (0..newest.start).rev().filter(|at| is_rare(sent[*at])).take(RARE);
    let places: BTreeSet<usize> = rare.chain(newest.clone()).collect();
    let shown = places.into_iter().map(|at| &sent[at]);
    let line = |moment: &&Moment| {
        let name = ["A", "B"][moment.from % 2];
        let arrivals = arrived.get(&(moment.from, moment.number));
        let fate = match (moment.step, arrivals) {
            (Step::Lost, _) => "lost".to_owned(),
            (_, None) => "on its way".to_owned(),
            (_, Some(times)) => {
                let times: Vec<String> = times.iter().map(u64::to_string).collect();
                format!("arrived at {}", times.join(" and "))
            }
        };
        let what = described(&model, &moment.bytes);
        format!("{:>5} {name}  {what:<40}  {fate}", moment.time)
    };
    shown.map(line).collect()
}

/// A datagram in a few words.
fn described(model: &Model, bytes: &[u8]) -> String {
    let datagram = Datagram::new(bytes.to_vec());
    let Some(message) = Message::read(model, &datagram) else {
        let shown: Vec<u8> = bytes.iter().copied().take(16).collect();
        return rollwire_model::hex::plain(&shown);
    };
    let frames = |entries: &[(u32, u8)]| match entries {
        [] => "no frames".to_owned(),
        [(only, _)] => format!("frame {only}"),
        [(first, _), .., (last, _)] => format!("frames {first} to {last}"),
    };
    match message {
        Message::Input { entries, .. } => format!("INPUT, {}", frames(&entries)),
        Message::InputResponse { entries, .. } => {
            format!("INPUT_RESPONSE, {}", frames(&entries))
        }
        Message::InputRequest { start, end } => format!("INPUT_REQUEST, frames {start} to {end}"),
        Message::EpisodeReady { episode, .. } => format!("EPISODE_READY {episode}"),
        Message::EpisodeEnd { frame, episode } => {
            format!("EPISODE_END of episode {episode} at frame {frame}")
        }
        Message::StateHash { frame, .. } => format!("STATE_HASH of frame {frame}"),
        Message::FocusState { focused, .. } => {
            format!("FOCUS_STATE, {}", if focused { "shown" } else { "hidden" })
        }
        Message::Ping { .. } => "PING".to_owned(),
        Message::Pong { .. } => "PONG".to_owned(),
        Message::ValidationPing { .. } => "VALIDATION_PING".to_owned(),
        Message::ValidationPong { .. } => "VALIDATION_PONG".to_owned(),
        Message::Keepalive => "KEEPALIVE".to_owned(),
    }
}
