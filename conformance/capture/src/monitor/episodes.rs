//! EPISODE: READYs, ENDs, and what may be sent between them.

use std::collections::BTreeMap;

use super::objection::{Here, Objections, Side};
use crate::line::Moment;

/// A READY is handed over ten times before an episode starts alone (EPISODE-2, EPISODE-4), and is an answer
/// ten times (EPISODE-6).
const OWN_READYS: u32 = 20;
/// An END is handed over eight times within two seconds (EPISODE-7, EPISODE-11), and is an answer eight
/// times (EPISODE-14).
const OWN_ENDS: u32 = 16;
/// Each datagram of a partner may arrive more than once.
const PARTNERS: u32 = 64;
/// How many episodes are remembered.
const REMEMBERED: usize = 64;
/// An episode starts alone after this time.
const ALONE: u64 = 5_000_000;
/// An episode is complete this long after both ENDs were known, or after the own one.
const BOTH_ENDS: u64 = 500_000;
const OWN_END: u64 = 2_000_000;
/// A clock of a page may be late or early by this much.
const SLACK: u64 = 100_000;

const NUMBER: &str = "a READY with a number that does not follow";
const HASH: &str = "a READY with two hashes";
const FRAME: &str = "an END with two frames";
const READYS: &str = "too many READYs";
const ENDS: &str = "too many ENDs";
const NOT_REACHED: &str = "an END of an episode that has not begun";
const BEFORE: &str = "an INPUT before the episode has started";
const AFTER: &str = "an INPUT after the episode is complete";

/// What a side has said with one kind of message: its content, and how often.
#[derive(Debug)]
struct Said<T> {
    by_number: BTreeMap<u32, (T, u32)>,
}

impl<T: Copy> Said<T> {
    const fn new() -> Self {
        Self { by_number: BTreeMap::new() }
    }

    /// The first content of this number, and how often the number has come, this time included.
    fn again(&mut self, number: u32, content: T) -> (T, u32) {
        let entry = self.by_number.entry(number).or_insert((content, 0));
        entry.1 += 1;
        let said = *entry;
        if self.by_number.len() > REMEMBERED {
            self.by_number.pop_first();
        }
        said
    }
}

/// What a side has said of its episodes.
#[derive(Debug)]
struct Sayings {
    readys: Said<[u8; 8]>,
    ends: Said<u32>,
}

impl Sayings {
    const fn new() -> Self {
        Self { readys: Said::new(), ends: Said::new() }
    }

    fn ready(
        &mut self,
        (here, side): (Here, Side),
        number: u32,
        hash: [u8; 8],
        objections: &mut Objections,
    ) {
        let (first, count) = self.readys.again(number, hash);
        if first != hash {
            let [first, hash] = [first, hash].map(|it| String::from_utf8_lossy(&it).into_owned());
            let detail = format!("READY {number}: {first} at first, and now {hash}");
            objections.add(here, side, "EPISODE-2", HASH, detail);
        }
        if count == 1 + most(side, OWN_READYS) {
            let detail = format!("READY {number} for the {count}th time");
            objections.add(here, side, "EPISODE-6", READYS, detail);
        }
    }

    fn end(
        &mut self,
        (here, side): (Here, Side),
        (frame, episode): (u32, u32),
        objections: &mut Objections,
    ) {
        let (first, count) = self.ends.again(episode, frame);
        if first != frame {
            let detail = format!("END of episode {episode}: frame {first} at first, now {frame}");
            objections.add(here, side, "EPISODE-7", FRAME, detail);
        }
        if count == 1 + most(side, OWN_ENDS) {
            let detail = format!("END of episode {episode} for the {count}th time");
            objections.add(here, side, "EPISODE-14", ENDS, detail);
        }
    }
}

fn most(side: Side, own: u32) -> u32 {
    if side == Side::Own { own } else { PARTNERS }
}

/// The episode that the own side is in.
#[derive(Clone, Copy, Debug)]
struct Current {
    /// The number of its READY.
    ready: u32,
    /// When the READY was handed over, unless it may have been handed over late.
    since: Option<Moment>,
    /// When the own END was handed over first, and the partner's one arrived.
    ends: [Option<Moment>; 2],
    /// Whether the own side was awake after the time at which the episode was complete at the latest.
    is_awake: bool,
}

impl Current {
    /// When the episode was complete at the latest.
    fn complete(&self) -> Option<Moment> {
        let after = |from: Moment, time| Moment(from.0.saturating_add(time + SLACK));
        match self.ends {
            [Some(own), Some(partner)] if partner.since(own) <= OWN_END + SLACK => {
                Some(after(own.max(partner), BOTH_ENDS))
            }
            [Some(own), _] => Some(after(own, OWN_END)),
            [None, _] => None,
        }
    }
}

/// Whether a READY begins an episode of the own side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// It repeats an earlier one.
    No,
    /// It does, or it did while nothing could be handed over.
    Perhaps,
    /// It does.
    Yes,
}

/// The episodes of both sides.
#[derive(Debug)]
pub(super) struct Episodes {
    own: Sayings,
    partner: Sayings,
    current: Option<Current>,
    /// The highest READY of the partner.
    partner_ready: Option<u32>,
    /// Whether a READY may have been due while nothing could be handed over.
    may_be_late: bool,
    /// Whether earlier records are missing, so that a READY may answer one that is not known.
    is_uncertain: bool,
}

impl Episodes {
    pub(super) fn new() -> Self {
        let (own, partner) = (Sayings::new(), Sayings::new());
        Self {
            own,
            partner,
            current: None,
            partner_ready: None,
            may_be_late: true,
            is_uncertain: false,
        }
    }

    pub(super) fn gap(&mut self) {
        *self = Self { is_uncertain: true, ..Self::new() };
    }

    /// The channel has closed: what is due is not handed over.
    pub(super) fn closed(&mut self) {
        self.may_be_late = true;
    }

    /// Whether the own side has begun an episode, and knows that the partner has.
    pub(super) fn has_started(&self) -> bool {
        self.current.is_some_and(|it| self.partner_ready >= Some(it.ready))
    }

    /// Whether the own side has begun an episode in what is known.
    pub(super) fn are_known(&self) -> bool {
        self.current.is_some()
    }

    /// The own side hands a READY over.
    pub(super) fn handed_ready(
        &mut self,
        here: Here,
        number: u32,
        hash: [u8; 8],
        objections: &mut Objections,
    ) -> Beginning {
        let last = self.current.map(|it| it.ready);
        if let Some(last) =
            last.filter(|last| number != *last && Some(number) != last.checked_add(1))
        {
            // After a closed channel, a whole episode may have passed without a READY.
            if !self.may_be_late || number < last {
                let detail = format!("READY {number}, after READY {last}");
                objections.add(here, Side::Own, "EPISODE-2", NUMBER, detail);
            }
        }
        self.own.ready((here, Side::Own), number, hash, objections);
        if last == Some(number) {
            return Beginning::No;
        }
        // A peer that could not hand its READY over may have started alone, and now answers.
        let may_be_answer = self.may_be_late && self.partner_ready >= Some(number);
        let may_be_answer = std::mem::take(&mut self.is_uncertain) || may_be_answer;
        let since = Some(here.at).filter(|_| !self.may_be_late);
        self.current = Some(Current { ready: number, since, ends: [None; 2], is_awake: false });
        self.may_be_late = false;
        if may_be_answer { Beginning::Perhaps } else { Beginning::Yes }
    }

    pub(super) fn received_ready(
        &mut self,
        here: Here,
        number: u32,
        hash: [u8; 8],
        objections: &mut Objections,
    ) {
        self.partner.ready((here, Side::Partner), number, hash, objections);
        self.partner_ready = self.partner_ready.max(Some(number));
    }

    pub(super) fn handed_end(
        &mut self,
        here: Here,
        (frame, episode): (u32, u32),
        objections: &mut Objections,
    ) {
        self.own.end((here, Side::Own), (frame, episode), objections);
        let Some(current) = &mut self.current else { return };
        if episode >= current.ready && !self.may_be_late {
            let detail = format!("END of episode {episode}, after READY {}", current.ready);
            objections.add(here, Side::Own, "EPISODE-7", NOT_REACHED, detail);
        } else if current.ready.checked_sub(1) == Some(episode) {
            current.ends[0].get_or_insert(here.at);
        }
    }

    pub(super) fn received_end(
        &mut self,
        here: Here,
        (frame, episode): (u32, u32),
        objections: &mut Objections,
    ) {
        self.partner.end((here, Side::Partner), (frame, episode), objections);
        if let Some(current) = &mut self.current
            && current.ready.checked_sub(1) == Some(episode)
        {
            current.ends[1].get_or_insert(here.at);
        }
    }

    /// The own side hands an INPUT over (EPISODE-12).
    pub(super) fn handed_input(&self, here: Here, objections: &mut Objections) {
        let Some(current) = &self.current else { return };
        if let Some(since) = current.since
            && self.partner_ready < Some(current.ready)
            && here.at.since(since) + SLACK < ALONE
        {
            let detail = format!("READY {} of the partner has not arrived", current.ready);
            objections.add(here, Side::Own, "EPISODE-12", BEFORE, detail);
        }
        // After a closed channel, the next episode may have begun without a READY.
        if let Some(complete) = current.complete()
            && !self.may_be_late
            && current.is_awake
            && here.at > complete
        {
            let detail = format!("it was complete at {complete} at the latest");
            objections.add(here, Side::Own, "EPISODE-12", AFTER, detail);
        }
    }

    /// The own side has handed something over: it is awake, and has noticed what was due.
    pub(super) fn is_awake(&mut self, now: Moment) {
        if let Some(current) = &mut self.current
            && current.complete().is_some_and(|complete| now > complete)
        {
            current.is_awake = true;
        }
    }
}
