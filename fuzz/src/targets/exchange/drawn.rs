//! Stimuli out of the fuzzer's bytes, in a form that is read and written: seeds are the published
//! scenarios.
//!
//! A byte chooses the kind. A frame has a byte in front that says how wide it is, so that small frames
//! meet often; a run of confirmed frames is one, so that the bound of the history is within reach.

use arbitrary::{Result, Unstructured};
use rollwire_model::exchange::{
    ChannelState, Datagram, How, Refusals, Rollback, Sends, StateHash, Stimulus,
};

/// The longest list: what is observed grows with its square.
const MOST: usize = 300;

/// The kinds, as their byte; the last is a run of confirmed frames.
const KINDS: std::ops::RangeInclusive<u8> = 0..=10;

/// A frame below 256, and any.
const NARROW: u8 = 0;
const WIDE: u8 = 1;

/// The stimuli of an input.
pub(super) fn stimuli(u: &mut Unstructured<'_>) -> impl Iterator<Item = Stimulus> {
    let mut run = Vec::new();
    let next = move || {
        if let Some(stimulus) = run.pop() {
            return Some(stimulus);
        }
        if u.is_empty() {
            return None;
        }
        run = drawn(u).ok()?;
        run.reverse();
        run.pop()
    };
    std::iter::from_fn(next).take(MOST)
}

/// One stimulus, or a run of them.
fn drawn(u: &mut Unstructured<'_>) -> Result<Vec<Stimulus>> {
    let one = match u.int_in_range(KINDS)? {
        0 => Stimulus::TICK,
        1 => Stimulus::Confirm { frame: frame(u)?, hash: hash(u)? },
        2 => Stimulus::peer(frame(u)?, hash(u)?),
        3 => {
            let len = usize::from(u.arbitrary::<u8>()?).min(u.len());
            Stimulus::Recv(Datagram::new(u.bytes(len)?.to_vec()))
        }
        4 => Stimulus::begin(frame(u)?),
        5 => Stimulus::END,
        6 => Stimulus::RESET,
        7 => Stimulus::Channel(ChannelState::Open),
        8 => Stimulus::Channel(ChannelState::Closed),
        9 => Stimulus::Sends(sends(u)?),
        _ => {
            let (first, count): (u32, u8) = (frame(u)?, u.arbitrary()?);
            let frames = (0..=u32::from(count)).map(|it| first.saturating_add(it));
            let confirm = |frame| Stimulus::Confirm { frame, hash: StateHash([0; 8]) };
            return Ok(frames.map(confirm).collect());
        }
    };
    Ok(vec![one])
}

fn frame(u: &mut Unstructured<'_>) -> Result<u32> {
    match u.int_in_range(NARROW..=WIDE)? {
        NARROW => u.arbitrary::<u8>().map(u32::from),
        _ => u.arbitrary(),
    }
}

/// Few hashes, so that equal ones meet.
fn hash(u: &mut Unstructured<'_>) -> Result<StateHash> {
    let mut hash = [0; 8];
    match u.int_in_range(NARROW..=WIDE)? {
        NARROW => hash[7] = u.arbitrary()?,
        _ => u.fill_buffer(&mut hash)?,
    }
    Ok(StateHash(hash))
}

fn sends(u: &mut Unstructured<'_>) -> Result<Sends> {
    let accept = u.arbitrary::<u8>()?.into();
    let refuse = match u.arbitrary()? {
        u8::MAX => Refusals::ALL,
        count => Refusals::Count(count.into()),
    };
    let how = if u.arbitrary()? { How::Throw } else { How::False };
    Ok(Sends { accept, refuse, how })
}

/// The bytes that these stimuli are drawn from; nothing where one never is, as a number that is too
/// large.
#[must_use]
pub fn form(list: &[Stimulus]) -> Option<Vec<u8>> {
    let mut form = Vec::new();
    for stimulus in list {
        match stimulus {
            Stimulus::Tick {} => form.push(0),
            Stimulus::Confirm { frame, hash } => {
                form.push(1);
                put_frame(&mut form, *frame);
                form.push(WIDE);
                form.extend(hash.0);
            }
            Stimulus::Recv(datagram) => {
                form.extend([3, u8::try_from(datagram.bytes().len()).ok()?]);
                form.extend(datagram.bytes());
            }
            Stimulus::Rollback(Rollback::Begin(target)) => {
                form.push(4);
                put_frame(&mut form, *target);
            }
            Stimulus::Rollback(Rollback::End) => form.push(5),
            Stimulus::Reset {} => form.push(6),
            Stimulus::Channel(ChannelState::Open) => form.push(7),
            Stimulus::Channel(ChannelState::Closed) => form.push(8),
            Stimulus::Sends(Sends { accept, refuse, how }) => {
                let refuse = match refuse {
                    Refusals::All(_) => u8::MAX,
                    Refusals::Count(count) => u8::try_from(*count).ok()?,
                };
                let throws = u8::from(*how == How::Throw);
                form.extend([9, u8::try_from(*accept).ok()?, refuse, throws]);
            }
        }
    }
    let drawn = stimuli(&mut Unstructured::new(&form)).eq(list.iter().cloned());
    drawn.then_some(form)
}

fn put_frame(form: &mut Vec<u8>, frame: u32) {
    if let Ok(narrow) = u8::try_from(frame) {
        form.extend([NARROW, narrow]);
    } else {
        form.push(WIDE);
        form.extend(frame.to_le_bytes());
    }
}
