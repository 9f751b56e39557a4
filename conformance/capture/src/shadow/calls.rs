//! Which call of the game sends this datagram.

use rollwire_model::{
    exchange::{ReadyHash, Stimulus},
    peer::{InputEntry, Message},
};

use super::{batch::Handed, parting::Parting, play::Play, round::Round};

/// How many datagrams are searched for the INPUT of the next act.
const MOST: usize = 256;

impl Play {
    /// The game has called what sends this datagram.
    pub(super) fn calls(&mut self, handed: &Handed, round: &Round) -> Result<(), Parting> {
        let Some(message) = self.messages.read(handed.datagram.bytes()) else {
            return Err(self.unexplained(handed, round));
        };
        let left = self.left();
        match message {
            Message::Input { .. } => {
                let Some((frame, action)) = self.next_act() else {
                    return Err(self.unexplained(handed, round));
                };
                self.plays(&Stimulus::Act { frame, action })?;
            }
            Message::EpisodeReady { hash, .. } => {
                self.plays(&Stimulus::Ready { hash: ReadyHash(hash) })?;
            }
            Message::EpisodeEnd { frame, .. } => self.plays(&Stimulus::Ended { frame })?,
            Message::InputRequest { .. } => self.plays(&Stimulus::CatchUp {})?,
            Message::FocusState { focused: shown, frame } => {
                self.plays(&Stimulus::Focus { shown, frame })?;
            }
            _ => {}
        }
        if self.left() == left { Err(self.unexplained(handed, round)) } else { Ok(()) }
    }

    /// The next act, if it is the newest entry of an INPUT that was handed over.
    fn next_act(&self) -> Option<InputEntry> {
        let next = self.next_frame()?;
        let newest = |handed: &Handed| match self.messages.read(handed.datagram.bytes())? {
            Message::Input { entries, .. } => entries.last().copied(),
            _ => None,
        };
        self.batch.iter().take(MOST).filter_map(newest).find(|(frame, _)| *frame == next)
    }
}
