//! How much work a capture may make.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// The steps of the model that any capture may take: about a second.
const AT_FIRST: u64 = 500_000;
/// The steps that each of its records adds. One that is followed takes two or three.
const A_RECORD: u64 = 16;

/// The steps of the model that are left for a capture. Whoever plays a part of it again spends from the same.
#[derive(Clone, Debug)]
pub(crate) struct Effort(Arc<AtomicU64>);

impl Default for Effort {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(AT_FIRST)))
    }
}

impl Effort {
    /// Another record.
    pub(super) fn earn(&self) {
        self.0.fetch_add(A_RECORD, Ordering::Relaxed);
    }

    /// Whether that many steps were left.
    pub(super) fn spend(&self, steps: u64) -> bool {
        let spent = |left: u64| left.checked_sub(steps);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spent).is_ok()
    }
}
