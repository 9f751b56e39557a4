//! One value of every variant of what can go wrong.

use std::time::Duration;

use rollwire_conformance::{
    protocol::{HelloFault, LineFault, Malformed, hex::HexFault},
    runner::{Ended, StartFault, StartupFault, Stop},
    text::NotText,
    verdict::Code,
};

/// Walks through all variants of an enumeration: a new one does not compile without a place in here.
pub(super) fn all<T>(next: fn(Option<&T>) -> Option<T>) -> Vec<T> {
    std::iter::successors(next(None), |it| next(Some(it))).collect()
}

pub(super) fn next_ended(it: Option<&Ended>) -> Option<Ended> {
    match it {
        None => Some(Ended::Code(3)),
        Some(Ended::Code(_)) => Some(Ended::Signal(9)),
        Some(Ended::Signal(_)) => Some(Ended::Killed),
        Some(Ended::Killed) => Some(Ended::Lingers),
        Some(Ended::Lingers) => Some(Ended::Unknown),
        Some(Ended::Unknown) => Some(Ended::Disconnected),
        Some(Ended::Disconnected) => Some(Ended::HungUp),
        Some(Ended::HungUp) => None,
    }
}

pub(super) fn next_line_fault(it: Option<&LineFault>) -> Option<LineFault> {
    let text = || "`x`".to_owned();
    match it {
        None => Some(not_text(NotText::Byte { at: 3, byte: 0xff })),
        Some(LineFault::NotText { fault: NotText::Byte { .. }, .. }) => {
            Some(not_text(NotText::ByteOrderMark))
        }
        Some(LineFault::NotText { fault: NotText::ByteOrderMark, .. }) => {
            Some(not_text(NotText::Wide("UTF-16, little-endian")))
        }
        Some(LineFault::NotText { fault: NotText::Wide(_), .. }) => {
            Some(LineFault::NotJson { text: text(), reason: text() })
        }
        Some(LineFault::NotJson { .. }) => Some(LineFault::NoId(text())),
        Some(LineFault::NoId(_)) => Some(LineFault::SeveralIds(text())),
        Some(LineFault::SeveralIds(_)) => Some(LineFault::Echo(text())),
        Some(LineFault::Echo(_)) => Some(LineFault::TooLong),
        Some(LineFault::TooLong) => None,
    }
}

fn not_text(fault: NotText) -> LineFault {
    LineFault::NotText { fault, text: "`x`".to_owned() }
}

pub(super) fn next_malformed(it: Option<&Malformed>) -> Option<Malformed> {
    let text = || "x".to_owned();
    Some(match it {
        None => Malformed::NoneOfFour,
        Some(Malformed::NoneOfFour) => Malformed::SeveralOfFour(vec!["ok", "reject", "error"]),
        Some(Malformed::SeveralOfFour(_)) => Malformed::Repeated("ok.hex"),
        Some(Malformed::Repeated(_)) => Malformed::NotAnObject { member: "ok", found: text() },
        Some(Malformed::NotAnObject { .. }) => {
            Malformed::NotAList { member: "ok.observations", found: text() }
        }
        Some(Malformed::NotAList { .. }) => Malformed::NotText { member: "ok.hash", found: text() },
        Some(Malformed::NotText { .. }) => {
            Malformed::NotHex { member: "ok.hex", fault: HexFault::Odd(3) }
        }
        Some(Malformed::NotHex { .. }) => {
            Malformed::Unreadable { member: "ok", reason: text(), found: text() }
        }
        Some(Malformed::Unreadable { .. }) => Malformed::Lacks("hex"),
        Some(Malformed::Lacks(_)) => {
            Malformed::TooLong { length: 262_145, limit: 262_144, found: text() }
        }
        Some(Malformed::TooLong { .. }) => {
            Malformed::TooMuchWaiting { length: 33_554_433, limit: 33_554_432 }
        }
        Some(Malformed::TooMuchWaiting { .. }) => Malformed::NotOk("reject"),
        Some(Malformed::NotOk(_)) => Malformed::TooFewObservations { found: 1, stimuli: 2 },
        Some(Malformed::TooFewObservations { .. }) => Malformed::TooManyObservations { stimuli: 2 },
        Some(Malformed::TooManyObservations { .. }) => {
            Malformed::ObservationsOfAdvance { found: 1, expected: 2 }
        }
        Some(Malformed::ObservationsOfAdvance { .. }) => {
            Malformed::NotAnError { request: "a step without stimuli", answer: "ok" }
        }
        Some(Malformed::NotAnError { .. }) => {
            Malformed::ObservationTooLong { length: 9, limit: 8, found: text() }
        }
        Some(Malformed::ObservationTooLong { .. }) => {
            Malformed::ObservationUnreadable { reason: text(), found: text() }
        }
        Some(Malformed::ObservationUnreadable { .. }) => Malformed::ObservationNotAnObject(text()),
        Some(Malformed::ObservationNotAnObject(_)) => Malformed::ObservationLacks("queue"),
        Some(Malformed::ObservationLacks(_)) => {
            Malformed::ObservationMember { member: "map", found: text(), expected: "a list" }
        }
        Some(Malformed::ObservationMember { .. }) => {
            Malformed::ObservationNotHex(HexFault::Digit { found: 'x', at: 1 })
        }
        Some(Malformed::ObservationNotHex(_)) => return None,
    })
}

pub(super) fn next_hello_fault(it: Option<&HelloFault>) -> Option<HelloFault> {
    let text = || "x".to_owned();
    match it {
        None => Some(HelloFault::Missing("impl")),
        Some(HelloFault::Missing(_)) => {
            Some(HelloFault::Wrong { member: "impl", expected: text(), found: text() })
        }
        Some(HelloFault::Wrong { .. }) => {
            Some(HelloFault::Nonce { expected: text(), found: text() })
        }
        Some(HelloFault::Nonce { .. }) => Some(HelloFault::UnknownCapability(text())),
        Some(HelloFault::UnknownCapability(_)) => {
            Some(HelloFault::NeedsOther("detect", "exchange"))
        }
        Some(HelloFault::NeedsOther(..)) => {
            Some(HelloFault::UnknownMessage { name: text(), advice: text() })
        }
        Some(HelloFault::UnknownMessage { .. }) => Some(HelloFault::MessageTwice(text())),
        Some(HelloFault::MessageTwice(_)) => {
            Some(HelloFault::Directions { message: text(), found: text() })
        }
        Some(HelloFault::Directions { .. }) => None,
    }
}

pub(super) fn next_startup_fault(it: Option<&StartupFault>) -> Option<StartupFault> {
    let text = || "x".to_owned();
    match it {
        None => Some(StartupFault::Start(StartFault::Command { command: text(), reason: text() })),
        Some(StartupFault::Start(StartFault::Command { .. })) => {
            Some(StartupFault::Start(StartFault::Connection { address: text(), reason: text() }))
        }
        // An interruption is a stop of its own, and none of hello's.
        Some(StartupFault::Start(StartFault::Connection { .. } | StartFault::Interrupted(_))) => {
            Some(StartupFault::Silent(Duration::from_millis(1500)))
        }
        Some(StartupFault::Silent(_)) => Some(StartupFault::Ended(Ended::Unknown)),
        Some(StartupFault::Ended(_)) => Some(StartupFault::Line(LineFault::TooLong.to_string())),
        Some(StartupFault::Line(_)) => Some(StartupFault::WrongId { expected: 0, found: 1 }),
        Some(StartupFault::WrongId { .. }) => Some(StartupFault::Malformed(Malformed::NoneOfFour)),
        Some(StartupFault::Malformed(_)) => Some(StartupFault::NotOk(text())),
        Some(StartupFault::NotOk(_)) => {
            Some(StartupFault::Hello(HelloFault::Missing("impl").into()))
        }
        Some(StartupFault::Hello(_)) => Some(StartupFault::Changed),
        Some(StartupFault::Changed) => None,
    }
}

pub(super) fn next_stop(it: Option<&Stop>) -> Option<Stop> {
    match it {
        None => Some(Stop::Startup(StartupFault::Silent(Duration::from_secs(10)))),
        Some(Stop::Startup(_)) => Some(Stop::Restart(StartupFault::Changed)),
        Some(Stop::Restart(_)) => Some(Stop::Budget(20)),
        Some(Stop::Budget(_)) => Some(Stop::LeftOut(8)),
        Some(Stop::LeftOut(_)) => Some(Stop::Deadline(Duration::from_secs(300))),
        Some(Stop::Deadline(_)) => Some(Stop::Interrupted(15)),
        Some(Stop::Interrupted(_)) => {
            let probe = "the canary: x got `ok`; expected `reject`; the request was {}; at the beginning of the run its answer was right";
            Some(Stop::Probe(probe.to_owned()))
        }
        Some(Stop::Probe(_)) => None,
    }
}

pub(super) fn next_code(it: Option<&Code>) -> Option<Code> {
    match it {
        None => Some(Code::WrongValue),
        Some(Code::WrongValue) => Some(Code::WrongBytes),
        Some(Code::WrongBytes) => Some(Code::Accepted),
        Some(Code::Accepted) => Some(Code::Refused),
        Some(Code::Refused) => Some(Code::Alternative),
        Some(Code::Alternative) => Some(Code::WrongClass),
        Some(Code::WrongClass) => Some(Code::Unsupported),
        Some(Code::Unsupported) => Some(Code::AdapterError),
        Some(Code::AdapterError) => Some(Code::Malformed),
        Some(Code::Malformed) => Some(Code::Crash),
        Some(Code::Crash) => Some(Code::Timeout),
        Some(Code::Timeout) => Some(Code::Garbage),
        Some(Code::Garbage) => Some(Code::Unstable),
        Some(Code::Unstable) => Some(Code::WrongSent),
        Some(Code::WrongSent) => Some(Code::WrongState),
        Some(Code::WrongState) => Some(Code::WrongDetection),
        Some(Code::WrongDetection) => Some(Code::WrongDigest),
        Some(Code::WrongDigest) => Some(Code::Nondeterministic),
        Some(Code::Nondeterministic) => None,
    }
}
