//! What is known of one tap: counts, the newest records, and which rules were broken.

use std::collections::VecDeque;

use rollwire_capture::{
    Judged, SideFindings,
    line::{Header, Moment},
    monitor::{self, Compared, Difference, Objection},
    words,
};
use rollwire_model::{Model, exchange::StateHash, peer::Message};
use serde::Serialize;

use crate::{copied::Copied, pulse::Pulse};

/// How many records are kept for the page.
const ROWS: usize = 200;
/// How many remarks a record may have.
const REMARKS: usize = 8;
/// How many kinds of violations are listed; there are some dozens.
const KINDS: usize = 256;
/// The longest text that goes to the page, in characters.
const TEXT: usize = 400;

/// A record as the page shows it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    line: u64,
    at: f64,
    what: &'static str,
    text: String,
    /// What it shows to be wrong: the rule, and what it is.
    wrong: Vec<(String, String)>,
}

/// A kind of violation.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) seen: Seen,
    pub(crate) count: u64,
    pub(crate) copied: Option<Copied>,
}

/// What the page is told of a kind of violation once.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Seen {
    rule: String,
    side: monitor::Side,
    kind: &'static str,
    detail: String,
    line: u64,
    at: f64,
    /// The records up to it.
    around: Vec<Row>,
}

/// The first frame for which the sides sent different hashes.
#[derive(Clone, Debug, Serialize)]
struct First {
    frame: u32,
    own: String,
    partner: String,
}

/// What the hashes have shown.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Hashes {
    compared: u64,
    differ: u64,
    first: Option<First>,
}

/// Numbers of a tap.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Counts {
    parts: u64,
    sent: u64,
    refused: u64,
    received: u64,
    texts: u64,
    errors: u64,
    missing: u64,
}

/// What is known of one tap.
#[derive(Debug, Default)]
pub(crate) struct Side {
    pub(crate) peer: String,
    pub(crate) tap: String,
    pub(crate) revision: u8,
    pub(crate) at: Moment,
    pub(crate) counts: Counts,
    pub(crate) hashes: Hashes,
    pub(crate) rows: VecDeque<Row>,
    /// How many rows there were, also those that are no longer kept.
    pub(crate) told: u64,
    pub(crate) found: Vec<Found>,
    pub(crate) pulse: Pulse,
    /// Changes with everything that the page shows.
    pub(crate) version: u64,
}

impl Side {
    /// A part begins.
    pub(crate) fn begin(&mut self, header: &Header) {
        self.peer = cut(&header.peer);
        self.tap = cut(&header.tap);
        self.revision = header.revision;
        self.counts.parts += 1;
        self.pulse.begin();
        self.version += 1;
    }

    /// A record, what it means, and what the check has found up to it.
    pub(crate) fn record(
        &mut self,
        judged: &Judged,
        (row, message): (Row, Option<&Message>),
        so_far: &SideFindings,
        compared: &Compared,
    ) {
        self.at = judged.record.at;
        let SideFindings { parts, sent, refused, received, texts, errors, missing, .. } = *so_far;
        self.counts = Counts { parts, sent, refused, received, texts, errors, missing };
        self.hashes = hashes(compared);
        self.pulse.record(&judged.record, message);
        if self.rows.len() == ROWS {
            self.rows.pop_front();
        }
        self.rows.push_back(row);
        self.told += 1;
        self.version += 1;
    }

    /// Counts a violation. The number of its kind is returned if it is the first, and is listed.
    pub(crate) fn object(&mut self, objection: &Objection, so_far: &SideFindings) -> Option<usize> {
        let Objection { rule, side, kind, detail, line, at } = objection;
        let is_same = |it: &&mut Found| {
            it.seen.rule == *rule && it.seen.side == *side && it.seen.kind == *kind
        };
        if let Some(found) = self.found.iter_mut().find(is_same) {
            found.count += 1;
            return None;
        }
        if self.found.len() == KINDS {
            return None;
        }
        let mut all = so_far.violations.iter();
        let same = all.find(|it| it.rule == *rule && it.side == *side && it.kind == *kind);
        let around = same.map_or(&[][..], |it| &it.around);
        let around = around.iter().map(|it| Row {
            line: it.line,
            at: seconds(it.at),
            what: it.what,
            text: cut(&it.text),
            wrong: Vec::new(),
        });
        let seen = Seen {
            rule: rule.clone(),
            side: *side,
            kind,
            detail: cut(detail),
            line: *line,
            at: seconds(*at),
            around: around.collect(),
        };
        self.found.push(Found { seen, count: 1, copied: None });
        Some(self.found.len() - 1)
    }

    /// A kind of violation can be copied.
    pub(crate) fn can_be_copied(&mut self, number: usize, copied: Copied) {
        if let Some(found) = self.found.get_mut(number) {
            found.copied = Some(copied);
            self.version += 1;
        }
    }
}

/// A record as the page shows it.
pub(crate) fn row(model: &Model, judged: &Judged) -> Row {
    let (what, text) = words::record(model, &judged.record.what);
    let wrong = judged.objections.iter().take(REMARKS).map(|it| {
        let place = match it.line {
            line if line == judged.line => String::new(),
            line => format!("of line {line}: "),
        };
        (it.rule.clone(), cut(&format!("{place}{}: {}", it.kind, it.detail)))
    });
    let (line, at, wrong) = (judged.line, seconds(judged.record.at), wrong.collect());
    Row { line, at, what, text: cut(&text), wrong }
}

fn hashes(compared: &Compared) -> Hashes {
    let text = |hash: [u8; 8]| StateHash(hash).to_string();
    let first = compared.first.map(|Difference { frame, hashes: [own, partner], .. }| First {
        frame,
        own: text(own),
        partner: text(partner),
    });
    Hashes { compared: compared.frames, differ: compared.differ, first }
}

pub(crate) fn seconds(at: Moment) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "it is shown to a person")]
    let microseconds = at.0 as f64;
    microseconds / 1e6
}

/// The beginning of a text: what is long fills the page and the memory, and says no more.
pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(TEXT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}
