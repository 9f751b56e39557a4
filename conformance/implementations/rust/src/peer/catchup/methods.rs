//! What a peer does of it.

use alloc::vec::Vec;

use rollwire_codec::{Entries, Input, InputEntry, InputRequest, InputResponse};

use super::CatchUp;
use crate::peer::{Channel, Line, Peer};

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
    pub(crate) fn end_fulfilled_request(&mut self) {
        if let Some(request) = self.request() {
            let asked = request.start()..=request.end();
            if !self.holes().any(|hole| asked.contains(&hole)) {
                self.catch_up.end_request();
            }
        }
    }

    /// Answers with the own entries of the range, those with the lowest frames (CATCHUP-7 to
    /// CATCHUP-9).
    pub(crate) fn receive_request(&self, request: InputRequest, line: &mut Line<'_>) {
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
    pub(crate) fn tell_before(&mut self, start: u64, line: &mut Line<'_>) {
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
