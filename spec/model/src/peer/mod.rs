//! A whole peer in virtual time (PEER, SYNC, LIVE, VALID, EPISODE, CATCHUP, FOCUS), sans IO.
//!
//! ```
//! use rollwire_model::{Model, exchange::Stimulus, peer::{Session, Setup}};
//!
//! let mut peer = Session::specified(&Model::latest(), Setup::default());
//! let observation = peer.step(&Stimulus::Advance(100));
//! assert_eq!(observation.sent[0].to_string(), "104059000000000000");
//! ```
//!
//! | file | story |
//! |---|---|
//! | `setup` | what a peer is created with |
//! | `message` | what it sends and receives |
//! | `state` | what it holds |
//! | `handed` | what becomes of a message that is sent |
//! | `timers` | its timers as values, and which fires next |
//! | `rules/` | a chapter each: the table of its rules, and the functions that the specification demands |
//! | `play/` | a chapter each: the order in which its rules are applied |
//! | `behaviour` | all tables together |
//! | `session` | one peer: what each stimulus and each message leads to |
//! | `view` | what can be observed of it |
//! | `notation` | how the chapters write all of it |
//!
//! Wrong peers are built by replacing functions of a [`Behaviour`].

mod behaviour;
mod handed;
mod message;
pub mod notation;
mod play;
mod rules;
mod session;
mod setup;
mod state;
mod timers;
mod view;

pub use self::{
    behaviour::Behaviour,
    handed::Handed,
    message::{InputEntry, Message},
    rules::{
        catchup::CatchUpRules,
        common::CommonRules,
        episode::EpisodeRules,
        focus::FocusRules,
        live::{LiveRules, bits_of},
        sync::SyncRules,
        valid::ValidRules,
    },
    session::Session,
    setup::{Areas, Parameters, Setup},
    state::{
        Ends, Episode, Episodes, Focus, Hashes, Inputs, Liveness, Phase, Request, Start, State,
        Validation, ValidationPhase,
    },
    timers::Timer,
    view::{Double, EpisodeView, Page, View},
};
