//! The rules of a whole peer, a table for each chapter.

use super::rules::{
    catchup::CatchUpRules, common::CommonRules, episode::EpisodeRules, focus::FocusRules,
    live::LiveRules, sync::SyncRules, valid::ValidRules,
};

/// The rules of a whole peer: one function for each.
///
/// A wrong peer is this table with an entry replaced.
#[derive(Clone, Copy, Debug)]
pub struct Behaviour {
    /// PEER.
    pub common: CommonRules,
    /// SYNC.
    pub sync: SyncRules,
    /// LIVE.
    pub live: LiveRules,
    /// VALID.
    pub valid: ValidRules,
    /// EPISODE.
    pub episode: EpisodeRules,
    /// CATCHUP.
    pub catch_up: CatchUpRules,
    /// FOCUS.
    pub focus: FocusRules,
}

impl Behaviour {
    /// The behaviour that the specification demands.
    pub const SPECIFIED: Self = Self {
        common: CommonRules::SPECIFIED,
        sync: SyncRules::SPECIFIED,
        live: LiveRules::SPECIFIED,
        valid: ValidRules::SPECIFIED,
        episode: EpisodeRules::SPECIFIED,
        catch_up: CatchUpRules::SPECIFIED,
        focus: FocusRules::SPECIFIED,
    };
}
