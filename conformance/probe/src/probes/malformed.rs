//! PEER-4: a datagram that a codec refuses changes nothing and is not answered. One at a time, each followed
//! by a question whose answer shows that the game has had its say.

use rollwire_model::peer::{Message, bits_of};

use super::ask::{Ask, When};
use crate::{
    game::{Game, Heard},
    outcome::Outcome,
    refused::{Refused, Trap, all},
};

/// How often each is sent, since one may be lost.
const TIMES: u32 = 2;
/// Timestamps that nothing else uses.
const FIRST: u64 = 6_000_000_000;
const STAMPS: u64 = 8;

/// Sends them one after the other.
#[derive(Debug, Default)]
pub(crate) struct Malformed {
    all: Vec<Refused>,
    at: usize,
    times: u32,
    /// The next control after the newest one; none before the first.
    mark: Option<u64>,
    /// Answers to the one that is asked now, in how many of its times.
    answers: u32,
    has_answer: bool,
    /// The first control of the one that is asked now, and what was known of READYs then.
    first: u64,
    readys: (Option<u32>, u32),
    is_playing: bool,
}

impl Ask for Malformed {
    fn when(&self, game: &Game) -> When {
        // What a game answers while it plays shows most.
        if !game.is_open || game.line.heard.is_none() {
            When::Later("nothing was answered")
        } else if game.is_settled() || game.now > 30_000 && game.told.readys.is_empty() {
            When::Now
        } else {
            When::Later("the game began no episode")
        }
    }

    fn hears(&mut self, _: &mut Game, heard: Heard<'_>) {
        let (Some(_), Some(refused)) = (self.mark, self.all.get(self.at)) else { return };
        let is_answer = match (refused.trap, heard.message) {
            (
                Trap::Echo,
                Some(Message::Pong { timestamp } | Message::ValidationPong { timestamp }),
            ) => {
                let sent = refused.bytes.get(1..8);
                sent == Some(&timestamp.to_be_bytes()[..7])
            }
            (Trap::Response, Some(Message::InputResponse { .. })) => true,
            (Trap::Ready, Some(Message::EpisodeReady { .. })) => self.is_playing,
            _ => false,
        };
        self.has_answer |= is_answer;
    }

    fn goes(&mut self, game: &mut Game) -> bool {
        if self.all.is_empty() {
            self.all = all(&game.model, game.partner.own_ready().as_ref(), trap);
            self.is_playing = game.is_settled();
            game.asks_by_itself = false;
            for number in 0..STAMPS {
                // A byte that is missing may become any.
                game.traps.extend((0..=255).map(|last| trap(number) | last));
            }
        }
        if let Some(mark) = self.mark {
            if !game.line.has_passed(mark) {
                return false;
            }
            self.answers += u32::from(std::mem::take(&mut self.has_answer));
        }
        // Of READYs it has to be known that each was answered: one may come without a reason.
        let is_ready = self.all.get(self.at).is_some_and(|it| it.trap == Trap::Ready);
        let rounds = if is_ready { TIMES } else { 1 };
        if self.times == rounds {
            self.judge(game);
            (self.at, self.times, self.answers) = (self.at + 1, 0, 0);
        }
        let Some(refused) = self.all.get(self.at) else {
            game.asks_by_itself = true;
            let classes = "every class of refusal";
            let what = if self.is_playing { "while it played" } else { "before an episode" };
            let why = format!(
                "{} datagrams of {classes} came {what}, each followed by a question that was answered",
                self.all.len()
            );
            game.says("malformed", "PEER-4", Outcome::Kept, why, Vec::new());
            return true;
        };
        if self.times == 0 {
            self.first = game.line.mark();
            self.readys = (game.partner.episode(), game.readys_sent);
        }
        for _ in 0..if refused.trap == Trap::Ready { 1 } else { TIMES } {
            game.send(refused.bytes.clone());
        }
        self.times += 1;
        self.mark = Some(game.line.mark());
        false
    }
}

impl Malformed {
    fn judge(&mut self, game: &mut Game) {
        let refused = &self.all[self.at];
        if self.answers == 0 {
            return;
        }
        // A READY may be late, or the answer to one that was a message.
        let is_sure = self.readys == (game.partner.episode(), game.readys_sent)
            && game.line.is_clean(self.first, game.now)
            && self.answers == TIMES;
        if refused.trap == Trap::Ready && !is_sure {
            return;
        }
        let Refused { class, rule, is_should, .. } = refused;
        // The alternative of INPUT_REQUEST-4 is an answer without entries.
        let outcome = if *is_should { Outcome::Weak } else { Outcome::Broken };
        let kind = match refused.trap {
            Trap::Echo => [0x03, 0x11],
            Trap::Response => [0x13, 0x13],
            Trap::Ready | Trap::None => [0x06, 0x06],
        };
        let sent = refused.bytes.clone();
        let why = format!(
            "a datagram that is refused as {class} ({rule}) was answered: {}",
            rollwire_model::hex::plain(&sent)
        );
        let evidence = game
            .evidence(|is_own, it| !is_own && it.is_some_and(|it| kind.contains(&it.type_byte())));
        let evidence = evidence[evidence.len().saturating_sub(2)..].to_vec();
        game.says("malformed", rule, outcome, why.clone(), evidence.clone());
        if outcome == Outcome::Broken {
            game.says("malformed", "PEER-4", outcome, why, evidence);
        }
    }
}

/// A timestamp for malformed questions. Its last byte is 0.
fn trap(number: u64) -> u64 {
    bits_of(FIRST + 1_000_000 * number) & !0xff
}
