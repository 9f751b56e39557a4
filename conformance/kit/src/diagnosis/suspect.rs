//! Implementations that are wrong in a known way. The kit knows none itself: the command hands them in.

use std::fmt::Debug;

use rollwire_model::{
    Outcome,
    digest::DigestRules,
    exchange::Behaviour,
    peer,
    vectors::{Case, CheckKind},
};

/// One implementation that is wrong in a known way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspect {
    /// The kind of fault, whatever message and field it is made in: a slug that is unique among
    /// those of bytes, of the exchange and of digests.
    pub fault: String,
    /// What it does wrong, in a sentence without a period. `{it}` stands for the place, `{reads}`
    /// for what the wrong half does.
    pub sentence: String,
    /// The rule that it breaks.
    pub rule: String,
    /// The message in which the fault is made, if there is one.
    pub message: Option<String>,
    /// That place in words, such as "`player` of INPUT"; empty if it is everywhere.
    pub place: String,
    /// Whether it is wrong in reading.
    pub reads: bool,
    /// Whether it is wrong in writing.
    pub writes: bool,
    /// Whether its answer depends on what it was asked before.
    pub remembers: bool,
}

/// A check on bytes, and its case.
pub type BytesQuestion<'a> = (&'a Case, CheckKind);

/// The known wrong implementations. A number is a place in the list of the same family.
pub trait Suspects: Debug + Sync {
    /// Wrong codecs.
    fn codecs(&self) -> &[Suspect];

    /// Whether a wrong codec may answer this case differently from the right one.
    fn concerns(&self, codec: usize, case: &Case) -> bool;

    /// What a codec that is wrong in all these ways at once answers, in this order, beginning with
    /// its first datagram. `None` if a question cannot be asked.
    fn answers(&self, codecs: &[usize], questions: &[BytesQuestion<'_>]) -> Vec<Option<Outcome>>;

    /// Wrong exchanges.
    fn exchanges(&self) -> &[Suspect];

    /// Makes the rules of an exchange wrong in all these ways at once.
    fn edit(&self, exchanges: &[usize], rules: &mut Behaviour);

    /// Wrong peers.
    fn peers(&self) -> &[Suspect];

    /// The rules of a peer that is wrong in all these ways at once.
    fn peer_behaviour(&self, peers: &[usize]) -> peer::Behaviour;

    /// Wrong digests.
    fn digests(&self) -> &[Suspect];

    /// The rules of a digest that is wrong in all these ways at once.
    fn digest_rules(&self, digests: &[usize]) -> DigestRules;
}

/// Hands in the suspects for a revision.
pub type FindSuspects = fn(u8) -> Box<dyn Suspects>;

/// No suspect at all: every failure stays unexplained.
#[must_use]
pub fn no_suspects(_: u8) -> Box<dyn Suspects> {
    Box::new(NoSuspects)
}

#[derive(Debug)]
struct NoSuspects;

impl Suspects for NoSuspects {
    fn codecs(&self) -> &[Suspect] {
        &[]
    }

    fn concerns(&self, _: usize, _: &Case) -> bool {
        false
    }

    fn answers(&self, _: &[usize], questions: &[BytesQuestion<'_>]) -> Vec<Option<Outcome>> {
        questions.iter().map(|_| None).collect()
    }

    fn exchanges(&self) -> &[Suspect] {
        &[]
    }

    fn edit(&self, _: &[usize], _: &mut Behaviour) {}

    fn peers(&self) -> &[Suspect] {
        &[]
    }

    fn peer_behaviour(&self, _: &[usize]) -> peer::Behaviour {
        peer::Behaviour::SPECIFIED
    }

    fn digests(&self) -> &[Suspect] {
        &[]
    }

    fn digest_rules(&self, _: &[usize]) -> DigestRules {
        DigestRules::SPECIFIED
    }
}
