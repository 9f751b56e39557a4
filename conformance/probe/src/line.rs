//! Questions that go on all the time, so that silence can be told from a line that is dead, slow or lossy.
//!
//! A *control* is a PING or a VALIDATION_PING whose timestamp nothing else uses. An answer to a control that
//! was sent after a question shows that the game lives and has had its say about the question. So no verdict
//! depends on how long anything takes.

use std::collections::VecDeque;

use rollwire_model::peer::{Message, bits_of};

/// Milliseconds between two controls. They are PINGs and VALIDATION_PINGs by turns.
const EVERY: u64 = 50;
/// How many controls are remembered.
const REMEMBERED: usize = 1024;
/// The timestamps of controls begin here: days of a clock of milliseconds, so that no clock of a game shows them.
const FIRST: u64 = 4_000_000_000;
/// A round trip that takes longer, in milliseconds, says that something is slow.
const QUICK: u64 = 500;

/// A control.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Control {
    number: u64,
    pub(crate) sent: u64,
    pub(crate) answered: Option<u64>,
}

impl Control {
    /// Whether it is a VALIDATION_PING.
    pub(crate) const fn is_validation(&self) -> bool {
        self.number % 2 == 1
    }
}

/// The controls of a session.
#[derive(Debug, Default)]
pub(crate) struct Line {
    next: u64,
    due: u64,
    controls: VecDeque<Control>,
    /// When a control was answered last.
    pub(crate) heard: Option<u64>,
}

impl Line {
    /// What was sent before may never be answered: the channel was closed.
    pub(crate) fn opened(&mut self, now: u64) {
        self.controls.clear();
        (self.due, self.heard) = (now, None);
    }

    /// The next control, if it is due.
    pub(crate) fn control(&mut self, now: u64) -> Option<Message> {
        if now < self.due {
            return None;
        }
        self.due = now + EVERY;
        let control = Control { number: self.next, sent: now, answered: None };
        self.next += 1;
        self.controls.push_back(control);
        if self.controls.len() > REMEMBERED {
            self.controls.pop_front();
        }
        let timestamp = bits_of(FIRST + control.number);
        Some(if control.is_validation() {
            Message::ValidationPing { timestamp }
        } else {
            Message::Ping { timestamp }
        })
    }

    /// An answer has come. Whether it is one to a control.
    pub(crate) fn hears(&mut self, now: u64, message: &Message) -> bool {
        let (bits, is_validation) = match message {
            Message::Pong { timestamp } => (*timestamp, false),
            Message::ValidationPong { timestamp } => (*timestamp, true),
            _ => return false,
        };
        let control =
            self.controls.iter_mut().find(|control| bits_of(FIRST + control.number) == bits);
        let Some(control) = control.filter(|it| it.is_validation() == is_validation) else {
            return false;
        };
        control.answered.get_or_insert(now);
        self.heard = Some(now);
        true
    }

    /// The number of the next control.
    pub(crate) const fn mark(&self) -> u64 {
        self.next
    }

    /// Whether a control with this number or a later one was answered.
    pub(crate) fn has_passed(&self, mark: u64) -> bool {
        self.since(mark).any(|control| control.answered.is_some())
    }

    /// The controls with this number or a later one.
    pub(crate) fn since(&self, mark: u64) -> impl Iterator<Item = &Control> {
        self.controls.iter().filter(move |control| control.number >= mark)
    }

    /// Whether no control was lost since the first answer, and each since this one was answered quickly: the
    /// line is neither slow nor lossy, and neither side was held up. Only then may a verdict follow from the order or
    /// the absence of something.
    pub(crate) fn is_clean(&self, mark: u64, now: u64) -> bool {
        let first = self.controls.iter().find(|control| control.answered.is_some());
        let Some(first) = first.map(|control| control.number) else { return false };
        let is_lost = |it: &Control| it.answered.is_none() && now - it.sent > QUICK;
        let is_slow = |it: &Control| it.answered.is_some_and(|answered| answered - it.sent > QUICK);
        let lost = self.since(first).any(is_lost);
        let slow = self.since(mark).any(is_slow);
        !lost && !slow && self.has_passed(mark)
    }
}
