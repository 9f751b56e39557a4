//! The referee: watches a game and says which property does not hold.

use rollwire_conformance::text::plural;
use rollwire_model::{
    Model,
    exchange::{Datagram, Observation, Stimulus},
    peer::{EpisodeView, Message, Phase, Start},
};

use crate::{
    game::{self, FRAME, Player},
    link::OnItsWay,
    owed::Owed,
    property::{Property, Violation},
    tally::Tally,
};

/// A READY that comes within this time of the own one is heard (EPISODE-4), and an END (EPISODE-11).
const READY_TIME: u64 = 5_000;
const END_TIME: u64 = 2_000;
/// After this long without a loss, holes are closed.
const RECOVERY: u64 = 6_000;
/// More datagrams in one frame are a flood, whatever is asked for.
const MOST_IN_A_FRAME: usize = 128;
/// More datagrams in a second than this are a flood: 50 INPUTs, and room for everything else.
const MOST_IN_A_SECOND: u64 = 250;
/// The most READYs and ENDs in an episode: those that are repeated, and the answers.
const MOST_READYS: u32 = 22;
const MOST_ENDS: u32 = 26;

/// What is known of one side.
#[derive(Debug, Default)]
struct Side {
    /// The episode that its peer shows, and since when it waits, plays, or ends.
    episode: Option<EpisodeView>,
    waits_since: u64,
    ends_since: Option<u64>,
    confirmed: Option<u32>,
    /// When the partner's READYs and ENDs arrived, with their episodes.
    readys: Vec<(u64, u32)>,
    ends: Vec<(u64, u32)>,
    /// How many READYs and ENDs it has sent in this episode.
    sent_readys: u32,
    sent_ends: u32,
    sent: u64,
    /// The frames whose hashes have arrived when their own hashes were known: they are compared at once.
    /// One that came before may have been removed by a rollback.
    compared: Vec<u32>,
    /// The frames of hashes of the last episode that arrived in this one.
    strays: Vec<u32>,
    /// Those that have arrived in this frame: whether the episode was still played then is seen later.
    arrived: Vec<u32>,
    completed: Vec<Completed>,
    has_noticed: bool,
    owed: Owed,
}

/// An episode that a side has completed, and what it showed then.
#[derive(Clone, Copy, Debug)]
struct Completed {
    episode: EpisodeView,
    confirmed: Option<u32>,
    verified: Option<u32>,
    has_noticed: bool,
}

impl Completed {
    /// How many inputs are missing below its end.
    fn missing(&self) -> u64 {
        let all = i64::from(self.episode.end.unwrap_or(0));
        u64::try_from(all - 1 - self.confirmed.map_or(-1, i64::from)).unwrap_or(0)
    }
}

/// Watches a game.
#[derive(Debug)]
pub(crate) struct Referee {
    model: Model,
    seed: u64,
    sides: [Side; 2],
    /// The episode and the frame from which on the state of the second player differs, if it does.
    astray: Option<(u32, u32)>,
    pub(crate) violation: Option<Violation>,
}

impl Referee {
    pub(crate) fn new(model: &Model, seed: u64, astray: Option<(u32, u32)>) -> Self {
        Self { model: model.clone(), seed, sides: Default::default(), astray, violation: None }
    }

    fn objects(&mut self, property: Property, at: usize, time: u64, what: String) {
        self.violation.get_or_insert(Violation { property, at, time, what });
    }

    /// A datagram arrives at a side, whose player has told the hashes of frames below this one.
    pub(crate) fn arrives(&mut self, at: usize, now: u64, arrived: &OnItsWay, hashed: u32) {
        let message = Message::read(&self.model, &arrived.datagram);
        let side = &mut self.sides[at];
        // A hash does not name its episode: one of the last episode may be taken for one of this.
        let is_stray = side.episode.is_some_and(|it| arrived.episode < Some(it.number));
        match message {
            Some(Message::EpisodeReady { episode, .. }) => side.readys.push((now, episode)),
            Some(Message::EpisodeEnd { episode, .. }) => side.ends.push((now, episode)),
            Some(Message::StateHash { frame, .. }) if is_stray => side.strays.push(frame),
            Some(Message::StateHash { frame, .. })
                if frame < hashed && side.episode.is_some_and(|it| it.phase == Phase::Playing) =>
            {
                side.arrived.push(frame);
            }
            _ => {}
        }
    }

    /// The peer of a side is told this.
    pub(crate) fn told(&mut self, at: usize, stimuli: &[Stimulus]) {
        self.sides[at].owed.is_told(stimuli);
    }

    /// A side has sent datagrams and shows this, after what happened in a frame.
    pub(crate) fn sees(
        &mut self,
        at: usize,
        now: u64,
        seen: &Observation,
        players: &[Player; 2],
        last_loss: Option<u64>,
    ) {
        self.judges_sent(at, now, &seen.sent, seen.peer.episode);
        self.judges_episode(at, now, seen, last_loss);
        self.judges_inputs(at, now, seen, players);
        self.judges_hashes(at, now, seen);
    }

    fn judges_sent(
        &mut self,
        at: usize,
        now: u64,
        sent: &[Datagram],
        episode: Option<EpisodeView>,
    ) {
        self.sides[at].owed.shows(episode);
        self.sides[at].sent += sent.len() as u64;
        let total = self.sides[at].sent;
        if sent.len() > MOST_IN_A_FRAME || total > MOST_IN_A_SECOND * (2 + now / 1000) {
            let what = format!("{} datagrams at once, {total} in {now} ms", sent.len());
            self.objects(Property::Bounded, at, now, what);
        }
        for datagram in sent {
            let Some(message) = Message::read(&self.model, datagram) else {
                let what = format!("{} was sent, which is not a message", hex(datagram));
                self.objects(Property::Bytes, at, now, what);
                continue;
            };
            let side = &mut self.sides[at];
            side.owed.sends(&message, episode.map(|it| it.number));
            match message {
                Message::EpisodeReady { .. } => side.sent_readys += 1,
                Message::EpisodeEnd { .. } => side.sent_ends += 1,
                Message::Input { player, entries, .. }
                | Message::InputResponse { player, entries } => {
                    self.judges_entries(at, now, player, &entries);
                }
                _ => {}
            }
        }
        let side = &self.sides[at];
        let (readys, ends) = (side.sent_readys, side.sent_ends);
        if readys > MOST_READYS || ends > MOST_ENDS {
            let what = format!("{readys} READYs and {ends} ENDs in one episode");
            self.objects(Property::Bounded, at, now, what);
        }
    }

    /// The inputs that a side sends are its own player's, of the episode that it plays.
    fn judges_entries(&mut self, at: usize, now: u64, player: u16, entries: &[(u32, u8)]) {
        if usize::from(player) != at {
            let what = format!("inputs of player {player} were sent by peer {at}");
            self.objects(Property::Inputs, at, now, what);
        }
        let Some(episode) = self.sides[at].episode else { return };
        let wrong = entries
            .iter()
            .find(|(frame, action)| game::action(self.seed, at, episode.number, *frame) != *action);
        if let Some((frame, action)) = wrong {
            let what = format!("action {action} was sent for frame {frame}, which was not made");
            self.objects(Property::Inputs, at, now, what);
        }
    }

    fn judges_episode(&mut self, at: usize, now: u64, seen: &Observation, last_loss: Option<u64>) {
        let (before, after) = (self.sides[at].episode, seen.peer.episode);
        let side = &mut self.sides[at];
        side.episode = after;
        let arrived = std::mem::take(&mut side.arrived);
        let Some(episode) = after else { return };
        if before == after {
            side.compared.extend(arrived);
        }
        if before.is_none_or(|it| it.number != episode.number) {
            (side.waits_since, side.ends_since) = (now, None);
            (side.sent_readys, side.sent_ends, side.confirmed) = (1, 0, None);
            side.compared.clear();
            side.strays.clear();
            side.has_noticed = false;
        }
        if episode.phase == Phase::Ending && side.ends_since.is_none() {
            side.ends_since = Some(now);
        }
        // An observation is one frame late, so a frame on either side is not judged.
        let heard = |list: &[(u64, u32)], number: u32, until: u64| {
            let until = until.saturating_sub(2 * u64::from(FRAME));
            list.iter().any(|(time, it)| *it == number && *time <= until)
        };
        let started = before.is_some_and(|it| it.phase == Phase::Waiting);
        if started
            && episode.start == Some(Start::Alone)
            && heard(&side.readys, episode.number + 1, side.waits_since + READY_TIME)
        {
            let what = format!("episode {} started alone, but a READY had come", episode.number);
            self.objects(Property::Starts, at, now, what);
            return;
        }
        let completes = episode.phase == Phase::Complete && before != after;
        if !completes || side.completed.iter().any(|it| it.episode.number == episode.number) {
            return;
        }
        let has_noticed = side.has_noticed || !seen.events.is_empty();
        let (confirmed, verified) = (seen.peer.confirmed, seen.verified);
        let completed = Completed { episode, confirmed, verified, has_noticed };
        side.completed.push(completed);
        let since = side.ends_since.unwrap_or(now);
        if episode.agreed != Some(true) && heard(&side.ends, episode.number, since + END_TIME) {
            let what =
                format!("the end of episode {} is not agreed, but an END had come", episode.number);
            self.objects(Property::Agrees, at, now, what);
        }
        self.judges_end(at, now, completed, last_loss);
    }

    fn judges_end(&mut self, at: usize, now: u64, completed: Completed, last_loss: Option<u64>) {
        let episode = completed.episode;
        let mut others = self.sides[1 - at].completed.iter().map(|it| it.episode);
        if let Some(other) = others.find(|it| it.number == episode.number)
            && (episode.agreed, other.agreed) == (Some(true), Some(true))
            && episode.end != other.end
        {
            let what = format!(
                "the ends of episode {} differ: {} and {}",
                episode.number,
                frame_or_none(episode.end),
                frame_or_none(other.end)
            );
            self.objects(Property::Agrees, at, now, what);
        }
        let missing = completed.missing();
        let was_good = last_loss.is_none_or(|time| time + RECOVERY < now);
        if episode.agreed == Some(true) && was_good && missing > 0 {
            let number = episode.number;
            let inputs = plural(missing, "input", "inputs");
            let what = format!("{inputs} of episode {number} did not come by its end");
            self.objects(Property::Recovers, at, now, what);
        }
        let of_this = self.astray.filter(|(of, _)| *of == episode.number);
        let mut compared = self.sides[at].compared.iter().copied();
        let due = of_this.and_then(|(_, from)| compared.find(|frame| *frame >= from));
        if let Some(frame) = due.filter(|_| !completed.has_noticed) {
            let what = format!("the hashes of frame {frame} differ, and no event was seen");
            self.objects(Property::Detects, at, now, what);
        }
        if let Some(what) = self.sides[at].owed.rest() {
            self.objects(
                Property::Sends,
                at,
                now,
                format!("of episode {}: {what}", episode.number),
            );
        }
    }

    fn judges_inputs(&mut self, at: usize, now: u64, seen: &Observation, players: &[Player; 2]) {
        let Some(episode) = seen.peer.episode else { return };
        let partner = 1 - at;
        let real = |frame: u32| game::action(self.seed, partner, episode.number, frame);
        if let Some((frame, action)) =
            seen.peer.held.iter().find(|(frame, action)| real(*frame) != *action)
        {
            let what = format!(
                "action {action} of the partner is held for frame {frame} of episode {}; it was {}",
                episode.number,
                real(*frame)
            );
            self.objects(Property::Inputs, at, now, what);
        }
        let confirmed = seen.peer.confirmed;
        let limit = |player: &Player| match player.acted() {
            Some((number, next)) if number == episode.number => Some(next),
            // The partner has completed the episode, or not begun it.
            _ => None,
        };
        let mine = limit(&players[at]);
        let other = limit(&players[partner]);
        let beyond =
            |next: Option<u32>| matches!((confirmed, next), (Some(it), Some(next)) if it >= next);
        if beyond(mine) || beyond(other) {
            let what = format!(
                "frame {} is confirmed, though a player has not acted at it",
                frame_or_none(confirmed)
            );
            self.objects(Property::Confirms, at, now, what);
        }
        let before = self.sides[at].confirmed;
        if confirmed < before {
            let what = format!(
                "the confirmed frame fell from {} to {}",
                frame_or_none(before),
                frame_or_none(confirmed)
            );
            self.objects(Property::Confirms, at, now, what);
        }
        self.sides[at].confirmed = confirmed;
    }

    fn judges_hashes(&mut self, at: usize, now: u64, seen: &Observation) {
        if seen.events.is_empty() {
            return;
        }
        self.sides[at].has_noticed = true;
        let episode = seen.peer.episode.map_or(0, |episode| episode.number);
        let from = self.astray.filter(|(of, _)| *of == episode).map(|(_, from)| from);
        let is_stray = |frame| self.sides[at].strays.contains(&frame);
        let wrong = seen
            .events
            .iter()
            .find(|event| from.is_none_or(|from| event.frame < from) && !is_stray(event.frame));
        if let Some(event) = wrong {
            let what =
                format!("the hashes of frame {} differ, but the states are equal", event.frame);
            self.objects(Property::Hashes, at, now, what);
        }
    }

    /// The game did not end in time.
    pub(crate) fn times_out(&mut self, now: u64, players: &[Player; 2]) {
        let at = usize::from(players[0].is_finished());
        let episode = self.sides[at].episode;
        let what = episode.map_or("the first episode never began".to_owned(), |it| {
            format!(
                "the game goes on, and its peer shows episode {} as {}",
                it.number,
                phase(it.phase)
            )
        });
        self.objects(Property::Completes, at, now, what);
    }

    /// What the peers had at the ends of their episodes, together.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for completed in self.sides.iter().flat_map(|side| &side.completed) {
            tally.episodes += 1;
            tally.agreed += u64::from(completed.episode.agreed == Some(true));
            tally.lost_inputs += completed.missing();
            if self.astray.is_some_and(|(of, _)| of == completed.episode.number) {
                tally.astray += 1;
                tally.noticed += u64::from(completed.has_noticed);
            } else {
                tally.verified += completed.verified.map_or(0, |frame| u64::from(frame) + 1);
            }
        }
        tally
    }
}

fn frame_or_none(frame: Option<u32>) -> String {
    frame.map_or("none".to_owned(), |frame| frame.to_string())
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting",
        Phase::Playing => "playing",
        Phase::Ending => "ending",
        Phase::Complete => "complete",
    }
}

fn hex(datagram: &Datagram) -> String {
    if datagram.bytes().is_empty() {
        return "an empty datagram".to_owned();
    }
    let shown: Vec<u8> = datagram.bytes().iter().copied().take(40).collect();
    rollwire_model::hex::plain(&shown)
}
