//! CATCHUP: holes in the inputs are closed (`spec/peer-catchup.md`).

use alloc::{collections::VecDeque, vec::Vec};

use rollwire_codec::{Entries, Input, InputEntry, InputRequest, InputResponse};

use super::{Channel, Line, Peer, Time};

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

impl Peer {
    /// The most entries of an INPUT_RESPONSE: with its header 16,380 bytes (CATCHUP-9).
    pub const MAX_RESPONSE: usize = 3275;

    /// Call this when inputs of the partner are missing that will not come by themselves, such as
    /// after the page was hidden: the partner is asked for them (CATCHUP-1).
    ///
    /// Returns whether it is asked. It is not if no frame is missing below a known one or below the
    /// agreed end, while there is a [`request`](Self::request), or when no episode is in progress
    /// (CATCHUP-2).
    pub fn catch_up(&mut self, channel: &mut dyn Channel) -> bool {
        if !self.chapters.catch_up || self.catch_up.request.is_some() || !self.is_in_progress() {
            return false;
        }
        let mut holes = self.holes();
        let Some(first) = holes.next() else { return false };
        let last = holes.next_back().unwrap_or(first);
        drop(holes);
        // The holes ascend, so this range is not refused.
        let Ok(frames) = InputRequest::new(first, last) else { return false };
        let mut line = self.line(channel);
        self.catch_up.request(frames, self.now, &mut line);
        true
    }

    /// The frames that the partner is being asked for, from the first to the last. None after they
    /// have come (CATCHUP-4), or after three seconds (CATCHUP-5).
    #[must_use]
    pub fn request(&self) -> Option<InputRequest> {
        Some(self.catch_up.request.as_ref()?.frames)
    }

    fn holes(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.inputs.holes(CatchUp::SCANNED, self.episodes.agreed_end())
    }

    /// Ends the request if no hole is left in its range (CATCHUP-4).
    pub(super) fn end_fulfilled_request(&mut self) {
        if let Some(request) = self.request() {
            let asked = request.start()..=request.end();
            if !self.holes().any(|hole| asked.contains(&hole)) {
                self.catch_up.end_request();
            }
        }
    }

    /// Answers with the own entries of the range, those with the lowest frames (CATCHUP-7 to
    /// CATCHUP-9).
    pub(super) fn receive_request(&self, request: InputRequest, line: &mut Line<'_>) {
        if !line.is_open() {
            return;
        }
        let frames = u64::from(request.start())..u64::from(request.end()).saturating_add(1);
        let own = self.inputs.own_entries(frames).take(Self::MAX_RESPONSE);
        let wire: Vec<_> = own.map(InputEntry::to_wire).collect();
        // The list is not refused, because it is not too long.
        if let Ok(entries) = Entries::new(&wire) {
            line.send(InputResponse { player: self.local, entries });
        }
    }

    /// Sends what was never told and is older than the INPUT of this act, which begins at `start`
    /// (CATCHUP-12). A refusal ends it for this act (CATCHUP-13).
    pub(super) fn tell_before(&mut self, start: u64, line: &mut Line<'_>) {
        loop {
            let batch = self.untold.first_before(start).take(Input::MAX_ENTRIES);
            let count = batch.clone().count();
            let entries = batch.filter_map(|frame| self.inputs.own_entry(frame.into()));
            if count == 0 || !self.send_input(entries, line) {
                break;
            }
            self.untold.remove_first(count);
        }
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
