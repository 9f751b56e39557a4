//! `rollwire simulate`: what the protocol does on worse and worse lines.

use std::fmt::Write;

use rollwire_conformance::{text::shorten, verdict::Exit};
use rollwire_interop::{
    curves::{MOST_CURVES, html, svg},
    link::Line,
    sweep::{Found, Measured, Variant, measure},
};

use crate::{
    args::{Simulate, SimulateFormat},
    failure::Failure,
    files::PATIENCE,
    output::{sink, write_report},
};

/// More games than this take days.
const MOST_GAMES: u64 = 10_000_000;

pub(crate) fn run(arguments: &Simulate) -> Result<Exit, Failure> {
    let lines: Vec<Line> = arguments
        .delay
        .iter()
        .flat_map(|delay| arguments.loss.iter().map(move |loss| (*delay, *loss)))
        .map(|(delay, loss)| {
            let (jitter, burst) = (arguments.jitter.min(delay), arguments.burst);
            Line { delay, jitter, loss, burst, ..Line::default() }
        })
        .collect();
    let variants: Vec<Variant> = arguments
        .redundancy
        .iter()
        .flat_map(|redundancy| arguments.lasting_hashes.iter().map(move |it| (*redundancy, *it)))
        .map(|(redundancy, sends)| {
            let mut variant = Variant::plain();
            variant.parameters.redundancy = redundancy;
            variant.parameters.hash_sends = sends.max(1);
            variant.lasting_hashes = sends > 0;
            variant
        })
        .collect();
    let points = (lines.len() as u64).saturating_mul(variants.len() as u64);
    if points.saturating_mul(arguments.games) > MOST_GAMES {
        let text = format!(
            "{points} lines and variants with {} games each are more than {MOST_GAMES} games; give fewer",
            arguments.games
        );
        return Err(Failure::usage(text));
    }
    let curves = arguments.delay.len() * variants.len();
    let is_picture = matches!(arguments.format, SimulateFormat::Html | SimulateFormat::Svg);
    if is_picture && curves > MOST_CURVES {
        let text = format!(
            "--format: a picture shows at most {MOST_CURVES} curves, and these options make {curves}; give fewer of --delay, --redundancy and --lasting-hashes"
        );
        return Err(Failure::usage(text));
    }
    // A path that cannot be written to is known before the games, which may take hours.
    let out = sink(&arguments.output, PATIENCE)?;
    let measured = measure(&lines, &variants, arguments.games, arguments.seed);
    let written = match arguments.format {
        SimulateFormat::Text => table(&measured),
        SimulateFormat::Html => html(&measured, arguments.seed),
        SimulateFormat::Svg => svg(&measured),
        SimulateFormat::Json => serde_json::to_string_pretty(&measured).unwrap_or_default() + "\n",
    };
    write_report(out, &written)?;
    let is_right = measured.iter().all(|it| it.failed == 0);
    Ok(if is_right { Exit::Conforms } else { Exit::Failed })
}

fn table(measured: &[Measured]) -> String {
    let percent = |of_a_thousand: u64| format!("{}.{}%", of_a_thousand / 10, of_a_thousand % 10);
    // Nothing differs, or nothing is equal.
    let if_any = |value: Option<u64>| value.map_or("-".to_owned(), percent);
    let mut out = String::new();
    let mut variant = None;
    let mut sorted: Vec<&Measured> = measured.iter().collect();
    sorted.sort_by_key(|it| measured.iter().position(|other| other.variant == it.variant));
    for it in sorted {
        if variant.replace(&it.variant) != Some(&it.variant) {
            let _ = writeln!(out, "{}", it.variant);
            let _ = writeln!(
                out,
                "  {:<30} {:>6} {:>7} {:>8} {:>8} {:>6} {:>7}",
                "link", "agreed", "lost", "verified", "noticed", "dgr/s", "bytes/s"
            );
        }
        let (datagrams, bytes) = it.a_second();
        let _ = writeln!(
            out,
            "  {:<30} {:>6} {:>7} {:>8} {:>8} {datagrams:>6} {bytes:>7}",
            it.link.to_string(),
            percent(it.agreed()),
            percent(it.lost()),
            if_any(it.verified()),
            if_any(it.noticed()),
        );
        if let Some(Found { seed, violation }) = &it.first {
            let what = shorten(&violation.what);
            let _ = writeln!(out, "    seed {seed:x}: {}: {what}", violation.property.name());
        }
    }
    let games: u64 = measured.iter().map(|it| it.games).sum();
    let failed: u64 = measured.iter().map(|it| it.failed).sum();
    let _ = writeln!(out, "{games} games, {failed} in which something does not hold");
    out
}
