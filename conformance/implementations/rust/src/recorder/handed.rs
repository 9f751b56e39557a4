//! The datagrams that a peer hands to its channel during one stimulus.

use super::comma_separated;
use crate::peer::{Channel, Refused};

/// What was handed to the channel since the members were taken, and what the channel answered.
#[derive(Debug, Default)]
pub(super) struct Handed {
    attempts: usize,
    /// The datagrams that were accepted, as hex.
    sent: Vec<String>,
    /// The attempts that were refused, counted from 0 over all datagrams.
    refused: Vec<usize>,
}

impl Handed {
    /// The game's channel, with a note of what it is handed.
    pub(super) fn tap<'t>(&'t mut self, channel: &'t mut dyn Channel) -> impl Channel + 't {
        Tap { channel, handed: self }
    }

    /// The members `sent` and `refused`, without those that are empty. The next stimulus is counted
    /// from 0 again.
    pub(super) fn take_members(&mut self) -> String {
        let Self { attempts: _, sent, refused } = std::mem::take(self);
        let mut members = String::new();
        if !sent.is_empty() {
            let datagrams = sent.into_iter().map(|it| format!("\"{it}\""));
            members += &format!(r#","sent":[{}]"#, comma_separated(datagrams));
        }
        if !refused.is_empty() {
            let attempts = refused.iter().map(usize::to_string);
            members += &format!(r#","refused":[{}]"#, comma_separated(attempts));
        }
        members
    }
}

struct Tap<'t> {
    channel: &'t mut dyn Channel,
    handed: &'t mut Handed,
}

impl Channel for Tap<'_> {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        let attempt = self.handed.attempts;
        self.handed.attempts = attempt.saturating_add(1);
        let answer = self.channel.send(datagram);
        match answer {
            Ok(()) => self.handed.sent.push(hex::encode(datagram)),
            Err(Refused) => self.handed.refused.push(attempt),
        }
        answer
    }
}
