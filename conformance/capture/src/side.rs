//! One side of a channel: what was recorded of it, and what broke a rule.

use std::collections::VecDeque;

use rollwire_model::{Model, exchange::StateHash};
use serde::{Serialize, Serializer};

use crate::{
    axis::Axis,
    judged::Judged,
    line::{Header, Moment, Payload, Record, What},
    monitor::{self, Compared, Difference, Monitor, Objection},
    shadow::Effort,
    words,
};

/// How many lines of one kind are listed.
const LISTED: usize = 8;
/// How many lines are shown up to a violation.
const BEFORE: usize = 6;
/// How many lines are kept to show them: an answer that does not come is missed a second later.
const KEPT: usize = 128;
/// A record with more bytes than this is kept as the words that a report shows, cut to this many characters:
/// the records that are kept of all taps must not fill the memory.
const LARGE: usize = 2048;
/// A violation needs a kind, and there are some dozens of them; more cannot be listed.
const MOST_KINDS: usize = 256;

/// A kind of violation, and where it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The rule that was broken.
    pub rule: String,
    /// Who broke it.
    pub side: monitor::Side,
    /// What is wrong.
    pub kind: &'static str,
    /// What it is in the first line of this kind.
    pub detail: String,
    /// That line.
    pub line: u64,
    /// Its time.
    #[serde(serialize_with = "milliseconds")]
    pub at: Moment,
    /// The same on one axis for all parts of its tap.
    #[serde(skip)]
    pub time: Moment,
    /// The lines up to it.
    pub around: Vec<ContextLine>,
    /// How many lines of this kind there are.
    pub count: u64,
    /// The first of those that follow.
    pub more: Vec<u64>,
}

/// A line as a report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContextLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// When.
    #[serde(serialize_with = "milliseconds")]
    pub at: Moment,
    /// What happened.
    pub what: &'static str,
    /// To what.
    pub text: String,
}

/// Who recorded, as the newest header of a tap says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The name of the side; empty if it has none.
    pub peer: String,
    /// The name of its tap; empty if it has none.
    pub tap: String,
    /// The time of day at which `at` is 0, in milliseconds since 1970; 0 if it is not known.
    pub origin: f64,
}

impl Side {
    fn new(header: &Header) -> Self {
        let (peer, tap) = (header.peer.clone(), header.tap.clone());
        Self { peer, tap, origin: header.origin.unwrap_or_default() }
    }
}

/// What was recorded of one side, and what was found in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SideFindings {
    /// The name of the side; empty if it has none.
    pub peer: String,
    /// The name of its tap; empty if it has none.
    pub tap: String,
    /// How many headers there are.
    pub parts: u64,
    /// How many datagrams were sent, refused and received.
    pub sent: u64,
    /// The channel refused them.
    pub refused: u64,
    /// They arrived.
    pub received: u64,
    /// How many text frames there were, in both directions.
    pub texts: u64,
    /// How many errors the channel reported.
    pub errors: u64,
    /// How many records are missing.
    pub missing: u64,
    /// How long it lasted, from the first record of a part to its last.
    #[serde(serialize_with = "milliseconds", rename = "lasted_ms")]
    pub lasted: Moment,
    /// The violations, one for each kind.
    pub violations: Vec<Violation>,
    /// What the hashes have shown.
    #[serde(serialize_with = "compared")]
    pub hashes: Compared,
}

/// A record that a report may have to show.
#[derive(Debug)]
enum Shown {
    /// As it is.
    Record(Record),
    /// A large one, in words.
    Words(Moment, &'static str, String),
}

impl Shown {
    fn of(model: &Model, record: Record) -> Self {
        let bytes = match &record.what {
            What::Sent(payload) | What::Refused(payload) | What::Received(payload) => match payload
            {
                Payload::Datagram(bytes) => bytes.len(),
                Payload::Text(text) => text.len(),
            },
            What::Error(text) => text.len(),
            What::Opened | What::Closed | What::Missing(_) => 0,
        };
        if bytes <= LARGE {
            return Self::Record(record);
        }
        let (what, mut text) = words::record(model, &record.what);
        if let Some((end, _)) = text.char_indices().nth(LARGE) {
            text.truncate(end);
            text.push('…');
        }
        Self::Words(record.at, what, text)
    }

    fn line(&self, model: &Model, line: u64) -> ContextLine {
        match self {
            Self::Record(record) => {
                let (what, text) = words::record(model, &record.what);
                ContextLine { line, at: record.at, what, text }
            }
            Self::Words(at, what, text) => ContextLine { line, at: *at, what, text: text.clone() },
        }
    }
}

/// A side that is being watched.
#[derive(Debug)]
pub(crate) struct WatchedSide {
    pub(crate) side: Side,
    model: Model,
    monitor: Monitor,
    /// What is left of the work that its parts may make.
    effort: Effort,
    newest: VecDeque<(u64, Shown)>,
    span: Option<(Moment, Moment)>,
    /// The number of the next record, if the tap counts.
    next: Option<u64>,
    axis: Axis,
    /// Grows where records are missing, and with each header.
    stretch: u64,
    earlier: Compared,
    pub(crate) findings: SideFindings,
}

impl WatchedSide {
    pub(crate) fn new(header: &Header) -> Self {
        let findings = SideFindings {
            peer: header.peer.clone(),
            tap: header.tap.clone(),
            parts: 1,
            ..SideFindings::default()
        };
        let effort = Effort::default();
        Self {
            side: Side::new(header),
            model: Model::specified(header.revision),
            monitor: Monitor::with_effort(header, &effort),
            effort,
            newest: VecDeque::new(),
            span: None,
            next: None,
            axis: Axis::new(header),
            stretch: 0,
            earlier: Compared::default(),
            findings,
        }
    }

    /// Another part begins.
    pub(crate) fn begin(&mut self, header: &Header) {
        self.end();
        self.side = Side::new(header);
        self.model = Model::specified(header.revision);
        self.monitor = Monitor::with_effort(header, &self.effort);
        self.newest.clear();
        self.next = None;
        self.axis.begin(header);
        self.stretch += 1;
        self.findings.parts += 1;
    }

    /// A line of this file cannot be read.
    pub(crate) fn gap(&mut self) {
        self.stretch += 1;
        self.monitor.gap();
    }

    /// The part has ended.
    pub(crate) fn end(&mut self) {
        for objection in self.monitor.end() {
            self.violation(&objection);
        }
        if let Some((from, to)) = self.span.take() {
            self.findings.lasted.0 = self.findings.lasted.0.saturating_add(to.since(from));
        }
        self.earlier = self.compared();
        self.findings.hashes = self.earlier;
    }

    /// What the hashes of all parts have shown.
    pub(crate) fn compared(&self) -> Compared {
        let of_part = self.monitor.compared();
        let Compared { frames, differ, changed, first } = self.earlier;
        Compared {
            frames: frames + of_part.frames,
            differ: differ + of_part.differ,
            changed: [changed[0] + of_part.changed[0], changed[1] + of_part.changed[1]],
            first: first.or(of_part.first),
        }
    }

    /// Judges the next record, which stands in this line and belongs to this tap.
    pub(crate) fn record(&mut self, (line, tap): (u64, usize), record: Record) -> Judged {
        self.counts(record.number);
        let time = self.axis.record(record.at);
        let (from, to) = self.span.unwrap_or((record.at, record.at));
        self.span = Some((from, to.max(record.at)));
        let findings = &mut self.findings;
        match &record.what {
            What::Sent(Payload::Datagram(_)) => findings.sent += 1,
            What::Refused(Payload::Datagram(_)) => findings.refused += 1,
            What::Received(Payload::Datagram(_)) => findings.received += 1,
            What::Sent(_) | What::Refused(_) | What::Received(_) => findings.texts += 1,
            What::Error(_) => findings.errors += 1,
            What::Missing(count) => findings.missing = findings.missing.saturating_add(*count),
            What::Opened | What::Closed => {}
        }
        let objections = self.monitor.record(line, &record);
        if self.newest.len() == KEPT {
            self.newest.pop_front();
        }
        self.newest.push_back((line, Shown::of(&self.model, record.clone())));
        for objection in &objections {
            self.violation(objection);
        }
        let stretch = self.stretch;
        self.stretch += u64::from(matches!(record.what, What::Missing(_)));
        let Compared { frames, differ, .. } = self.monitor.compared();
        Judged {
            line,
            tap,
            revision: self.model.revision(),
            record,
            time,
            stretch,
            hears: self.monitor.hears(),
            compared: (frames, differ),
            objections,
        }
    }

    /// A number that does not follow: lines of the file are lost.
    fn counts(&mut self, number: Option<u64>) {
        if let Some(next) = self.next
            && number != Some(next)
        {
            self.gap();
            let missing = number.unwrap_or_default().saturating_sub(next).max(1);
            self.findings.missing = self.findings.missing.saturating_add(missing);
        }
        self.next = number.map(|number| number.saturating_add(1));
    }

    fn violation(&mut self, objection: &Objection) {
        let Objection { rule, side, kind, detail, line, at } = objection.clone();
        let violations = &mut self.findings.violations;
        let same = |it: &&mut Violation| it.rule == rule && it.side == side && it.kind == kind;
        if let Some(violation) = violations.iter_mut().find(same) {
            violation.count += 1;
            if violation.more.len() < LISTED {
                violation.more.push(line);
            }
        } else if violations.len() < MOST_KINDS {
            let around = self.around(line);
            let (count, more) = (1, Vec::new());
            let time = self.axis.of(at);
            let violation =
                Violation { rule, side, kind, detail, line, at, time, around, count, more };
            self.findings.violations.push(violation);
        }
    }

    /// The lines up to this one.
    fn around(&self, line: u64) -> Vec<ContextLine> {
        let until = self.newest.iter().take_while(|(number, _)| *number <= line).count();
        let shown = self.newest.iter().take(until).skip(until.saturating_sub(BEFORE));
        shown.map(|(line, shown)| shown.line(&self.model, *line)).collect()
    }
}

pub(crate) fn milliseconds<S: Serializer>(at: &Moment, serializer: S) -> Result<S::Ok, S::Error> {
    #[expect(clippy::cast_precision_loss, reason = "a time of 285 years still fits")]
    serializer.serialize_f64(at.0 as f64 / 1000.0)
}

fn compared<S: Serializer>(hashes: &Compared, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct First {
        frame: u32,
        own: String,
        partner: String,
        lines: [u64; 2],
    }
    #[derive(Serialize)]
    struct Hashes {
        compared: u64,
        differ: u64,
        own_changed: u64,
        partner_changed: u64,
        #[serde(skip_serializing_if = "Option::is_none")]
        first: Option<First>,
    }
    let text = |hash: [u8; 8]| StateHash(hash).to_string();
    let first = hashes.first.map(|Difference { frame, hashes: [own, partner], lines }| First {
        frame,
        own: text(own),
        partner: text(partner),
        lines,
    });
    let Compared { frames: compared, differ, changed: [own_changed, partner_changed], .. } =
        *hashes;
    Hashes { compared, differ, own_changed, partner_changed, first }.serialize(serializer)
}
