//! `rollwire live --peer`: this program is the other peer of games.

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
    thread::sleep,
};

use rollwire_conformance::{text, verdict::Exit};
use rollwire_live::{Options, PeerOptions, Report, Server, probes};

use super::ending::{LOOK, SIGINT};
use crate::{
    args::Playing,
    failure::Failure,
    files::PATIENCE,
    output::{sink, write_report},
    terminal::say,
};

/// Plays with games until it is ended, or with `--once` with one.
pub(super) fn run(
    arguments: &Playing,
    options: Options,
    interrupts: &AtomicUsize,
) -> Result<Exit, Failure> {
    let names: BTreeSet<&str> = probes().map(|(name, _)| name).collect();
    if let Some(unknown) = arguments.skip.iter().find(|name| !names.contains(&***name)) {
        let names: Vec<&str> = probes().map(|(name, _)| name).collect();
        let unknown = text::shorten(unknown);
        let names = names.join(", ");
        return Err(Failure::usage(format!(
            "--skip {unknown:?}: not the name of a probe; expected one of {names}"
        )));
    }
    let how = PeerOptions { first_frame: arguments.first_frame, skip: arguments.skip.clone() };
    // A wrong path is an error before the first game, and not after the last one.
    let out = arguments.output.as_ref().map(|path| sink(path, PATIENCE)).transpose()?;
    let server =
        Server::start_peer(options, how).map_err(|fault| Failure::usage(fault.to_string()))?;
    let [page, offer] = server.peer();
    say!("watch      {page}")?;
    say!("offer to   {offer}")?;
    say!("A game posts the offer of its connection there, as JSON. Ctrl-C ends.")?;
    let mut all: Vec<Report> = Vec::new();
    let signal = loop {
        tell(&server, &mut all)?;
        if arguments.once && !all.is_empty() {
            break SIGINT;
        }
        match interrupts.load(Ordering::SeqCst) {
            0 => sleep(LOOK),
            signal => break signal,
        }
    };
    server.stop_playing();
    tell(&server, &mut all)?;
    server.stop();
    if let Some(out) = out {
        write_report(out, &serde_json::to_string_pretty(&all).unwrap_or_default())?;
    }
    let worst = [Exit::Failed, Exit::Incomplete, Exit::Nothing];
    let worst = worst.into_iter().find(|exit| all.iter().any(|report| report.exit() == *exit));
    Ok(match u8::try_from(signal) {
        Ok(number) if signal != SIGINT => Exit::Signal(number),
        _ if all.is_empty() => Exit::Nothing,
        _ => worst.unwrap_or(Exit::Conforms),
    })
}

/// Tells what was found out about the games that are over.
fn tell(server: &Server, all: &mut Vec<Report>) -> Result<(), Failure> {
    for (number, report) in server.finished() {
        say!("\ngame {number}")?;
        for line in report.text().lines() {
            say!("{line}")?;
        }
        all.push(report);
    }
    Ok(())
}
