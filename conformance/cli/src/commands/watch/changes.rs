//! The thread that waits for changes and signals, and ends a run that is out of date.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::files::Files;
use crate::{failure::Failure, terminal::complain};

/// How often the thread looks for a signal.
const LOOK: Duration = Duration::from_millis(50);
/// How long it stays quiet after the last of some changes: an editor and a formatter write in turn.
const QUIET: Duration = Duration::from_millis(100);
/// How long changes without a pause are collected.
const LONGEST: Duration = Duration::from_secs(2);
/// How often the files are looked at where the system does not say that something happened.
const POLL: Duration = Duration::from_secs(1);
/// What ends a run that is out of date. It is not the number of a signal.
const OUT_OF_DATE: usize = 1 << 16;

/// What happened.
pub(super) enum News {
    /// These files changed.
    Changed(String),
    /// A signal arrived: its number.
    Signal(u8),
    /// The files can no longer be watched.
    Broken(String),
}

/// The other end of the thread.
pub(super) struct Changes {
    news: Receiver<News>,
    /// Not zero from the moment at which a run is out of date.
    pub(super) ends_run: Arc<AtomicUsize>,
    /// What is watched.
    pub(super) described: String,
}

impl Changes {
    /// Begins to wait for changes of these files.
    pub(super) fn begin(files: Files, signal: Arc<AtomicUsize>) -> Result<Self, Failure> {
        let described = files.described();
        let ends_run = Arc::new(AtomicUsize::new(0));
        let (sender, news) = mpsc::channel();
        let mut thread = Thread {
            files,
            hears: Hears::begin(),
            signal,
            ends_run: Arc::clone(&ends_run),
            sender,
        };
        thread.hears.follow(&thread.files.folders);
        thread::Builder::new()
            .name("watches files".to_owned())
            .spawn(move || thread.run())
            .map_err(|error| Failure::usage(format!("the files cannot be watched: {error}")))?;
        Ok(Self { news, ends_run, described })
    }

    /// Waits for what happens next. Several changes during a run are one.
    pub(super) fn next(&self) -> News {
        let broken = || News::Broken("the thread that watches the files has ended".to_owned());
        let mut news = self.news.recv().unwrap_or_else(|_| broken());
        while let (News::Changed(before), Ok(later)) = (&news, self.news.try_recv()) {
            news = match later {
                News::Changed(later) if later != *before => {
                    News::Changed(format!("{before}, {later}"))
                }
                News::Changed(_) => continue,
                other => other,
            };
        }
        news
    }
}

struct Thread {
    files: Files,
    hears: Hears,
    signal: Arc<AtomicUsize>,
    ends_run: Arc<AtomicUsize>,
    sender: Sender<News>,
}

impl Thread {
    /// Until a signal arrives or the other end is gone.
    fn run(&mut self) {
        let is_sent = |news| self.sender.send(news).is_ok();
        loop {
            let signal = self.signal.load(Ordering::SeqCst);
            if signal != 0 {
                self.ends_run.store(signal, Ordering::SeqCst);
                is_sent(News::Signal(u8::try_from(signal).unwrap_or(u8::MAX)));
                return;
            }
            if !self.hears.something() {
                continue;
            }
            match self.files.changed() {
                Ok(None) => {}
                Ok(Some(what)) => {
                    self.ends_run.store(OUT_OF_DATE, Ordering::SeqCst);
                    if !is_sent(News::Changed(what)) {
                        return;
                    }
                }
                Err(failure) => {
                    self.ends_run.store(OUT_OF_DATE, Ordering::SeqCst);
                    is_sent(News::Broken(failure.into_text()));
                    return;
                }
            }
            self.hears.follow(&self.files.folders);
        }
    }
}

/// Hears that something may have happened: from the system, or else by the clock.
struct Hears {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    followed: BTreeSet<PathBuf>,
    /// Whether a folder is new: it may hold files that were there before it was followed.
    is_behind: bool,
    last: Instant,
}

impl Hears {
    fn begin() -> Self {
        let (sender, events) = mpsc::channel();
        let tell = move |event: notify::Result<Event>| {
            // Reading is not a change, and this process reads the folders itself.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                let _ = sender.send(());
            }
        };
        let watcher = notify::recommended_watcher(tell);
        if let Err(error) = &watcher {
            complain!(
                "note: the system does not tell of changes, so the files are read every second: {error}"
            );
        }
        let watcher = watcher.ok();
        Self { watcher, events, followed: BTreeSet::new(), is_behind: false, last: Instant::now() }
    }

    /// Follows these folders, each without those below it: what is below and not among them is ignored.
    fn follow(&mut self, folders: &BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        for gone in self.followed.difference(folders) {
            // The system has forgotten a folder that was removed.
            let _ = watcher.unwatch(gone);
        }
        for new in folders.difference(&self.followed) {
            let Err(error) = watcher.watch(new, RecursiveMode::NonRecursive) else {
                self.is_behind = true;
                continue;
            };
            if matches!(error.kind, notify::ErrorKind::PathNotFound) {
                continue;
            }
            complain!(
                "note: the files are read every second, because the system does not tell of them all: {error}"
            );
            self.watcher = None;
            return;
        }
        self.followed.clone_from(folders);
    }

    /// Waits a moment; whether something may have happened.
    fn something(&mut self) -> bool {
        if self.watcher.is_none() {
            thread::sleep(LOOK);
            let is_due = self.last.elapsed() >= POLL;
            if is_due {
                self.last = Instant::now();
            }
            return is_due;
        }
        if std::mem::take(&mut self.is_behind) {
            return true;
        }
        match self.events.recv_timeout(LOOK) {
            Err(RecvTimeoutError::Timeout) => return false,
            Err(RecvTimeoutError::Disconnected) => {
                self.watcher = None;
                return true;
            }
            Ok(()) => {}
        }
        let begin = Instant::now();
        while begin.elapsed() < LONGEST && self.events.recv_timeout(QUIET).is_ok() {}
        true
    }
}
