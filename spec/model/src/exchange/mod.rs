//! The state-hash exchange (EXCH) and mismatch detection (DETECT) as a state machine in virtual time.
//!
//! ```
//! use rollwire_model::{Model, exchange::{Session, Stimulus}};
//!
//! let mut session = Session::specified(&Model::latest());
//! let confirm: Stimulus = "confirm 5 aa".parse().expect("a stimulus");
//! assert!(session.step(&confirm).sent.is_empty());
//! let observation = session.step(&Stimulus::TICK);
//! assert_eq!(observation.sent[0].to_string(), "0700000005aaaaaaaaaaaaaaaa");
//! ```
//!
//! | file | story |
//! |---|---|
//! | `stimulus` | what can happen to an exchange |
//! | `state` | what it holds |
//! | `behaviour` | the table of its rules, one function for each |
//! | `rules` | the functions that the specification demands |
//! | `specified` | the table filled with them |
//! | `variant`, `lasting` | what an exchange may declare, and the rules of hashes that last |
//! | `channel` | the channel of a test, which refuses sends as a stimulus demands |
//! | `session` | the order in which the rules are applied |
//! | `observation` | what can be observed of it afterwards |
//! | `notation`, `worked` | the notation of scenarios in the chapters, and the scenarios in them |
//!
//! Wrong implementations are built by replacing functions of a [`Behaviour`].

mod behaviour;
mod channel;
mod lasting;
mod notation;
mod observation;
mod rules;
mod session;
mod specified;
mod state;
mod stimulus;
mod variant;
mod worked;

pub use self::{
    behaviour::{Behaviour, Refused},
    notation::{Claim, Line, NotationError, Says, Scene, message_or_hex},
    observation::{Member, Observation},
    rules::{HISTORY, LEAST_MAP_BOUND},
    session::Session,
    state::{Entry, Lasting, Mismatch, State},
    stimulus::{
        All, ChannelState, Datagram, How, LONGEST_ADVANCE, NotAHash, ReadyHash, Refusals, Rollback,
        Sends, StateHash, Stimulus, Types,
    },
    variant::{REPLACED, Variant},
    worked::{WorkedScenario, worked_scenarios},
};
