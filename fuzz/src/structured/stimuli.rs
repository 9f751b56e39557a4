//! A list of stimuli from a fuzzer's bytes, and the bytes that give a list.
//!
//! A byte selects the kind. A byte before each frame says how wide it is, so that small frames are often
//! equal. One kind is a run of confirmed frames, so that an input can exceed the bound of the history.

use arbitrary::{Result, Unstructured};
use rollwire_model::exchange::{
    ChannelState, Datagram, How, Refusals, Rollback, Sends, StateHash, Stimulus, Types,
};

/// The longest list: the size of its observations grows with the square of its length.
const MAX_STIMULI: usize = 300;

/// The bytes of the kinds; the last is a run of confirmed frames.
const KINDS: std::ops::RangeInclusive<u8> = 0..=10;

/// One byte follows, for a number below 256.
const NARROW: u8 = 0;

/// All bytes of the number follow.
const WIDE: u8 = 1;

/// The stimuli of an input.
pub(crate) fn stimuli(u: &mut Unstructured<'_>) -> impl Iterator<Item = Stimulus> {
    let mut run = Vec::new();
    let next = move || {
        if let Some(stimulus) = run.pop() {
            return Some(stimulus);
        }
        if u.is_empty() {
            return None;
        }
        run = stimulus_or_run(u).ok()?;
        run.reverse();
        run.pop()
    };
    std::iter::from_fn(next).take(MAX_STIMULI)
}

/// One stimulus, or a run of confirmed frames.
fn stimulus_or_run(u: &mut Unstructured<'_>) -> Result<Vec<Stimulus>> {
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

/// Often one of few hashes, so that some are equal.
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
    Ok(Sends { accept, refuse, how, types: Types::STATE_HASH })
}

/// The input that gives these stimuli; none if one of them holds a number that is too large.
pub(crate) fn to_input(list: &[Stimulus]) -> Option<Vec<u8>> {
    let mut input = Vec::new();
    for stimulus in list {
        match stimulus {
            Stimulus::Tick {} => input.push(0),
            Stimulus::Confirm { frame, hash } => {
                input.push(1);
                put_frame(&mut input, *frame);
                input.push(WIDE);
                input.extend(hash.0);
            }
            Stimulus::Recv(datagram) => {
                input.extend([3, u8::try_from(datagram.bytes().len()).ok()?]);
                input.extend(datagram.bytes());
            }
            Stimulus::Rollback(Rollback::Begin(target)) => {
                input.push(4);
                put_frame(&mut input, *target);
            }
            Stimulus::Rollback(Rollback::End) => input.push(5),
            Stimulus::Reset {} => input.push(6),
            Stimulus::Channel(ChannelState::Open) => input.push(7),
            Stimulus::Channel(ChannelState::Closed) => input.push(8),
            Stimulus::Sends(Sends { accept, refuse, how, .. }) => {
                let refuse = match refuse {
                    Refusals::All(_) => u8::MAX,
                    Refusals::Count(count) => u8::try_from(*count).ok()?,
                };
                let throws = u8::from(*how == How::Throw);
                input.extend([9, u8::try_from(*accept).ok()?, refuse, throws]);
            }
            // Those of a peer are not made from bytes.
            _ => return None,
        }
    }
    let is_same = stimuli(&mut Unstructured::new(&input)).eq(list.iter().cloned());
    is_same.then_some(input)
}

fn put_frame(input: &mut Vec<u8>, frame: u32) {
    if let Ok(narrow) = u8::try_from(frame) {
        input.extend([NARROW, narrow]);
    } else {
        input.push(WIDE);
        input.extend(frame.to_le_bytes());
    }
}
