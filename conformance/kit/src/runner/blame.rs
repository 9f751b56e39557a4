//! After a fault: the process is ended, and what was in flight is asked again alone until it is known
//! whose fault it was.

use super::{
    engine::{Break, Deliver, Engine, bounded},
    fault::{Fault, FaultKind, Reply, Stop, seconds},
    script::{Ask, Script},
    transport::Transport,
};
use crate::protocol::{Body, LineFault};

impl<T: Transport> Engine<T> {
    /// Ends the process and finds out whose fault it was; returns what is to be asked again.
    pub(super) fn recover(&mut self, broken: Break, deliver: &mut Deliver<'_>) -> Vec<Ask> {
        let unanswered = self.take_suspects();
        match self.end_process(broken) {
            Err(stop) => {
                self.stopped = Some(stop);
                unanswered
            }
            Ok(fault) => {
                let held = self.held.take().map(|(ask, _)| ask);
                // Garbage follows the answer that it belongs to, an end or a silence comes before one.
                let blamed = usize::from(held.is_some() && fault.kind != FaultKind::Garbage);
                let suspects = held.into_iter().chain(unanswered).collect();
                self.isolate(fault, suspects, blamed, deliver)
            }
        }
    }

    /// Kills what is left of the process, and says what was wrong with it.
    fn end_process(&mut self, broken: Break) -> Result<Fault, Stop> {
        let ended = self.transport.stop();
        let begun = crate::text::excerpt(self.lines.begun());
        let half_a_line = !self.lines.begun().is_empty();
        self.lines.clear();
        let stderr = self.take_stderr();
        let (kind, text) = match broken {
            Break::Stopped(stop) => return Err(stop),
            Break::Line(fault) => (FaultKind::Garbage, fault.about(self.a_line())),
            Break::Foreign(_, line) => {
                (FaultKind::Garbage, LineFault::NoId(line).about(self.a_line()))
            }
            Break::Duplicate(id) => {
                (FaultKind::Garbage, format!("the adapter answered request {id} more than once"))
            }
            Break::Closed => (FaultKind::Crash, format!("the adapter {ended}")),
            // Its end can be hidden by a grand-child that holds the pipe open.
            Break::TimedOut if !ended.was_forced() => {
                (FaultKind::Crash, format!("the adapter {ended}"))
            }
            Break::TimedOut => {
                let limit = seconds(self.limits.timeout.unwrap_or(self.limits.deadline));
                let so_far = if half_a_line {
                    format!(", only half a line: {begun}")
                } else {
                    String::new()
                };
                (FaultKind::Timeout, format!("no answer within {limit}{so_far}"))
            }
        };
        Ok(Fault { kind, text, stderr })
    }

    /// The scripts that are not answered whole, the oldest first.
    fn take_suspects(&mut self) -> Vec<Ask> {
        (self.bytes_in_flight, self.bytes_waiting) = (0, 0);
        self.in_flight.clear();
        self.unsent = None;
        std::mem::take(&mut self.running).into_values().map(|script| script.ask).collect()
    }

    /// Asks the suspects one at a time until one fails alone; returns those not asked any more.
    /// If none does, the fault is the blamed one's, and unstable.
    fn isolate(
        &mut self,
        fault: Fault,
        suspects: Vec<Ask>,
        blamed: usize,
        deliver: &mut Deliver<'_>,
    ) -> Vec<Ask> {
        let blamed = blamed.min(suspects.len().saturating_sub(1));
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
            && let Some((_, reply)) = cleared.get_mut(blamed)
        {
            *reply = Reply::Unstable(fault);
        }
        for (place, reply) in cleared.into_iter().chain(culprit) {
            deliver(place, reply, &mut String::new);
        }
        suspects.collect()
    }

    /// Each request and its answer, then a probe behind which nothing of the answers can hide.
    fn ask_alone(&mut self, script: &Script) -> Result<Reply, Break> {
        let (mut answers, mut waiting) = (Vec::new(), 0);
        for body in script.bodies() {
            let id = self.send_one(body);
            let answer = self.receive_one(id, self.patience(body.len()))?;
            answers.push(bounded(answer, &mut waiting));
        }
        self.fence()?;
        let answers: Result<_, _> = answers.into_iter().collect();
        Ok(answers.map_or_else(Reply::Malformed, Reply::Answered))
    }

    /// A probe: whatever is answered, the adapter has come this far without anything in between.
    pub(super) fn fence(&mut self) -> Result<(), Break> {
        let id = self.send_one(&Body::probe("fence"));
        self.receive_one(id, self.limits.timeout).map(drop)
    }
}
