//! The engine against scripted adapters on a clock of their own: whose fault is a fault?

mod attribution;
mod kinds;
mod late;
mod limits;
mod scripted;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rollwire_conformance::{
    protocol::{Answer, Body},
    runner::{Adapter as _, Ask, Engine, Limits, Reply, Script, Stop, Transcript, Transport as _},
};
use serde_json::json;

use self::scripted::{Scripted, hex};

fn limits(restarts: u32) -> Limits {
    Limits {
        window: 64,
        timeout: Some(Duration::from_secs(1)),
        patience: Duration::from_secs(20),
        startup: Duration::from_secs(10),
        deadline: Duration::from_secs(3600),
        restarts,
    }
}

/// The request of this number.
fn number(number: u64) -> Body {
    Body::decode(&number.to_be_bytes())
}

/// A script for each of the numbers below `count`.
fn numbers(count: u64) -> impl Iterator<Item = Script> {
    (0..count).map(|it| number(it).into())
}

/// The scripts as they are asked, one after another.
fn asks(scripts: impl Iterator<Item = Script>) -> impl Iterator<Item = Ask> {
    scripts.enumerate().map(|(place, script)| Ask::new(place, Arc::new(script)))
}

/// What became of a run.
struct Ran {
    replies: Vec<Reply>,
    notes: Vec<String>,
    stop: Option<Stop>,
    /// On the adapter's own clock.
    took: Duration,
}

impl Ran {
    fn count(&self, wanted: impl Fn(&Reply) -> bool) -> usize {
        self.replies.iter().filter(|reply| wanted(reply)).count()
    }
}

/// Asks everything, with the limits of `rollwire check`.
fn run(adapter: Scripted, limits: Limits, asks: impl Iterator<Item = Ask>) -> Ran {
    let mut engine = Engine::new(adapter, limits, Transcript::default());
    engine.start().unwrap();
    let mut replies = BTreeMap::new();
    engine.ask_all(&mut { asks }, &mut |place, reply, _| {
        assert!(replies.insert(place, reply).is_none(), "two replies for {place}");
    });
    let (notes, stop) = (engine.notes(), engine.stopped().cloned());
    let took = engine.into_transport().now();
    Ran { replies: replies.into_values().collect(), notes, stop, took }
}

/// Asks all scripts; the reply to each.
fn ask(
    adapter: Scripted,
    restarts: u32,
    scripts: impl Iterator<Item = Script>,
) -> (Vec<Reply>, Option<Stop>) {
    let mut engine = Engine::new(adapter, limits(restarts), Transcript::default());
    engine.start().unwrap();
    let mut count = 0;
    let mut asks = asks(scripts).inspect(|_| count += 1);
    let mut replies = BTreeMap::new();
    engine.ask_all(&mut asks, &mut |place, reply, _| {
        assert!(replies.insert(place, reply).is_none(), "two replies for {place}");
    });
    drop(asks);
    assert_eq!(replies.len(), count, "every script has its reply");
    (replies.into_values().collect(), engine.stopped().cloned())
}

/// Whether a reply is the right answer to the request of this number, and to no other.
fn answers(reply: &Reply, number: u64) -> bool {
    let Reply::Answered(answers) = reply else { return false };
    matches!(&answers[..], [answer] if is_right(answer, number))
}

fn is_right(answer: &Answer, number: u64) -> bool {
    let right = json!({"hex": hex(number)}).to_string();
    matches!(answer, Answer::Ok(ok) if ok.text() == right)
}
