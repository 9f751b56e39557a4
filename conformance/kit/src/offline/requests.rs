//! Everything that a run asks, written down before anybody answers.

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
    rc::Rc,
};

use rollwire_model::Layout;
use sha2::{Digest, Sha256};

use crate::{
    baseline::Scope,
    check::{bytes, digest, scenario::execute},
    protocol::{Body, Capability, Hello, HelloLimits, Implementation},
    run::{Options, at_revision, at_the_latest, plan::Plan, probes},
    runner::Script,
    vectors::{VectorSet, filter::FilterFault},
};

/// As many requests as an adapter may be told of wait at once: the whole file.
const WINDOW: usize = 65_536;

/// Ties recorded answers to the requests: the nonce of hello, which comes back with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seal {
    /// The seed of the fresh cases.
    pub(super) seed: u64,
    /// The beginning of a digest of all requests.
    pub(super) requests: u64,
}

impl Seal {
    /// The seal of a nonce that was written by [`write`].
    pub(super) fn parse(nonce: &str) -> Option<Self> {
        let digits = nonce.len() == 32 && nonce.bytes().all(|it| it.is_ascii_hexdigit());
        let (seed, requests) = nonce.split_at_checked(16).filter(|_| digits)?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(Self { seed: number(seed)?, requests: number(requests)? })
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.seed, self.requests)
    }
}

/// All requests of a run behind hello, for an adapter that declares every capability. The number of a
/// request in its file is its place here plus one.
#[derive(Debug)]
pub struct Requests {
    plan: Plan,
    first: Vec<Body>,
    last: Vec<Body>,
    seed: u64,
}

impl Requests {
    /// The requests of a run with these options.
    ///
    /// # Errors
    /// A filter that matches nothing.
    pub fn new(vectors: &VectorSet, options: &Options) -> Result<Self, FilterFault> {
        let scope = &mut Scope::default();
        let latest = at_the_latest(vectors, options, scope)?;
        let revision = options.revision.unwrap_or(Layout::builtin().revision);
        let chosen = at_revision(revision, latest, vectors, options, scope);
        let first = probes::requests_before(&chosen.model, options.seed).collect();
        let hello = able_to_do_everything(revision);
        let plan = Plan::new(chosen.cases, &hello, &chosen.model);
        let last = probes::requests_after().collect();
        Ok(Self { plan, first, last, seed: options.seed })
    }

    /// Whether there is no check among them.
    #[must_use]
    pub fn check_nothing(&self) -> bool {
        self.plan.check_count() == 0
    }

    /// Hands on every request, in order: probes and canaries, checks, scenarios whole, digests, canaries.
    ///
    /// # Errors
    /// What `each` returns.
    pub(super) fn each<E>(&self, each: &mut dyn FnMut(&Body) -> Result<(), E>) -> Result<(), E> {
        self.first.iter().try_for_each(&mut *each)?;
        let bytes = self.plan.bytes.iter().filter_map(bytes::plan::Planned::script);
        let scenarios = execute::alone(&self.plan.scenarios).map(|ask| ask.script);
        let digests = self.plan.digests.iter().filter_map(digest::plan::Planned::script);
        let mut scripts = bytes.chain(scenarios).chain(digests);
        scripts
            .try_for_each(|script: Rc<Script>| script.bodies().iter().try_for_each(&mut *each))?;
        self.last.iter().try_for_each(each)
    }

    /// What ties answers to these requests.
    pub(super) fn seal(&self) -> Seal {
        let mut all = Sha256::new();
        let Ok(()) = self.each(&mut |body| {
            all.update(body.with_id(0).as_bytes());
            all.update(b"\n");
            Ok::<(), std::convert::Infallible>(())
        });
        Seal { seed: self.seed, requests: beginning(&all.finalize()) }
    }
}

/// The first eight bytes of a digest.
pub(super) fn beginning(digest: &[u8]) -> u64 {
    digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Writes every request as an adapter reads it, hello first; returns how many there are.
///
/// # Errors
/// A sink that cannot be written.
pub fn write(requests: &Requests, sink: &mut dyn Write) -> io::Result<u64> {
    let limits = HelloLimits { window: WINDOW, timeout_ms: 0 };
    let hello = Body::hello(&requests.seal().to_string(), limits);
    let mut id = 0;
    let mut line = |body: &Body| -> io::Result<()> {
        writeln!(sink, "{}", body.with_id(id))?;
        id += 1;
        Ok(())
    };
    line(&hello)?;
    requests.each(&mut line)?;
    sink.flush()?;
    Ok(id)
}

fn able_to_do_everything(revision: u8) -> Hello {
    let nobody = || "-".to_owned();
    Hello {
        implementation: Implementation { name: nobody(), version: nobody(), language: nobody() },
        revision,
        capabilities: BTreeSet::from(Capability::ALL),
        window: WINDOW,
        sessions: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_survives_its_nonce() {
        let seal = Seal { seed: 7, requests: u64::MAX };
        assert_eq!(seal.to_string(), "0000000000000007ffffffffffffffff");
        assert_eq!(Seal::parse(&seal.to_string()), Some(seal));
        for other in [
            "",
            "0123456789abcdef",
            &"g".repeat(32),
            &"é".repeat(16),
            "+000000000000007ffffffffffffffff",
        ] {
            assert_eq!(Seal::parse(other), None, "{other}");
        }
    }
}
