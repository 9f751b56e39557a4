//! Finds the request that broke the adapter: after a fault the process is ended, and the requests
//! that were in flight are asked again one at a time.

use super::{
    engine::{Deliver, Engine, StreamFault, bounded},
    fault::{AdapterFault, FaultKind, Reply, Stop, seconds},
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
            StreamFault::TimedOut if !ended.was_forced() => {
                (FaultKind::Crash, format!("the adapter {ended}"))
            }
            StreamFault::TimedOut => {
                let limit = seconds(self.limits.timeout.unwrap_or(self.limits.deadline));
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
    /// If none fails alone, the fault is reported as unstable for the one at index `suspected`.
    fn isolate(
        &mut self,
        fault: AdapterFault,
        suspects: Vec<Ask>,
        suspected: usize,
        deliver: &mut Deliver<'_>,
    ) -> Vec<Ask> {
        let suspected = suspected.min(suspects.len().saturating_sub(1));
        let mut suspects = suspects.into_iter();
        let mut cleared: Vec<(usize, Reply)> = Vec::new();
        let mut culprit = None;
        self.restart();
        while self.stopped.is_none()
            && let Some(ask) = suspects.next()
        {
            match self.ask_alone(&ask.script) {
                Ok(reply) => cleared.push((ask.place, reply)),
                Err(broken) => match self.end_process(broken) {
                    Ok(fault) => {
                        let fault = fault.after_requests(ask.script.bodies());
                        culprit = Some((ask.place, Reply::Fault(fault)));
                        self.restart();
                        break;
                    }
                    Err(stop) => {
                        self.stopped = Some(stop);
                        cleared.push((ask.place, Reply::NotRun));
                    }
                },
            }
        }
        if culprit.is_none()
            && self.stopped.is_none()
            && let Some((_, reply)) = cleared.get_mut(suspected)
        {
            *reply = Reply::Unstable(fault);
        }
        for (place, reply) in cleared.into_iter().chain(culprit) {
            deliver(place, reply, &mut String::new);
        }
        suspects.collect()
    }

    /// Sends each request and waits for its answer, then sends a probe: everything before its
    /// answer belongs to the script.
    fn ask_alone(&mut self, script: &Script) -> Result<Reply, StreamFault> {
        let (mut answers, mut waiting) = (Vec::new(), 0);
        for body in script.bodies() {
            let id = self.send_one(body);
            let answer = self.receive_one(id, self.timeout_for(body.len()))?;
            answers.push(bounded(answer, &mut waiting));
        }
        self.fence()?;
        let answers: Result<_, _> = answers.into_iter().collect();
        Ok(answers.map_or_else(Reply::Malformed, Reply::Answered))
    }

    /// Sends a probe and waits for any answer to it: the adapter has sent nothing else before that.
    pub(super) fn fence(&mut self) -> Result<(), StreamFault> {
        let id = self.send_one(&Body::probe("fence"));
        self.receive_one(id, self.limits.timeout).map(drop)
    }
}
