//! From failures to causes: what is wrong with an implementation, not what failed.
//!
//! The failures are compared with what known wrong implementations would answer. The smallest set of
//! those that explains them is the diagnosis. What none explains is grouped, and said to be
//! unexplained.
//!
//! | file | story |
//! |---|---|
//! | `asked` | the checks of a run |
//! | `failure` | what is kept of each check that did not pass |
//! | `fingerprint` | an observation as a few numbers |
//! | `suspect` | what is known of implementations that are wrong on purpose |
//! | `cover` | which of them explain the failures |
//! | `ending` | stops the search where the run has to end |
//! | `family` | what `cover` asks of each kind of check |
//! | `bytes`, `scenarios`, `digests`, `kinds` | the answers of each kind of check |
//! | `cause` | a cause in words |
//! | `harm` | how much a failure harms a game |
//! | `unexplained` | groups of failures that no known fault explains |

mod alone;
mod asked;
mod bytes;
mod cause;
mod cover;
mod digests;
mod ending;
mod failure;
mod family;
mod fingerprint;
mod harm;
mod kinds;
mod scenarios;
mod suspect;
mod team;
mod trial;
mod unexplained;

use rollwire_model::vectors::CheckKind;

use self::{
    bytes::BytesFamily,
    cause::{Explained, Subjects},
    cover::cover,
    digests::DigestFamily,
    ending::Ending,
    family::Family,
    scenarios::{FailedScenario, Players, ScenarioFamily},
};
use crate::{
    check::scenario::plan::Planned,
    event::{Cause, CheckName},
    runner::RunEnd,
    vectors::CaseMeta,
};

pub use self::{
    asked::Asked,
    failure::{Failure, Failures, Given, GivenOutcome},
    fingerprint::Fingerprint,
    suspect::{BytesQuestion, FindSuspects, Suspect, Suspects, no_suspects},
};

/// The causes of the failures, the worst first. A run that has to end searches for none: its failures are
/// only grouped.
#[must_use]
pub fn diagnose(
    asked: Asked<'_>,
    failures: &Failures,
    suspects: &dyn Suspects,
    end: &RunEnd,
) -> Vec<Cause> {
    if failures.list().is_empty() {
        return Vec::new();
    }
    let subjects = Subjects::of(asked, failures);
    let mut explained = Explained::new(failures, &subjects);
    explain_bytes(asked, failures, suspects, end, &mut explained);
    for players in [Players::Exchanges, Players::Peers] {
        explain_scenarios(players, asked, failures, suspects, end, &mut explained);
    }
    explain_digests(asked, failures, suspects, end, &mut explained);
    if end.has_come() {
        return group(failures);
    }
    let mut causes = explained.causes();
    causes.extend(unexplained::group(&explained.left(), &subjects));
    sort(&mut causes);
    causes
}

/// The failures grouped by rule and code, the worst first: where only the events of a run are left.
#[must_use]
pub fn group(failures: &Failures) -> Vec<Cause> {
    let list: Vec<&Failure> = failures.list().iter().collect();
    let mut causes = unexplained::group(&list, &Subjects::default());
    sort(&mut causes);
    causes
}

/// The worst first. Among equally harmful ones it is the most frequent one; the name makes the order stable.
fn sort(causes: &mut [Cause]) {
    causes.sort_by(|one, other| {
        one.harm
            .cmp(&other.harm)
            .then(other.failures.cmp(&one.failures))
            .then_with(|| one.id.cmp(&other.id))
    });
}

fn explain_bytes(
    asked: Asked<'_>,
    failures: &Failures,
    suspects: &dyn Suspects,
    end: &RunEnd,
    explained: &mut Explained<'_>,
) {
    let (mut family, mut places) = (BytesFamily::new(suspects), Vec::new());
    for planned in asked.bytes.iter().filter(|planned| planned.missing.is_none()) {
        let name = name(&*planned.case, planned.kind);
        match (failures.place(&name), failures.given(&name)) {
            (Some(place), Some(Given::Bytes(given))) => {
                family.add_failed(planned, given);
                places.push(place);
            }
            _ if failures.passed(&name) => family.add_passed(planned),
            _ => {}
        }
    }
    family.leave_out_large();
    explain(&family, suspects.codecs(), &places, end, explained);
}

fn explain_scenarios(
    players: Players,
    asked: Asked<'_>,
    failures: &Failures,
    suspects: &dyn Suspects,
    end: &RunEnd,
    explained: &mut Explained<'_>,
) {
    let (mut failed, mut places, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    let played = |it: &&Planned| it.missing.is_none() && players.play(it);
    for planned in asked.scenarios.iter().filter(played) {
        let name = name(&planned.scenario, CheckKind::Run);
        match (failures.place(&name), failures.given(&name)) {
            (Some(place), Some(Given::Scenario { step, observed })) => {
                failed.push(FailedScenario { planned, step: *step, observed: *observed });
                places.push(place);
            }
            _ if failures.passed(&name) => passed.push(planned),
            _ => {}
        }
    }
    let family = ScenarioFamily::new(players, suspects, asked.shown, failed, passed);
    explain(&family, players.suspects(suspects), &places, end, explained);
}

fn explain_digests(
    asked: Asked<'_>,
    failures: &Failures,
    suspects: &dyn Suspects,
    end: &RunEnd,
    explained: &mut Explained<'_>,
) {
    let (mut failed, mut places, mut passed) = (Vec::new(), Vec::new(), Vec::new());
    for planned in asked.digests.iter().filter(|planned| planned.missing.is_none()) {
        let name = name(&planned.case, CheckKind::Digest);
        match (failures.place(&name), failures.given(&name)) {
            (Some(place), Some(Given::Digest(digits))) => {
                failed.push((planned, digits.as_deref()));
                places.push(place);
            }
            _ if failures.passed(&name) => passed.push(planned),
            _ => {}
        }
    }
    let family = DigestFamily::new(suspects, failed, passed, end);
    explain(&family, suspects.digests(), &places, end, explained);
}

/// Files the failures of a family under the known faults that explain them.
fn explain(
    family: &dyn Family,
    suspects: &[Suspect],
    places: &[usize],
    end: &RunEnd,
    explained: &mut Explained<'_>,
) {
    if end.has_come() {
        return;
    }
    let family = Ending { family, end };
    let failures = |list: &[usize]| list.iter().map(|at| places[*at]).collect::<Vec<_>>();
    for chosen in cover(&family) {
        let who: Vec<&Suspect> = chosen.suspects.iter().map(|at| &suspects[*at]).collect();
        explained.add(&who, &failures(&chosen.exact), &failures(&chosen.masked));
    }
}

/// The name of a check.
fn name(case: &dyn CaseMeta, check: CheckKind) -> CheckName {
    CheckName { case: case.id().to_owned(), check }
}
