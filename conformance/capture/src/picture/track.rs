//! One side over time.

use std::collections::VecDeque;

use rollwire_model::peer::Message;

use super::{
    bands::Bands,
    slice::{Slice, place},
};
use crate::{
    buckets::Buckets,
    judged::Judged,
    line::{Moment, Payload, What},
    progress::Standing,
};

/// How many questions wait for their answers.
const QUESTIONS: usize = 64;

/// What one side recorded, over time.
#[derive(Debug, Default)]
pub(crate) struct Track {
    pub(crate) slices: Buckets<Slice>,
    /// The episodes, from the first READY to the first END.
    pub(crate) episodes: Bands,
    /// When the channel was closed.
    pub(crate) closed: Bands,
    questions: VecDeque<(u64, Moment)>,
    stretch: u64,
    standing: Standing,
}

impl Track {
    pub(crate) fn record(
        &mut self,
        judged: &Judged,
        message: Option<&Message>,
        standing: &Standing,
    ) {
        let time = judged.time;
        if self.stretch != judged.stretch {
            self.stretch = judged.stretch;
            self.questions.clear();
        }
        self.bands(judged, message, standing);
        let trip = message.and_then(|message| self.trip(time, judged, message));
        let slice = self.slices.at(time);
        let place = place(message);
        match &judged.record.what {
            What::Sent(Payload::Datagram(bytes)) => add(&mut slice.sent[place], bytes),
            What::Received(Payload::Datagram(bytes)) => add(&mut slice.received[place], bytes),
            What::Refused(Payload::Datagram(_)) => slice.refused += 1,
            _ => {}
        }
        if let Some(trip) = trip {
            slice.trip(trip);
        }
        let Standing { told, confirmed, verified, .. } = *standing;
        slice.is_seen = true;
        slice.told = told;
        slice.confirmed = confirmed;
        slice.verified = verified;
        let behind = |frame: Option<u32>| Some(told?.saturating_sub(frame?));
        slice.unconfirmed = slice.unconfirmed.max(behind(confirmed));
        slice.unverified = slice.unverified.max(behind(verified));
        self.standing = *standing;
    }

    fn bands(&mut self, judged: &Judged, message: Option<&Message>, standing: &Standing) {
        let time = judged.time;
        match &judged.record.what {
            What::Closed if !self.closed.lasts() => self.closed.begin(time, 0),
            What::Opened | What::Sent(Payload::Datagram(_)) => self.closed.end(time),
            _ => {}
        }
        let is_own = matches!(judged.record.what, What::Sent(_) | What::Refused(_));
        match message {
            Some(Message::EpisodeReady { .. })
                if is_own && standing.ready != self.standing.ready =>
            {
                self.episodes.begin(time, standing.ready.saturating_sub(1));
            }
            Some(Message::EpisodeEnd { episode, .. })
                if episode.checked_add(1) == Some(standing.ready) =>
            {
                self.episodes.end(time);
            }
            _ => {}
        }
    }

    /// How long a question has waited for the answer that arrives.
    fn trip(&mut self, time: Moment, judged: &Judged, message: &Message) -> Option<u64> {
        let (is_question, bits) = match message {
            Message::Ping { timestamp } | Message::ValidationPing { timestamp } => {
                (true, *timestamp)
            }
            Message::Pong { timestamp } | Message::ValidationPong { timestamp } => {
                (false, *timestamp)
            }
            _ => return None,
        };
        match judged.record.what {
            What::Sent(_) if is_question => {
                if self.questions.len() == QUESTIONS {
                    self.questions.pop_front();
                }
                self.questions.push_back((bits, time));
                None
            }
            What::Received(_) if !is_question => {
                let place = self.questions.iter().rposition(|(asked, _)| *asked == bits)?;
                let (_, asked) = self.questions.remove(place)?;
                Some(time.since(asked))
            }
            _ => None,
        }
    }
}

fn add(amount: &mut super::slice::Amount, bytes: &[u8]) {
    amount.datagrams += 1;
    amount.bytes += bytes.len() as u64;
}
