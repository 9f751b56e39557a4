//! Bytes a second by message, over time and in a table.

use rollwire_conformance::text::grouped;

use super::{
    figures::Figure,
    lane::Lane,
    path::{HEIGHT, areas, height},
    scale::{Axis, top},
    side::Placed,
};
use crate::{
    buckets::Buckets,
    picture::{Amount, MESSAGES, Slice},
};

/// How many messages have an area of their own; the others share one.
const OWN_AREA: usize = 5;

/// All that a side sent and received of a message.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total {
    sent: Amount,
    received: Amount,
}

/// The least time of a piece of the figure, in microseconds.
const PIECE: u64 = 250_000;

/// A row of the table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) message: &'static str,
    /// For each side: datagrams and bytes that it sent, and that it received.
    pub(super) cells: Vec<[String; 4]>,
}

/// The table: messages that were seen, with most bytes first.
pub(super) fn rows(sides: &[Placed<'_>]) -> Vec<Row> {
    let row = |message: usize| {
        let cells = sides.iter().map(|side| {
            let Total { sent, received } = total(side, message);
            [sent.datagrams, sent.bytes, received.datagrams, received.bytes].map(grouped)
        });
        Row { message: MESSAGES[message], cells: cells.collect() }
    };
    ranked(sides).into_iter().map(row).collect()
}

fn total(side: &Placed<'_>, message: usize) -> Total {
    let mut total = Total::default();
    for slice in side.track.iter().flat_map(|track| track.slices.all()) {
        total.sent.add(slice.sent[message]);
        total.received.add(slice.received[message]);
    }
    total
}

/// The messages that were seen, with most bytes first.
fn ranked(sides: &[Placed<'_>]) -> Vec<usize> {
    let weight = |message: usize| {
        let totals = sides.iter().map(|side| total(side, message));
        totals.fold((0, 0), |(bytes, count), it| {
            (
                bytes + it.sent.bytes + it.received.bytes,
                count + it.sent.datagrams + it.received.datagrams,
            )
        })
    };
    let mut seen: Vec<(usize, (u64, u64))> =
        (0..MESSAGES.len()).map(|message| (message, weight(message))).collect();
    seen.retain(|(_, (_, datagrams))| *datagrams > 0);
    seen.sort_by_key(|(message, (bytes, _))| (std::cmp::Reverse(*bytes), *message));
    seen.into_iter().map(|(message, _)| message).collect()
}

/// The figure: what was sent upwards, what was received downwards.
pub(super) fn figure(axis: &Axis, sides: &[Placed<'_>]) -> Option<Figure> {
    let ranked = ranked(sides);
    let mut groups: Vec<Vec<usize>> =
        ranked.iter().take(OWN_AREA).map(|message| vec![*message]).collect();
    let others: Vec<usize> = ranked.into_iter().skip(OWN_AREA).collect();
    groups.extend(Some(others).filter(|others| !others.is_empty()));
    let all = |slice: &Slice, received: bool| -> u64 {
        let amounts = if received { &slice.received } else { &slice.sent };
        amounts.iter().map(|amount| amount.bytes).sum()
    };
    let coarse = |side: &Placed<'_>| Some(side.track?.slices.coarse(PIECE));
    let highest = sides.iter().filter_map(coarse).filter_map(|slices| {
        let both = slices.all().iter().enumerate();
        both.map(|(at, slice)| rate(all(slice, false).max(all(slice, true)), &slices, at)).max()
    });
    let top = top(highest.max().filter(|highest| *highest > 0)?);
    let lane = |(at, side): (usize, &Placed<'_>)| {
        let slices = &coarse(side)?;
        let mut lane = Lane::of(axis, (at, side), slices)?;
        for received in [false, true] {
            let mut below = vec![0; slices.all().len()];
            for (number, group) in groups.iter().enumerate() {
                let class = format!("area stack c{number}");
                lane.path(class, layer(slices, group, received, &mut below, top));
            }
        }
        lane.top = format!("{} bytes/s", grouped(top));
        lane.is_mirrored = true;
        lane.words = words(side, slices);
        Some(lane)
    };
    let lanes = sides.iter().enumerate().filter_map(lane).collect();
    let legend = groups.iter().enumerate().map(|(number, group)| {
        let name = if number < OWN_AREA { MESSAGES[group[0]] } else { "others" };
        (format!("stack c{number}"), name.to_owned())
    });
    let unit = "what was sent is above the line, what arrived below it";
    Some(Figure { title: "Bytes a second", unit, legend: legend.collect(), lanes })
}

/// The area of some messages, upon those that are there already.
fn layer(
    slices: &Buckets<Slice>,
    group: &[usize],
    received: bool,
    below: &mut [u64],
    top: u64,
) -> String {
    let middle = HEIGHT / 2;
    let place = |rate: u64| height(rate, top) / 2;
    areas(slices.all().iter().enumerate().zip(below).map(|((at, slice), below)| {
        let amounts = if received { &slice.received } else { &slice.sent };
        let bytes: u64 = group.iter().map(|message| amounts[*message].bytes).sum();
        let low = *below;
        *below = low.saturating_add(bytes);
        let [low, high] = [low, *below].map(|bytes| place(rate(bytes, slices, at)));
        Some(if received { (middle - high, middle - low) } else { (middle + low, middle + high) })
    }))
}

/// Bytes a second of a bucket.
fn rate(bytes: u64, slices: &Buckets<Slice>, at: usize) -> u64 {
    // What happened at once would be an infinite rate: a piece of time is taken as a whole, unless it is long.
    let time = slices.seen(at).max(slices.width().min(100_000));
    u64::try_from(u128::from(bytes) * 1_000_000 / u128::from(time)).unwrap_or(u64::MAX)
}

fn words(side: &Placed<'_>, slices: &Buckets<Slice>) -> String {
    let sum = |received: bool| -> u64 {
        let amounts = slices.all().iter().map(|it| if received { &it.received } else { &it.sent });
        amounts.flatten().map(|amount| amount.bytes).sum()
    };
    let (sent, received) = (grouped(sum(false)), grouped(sum(true)));
    format!("Bytes a second of {}: {sent} bytes were sent, {received} arrived", side.name)
}
