//! SYNC: the inputs that a side tells.
//!
//! What an INPUT of either side may look like is judged at once. Which frames the own side tells, and how
//! often, is judged from one INPUT to the next, in `acts`.

use std::collections::BTreeMap;

use rollwire_model::peer::InputEntry;

use super::{
    acts::Acts,
    objection::{Here, Objections, Side},
};

/// How many entries of a side are remembered.
const REMEMBERED: usize = 16_384;

const ORDER: &str = "an INPUT whose entries are not the oldest first";
const CURRENT: &str = "an INPUT whose current_frame is not its newest entry";
const PLAYER: &str = "a player index that changes";
const NO_PLAYER: &str = "a player index that is neither 0 nor 1";
const TWO_ACTIONS: &str = "a frame with two actions";

/// The entries that a side has told in this episode.
#[derive(Debug, Default)]
pub(super) struct Entries {
    known: BTreeMap<u32, u8>,
    player: Option<u16>,
}

impl Entries {
    pub(super) fn clear(&mut self) {
        self.known.clear();
    }

    /// The last frame of those that follow this one without a gap, itself included.
    pub(super) fn last_of_run(&self, first: u32) -> Option<u32> {
        let run =
            self.known.range(first..).zip(first..).take_while(|((frame, _), at)| *frame == at);
        run.last().map(|(_, at)| at)
    }

    /// Whether a frame is known with another action.
    fn contradict(&self, entries: &[InputEntry]) -> bool {
        let known = |frame: &u32| self.known.get(frame);
        entries.iter().any(|(frame, action)| known(frame).is_some_and(|known| known != action))
    }

    fn add(&mut self, (frame, action): InputEntry) {
        self.known.insert(frame, action);
        if self.known.len() > REMEMBERED {
            self.known.pop_first();
        }
    }

    /// Judges what every INPUT and INPUT_RESPONSE must be.
    fn judge_player(&mut self, here: Here, side: Side, player: u16, objections: &mut Objections) {
        if player > 1 {
            objections.add(here, side, "SYNC-3", NO_PLAYER, format!("player {player}"));
        } else if let Some(first) = self.player {
            if player != first {
                let detail = format!("player {player}, and {first} before");
                objections.add(here, side, "SYNC-3", PLAYER, detail);
            }
        } else {
            self.player = Some(player);
        }
    }
}

fn judge_window(
    (here, side): (Here, Side),
    current_frame: u32,
    entries: &[InputEntry],
    objections: &mut Objections,
) {
    if let Some(pair) = entries.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
        let (rule, kind, detail) = if pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1 {
            let detail = format!("frame {}: {} and {}", pair[0].0, pair[0].1, pair[1].1);
            ("SYNC-2", TWO_ACTIONS, detail)
        } else {
            ("SYNC-3", ORDER, format!("frame {} is followed by frame {}", pair[0].0, pair[1].0))
        };
        objections.add(here, side, rule, kind, detail);
    }
    if let Some((newest, _)) = entries.last().filter(|(newest, _)| *newest != current_frame) {
        let detail = format!("{current_frame}, and the newest entry is that of frame {newest}");
        objections.add(here, side, "SYNC-3", CURRENT, detail);
    }
}

/// The inputs of both sides.
#[derive(Debug)]
pub(super) struct Inputs {
    pub(super) own: Entries,
    pub(super) partner: Entries,
    pub(super) acts: Acts,
}

impl Inputs {
    pub(super) fn new(redundancy: Option<u8>) -> Self {
        let (own, partner) = (Entries::default(), Entries::default());
        Self { own, partner, acts: Acts::new(redundancy) }
    }

    /// Records are missing.
    pub(super) fn gap(&mut self) {
        self.own.clear();
        self.partner.clear();
        self.acts.gap();
    }

    /// The own side begins an episode, or begins anew within one.
    pub(super) fn begin(&mut self) {
        self.own.clear();
        self.partner.clear();
        self.acts.begin();
    }

    pub(super) fn handed_input(
        &mut self,
        (here, accepted): (Here, bool),
        (player, current_frame): (u16, u32),
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        self.own.judge_player(here, Side::Own, player, objections);
        judge_window((here, Side::Own), current_frame, entries, objections);
        // The game may have begun again while nothing could be handed over.
        let begins_again = self.acts.are_interrupted() && self.own.contradict(entries);
        if begins_again || self.acts.restarts(entries) {
            self.own.clear();
            self.partner.clear();
            self.acts.restart();
        }
        self.tells(here, entries, objections);
        self.acts.handed(here, accepted, entries, objections);
    }

    /// The own side answers a request.
    pub(super) fn handed_response(
        &mut self,
        here: Here,
        player: u16,
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        self.own.judge_player(here, Side::Own, player, objections);
        self.tells(here, entries, objections);
    }

    /// SYNC-2: an action stays what it is.
    fn tells(&mut self, here: Here, entries: &[InputEntry], objections: &mut Objections) {
        let changed = entries.iter().find_map(|(frame, action)| {
            let known = *self.own.known.get(frame)?;
            (known != *action).then_some((frame, known, action))
        });
        if let Some((frame, known, action)) = changed {
            let detail = format!("frame {frame}: {known} at first, and now {action}");
            objections.add(here, Side::Own, "SYNC-2", TWO_ACTIONS, detail);
        }
        for entry in entries {
            self.own.add(*entry);
        }
    }

    /// `counts` says whether the own side may use the entries.
    pub(super) fn received_input(
        &mut self,
        (here, counts): (Here, bool),
        (player, current_frame): (u16, u32),
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        self.partner.judge_player(here, Side::Partner, player, objections);
        judge_window((here, Side::Partner), current_frame, entries, objections);
        self.heard(counts, entries);
    }

    pub(super) fn received_response(
        &mut self,
        (here, counts): (Here, bool),
        player: u16,
        entries: &[InputEntry],
        objections: &mut Objections,
    ) {
        self.partner.judge_player(here, Side::Partner, player, objections);
        self.heard(counts, entries);
    }

    fn heard(&mut self, counts: bool, entries: &[InputEntry]) {
        for entry in entries.iter().filter(|_| counts) {
            self.partner.add(*entry);
        }
    }

    /// Whether both players have acted in every frame up to this one, as far as the own side was told.
    pub(super) fn are_confirmed(&self, frame: u32) -> bool {
        let Some(first) = self.acts.first() else { return false };
        first <= frame
            && self.own.last_of_run(first).is_some_and(|last| frame <= last)
            && self.partner.last_of_run(first).is_some_and(|last| frame <= last)
    }
}
