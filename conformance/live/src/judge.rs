//! Judges the lines of one connection, in a thread of its own, while they come.

use std::{
    io::BufReader,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rollwire_capture::{
    Capture, Check, Judged, Messages, Step, Unreadable,
    line::{Moment, Payload, What},
    monitor::Objection,
};
use rollwire_conformance::text::shorten;

use crate::{
    copied::{self, Wrong},
    feed::Feed,
    hub::Hub,
    kept::Kept,
    log::Log,
    saved::Saved,
    side::{cut, row},
};

/// Lines are read in pieces of this size.
const PIECE: usize = 64 * 1024;

/// After how many microseconds of a game the file has everything up to there.
const FLUSH: u64 = 1_000_000;

/// Judges everything that comes, to the end of the connection. The error is a sentence for the log.
pub(crate) fn judge(feed: Feed, hub: &Hub, log: &Log, folder: Option<&Path>) -> Result<(), String> {
    let capture = match Capture::open("its stream", BufReader::with_capacity(PIECE, feed)) {
        Ok(capture) => capture,
        // It has connected, and had nothing to tell.
        Err(Unreadable::Empty { .. }) => return Ok(()),
        Err(fault) => {
            return Err(format!("a tap was disconnected: {}", shorten(&fault.to_string())));
        }
    };
    let (id, kept) = hub.connect();
    let saved = folder.and_then(|folder| {
        let created = Saved::create(folder);
        let fault = |error| log.lost(&format!("a tap is not saved: {error}"));
        created.map_err(fault).ok()
    });
    let file = saved.as_ref().map(|it| it.name.clone());
    hub.update(id, |it| it.file.clone_from(&file));
    let mut judge = Judge {
        id,
        hub,
        log,
        kept,
        saved,
        at: Vec::new(),
        flushed: Moment::default(),
        messages: Vec::new(),
    };
    let mut check = Check::new(capture);
    // Reading from memory does not fail.
    while let Ok(Some(step)) = check.step() {
        judge.step(&check, step);
    }
    judge.saves(Saved::end);
    hub.update(id, |it| {
        it.is_open = false;
        it.version += 1;
    });
    Ok(())
}

struct Judge<'a> {
    id: u64,
    hub: &'a Hub,
    log: &'a Log,
    kept: Arc<Mutex<Kept>>,
    saved: Option<Saved>,
    /// The time of the newest record of each tap.
    at: Vec<Moment>,
    /// The time of the newest record that the file certainly has.
    flushed: Moment,
    /// Reads the messages of each tap.
    messages: Vec<Messages>,
}

impl Judge<'_> {
    fn step(&mut self, check: &Check<BufReader<Feed>>, step: Step) {
        match step {
            Step::Header(tap, header) => {
                let messages = Messages::new(header.revision);
                match self.messages.get_mut(tap) {
                    Some(known) => *known = messages,
                    None => self.messages.push(messages),
                }
                self.at.resize(self.messages.len(), Moment::default());
                self.kept().header(tap, &header);
                self.saves(|saved| saved.header(tap, &header));
                self.hub.update(self.id, |connection| {
                    let count = connection.sides.len().max(tap + 1);
                    connection.sides.resize_with(count, Default::default);
                    connection.sides[tap].begin(&header);
                });
            }
            Step::Record(judged) => self.record(check, &judged),
            Step::Gap(fault) => {
                let at = self.at.clone();
                self.kept().gap(&at);
                self.saves(|saved| {
                    saved.gap(&at);
                    Ok(())
                });
                self.hub.update(self.id, |connection| {
                    connection.malformed += 1;
                    connection.fault = cut(&shorten(&fault));
                    connection.version += 1;
                });
            }
        }
    }

    fn record(&mut self, check: &Check<BufReader<Feed>>, judged: &Judged) {
        let tap = judged.tap;
        self.at[tap] = judged.record.at;
        self.kept().record(tap, &judged.record);
        self.saves(|saved| saved.record(tap, &judged.record));
        if judged.record.at.since(self.flushed) > FLUSH {
            self.flushed = judged.record.at;
            self.saves(Saved::flush);
        }
        let Some(so_far) = check.so_far(tap) else { return };
        let compared = check.compared(tap);
        let messages = &self.messages[tap];
        let message = datagram(judged).and_then(|bytes| messages.read(bytes));
        let row = row(messages.model(), judged);
        let new = self.hub.update(self.id, |connection| {
            let side = &mut connection.sides[tap];
            side.record(judged, (row, message.as_ref()), so_far, &compared);
            let objections = judged.objections.iter();
            let new = objections.filter_map(|it| Some((side.object(it, so_far)?, it)));
            new.collect::<Vec<_>>()
        });
        for (number, objection) in new.into_iter().flatten() {
            if let Some(copied) = self.copied(judged, objection) {
                self.hub.can_be_copied((self.id, tap), number, copied);
            }
        }
    }

    /// A file that shows this violation.
    fn copied(&self, judged: &Judged, objection: &Objection) -> Option<copied::Copied> {
        let Objection { rule, side, kind, line, .. } = objection;
        if matches!(
            *kind,
            "a datagram that is not a message" | "a message that is written in another way"
        ) && *line == judged.line
        {
            let model = self.messages[judged.tap].model();
            return copied::vector(model, datagram(judged)?, *line);
        }
        let part = self.kept().part(judged.tap, copied::MOST_RECORDS)?;
        copied::capture(&part, Wrong { rule, side: *side, kind })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes to the file; the first error ends the saving, and nothing else.
    fn saves(&mut self, write: impl FnOnce(&mut Saved) -> std::io::Result<()>) {
        let Some(saved) = &mut self.saved else { return };
        if let Err(error) = write(saved) {
            let _ = saved.flush();
            self.log.lost(&format!("writing {} has ended: {error}", saved.name));
            self.saved = None;
            // The page must not name a file that ends before the game does.
            self.hub.update(self.id, |connection| {
                connection.file = None;
                connection.version += 1;
            });
        }
    }
}

fn datagram(judged: &Judged) -> Option<&[u8]> {
    match &judged.record.what {
        What::Sent(Payload::Datagram(bytes))
        | What::Refused(Payload::Datagram(bytes))
        | What::Received(Payload::Datagram(bytes)) => Some(bytes),
        _ => None,
    }
}
