//! Sessions of a peer that log themselves. They are for tests of the logs only: no answer depends on
//! them.

use std::{
    fs::{self, File},
    io::{self, BufWriter},
    path::{Path, PathBuf},
};

use rollwire_reference::{peer::Peer, recorder::PeerRecorder};

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
