//! The chapters of the specification, embedded, so that rules and examples are read from the prose
//! itself.

/// One chapter: its file name under `spec/` and its whole text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The file name, as in `messages.toml`: `input.md`.
    pub name: &'static str,
    /// The Markdown.
    pub text: &'static str,
}

/// Every chapter of the specification.
#[must_use]
pub fn chapters() -> &'static [Chapter] {
    &CHAPTERS
}

/// Embeds chapters by their file names.
macro_rules! embed {
    ($($name:literal),* $(,)?) => {
        [$(Chapter { name: $name, text: include_str!(concat!("../../", $name)) }),*]
    };
}

static CHAPTERS: [Chapter; 29] = embed![
    "README.md",
    "common.md",
    "refusals.md",
    "input.md",
    "liveness.md",
    "episode.md",
    "state-hash.md",
    "focus.md",
    "exchange.md",
    "detect.md",
    "peer.md",
    "peer-sync.md",
    "peer-live.md",
    "peer-valid.md",
    "peer-episode.md",
    "peer-catchup.md",
    "peer-focus.md",
    "digest.md",
    "traps.md",
    "transport.md",
    "text-frames.md",
    "revisions.md",
    "behaviour.md",
    "security.md",
    "hazards.md",
    "founding.md",
    "adapter.md",
    "trace.md",
    "capture.md",
];
