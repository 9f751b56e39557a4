//! The memory of a process.

use std::{fs, process::Child, thread, time::Duration};

/// Waits for the end of the process; the highest memory that was seen of it.
pub(crate) fn watch(child: &mut Child) -> Option<f64> {
    let path = format!("/proc/{}/status", child.id());
    let mut highest = None;
    // Of a report of a few lines nothing stays in the pipe that could hold it.
    while let Ok(None) = child.try_wait() {
        let status = fs::read_to_string(&path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok());
        highest = kib.or(highest);
        thread::sleep(Duration::from_millis(2));
    }
    highest
}
