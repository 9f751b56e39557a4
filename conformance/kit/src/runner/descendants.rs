//! The processes that an adapter leaves behind.
//!
//! A process that an adapter starts can leave its group and its session. On Linux it cannot leave its
//! ancestors: [`adopt_descendants`] makes this process inherit what the adapter leaves behind, and what was
//! inherited is ended with the adapter. Elsewhere the process group is all that can be found.

use std::{
    io,
    sync::{Mutex, PoisonError, TryLockError},
    thread,
    time::{Duration, Instant},
};

#[cfg(unix)]
use rustix::process::{Pid, Signal};

/// How long the processes that an adapter left behind may take to end.
#[cfg(target_os = "linux")]
const ENDING: Duration = Duration::from_secs(5);

/// How long [`end_adapters`] waits for an adapter that is being started.
const STARTING: Duration = Duration::from_secs(1);

/// The adapters that are running. It is locked while one is started and while one is reaped, so that it
/// never contains the number of a process that does not exist any more.
static RUNNING: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// Starts an adapter, and enters its number.
pub(super) fn start<T>(
    spawn: impl FnOnce() -> io::Result<T>,
    id: impl FnOnce(&T) -> u32,
) -> io::Result<T> {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let started = spawn()?;
    running.push(id(&started));
    Ok(started)
}

/// Reaps an adapter that has ended, and removes it.
pub(super) fn reap<T>(id: u32, reap: impl FnOnce() -> T) -> T {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    running.retain(|it| *it != id);
    reap()
}

/// Makes this process inherit the processes that an adapter leaves behind, where the system can do that.
/// They are ended when the adapter ends; of several adapters, when the last one that runs ends.
///
/// Only for a program that starts no other process that leaves its session: what it inherits is taken for
/// an adapter's. The children that it has now are left alone, and so is
/// what runs in its own session.
pub fn adopt_descendants() {
    #[cfg(target_os = "linux")]
    adopted::begin();
}

/// Kills every running adapter and what it has left behind, for a program that exits without ending its run.
/// No adapter can be started afterwards.
pub fn end_adapters() {
    let begin = Instant::now();
    let running = loop {
        match RUNNING.try_lock() {
            Ok(running) => break Some(running),
            Err(TryLockError::Poisoned(running)) => break Some(running.into_inner()),
            Err(TryLockError::WouldBlock) if begin.elapsed() > STARTING => break None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(2)),
        }
    };
    #[cfg(unix)]
    if let Some(running) = &running {
        running.iter().for_each(|id| signal_group(*id, Signal::KILL));
    }
    end_inherited();
    // It stays locked, so that the thread that runs the adapter cannot start another one.
    std::mem::forget(running);
}

/// Ends the processes that were inherited from adapters, unless one is still running: a child of this process
/// may then be that adapter.
pub(super) fn end_left_behind() {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    if running.is_empty() {
        end_inherited();
    }
}

fn end_inherited() {
    #[cfg(target_os = "linux")]
    adopted::end(ENDING);
}

#[cfg(unix)]
pub(super) fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

#[cfg(unix)]
pub(super) fn signal_group(id: u32, signal: Signal) {
    if let Some(id) = pid(id) {
        // It fails if the group is empty, and if its processes belong to another user.
        let _ = rustix::process::kill_process_group(id, signal);
    }
}

#[cfg(target_os = "linux")]
mod adopted {
    use std::{
        fs,
        sync::OnceLock,
        thread,
        time::{Duration, Instant},
    };

    use rustix::process::{
        Pid, Signal, WaitId, WaitIdOptions, WaitOptions, getpid, kill_process, set_child_subreaper,
        waitid, waitpid,
    };

    /// The children that this process had before its first adapter. Set if descendants are adopted.
    static SPARED: OnceLock<Vec<Pid>> = OnceLock::new();

    pub(super) fn begin() {
        if set_child_subreaper(Some(getpid())).is_ok() {
            SPARED.get_or_init(children);
        }
    }

    /// Kills all adopted processes, and those that are adopted because their parents were killed. Gives
    /// up at the limit: a process may belong to another user, or start others all the time.
    pub(super) fn end(limit: Duration) {
        let Some(spared) = SPARED.get() else { return };
        let begin = Instant::now();
        loop {
            let left = left_behind(spared);
            for id in &left {
                let _ = kill_process(*id, Signal::KILL);
            }
            if left.is_empty() || begin.elapsed() > limit {
                return;
            }
            // The children of a process that was reaped are adopted by now.
            if left.iter().filter(|id| !is_reaped(**id)).count() > 0 {
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    fn is_reaped(id: Pid) -> bool {
        !matches!(waitpid(Some(id), WaitOptions::NOHANG), Ok(None))
    }

    /// The children that are neither spared nor in the session of this process. An adapter and its
    /// descendants are never in it: a process can begin a session, and cannot join one.
    fn left_behind(spared: &[Pid]) -> Vec<Pid> {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        if waitid(WaitId::All, options).is_err() {
            return Vec::new(); // The usual case: no child is left.
        }
        let own = session(None);
        let is_own = |id: &Pid| own.is_some() && session(Some(*id)) == own;
        children().into_iter().filter(|id| !spared.contains(id) && !is_own(id)).collect()
    }

    /// The session of a process, or of this process. It is 0 in a container that was entered from outside:
    /// the leader of the session has no number there. A [`Pid`] cannot be 0.
    fn session(of: Option<Pid>) -> Option<i32> {
        let of = of.map(|id| nix::unistd::Pid::from_raw(id.as_raw_nonzero().get()));
        nix::unistd::getsid(of).ok().map(nix::unistd::Pid::as_raw)
    }

    /// The children of this process. Not every kernel lists them, and every kernel lists the parent of each
    /// process, which takes longer.
    fn children() -> Vec<Pid> {
        listed_children().unwrap_or_else(|| {
            let own = getpid().as_raw_nonzero().get();
            let Ok(folder) = fs::read_dir("/proc") else { return Vec::new() };
            let ids = folder.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
            let is_child = |id: &i32| {
                let stat = fs::read(format!("/proc/{id}/stat"));
                stat.is_ok_and(|stat| parent(&stat) == Some(own))
            };
            ids.filter(is_child).filter_map(Pid::from_raw).collect()
        })
    }

    /// The children of all threads of this process, if the kernel lists them.
    fn listed_children() -> Option<Vec<Pid>> {
        let mut children = Vec::new();
        for thread in fs::read_dir("/proc/self/task").ok()? {
            // A thread that has ended has no children.
            let Ok(list) = fs::read_to_string(thread.ok()?.path().join("children")) else {
                continue;
            };
            children.extend(list.split_ascii_whitespace().filter_map(|id| id.parse::<i32>().ok()));
        }
        let is_known = fs::exists(format!("/proc/self/task/{}/children", getpid())).ok()?;
        is_known.then(|| children.into_iter().filter_map(Pid::from_raw).collect())
    }

    /// The field 4 of `/proc/‹id›/stat`. The name before it may contain anything.
    fn parent(stat: &[u8]) -> Option<i32> {
        let name_ends = stat.iter().rposition(|byte| *byte == b')')?;
        let fields = std::str::from_utf8(&stat[name_ends + 1..]).ok()?;
        fields.split_ascii_whitespace().nth(1)?.parse().ok()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_name_of_a_process_does_not_hide_its_parent() {
            assert_eq!(parent(b"7 (a) R 9 9 (\xff) S 12 13 14 0 -1"), Some(12));
            assert_eq!(parent(b"7 (a"), None);
            assert_eq!(parent(b"7 (a) S"), None);
        }
    }
}
