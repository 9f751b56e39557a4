//! The mutants as suspects: what the kit compares the answers of a failing run with.

use rollwire_conformance::diagnosis::{BytesQuestion, Suspect, Suspects};
use rollwire_model::{
    Model, Outcome, digest::DigestRules, exchange::Behaviour, peer::Behaviour as PeerBehaviour,
    vectors::Case,
};

use crate::{
    bytes::{self, Codec, MutantCodec},
    digest, exchange, peer,
};

/// Every mutant, in a revision.
#[derive(Debug)]
struct AllMutants {
    model: Model,
    bytes: Vec<bytes::Mutant>,
    exchange: Vec<exchange::Mutant>,
    digest: Vec<digest::Mutant>,
    peer: Vec<peer::Mutant>,
    suspects: [Vec<Suspect>; 4],
}

/// Every mutant as a suspect, for a run in this revision.
#[must_use]
pub fn suspects(revision: u8) -> Box<dyn Suspects> {
    let (bytes, digest, peer) = (bytes::mutants(), digest::mutants(), peer::mutants());
    let exchange = [exchange::mutants(), exchange::compound().to_vec()].concat();
    let suspects = [
        bytes.iter().map(bytes::Mutant::suspect).collect(),
        exchange.iter().map(|it| in_state_hash("exchange", it.name, it.rule, it.fault)).collect(),
        digest.iter().map(|it| in_state_hash("digest", it.name, it.rule, it.fault)).collect(),
        peer.iter().map(|it| in_state_hash("peer", it.name, it.rule, it.fault)).collect(),
    ];
    let model = Model::specified(revision);
    Box::new(AllMutants { model, bytes, exchange, digest, peer, suspects })
}

/// A suspect that has one fault in one place.
fn in_state_hash(family: &str, name: &str, rule: &str, fault: &str) -> Suspect {
    Suspect {
        fault: format!("{family}/{name}"),
        sentence: fault.to_owned(),
        rule: rule.to_owned(),
        message: None,
        place: String::new(),
        reads: true,
        writes: true,
        remembers: false,
    }
}

impl Suspects for AllMutants {
    fn codecs(&self) -> &[Suspect] {
        &self.suspects[0]
    }

    fn concerns(&self, codec: usize, case: &Case) -> bool {
        self.bytes[codec].concerns(case)
    }

    fn answers(&self, codecs: &[usize], questions: &[BytesQuestion<'_>]) -> Vec<Option<Outcome>> {
        let mutants = codecs.iter().map(|codec| &self.bytes[*codec]).collect();
        let mut codec = MutantCodec::new(mutants, &self.model);
        questions.iter().map(|(case, check)| codec.answer(case, *check)).collect()
    }

    fn exchanges(&self) -> &[Suspect] {
        &self.suspects[1]
    }

    fn edit(&self, exchanges: &[usize], rules: &mut Behaviour) {
        exchanges.iter().for_each(|it| (self.exchange[*it].edit)(rules));
    }

    fn peers(&self) -> &[Suspect] {
        &self.suspects[3]
    }

    fn peer_behaviour(&self, peers: &[usize]) -> PeerBehaviour {
        let mut behaviour = PeerBehaviour::SPECIFIED;
        peers.iter().for_each(|it| (self.peer[*it].edit)(&mut behaviour));
        behaviour
    }

    fn digests(&self) -> &[Suspect] {
        &self.suspects[2]
    }

    fn digest_rules(&self, digests: &[usize]) -> DigestRules {
        let mut rules = DigestRules::of(self.model.revision());
        digests.iter().for_each(|it| (self.digest[*it].edit)(&mut rules));
        rules
    }
}
