//! Which rule is behind a wrong digest.
//!
//! Where a known fault makes the same digits of the same state, its rule is the one. Otherwise it is the
//! rule of what the state still has after everything else was left out of it.

use rollwire_model::{
    digest::{Answer, Form, State, read},
    vectors::DigestCase,
};

use super::{judge::AnsweredDigest, plan::Planned};

/// A fault that is known to make certain digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownFault {
    /// The rule that it breaks.
    pub rule: &'static str,
    /// What such an implementation does, in a sentence without a period.
    pub fault: &'static str,
}

/// Finds the known fault that answers a case as it was answered; `None` stands for a refusal. The last
/// argument says whether to go on; where it says no, nothing is found.
///
/// The kit knows no wrong implementation itself: the command hands them in.
pub type FindFault =
    fn(&DigestCase, Option<&AnsweredDigest>, &dyn Fn() -> bool) -> Option<KnownFault>;

/// Finds no fault at all.
#[must_use]
pub fn no_known_fault(
    _: &DigestCase,
    _: Option<&AnsweredDigest>,
    _: &dyn Fn() -> bool,
) -> Option<KnownFault> {
    None
}

/// The rule behind a wrong answer that no known fault explains: that of what the state still has.
#[must_use]
pub fn rule_of_the_state(planned: &Planned, made: Option<&AnsweredDigest>) -> &'static str {
    let case = &planned.case;
    let text = match planned.answers.first() {
        Some((_, Answer::Digest(right))) => Some(&right.text),
        _ => None,
    };
    if text.is_some() && text == made.and_then(|made| made.text.as_ref()) {
        return of_the_hash(case.form);
    }
    let Ok(state) = read(&case.state) else { return "DIGEST-1" };
    of_strings(&state)
        .or_else(|| of_keys(&state))
        .or_else(|| of_numbers(&state, case.form))
        .unwrap_or("DIGEST-5")
}

fn of_the_hash(form: Form) -> &'static str {
    match form {
        Form::StateHash => "DIGEST-26",
        Form::EpisodeReady => "DIGEST-27",
    }
}

/// The first answer of the parts of a state, the state itself first.
fn first(state: &State, of: &dyn Fn(&State) -> Option<&'static str>) -> Option<&'static str> {
    of(state).or_else(|| match state {
        State::List(elements) => elements.iter().find_map(|it| first(it, of)),
        State::Object(members) => members.iter().find_map(|(_, it)| first(it, of)),
        _ => None,
    })
}

fn of_strings(state: &State) -> Option<&'static str> {
    first(state, &|state| match state {
        State::Text(units) => of_units(units),
        State::Object(members) => members.iter().find_map(|(key, _)| of_units(key)),
        _ => None,
    })
}

/// The rule of the first unit that is not written as it is.
fn of_units(units: &[u16]) -> Option<&'static str> {
    let lone = char::decode_utf16(units.iter().copied()).any(|it| it.is_err());
    let escaped = |unit: &u16| match unit {
        0x08 | 0x09 | 0x0a | 0x0c | 0x0d | 0x22 | 0x5c => Some("DIGEST-10"),
        0x2f => Some("DIGEST-11"),
        0x20..=0x7e => None,
        _ => Some("DIGEST-12"),
    };
    if lone { Some("DIGEST-13") } else { units.iter().find_map(escaped) }
}

fn of_keys(state: &State) -> Option<&'static str> {
    first(state, &|state| {
        let State::Object(members) = state else { return None };
        let mut keys: Vec<_> = members.iter().map(|(key, _)| key).collect();
        keys.sort();
        match keys.windows(2).any(|two| two[0] == two[1]) {
            true => Some("DIGEST-7"),
            false => (keys.len() > 1).then_some("DIGEST-6"),
        }
    })
}

fn of_numbers(state: &State, form: Form) -> Option<&'static str> {
    first(state, &|state| {
        let State::Number(token) = state else { return None };
        let number: f64 = token.parse().ok()?;
        let has_point = token.contains(['.', 'e', 'E']);
        Some(match form {
            Form::EpisodeReady if !has_point => "DIGEST-22",
            Form::EpisodeReady if number.is_infinite() => "DIGEST-25",
            Form::EpisodeReady => "DIGEST-24",
            Form::StateHash if number.is_infinite() => "DIGEST-15",
            Form::StateHash if number == 0.0 => "DIGEST-16",
            Form::StateHash if number.abs() >= 1e21 => "DIGEST-20",
            Form::StateHash if number.fract() == 0.0 => "DIGEST-17",
            Form::StateHash => "DIGEST-18",
        })
    })
}
