//! Two games over a bad link in virtual time: the same each time, whatever the machine.

pub mod account;
mod flood;
mod link;
pub mod scenario;
mod side;

use self::{flood::Flood, link::Link, scenario::Scenario, side::Side};

/// What a game has shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// The most that each of the two peers has held at any time, in bytes.
    pub peaks: [usize; 2],
    /// How many frames both have confirmed in all episodes; the least of the two.
    pub confirmed: u32,
    /// How many hashes both have confirmed; the least of the two.
    pub hashed: u32,
    /// The part of the datagrams that the link has lost; the least of both directions.
    pub losses: f64,
}

/// Plays a game to its end.
///
/// # Panics
///
/// When the game does not get to its end.
pub fn play(scenario: &Scenario) -> Outcome {
    let mut sides = [Side::new(0, scenario), Side::new(1, scenario)];
    // The link that each side sends over.
    let mut links = [Link::new(1), Link::new(2)];
    let mut floods = [Flood::new(3), Flood::new(4)];
    // Between two episodes there is a pause, and the last inputs need some time.
    let most = u64::from(scenario.frames + 1000) * u64::from(scenario.episodes);
    for step in 0..most {
        let time = |step: u64| step * 1000 / 60;
        let now = time(step);
        let passed = now - time(step.saturating_sub(1));
        for (index, side) in sides.iter_mut().enumerate() {
            if scenario.is_flooded {
                for datagram in floods[index].step(&side.peer) {
                    side.receive(&datagram);
                }
            }
            while let Some(datagram) = links[1 - index].receive(now) {
                side.receive(&datagram);
            }
            if !side.is_over(scenario) {
                side.step(u32::try_from(passed).expect("a short time"), scenario);
            }
            links[index].step();
            side.outbox.empty(|datagram| links[index].send(now, datagram));
        }
        if sides.iter().all(|side| side.is_over(scenario)) {
            let [left, right] = &sides;
            return Outcome {
                peaks: [left.peak(), right.peak()],
                confirmed: left.confirmed.min(right.confirmed),
                hashed: left.hashed.min(right.hashed),
                losses: links[0].losses().min(links[1].losses()),
            };
        }
    }
    panic!("{}: not over after {most} steps: {sides:?}", scenario.name);
}
