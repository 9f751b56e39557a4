//! Every limit ends a run, and says which one it was.

use std::{cell::Cell, sync::Arc, time::Duration};

use rollwire_conformance::runner::{
    Adapter as _, Ended, Engine, Incoming, Limits, Reply, StartFault, Stop, Transcript, Transport,
};

use super::{
    ask, limits, numbers,
    scripted::{Deed, Scripted},
};

#[test]
fn a_spent_budget_leaves_the_rest_not_run() {
    let culprits: Vec<(u64, Deed)> = (10..20).map(|number| (number, Deed::Crash)).collect();
    let (replies, stop) = ask(Scripted::new(&culprits), 4, numbers(100));
    assert_eq!(stop, Some(Stop::Budget(4)));
    let count = |wanted: fn(&Reply) -> bool| replies.iter().filter(|reply| wanted(reply)).count();
    // Two starts a culprit: one to find it, one to go on.
    assert_eq!(count(|reply| matches!(reply, Reply::Fault(_))), 2);
    assert_eq!(count(|reply| matches!(reply, Reply::NotRun)), 100 - 10 - 2);
}

#[test]
fn the_deadline_of_the_run_ends_it() {
    let adapter = Scripted::new(&[(5, Deed::Hang)]);
    let limits = Limits { deadline: Duration::from_millis(500), ..limits(20) };
    let mut engine = Engine::new(adapter, limits, Transcript::default());
    engine.start().unwrap();
    let mut asks = super::asks(numbers(10));
    let mut not_run = 0;
    engine.ask_all(&mut asks, &mut |_, reply, _| not_run += u32::from(reply == Reply::NotRun));
    assert_eq!(not_run, 5);
    assert_eq!(engine.stopped(), Some(&Stop::Deadline(limits.deadline)));
}

#[test]
fn a_stopped_engine_takes_no_more_questions() {
    let adapter = Scripted::new(&[(5, Deed::Hang)]);
    let limits = Limits { deadline: Duration::from_millis(500), window: 8, ..limits(20) };
    let mut engine = Engine::new(adapter, limits, Transcript::default());
    engine.start().unwrap();
    // A million, so that the test would notice if the engine took them all.
    let (mut taken, mut replies) = (0_u64, 0);
    let mut asks = super::asks(numbers(1_000_000).inspect(|_| taken += 1));
    engine.ask_some(&mut asks, &mut |_, _, _| replies += 1);
    drop(asks);
    assert_eq!(engine.stopped(), Some(&Stop::Deadline(limits.deadline)));
    assert_eq!(taken, replies, "every script that was taken has its reply");
    assert!(taken <= 16, "{taken} were taken");
}

/// An adapter that writes empty lines for ever, and the clock, which others look at too.
struct Flood(Arc<Cell<Duration>>);

impl Transport for Flood {
    fn start(&mut self) -> Result<(), StartFault> {
        Ok(())
    }
    fn send(&mut self, _: Vec<u8>) {}
    fn receive(&mut self, _: Duration) -> Incoming {
        self.0.set(self.0.get() + Duration::from_millis(1));
        Incoming::Bytes(b"\n\n\n".to_vec())
    }
    fn stop(&mut self) -> Ended {
        Ended::Killed
    }
    fn finish(&mut self) -> Ended {
        Ended::Killed
    }
    fn now(&self) -> Duration {
        self.0.get()
    }
    fn take_stderr(&mut self) -> String {
        String::new()
    }
}

#[test]
fn a_flood_of_nothing_does_not_outlast_its_deadline() {
    let clock = Arc::default();
    let mut engine = Engine::new(Flood(Arc::clone(&clock)), limits(20), Transcript::default());
    let fault = engine.start().unwrap_err().to_string();
    assert!(fault.contains("did not answer hello within 10s"), "{fault}");
    assert!(clock.get() < Duration::from_secs(11), "it took {:?}", clock.get());
}

/// An adapter that answers in time, on a machine that slept through it once.
struct Suspended {
    adapter: Scripted,
    slept: Duration,
}

impl Transport for Suspended {
    fn start(&mut self) -> Result<(), StartFault> {
        self.adapter.start()
    }
    fn send(&mut self, bytes: Vec<u8>) {
        self.adapter.send(bytes);
    }
    fn receive(&mut self, deadline: Duration) -> Incoming {
        if self.slept.is_zero() {
            self.slept = deadline + Duration::from_secs(3600);
            return Incoming::TimedOut;
        }
        self.adapter.receive(deadline)
    }
    fn stop(&mut self) -> Ended {
        self.adapter.stop()
    }
    fn finish(&mut self) -> Ended {
        self.adapter.finish()
    }
    fn now(&self) -> Duration {
        self.adapter.now() + self.slept
    }
    fn take_stderr(&mut self) -> String {
        self.adapter.take_stderr()
    }
}

#[test]
fn a_machine_that_sleeps_is_no_fault_of_the_adapter() {
    let adapter = Suspended { adapter: Scripted::new(&[]), slept: Duration::ZERO };
    let limits = Limits { deadline: Duration::MAX, ..limits(0) };
    let mut engine = Engine::new(adapter, limits, Transcript::default());
    engine.start().expect("what was answered is read");
}
