//! What the game has told in this episode, as far as it arrived, in bounded memory.

use std::collections::{BTreeMap, VecDeque};

use rollwire_model::peer::Message;

/// How many frames of the game are remembered: what its answer to a request may be held against.
const FRAMES: usize = 4096;
/// How many numbers of episodes are remembered.
const NUMBERS: usize = 64;
/// How many hashes wait until their frame is confirmed here.
const HASHES: usize = 256;
/// How long late datagrams of the last episode may still arrive in a new one, in milliseconds.
pub(crate) const LATE: u64 = 1000;

/// What the game has told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The player index of the game; unknown before its first input.
    pub(crate) player: Option<u16>,
    /// Its actions of this episode.
    pub(crate) actions: BTreeMap<u32, u8>,
    /// The newest frame of this episode that it has told.
    pub(crate) newest: Option<u32>,
    /// How many INPUTs of this episode have arrived, and when the first did.
    pub(crate) inputs: u64,
    pub(crate) first_input: Option<u64>,
    /// Of each READY: its first hash, and how often it has come.
    pub(crate) readys: BTreeMap<u32, Ready>,
    /// Of each END: the frame, and how often it has come.
    pub(crate) ends: BTreeMap<u32, (u32, u32)>,
    /// The hashes of this episode that have not been answered yet.
    pub(crate) hashes: VecDeque<(u32, [u8; 8])>,
    /// How many hashes have arrived at all, and the newest frame with one.
    pub(crate) hash_count: u64,
    pub(crate) newest_hash: Option<u32>,
    /// The newest time in a PING of the game, and how many PINGs have come.
    pub(crate) clock: Option<f64>,
    pub(crate) pings: u64,
    /// When this episode began here.
    began: u64,
    is_first: bool,
}

/// What is known of a READY of the game.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ready {
    pub(crate) hash: [u8; 8],
    pub(crate) count: u32,
}

impl Told {
    /// A new episode begins at this time.
    pub(crate) fn begins(&mut self, now: u64, is_first: bool) {
        self.actions.clear();
        self.hashes.clear();
        (self.newest, self.inputs, self.first_input, self.newest_hash) = (None, 0, None, None);
        (self.began, self.is_first) = (now, is_first);
    }

    /// Whether what arrives now cannot belong to the last episode.
    pub(crate) fn is_of_this_episode(&self, now: u64) -> bool {
        self.is_first || now >= self.began + LATE
    }

    /// A message has arrived. Returns a frame that had another action before, with both.
    pub(crate) fn hears(&mut self, now: u64, message: &Message) -> Option<(u32, u8, u8)> {
        match message {
            Message::Input { player, entries, .. } => {
                self.player.get_or_insert(*player);
                if !self.is_of_this_episode(now) {
                    return None;
                }
                self.inputs += 1;
                self.first_input.get_or_insert(now);
                self.newest = self.newest.max(entries.iter().map(|entry| entry.0).max());
                return self.tells(entries);
            }
            Message::InputResponse { entries, .. } if self.is_of_this_episode(now) => {
                return self.tells(entries);
            }
            Message::EpisodeReady { episode, hash } => {
                let new = Ready { hash: *hash, count: 0 };
                self.readys.entry(*episode).or_insert(new).count += 1;
                if self.readys.len() > NUMBERS {
                    self.readys.pop_last();
                }
            }
            Message::EpisodeEnd { frame, episode } => {
                self.ends.entry(*episode).or_insert((*frame, 0)).1 += 1;
                if self.ends.len() > NUMBERS {
                    self.ends.pop_last();
                }
            }
            Message::StateHash { frame, hash } => {
                self.hash_count += 1;
                self.newest_hash = self.newest_hash.max(Some(*frame));
                self.hashes.push_back((*frame, *hash));
                if self.hashes.len() > HASHES {
                    self.hashes.pop_front();
                }
            }
            Message::Ping { timestamp } => {
                let time = f64::from_bits(*timestamp);
                self.pings += 1;
                if time.is_finite() && self.clock.is_none_or(|clock| clock < time) {
                    self.clock = Some(time);
                }
            }
            _ => {}
        }
        None
    }

    /// SYNC-2: an action stays what it is.
    fn tells(&mut self, entries: &[(u32, u8)]) -> Option<(u32, u8, u8)> {
        let mut changed = None;
        for (frame, action) in entries {
            let known = *self.actions.entry(*frame).or_insert(*action);
            if known != *action {
                changed.get_or_insert((*frame, known, *action));
            }
            if self.actions.len() > FRAMES {
                self.actions.pop_first();
            }
        }
        changed
    }

    /// How often the READY with this number has come.
    pub(crate) fn readys_of(&self, number: u32) -> u32 {
        self.readys.get(&number).map_or(0, |ready| ready.count)
    }

    /// How often the END of this episode has come.
    pub(crate) fn ends_of(&self, episode: u32) -> u32 {
        self.ends.get(&episode).map_or(0, |end| end.1)
    }
}
