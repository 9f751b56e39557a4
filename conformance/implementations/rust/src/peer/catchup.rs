//! CATCHUP: holes in the inputs are closed (`spec/peer-catchup.md`).

mod methods;

use alloc::collections::VecDeque;

use rollwire_codec::InputRequest;

use crate::peer::channel::Line;
use crate::peer::clock::Time;

/// The request of this peer, if there is one.
#[derive(Clone, Debug)]
pub(super) struct CatchUp {
    /// How often a request is repeated.
    repeats: u8,
    request: Option<Request>,
}

#[derive(Clone, Debug)]
struct Request {
    frames: InputRequest,
    gives_up_at: Time,
    repeats_at: Time,
    repeats_left: u8,
}

impl CatchUp {
    /// How many frames from the first unconfirmed one on are looked at for holes.
    const SCANNED: usize = 1024;

    /// The milliseconds after which a request is repeated (CATCHUP-3).
    const INTERVAL: u32 = 1000;

    /// The milliseconds after which a request is given up (CATCHUP-5).
    const LIMIT: u32 = 3000;

    pub(super) const fn new(repeats: u8) -> Self {
        Self { repeats, request: None }
    }

    pub(super) fn gives_up_at(&self) -> Option<Time> {
        Some(self.request.as_ref()?.gives_up_at)
    }

    pub(super) fn repeats_at(&self) -> Option<Time> {
        self.request.as_ref().filter(|it| it.repeats_left > 0).map(|it| it.repeats_at)
    }

    /// Sends a request for these frames. It is repeated even if the channel does not accept it
    /// (CATCHUP-3).
    fn request(&mut self, frames: InputRequest, now: Time, line: &mut Line<'_>) {
        line.send(frames);
        self.request = Some(Request {
            frames,
            gives_up_at: now.after(Self::LIMIT),
            repeats_at: now.after(Self::INTERVAL),
            repeats_left: self.repeats,
        });
    }

    pub(super) fn repeat(&mut self, now: Time, line: &mut Line<'_>) {
        if let Some(request) = &mut self.request {
            line.send(request.frames);
            request.repeats_at = now.after(Self::INTERVAL);
            request.repeats_left = request.repeats_left.saturating_sub(1);
        }
    }

    pub(super) fn end_request(&mut self) {
        self.request = None;
    }
}

/// The frames of the own entries that are kept and were in no INPUT that the channel has accepted,
/// by ascending frame.
///
/// What is told is at one of the two ends: the newest entries, or the oldest untold ones. So no act
/// has to look through all entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Untold(VecDeque<u32>);

impl Untold {
    /// Adds the newest own entry, and removes those that are older than the oldest that is kept.
    pub(super) fn add(&mut self, frame: u32, oldest: u64) {
        self.0.push_back(frame);
        while self.0.front().is_some_and(|&it| u64::from(it) < oldest) {
            self.0.pop_front();
        }
    }

    /// Every entry from this frame on was told (CATCHUP-14).
    pub(super) fn remove_from(&mut self, start: u64) {
        while self.0.back().is_some_and(|&it| u64::from(it) >= start) {
            self.0.pop_back();
        }
    }

    fn first_before(&self, end: u64) -> impl Iterator<Item = u32> + Clone {
        self.0.iter().copied().take_while(move |&frame| u64::from(frame) < end)
    }

    /// The oldest `count` were told.
    fn remove_first(&mut self, count: usize) {
        self.0.drain(..count.min(self.0.len()));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
