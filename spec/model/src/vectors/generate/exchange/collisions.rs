//! Frames that have the same place in a table of some size, whether the place is the remainder of the
//! frame or some of its bits (EXCH-1, EXCH-3, EXCH-15).

use super::frames::{confirms, list};
use crate::vectors::scenes::Scenes;

/// Frames of which 0 collides with one in every table whose size is a power of two, and in others that
/// are in use. Those above 16,777,216 are two of each that are equal in single precision.
const FRAMES: [u32; 44] = [
    0,
    1,
    2,
    4,
    8,
    16,
    32,
    60,
    64,
    100,
    120,
    121,
    128,
    256,
    300,
    512,
    600,
    1000,
    1024,
    2048,
    3600,
    4096,
    8192,
    16384,
    32768,
    65536,
    131_072,
    262_144,
    524_288,
    1_048_576,
    2_097_152,
    4_194_304,
    8_388_608,
    16_777_216,
    16_777_217,
    33_554_432,
    67_108_864,
    134_217_728,
    268_435_456,
    536_870_912,
    1_073_741_824,
    2_147_483_648,
    2_147_483_649,
    4_294_967_295,
];

fn frames() -> impl DoubleEndedIterator<Item = u32> {
    FRAMES.into_iter()
}

/// A line for each frame that receives it, with its number for a hash.
fn receives(frames: impl Iterator<Item = u32>) -> String {
    frames.map(|frame| format!("recv 07 {frame:08x} {frame:016x}\n")).collect()
}

pub(super) fn of_the_history(scenes: &mut Scenes) {
    scenes.sent(
        "frames-that-collide",
        "EXCH-1",
        "frame-number lost-entry",
        "44 frames that collide in tables of 64 to 2147483648 places, as 16 or 31 bits, or in single precision: each of them is new",
        &format!(
            "
            {most}
            == queue {list_of_most}
            confirm 4294967295 aa
            tick | sent {list_of_most} 4294967295=aa | queue -
            ",
            most = confirms(frames().take(FRAMES.len() - 1)),
            list_of_most = list(frames().take(FRAMES.len() - 1)),
        ),
    );
    scenes.sent(
        "frames-that-collide-stay-known",
        "EXCH-3 EXCH-2",
        "frame-number history-bound",
        "44 frames that collide in tables of many sizes: each of them is still known when all are confirmed again",
        &format!(
            "
            {all}
            tick | sent {list_of_all} | queue -
            == history {list_of_all}
            {again}
            tick | sent - | queue -
            ",
            all = confirms(frames()),
            again = confirms(frames().rev()),
            list_of_all = list(frames()),
        ),
    );
}

pub(super) fn of_the_map(scenes: &mut Scenes) {
    scenes.inspect(
        "frames-that-collide",
        "EXCH-15",
        "frame-number inbound-map",
        "44 frames that collide in tables of many sizes: the map holds a hash of each",
        &format!(
            "
            {most}
            == map {list_of_most}
            recv 07 ffffffff aaaaaaaaaaaaaaaa | map {list_of_most} 4294967295=aa
            ",
            most = receives(frames().take(FRAMES.len() - 1)),
            list_of_most = list(frames().take(FRAMES.len() - 1)),
        ),
    );
}

pub(super) fn compared(scenes: &mut Scenes) {
    scenes.sent(
        "frames-that-collide",
        "DETECT-1 EXCH-15",
        "frame-number comparison inbound-map",
        "44 frames that collide in tables of many sizes: each is compared with its own hash",
        &format!(
            "
            {received}
            == map {list_of_all} | events -
            {confirmed}
            tick | sent {list_of_all} | map - | events - | verified 4294967295
            ",
            received = receives(frames().rev()),
            confirmed = confirms(frames()),
            list_of_all = list(frames()),
        ),
    );
}
