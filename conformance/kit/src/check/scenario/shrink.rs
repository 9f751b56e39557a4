//! A failing scenario, as short and as plain as it can be.
//!
//! Delta debugging: stimuli are left out in ever smaller pieces as long as it still fails; then numbers
//! are made smaller in the same way.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use rollwire_model::exchange::{Datagram, How, Refusals, Rollback, Sends, StateHash, Stimulus};

use super::{
    cuts::whole, execute, explain::Explainer, plan::Planned, result::ScenarioResult,
    visible::Visible,
};
use crate::{
    check::budget::Budget, generate::scenarios, protocol::Hello, runner::Adapter, verdict::Verdict,
};

/// A scenario with more stimuli than this is played less often.
const SHORT: usize = 256;

/// How many stimuli all plays of such a scenario may have together, so that it does not take long.
const STIMULI: usize = 100_000;

/// How often a scenario with this many stimuli may be played to shrink it, if `most` is not less.
#[must_use]
pub fn attempts(stimuli: usize, most: usize) -> usize {
    if stimuli <= SHORT { most } else { most.min(STIMULI / stimuli) }
}

/// The scenario as short as it still fails, played again and again within the budget, and what it shows.
pub fn shortened(
    adapter: &mut dyn Adapter,
    planned: &Planned,
    hello: &Hello,
    explainer: &Explainer,
    id: &str,
    budget: &mut Budget,
) -> Option<(Planned, ScenarioResult)> {
    let (shown, model) = (Visible::by(hello), &planned.session.model);
    let questions = budget.questions();
    let mut fails = |stimuli: &[Stimulus]| {
        if adapter.stopped().is_some() || budget.is_spent() {
            return None;
        }
        let part = planned.session.with(stimuli.to_vec());
        let reply = adapter.ask_script(Arc::new(whole(&part, 1)));
        budget.spend(&reply);
        execute::first_deviation(&part, reply, shown).ok()?.map(|wrong| wrong.step)
    };
    let stimuli = &planned.session.stimuli;
    let best = shrink(stimuli, attempts(stimuli.len(), questions), &mut fails);
    let comment = format!("the shortest scenario on which {} still fails", planned.scenario.id);
    let mut scenario = scenarios::scenario(id, "EXCH-8", &comment, best);
    (scenario.peer, scenario.since) = (planned.scenario.peer, planned.scenario.since);
    scenario.requires.clone_from(&planned.scenario.requires);
    scenario.expect_observations_of(model);
    // Once more, as it will be played from the file.
    let played = |adapter: &mut dyn Adapter, it: &Planned| {
        execute::run_all(adapter, std::slice::from_ref(it), hello).pop().flatten()
    };
    let mut shorter = Planned::new(scenario, planned.origin, hello, model);
    let first = played(adapter, &shorter)?;
    let rule = explainer.rule(&shorter.session, first.wrong?, first.seen.as_deref());
    shorter.scenario.rules = vec![rule.to_owned()];
    scenarios::about_the_last_step(&mut shorter.scenario, model);
    let played = played(adapter, &shorter)?;
    (played.judgement.verdict == Verdict::Fail).then_some((shorter, played))
}

/// Says at which stimulus a scenario fails, if it does.
pub type Fails<'a> = dyn FnMut(&[Stimulus]) -> Option<usize> + 'a;

/// Stimuli that still fail, and of which none can be left out. Asks at most so often.
pub fn shrink(stimuli: &[Stimulus], attempts: usize, fails: &mut Fails<'_>) -> Vec<Stimulus> {
    let mut search = Search { best: stimuli.to_vec(), left: attempts, fails };
    let whole = search.best.clone();
    if !search.accept(whole) {
        return search.best;
    }
    loop {
        let before = search.best.clone();
        search.leave_out();
        search.simplify();
        if search.best == before || search.left == 0 {
            return search.best;
        }
    }
}

struct Search<'a, 'b> {
    best: Vec<Stimulus>,
    left: usize,
    fails: &'a mut Fails<'b>,
}

impl Search<'_, '_> {
    /// Takes a candidate if it fails, up to the stimulus at which it does.
    fn accept(&mut self, mut candidate: Vec<Stimulus>) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let Some(step) = (self.fails)(&candidate) else { return false };
        candidate.truncate(step + 1);
        self.best = candidate;
        true
    }

    /// Leaves out pieces, from half of the scenario down to single stimuli, until nothing more can go.
    fn leave_out(&mut self) {
        let mut size = self.best.len().div_ceil(2).max(1);
        loop {
            let mut end = self.best.len();
            let mut shorter = false;
            while end > 0 {
                let from = end.saturating_sub(size);
                let mut candidate = self.best.clone();
                candidate.drain(from..end.min(candidate.len()));
                shorter |= !candidate.is_empty() && self.accept(candidate);
                // A candidate can have become shorter than where the search stands.
                end = from.min(self.best.len());
            }
            if size == 1 && !shorter {
                return;
            }
            if !shorter || size > 1 {
                size = (size / 2).max(1);
            }
        }
    }

    /// Makes frames, hashes and numbers plainer, first all at once, then one by one.
    fn simplify(&mut self) {
        let renamed = with_small_frames(&self.best);
        self.try_plainer(renamed);
        let renamed = with_plain_hashes(&self.best);
        self.try_plainer(renamed);
        for at in 0..self.best.len() {
            for plainer in self.best.get(at).map(plainer).unwrap_or_default() {
                let mut candidate = self.best.clone();
                let Some(place) = candidate.get_mut(at) else { break };
                *place = plainer;
                // The plainest that still fails; those behind it are less plain.
                if self.try_plainer(candidate) {
                    break;
                }
            }
        }
    }

    /// Whether the candidate, which may be as plain already, fails as well.
    fn try_plainer(&mut self, candidate: Vec<Stimulus>) -> bool {
        candidate == self.best || self.accept(candidate)
    }
}

/// The frames that occur, numbered from 1 in their order; the greatest one stays what it is.
///
/// Frame 0 is left out because rollbacks to it have a rule of their own (EXCH-23), which would then be the headline.
fn with_small_frames(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let frames: BTreeSet<u32> = stimuli.iter().filter_map(frame).collect();
    let small: BTreeMap<u32, u32> = frames
        .into_iter()
        .enumerate()
        .filter(|(_, frame)| *frame != u32::MAX)
        .filter_map(|(number, frame)| Some((frame, u32::try_from(number + 1).ok()?)))
        .collect();
    let rename = |frame: u32| small.get(&frame).copied().unwrap_or(frame);
    stimuli.iter().map(|stimulus| with_frame(stimulus, rename)).collect()
}

/// The hashes that occur, as eight equal bytes: aa, bb, cc and so on.
fn with_plain_hashes(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let mut names: BTreeMap<StateHash, StateHash> = BTreeMap::new();
    let mut rename = |hash: StateHash| {
        let number = u8::try_from(names.len()).unwrap_or(u8::MAX);
        *names
            .entry(hash)
            .or_insert(StateHash([0xaa_u8.wrapping_add(number.wrapping_mul(0x11)); 8]))
    };
    let renamed = stimuli.iter().map(|stimulus| match stimulus {
        Stimulus::Confirm { frame, hash } => {
            Stimulus::Confirm { frame: *frame, hash: rename(*hash) }
        }
        Stimulus::Recv(datagram) => match parts(datagram) {
            Some((frame, hash)) => Stimulus::peer(frame, rename(hash)),
            None => stimulus.clone(),
        },
        other => other.clone(),
    });
    renamed.collect()
}

/// Plainer forms of one stimulus, the plainest first.
fn plainer(stimulus: &Stimulus) -> Vec<Stimulus> {
    match stimulus {
        Stimulus::Sends(Sends { accept, refuse, how, types }) => {
            let types = *types;
            let sends = |accept, refuse, how| Stimulus::Sends(Sends { accept, refuse, how, types });
            vec![
                sends(0, Refusals::Count(1), How::False),
                sends(0, Refusals::Count(1), *how),
                sends(0, *refuse, *how),
                sends(*accept, Refusals::Count(1), *how),
                sends(*accept, *refuse, How::False),
            ]
        }
        Stimulus::Confirm { .. } | Stimulus::Rollback(Rollback::Begin(_)) => {
            [1, 5].map(|small| with_frame(stimulus, |_| small)).to_vec()
        }
        _ => Vec::new(),
    }
}

/// The frame that a stimulus names.
fn frame(stimulus: &Stimulus) -> Option<u32> {
    match stimulus {
        Stimulus::Confirm { frame, .. } | Stimulus::Rollback(Rollback::Begin(frame)) => {
            Some(*frame)
        }
        Stimulus::Recv(datagram) => parts(datagram).map(|(frame, _)| frame),
        _ => None,
    }
}

fn with_frame(stimulus: &Stimulus, rename: impl Fn(u32) -> u32) -> Stimulus {
    match stimulus {
        Stimulus::Confirm { frame, hash } => {
            Stimulus::Confirm { frame: rename(*frame), hash: *hash }
        }
        Stimulus::Rollback(Rollback::Begin(target)) => Stimulus::begin(rename(*target)),
        Stimulus::Recv(datagram) => match parts(datagram) {
            Some((frame, hash)) => Stimulus::peer(rename(frame), hash),
            None => stimulus.clone(),
        },
        other => other.clone(),
    }
}

/// Frame and hash of a whole STATE_HASH.
fn parts(datagram: &Datagram) -> Option<(u32, StateHash)> {
    let [7, rest @ ..] = datagram.bytes() else { return None };
    let (frame, hash) = rest.split_first_chunk::<4>()?;
    Some((u32::from_be_bytes(*frame), StateHash(hash.try_into().ok()?)))
}
