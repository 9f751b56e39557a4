//! A badge, as JSON for an endpoint badge of shields.io.

use std::io::{self, Write};

use serde_json::json;

use super::{
    collect::Collected,
    conclusion::{Conclusion, Tone, restrictions},
    reporter::Reporter,
};
use crate::{
    event::Event,
    text::{grouped, plural},
};

/// Writes one line of JSON at the end. Only a complete run without a failure may claim conformance,
/// and a run that left checks out says which.
#[derive(Debug)]
pub struct Shields<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> Shields<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(0) }
    }
}

impl<W: Write> Reporter for Shields<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
        let conclusion = Conclusion::of(&self.collected);
        let restrictions = restrictions(&self.collected);
        let conforms = matches!(conclusion.tone, Tone::Good | Tone::Fair);
        let passed = grouped(self.collected.counts().passed);
        let causes = self.collected.causes().len() as u64;
        let is_whole = conclusion.verdict() == "conforms";
        let mut message = conclusion.short;
        match conclusion.tone {
            Tone::Good | Tone::Fair if is_whole => message += &format!(" · {passed} passed"),
            Tone::Bad if causes > 0 => {
                message += &format!(" · {}", plural(causes, "cause", "causes"));
            }
            Tone::Good | Tone::Fair | Tone::Bad | Tone::Unknown => {}
        }
        if conforms && !restrictions.is_empty() {
            message += &format!(" ({})", restrictions.join(", "));
        }
        let color = match conclusion.tone {
            Tone::Good if restrictions.is_empty() => "brightgreen",
            Tone::Good | Tone::Fair => "yellow",
            Tone::Bad => "red",
            Tone::Unknown => "lightgrey",
        };
        let revision = self.collected.header.as_ref().map(|header| header.revision);
        let label = revision.map_or_else(
            || "rollwire".to_owned(),
            |revision| format!("rollwire revision {revision}"),
        );
        let badge = json!({
            "schemaVersion": 1,
            "label": label,
            "message": message,
            "color": color,
            "isError": !conforms,
        });
        writeln!(self.sink, "{badge}")?;
        self.sink.flush()
    }
}
