//! Writes all requests of a run to a file, before any is answered.

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
    sync::Arc,
};

use rollwire_model::{Layout, peer::Parameters};
use sha2::{Digest, Sha256};

use crate::{
    baseline::Scope,
    check::{bytes, digest, scenario::execute},
    protocol::{Body, Capability, Hello, HelloLimits, Implementation},
    run::{Options, at_revision, at_the_latest, plan::Plan, probes},
    runner::Script,
    vectors::{VectorSet, filter::FilterFault},
};

/// The window that hello announces, large enough for the whole file.
const WINDOW: usize = 65_536;

/// Identifies a file of requests. It is the nonce of hello, which the answers repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The seed of the fresh cases.
    pub(super) seed: u64,
    /// The first eight bytes of a digest of all requests.
    pub(super) requests: u64,
}

impl Fingerprint {
    /// Reads the nonce of a file that [`write`] wrote.
    pub(super) fn parse(nonce: &str) -> Option<Self> {
        let digits = nonce.len() == 32 && nonce.bytes().all(|it| it.is_ascii_hexdigit());
        let (seed, requests) = nonce.split_at_checked(16).filter(|_| digits)?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(Self { seed: number(seed)?, requests: number(requests)? })
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", self.seed, self.requests)
    }
}

/// All requests of a run after hello, for an adapter that declares every capability. The id of a
/// request in the file is its index here plus one.
#[derive(Debug)]
pub struct Requests {
    plan: Plan,
    probes_before: Vec<Body>,
    probes_after: Vec<Body>,
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
        let chosen = at_revision(revision, false, latest, vectors, options, scope);
        let probes_before = probes::requests_before(&chosen.model, options.seed).collect();
        let hello = with_every_capability(revision);
        let mut plan = Plan::new(chosen.cases, &hello, &chosen.model);
        plan.recorded();
        let probes_after = probes::requests_after(&chosen.model, options.seed).collect();
        Ok(Self { plan, probes_before, probes_after, seed: options.seed })
    }

    /// Whether no check is among them.
    #[must_use]
    pub fn check_nothing(&self) -> bool {
        self.plan.check_count() == 0
    }

    /// Passes every request to `each`, in order: probes and canaries, bytes, whole scenarios,
    /// digests, and the canaries again.
    ///
    /// # Errors
    /// What `each` returns.
    pub(super) fn each<E>(&self, each: &mut dyn FnMut(&Body) -> Result<(), E>) -> Result<(), E> {
        self.probes_before.iter().try_for_each(&mut *each)?;
        let bytes = self.plan.bytes.iter().filter_map(bytes::plan::Planned::script);
        let scenarios = execute::alone(&self.plan.scenarios).map(|ask| ask.script);
        let digests = self.plan.digests.iter().filter_map(digest::plan::Planned::script);
        let mut scripts = bytes.chain(scenarios).chain(digests);
        scripts
            .try_for_each(|script: Arc<Script>| script.bodies().iter().try_for_each(&mut *each))?;
        self.probes_after.iter().try_for_each(each)
    }

    /// The fingerprint of these requests.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut all = Sha256::new();
        let Ok(()) = self.each(&mut |body| {
            all.update(body.with_id(0).as_bytes());
            all.update(b"\n");
            Ok::<(), std::convert::Infallible>(())
        });
        Fingerprint { seed: self.seed, requests: first_eight_bytes(&all.finalize()) }
    }
}

/// The first eight bytes of a digest.
pub(super) fn first_eight_bytes(digest: &[u8]) -> u64 {
    digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// Writes every request in the form that an adapter reads, hello first. Returns how many there are.
///
/// # Errors
/// A sink that cannot be written.
pub fn write(requests: &Requests, sink: &mut dyn Write) -> io::Result<u64> {
    let limits = HelloLimits { window: WINDOW, timeout_ms: 0 };
    let hello = Body::hello(&requests.fingerprint().to_string(), limits);
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

fn with_every_capability(revision: u8) -> Hello {
    let unnamed = || "-".to_owned();
    Hello {
        parameters: Parameters::default(),
        implementation: Implementation { name: unnamed(), version: unnamed(), language: unnamed() },
        revision,
        capabilities: BTreeSet::from(Capability::ALL),
        messages: None,
        window: WINDOW,
        sessions: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_from_its_nonce() {
        let fingerprint = Fingerprint { seed: 7, requests: u64::MAX };
        assert_eq!(fingerprint.to_string(), "0000000000000007ffffffffffffffff");
        assert_eq!(Fingerprint::parse(&fingerprint.to_string()), Some(fingerprint));
        for other in [
            "",
            "0123456789abcdef",
            &"g".repeat(32),
            &"é".repeat(16),
            "+000000000000007ffffffffffffffff",
        ] {
            assert_eq!(Fingerprint::parse(other), None, "{other}");
        }
    }
}
