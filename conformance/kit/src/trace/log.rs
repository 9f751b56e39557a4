//! One log from its beginning to its end, and what was found in it.

use std::io::{self, BufRead};

use rollwire_model::exchange::{Datagram, Entry, Member, Rollback, Stimulus};
use serde::Serialize;

use super::{
    MAP, QUEUE,
    around::{Around, Content},
    judge::{GaveUp, Judge, Judged, Wrong},
    line::{Fault, Line, Step},
};
use crate::offline::lines::{FileLines, LinePosition};

pub use super::around::Shown;

/// How many lines of one kind are named.
const NAMED: usize = 8;

/// Why a file is no log at all.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system refuses.
    #[error("{name}: cannot be read: {error}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// It does not say how it is to be read.
    #[error(
        "{name}:{line}: is no header of a trace: the line {fault}; a log begins with a line such as \
         {HEADER}"
    )]
    NoHeader {
        /// The file.
        name: String,
        /// The line.
        line: u64,
        /// What is wrong with it.
        fault: Fault,
    },
    /// A stimulus, and no header before it.
    #[error("{name}:{line}: stands before any header; a log begins with a line such as {HEADER}")]
    HeaderMissing {
        /// The file.
        name: String,
        /// The line.
        line: u64,
    },
}

const HEADER: &str = r#"{"trace":1,"revision":7,"capabilities":["exchange","detect"]}"#;

/// Everything that was found in a log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The file.
    pub name: String,
    /// How many lines it has, empty ones too.
    pub lines: u64,
    /// How many headers.
    pub sessions: u64,
    /// How many stimuli.
    pub stimuli: u64,
    /// How many of them could not be judged in every respect, because of what came before.
    pub doubted: u64,
    /// What the sessions did wrong, one for each kind.
    pub violations: Vec<Cause>,
    /// The lines that cannot be read.
    pub malformed: Malformed,
    /// The last line, if it is cut off in its middle.
    pub cut: Option<u64>,
    /// What was given up to stay within bounded memory.
    pub notes: Vec<String>,
}

/// A rule that was broken, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cause {
    /// The rule that describes it.
    pub rule: &'static str,
    /// The member of the observation.
    pub member: Member,
    /// The first line of this kind.
    pub line: u64,
    /// What that line should show.
    pub expected: String,
    /// What it shows.
    pub got: String,
    /// The lines around it.
    pub around: Vec<Shown>,
    /// How many lines of this kind there are.
    pub count: u64,
    /// The first of those that follow.
    pub more: Vec<u64>,
}

/// Lines that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Malformed {
    /// How many.
    pub count: u64,
    /// The first of them, and what is wrong with each.
    pub first: Vec<Shown>,
}

/// What a line brought, as far as the other peer's log has to do with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Happened {
    pub(super) line: u64,
    /// A frame that entered the history.
    pub(super) confirmed: Option<Entry>,
    pub(super) sent: Vec<Entry>,
    pub(super) received: Option<Entry>,
    pub(super) compared: Vec<u32>,
    /// Where a rollback goes back to.
    pub(super) withdrawn: Option<u32>,
    /// An episode or a session begins.
    pub(super) begins: bool,
}

/// A log that is being read.
#[derive(Debug)]
pub struct Log<R> {
    lines: FileLines<R>,
    text: Vec<u8>,
    judge: Judge,
    around: Around,
    findings: Findings,
}

impl<R: BufRead> Log<R> {
    /// Reads up to the header; nothing if the file is empty.
    ///
    /// # Errors
    /// What the file is, if it is no log.
    pub fn open(name: &str, source: R) -> Result<Option<Self>, Unreadable> {
        let mut lines = FileLines::new(source);
        let mut text = Vec::new();
        let place = loop {
            match next(&mut lines, &mut text, name)? {
                None => return Ok(None),
                Some(_) if text.is_empty() => {}
                Some(place) => break place,
            }
        };
        let header = match Line::read(&text) {
            Ok(Line::Header(header)) => header,
            Ok(Line::Step(_)) => {
                let (name, line) = (name.to_owned(), place.number);
                return Err(Unreadable::HeaderMissing { name, line });
            }
            Err(fault) => {
                let (name, line) = (name.to_owned(), place.number);
                return Err(Unreadable::NoHeader { name, line, fault });
            }
        };
        let mut around = Around::default();
        around.push(place.number, Content::Header(header), |_, _| {});
        let findings = Findings {
            name: name.to_owned(),
            lines: place.number,
            sessions: 1,
            ..Findings::default()
        };
        Ok(Some(Self { lines, text, judge: Judge::new(header), around, findings }))
    }

    /// Reads the rest.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> Result<Findings, Unreadable> {
        while self.line()?.is_some() {}
        Ok(self.findings)
    }

    /// What has been found up to here.
    pub(super) fn findings(self) -> Findings {
        self.findings
    }

    /// Judges the next line, and says what is needed to put it beside the other peer's.
    pub(super) fn happened(&mut self) -> Result<Option<Happened>, Unreadable> {
        let Some((line, judged)) = self.line()? else { return Ok(None) };
        let mut happened = Happened { line, ..Happened::default() };
        match self.around.newest() {
            Some(Content::Header(_)) => happened.begins = true,
            Some(Content::Step(step)) => {
                happened.compared = judged.compared;
                happened.sent = step.seen.sent.iter().filter_map(Datagram::entry).collect();
                match &step.stimulus {
                    Stimulus::Confirm { frame, hash } if judged.confirmed => {
                        happened.confirmed = Some((*frame, *hash));
                    }
                    Stimulus::Recv(datagram) => happened.received = datagram.entry(),
                    Stimulus::Rollback(Rollback::Begin(target)) => {
                        happened.withdrawn = Some(*target);
                    }
                    Stimulus::Reset {} => happened.begins = true,
                    _ => {}
                }
            }
            Some(Content::Malformed) | None => {}
        }
        Ok(Some(happened))
    }

    /// Judges the next line.
    fn line(&mut self) -> Result<Option<(u64, Judged)>, Unreadable> {
        let place = loop {
            match next(&mut self.lines, &mut self.text, &self.findings.name)? {
                None => return Ok(None),
                Some(place) => {
                    self.findings.lines = place.number;
                    if !self.text.is_empty() {
                        break place;
                    }
                }
            }
        };
        let number = place.number;
        let judged = match Line::read(&self.text) {
            Ok(Line::Step(step)) => self.step(number, step),
            Ok(Line::Header(header)) => {
                self.findings.sessions += 1;
                self.judge = Judge::new(header);
                self.push(number, Content::Header(header));
                Judged::default()
            }
            Err(fault) => {
                self.malformed(place, &fault);
                Judged::default()
            }
        };
        Ok(Some((number, judged)))
    }

    fn step(&mut self, number: u64, step: Step) -> Judged {
        let mut judged = self.judge.step(&step);
        self.findings.stimuli += 1;
        self.findings.doubted += u64::from(judged.doubted);
        self.push(number, Content::Step(step));
        if let Some(wrong) = judged.wrong.take() {
            self.violation(number, wrong);
        }
        if let Some(gave_up) = judged.gave_up {
            self.note(number, gave_up);
        }
        judged
    }

    fn push(&mut self, number: u64, content: Content) {
        let violations = &mut self.findings.violations;
        self.around.push(number, content, |cause, shown| violations[cause].around.push(shown));
    }

    fn violation(&mut self, line: u64, wrong: Wrong) {
        let Wrong { rule, member, expected, got } = wrong;
        let causes = &mut self.findings.violations;
        if let Some(cause) = causes.iter_mut().find(|it| it.rule == rule && it.member == member) {
            cause.count += 1;
            if cause.more.len() < NAMED {
                cause.more.push(line);
            }
            return;
        }
        let around = self.around.shown(causes.len());
        let (count, more) = (1, Vec::new());
        causes.push(Cause { rule, member, line, expected, got, around, count, more });
    }

    fn malformed(&mut self, place: LinePosition, fault: &Fault) {
        self.judge.gap();
        self.push(place.number, Content::Malformed);
        if !place.ended {
            self.findings.cut = Some(place.number);
            return;
        }
        self.findings.malformed.count += 1;
        if self.findings.malformed.first.len() < NAMED {
            let shown = Shown { line: place.number, text: fault.to_string() };
            self.findings.malformed.first.push(shown);
        }
    }

    fn note(&mut self, line: u64, gave_up: GaveUp) {
        if self.findings.notes.len() == NAMED {
            return;
        }
        self.findings.notes.push(match gave_up {
            GaveUp::Queue => format!(
                "line {line}: the outbound queue holds more than {QUEUE} hashes; what is sent is not \
                 judged until a tick has sent all of it"
            ),
            GaveUp::Map => format!(
                "line {line}: the inbound map holds more than {MAP} hashes, and from there on may \
                 forget any (EXCH-19); what is compared is not judged until the next reset"
            ),
        });
    }
}

fn next<R: BufRead>(
    lines: &mut FileLines<R>,
    text: &mut Vec<u8>,
    name: &str,
) -> Result<Option<LinePosition>, Unreadable> {
    lines.next(text).map_err(|error| Unreadable::Io { name: name.to_owned(), error })
}
