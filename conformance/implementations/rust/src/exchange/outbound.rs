//! The outbound queue: in the order of confirmation, each entry with the sends that are left to it.

use alloc::collections::VecDeque;

use rollwire_codec::{Digest, Message, StateHash};

use super::Channel;

/// Frames and own hashes that wait to be sent. Nothing bounds it (EXCH-4).
#[derive(Clone, Debug, Default)]
pub(super) struct OutboundQueue(VecDeque<Waiting>);

#[derive(Clone, Copy, Debug)]
struct Waiting {
    frame: u32,
    hash: Digest,
    /// How many of its sends have not been accepted yet; at least one.
    sends_left: u8,
}

impl OutboundQueue {
    pub(super) fn push(&mut self, frame: u32, hash: Digest, sends_left: u8) {
        self.0.push_back(Waiting { frame, hash, sends_left });
    }

    /// Sends each entry once, from the front, until a send is refused or the channel is not open
    /// (EXCH-7, EXCH-8, EXCH-10, EXCH-11). Returns how many were accepted.
    pub(super) fn send(&mut self, channel: &mut (impl Channel + ?Sized)) -> usize {
        let mut sent = 0_usize;
        // How many entries this tick has sent that stay, because they have sends left (EXCH-36).
        let mut stayed = 0_usize;
        while channel.is_open()
            && let Some(entry) = self.0.get_mut(stayed)
        {
            let mut datagram = [0; StateHash::LEN];
            let message =
                Message::from(StateHash { frame: entry.frame, hash: entry.hash.as_bytes() });
            // EXCH-12, EXCH-14: an entry leaves the queue only after it is accepted. One that is
            // refused, or whose send panics, is still in its place.
            // The encoder does not fail, because the buffer has the length of the message.
            if message.encode(&mut datagram).is_err() || channel.send(&datagram).is_err() {
                break;
            }
            #[cfg(feature = "log")]
            log::debug!("Sent hash for frame {}", entry.frame);
            entry.sends_left = entry.sends_left.saturating_sub(1);
            // Each tick begins at the front, so no entry has fewer sends left than one before it:
            // the entry that has none left is the first.
            if entry.sends_left == 0 {
                self.0.pop_front();
            } else {
                stayed = stayed.saturating_add(1);
            }
            sent = sent.saturating_add(1);
        }
        sent
    }

    /// Removes every entry whose frame is `target` or greater, with the sends that are left to it
    /// (EXCH-20, EXCH-36).
    pub(super) fn remove_from(&mut self, target: u32) {
        self.0.retain(|it| it.frame < target);
    }

    /// Frames and hashes, in the order in which they will be sent.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (u32, Digest)> {
        self.0.iter().map(|it| (it.frame, it.hash))
    }
}
