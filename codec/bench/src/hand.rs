//! The same protocol, written by hand: no combinators, and no types other than a message and an error.
//!
//! It uses every technique of `rollwire-codec` that helps, and nothing of nom: the difference is what
//! the combinators and the checked types cost.
//! It refuses the same datagrams for the same reasons, and reports the same errors.

pub type Entry = [u8; 5];

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(usize)]
pub enum Message<'a> {
    Input { player: u16, current_frame: u32, entries: &'a [Entry] },
    Ping { timestamp: u64 },
    Pong { timestamp: u64 },
    Keepalive,
    EpisodeEnd { frame: u32, episode: u32 },
    EpisodeReady { episode: u32, hash: &'a [u8; 8] },
    StateHash { frame: u32, hash: &'a [u8; 8] },
    ValidationPing { timestamp: u64 },
    ValidationPong { timestamp: u64 },
    InputRequest { start: u32, end: u32 },
    InputResponse { player: u16, entries: &'a [Entry] },
    FocusState { focused: bool, frame: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Class {
    Empty,
    UnknownType,
    Truncated,
    Trailing,
    Count,
    Value,
    Text,
    Range,
}

/// `expected` is a length or a bound, and 0 where the class is enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Error {
    pub class: Class,
    pub offset: u32,
    pub expected: u32,
    pub found: u32,
}

#[cold]
fn refuse(class: Class, offset: usize, expected: u32, found: u32) -> Error {
    Error { class, offset: offset as u32, expected, found }
}

#[cold]
fn wrong_length(expected: usize, found: usize) -> Error {
    if found < expected {
        refuse(Class::Truncated, found, expected as u32, found as u32)
    } else {
        refuse(Class::Trailing, expected, expected as u32, found as u32)
    }
}

#[inline(always)]
fn entries(rest: &[u8], header: usize, count: usize) -> Result<&[Entry], Error> {
    match rest.split_at_checked(count * 5) {
        Some((entries, [])) => Ok(entries.as_chunks().0),
        _ => Err(wrong_length(header + count * 5, header + rest.len())),
    }
}

/// The top bit of each byte: whether that byte of the text is not one of `0-9a-f`.
#[inline(always)]
fn invalid_lanes(text: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let text = u64::from_le_bytes(text);
    let ascii = text & (ONES * 0x7f);
    let at_least = |least: u8| ascii + ONES * u64::from(0x80 - least);
    let digit = at_least(b'0') & !at_least(b'9' + 1);
    let letter = at_least(b'a') & !at_least(b'f' + 1);
    (text | !(digit | letter)) & (ONES * 0x80)
}

#[inline]
pub fn decode(datagram: &[u8]) -> Result<Message<'_>, Error> {
    let Some(&kind) = datagram.first() else {
        return Err(refuse(Class::Empty, 0, 1, 0));
    };
    let len = datagram.len();
    match kind {
        0x01 => {
            let Some((&[_, p0, p1, f0, f1, f2, f3, count, _], rest)) = datagram.split_first_chunk()
            else {
                return Err(wrong_length(9, len));
            };
            if !matches!(count, 1..=15) {
                return Err(refuse(Class::Count, 7, 15, count.into()));
            }
            match entries(rest, 9, count.into()) {
                Ok(entries) => Ok(Message::Input {
                    player: u16::from_be_bytes([p0, p1]),
                    current_frame: u32::from_be_bytes([f0, f1, f2, f3]),
                    entries,
                }),
                Err(error) => Err(error),
            }
        }
        0x02 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, ref bits @ ..]) => Ok(Message::Ping { timestamp: u64::from_be_bytes(*bits) }),
            Err(_) => Err(wrong_length(9, len)),
        },
        0x03 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, ref bits @ ..]) => Ok(Message::Pong { timestamp: u64::from_be_bytes(*bits) }),
            Err(_) => Err(wrong_length(9, len)),
        },
        0x04 => match datagram {
            [_] => Ok(Message::Keepalive),
            _ => Err(wrong_length(1, len)),
        },
        0x05 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, f0, f1, f2, f3, e0, e1, e2, e3]) => Ok(Message::EpisodeEnd {
                frame: u32::from_be_bytes([f0, f1, f2, f3]),
                episode: u32::from_be_bytes([e0, e1, e2, e3]),
            }),
            Err(_) => Err(wrong_length(9, len)),
        },
        0x06 => match <&[u8; 13]>::try_from(datagram) {
            Ok([_, e0, e1, e2, e3, hash @ ..]) => {
                let invalid = invalid_lanes(*hash);
                if invalid != 0 {
                    let index = invalid.trailing_zeros() as usize / 8;
                    return Err(refuse(Class::Text, 5 + index, 0, hash[index].into()));
                }
                Ok(Message::EpisodeReady {
                    episode: u32::from_be_bytes([*e0, *e1, *e2, *e3]),
                    hash,
                })
            }
            Err(_) => Err(wrong_length(13, len)),
        },
        0x07 => match <&[u8; 13]>::try_from(datagram) {
            Ok([_, f0, f1, f2, f3, hash @ ..]) => {
                Ok(Message::StateHash { frame: u32::from_be_bytes([*f0, *f1, *f2, *f3]), hash })
            }
            Err(_) => Err(wrong_length(13, len)),
        },
        0x10 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, ref bits @ ..]) => {
                Ok(Message::ValidationPing { timestamp: u64::from_be_bytes(*bits) })
            }
            Err(_) => Err(wrong_length(9, len)),
        },
        0x11 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, ref bits @ ..]) => {
                Ok(Message::ValidationPong { timestamp: u64::from_be_bytes(*bits) })
            }
            Err(_) => Err(wrong_length(9, len)),
        },
        0x12 => match <&[u8; 9]>::try_from(datagram) {
            Ok(&[_, s0, s1, s2, s3, e0, e1, e2, e3]) => {
                let start = u32::from_be_bytes([s0, s1, s2, s3]);
                let end = u32::from_be_bytes([e0, e1, e2, e3]);
                if start > end {
                    return Err(refuse(Class::Range, 5, start, end));
                }
                Ok(Message::InputRequest { start, end })
            }
            Err(_) => Err(wrong_length(9, len)),
        },
        0x13 => {
            let Some((&[_, p0, p1, c0, c1], rest)) = datagram.split_first_chunk() else {
                return Err(wrong_length(5, len));
            };
            match entries(rest, 5, u16::from_be_bytes([c0, c1]).into()) {
                Ok(entries) => {
                    Ok(Message::InputResponse { player: u16::from_be_bytes([p0, p1]), entries })
                }
                Err(error) => Err(error),
            }
        }
        0x14 => match <&[u8; 6]>::try_from(datagram) {
            Ok(&[_, focused, f0, f1, f2, f3]) => {
                if focused > 1 {
                    return Err(refuse(Class::Value, 1, 1, focused.into()));
                }
                Ok(Message::FocusState {
                    focused: focused == 1,
                    frame: u32::from_be_bytes([f0, f1, f2, f3]),
                })
            }
            Err(_) => Err(wrong_length(6, len)),
        },
        _ => Err(refuse(Class::UnknownType, 0, 0, kind.into())),
    }
}

/// The buffer was too short: the message needs `needed` bytes, and there are `available`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TooSmall {
    pub needed: u32,
    pub available: u32,
}

#[inline(always)]
fn too_small(needed: usize, available: usize) -> TooSmall {
    TooSmall { needed: needed as u32, available: available as u32 }
}

#[inline(always)]
fn put<const N: usize>(out: &mut [u8], wire: [u8; N]) -> Result<&[u8], TooSmall> {
    let available = out.len();
    match out.first_chunk_mut() {
        Some(front) => {
            *front = wire;
            Ok(front)
        }
        None => Err(too_small(N, available)),
    }
}

#[inline(always)]
fn put_entries<'b, const N: usize>(
    out: &'b mut [u8],
    header: [u8; N],
    entries: &[Entry],
) -> Result<&'b [u8], TooSmall> {
    let available = out.len();
    let needed = N + entries.len() * 5;
    let Some(front) = out.get_mut(..needed) else {
        return Err(too_small(needed, available));
    };
    let Some((head, tail)) = front.split_first_chunk_mut() else {
        return Err(too_small(needed, available));
    };
    *head = header;
    let entries = entries.as_flattened();
    let few = put_ends::<8>(tail, entries)
        || put_ends::<16>(tail, entries)
        || put_ends::<32>(tail, entries)
        || put_ends::<64>(tail, entries)
        || put_ends::<4>(tail, entries);
    if few { Ok(front) } else { put_many::<N>(front, entries) }
}

#[inline(always)]
fn put_ends<const N: usize>(out: &mut [u8], bytes: &[u8]) -> bool {
    if bytes.len() <= 2 * N
        && let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>())
        && let Some(front) = out.first_chunk_mut()
    {
        *front = *first;
        if let Some(back) = out.last_chunk_mut() {
            *back = *last;
        }
        true
    } else {
        false
    }
}

#[inline(never)]
fn put_many<'b, const N: usize>(out: &'b mut [u8], entries: &[u8]) -> Result<&'b [u8], TooSmall> {
    out[N..].copy_from_slice(entries);
    Ok(out)
}

#[inline(always)]
fn put_u64(out: &mut [u8], kind: u8, value: u64) -> Result<&[u8], TooSmall> {
    let [a, b, c, d, e, f, g, h] = value.to_be_bytes();
    put(out, [kind, a, b, c, d, e, f, g, h])
}

#[inline(always)]
fn put_two(out: &mut [u8], kind: u8, one: u32, two: u32) -> Result<&[u8], TooSmall> {
    let [a, b, c, d] = one.to_be_bytes();
    let [e, f, g, h] = two.to_be_bytes();
    put(out, [kind, a, b, c, d, e, f, g, h])
}

#[inline(always)]
fn put_hash<'b>(out: &'b mut [u8], kind: u8, n: u32, hash: &[u8; 8]) -> Result<&'b [u8], TooSmall> {
    let [a, b, c, d] = n.to_be_bytes();
    let [s, t, u, v, w, x, y, z] = *hash;
    put(out, [kind, a, b, c, d, s, t, u, v, w, x, y, z])
}

#[inline]
pub fn encode<'b>(message: &Message<'_>, out: &'b mut [u8]) -> Result<&'b [u8], TooSmall> {
    match *message {
        Message::Input { player, current_frame, entries } => {
            let [p, q] = player.to_be_bytes();
            let [a, b, c, d] = current_frame.to_be_bytes();
            put_entries(out, [0x01, p, q, a, b, c, d, entries.len() as u8, 0], entries)
        }
        Message::Ping { timestamp } => put_u64(out, 0x02, timestamp),
        Message::Pong { timestamp } => put_u64(out, 0x03, timestamp),
        Message::Keepalive => put(out, [0x04]),
        Message::EpisodeEnd { frame, episode } => put_two(out, 0x05, frame, episode),
        Message::EpisodeReady { episode, hash } => put_hash(out, 0x06, episode, hash),
        Message::StateHash { frame, hash } => put_hash(out, 0x07, frame, hash),
        Message::ValidationPing { timestamp } => put_u64(out, 0x10, timestamp),
        Message::ValidationPong { timestamp } => put_u64(out, 0x11, timestamp),
        Message::InputRequest { start, end } => put_two(out, 0x12, start, end),
        Message::InputResponse { player, entries } => {
            let [p, q] = player.to_be_bytes();
            let [m, n] = (entries.len() as u16).to_be_bytes();
            put_entries(out, [0x13, p, q, m, n], entries)
        }
        Message::FocusState { focused, frame } => {
            let [a, b, c, d] = frame.to_be_bytes();
            put(out, [0x14, focused.into(), a, b, c, d])
        }
    }
}
