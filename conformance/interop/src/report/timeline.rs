//! The datagrams of a failed game, as lines.

use std::collections::BTreeMap;

use rollwire_model::{Model, exchange::Datagram, peer::Message};

use crate::{pair::Failure, play::Moment};

/// How many datagrams before the failure are shown.
const SHOWN: usize = 16;

/// The last datagrams before a game failed: when each was sent, by whom, what it is, and when it arrived.
pub(super) fn lines(failure: &Failure) -> Vec<String> {
    let mut arrived: BTreeMap<(usize, u64), Vec<u64>> = BTreeMap::new();
    for moment in failure.timeline.iter().filter(|moment| !moment.is_sent) {
        arrived.entry((moment.from, moment.number)).or_default().push(moment.time);
    }
    let model = Model::latest();
    let sent: Vec<&Moment> = failure.timeline.iter().filter(|moment| moment.is_sent).collect();
    let shown = sent.iter().skip(sent.len().saturating_sub(SHOWN));
    let line = |moment: &&Moment| {
        let name = ["A", "B"][moment.from % 2];
        let arrivals = arrived.get(&(moment.from, moment.number));
        let fate = match arrivals.map(Vec::as_slice) {
            None | Some([]) => "did not arrive".to_owned(),
            Some(times) => {
                let times: Vec<String> = times.iter().map(|time| format!("{time}")).collect();
                format!("arrived at {}", times.join(" and "))
            }
        };
        let what = described(&model, &moment.bytes);
        format!("{:>6} {name} {:>4}  {what:<44}  {fate}", moment.time, moment.number)
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
