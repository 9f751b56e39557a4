//! INPUT_REQUEST: the answer costs what it holds, and a wider range costs nothing more.

use rollwire_reference::peer::{Parameters, Peer};

use super::{act, started_with};
use crate::{bounds::NO_DEARER, measured::Samples, messages::request};

/// A peer that keeps its newest entries, after as many acts as that.
fn keeps(kept: u32) -> Peer {
    let mut peer = started_with(Parameters { kept, ..Parameters::default() });
    act(&mut peer, 0..kept);
    peer
}

pub(super) fn measure(samples: &mut Samples) {
    let mut peer = keeps(1024);
    for (case, first, last, entries) in [
        ("INPUT_REQUEST of what is not kept", 2000, 3000, 0),
        ("INPUT_REQUEST 0 to 10", 0, 10, 11),
        ("INPUT_REQUEST 0 to 1000", 0, 1000, 1001),
        (NO_DEARER[0].1, 0, 1023, 1024),
        (NO_DEARER[0].0, 0, u32::MAX, 1024),
    ] {
        let answered = samples.receive(case, &mut peer, &request(first, last));
        assert_eq!(answered, 5 + 5 * entries, "{case}");
    }
    let mut peer = keeps(20_000);
    for (case, first, last) in [(NO_DEARER[1].1, 0, 3274), (NO_DEARER[1].0, 0, u32::MAX)] {
        let answered = samples.receive(case, &mut peer, &request(first, last));
        assert_eq!(answered, 5 + 5 * Peer::MAX_RESPONSE, "{case}");
    }
}
