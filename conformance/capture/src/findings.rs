//! A capture from its beginning to its end, and what was found in it.

use std::io::BufRead;

use serde::Serialize;

use crate::{
    content::{Content, Numbered, Unit, Unreadable},
    judged::Judged,
    line::Header,
    monitor::Compared,
    reader::Capture,
    side::{Side, SideFindings, WatchedSide},
};

/// How many lines that cannot be read are listed.
const LISTED: usize = 8;

/// The findings of a capture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Findings {
    /// The file.
    pub name: String,
    /// What is counted in it, and what the number of a line is: lines, or packets.
    #[serde(rename = "counts")]
    pub unit: Unit,
    /// How many lines it has, empty ones too; or packets.
    pub lines: u64,
    /// What each tap has recorded.
    pub sides: Vec<SideFindings>,
    /// How many lines cannot be read.
    pub malformed: u64,
    /// The first of them, and what is wrong with each.
    pub malformed_lines: Vec<MalformedLine>,
    /// The number of the last line, if it is cut off.
    pub cut: Option<u64>,
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MalformedLine {
    /// Its number.
    pub line: u64,
    /// What is wrong with it.
    pub fault: String,
}

impl Findings {
    /// How many datagrams there are.
    #[must_use]
    pub fn datagrams(&self) -> u64 {
        self.sides.iter().map(|side| side.sent + side.refused + side.received).sum()
    }

    /// How many violations there are, and of how many kinds.
    #[must_use]
    pub fn violations(&self) -> (u64, u64) {
        let all = self.sides.iter().flat_map(|side| &side.violations);
        all.fold((0, 0), |(count, kinds), it| (count + it.count, kinds + 1))
    }
}

/// What a line that is not empty has brought.
#[derive(Clone, Debug)]
pub enum Step {
    /// It begins a part of this tap.
    Header(usize, Header),
    /// It is a record, and was judged.
    Record(Judged),
    /// It cannot be read, or is cut off: this is what is wrong with it.
    Gap(String),
}

/// A capture that is being checked.
#[derive(Debug)]
pub struct Check<R> {
    capture: Capture<R>,
    sides: Vec<WatchedSide>,
    findings: Findings,
}

impl<R: BufRead> Check<R> {
    /// A check of this capture.
    #[must_use]
    pub fn new(capture: Capture<R>) -> Self {
        let (name, unit) = (capture.name().to_owned(), capture.unit());
        let findings = Findings { name, unit, ..Findings::default() };
        Self { capture, sides: Vec::new(), findings }
    }

    /// Judges records up to the next one, and returns it; nothing at the end.
    ///
    /// # Errors
    /// If the file cannot be read.
    #[expect(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<Judged>, Unreadable> {
        loop {
            match self.step()? {
                None => return Ok(None),
                Some(Step::Record(judged)) => return Ok(Some(judged)),
                Some(Step::Header(..) | Step::Gap(_)) => {}
            }
        }
    }

    /// Judges the next line, whatever it holds; nothing at the end.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn step(&mut self) -> Result<Option<Step>, Unreadable> {
        while let Some(Numbered { line, content }) = self.capture.next()? {
            match content {
                Content::Header(tap, header) => {
                    match self.sides.get_mut(tap) {
                        Some(side) => side.begin(&header),
                        None => self.sides.push(WatchedSide::new(&header)),
                    }
                    return Ok(Some(Step::Header(tap, header)));
                }
                Content::Record(tap, record) => {
                    let Some(side) = self.sides.get_mut(tap) else { continue };
                    return Ok(Some(Step::Record(side.record((line, tap), record))));
                }
                Content::Cut => {
                    self.gap();
                    self.findings.cut = Some(line);
                    return Ok(Some(Step::Gap("is cut off".to_owned())));
                }
                Content::Unreadable(fault) => {
                    self.gap();
                    self.findings.malformed += 1;
                    let fault = fault.to_string();
                    if self.findings.malformed_lines.len() < LISTED {
                        let fault = fault.clone();
                        self.findings.malformed_lines.push(MalformedLine { line, fault });
                    }
                    return Ok(Some(Step::Gap(fault)));
                }
            }
        }
        Ok(None)
    }

    /// It is not known whose record the line was.
    fn gap(&mut self) {
        self.sides.iter_mut().for_each(WatchedSide::gap);
    }

    /// Whose records those of a tap are.
    ///
    /// # Panics
    /// If there was no header of this tap; every record comes after one.
    #[must_use]
    pub fn side(&self, tap: usize) -> &Side {
        &self.sides[tap].side
    }

    /// What was found of a tap up to here, without what its hashes have shown; nothing before its header.
    #[must_use]
    pub fn so_far(&self, tap: usize) -> Option<&SideFindings> {
        self.sides.get(tap).map(|side| &side.findings)
    }

    /// What the hashes of a tap have shown up to here.
    #[must_use]
    pub fn compared(&self, tap: usize) -> Compared {
        self.sides.get(tap).map(WatchedSide::compared).unwrap_or_default()
    }

    /// Judges the rest.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn finish(mut self) -> Result<Findings, Unreadable> {
        while self.next()?.is_some() {}
        Ok(self.findings())
    }

    /// What was found up to here.
    #[must_use]
    pub fn findings(mut self) -> Findings {
        self.sides.iter_mut().for_each(WatchedSide::end);
        self.findings.lines = self.capture.lines_read();
        self.findings.sides = self.sides.into_iter().map(|side| side.findings).collect();
        self.findings
    }
}
