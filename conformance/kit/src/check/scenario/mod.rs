//! Scenarios: played through the sessions of an adapter and held against the model.

pub mod cuts;
pub mod describe;
pub mod execute;
pub mod explain;
pub mod judge;
mod members;
pub mod observe;
mod observe_peer;
pub mod pace;
pub mod past;
pub mod plan;
mod reproduce;
pub mod result;
pub mod rule;
mod scan;
mod scan_peer;
pub mod shrink;
pub mod together;
pub mod visible;
