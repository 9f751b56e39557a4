//! Finds the request that broke the adapter: after a fault the process is ended, and the requests
//! that were in flight are asked again one at a time, with patience.
//!
//! A crash or garbage that does not come back is still a fault of the adapter, which depends on more
//! than one request. Silence that does not come back is none: the machine was busy.

use std::{collections::VecDeque, time::Duration};

use super::{
    engine::{Deliver, Engine, StreamFault, bounded, for_bytes},
    fault::{AdapterFault, FaultKind, Reply, Stop, seconds},
    kinds::Postponed,
    script::{Ask, Script},
    transport::Transport,
};
use crate::protocol::{Body, LineFault};

impl<T: Transport> Engine<T> {
    /// Ends the process and finds the script that broke it. Returns the scripts to ask again.
    pub(super) fn recover(&mut self, broken: StreamFault, deliver: &mut Deliver<'_>) -> Vec<Ask> {
        let unanswered = self.take_suspects();
        match self.end_process(broken) {
            Err(stop) => {
                self.stopped = Some(stop);
                unanswered
            }
            Ok(fault) => {
                let held = self.held.take().map(|(ask, _)| ask);
                // Garbage belongs to the answer before it; a crash or a timeout belongs to the next
                // answer.
                let suspected = usize::from(held.is_some() && fault.kind != FaultKind::Garbage);
                let suspects = held.into_iter().chain(unanswered).collect();
                self.isolate(fault, suspects, suspected, deliver)
            }
        }
    }

    /// Ends the process, and describes the fault.
    fn end_process(&mut self, broken: StreamFault) -> Result<AdapterFault, Stop> {
        let ended = self.transport.stop();
        let partial_line = crate::text::excerpt(self.lines.begun());
        let has_partial_line = !self.lines.begun().is_empty();
        self.lines.clear();
        let stderr = self.take_stderr();
        let (kind, text) = match broken {
            StreamFault::Stopped(stop) => return Err(stop),
            StreamFault::Line(fault) => (FaultKind::Garbage, fault.about(self.a_line())),
            StreamFault::Foreign(_, line) => {
                (FaultKind::Garbage, LineFault::NoId(line).about(self.a_line()))
            }
            StreamFault::Duplicate(id) => {
                (FaultKind::Garbage, format!("the adapter answered request {id} more than once"))
            }
            StreamFault::Closed => (FaultKind::Crash, format!("the adapter {ended}")),
            // The process has ended, but a grandchild kept its pipe open.
            StreamFault::TimedOut(_) if !ended.was_forced() => {
                (FaultKind::Crash, format!("the adapter {ended}"))
            }
            StreamFault::TimedOut(limit) => {
                let limit = seconds(limit);
                let so_far = if has_partial_line {
                    format!(", only part of a line: {partial_line}")
                } else {
                    String::new()
                };
                (FaultKind::Timeout, format!("no answer within {limit}{so_far}"))
            }
        };
        Ok(AdapterFault { kind, text, stderr })
    }

    /// The scripts that are not yet complete, the oldest first.
    fn take_suspects(&mut self) -> Vec<Ask> {
        (self.bytes_in_flight, self.bytes_waiting) = (0, 0);
        self.in_flight.clear();
        self.unsent = None;
        std::mem::take(&mut self.running).into_values().map(|script| script.ask).collect()
    }

    /// Asks the suspects one at a time until one fails alone. Returns those that were not reached.
    ///
    /// If none fails alone, and the adapter was not just late, the fault is reported as unstable for the
    /// one at index `suspected`.
    fn isolate(
        &mut self,
        fault: AdapterFault,
        suspects: Vec<Ask>,
        suspected: usize,
        deliver: &mut Deliver<'_>,
    ) -> Vec<Ask> {
        let suspected = suspected.min(suspects.len().saturating_sub(1));
        let mut suspects = suspects.into_iter();
        let mut replies: Vec<(usize, Reply)> = Vec::new();
        let (mut is_found, mut is_counted) = (false, false);
        self.restart();
        while self.stopped.is_none()
            && !is_found
            && let Some(ask) = suspects.next()
        {
            let (reply, is_late) = self.try_alone(&ask);
            is_found = matches!(reply, Reply::Fault(_));
            is_counted |= is_late;
            replies.push((ask.place, reply));
        }
        if is_found {
            // Only now is it known what the first start was for.
            self.charge();
            self.go_on();
        } else if self.stopped.is_none() && fault.kind == FaultKind::Timeout {
            self.pace.was_late(is_counted);
        } else if self.stopped.is_none()
            && let Some((_, reply)) = replies.get_mut(suspected)
        {
            self.pace.ask_less_at_once();
            *reply = Reply::Unstable(fault);
        }
        for (place, reply) in replies {
            deliver(place, reply, &mut String::new);
        }
        suspects.collect()
    }

    /// Asks the next of the scripts whose like breaks the adapter, alone. Returns whether there was one.
    pub(super) fn ask_postponed(
        &mut self,
        again: &mut VecDeque<Ask>,
        deliver: &mut Deliver<'_>,
    ) -> bool {
        let (place, reply) = match self.kinds.next(again) {
            None => return false,
            Some(Postponed::Cleared) => return true,
            Some(Postponed::Leave(ask, reason)) => (ask.place, Reply::LeftOut(reason)),
            Some(Postponed::Ask(ask)) => (ask.place, self.try_alone(&ask).0),
        };
        if matches!(reply, Reply::Fault(_)) {
            self.go_on();
        }
        deliver(place, reply, &mut || self.transport.take_stderr());
        true
    }

    /// Starts the adapter again after a script that broke it.
    fn go_on(&mut self) {
        self.restart();
        self.charge();
    }

    /// Asks a script alone. Returns its reply, and whether an answer was late.
    fn try_alone(&mut self, ask: &Ask) -> (Reply, bool) {
        match self.ask_alone(&ask.script) {
            Ok((reply, is_late)) => {
                self.kinds.answered(&ask.traits);
                (reply, is_late)
            }
            Err(broken) => match self.end_process(broken) {
                Ok(fault) => {
                    if fault.kind == FaultKind::Timeout {
                        self.pace.hung();
                    }
                    let fault = fault.after_requests(ask.script.bodies());
                    self.kinds.failed(&ask.traits, &fault);
                    (Reply::Fault(fault), false)
                }
                Err(stop) => {
                    self.stopped = Some(stop);
                    (Reply::NotRun, false)
                }
            },
        }
    }

    /// Sends each request and waits for its answer, then sends a probe: everything before its
    /// answer belongs to the script. Returns whether an answer was late, too.
    fn ask_alone(&mut self, script: &Script) -> Result<(Reply, bool), StreamFault> {
        let (mut answers, mut waiting, mut is_late) = (Vec::new(), 0, false);
        for body in script.bodies() {
            let sent = self.transport.now();
            let patience = for_bytes(self.pace.patience(sent), body.len());
            let id = self.send_one(body);
            let answer = self.receive_one(id, patience)?;
            is_late |= self.pace.answered_after(self.transport.now().saturating_sub(sent));
            answers.push(bounded(answer, &mut waiting));
        }
        self.probe(self.pace.patience(self.transport.now()))?;
        let answers: Result<_, _> = answers.into_iter().collect();
        Ok((answers.map_or_else(Reply::Malformed, Reply::Answered), is_late))
    }

    /// Sends a probe and waits for any answer to it: the adapter has sent nothing else before that.
    pub(super) fn fence(&mut self) -> Result<(), StreamFault> {
        self.probe(self.pace.timeout())
    }

    fn probe(&mut self, limit: Option<Duration>) -> Result<(), StreamFault> {
        let id = self.send_one(&Body::probe("fence"));
        self.receive_one(id, limit).map(drop)
    }
}
