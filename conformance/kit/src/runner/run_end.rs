//! Whether a run has to end, for work that does not wait for an answer.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// The clock of a run, and the signal that ends it.
#[derive(Clone, Debug)]
pub(super) struct RunClock {
    began: Instant,
    /// Zero until a signal arrives, and then its number.
    interrupted: Arc<AtomicUsize>,
}

impl RunClock {
    pub(super) fn new(interrupted: Arc<AtomicUsize>) -> Self {
        Self { began: Instant::now(), interrupted }
    }

    pub(super) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// The signal that ended the run, if one did.
    pub(super) fn signal(&self) -> Option<i32> {
        match self.interrupted.load(Ordering::Relaxed) {
            0 => None,
            signal => Some(i32::try_from(signal).unwrap_or(i32::MAX)),
        }
    }
}

/// Why a run has to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The user ended it with this signal.
    Signal(i32),
    /// Its deadline, after this time.
    Deadline(Duration),
}

/// Says when a run has to end: at its deadline, or at a signal.
///
/// The engine looks at both while it waits for an answer. Whatever works on answers for longer than
/// a moment looks here.
#[derive(Clone, Debug)]
pub struct RunEnd {
    /// None where nothing ends the run.
    clock: Option<RunClock>,
    deadline: Duration,
}

impl RunEnd {
    /// Of a run that nothing ends, such as one on a clock of its own.
    #[must_use]
    pub const fn never() -> Self {
        Self { clock: None, deadline: Duration::MAX }
    }

    /// Of a run without a deadline. The flag is zero until a signal arrives, and then holds its number.
    #[must_use]
    pub fn at_a_signal(interrupted: Arc<AtomicUsize>) -> Self {
        Self::new(&RunClock::new(interrupted), Duration::MAX)
    }

    pub(super) fn new(clock: &RunClock, deadline: Duration) -> Self {
        Self { clock: Some(clock.clone()), deadline }
    }

    /// Why the run has to end, if it has to.
    #[must_use]
    pub fn reason(&self) -> Option<EndReason> {
        let clock = self.clock.as_ref()?;
        let is_late =
            || (clock.now() >= self.deadline).then_some(EndReason::Deadline(self.deadline));
        clock.signal().map(EndReason::Signal).or_else(is_late)
    }

    /// Whether the run has to end. Once it has, it always has.
    #[must_use]
    pub fn has_come(&self) -> bool {
        self.reason().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_and_a_deadline_end_a_run() {
        assert_eq!(RunEnd::never().reason(), None);
        let interrupted = Arc::new(AtomicUsize::new(0));
        let end = RunEnd::at_a_signal(Arc::clone(&interrupted));
        assert!(!end.has_come());
        let clock = RunClock::new(Arc::clone(&interrupted));
        let late = RunEnd::new(&clock, Duration::ZERO);
        assert_eq!(late.reason(), Some(EndReason::Deadline(Duration::ZERO)));
        interrupted.store(15, Ordering::Relaxed);
        assert_eq!(end.reason(), Some(EndReason::Signal(15)));
        assert_eq!(late.reason(), Some(EndReason::Signal(15)));
    }
}
