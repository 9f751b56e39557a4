//! Two peers that follow the rules, over a link that loses, repeats, delays and reorders datagrams, and
//! breaks now and then: what the chapters promise of two peers holds.

use std::collections::BTreeMap;

use rollwire_model::{
    Model,
    exchange::{ChannelState, Datagram, ReadyHash, Stimulus},
    peer::{Message, Phase, Session, Setup, Start},
};

/// How many frames an episode has. More than EPISODE-13 keeps of the last one.
const FRAMES: u32 = 150;
/// Milliseconds between two frames.
const STEP: u64 = 20;
/// How many episodes are played.
const EPISODES: usize = 2;
/// A game that is not over after this many milliseconds never is.
const LONGEST: u64 = 120_000;

/// Numbers from a seed (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit.max(1)
    }

    fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// One direction of a link.
struct Link {
    loss: u64,
    burst: u64,
    repeats: u64,
    delay: u64,
    jitter: u64,
    /// Datagrams that are still lost in a burst.
    lost: u64,
    /// From when until when nothing arrives.
    partition: (u64, u64),
    /// What is on its way, by the time at which it arrives.
    on_its_way: BTreeMap<(u64, u64), Datagram>,
    sent: u64,
}

impl Link {
    fn new(chance: &mut Chance, partition: (u64, u64)) -> Self {
        Self {
            loss: chance.below(41),
            burst: 1 + chance.below(6),
            repeats: chance.below(20),
            delay: chance.below(150),
            jitter: chance.below(80),
            lost: 0,
            partition,
            on_its_way: BTreeMap::new(),
            sent: 0,
        }
    }

    fn send(&mut self, datagram: &Datagram, now: u64, chance: &mut Chance) {
        // A burst as long as the average of these makes the loss what it is called.
        if self.lost == 0 && chance.below(100 * self.burst) < self.loss {
            self.lost = self.burst;
        }
        let is_lost = self.lost > 0;
        self.lost = self.lost.saturating_sub(1);
        if is_lost || (self.partition.0..self.partition.1).contains(&now) {
            return;
        }
        for _ in 0..if chance.percent(self.repeats) { 2 } else { 1 } {
            self.sent += 1;
            let at = now + self.delay + chance.below(self.jitter + 1);
            self.on_its_way.insert((at, self.sent), datagram.clone());
        }
    }

    fn arrived(&mut self, now: u64) -> Option<Datagram> {
        let entry = self.on_its_way.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove())
    }
}

/// A peer and its game.
struct Player {
    peer: Session,
    local: u8,
    acts_at: u64,
    ready_at: Option<u64>,
    /// How many datagrams of READY and END it has sent in this episode.
    told: BTreeMap<u8, u32>,
    /// The episodes that are over: how each started, its end, and whether it is agreed.
    over: Vec<(Option<Start>, Option<u32>, Option<bool>)>,
}

/// The action of a player at a frame of an episode.
fn action(player: u8, episode: u32, frame: u32) -> u8 {
    (frame.wrapping_mul(7) ^ episode.wrapping_mul(31) ^ u32::from(player).wrapping_mul(101))
        .to_be_bytes()[3]
}

impl Player {
    fn new(model: &Model, local: u8, chance: &mut Chance) -> Self {
        let peer = Session::specified(model, Setup { local, first_frame: 0 });
        let ready_at = Some(500 + chance.below(800));
        let (told, over) = (BTreeMap::new(), Vec::new());
        Self { peer, local, acts_at: 0, ready_at, told, over }
    }

    fn episode(&self) -> Option<(u32, Phase)> {
        let episode = self.peer.state().episodes.current.as_ref()?;
        Some((episode.ends.number, episode.phase))
    }

    /// What the game does at this time.
    fn plays(&mut self, now: u64, chance: &mut Chance) -> Vec<Stimulus> {
        let mut stimuli = vec![Stimulus::Advance(1)];
        if self.ready_at.is_some_and(|at| at <= now) {
            self.ready_at = None;
            self.told.clear();
            stimuli.push(Stimulus::Ready { hash: ReadyHash(*b"0123abcd") });
        }
        if now < self.acts_at {
            return stimuli;
        }
        self.acts_at = now + STEP + chance.below(3);
        if let (Some((number, Phase::Playing | Phase::Ending)), Some(frame)) =
            (self.episode(), self.peer.state().inputs.next)
        {
            stimuli.push(Stimulus::Act { frame, action: action(self.local, number, frame) });
            if frame == FRAMES {
                stimuli.push(Stimulus::Ended { frame: FRAMES - u32::from(chance.percent(20)) });
            }
            // The game asks when the confirmed frame has stood still for long.
            if i64::from(frame) > self.peer.state().base() + 25 {
                stimuli.push(Stimulus::CatchUp {});
            }
        }
        stimuli
    }

    fn take(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        let before = self.episode();
        let sent = self.peer.apply(stimulus);
        for datagram in &sent {
            *self.told.entry(datagram.bytes()[0]).or_default() += 1;
        }
        if self.episode() != before && matches!(self.episode(), Some((_, Phase::Complete))) {
            let episode = self.peer.state().episodes.current.as_ref().expect("an episode");
            self.over.push((episode.start, episode.end, episode.agreed));
        }
        sent
    }
}

/// What became of a game.
struct Outcome {
    alone: usize,
    not_agreed: usize,
}

/// Plays the game of a seed, and checks what holds at every time.
fn play(model: &Model, seed: u64) -> Outcome {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let breaks = chance.below(6_000);
    let partition = (breaks, breaks + chance.below(2_500));
    let mut players = [0, 1].map(|local| Player::new(model, local, &mut chance));
    let mut links = [(); 2].map(|()| Link::new(&mut chance, partition));
    let longest = links.iter().map(|link| link.delay + link.jitter).max().unwrap_or(0);
    let closes = chance.percent(30).then(|| chance.below(6_000));
    let mut now = 0;
    while players.iter().any(|player| player.over.len() < EPISODES) {
        assert!(now < LONGEST, "seed {seed}: a game that never ends");
        now += 1;
        for at in 0..2 {
            let mut stimuli = players[at].plays(now, &mut chance);
            while let Some(datagram) = links[1 - at].arrived(now) {
                stimuli.push(Stimulus::Recv(datagram));
            }
            match closes {
                Some(close) if close == now => {
                    stimuli.push(Stimulus::Channel(ChannelState::Closed));
                }
                Some(close) if close + 700 == now => {
                    stimuli.push(Stimulus::Channel(ChannelState::Open));
                }
                _ => {}
            }
            for stimulus in &stimuli {
                let sent = players[at].take(stimulus);
                assert!(sent.len() <= 64, "seed {seed}: {} datagrams at once", sent.len());
                sent.iter().for_each(|it| links[at].send(it, now, &mut chance));
            }
            check(&players[at], seed, now);
            let over = players[at].over.len();
            if matches!(players[at].episode(), Some((_, Phase::Complete)))
                && players[at].ready_at.is_none()
                && over < EPISODES
            {
                // What is still on its way arrives before the next episode.
                players[at].ready_at = Some(now + longest + 50 + chance.below(800));
            }
        }
    }
    let mut outcome = Outcome { alone: 0, not_agreed: 0 };
    for (one, other) in players[0].over.iter().zip(&players[1].over) {
        let alone = [one, other].iter().any(|it| it.0 == Some(Start::Alone));
        outcome.alone += usize::from(alone);
        if one.2 == Some(true) && other.2 == Some(true) {
            assert_eq!(one.1, other.1, "seed {seed}: agreed ends differ");
        } else {
            outcome.not_agreed += 1;
        }
    }
    outcome
}

/// What holds of a peer at every time.
fn check(player: &Player, seed: u64, now: u64) {
    let state = player.peer.state();
    let Some((number, phase)) = player.episode() else { return };
    // Every entry that is held was really taken by the partner, in this very episode.
    for (frame, held) in &state.inputs.held {
        let real = action(1 - player.local, number, *frame);
        assert_eq!(*held, real, "seed {seed} at {now}: frame {frame} of episode {number}");
    }
    // No frame is confirmed that was not acted by this peer.
    let own = state.inputs.own.last().map(|entry| entry.0);
    assert!(state.inputs.confirmed <= own, "seed {seed} at {now}");
    assert!(phase != Phase::Waiting || state.inputs.confirmed.is_none(), "seed {seed} at {now}");
    // READYs and ENDs are bounded: ten or eight, and as many answers.
    let told = |byte: u8| player.told.get(&byte).copied().unwrap_or(0);
    assert!(told(0x06) <= 20 && told(0x05) <= 24, "seed {seed} at {now}: {:?}", player.told);
    assert!(state.inputs.held.len() <= 4096 && state.liveness.unanswered.len() <= 32);
}

#[test]
fn two_peers_that_follow_the_rules_get_along_over_any_link() {
    let games: u32 = if std::env::var_os("ROLLWIRE_DEEP").is_some() { 50_000 } else { 150 };
    let model = Model::latest();
    let (mut alone, mut not_agreed) = (0, 0);
    for seed in 1..=games {
        let outcome = play(&model, u64::from(seed));
        alone += outcome.alone;
        not_agreed += outcome.not_agreed;
    }
    let episodes = games as usize * EPISODES;
    println!("{episodes} episodes: {alone} with a start alone, {not_agreed} without an agreed end");
    // A loss of up to 40 % in bursts, and partitions of up to 2.5 seconds, cost few episodes.
    assert!(alone * 20 <= episodes && not_agreed * 4 <= episodes, "{alone} {not_agreed}");
}

/// The link of these tests is as bad as it says: it does lose, repeat and reorder.
#[test]
fn the_link_is_bad() {
    let mut chance = Chance(5);
    let mut link = Link::new(&mut chance, (0, 0));
    (link.loss, link.burst, link.repeats, link.delay, link.jitter) = (30, 1, 20, 10, 50);
    let message = |number: u32| Message::InputRequest { start: number, end: number }.datagram();
    for number in 0..1_000 {
        link.send(&message(number), u64::from(number), &mut chance);
    }
    let arrived: Vec<Datagram> = std::iter::from_fn(|| link.arrived(u64::MAX)).collect();
    assert!((700..1_000).contains(&arrived.len()), "{}", arrived.len());
    assert!(arrived.windows(2).any(|pair| pair[0] > pair[1]), "nothing is reordered");
    assert!(arrived.windows(2).any(|pair| pair[0] == pair[1]) || arrived.len() > 700);
}
