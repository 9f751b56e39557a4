//! The engine against scripted adapters on a clock of their own: whose fault is a fault?

mod attribution;
mod limits;
mod scripted;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use rollwire_conformance::{
    protocol::{Answer, Body},
    runner::{Ask, Engine, Limits, Reply, Script, Stop, Transcript},
};
use serde_json::json;

use self::scripted::{Scripted, hex};

fn limits(restarts: u32) -> Limits {
    Limits {
        window: 64,
        timeout: Some(Duration::from_secs(1)),
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
    scripts.enumerate().map(|(place, script)| Ask { place, script: Arc::new(script) })
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
