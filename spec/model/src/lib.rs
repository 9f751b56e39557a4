//! The executable specification of the rollwire protocol.
//!
//! This crate is the oracle of the project, not a product: it is simple rather than fast, and
//! driven by the tables of `spec/messages.toml` and the rules of the chapters beside it. It shares
//! no code with `rollwire-codec`, so that each can be compared with the other.
//!
//! ```
//! use rollwire_model::{Model, RefusalClass};
//!
//! let model = Model::latest();
//! let value = model.decode(&[0x14, 1, 0, 0, 1, 0xb8]).expect("a whole FOCUS_STATE");
//! assert_eq!(value.to_string(), r#"{"type":"focus_state","fields":{"focused":true,"frame":440}}"#);
//!
//! let refusal = model.decode(&[0x14, 1]).expect_err("four bytes are missing");
//! assert_eq!((refusal.class, refusal.offset), (RefusalClass::Truncated, Some(2)));
//! assert_eq!(refusal.rule, "FOCUS_STATE-1");
//! ```
//!
//! Wrong implementations are built by editing the [`Layout`] before a [`Model`] is created from it.

#![expect(
    clippy::result_large_err,
    reason = "a refusal explains itself; the oracle need not be fast"
)]

mod any_session;
mod capability;
mod chapters;
mod check;
mod decode;
pub mod digest;
mod encode;
pub mod examples;
pub mod exchange;
pub mod hex;
mod integer;
mod layout;
mod model;
mod outcome;
mod parts;
pub mod peer;
mod refusal;
mod rules;
mod value;
pub mod vectors;

pub use crate::{
    any_session::AnySession,
    capability::Capability,
    chapters::{Chapter, chapters},
    layout::{Endian, Field, Kind, Layout, LayoutError, Limit, MessageLayout, Ordered},
    model::Model,
    outcome::{Grade, Outcome},
    parts::Part,
    refusal::{Refusal, RefusalClass, UnknownClass},
    rules::{Level, Proof, Rule, rule, rules},
    value::Value,
};
