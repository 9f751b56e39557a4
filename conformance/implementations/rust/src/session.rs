//! The sessions of `spec/adapter.md`: an [`Exchange`] each, with a channel that does as it is told.

use std::collections::btree_map::{BTreeMap, Entry};

use rollwire_codec::{Digest, StateHash};
use serde_json::{Value, json};

use crate::adapter::{Failure, broken};
use crate::exchange::{Channel, Exchange, Refused};

/// The open sessions, by the number that the kit gave them.
#[derive(Debug, Default)]
pub struct Sessions(BTreeMap<u64, Session>);

impl Sessions {
    /// How many may be open at once.
    pub const MAX: usize = 16;

    /// Answers `open`, `step` or `close`.
    pub(crate) fn perform(&mut self, request: &Value) -> Result<Value, Failure> {
        // Without an id nobody hears the answer, and so nothing may change.
        let (op, number) = request["op"]
            .as_str()
            .zip(request["session"].as_u64())
            .filter(|_| request["id"].is_u64())
            .ok_or_else(|| broken(&"a session's request has an id and a number `session`"))?;
        let is_full = self.0.len() >= Self::MAX;
        match (op, self.0.entry(number)) {
            ("open", Entry::Vacant(_)) if is_full => {
                Err(broken(&format!("{} sessions are open already", Self::MAX)))
            }
            ("open", Entry::Vacant(place)) => {
                place.insert(Session::default());
                Ok(json!({}))
            }
            ("step", Entry::Occupied(mut session)) => session.get_mut().step(&request["do"]),
            ("close", Entry::Occupied(session)) => {
                session.remove();
                Ok(json!({}))
            }
            (_, Entry::Vacant(_)) => Err(broken(&format!("session {number} is not open"))),
            (_, Entry::Occupied(_)) => Err(broken(&format!("session {number} is open already"))),
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Session {
    exchange: Exchange,
    channel: ScriptedChannel,
}

impl Session {
    /// Works off a list of stimuli: all of them, or none if one of them is malformed.
    fn step(&mut self, list: &Value) -> Result<Value, Failure> {
        let list = list.as_array().filter(|list| !list.is_empty());
        let list = list.ok_or_else(|| broken(&"`do` is no list of stimuli"))?;
        let mut session = self.clone();
        let each = |it| session.work_off(it).ok_or_else(|| broken(&format!("no stimulus: {it}")));
        let observations = list.iter().map(each).collect::<Result<Value, _>>()?;
        *self = session;
        Ok(json!({"observations": observations}))
    }

    /// Works off one stimulus and observes, or returns none if it is malformed.
    fn work_off(&mut self, stimulus: &Value) -> Option<Value> {
        let (exchange, channel) = (&mut self.exchange, &mut self.channel);
        channel.sent.clear();
        let members = stimulus.as_object().filter(|members| members.len() == 1)?;
        let (name, it) = members.iter().next()?;
        let frame = |it: &Value| u32::try_from(it.as_u64()?).ok();
        match (name.as_str(), it.as_str()) {
            ("confirm", _) => {
                exchange.confirm(frame(&it["frame"])?, it["hash"].as_str()?.parse().ok()?);
            }
            ("tick", _) if it.is_object() => drop(exchange.tick(channel)),
            // What is no STATE_HASH is observed by its having no effect.
            ("recv", Some(digits)) => drop(exchange.receive(&hex::decode(digits).ok()?)),
            ("rollback", Some("end")) => exchange.end_rollback(),
            ("rollback", _) => exchange.begin_rollback(frame(&it["begin"])?),
            ("reset", _) if it.is_object() => exchange.reset(),
            ("channel", Some("open")) => channel.is_closed = false,
            ("channel", Some("closed")) => channel.is_closed = true,
            // A `send` of Rust returns its error, so both ways to refuse are one.
            ("sends", _) if matches!(it["how"].as_str()?, "false" | "throw") => {
                let all = (it["refuse"] == "all").then_some(u64::MAX);
                channel.refuse = all.or_else(|| it["refuse"].as_u64())?;
                channel.accept = it["accept"].as_u64()?;
            }
            _ => return None,
        }
        Some(self.observe())
    }

    fn observe(&self) -> Value {
        let pair = |(frame, hash): (u32, Digest)| json!([frame, hash.to_string()]);
        let mut history: Vec<_> = self.exchange.history().collect();
        history.sort_unstable();
        // Nothing takes events out, so these are all since the last reset.
        let events = self.exchange.events().iter().map(|it| {
            json!({"frame": it.frame, "local": it.local.to_string(), "peer": it.peer.to_string()})
        });
        json!({
            "sent": self.channel.sent.iter().map(hex::encode).collect::<Value>(),
            "queue": self.exchange.queue().map(pair).collect::<Value>(),
            "map": self.exchange.inbound().map(pair).collect::<Value>(),
            "history": history.into_iter().map(pair).collect::<Value>(),
            "verified": self.exchange.verified(),
            "events": events.collect::<Value>(),
        })
    }
}

/// The adapter's channel: it accepts so many datagrams, refuses so many, then accepts again.
///
/// It does so also while it is closed, so that an attempt to send is seen.
#[derive(Clone, Debug, Default)]
struct ScriptedChannel {
    is_closed: bool,
    accept: u64,
    refuse: u64,
    sent: Vec<[u8; StateHash::LEN]>,
}

/// An exchange sends nothing but STATE_HASH, so every datagram uses the numbers up.
impl Channel for ScriptedChannel {
    fn is_open(&self) -> bool {
        !self.is_closed
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        if self.accept > 0 {
            self.accept -= 1;
        } else if self.refuse > 0 {
            self.refuse -= 1;
            return Err(Refused);
        }
        self.sent.push(*datagram);
        Ok(())
    }
}
