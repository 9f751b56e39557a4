//! A game whose `send` leads to another call of the peer.

use std::{cell::RefCell, rc::Rc};

use rollwire_reference::peer::{Channel, Chapters, Options, Peer, Refused};

use super::{Recorder, lines};
use crate::support::NONE;

/// A channel that wants to act as soon as it is handed a PING.
struct Eager {
    peer: Rc<RefCell<Recorder>>,
    next: u32,
    /// The actions that had to be put off.
    waiting: Vec<u32>,
}

impl Channel for Eager {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        if datagram[0] == 2 {
            // The peer is borrowed while it calls `send`, so the call cannot be made now.
            assert!(self.peer.try_borrow_mut().is_err());
            self.waiting.push(self.next);
            self.next += 1;
        }
        Ok(())
    }
}

#[test]
fn a_call_out_of_send_is_logged_after_the_stimulus_that_called_send() {
    let chapters = Chapters { inputs: true, liveness: true, ..NONE };
    let peer = Peer::new(Options { chapters, ..Options::default() }).unwrap();
    let peer = Rc::new(RefCell::new(Recorder::new(peer, Vec::new())));
    let mut channel = Eager { peer: Rc::clone(&peer), next: 0, waiting: vec![] };
    peer.borrow_mut().advance(1000, &mut channel).unwrap();
    for frame in std::mem::take(&mut channel.waiting) {
        peer.borrow_mut().act(frame, 3, &mut channel);
    }
    drop(channel);
    let recorder = Rc::into_inner(peer).unwrap().into_inner();
    assert_eq!(
        lines(recorder)[1..],
        [
            r#"{"advance":1000,"sent":["02407f400000000000","02408f400000000000"]}"#,
            r#"{"act":{"frame":0,"action":3},"sent":["0100000000000001000000000003"]}"#,
            r#"{"act":{"frame":1,"action":3},"sent":["01000000000001020000000000030000000103"]}"#,
        ]
    );
}
