//! The lines before and behind a violation, as people read them.

use std::collections::VecDeque;

use rollwire_model::exchange::{Member, Observation, Stimulus};
use serde::Serialize;

use super::line::{Header, Seen, Step};
use crate::check::scenario::describe::member_of;

/// How many lines are shown before a violation, and behind it.
const BEFORE: usize = 6;
const BEHIND: usize = 3;

/// What stands in a line, as far as it is shown.
#[derive(Debug)]
pub(super) enum Content {
    Header(Header),
    Step(Step),
    Malformed,
}

/// A line as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What it says, in the notation of the chapters.
    pub text: String,
}

/// The newest lines, and who waits for those to come.
#[derive(Debug, Default)]
pub(super) struct Around {
    newest: VecDeque<(u64, Content)>,
    waiting: Vec<(usize, usize)>,
}

impl Around {
    /// A line has been judged. Every cause that still waits for lines behind it gets it.
    pub(super) fn push(&mut self, line: u64, content: Content, give: impl FnMut(usize, Shown)) {
        if !self.waiting.is_empty() {
            self.hand_on(line, &content, give);
        }
        if self.newest.len() > BEFORE {
            self.newest.pop_front();
        }
        self.newest.push_back((line, content));
    }

    #[cold]
    fn hand_on(&mut self, line: u64, content: &Content, mut give: impl FnMut(usize, Shown)) {
        for (cause, left) in &mut self.waiting {
            give(*cause, Shown { line, text: text(content) });
            *left -= 1;
        }
        self.waiting.retain(|(_, left)| *left > 0);
    }

    /// The newest line.
    pub(super) fn newest(&self) -> Option<&Content> {
        self.newest.back().map(|(_, content)| content)
    }

    /// The newest lines. From now on the cause with this number waits for those behind.
    pub(super) fn shown(&mut self, cause: usize) -> Vec<Shown> {
        self.waiting.push((cause, BEHIND));
        self.newest.iter().map(|(line, it)| Shown { line: *line, text: text(it) }).collect()
    }
}

fn text(content: &Content) -> String {
    match content {
        Content::Header(header) => {
            let shown = [(header.shown.inspect, "inspect"), (header.shown.detect, "detect")];
            let names = shown.into_iter().filter(|(is, _)| *is).map(|(_, name)| name);
            let names: Vec<&str> = ["exchange"].into_iter().chain(names).collect();
            format!("a session of revision {}: {}", header.revision, names.join(" "))
        }
        Content::Step(step) => written(&step.stimulus, &step.seen),
        Content::Malformed => "a line that cannot be read".to_owned(),
    }
}

/// A stimulus, and behind bars what was seen of it.
fn written(stimulus: &Stimulus, seen: &Seen) -> String {
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
