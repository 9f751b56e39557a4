//! Reads a log from its beginning to its end, and collects the findings.

use std::io::{self, BufRead};

use rollwire_model::exchange::{Datagram, Entry, Member, Rollback, Stimulus};
use serde::Serialize;

use super::{
    bounds::{EVENTS, MAP, QUEUE},
    context::{ContextLine, LineContent, LineContext},
    judge::Judge,
    judged::{Deviation, GaveUp, JudgedStep},
    line::{Line, LineFault, Step},
    repeats::Repeats,
    story::Story,
};
use crate::offline::lines::{FileLines, LinePosition};

/// How many lines of one kind are listed.
const LISTED: usize = 8;

/// Why a file cannot be read as a log.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// The system reports an error.
    #[error("{name}: cannot be read: {error}")]
    Io {
        /// The file.
        name: String,
        /// What the system says.
        error: io::Error,
    },
    /// Its first line is not a valid header.
    #[error(
        "{name}:{line}: is not a header of a log: the line {fault}; a log begins with a line such as \
         {HEADER}"
    )]
    NoHeader {
        /// The file.
        name: String,
        /// The line.
        line: u64,
        /// What is wrong with it.
        fault: LineFault,
    },
    /// Its first line is a stimulus.
    #[error(
        "{name}:{line}: there is no header before this line; a log begins with a line such as \
         {HEADER}"
    )]
    HeaderMissing {
        /// The file.
        name: String,
        /// The line.
        line: u64,
    },
}

/// How many sessions of whole peers are told.
const STORIES: usize = 64;

const HEADER: &str = r#"{"trace":1,"revision":7,"capabilities":["exchange","detect"]}"#;

/// The findings of a log.
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
    /// How many of them could be judged only in part, because of earlier lines.
    pub doubted: u64,
    /// The violations, one for each kind.
    pub violations: Vec<Violation>,
    /// The lines that cannot be read.
    pub malformed: Malformed,
    /// The number of the last line, if it is truncated.
    pub cut: Option<u64>,
    /// What was no longer tracked, to keep the memory bounded.
    pub notes: Vec<String>,
    /// What has become of the whole peers, session by session, up to 64 of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub peers: Vec<Story>,
}

/// A kind of violation: a rule that was broken in a member, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    /// The rule that was broken.
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
    pub around: Vec<ContextLine>,
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
    pub first: Vec<ContextLine>,
}

/// The effects of a line that are compared with the other peer's log.
#[derive(Clone, Debug, Default)]
pub(super) struct LineEffects {
    pub(super) line: u64,
    /// A frame that entered the history.
    pub(super) confirmed: Option<Entry>,
    pub(super) sent: Vec<Entry>,
    pub(super) received: Option<Entry>,
    pub(super) compared: Vec<u32>,
    /// The frame that a rollback goes back to.
    pub(super) withdrawn: Option<u32>,
    /// An episode or a session begins.
    pub(super) begins_episode: bool,
}

/// A log that is being read.
#[derive(Debug)]
pub struct Log<R> {
    lines: FileLines<R>,
    text: Vec<u8>,
    judge: Judge,
    context: LineContext,
    repeats: Option<Repeats>,
    findings: Findings,
}

impl<R: BufRead> Log<R> {
    /// Reads up to the header; `None` if the file is empty.
    ///
    /// # Errors
    /// If the file cannot be read or does not begin with a header.
    pub fn open(name: &str, source: R) -> Result<Option<Self>, Unreadable> {
        let mut lines = FileLines::new(source);
        lines.skip_long_lines(false);
        let mut text = Vec::new();
        let place = loop {
            match next(&mut lines, &mut text, name)? {
                None => return Ok(None),
                Some(_) if text.is_empty() => {}
                Some(place) => break place,
            }
        };
        lines.skip_long_lines(true);
        let header = match Line::read(&text, false) {
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
        let mut context = LineContext::default();
        context.push(place.number, LineContent::Header(header), |_, _| {});
        let findings = Findings {
            name: name.to_owned(),
            lines: place.number,
            sessions: 1,
            ..Findings::default()
        };
        let (judge, repeats) = (Judge::new(header), Some(Repeats::default()));
        Ok(Some(Self { lines, text, judge, context, repeats, findings }))
    }

    /// Reads the rest.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn finish(mut self) -> Result<Findings, Unreadable> {
        while self.line()?.is_some() {}
        Ok(self.findings)
    }

    /// The findings up to here.
    pub(super) fn findings(self) -> Findings {
        self.findings
    }

    /// Judges the next line, and returns its effects, to compare them with the other peer's log.
    pub(super) fn next_effects(&mut self) -> Result<Option<LineEffects>, Unreadable> {
        let Some((line, judged)) = self.line()? else { return Ok(None) };
        let mut effects = LineEffects { line, ..LineEffects::default() };
        match self.context.newest() {
            Some(LineContent::Header(_)) => effects.begins_episode = true,
            Some(LineContent::Step(step)) => {
                effects.begins_episode = judged.begins_episode;
                effects.compared = judged.compared;
                effects.sent = step.observation.sent.iter().filter_map(Datagram::entry).collect();
                match &step.stimulus {
                    Stimulus::Confirm { frame, hash } if judged.confirmed => {
                        effects.confirmed = Some((*frame, *hash));
                    }
                    Stimulus::Recv(datagram) => effects.received = datagram.entry(),
                    Stimulus::Rollback(Rollback::Begin(target)) => {
                        effects.withdrawn = Some(*target);
                    }
                    Stimulus::Reset {} => effects.begins_episode = true,
                    _ => {}
                }
            }
            Some(LineContent::Malformed) | None => {}
        }
        Ok(Some(effects))
    }

    /// Judges the next line.
    fn line(&mut self) -> Result<Option<(u64, JudgedStep)>, Unreadable> {
        let place = loop {
            match next(&mut self.lines, &mut self.text, &self.findings.name)? {
                None => {
                    self.end();
                    return Ok(None);
                }
                Some(place) => {
                    self.findings.lines = place.number;
                    if !self.text.is_empty() {
                        break place;
                    }
                }
            }
        };
        let number = place.number;
        let line = Line::read(&self.text, self.judge.header().peer.is_some());
        // Two recorders may have written one header or two.
        let is_header = matches!(line, Ok(Line::Header(_)));
        if let Some(repeats) = self.repeats.as_mut().filter(|_| !is_header) {
            let names_a_frame = matches!(
                &line,
                Ok(Line::Step(Step { stimulus: Stimulus::Confirm { .. } | Stimulus::Recv(_), .. }))
            );
            repeats.line(&self.text, names_a_frame);
        }
        let judged = match line {
            Ok(Line::Step(step)) => self.step(number, step),
            Ok(Line::Header(header)) => {
                self.findings.sessions += 1;
                if self.findings.sessions == 2 {
                    self.remark(format!(
                        "line {number} is another header: a new session begins there, with an empty \
                         exchange; if the game did not restart, two recorders wrote this log"
                    ));
                }
                self.keep_story();
                self.judge = Judge::new(header);
                self.push(number, LineContent::Header(header));
                JudgedStep::default()
            }
            Err(fault) => {
                self.malformed(place, &fault);
                JudgedStep::default()
            }
        };
        Ok(Some((number, judged)))
    }

    fn step(&mut self, number: u64, mut step: Step) -> JudgedStep {
        // A game sends messages of other chapters too, which are not judged.
        let shown = self.judge.header().shown;
        step.observation.sent.retain(|datagram| shown.judges_in_a_log(datagram.bytes()));
        let mut judged = self.judge.step(&step);
        self.findings.stimuli += 1;
        self.findings.doubted += u64::from(judged.partly_judged);
        self.push(number, LineContent::Step(step));
        if let Some(deviation) = judged.deviation.take() {
            self.violation(number, deviation);
        }
        if let Some(gave_up) = judged.gave_up {
            self.note(number, gave_up);
        }
        judged
    }

    fn push(&mut self, number: u64, content: LineContent) {
        let violations = &mut self.findings.violations;
        self.context.push(number, content, |at, line| violations[at].around.push(line));
    }

    fn violation(&mut self, line: u64, deviation: Deviation) {
        let Deviation { rule, member, expected, got } = deviation;
        let violations = &mut self.findings.violations;
        let same_kind = |it: &&mut Violation| it.rule == rule && it.member == member;
        if let Some(violation) = violations.iter_mut().find(same_kind) {
            violation.count += 1;
            if violation.more.len() < LISTED {
                violation.more.push(line);
            }
            return;
        }
        let around = self.context.lines_around(violations.len());
        let (count, more) = (1, Vec::new());
        violations.push(Violation { rule, member, line, expected, got, around, count, more });
    }

    fn malformed(&mut self, place: LinePosition, fault: &LineFault) {
        self.judge.gap();
        self.push(place.number, LineContent::Malformed);
        if !place.ended {
            self.findings.cut = Some(place.number);
            return;
        }
        self.findings.malformed.count += 1;
        if self.findings.malformed.first.len() < LISTED {
            let shown = ContextLine { line: place.number, text: fault.to_string() };
            self.findings.malformed.first.push(shown);
        }
    }

    /// Keeps what has become of a peer whose session is over.
    fn keep_story(&mut self) {
        if let Some(story) = self.judge.story().filter(|_| self.findings.peers.len() < STORIES) {
            self.findings.peers.push(story.clone());
        }
    }

    /// Adds what is known only at the end of the log.
    fn end(&mut self) {
        self.keep_story();
        if self.repeats.take().is_some_and(|repeats| repeats.are_all_pairs()) {
            let text = "every line occurs twice in a row: two recorders wrote this log, or one writer was \
                        called twice for each line";
            self.remark(text.to_owned());
        }
    }

    fn remark(&mut self, text: String) {
        if self.findings.notes.len() < LISTED {
            self.findings.notes.push(text);
        }
    }

    fn note(&mut self, line: u64, gave_up: GaveUp) {
        self.remark(match gave_up {
            GaveUp::Queue => format!(
                "line {line}: the outbound queue holds more than {QUEUE} hashes; what is sent is not \
                 judged until a tick has sent all of it"
            ),
            GaveUp::Map => format!(
                "line {line}: the inbound map holds more than {MAP} hashes, so from here on it may \
                 drop any of them (EXCH-19); what is compared is not judged until the next reset"
            ),
            GaveUp::Events => format!(
                "line {line}: there are more than {EVENTS} events; the exchange of this peer is not \
                 judged from here on"
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
