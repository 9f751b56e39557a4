//! The signals that end a run: all that would end this process and leave its adapter behind, as far as a
//! process may handle them.

use std::sync::{Arc, OnceLock, atomic::AtomicUsize};

/// Prepares this process for children. A parent that ignores SIGCHLD hands that down, and then the system
/// discards the exit status of every child.
pub(crate) fn keep_exit_statuses() {
    #[cfg(unix)]
    handle(signal_hook::consts::SIGCHLD);
}

/// Makes a limit on the size of files an error of writing, as a full disk is. The signal would end this
/// process without a word.
pub(crate) fn outlive_file_size_limits() {
    #[cfg(unix)]
    handle(signal_hook::consts::SIGXFSZ);
}

/// Does nothing at this signal. If registering fails, the system does what it always does.
#[cfg(unix)]
fn handle(signal: i32) {
    use std::sync::atomic::AtomicBool;
    let _ = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)));
}

/// A flag that holds the number of the signal that asked this process to end; it is the same for all runs
/// of this process. A second signal ends the process at once, even if it hangs.
pub(crate) fn interrupts() -> Arc<AtomicUsize> {
    static INTERRUPTED: OnceLock<Arc<AtomicUsize>> = OnceLock::new();
    let begin = || {
        let interrupted = Arc::new(AtomicUsize::new(0));
        #[cfg(unix)]
        if listen(&interrupted).is_ok() {
            return interrupted;
        }
        register(&interrupted);
        interrupted
    };
    Arc::clone(INTERRUPTED.get_or_init(begin))
}

/// Waits for signals in a thread, which ends the adapter before a second signal ends this process.
#[cfg(unix)]
fn listen(interrupted: &Arc<AtomicUsize>) -> std::io::Result<()> {
    use std::{sync::atomic::Ordering, thread};

    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals,
        low_level,
    };

    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    let ignored = ignored();
    for signal in UNLESS_IGNORED.into_iter().filter(|signal| !ignored.contains(signal)) {
        signals.add_signal(signal)?;
    }
    let interrupted = Arc::clone(interrupted);
    let wait = move || {
        for signal in signals.forever() {
            let number = usize::try_from(signal).unwrap_or(usize::MAX);
            let first =
                interrupted.compare_exchange(0, number, Ordering::Relaxed, Ordering::Relaxed);
            if first.is_err() {
                rollwire_conformance::runner::end_adapters();
                crate::terminal_settings::restore();
                low_level::exit(128 + signal);
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait)?;
    Ok(())
}

/// The signals that end a run as SIGTERM does, unless they were ignored when this process was started. `nohup`
/// ignores SIGHUP, so that a run outlives its terminal.
#[cfg(unix)]
const UNLESS_IGNORED: [i32; 8] = {
    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGPROF, SIGQUIT, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    };
    [SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU]
};

/// Which of these signals this process ignores. Only Linux tells.
#[cfg(unix)]
fn ignored() -> Vec<i32> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    UNLESS_IGNORED.into_iter().filter(|signal| mask >> (signal - 1) & 1 == 1).collect()
}

/// Sets the flag without a thread: on Windows, and where no thread can be started. If this fails too, the
/// first signal ends the process, and only the report is lost.
fn register(interrupted: &Arc<AtomicUsize>) {
    use std::sync::atomic::AtomicBool;

    use signal_hook::{consts, flag};

    for signal in [consts::SIGINT, consts::SIGTERM] {
        let Ok(number) = usize::try_from(signal) else { continue };
        let second = Arc::new(AtomicBool::new(false));
        let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&second));
        let _ = flag::register(signal, second);
        let _ = flag::register_usize(signal, Arc::clone(interrupted), number);
    }
}
