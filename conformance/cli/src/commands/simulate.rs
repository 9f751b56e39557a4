//! `rollwire simulate`: what the protocol does on worse and worse lines.

use std::io::Write;

use rollwire_conformance::{text::shorten, verdict::Exit};
use rollwire_interop::{
    link::Line,
    sweep::{Found, Measured, Variant, measure},
};

use crate::{
    args::{Simulate, SimulateFormat},
    failure::Failure,
    terminal,
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
    let measured = measure(&lines, &variants, arguments.games, arguments.seed);
    let mut out = terminal::stdout();
    match arguments.format {
        SimulateFormat::Text => table(&measured, &mut out)?,
        SimulateFormat::Json => {
            let json = serde_json::to_string_pretty(&measured).unwrap_or_default();
            writeln!(out, "{json}")?;
        }
    }
    out.flush()?;
    let is_right = measured.iter().all(|it| it.failed == 0);
    Ok(if is_right { Exit::Conforms } else { Exit::Failed })
}

fn table(measured: &[Measured], out: &mut impl Write) -> std::io::Result<()> {
    let percent = |of_a_thousand: u64| format!("{}.{}%", of_a_thousand / 10, of_a_thousand % 10);
    let mut variant = None;
    let mut sorted: Vec<&Measured> = measured.iter().collect();
    sorted.sort_by_key(|it| measured.iter().position(|other| other.variant == it.variant));
    for it in sorted {
        if variant.replace(&it.variant) != Some(&it.variant) {
            writeln!(out, "{}", it.variant)?;
            writeln!(
                out,
                "  {:<30} {:>6} {:>7} {:>8} {:>8} {:>6} {:>7}",
                "link", "agreed", "lost", "verified", "noticed", "dgr/s", "bytes/s"
            )?;
        }
        let (datagrams, bytes) = it.a_second();
        writeln!(
            out,
            "  {:<30} {:>6} {:>7} {:>8} {:>8} {datagrams:>6} {bytes:>7}",
            it.link,
            percent(it.agreed()),
            percent(it.lost()),
            percent(it.verified()),
            percent(it.noticed()),
        )?;
        if let Some(Found { seed, violation }) = &it.first {
            let what = shorten(&violation.what);
            writeln!(out, "    seed {seed:x}: {}: {what}", violation.property.name())?;
        }
    }
    let games: u64 = measured.iter().map(|it| it.games).sum();
    let failed: u64 = measured.iter().map(|it| it.failed).sum();
    writeln!(out, "{games} games, {failed} in which something does not hold")
}
