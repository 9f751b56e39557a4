//! A session with a game, without a clock and without a channel: both belong to the caller.

use crate::{
    game::{Game, Heard, Output},
    outcome::Outcome,
    probes::{self, Ask, PROBES, When},
    report::Report,
};

/// Milliseconds between two looks at the time.
const TICK: u64 = 10;
/// How long the game may take to do what a probe waits for, in milliseconds.
const PATIENCE: u64 = 60_000;
/// How long a game is silent for good, in milliseconds: not one answer, and not one other datagram.
const SILENCE: u64 = 30_000;
/// How long a caller may take between two calls, in milliseconds; see [`Probe::advance`].
const PAUSE: u64 = 1000;
/// A session takes no longer, in milliseconds, and no more datagrams.
const LONGEST: u64 = 600_000;
const MOST: u64 = 500_000;

/// How a session is played.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The first frame of every episode.
    pub first_frame: u32,
    /// The names of probes that are left out.
    pub skip: Vec<String>,
}

/// A session with a game.
///
/// The caller hands over what happens, each with the time in milliseconds since any moment of its choice, and
/// takes what is to be sent out of [`output`](Self::output) after every call.
///
/// ```
/// use rollwire_probe::{Options, Output, Probe};
///
/// let mut probe = Probe::new(0, &Options::default());
/// probe.opened(0);
/// probe.advance(100);
/// assert!(matches!(probe.output(), Some(Output::Send(_))));
/// ```
#[derive(Debug)]
pub struct Probe {
    game: Game,
    all: Vec<Running>,
    current: Option<usize>,
    began: u64,
    /// When something was last asked, or came.
    moved: u64,
    arrived: u64,
    datagrams: u64,
    is_over: bool,
}

#[derive(Debug)]
struct Running {
    name: &'static str,
    ask: Box<dyn Ask>,
    is_done: bool,
}

impl Probe {
    /// A session that begins now. Its channel is not open yet.
    #[must_use]
    pub fn new(now: u64, options: &Options) -> Self {
        let all = PROBES.iter().filter(|row| !options.skip.iter().any(|name| name == row.name));
        let running =
            |row: &probes::Row| Running { name: row.name, ask: (row.make)(), is_done: false };
        Self {
            game: Game::new(now, options.first_frame),
            all: all.map(running).collect(),
            current: None,
            began: now,
            moved: now,
            arrived: now,
            datagrams: 0,
            is_over: false,
        }
    }

    /// The channel has opened.
    pub fn opened(&mut self, now: u64) {
        self.game.advance(now);
        (self.moved, self.arrived) = (self.game.now, self.game.now);
        self.game.channel(true);
        self.goes();
    }

    /// The channel has closed.
    pub fn closed(&mut self, now: u64) {
        self.game.advance(now);
        if self.game.is_open {
            self.game.channel(false);
        }
        self.goes();
    }

    /// A datagram has arrived. Any bytes are allowed.
    pub fn received(&mut self, now: u64, bytes: &[u8]) {
        if self.is_over {
            return;
        }
        self.game.advance(now);
        self.arrived = self.game.now;
        self.datagrams += 1;
        let message = self.game.hears(bytes);
        for running in self.all.iter_mut().filter(|it| !it.is_done) {
            running.ask.hears(&mut self.game, Heard { message: message.as_ref() });
        }
        self.goes();
    }

    /// Time has passed.
    ///
    /// A pause since the last call is not the silence of the game: perhaps the computer slept, and what came
    /// meanwhile still waits to be handed over.
    pub fn advance(&mut self, now: u64) {
        let pause = now.saturating_sub(self.game.now);
        if pause > PAUSE {
            self.arrived += pause;
        }
        self.game.advance(now);
        self.goes();
    }

    /// The next thing that the channel is asked to do.
    pub fn output(&mut self) -> Option<Output> {
        self.game.output()
    }

    /// When [`advance`](Self::advance) is due at the latest.
    #[must_use]
    pub fn wakes_at(&self) -> u64 {
        self.game.now + TICK
    }

    /// Whether nothing is left to ask. What arrives later is not looked at.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// Ends the session: what is open stays open.
    pub fn end(&mut self) {
        if !self.is_over {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.is_over = true;
        for running in self.all.iter_mut().filter(|it| !it.is_done && it.ask.runs_beside()) {
            running.is_done = true;
            running.ask.ends(&mut self.game);
        }
    }

    /// What was found out so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let current = self.current.map(|at| self.all[at].name);
        let waits = self.all.iter().filter(|it| !it.is_done).map(|it| {
            let why = match it.ask.when(&self.game) {
                When::Now => "the session ended before it was asked or answered",
                When::Later(why) => why,
            };
            (it.name, why)
        });
        let skipped = PROBES.iter().map(|row| row.name);
        let skipped = skipped.filter(|name| !self.all.iter().any(|it| it.name == *name));
        Report::new(
            &self.game.verdicts,
            &waits.collect::<Vec<_>>(),
            skipped.collect(),
            (current, self.is_over),
            self.game.now - self.began,
        )
    }

    /// How much was found out so far: changes whenever a report has something new.
    #[must_use]
    pub fn count(&self) -> usize {
        self.game.verdicts.iter().map(|it| 1 + it.outcome as usize).sum()
    }

    /// Lets the probes go on, one after the other. The barrier comes in between, because the game waits.
    fn goes(&mut self) {
        if self.is_over {
            return;
        }
        let now = self.game.now;
        for at in 0..self.all.len() {
            let running = &mut self.all[at];
            let is_background = running.ask.runs_beside();
            if !running.is_done && is_background && running.ask.when(&self.game) == When::Now {
                running.is_done = running.ask.goes(&mut self.game);
            }
        }
        if let Some(at) = self.current {
            self.moved = now;
            let running = &mut self.all[at];
            running.is_done = running.is_done || running.ask.goes(&mut self.game);
            if running.is_done {
                self.current = None;
            }
        }
        if self.current.is_none() {
            let game = &self.game;
            let next = self.all.iter().position(|it| {
                !it.is_done && !it.ask.runs_beside() && it.ask.when(game) == When::Now
            });
            self.current = next;
        }
        self.ends(now);
    }

    fn ends(&mut self, now: u64) {
        let is_done = self.all.iter().all(|it| it.is_done || it.ask.runs_beside());
        let is_late = now - self.moved > PATIENCE || now - self.began > LONGEST;
        let is_silent = self.game.is_open && now - self.arrived > SILENCE;
        if is_silent {
            self.says_silent();
        }
        if is_done || is_late || is_silent || self.datagrams > MOST {
            self.finish();
        }
    }

    /// The channel is open, and nothing has come for so long that no load explains it.
    fn says_silent(&mut self) {
        let seconds = SILENCE / 1000;
        let why = format!(
            "the channel is open, and nothing came for {seconds} s: no answer to {} questions, and nothing else",
            self.game.line.since(0).filter(|it| it.answered.is_none()).count(),
        );
        let evidence = self.game.evidence(|_, _| true);
        let probe = self.current.map_or("watch", |at| self.all[at].name);
        // A malformed datagram may have ended it.
        let rule = if probe == "malformed" { "PEER-4" } else { "LIVE-5" };
        self.game.says(probe, rule, Outcome::Broken, format!("silent for good: {why}"), evidence);
    }
}
