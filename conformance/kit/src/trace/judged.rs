//! The result of judging one line of a log, whether of an exchange or of a whole peer.

use rollwire_model::exchange::{Member, Rollback, State, Stimulus};

/// How a line of a logged session deviates from the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The rule that is broken.
    pub rule: &'static str,
    /// The member of the observation.
    pub member: Member,
    /// What it should have held, in the notation of the chapters.
    pub expected: String,
    /// What it held.
    pub got: String,
}

/// The result of judging one line.
#[derive(Clone, Debug, Default)]
pub struct JudgedStep {
    /// The first deviation.
    pub deviation: Option<Deviation>,
    /// Whether a part of it could not be judged.
    pub partly_judged: bool,
    /// Whether it is a `confirm` whose frame entered the history.
    pub confirmed: bool,
    /// The frames whose two hashes it compared.
    pub compared: Vec<u32>,
    /// Whether a peer begins another episode.
    pub begins_episode: bool,
    /// What rollwire stopped tracking here, to keep its memory bounded.
    pub gave_up: Option<GaveUp>,
}

/// What is no longer tracked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// The outbound queue.
    Queue,
    /// The inbound map.
    Map,
    /// The events of a peer.
    Events,
}

/// The frames that a stimulus compares, in an exchange that holds this before. The model does not report
/// them, and comparing equal hashes below the verified frame changes nothing that is observed.
pub(super) fn about_to_compare(state: &State, detects: bool, stimulus: &Stimulus) -> Vec<u32> {
    let rolling_back = state.rollbacks > 0;
    let known = |frame: u32| state.local(frame).is_some();
    match stimulus {
        _ if !detects => Vec::new(),
        Stimulus::Confirm { frame, .. } if !rolling_back && !known(*frame) => {
            state.peer(*frame).map(|_| *frame).into_iter().collect()
        }
        Stimulus::Recv(datagram) if !rolling_back => {
            let frame = datagram.entry().map(|(frame, _)| frame);
            frame.filter(|frame| known(*frame)).into_iter().collect()
        }
        Stimulus::Rollback(Rollback::End) if rolling_back => {
            state.map.iter().map(|entry| entry.0).filter(|frame| known(*frame)).collect()
        }
        _ => Vec::new(),
    }
}
