//! What a stimulus does to a peer, whether it logs itself or not.

/// Applies a stimulus to a peer over a channel. A peer and one that logs itself have the same methods, but no
/// type or trait in common: a game uses one of them.
///
/// What the channel was told beforehand is nothing to a peer, because a game does not know it either.
macro_rules! apply_to_peer {
    ($stimulus:expr, $peer:expr, $channel:expr) => {
        match $stimulus {
            Stimulus::Confirm { frame, hash } => $peer.confirm(*frame, *hash),
            Stimulus::Tick => {
                $peer.tick($channel);
            }
            Stimulus::Receive(datagram) => {
                // As for an exchange, a datagram that is refused has changed nothing.
                let _ = $peer.receive(datagram, $channel);
            }
            Stimulus::BeginRollback { target } => $peer.begin_rollback(*target),
            Stimulus::EndRollback => $peer.end_rollback(),
            Stimulus::Reset => $peer.reset(),
            Stimulus::Channel { is_open: true } => $peer.opened($channel),
            Stimulus::Channel { is_open: false } => $peer.closed(),
            Stimulus::Sends(_) => {}
            Stimulus::ForPeer(it) => match it {
                ForPeer::Advance { milliseconds } => {
                    // It was read within the range that a peer takes.
                    let _ = $peer.advance(*milliseconds, $channel);
                }
                ForPeer::Act { frame, action } => {
                    $peer.act(*frame, *action, $channel);
                }
                ForPeer::Ready { hash } => {
                    if let Ok(hash) = hash.as_str().try_into() {
                        $peer.ready(hash, $channel);
                    }
                }
                ForPeer::Ended { frame } => {
                    $peer.ended(*frame, $channel);
                }
                ForPeer::CatchUp => {
                    $peer.catch_up($channel);
                }
                ForPeer::Focus { is_shown, frame } => $peer.focus(*is_shown, *frame, $channel),
            },
        }
    };
}

pub(crate) use apply_to_peer;
