//! What a peer has allocated. The counts are those of the allocator of the program `memory`; with any
//! other allocator they are 0.

use std::hint::black_box;

use peak_alloc::PeakAlloc;

/// The memory of one peer, in bytes as they were asked for. What an allocator adds to each piece is not
/// counted. While a piece is moved to a greater one, both are.
#[derive(Debug, Default)]
pub struct Account {
    held: usize,
    peak: usize,
}

impl Account {
    /// Does something in which nothing but this peer allocates what stays allocated.
    ///
    /// Only one thread may allocate meanwhile.
    pub fn of<R>(&mut self, step: impl FnOnce() -> R) -> R {
        let before = PeakAlloc.current_usage();
        PeakAlloc.reset_peak_usage();
        let result = step();
        self.peak = self.peak.max(self.held + PeakAlloc.peak_usage() - before);
        self.held = self.held + PeakAlloc.current_usage() - before;
        result
    }

    /// The most that was allocated at any time.
    pub fn peak(&self) -> usize {
        self.peak
    }
}

/// Whether allocations are counted at all.
pub fn is_counted() -> bool {
    let mut account = Account::default();
    // Otherwise a compiler may leave the allocation out.
    let boxed = account.of(|| black_box(Box::new([0_u8; 1000])));
    account.of(|| drop(boxed));
    account.peak() == 1000 && account.held == 0
}
