//! A right peer that plays with a game, and tests what can be tested of a black box. Sans IO.
//!
//! `README.md` lists the probes and says what a verdict means.
//!
//! | module | story |
//! |---|---|
//! | `probe` | a session: what happens comes in, what is to be sent comes out |
//! | `probes/` | what is asked: a file for each kind, and the table of them all |
//! | `game` | what all probes share |
//! | `partner` | the right partner: the model's peer, led by the game |
//! | `line` | questions all the time, which show that the game lives and that the line is clean |
//! | `question` | a question that is asked until it is answered |
//! | `refused` | datagrams of every class of refusal |
//! | `told` | what the game has told |
//! | `outcome` | what is found out, and what shows it |
//! | `rules` | which rules can be tested from outside |
//! | `report` | what a session came to |
//! | `webrtc` | with the feature `peer`: the channel of a browser |

mod game;
mod line;
mod outcome;
mod partner;
mod probe;
mod probes;
mod question;
mod refused;
mod report;
mod rules;
mod told;
#[cfg(feature = "peer")]
pub mod webrtc;

pub use self::{
    game::Output,
    outcome::{Evidence, Outcome, Verdict},
    probe::{Options, Probe},
    report::Report,
    rules::{How, all, how},
};

/// The names of all probes, each with the sentence that says what it asks.
pub fn probes() -> impl Iterator<Item = (&'static str, &'static str)> {
    probes::PROBES.iter().map(|row| (row.name, row.asks))
}
