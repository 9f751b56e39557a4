//! How long the engine waits, and how much it asks at once.
//!
//! Time limits the harm that an adapter can do. It says nothing about the implementation: an answer that
//! is late on a busy machine is still right. So the first limit only decides that the requests are asked
//! again, alone, and then there is patience.

use std::time::Duration;

use crate::text::plural;

/// An answer may take this many times as long as the slowest one so far, however short the patience has
/// become.
const TIMES_THE_SLOWEST: u32 = 8;

/// After a fault that did not come back the window is this many times smaller, and as many times more
/// answers are needed until it is larger again.
const NARROWER: usize = 4;

/// After this many answers a window would grow that has never been made smaller.
const TO_GROW: usize = 64;

/// The limits of a run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many requests may be in flight; the adapter may allow fewer.
    pub window: usize,
    /// How long the adapter may be silent before what waits is asked again alone; `None` waits without
    /// limit, for a debugger.
    pub timeout: Option<Duration>,
    /// How long the adapter may take for a request that is asked again alone, before it is a failure.
    pub patience: Duration,
    /// How long the adapter may take to start and answer `hello`.
    pub startup: Duration,
    /// How long the whole run may take.
    pub deadline: Duration,
    /// How often the adapter may be restarted because of a request that breaks it.
    pub restarts: u32,
}

/// The pace of a run, which adapts to the machine.
#[derive(Debug)]
pub(super) struct Pace {
    limits: Limits,
    /// How long the adapter may be silent while several requests wait.
    timeout: Option<Duration>,
    /// How many requests may wait.
    window: usize,
    /// How many answers are needed until more may wait, and how many of these came.
    to_grow: usize,
    in_time: usize,
    /// Whether a request was not answered in time, and was answered when it was asked again.
    is_slow: bool,
    /// How many answers came late.
    late: u64,
    /// How many requests were never answered.
    hangs: u32,
    /// The longest time that an answer took.
    slowest: Duration,
}

impl Pace {
    pub(super) fn new(limits: Limits) -> Self {
        let Limits { timeout, window, .. } = limits;
        Self {
            limits,
            timeout,
            window,
            to_grow: TO_GROW,
            in_time: 0,
            is_slow: false,
            late: 0,
            hangs: 0,
            slowest: Duration::ZERO,
        }
    }

    /// The adapter allows no more than this many.
    pub(super) fn allow(&mut self, window: usize) {
        self.limits.window = self.limits.window.min(window).max(1);
        self.window = self.limits.window;
    }

    /// How many requests may wait.
    pub(super) fn window(&self) -> usize {
        self.window
    }

    /// How long the adapter may be silent while several requests wait.
    pub(super) fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// How long the adapter may take for a request that is asked again alone, at this moment of the run.
    ///
    /// Each request that is never answered takes it down to a quarter: the run is lost already, and what else hangs must
    /// not take all of its time. On a slow machine it stays long.
    pub(super) fn patience(&self, now: Duration) -> Option<Duration> {
        let timeout = self.limits.timeout?;
        let whole = self.limits.patience.max(timeout);
        let less = whole / 4_u32.checked_pow(self.hangs).unwrap_or(u32::MAX);
        let at_least =
            timeout.saturating_mul(2).max(self.slowest.saturating_mul(TIMES_THE_SLOWEST));
        // A hang is found before the run ends.
        let left = self.limits.deadline.saturating_sub(now);
        let patience = less.max(at_least).min(whole).min(left / 2);
        // Whole seconds, because reports show it.
        Some(Duration::from_secs(patience.as_secs()).max(timeout))
    }

    /// An answer to a request that was asked alone came after this time. Returns whether it was late.
    pub(super) fn answered_after(&mut self, time: Duration) -> bool {
        self.slowest = self.slowest.max(time);
        let is_late = self.limits.timeout.is_some_and(|limit| time > limit);
        self.late += u64::from(is_late);
        is_late
    }

    /// A request was not answered, however long it was waited for.
    pub(super) fn hung(&mut self) {
        self.hangs = self.hangs.saturating_add(1);
    }

    /// What had not been answered in time was answered when it was asked again; perhaps one of these
    /// answers has been counted as late already.
    pub(super) fn was_late(&mut self, is_counted: bool) {
        self.late += u64::from(!is_counted);
        self.timeout = self.timeout.map(|it| {
            it.saturating_mul(2).min(self.limits.patience.max(self.limits.timeout.unwrap_or(it)))
        });
        // One moment in which the machine was busy does not make the rest of the run slower.
        if std::mem::replace(&mut self.is_slow, true) {
            self.ask_less_at_once();
        }
    }

    /// The adapter broke, and none of the requests broke it when it was asked again.
    pub(super) fn ask_less_at_once(&mut self) {
        self.window = (self.window / NARROWER).max(1);
        self.to_grow = self.to_grow.saturating_mul(NARROWER);
        self.in_time = 0;
    }

    /// An answer came in time, while others may have been waiting.
    pub(super) fn answered_in_time(&mut self) {
        self.in_time = self.in_time.saturating_add(1);
        if self.in_time >= self.to_grow {
            self.window = self.window.saturating_mul(NARROWER).min(self.limits.window);
            self.in_time = 0;
        }
    }

    /// What the report says about time.
    pub(super) fn note(&self) -> Option<String> {
        if self.late == 0 {
            return None;
        }
        let each = if self.late == 1 { "it" } else { "each of them" };
        Some(format!(
            "slow machine: {} came late; {each} came when the request was asked again alone, and counts like any other answer",
            plural(self.late, "answer", "answers"),
        ))
    }
}
