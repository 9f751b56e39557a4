//! Work that is divided among all cores.

use std::{
    num::NonZero,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// The result for each item, in their order, worked out by as many threads as there are cores.
pub fn on_all_cores<T: Sync, R: Send + Sync>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let go_on = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let (Some(item), Some(result)) = (items.get(index), results.get(index)) else {
                return;
            };
            result.get_or_init(|| work(item));
        }
    };
    thread::scope(|scope| {
        // Where no thread can be had, this one does the work.
        for _ in 1..cores {
            _ = thread::Builder::new().spawn_scoped(scope, go_on);
        }
        go_on();
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}
