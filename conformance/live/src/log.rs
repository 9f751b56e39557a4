//! What a server says to its user: every sentence once, only some of them, and never at the expense of a game.
//!
//! A thread of its own writes. If what it writes is not read, for example because a pipe is full, it waits, and
//! nothing else does.

use std::{
    collections::BTreeSet,
    fmt, io,
    sync::{
        Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, SyncSender, channel, sync_channel},
    },
    thread,
    time::Duration,
};

/// How many different sentences are said of each kind, and how many bytes they have together. A client can make
/// up any number of them.
const MOST: usize = 100;
const MOST_BYTES: usize = 16 * 1024;

/// What is said after the last sentence of a kind.
const MORE: &str = "there is more to say than is shown here";
const MORE_LOST: &str = "more captures are not saved than is shown here";

/// How long the end of a server waits for a sentence to be written.
const PATIENCE: Duration = Duration::from_secs(3);

/// Takes a sentence.
pub type Say = Box<dyn Fn(&str) + Send + Sync>;

/// Says sentences.
pub(crate) struct Log {
    /// What clients bring about, with a token or without.
    told: Mutex<Told>,
    /// What the user loses. Whatever clients do, there is room for it.
    lost: Mutex<Told>,
    writer: Writer,
}

/// The sentences of a kind that were said.
#[derive(Debug, Default)]
struct Told {
    sentences: BTreeSet<String>,
    bytes: usize,
    is_full: bool,
}

impl Log {
    pub(crate) fn new(writer: Writer) -> Self {
        Self { told: Mutex::default(), lost: Mutex::default(), writer }
    }

    /// Says a sentence, unless it was said before. The sentence must not hold text from outside that was not
    /// escaped and shortened.
    pub(crate) fn once(&self, sentence: &str) {
        self.say(&self.told, sentence, MORE);
    }

    /// Says that something is not saved, unless that was said before. Nothing else uses up the room for it.
    pub(crate) fn lost(&self, sentence: &str) {
        self.say(&self.lost, sentence, MORE_LOST);
    }

    fn say(&self, told: &Mutex<Told>, sentence: &str, more: &str) {
        let mut told = lock(told);
        if told.is_full || told.sentences.contains(sentence) {
            return;
        }
        told.bytes += sentence.len();
        told.is_full = told.sentences.len() >= MOST || told.bytes > MOST_BYTES;
        if told.is_full {
            self.writer.write(more);
        } else {
            self.writer.write(sentence);
            told.sentences.insert(sentence.to_owned());
        }
    }
}

impl fmt::Debug for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Log");
        shown.field("told", &self.told).field("lost", &self.lost).finish_non_exhaustive()
    }
}

/// A panic elsewhere leaves it as it is.
fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The thread that writes. Dropped, it waits until what was said is written, unless that does not go on.
pub(crate) struct Writer {
    /// Has room for everything that a log says, so that nothing waits for it.
    sentences: Option<SyncSender<String>>,
    /// Hears of each sentence that is written.
    written: Mutex<Receiver<()>>,
}

impl Writer {
    pub(crate) fn start(say: Say) -> io::Result<Self> {
        let (sentences, all) = sync_channel::<String>(2 * (MOST + 1));
        let (done, written) = channel();
        thread::Builder::new().name("log".to_owned()).spawn(move || {
            for sentence in all {
                say(&sentence);
                // It is not received after the end of the server.
                let _ = done.send(());
            }
        })?;
        Ok(Self { sentences: Some(sentences), written: Mutex::new(written) })
    }

    fn write(&self, sentence: &str) {
        if let Some(sentences) = &self.sentences {
            let _ = sentences.try_send(sentence.to_owned());
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // The thread ends after the last sentence, and so does the receiver.
        self.sentences = None;
        let written = self.written.get_mut().unwrap_or_else(PoisonError::into_inner);
        while written.recv_timeout(PATIENCE).is_ok() {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// The sentences that a log writes.
    fn heard(speak: impl FnOnce(&Log)) -> Vec<String> {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ear = Arc::clone(&heard);
        let say = Box::new(move |it: &str| lock(&ear).push(it.to_owned()));
        speak(&Log::new(Writer::start(say).unwrap()));
        lock(&heard).clone()
    }

    #[test]
    fn a_flood_of_sentences_ends() {
        let heard = heard(|log| {
            for number in 0..1000 {
                log.once("again");
                log.once(&number.to_string());
            }
        });
        assert_eq!(heard.len(), MOST + 1);
        assert_eq!(heard.iter().filter(|it| *it == "again").count(), 1);
        assert_eq!(heard[MOST], MORE);
    }

    #[test]
    fn long_sentences_are_fewer() {
        let heard = heard(|log| {
            for number in 10..99 {
                log.once(&format!("{number}{}", "x".repeat(MOST_BYTES / 4 - 2)));
            }
        });
        assert_eq!(heard.len(), 5);
        assert_eq!(heard[4], MORE);
    }

    #[test]
    fn what_is_lost_is_told_after_a_flood() {
        let heard = heard(|log| {
            (0..1000).for_each(|number| log.once(&number.to_string()));
            (0..1000).for_each(|number| log.lost(&format!("file {number}")));
        });
        assert_eq!(heard.len(), 2 * (MOST + 1));
        assert_eq!((&*heard[MOST + 1], &*heard[2 * MOST + 1]), ("file 0", MORE_LOST));
    }

    /// The listener never comes back, as if it wrote to a pipe that is not read.
    #[test]
    fn a_listener_that_hangs_holds_nothing_up() {
        let (never, waits) = channel::<()>();
        let waits = Mutex::new(waits);
        let say = Box::new(move |_: &str| lock(&waits).recv().unwrap_or_default());
        let log = Log::new(Writer::start(say).unwrap());
        (0..1000).for_each(|number| log.once(&number.to_string()));
        drop(log);
        drop(never);
    }
}
