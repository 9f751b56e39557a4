//! The lines before and after a violation, as the report shows them.

use std::collections::VecDeque;

use rollwire_model::{
    Capability,
    exchange::{Member, Observation, Stimulus},
};
use serde::Serialize;

use super::line::{Header, LoggedObservation, Step};
use crate::check::scenario::describe::member_of;

/// How many lines are shown before a violation, and how many after it.
const BEFORE: usize = 6;
const AFTER: usize = 3;

/// What a line holds, as far as the report shows it.
#[derive(Debug)]
pub(super) enum LineContent {
    Header(Header),
    Step(Step),
    Malformed,
}

/// A line as the report shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContextLine {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What it says, in the notation of the chapters.
    pub text: String,
}

/// The newest lines, and the violations that are waiting for the lines after them.
#[derive(Debug, Default)]
pub(super) struct LineContext {
    newest: VecDeque<(u64, LineContent)>,
    waiting: Vec<(usize, usize)>,
}

impl LineContext {
    /// Adds a line that has been judged, and gives it to every violation that is waiting for lines.
    pub(super) fn push(
        &mut self,
        line: u64,
        content: LineContent,
        give: impl FnMut(usize, ContextLine),
    ) {
        if !self.waiting.is_empty() {
            self.hand_on(line, &content, give);
        }
        if self.newest.len() > BEFORE {
            self.newest.pop_front();
        }
        self.newest.push_back((line, content));
    }

    #[cold]
    fn hand_on(
        &mut self,
        line: u64,
        content: &LineContent,
        mut give: impl FnMut(usize, ContextLine),
    ) {
        for (violation, left) in &mut self.waiting {
            give(*violation, ContextLine { line, text: text(content) });
            *left -= 1;
        }
        self.waiting.retain(|(_, left)| *left > 0);
    }

    /// The newest line.
    pub(super) fn newest(&self) -> Option<&LineContent> {
        self.newest.back().map(|(_, content)| content)
    }

    /// The newest lines. The violation with this number now waits for the lines after them.
    pub(super) fn lines_around(&mut self, violation: usize) -> Vec<ContextLine> {
        self.waiting.push((violation, AFTER));
        self.newest.iter().map(|(line, it)| ContextLine { line: *line, text: text(it) }).collect()
    }
}

fn text(content: &LineContent) -> String {
    match content {
        LineContent::Header(header) => {
            let shown = [(header.shown.inspect, "inspect"), (header.shown.detect, "detect")];
            let names = shown.into_iter().filter(|(is, _)| *is).map(|(_, name)| name);
            let names: Vec<&str> = match header.peer {
                None => ["exchange"].into_iter().chain(names).collect(),
                Some(peer) => {
                    let of_exchange = [Capability::Exchange, Capability::Detect];
                    let all = Capability::OF_PEER.into_iter().chain(of_exchange);
                    let inspect = names.filter(|it| *it == "inspect");
                    all.filter(|it| peer.areas.has(*it))
                        .map(Capability::as_str)
                        .chain(inspect)
                        .collect()
                }
            };
            let of = if header.peer.is_some() { " of a peer" } else { "" };
            format!("a session{of} of revision {}: {}", header.revision, names.join(" "))
        }
        LineContent::Step(step) => describe(&step.stimulus, &step.observation),
        LineContent::Malformed => "a line that cannot be read".to_owned(),
    }
}

/// A stimulus, and after bars the observation.
fn describe(stimulus: &Stimulus, seen: &LoggedObservation) -> String {
    let mut parts = vec![crate::text::shorten(&stimulus.to_string())];
    let mut push = |member, observation| parts.push(member_of(member, &observation));
    let nothing = Observation::default();
    if !seen.sent.is_empty() {
        push(Member::Sent, Observation { sent: seen.sent.clone(), ..nothing.clone() });
    }
    if let Some(queue) = &seen.queue {
        push(Member::Queue, Observation { queue: queue.clone(), ..nothing.clone() });
    }
    if let Some(map) = &seen.map {
        push(Member::Map, Observation { map: map.clone(), ..nothing.clone() });
    }
    if let Some(history) = &seen.history {
        push(Member::History, Observation { history: history.clone(), ..nothing.clone() });
    }
    if let Some(verified) = seen.verified {
        push(Member::Verified, Observation { verified, ..nothing.clone() });
    }
    if let Some(events) = &seen.events {
        push(Member::Events, Observation { events: events.clone(), ..nothing.clone() });
    }
    if !seen.found.is_empty() {
        let found = Observation { events: seen.found.clone(), ..nothing };
        parts.push(format!("new {}", member_of(Member::Events, &found)));
    }
    if !seen.refused.is_empty() {
        let refused: Vec<String> = seen.refused.iter().take(8).map(ToString::to_string).collect();
        parts.push(format!("refused {}", refused.join(" ")));
    }
    parts.join(" | ")
}
