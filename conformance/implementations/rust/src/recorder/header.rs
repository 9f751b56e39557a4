//! The first line of a peer's log.

use super::comma_separated;
use crate::peer::{Chapters, HashSends, Options, Parameters};

/// The header: the chapters that the peer has, its place in the game, and the parameters that
/// differ from the defaults.
pub(super) fn header(options: Options, shows_state: bool) -> String {
    let Options { local, first_frame, chapters, parameters } = options;
    let capabilities = capabilities(chapters, parameters, shows_state);
    let capabilities = comma_separated(capabilities.map(|it| format!("\"{it}\"")));
    let chosen: Vec<_> = chosen(parameters).map(|(name, it)| format!("\"{name}\":{it}")).collect();
    let parameters = if chosen.is_empty() {
        String::new()
    } else {
        format!(r#","parameters":{{{}}}"#, chosen.join(","))
    };
    let peer = format!(r#"{{"local":{local},"first_frame":{first_frame}}}"#);
    format!(r#"{{"trace":1,"capabilities":[{capabilities}],"peer":{peer}{parameters}}}"#)
}

/// The names of hello.
fn capabilities(
    chapters: Chapters,
    parameters: Parameters,
    shows_state: bool,
) -> impl Iterator<Item = &'static str> {
    let has_lasting_hashes = chapters.exchange && parameters.lasting_hashes.is_some();
    [
        ("exchange", chapters.exchange),
        ("detect", chapters.exchange),
        ("lasting-hashes", has_lasting_hashes),
        ("inputs", chapters.inputs),
        ("liveness", chapters.liveness),
        ("validation", chapters.validation),
        ("episodes", chapters.episodes),
        ("catch-up", chapters.catch_up),
        ("focus", chapters.focus),
        ("inspect", shows_state),
    ]
    .into_iter()
    .filter_map(|(name, is_declared)| is_declared.then_some(name))
}

/// The parameters that differ from the defaults, with the names of `spec/peer.md`.
fn chosen(parameters: Parameters) -> impl Iterator<Item = (&'static str, u32)> {
    numbers(parameters)
        .into_iter()
        .zip(numbers(Parameters::default()))
        .filter_map(|(number, default)| (number != default).then_some(number))
}

fn numbers(parameters: Parameters) -> [(&'static str, u32); 7] {
    let interval = |milliseconds, repeats| if repeats { milliseconds } else { 0 };
    let hash_sends: HashSends = parameters.lasting_hashes.unwrap_or_default();
    [
        ("redundancy", parameters.redundancy.into()),
        ("ahead", parameters.ahead.into()),
        ("kept", parameters.kept),
        ("validation_repeat_ms", interval(500, parameters.repeats_validation)),
        ("end_repeat_ms", interval(250, parameters.repeats_end)),
        ("request_repeats", parameters.request_repeats.into()),
        ("hash_sends", hash_sends.count().into()),
    ]
}
