//! `rollwire interop`: plays implementations against each other over simulated links.

use std::{
    collections::BTreeSet,
    sync::{Arc, atomic::Ordering},
    time::Instant,
};

use rollwire_conformance::{
    runner::{Engine, Limits, Process, Transcript, adopt_descendants},
    text::{is_blank, sanitize, shorten},
    verdict::Exit,
};
use rollwire_interop::{
    AdapterSeat, ModelSeat, Round, Seat, SeatFault,
    link::{Line, NAMED, named},
    matrix::{Start, play_all},
    report::{Link, Peer, Report, html, markdown, text},
};

use crate::{
    args::{Interop, InteropFormat},
    captures_folder::CapturesFolder,
    connect::{builtin, limits},
    failure::Failure,
    files::PATIENCE,
    output::{sink, write_report},
    signals::interrupts,
    terminal_settings,
};

/// More implementations make a matrix that is too wide to read, and a run that takes hours.
const MOST_PEERS: usize = 16;
/// The longest name of an implementation.
const LONGEST_NAME: usize = 24;

pub(crate) fn run(arguments: &Interop) -> Result<Exit, Failure> {
    let mut limits = limits(arguments.limits);
    // A request cannot be asked again: what happened in the session before is lost with the process. So an
    // answer has all the time at once that elsewhere a request has that is asked again.
    limits.timeout = limits.timeout.map(|it| it.max(limits.patience));
    let rounds = rounds(arguments)?;
    terminal_settings::keep();
    adopt_descendants();
    let peers = peers(arguments, limits)?;
    let commands: Vec<Option<Vec<String>>> =
        std::iter::once(None).chain(peers.iter().map(|peer| Some(peer.command.clone()))).collect();
    let starts: Vec<Box<Start<'_>>> =
        commands.iter().map(|command| start(command.as_deref(), limits)).collect();
    let starts: Vec<&Start<'_>> = starts.iter().map(|start| &**start).collect();
    // Paths that cannot be written to are known before the games, which may take hours.
    let out = sink(&arguments.output, PATIENCE)?;
    let captures = arguments.captures.as_deref().map(CapturesFolder::prepare).transpose()?;
    let interrupted = interrupts();
    let begin = Instant::now();
    let is_stopped = || interrupted.load(Ordering::SeqCst) > 0 || begin.elapsed() > limits.deadline;
    let cells = play_all(&starts, &rounds, &is_stopped);
    let signal = interrupted.load(Ordering::SeqCst);
    let model = Peer { name: "model".to_owned(), command: None };
    let others = peers
        .into_iter()
        .map(|peer| Peer { name: peer.name, command: Some(peer.command.join(" ")) });
    let report = Report {
        seed: arguments.seed,
        games: arguments.games,
        links: rounds
            .iter()
            .map(|it| Link { name: it.name.clone(), line: it.line.to_string() })
            .collect(),
        peers: std::iter::once(model).chain(others).collect(),
        cells,
    };
    let written = match arguments.format {
        InteropFormat::Text => text(&report),
        InteropFormat::Markdown => markdown(&report),
        InteropFormat::Html => html(&report),
        InteropFormat::Json => report.json(),
    };
    // The captures explain the report: without them, it is still written.
    write_report(out, &written)?;
    if let Some(captures) = captures {
        captures.write(&report)?;
    }
    Ok(match u8::try_from(signal) {
        Ok(signal @ 1..) => Exit::Signal(signal),
        _ if report.is_incomplete() => Exit::Incomplete,
        _ if report.is_green() => Exit::Conforms,
        _ => Exit::Failed,
    })
}

fn rounds(arguments: &Interop) -> Result<Vec<Round>, Failure> {
    let all = NAMED.map(|(name, _)| name.to_owned()).to_vec();
    let links = if arguments.link.is_empty() { &all } else { &arguments.link };
    let mut seen = BTreeSet::new();
    let mut rounds = Vec::new();
    for link in links {
        let line = match named(link) {
            Some(line) => line,
            None => link.parse::<Line>().map_err(|fault| {
                let names = NAMED.map(|(name, _)| name).join(", ");
                Failure::usage(format!("--link: {fault}; or give a name: {names}"))
            })?,
        };
        if !seen.insert(link) {
            return Err(Failure::usage(format!("--link {} is given twice", shorten(link))));
        }
        let seeds = (0..arguments.games).map(|game| arguments.seed.wrapping_add(game)).collect();
        rounds.push(Round { name: link.clone(), line, seeds });
    }
    Ok(rounds)
}

/// An implementation that takes part.
struct Named {
    name: String,
    command: Vec<String>,
}

fn peers(arguments: &Interop, limits: Limits) -> Result<Vec<Named>, Failure> {
    let given = arguments.peer.iter().map(|peer| divided(peer)).collect::<Result<Vec<_>, _>>()?;
    let own =
        if arguments.builtin { vec![(Some("builtin".to_owned()), builtin()?)] } else { vec![] };
    let all: Vec<(Option<String>, Vec<String>)> = own.into_iter().chain(given).collect();
    if all.is_empty() {
        return Err(Failure::usage(
            "no implementation was given; give the command that starts its adapter, as in --peer 'node my_adapter.mjs', or --builtin",
        ));
    }
    if all.len() > MOST_PEERS {
        let text =
            format!("at most {MOST_PEERS} implementations can take part; {} were given", all.len());
        return Err(Failure::usage(text));
    }
    let mut taken = BTreeSet::from(["model".to_owned()]);
    let mut peers = Vec::new();
    for (name, command) in all {
        let given = match name {
            Some(name) => name,
            None => introduced(&command, limits)?,
        };
        let mut name = given.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{given}-{number}");
            number += 1;
        }
        peers.push(Named { name, command });
    }
    Ok(peers)
}

/// The name and the words of a command, as a shell divides them.
fn divided(text: &str) -> Result<(Option<String>, Vec<String>), Failure> {
    let is_name = |name: &&str| {
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(is_plain)
    };
    let (name, command) = match text.split_once('=') {
        Some((name, command)) if is_name(&name) => (Some(name.to_owned()), command),
        _ => (None, text),
    };
    let words = shlex::split(command).ok_or_else(|| {
        Failure::usage(format!("--peer: a quotation mark is not closed in {}", shorten(command)))
    })?;
    if words.first().is_none_or(|program| is_blank(program)) {
        return Err(Failure::usage(
            "--peer: the command of an implementation is empty; is a variable not set?",
        ));
    }
    Ok((name, words))
}

/// The name that an adapter gives itself.
fn introduced(command: &[String], limits: Limits) -> Result<String, Failure> {
    let seat = seat(command, limits);
    let seat = seat.map_err(|SeatFault(why)| Failure::new(Exit::Incomplete, why))?;
    let name = short_name(&seat.hello().implementation.name);
    Box::new(seat).finish();
    Ok(name)
}

/// The beginning of a name, escaped. No escape is cut in its middle.
fn short_name(name: &str) -> String {
    let mut short = String::new();
    for character in name.chars() {
        let shown = sanitize(character.encode_utf8(&mut [0; 4]));
        if short.chars().count() + shown.chars().count() > LONGEST_NAME {
            break;
        }
        short += &shown;
    }
    short
}

fn seat(command: &[String], limits: Limits) -> Result<AdapterSeat, SeatFault> {
    let process = Process::new(command.to_vec(), Arc::clone(&interrupts()));
    AdapterSeat::start(Box::new(Engine::new(process, limits, Transcript::default())))
}

fn start(command: Option<&[String]>, limits: Limits) -> Box<Start<'_>> {
    match command {
        None => Box::new(|| Ok(Box::new(ModelSeat::right()) as Box<dyn Seat>)),
        Some(command) => Box::new(move || Ok(Box::new(seat(command, limits)?) as Box<dyn Seat>)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_escape_of_a_name_is_cut() {
        let long = "x".repeat(100);
        assert_eq!(short_name(&long), long[..LONGEST_NAME]);
        for length in 0..=LONGEST_NAME {
            let begin = "x".repeat(length);
            let found = short_name(&format!("{begin}\u{202e}{long}"));
            let whole = format!("{begin}\\u{{202e}}");
            assert!(found == begin || found.starts_with(&whole), "{found}");
            assert_eq!(found == begin, whole.len() > LONGEST_NAME, "{found}");
        }
    }
}
