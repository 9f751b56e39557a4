//! The datagrams that the codecs are measured with: random ones from a seed, mixed as in a running
//! game.

use fastrand::Rng;

/// 10,000 datagrams: 60 % INPUT with three entries, 20 % STATE_HASH, 10 % PING and PONG,
/// 10 % the other eight types, shuffled.
pub fn mix(rng: &mut Rng) -> Vec<Vec<u8>> {
    let others: [fn(&mut Rng) -> Vec<u8>; 8] = [
        keepalive,
        episode_end,
        episode_ready,
        |rng| stamped(0x10, rng),
        |rng| stamped(0x11, rng),
        input_request,
        |rng| {
            let count = rng.u16(0..=8);
            input_response(count, rng)
        },
        focus_state,
    ];
    let mut datagrams = Vec::new();
    for index in 0..10_000 {
        datagrams.push(match index {
            0..6000 => input(3, rng),
            6000..8000 => state_hash(rng),
            8000..8500 => stamped(0x02, rng),
            8500..9000 => stamped(0x03, rng),
            _ => others[index % 8](rng),
        });
    }
    rng.shuffle(&mut datagrams);
    datagrams
}

/// An invalid datagram for each of these. A fifth of them each is too short, too long, of an unknown
/// type, with an invalid count, and with an invalid value.
pub fn rejects(datagrams: &[Vec<u8>], rng: &mut Rng) -> Vec<Vec<u8>> {
    let broken = |(index, datagram): (usize, &Vec<u8>)| match index % 5 {
        0 => datagram[..rng.usize(..datagram.len())].to_vec(),
        1 => [&datagram[..], &[0; 4][..rng.usize(1..=4)]].concat(),
        2 => [&[rng.u8(0x15..)], &datagram[1..]].concat(),
        3 => input(if rng.bool() { 0 } else { rng.u8(16..) }, rng),
        _ => match index % 3 {
            0 => [&[0x14, rng.u8(2..)], &focus_state(rng)[2..]].concat(),
            1 => [&[0x12, 0xff], &[0xff; 3][..], &rng.u32(..u32::MAX).to_be_bytes()].concat(),
            _ => [&episode_ready(rng)[..12], b"G"].concat(),
        },
    };
    datagrams.iter().enumerate().map(broken).collect()
}

/// The same for another format: one byte shorter, or one byte longer.
pub fn shorter_or_longer(index: usize, mut bytes: Vec<u8>) -> Vec<u8> {
    if index.is_multiple_of(2) {
        bytes.pop();
    } else {
        bytes.push(0xff);
    }
    bytes
}

pub fn input(count: u8, rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x01];
    wire.extend(rng.u16(..).to_be_bytes());
    wire.extend(rng.u32(..).to_be_bytes());
    wire.extend([count, 0]);
    wire.extend((0..5 * usize::from(count)).map(|_| rng.u8(..)));
    wire
}

pub fn stamped(kind: u8, rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![kind];
    wire.extend((rng.f64() * 1e6).to_bits().to_be_bytes());
    wire
}

pub fn keepalive(_: &mut Rng) -> Vec<u8> {
    vec![0x04]
}

pub fn episode_end(rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x05];
    wire.extend((0..8).map(|_| rng.u8(..)));
    wire
}

pub fn episode_ready(rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x06];
    wire.extend(rng.u32(..).to_be_bytes());
    wire.extend(format!("{:08x}", rng.u32(..)).into_bytes());
    wire
}

pub fn state_hash(rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x07];
    wire.extend((0..12).map(|_| rng.u8(..)));
    wire
}

pub fn input_request(rng: &mut Rng) -> Vec<u8> {
    let start = rng.u32(..);
    let mut wire = vec![0x12];
    wire.extend(start.to_be_bytes());
    wire.extend(rng.u32(start..).to_be_bytes());
    wire
}

pub fn input_response(count: u16, rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x13];
    wire.extend(rng.u16(..).to_be_bytes());
    wire.extend(count.to_be_bytes());
    wire.extend((0..5 * usize::from(count)).map(|_| rng.u8(..)));
    wire
}

pub fn focus_state(rng: &mut Rng) -> Vec<u8> {
    let mut wire = vec![0x14, rng.u8(0..=1)];
    wire.extend(rng.u32(..).to_be_bytes());
    wire
}
