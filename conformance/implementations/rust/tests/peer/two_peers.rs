//! Two peers with a channel between them that loses datagrams, closes and opens.

use rollwire_reference::peer::{Options, Parameters, Peer, Phase, ValidationState};

use crate::support::{Script, channel, ready};

/// The frames of the episode.
const FRAMES: u32 = 600;

/// The input delay of the game: how many frames before its execution an action is taken. A partner
/// that completes the episode stops acting, so the last inputs have to be repeated before.
const DELAY: u32 = 10;

/// The action of a player at a frame.
fn action(player: u16, frame: u32) -> u8 {
    let mixed = (frame + 1).wrapping_mul(2_654_435_761 + u32::from(player));
    (mixed >> 24) as u8
}

struct Side {
    peer: Peer,
    line: Script,
    next: u32,
}

impl Side {
    fn new(local: u16) -> Self {
        let parameters = Parameters { redundancy: 5, ..Parameters::default() };
        let peer = Peer::new(Options { local, parameters, ..Options::default() }).unwrap();
        Self { peer, line: channel(), next: 0 }
    }

    fn is_in(&self, phase: Phase) -> bool {
        self.peer.episode().is_some_and(|it| it.phase == phase)
    }

    fn step(&mut self, player: u16) {
        self.peer.advance(33, &mut self.line).unwrap();
        if self.peer.act(self.next, action(player, self.next), &mut self.line) {
            self.next += 1;
        }
        if self.next == FRAMES + DELAY {
            self.peer.ended(FRAMES, &mut self.line);
        }
        if self.next.is_multiple_of(5) {
            self.peer.catch_up(&mut self.line);
        }
    }
}

/// Plays an episode in which `is_lost` says which of all datagrams are lost.
fn play(mut is_lost: impl FnMut(u32) -> bool) -> [Side; 2] {
    let mut sides = [Side::new(0), Side::new(1)];
    for it in &mut sides {
        assert!(ready(&mut it.peer, "a", &mut it.line));
    }
    let mut count = 0;
    for step in 0..900 {
        for player in [0, 1] {
            // The channel of the second player is closed for a while.
            match (player, step) {
                (1, 200) => sides[1].peer.closed(),
                (1, 260) => {
                    let Side { peer, line, .. } = &mut sides[1];
                    peer.opened(line);
                }
                _ => {}
            }
            sides[usize::from(player)].step(player);
            let sent = std::mem::take(&mut sides[usize::from(player)].line.sent);
            let Side { peer, line, .. } = &mut sides[usize::from(1 - player)];
            for datagram in sent {
                count += 1;
                if !is_lost(count) {
                    peer.receive(&datagram, line).unwrap();
                }
            }
        }
        if sides.iter().all(|it| it.is_in(Phase::Complete)) {
            break;
        }
    }
    sides
}

fn check(sides: &[Side; 2]) {
    for (side, partner) in sides.iter().zip([1, 0]) {
        let peer = &side.peer;
        let end = peer.episode().unwrap().end.unwrap();
        assert!(end.agreed && end.frame == FRAMES, "{end:?}");
        assert_eq!(peer.validation(), ValidationState::Validated);
        assert!(peer.confirmed() >= Some(FRAMES - 1), "{:?}", peer.confirmed());
        for frame in 0..FRAMES {
            assert_eq!(peer.partner_action(frame), Some(action(partner, frame)), "{frame}");
        }
        assert!(peer.round_trips().len() > 5);
    }
}

#[test]
fn without_losses() {
    check(&play(|_| false));
}

#[test]
fn with_random_losses() {
    for seed in 1..20_u64 {
        let mut state = seed;
        check(&play(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % 100 < 20
        }));
    }
}

#[test]
fn with_a_burst_that_leaves_a_hole() {
    check(&play(|count| (300..330).contains(&count)));
}
