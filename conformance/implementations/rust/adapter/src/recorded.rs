//! Sessions of a peer that log themselves. They are for tests of the logs only: no answer depends on
//! them.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use rollwire_reference::{
    peer::{Channel, Peer},
    recorder::PeerRecorder,
};

use crate::stimulus::{ForPeer, Stimulus};

/// A peer that writes its log into a file.
pub(crate) type RecordedPeer = PeerRecorder<BufWriter<File>>;

/// Where the logs of peers go.
#[derive(Debug)]
pub(crate) struct PeerLogs {
    folder: PathBuf,
    /// How many sessions of peers have a log.
    count: u64,
}

impl PeerLogs {
    /// # Errors
    /// When the folder cannot be created.
    pub(crate) fn new(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), count: 0 })
    }

    /// Begins the log of the next session: `1.jsonl`, `2.jsonl` and so on. Those with an even number
    /// show what the peer holds.
    ///
    /// # Errors
    /// When the file cannot be created. The number is used up.
    pub(crate) fn record(&mut self, peer: Peer) -> io::Result<RecordedPeer> {
        self.count += 1;
        let log = BufWriter::new(File::create(self.folder.join(format!("{}.jsonl", self.count)))?);
        Ok(if self.count.is_multiple_of(2) {
            PeerRecorder::showing_state(peer, log)
        } else {
            PeerRecorder::new(peer, log)
        })
    }
}

/// Applies one stimulus, as to a peer without a log. What the channel was told beforehand is not
/// logged, because a game does not know it either: the log says what was refused.
pub(crate) fn apply(stimulus: &Stimulus, peer: &mut RecordedPeer, channel: &mut dyn Channel) {
    match stimulus {
        Stimulus::Confirm { frame, hash } => peer.confirm(*frame, *hash),
        Stimulus::Tick => {
            peer.tick(channel);
        }
        Stimulus::Receive(datagram) => {
            // A datagram that is refused has changed nothing.
            let _ = peer.receive(datagram, channel);
        }
        Stimulus::BeginRollback { target } => peer.begin_rollback(*target),
        Stimulus::EndRollback => peer.end_rollback(),
        Stimulus::Reset => peer.reset(),
        Stimulus::Channel { is_open: true } => peer.opened(channel),
        Stimulus::Channel { is_open: false } => peer.closed(),
        Stimulus::Sends(_) => {}
        Stimulus::ForPeer(it) => match it {
            ForPeer::Advance { milliseconds } => {
                // It was read within the range that a peer takes.
                let _ = peer.advance(*milliseconds, channel);
            }
            ForPeer::Act { frame, action } => {
                peer.act(*frame, *action, channel);
            }
            ForPeer::Ready { hash } => {
                if let Ok(hash) = hash.as_str().try_into() {
                    peer.ready(hash, channel);
                }
            }
            ForPeer::Ended { frame } => {
                peer.ended(*frame, channel);
            }
            ForPeer::CatchUp => {
                peer.catch_up(channel);
            }
            ForPeer::Focus { is_shown, frame } => peer.focus(*is_shown, *frame, channel),
        },
    }
}
