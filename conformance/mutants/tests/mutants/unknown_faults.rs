//! Implementations with a fault that no mutant has: no known fault is blamed for it.

use std::sync::Arc;

use rollwire_conformance::{
    event::Event,
    protocol::{Body, Hello, hex::decode},
    run::{Options, run},
    runner::{Adapter, Ask, Connection, Deliver, Remark, Script, StartupFault, Stop},
    vectors::VectorSet,
    verdict::Verdict,
};
use rollwire_model::exchange::{Entry, Refused, State, StateHash};
use rollwire_mutants::{
    adapter::Faulty, digest, draw::named, exchange, in_process::InProcess, suspects,
};
use serde_json::Value;

/// Asserts that the run fails, and that each cause is said to be unexplained.
fn assert_unexplained(what: &str, adapter: &mut dyn Adapter) {
    let options = Options { find_suspects: suspects, seed: 1, ..Options::default() };
    let (mut failed, mut blamed, mut causes) = (0, Vec::new(), 0);
    let ran = run(adapter, VectorSet::builtin().unwrap(), &options, &mut |event| match event {
        Event::Check(check) if check.verdict == Verdict::Fail => failed += 1,
        Event::Cause(cause) if cause.explained => blamed.push((cause.id.clone(), cause.failures)),
        Event::Cause(_) => causes += 1,
        _ => {}
    });
    assert!(ran.is_ok() && failed > 0 && causes > 0 || !blamed.is_empty(), "{what} is not noticed");
    assert!(blamed.is_empty(), "{what}: of {failed} failures are blamed on {blamed:?}");
}

/// A whole implementation without a fault.
fn right() -> Faulty {
    let mut right = named("exchange/leaves-the-last").unwrap();
    right.exchange.clear();
    right
}

fn of_exchange(name: &'static str, edit: fn(&mut rollwire_model::exchange::Behaviour)) {
    let mutant = exchange::Mutant { name, rule: "EXCH-1", fault: name, edit };
    let faulty = Faulty { exchange: vec![mutant], ..right() };
    assert_unexplained(name, &mut InProcess::new(&faulty));
}

fn of_digest(name: &'static str, edit: fn(&mut rollwire_model::digest::DigestRules)) {
    let mutant = digest::Mutant { name, rule: "DIGEST-1", fault: name, edit };
    let others = named("digest/one-digit-less").unwrap().others;
    let faulty = Faulty { digest: vec![mutant], others, ..Faulty::default() };
    assert_unexplained(name, &mut InProcess::new(&faulty));
}

/// An implementation whose decoder sees other datagrams than those that arrive.
struct Misreads<'a> {
    right: InProcess<'a>,
    change: fn(&mut [u8]),
}

impl Misreads<'_> {
    fn changed(&self, body: &Body) -> Body {
        let request: Value = serde_json::from_str(&body.with_id(0)).unwrap();
        let is_decode = request["op"] == "decode";
        let datagram = request["hex"].as_str().and_then(|digits| decode(digits).ok());
        match datagram.filter(|_| is_decode) {
            None => body.clone(),
            Some(mut datagram) => {
                (self.change)(&mut datagram);
                Body::decode(&datagram)
            }
        }
    }
}

impl Adapter for Misreads<'_> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        self.right.start()
    }

    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        for ask in asks {
            let bodies = ask.script.bodies().iter().map(|body| self.changed(body)).collect();
            let script = Arc::new(Script::of_sessions(bodies, ask.script.sessions()));
            self.right.ask_some(&mut std::iter::once(Ask { script, ..ask }), deliver);
        }
    }

    fn stopped(&self) -> Option<&Stop> {
        self.right.stopped()
    }

    fn take_stderr(&mut self) -> String {
        self.right.take_stderr()
    }

    fn finish(&mut self) -> Vec<Remark> {
        self.right.finish()
    }

    fn connection(&self) -> Connection {
        self.right.connection()
    }
}

fn of_bytes(name: &str, change: fn(&mut [u8])) {
    let right = Faulty::default();
    assert_unexplained(name, &mut Misreads { right: InProcess::new(&right), change });
}

#[test]
fn decoders() {
    of_bytes("a hash of which the bytes 3 and 6 are exchanged", |datagram| {
        if let [7, .., third, _, _, sixth, _, _] = datagram {
            std::mem::swap(third, sixth);
        }
    });
    of_bytes("a PING with a byte of another pattern", |datagram| {
        if let [2, _, _, _, byte, ..] = datagram {
            *byte ^= 0x5a;
        }
    });
    of_bytes("actions three times as great", |datagram| {
        if let [1, 0, _, _, _, _, _, _, _, entries @ ..] = datagram {
            for entry in entries.chunks_exact_mut(5) {
                entry[4] = entry[4].wrapping_mul(3);
            }
        }
    });
}

#[test]
fn exchanges() {
    of_exchange("a hash is stored for the neighbour of each seventh frame", |rules| {
        rules.stores = |state, (frame, hash): Entry| {
            let frame = if frame % 7 == 3 { frame ^ 1 } else { frame };
            state.map.retain(|(other, _)| *other != frame);
            state.map.push((frame, hash));
        };
    });
    of_exchange("a verified frame is a thousand too high", |rules| {
        rules.verifies = |state: &mut State, frame| {
            state.verified = state.verified.max(Some(frame.saturating_add(1000)));
        };
    });
    of_exchange("a refused hash is another one afterwards", |rules| {
        rules.refused = |state: &mut State, refused: Refused<'_>| {
            let (frame, StateHash(mut bytes)) = refused.entry;
            bytes.rotate_left(3);
            state.queue.insert(0, (frame, StateHash(bytes)));
            false
        };
    });
}

#[test]
fn digests() {
    of_digest("a zero with an exponent", |rules| rules.zero = |_| "0e+7".to_owned());
    of_digest("semicolons between elements", |rules| rules.tight = ["; ", ":"]);
    of_digest("a letter escaped", |rules| {
        rules.is_plain = |unit| (0x20..0x7f).contains(&unit) && ![0x22, 0x5c, 0x71].contains(&unit);
    });
}
