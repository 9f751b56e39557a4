//! CATCHUP: requests for inputs, and their answers.

use std::collections::VecDeque;

use rollwire_model::peer::InputEntry;

use super::objection::{CAREFUL, Here, Objections, Side};
use crate::line::Moment;

/// How many requests are remembered in each direction.
const REMEMBERED: usize = 256;
/// A request is given up after three seconds (CATCHUP-5), and the next one may follow at once. The first of
/// them may have been handed over late, so less time may lie between the two.
const REPEATED_WITHIN: u64 = 2_900_000;
/// A page that was asleep hands over at once what was due meanwhile, and perhaps the next request after it.
const ASLEEP: u64 = 100_000;
/// The first one, and two repeats.
const MOST: usize = 3;

const UNANSWERED: &str = "an INPUT_REQUEST that is not answered";
const SURPLUS: &str = "an INPUT_RESPONSE without a request";
const RANGE: &str = "an INPUT_RESPONSE with frames that were not asked for";
const ORDER: &str = "an INPUT_RESPONSE that is not in ascending order";
const TOO_OFTEN: &str = "an INPUT_REQUEST that is repeated too often";

type Range = (u32, u32);

/// The requests of both sides.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// What the own side may still answer, and whether it must.
    open: VecDeque<(Range, Here, bool)>,
    /// What the own side has asked for, and when, the newest last.
    asked: VecDeque<(Range, Moment)>,
    asked_more: bool,
    careful_until: Moment,
}

impl Requests {
    pub(super) fn gap(&mut self, now: Moment) {
        self.open.clear();
        self.asked_more = true;
        self.careful_until = Moment(now.0.saturating_add(CAREFUL));
    }

    pub(super) fn closed(&mut self, now: Moment) {
        self.open.clear();
        self.careful_until = Moment(now.0.saturating_add(CAREFUL));
    }

    pub(super) fn passes(&mut self, now: Moment, objections: &mut Objections) {
        while let Some(((start, end), asked, must)) = self.open.front().copied() {
            if now.since(asked.at) <= CAREFUL {
                return;
            }
            self.open.pop_front();
            if !must {
                continue;
            }
            let detail = format!("no INPUT_RESPONSE for frames {start} to {end} within a second");
            objections.add(asked, Side::Own, "CATCHUP-7", UNANSWERED, detail);
        }
    }

    /// A request must be answered if the channel is known to be open.
    pub(super) fn received_request(&mut self, (here, must): (Here, bool), range: Range) {
        if self.open.len() == REMEMBERED {
            self.gap(here.at);
        }
        self.open.push_back((range, here, must));
    }

    pub(super) fn handed_request(
        &mut self,
        (here, accepted): (Here, bool),
        range: Range,
        objections: &mut Objections,
    ) {
        let same = self.asked.iter().rev().filter(|(asked, _)| *asked == range);
        let times: Vec<Moment> =
            [here.at].into_iter().chain(same.map(|(_, at)| *at)).take(1 + MOST).collect();
        let is_within = times.last().is_some_and(|first| here.at.since(*first) < REPEATED_WITHIN);
        let was_asleep = times.windows(2).any(|pair| pair[0].since(pair[1]) < ASLEEP);
        if times.len() > MOST && is_within && !was_asleep {
            let detail = format!("frames {} to {} for the fourth time in 3 s", range.0, range.1);
            objections.add(here, Side::Own, "CATCHUP-3", TOO_OFTEN, detail);
        }
        if self.asked.len() == REMEMBERED {
            self.asked.pop_front();
            self.asked_more = true;
        }
        if accepted {
            self.asked.push_back((range, here.at));
        }
    }

    pub(super) fn handed_response(
        &mut self,
        here: Here,
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        ascending(here, Side::Own, entries, objections);
        // A request that came while the channel was closed may never be answered, so the first is not always
        // the one that is meant.
        let fits = |range: Range| entries.iter().all(|(frame, _)| holds(range, *frame));
        let meant = self.open.iter().position(|(range, _, must)| *must && fits(*range));
        let meant = meant.or_else(|| self.open.iter().position(|(range, ..)| fits(*range)));
        let must = self.open.iter().position(|(.., must)| *must);
        if let Some(meant) = meant {
            self.open.remove(meant);
        } else if let Some((range, ..)) = must.and_then(|must| self.open.remove(must)) {
            let frame = entries.iter().find(|(frame, _)| !holds(range, *frame));
            let frame = frame.map_or(0, |entry| entry.0);
            let detail = format!("frame {frame} of {} to {}", range.0, range.1);
            objections.add(here, Side::Own, "CATCHUP-8", RANGE, detail);
        } else if here.at >= self.careful_until && self.open.is_empty() {
            let detail = "no INPUT_REQUEST waits for it".to_owned();
            objections.add(here, Side::Own, "CATCHUP-7", SURPLUS, detail);
        }
    }

    pub(super) fn received_response(
        &mut self,
        here: Here,
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        ascending(here, Side::Partner, entries, objections);
        if self.asked_more {
            return;
        }
        if self.asked.is_empty() {
            let detail = "nothing was asked for".to_owned();
            objections.add(here, Side::Partner, "CATCHUP-7", SURPLUS, detail);
            return;
        }
        let fits =
            |(range, _): &(Range, Moment)| entries.iter().all(|(frame, _)| holds(*range, *frame));
        if !self.asked.iter().any(fits) {
            let frame = entries.first().map_or(0, |entry| entry.0);
            let detail = format!("frame {frame} and others: no request holds all of them");
            objections.add(here, Side::Partner, "CATCHUP-8", RANGE, detail);
        }
    }
}

fn ascending(here: Here, side: Side, entries: &[InputEntry], objections: &mut Objections) {
    if let Some(pair) = entries.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        let detail = format!("frame {} is followed by frame {}", pair[0].0, pair[1].0);
        objections.add(here, side, "CATCHUP-8", ORDER, detail);
    }
}

fn holds((start, end): Range, frame: u32) -> bool {
    (start..=end).contains(&frame)
}
