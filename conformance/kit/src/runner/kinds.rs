//! Which kinds of requests break the adapter: a few of a kind show what is wrong, and the rest of the
//! run must not pay for all others.
//!
//! The engine does not know what a request is about. A script comes with its traits, such as "decode of
//! ping" or "decode of what is refused as trailing", and the engine counts for each of them how often a
//! script with it broke the adapter, and how often one was answered.

use std::{
    collections::{HashMap, VecDeque},
    rc::Rc,
};

use super::{
    fault::{AdapterFault, FaultKind},
    script::{Ask, Traits},
};
use crate::text::{grouped, plural};

/// A trait is suspicious after this many faults, if at most a third as many scripts with it were
/// answered.
const SUSPICIOUS: u64 = 3;

/// A trait that says less about what breaks the adapter is suspicious if more than one of this many
/// scripts with it broke the adapter, after twice as many faults as one kind may have.
const ONE_OF: u64 = 9;

/// Each hang costs seconds, so a trait is suspicious after this many of them, and there may be three hangs
/// of a kind for five crashes.
const SUSPICIOUS_HANGS: u64 = 2;

/// What became of the scripts with a trait.
#[derive(Debug, Default)]
struct Record {
    faults: u64,
    /// How many of the faults are hangs.
    hangs: u64,
    answered: u64,
    /// How many were not asked because of this trait.
    left: u64,
    /// What happened last.
    fault: String,
}

impl Record {
    /// After how many faults the rest of the scripts with this trait is left out, if one kind of fault
    /// may occur `most` times; `None` if the trait is not suspicious.
    fn limit(&self, most: u64) -> Option<u64> {
        let (suspicious, most) = if 2 * self.hangs > self.faults {
            (SUSPICIOUS_HANGS, (most * 3 / 5).max(SUSPICIOUS))
        } else {
            (SUSPICIOUS, most)
        };
        if self.faults >= suspicious && self.faults >= SUSPICIOUS * self.answered {
            Some(most)
        } else if self.faults >= 2 * most && self.faults * ONE_OF > self.faults + self.answered {
            Some(2 * most + SUSPICIOUS)
        } else {
            None
        }
    }
}

/// The record of each trait, and the scripts that are asked last.
#[derive(Debug)]
pub(super) struct Kinds {
    records: HashMap<Rc<str>, Record>,
    /// The traits of which some scripts were left out, in the order in which that began.
    blamed: Vec<Rc<str>>,
    /// How many faults of a trait are found before the rest is left out.
    most: u64,
    postponed: VecDeque<Ask>,
    /// Whether a trait became suspicious, or is no longer, since the scripts were put in order.
    is_changed: bool,
}

impl Kinds {
    /// With a budget of this many restarts. One kind of fault may use a tenth of it: each fault costs two
    /// restarts, one to find its script and one to go on.
    pub(super) fn new(restarts: u32) -> Self {
        Self {
            records: HashMap::new(),
            blamed: Vec::new(),
            most: u64::from(restarts / 20).max(SUSPICIOUS),
            postponed: VecDeque::new(),
            is_changed: false,
        }
    }

    /// The script answered, alone or among others.
    pub(super) fn answered(&mut self, traits: &Traits) {
        self.change(traits, |record| record.answered += 1);
    }

    /// The script broke the adapter.
    pub(super) fn failed(&mut self, traits: &Traits, fault: &AdapterFault) {
        self.change(traits, |record| {
            record.faults += 1;
            record.hangs += u64::from(fault.kind == FaultKind::Timeout);
            record.fault.clone_from(&fault.text);
        });
    }

    fn change(&mut self, traits: &Traits, change: impl Fn(&mut Record)) {
        for name in &**traits {
            let record = self.records.entry(Rc::clone(name)).or_default();
            let before = record.limit(self.most);
            change(record);
            self.is_changed |= record.limit(self.most) != before;
        }
    }

    /// How many traits of the script are suspicious.
    fn suspicions(&self, ask: &Ask) -> usize {
        let suspicious = |name: &&Rc<str>| {
            self.records.get(*name).is_some_and(|record| record.limit(self.most).is_some())
        };
        ask.traits.iter().filter(suspicious).count()
    }

    /// Keeps a script for later if its like breaks the adapter. Returns it if it can be asked now.
    pub(super) fn postpone(&mut self, ask: Ask) -> Option<Ask> {
        if self.suspicions(&ask) == 0 {
            return Some(ask);
        }
        self.postponed.push_back(ask);
        self.is_changed = true;
        None
    }

    /// The scripts that are not asked because the run ends.
    pub(super) fn take_postponed(&mut self) -> VecDeque<Ask> {
        std::mem::take(&mut self.postponed)
    }

    /// The next of the scripts that were kept for later. Those whose traits are cleared meanwhile are put
    /// into `again`, to be asked like all others.
    pub(super) fn next(&mut self, again: &mut VecDeque<Ask>) -> Option<Postponed> {
        if std::mem::take(&mut self.is_changed) {
            // The less suspicious ones come first: if they are answered, a trait that they share with
            // those that break the adapter is cleared. Neighbours are often alike, so the others are
            // scattered.
            let asks = self.take_postponed();
            let (cleared, mut asks): (Vec<Ask>, Vec<Ask>) =
                asks.into_iter().partition(|ask| self.suspicions(ask) == 0);
            again.extend(cleared);
            asks.sort_by_cached_key(|ask| (self.suspicions(ask), scattered(ask.place)));
            self.postponed = asks.into();
            if !again.is_empty() {
                return Some(Postponed::Cleared);
            }
        }
        let ask = self.postponed.pop_front()?;
        Some(match self.reason_to_leave(&ask) {
            Some(reason) => Postponed::Leave(ask, reason),
            None => Postponed::Ask(ask),
        })
    }

    /// Why the script is not asked, if enough of its like were.
    fn reason_to_leave(&mut self, ask: &Ask) -> Option<String> {
        let most = self.most;
        let (name, faults) = ask
            .traits
            .iter()
            .filter_map(|name| Some((name, self.records.get(name)?)))
            .filter(|(_, record)| record.limit(most).is_some_and(|limit| record.faults >= limit))
            .map(|(name, record)| (name, record.faults))
            // Of equal ones the first, which is the most telling.
            .reduce(|best, it| if it.1 > best.1 { it } else { best })?;
        let record = self.records.get_mut(name)?;
        if record.left == 0 {
            self.blamed.push(Rc::clone(name));
        }
        record.left += 1;
        Some(format!("{name} broke the adapter {}", plural(faults, "time", "times")))
    }

    /// How many scripts were left out.
    pub(super) fn left(&self) -> u64 {
        self.records.values().map(|record| record.left).sum()
    }

    /// What was left out and why, one sentence for each trait.
    pub(super) fn notes(&self) -> Vec<String> {
        let note = |name: &Rc<str>| {
            let Record { faults, answered, left, fault, .. } = self.records.get(name)?;
            let asked = faults + answered;
            let were = if *left == 1 { "was" } else { "were" };
            Some(format!(
                "{} {were} not asked, because the like of {} breaks the adapter: {name}: {} of {} ({fault}); `--restarts` raises how many are asked",
                plural(*left, "question", "questions"),
                if *left == 1 { "it" } else { "them" },
                grouped(*faults),
                grouped(asked),
            ))
        };
        self.blamed.iter().filter_map(note).collect()
    }
}

/// The place in an order in which neighbours are far apart; the same in every run.
fn scattered(place: usize) -> u64 {
    (place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// A script that was kept for later.
pub(super) enum Postponed {
    /// Some are asked like all others.
    Cleared,
    Ask(Ask),
    /// Not asked, for this reason.
    Leave(Ask, String),
}
