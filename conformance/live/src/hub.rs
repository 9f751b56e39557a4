//! What all taps have told, for all watchers.
//!
//! A tap writes here and never waits for a watcher. A watcher looks when something has changed, and takes what
//! it has not seen yet; what was dropped meanwhile it has missed.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::{copied::Copied, kept::Kept, side::Side};

/// How many connections are remembered. Of those that have ended, the oldest is forgotten.
pub(crate) const REMEMBERED: usize = 16;
/// How many bytes of copies are kept for all violations together.
const COPIES: usize = 16 * 1024 * 1024;
/// How many captures of connections are sent at a time. Each takes memory until its reader has it.
pub(crate) const CAPTURES: usize = 4;

/// A connection of a tap.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) id: u64,
    pub(crate) is_open: bool,
    /// How many lines could not be read, and what was wrong with the last.
    pub(crate) malformed: u64,
    pub(crate) fault: String,
    /// The name of the file to which its lines are written.
    pub(crate) file: Option<String>,
    pub(crate) sides: Vec<Side>,
    pub(crate) kept: Arc<Mutex<Kept>>,
    /// Changes with everything but the sides.
    pub(crate) version: u64,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) connections: VecDeque<Connection>,
    last: u64,
    copies: usize,
}

/// What all taps have told.
#[derive(Debug)]
pub(crate) struct Hub {
    state: Mutex<State>,
    changed: watch::Sender<()>,
    may_capture: Arc<Semaphore>,
}

impl Hub {
    pub(crate) fn new() -> Self {
        let may_capture = Arc::new(Semaphore::new(CAPTURES));
        Self { state: Mutex::default(), changed: watch::Sender::new(()), may_capture }
    }

    /// Everything, for a moment.
    pub(crate) fn look(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves numbers that are shown, and nothing that is relied on.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place among the captures that are sent; nothing if all are taken.
    pub(crate) fn may_capture(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.may_capture).try_acquire_owned().ok()
    }

    /// Tells when something has changed.
    pub(crate) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }

    /// A tap has connected: its number, and its newest lines.
    pub(crate) fn connect(&self) -> (u64, Arc<Mutex<Kept>>) {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let mut state = self.look();
        state.last += 1;
        let id = state.last;
        if state.connections.len() >= REMEMBERED
            && let Some(oldest) = state.connections.iter().position(|it| !it.is_open)
        {
            let gone = state.connections.remove(oldest);
            let found = gone.iter().flat_map(|it| &it.sides).flat_map(|it| &it.found);
            let freed: usize =
                found.filter_map(|it| it.copied.as_ref()).map(|it| it.text.len()).sum();
            state.copies -= freed;
        }
        state.connections.push_back(Connection {
            id,
            is_open: true,
            malformed: 0,
            fault: String::new(),
            file: None,
            sides: Vec::new(),
            kept: Arc::clone(&kept),
            version: 0,
        });
        drop(state);
        self.changed.send_replace(());
        (id, kept)
    }

    /// Changes what is known of a connection.
    pub(crate) fn update<T>(
        &self,
        id: u64,
        change: impl FnOnce(&mut Connection) -> T,
    ) -> Option<T> {
        let mut state = self.look();
        let changed = state.connections.iter_mut().rev().find(|it| it.id == id).map(change);
        drop(state);
        self.changed.send_replace(());
        changed
    }

    /// A violation can be copied, unless too much is kept already.
    pub(crate) fn can_be_copied(&self, (id, tap): (u64, usize), number: usize, copied: Copied) {
        let mut state = self.look();
        let size = copied.text.len();
        if state.copies + size > COPIES {
            return;
        }
        let connection = state.connections.iter_mut().find(|it| it.id == id);
        if let Some(side) = connection.and_then(|it| it.sides.get_mut(tap)) {
            side.can_be_copied(number, copied);
            state.copies += size;
        }
        drop(state);
        self.changed.send_replace(());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ended_connections_are_forgotten_and_open_ones_are_not() {
        let hub = Hub::new();
        let (first, _) = hub.connect();
        for _ in 0..100 {
            let (id, _) = hub.connect();
            hub.update(id, |it| it.is_open = false);
        }
        let state = hub.look();
        assert_eq!(state.connections.len(), REMEMBERED);
        assert_eq!(state.connections[0].id, first);
        assert_eq!(state.connections[REMEMBERED - 1].id, 101);
    }
}
