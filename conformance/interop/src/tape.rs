//! The capture of a game: what a tap at each of the two channels would have recorded.
//!
//! A frame of a game is observed as a whole, so all of its records have the same time, and what was sent
//! in it comes after what arrived. Sends that are refused are not observed: while the channels refuse
//! everything, records are missing.

use rollwire_capture::line::{Moment, Payload, Record, What};
use rollwire_model::exchange::{ChannelState, Datagram, Refusals, Sends, Stimulus};

/// What the taps of both sides have recorded.
pub type Tapes = [Vec<Record>; 2];

/// Records a game, frame by frame.
#[derive(Debug, Default)]
pub(crate) struct Tape {
    sides: Tapes,
    /// What happens to each peer in this frame.
    happens: [Vec<Stimulus>; 2],
    is_full: [bool; 2],
}

impl Tape {
    pub(crate) fn new() -> Self {
        let (number, at, what) = (Some(0), Moment::default(), What::Opened);
        let opened = || vec![Record { number, at, what: what.clone(), buffered: None }];
        Self { sides: [opened(), opened()], ..Self::default() }
    }

    /// What happens to a peer in the frame that begins.
    pub(crate) fn happens(&mut self, at: usize, stimuli: &[Stimulus]) {
        stimuli.clone_into(&mut self.happens[at]);
    }

    /// What the channel of a peer has accepted in this frame, which ends now.
    pub(crate) fn sent(&mut self, at: usize, now: u64, sent: &[Datagram]) {
        let now = Moment::from_millis(now);
        let mut records = Vec::new();
        let sent = sent.iter().map(|it| What::Sent(Payload::Datagram(it.bytes().to_vec())));
        let mut sent = Some(sent);
        for stimulus in std::mem::take(&mut self.happens[at]) {
            match stimulus {
                // Nothing is sent after a closing, so everything was sent before it.
                Stimulus::Channel(ChannelState::Closed) => {
                    records.extend(sent.take().into_iter().flatten());
                    records.push(What::Closed);
                }
                Stimulus::Channel(ChannelState::Open) => records.push(What::Opened),
                Stimulus::Sends(Sends { refuse, .. }) => {
                    self.is_full[at] = refuse == Refusals::ALL;
                    records.push(What::Missing(1));
                }
                Stimulus::Recv(datagram) => {
                    let bytes = datagram.bytes().to_vec();
                    records.push(What::Received(Payload::Datagram(bytes)));
                }
                _ => {}
            }
        }
        records.extend(sent.into_iter().flatten());
        if self.is_full[at] {
            records.push(What::Missing(1));
        }
        for what in records {
            let number = Some(self.sides[at].len() as u64);
            self.sides[at].push(Record { number, at: now, what, buffered: None });
        }
    }

    pub(crate) fn tapes(self) -> Tapes {
        self.sides
    }
}
