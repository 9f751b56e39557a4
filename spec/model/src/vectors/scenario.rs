//! The format of a scenario file: behaviour as data.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    AnySession, Capability, Level, Model,
    check::CheckKind,
    exchange::{Datagram, Entry, Member, Mismatch, Observation, Session, Stimulus, Variant},
    peer::{self, Double, EpisodeView, InputEntry, Page, Setup, ValidationPhase},
    vectors::case::Source,
};

/// One file of scenarios.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// The version of the format: 1.
    pub vectors: u32,
    /// That the cases are scenarios.
    pub kind: ScenarioKind,
    /// What the scenarios are about: `exchange_send`.
    pub topic: String,
    /// The scenarios.
    pub cases: Vec<Scenario>,
}

/// The word that identifies a scenario file.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScenarioKind {
    /// Cases with steps.
    Scenario,
}

/// One scenario: the stimuli of a new exchange or a new peer, and the expected observations.
///
/// A peer is expected to have all chapters and the default parameters. The expectations are the observations of the model. The file lists them for users who have no
/// model.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// A slug that never changes: the topic, and the one thing that is special.
    pub id: String,
    /// The first revision that it applies to.
    pub since: u8,
    /// The last revision that it applies to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<u8>,
    /// Where it comes from.
    pub source: Source,
    /// One to three rules; the first is the one that it is about.
    pub rules: Vec<String>,
    /// The level of the requirement.
    pub level: Level,
    /// The bug that the scenario catches.
    pub comment: String,
    /// Kinds of bugs, explained in `vectors/flags.json`.
    pub flags: Vec<String>,
    /// The peer that it is about; none for an exchange.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peer: Option<Setup>,
    /// Capabilities without which it shows nothing; that of an exchange needs `exchange` as well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<String>,
    /// What must hold before the step that it is about.
    pub precondition: Precondition,
    /// What happens, step by step.
    pub steps: Vec<Step>,
    /// What is asked of an implementation: to run it.
    pub checks: Vec<CheckKind>,
}

/// A state that a scenario relies on.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Precondition {
    /// The number of the step before which it must hold, counted from 0.
    pub step: usize,
    /// The state.
    #[serde(default, skip_serializing_if = "Expectation::is_empty")]
    pub state: Expectation,
}

/// A stimulus, and what is expected to be observed after it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The stimulus, in the form of the adapter protocol.
    #[serde(rename = "do")]
    pub stimulus: Stimulus,
    /// What is expected to be observed.
    #[serde(default, skip_serializing_if = "Expectation::is_empty")]
    pub expect: Expectation,
}

/// What members of an observation hold. A member that is left out is not checked, except `sent`:
/// without it, nothing is sent.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The datagrams that are sent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<Datagram>,
    /// The outbound queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<Vec<Entry>>,
    /// The inbound map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<Vec<Entry>>,
    /// The inbound map of an implementation that does not declare `detect`, where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map_without_detect: Option<Vec<Entry>>,
    /// The local history, by frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<Entry>>,
    /// The verified frame; `null` for none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "there")]
    pub verified: Option<Option<u32>>,
    /// The mismatches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<Vec<Mismatch>>,
    /// The confirmed frame of a peer; `null` for none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "there")]
    pub confirmed: Option<Option<u32>>,
    /// The partner's entries beyond it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Vec<InputEntry>>,
    /// The round trips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round_trips: Option<Vec<Double>>,
    /// How far the validation is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validation: Option<ValidationPhase>,
    /// The episode; `null` before the first.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "there")]
    pub episode: Option<Option<EpisodeView>>,
    /// The request; `null` for none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "there")]
    pub request: Option<Option<(u32, u32)>>,
    /// The partner's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<Page>,
}

/// A member that is present, even if it is `null`.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A longer list is written only after the last step that changes it.
const LONG: usize = 12;

impl Expectation {
    /// Whether it only states that nothing is sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The first member in which an observation differs from it. The inbound map is compared with that
    /// of an implementation with or without detection.
    #[must_use]
    pub fn refuted_by(&self, observed: &Observation, detects: bool) -> Option<Member> {
        let map = if detects { None } else { self.map_without_detect.as_ref() };
        let map = map.or(self.map.as_ref());
        let peer = &observed.peer;
        let differs = |member: &Member| match member {
            Member::Confirmed => self.confirmed.is_some_and(|it| it != peer.confirmed),
            Member::Held => self.held.as_ref().is_some_and(|it| *it != peer.held),
            Member::RoundTrips => {
                self.round_trips.as_ref().is_some_and(|it| *it != peer.round_trips)
            }
            Member::Validation => self.validation.is_some_and(|it| it != peer.validation),
            Member::Episode => self.episode.is_some_and(|it| it != peer.episode),
            Member::Request => self.request.is_some_and(|it| it != peer.request),
            Member::Partner => self.partner.is_some_and(|it| it != peer.partner),
            Member::Sent => self.sent != observed.sent,
            Member::Queue => self.queue.as_ref().is_some_and(|it| *it != observed.queue),
            Member::Map => map.is_some_and(|it| *it != observed.map),
            Member::History => self.history.as_ref().is_some_and(|it| *it != observed.history),
            Member::Verified => detects && self.verified.is_some_and(|it| it != observed.verified),
            Member::Events => {
                detects && self.events.as_ref().is_some_and(|it| *it != observed.events)
            }
        };
        Member::ALL.into_iter().find(differs)
    }
}

impl Scenario {
    /// Whether the case applies to a revision: from `since` to `until`, both included.
    #[must_use]
    pub fn applies_to(&self, revision: u8) -> bool {
        self.since <= revision && self.until.is_none_or(|last| revision <= last)
    }

    /// Whether the scenario shows nothing without that capability.
    fn requires(&self, capability: Capability) -> bool {
        self.requires.iter().any(|name| name == capability.as_str())
    }

    /// The stimuli, in order.
    pub fn stimuli(&self) -> impl ExactSizeIterator<Item = &Stimulus> {
        self.steps.iter().map(|step| &step.stimulus)
    }

    /// What the model observes, stimulus by stimulus.
    ///
    /// Each observation is made when it is asked for: those of a long scenario do not fit into memory
    /// together.
    pub fn observed(&self, model: &Model, detects: bool) -> impl Iterator<Item = Observation> {
        let mut session = self.session(model, detects);
        self.stimuli().map(move |stimulus| session.step(stimulus))
    }

    /// The session that the model plays it in. A peer has all chapters and the default parameters.
    #[must_use]
    pub fn session(&self, model: &Model, detects: bool) -> AnySession {
        match self.peer {
            Some(setup) => peer::Session::specified(model, setup).into(),
            None => Session::of_variant(model, self.variant(detects)).into(),
        }
    }

    /// Whether it is about hashes that last.
    #[must_use]
    pub fn lasts(&self) -> bool {
        self.requires(Capability::LastingHashes)
    }

    /// The variant of an exchange with or without detection that it is written for.
    fn variant(&self, detects: bool) -> Variant {
        let usual = if self.lasts() { Variant::LASTS } else { Variant::DETECTS };
        Variant { detects, ..usual }
    }

    /// Where what the file expects is not what the model observes; `None` if it is the same.
    #[must_use]
    pub fn disagreement(&self, model: &Model) -> Option<String> {
        // A scenario that requires detection is never run without it; a peer is expected to have it.
        let detecting = self.peer.is_some() || self.requires(Capability::Detect);
        let detection = if detecting { &[true][..] } else { &[true, false] };
        detection.iter().find_map(|detects| self.disagreement_with(model, *detects))
    }

    fn disagreement_with(&self, model: &Model, detects: bool) -> Option<String> {
        let without = if detects { "" } else { " without detection" };
        let Precondition { step: about, state } = &self.precondition;
        let mut before = self.session(model, detects).advance(&[]);
        for (index, (step, observed)) in
            self.steps.iter().zip(self.observed(model, detects)).enumerate()
        {
            if let Some(member) = step.expect.refuted_by(&observed, detects) {
                return Some(format!(
                    "step {index}, `{}`: `{member}` is not what the specification demands{without}",
                    step.stimulus
                ));
            }
            if index + 1 == *about {
                before = observed;
            }
        }
        if *about > 0 && *about >= self.steps.len() {
            return Some("`precondition.step` is not a step of the scenario".to_owned());
        }
        before.sent.clear();
        let member = state.refuted_by(&before, detects)?;
        Some(format!("the precondition does not hold: `{member}`{without}"))
    }

    /// Writes down what the model observes as what is expected.
    pub fn expect_observations_of(&mut self, model: &Model) {
        let detecting = self.peer.is_some() || self.requires(Capability::Detect);
        let stimuli: Vec<Stimulus> = self.stimuli().cloned().collect();
        let (mut detector, mut other) = (self.session(model, true), self.session(model, false));
        let mut with = stimuli.iter().map(|stimulus| detector.step(stimulus)).peekable();
        let mut without = stimuli.iter().map(|stimulus| other.step(stimulus)).peekable();
        let (mut before, mut map_before) = (Observation::default(), Vec::new());
        for step in &mut self.steps {
            let (Some(observed), Some(undetected)) = (with.next(), without.next()) else { return };
            let undetected = (!detecting && observed.map != undetected.map).then_some(undetected);
            step.expect = Expectation::of(&observed, &before, with.peek());
            if let Some(undetected) = &undetected {
                let changed = before.map != observed.map || map_before != undetected.map;
                let settled =
                    is_settled(Member::Map, undetected.map.len(), undetected, without.peek());
                step.expect.map_without_detect =
                    (changed && settled).then(|| undetected.map.clone());
                // Where only one of the two maps is written, it is taken for both.
                if step.expect.map_without_detect.is_none() {
                    step.expect.map = None;
                }
            }
            map_before = undetected.map_or_else(|| observed.map.clone(), |it| it.map);
            before = observed;
        }
    }
}

impl Expectation {
    /// What is written of an observation: what it changes, and of long lists only the last change.
    fn of(observed: &Observation, before: &Observation, next: Option<&Observation>) -> Self {
        let says = |member, length| {
            before.differences(observed).any(|it| it == member)
                && is_settled(member, length, observed, next)
        };
        let list = |member, list: &Vec<Entry>| says(member, list.len()).then(|| list.clone());
        let peer = &observed.peer;
        Self {
            sent: observed.sent.clone(),
            queue: list(Member::Queue, &observed.queue),
            map: list(Member::Map, &observed.map),
            map_without_detect: None,
            history: list(Member::History, &observed.history),
            verified: says(Member::Verified, 0).then_some(observed.verified),
            events: says(Member::Events, observed.events.len()).then(|| observed.events.clone()),
            confirmed: says(Member::Confirmed, 0).then_some(peer.confirmed),
            held: says(Member::Held, peer.held.len()).then(|| peer.held.clone()),
            round_trips: says(Member::RoundTrips, 0).then(|| peer.round_trips.clone()),
            validation: says(Member::Validation, 0).then_some(peer.validation),
            episode: says(Member::Episode, 0).then_some(peer.episode),
            request: says(Member::Request, 0).then_some(peer.request),
            partner: says(Member::Partner, 0).then_some(peer.partner),
        }
    }
}

/// Whether a list is short enough to be written each time, or is not changed by the next stimulus.
fn is_settled(
    member: Member,
    length: usize,
    observed: &Observation,
    next: Option<&Observation>,
) -> bool {
    length <= LONG || !next.is_some_and(|next| observed.differences(next).any(|it| it == member))
}

impl ScenarioFile {
    /// Parses the text of a scenario file.
    ///
    /// # Errors
    ///
    /// What is wrong and where, for text that is not such a file.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}
